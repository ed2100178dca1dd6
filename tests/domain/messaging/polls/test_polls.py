"""Polls: what each side sees before and after voting, who may vote how, how a poll ends."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from petitbleu.app import Actor
from petitbleu.domain.messaging.polls import jobs, service, stored
from petitbleu.domain.updates import fanout
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.kit import chats
from tests.kit.talk import fault, history
from tests.kit.world import Client, World

_random = itertools.count(2_000_000)
_POLLS = query("select id from poll")


def text(said: str) -> Any:
    return api.TextWithEntities(text=said, entities=[])


def poll(*answers: str, **more: Any) -> Any:
    return api.Poll(
        id=0,
        question=text(more.pop("question", "Tea or coffee?")),
        answers=[
            api.PollAnswer(text=text(one), option=str(n).encode())
            for n, one in enumerate(answers or ("tea", "coffee"))
        ],
        hash=0,
        **more,
    )


async def ask(client: Client, peer: Any, asked: Any, **more: Any) -> int:
    media = api.InputMediaPoll(poll=asked, **more)
    made = await client.call(
        api.messages.SendMedia(peer=peer, media=media, message="", random_id=next(_random))
    )
    return int(next(u.id for u in made.updates if type(u) is api.UpdateMessageID))


async def vote(client: Client, peer: Any, message: int, *options: bytes) -> Any:
    made = await client.call(
        api.messages.SendVote(peer=peer, msg_id=message, options=list(options))
    )
    (update,) = made.updates
    assert type(update) is api.UpdateMessagePoll
    return update.results


def counts(results: Any) -> list[int]:
    return [one.voters for one in results.results]


async def newest(client: Client, peer: Any) -> Any:
    return (await history(client, peer))[0]


async def test_a_vote_shows_the_results_to_its_voter_alone(world: World) -> None:
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    chat = api.InputPeerChat(chat_id=await chats.group(ada, bob, eve))
    message = await ask(ada, chat, poll())
    shown = (await newest(bob, chat)).media
    assert [one.text.text for one in shown.poll.answers] == ["tea", "coffee"]
    assert (shown.results.results, shown.results.total_voters) == (None, 0)
    assert not shown.poll.creator and (await newest(ada, chat)).media.poll.creator
    for client in (ada, eve):
        client.pushed.clear()
    results = await vote(bob, chat, (await newest(bob, chat)).id, b"1")
    assert counts(results) == [0, 1]
    assert [one.chosen for one in results.results] == [False, True]
    assert results.recent_voters is None, "nobody is told who votes"
    (told,) = eve.updates(api.UpdateMessagePoll)
    assert (told.results.results, told.results.total_voters) == (None, 1)
    assert counts(await vote(ada, chat, message, b"0")) == [1, 1]
    assert counts(await vote(ada, chat, message, b"1")) == [0, 2]
    back = await vote(ada, chat, message)
    assert (back.results, back.total_voters) == (None, 1)
    fresh = await bob.call(
        api.messages.GetPollResults(peer=chat, msg_id=(await newest(bob, chat)).id, poll_hash=0)
    )
    assert counts(fresh.updates[0].results) == [0, 1]


async def test_what_is_refused(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    chat = api.InputPeerChat(chat_id=await chats.group(ada, bob))
    message = await ask(ada, chat, poll())

    async def refused(*options: bytes, of: int = message) -> str:
        return await fault(vote(ada, chat, of, *options))

    assert await refused(b"7") == "OPTION_INVALID"
    assert await refused(b"0", b"1") == "OPTIONS_TOO_MUCH"
    assert await refused(b"0", of=999) == "MESSAGE_ID_INVALID"
    wrong: list[tuple[Any, dict[str, Any], str]] = [
        (poll("one"), {}, "POLL_ANSWERS_INVALID"),
        (poll(question=" "), {}, "POLL_QUESTION_INVALID"),
        (poll("a", "b" * 101), {}, "POLL_ANSWER_INVALID"),
        (poll(quiz=True), {}, "QUIZ_CORRECT_ANSWERS_EMPTY"),
        (poll(quiz=True), {"correct_answers": [0, 1]}, "QUIZ_CORRECT_ANSWERS_TOO_MUCH"),
        (poll(quiz=True), {"correct_answers": [5]}, "QUIZ_CORRECT_ANSWER_INVALID"),
        (poll(quiz=True, multiple_choice=True), {"correct_answers": [0]}, "QUIZ_MULTIPLE_INVALID"),
        (poll(close_period=1), {}, "MEDIA_INVALID"),
    ]
    for asked, more, expected in wrong:
        assert await fault(ask(ada, chat, asked, **more)) == expected
    twice = poll()
    twice.answers[1].option = twice.answers[0].option
    assert await fault(ask(ada, chat, twice)) == "POLL_OPTION_DUPLICATE"
    news = await chats.channel(ada, bob)
    refusal = await fault(ask(ada, chats.input_peer(ada, news), poll(public_voters=True)))
    assert refusal == "BROADCAST_PUBLIC_VOTERS_FORBIDDEN"


async def test_a_quiz_tells_the_answer_once_answered(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    chat = api.InputPeerChat(chat_id=await chats.group(ada, bob))
    await ask(ada, chat, poll(quiz=True), correct_answers=[1], solution="Coffee, of course.")
    shown = await newest(bob, chat)
    assert shown.media.poll.quiz and shown.media.results.solution is None
    results = await vote(bob, chat, shown.id, b"0")
    assert [one.correct for one in results.results] == [False, True]
    assert results.solution == "Coffee, of course."
    assert await fault(vote(bob, chat, shown.id, b"1")) == "REVOTE_NOT_ALLOWED"
    assert await fault(vote(bob, chat, shown.id)) == "REVOTE_NOT_ALLOWED"


async def test_who_voted_what_in_a_public_poll(world: World) -> None:
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    town = await chats.supergroup(ada, bob, eve)

    def at(client: Client) -> Any:
        return chats.input_peer(client, town)

    asked = poll("a", "b", "c", public_voters=True, multiple_choice=True)
    message = await ask(ada, at(ada), asked)
    listed = api.messages.GetPollVotes(peer=at(bob), id=message, limit=1)
    assert await fault(bob.call(listed)) == "POLL_VOTE_REQUIRED"
    await vote(bob, at(bob), message, b"0", b"2")
    world.clock.advance(1)
    results = await vote(eve, at(eve), message, b"2")
    assert counts(results) == [1, 0, 2]
    assert [one.user_id for one in results.recent_voters] == [eve.user_id, bob.user_id]
    first = await bob.call(listed)
    (one,) = first.votes
    assert (first.count, one.peer.user_id, one.option) == (2, eve.user_id, b"2")
    assert {user.id for user in first.users} == {eve.user_id}
    second = await bob.call(
        api.messages.GetPollVotes(peer=at(bob), id=message, limit=1, offset=first.next_offset)
    )
    (other,) = second.votes
    assert (other.options, second.next_offset) == ([b"0", b"2"], None)
    of_one = await bob.call(
        api.messages.GetPollVotes(peer=at(bob), id=message, limit=9, option=b"0")
    )
    assert (of_one.count, of_one.votes[0].peer.user_id) == (1, bob.user_id)
    secret = await ask(ada, at(ada), poll())
    hidden = ada.call(api.messages.GetPollVotes(peer=at(ada), id=secret, limit=9))
    assert await fault(hidden) == "BROADCAST_FORBIDDEN"
    gone = ada.call(api.messages.GetPollVotes(peer=at(ada), id=999, limit=9))
    assert await fault(gone) == "MSG_ID_INVALID"


async def test_a_crowd_shares_one_form_that_tells_no_answer(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    news = await chats.channel(ada, bob, eve)
    asked = poll(quiz=True)
    message = await ask(ada, chats.input_peer(ada, news), asked, correct_answers=[1])
    monkeypatch.setattr(fanout, "FULL_SESSIONS", 0)
    eve.pushed.clear()
    await vote(bob, chats.input_peer(bob, news), message, b"1")
    (update,) = eve.updates(api.UpdateMessagePoll)
    assert update.results.min and update.results.total_voters == 1
    assert not any(one.chosen or one.correct for one in update.results.results)


async def test_the_author_ends_a_poll(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob, to_ada = await ada.peer(bob), await bob.peer(ada)
    message = await ask(ada, to_bob, poll())
    theirs = (await newest(bob, to_ada)).id
    ended = api.InputMediaPoll(poll=poll(closed=True))
    edit = api.messages.EditMessage(peer=to_bob, id=message, media=ended)
    stranger = api.messages.EditMessage(peer=to_ada, id=theirs, media=ended)
    assert await fault(bob.call(stranger)) == "MESSAGE_AUTHOR_REQUIRED"
    made = await ada.call(edit)
    first, second = made.updates
    assert type(first) is api.UpdateMessagePoll and first.poll.closed
    assert type(second) is api.UpdateEditMessage
    (over,) = bob.updates(api.UpdateMessagePoll)
    assert over.poll.closed
    (told,) = bob.updates(api.UpdateEditMessage)
    assert told.message.media.poll.closed and counts(told.message.media.results) == [0, 0]
    assert await fault(vote(bob, to_ada, theirs, b"0")) == "MESSAGE_POLL_CLOSED"
    assert await fault(ada.call(edit)) == "MESSAGE_NOT_MODIFIED"
    open_again = api.InputMediaPoll(poll=poll())
    reopen = api.messages.EditMessage(peer=to_bob, id=message, media=open_again)
    assert await fault(ada.call(reopen)) == "MEDIA_PREV_INVALID"


async def test_the_answer_of_who_ends_a_poll_shows_no_chat_it_was_forwarded_to(
    world: World,
) -> None:
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    to_bob, to_ada = await ada.peer(bob), await bob.peer(ada)
    message = await ask(ada, to_bob, poll())
    theirs = (await newest(bob, to_ada)).id
    await bob.peer(eve)
    secret = await chats.channel(bob, eve, title="Secret")
    await bob.call(
        api.messages.ForwardMessages(
            from_peer=to_ada, id=[theirs], random_id=[next(_random)],
            to_peer=chats.input_peer(bob, secret),
        )
    )  # fmt: skip
    chats.forget_pushes(ada, eve)
    ended = api.InputMediaPoll(poll=poll(closed=True))
    made = await ada.call(api.messages.EditMessage(peer=to_bob, id=message, media=ended))
    _, update = made.updates
    assert (update.message.peer_id.user_id, made.chats) == (bob.user_id, [])
    assert ada.updates() == []
    (told,) = eve.updates(api.UpdateEditChannelMessage)
    assert told.message.media.poll.closed


async def test_a_poll_ends_by_itself(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    chat = api.InputPeerChat(chat_id=await chats.group(ada, bob))
    message = await ask(ada, chat, poll(close_period=60))
    shown = await newest(bob, chat)
    assert shown.media.poll.close_date == int(world.clock.now()) + 60
    world.clock.advance(61)
    assert await fault(vote(ada, chat, message, b"0")) == "MESSAGE_POLL_CLOSED"
    (row,) = await world.app.store.rows(_POLLS)
    bob.pushed.clear()
    await jobs.close(world.app, service.ClosePoll(poll=row[0]))
    await jobs.close(world.app, service.ClosePoll(poll=row[0]))
    await world.settle()
    (told,) = bob.updates(api.UpdateEditMessage)
    (over,) = bob.updates(api.UpdateMessagePoll)
    assert told.message.media.poll.closed and over.poll.closed


async def test_a_forwarded_poll_is_the_same_poll(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    chat = api.InputPeerChat(chat_id=await chats.group(ada, bob))
    message = await ask(ada, chat, poll())
    await ada.call(
        api.messages.ForwardMessages(
            from_peer=chat, id=[message], random_id=[5], to_peer=api.InputPeerSelf()
        )
    )
    await vote(bob, chat, (await newest(bob, chat)).id, b"0")
    saved = await newest(ada, api.InputPeerSelf())
    assert saved.media.results.total_voters == 1


async def test_old_layers_ask_and_see_polls(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    old = await world.sign_in(ada.phone, 158)
    chat = api.InputPeerChat(chat_id=await chats.group(ada, bob))
    asked = poll(quiz=True)
    await ask(old, chat, asked, correct_answers=[1])
    results = await vote(bob, chat, (await newest(bob, chat)).id, b"1")
    assert [one.correct for one in results.results] == [False, True]
    assert (await newest(old, chat)).media.results.total_voters == 1


async def test_polls_without_a_message_are_dropped(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    chat = api.InputPeerChat(chat_id=await chats.group(ada, bob))
    await ask(ada, chat, poll())
    assert await fault(ask(ada, api.InputPeerEmpty(), poll())) == "PEER_ID_INVALID"
    question = stored.Question(0, stored.Text("?"), [])
    await service.ask(world.app, Actor(ada.user_id), question, None)
    world.clock.advance(2 * service.UNSENT_SECONDS)
    await service.sweep(world.app)
    assert len(await world.app.store.rows(_POLLS)) == 1
