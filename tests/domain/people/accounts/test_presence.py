"""Online, offline, and who is told how exactly."""

from __future__ import annotations

import pytest

from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.accounts import views
from petitbleu.domain.people.accounts.presence import ONLINE_FOR, Presence
from petitbleu.tl import api
from tests.kit.world import Client, World

HIDE = api.account.SetPrivacy(
    key=api.InputPrivacyKeyStatusTimestamp(), rules=[api.InputPrivacyValueDisallowAll()]
)


async def _acquainted(world: World) -> tuple[Client, Client]:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await bob.peer(ada)
    ada.pushed.clear()
    return ada, bob


async def test_coming_online_and_going_is_told_to_those_who_have_the_person(world: World) -> None:
    ada, bob = await _acquainted(world)
    stranger = await world.sign_up("Eve")
    await ada.call(api.account.UpdateStatus(offline=False))
    (online,) = bob.updates(api.UpdateUserStatus)
    assert online.user_id == ada.user_id
    assert online.status.expires == int(world.clock.now()) + ONLINE_FOR
    world.clock.advance(10)
    await ada.call(api.account.UpdateStatus(offline=True))
    offline = bob.updates(api.UpdateUserStatus)[1]
    assert offline.status == api.UserStatusOffline(was_online=int(world.clock.now()))
    assert stranger.updates(api.UpdateUserStatus) == []
    assert ada.updates(api.UpdateUserStatus) == []


async def test_going_twice_is_told_once(world: World) -> None:
    ada, bob = await _acquainted(world)
    for offline in (False, True, True):
        await ada.call(api.account.UpdateStatus(offline=offline))
    assert len(bob.updates(api.UpdateUserStatus)) == 2


async def test_online_runs_out_by_itself(world: World) -> None:
    ada, bob = await _acquainted(world)
    await ada.call(api.account.UpdateStatus(offline=False))
    said = int(world.clock.now())
    seen = await views.user(world.app, bob.user_id, ada.user_id)
    assert isinstance(seen.status, api.UserStatusOnline)
    world.clock.advance(ONLINE_FOR + 1)
    seen = await views.user(world.app, bob.user_id, ada.user_id)
    assert seen.status == api.UserStatusOffline(was_online=said)


async def test_who_hides_it_is_shown_roughly_and_nothing_is_pushed(world: World) -> None:
    ada, bob = await _acquainted(world)
    await ada.call(HIDE)
    await ada.call(api.account.UpdateStatus(offline=False))
    assert bob.updates(api.UpdateUserStatus) == []
    seen = await views.user(world.app, bob.user_id, ada.user_id)
    assert seen.status == api.UserStatusRecently(by_me=False)


async def test_who_hides_the_own_time_does_not_see_that_of_others(world: World) -> None:
    ada, bob = await _acquainted(world)
    await ada.call(api.account.UpdateStatus(offline=False))
    await views.user(world.app, bob.user_id, ada.user_id)
    await bob.call(HIDE)
    seen = await views.user(world.app, bob.user_id, ada.user_id)
    assert seen.status == api.UserStatusRecently(by_me=True)


@pytest.mark.parametrize(
    ("days", "form"),
    [
        (0, api.UserStatusRecently),
        (2.9, api.UserStatusRecently),
        (3.1, api.UserStatusLastWeek),
        (7.1, api.UserStatusLastMonth),
        (31, api.UserStatusEmpty),
    ],
)
def test_rough_times(days: float, form: type) -> None:
    seen = 1_800_000_000
    now = seen + days * 86_400
    found, until = views.status(Presence(0.0, seen), now, exact=False)
    assert type(found) is form
    assert until > now


async def test_the_last_time_is_written_to_the_account(world: World) -> None:
    ada, _ = await _acquainted(world)
    world.clock.advance(3600)
    await ada.call(api.account.UpdateStatus(offline=False))
    row = await accounts.get(world.app, ada.user_id)
    assert row is not None and row.last_seen == int(world.clock.now())
