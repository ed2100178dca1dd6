"""No way leads round a measure: 100 ways of readers and machines, each seen to work before it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from petitbleu.config import Newsletter, Smtp
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.store.api import Store
from tests.domain.publishing.newsletter.kit import BASE
from tests.domain.publishing.newsletter.test_sending import later
from tests.domain.publishing.pages.test_domains import DOMAIN, give, zone
from tests.kit.world import World, running
from tests.web.test_public import decide
from tests.web.withheld_ways import (
    LATE,
    NOT_ON_A_DOMAIN,
    WAYS,
    WORD,
    Site,
    Way,
    file,
    page,
    site,
)

MEASURES: dict[str, Callable[[Site], Awaitable[Any]]] = {
    "withheld": lambda s: decide(s.world, s.made, "withhold", s.post),
    "withheld in one country": lambda s: decide(
        s.world, s.made, "withhold", s.post, countries=(s.world.app.config.country,)
    ),
    "removed": lambda s: decide(s.world, s.made, "remove", s.post),
    "deleted": lambda s: s.made.delete(s.post),
    "the channel withheld": lambda s: decide(s.world, s.made, "withhold"),
    "the page switched off": lambda s: pages.set_shown(s.world.app, s.made.peer, False),
}


@pytest.fixture
async def world(store: Store, tmp_path: Path) -> AsyncIterator[World]:
    smtp = Smtp(host="127.0.0.1", sender="no-reply@example.org")
    made = World(store, tmp_path, public_url=BASE, smtp=smtp, newsletter=Newsletter(delay=3600))
    async with running(made) as world:
        yield world


async def showing(here: Site, ways: dict[str, Way]) -> set[str]:
    """The ways that show the post."""
    return {name for name, way in ways.items() if WORD.encode() in await way(here)}


async def letters(here: Site) -> None:
    """Let a week pass, and gather what was mailed."""
    here.mails = await later(here.world, 3601)
    for _ in range(8):  # one domain is sent a few mails a minute
        here.mails += await later(here.world, 600)
    here.mails += await later(here.world, 8 * 86_400)


def test_there_are_ways_of_every_kind() -> None:
    assert len(WAYS) + len(LATE) >= 60


async def test_each_way_shows_a_post_that_is_not_withheld(world: World) -> None:
    here = await site(world)
    for _ in range(2):
        assert set(WAYS) - await showing(here, WAYS) == set()
    await letters(here)
    assert set(LATE) - await showing(here, LATE) == set()


@pytest.mark.turns(6)
@pytest.mark.parametrize("measure", MEASURES)
async def test_no_way_shows_a_post_after_a_measure(world: World, measure: str) -> None:
    here = await site(world)
    for _ in range(2):  # the second time from memory
        assert set(WAYS) - await showing(here, WAYS) == set()
    await MEASURES[measure](here)
    for _ in range(2):
        assert await showing(here, WAYS) == set()
    await letters(here)
    assert await showing(here, WAYS | LATE) == set()


PREVIEWED = ("", "/{post}", "/{post}?embed=1", "/archive", "/tag/obst", "/feed.atom", "?q=rezept")


@pytest.mark.turns(3)
@pytest.mark.parametrize("measure", ("withheld", "withheld in one country", "deleted"))
async def test_no_way_shows_a_post_on_its_channels_domain(world: World, measure: str) -> None:
    here = await site(world)
    async with zone(world) as dns:
        await give(world, here.made, dns)
    here.host = DOMAIN
    for _ in range(2):
        assert set(WAYS) - await showing(here, WAYS) == NOT_ON_A_DOMAIN
    await MEASURES[measure](here)
    for _ in range(2):
        assert await showing(here, WAYS) == set()


@pytest.mark.parametrize("measure", ("withheld", "withheld in one country", "removed", "deleted"))
async def test_no_preview_shows_a_post_after_a_measure(world: World, measure: str) -> None:
    """The address that an owner gives others while the page is off."""
    here = await site(world)
    shown = await pages.load_page(world.app, here.made.peer)
    assert shown is not None
    await pages.set_shown(world.app, here.made.peer, False)
    link = pages.preview(world.app, shown.chat).partition(BASE)[2]
    bare = link.replace("/s/", "/")
    ways = {path: page((bare if "{" in path else link) + path) for path in PREVIEWED}
    ways["a picture"] = file(link.replace("/s/", "/m/") + "/{post}/y")
    for _ in range(2):
        assert set(ways) - await showing(here, ways) == set()
    await MEASURES[measure](here)
    for _ in range(2):
        assert await showing(here, ways) == set()
