"""The methods as clients call them: answers, and what the other side and other devices hear."""

from __future__ import annotations

import struct
from typing import Any

import pytest

from petitbleu.tl import api, codec
from tests.kit.world import Client, RpcFault, World

_random = iter(range(1, 1_000_000))


async def _pair(world: World, layer: int = 229) -> tuple[Client, Client, Any, Any]:
    """Two people who know each other: (ada, bob, bob as ada names him, ada as bob names her)."""
    ada = await world.sign_up("Ada", layer)
    bob = await world.sign_up("Bob")
    pair = ada, bob, await ada.peer(bob), await bob.peer(ada)
    ada.pushed.clear()
    bob.pushed.clear()
    return pair


async def _say(client: Client, peer: Any, text: str, **more: Any) -> Any:
    return await client.call(
        api.messages.SendMessage(peer=peer, message=text, random_id=next(_random), **more)
    )


async def _history(client: Client, peer: Any, **more: Any) -> Any:
    offsets = {"offset_id": 0, "offset_date": 0, "add_offset": 0, "limit": 100, "max_id": 0,
               "min_id": 0, "hash": 0} | more  # fmt: skip
    return await client.call(api.messages.GetHistory(peer=peer, **offsets))


async def _refused(client: Client, q: Any) -> str:
    with pytest.raises(RpcFault) as fault:
        await client.call(q)
    return fault.value.message


async def _difference(client: Client, pts: int) -> Any:
    return await client.call(api.updates.GetDifference(pts=pts, date=1, qts=0))


@pytest.mark.parametrize("layer", [158, 181, 229])
async def test_a_plain_message(world: World, layer: int) -> None:
    ada, bob, to_bob, _ = await _pair(world, layer)
    other_device = await world.sign_in(ada.phone)
    before = (await ada.call(api.updates.GetState())).pts
    ada.pushed.clear()
    answer = await _say(ada, to_bob, "see example.org")
    assert isinstance(answer, api.UpdateShortSentMessage)
    assert (answer.out, answer.pts, answer.pts_count) == (True, before + 1, 1)
    assert answer.entities == [api.MessageEntityUrl(offset=4, length=11)]
    (heard,) = bob.updates()
    assert isinstance(heard, api.UpdateNewMessage)
    assert (heard.message.message, heard.message.out) == ("see example.org", False)
    assert heard.message.peer_id == api.PeerUser(user_id=ada.user_id)
    assert [user.id for user in bob.pushed[0].users] == [ada.user_id]
    own = other_device.updates(api.UpdateNewMessage)[-1]
    assert (own.message.id, own.message.out, own.pts) == (answer.id, True, answer.pts)
    assert ada.updates() == []


async def test_the_answer_to_a_reply_begins_with_the_message_id(world: World) -> None:
    ada, bob, to_bob, to_ada = await _pair(world)
    await _say(ada, to_bob, "lunch or dinner?")
    reply = api.InputReplyToMessage(reply_to_msg_id=1, quote_text="dinner", quote_offset=9)
    answer = await bob.call(
        api.messages.SendMessage(peer=to_ada, message="yes", random_id=77, reply_to=reply)
    )
    first, second = answer.updates
    assert first == api.UpdateMessageID(id=2, random_id=77)
    header = second.message.reply_to
    assert (header.reply_to_msg_id, header.quote, header.quote_text, header.quote_offset) == (
        1, True, "dinner", 9,
    )  # fmt: skip
    assert {user.id for user in answer.users} >= {ada.user_id, bob.user_id}


async def test_an_old_reply_is_understood(world: World) -> None:
    ada, _, to_bob, _ = await _pair(world, 158)
    first = await _say(ada, to_bob, "one")
    # messages.sendMessage#1cc20387 of layer 158: reply_to_msg_id:flags.0?int after the peer.
    old = struct.pack("<II", 0x1CC20387, 1) + codec.encode(to_bob, 158)
    old += struct.pack("<i", first.id) + codec.encode_string("two") + struct.pack("<q", 12345)
    answer = await ada.raw(old, "messages.sendMessage")
    message = answer.updates[1].message
    assert (message.message, message.reply_to.reply_to_msg_id) == ("two", first.id)


