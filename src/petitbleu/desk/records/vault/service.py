"""Bytes that must stay what they are."""

from __future__ import annotations

import hashlib

from petitbleu.app import App
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.records.vault import queries as q
from petitbleu.errors import LocalFault
from petitbleu.store.api import Tx


class Tampered(Exception):
    """What is stored is not what was put there; the text names the SHA-256."""


class Missing(Exception):
    """Nothing is stored under that SHA-256."""


async def put(tx: Tx, app: App, data: bytes, *, noted: bool = True) -> bytes:
    """Keep ``data``; its SHA-256 (32 bytes). The same bytes twice are kept once. ``noted``: the
    log's next line tells of them; else whoever asks has a later one do so (:func:`note`).
    """
    sha = hashlib.sha256(data).digest()
    sealed = app.secrets.seal(data, b"vault " + sha)
    await tx.later(q.PUT, sha=sha, at=int(app.clock.now()), size=len(data), sealed=sealed)
    if noted:
        note(tx, app, sha)
    return sha


def note(tx: Tx, app: App, sha: bytes) -> None:
    """Have the transaction's next line of the log tell of a piece."""
    audit.note(tx, app, "vault", (sha,), (sha,))


async def get(app: App, sha: bytes) -> bytes:
    """The bytes again, verified. Raises Missing, Tampered."""
    row = await app.store.row(q.GET, sha=sha)
    if row is None:
        raise Missing(sha.hex())
    try:
        data = app.secrets.unseal(row.sealed, b"vault " + sha)
    except LocalFault:
        raise Tampered(sha.hex()) from None
    if hashlib.sha256(data).digest() != sha:
        raise Tampered(sha.hex())
    return data
