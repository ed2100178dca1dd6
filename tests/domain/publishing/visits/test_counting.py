"""Visits are counted by page, day and site; nothing of a reader is kept."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from petitbleu import recipients
from petitbleu.desk.transparency import gathering
from petitbleu.desk.transparency.figures import Period
from petitbleu.domain.publishing.visits import counting, queries, service
from petitbleu.domain.publishing.visits.sample import MOST, Sample
from petitbleu.errors import StoreUnavailable
from petitbleu.web.public.programs import is_program
from tests.kit.world import World
from tests.web.public import Channel, channel, reader

PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"
)
DESKTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"
OWN = "chat.example.org"


async def read(
    world: World,
    path: str,
    times: int = 1,
    *,
    agent: str = PHONE,
    came: str = "",
    ip: str = "192.0.2.7",
) -> None:
    browser = reader(world, ip=ip)
    browser.headers = {"user-agent": agent} | ({"referer": came} if came else {})
    for _ in range(times):
        assert (await browser.get(path)).status == 200, path


async def written(world: World) -> None:
    await world.app.parts[service.VISITS].write()
    await world.settle()


async def test_page_site_and_day_are_counted_and_feeds_and_mail_apart(world: World) -> None:
    made = await channel(world)
    post, other = await made.say("Le quai #port"), await made.say("La digue")
    await read(world, f"/mairie/{post}", 6, came="https://www.journal.example/une/page?q=secret")
    await read(world, f"/mairie/{post}", 2, came="https://petit.example/")
    await read(world, f"/mairie/{other}", 3, came=f"https://{OWN}/s/mairie")
    await read(world, "/s/mairie", 1)
    await read(world, "/s/mairie/tag/port", 1, came="https://mail.google.com/mail/u/0")
    await read(world, "/s/mairie/feed.atom", 4, agent="FreshRSS/1.24")
    await written(world)
    seen = await service.figures(world.app, made.peer, 7)
    assert seen.visits == 13 and seen.feeds == 4
    assert [tuple(row) for row in seen.pages] == [(post, 8), (other, 3), (0, 2)]
    assert {row.source: row.visits for row in seen.sources} == {
        "journal.example": 6, service.INSIDE: 3, service.MAIL: 1, service.DIRECT: 1,
        service.OTHER: 2,
    }  # fmt: skip
    assert [n for _, n in seen.days] == [0, 0, 0, 0, 0, 0, 13]
    one = await service.figures(world.app, made.peer, 7, post)
    assert one.visits == 8 and one.feeds == 0
    rows = await world.app.store.rows(
        queries.OF_DAY, channel=made.peer, day=int(world.clock.now()) // 86_400
    )
    assert all("secret" not in row.source and "/" not in row.source for row in rows)


async def test_a_site_is_named_from_five_visits_of_one_day_on(world: World) -> None:
    made = await channel(world)
    post = await made.say("Le quai")
    for _ in range(3):
        await read(world, f"/mairie/{post}", 4, came="https://rare.example/")
        await read(world, f"/mairie/{post}", 5, came="https://often.example/")
        await written(world)
        world.clock.advance(86_400)
    seen = await service.figures(world.app, made.peer, 7)
    assert {row.source: row.visits for row in seen.sources} == {
        "often.example": 15, service.OTHER: 12
    }  # fmt: skip
    for _ in range(2):  # and then it has no name in the database either
        await service.tidy(world.app)
        sources = await all_sources(world, made)
        assert sources == {"often.example": 15, service.OTHER: 12}
    world.clock.advance(410 * 86_400)
    await service.tidy(world.app)
    assert await all_sources(world, made) == {}


async def all_sources(world: World, made: Channel) -> dict[str, int]:
    today = int(world.clock.now()) // 86_400
    found: dict[str, int] = {}
    for day in range(today - 10, today + 2):
        for row in await world.app.store.rows(queries.OF_DAY, channel=made.peer, day=day):
            found[row.source] = found.get(row.source, 0) + row.visits
    return found


@pytest.mark.parametrize(
    "agent",
    ["", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "curl/8.5.0",
     "facebookexternalhit/1.1", "TelegramBot (like TwitterBot)", "python-requests/2.32",
     "Mozilla/5.0 (X11) AppleWebKit/537.36 HeadlessChrome/130.0 Safari/537.36", "WhatsApp/2.24",
     "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2)",
     "Go-http-client/2.0"],
)  # fmt: skip
async def test_programs_are_left_out(world: World, agent: str) -> None:
    made = await channel(world)
    post = await made.say("Le quai")
    await read(world, f"/mairie/{post}", 2, agent=agent, came="https://journal.example/")
    await written(world)
    assert (await service.figures(world.app, made.peer, 7)).visits == 0
    assert not await recipients.readers_between(world.app.store, 200001, 209912)


@pytest.mark.parametrize(
    "agent",
    [PHONE, DESKTOP, PHONE + " [LinkedInApp]/9.29",
     "Mozilla/5.0 (Linux; Android 13; CUBOT NOTE 21)",
     "Mozilla/5.0 (Linux; Android 14; SM-S921B) Chrome/131.0.0.0 Mobile Safari/537.36"],
)  # fmt: skip
def test_browsers_of_people_are_no_programs(agent: str) -> None:
    assert not is_program(agent)


async def test_what_a_browser_fetches_in_advance_and_heads_are_not_counted(world: World) -> None:
    made = await channel(world)
    post = await made.say("Le quai")
    browser = reader(world)
    for more in ({"sec-purpose": "prefetch"}, {"purpose": "prefetch"}):
        browser.headers = {"user-agent": PHONE} | more
        for _ in range(3):
            await browser.get(f"/mairie/{post}")
    browser.headers = {"user-agent": PHONE}
    await browser._send("HEAD", f"/mairie/{post}", b"")
    await browser.get("/mairie/4000")
    await written(world)
    assert (await service.figures(world.app, made.peer, 7)).visits == 0


@pytest.mark.parametrize(
    "came",
    ["http://192.0.2.7/", "http://[2001:db8::7]/", "http://zoes-laptop.lan/", "http://router.home/",
     "http://wiki.firma.local/x", "http://localhost:3000/", "android-app://x", "about:blank",
     "http://[broken", "x" * 5000, "http://" + "a" * 300 + ".example/", "http://é.example/",
     "http://evil.example\x00/", "http://*/", "http://=/", "javascript:alert(1)"],
)  # fmt: skip
async def test_no_name_that_can_be_a_readers_own_is_kept(world: World, came: str) -> None:
    made = await channel(world)
    post = await made.say("Le quai")
    browser = reader(world)
    browser.headers = {"user-agent": PHONE, "referer": came}
    for _ in range(6):
        assert (await browser.get(f"/mairie/{post}")).status == 200
    await written(world)
    assert await all_sources(world, made) == {service.OTHER: 6}


async def test_ten_thousand_sites_take_bounded_room(world: World) -> None:
    made = await channel(world)
    visits = world.app.parts[service.VISITS]
    for n in range(10_000):
        visits.count(made.peer, n % 50, service.source(f"https://site{n}.example/", OWN))
    assert len(visits._counts) <= counting.COUNTS_MAX
    await written(world)
    found = await all_sources(world, made)
    assert sum(found.values()) == 10_000
    assert len(found) <= counting.NAMED_MAX + 1
    assert found[service.OTHER] >= 10_000 - counting.NAMED_MAX
    for n in range(10_000):  # posts that nobody said are no pages, but addresses of pages are many
        visits.count(made.peer, n, service.DIRECT)
    assert len(visits._counts) <= counting.COUNTS_MAX + 1
    await written(world)
    assert (await service.figures(world.app, made.peer, 7)).visits == 20_000


async def test_what_cannot_be_written_is_written_later(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await channel(world)
    post = await made.say("Le quai")
    await read(world, f"/mairie/{post}", 3)
    real = counting._add

    async def broken(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(counting, "_add", broken)
    with pytest.raises((OSError, StoreUnavailable)):
        await written(world)
    monkeypatch.setattr(counting, "_add", real)
    await read(world, f"/mairie/{post}", 1)
    await written(world)
    assert (await service.figures(world.app, made.peer, 7)).visits == 4


async def test_the_end_of_an_instance_writes_what_is_left(world: World) -> None:
    made = await channel(world)
    post = await made.say("Le quai")
    await read(world, f"/mairie/{post}", 3)
    await world.app.parts[service.VISITS].close()
    assert (await service.figures(world.app, made.peer, 7)).visits == 3


async def test_readers_of_a_month_are_estimated_and_stand_in_the_report(world: World) -> None:
    made = await channel(world)
    post = await made.say("Le quai")
    for _day in range(2):
        for n in range(5):
            await read(world, f"/mairie/{post}", 3, ip=f"192.0.2.{n}")
        await read(world, "/", 1, ip="192.0.2.3")
        await written(world)
        await written(world)
        world.clock.advance(86_400)
    (row,) = await recipients.readers_between(world.app.store, 200001, 209912)
    assert (row.country, row.readers) == (world.app.config.country, 10)
    first = datetime.date(row.month // 100, row.month % 100, 1)
    facts = await gathering.gather(world.app, Period(first, first.replace(day=28)))
    months = [one for one in facts.active if one.month == row.month]
    accounts = sum(
        one.accounts for one in await recipients.between(world.app.store, row.month, row.month)
    )
    assert sum(one.accounts for one in months) == accounts + 10


async def test_nothing_made_of_an_address_is_written(world: World, tmp_path: Path) -> None:
    made = await channel(world)
    post = await made.say("Le quai")
    await read(world, f"/mairie/{post}", 2, ip="203.0.113.77", came="https://journal.example/")
    await written(world)
    rows = await world.app.store.rows(
        queries.OF_DAY, channel=made.peer, day=int(world.clock.now()) // 86_400
    )
    assert [tuple(row) for row in rows] == [(post, "journal.example", 2)]
    # A key of another day tells the same reader otherwise, and it is in no file.
    visits = world.app.parts[service.VISITS]
    before = set(visits._sample._seen)
    key = visits._key
    world.clock.advance(86_400)
    await read(world, f"/mairie/{post}", 1, ip="203.0.113.77")
    assert before.isdisjoint(visits._sample._seen) and visits._key != key
    await written(world)
    for file in tmp_path.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert key not in data and b"203.0.113.77" not in data, file


@pytest.mark.parametrize("readers", (10, MOST, 5 * MOST))
def test_the_estimate_is_exact_for_few_and_near_for_many(readers: int) -> None:
    sample = Sample()
    step = 0x9E3779B97F4A7C15
    for n in range(readers):
        number = (n * step) % (1 << 64)
        number ^= number >> 29
        sample.add(number, lambda: "FR")
        sample.add(number, lambda: "DE")
    told = sample.growth()["FR"]
    assert len(sample._seen) <= MOST
    assert told == readers if readers <= MOST else abs(told - readers) < readers * 0.05
    assert sample.growth() == {}
