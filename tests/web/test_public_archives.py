"""A feed as one list of posts, whatever their number: archives as RFC 5005 §4 describes them."""

from __future__ import annotations

import itertools
import json
from urllib.parse import urlsplit

import feedparser
import pytest

from petitbleu.domain.publishing.pages.archives import BLOCK
from tests.kit.web import Browser
from tests.kit.world import World
from tests.web import rules
from tests.web.public import Channel, channel, reader
from tests.web.test_public import decide

CHECKS = {
    "atom": rules.atom_problems,
    "rss": rules.rss_problems,
    "json": rules.json_feed_problems,
}
DAY = 86_400
"""The clock of a test begins on 15 January 2027."""


class Document:
    """One document of a feed, as a program reads it."""

    def __init__(self, body: bytes, form: str) -> None:
        assert CHECKS[form](body) == []
        self.body = body
        if form == "json":
            read = json.loads(body)
            links = {key: one for key, one in read.get("_history", {}).items() if key != "about"}
            self.archive = bool(links.pop("archive", False))
            self.links = {"self": read["feed_url"]} | {
                rel.replace("_", "-"): address for rel, address in links.items()
            }
            addresses = [one["url"] for one in read["items"]]
            if self.archive:
                assert read.get("next_url") == self.links.get("prev-archive")
        else:
            feed = feedparser.parse(body)
            self.links = {one.rel: one.href for one in feed.feed.links if one.rel != "alternate"}
            self.archive = next(rules.xml(body).iter(rules.HISTORY + "archive"), None) is not None
            addresses = [one.link for one in feed.entries]
        self.posts = [int(one.rpartition("/")[2]) for one in addresses]


async def read(browser: Browser, address: str, form: str) -> Document:
    answer = await browser.get(urlsplit(address).path)
    assert answer.status == 200, address
    made = Document(answer.body, form)
    assert made.links["self"] == address
    control = answer.headers["cache-control"]
    assert ("max-age=900" in control) == made.archive
    return made


async def walk(browser: Browser, form: str, start: str) -> list[Document]:
    """The current document and all archives behind it, the newest first."""
    found = [await read(browser, start, form)]
    while address := found[-1].links.get("prev-archive"):
        found.append(await read(browser, address, form))
        assert found[-1].archive and found[-1].links["current"] == start
        newer = found[-2].links["self"] if len(found) > 2 else None
        assert found[-1].links.get("next-archive") == newer
    return found


async def current(browser: Browser, form: str = "atom", below: str = "/s/mairie") -> str:
    """The address of the feed as it calls itself."""
    return Document((await browser.get(f"{below}/feed.{form}")).body, form).links["self"]


async def grown(world: World) -> tuple[Channel, list[int]]:
    """Three months with posts, an empty one between, an album across a border of blocks."""
    made = await channel(world)
    said = [await made.say(f"janvier {n}") for n in range(7)]
    world.clock.advance(20 * DAY)
    said += [await made.say(f"février {n}") for n in range(2 * BLOCK - 1 - said[-1])]
    said.append(await made.album("Sur deux blocs"))
    said += [await made.say(f"février encore {n}") for n in range(3)]
    world.clock.advance(60 * DAY)
    said += [await made.say(f"avril {n}") for n in range(BLOCK + 5)]
    return made, said


@pytest.mark.turns(3)
@pytest.mark.parametrize("form", CHECKS)
async def test_the_feed_and_its_archives_hold_every_post(world: World, form: str) -> None:
    _, said = await grown(world)
    browser = reader(world)
    start = await current(browser, form)
    first, *archives = await walk(browser, form, start)
    assert not first.archive and first.posts == said[: -BLOCK - 1 : -1]
    archived = [post for one in archives for post in one.posts]
    assert archived == sorted(set(archived), reverse=True)
    assert {post for one in [first, *archives] for post in one.posts} == set(said)
    places = [urlsplit(one.links["self"]).path for one in archives]
    assert places[-1] == f"/s/mairie/2027/01/feed-0.{form}"
    assert {one.rpartition("/")[0][-7:] for one in places} == {"2027/01", "2027/02", "2027/04"}
    (whole,) = (one for one in archives if album(said) in one.posts)
    assert whole.posts[0] == album(said) == 2 * BLOCK, "it stands where its first message is"


def album(said: list[int]) -> int:
    """The only post that is followed by a gap: its other pictures."""
    return next(one for one, after in itertools.pairwise(said) if after - one == 3)