async def test_saved_messages(world: World) -> None:
    ada = await world.sign_up("Ada")
    answer = await _say(ada, api.InputPeerSelf(), "note to self")
    message = answer.updates[1].message
    assert message.peer_id == message.saved_peer_id == api.PeerUser(user_id=ada.user_id)
    assert not message.out


async def test_a_repeated_call_gets_the_same_answer(world: World) -> None:
    ada, bob, to_bob, _ = await _pair(world)
    q = api.messages.SendMessage(peer=to_bob, message="once", random_id=5)
    first = await ada.call(q)
    await _say(ada, to_bob, "between")
    assert await ada.call(q) == first
    assert len(bob.updates(api.UpdateNewMessage)) == 2
    q.message = "other"
    assert await _refused(ada, q) == "RANDOM_ID_DUPLICATE"


_REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"message": " "}, "MESSAGE_EMPTY"),
    ({"message": "x" * 5000}, "MESSAGE_TOO_LONG"),
    ({"entities": [api.MessageEntityBold(offset=0, length=99)]}, "ENTITY_BOUNDS_INVALID"),
    ({"schedule_date": 2_000_000_000}, "SCHEDULE_DATE_TOO_LATE"),
    ({"peer": api.InputPeerChat(chat_id=5)}, "PEER_ID_INVALID"),
    ({"peer": api.InputPeerUser(user_id=777000, access_hash=1)}, "PEER_ID_INVALID"),
    ({"reply_to": api.InputReplyToMessage(reply_to_msg_id=9)}, "REPLY_MESSAGE_ID_INVALID"),
    ({"reply_to": api.InputReplyToStory(peer=api.InputPeerSelf(), story_id=1)},
     "REPLY_TO_INVALID"),
    ({"entities": [api.InputMessageEntityMentionName(
        offset=0, length=1, user_id=api.InputUser(user_id=1, access_hash=1))]},
     "ENTITY_BOUNDS_INVALID"),
]  # fmt: skip


async def test_messages_that_are_refused(world: World) -> None:
    ada = await world.sign_up("Ada")
    for more, fault in _REFUSED:
        fields = {"peer": api.InputPeerSelf(), "message": "x", "random_id": 1} | more
        assert await _refused(ada, api.messages.SendMessage(**fields)) == fault
    assert (await _history(ada, api.InputPeerSelf())).messages == []


async def test_a_person_mentioned_by_name_is_named_to_the_reader(world: World) -> None:
    ada, bob, to_bob, _ = await _pair(world)
    eve = await world.sign_up("Eve")
    to_eve = await ada.peer(eve)
    user = api.InputUser(user_id=to_eve.user_id, access_hash=to_eve.access_hash)
    mention = api.InputMessageEntityMentionName(offset=0, length=3, user_id=user)
    await _say(ada, to_bob, "Eve knows", entities=[mention])
    (heard,) = bob.updates()
    assert heard.message.entities == [
        api.MessageEntityMentionName(offset=0, length=3, user_id=eve.user_id)
    ]
    assert eve.user_id in {user.id for user in bob.pushed[0].users}


async def test_a_bare_user_id_in_an_entity_shows_nobody(world: World) -> None:
    ada = await world.sign_up("Ada")
    eve = await world.sign_up("Eve")
    mention = api.MessageEntityMentionName(offset=0, length=3, user_id=eve.user_id)
    answer = await _say(ada, api.InputPeerSelf(), "who is that", entities=[mention])
    assert answer.updates[1].message.entities is None
    assert {user.id for user in answer.users} == {ada.user_id}
    await ada.call(
        api.messages.SaveDraft(peer=api.InputPeerSelf(), message="x", entities=[mention])
    )
    drafts = await ada.call(api.messages.GetAllDrafts())
    assert {user.id for user in drafts.users} == {ada.user_id}


