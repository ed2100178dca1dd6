"""Old requests mean what they meant, new objects say to old clients what they can."""

from __future__ import annotations

import struct
from typing import Any

import pytest

from petitbleu.tl import api, codec
from petitbleu.tl.faults import TLError
from tests.tl.plain import Plain

SCHEMA = codec.SCHEMA
PEER = {"_": "inputPeerUser", "user_id": 7, "access_hash": 8}
USER = {"_": "inputUser", "user_id": 7, "access_hash": 8}


def said(layer: int, name: str, **fields: Any) -> Any:
    """A request as a client of the layer says it, as a handler sees it."""
    return codec.decode(Plain(SCHEMA, layer).write({"_": name, **fields}))


def heard(layer: int, obj: Any) -> dict[str, Any]:
    """An object as a client of the layer reads it."""
    return Plain(SCHEMA, layer).read(codec.encode(obj, layer))


def test_a_reply_of_layer_158_becomes_an_input_reply() -> None:
    q = said(158, "messages.sendMessage", peer=PEER, reply_to_msg_id=5, message="a", random_id=1)
    assert q.reply_to == api.InputReplyToMessage(reply_to_msg_id=5)
    q = said(158, "messages.sendMessage", peer=PEER, top_msg_id=4, message="a", random_id=1)
    assert q.reply_to == api.InputReplyToMessage(reply_to_msg_id=4, top_msg_id=4)
    q = said(158, "messages.sendMessage", peer=PEER, message="a", random_id=1)
    assert q.reply_to is None
    q = said(160, "messages.saveDraft", peer=PEER, reply_to_msg_id=5, message="a")
    assert q.reply_to == api.InputReplyToMessage(reply_to_msg_id=5)


def test_a_reply_of_the_layers_between_stays_what_it_is() -> None:
    reply = {"_": "inputReplyToMessage", "reply_to_msg_id": 5}
    for layer in (160, 199, 229):
        q = said(layer, "messages.sendMessage", peer=PEER, message="a", random_id=1, reply_to=reply)
        assert q.reply_to == api.InputReplyToMessage(reply_to_msg_id=5)


def test_a_report_keeps_its_reason() -> None:
    reason = {"_": "inputReportReasonChildAbuse"}
    q = said(158, "messages.report", peer=PEER, id=[1], reason=reason, message="m")
    assert q.option == b"childAbuse" and q.message == "m"


def test_story_methods_of_users_name_a_peer() -> None:
    q = said(160, "stories.readStories", user_id=USER, max_id=3)
    assert q.peer == api.InputPeerUser(user_id=7, access_hash=8)
    q = said(160, "stories.deleteStories", id=[1])
    assert q.peer == api.InputPeerSelf()


def test_an_input_peer_is_taken_where_a_user_or_a_channel_is_named() -> None:
    """Pyrogram, Pyrofork and Hydrogram resolve every chat to an inputPeer and pass it anywhere."""
    taken_as = [
        (api.InputPeerUser(user_id=7, access_hash=8), api.InputUser(user_id=7, access_hash=8)),
        (api.InputPeerSelf(), api.InputUserSelf()),
        (
            api.InputPeerUserFromMessage(peer=api.InputPeerSelf(), msg_id=1, user_id=7),
            api.InputUserFromMessage(peer=api.InputPeerSelf(), msg_id=1, user_id=7),
        ),
        (api.InputPeerChat(chat_id=9), api.InputUserEmpty()),
    ]
    for layer in (158, 181, 229):
        peers = b"".join(codec.encode(peer, layer) for peer, _ in taken_as)
        vector = struct.pack("<III", 0x0D91A548, 0x1CB5C415, len(taken_as))
        assert codec.decode(vector + peers).id == [user for _, user in taken_as]
    for peer, channel in (
        (
            api.InputPeerChannel(channel_id=7, access_hash=8),
            api.InputChannel(channel_id=7, access_hash=8),
        ),
        (api.InputPeerSelf(), api.InputChannelEmpty()),
    ):
        request = struct.pack("<I", 0x08736A09) + codec.encode(peer, 229)
        assert codec.decode(request) == api.channels.GetFullChannel(channel=channel)


def test_a_user_is_not_taken_where_a_channel_is_named() -> None:
    request = struct.pack("<I", 0x08736A09) + codec.encode(api.InputUserSelf(), 229)
    with pytest.raises(TLError, match="inputUserSelf where InputChannel was expected"):
        codec.decode(request)


def test_a_poll_of_an_old_client_names_its_right_answers_by_place() -> None:
    answers = [{"_": "pollAnswer", "text": t, "option": t.encode()} for t in "ab"]
    poll = {"_": "poll", "id": 1, "question": "q", "answers": answers}
    media = {"_": "inputMediaPoll", "poll": poll, "correct_answers": [b"b"]}
    q = said(158, "messages.sendMedia", peer=PEER, media=media, message="", random_id=1)
    assert q.media.correct_answers == [1]
    assert q.media.poll.question == api.TextWithEntities(text="q", entities=[])


