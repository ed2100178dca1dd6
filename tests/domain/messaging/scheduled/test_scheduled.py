"""Scheduled messages: kept, shown, changed, and said once."""

from __future__ import annotations

import itertools
from typing import Any

from petitbleu.app import Actor
from petitbleu.domain.messaging.scheduled import approving, jobs, queries, service
from petitbleu.run.jobs import JobRunner
from petitbleu.tl import api
from tests.kit import chats
from tests.kit.talk import fault, history, say
from tests.kit.world import Client, World

_random = itertools.count(3_000_000)


async def later(client: Client, peer: Any, text: str, at: int, **more: Any) -> Any:
    q = api.messages.SendMessage(
        peer=peer, message=text, schedule_date=at,
        **({"random_id": next(_random)} | more),
    )  # fmt: skip
    return await client.call(q)


def kept(made: Any) -> Any:
    """The message that an answer brings, which it names by the caller's random id too."""
    named, update = made.updates
    assert type(update) is api.UpdateNewScheduledMessage
    assert (type(named), named.id) == (api.UpdateMessageID, update.message.id)
    return update.message


def changed(made: Any) -> Any:
    """The message that the answer of a change brings."""
    (update,) = made.updates
    assert type(update) is api.UpdateNewScheduledMessage
    return update.message


async def waiting(client: Client, peer: Any) -> list[Any]:
    page = await client.call(api.messages.GetScheduledHistory(peer=peer, hash=0))
    return list(page.messages)


def hours(world: World, count: float) -> int:
    return int(world.clock.now() + count * 3600)


