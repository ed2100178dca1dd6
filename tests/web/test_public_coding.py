"""Pages and feeds in fewer bytes: each form with its own validator, none beside a token."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.publishing.pages import service
from petitbleu.web.assets import Assets
from petitbleu.web.public import coding
from tests.kit.web import Answer, Browser
from tests.kit.world import World
from tests.web.newsroom import newsroom
from tests.web.public import channel, reader
from tests.web.test_public import decide

UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


async def asked(browser: Browser, path: str, accept: str, tag: str = "") -> Answer:
    browser.headers = {"accept-encoding": accept} if accept else {}
    if tag:
        browser.headers["if-none-match"] = tag
    return await browser.get(path)


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", ""), ("identity", ""), ("deflate", ""), ("br;q=0, gzip;q=0", ""), ("*;q=0", ""),
        ("gzip", "gzip"), ("GZIP", "gzip"), ("gzip, deflate, br, zstd", "br"), ("*", "br"),
        ("br;q=0, gzip", "gzip"), ("gzip;q=1.0, br;q=0.5", "gzip"), ("br;q=0, *", "gzip"),
        ("identity;q=1, br;q=0.5", ""), ("br;q=x", ""), (",,;;q=,=", ""), ("br" * 5000, ""),
    ],
)  # fmt: skip
def test_a_reader_gets_what_it_takes(accept: str, form: str) -> None:
    assert coding.wanted(accept) == form


async def test_pages_and_feeds_are_sent_in_three_forms(world: World) -> None:
    _, posts = await newsroom(world)
    browser = reader(world)
    for path in (
        "/s/lejournal", f"/lejournal/{posts['article']}", "/s/lejournal/feed.atom", "/",
        "/s/lejournal/feed.rss", "/s/lejournal/feed.json", "/s/lejournal/tag/port",
        "/s/lejournal/2027/01", "/s/lejournal/sitemap.xml",
    ):  # fmt: skip
        plain = await asked(browser, path, "")
        assert plain.status == 200 and "content-encoding" not in plain.headers, path
        tags = {plain.headers["etag"]}
        for form in ("gzip", "br"):
            packed = await asked(browser, path, form)
            assert packed.headers.get("content-encoding") == form, path
            assert UNPACK[form](packed.body) == plain.body, path
            assert packed.headers["content-length"] == str(len(packed.body))
            assert len(packed.body) < len(plain.body)
            tags.add(packed.headers["etag"])
            again = await asked(browser, path, form, packed.headers["etag"])
            assert (again.status, again.body) == (304, b"")
            assert again.headers["etag"] == packed.headers["etag"]
            other = await asked(browser, path, form, plain.headers["etag"])
            assert other.status == 200, "it is another form"
            for answer in (packed, again, plain):
                assert "accept-encoding" in answer.headers["vary"], path
        assert len(tags) == 3, path


async def test_sheets_and_scripts_are_sent_in_three_forms(world: World) -> None:
    browser = reader(world)
    for name in ("page.css", "public.css", "public.js", "visits.css"):
        path = f"/static/{name}"
        plain = await asked(browser, path, "")
        assert plain.status == 200 and "content-encoding" not in plain.headers
        tags = {plain.headers["etag"]}
        for form in ("gzip", "br"):
            packed = [await asked(browser, path, form) for _ in range(2)]
            for one in packed:
                assert one.headers["content-encoding"] == form, path
                assert UNPACK[form](one.body) == plain.body
                assert one.headers["content-length"] == str(len(one.body))
                assert one.headers["content-type"] == plain.headers["content-type"]
                assert one.headers["cache-control"] == plain.headers["cache-control"]
                assert len(one.body) < len(plain.body) / 1.8, path
            tag = packed[0].headers["etag"]
            tags.add(tag)
            again = await asked(browser, path, form, tag)
            assert (again.status, again.body) == (304, b"") and again.headers["etag"] == tag
            other = await asked(browser, path, form, plain.headers["etag"])
            assert other.status == 200, "it is another form"
            assert all("accept-encoding" in one.headers["vary"] for one in (plain, again, *packed))
        assert len(tags) == 3, path
        browser.headers = {"accept-encoding": "br", "range": "bytes=10-19"}
        part = await browser.get(path)
        assert (part.status, part.body) == (206, plain.body[10:20])
        assert "content-encoding" not in part.headers
    small = await asked(browser, "/static/icon.svg", "br")
    assert small.status == 200 and "content-encoding" not in small.headers
    assert (await asked(browser, "/static/none.css", "br")).status == 404


async def test_a_sheet_that_changes_is_not_sent_as_it_was(tmp_path: Path) -> None:
    sheet = tmp_path / "a.css"
    site = Browser(Starlette(routes=[Mount("/static", Assets(tmp_path))]))
    for words in ("a { color: red }\n", "a { color: navy }\n"):
        sheet.write_text(words * 100)
        answer = await asked(site, "/static/a.css", "br")
        assert brotli.decompress(answer.body).decode() == words * 100


async def test_twenty_posts_are_few_bytes(world: World) -> None:
    made, _ = await newsroom(world)
    for n in range(20):
        await made.say(f"Le budget du port, suite {n}. " + "Les quais rouvrent samedi. " * 20)
    page = await asked(reader(world), "/s/lejournal", "gzip")
    sheets = [await reader(world).get(f"/static/{name}.css") for name in ("page", "public")]
    assert len(page.body) + sum(len(gzip.compress(one.body)) for one in sheets) < 45 << 10


async def test_nothing_is_packed_beside_a_token(world: World) -> None:
    made = await channel(world, shown=False)
    post = await made.say("Un texte assez long pour être comprimé. " * 40)
    chat = await chats.get(world.app, made.peer)
    assert chat is not None
    preview = service.preview(world.app, chat).partition("/s/")[2]
    browser = reader(world)
    for path in (f"/s/{preview}", f"/{preview}/{post}"):
        answer = await asked(browser, path, "br, gzip")
        assert answer.status == 200 and "content-encoding" not in answer.headers, path
    await service.set_shown(world.app, made.peer, True)
    for path in (f"/mairie/{post}/comment", "/signaler", "/contact", "/join"):
        answer = await asked(browser, path, "br, gzip")
        assert "content-encoding" not in answer.headers, path


@pytest.mark.parametrize("form", ["br", "gzip"])
async def test_no_packed_form_outlives_a_decision_an_edit_or_a_deletion(
    world: World, form: str
) -> None:
    made, posts = await newsroom(world)
    browser = reader(world)
    paths = ("/s/lejournal", "/s/lejournal/feed.atom", f"/lejournal/{posts['corrected']}")

    async def shown() -> list[bool]:
        answers = [await asked(browser, path, form) for path in paths]
        bodies = [UNPACK[one.headers.get("content-encoding", "")](one.body) for one in answers]
        return [b"dix-neuf millions" in body for body in bodies]

    await made.edit(posts["corrected"], "Le budget est de dix-neuf millions.")
    assert await shown() == [True] * 3
    await made.edit(posts["corrected"], "Le budget est de dix-huit millions.")
    assert await shown() == [False] * 3
    await made.edit(posts["corrected"], "Le budget est de dix-neuf millions.")
    assert await shown() == [True] * 3
    await decide(world, made, "withhold", posts["corrected"])
    assert await shown() == [False] * 3
