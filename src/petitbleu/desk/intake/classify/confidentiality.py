"""Clauses that forbid telling the person, by what such a sentence is made of and not by its
wording: a verb of telling or noticing, something that denies or forbids it, and the person (or
anybody) it is kept from; or a noun of secrecy with the order as what is secret. Stems of each
language are data (:func:`tongues`); the order of the parts does not matter.

What is found is shown with its sentence. Nothing is allowed because nothing was found
(docs/desk/en/secrecy.md).
"""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import islice
from typing import NamedTuple

from petitbleu.desk.intake.classify import words
from petitbleu.resources import schema_text

SENTENCES_MAX = 2000
SENTENCE_MAX = 600
_NEAR = 90
"""Characters between what denies and what is denied."""


class Tongue(NamedTuple):
    """Stems of one language, folded: telling, denial, the person, secrecy, what is secret, being
    unaware; and telling us, which is something else.
    """

    tell: str
    deny: str
    who: str
    secrecy: str
    matter: str
    unaware: str
    us: str


@cache
def tongues() -> dict[str, Tongue]:
    """Language -> its stems (``schema/desk/secrecy-words.json``)."""
    patterns: dict[str, dict[str, list[str]]]
    patterns = json.loads(schema_text("desk/secrecy-words.json"))["tongues"]
    return {
        language: Tongue(**{name: "|".join(stems) for name, stems in parts.items()})
        for language, parts in patterns.items()
    }


class _Patterns(NamedTuple):
    tell: re.Pattern[str]
    deny: re.Pattern[str]
    who: re.Pattern[str]
    secrecy: re.Pattern[str]
    matter: re.Pattern[str]
    unaware: re.Pattern[str]
    us: re.Pattern[str]


@cache
def _patterns(language: str) -> _Patterns:
    tongue = tongues()[language]
    return _Patterns(
        # A denial may be one word with what it denies: “niezawiadamianie”, “nonnotifica”.
        re.compile(rf"(?<!\w)(?P<denied>nie|non)?(?:{tongue.tell})\w*"),
        _word(tongue.deny),
        _word(tongue.who),
        _word(tongue.secrecy),
        _word(tongue.matter),
        _word(tongue.unaware),
        re.compile(rf"\s*(?:a |to |an |aan |di )?(?:{tongue.us})(?!\w)"),
    )


def _word(stems: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{stems})(?!\w)")


_BREAK = re.compile(r"(?<=[.!?])\s+(?=\S)|\n\s*\n|\n(?=\s*(?:[-•*–]|\d{1,2}[.)]|[\[(☐☒]))")
_ABBREVIATED = re.compile(
    r"(?:\b(?:art|abs|nr|no|ref|mr|mme|dr|cf|bzw|ggf|z\.b|sog|lit|al|pp|par|num)|\b\w"
    r"|(?<!\d)\d{1,2})\.$"
)
_POLITE = re.compile(
    r"(?:n'hesitez pas|do not hesitate|don't hesitate|zogern sie nicht|no dude|no duden|non esit"
    r"|aarzel niet|prosze nie wahac|nie wahac|nao hesit|in case you (?:can|do) not"
    r"|if you (?:do|can)|sollten sie (?:kein|nicht)|if we do not|failing to|wenn sie nicht"
    r"|si vous ne|si no|se non|indien u niet|jesli nie)"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of a text; lines that are broken within one are one sentence."""
    spans, begin = [], 0
    for match in _BREAK.finditer(text):
        if _ABBREVIATED.search(text[max(0, match.start() - 10) : match.start()].lower()):
            continue
        spans.append((begin, match.start()))
        begin = match.end()
        if len(spans) >= SENTENCES_MAX:
            return spans
    return [*spans, (begin, len(text))]


def find(text: str) -> tuple[int, int] | None:
    """The span of the first sentence that forbids telling the person; None where none does."""
    folded = words.fold(text)
    for begin, end in sentences(folded):
        for start in range(begin, max(end, begin + 1), SENTENCE_MAX):
            stop = min(end, start + SENTENCE_MAX)
            said = folded[start:stop].replace("\n", " ")
            if len(said) < 8 or words.group("footer").search(_paragraph(folded, start, stop)):
                continue  # whoever got the letter by mistake shall keep quiet
            said = _LATER.sub(lambda match: " " * len(match[0]), said)
            if any(_forbids(said, _patterns(language)) for language in tongues()):
                return begin, min(end, begin + SENTENCE_MAX)
    return None


_LATER = re.compile(
    r"(?<!\w)(?:no|not|nicht|niet|non|nie|ne)\s+(?:later|spater|langer|tarde|oltre|pozniej"
    r"|plus tard|mas tarde|more|less|earlier)(?:\s+(?:than|als|dan|que|niz|di|de|il|le))?(?!\w)"
    r"|(?<!\w)n[or]?s?\.(?=\s)"
)
"""Words of deadlines, and of numbers (“no. 12”), that deny nothing."""


def _paragraph(folded: str, start: int, stop: int) -> str:
    begin, end = folded.rfind("\n\n", 0, start), folded.find("\n\n", stop)
    return folded[
        max(begin, start - SENTENCE_MAX) : min(end, stop + SENTENCE_MAX)
        if end > 0
        else stop + SENTENCE_MAX
    ]


def _forbids(said: str, of: _Patterns) -> bool:
    if of.unaware.search(said) and (of.who.search(said) or of.matter.search(said)):
        return True
    if of.secrecy.search(said) and of.matter.search(said) and not _POLITE.search(said):
        return True
    if not of.who.search(said):
        return False
    denials = [one.span() for one in islice(of.deny.finditer(said), 20)]
    if _POLITE.search(said):
        return False
    for match in islice(of.tell.finditer(said), 20):
        if of.us.match(said, match.end()):
            continue
        if match["denied"]:
            return True
        if any(
            match.start() - _NEAR <= end and start <= match.end() + _NEAR for start, end in denials
        ):
            return True
    return False
