"""The one path by which anything gets to the desk: stored first, read second, filed in a case.

1. :func:`deliver` hashes and stores the raw bytes in a transaction of its own. From then on the
   letter is ours: a job works it should this process end.
2. It is read and sorted in a worker (``reading.py``). One that takes long is put aside and read
   when it is its turn among those: nobody's letter waits behind it.
3. One transaction (``filing.py``) opens a case or joins one, and queues the receipt.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from petitbleu import jobs
from petitbleu.app import App, Part
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.intake import filing, particulars, reading
from petitbleu.desk.intake import queries as q
from petitbleu.desk.intake.filing import Delivered
from petitbleu.desk.intake.pending import WorkLetter
from petitbleu.desk.intake.queries import InboundRow
from petitbleu.desk.intake.worker import Done
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.records.vault import service as vault
from petitbleu.desk.reference.law import service as law
from petitbleu.store.api import Reader, Tx

LATER = 60
"""Seconds until the job looks at a letter that this process is working itself."""
_AT_ONCE = 8
"""Letters held in memory."""
_SLOW_AT_ONCE = 1
"""Letters that take long, read at once: a worker remains for the others. Those whose sender is
proved to be of the directory wait for one another only."""
_AGAIN = ("smtp", "imap")
"""Doors that may hand over the very same bytes twice, after an answer that got lost."""


class Slow(NamedTuple):
    """A letter that was put aside: there is more in it than there was time for."""

    row: InboundRow
    done: Done


class Stored(NamedTuple):
    """A thing that arrived. ``again``: the same bytes came before, and this is that row."""

    id: int
    again: bool


async def deliver(app: App, raw: bytes, *, channel: str, received: int | None = None) -> Delivered:
    """Take a letter: ``raw`` as it arrived, ``channel`` smtp, imap, cli, form, portal, letter or
    phone.

    ``received``: time of receipt where it is known otherwise than by the mail server's own header.
    When this returns, the letter is on disk and in a case. Raises what the store raises.
    """
    stored = await store(app, raw, channel=channel, received=received)
    return await work(app, stored.id, again=stored.again)


async def store(app: App, raw: bytes, *, channel: str, received: int | None = None) -> Stored:
    """Put the bytes on disk and plan the work; nothing of them is looked at."""
    return await app.store.write(_store, app, raw, channel, received)


async def _store(tx: Tx, app: App, raw: bytes, channel: str, received: int | None) -> Stored:
    now = int(app.clock.now())
    if channel in _AGAIN:
        earlier = await tx.row(q.OF_SHA, sha=hashlib.sha256(raw).digest())
        if earlier is not None and earlier.channel == channel:
            return Stored(earlier.id, True)
    sha = await vault.put(tx, app, raw, noted=False)  # the line of its case tells of it
    row = await tx.row(q.STORE, sha=sha, channel=channel, received=received or 0, at=now)
    assert row is not None
    await jobs.schedule(tx, WorkLetter(id=row.id), due=now + LATER, key=str(row.id))
    return Stored(row.id, False)


async def store_typed(
    tx: Tx, app: App, sha: bytes, number: int, *, channel: str, sender: str, at: int
) -> int:
    """Keep that a form brought what the vault has under ``sha``, already worked into case
    ``number``; its id.
    """
    row = await tx.row(q.TYPED, sha=sha, channel=channel, at=at, sender=sender, number=number)
    assert row is not None
    audit.note(tx, app, "inbound", (row.id,), (sha, channel, at))
    return row.id


async def work(app: App, inbound: int, *, again: bool = False) -> Delivered:
    """Read, sort and file what was stored. Done twice, it is done once. Raises LookupError."""
    begun = await begin(app, inbound, again=again)
    return await finish(app, begun) if isinstance(begun, Slow) else begun


async def begin(app: App, inbound: int, *, again: bool = False) -> Delivered | Slow:
    """The same, but for a letter that takes long: then :func:`finish` is to be called. Raises
    LookupError."""
    row = await app.store.row(q.GET, id=inbound)
    if row is None:
        raise LookupError(f"nothing arrived under {inbound}")
    if row.state != "stored":
        return Delivered(row.number, again or await filing.joined(app, row))
    async with app.parts[GATE]:
        raw = await vault.get(app, row.sha)
        done, more = await reading.glance(
            app, raw, now=row.stored_at, received=row.received_at or None
        )
        return Slow(row, done) if more else await _file(app, row, raw, done)


async def finish(app: App, slow: Slow) -> Delivered:
    """Read a letter that was put aside as long as it takes, when it is its turn, and file it."""
    row, trust = slow.row, slow.done.sorted.who.trust
    whose = "known" if trust in cases.PROVED else "others"
    waiting = app.parts[ASIDE]
    waiting.add(row.id)
    try:
        async with app.parts[SLOW_GATES][whose]:
            raw = await vault.get(app, row.sha)
            done = await reading.read(app, raw, now=row.stored_at, received=row.received_at or None)
            return await _file(app, row, raw, done)
    finally:
        waiting.discard(row.id)


def is_aside(app: App, inbound: int) -> bool:
    """Whether this process has put a letter aside, and will finish it."""
    return inbound in app.parts[ASIDE]


ASIDE: Part[set[int]] = Part(lambda _: set())


async def _file(app: App, row: InboundRow, raw: bytes, done: Done) -> Delivered:
    said = particulars.read(row.channel, raw)
    await law.ready(app)
    return await app.store.background(filing.file, app, row.id, done, said)


GATE: Part[asyncio.Semaphore] = Part(lambda _: asyncio.Semaphore(_AT_ONCE))
"""Lets in letters that are read as they come."""
SLOW_GATES: Part[defaultdict[str, asyncio.Semaphore]] = Part(
    lambda _: defaultdict(lambda: asyncio.Semaphore(_SLOW_AT_ONCE))
)
"""Whose letters -> lets in those of them that take long."""


async def resume(app: App) -> None:
    """Plan the work on all that waits, now."""
    waiting = await app.store.rows(q.OPEN)
    if waiting:
        await app.store.write(_resume, waiting, int(app.clock.now()))


async def _resume(tx: Tx, waiting: Sequence[q.Id], now: int) -> None:
    for row in waiting:
        await jobs.schedule(tx, WorkLetter(id=row.id), due=now, key=str(row.id))


async def inbound(reader: Reader, number: int) -> InboundRow | None:
    """One thing that arrived."""
    return await reader.row(q.GET, id=number)


async def of_case(reader: Reader, number: int) -> list[InboundRow]:
    """All that arrived in one case, oldest first."""
    return await reader.rows(q.OF_CASE, number=number)
