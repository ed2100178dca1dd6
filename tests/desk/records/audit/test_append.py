"""The log: numbered without a gap, chained, written with what it tells of or not at all."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from petitbleu.desk.records.audit import service as audit
from tests.kit.world import World


async def test_entries_are_chained_and_end_at_the_head(world: World) -> None:
    app = world.app
    start = (await audit.head(app.store)).size
    many = [
        app.store.write(audit.append, app, "operator", "test", f"s{one}", {"n": one, "é": "œ"})
        for one in range(20)
    ]
    numbers = await asyncio.gather(*many)
    assert sorted(numbers) == list(range(start, start + 20))
    entries = await audit.entries(app.store)
    assert [one.n for one in entries] == list(range(start + 20))
    chain = audit.ORIGIN
    for one in entries:
        leaf = audit.leaf(one.n, one.at, one.actor, one.action, one.subject, one.data)
        chain = audit.chained(chain, leaf)
        assert chain == one.chain
    assert await audit.head(app.store) == (start + 20, chain)


async def test_what_was_rolled_back_left_no_entry_and_no_gap(world: World) -> None:
    app = world.app

    async def fails(tx: Any) -> None:
        await audit.append(tx, app, "operator", "test", "never")
        raise RuntimeError("rolled back")

    first = await app.store.write(audit.append, app, "operator", "test", "before")
    with pytest.raises(RuntimeError):
        await app.store.write(fails)
    assert await app.store.write(audit.append, app, "operator", "test", "after") == first + 1
    assert await audit.about(app.store, "never") == []
    assert [one.n for one in await audit.about(app.store, "after")] == [first + 1]
