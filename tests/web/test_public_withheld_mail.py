"""No mail of a newsletter shows what a measure withholds, wherever it does, whichever letter."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from petitbleu.config import Newsletter, Smtp
from petitbleu.store.sqlite import SqliteStore
from tests.domain.publishing.newsletter.kit import BASE, paper, run, subscribe
from tests.domain.publishing.newsletter.test_sending import html_of, later
from tests.kit.world import World, running
from tests.web.public import Channel, reader
from tests.web.test_public import decide

WORD = "Quittensaft"
Measure = Callable[[World, Channel, int], Awaitable[object]]


@pytest.fixture
async def world(sqlite_store: SqliteStore, tmp_path: Path) -> AsyncIterator[World]:
    smtp = Smtp(host="127.0.0.1", sender="no-reply@example.org")
    made = World(
        sqlite_store, tmp_path, public_url=BASE, smtp=smtp, newsletter=Newsletter(delay=60)
    )
    async with running(made) as world:
        yield world


MEASURES: dict[str, Measure] = {
    "withheld": lambda world, made, post: decide(world, made, "withhold", post),
    "withheld in one country": lambda world, made, post: decide(
        world, made, "withhold", post, countries=("DE",)
    ),
    "removed": lambda world, made, post: decide(world, made, "remove", post),
    "the channel withheld": lambda world, made, _: decide(world, made, "withhold"),
    "the channel withheld in one country": lambda world, made, _: decide(
        world, made, "withhold", countries=("US",)
    ),
    "deleted by its author": lambda _, made, post: made.delete(post),
    "edited": lambda _, made, post: made.edit(post, "Anders. #obst"),
}
LETTERS = {
    "each post": {"frequency": "post"},
    "each post of a hashtag": {"frequency": "post", "tags": "#obst"},
    "daily": {"frequency": "day"},
    "daily, of a hashtag": {"frequency": "day", "tags": "#obst"},
    "weekly": {"frequency": "week"},
}


@pytest.mark.parametrize("measure", MEASURES)
async def test_no_letter_shows_a_post_that_is_withheld(world: World, measure: str) -> None:
    """Seven measures, five letters each; and what lies about the reader's link."""
    made = await paper(world)
    links = [
        await subscribe(world, f"r{n}@example{n}.net", **LETTERS[letter])
        for n, letter in enumerate(LETTERS)
    ]
    post = await made.say(f"Es gibt {WORD}. #obst")
    other = await made.say("Ein anderer Tag. #obst")
    await MEASURES[measure](world, made, post)
    letters = await later(world, 61) + await later(world, 7 * 86_400)
    for one in letters:
        seen = f"{one.subject} {one.text} {html_of(one)} {one.message}"
        assert WORD not in seen, (measure, one.to)
    hidden = measure.startswith("the channel")
    assert {one.to for one in letters} == (set() if hidden else {
        f"r{n}@example{n}.net" for n in range(len(LETTERS))
    }), "the other post is mailed to all"  # fmt: skip
    browser = reader(world)
    for path in (*links, "/gazette/newsletter", "/gazette/newsletter?tags=obst&from=1"):
        assert WORD not in (await browser.get(path)).text
    assert other > post


@pytest.mark.parametrize("part", range(3))
async def test_an_album_goes_with_each_of_its_pictures(world: World, part: int) -> None:
    made = await paper(world)
    for n, letter in enumerate(LETTERS.values()):
        await subscribe(world, f"r{n}@example{n}.net", **letter)
    first = await made.album(f"Bilder vom {WORD}. #obst")
    await decide(world, made, "withhold", first + part, countries=("DE",))
    assert await later(world, 61) + await later(world, 7 * 86_400) == []


async def test_what_is_sensitive_or_hidden_is_not_in_a_mail(world: World) -> None:
    made = await paper(world)
    await subscribe(world, "zoe@example.net")
    post = await made.say(f"Es gibt {WORD}.")
    await decide(world, made, "label", post, label="sensitive", shown="cruel")
    letters = await later(world)
    assert all(WORD not in f"{one.text} {html_of(one)}" for one in letters)
    await run(world)
