"""The one reader of danger: what a text that was sent to the desk or published tells of.

Three answers: ``danger``, ``perhaps``, and none. It is never given a chat. The first model reads
every text, at once. What it leaves open the second model reads, which takes some tens of
milliseconds: in the process itself where that only reads (:func:`use_encoder`), else beforehand in
another (``hearing.py``), whose answers are remembered here. Where there is none of it, or more
comes than the encoder may read (:class:`Pace`), what the first model says stands.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from contextlib import suppress
from hashlib import sha256
from typing import NamedTuple

from petitbleu.desk.intake.danger import encoder, sentences
from petitbleu.desk.intake.danger.model import DANGER as DANGER
from petitbleu.desk.intake.danger.model import LEVELS as LEVELS
from petitbleu.desk.intake.danger.model import NONE as NONE
from petitbleu.desk.intake.danger.model import PERHAPS as PERHAPS
from petitbleu.desk.intake.danger.model import Reading as Reading
from petitbleu.desk.intake.danger.model import shipped
from petitbleu.weighttables import Unusable

HEARD_MAX = 1_000
"""Answers of the second model that are remembered."""
_HEARD: OrderedDict[bytes, Reading] = OrderedDict()
_IN_THIS_PROCESS: list[bool] = []
"""Not empty: the encoder runs here; whether it can."""


class Pace(NamedTuple):
    """How much of the processor's time the encoder may take in a process: what is more than that is
    read at the pace of the first model.
    """

    share: float
    """In the long run."""
    burst: float
    """Seconds at once, after it was idle."""


LETTERS = Pace(0.01, 4.0)
"""A text in four seconds, 20,000 a day, and some 80 at once: a flood of letters is a mail server's,
and costs little more than before there was an encoder."""
WORDS = Pace(0.5, 30.0)
"""Of the process that reads words of people, which came by doors with limits of their own: 90,000
texts an hour, and 600 at once."""


class _Budget:
    """Seconds that the encoder may take now."""

    __slots__ = ("at", "pace", "seconds")

    def __init__(self, pace: Pace) -> None:
        self.pace, self.seconds, self.at = pace, pace.burst, time.monotonic()

    def is_left(self) -> bool:
        now = time.monotonic()
        self.seconds = min(self.pace.burst, self.seconds + (now - self.at) * self.pace.share)
        self.at = now
        return self.seconds > 0

    def spend(self, seconds: float) -> None:
        self.seconds -= seconds


_BUDGET = [_Budget(LETTERS)]


def read(text: str, *, ruled: bool = False) -> Reading:
    """What the words of somebody tell of; nothing, where there are none. ``ruled``: a rule finds
    danger in them, so the second model reads them in any case.
    """
    if not text.strip():
        return Reading(NONE, 0.0)
    first = shipped().read(text)
    if not sentences.shipped().leaves_open(first.score, ruled=ruled):
        return first
    known = _HEARD.get(_name(text))
    return known or (_read_here(text, first) if _IN_THIS_PROCESS else first)


def left_open(text: str, *, ruled: bool = False) -> Reading | None:
    """What the first model makes of a text that the second has to read, and did not yet."""
    if not text.strip() or _IN_THIS_PROCESS or _name(text) in _HEARD:
        return None
    first = shipped().read(text)
    return first if sentences.shipped().leaves_open(first.score, ruled=ruled) else None


def remember(text: str, found: Reading) -> None:
    """Keep what the second model said of a text until its words are filed."""
    name = _name(text)
    _HEARD[name] = found
    _HEARD.move_to_end(name)
    if len(_HEARD) > HEARD_MAX:
        _HEARD.popitem(last=False)


def with_rule(found: Reading) -> Reading:
    """What words tell of in which a rule finds danger. Rules know few words and take much that is
    harmless for danger: where the model is sure that it is none, somebody looks first.
    """
    reader = sentences.shipped() if found.second else shipped()
    return found._replace(level=reader.level(found.score, ruled=True))


def prepare() -> None:
    """Read the models, where files cannot be opened later."""
    shipped()
    sentences.shipped()
    if _IN_THIS_PROCESS:
        _load()


def use_encoder(here: bool = True, pace: Pace = LETTERS) -> None:
    """Let the encoder run in this process, which does nothing but read, or no more. It is loaded at
    need, and what was said before is forgotten. The first model scores with numpy then.
    """
    _BUDGET[:] = [_Budget(pace)]
    _IN_THIS_PROCESS[:] = [True] if here else []
    if here:  # what is missing or broken is told where a text is read
        with suppress(ImportError, MemoryError, OSError, Unusable):
            shipped().compute_at_once()
    _HEARD.clear()


def _read_here(text: str, first: Reading) -> Reading:
    if not _IN_THIS_PROCESS[0] or not _BUDGET[0].is_left() or not _load():
        return first
    began = time.process_time()
    found = sentences.shipped().read(encoder.shipped(), text, first.score)
    _BUDGET[0].spend(time.process_time() - began)
    remember(text, found)  # who writes to many writes the same
    return found


def _load() -> bool:
    """Whether the encoder can be used; asked once."""
    try:
        encoder.shipped()
    except (ImportError, MemoryError, OSError, Unusable):
        _IN_THIS_PROCESS[:] = [False]
    return _IN_THIS_PROCESS[0]


def _name(text: str) -> bytes:
    return sha256(text.encode("utf-8", "replace")).digest()
