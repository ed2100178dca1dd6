"""What somebody hostile tries at public pages: other addresses of the same page, previews that get
about, links that are pressed too often.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from petitbleu.config import Web
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.publishing.comments import service as comments
from petitbleu.domain.publishing.pages import service
from petitbleu.store.sqlite import SqliteStore
from petitbleu.tl import api
from petitbleu.web import app as web
from petitbleu.web.public import cache, visitor_limits
from tests.domain.files.media.shots import picture, upload
from tests.domain.publishing.comments.kit import talk
from tests.kit.world import World
from tests.web.public import Channel, channel, reader
from tests.web.test_public import decide


@pytest.fixture
async def world(sqlite_store: SqliteStore, tmp_path: Path) -> AsyncIterator[World]:
    """On one engine: nothing here is about what the database does."""
    made = World(sqlite_store, tmp_path)
    await made.start()
    yield made
    await made.settle()
    assert not made.errors, made.errors


async def test_no_other_address_takes_the_place_of_a_page(world: World) -> None:
    made = await channel(world)
    await made.say("A feast #fete")
    browser = reader(world)
    for odd in ("%09", "%0A", "%0D"):
        assert "A feast" not in (await browser.get(f"/s/mairie/tag/fe{odd}te")).words
    assert "A feast" in (await browser.get("/s/mairie/tag/fete")).words


async def preview(world: World, made: Channel) -> str:
    """Where the page of a channel can be looked at, as a path."""
    page = await service.load_page(world.app, made.peer)
    assert page is not None
    await service.set_shown(world.app, made.peer, False)
    return service.preview(world.app, page.chat).partition("/s/")[2]


async def test_a_preview_keeps_its_pictures_to_who_has_its_address(world: World) -> None:
    made = await channel(world)
    file = await upload(made.owner, picture(900, 600))
    post = await made.show(api.InputMediaUploadedPhoto(file=file))
    browser = reader(world)
    name = await preview(world, made)
    page = await browser.get(f"/{name}/{post}")
    (address, *_) = [one for one in page.text.split('"') if one.startswith(f"/m/{name}/{post}/")]
    answer = await browser.get(address)
    assert answer.status == 200
    assert answer.headers["cache-control"].startswith("private")
    assert "noindex" in answer.headers["x-robots-tag"]
    assert 'name="robots" content="noindex' in page.text
    assert page.headers["cache-control"].startswith("private")
    card = await browser.get(f"/oembed?url={joining.base_url(world.app)}/{name}/{post}")
    assert card.status == 404
    assert (await browser.get(f"/m/mairie/{post}/{address.rpartition('/')[2]}")).status == 404


async def test_a_preview_shows_no_comments_and_is_kept_by_nobody(world: World) -> None:
    here = await talk(world)
    await comments.set_rule(world.app, here.channel.peer, here.post, "direct")
    await here.wrote("Somebody's words")
    assert "Somebody's words" in (await here.browser.get(here.page)).words
    name = await preview(world, here.channel)
    for path in ("", "/comments", "/comments.atom"):
        page = await here.browser.get(f"/{name}/{here.post}{path}")
        assert "Somebody's words" not in page.text, path
        assert not page.headers.get("cache-control", "").startswith("public"), path
    assert (await here.browser.get(f"/{name}/{here.post}/comment")).status == 403


async def test_an_author_changes_a_comment_a_few_times_and_then_waits(world: World) -> None:
    here = await talk(world, "direct")
    await here.form()
    link = here.link
    await here.act("confirm")
    seen = [
        await here.browser.post(link, {"act": "edit", "text": f"Another text {n}"})
        for n in range(30)
    ]
    assert seen[0].status == 303 and seen[-1].status == 429
    assert int(seen[-1].headers["retry-after"]) > 0
    assert "Another text 29" in seen[-1].text  # no word is lost
    assert "try again in 1 min." in seen[-1].words
    world.clock.advance(600)
    assert (await here.browser.post(link, {"act": "edit", "text": "Later"})).status == 303


@pytest.mark.parametrize("token", ("%ff", "1.%ff", "1.é", "x" * 3000, "1_0.0"))
async def test_broken_links_of_comments_lead_to_nothing(world: World, token: str) -> None:
    assert (await reader(world).get(f"/comment/{token}")).status == 404


async def test_a_withheld_channel_stands_in_no_sitemap_there(world: World) -> None:
    made = await channel(world)
    await made.say("Hello")
    browser = reader(world)
    assert "/s/mairie/" in (await browser.get("/sitemap.xml")).text
    await decide(world, made, "withhold")
    assert "/s/mairie/" not in (await browser.get("/sitemap.xml")).text
    assert "/mairie" not in (await browser.get("/robots.txt")).text


FILES = ("Files.example.org", "files.example.org:443", "files.example.org.")


@pytest.mark.parametrize("host", FILES)
async def test_nothing_but_files_is_found_under_their_host_name(world: World, host: str) -> None:
    await channel(world)
    browser = reader(world)
    browser.app = web._Guard(
        browser.app, Web(media_url="https://Files.example.org"), world.app.clock
    )
    page = await browser.get(f"https://{host}/s/mairie")
    assert page.status == 404
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["x-content-type-options"] == "nosniff"
    assert (await browser.get("/s/mairie")).status == 200


LONG = "9" * 5000


@pytest.mark.parametrize("number", ("9" * 12, "9" * 25, LONG))
async def test_numbers_of_any_length_lead_to_nothing(world: World, number: str) -> None:
    await channel(world)
    browser = reader(world)
    for path in (
        f"/mairie/{number}",
        f"/mairie/{number}/comment",
        f"/mairie/{number}/comments",
        f"/mairie/{number}/comments.atom",
        f"/mairie/1?comment={number}",
        f"/s/mairie/{number}/{number}",
        f"/s/mairie/2026/{number}",
        f"/s/mairie/sitemap-{number}.xml",
        f"/s/mairie?before={number}",
        f"/m/mairie/{number}/x",
        f"/m/mairie/{number}/card.png",
        f"/share/mastodon/mairie/{number}",
        f"/comment/{number}.x",
        f"/s/mairie~{number}-x",
        f"/decision/{number}",
    ):
        page = await browser.get(path)
        assert page.status in (403, 404), (path[:30], page.status)


async def test_long_addresses_are_kept_by_nobody(world: World) -> None:
    await channel(world)
    browser = reader(world)
    for path in (f"/s/mairie/tag/{'x' * 5000}", f"/s/mairie/tag/{'x' * 5000}/feed.atom"):
        assert (await browser.get(path)).status == 404
    kept = world.app.parts[cache.PAGE_CACHE]._kept
    assert all(len(str(key)) < 1000 for key in kept)


async def test_what_differs_by_language_says_so_to_caches(world: World) -> None:
    made = await channel(world)
    file = await upload(made.owner, picture(900, 600))
    post = await made.show(api.InputMediaUploadedPhoto(file=file))
    browser = reader(world)
    base = joining.base_url(world.app)
    for path in (
        "/s/mairie",
        f"/mairie/{post}",
        f"/m/mairie/{post}/card.png",
        f"/oembed?url={base}/mairie/{post}",
    ):
        answer = await browser.get(path)
        assert answer.status == 200, path
        assert "public" in answer.headers["cache-control"], path
        assert "accept-language" in answer.headers["vary"].split(", "), path


async def test_pictures_of_channels_are_limited_like_other_files(world: World) -> None:
    await channel(world)
    browser = reader(world)
    count, _ = visitor_limits.RULES["file"]
    for _ in range(count):
        world.app.parts[visitor_limits.CROWD].wait("file", browser.ip, world.app.clock.now())
    assert (await browser.get("/m/mairie/photo/a")).status == 429


async def test_answers_without_a_body_take_room_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each address below is another page, and none of them has a word: who asks for one after the
    other must not fill the memory."""
    made = await channel(world)
    await made.say("A feast")
    monkeypatch.setattr(cache, "_BYTES", 64 << 10)
    browser, kept = reader(world), world.app.parts[cache.PAGE_CACHE]
    for after in range(1, 400):
        answer = await browser.get(f"/mairie/1/comments?after={after}")
        assert answer.status == 302 and not answer.body
    assert 0 < len(kept) < 100


async def test_who_asks_for_one_unknown_name_after_the_other_is_led_nowhere(world: World) -> None:
    await channel(world)
    browser = reader(world)
    found = [(await browser.get(f"/mairi{n}")).text for n in range(70)]
    assert all("/s/mairie" in one for one in found[:60])
    assert not any("/s/mairie" in one for one in found[60:])
    assert "/s/mairie" in (await reader(world, ip="198.51.100.1").get("/mairi")).text
