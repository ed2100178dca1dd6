"""The chat list: order, pages, pins, marks, archive; answers and what other devices hear."""

from __future__ import annotations

import random
from typing import Any

import pytest

from petitbleu.domain.messaging.dialogs import archive, service
from petitbleu.domain.messaging.dialogs.service import Place
from petitbleu.domain.messaging.messages.contents import Draft
from petitbleu.domain.messaging.messages.send import send
from petitbleu.errors import Fault
from petitbleu.tl import api
from tests.kit import groups as chats
from tests.kit.people import people
from tests.kit.world import Client, RpcFault, World


async def _fault(work: Any) -> str:
    with pytest.raises(Fault) as fault:
        await work
    return fault.value.name


async def test_the_newest_chat_stands_first_and_pins_before_all(world: World) -> None:
    ada, *others = await people(world, 6)
    for n, other in enumerate(others):
        await send(world.app, other, ada.id, Draft(f"{n}"))
        world.clock.advance(n % 2)
    await send(world.app, ada, others[1].id, Draft("again"))
    await service.toggle_pin(world.app, ada, others[0].id, pinned=True)
    await service.toggle_pin(world.app, ada, others[3].id, pinned=True)
    page = await service.page(world.app, ada, Place(), 100)
    ids = [other.id for other in others]
    assert [row.peer for row in page.rows] == [ids[3], ids[0], ids[1], ids[4], ids[2]]
    assert page.total == 5
    bare = await service.page(world.app, ada, Place(), 100, exclude_pinned=True)
    assert ([row.peer for row in bare.rows], bare.total) == ([ids[1], ids[4], ids[2]], 3)


@pytest.mark.parametrize("exclude_pinned", [False, True])
async def test_paging_gives_every_chat_once(world: World, exclude_pinned: bool) -> None:
    ada, *others = await people(world, 25)
    chance = random.Random(5)
    for other in others:
        await send(world.app, other, ada.id, Draft("hi"))
        world.clock.advance(chance.choice([0, 0, 1]))
    for other in others[3:6]:
        await service.toggle_pin(world.app, ada, other.id, pinned=True)
    for limit in (1, 2, 3, 7, 100):
        seen: list[int] = []
        place = Place()
        for _ in range(40):
            page = await service.page(world.app, ada, place, limit, exclude_pinned=exclude_pinned)
            if not page.rows:
                break
            seen += [row.peer for row in page.rows]
            last = page.rows[-1]
            place = Place(last.top_date, last.top_id, last.peer)
        assert len(seen) == len(set(seen)) == page.total == (21 if exclude_pinned else 24)


async def test_a_place_can_be_named_by_a_message_or_a_chat_alone(world: World) -> None:
    ada, *others = await people(world, 4)
    for other in others:
        await send(world.app, other, ada.id, Draft("hi"))
        world.clock.advance(1)
    whole = (await service.page(world.app, ada, Place(), 10)).rows
    for place in (Place(0, whole[0].top_id, 0), Place(0, 0, whole[0].peer)):
        assert (await service.page(world.app, ada, place, 10)).rows == whole[1:]


async def test_five_pins_are_the_limit_and_an_empty_chat_has_none(world: World) -> None:
    ada, *others = await people(world, 8)
    for other in others[:7]:
        await send(world.app, other, ada.id, Draft("hi"))
    for other in others[:5]:
        assert len(await service.toggle_pin(world.app, ada, other.id, pinned=True)) == 1
    assert await service.toggle_pin(world.app, ada, others[0].id, pinned=True) == []
    too_many = service.toggle_pin(world.app, ada, others[5].id, pinned=True)
    assert await _fault(too_many) == "PINNED_DIALOGS_TOO_MUCH"
    empty = service.toggle_pin(world.app, ada, 12345, pinned=True)
    assert await _fault(empty) == "PEER_HISTORY_EMPTY"


async def test_pins_take_the_order_given(world: World) -> None:
    ada, *others = await people(world, 5)
    ids = [other.id for other in others]
    for other in others:
        await send(world.app, other, ada.id, Draft("hi"))
    for peer in ids[:3]:
        await service.toggle_pin(world.app, ada, peer, pinned=True)

    async def order() -> list[int]:
        return [row.peer for row in await service.pinned(world.app, ada, 0)]

    assert await order() == [ids[2], ids[1], ids[0]]
    await service.reorder(world.app, ada, 0, [ids[0], ids[2], 999], force=False)
    assert await order() == [ids[0], ids[2], ids[1]]
    await service.reorder(world.app, ada, 0, [ids[3], ids[1]], force=True)
    assert await order() == [ids[3], ids[1]]
    assert await _fault(service.reorder(world.app, ada, 7, [], force=True)) == "FOLDER_ID_INVALID"