async def test_archives_stay_as_they_are_while_the_channel_goes_on(world: World) -> None:
    made, said = await grown(world)
    browser = reader(world)
    start = await current(browser)
    _, *before = await walk(browser, "atom", start)
    world.clock.advance(40 * DAY)
    said += [await made.say(f"mai {n}") for n in range(2 * BLOCK)]
    _, *after = await walk(browser, "atom", start)
    newest = before[0].links["self"]
    there = [one.links["self"] for one in after]
    assert there[there.index(newest) + 1 :] == [one.links["self"] for one in before[1:]]
    kept = dict(zip(there, after, strict=True))
    assert all(kept[one.links["self"]].body == one.body for one in before[1:])
    assert kept[newest].posts == before[0].posts
    assert {post for one in after for post in one.posts} | set(said[-BLOCK:]) == set(said)


async def test_an_edit_of_an_old_post_is_told_by_the_feed_itself(world: World) -> None:
    made, said = await grown(world)
    browser = reader(world)
    oldest, album_ = said[0], album(said)
    world.clock.advance(60)
    await made.edit(album_, "Sur deux blocs, revu")
    world.clock.advance(60)
    await made.edit(oldest, "Revu aussi")
    await made.edit(said[-1], "Une fois seulement")
    for form in CHECKS:
        first = await read(browser, await current(browser, form), form)
        assert first.posts == [*said[:-21:-1], album_, oldest], form
        assert first.body.count(b"Une fois seulement") == 2, "title and text, of one entry"
        following = await browser.get(f"/s/mairie/feed.{form}?before={said[-20]}")
        assert Document(following.body, form).posts == said[-21:-41:-1], "pages are as they were"
    archive = await browser.get("/s/mairie/2027/01/feed-0.atom")
    assert b"Revu aussi" in archive.body
    await made.delete(oldest)
    await decide(world, made, "withhold", album_)
    body = (await browser.get("/s/mairie/feed.atom")).body
    assert Document(body, "atom").posts == said[:-21:-1]
    stones = {str(one.get("ref")).rpartition("/")[2] for one in rules.xml(body).iter(rules.GONE)}
    assert stones == {str(oldest), str(album_)}


async def test_what_can_still_grow_is_no_archive_yet(world: World) -> None:
    made = await channel(world)
    post = await made.say("erst")
    browser = reader(world)
    assert "prev-archive" not in (await read(browser, await current(browser), "atom")).links
    early = "/s/mairie/2027/01/feed-0.atom"
    assert (await browser.get(early)).status == 404
    while post < BLOCK:
        assert (await browser.get(early)).status == 404
        post = await made.say("mehr")
    assert (
        (await read(browser, await current(browser), "atom")).links["prev-archive"].endswith(early)
    )
    assert (await browser.get(early)).status == 200


async def test_a_month_over_has_an_address_of_its_own(world: World) -> None:
    await grown(world)
    browser = reader(world)
    for form in CHECKS:
        answer = await browser.get(f"/s/mairie/2027/02/feed.{form}")
        assert answer.status == 302
        path = urlsplit(answer.headers["location"]).path
        assert path == f"/s/mairie/2027/02/feed-2.{form}"
        assert (await browser.get(path)).status == 200
    running = await browser.get("/s/mairie/2027/04/feed.atom")
    assert (running.status, running.headers["cache-control"]) == (302, "no-cache")
    assert running.headers["location"] == await current(browser)


async def test_what_is_no_archive_is_not_found(world: World) -> None:
    made = await channel(world)
    world.clock.advance(20 * DAY)
    await made.say("février")
    world.clock.advance(60 * DAY)
    browser = reader(world)
    for path in (
        "2027/03/feed.atom",  # nothing was said
        "2027/05/feed.atom",  # has not begun
        "2027/13/feed.atom",
        "2027/02/feed.html",
        "2027/02/feed-0.html",
        "2027/02/feed-9.atom",
        "2027/05/feed-0.atom",
        "1970/01/feed-0.atom",
        f"{10**20}/01/feed-0.atom",
        f"2027/02/feed-{10**20}.atom",
        "2027/02/feed-x.atom",
    ):
        answer = await browser.get(f"/s/mairie/{path}")
        assert (answer.status, "Traceback" in answer.text) == (404, False), path