async def test_a_message_waits_and_is_said_at_its_time(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    other = await world.sign_in(ada.phone)
    to_bob, to_ada = await ada.peer(bob), await bob.peer(ada)
    first = await say(ada, to_bob, "before")
    at = hours(world, 1)
    message = kept(
        await later(
            ada, to_bob, "**later**", at, silent=True,
            entities=[api.MessageEntityBold(offset=2, length=5)],
            reply_to=api.InputReplyToMessage(reply_to_msg_id=first),
        )
    )  # fmt: skip
    assert (message.date, message.from_scheduled, message.out) == (at, True, True)
    (told,) = other.updates(api.UpdateNewScheduledMessage)
    assert told.message.message == "**later**"
    assert [one.id for one in await waiting(ada, to_bob)] == [message.id]
    assert await waiting(bob, to_ada) == []
    assert len(await history(bob, to_ada)) == 1
    runner = JobRunner(world.app)
    await runner.run_due()
    assert len(await history(bob, to_ada)) == 1
    world.clock.advance(3601)
    bob.pushed.clear()
    await runner.run_due()
    await world.settle()
    (update,) = bob.updates(api.UpdateNewMessage)
    said = update.message
    assert (said.message, said.silent, said.from_scheduled) == ("**later**", True, True)
    assert said.date == int(world.clock.now()) and said.reply_to.reply_to_msg_id
    (gone,) = other.updates(api.UpdateDeleteScheduledMessages)
    assert gone.messages == [message.id]
    assert gone.sent_messages == [(await history(ada, to_bob))[0].id]
    assert await waiting(ada, to_bob) == []


async def test_a_crash_between_saying_and_forgetting_says_it_once(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob, to_ada = await ada.peer(bob), await bob.peer(ada)
    message = kept(await later(ada, to_bob, "once", hours(world, 1)))
    world.clock.advance(3601)
    row = (await world.app.store.rows(queries.OF_CHAT, owner=ada.user_id, peer=bob.user_id))[0]
    await service._say(world.app, row, Actor(ada.user_id))  # and then the power fails
    data = approving.SendScheduled(owner=ada.user_id, id=message.id)
    world.clock.advance(60)
    assert await jobs.send(world.app, data) is None
    assert await jobs.send(world.app, data) is None
    await world.settle()
    assert [one.message for one in await history(bob, to_ada)] == ["once"]
    assert await waiting(ada, to_bob) == []


async def test_times_that_cannot_be(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob = await ada.peer(bob)
    assert await fault(later(ada, to_bob, "x", hours(world, 24 * 400))) == "SCHEDULE_DATE_TOO_LATE"
    await bob.call(
        api.account.SetPrivacy(
            key=api.InputPrivacyKeyStatusTimestamp(), rules=[api.InputPrivacyValueDisallowAll()]
        )
    )
    refused = await fault(later(ada, to_bob, "x", service.ONLINE))
    assert refused == "SCHEDULE_STATUS_PRIVATE"
    made = await later(ada, to_bob, "at once", hours(world, -1))
    assert type(made) is api.UpdateShortSentMessage
    for n in range(service.MAX_PER_CHAT):
        await later(ada, to_bob, str(n), hours(world, 1))
    assert await fault(later(ada, to_bob, "x", hours(world, 1))) == "SCHEDULE_TOO_MUCH"


async def test_a_repeated_call_keeps_one_message(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob = await ada.peer(bob)
    one = kept(await later(ada, to_bob, "same", hours(world, 1), random_id=7))
    two = kept(await later(ada, to_bob, "same", hours(world, 1), random_id=7))
    assert one.id == two.id and len(await waiting(ada, to_bob)) == 1
    await ada.call(api.messages.SendScheduledMessages(peer=to_bob, id=[one.id]))
    refused = await fault(later(ada, to_bob, "same", hours(world, 1), random_id=7))
    assert refused == "RANDOM_ID_DUPLICATE"


async def test_when_they_come_online(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob, to_ada = await ada.peer(bob), await bob.peer(ada)
    await bob.call(api.account.UpdateStatus(offline=True))
    message = kept(await later(ada, to_bob, "welcome back", service.ONLINE))
    assert message.date == service.ONLINE
    world.clock.advance(3600)
    await JobRunner(world.app).run_due()
    assert await history(bob, to_ada) == []
    await bob.call(api.account.UpdateStatus(offline=False))
    await world.settle()
    assert [one.message for one in await history(bob, to_ada)] == ["welcome back"]
    made = await later(ada, to_bob, "you are here", service.ONLINE)
    assert type(made) is api.UpdateShortSentMessage


async def test_changed_sent_at_once_or_thrown_away(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob, to_ada = await ada.peer(bob), await bob.peer(ada)
    ids = [kept(await later(ada, to_bob, text, hours(world, 1))).id for text in ("a", "b", "c")]
    edited = changed(
        await ada.call(
            api.messages.EditMessage(
                peer=to_bob, id=ids[0], message="A", schedule_date=hours(world, 2)
            )
        )
    )
    assert (edited.message, edited.date) == ("A", hours(world, 2))
    assert edited.edit_date == int(world.clock.now())
    page = await ada.call(api.messages.GetScheduledMessages(peer=to_bob, id=[ids[0], 99]))
    assert [one.message for one in page.messages] == ["A"]
    past = api.messages.EditMessage(peer=to_bob, id=ids[0], message="B", schedule_date=5)
    assert await fault(ada.call(past)) == "SCHEDULE_DATE_INVALID"
    gone = api.messages.EditMessage(peer=to_bob, id=99, message="B", schedule_date=hours(world, 1))
    assert await fault(ada.call(gone)) == "MESSAGE_ID_INVALID"
    made = await ada.call(api.messages.SendScheduledMessages(peer=to_bob, id=[ids[1]]))
    kinds = {type(one) for one in made.updates}
    assert kinds == {api.UpdateNewMessage, api.UpdateDeleteScheduledMessages}
    assert [one.message for one in await history(bob, to_ada)] == ["b"]
    again = api.messages.SendScheduledMessages(peer=to_bob, id=[ids[1]])
    assert await fault(ada.call(again)) == "MESSAGE_ID_INVALID"
    made = await ada.call(api.messages.DeleteScheduledMessages(peer=to_bob, id=[ids[2], 99]))
    (update,) = made.updates
    assert update.messages == [ids[2]] and not update.sent_messages
    assert [one.id for one in await waiting(ada, to_bob)] == [ids[0]]


async def test_the_admins_of_a_channel_share_what_waits(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    news = await chats.channel(ada, bob)
    to_ada, to_bob = chats.input_peer(ada, news), chats.input_peer(bob, news)
    message = kept(await later(ada, to_ada, "soon", hours(world, 1)))
    assert message.post and message.from_id is None
    assert await fault(waiting(bob, to_bob)) == "CHAT_ADMIN_REQUIRED"
    assert await fault(later(bob, to_bob, "no", hours(world, 1))) == "CHAT_ADMIN_REQUIRED"
    deleting = bob.call(api.messages.DeleteScheduledMessages(peer=to_bob, id=[message.id]))
    assert await fault(deleting) == "MESSAGE_DELETE_FORBIDDEN"
    world.clock.advance(3601)
    await JobRunner(world.app).run_due()
    await world.settle()
    assert (await history(bob, to_bob))[0].message == "soon"


async def test_forwards_wait_too_and_who_left_says_nothing(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    group = api.InputPeerChat(chat_id=await chats.group(ada, bob))
    note = await say(bob, api.InputPeerSelf(), "a note")
    made = await bob.call(
        api.messages.ForwardMessages(
            from_peer=api.InputPeerSelf(), id=[note], random_id=[9], to_peer=group,
            schedule_date=hours(world, 1),
        )
    )  # fmt: skip
    assert kept(made).fwd_from.from_id.user_id == bob.user_id
    await bob.call(api.messages.DeleteChatUser(chat_id=group.chat_id, user_id=api.InputUserSelf()))
    world.clock.advance(3601)
    await JobRunner(world.app).run_due()
    await world.settle()
    texts = [getattr(one, "message", "") for one in await history(ada, group)]
    assert "a note" not in texts
    left = await world.app.store.rows(queries.OF_CHAT, owner=bob.user_id, peer=-group.chat_id)
    assert left == []


async def test_a_chat_says_whether_anything_waits_in_it(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob = await ada.peer(bob)
    group = await chats.group(ada, bob)
    town, news = await chats.supergroup(ada, bob), await chats.channel(ada, bob)

    async def marks(viewer: Client, other: Any) -> list[bool]:
        person = await viewer.call(api.users.GetFullUser(id=other))
        basic = await viewer.call(api.messages.GetFullChat(chat_id=group))
        found = [person.full_user.has_scheduled, basic.full_chat.has_scheduled]
        for one in (town, news):
            to = chats.input_channel(viewer, one)
            full = await viewer.call(api.channels.GetFullChannel(channel=to))
            found.append(full.full_chat.has_scheduled)
        return found

    bobs, adas = await chats.user(ada, bob), await chats.user(bob, ada)
    assert await marks(ada, bobs) == [False] * 4
    places = (to_bob, api.InputPeerChat(chat_id=group), chats.input_peer(ada, town),
              chats.input_peer(ada, news))  # fmt: skip
    for place in places:
        await later(ada, place, "later", hours(world, 1))
    assert await marks(ada, bobs) == [True] * 4
    assert await marks(bob, adas) == [False] * 4
    world.clock.advance(3601)
    for _ in range(2):
        await JobRunner(world.app).run_due()
    await world.settle()
    assert await marks(ada, bobs) == [False] * 4
