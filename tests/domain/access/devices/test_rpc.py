"""The list of devices, and ending them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from petitbleu.domain.access.devices import service
from petitbleu.store.api import Store
from petitbleu.tl import api
from tests.kit.world import Client, RpcFault, World

DAY = 86400
ABROAD = "203.0.113.5"
SELF = api.users.GetUsers(id=[api.InputUserSelf()])


async def listed(client: Client) -> list[Any]:
    """account.getAuthorizations"""
    answer = await client.call(api.account.GetAuthorizations())
    return list(answer.authorizations)


async def refused(call: Any) -> str:
    """The error a call is refused with."""
    with pytest.raises(RpcFault) as fault:
        await call
    return fault.value.message


async def test_the_calling_device_comes_first_with_hash_0(world: World) -> None:
    ada = await world.sign_up("Ada")
    world.clock.advance(5)
    second = await world.sign_in(ada.phone)
    rows = await listed(ada)
    assert [row.current for row in rows] == [True, False]
    assert rows[0].hash == 0 != rows[1].hash
    assert rows[1].date_created == int(world.clock.now()) == rows[0].date_created + 5
    assert (rows[0].device_model, rows[0].api_id, rows[0].ip) == ("kit", 1, "127.0.0.1")
    assert [row.current for row in await listed(second)] == [True, False]


async def test_one_device_is_ended(world: World) -> None:
    ada = await world.sign_up("Ada")
    second, third = await world.sign_in(ada.phone), await world.sign_in(ada.phone)
    other = (await listed(ada))[1]
    assert await ada.call(api.account.ResetAuthorization(hash=other.hash)) is True
    ended, kept = (second, third) if not second.open else (third, second)
    assert not ended.open and kept.open
    assert await refused(ended.call(SELF)) == "AUTH_KEY_UNREGISTERED"
    assert (await kept.call(SELF))[0].id == ada.user_id
    assert len(await listed(ada)) == 2


async def test_an_ended_device_gets_no_more_updates(world: World) -> None:
    ada = await world.sign_up("Ada")
    second = await world.sign_in(ada.phone)
    await ada.call(api.auth.ResetAuthorizations())
    second.pushed.clear()
    await world.sign_in(ada.phone)
    assert second.pushed == [] and ada.updates(api.UpdateNewAuthorization)


async def test_all_others_are_ended(world: World) -> None:
    ada = await world.sign_up("Ada")
    others = [await world.sign_in(ada.phone) for _ in range(3)]
    assert await ada.call(api.auth.ResetAuthorizations()) is True
    assert len(await listed(ada)) == 1
    for other in others:
        assert await refused(other.call(SELF)) == "AUTH_KEY_UNREGISTERED"
    bob = await world.sign_up("Bob")
    await ada.call(api.auth.ResetAuthorizations())
    assert (await bob.call(SELF))[0].id == bob.user_id


async def test_hashes_of_others_and_ones_own_are_refused(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await world.sign_in(bob.phone)
    theirs = (await listed(bob))[1].hash
    for hash in (theirs, 0, 1, -1):
        call = ada.call(api.account.ResetAuthorization(hash=hash))
        assert await refused(call) == "HASH_INVALID"
    change = api.account.ChangeAuthorizationSettings(hash=theirs, call_requests_disabled=True)
    assert await refused(ada.call(change)) == "HASH_INVALID"
    web = api.account.ResetWebAuthorization(hash=theirs)
    assert await refused(ada.call(web)) == "HASH_INVALID"


async def test_a_fresh_login_cannot_end_others_for_a_day(store: Store, tmp_path: Path) -> None:
    world = World(store, tmp_path)
    await world.start()
    ada = await world.sign_up("Ada")
    second = await world.sign_in(ada.phone)
    second.link.ip = ABROAD
    hash = (await listed(second))[1].hash
    calls = (
        api.account.ResetAuthorization(hash=hash),
        api.auth.ResetAuthorizations(),
        api.account.SetAuthorizationTTL(authorization_ttl_days=7),
    )
    for call in calls:
        assert await refused(second.call(call)) == "FRESH_RESET_AUTHORISATION_FORBIDDEN"
    world.clock.advance(DAY)
    assert await second.call(calls[0]) is True
    assert await refused(ada.call(SELF)) == "AUTH_KEY_UNREGISTERED"


async def test_settings_of_a_device(world: World) -> None:
    ada = await world.sign_up("Ada")
    second = await world.sign_in(ada.phone)
    hash = (await listed(ada))[1].hash
    change = api.account.ChangeAuthorizationSettings
    await ada.call(change(hash=hash, encrypted_requests_disabled=True))
    await ada.call(change(hash=hash, call_requests_disabled=True))
    row = (await listed(ada))[1]
    assert row.encrypted_requests_disabled and row.call_requests_disabled
    await ada.call(change(hash=hash, encrypted_requests_disabled=False))
    await second.call(change(hash=0, call_requests_disabled=False))
    row = (await listed(ada))[1]
    assert not row.encrypted_requests_disabled and not row.call_requests_disabled


async def test_a_new_login_is_unconfirmed_until_confirmed_or_a_week_old(world: World) -> None:
    ada = await world.sign_up("Ada")
    await world.sign_in(ada.phone)
    row = (await listed(ada))[1]
    assert row.unconfirmed
    confirm = api.account.ChangeAuthorizationSettings(hash=row.hash, confirmed=True)
    await ada.call(confirm)
    assert not (await listed(ada))[1].unconfirmed
    await world.sign_in(ada.phone)
    assert [row.unconfirmed for row in await listed(ada)].count(True) == 1
    world.clock.advance(7 * DAY)
    assert not any(row.unconfirmed for row in await listed(ada))


async def test_days_without_use(world: World) -> None:
    ada = await world.sign_up("Ada")
    answer = await ada.call(api.account.GetAuthorizations())
    assert answer.authorization_ttl_days == world.app.config.session_days
    await ada.call(api.account.SetAuthorizationTTL(authorization_ttl_days=30))
    answer = await ada.call(api.account.GetAuthorizations())
    assert answer.authorization_ttl_days == 30
    for days in (0, -1, 367):
        call = ada.call(api.account.SetAuthorizationTTL(authorization_ttl_days=days))
        assert await refused(call) == "TTL_DAYS_INVALID"


async def test_the_operator_ends_all_sessions(world: World) -> None:
    ada = await world.sign_up("Ada")
    second = await world.sign_in(ada.phone)
    assert await service.end_all(world.app, ada.user_id) == 2
    for client in (ada, second):
        assert await refused(client.call(SELF)) == "AUTH_KEY_UNREGISTERED"
    events = [row.event for row in await service.sign_ins(world.app, ada.user_id)]
    assert events.count("ended_by_operator") == 2
