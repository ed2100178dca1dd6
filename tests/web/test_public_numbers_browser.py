"""The page with a channel's numbers, searches and archives in a real Chromium.

``DESK_SCREENSHOTS=DIR`` writes what the pages look like.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from petitbleu.domain.publishing.visits import counting
from petitbleu.domain.publishing.visits import service as visits
from petitbleu.store.api import Tx
from petitbleu.web.public.texts import Writer
from tests.kit.chromium import Chromium, look
from tests.kit.world import World
from tests.web.public import Channel, channel

pytestmark = pytest.mark.browser

SITES = ("journal-de-la-cote.example", "mastodon.example", "un-tres-long-nom-d-un-site.example")
TITLES = (
    "Le pont du Cap rouvre lundi à la circulation",
    "Budget 2027 : le conseil vote une hausse pour les écoles",
    "Tramway : le chantier avance rue des Lilas, les commerçants attendent l’été",
    "Merci à tous",
)


async def newspaper(world: World) -> Channel:
    made = await channel(world, "gazette", "La Gazette du Port")
    for n in range(12):
        title = TITLES[n % len(TITLES)]
        await made.say(
            f"{title}\n\nLe chantier du tramway et l’été des commerçants, numéro {n}. #port"
            f" #{'budget' if n % 2 else 'travaux'}"
        )
    return made


async def fill(world: World, made: Channel, posts: range) -> None:
    """Visits of a year, more on Mondays."""
    today = int(world.clock.now()) // 86_400
    counts = [
        ((made.peer, today - back, posts[back % len(posts)], source), 3 + n * 7 + (back * 13) % 40)
        for back in range(360)
        for n, source in enumerate(("", "=", "@", "*", *SITES))
    ]

    async def add(tx: Tx) -> None:
        await counting._add(tx, counts)

    await world.app.store.write(add)


@pytest.mark.parametrize("language", ("en", "fr"))
async def test_numbers_searches_and_archives_read_well(chromium: Chromium, language: str) -> None:
    world = chromium.desk.world
    made = await newspaper(world)
    await fill(world, made, range(2, 9))
    window = await chromium.window()
    link = urlsplit(visits.link(world.app, made.owner.user_id, made.peer)).path
    local = Writer("en", world.app.config.timezone).at(int(world.clock.now()))
    for name, path in (
        ("numbers", link),
        ("numbers-year", link + "?days=365"),
        ("search", "/s/gazette?q=tramway+ete"),
        ("search-all", "/?q=commercants"),
        ("month", f"/s/gazette/{local.year}/{local.month:02}"),
        ("archive", "/s/gazette/archive"),
    ):
        joined = "&" if "?" in path else "?"
        await window.go(f"{path}{joined}lang={language}")
        await look(window.page, f"{name}-{language}")
    assert not window.problems, window.problems
