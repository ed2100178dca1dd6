"""Notification settings of chats and scopes."""

from __future__ import annotations

import pytest

from petitbleu.tl import api
from tests.kit.world import RpcFault, World

SCOPES = [api.InputNotifyUsers(), api.InputNotifyChats(), api.InputNotifyBroadcasts()]


@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: type(scope).__name__)
async def test_a_scope_begins_with_everything_told_and_keeps_what_is_set(
    world: World, scope: object
) -> None:
    ada = await world.sign_up("Ada")
    other = await world.sign_in(ada.phone)
    kept = await ada.call(api.account.GetNotifySettings(peer=scope))
    assert (kept.show_previews, kept.silent, kept.mute_until) == (True, False, 0)
    settings = api.InputPeerNotifySettings(
        mute_until=2_000_000_000, sound=api.NotificationSoundNone()
    )
    assert await ada.call(api.account.UpdateNotifySettings(peer=scope, settings=settings))
    kept = await ada.call(api.account.GetNotifySettings(peer=scope))
    assert (kept.show_previews, kept.mute_until) == (True, 2_000_000_000)
    assert kept.other_sound == api.NotificationSoundNone()
    (update,) = other.updates(api.UpdateNotifySettings)
    assert update.notify_settings == kept


async def test_a_chat_is_muted_on_all_devices_and_listed_as_exception(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    peer = await ada.peer(bob)
    other = await world.sign_in(ada.phone)
    named = api.InputNotifyPeer(peer=peer)
    assert await ada.call(api.account.GetNotifySettings(peer=named)) == api.PeerNotifySettings()
    sound = api.NotificationSoundLocal(title="Ping", data="ping.mp3")
    settings = api.InputPeerNotifySettings(mute_until=-5, silent=True, sound=sound)
    await ada.call(api.account.UpdateNotifySettings(peer=named, settings=settings))
    kept = await ada.call(api.account.GetNotifySettings(peer=named))
    assert (kept.mute_until, kept.silent, kept.android_sound) == (0, True, sound)
    (update,) = other.updates(api.UpdateNotifySettings)
    assert update.peer == api.NotifyPeer(peer=api.PeerUser(user_id=bob.user_id))
    listed = await ada.call(api.account.GetNotifyExceptions())
    assert [one.peer.peer.user_id for one in listed.updates] == [bob.user_id]
    assert listed.users[0].id == bob.user_id
    for only, count in ((named, 1), (api.InputNotifyChats(), 0), (api.InputNotifyUsers(), 1)):
        listed = await ada.call(api.account.GetNotifyExceptions(peer=only))
        assert len(listed.updates) == count


async def test_reset_puts_everything_back(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    named = api.InputNotifyPeer(peer=await ada.peer(bob))
    muted = api.InputPeerNotifySettings(mute_until=2_000_000_000)
    for peer in (named, SCOPES[0]):
        await ada.call(api.account.UpdateNotifySettings(peer=peer, settings=muted))
    other = await world.sign_in(ada.phone)
    assert await ada.call(api.account.ResetNotifySettings())
    assert (await ada.call(api.account.GetNotifySettings(peer=named))).mute_until is None
    assert (await ada.call(api.account.GetNotifySettings(peer=SCOPES[0]))).mute_until == 0
    assert len(other.updates(api.UpdateNotifySettings)) == 4


async def test_a_chat_of_nobody_is_refused(world: World) -> None:
    ada = await world.sign_up("Ada")
    for peer in (api.InputPeerUser(user_id=1, access_hash=1), api.InputPeerEmpty()):
        with pytest.raises(RpcFault, match="PEER_ID_INVALID"):
            await ada.call(api.account.GetNotifySettings(peer=api.InputNotifyPeer(peer=peer)))


async def test_notices_of_contacts_who_sign_up_can_be_switched_off(world: World) -> None:
    ada = await world.sign_up("Ada")
    assert await ada.call(api.account.GetContactSignUpNotification()) is False
    assert await ada.call(api.account.SetContactSignUpNotification(silent=True))
    assert await ada.call(api.account.GetContactSignUpNotification()) is True
