"""Temporary keys: bound to a permanent one, and forgotten (core.telegram.org/api/pfs)."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.domain.registration.auth import queries as q
from petitbleu.errors import Fault
from petitbleu.store.api import Tx


class Binding(NamedTuple):
    """What a binding says: once in the call, once inside the message only both keys can make."""

    msg_id: int
    nonce: int
    temp_id: int
    perm_id: int
    session_id: int
    expires_at: int


async def bind(app: App, asked: Binding, inner: tuple[int, ...] | None) -> None:
    """Let a temporary key stand for its permanent one from now on, durably.

    ``inner`` are the same six values out of the encrypted message (None: it cannot be read with the
    permanent key). The temporary key dies when its exchange said, or sooner if asked.

    Raises ENCRYPTED_MESSAGE_INVALID, EXPIRES_AT_INVALID, TEMP_AUTH_KEY_EMPTY,
    TEMP_AUTH_KEY_ALREADY_BOUND.
    """
    if inner is None or tuple(inner) != tuple(asked):
        raise Fault("ENCRYPTED_MESSAGE_INVALID")
    if asked.expires_at <= app.clock.now():
        raise Fault("EXPIRES_AT_INVALID")
    await app.store.write(_bind, asked)


async def _bind(tx: Tx, asked: Binding) -> None:
    key = await tx.row(q.KEY, id=asked.temp_id)
    if key is None or not key.temp:
        raise Fault("TEMP_AUTH_KEY_EMPTY")
    permanent = await tx.row(q.KEY, id=asked.perm_id)
    if permanent is None or permanent.temp:
        raise Fault("ENCRYPTED_MESSAGE_INVALID")
    until = asked.expires_at if key.expires_at is None else min(key.expires_at, asked.expires_at)
    if not await tx.run(q.BIND, id=asked.temp_id, perm_id=asked.perm_id, expires_at=until):
        raise Fault("TEMP_AUTH_KEY_ALREADY_BOUND")


async def drop(app: App, perm_id: int, kept: Collection[int]) -> set[int]:
    """Forget the temporary keys of ``perm_id`` but for ``kept``; their ids."""
    return await app.store.write(_drop, perm_id, kept)


async def _drop(tx: Tx, perm_id: int, kept: Collection[int]) -> set[int]:
    rows = await tx.rows(q.TEMPORARY_OF, perm_id=perm_id)
    dropped = {row.id for row in rows if row.id not in kept}
    for key in sorted(dropped):
        await tx.run(q.DROP_KEY, id=key)
    return dropped
