"""Basic groups: making, changing, leaving, rights; what everybody in it hears."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.run.jobs import JobRunner
from petitbleu.tl import api
from tests.kit.chats import (
    forget_pushes,
    group,
    history,
    input_channel,
    people,
    refused,
    said,
    say,
    supergroup,
    texts,
    user,
)
from tests.kit.world import Client, World


def _peer(chat: int) -> Any:
    return api.InputPeerChat(chat_id=chat)


async def _chat(client: Client, chat: int) -> Any:
    found = await client.call(api.messages.GetChats(id=[chat]))
    return found.chats[0]


async def test_everybody_learns_of_a_new_group(world: World) -> None:
    ada, bob, eve = await people(world, "Ada", "Bob", "Eve")
    users = [await user(ada, bob), await user(ada, eve)]
    made = await ada.call(api.messages.CreateChat(users=users, title="  Choir \n"))
    assert made.missing_invitees == []
    (chat,) = made.updates.chats
    assert (chat.title, chat.creator, chat.participants_count) == ("Choir", True, 3)
    (new,) = [u for u in made.updates.updates if type(u) is api.UpdateNewMessage]
    assert new.message.action == api.MessageActionChatCreate(
        title="Choir", users=[bob.user_id, eve.user_id]
    )
    for client in (bob, eve):
        (heard,) = client.updates(api.UpdateNewMessage)
        assert heard.message.peer_id == api.PeerChat(chat_id=chat.id)
        (listed,) = client.updates(api.UpdateChatParticipants)
        assert {one.user_id for one in listed.participants.participants} == {
            ada.user_id, bob.user_id, eve.user_id,
        }  # fmt: skip
        seen = client.pushed[-1].chats[0]
        assert (seen.id, seen.creator, seen.admin_rights) == (chat.id, False, None)
    dialogs = await bob.call(api.messages.GetPeerDialogs(peers=[
        api.InputDialogPeer(peer=_peer(chat.id))
    ]))  # fmt: skip
    assert (dialogs.dialogs[0].unread_count, dialogs.chats[0].title) == (1, "Choir")


async def test_a_group_needs_a_title(world: World) -> None:
    (ada,) = await people(world, "Ada")
    assert await refused(ada, api.messages.CreateChat(users=[], title=" ")) == "CHAT_TITLE_EMPTY"


async def test_whoever_lets_nobody_invite_them_is_missing(world: World) -> None:
    ada, bob = await people(world, "Ada", "Bob")
    await bob.call(
        api.account.SetPrivacy(
            key=api.InputPrivacyKeyChatInvite(), rules=[api.InputPrivacyValueDisallowAll()]
        )
    )
    made = await ada.call(api.messages.CreateChat(users=[await user(ada, bob)], title="Choir"))
    assert [one.user_id for one in made.missing_invitees] == [bob.user_id]
    assert made.updates.chats[0].participants_count == 1


async def test_an_old_client_is_told_by_an_error_who_lets_nobody_invite_them(world: World) -> None:
    ada = await world.sign_up("Ada", layer=158)
    bob = await world.sign_up("Bob")
    await bob.call(
        api.account.SetPrivacy(
            key=api.InputPrivacyKeyChatInvite(), rules=[api.InputPrivacyValueDisallowAll()]
        )
    )
    invitee = await user(ada, bob)
    made = await ada.call(api.messages.CreateChat(users=[invitee], title="Choir"))
    add = api.messages.AddChatUser(chat_id=made.chats[0].id, user_id=invitee, fwd_limit=0)
    assert await refused(ada, add) == "USER_PRIVACY_RESTRICTED"
    made = await ada.call(api.channels.CreateChannel(title="Town", about="", megagroup=True))
    town = input_channel(ada, made.chats[0].id)
    invite = api.channels.InviteToChannel(channel=town, users=[invitee])
    assert await refused(ada, invite) == "USER_PRIVACY_RESTRICTED"


async def test_a_message_reaches_everybody_under_their_own_ids(world: World) -> None:
    ada, bob, eve = await people(world, "Ada", "Bob", "Eve")
    chat = await group(ada, bob, eve)
    await say(eve, api.InputPeerSelf(), "shifts the numbers")
    forget_pushes(ada, bob, eve)
    mine = await said(ada, _peer(chat), "hello")
    assert mine.out and mine.from_id == api.PeerUser(user_id=ada.user_id)
    ids = {}
    for client in (bob, eve):
        (heard,) = client.updates(api.UpdateNewMessage)
        assert (heard.message.message, heard.message.out) == ("hello", False)
        ids[client] = heard.message.id
    assert ids[eve] == ids[bob] + 1
    answer = api.InputReplyToMessage(reply_to_msg_id=ids[eve])
    await say(eve, _peer(chat), "hi", reply_to=answer)
    heard = bob.updates(api.UpdateNewMessage)[-1]
    assert heard.message.reply_to.reply_to_msg_id == ids[bob]


async def test_edits_pins_and_deletions_reach_everybody(world: World) -> None:
    ada, bob, eve = await people(world, "Ada", "Bob", "Eve")
    chat = await group(ada, bob, eve)
    mine = await said(ada, _peer(chat), "helo")
    forget_pushes(bob, eve)
    await ada.call(api.messages.EditMessage(peer=_peer(chat), id=mine.id, message="hello"))
    await ada.call(api.messages.UpdatePinnedMessage(peer=_peer(chat), id=mine.id))
    for client in (bob, eve):
        (edit,) = client.updates(api.UpdateEditMessage)
        assert edit.message.message == "hello"
        (pin,) = client.updates(api.UpdatePinnedMessages)
        assert pin.peer == api.PeerChat(chat_id=chat)
    full = await bob.call(api.messages.GetFullChat(chat_id=chat))
    assert full.full_chat.pinned_msg_id == bob.updates(api.UpdatePinnedMessages)[0].messages[0]
    theirs = await said(bob, _peer(chat), "mine")
    at_ada = ada.updates(api.UpdateNewMessage)[-1].message.id
    delete = api.messages.DeleteMessages(revoke=True, id=[at_ada])
    await ada.call(delete)  # the creator may
    assert bob.updates(api.UpdateDeleteMessages)[-1].messages == [theirs.id]
    theirs_at_bob = [m.id for m in (await history(bob, _peer(chat))).messages]
    assert theirs.id not in theirs_at_bob
    foreign = api.messages.DeleteMessages(revoke=True, id=[theirs_at_bob[-1]])
    assert await refused(bob, foreign) == "MESSAGE_DELETE_FORBIDDEN"


async def test_reading_is_told_to_those_who_wrote(world: World) -> None:
    ada, bob, eve = await people(world, "Ada", "Bob", "Eve")
    chat = await group(ada, bob, eve)
    mine = await said(ada, _peer(chat), "one")
    await say(eve, _peer(chat), "two")
    forget_pushes(ada, eve)
    await bob.call(api.messages.ReadHistory(peer=_peer(chat), max_id=0))
    (told,) = ada.updates(api.UpdateReadHistoryOutbox)
    assert (told.peer, told.max_id) == (api.PeerChat(chat_id=chat), mine.id)
    assert len(eve.updates(api.UpdateReadHistoryOutbox)) == 1
    await eve.call(api.messages.ReadHistory(peer=_peer(chat), max_id=0))
    assert len(ada.updates(api.UpdateReadHistoryOutbox)) == 1, "read before"


async def test_adding_and_leaving(world: World) -> None:
    ada, bob, eve = await people(world, "Ada", "Bob", "Eve")
    chat = await group(ada, bob)
    forget_pushes(bob, eve)
    add = api.messages.AddChatUser(chat_id=chat, user_id=await user(ada, eve), fwd_limit=0)
    await ada.call(add)
    assert await refused(ada, add) == "USER_ALREADY_PARTICIPANT"
    assert await texts(eve, _peer(chat)) == ["ChatAddUser"]
    assert len(bob.updates(api.UpdateChatParticipants)[-1].participants.participants) == 3
    await eve.call(api.messages.DeleteChatUser(chat_id=chat, user_id=api.InputUserSelf()))
    left = await _chat(eve, chat)
    assert left.left and left.participants_count == 2
    await say(bob, _peer(chat), "after")
    assert await texts(eve, _peer(chat)) == ["ChatAddUser", "ChatDeleteUser"]
    assert await refused(eve, api.messages.SendMessage(
        peer=_peer(chat), message="x", random_id=9
    )) == "CHAT_WRITE_FORBIDDEN"  # fmt: skip
    assert await refused(eve, api.messages.DeleteChatUser(
        chat_id=chat, user_id=api.InputUserSelf()
    )) == "USER_NOT_PARTICIPANT"  # fmt: skip
    again = api.messages.AddChatUser(chat_id=chat, user_id=await user(bob, eve), fwd_limit=0)
    assert await refused(bob, again) == "USER_NOT_MUTUAL_CONTACT"


async def test_a_newcomer_gets_the_newest_messages(world: World) -> None:
    ada, bob, eve = await people(world, "Ada", "Bob", "Eve")
    chat = await group(ada, bob)
    for text in ("one", "two", "three"):
        last = await said(ada, _peer(chat), text)
    reply = api.InputReplyToMessage(reply_to_msg_id=last.id)
    await say(ada, _peer(chat), "four", reply_to=reply)
    forget_pushes(eve)
    await ada.call(
        api.messages.AddChatUser(chat_id=chat, user_id=await user(ada, eve), fwd_limit=2)
    )
    assert await texts(eve, _peer(chat)) == ["three", "four", "ChatAddUser"]
    heard = [one.message for one in eve.updates(api.UpdateNewMessage)]
    assert heard[1].reply_to.reply_to_msg_id == heard[0].id
    await eve.call(api.messages.DeleteChatUser(chat_id=chat, user_id=api.InputUserSelf()))
    await eve.peer(ada)
    await ada.call(
        api.messages.AddChatUser(chat_id=chat, user_id=await user(ada, eve), fwd_limit=100)
    )
    assert sorted(await texts(eve, _peer(chat))) == sorted(
        ["one", "two", "three", "four", "ChatAddUser", "ChatDeleteUser", "ChatAddUser"]
    )


async def test_whoever_goes_may_keep_nothing_of_a_group(world: World) -> None:
    ada, bob, eve = await people(world, "Ada", "Bob", "Eve")
    phone = await world.sign_in(bob.phone)
    chat = await group(ada, bob, eve)
    await say(bob, _peer(chat), "mine")
    forget_pushes(bob, eve, phone)
    await bob.call(
        api.messages.DeleteChatUser(chat_id=chat, user_id=api.InputUserSelf(), revoke_history=True)
    )
    for device in (bob, phone):
        (gone,) = device.updates(api.UpdateDeleteMessages)
        assert len(gone.messages) == 3
    assert await texts(bob, _peer(chat)) == []
    forget_pushes(eve)
    await ada.call(
        api.messages.DeleteChatUser(chat_id=chat, user_id=await user(ada, eve), revoke_history=True)
    )
    (gone,) = eve.updates(api.UpdateDeleteMessages)
    assert len(gone.messages) == 4
    assert await texts(ada, _peer(chat)) == [
        "ChatCreate", "mine", "ChatDeleteUser", "ChatDeleteUser"
    ]  # fmt: skip


async def test_what_is_to_be_forgotten_is_forgotten_by_a_job_too(world: World) -> None:
    ada, bob = await people(world, "Ada", "Bob")
    chat = await group(ada, bob)
    spawn, world.app.spawn = world.app.spawn, lambda work: work.close()  # the process ends here
    await bob.call(
        api.messages.DeleteChatUser(chat_id=chat, user_id=api.InputUserSelf(), revoke_history=True)
    )
    world.app.spawn = spawn
    assert await texts(bob, _peer(chat)) != []
    await JobRunner(world.app).run_due()
    assert await texts(bob, _peer(chat)) == []


async def test_who_may_put_whom_out(world: World) -> None:
    ada, bob, eve = await people(world, "Ada", "Bob", "Eve")
    chat = await group(ada, bob, eve)
    out = api.messages.DeleteChatUser(chat_id=chat, user_id=await user(bob, eve))
    assert await refused(bob, out) == "CHAT_ADMIN_REQUIRED"
    make = api.messages.EditChatAdmin(chat_id=chat, user_id=await user(ada, bob), is_admin=True)
    assert await refused(bob, api.messages.EditChatAdmin(
        chat_id=chat, user_id=api.InputUserSelf(), is_admin=True
    )) == "CHAT_ID_INVALID"  # fmt: skip
    await ada.call(make)
    assert (await _chat(bob, chat)).admin_rights.ban_users
    await bob.call(out)
    assert type(await _chat(eve, chat)) is api.ChatForbidden
    creator = api.messages.DeleteChatUser(chat_id=chat, user_id=await user(bob, ada))
    assert await refused(bob, creator) == "CHAT_ADMIN_REQUIRED"
    back = api.messages.AddChatUser(chat_id=chat, user_id=await user(bob, eve), fwd_limit=0)
    await bob.call(back)
    assert (await _chat(eve, chat)).participants_count == 3


async def test_title_about_and_default_rights(world: World) -> None:
    ada, bob = await people(world, "Ada", "Bob")
    chat = await group(ada, bob)
    await bob.call(api.messages.EditChatTitle(chat_id=chat, title="Band"))
    assert (await _chat(ada, chat)).title == "Band"
    assert await refused(bob, api.messages.EditChatTitle(chat_id=chat, title="Band")) == (
        "CHAT_NOT_MODIFIED"
    )
    await ada.call(api.messages.EditChatAbout(peer=_peer(chat), about="Mondays"))
    assert (await bob.call(api.messages.GetFullChat(chat_id=chat))).full_chat.about == "Mondays"
    forget_pushes(bob)
    banned = api.ChatBannedRights(until_date=0, send_messages=True, change_info=True)
    change = api.messages.EditChatDefaultBannedRights(peer=_peer(chat), banned_rights=banned)
    assert await refused(bob, change) == "CHAT_ADMIN_REQUIRED"
    await ada.call(change)
    (told,) = bob.updates(api.UpdateChatDefaultBannedRights)
    assert told.default_banned_rights.send_messages and told.default_banned_rights.send_photos
    assert await refused(bob, api.messages.SendMessage(
        peer=_peer(chat), message="x", random_id=5
    )) == "CHAT_WRITE_FORBIDDEN"  # fmt: skip
    assert await refused(bob, api.messages.EditChatTitle(chat_id=chat, title="Trio")) == (
        "CHAT_ADMIN_REQUIRED"
    )
    await say(ada, _peer(chat), "admins may")


async def test_a_stranger_has_no_way_in(world: World) -> None:
    ada, bob, eve = await people(world, "Ada", "Bob", "Eve")
    chat = await group(ada, bob)
    for q in (
        api.messages.GetFullChat(chat_id=chat),
        api.messages.GetChats(id=[chat]),
        api.messages.EditChatTitle(chat_id=chat, title="Mine"),
        api.messages.DeleteChat(chat_id=chat),
        api.messages.MigrateChat(chat_id=chat),
    ):
        assert await refused(eve, q) == "CHAT_ID_INVALID"
    assert await refused(eve, api.messages.SendMessage(
        peer=_peer(chat), message="x", random_id=1
    )) == "PEER_ID_INVALID"  # fmt: skip


async def test_deleting_a_group(world: World) -> None:
    ada, bob = await people(world, "Ada", "Bob")
    chat = await group(ada, bob)
    assert await refused(bob, api.messages.DeleteChat(chat_id=chat)) == "CHAT_ADMIN_REQUIRED"
    await ada.call(api.messages.DeleteChat(chat_id=chat))
    assert type(await _chat(bob, chat)) is api.ChatForbidden


async def test_a_group_becomes_a_supergroup(world: World) -> None:
    ada, bob, eve = await people(world, "Ada", "Bob", "Eve")
    chat = await group(ada, bob, eve)
    await say(bob, _peer(chat), "before")
    await ada.call(
        api.messages.EditChatAdmin(chat_id=chat, user_id=await user(ada, bob), is_admin=True)
    )
    assert await refused(bob, api.messages.MigrateChat(chat_id=chat)) == "CHAT_ADMIN_REQUIRED"
    forget_pushes(ada, bob, eve)
    moved = await ada.call(api.messages.MigrateChat(chat_id=chat))
    (old,) = [one for one in moved.chats if type(one) is api.Chat]
    (new,) = [one for one in moved.chats if type(one) is api.Channel]
    assert old.deactivated and old.migrated_to.channel_id == new.id and new.megagroup
    (told,) = bob.updates(api.UpdateNewMessage)
    assert told.message.action == api.MessageActionChatMigrateTo(channel_id=new.id)
    (first,) = bob.updates(api.UpdateNewChannelMessage)
    assert first.message.action == api.MessageActionChannelMigrateFrom(title="Choir", chat_id=chat)
    mine = next(one for one in bob.pushed[-1].chats if one.id == new.id)
    assert mine.admin_rights.ban_users
    to = api.InputChannel(channel_id=new.id, access_hash=mine.access_hash)
    full = (await bob.call(api.channels.GetFullChannel(channel=to))).full_chat
    assert (full.migrated_from_chat_id, full.migrated_from_max_id) == (chat, told.message.id)
    assert (await texts(bob, _peer(chat)))[-2:] == ["before", "ChatMigrateTo"]
    assert await refused(ada, api.messages.MigrateChat(chat_id=chat)) == "CHAT_ID_INVALID"
    assert await refused(bob, api.messages.SendMessage(
        peer=_peer(chat), message="x", random_id=3
    )) == "CHAT_WRITE_FORBIDDEN"  # fmt: skip
    there = api.InputPeerChannel(channel_id=new.id, access_hash=mine.access_hash)
    await say(bob, there, "after")
    assert eve.updates(api.UpdateNewChannelMessage)[-1].message.message == "after"


async def test_chats_in_common(world: World) -> None:
    ada, bob, eve = await people(world, "Ada", "Bob", "Eve")
    with_bob = await group(ada, bob)
    await group(ada, eve)
    town = await supergroup(ada, bob)
    found = await ada.call(
        api.messages.GetCommonChats(user_id=await user(ada, bob), max_id=0, limit=10)
    )
    assert {one.id for one in found.chats} == {with_bob, town}
    for viewer, other, count in ((ada, bob, 2), (bob, ada, 2), (ada, eve, 1), (bob, eve, 0)):
        full = await viewer.call(api.users.GetFullUser(id=await user(viewer, other)))
        assert full.full_user.common_chats_count == count
    own = await ada.call(api.users.GetFullUser(id=api.InputUserSelf()))
    assert own.full_user.common_chats_count == 0


@pytest.mark.turns(2)
@pytest.mark.parametrize("layer", [158, 199, 229, 232])
async def test_a_chat_that_was_made_is_announced_like_a_message_sent(
    world: World, layer: int
) -> None:
    """An updateMessageID stands before the service message: TDLib takes no answer without it."""
    ada, bob = await world.sign_up("Ada", layer), await world.sign_up("Bob")
    person = await user(ada, bob)
    group = await ada.call(api.messages.CreateChat(users=[person], title="Choir"))
    group = group.updates if type(group) is api.messages.InvitedUsers else group
    circle = await ada.call(api.channels.CreateChannel(title="Circle", about="", megagroup=True))
    news = await ada.call(api.channels.CreateChannel(title="News", about="", broadcast=True))
    for answer in (group, circle, news):
        first, *rest = answer.updates
        said = [one.message.id for one in rest if hasattr(one, "message")]
        assert type(first) is api.UpdateMessageID and said == [first.id]
