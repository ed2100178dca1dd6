"""Reading what is there, a page at a time, into the scratch file."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from petitbleu.desk.casework.cases.state import CaseState, fold
from petitbleu.desk.reconciliation import queries as q
from petitbleu.desk.reconciliation.differences import Difference, event_key, thing
from petitbleu.desk.reconciliation.scratch import Scratch
from petitbleu.desk.records.audit import records
from petitbleu.desk.records.audit import service as audit
from petitbleu.store.api import Reader

PAGE = 2000
_CASES = 300
_BYTES = 16 << 20
"""Bytes of the vault that are in memory at once, but for one large piece."""
_LAST = (1 << 62) - 1

_data = msgspec.msgpack.Decoder().decode
_state = msgspec.msgpack.Decoder(CaseState).decode

Unseal = Callable[[bytes, bytes], bytes]
"""Opens what the vault sealed, with its context; raises where it was changed."""


def event_words(kind: str, actor: str, at: int) -> str:
    """What is compared of an event besides its data: what, by whom, when."""
    return f"{kind} {actor} {at}"


# ── cases ───────────────────────────────────────────────────────────────────────────────────────


async def read_cases(reader: Reader, scratch: Scratch) -> list[Difference]:
    """All cases and events; differences between a case and what its own events add up to."""
    differences: list[Difference] = []
    after, done = 0, False
    while not done:
        rows = await reader.rows(q.CASES, after=after, limit=_CASES)
        done = len(rows) < _CASES
        last = _LAST if done else rows[-1].number
        differences += await _read_events(
            reader, scratch, after, last, {row.number: row for row in rows}
        )
        after = last
    await _read_states(reader, scratch)
    return differences


async def _read_events(
    reader: Reader, scratch: Scratch, after: int, last: int, rows: dict[int, q.CaseRow]
) -> list[Difference]:
    """Events of the cases above ``after`` up to ``last``, folded beside."""
    differences: list[Difference] = []
    for row in rows.values():
        scratch.found("case", row.number, str(row.seq))
        if row.folded is None:
            differences.append(Difference("stateless", thing=thing("case", row.number)))
    state = CaseState()
    async for event in _events(reader, after, last):
        data = _data(event.data)
        scratch.found(
            "event",
            event_key(event.number, event.seq),
            audit.digest(data),
            event_words(event.kind, event.actor, event.at),
        )
        if event.number != state.number:
            differences += _folded(state, rows)
            state = CaseState(number=event.number)
        case = rows.get(event.number)
        if case is not None and event.seq <= case.seq:
            _fold(state, event, data)
    return [*differences, *_folded(state, rows)]


def _fold(state: CaseState, event: q.EventRow, data: Any) -> None:
    try:
        fold(state, event.kind, data, event.at)
    except Exception:  # data that no writer of ours wrote: the digest says so
        state.seq += 1


def _folded(state: CaseState, rows: dict[int, q.CaseRow]) -> Iterator[Difference]:
    """What the rows of a case say otherwise than its events, where all of them are there."""
    row = rows.get(state.number)
    if row is None or state.seq != row.seq:
        return
    if _shown(state) != row[1:-1]:
        yield Difference("folded", thing=thing("case", row.number))
    elif row.folded is not None:
        try:
            same = _shown(_state(row.folded)) == row[1:-1]
        except msgspec.MsgspecError:
            same = False
        if not same:
            yield Difference("folded", thing=thing("state", row.number))


def _shown(state: CaseState) -> tuple[Any, ...]:
    """The columns of :class:`queries.CaseRow` between number and state."""
    return (
        *(state.seq, state.opened_at, state.received_at, state.kind, state.urgency, state.state),
        *(int(state.closed_at is None), state.owner, state.channel, state.sender),
        *(state.reference, state.category, state.target, state.item, len(state.reports)),
        *(state.closed_at, state.ending),
    )


async def _events(reader: Reader, after: int, last: int) -> AsyncIterator[q.EventRow]:
    number, seq = after, 1 << 40
    while True:
        rows = await reader.rows(q.EVENTS, number=number, seq=seq, last=last, limit=PAGE)
        for row in rows:
            yield row
        if len(rows) < PAGE:
            return
        number, seq = rows[-1].number, rows[-1].seq


async def _read_states(reader: Reader, scratch: Scratch) -> None:
    after = 0
    while rows := await reader.rows(q.STATES, after=after, limit=PAGE):
        for row in rows:
            scratch.found("state", row.number, "")
        after = rows[-1].number


class Waiting(NamedTuple):
    """Letters that are stored and not filed yet: the line about their case will tell of them."""

    letters: frozenset[int]
    pieces: frozenset[bytes]

    def rows(self) -> frozenset[tuple[str, str]]:
        """Kinds and keys, as the scratch file has them."""
        letters = {("inbound", _key("inbound", (letter,))) for letter in self.letters}
        return frozenset(letters | {("vault", _key("vault", (piece,))) for piece in self.pieces})


async def read_waiting(reader: Reader) -> Waiting:
    """What waits to be filed."""
    rows = await reader.rows(q.WAITING)
    return Waiting(frozenset(row.id for row in rows), frozenset(row.sha for row in rows))


# ── the vault ───────────────────────────────────────────────────────────────────────────────────


async def read_vault(
    reader: Reader, scratch: Scratch, unseal: Unseal, waiting: Waiting
) -> list[Difference]:
    """All pieces, opened; differences where one holds something else than its name says."""
    differences: list[Difference] = []
    after = b""
    while rows := await reader.rows(q.SIZES, after=after, limit=PAGE):
        for first, last in _stretches(rows):
            for piece in await reader.rows(q.PIECES, first=first, last=last):
                key = _key("vault", (piece.sha,))
                if piece.sha not in waiting.pieces or scratch.knows("vault", key):
                    scratch.found("vault", key, records.digest((piece.sha,)))
                if not _opens(piece, unseal):
                    differences.append(Difference("damaged", thing=thing("vault", key)))
        after = rows[-1].sha
    return differences


def _stretches(rows: Sequence[q.SizeRow]) -> Iterator[tuple[bytes, bytes]]:
    """First and last of as many pieces as fit in memory."""
    first, size = rows[0].sha, 0
    before = first
    for row in rows:
        if size and size + row.size > _BYTES:
            yield first, before
            first, size = row.sha, 0
        size, before = size + row.size, row.sha
    yield first, before


def _opens(piece: q.PieceRow, unseal: Unseal) -> bool:
    try:
        data = unseal(piece.sealed, b"vault " + piece.sha)
    except Exception:  # whatever a damaged seal raises
        return False
    return len(data) == piece.size and hashlib.sha256(data).digest() == piece.sha


# ── the others ──────────────────────────────────────────────────────────────────────────────────


def _key(kind: str, key: Sequence[Any]) -> str:
    return audit.canonical(records.named(kind, key)).decode()


async def read_others(reader: Reader, scratch: Scratch, waiting: Waiting) -> None:
    """Every other table of ``records.KINDS``."""
    for kind, what in records.KINDS.items():
        if kind == "vault":
            continue
        count = len(what.key)
        after: tuple[Any, ...] = _FIRST.get(kind, (0,) * count)
        while True:
            marks = dict(zip(what.key, after, strict=True))
            rows = await reader.rows(records.PAGE[kind], **marks, limit=PAGE)
            for row in rows:
                if kind == "inbound" and row[0] in waiting.letters:
                    continue
                scratch.found(kind, _key(kind, row[:count]), records.digest(row[count:]))
            if len(rows) < PAGE:
                break
            after = rows[-1][:count]


_FIRST: dict[str, tuple[Any, ...]] = {
    "statement": (0, 0, ""),
    "eu_statement": ("",),
    "report": ("", 0),
}
"""What comes before every key, where that is not made of zeros."""
