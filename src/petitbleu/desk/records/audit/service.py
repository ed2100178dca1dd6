"""Appending to the log, and reading it.

An entry's leaf hash is SHA-256(0x00 || canonical JSON of n, at, actor, action, subject, data), as
RFC 6962 hashes leaves; its chain hash is SHA-256(chain of the entry before || leaf hash).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from petitbleu.app import App
from petitbleu.desk.records.audit import queries as q
from petitbleu.desk.records.audit import records, standing
from petitbleu.desk.records.audit.queries import Entry as Entry
from petitbleu.desk.records.audit.queries import Head as Head
from petitbleu.store.api import Reader, Tx

ORIGIN = bytes(32)
"""What the first entry is chained to."""


_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def canonical(value: Any) -> bytes:
    """JSON with sorted names and no space: the same value always gives the same bytes."""
    return _canonical(value).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON, in hex: what stands for content in the log."""
    return hashlib.sha256(canonical(value)).hexdigest()


def leaf(n: int, at: int, actor: str, action: str, subject: str, data: bytes) -> bytes:
    """The leaf hash of an entry (32 bytes); ``data`` is its canonical JSON."""
    said = canonical([n, at, actor, action, subject, data.decode()])
    return hashlib.sha256(b"\x00" + said).digest()


def chained(before: bytes, leaf_hash: bytes) -> bytes:
    """The chain hash of the entry that follows ``before``."""
    return hashlib.sha256(before + leaf_hash).digest()


async def append(
    tx: Tx, app: App, actor: str, action: str, subject: str, data: dict[str, Any] | None = None
) -> int:
    """Write one entry in the caller's transaction; its number. Entries of all callers queue here.
    Raises ``standing.Held`` where the desk stands still and must not do this.

    ``subject`` is a case as ``PB-…``, ``staff:7`` or another name; ``data`` plain JSON values.
    """
    if standing.is_refused(app, actor, action):
        standing.require(app)
    head = await tx.row(q.LOCK)
    if head is None:
        await tx.run(q.BEGIN, chain=ORIGIN)
        head = await tx.row(q.LOCK)
    assert head is not None
    whole = (data or {}) | _noted(tx, app).take()
    n, at, said = head.size, int(app.clock.now()), canonical(whole)
    chain = chained(head.chain, leaf(n, at, actor, action, subject, said))
    await tx.later(
        q.APPEND, n=n, at=at, actor=actor, action=action, subject=subject, data=said, chain=chain
    )
    await tx.later(q.ADVANCE, size=n + 1, chain=chain)
    return n


def _noted(tx: Tx, app: App) -> records.Noted:
    async def log(tx: Tx) -> None:
        await append(tx, app, "system", "record", "log")

    return tx.before_commit(records.NOTED, lambda: records.Noted(log))


def note(tx: Tx, app: App, kind: str, key: tuple[Any, ...], values: Sequence[Any]) -> None:
    """Have this transaction's next line carry the digest of a row (``records.KINDS``) that it
    writes: ``values`` are the columns of its kind, in order.
    """
    _noted(tx, app).add(kind, key, values)


async def note_row(tx: Tx, app: App, kind: str, *key: Any) -> None:
    """The same of a row that was written just now, read back in the transaction."""
    await records.note_row(tx, _noted(tx, app), kind, *key)


async def erased(
    tx: Tx,
    app: App,
    actor: str,
    subject: str,
    why: str,
    rows: Sequence[tuple[str, *tuple[Any, ...]]],
) -> int:
    """The line of what retention erases in this transaction: ``(kind, *key)`` of each row, kinds as
    in ``records.KINDS``, or ``("case", number)`` for a case with all its events. Rows that go
    without such a line are missing, those that come back after it are differences.
    """
    keys = [
        [kind, list(key) if kind == "case" else records.named(kind, key)] for kind, *key in rows
    ]
    said = {"why": why, records.ERASED: keys}
    return await append(tx, app, actor, "record.erase", subject, said)


async def head(reader: Reader) -> Head:
    """How long the log is, and its newest hash."""
    return await reader.row(q.HEAD) or Head(0, ORIGIN)


async def entries(reader: Reader, first: int = 0, limit: int = 1000) -> list[Entry]:
    """Entries from number ``first``, in order."""
    return await reader.rows(q.RANGE, first=first, limit=limit)


async def about(
    reader: Reader, subject: str, *, before: int = 1 << 60, limit: int = 200
) -> list[Entry]:
    """Entries about one subject, newest first."""
    return await reader.rows(q.OF_SUBJECT, subject=subject, before=before, limit=limit)
