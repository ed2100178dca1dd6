"""Raw bytes stay what they are, or reading them fails."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from petitbleu.desk.records.vault import service as vault
from petitbleu.store.query import query
from tests.kit.world import World

_DAMAGE = query("update vault set sealed = :sealed where sha = :sha")
_SEALED = query("select sealed, size, at from vault where sha = :sha", None)


async def _damage(tx: Any, sha: bytes, sealed: bytes) -> None:
    await tx.run(_DAMAGE, sha=sha, sealed=sealed)


async def test_bytes_come_back_and_are_kept_once(world: World) -> None:
    data = b"From: a\r\n\r\n" + bytes(range(256))
    sha = await world.app.store.write(vault.put, world.app, data)
    assert sha == hashlib.sha256(data).digest()
    assert await world.app.store.write(vault.put, world.app, data) == sha
    assert await vault.get(world.app, sha) == data


async def test_what_was_changed_or_exchanged_is_not_given_out(world: World) -> None:
    one = await world.app.store.write(vault.put, world.app, b"one")
    two = await world.app.store.write(vault.put, world.app, b"two")
    ((sealed, _, _),) = await world.app.store.rows(_SEALED, sha=two)
    await world.app.store.write(_damage, one, sealed)
    with pytest.raises(vault.Tampered):
        await vault.get(world.app, one)
    await world.app.store.write(_damage, one, sealed[:20])
    with pytest.raises(vault.Tampered):
        await vault.get(world.app, one)
    with pytest.raises(vault.Missing):
        await vault.get(world.app, bytes(32))
