"""What people of a channel with a second reader are told."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from petitbleu import typography
from petitbleu.app import App
from petitbleu.catalogues import Catalogue
from petitbleu.domain.servicechat.service import plain

TEXTS = Catalogue("members", "second_reader")

LINES, LINE = 40, 400
"""So many lines of a post are shown, and so many characters of each."""
_CHARACTERS = 2000


def say(lang: str, key: str, **values: object) -> str:
    """One of the texts, with its places filled."""
    return TEXTS[lang][key].format(**values)


def moment(app: App, lang: str, at: int) -> str:
    """A time as it is written, in the zone of the instance."""
    return typography.moment(lang, datetime.fromtimestamp(at, ZoneInfo(app.config.timezone)))


def quoted(lang: str, text: str, pieces: int) -> str:
    """A post as it is shown to who may approve it: each line marked as somebody else's words; what
    it carries is counted, and it is said where something is left out.
    """
    lines = [plain(line, LINE) for line in text.splitlines()]
    shown: list[str] = []
    for line in lines[:LINES]:
        if sum(map(len, shown)) + len(line) > _CHARACTERS:
            break
        shown.append(line)
    quote = "\n".join(f"> {line}".rstrip() for line in shown)
    whole = len(shown) == len(lines) and all(len(line) <= LINE for line in text.splitlines())
    notes = []
    if not whole:
        notes.append(TEXTS[lang]["cut"])
    if pieces:
        notes.append(TEXTS[lang]["pieces"].format(n=pieces))
    return "\n".join(one for one in (quote, *notes) if one)


def alt(lang: str, described: str | None) -> str:
    """What is to be said of a picture, below the text of an edit; empty: that stays as it is."""
    if described is None:
        return ""
    if not described:
        return "\n\n" + TEXTS[lang]["alt_off"]
    return "\n\n" + TEXTS[lang]["alt_new"].format(text=plain(described, 500))
