"""Supergroups and channels: making, posting, reading, who may what, differences."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu import ids, jobs
from petitbleu.domain.administration.chat_editing.creating import EmptyChat
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.people.usernames import queries as usernames
from petitbleu.domain.updates import fanout, retention
from petitbleu.jobs import NoData
from petitbleu.store.api import Tx
from petitbleu.tl import api
from tests.kit.chats import (
    access,
    channel,
    forget_pushes,
    history,
    input_channel,
    input_peer,
    people,
    refused,
    said,
    say,
    supergroup,
    texts,
    user,
)
from tests.kit.world import Client, World


async def publish(world: World, number: int, name: str) -> None:
    """Give a channel a public name."""
    peer = ids.peer_of_channel(number)

    async def take(tx: Tx) -> None:
        await tx.row(usernames.TAKE, name=name.lower(), display=name, peer=peer, now=1)

    with chats.changing(world.app, peer):
        await world.app.store.write(take)


async def difference(client: Client, number: int, pts: int, limit: int = 100) -> Any:
    return await client.call(
        api.updates.GetChannelDifference(
            channel=input_channel(client, number),
            filter=api.ChannelMessagesFilterEmpty(),
            pts=pts,
            limit=limit,
        )
    )


async def full(client: Client, number: int) -> Any:
    found = await client.call(api.channels.GetFullChannel(channel=input_channel(client, number)))
    return found.full_chat


async def test_a_new_supergroup(world: World) -> None:
    (ada,) = await people(world, "Ada")
    made = await ada.call(
        api.channels.CreateChannel(megagroup=True, title="Town", about="All of us")
    )
    (chat,) = made.chats
    assert (chat.title, chat.creator, chat.megagroup, chat.broadcast) == ("Town", True, True, False)
    assert chat.admin_rights.add_admins and chat.id >= ids.FIRST_CHANNEL
    kinds = [type(one) for one in made.updates]
    assert api.UpdateChannel in kinds and api.UpdateNewChannelMessage in kinds
    seen = await full(ada, chat.id)
    assert (seen.about, seen.participants_count, seen.pts) == ("All of us", 1, 2)
    dialogs = await ada.call(api.messages.GetDialogs(
        offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=10, hash=0
    ))  # fmt: skip
    (dialog,) = [one for one in dialogs.dialogs if one.peer == api.PeerChannel(channel_id=chat.id)]
    assert (dialog.top_message, dialog.pts, dialog.unread_count) == (1, 2, 0)


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"title": " "}, "CHAT_TITLE_EMPTY"),
        ({"about": "x" * 256}, "CHAT_ABOUT_TOO_LONG"),
        ({"broadcast": True}, "CHAT_INVALID"),
        ({"megagroup": False}, "CHAT_INVALID"),
        ({"ttl_period": -5}, "TTL_PERIOD_INVALID"),
    ],
)
async def test_what_cannot_be_made(world: World, fields: dict[str, Any], fault: str) -> None:
    (ada,) = await people(world, "Ada")
    fields = {"title": "Town", "about": "", "megagroup": True} | fields
    assert await refused(ada, api.channels.CreateChannel(**fields)) == fault


async def test_members_hear_one_another_with_one_numbering(world: World) -> None:
    ada, bob, eve = await people(world, "Ada", "Bob", "Eve")
    town = await supergroup(ada, bob, eve)
    other = await world.sign_in(bob.phone)
    forget_pushes(ada, bob, eve, other)
    mine = await said(bob, input_peer(bob, town), "hello")
    assert mine.out and mine.from_id == api.PeerUser(user_id=bob.user_id)
    assert bob.updates() == []
    (tablet,) = other.updates(api.UpdateNewChannelMessage)
    assert tablet.message.out
    for client in (ada, eve):
        (heard,) = client.updates(api.UpdateNewChannelMessage)
        assert (heard.message.id, heard.message.out) == (mine.id, False)
        assert heard.message.peer_id == api.PeerChannel(channel_id=town)
        named = client.pushed[-1]
        assert [one.id for one in named.chats] == [town]
        assert named.chats[0].access_hash == access(client, town)
        assert bob.user_id in {one.id for one in named.users}
        assert heard.pts == tablet.pts and heard.pts_count == 1


async def test_answers_in_a_supergroup_form_threads(world: World) -> None:
    ada, bob = await people(world, "Ada", "Bob")
    town = await supergroup(ada, bob)
    root = await said(ada, input_peer(ada, town), "root")
    reply = api.InputReplyToMessage(reply_to_msg_id=root.id)
    first = await said(bob, input_peer(bob, town), "first", reply_to=reply)
    assert (first.reply_to.reply_to_msg_id, first.reply_to.reply_to_top_id) == (root.id, None)
    deeper = api.InputReplyToMessage(reply_to_msg_id=first.id)
    second = await said(ada, input_peer(ada, town), "second", reply_to=deeper)
    assert (second.reply_to.reply_to_msg_id, second.reply_to.reply_to_top_id) == (first.id, root.id)


async def test_only_admins_post_in_a_channel_and_nobody_sees_who(world: World) -> None:
    ada, bob = await people(world, "Ada", "Bob")
    news = await channel(ada, bob)
    post = await said(ada, input_peer(ada, news), "headline")
    assert post.post and post.from_id is None and post.out
    (heard,) = bob.updates(api.UpdateNewChannelMessage)[-1:]
    assert heard.message.post and heard.message.from_id is None and not heard.message.out
    assert ada.user_id not in {one.id for one in bob.pushed[-1].users}
    assert await refused(bob, api.messages.SendMessage(
        peer=input_peer(bob, news), message="x", random_id=1
    )) == "CHAT_ADMIN_REQUIRED"  # fmt: skip
    hidden = api.InputUserFromMessage(
        peer=input_peer(bob, news), msg_id=post.id, user_id=ada.user_id
    )
    assert await bob.call(api.users.GetUsers(id=[hidden])) == [api.UserEmpty(id=ada.user_id)]


async def test_edits_pins_and_deletions(world: World) -> None:
    ada, bob = await people(world, "Ada", "Bob")
    town = await supergroup(ada, bob)
    mine = await said(bob, input_peer(bob, town), "helo")
    forget_pushes(ada, bob)
    await bob.call(
        api.messages.EditMessage(peer=input_peer(bob, town), id=mine.id, message="hello")
    )
    (edit,) = ada.updates(api.UpdateEditChannelMessage)
    assert edit.message.message == "hello"
    pin = api.messages.UpdatePinnedMessage(peer=input_peer(ada, town), id=mine.id)
    await ada.call(pin)
    (pinned,) = bob.updates(api.UpdatePinnedChannelMessages)
    assert (pinned.channel_id, pinned.messages, pinned.pinned) == (town, [mine.id], True)
    assert (await full(bob, town)).pinned_msg_id == mine.id
    assert (await texts(bob, input_peer(bob, town)))[-1] == "PinMessage"
    foreign = await said(ada, input_peer(ada, town), "mine alone")
    delete = api.channels.DeleteMessages(channel=input_channel(bob, town), id=[foreign.id])
    assert await refused(bob, delete) == "MESSAGE_DELETE_FORBIDDEN"
    gone = await bob.call(
        api.channels.DeleteMessages(channel=input_channel(bob, town), id=[mine.id])
    )
    (told,) = ada.updates(api.UpdateDeleteChannelMessages)
    assert (told.messages, told.pts) == ([mine.id], gone.pts)
    empty = await ada.call(api.channels.GetMessages(
        channel=input_channel(ada, town), id=[api.InputMessageID(id=mine.id)]
    ))  # fmt: skip
    assert empty.messages == [api.MessageEmpty(id=mine.id)] and empty.pts == gone.pts


async def test_reading(world: World) -> None:
    ada, bob = await people(world, "Ada", "Bob")
    town = await supergroup(ada, bob)
    tablet = await world.sign_in(bob.phone)
    posts = [await said(ada, input_peer(ada, town), str(n)) for n in range(3)]
    await say(bob, input_peer(bob, town), "my own is not unread")
    seen = await full(bob, town)
    assert seen.unread_count == 4, "the three and that bob was added"
    forget_pushes(ada, tablet)
    read = api.channels.ReadHistory(channel=input_channel(bob, town), max_id=posts[1].id)
    assert await bob.call(read) is True
    (told,) = tablet.updates(api.UpdateReadChannelInbox)
    assert (told.channel_id, told.max_id, told.still_unread_count) == (town, posts[1].id, 1)
    (out,) = ada.updates(api.UpdateReadChannelOutbox)
    assert (out.channel_id, out.max_id) == (town, posts[1].id)
    assert (await full(ada, town)).read_outbox_max_id == posts[1].id
    await bob.call(read)
    assert len(ada.updates(api.UpdateReadChannelOutbox)) == 1


async def test_strangers_see_public_channels_only(world: World) -> None:
    ada, bob = await people(world, "Ada", "Bob")
    town = await supergroup(ada)
    await say(ada, input_peer(ada, town), "secret")
    to = input_channel(bob, town)
    for q in (
        api.channels.GetFullChannel(channel=to),
        api.channels.JoinChannel(channel=to),
        api.messages.GetHistory(
            peer=input_peer(bob, town), offset_id=0, offset_date=0, add_offset=0, limit=1,
            max_id=0, min_id=0, hash=0,
        ),
        api.channels.GetMessages(channel=to, id=[api.InputMessageID(id=1)]),
        api.channels.GetParticipants(
            channel=to, filter=api.ChannelParticipantsRecent(), offset=0, limit=9, hash=0
        ),
    ):  # fmt: skip
        assert await refused(bob, q) == "CHANNEL_PRIVATE"
    (shown,) = (await bob.call(api.channels.GetChannels(id=[to]))).chats
    assert type(shown) is api.ChannelForbidden and shown.title == "Town"
    wrong = api.InputChannel(channel_id=town, access_hash=5)
    assert await refused(bob, api.channels.GetFullChannel(channel=wrong)) == "CHANNEL_INVALID"
    await publish(world, town, "TownSquare")
    assert "secret" in await texts(bob, input_peer(bob, town))
    assert await refused(bob, api.messages.SendMessage(
        peer=input_peer(bob, town), message="x", random_id=1
    )) == "CHAT_WRITE_FORBIDDEN"  # fmt: skip
    joined = await bob.call(api.channels.JoinChannel(channel=to))
    (seen,) = joined.updates.chats
    assert (seen.username, seen.left, seen.participants_count) == ("TownSquare", False, 2)
    forget_pushes(ada, bob)
    await say(ada, input_peer(ada, town), "welcome")
    assert len(bob.updates(api.UpdateNewChannelMessage)) == 1
    assert await refused(bob, api.channels.JoinChannel(channel=to)) == "USER_ALREADY_PARTICIPANT"


async def test_leaving(world: World) -> None:
    ada, bob = await people(world, "Ada", "Bob")
    town = await supergroup(ada, bob)
    leave = api.channels.LeaveChannel(channel=input_channel(ada, town))
    assert await refused(ada, leave) == "USER_CREATOR"
    left = await bob.call(api.channels.LeaveChannel(channel=input_channel(bob, town)))
    assert type(left.chats[0]) is api.ChannelForbidden
    forget_pushes(ada, bob)
    await say(ada, input_peer(ada, town), "behind your back")
    assert bob.updates() == []
    dialogs = await bob.call(api.messages.GetDialogs(
        offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=10, hash=0
    ))  # fmt: skip
    assert api.PeerChannel(channel_id=town) not in [one.peer for one in dialogs.dialogs]
    assert (await texts(ada, input_peer(ada, town)))[-2] == "ChatDeleteUser"


async def test_outcomes_of_the_difference(world: World) -> None:
    ada, bob = await people(world, "Ada", "Bob")
    town = await supergroup(ada, bob)
    start = (await full(bob, town)).pts
    now = await difference(bob, town, start)
    assert (type(now), now.pts, now.final) == (api.updates.ChannelDifferenceEmpty, start, True)
    assert now.timeout
    posts = [await said(ada, input_peer(ada, town), str(n)) for n in range(5)]
    await ada.call(api.channels.DeleteMessages(
        channel=input_channel(ada, town), id=[posts[0].id, posts[1].id]
    ))  # fmt: skip
    part = await difference(bob, town, start, limit=3)
    assert not part.final and [m.message for m in part.new_messages] == ["2"]
    assert part.timeout is None  # TDLib writes an ERROR line for one before the end
    rest = await difference(bob, town, part.pts)
    assert rest.final and [m.message for m in rest.new_messages] == ["3", "4"] and rest.timeout
    (deleted,) = rest.other_updates
    assert deleted.messages == [posts[0].id, posts[1].id]
    assert rest.pts == (await full(bob, town)).pts == start + 7
    for pts, fault in ((0, "PERSISTENT_TIMESTAMP_EMPTY"), (-1, "PERSISTENT_TIMESTAMP_INVALID")):
        with pytest.raises(Exception, match=fault):
            await difference(bob, town, pts)
    ahead = await difference(bob, town, start + 1000)
    assert type(ahead) is api.updates.ChannelDifferenceTooLong
    assert ahead.dialog.pts == rest.pts and ahead.dialog.top_message == posts[4].id
    assert [m.id for m in ahead.messages][:3] == [posts[4].id, posts[3].id, posts[2].id]


async def test_a_pruned_log_starts_the_channel_anew(world: World) -> None:
    ada, bob = await people(world, "Ada", "Bob")
    town = await supergroup(ada, bob)
    start = (await full(bob, town)).pts
    await say(ada, input_peer(ada, town), "long ago")
    world.clock.advance((world.app.config.event_log_days + 1) * 86400)
    await retention.prune(world.app)
    assert type(await difference(bob, town, start)) is api.updates.ChannelDifferenceTooLong


async def test_a_device_that_was_away_learns_which_channels_changed(world: World) -> None:
    ada, bob = await people(world, "Ada", "Bob")
    town, quiet = await supergroup(ada, bob), await supergroup(ada, bob, title="Quiet")
    world.clock.advance(10)
    before = await bob.call(api.updates.GetState())
    bob.disconnect()
    world.clock.advance(10)
    await say(ada, input_peer(ada, town), "while away")
    world.links.add(bob.link)
    found = await bob.call(api.updates.GetDifference(pts=before.pts, date=before.date, qts=0))
    changed = [u.channel_id for u in found.other_updates if type(u) is api.UpdateChannelTooLong]
    assert changed == [town] and quiet not in changed
    assert town in {one.id for one in found.chats}


async def test_many_sessions_share_one_rendering(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, bob, eve = await people(world, "Ada", "Bob", "Eve")
    town = await supergroup(ada, bob, eve)
    other = await world.sign_in(ada.phone)
    forget_pushes(bob, eve, other)
    monkeypatch.setattr(fanout, "FULL_SESSIONS", 1)
    await say(ada, input_peer(ada, town), "hello")
    for client in (bob, eve):
        (heard,) = client.updates(api.UpdateNewChannelMessage)
        assert not heard.message.out
        container = client.pushed[-1]
        assert all(one.min for one in container.users) and container.chats[0].min
    (own,) = other.updates(api.UpdateNewChannelMessage)
    assert own.message.out and not other.pushed[-1].chats[0].min


@pytest.mark.parametrize("sessions", [50, 0])
async def test_newcomers_hear_nothing_of_a_hidden_past(
    world: World, monkeypatch: pytest.MonkeyPatch, sessions: int
) -> None:
    ada, bob, eve = await people(world, "Ada", "Bob", "Eve")
    town = await supergroup(ada, bob)
    hide = api.channels.TogglePreHistoryHidden(channel=input_channel(ada, town), enabled=True)
    await ada.call(hide)
    old = await said(ada, input_peer(ada, town), "old")
    start = (await full(bob, town)).pts
    await ada.call(
        api.channels.InviteToChannel(channel=input_channel(ada, town), users=[await user(ada, eve)])
    )
    monkeypatch.setattr(fanout, "FULL_SESSIONS", sessions)
    forget_pushes(bob, eve)
    await ada.call(api.messages.EditMessage(peer=input_peer(ada, town), id=old.id, message="older"))
    assert len(bob.updates(api.UpdateEditChannelMessage)) == 1
    assert eve.updates(api.UpdateEditChannelMessage) == []
    assert await texts(eve, input_peer(eve, town)) == ["ChatAddUser"]
    found = await difference(eve, town, start - 1)
    assert [type(one) for one in found.new_messages] == [api.MessageService]
    assert found.other_updates == []
    got = await eve.call(api.channels.GetMessages(
        channel=input_channel(eve, town), id=[api.InputMessageID(id=old.id)]
    ))  # fmt: skip
    assert got.messages == [api.MessageEmpty(id=old.id)]


async def test_typing_is_heard_by_the_others(world: World) -> None:
    ada, bob = await people(world, "Ada", "Bob")
    town = await supergroup(ada, bob)
    tablet = await world.sign_in(ada.phone)
    forget_pushes(bob, tablet)
    await ada.call(api.messages.SetTyping(
        peer=input_peer(ada, town), action=api.SendMessageTypingAction()
    ))  # fmt: skip
    (heard,) = bob.updates(api.UpdateChannelUserTyping)
    assert (heard.channel_id, heard.from_id) == (town, api.PeerUser(user_id=ada.user_id))
    assert tablet.updates(api.UpdateChannelUserTyping) == []


async def test_posts_are_forwarded_under_the_name_of_the_channel(world: World) -> None:
    ada, bob = await people(world, "Ada", "Bob")
    news, town = await channel(ada, bob), await supergroup(ada, bob)
    post = await said(ada, input_peer(ada, news), "headline")
    answer = await bob.call(api.messages.ForwardMessages(
        from_peer=input_peer(bob, news), to_peer=input_peer(bob, town), id=[post.id],
        random_id=[71],
    ))  # fmt: skip
    (moved,) = [u.message for u in answer.updates if type(u) is api.UpdateNewChannelMessage]
    assert moved.fwd_from.from_id == api.PeerChannel(channel_id=news)
    assert moved.fwd_from.channel_post == post.id
    assert {one.id for one in answer.chats} == {news, town}


async def test_titles_and_default_rights(world: World) -> None:
    ada, bob = await people(world, "Ada", "Bob")
    town = await supergroup(ada, bob)
    forget_pushes(bob)
    await ada.call(api.channels.EditTitle(channel=input_channel(ada, town), title="City"))
    (heard,) = bob.updates(api.UpdateNewChannelMessage)
    assert heard.message.action == api.MessageActionChatEditTitle(title="City")
    assert bob.pushed[-1].chats[0].title == "City"
    no_text = api.ChatBannedRights(until_date=0, send_plain=True, change_info=True)
    await ada.call(api.messages.EditChatDefaultBannedRights(
        peer=input_peer(ada, town), banned_rights=no_text
    ))  # fmt: skip
    assert len(bob.updates(api.UpdateChatDefaultBannedRights)) == 1
    assert await refused(bob, api.messages.SendMessage(
        peer=input_peer(bob, town), message="x", random_id=1
    )) == "CHAT_SEND_PLAIN_FORBIDDEN"  # fmt: skip
    edit = api.channels.EditTitle(channel=input_channel(bob, town), title="Mine")
    assert await refused(bob, edit) == "CHAT_ADMIN_REQUIRED"
    await ada.call(api.messages.EditChatAbout(peer=input_peer(ada, town), about="new"))
    assert bob.updates(api.UpdateChannel)[-1].channel_id == town


async def test_a_deleted_channel_is_gone_for_all_and_loses_its_posts(world: World) -> None:
    ada, bob = await people(world, "Ada", "Bob")
    news = await channel(ada, bob)
    await say(ada, input_peer(ada, news), "last words")
    delete = api.channels.DeleteChannel(channel=input_channel(bob, news))
    assert await refused(bob, delete) == "CHAT_ADMIN_REQUIRED"
    forget_pushes(bob)
    await ada.call(api.channels.DeleteChannel(channel=input_channel(ada, news)))
    (told,) = bob.updates(api.UpdateChannel)
    assert told.channel_id == news and type(bob.pushed[-1].chats[0]) is api.ChannelForbidden
    again = api.channels.GetFullChannel(channel=input_channel(bob, news))
    assert await refused(bob, again) == "CHANNEL_PRIVATE"
    await jobs.KINDS["chats.empty"].handler(world.app, EmptyChat(chat=ids.peer_of_channel(news)))
    await jobs.KINDS["messages.erase"].handler(world.app, NoData())


async def test_history_pages_in_a_channel(world: World) -> None:
    ada, bob = await people(world, "Ada", "Bob")
    news = await channel(ada, bob)
    posts = [await said(ada, input_peer(ada, news), str(n)) for n in range(7)]
    page = await history(bob, input_peer(bob, news), offset_id=posts[5].id, limit=2)
    assert type(page) is api.messages.ChannelMessages
    assert [m.message for m in page.messages] == ["4", "3"] and page.count == 8


async def test_members_are_added_by_those_who_may(world: World) -> None:
    ada, bob, eve = await people(world, "Ada", "Bob", "Eve")
    town = await supergroup(ada, bob)
    add = api.channels.InviteToChannel(
        channel=input_channel(bob, town), users=[await user(bob, eve)]
    )
    await bob.call(add)
    assert (await full(eve, town)).participants_count == 3
    news = await channel(ada, bob)
    add.channel = input_channel(bob, news)
    assert await refused(bob, add) == "CHAT_ADMIN_REQUIRED"
