"""Comments: posts copied into the linked group, answered there, counted and read."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.domain.messaging.discussions import copies
from petitbleu.ids import peer_of_channel
from petitbleu.tl import api
from tests.domain.files.media.shots import picture, upload
from tests.kit import groups as chats
from tests.kit.world import Client, RpcFault, World

PAGE = {"offset_id": 0, "offset_date": 0, "add_offset": 0, "limit": 20, "max_id": 0, "min_id": 0}


class Linked:
    """A channel with its discussion group; Bob reads the channel and is not in the group."""

    def __init__(self, ada: Client, bob: Client, channel: Any, group: Any, seen: Any) -> None:
        self.ada, self.bob = ada, bob
        self.channel, self.group = channel, group
        self.seen = seen
        """The channel as Bob has it."""

    async def discussion(self, client: Client, chat: Any, post: int) -> Any:
        return await client.call(
            api.messages.GetDiscussionMessage(peer=chats.peer(chat), msg_id=post)
        )

    async def post(self, client: Client, chat: Any, post: int) -> Any:
        found = await client.call(
            api.channels.GetMessages(channel=chats.of(chat), id=[api.InputMessageID(id=post)])
        )
        return found.messages[0]

    async def comment(self, client: Client, chat: Any, post: int, text: str) -> tuple[Any, Any]:
        """Comment on a post: the group as the client has it, and the comment."""
        found = await self.discussion(client, chat, post)
        root = found.messages[0]
        group = next(one for one in found.chats if one.id == root.peer_id.channel_id)
        return group, await chats.say(client, group, text, reply=root.id)


async def _linked(world: World) -> Linked:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    channel = await chats.channel(ada, "News")
    group = await chats.channel(ada, "Talk", group=True)
    assert await ada.call(
        api.channels.SetDiscussionGroup(broadcast=chats.of(channel), group=chats.of(group))
    )
    (seen,) = await chats.come(ada, channel, bob)
    return Linked(ada, bob, channel, group, seen)


async def test_a_post_appears_in_the_group_and_is_answered_there(world: World) -> None:
    at = await _linked(world)
    said = await chats.say(at.ada, at.channel, "Big news")
    (pushed,) = at.bob.updates(api.UpdateNewChannelMessage)
    assert pushed.message.replies.comments and pushed.message.replies.replies == 0
    found = await at.discussion(at.bob, at.seen, said.id)
    (root,) = found.messages
    assert (root.message, root.pinned, root.out) == ("Big news", True, False)
    assert root.from_id.channel_id == root.fwd_from.from_id.channel_id == at.channel.id
    assert root.fwd_from.channel_post == root.fwd_from.saved_from_msg_id == said.id
    assert found.unread_count == 0
    group, comment = await at.comment(at.bob, at.seen, said.id, "Really?")
    assert group.id == at.group.id and group.left
    assert comment.reply_to.reply_to_msg_id == root.id
    replies = (await at.post(at.ada, at.channel, said.id)).replies
    assert (replies.replies, replies.channel_id, replies.max_id) == (1, at.group.id, comment.id)
    assert [one.user_id for one in replies.recent_repliers] == [at.bob.user_id]
    page = await at.ada.call(
        api.messages.GetReplies(peer=chats.peer(at.channel), msg_id=said.id, hash=0, **PAGE)
    )
    assert [one.message for one in page.messages] == ["Really?"]
    assert {chat.id for chat in page.chats} >= {at.group.id}


async def _album(at: Linked, count: int) -> list[int]:
    """An album of photos in the channel: its posts."""
    singles = []
    for number in range(count):
        file = await upload(at.ada, picture(40, 40))
        made = await at.ada.call(
            api.messages.UploadMedia(
                peer=chats.peer(at.channel), media=api.InputMediaUploadedPhoto(file=file)
            )
        )
        photo = api.InputPhoto(
            id=made.photo.id,
            access_hash=made.photo.access_hash,
            file_reference=made.photo.file_reference,
        )
        singles.append(
            api.InputSingleMedia(
                media=api.InputMediaPhoto(id=photo), random_id=900 + number, message=""
            )
        )
    peer = chats.peer(at.channel)
    answer = await at.ada.call(api.messages.SendMultiMedia(peer=peer, multi_media=singles))
    return [one.id for one in answer.updates if type(one) is api.UpdateMessageID]


async def test_an_album_has_one_thread_on_its_first_post(world: World) -> None:
    at = await _linked(world)
    posts = await _album(at, 3)
    group, comment = await at.comment(at.bob, at.seen, posts[2], "Lovely")
    found = [await at.discussion(at.bob, at.seen, post) for post in posts]
    copied = [one.id for one in found[0].messages]
    assert copied == sorted(copied, reverse=True) and len(copied) == 3
    assert len({one.grouped_id for one in found[0].messages}) == 1
    assert [[one.id for one in each.messages] for each in found] == [copied] * 3
    assert [each.max_id for each in found] == [comment.id] * 3
    answer = await chats.say(at.bob, group, "All of them", reply=copied[0])
    assert answer.reply_to.reply_to_top_id == copied[-1]
    first, *others = [(await at.post(at.ada, at.channel, post)).replies for post in posts]
    assert (first.replies, first.max_id) == (2, answer.id)
    assert others == [None, None]
    for post in posts:
        page = await at.ada.call(
            api.messages.GetReplies(peer=chats.peer(at.channel), msg_id=post, hash=0, **PAGE)
        )
        assert [one.message for one in page.messages] == ["All of them", "Lovely"]


async def test_answers_are_read_and_their_authors_told(world: World) -> None:
    at = await _linked(world)
    said = await chats.say(at.ada, at.channel, "Big news")
    _, comment = await at.comment(at.bob, at.seen, said.id, "First")
    phone = await world.sign_in(at.ada.phone)
    found = await at.discussion(at.ada, at.channel, said.id)
    assert (found.unread_count, found.max_id, found.read_inbox_max_id) == (1, comment.id, None)
    at.bob.pushed.clear()
    read = api.messages.ReadDiscussion(
        peer=chats.peer(at.channel), msg_id=said.id, read_max_id=comment.id
    )
    assert await at.ada.call(read)
    (mine,) = phone.updates(api.UpdateReadChannelDiscussionInbox)
    assert (mine.broadcast_id, mine.broadcast_post) == (at.channel.id, said.id)
    assert (mine.channel_id, mine.read_max_id) == (at.group.id, comment.id)
    (theirs,) = at.bob.updates(api.UpdateReadChannelDiscussionOutbox)
    assert (theirs.top_msg_id, theirs.read_max_id) == (found.messages[0].id, comment.id)
    found = await at.discussion(at.ada, at.channel, said.id)
    assert (found.unread_count, found.read_inbox_max_id) == (0, comment.id)


async def test_a_deleted_comment_is_not_counted(world: World) -> None:
    at = await _linked(world)
    said = await chats.say(at.ada, at.channel, "Big news")
    _, first = await at.comment(at.ada, at.channel, said.id, "One")
    _, second = await at.comment(at.bob, at.seen, said.id, "Two")
    await at.ada.call(api.channels.DeleteMessages(channel=chats.of(at.group), id=[second.id]))
    replies = (await at.post(at.bob, at.seen, said.id)).replies
    assert (replies.replies, replies.max_id) == (1, first.id)
    assert [one.user_id for one in replies.recent_repliers] == [at.ada.user_id]


async def test_an_edited_post_is_edited_in_the_group(world: World) -> None:
    at = await _linked(world)
    said = await chats.say(at.ada, at.channel, "Bg news")
    await at.ada.call(
        api.messages.EditMessage(peer=chats.peer(at.channel), id=said.id, message="Big news")
    )
    at.ada.pushed.clear()
    await copies.follow(world.app, peer_of_channel(at.channel.id), said.id)
    await world.settle()
    (edited,) = at.ada.updates(api.UpdateEditChannelMessage)
    assert (edited.message.message, edited.message.peer_id.channel_id) == ("Big news", at.group.id)


async def test_a_copy_that_was_missed_is_made_when_somebody_asks(world: World) -> None:
    at = await _linked(world)
    copied = world.app.spawn
    world.app.spawn = lambda work: work.close()  # the process ends before the copy is made
    said = await chats.say(at.ada, at.channel, "Big news")
    world.app.spawn = copied
    first = await at.discussion(at.bob, at.seen, said.id)
    again = await at.discussion(at.ada, at.channel, said.id)
    assert first.messages[0].id == again.messages[0].id


async def test_missed_copies_are_made_up_for(world: World) -> None:
    at = await _linked(world)
    copied = world.app.spawn
    world.app.spawn = lambda work: work.close()
    said = [await chats.say(at.ada, at.channel, text) for text in ("One", "Two")]
    world.app.spawn = copied
    assert await copies.catch_up(world.app) == 2
    assert await copies.catch_up(world.app) == 0
    root = (await at.discussion(at.bob, at.seen, said[1].id)).messages[0]
    assert root.fwd_from.channel_post == said[1].id


async def test_older_posts_and_unlinked_channels_have_no_comments(world: World) -> None:
    ada = await world.sign_up("Ada")
    channel, group = await chats.channel(ada), await chats.channel(ada, group=True)
    old = await chats.say(ada, channel, "Old")
    both = {"broadcast": chats.of(channel), "group": chats.of(group)}
    await ada.call(api.channels.SetDiscussionGroup(**both))
    with pytest.raises(RpcFault, match="MSG_ID_INVALID"):
        await ada.call(api.messages.GetDiscussionMessage(peer=chats.peer(channel), msg_id=old.id))
    new = await chats.say(ada, channel, "New")
    with pytest.raises(RpcFault, match="LINK_NOT_MODIFIED"):
        await ada.call(api.channels.SetDiscussionGroup(**both))
    await ada.call(
        api.channels.SetDiscussionGroup(broadcast=chats.of(channel), group=api.InputChannelEmpty())
    )
    found = await ada.call(
        api.channels.GetMessages(
            channel=chats.of(channel), id=[api.InputMessageID(id=one) for one in (old.id, new.id)]
        )
    )
    assert [one.replies for one in found.messages] == [None, None]
    log = await ada.call(
        api.channels.GetAdminLog(channel=chats.of(channel), q="", max_id=0, min_id=0, limit=2)
    )
    changed = [(event.action.prev_value, event.action.new_value) for event in log.events]
    assert changed == [(group.id, 0), (0, group.id)]


async def test_who_may_link_what(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    channel, group = await chats.channel(ada), await chats.channel(ada, group=True)
    (seen,) = await chats.come(ada, group, bob)
    own = await chats.channel(bob)
    with pytest.raises(RpcFault, match="CHAT_ADMIN_REQUIRED"):
        await bob.call(
            api.channels.SetDiscussionGroup(broadcast=chats.of(own), group=chats.of(seen))
        )
    with pytest.raises(RpcFault, match="MEGAGROUP_ID_INVALID"):
        await ada.call(
            api.channels.SetDiscussionGroup(broadcast=chats.of(channel), group=chats.of(channel))
        )
    with pytest.raises(RpcFault, match="BROADCAST_ID_INVALID"):
        await ada.call(
            api.channels.SetDiscussionGroup(broadcast=chats.of(group), group=chats.of(group))
        )
    basic = await chats.basic_group(ada, bob)
    found = await ada.call(api.channels.GetGroupsForDiscussion())
    assert {one.id for one in found.chats} == {group.id, basic.id}
    await ada.call(api.channels.TogglePreHistoryHidden(channel=chats.of(group), enabled=True))
    with pytest.raises(RpcFault, match="MEGAGROUP_PREHISTORY_HIDDEN"):
        await ada.call(
            api.channels.SetDiscussionGroup(broadcast=chats.of(channel), group=chats.of(group))
        )


async def test_a_thread_of_a_group_is_counted_and_paged(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    group = await chats.channel(ada, group=True)
    (seen,) = await chats.come(ada, group, bob)
    root = await chats.say(ada, group, "Question")
    first = await chats.say(bob, seen, "Answer", reply=root.id)
    second = await chats.say(ada, group, "Thanks", reply=first.id)
    assert second.reply_to.reply_to_top_id == root.id
    history = await bob.call(api.messages.GetHistory(peer=chats.peer(seen), hash=0, **PAGE))
    counted = {one.id: one.replies for one in history.messages if type(one) is api.Message}
    assert (counted[root.id].replies, counted[root.id].comments) == (2, False)
    assert counted[first.id] is None and counted[second.id] is None
    asked = {"peer": chats.peer(seen), "msg_id": root.id, "hash": 0}
    newest = await bob.call(api.messages.GetReplies(**asked, **PAGE | {"limit": 1}))
    assert [one.id for one in newest.messages] == [second.id] and newest.count == 2
    older = await bob.call(api.messages.GetReplies(**asked, **PAGE | {"offset_id": second.id}))
    assert [one.id for one in older.messages] == [first.id]
    around = await bob.call(
        api.messages.GetReplies(**asked, **PAGE | {"offset_id": first.id, "add_offset": -2})
    )
    assert [one.id for one in around.messages] == [second.id, first.id]
    with pytest.raises(RpcFault, match="MSG_ID_INVALID"):
        await bob.call(api.messages.GetReplies(**asked | {"msg_id": 999}, **PAGE))


async def test_a_copied_post_says_that_it_has_a_thread_before_anybody_answers(
    world: World,
) -> None:
    """TDLib opens no thread whose root says nothing of answers; other messages say nothing."""
    at = await _linked(world)
    said = await chats.say(at.ada, at.channel, "Big news")
    (root,) = (await at.discussion(at.bob, at.seen, said.id)).messages
    assert (root.replies.replies, root.replies.comments) == (0, False)
    plain = await chats.say(at.ada, at.group, "Hello")
    assert (await at.post(at.ada, at.group, plain.id)).replies is None
    await at.comment(at.bob, at.seen, said.id, "Bravo")
    (root,) = (await at.discussion(at.bob, at.seen, said.id)).messages
    assert root.replies.replies == 1
