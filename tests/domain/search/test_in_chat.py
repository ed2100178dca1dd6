"""messages.search: words, who, when, threads; edits and deletions; in every sort of chat."""

from __future__ import annotations

import pytest

from petitbleu.domain.messaging.messages import erase
from petitbleu.domain.search import service
from petitbleu.tl import api
from tests.domain.search.asking import found, search
from tests.domain.search.corpus import QUESTIONS, TEXTS
from tests.kit import chats
from tests.kit.chats import refused, said, say
from tests.kit.world import RpcFault, World


async def test_both_engines_answer_the_corpus_alike(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob, to_ada = await ada.peer(bob), await bob.peer(ada)
    for text in TEXTS:
        await say(ada, to_bob, text)
    for asked, expected in QUESTIONS.items():
        answer = [TEXTS[n] for n in sorted(expected, reverse=True)]
        assert await found(ada, to_bob, asked) == answer, asked
        assert await found(bob, to_ada, asked) == answer, asked


async def test_nobody_finds_what_is_in_another_chat(world: World) -> None:
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    await say(ada, await ada.peer(bob), "the secret recipe")
    await say(ada, api.InputPeerSelf(), "recipe for myself")
    assert await found(ada, await ada.peer(eve), "recipe") == []
    assert await found(eve, await eve.peer(ada), "recipe") == []
    assert await found(ada, api.InputPeerSelf(), "recipe") == ["recipe for myself"]
    assert await found(bob, await bob.peer(ada), "recipe") == ["the secret recipe"]


async def test_edits_and_deletions_follow(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob, to_ada = await ada.peer(bob), await bob.peer(ada)
    await say(ada, to_bob, "meeting on monday")
    first = (await search(ada, to_bob, "monday")).messages[0]
    await ada.call(api.messages.EditMessage(peer=to_bob, id=first.id, message="meeting on tuesday"))
    assert await found(bob, to_ada, "monday") == []
    assert await found(bob, to_ada, "tuesday") == ["meeting on tuesday"]
    await ada.call(api.messages.DeleteMessages(id=[first.id]))
    assert await found(ada, to_bob, "tuesday") == []
    assert await found(bob, to_ada, "tuesday") == ["meeting on tuesday"]


async def test_an_erased_body_leaves_no_word_in_the_index(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob = await ada.peer(bob)
    await say(ada, to_bob, "unforgettable")
    (only,) = (await search(ada, to_bob, "unforgettable")).messages
    await ada.call(api.messages.DeleteMessages(id=[only.id], revoke=True))
    world.clock.advance(120)
    assert await erase.run(world.app)
    await world.app.parts[service.INDEXER].catch_up()
    from petitbleu.domain.search import finding, words

    assert await finding.docs(world.app, words.terms("unforgettable"), 1 << 40, 10) == []


async def test_pages_follow_one_another_and_count_all(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob = await ada.peer(bob)
    for n in range(30):
        await say(ada, to_bob, f"needle {n}" if n % 3 else f"hay {n}")
    seen: list[str] = []
    offset = 0
    while True:
        page = await search(ada, to_bob, "needle", offset_id=offset, limit=7)
        assert getattr(page, "count", 20) == 20
        if not page.messages:
            break
        seen += [one.message for one in page.messages]
        offset = page.messages[-1].id
    assert seen == [f"needle {n}" for n in reversed(range(30)) if n % 3]
    middle = await search(ada, to_bob, "needle", limit=1, add_offset=9)
    around = await found(ada, to_bob, "needle", offset_id=middle.messages[0].id, add_offset=-2,
                         limit=4)  # fmt: skip
    assert around == seen[8:12]


async def test_who_and_when(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob, to_ada = await ada.peer(bob), await bob.peer(ada)
    began = int(world.clock.now())
    for n in range(4):
        await say(ada, to_bob, f"rain {n}")
        await say(bob, to_ada, f"sun {n}")
        world.clock.advance(1000)
    assert await found(ada, to_bob, from_id=to_bob) == [f"sun {n}" for n in (3, 2, 1, 0)]
    assert await found(ada, to_bob, "rain", from_id=to_bob) == []
    assert await found(ada, to_bob, "rain", from_id=api.InputPeerSelf(), limit=1) == ["rain 3"]
    when = {"min_date": began + 500, "max_date": began + 2500}
    assert await found(ada, to_bob, "rain", **when) == ["rain 2", "rain 1"]
    assert await found(ada, to_bob, **when) == ["sun 2", "rain 2", "sun 1", "rain 1"]


async def test_basic_group_and_a_member_who_came_late(world: World) -> None:
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    number = await chats.group(ada, bob)
    chat = api.InputPeerChat(chat_id=number)
    await say(ada, chat, "before she came")
    await ada.call(
        api.messages.AddChatUser(chat_id=number, user_id=await chats.user(ada, eve), fwd_limit=0)
    )
    await say(bob, chat, "after she came")
    for client in (ada, bob):
        assert await found(client, chat, "came") == ["after she came", "before she came"]
    assert await found(eve, chat, "came") == ["after she came"]


async def test_supergroup_with_threads_and_hidden_speakers(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    town = await chats.supergroup(ada, bob)
    of_ada, of_bob = chats.input_peer(ada, town), chats.input_peer(bob, town)
    root = await said(ada, of_ada, "weather today")
    await say(bob, of_bob, "weather is fine",
              reply_to=api.InputReplyToMessage(reply_to_msg_id=root.id))  # fmt: skip
    await say(bob, of_bob, "weather elsewhere")
    assert await found(ada, of_ada, "weather", top_msg_id=root.id) == ["weather is fine"]
    to_bob = await ada.peer(bob)
    assert await found(ada, of_ada, from_id=to_bob) == ["weather elsewhere", "weather is fine"]

    news = await chats.channel(ada, bob)
    post = chats.input_peer(ada, news)
    await say(ada, post, "signed by nobody")
    page = await search(bob, chats.input_peer(bob, news), "signed")
    assert type(page) is api.messages.ChannelMessages and page.pts
    assert await found(bob, chats.input_peer(bob, news), from_id=await bob.peer(ada)) == []


async def test_a_stranger_finds_nothing_in_a_private_channel(world: World) -> None:
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    town = await chats.supergroup(ada, bob)
    await say(ada, chats.input_peer(ada, town), "among us")
    with pytest.raises(RpcFault, match="CHANNEL_PRIVATE"):
        await search(eve, chats.input_peer(eve, town), "among")


async def test_what_is_refused(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob = await ada.peer(bob)
    for text in ("", "   ", "!?"):
        with pytest.raises(RpcFault, match="SEARCH_QUERY_EMPTY"):
            await search(ada, to_bob, text)
    with pytest.raises(RpcFault, match="PEER_ID_NOT_SUPPORTED"):
        await search(ada, api.InputPeerEmpty(), "x")
    nobody = api.InputPeerUser(user_id=5, access_hash=1)
    q = api.messages.GetSearchCounters(peer=nobody, filters=[api.InputMessagesFilterUrl()])
    assert await refused(ada, q) == "PEER_ID_INVALID"


async def test_hashtags_are_found_as_such(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob = await ada.peer(bob)
    await say(ada, to_bob, "paris without a tag")
    await say(ada, to_bob, "we go to #Paris")
    assert await found(ada, to_bob, "#paris") == ["we go to #Paris"]
    assert await found(ada, to_bob, "paris") == ["we go to #Paris", "paris without a tag"]


async def test_a_crash_between_commit_and_index_loses_nothing(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob = await ada.peer(bob)
    await say(ada, to_bob, "written, then the power went")
    world.app.parts.pop(service.INDEXER)
    await service.begin(world.app)
    assert await found(ada, to_bob, "power") == ["written, then the power went"]


async def test_another_form_of_the_index_is_made_anew(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from petitbleu.domain.search import words

    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob = await ada.peer(bob)
    for n in range(3):
        await say(ada, to_bob, f"stone {n}")
    assert len(await found(ada, to_bob, "stone")) == 3
    monkeypatch.setattr(words, "VERSION", words.VERSION + 1)
    monkeypatch.setattr(words, "stems", lambda word: (word[::-1],))
    await service.begin(world.app)
    await world.app.parts[service.INDEXER].catch_up()
    assert await found(ada, to_bob, "stone") == ["stone 2", "stone 1", "stone 0"]
