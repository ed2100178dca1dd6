"""The sitemap index says when each part of a channel changed last, without reading channels."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from petitbleu import jobs
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.publishing.pages import changed, service
from petitbleu.domain.safety.moderation import measures
from petitbleu.domain.updates import queries, retention
from petitbleu.jobs import NoData
from petitbleu.store.api import Tx
from petitbleu.web.public import cache
from tests.kit.world import World
from tests.web import rules
from tests.web.public import Channel, channel, reader
from tests.web.test_public import decide

PART = 10
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of ten messages."""
    monkeypatch.setattr(changed, "PART", PART)
    monkeypatch.setattr(service, "PART", PART)


async def index(world: World) -> dict[str, int]:
    """The end of each sitemap's address -> when it changed."""
    answer = await reader(world).get("/sitemap.xml")
    assert rules.schema_problems(answer.body, "sitemap.xsd") == []
    found = {}
    for one in rules.xml(answer.body).findall("s:sitemap", SPACE):
        when = one.findtext("s:lastmod", "", SPACE)
        at = int(datetime.fromisoformat(when).timestamp()) if when else 0
        found[one.findtext("s:loc", "", SPACE).rpartition("/s/")[2]] = at
    return found


def part(number: int, name: str = "mairie") -> str:
    return f"{name}/sitemap-{number}.xml"


async def grown(world: World) -> tuple[Channel, list[int], int]:
    """A channel of three parts, said at once an hour ago."""
    made = await channel(world)
    said = [await made.say(f"post {n}") for n in range(2 * PART + 5)]
    then = int(world.clock.now())
    world.clock.advance(3600)
    return made, said, then


async def test_each_part_is_as_new_as_its_newest_change(world: World) -> None:
    made, said, then = await grown(world)
    assert await index(world) == {part(n): then for n in range(3)}
    first, second = said[0], said[PART]
    for change in ("edit", "delete", "withhold", "lift", "say"):
        world.clock.advance(600)
        now = int(world.clock.now())
        before = await index(world)
        match change:
            case "edit":
                await made.edit(first, "anders")
            case "delete":
                await made.delete(second)
            case "withhold":
                measure = await decide(world, made, "withhold", second + 1, countries=("DE",))
            case "lift":
                await measures.lift(
                    world.app, measure, command="l", actor="operator", reason="an error"
                )
            case "say":
                await made.say("neu")
        touched = {"edit": 0, "say": 2}.get(change, 1)
        assert await index(world) == before | {part(touched): now}, change


async def test_an_index_reads_no_post_once_its_channels_are_followed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, said, _ = await grown(world)
    await index(world)

    async def read(*_: Any) -> int:
        raise AssertionError("messages are read")

    monkeypatch.setattr(messages, "last_dated", read)
    await made.edit(said[0], "anders")
    assert (await index(world))[part(0)] == int(world.clock.now())


async def test_what_was_deleted_is_remembered_when_its_event_is_pruned(world: World) -> None:
    made, said, then = await grown(world)
    dead = int(world.clock.now())
    await made.delete(said[0])
    world.clock.advance(86_400)
    await jobs.KINDS["pages.follow"].handler(world.app, NoData())
    world.clock.advance((world.app.config.event_log_days + 1) * 86_400)
    await retention.prune(world.app)
    await made.edit(said[-1], "anders")
    assert await index(world) == {
        part(0): dead,
        part(1): then,
        part(2): int(world.clock.now()),
    }


async def test_a_page_without_events_goes_by_the_dates_of_its_messages(world: World) -> None:
    made, said, then = await grown(world)
    edited = int(world.clock.now())
    await made.edit(said[PART], "anders")
    counters = await world.app.store.row(queries.STATE, owner=made.peer)
    assert counters is not None

    async def forget(tx: Tx) -> None:
        await tx.run(queries.MARK_PRUNED, owner=made.peer, upto=counters.pts)
        await tx.run(queries.PRUNE, owner=made.peer, upto=counters.pts)

    await world.app.store.write(forget)
    world.clock.advance(600)
    assert await index(world) == {part(0): then, part(1): edited, part(2): then}


async def test_channels_do_not_share_their_changes(world: World) -> None:
    made, _, then = await grown(world)
    await index(world)
    other = await channel(world, "prefecture", "Préfecture")
    await other.say("Avis")
    now = int(world.clock.now())
    assert await index(world) == {
        **{part(n): then for n in range(3)},
        part(0, "prefecture"): now,
    }
    await service.set_shown(world.app, made.peer, False)
    await made.say("unseen")
    world.clock.advance(60)
    assert set(await index(world)) == {part(0, "prefecture")}
    await service.set_shown(world.app, made.peer, True)
    assert (await index(world))[part(2)] == now


async def test_parameters_that_mean_nothing_there_have_nothing_written_anew(world: World) -> None:
    made = await channel(world)
    await made.say("Avis")
    browser, kept = reader(world), world.app.parts[cache.PAGE_CACHE]
    for path in ("/sitemap.xml", "/news-sitemap.xml", "/s/mairie/sitemap-0.xml",
                 "/s/mairie/feed.atom", "/s/mairie/2027/01/feed-0.atom"):  # fmt: skip
        await browser.get(path)
        before = len(kept._kept)
        for n in range(3):
            await browser.get(f"{path}?q={n}&after={n}&url=x{n}&comment={n}")
        assert len(kept._kept) == before, path