@pytest.mark.parametrize("layer", [158, 199, 228])
def test_inline_buttons_travel_both_ways(layer: int) -> None:
    buttons = [
        {"_": "keyboardButtonUrl", "text": "u", "url": "https://a.example"},
        {"_": "keyboardButtonCallback", "text": "c", "data": b"d", "requires_password": True},
    ]
    markup = {
        "_": "replyInlineMarkup",
        "rows": [{"_": "keyboardButtonRow", "buttons": buttons}],
    }
    data = Plain(SCHEMA, layer).write(markup)
    obj = codec.decode(data)
    (row,) = obj.rows
    assert row.buttons[0].type == api.InlineButtonTypeUrl(url="https://a.example")
    assert row.buttons[1].type == api.InlineButtonTypeCallback(data=b"d", requires_password=True)
    assert codec.encode(obj, layer) == data
    assert codec.decode(codec.encode(obj)) == obj


@pytest.mark.parametrize("layer", [158, 199, 228])
def test_reply_buttons_travel_both_ways(layer: int) -> None:
    buttons = [
        {"_": "keyboardButton", "text": "t"},
        {"_": "keyboardButtonRequestPhone", "text": "p"},
    ]
    markup = {
        "_": "replyKeyboardMarkup",
        "resize": True,
        "rows": [{"_": "keyboardButtonRow", "buttons": buttons}],
    }
    data = Plain(SCHEMA, layer).write(markup)
    obj = codec.decode(data)
    assert [b.type for b in obj.rows[0].buttons] == [
        api.ButtonTypeDefault(),
        api.ButtonTypeRequestPhone(),
    ]
    assert codec.encode(obj, layer) == data


def test_an_update_that_an_old_client_lacks_is_left_out_of_its_list() -> None:
    news = [
        api.UpdateStoryID(id=1, random_id=2),
        api.UpdateReadHistoryInbox(
            peer=api.PeerUser(user_id=1), max_id=1, still_unread_count=0, pts=1, pts_count=1
        ),
    ]
    updates = api.Updates(updates=news, users=[], chats=[], date=1, seq=0)
    assert [u["_"] for u in heard(158, updates)["updates"]] == ["updateReadHistoryInbox"]
    assert len(heard(229, updates)["updates"]) == 2
    alone = api.UpdateShort(update=news[0], date=1)
    assert heard(158, alone) == {
        "_": "updates",
        "updates": [],
        "users": [],
        "chats": [],
        "date": 1,
        "seq": 0,
    }


def test_media_and_actions_that_an_old_client_lacks_get_a_stand_in() -> None:
    peer = api.PeerUser(user_id=1)
    story = api.MessageMediaStory(peer=peer, id=1)
    message = api.Message(id=1, peer_id=peer, date=1, message="", media=story)
    assert heard(158, message)["media"] == {"_": "messageMediaUnsupported"}
    assert heard(229, message)["media"]["_"] == "messageMediaStory"
    action = api.MessageActionBoostApply(boosts=1)
    service = api.MessageService(id=1, peer_id=peer, date=1, action=action)
    assert heard(158, service)["action"] == {"_": "messageActionEmpty"}


def test_a_draft_tells_an_old_client_what_it_replies_to() -> None:
    reply = api.InputReplyToMessage(reply_to_msg_id=5)
    draft = api.DraftMessage(message="d", date=1, reply_to=reply)
    assert heard(158, draft)["reply_to_msg_id"] == 5
    assert heard(229, draft)["reply_to"]["reply_to_msg_id"] == 5


def test_a_story_number_and_a_colour_are_numbers_for_old_clients() -> None:
    user = api.User(id=1, stories_max_id=api.RecentStory(max_id=9), color=api.PeerColor(color=3))
    assert heard(166, user)["stories_max_id"] == 9 and heard(166, user)["color"] == 3
    assert "color" not in heard(165, user)
    assert "stories_max_id" not in heard(158, user)


def test_methods_answer_in_the_type_that_the_layer_expects() -> None:
    updates = api.Updates(updates=[], users=[], chats=[], date=1, seq=0)
    made = api.messages.InvitedUsers(updates=updates, missing_invitees=[])
    old = codec.encode_result("messages.createChat", made, 158)
    assert Plain(SCHEMA, 158).read_value(old, "Updates")["_"] == "updates"
    assert codec.decode_result("messages.createChat", old, 158) == updates
    new = codec.encode_result("messages.createChat", made, 229)
    assert codec.decode_result("messages.createChat", new) == made
    filters = api.messages.DialogFilters(filters=[api.DialogFilterDefault()])
    assert codec.decode_result(
        "messages.getDialogFilters",
        codec.encode_result("messages.getDialogFilters", filters, 158),
        158,
    ) == [api.DialogFilterDefault()]


def test_results_that_are_no_objects_are_written_too() -> None:
    assert codec.decode_result(
        "account.updateStatus", codec.encode_result("account.updateStatus", True)
    )
    users = [api.User(id=1), api.UserEmpty(id=2)]
    data = codec.encode_result("users.getUsers", users, 158)
    assert codec.decode_result("users.getUsers", data, 158) == users
    ids = codec.encode_result("contacts.getContactIDs", [1, 2])
    assert codec.decode_result("contacts.getContactIDs", ids) == [1, 2]


def test_methods_that_are_gone_keep_their_name() -> None:
    channel = {"_": "inputChannel", "channel_id": 1, "access_hash": 2}
    q = said(199, "channels.getForumTopicsByID", channel=channel, topics=[1])
    assert q == api.channels.GetForumTopicsByID(
        channel=api.InputChannel(channel_id=1, access_hash=2), topics=[1]
    )
    assert codec.method_of(codec.ids_of("channels.getForumTopicsByID")[0]) == (
        "channels.getForumTopicsByID"
    )
    assert codec.method_of(codec.ids_of("user")[0]) is None
    assert codec.method_of(1) is None
