"""Unused logins end by themselves, old lines of the log go."""

from __future__ import annotations

from petitbleu.domain.access.devices import jobs, service
from petitbleu.jobs import NoData
from petitbleu.store.api import Tx
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.kit.world import World

DAY = 86400

_STALE = query("insert into auth (id, hash, created_at, active_at) values (:id, 1, :at, :at)")
_IDS = query("select id from auth where id < 0 order by id desc")


async def test_a_login_ends_after_the_days_its_account_allows(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await bob.call(api.account.SetAuthorizationTTL(authorization_ttl_days=7))
    media = world.connect()
    carried = await bob.call(api.auth.ExportAuthorization(dc_id=2))
    await media.call(api.auth.ImportAuthorization(id=carried.id, bytes=carried.bytes))
    world.clock.advance(7 * DAY)
    await jobs.expire(world.app, NoData())
    assert len(await service.devices(world.app, bob.user_id)) == 1
    world.clock.advance(1)
    await jobs.expire(world.app, NoData())
    assert await service.devices(world.app, bob.user_id) == []
    assert not bob.open and not media.open
    assert len(await service.devices(world.app, ada.user_id)) == 1
    assert (await service.sign_ins(world.app, bob.user_id, 1))[0].event == "expired"
    world.clock.advance(world.app.config.session_days * DAY)
    await jobs.expire(world.app, NoData())
    assert await service.devices(world.app, ada.user_id) == []


async def test_more_idle_logins_than_one_page_all_end(world: World) -> None:
    ada = await world.sign_up("Ada")

    async def many(tx: Tx) -> None:
        for key in range(1, 251):
            where = service.Where(-key)
            await service.sign_in(tx, world.app, where, ada.user_id, event="test", trusted=True)

    await world.app.store.write(many)
    world.clock.advance(world.app.config.session_days * DAY + 1)
    assert await service.end_idle(world.app) == 251
    assert await service.devices(world.app, ada.user_id) == []


async def test_use_keeps_a_login_alive(world: World) -> None:
    ada = await world.sign_up("Ada")
    for _ in range(3):
        world.clock.advance(100 * DAY)
        await ada.call(api.users.GetUsers(id=[api.InputUserSelf()]))
        await jobs.expire(world.app, NoData())
    assert len(await service.devices(world.app, ada.user_id)) == 1


async def test_sign_ins_are_kept_for_the_days_set(world: World) -> None:
    ada = await world.sign_up("Ada")
    kept = world.app.config.signin_log_days * DAY
    world.clock.advance(kept)
    await jobs.prune(world.app, NoData())
    assert len(await service.sign_ins(world.app, ada.user_id)) == 1
    world.clock.advance(1)
    await jobs.prune(world.app, NoData())
    assert await service.sign_ins(world.app, ada.user_id) == []


async def test_keys_that_never_signed_in_are_forgotten_after_a_month(world: World) -> None:
    now = int(world.clock.now())

    async def stale(tx: Tx) -> None:
        await tx.run(_STALE, id=-1, at=now - 30 * DAY)
        await tx.run(_STALE, id=-2, at=now - 30 * DAY - 1)

    await world.app.store.write(stale)
    await jobs.prune(world.app, NoData())
    assert await world.app.store.rows(_IDS) == [(-1,)]
