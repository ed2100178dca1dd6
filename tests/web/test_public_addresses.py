"""Addresses as people and programs get them slightly wrong, and what they are told."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.errors import Fault
from petitbleu.store.sqlite import SqliteStore
from petitbleu.tl import api
from petitbleu.web.public.door import ASK_AGAIN, HERE_ONLY
from tests.domain.files.media.shots import picture, upload
from tests.kit.desk import DeskSite
from tests.kit.world import World
from tests.web.public import channel, reader
from tests.web.test_public import decide


@pytest.fixture
async def world(sqlite_store: SqliteStore, tmp_path: Path) -> AsyncIterator[World]:
    """On one engine: nothing here is about what the database does."""
    made = World(sqlite_store, tmp_path)
    await made.start()
    yield made
    await made.settle()
    assert not made.errors, made.errors


@pytest.mark.parametrize(
    ("asked", "to"),
    [
        ("/mairie/", "/mairie"),
        ("/s/mairie/?lang=fr", "/s/mairie?lang=fr"),
        ("/mairie/2/", "/mairie/2"),
        ("/%5Celsewhere.example/", "/%5Celsewhere.example"),
        ("/%2F%2Felsewhere.example/", "/elsewhere.example"),
        ("/a%0D%0Ax:y/", "/a%0D%0Ax%3Ay"),
    ],
)
async def test_a_slash_too_many_leads_to_the_same_site(world: World, asked: str, to: str) -> None:
    browser = reader(world)
    browser.headers = {"host": "elsewhere.example"}
    answer = await browser.get(asked)
    assert (answer.status, answer.headers["location"]) == (308, to)
    assert not urlsplit(to).netloc


async def test_a_page_has_one_address_however_its_numbers_and_tags_are_written(
    world: World,
) -> None:
    made = await channel(world)
    post = await made.say("Le marché #marché")
    browser = reader(world)
    now = time.gmtime(world.app.clock.now())
    year, month = now.tm_year, now.tm_mon
    right = f"/s/mairie/{year}/{month:02}"
    for wrong, there in (
        (f"/s/mairie/{year}/{month}?lang=fr", f"{right}?lang=fr"),
        (f"/s/mairie/0{year}/00{month}", right),
        (f"/mairie/0{post}?embed=1", f"/mairie/{post}?embed=1"),
        (f"/mairie/00{post}/comments.atom", f"/mairie/{post}/comments.atom"),
    ):
        answer = await browser.get(wrong)
        assert (answer.status, answer.headers["location"]) == (301, there), wrong
    assert (await browser.get(right)).status == 200
    for tag in ("%23march%C3%A9", "%EF%BC%83marche"):
        page = await browser.get(f"/s/mairie/tag/{tag}")
        assert "Le marché" in page.words and '/s/mairie/tag/marche">' in page.text
        assert "Le marché" in (await browser.get(f"/tag/{tag}")).words
        feed = await browser.get(f"/s/mairie/tag/{tag}/feed.atom")
        assert b"/s/mairie/tag/marche/feed.atom" in feed.body
    for path in ("/s/mairie/tag/%23", "/tag/%23%23"):
        assert (await browser.get(path)).status == 404


async def test_a_post_is_found_behind_the_page_of_its_channel_too(world: World) -> None:
    made = await channel(world)
    post = await made.say("Here")
    answer = await reader(world).get(f"/s/mairie/{post}?lang=fr")
    assert (answer.status, answer.headers["location"]) == (301, f"/mairie/{post}?lang=fr")


async def test_a_wrong_method_is_told_the_right_ones(world: World) -> None:
    await channel(world)
    browser = reader(world)
    for path in ("/s/mairie", "/mairie/2", "/robots.txt"):
        answer = await browser.post(path)
        assert answer.status == 405, path
        allowed = {one.strip() for one in answer.headers["allow"].split(",")}
        assert allowed == {"GET", "HEAD"}, path


async def test_every_answer_says_when_it_was_made(world: World) -> None:
    await channel(world)
    browser = reader(world)
    for path in ("/s/mairie", "/nobody_here", "/static/public.css"):
        answer = await browser.get(path)
        made = parsedate_to_datetime(answer.headers["date"]).timestamp()
        assert abs(made - world.clock.now()) < 5, path


async def test_no_channel_can_take_the_name_of_an_address_of_the_server(world: World) -> None:
    site = DeskSite(world).site
    first = {one.path.split("/")[1] for one in site._app.routes}  # type: ignore[attr-defined]
    taken = set()
    for name in first:
        if re.search(r"[{}]", name):
            continue
        try:
            usernames.canonical(name)
        except Fault:
            continue  # nobody can have such a name
        taken.add(name)
    assert {"signaler", "decision", "autorites"} <= taken
    assert taken <= usernames.reserved()


async def test_a_hashtag_has_one_address_however_it_is_written(world: World) -> None:
    made = await channel(world)
    await made.say("Demain #Élections")
    browser, base = reader(world), joining.base_url(world.app)
    for asked, to in (("/s/mairie/tag/", "/s/mairie/tag/elections"), ("/tag/", "/tag/elections")):
        for tag in ("%C3%89LECTIONS", "elections", "Elections"):
            page = await browser.get(asked + tag)
            assert f'rel="canonical" href="{base}{to}"' in page.text, (asked, tag)
            assert "#Élections" in page.words and "noindex" not in page.text
        assert "noindex" in (await browser.get(f"{asked}nobody_wrote_this")).text
    assert (await browser.get(f"/tag/{'x' * 5000}")).status == 404


async def test_what_shows_many_channels_is_kept_here_and_asked_for_again(world: World) -> None:
    made = await channel(world)
    await made.say("First #news")
    browser = reader(world)
    for path in ("/", "/tag/news", "/?q=news"):
        page = await browser.get(path)
        assert page.headers["cache-control"] == ASK_AGAIN, path
        browser.headers = {"if-none-match": page.headers["etag"]}
        assert (await browser.get(path)).status == 304, path
        browser.headers = {}
    post = await made.say("Second #news")
    assert "Second" in (await browser.get("/tag/news")).words
    await made.edit(post, "Third #news")
    assert "Third" in (await browser.get("/?q=news")).words
    await decide(world, made, "withhold", post)
    assert "Third" not in (await browser.get("/tag/news")).words
    await decide(world, made, "withhold", countries=("DE",))
    page = await browser.get("/")
    assert "Mairie" in page.words and page.headers["cache-control"] == HERE_ONLY


async def test_style_sheets_do_not_outlive_the_pages_they_belong_to(world: World) -> None:
    sheet = await reader(world).get("/static/public.css")
    assert "max-age=300" in sheet.headers["cache-control"]


async def test_what_only_an_app_can_open_says_so_and_nothing_else(world: World) -> None:
    made = await channel(world, shown=False)
    link = await made.owner.call(api.messages.ExportChatInvite(peer=made.input_peer))
    invite = urlsplit(link.link).path
    browser = reader(world)
    hash_ = invite.removeprefix("/+")
    for path, address in (
        (invite, f"/app/join/{hash_}"),
        (f"/joinchat/{hash_}", f"/app/join/{hash_}"),
        ("/+NobodyMadeThis", "/app/join/NobodyMadeThis"),
        ("/addstickers/cats", "/join/apps"),
        ("/addlist/abc", "/join/apps"),
        ("/c/4711/12", "/app/c/c4711/12"),
    ):
        page = await browser.get(path)
        assert page.status == 200 and f'href="{address}"' in page.text, path
        assert "tg:" not in page.text, path
        assert "Mairie" not in page.words and page.headers["x-robots-tag"] == "noindex"
        assert page.headers["cache-control"] == "no-store"
    for path in ("/+", "/+a%22b", "/joinchat/%3Cx%3E", f"/addlist/{'x' * 65}", "/c/1/x"):
        assert (await browser.get(path)).status == 404, path


async def test_a_file_that_is_not_there_says_why_and_is_kept_by_nobody(world: World) -> None:
    made = await channel(world)
    file = await upload(made.owner, picture(900, 600))
    first, second = [
        await made.show(api.InputMediaUploadedPhoto(file=file), str(n)) for n in range(2)
    ]
    await made.delete(first)
    await decide(world, made, "withhold", second, countries=("FR",))
    browser = reader(world)
    for path, status, words in (
        (f"/m/mairie/{first}/x", 410, "gone"),
        (f"/m/mairie/{second}/x", 451, "not available in your country"),
        ("/m/mairie/4711/x", 404, "nothing at this address"),
        ("/m/mairie/photo/a", 404, "nothing at this address"),
    ):
        answer = await browser.get(path)
        assert (answer.status, answer.headers["cache-control"]) == (status, "no-cache"), path
        assert words in answer.text, path


async def test_the_privacy_page_names_the_script_and_the_count_that_pages_have(
    world: World,
) -> None:
    await channel(world)
    assert '<script src="/static/public.js"' in (await reader(world).get("/s/mairie")).text
    for lang, words in (("en", ("small script", "counted")), ("fr", ("petit script", "comptées"))):
        told = (await DeskSite(world).outsider().get(f"/confidentialite?lang={lang}")).words
        assert all(word in told for word in words), lang


async def test_what_only_tells_of_the_channel_was_never_a_post(world: World) -> None:
    made = await channel(world)
    post = await made.say("Here")
    browser = reader(world)
    told = await browser.get("/mairie/1")  # “channel created”
    assert post > 1 and told.status == 404 and "deleted" not in told.words
    assert (await browser.get("/m/mairie/1/x")).status == 404
    await made.delete(post)
    assert (await browser.get(f"/mairie/{post}")).status == 410


async def test_what_programs_ask_for_blindly_is_found(world: World) -> None:
    desk = DeskSite(world).outsider()
    for path, kind in (("/favicon.ico", "image/svg+xml"), ("/security.txt", "text/plain")):
        moved = await desk.get(path)
        assert moved.status == 301, path
        found = await desk.get(moved.headers["location"])
        assert found.status == 200 and found.headers["content-type"].startswith(kind), path


async def test_a_name_written_otherwise_leads_to_the_one_address(world: World) -> None:
    made = await channel(world, "Le_Sport")
    post = await made.say("#le_sport #sport")
    browser = reader(world)
    for asked in ("/s/le_sport", f"/LE_SPORT/{post}", "/s/le_sport/feed.atom"):
        answer = await browser.get(asked + "?lang=fr")
        to = re.sub("le_sport", "Le_Sport", asked, flags=re.IGNORECASE)
        assert (answer.status, answer.headers["location"]) == (301, to + "?lang=fr")
        assert (await browser.get(to)).status == 200


async def test_a_rename_leaves_tags_and_typed_words_alone_and_can_be_taken_back(
    world: World,
) -> None:
    made = await channel(world, "sport")
    post = await made.say("#sport")
    await made.rename("sports")
    browser = reader(world)
    tag = await browser.get("/s/sport/tag/sport%3F")
    assert (tag.status, tag.headers["location"]) == (301, "/s/sports/tag/sport%3F")
    form = await browser.post(f"/sport/{post}/comment", {"text": "kept"})
    assert (form.status, form.headers["location"]) == (308, f"/sports/{post}/comment")
    await made.rename("sport")
    assert (await browser.get("/s/sport")).status == 200
    assert "max-age=60" in tag.headers["cache-control"]