async def test_an_edit(world: World) -> None:
    ada, bob, to_bob, to_ada = await _pair(world)
    sent = await _say(ada, to_bob, "helo")
    assert await ada.call(api.messages.GetMessageEditData(peer=to_bob, id=sent.id)) == (
        api.messages.MessageEditData()
    )
    world.clock.advance(5)
    answer = await ada.call(
        api.messages.EditMessage(
            peer=to_bob,
            id=sent.id,
            message="hello",
            entities=[api.MessageEntityItalic(offset=0, length=5)],
        )
    )
    (update,) = answer.updates
    assert isinstance(update, api.UpdateEditMessage)
    assert (update.pts, update.pts_count) == (sent.pts + 1, 1)
    heard = bob.updates()[-1]
    assert isinstance(heard, api.UpdateEditMessage)
    assert (heard.message.message, heard.message.edit_date) == ("hello", int(world.clock.now()))
    again = api.messages.EditMessage(peer=to_bob, id=sent.id, message="hello", entities=[
        api.MessageEntityItalic(offset=0, length=5)])  # fmt: skip
    assert await _refused(ada, again) == "MESSAGE_NOT_MODIFIED"
    q = api.messages.EditMessage(peer=to_ada, id=heard.message.id, message="no")
    assert await _refused(bob, q) == "MESSAGE_AUTHOR_REQUIRED"
    q = api.messages.GetMessageEditData(peer=to_ada, id=heard.message.id)
    assert await _refused(bob, q) == "MESSAGE_AUTHOR_REQUIRED"
    q = api.messages.EditMessage(peer=to_bob, id=sent.id)
    assert await _refused(ada, q) == "MESSAGE_NOT_MODIFIED"


async def test_deleting_for_both(world: World) -> None:
    ada, bob, to_bob, _ = await _pair(world)
    first = await _say(ada, to_bob, "one")
    second = await _say(ada, to_bob, "two")
    answer = await ada.call(api.messages.DeleteMessages(id=[first.id, second.id, 999], revoke=True))
    assert answer == api.messages.AffectedMessages(pts=second.pts + 2, pts_count=2)
    heard = bob.updates()[-1]
    assert isinstance(heard, api.UpdateDeleteMessages)
    assert (len(heard.messages), heard.pts_count) == (2, 2)
    nothing = await ada.call(api.messages.DeleteMessages(id=[first.id]))
    assert nothing == api.messages.AffectedMessages(pts=second.pts + 2, pts_count=0)


async def test_deleting_a_history(world: World) -> None:
    ada, bob, to_bob, to_ada = await _pair(world)
    for n in range(3):
        last = await _say(ada, to_bob, f"{n}")
    answer = await ada.call(api.messages.DeleteHistory(peer=to_bob, max_id=0, revoke=True))
    assert answer == api.messages.AffectedHistory(pts=last.pts + 3, pts_count=3, offset=0)
    assert (await _history(bob, to_ada)).messages == []
    dialogs = await ada.call(api.messages.GetPeerDialogs(peers=[api.InputDialogPeer(peer=to_bob)]))
    assert dialogs.dialogs[0].top_message == 0


async def test_forwarding(world: World) -> None:
    ada, bob, to_bob, _ = await _pair(world)
    first = await _say(ada, to_bob, "one")
    second = await _say(ada, to_bob, "two")
    bob.pushed.clear()
    answer = await ada.call(
        api.messages.ForwardMessages(
            from_peer=to_bob, id=[first.id, second.id], random_id=[91, 92], to_peer=to_bob
        )
    )
    kinds = [type(update) for update in answer.updates]
    assert kinds == [api.UpdateMessageID] * 2 + [api.UpdateNewMessage] * 2
    assert [u.random_id for u in answer.updates[:2]] == [91, 92]
    heard = bob.updates(api.UpdateNewMessage)
    assert [u.message.message for u in heard] == ["one", "two"]
    assert all(u.message.fwd_from.from_id.user_id == ada.user_id for u in heard)
    bad = api.messages.ForwardMessages(from_peer=to_bob, id=[1], random_id=[], to_peer=to_bob)
    assert await _refused(ada, bad) == "RANDOM_ID_INVALID"


