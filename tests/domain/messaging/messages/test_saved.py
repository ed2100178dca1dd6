"""Saved Messages as a list of chats: filing, order, pages, pins, deleting."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.domain.people.contacts.views import hash_of
from petitbleu.ids import HIDDEN_AUTHOR
from petitbleu.tl import api
from tests.kit.world import Client, RpcFault, World


async def _say(client: Client, peer: Any, text: str, random_id: int) -> int:
    answer = await client.call(
        api.messages.SendMessage(peer=peer, message=text, random_id=random_id)
    )
    return int(getattr(answer, "id", 0) or answer.updates[0].id)


async def _save(client: Client, peer: Any, ids: list[int], random_id: int) -> None:
    await client.call(
        api.messages.ForwardMessages(
            from_peer=peer,
            id=ids,
            random_id=[random_id + n for n in range(len(ids))],
            to_peer=api.InputPeerSelf(),
        )
    )


async def _chats(client: Client, **fields: Any) -> Any:
    fields = {"offset_date": 0, "offset_id": 0, "limit": 100, "hash": 0} | fields
    fields.setdefault("offset_peer", api.InputPeerEmpty())
    return await client.call(api.messages.GetSavedDialogs(**fields))


def _peers(found: Any) -> list[int]:
    return [one.peer.user_id for one in found.dialogs]


async def _history(client: Client, peer: Any, **fields: Any) -> Any:
    fields = dict.fromkeys(
        ("offset_id", "offset_date", "add_offset", "max_id", "min_id", "hash"), 0
    ) | {"limit": 100, **fields}
    return await client.call(api.messages.GetSavedHistory(peer=peer, **fields))


def _texts(found: Any) -> list[str]:
    return [one.message for one in found.messages]


class Notes:
    """Ada with notes of her own, two messages from Bob and one from Eve, who hides."""

    def __init__(self, ada: Client, to_bob: Any, to_eve: Any) -> None:
        self.ada, self.to_bob, self.to_eve = ada, to_bob, to_eve
        self.me = ada.user_id


async def _notes(world: World) -> Notes:
    ada, bob, eve = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve")]
    to_bob, to_eve = await ada.peer(bob), await ada.peer(eve)
    await _say(ada, api.InputPeerSelf(), "note", 1)
    for number, text in enumerate(("b1", "b2"), 10):
        await _say(bob, await bob.peer(ada), text, number)
    await _say(eve, await eve.peer(ada), "e1", 20)
    b1, b2, e1 = (one.message.id for one in ada.updates(api.UpdateNewMessage)[-3:])
    await _save(ada, to_bob, [b1, b2], 100)
    await _save(ada, to_eve, [e1], 200)
    ada.pushed.clear()
    return Notes(ada, to_bob, to_eve)


async def test_what_is_saved_stands_under_the_chat_it_came_from(world: World) -> None:
    notes = await _notes(world)
    bob, eve = notes.to_bob.user_id, notes.to_eve.user_id
    found = await _chats(notes.ada)
    assert _peers(found) == [eve, bob, notes.me]
    assert [one.message for one in found.messages]
    assert {user.id for user in found.users} >= {bob, eve, notes.me}
    assert _texts(await _history(notes.ada, notes.to_bob)) == ["b2", "b1"]
    assert _texts(await _history(notes.ada, api.InputPeerSelf())) == ["note"]
    saved = (await _history(notes.ada, notes.to_bob)).messages[0]
    assert (saved.saved_peer_id.user_id, saved.reply_to) == (bob, None)


async def test_a_hidden_author_has_a_place_of_its_own(world: World) -> None:
    ada, bob, eve = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve")]
    hide = [api.InputPrivacyValueDisallowAll()]
    await eve.call(api.account.SetPrivacy(key=api.InputPrivacyKeyForwards(), rules=hide))
    await _say(eve, await eve.peer(bob), "secret author", 1)
    (seen,) = [one.message for one in bob.updates(api.UpdateNewMessage)]
    await bob.call(
        api.messages.ForwardMessages(
            from_peer=await bob.peer(eve),
            id=[seen.id],
            random_id=[5],
            to_peer=await bob.peer(ada),
        )
    )
    (got,) = [one.message for one in ada.updates(api.UpdateNewMessage)]
    await _save(ada, await ada.peer(bob), [got.id], 9)
    found = await _chats(ada)
    assert _peers(found) == [bob.user_id]  # it was saved from the chat with Bob
    assert HIDDEN_AUTHOR not in {user.id for user in found.users}


async def test_the_list_pages_and_tells_when_nothing_changed(world: World) -> None:
    notes = await _notes(world)
    whole = await _chats(notes.ada)
    seen: list[int] = []
    place: dict[str, Any] = {}
    for _ in range(3):
        page = await _chats(notes.ada, limit=1, **place)
        assert type(page) is api.messages.SavedDialogsSlice
        assert page.count == 3
        seen += _peers(page)
        (user,) = [one for one in page.users if one.id == seen[-1]]
        peer = api.InputPeerUser(user_id=user.id, access_hash=user.access_hash)
        place = {"offset_peer": peer, "offset_id": page.dialogs[0].top_message}
    assert seen == _peers(whole)
    assert _peers(await _chats(notes.ada, **place)) == []
    marks = hash_of(
        number
        for one in whole.dialogs
        for number in (int(one.pinned), one.peer.user_id, one.top_message)
    )
    assert type(await _chats(notes.ada, hash=marks)) is api.messages.SavedDialogsNotModified


async def test_pins_stand_first_and_other_devices_hear_of_them(world: World) -> None:
    notes = await _notes(world)
    phone = await world.sign_in(notes.ada.phone)
    bob, me = notes.to_bob.user_id, notes.me
    for peer in (notes.to_bob, api.InputPeerSelf()):
        await notes.ada.call(
            api.messages.ToggleSavedDialogPin(peer=api.InputDialogPeer(peer=peer), pinned=True)
        )
    assert _peers(await _chats(notes.ada))[:2] == [me, bob]
    assert _peers(await notes.ada.call(api.messages.GetPinnedSavedDialogs())) == [me, bob]
    assert len((await _chats(notes.ada, exclude_pinned=True)).dialogs) == 1
    told = phone.updates(api.UpdateSavedDialogPinned)
    assert [(one.pinned, one.peer.peer.user_id) for one in told] == [(True, bob), (True, me)]
    await notes.ada.call(
        api.messages.ReorderPinnedSavedDialogs(
            force=True, order=[api.InputDialogPeer(peer=notes.to_bob)]
        )
    )
    (order,) = phone.updates(api.UpdatePinnedSavedDialogs)
    assert [one.peer.user_id for one in order.order] == [bob]
    await notes.ada.call(
        api.messages.ToggleSavedDialogPin(peer=api.InputDialogPeer(peer=notes.to_bob))
    )
    assert _peers(await phone.call(api.messages.GetPinnedSavedDialogs())) == []


async def test_only_a_chat_with_something_saved_can_be_pinned(world: World) -> None:
    ada = await world.sign_up("Ada")
    peer = api.InputDialogPeer(peer=api.InputPeerSelf())
    with pytest.raises(RpcFault, match="PEER_ID_INVALID"):
        await ada.call(api.messages.ToggleSavedDialogPin(peer=peer, pinned=True))


async def test_the_history_of_one_chat_is_deleted_alone(world: World) -> None:
    notes = await _notes(world)
    answer = await notes.ada.call(api.messages.DeleteSavedHistory(peer=notes.to_bob, max_id=0))
    assert (answer.pts_count, answer.offset) == (2, 0)
    assert _peers(await _chats(notes.ada)) == [notes.to_eve.user_id, notes.me]
    again = await notes.ada.call(api.messages.DeleteSavedHistory(peer=notes.to_bob, max_id=0))
    assert (again.pts, again.pts_count) == (answer.pts, 0)


async def test_chats_are_found_by_id_and_none_has_a_parent(world: World) -> None:
    notes = await _notes(world)
    stranger = api.InputPeerUser(user_id=5, access_hash=5)
    asked = [notes.to_eve, stranger, api.InputPeerSelf()]
    found = await notes.ada.call(api.messages.GetSavedDialogsByID(ids=asked))
    assert _peers(found) == [notes.to_eve.user_id, notes.me]
    with pytest.raises(RpcFault, match="PARENT_PEER_INVALID"):
        await notes.ada.call(
            api.messages.ReadSavedHistory(
                parent_peer=notes.to_bob, peer=api.InputPeerSelf(), max_id=0
            )
        )


async def test_pages_of_one_chat_follow_the_offsets(world: World) -> None:
    ada = await world.sign_up("Ada")
    ids = [await _say(ada, api.InputPeerSelf(), f"{n}", n + 1) for n in range(9)]
    me = api.InputPeerSelf()
    assert _texts(await _history(ada, me, limit=3)) == ["8", "7", "6"]
    assert _texts(await _history(ada, me, offset_id=ids[6], limit=2)) == ["5", "4"]
    around = await _history(ada, me, offset_id=ids[4], add_offset=-2, limit=4)
    assert _texts(around) == ["5", "4", "3", "2"]
    cut = await _history(ada, me, max_id=ids[4], min_id=ids[1])
    assert (_texts(cut), cut.count) == (["3", "2"], 9)


async def test_there_are_no_calls_to_delete(world: World) -> None:
    ada = await world.sign_up("Ada")
    state = await ada.call(api.updates.GetState())
    answer = await ada.call(api.messages.DeletePhoneCallHistory(revoke=True))
    assert (answer.pts, answer.pts_count, answer.offset, answer.messages) == (state.pts, 0, 0, [])
