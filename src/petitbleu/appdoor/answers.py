"""Which calls of a session were made and what they were answered: a repeated one is not carried
out again. Pure.
"""

from __future__ import annotations

from collections import OrderedDict

from petitbleu.appdoor import frames
from petitbleu.rpc.dispatch import Failure

MOST, MOST_BYTES = 128, 1 << 20
"""Answers that are remembered until the page has acknowledged them."""
SEEN = 128
"""Numbers of calls that came before a smaller one and are remembered one by one; of what lies
further back all are taken as made.
"""


def refused(detail: str) -> Failure:
    """Why a call is not carried out: something in its frame is wrong."""
    return Failure(400, "INPUT_FETCH_ERROR", "INPUT_FETCH_ERROR", 0, detail)


class Answers:
    """The calls of one session. Numbers begin at 1 and grow; a few may come out of order."""

    __slots__ = ("_bytes", "_kept", "_made", "_upto")

    def __init__(self) -> None:
        self._kept: OrderedDict[int, tuple[bytes, int]] = OrderedDict()
        """Call -> its answer, and how many counted frames there were with it (0: not counted)."""
        self._bytes = 0
        self._made: set[int] = set()
        self._upto = 0
        """All calls up to this number are taken as made."""

    def find(self, number: int) -> bytes | None:
        """The answer to a call that was made before, or that it is gone; None for a new call, which
        is noted.
        """
        found = self._kept.get(number)
        if found is not None:
            return found[0]
        made = self._made
        if number <= self._upto or number in made:
            gone = refused("i: this call was made before, and its answer is gone")
            return frames.answer(number, gone)
        made.add(number)
        if len(made) > SEEN:
            self._upto = sorted(made)[SEEN // 2]
            self._made = made = {one for one in made if one > self._upto}
        while self._upto + 1 in made:
            self._upto += 1
            made.remove(self._upto)
        return None

    def add(self, number: int, answer: bytes, at: int) -> None:
        """The call is answered; ``at``: counted frames so far, this answer among them (0: the
        answer is not counted)."""
        if len(answer) > MOST_BYTES:
            return
        self._kept[number] = answer, at
        self._bytes += len(answer)
        while len(self._kept) > MOST or self._bytes > MOST_BYTES:
            self._forget(next(iter(self._kept)))

    def acknowledge(self, count: int) -> None:
        """The page has dealt with so many counted frames: it repeats none of their calls."""
        for number in [n for n, (_, at) in self._kept.items() if 0 < at <= count]:
            self._forget(number)

    def _forget(self, number: int) -> None:
        self._bytes -= len(self._kept.pop(number)[0])