async def test_reading(world: World) -> None:
    ada, bob, to_bob, to_ada = await _pair(world)
    tablet = await world.sign_in(bob.phone)
    sent = await _say(ada, to_bob, "one")
    theirs = bob.updates(api.UpdateNewMessage)[-1].message.id
    tablet.pushed.clear()
    answer = await bob.call(api.messages.ReadHistory(peer=to_ada, max_id=theirs))
    assert answer.pts_count == 1
    seen = ada.updates()[-1]
    assert isinstance(seen, api.UpdateReadHistoryOutbox)
    assert (seen.peer, seen.max_id, seen.pts) == (
        api.PeerUser(user_id=bob.user_id), sent.id, sent.pts + 1,
    )  # fmt: skip
    (own,) = tablet.updates()
    assert isinstance(own, api.UpdateReadHistoryInbox)
    assert (own.max_id, own.still_unread_count, own.pts) == (theirs, 0, answer.pts)
    assert bob.updates(api.UpdateReadHistoryInbox) == []
    again = await bob.call(api.messages.ReadHistory(peer=to_ada, max_id=theirs))
    assert again == api.messages.AffectedMessages(pts=answer.pts, pts_count=0)
    date = await ada.call(api.messages.GetOutboxReadDate(peer=to_bob, msg_id=sent.id))
    assert date == api.OutboxReadDate(date=int(world.clock.now()))
    assert await bob.call(api.messages.ReceivedMessages(max_id=theirs)) == []
    opened = await bob.call(api.messages.ReadMessageContents(id=[theirs]))
    assert opened.pts_count == 0


async def test_typing_is_seen_by_the_other_side_and_not_kept(world: World) -> None:
    ada, bob, to_bob, to_ada = await _pair(world)
    action = api.SendMessageUploadPhotoAction(progress=40)
    assert await ada.call(api.messages.SetTyping(peer=to_bob, action=action)) is True
    (seen,) = bob.updates()
    assert seen == api.UpdateUserTyping(user_id=ada.user_id, action=action)
    assert ada.updates() == []
    difference = await _difference(bob, (await bob.call(api.updates.GetState())).pts)
    assert not [
        u for u in getattr(difference, "other_updates", []) if isinstance(u, api.UpdateUserTyping)
    ]
    await bob.call(api.contacts.Block(id=to_ada))
    q = api.messages.SetTyping(peer=to_bob, action=api.SendMessageTypingAction())
    assert await _refused(ada, q) == "USER_IS_BLOCKED"
    bob.pushed.clear()
    ada.pushed.clear()
    await bob.call(api.messages.SetTyping(peer=to_ada, action=api.SendMessageTypingAction()))
    assert ada.updates() == []


async def test_a_draft_travels_to_the_other_devices(world: World) -> None:
    ada, bob, to_bob, _ = await _pair(world)
    tablet = await world.sign_in(ada.phone)
    tablet.pushed.clear()
    await ada.call(
        api.messages.SaveDraft(
            peer=to_bob, message="soon", entities=[api.MessageEntityBold(offset=0, length=4)]
        )
    )
    (update,) = tablet.updates()
    assert isinstance(update, api.UpdateDraftMessage)
    assert (update.draft.message, update.draft.entities) == (
        "soon", [api.MessageEntityBold(offset=0, length=4)],
    )  # fmt: skip
    everything = await tablet.call(api.messages.GetAllDrafts())
    assert [u.draft.message for u in everything.updates] == ["soon"]
    assert [user.id for user in everything.users] == [bob.user_id]
    tablet.pushed.clear()
    await _say(ada, to_bob, "soon!", clear_draft=True)
    emptied = tablet.updates(api.UpdateDraftMessage)
    assert [type(u.draft) for u in emptied] == [api.DraftMessageEmpty]
    assert await ada.call(api.messages.ClearAllDrafts()) is True


async def test_pinning(world: World) -> None:
    ada, bob, to_bob, to_ada = await _pair(world)
    sent = await _say(ada, to_bob, "remember")
    answer = await ada.call(api.messages.UpdatePinnedMessage(peer=to_bob, id=sent.id))
    assert [type(u) for u in answer.updates] == [api.UpdatePinnedMessages, api.UpdateNewMessage]
    service = answer.updates[1].message
    assert isinstance(service.action, api.MessageActionPinMessage)
    assert service.reply_to.reply_to_msg_id == sent.id
    assert bob.updates(api.UpdatePinnedMessages)[0].pinned
    found = await bob.call(
        api.messages.Search(peer=to_ada, q="", filter=api.InputMessagesFilterPinned(), min_date=0,
                            max_date=0, offset_id=0, add_offset=0, limit=10, max_id=0, min_id=0,
                            hash=0)
    )  # fmt: skip
    assert [m.message for m in found.messages] == ["remember"]
    assert found.messages[0].pinned
    counters = await bob.call(
        api.messages.GetSearchCounters(
            peer=to_ada,
            filters=[api.InputMessagesFilterPinned(), api.InputMessagesFilterPhotos()],
        )
    )
    assert [one.count for one in counters] == [1, 0]
    await bob.call(api.messages.UnpinAllMessages(peer=to_ada))
    assert ada.updates(api.UpdatePinnedMessages)[-1].pinned is False


