"""What the people of a channel are told about held comments, in French and English."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from petitbleu.domain.messaging.messages.service import Entity
from petitbleu.typography import one_line, table

LANGUAGES = ("en", "fr")
REASONS = 5
_TEXT_URL, _BLOCKQUOTE = 10, 19
_ROOM = 3500
"""UTF-16 units that all comments of a message may take together (a message has 4096)."""
_ALONE, _LEAST = 1800, 40
"""UTF-16 units of a comment's text that are shown, where it is the only one; and always."""
_LINE = 160

_WRITTEN = {
    "en": {
        "one": "A comment on “{title}” waits for you.",
        "many": "{count} comments on “{title}” wait for you.",
        "over": "Comments on “{title}”: nothing waits here any more.",
        "from": "{number}. {name}, under ",
        "why": "Filter, {score} % spam: {reasons}",
        "clean": "Filter, {score} % spam: nothing against it",
        "how.one": "Answer “ok {number}” to publish it, “no {number}” to refuse it, “spam {number}”"
        " if it is spam; or answer this message with ok, no or spam.",
        "how.many": "Answer “ok”, “no” or “spam” with the numbers (“ok {number}”); or answer this"
        " message with one of these words, for all that still wait in it.",
        "published": "published by {who}",
        "refused": "refused by {who}",
        "spam": "refused as spam by {who}",
        "withdrawn": "taken back by its author",
        "desk": "the moderators of this server",
        "which": "Which one? Write “{word} NUMBER”, or answer the message the comment stands in.",
        "unknown": "{number}: no comment of that number waits for you. A comment that was changed"
        " comes again with another number.",
        "late": "{number} ({name}): already {outcome}.",
        "done": "{number} ({name}): {outcome}.",
        "nothing": "Nothing in that message waits any more.",
        "help": "ok NUMBER, no NUMBER, spam NUMBER — comments of guests that wait (you get them"
        " here)",
    },
    "fr": {
        "one": "Un commentaire sur « {title} » vous attend.",
        "many": "{count} commentaires sur « {title} » vous attendent.",
        "over": "Commentaires sur « {title} » : plus rien n’attend ici.",
        "from": "{number}. {name}, sous ",
        "why": "Filtre, {score} % spam : {reasons}",
        "clean": "Filtre, {score} % spam : rien à lui reprocher",
        "how.one": "Répondez « ok {number} » pour le publier, « non {number} » pour le refuser,"
        " « spam {number} » si c’en est ; ou répondez à ce message par ok, non ou spam.",
        "how.many": "Répondez « ok », « non » ou « spam » avec les numéros (« ok {number} ») ; ou"
        " répondez à ce message par un de ces mots, pour tous ceux qui y attendent encore.",
        "published": "publié par {who}",
        "refused": "refusé par {who}",
        "spam": "refusé comme spam par {who}",
        "withdrawn": "retiré par son auteur",
        "desk": "la modération de ce serveur",
        "which": "Lequel ? Écrivez « {word} NUMÉRO », ou répondez au message où il se trouve.",
        "unknown": "{number} : aucun commentaire de ce numéro ne vous attend. Un commentaire"
        " modifié revient avec un autre numéro.",
        "late": "{number} ({name}) : déjà {outcome}.",
        "done": "{number} ({name}) : {outcome}.",
        "nothing": "Plus rien n’attend dans ce message.",
        "help": "ok NUMÉRO, non NUMÉRO, spam NUMÉRO — commentaires d’invités en attente (vous les"
        " recevez ici)",
    },
}
_TEXTS = table(_WRITTEN)
ENDED = {
    ("approved", ""): "published",
    ("published", ""): "published",
    ("refused", ""): "refused",
    ("refused", "spam"): "spam",
    ("refused", "kept"): "spam",
    ("withdrawn", ""): "withdrawn",
}
"""(state, ending) of a comment -> the text that says so."""


class Asked(NamedTuple):
    """A comment as people are asked about it. ``score``: per cent; ``outcome``: empty: it waits."""

    number: int
    name: str
    text: str
    link: str
    score: int
    reasons: Sequence[str]
    outcome: str


def language(*wishes: str) -> str:
    """The first of ``wishes`` ("fr", "en-GB", ...) these texts are written in, else English."""
    return next((wish[:2] for wish in wishes if wish[:2] in LANGUAGES), "en")


def say(lang: str, key: str) -> str:
    """One of the texts, with places to be filled."""
    return _TEXTS[lang][key]


def plain(text: str, limit: int = 60) -> str:
    """A stranger's words on one line, with nothing that turns the text around."""
    return _cut(one_line(_visible(text)), limit)


def _visible(text: str) -> str:
    return "".join(
        one for one in text if one == "\n" or unicodedata.category(one) not in ("Cf", "Cc", "Cs")
    )


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, limit: int) -> str:
    if _units(text) <= limit:
        return text
    return text.encode("utf-16-le")[: 2 * (limit - 1)].decode("utf-16-le", "ignore") + "…"


class _Writing:
    """A text that grows, with its entities (UTF-16 units)."""

    def __init__(self) -> None:
        self.text = ""
        self.marked: list[Entity] = []

    def add(self, text: str, kind: int = 0, arg: str | None = None) -> None:
        if kind:
            self.marked.append(Entity(kind, _units(self.text), _units(text), arg))
        self.text += text


def message(lang: str, title: str, asked: Sequence[Asked]) -> tuple[str, list[Entity]]:
    """The message about these comments: their words stand in quotes, and none of them can be
    pressed.
    """
    t, made = _TEXTS[lang], _Writing()
    waiting = [one for one in asked if not one.outcome]
    key = "over" if not waiting else "one" if len(waiting) == 1 else "many"
    made.add(t[key].format(title=plain(title), count=len(waiting)) + "\n\n")
    for one in asked:
        _one(made, t, one, min(_ROOM // len(asked), _ALONE))
    if waiting:
        how = t["how.one" if len(asked) == 1 else "how.many"]
        made.add(how.format(number=waiting[0].number))
    return made.text.rstrip(), made.marked


def _one(made: _Writing, t: dict[str, str], one: Asked, room: int) -> None:
    last = _last(t, one)
    first = t["from"].format(number=one.number, name=plain(one.name))
    limit = max(_LEAST, room - _units(first + one.link + last) - 4)
    made.add(first)
    made.add(one.link, _TEXT_URL, one.link)
    made.add("\n")
    lines = [line for line in _visible(one.text).split("\n") if line.strip()]
    made.add(_cut("\n".join(lines), limit), _BLOCKQUOTE)
    made.add(f"\n{last}\n\n")


def _last(t: dict[str, str], one: Asked) -> str:
    """What became of a comment, or what the filter found."""
    if one.outcome:
        return f"→ {one.outcome}"
    reasons = plain(" ".join(one.reasons[:REASONS]), _LINE)
    return t["why" if reasons else "clean"].format(score=one.score, reasons=reasons)
