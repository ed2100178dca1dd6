"""Facts between people, and that a remembered one is never stale."""

from __future__ import annotations

from petitbleu.domain.people.social_graph import service
from tests.kit.world import World


async def test_ties_say_who_has_whom_and_who_blocks(world: World) -> None:
    ada, bob, eve = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve")]
    await ada.peer(bob)
    await bob.peer(ada)
    await eve.peer(ada)
    found = await service.ties(world.app.store, ada.user_id, [bob.user_id, eve.user_id])
    assert set(found.mine) == {bob.user_id}
    assert found.theirs == {bob.user_id, eve.user_id}
    assert found.blockers == set()
    assert await service.ties(world.app.store, ada.user_id, []) == ({}, set(), set())


async def test_the_circle_is_everybody_who_has_the_person(world: World) -> None:
    ada, bob, eve = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve")]
    await bob.peer(ada)
    await ada.peer(eve)
    store = world.app.store
    assert bob.user_id in await service.circle(store, ada.user_id)
    assert eve.user_id not in await service.circle(store, ada.user_id)
    assert eve.user_id in await service.acquainted(store, ada.user_id)


async def test_a_block_read_during_a_change_is_not_remembered(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    app = world.app
    assert not await service.blocked(app, ada.user_id, bob.user_id)
    cache = app.parts[service.BLOCKS]
    assert cache.get((ada.user_id, bob.user_id)) is False
    with service.blocking(app, ada.user_id, [bob.user_id]):
        assert not await service.blocked(app, ada.user_id, bob.user_id)
        assert cache.get((ada.user_id, bob.user_id)) is None