async def test_the_archive_is_a_list_of_its_own(world: World) -> None:
    ada, *others = await people(world, 4)
    for other in others:
        await send(world.app, other, ada.id, Draft("hi"))
    first = others[0].id
    await service.toggle_pin(world.app, ada, first, pinned=True)
    (event,) = await service.move(world.app, ada, [(first, 1)])
    assert (event.count, event.data) == (1, {"moves": [[first, 1]]})
    assert await service.move(world.app, ada, [(first, 1)]) == []

    async def listed(folder: int | None) -> list[int]:
        page = await service.page(world.app, ada, Place(), 100, folder=folder)
        assert page.total == len(page.rows)
        return sorted(row.peer for row in page.rows)

    assert await listed(1) == [first]
    assert await listed(0) == [others[1].id, others[2].id]
    assert await listed(None) == [other.id for other in others]
    assert await _fault(service.move(world.app, ada, [(first, 2)])) == "FOLDER_ID_INVALID"


# ── as clients see it ───────────────────────────────────────────────────────────────────────────


async def _dialogs(client: Client, **more: Any) -> Any:
    fields = {"offset_date": 0, "offset_id": 0, "offset_peer": api.InputPeerEmpty(), "limit": 100,
              "hash": 0} | more  # fmt: skip
    return await client.call(api.messages.GetDialogs(**fields))


async def _two_devices(world: World) -> tuple[Client, Client, Client, Any]:
    """ada, her tablet, bob, and bob as ada names him; one message said."""
    ada = await world.sign_up("Ada")
    bob = await world.sign_up("Bob")
    tablet = await world.sign_in(ada.phone)
    to_bob = await ada.peer(bob)
    await ada.call(api.messages.SendMessage(peer=to_bob, message="hi", random_id=1))
    for client in (ada, tablet, bob):
        client.pushed.clear()
    return ada, tablet, bob, to_bob


async def test_a_list_carries_messages_people_and_drafts(world: World) -> None:
    ada, _, bob, to_bob = await _two_devices(world)
    await ada.call(api.messages.SaveDraft(peer=to_bob, message="and then"))
    found = await _dialogs(ada)
    dialog = next(d for d in found.dialogs if d.peer == api.PeerUser(user_id=bob.user_id))
    top = next(m for m in found.messages if m.id == dialog.top_message)
    assert (top.message, dialog.draft.message) == ("hi", "and then")
    assert bob.user_id in {user.id for user in found.users}
    sliced = await _dialogs(ada, limit=1)
    assert (sliced.count, len(sliced.dialogs)) == (len(found.dialogs), 1)
    for nobody in (
        api.InputPeerUser(user_id=0, access_hash=0),
        api.InputPeerUser(user_id=2**63 - 1, access_hash=0),
        api.InputPeerChat(chat_id=-(2**63)),
        api.InputPeerChat(chat_id=2**63 - 1),
        api.InputPeerChannel(channel_id=2**63 - 1, access_hash=0),
    ):
        with pytest.raises(RpcFault, match="OFFSET_PEER_ID_INVALID"):
            await _dialogs(ada, offset_peer=nobody)
    with pytest.raises(RpcFault, match="FOLDER_ID_INVALID"):
        await _dialogs(ada, folder_id=9)


async def test_pinning_a_chat_is_told_to_the_other_devices(world: World) -> None:
    ada, tablet, bob, to_bob = await _two_devices(world)
    chat = api.InputDialogPeer(peer=to_bob)
    peer = api.DialogPeer(peer=api.PeerUser(user_id=bob.user_id))
    assert await ada.call(api.messages.ToggleDialogPin(pinned=True, peer=chat)) is True
    assert tablet.updates() == [api.UpdateDialogPinned(pinned=True, peer=peer)]
    found = await tablet.call(api.messages.GetPinnedDialogs(folder_id=0))
    assert [d.peer.user_id for d in found.dialogs] == [bob.user_id]
    assert found.dialogs[0].pinned
    assert found.state.pts == (await tablet.call(api.updates.GetState())).pts
    tablet.pushed.clear()
    q = api.messages.ReorderPinnedDialogs(force=True, folder_id=0, order=[])
    assert await ada.call(q) is True
    assert tablet.updates() == [api.UpdatePinnedDialogs(order=[])]
    with pytest.raises(RpcFault, match="PEER_ID_INVALID"):
        q = api.messages.ToggleDialogPin(peer=api.InputDialogPeerFolder(folder_id=1))
        await ada.call(q)


