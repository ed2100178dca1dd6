"""Addresses as people and programs get them slightly wrong, and what they are told."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from petitbleu.domain.usernames import service as usernames
from petitbleu.errors import Fault
from petitbleu.store.sqlite import SqliteStore
from tests.kit.desk import DeskSite
from tests.kit.world import World
from tests.web.public import channel, reader


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
