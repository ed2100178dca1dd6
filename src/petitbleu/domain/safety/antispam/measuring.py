"""How a fresh filter does on comments that somebody has sorted: one JSON object a line.

``text`` and ``is_spam`` are needed; ``name``, ``email``, ``site``, ``seconds_on_form``,
``language`` and ``article`` are taken where they are known.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec

from petitbleu.domain.safety.antispam import features, seed, sentences, verdicts
from petitbleu.domain.safety.antispam.submission import Submission
from petitbleu.domain.safety.antispam.verdicts import Verdict

LINES_MAX = 1_000_000
_Z = 1.96
"""Of an interval of 95 %."""


class Unreadable(Exception):
    """A line is no comment; the text says which and why, in one sentence."""


class Line(msgspec.Struct):
    """A comment, and whether a person takes it for spam."""

    text: str
    is_spam: bool
    name: str = ""
    email: str = ""
    site: str = ""
    seconds_on_form: int = -1
    language: str = ""
    article: str = ""


class Rate(NamedTuple):
    """So many of so many, and between which shares the true one lies (95 %, Wilson)."""

    found: int
    of: int

    @property
    def interval(self) -> tuple[float, float]:
        """Low and high, 0 to 1."""
        if not self.of:
            return 0.0, 1.0
        share, square = self.found / self.of, _Z * _Z
        middle = (share + square / (2 * self.of)) / (1 + square / self.of)
        half = _Z * math.sqrt(share * (1 - share) / self.of + square / (4 * self.of**2))
        half /= 1 + square / self.of
        return max(0.0, middle - half), min(1.0, middle + half)


class Measured(NamedTuple):
    """Of a language: spam that is not published at once, comments that are not, and comments that
    are thrown away."""

    language: str
    caught: Rate
    held: Rate
    discarded: int


def read(lines: Iterator[bytes]) -> Iterator[Line]:
    """The comments of a file. Raises Unreadable."""
    decoder = msgspec.json.Decoder(Line)
    for number, line in enumerate(lines, 1):
        if number > LINES_MAX:
            raise Unreadable(f"there are more than {LINES_MAX} lines")
        if not line.strip():
            continue
        try:
            yield decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Unreadable(f"line {number} is no comment: {error}") from None


Said = Callable[[str], float]
"""How much the encoder says for spam in a text."""


def judge(what: Submission, said: Said | None = None) -> Verdict:
    """What a fresh filter thinks of a comment; without ``said`` by its first model alone."""
    opinion = seed.opinion(what, features.extract_features(what))
    second = sentences.shipped()
    if said is not None and second.leaves_open(opinion):
        opinion = second.both(opinion, said(sentences.as_read(what)))
    return verdicts.decide(what, seed=opinion)


def measure(lines: Iterator[bytes], said: Said | None = None) -> list[Measured]:
    """What a fresh filter does with them: in each language, and in all (``language`` empty), which
    stands last. ``said``: as of :func:`judge`. Raises Unreadable."""
    counts: dict[str, dict[tuple[bool, str], int]] = {}
    for line in read(lines):
        what = Submission(
            line.text, author=line.name, email=line.email, site=line.site,
            seconds=line.seconds_on_form, article=line.article,
        )  # fmt: skip
        found = judge(what, said)
        for language in {line.language or "?", ""}:
            among = counts.setdefault(language, {})
            key = (line.is_spam, found.verdict)
            among[key] = among.get(key, 0) + 1
    total = counts.pop("", {})
    return [_row(name, counts[name]) for name in sorted(counts)] + [_row("", total)]


def _row(language: str, counts: dict[tuple[bool, str], int]) -> Measured:
    spams = sum(count for (spam, _), count in counts.items() if spam)
    hams = sum(counts.values()) - spams
    return Measured(
        language,
        Rate(spams - counts.get((True, verdicts.PUBLISH), 0), spams),
        Rate(hams - counts.get((False, verdicts.PUBLISH), 0), hams),
        counts.get((False, verdicts.DISCARD), 0),
    )
