"""Going through the whole log and all tables once, and naming every difference.

1. Lines, from the first: chain, tree, signed heads; what they say of rows goes to the scratch file.
2. Tables: what is there goes to the scratch file.
3. Lines that were added meanwhile: what they tell of is not judged this time.
4. Both sides are compared.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence, Set
from typing import Any, NamedTuple

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from petitbleu.desk.reconciliation import tables
from petitbleu.desk.reconciliation.differences import SHIFT, Difference, event_key, thing
from petitbleu.desk.reconciliation.scratch import Row, Scratch, Unknown
from petitbleu.desk.records.audit import heads, merkle, records
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.records.audit.heads import Unsound
from petitbleu.desk.records.audit.service import Entry
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.refusals import Refusal
from petitbleu.store.api import Reader

NAMED = 10_000
"""Differences that are named; the others are counted."""
ADOPT = "log.adopt"
_PAGE = 2000
_MOST_EVENTS = (1 << SHIFT) - 1
_decode = msgspec.json.Decoder().decode


class Found(NamedTuple):
    """What was found. ``problems`` of the log itself, ``differences`` to tables."""

    size: int
    heads: int
    root: bytes
    problems: list[Refusal]
    differences: list[Difference]
    total: int
    """Differences in all."""
    older: int
    """Rows from before the log told of rows of their kind: nothing is proved of them."""
    adopted: bool
    rows: Mapping[str, int]
    """How many rows of each kind were compared."""


class Outside(NamedTuple):
    """A head that was kept outside."""

    size: int
    root: bytes


class _Lines:
    """The lines so far: chain, tree and what they say of rows. It goes on after a fault."""

    def __init__(self, scratch: Scratch, wanted: Sequence[Outside]) -> None:
        self.scratch = scratch
        self.edge, self.chain = merkle.Edge(), audit.ORIGIN
        self.next = 0
        self.problems: list[Refusal] = []
        self.adopted = False
        self._wanted: dict[int, set[bytes]] = {}
        for head in wanted:
            self._wanted.setdefault(head.size, set()).add(head.root)
        self._forked = False

    def add(self, row: Entry) -> None:
        """One more line."""
        leaf = heads.leaf_of(row)
        if row.n != self.next:
            self._say(Unsound("missing", line=self.next))
        elif row.chain != audit.chained(self.chain, leaf):
            self._say(Unsound("changed", line=row.n))
        self.next, self.chain = row.n + 1, row.chain
        self.edge.add(leaf)
        roots = self._wanted.pop(self.edge.size, None)
        if roots is not None and not self._forked and roots != {self.edge.root()}:
            self._forked = True  # all later ones differ too
            self._say(Unsound("others", size=self.edge.size))
        self._read(row)

    def _say(self, problem: Refusal) -> None:
        if len(self.problems) < NAMED:
            self.problems.append(problem)

    def _read(self, row: Entry) -> None:
        """What the line says of rows."""
        try:
            said = _decode(row.data)
        except msgspec.MsgspecError:
            return
        if row.action == ADOPT and said.get("whole"):
            self.adopted = True
        if "events" in said and "seq" in said:
            self._events(row, said)
        for kind, key, sha in said.get(records.RECORDS, ()):
            self.scratch.know(kind, audit.canonical(key).decode(), sha, row.n, None)
        for kind, key in said.get(records.ERASED, ()):
            if kind == "case":
                number = key[0]
                for name in ("case", "state"):
                    self.scratch.know(name, number, None, row.n, None)
                first = event_key(number, 0)
                self.scratch.forget_events(first, first + _MOST_EVENTS)
            else:
                self.scratch.know(kind, audit.canonical(key).decode(), None, row.n, None)

    def _events(self, row: Entry, said: Any) -> None:
        number = case_numbers.parse(row.subject)
        if number is None:
            return
        events, seq, at = said["events"], said["seq"], said.get("at")
        # Lines of before ``at`` say neither kind nor actor in a way that data cannot imitate.
        for place, event in enumerate(events, seq - len(events) + 1):
            more = None
            if at is not None:
                more = tables.event_words(event["event"], event.get("event_actor", row.actor), at)
            self.scratch.know("event", event_key(number, place), event["sha256"], row.n, more)
        self.scratch.know("case", number, str(seq), row.n, None)
        self.scratch.know("state", number, "", row.n, None)

    def end(self, head: audit.Head) -> None:
        """No more lines: what was promised and is not there."""
        if self._wanted:
            self._say(Unsound("fewer", signed=max(self._wanted), there=self.edge.size))
        if head.size < self.next or (head.size, head.chain) == (self.next, self.chain):
            if head.size < self.next:
                self._say(Unsound("end"))
            return
        if head.size > self.next:
            self._say(Unsound("missing", line=self.next))
        else:
            self._say(Unsound("end"))


async def compare(
    reader: Reader,
    scratch: Scratch,
    *,
    key: Ed25519PublicKey,
    unseal: tables.Unseal,
    outside: Sequence[Outside] = (),
) -> Found:
    """Compare everything with ``key``'s log. ``outside``: heads that were kept elsewhere and verify
    under its key.
    """
    signed, wrong = await _signed(reader, key)
    lines = _Lines(scratch, [*signed, *outside])
    lines.problems += wrong
    async for row in _lines(reader, 0):
        lines.add(row)
    judged = lines.next
    waiting = await tables.read_waiting(reader)
    differences = await tables.read_cases(reader, scratch)
    differences += await tables.read_vault(reader, scratch, unseal, waiting)
    await tables.read_others(reader, scratch, waiting)
    # Letters that came while tables were read: they wait still, or one of the lines that follow
    # tells of them.
    late = await tables.read_waiting(reader)
    await _rest(reader, lines)
    report = _Report(differences)
    report.gone(scratch, judged)
    report.rows("changed", scratch.changed(judged))
    report.rows("back", scratch.back(judged))
    report.unknown(scratch.unknown(), lines.adopted, late.rows())
    return Found(
        size=lines.edge.size,
        heads=len(signed),
        root=lines.edge.root(),
        problems=lines.problems,
        differences=report.named,
        total=report.count,
        older=report.older,
        adopted=lines.adopted,
        rows=scratch.counts(),
    )


async def _rest(reader: Reader, lines: _Lines) -> None:
    """Lines that were added while tables were read, up to a head that stands still."""
    while True:
        head = await audit.head(reader)
        async for row in _lines(reader, lines.next):
            lines.add(row)
        if head == await audit.head(reader):
            lines.end(head)
            return


async def _lines(reader: Reader, first: int) -> AsyncIterator[Entry]:
    while rows := await audit.entries(reader, first, _PAGE):
        for row in rows:
            yield row
        first = rows[-1].n + 1


async def _signed(reader: Reader, key: Ed25519PublicKey) -> tuple[list[Outside], list[Refusal]]:
    """The heads that stand in the database, and what is wrong with them alone."""
    differences, wrong, before = [], [], 1 << 60
    while rows := await heads.page(reader, before):
        for row in rows:
            try:
                heads.check_row(row, key)
                differences.append(Outside(row.size, row.root))
            except Unsound as problem:
                wrong.append(problem)
        before = rows[-1].size
    return differences, list(wrong)


class _Report:
    """Differences as they are named: a case that is gone says how many events went with it."""

    def __init__(self, found: list[Difference]) -> None:
        self.named, self.count, self.older = found[:NAMED], len(found), 0
        self._whole: dict[int, int] = {}

    def _say(self, difference: Difference) -> None:
        self.count += 1
        if len(self.named) < NAMED:
            self.named.append(difference)

    def gone(self, scratch: Scratch, judged: int) -> None:
        """Rows that the log knows and the tables lack. Cases come before events and states."""
        for row in scratch.gone(judged):
            case = _case_of(row)
            if row.kind == "case":
                self._whole[case] = 0
            elif case in self._whole:
                self._whole[case] += row.kind == "event"
            else:
                self._say(Difference("gone", thing=thing(row.kind, row.key)))
        for number, events in self._whole.items():
            self._say(Difference("gone_with", thing=thing("case", number), count=events))

    def rows(self, code: str, rows: Iterable[Row]) -> None:
        """Rows that differ in one way."""
        for row in rows:
            self._say(Difference(code, thing=thing(row.kind, row.key)))

    def unknown(
        self, rows: Iterable[Unknown], adopted: bool, waiting: Set[tuple[str, str]]
    ) -> None:
        """Rows that no line tells of; those of before the digests, until they are taken over."""
        for row in rows:
            if (row.kind, row.key) in waiting:
                continue
            if row.kind in records.KINDS and not adopted:
                self.older += 1
            else:
                self._say(Difference("unknown", thing=thing(row.kind, row.key)))


def _case_of(row: Row) -> int:
    if row.kind == "event":
        return int(row.key) >> SHIFT
    return int(row.key) if row.kind in ("case", "state") else 0
