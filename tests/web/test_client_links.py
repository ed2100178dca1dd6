"""Pages of the other doors lead to the web client, unless it is switched off."""

from __future__ import annotations

from pathlib import Path

import pytest

from petitbleu.config import Web
from petitbleu.keys import RsaKeys
from petitbleu.store.sqlite import SqliteStore
from tests.kit.world import World, running
from tests.web.public import channel, reader

ADDRESSES = {
    "/": "/app",
    "/+AbC_d-1": "/app/join/AbC_d-1",
    "/c/7/3": "/app/c/c7/3",
    "/s/{name}": "/app/r/{name}",
    "/{name}/{post}": "/app/r/{name}/{post}",
    "/join/apps": "/app",
}
"""A page -> where its link to the client leads."""


@pytest.mark.parametrize("url", ["", "https://app.example.org"])
async def test_pages_open_in_the_browser(
    sqlite_store: SqliteStore, tmp_path: Path, url: str
) -> None:
    RsaKeys.load_or_create(tmp_path / "keys")
    async with running(World(sqlite_store, tmp_path, web=Web(app_url=url))) as world:
        made = await channel(world)
        values = {"name": made.name, "post": await made.say("A post")}
        for page, client in ADDRESSES.items():
            found = await reader(world).get(page.format(**values))
            assert f'href="{url}{client.format(**values)}"' in found.text, page
            assert "Open in the browser" in found.words


async def test_the_browser_comes_before_the_app(sqlite_store: SqliteStore, tmp_path: Path) -> None:
    RsaKeys.load_or_create(tmp_path / "keys")
    async with running(World(sqlite_store, tmp_path)) as world:
        made = await channel(world)
        for page in ("/+AbC_d-1", f"/s/{made.name}"):
            text = (await reader(world).get(page)).text
            browser, app = text.index('class="button" href="'), text.index('href="tg://')
            assert browser < app, page
            assert text[:app].endswith('<a class="button second" '), page


async def test_no_page_leads_to_a_client_that_is_switched_off(
    sqlite_store: SqliteStore, tmp_path: Path
) -> None:
    RsaKeys.load_or_create(tmp_path / "keys")
    async with running(World(sqlite_store, tmp_path, web=Web(app=False))) as world:
        made = await channel(world)
        values = {"name": made.name, "post": await made.say("A post")}
        for page in ADDRESSES:
            found = await reader(world).get(page.format(**values))
            assert "/app" not in found.text.replace("/join/apps", ""), page
