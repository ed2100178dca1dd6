"""A cache in front of the server is told what changed, at once, and the case shows whether."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiohttp import web as http

from petitbleu import webhooks
from petitbleu.config import Web
from petitbleu.desk.adjudication.decisions.purges import NOT_PURGED, PURGED
from petitbleu.desk.casework.cases import service as cases
from petitbleu.domain.publishing.pages import purging, start
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.safety.moderation import measures
from petitbleu.domain.safety.moderation.effects import Order
from petitbleu.ids import peer_of_channel
from petitbleu.store.api import Store
from petitbleu.store.sqlite import SqliteStore
from tests.desk.adjudication.decisions.deciding import NOTICE, Scene, scene
from tests.desk.outside import conftest
from tests.domain.publishing.comments.kit import talk
from tests.kit.waiting import GUARD, asked_until, guarded
from tests.kit.world import World

SECRET = "a secret"


class Cache:
    """A real HTTP server that stands for a cache. ``status``: what it answers."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.signed: list[bool] = []
        self.status = 200
        self.url = ""
        self.heard = asyncio.Event()

    async def take(self, request: http.Request) -> http.Response:
        body = await request.read()
        self.signed.append(request.headers[webhooks.SIGNATURE] == webhooks.sign(SECRET, body))
        self.calls.append(json.loads(body))
        self.heard.set()
        return http.Response(status=self.status)

    async def next(self) -> dict[str, Any]:
        """The next call."""
        await asyncio.wait_for(self.heard.wait(), GUARD)
        self.heard.clear()
        return self.calls[-1]


@pytest.fixture
async def cache() -> AsyncIterator[Cache]:
    made = Cache()
    app = http.Application()
    app.router.add_post("/purge", made.take)
    runner = http.AppRunner(app)
    await runner.setup()
    site = http.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/purge"
    yield made
    await runner.cleanup()


async def opened(store: Store, data: Path, cache: Cache) -> World:
    web = Web(purge_url=cache.url, purge_secret=SECRET)
    return await conftest.made(store, data, dev=True, web=web)


@pytest.fixture
async def world(sqlite_store: SqliteStore, tmp_path: Path, cache: Cache) -> Any:
    made = await opened(sqlite_store, tmp_path, cache)
    yield made
    await made.settle()
    assert not made.errors


@pytest.fixture
async def either(store: Store, tmp_path: Path, cache: Cache) -> Any:
    """The same on both engines."""
    made = await opened(store, tmp_path, cache)
    yield made
    await made.settle()
    assert not made.errors


async def published(world: World, cache: Cache) -> Scene:
    """A channel with a page, of which the cache knows."""
    at = await scene(world)
    await pages.set_shown(world.app, at.place.peer, True)
    await world.app.parts[purging.PURGER].run()
    cache.heard.clear()
    return at


async def told(world: World, case: int, *kinds: str) -> list[dict[str, Any]]:
    """What the time line says of caches, once it does."""

    async def said() -> list[dict[str, Any]]:
        rows = await cases.timeline(world.app.store, case)
        found = [msgspec.msgpack.decode(row.data) | {"kind": row.kind} for row in rows
                 if row.kind in (PURGED, NOT_PURGED)]  # fmt: skip
        return found if [one["kind"] for one in found] == list(kinds) else []

    return await asked_until(said)


async def test_a_decision_empties_the_cache_and_the_case_says_so(
    world: World, cache: Cache
) -> None:
    at = await published(world, cache)
    case = await at.open(NOTICE)
    with guarded("the cache was told", goal=2):
        await at.decide(case)
        call = await cache.next()
    channel = -at.place.peer - 1_000_000_000_000
    assert call["tags"] == [f"channel-{channel}"]
    assert "https://chat.example.org/bassin" in call["prefixes"]
    assert {"s", "m"} <= {one.split("/")[3] for one in call["prefixes"] if "bassin" in one}
    assert all(cache.signed)
    (line,) = await told(world, case, PURGED)
    assert line["page"] == "/s/bassin"


async def test_posts_edits_and_a_page_that_is_switched_off_are_told_too(
    world: World, cache: Cache
) -> None:
    at = await published(world, cache)
    count = len(cache.calls)
    await world.app.parts[purging.PURGER].run()
    assert len(cache.calls) == count, "nothing changed"
    await at.place.post(at.ada, "news")
    assert (await cache.next())["prefixes"]
    await pages.set_shown(world.app, at.place.peer, False)
    await world.app.parts[purging.PURGER].run()
    assert "https://chat.example.org/s/bassin" in (await cache.next())["prefixes"]
    count = len(cache.calls)
    await world.app.parts[purging.PURGER].run()
    assert len(cache.calls) == count


async def test_a_cache_that_is_down_is_told_until_it_hears_and_the_case_shows_both(
    either: World, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = either
    monkeypatch.setattr(purging, "PAUSES", (0.05,))
    at = await published(world, cache)
    cache.status = 503
    case = await at.open(NOTICE)
    await at.decide(case)
    (line,) = await told(world, case, NOT_PURGED)
    assert line["why"] == "it answered 503"
    cache.heard.clear()
    await cache.next()
    cache.status = 200
    first, last = await told(world, case, NOT_PURGED, PURGED)
    assert first["measure"] == last["measure"]


async def _nothing(self: purging.Purger) -> None:
    """The process ends before it tells."""


async def test_what_changed_while_nobody_listened_is_told_at_the_next_start(
    world: World, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = await published(world, cache)
    monkeypatch.setattr(purging.Purger, "run", _nothing)
    case = await at.open(NOTICE)
    count = len(cache.calls)
    await at.decide(case)
    assert len(cache.calls) == count
    monkeypatch.undo()
    del world.app.parts[purging.PURGER]
    await start.begin(world.app)
    await cache.next()
    await told(world, case, PURGED)


async def test_a_measure_on_a_comment_empties_the_pages_of_its_channel(
    world: World, cache: Cache
) -> None:
    here = await talk(world, "direct")
    await here.wrote("Un mot de trop.")
    (message,) = await here.said()
    await world.app.parts[purging.PURGER].run()
    before = len(cache.calls)
    await here.wrote("Un autre mot.")
    await world.app.parts[purging.PURGER].run()
    assert len(cache.calls) == before, "what is said there does not"
    group = peer_of_channel(here.group)
    await measures.apply(
        world.app,
        Order(
            command="1", kind="remove", actor="operator", reason="rule 3", subject=group,
            owner=group, messages=(message.id,),
        ),
    )  # fmt: skip
    await world.app.parts[purging.PURGER].run()
    assert cache.calls[-1]["tags"] == [pages.tag(here.channel.peer)]
    assert len(cache.calls) == before + 1