async def test_single_messages_come_in_the_order_asked_for(world: World) -> None:
    ada, bob, to_bob, _ = await _pair(world)
    one = await _say(ada, to_bob, "one")
    two = await _say(ada, to_bob, "two", reply_to=api.InputReplyToMessage(reply_to_msg_id=one.id))
    number = two.updates[0].id
    found = await ada.call(
        api.messages.GetMessages(
            id=[
                api.InputMessageID(id=number),
                api.InputMessageID(id=4321),
                api.InputMessageReplyTo(id=number),
            ]
        )
    )
    assert [type(m) for m in found.messages] == [api.Message, api.MessageEmpty, api.Message]
    assert [m.id for m in found.messages] == [number, 4321, one.id]
    assert {user.id for user in found.users} == {ada.user_id, bob.user_id}


async def test_a_known_page_is_not_sent_again(world: World) -> None:
    ada, _, to_bob, _ = await _pair(world)
    for n in range(3):
        await _say(ada, to_bob, f"{n}")
    page = await _history(ada, to_bob, limit=2)
    assert (page.count, len(page.messages)) == (3, 2)
    folded = 0
    for number in [part for m in page.messages for part in (m.id, m.edit_date or 0)]:
        folded ^= folded >> 21
        folded ^= folded << 35 & (1 << 64) - 1
        folded ^= folded >> 4
        folded = folded + number & (1 << 64) - 1
    signed = folded - (1 << 64) if folded >> 63 else folded
    again = await _history(ada, to_bob, limit=2, hash=signed)
    assert again == api.messages.MessagesNotModified(count=3)


async def test_what_is_not_there_yet_is_answered_empty(world: World) -> None:
    ada, _, to_bob, _ = await _pair(world)
    scheduled = await ada.call(api.messages.GetScheduledHistory(peer=to_bob, hash=0))
    assert scheduled.messages == []


async def test_a_difference_gives_messages_in_their_present_form(world: World) -> None:
    ada, bob, to_bob, _ = await _pair(world)
    before = (await bob.call(api.updates.GetState())).pts
    bob.disconnect()
    kept = await _say(ada, to_bob, "first text")
    gone = await _say(ada, to_bob, "never seen")
    world.clock.advance(1)
    await ada.call(api.messages.EditMessage(peer=to_bob, id=kept.id, message="second text"))
    await ada.call(api.messages.DeleteMessages(id=[gone.id], revoke=True))
    back = await world.sign_in(bob.phone)
    found = await _difference(back, before)
    texts = [m.message for m in found.new_messages if m.from_id.user_id == ada.user_id]
    assert texts == ["second text"]
    kinds = {type(u) for u in found.other_updates}
    assert {api.UpdateEditMessage, api.UpdateDeleteMessages} <= kinds
    assert ada.user_id in {user.id for user in found.users}


async def test_what_is_saved_from_one_chat(world: World) -> None:
    ada, bob, to_bob, to_ada = await _pair(world)
    sent = await _say(bob, to_ada, "worth keeping")
    assert sent.pts
    theirs = ada.updates(api.UpdateNewMessage)[-1].message.id
    await _say(ada, api.InputPeerSelf(), "my own note")
    answer = await ada.call(
        api.messages.ForwardMessages(
            from_peer=to_bob, id=[theirs], random_id=[7], to_peer=api.InputPeerSelf()
        )
    )
    saved = answer.updates[1].message
    assert saved.saved_peer_id == api.PeerUser(user_id=bob.user_id)
    assert saved.fwd_from.saved_from_msg_id == theirs
    offsets = {"offset_id": 0, "offset_date": 0, "add_offset": 0, "limit": 10, "max_id": 0,
               "min_id": 0, "hash": 0}  # fmt: skip
    for peer, text in ((to_bob, "worth keeping"), (api.InputPeerSelf(), "my own note")):
        page = await ada.call(api.messages.GetSavedHistory(peer=peer, **offsets))
        assert [m.message for m in page.messages] == [text]
