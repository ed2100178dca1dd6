"""The log as a file for others: JSON lines that ``examples/verify_journal.py`` checks alone.

The first line names the log, its key and the size of the newest signed head; then come entries (a
partial export gives each an inclusion ``proof``); at the end signed heads.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

from petitbleu.app import App
from petitbleu.desk.records.audit import heads, service
from petitbleu.desk.records.audit.queries import Entry, SignedHead

FORMAT = "petitbleu journal 1"
MAX_LINES = 5000
"""Lines about one subject that are exported at once."""


async def begin(app: App, actor: str, subject: str = "") -> dict[str, Any]:
    """Log the export, sign the log as it is now; the file's first line. ``subject``: only that."""
    said = {"subject": subject} if subject else {}
    await app.store.write(service.append, app, actor, "log.export", "log", said)
    await heads.sign(app)
    head = await heads.newest(app)
    assert head is not None
    return {
        "format": FORMAT,
        "origin": heads.origin(app),
        "key": heads.verifier(app),
        "size": head.size,
        "subject": subject or None,
    }


def line(row: Entry, proof: list[bytes] | None = None) -> dict[str, Any]:
    """One entry. ``data`` stays the text that was hashed."""
    said: dict[str, Any] = {
        "n": row.n,
        "at": row.at,
        "actor": row.actor,
        "action": row.action,
        "subject": row.subject,
        "data": row.data.decode(),
        "chain": row.chain.hex(),
    }
    if proof is not None:
        said["proof"] = [digest.hex() for digest in proof]
    return said


async def part(app: App, first: int, size: int, limit: int) -> list[dict[str, Any]]:
    """Up to ``limit`` entries from ``first``, below ``size``."""
    end = min(size, first + limit)
    return [line(row) async for row in heads.lines(app, first, end)]


async def about(app: App, subject: str, head: SignedHead) -> list[dict[str, Any]]:
    """The entries about one subject, oldest first, each with its proof under ``head``."""
    lines = await service.about(app.store, subject, before=head.size, limit=MAX_LINES)
    rows = lines[::-1]
    proofs = await heads.prove(app, [row.n for row in rows], head)
    return [line(row, proof.path) for row, proof in zip(rows, proofs, strict=True)]


async def ending(app: App, size: int, *, whole: bool) -> list[dict[str, Any]]:
    """The signed heads, oldest first: all, or the one of ``size``."""
    rows = await heads.signed(app, before=size + 1, limit=1)
    if whole:
        rows = [row async for row in heads.all_signed(app) if row.size <= size]
    return [{"head": note} for note in await heads.with_cosignatures(app, rows[::-1])]


async def whole(app: App, actor: str) -> AsyncIterator[str]:
    """The file of the whole log, line by line."""
    first = await begin(app, actor)
    yield _text(first)
    async for row in heads.lines(app, 0, first["size"]):
        yield _text(line(row))
    for head in await ending(app, first["size"], whole=True):
        yield _text(head)


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
