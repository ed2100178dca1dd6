"""The law data in the words of people: kinds, duties and steps of an escalation. Pure.

``schema/law/kinds.json`` says them in English and short. What the operator's counsel added is
shown in the words they gave it, in every language.
"""

from __future__ import annotations

from petitbleu import typography
from petitbleu.catalogues import SOURCE, Catalogue
from petitbleu.desk.reference.law import words
from petitbleu.desk.reference.law.data import Law

_KINDS = Catalogue("desk", "kinds")
_DUTIES = Catalogue("desk", "duties")
"""By what the data say in English."""
_DIRECTIVES = Catalogue("desk", "directives")
"""What a step of an escalation asks for."""
_STEPS = Catalogue("desk", "steps")
_SO_FAR = Catalogue("desk", "steps.so_far")
"""What must not have happened for a step to count."""
_DAY = 86_400


def kinds(law: Law) -> list[str]:
    """All kinds of cases, those that counsel added last."""
    shipped = list(_KINDS[SOURCE])
    return [*shipped, *(name for name in law.kinds if name not in shipped)]


def kind(law: Law, name: str, lang: str) -> str:
    """The short name of a kind of case; of one that counsel added, its title."""
    texts = _KINDS[lang]
    if name in texts:
        return texts[name]
    added = law.kinds.get(name)
    return added.title if added is not None else name


def duty(action: str, lang: str) -> str:
    """What is to be done, in the reader's language."""
    return _DUTIES[lang].get(action, action)


def clock(law: Law, name: str, lang: str) -> str:
    """What the clock of that ``id`` asks for; one that the law no longer has: its id."""
    for one in law.kinds.values():
        for rule in one.clocks:
            if rule.id == name:
                return duty(rule.action, lang)
    return name


def step(what: str, lang: str) -> str:
    """Why a clock rings now (``law.Step.what``): how far it is, and what is to be done about it."""
    texts = _STEPS[lang]
    if what in ("due", "still paused"):
        return texts[what]
    when = _when(what, lang)
    if not when:
        return what
    head, _, asked = (part.strip() for part in what.partition(":"))
    begun = ", ".join([when, *(said for name, said in _SO_FAR[lang].items() if name in head)])
    if not asked:
        return begun
    return f"{begun}{typography.colon(lang)}{_DIRECTIVES[lang].get(asked, asked)}"


def _when(what: str, lang: str) -> str:
    """How far a clock is at a step; empty for words that name no instant."""
    texts = _STEPS[lang]
    match words.instant(what):
        case words.After(0):
            return texts["begins"]
        case words.After(seconds) if seconds < 0:
            return texts["before_end"].format(left=_span(-seconds, lang))
        case words.After(seconds):
            return texts["since_begin"].format(gone=_span(seconds, lang))
        case words.Day(number):
            return texts["day"].format(number=number)
        case words.Share(percent):
            return texts["share"].format(percent=percent)
        case words.DayOfYear(month, day):
            return typography.day_of_year(lang, month, day)
    return ""


def _span(seconds: int, lang: str) -> str:
    if seconds % _DAY:
        return typography.span(lang, seconds)
    days = seconds // _DAY
    return _STEPS.plural(lang, "days", days).format(days)
