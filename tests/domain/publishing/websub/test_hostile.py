"""What strangers try with the hub: words in our headers, addresses that change, keeping others
waiting."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from petitbleu.app import App
from petitbleu.config import Moderation, Web
from petitbleu.domain.messaging.webpages import service as webpages
from petitbleu.domain.publishing.websub import following, service, working
from petitbleu.store.sqlite import SqliteStore
from tests.domain.publishing.websub.kit import BASE, CALLBACK, Hub, Readers, hub
from tests.domain.publishing.websub.test_websub import count, posts
from tests.kit import mmdb
from tests.kit.waiting import GUARD
from tests.kit.world import World, running
from tests.web.test_public import decide


async def test_a_topic_is_written_in_one_way_alone(here: Hub) -> None:
    written = ("/s/MAIRIE/feed.atom", "/s/mai\nrie/feed.atom", "/s/mairie/feed.atom\r\nX-Y: z",
               "/s/mai\trie/feed.atom", "/s/mairie/feed.atom?", "/s/mairie/feed.atom#")  # fmt: skip
    for path in written:
        answer = await here.ask(topic=BASE + path)
        assert (answer.status, "hub.topic" in answer.text) == (400, True), path
    await working.work(here.world.app)
    assert (here.readers.asked, await count(here)) == ([], 0)


async def test_a_host_that_cannot_be_looked_up_is_refused(here: Hub) -> None:
    for host in ("[v1.a:" + "a" * 70 + "]", "[v1.a:é..b]", "a..b", "a" * 64 + ".example"):
        answer = await here.ask(callback=f"http://{host}/")
        assert (answer.status, "hub.callback" in answer.text) == (400, True), host


async def test_what_breaks_while_it_is_asked_does_not_wait_forever(
    here: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any, **__: Any) -> None:
        raise UnicodeError("label too long")

    calls = webpages.call
    monkeypatch.setattr(webpages, "call", broken)
    await here.ask()
    assert await working.work(here.world.app) is None
    monkeypatch.setattr(webpages, "call", calls)
    await here.subscribed()
    monkeypatch.setattr(webpages, "call", broken)
    await here.channel.say("eins")
    await following.look(here.world.app)
    for pause in working.PAUSES:
        assert await working.work(here.world.app) == int(here.world.clock.now()) + pause
        here.world.clock.advance(pause)
    assert await working.work(here.world.app) is None
    assert await count(here) == 0
    assert {one["event"] for one in here.world.errors} == {"websub.failed"}
    here.world.errors.clear()


async def test_a_name_server_cannot_say_that_the_reader_is_elsewhere(
    sqlite_store: SqliteStore, tmp_path: Path, readers: Readers
) -> None:
    known = {"93.184.216.0/24": {"country": {"iso_code": "DE"}},
             "192.36.148.0/24": {"country": {"iso_code": "SE"}}}  # fmt: skip
    database = mmdb.write(tmp_path / "countries.mmdb", known)
    moderation = Moderation(country_database=str(database))
    world = World(sqlite_store, tmp_path, public_url=BASE, web=Web(websub=True),
                  moderation=moderation)  # fmt: skip
    async with running(world):
        here = await hub(world, readers)
        post = await here.channel.say("ein Wort zu viel")
        await here.subscribed()
        await decide(world, here.channel, "withhold", post, countries=("DE",))
        answers = iter((["192.36.148.17"], ["93.184.216.34"]))
        internet = readers.internet
        resolve = internet.resolve

        async def rebinding(host: str, port: int) -> list[str]:
            return next(answers, None) or await resolve(host, port)

        internet.resolve = rebinding  # type: ignore[method-assign]
        internet.connected.clear()
        (got,) = await here.round()
        assert internet.connected == [("192.36.148.17", 80)], "where the country was taken from"
        assert post in posts(got)


async def test_nobody_waits_behind_the_crowd_of_another_host(
    here: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd = [f"http://c{n}.crowd.example.net/" for n in range(12)]
    for callback in (*crowd, CALLBACK):
        await here.subscribed(callback=callback)
    monkeypatch.setattr(working, "_READ", 5)
    await here.channel.say("neu")
    app = here.world.app
    await following.look(app)
    await working._round(app, int(here.world.clock.now()))
    urls = [one.url for one in here.readers.got]
    assert (len(urls), CALLBACK in urls) == (working._OF_SITE + 1, True)
    for callback in crowd:
        await here.ask(callback=callback)
    await here.ask("unsubscribe")
    here.readers.asked.clear()
    await working._round(app, int(here.world.clock.now()))
    assert [one["hub.mode"] for one in here.readers.asked].count("unsubscribe") == 1


async def test_addresses_that_never_answer_leave_room_for_others(
    here: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "WAITING", 4)
    for n in range(4):
        here.readers.internet.names[f"dead{n}.example.com"] = OSError("down")
        assert (await here.ask(callback=f"http://dead{n}.example.com/")).status == 202
    assert (await here.ask()).status == 503
    await working.work(here.world.app)
    assert (await here.ask()).status == 202, "those are not all asked a second time"


async def test_channels_are_compared_once_at_a_time(
    here: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = most = looks = 0
    go = asyncio.Event()

    async def slow(app: App) -> None:
        nonlocal running, most, looks
        running, looks = running + 1, looks + 1
        most = max(most, running)
        await go.wait()
        running -= 1

    monkeypatch.setattr(following, "look", slow)
    monkeypatch.setattr(following, "DELAY", 0.0)
    follower = following.Follower(here.world.app)
    for _ in range(5):
        follower.wake()
        await asyncio.sleep(0.01)
    assert (looks, most) == (1, 1)
    go.set()
    await here.world.settle()
    async with asyncio.timeout(GUARD):
        while looks < 2:  # what changed meanwhile is looked at
            await asyncio.sleep(0.01)
    await here.world.settle()
    assert (looks, most) == (2, 1)