async def test_marking_a_chat_unread(world: World) -> None:
    ada, tablet, bob, to_bob = await _two_devices(world)
    chat = api.InputDialogPeer(peer=to_bob)
    peer = api.DialogPeer(peer=api.PeerUser(user_id=bob.user_id))
    await ada.call(api.messages.MarkDialogUnread(unread=True, peer=chat))
    assert tablet.updates() == [api.UpdateDialogUnreadMark(unread=True, peer=peer)]
    assert await tablet.call(api.messages.GetDialogUnreadMarks()) == [peer]
    found = await ada.call(api.messages.GetPeerDialogs(peers=[chat]))
    assert found.dialogs[0].unread_mark
    await tablet.call(api.messages.ReadHistory(peer=await tablet.peer(bob), max_id=0))
    assert await ada.call(api.messages.GetDialogUnreadMarks()) == []


async def test_archiving_a_chat(world: World) -> None:
    ada, tablet, bob, to_bob = await _two_devices(world)
    answer = await ada.call(
        api.folders.EditPeerFolders(folder_peers=[api.InputFolderPeer(peer=to_bob, folder_id=1)])
    )
    (update,) = answer.updates
    assert update.folder_peers == [
        api.FolderPeer(peer=api.PeerUser(user_id=bob.user_id), folder_id=1)
    ]
    assert tablet.updates() == [update]
    found = await tablet.call(
        api.messages.GetPeerDialogs(peers=[api.InputDialogPeerFolder(folder_id=1)])
    )
    assert [d.folder_id for d in found.dialogs] == [1]
    with pytest.raises(RpcFault, match="INPUT_PEERS_EMPTY"):
        await ada.call(api.messages.GetPeerDialogs(peers=[]))


async def test_a_chat_nobody_wrote_in_yet_has_an_empty_dialog(world: World) -> None:
    ada = await world.sign_up("Ada")
    bob = await world.sign_up("Bob")
    chat = api.InputDialogPeer(peer=await ada.peer(bob))
    found = await ada.call(api.messages.GetPeerDialogs(peers=[chat]))
    (dialog,) = found.dialogs
    assert (dialog.top_message, dialog.unread_count) == (0, 0)
    assert [user.id for user in found.users] == [bob.user_id]


async def test_folders_are_the_one_list_of_all_chats(world: World) -> None:
    ada = await world.sign_up("Ada")
    filters = await ada.call(api.messages.GetDialogFilters())
    assert filters.filters == [api.DialogFilterDefault()]
    assert await ada.call(api.messages.GetSuggestedDialogFilters()) == []
    saved = await ada.call(api.messages.GetPinnedSavedDialogs())
    assert saved.dialogs == []


async def test_a_known_list_is_not_sent_again(world: World) -> None:
    ada, *_ = await _two_devices(world)
    found = await _dialogs(ada)
    folded = 0
    for dialog in found.dialogs:
        for number in (int(dialog.pinned), dialog.peer.user_id, dialog.top_message,
                       dialog.unread_count):  # fmt: skip
            folded ^= folded >> 21
            folded ^= folded << 35 & (1 << 64) - 1
            folded ^= folded >> 4
            folded = folded + number & (1 << 64) - 1
    signed = folded - (1 << 64) if folded >> 63 else folded
    again = await _dialogs(ada, hash=signed)
    assert again == api.messages.DialogsNotModified(count=len(found.dialogs))


def test_a_message_looked_at_late_brings_back_only_what_was_archived_before_it() -> None:
    known = archive.Archived()
    known.restore(1, 7)
    before = known.noted
    known.add(1, 8)
    known.add(1, -9)
    assert [*known.waiting(1, 7, before)] == [1]
    assert [*known.waiting(1, 8, before)] == [*known.waiting(-9, -9, before)] == []
    assert [*known.waiting(1, 8, known.noted)] == [*known.waiting(-9, -9, known.noted)] == [1]
    known.drop(1, -9)
    assert [*known.waiting(-9, -9, known.noted)] == []


async def test_the_bare_id_of_a_chat_says_where_a_page_begins(world: World) -> None:
    """TDLib names the last chat of a page by an access hash of 0."""
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await ada.call(api.messages.SendMessage(peer=await ada.peer(bob), message="hi", random_id=1))
    world.clock.advance(1)
    await chats.channel(ada, "News")
    world.clock.advance(1)
    await chats.basic_group(ada, bob)
    whole = (await _dialogs(ada)).dialogs
    assert {type(one.peer) for one in whole} == {api.PeerUser, api.PeerChat, api.PeerChannel}
    for number, last in enumerate(whole):
        after = await _dialogs(ada, offset_peer=_hashless(last.peer))
        assert [one.peer for one in after.dialogs] == [one.peer for one in whole[number + 1 :]]


def _hashless(peer: Any) -> Any:
    if isinstance(peer, api.PeerUser):
        return api.InputPeerUser(user_id=peer.user_id, access_hash=0)
    if isinstance(peer, api.PeerChannel):
        return api.InputPeerChannel(channel_id=peer.channel_id, access_hash=0)
    return api.InputPeerChat(chat_id=peer.chat_id)