async def test_what_is_withheld_or_deleted_leaves_the_archives_at_once(world: World) -> None:
    made, said = await grown(world)
    browser = reader(world)
    oldest = "/s/mairie/2027/01/feed-0.atom"
    held, dead = said[0], said[1]
    await decide(world, made, "withhold", held)
    await made.delete(dead)
    body = (await browser.get(oldest)).body
    assert not {held, dead} & set(Document(body, "atom").posts)
    stones = [one.get("ref") for one in rules.xml(body).iter(rules.GONE)]
    assert [str(one).rpartition("/")[2] for one in stones] == [str(held)]
    await made.delete(*said[2:7])
    await decide(world, made, "remove", held)
    assert (await browser.get(oldest)).status == 404, "nothing is left of it"
    found = await walk(browser, "atom", await current(browser))
    assert {post for one in found for post in one.posts} == set(said[7:])


async def tagged(world: World) -> tuple[Channel, list[int]]:
    """Every third post has a hashtag, over three months; an album has it, too."""
    made, said = await channel(world), list[int]()

    async def month(name: str, count: int) -> None:
        for n in range(count):
            post = await made.say(f"{name} {n}" + (" #Fête" if n % 3 == 0 else " #fetes"))
            if n % 3 == 0:
                said.append(post)

    await month("janvier", 7)
    world.clock.advance(20 * DAY)
    await month("février", 4 * BLOCK)
    said.append(await made.album("Toute la #FÊTE"))
    world.clock.advance(60 * DAY)
    await month("avril", BLOCK + 5)
    return made, said


@pytest.mark.turns(3)
@pytest.mark.parametrize("form", CHECKS)
async def test_the_feed_of_a_hashtag_and_its_archives_hold_every_post(
    world: World, form: str
) -> None:
    made, said = await tagged(world)
    browser = reader(world)
    start = await current(browser, form, "/s/mairie/tag/F%C3%8ATE")
    assert urlsplit(start).path == f"/s/mairie/tag/fete/feed.{form}", "however it is written"
    first, *archives = await walk(browser, form, start)
    assert "#Fête · Mairie" in first.body.decode()
    assert not first.archive and first.posts == said[: -BLOCK - 1 : -1]
    archived = [post for one in archives for post in one.posts]
    assert archived == sorted(set(archived), reverse=True)
    assert {post for one in [first, *archives] for post in one.posts} == set(said)
    assert urlsplit(archives[-1].links["self"]).path == f"/s/mairie/tag/fete/2027/01/feed-0.{form}"
    world.clock.advance(40 * DAY)
    for n in range(2 * BLOCK):
        await made.say(f"mai {n} #fete")
    _, *after = await walk(browser, form, start)
    kept = {one.links["self"]: one for one in after}
    assert all(kept[one.links["self"]].body == one.body for one in archives[1:])


async def test_an_edit_of_an_old_post_is_told_by_the_feed_of_its_hashtag(world: World) -> None:
    made, said = await tagged(world)
    browser = reader(world)
    world.clock.advance(60)
    await made.edit(said[0], "Revu #fête")
    await made.edit(said[0] + 1, "Revu #fetes")
    for form in CHECKS:
        start = await current(browser, form, "/s/mairie/tag/fete")
        first = await read(browser, start, form)
        assert first.posts == [*said[:-21:-1], said[0]], form
    for path in ("2027/01/feed-1.atom", "2027/03/feed-0.atom", "2027/13/feed-0.atom"):
        assert (await browser.get(f"/s/mairie/tag/fete/{path}")).status == 404, path
    for tag in ("personne", "%21%21", "x" * 101):
        assert (await browser.get(f"/s/mairie/tag/{tag}/2027/01/feed-0.atom")).status == 404, tag


async def test_pages_of_a_hashtag_lead_back_to_the_page_above(world: World) -> None:
    made = await channel(world)
    for n in range(3 * BLOCK + 2):
        await made.say(f"{n} #fete")
    browser = reader(world)
    seen, address = list[tuple[str, list[int]]](), "/s/mairie/tag/fete/feed.atom"
    while address:
        page = Document((await browser.get(address)).body, "atom")
        if seen:
            back = Document((await browser.get(_path(page.links["previous"]))).body, "atom")
            assert (back.links["self"], back.posts) == seen[-1]
        seen.append((page.links["self"], page.posts))
        address = _path(page.links.get("next", ""))
    assert [len(posts) for _, posts in seen] == [20, 20, 20, 2]


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


async def test_archives_of_a_country_go_to_no_proxy(world: World) -> None:
    made, said = await grown(world)
    await decide(world, made, "withhold", said[0], countries=("DE",))
    answer = await reader(world).get("/s/mairie/2027/01/feed-0.atom")
    assert answer.headers["cache-control"].startswith("private")
