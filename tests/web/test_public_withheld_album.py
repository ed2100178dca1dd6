"""An album is one post: where a measure names one of its pictures, none of them is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from petitbleu.store.sqlite import SqliteStore
from tests.kit.world import World, running
from tests.web.public import channel, reader
from tests.web.test_public import decide

BASE = "https://chat.example.org"


@pytest.fixture
async def world(sqlite_store: SqliteStore, tmp_path: Path) -> Any:
    async with running(World(sqlite_store, tmp_path, public_url=BASE)) as made:
        yield made


async def test_no_address_shows_a_picture_of_an_album_that_is_withheld(world: World) -> None:
    made = await channel(world)
    other = await made.say("Eine andere. #x")
    pages = ("/s/mairie/sitemap-0.xml", "/s/mairie/feed.atom", "/s/mairie", "/s/mairie/tag/x",
             "/tag/x", "/?q=Verbe", f"/mairie/{other}")  # fmt: skip
    for part in range(3):
        first = await made.album(f"Un Verbe {part} #x")
        ids = range(first, first + 3)
        files = [f"/m/mairie/{id}/y" for id in ids]
        browser = reader(world)
        for path in files:
            assert (await browser.get(path)).status == 200
        await decide(world, made, "withhold", first + part)
        for path in files:
            assert (part, path, (await browser.get(path)).status) == (part, path, 451)
        for path in pages:
            page = await browser.get(path)
            assert page.status == 200, path
            for shown in (*files, f"Verbe {part}"):
                assert shown not in page.text, (part, path, shown)
        for id in ids:
            for path in (f"/mairie/{id}", f"/mairie/{id}?embed=1", f"/m/mairie/{id}/card.png",
                         f"/oembed?url={BASE}/mairie/{id}"):  # fmt: skip
                answer = await browser.get(path)
                assert f"Verbe {part}".encode() not in answer.body, (part, path)
                assert answer.status in (451, 404, 302, 301), (part, path, answer.status)
