"""The archive: one entry of the main list, and what brings a chat back out of it."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.domain.messaging.dialogs.archive import ARCHIVE
from petitbleu.tl import api
from tests.kit.world import Client, World


async def _say(client: Client, peer: Any, random_id: int) -> None:
    await client.call(api.messages.SendMessage(peer=peer, message="hi", random_id=random_id))
    await client.world.settle()


async def _archive(client: Client, peer: Any, folder: int = 1) -> None:
    one = api.InputFolderPeer(peer=peer, folder_id=folder)
    await client.call(api.folders.EditPeerFolders(folder_peers=[one]))


async def _mute(client: Client, peer: Any) -> None:
    await client.call(
        api.account.UpdateNotifySettings(
            peer=peer, settings=api.InputPeerNotifySettings(mute_until=2**31 - 1)
        )
    )


async def _list(client: Client, **fields: Any) -> Any:
    fields = {"offset_date": 0, "offset_id": 0, "limit": 20, "hash": 0} | fields
    fields.setdefault("offset_peer", api.InputPeerEmpty())
    return await client.call(api.messages.GetDialogs(**fields))


async def _folder_of(client: Client, peer: Any) -> int:
    asked = [api.InputDialogPeer(peer=peer)]
    (dialog,) = (await client.call(api.messages.GetPeerDialogs(peers=asked))).dialogs
    return dialog.folder_id or 0


async def _pair(world: World) -> tuple[Client, Client, Any, Any]:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    to_ada, to_bob = await bob.peer(ada), await ada.peer(bob)
    await _say(bob, to_ada, 1)
    await _archive(ada, to_bob)
    ada.pushed.clear()
    return ada, bob, to_ada, to_bob


async def test_the_main_list_shows_the_archive_once(world: World) -> None:
    ada, bob, _, to_bob = await _pair(world)
    await _mute(ada, api.InputNotifyPeer(peer=to_bob))
    main = await _list(ada, folder_id=0)
    (entry,) = main.dialogs
    assert type(entry) is api.DialogFolder
    assert (entry.folder.id, entry.peer.user_id, entry.pinned) == (1, bob.user_id, True)
    assert (entry.unread_muted_peers_count, entry.unread_unmuted_peers_count) == (1, 0)
    assert entry.unread_muted_messages_count == 1
    assert [one.id for one in main.messages] == [entry.top_message]
    assert bob.user_id in {user.id for user in main.users}
    pins = await ada.call(api.messages.GetPinnedDialogs(folder_id=0))
    assert [type(one) for one in pins.dialogs] == [api.DialogFolder]


async def test_neither_the_archive_itself_nor_a_list_of_everything_shows_it(world: World) -> None:
    ada, *_ = await _pair(world)
    for fields in ({"folder_id": 1}, {}):
        assert [type(one) for one in (await _list(ada, **fields)).dialogs] == [api.Dialog]
    later = await _list(ada, folder_id=0, offset_date=2**31 - 1)
    assert later.dialogs == []
    assert (await _list(ada, folder_id=0, exclude_pinned=True)).dialogs == []


async def test_a_new_message_brings_the_chat_back_and_says_so(world: World) -> None:
    ada, bob, to_ada, to_bob = await _pair(world)
    await _say(bob, to_ada, 2)
    assert await _folder_of(ada, to_bob) == 0
    (moved,) = ada.updates(api.UpdateFolderPeers)
    assert [(one.peer.user_id, one.folder_id) for one in moved.folder_peers] == [(bob.user_id, 0)]
    assert [type(one) for one in (await _list(ada, folder_id=0)).dialogs] == [api.Dialog]


async def test_it_does_so_after_a_restart(world: World) -> None:
    ada, bob, to_ada, to_bob = await _pair(world)
    world.app.parts.pop(ARCHIVE)
    await _say(bob, to_ada, 2)
    assert await _folder_of(ada, to_bob) == 0


async def test_ones_own_message_leaves_it_there(world: World) -> None:
    ada, _, _, to_bob = await _pair(world)
    await _say(ada, to_bob, 2)
    assert await _folder_of(ada, to_bob) == 1


@pytest.mark.parametrize("scope", [False, True])
async def test_a_muted_chat_stays(world: World, scope: bool) -> None:
    ada, bob, to_ada, to_bob = await _pair(world)
    await _mute(ada, api.InputNotifyUsers() if scope else api.InputNotifyPeer(peer=to_bob))
    await _say(bob, to_ada, 2)
    assert await _folder_of(ada, to_bob) == 1


async def test_whoever_wants_them_kept_keeps_them(world: World) -> None:
    ada, bob, to_ada, to_bob = await _pair(world)
    settings = api.GlobalPrivacySettings(keep_archived_unmuted=True)
    await ada.call(api.account.SetGlobalPrivacySettings(settings=settings))
    await _say(bob, to_ada, 2)
    assert await _folder_of(ada, to_bob) == 1
