"""Measures as a part of somebody's larger transaction: all of it, or nothing."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from petitbleu.domain.safety.moderation import measures
from petitbleu.domain.safety.moderation.effects import Refused
from petitbleu.store.api import Tx
from petitbleu.tl import api
from tests.domain.safety.moderation.deciding import order, posts, three
from tests.domain.safety.moderation.place import make
from tests.kit.world import World


async def test_two_measures_are_carried_out_in_one_transaction(world: World) -> None:
    ada, bob, eve = await three(world)
    place = await make(world, ada, bob, eve)
    first, second = [await place.post(ada, text) for text in ("un", "deux")]
    ready = [
        await measures.prepare(world.app, order("remove", command="a", **posts(place, first))),
        await measures.prepare(world.app, order("label", command="b", label="sensitive",
                                                **posts(place, second))),
    ]  # fmt: skip

    async def both(tx: Tx) -> None:
        for one in ready:
            await one.write(tx)

    with ExitStack() as stack:
        for one in ready:
            stack.enter_context(one.changing())
        await world.app.store.write(both)
    for one in ready:
        await one.settle()
    await world.settle()
    assert await place.history(bob) == ["deux"]
    assert [row.number for row in await measures.listed(world.app)] == [
        ready[1].number,
        ready[0].number,
    ]


async def test_a_transaction_that_fails_takes_the_measure_back(world: World) -> None:
    ada, bob, eve = await three(world)
    place = await make(world, ada, bob, eve)
    gone = await place.post(ada, "un")
    ready = await measures.prepare(world.app, order("remove", **posts(place, gone)))
    bob.pushed.clear()

    async def broken(tx: Tx) -> None:
        await ready.write(tx)
        raise Refused("something else of the decision cannot be done")

    with pytest.raises(Refused), ready.changing():
        await world.app.store.write(broken)
    await world.settle()
    assert await place.history(bob) == ["un"]
    assert await measures.listed(world.app) == []
    assert bob.updates(api.UpdateDeleteChannelMessages) == []


async def test_the_same_command_inside_a_transaction_gives_the_first_measure(world: World) -> None:
    ada, bob, eve = await three(world)
    place = await make(world, ada, bob, eve)
    gone = await place.post(ada, "un")
    first = await measures.apply(world.app, order("remove", **posts(place, gone)))
    again = await measures.prepare(world.app, order("remove", **posts(place, gone)))
    other = await measures.prepare(world.app, order("remove", reason="Autre", **posts(place, gone)))
    with again.changing():
        assert await world.app.store.write(again.write) == first.number
    with pytest.raises(Refused), other.changing():
        await world.app.store.write(other.write)


async def test_an_end_is_part_of_a_larger_transaction_too(world: World) -> None:
    ada, bob, eve = await three(world)
    place = await make(world, ada, bob, eve)
    gone = await place.post(ada, "un")
    row = await measures.apply(world.app, order("remove", **posts(place, gone)))
    ending = await measures.prepare_lift(
        world.app, row.number, command="end", actor="Zoé", reason="Recours", quiet=True
    )
    with ending.changing():
        await world.app.store.write(ending.write)
    await ending.settle()
    await world.settle()
    assert await place.history(bob) == ["un"]
