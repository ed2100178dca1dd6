"""Pages of the other doors lead to the web client, unless it is switched off."""

from __future__ import annotations

from pathlib import Path

import pytest

from petitbleu.config import Web
from petitbleu.keys import RsaKeys
from petitbleu.store.sqlite import SqliteStore
from tests.domain.publishing.comments.kit import talk
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
OPEN = ("Open in the app", "Open in the browser")
"""What it says, on pages of posts and on those about the server."""


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
            assert OPEN[page in ("/", "/join/apps")] in found.words


@pytest.mark.parametrize("web", [Web(), Web(app=False), Web(app_url="https://app.example.org")])
@pytest.mark.parametrize("language", ["en", "fr", "de"])
async def test_no_page_leads_to_another_service(
    sqlite_store: SqliteStore, tmp_path: Path, web: Web, language: str
) -> None:
    RsaKeys.load_or_create(tmp_path / "keys")
    async with running(World(sqlite_store, tmp_path, web=web)) as world:
        at = await talk(world, "direct")
        await at.wrote("Merci !")
        made, post = at.channel, at.post
        pages = ("/", f"/s/{made.name}", f"/{made.name}/{post}", f"/{made.name}/{post}/comments",
                 "/+AbC_d-1", "/c/7/3", "/addstickers/cats", "/join/apps", "/nobody_here",
                 f"/{made.name}/{post}?embed=1", f"/s/{made.name}/feed.atom")  # fmt: skip
        browser = reader(world, language=language)
        for page in pages:
            found = await browser.get(page)
            assert "tg:" not in found.text, page
        for page in pages[1:4]:
            text = (await browser.get(page)).text
            assert ('href="/join/apps' in text) is not web.app, page
        if not web.app:
            assert (await browser.get("/join/apps")).status == 200


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
