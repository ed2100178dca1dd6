"""Appending to the log, and reading it.

An entry's leaf hash is SHA-256(0x00 || canonical JSON of n, at, actor, action, subject, data), as
RFC 6962 hashes leaves; its chain hash is SHA-256(chain of the entry before || leaf hash).
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from petitbleu.app import App
from petitbleu.desk.records.audit import queries as q
from petitbleu.desk.records.audit.queries import Entry as Entry
from petitbleu.desk.records.audit.queries import Head
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

    ``subject`` is a case as ``PB-…``, ``staff:7`` or another name; ``data`` plain JSON values.
    """
    head = await tx.row(q.NEXT)
    if head is None:
        await tx.run(q.BEGIN, chain=ORIGIN)
        head = await tx.row(q.NEXT)
    assert head is not None
    n, at, said = head.size - 1, int(app.clock.now()), canonical(data or {})
    chain = chained(head.chain, leaf(n, at, actor, action, subject, said))
    await tx.later(
        q.APPEND, n=n, at=at, actor=actor, action=action, subject=subject, data=said, chain=chain
    )
    await tx.later(q.ADVANCE, chain=chain)
    return n


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
