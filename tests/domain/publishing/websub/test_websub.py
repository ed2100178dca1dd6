"""Subscriptions: asked for, meant, signed, delivered, ended."""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest

from petitbleu.config import Moderation, Web
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.publishing.websub import following, queries, service, start, working
from petitbleu.jobs import KINDS, NoData
from petitbleu.run.jobs import JobRunner
from petitbleu.store.sqlite import SqliteStore
from petitbleu.web.public.feed_pages import FeedPages
from tests.domain.messaging.webpages.inside import PUBLIC
from tests.domain.publishing.websub.kit import BASE, CALLBACK, TOPIC, Got, Hub, Readers, hub
from tests.kit import mmdb
from tests.kit.world import World, running
from tests.web import rules
from tests.web.test_public import decide

DAY = 86_400


def posts(got: Got) -> list[int]:
    """The posts of a feed that was delivered."""
    links = rules.xml(got.body).findall(f"{rules.A}entry/{rules.A}link")
    return [int(str(one.get("href")).rpartition("/")[2]) for one in links]


async def count(here: Hub) -> int:
    found = await here.world.app.store.row(queries.ALL, id="")
    assert found is not None
    return found.n


# ── finding the hub ─────────────────────────────────────────────────────────────────────────────


async def test_feeds_name_their_hub_and_themselves(here: Hub) -> None:
    for n in range(25):
        post = await here.channel.say(f"post {n} #tag")
    checks = {
        "atom": rules.atom_problems,
        "rss": rules.rss_problems,
        "json": rules.json_feed_problems,
    }
    for form, problems in checks.items():
        path = f"/s/mairie/feed.{form}"
        answer = await here.browser.get(path)
        assert problems(answer.body) == []
        assert answer.headers["link"] == f'<{BASE}/hub>; rel="hub", <{BASE}{path}>; rel="self"'
        if form == "json":
            feed = json.loads(answer.body)
            hubs = [one["url"] for one in feed["hubs"] if one["type"] == "WebSub"]
        else:
            links = rules.xml(answer.body).iter(rules.A + "link")
            hubs = [one.get("href") for one in links if one.get("rel") == "hub"]
        assert hubs == [f"{BASE}/hub"]
        for other in (f"feed.{form}?before={post}", f"tag/tag/feed.{form}",
                      f"2027/01/feed-0.{form}"):  # fmt: skip
            answer = await here.browser.get(f"/s/mairie/{other}")
            assert (answer.status, "link" in answer.headers) == (200, False)
            assert b"/hub" not in answer.body, "only what is sent can be subscribed to"


async def test_there_is_no_hub_unless_the_operator_wants_one(
    sqlite_store: SqliteStore, tmp_path: Path, readers: Readers
) -> None:
    async with running(World(sqlite_store, tmp_path, public_url=BASE)) as world:
        here = await hub(world, readers)
        answer = await here.browser.get("/s/mairie/feed.atom")
        assert "link" not in answer.headers and b"/hub" not in answer.body
        assert (await here.ask()).status == 404


# ── the way of a subscription ───────────────────────────────────────────────────────────────────


async def test_whoever_meant_it_is_sent_each_change_once(here: Hub) -> None:
    made = here.channel
    first = await made.say("vorher")
    await here.subscribed(secret="geheim")
    (asked,) = here.readers.asked
    assert asked.pop("hub.challenge")
    assert asked == {
        "user": "7",
        "hub.mode": "subscribe",
        "hub.topic": TOPIC,
        "hub.lease_seconds": str(service.LEASE),
    }
    assert await here.round() == [], "nothing has changed yet"
    second = await made.say("nachher")
    for change in ("say", "edit", "delete", "remove"):
        match change:
            case "edit":
                await made.edit(first, "anders")
            case "delete":
                await made.delete(second)
            case "remove":
                await decide(here.world, made, "remove", first)
        (got,) = await here.round()
        assert got.url == CALLBACK
        assert got.body == (await here.browser.get("/s/mairie/feed.atom")).body, change
        assert got.headers["content-type"] == "application/atom+xml; charset=utf-8"
        assert got.headers["link"] == f'<{BASE}/hub>; rel="hub", <{TOPIC}>; rel="self"'
        signed = hmac.new(b"geheim", got.body, hashlib.sha256).hexdigest()
        assert got.headers["x-hub-signature"] == f"sha256={signed}"
        assert await here.round() == [], "once"
    assert posts(got) == []


async def test_what_changes_no_feed_is_not_sent(here: Hub) -> None:
    post = await here.channel.say("eins")
    await here.subscribed()
    await pages.set_switch(here.world.app, here.channel.peer, "share", "none")
    await here.channel.edit(post, "zwei")
    assert len(await here.round()) == 1
    await pages.set_switch(here.world.app, here.channel.peer, "share", "copy")
    assert await here.round() == []
    assert "x-hub-signature" not in here.readers.got[0].headers, "there is no secret"


async def test_a_feed_is_written_once_for_all_its_subscribers(
    here: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []
    document = FeedPages._document

    async def counted(*given: Any, **more: Any) -> Any:
        written.append(given)
        return await document(*given, **more)

    monkeypatch.setattr(FeedPages, "_document", counted)
    for n in range(12):
        await here.subscribed(callback=f"http://reader{n}.example.com/")
    await here.channel.say("neu")
    got = await here.round()
    assert (len(got), len({one.body for one in got}), len(written)) == (12, 1, 1)


async def test_an_edit_of_an_old_post_is_sent_too(here: Hub) -> None:
    said = [await here.channel.say(f"post {n}") for n in range(25)]
    await here.subscribed()
    await here.channel.edit(said[0], "anders")
    (got,) = await here.round()
    assert posts(got) == [*said[:4:-1], said[0]]


async def test_many_changes_make_one_delivery_of_the_newest(here: Hub) -> None:
    await here.subscribed()
    said = [await here.channel.say(f"post {n}") for n in range(5)]
    (got,) = await here.round()
    assert posts(got) == said[::-1]


@pytest.mark.parametrize("agrees", ["wrong", "moved", "long", "upgrade", "no"])
async def test_nobody_is_subscribed_who_did_not_mean_it(here: Hub, agrees: str) -> None:
    here.readers.agrees = agrees
    await here.subscribed()
    await here.channel.say("neu")
    assert (await count(here), await here.round()) == (0, [])
    assert len(here.readers.internet.connected) == 1, "and nobody is led elsewhere"
    await working.work(here.world.app)
    assert len(here.readers.asked) == 1, "nor asked again"


async def test_only_the_subscriber_ends_a_subscription(here: Hub) -> None:
    await here.subscribed()
    here.readers.agrees = "wrong"
    assert (await here.ask("unsubscribe")).status == 202
    await working.work(here.world.app)
    assert await count(here) == 1
    here.readers.agrees = "yes"
    await here.ask("unsubscribe")
    await working.work(here.world.app)
    assert here.readers.asked[-1]["hub.mode"] == "unsubscribe"
    assert "hub.lease_seconds" not in here.readers.asked[-1]
    assert await count(here) == 0


async def test_a_subscription_lasts_as_long_as_its_lease(here: Hub) -> None:
    await here.subscribed(lease_seconds="7200")
    here.world.clock.advance(7000)
    await here.subscribed(lease_seconds="7200")
    assert await count(here) == 1
    here.world.clock.advance(7000)
    await here.channel.say("neu")
    assert len(await here.round()) == 1
    here.world.clock.advance(201)
    await here.channel.say("noch neuer")
    assert await here.round() == []
    await KINDS["websub.look"].handler(here.world.app, NoData())
    assert await count(here) == 0
    for asked, given in (("1", service.LEASE_LEAST), ("99999999999", service.LEASE_MOST)):
        await here.subscribed(lease_seconds=asked)
        assert here.readers.asked[-1]["hub.lease_seconds"] == str(given)


async def test_a_new_secret_replaces_the_old_one(here: Hub) -> None:
    await here.subscribed(secret="alt")
    await here.subscribed(secret="neu")
    await here.channel.say("post")
    (got,) = await here.round()
    signed = hmac.new(b"neu", got.body, hashlib.sha256).hexdigest()
    assert got.headers["x-hub-signature"] == f"sha256={signed}"


# ── when things go wrong ────────────────────────────────────────────────────────────────────────


async def test_what_is_not_taken_comes_again_as_it_is_then(here: Hub) -> None:
    await here.subscribed()
    here.readers.status = 500
    first = await here.channel.say("eins")
    assert len(await here.round()) == 1
    assert await here.round() == [], "not at once"
    second = await here.channel.say("zwei")
    assert len(await here.round()) == 1, "a change is news"
    here.readers.status = 200
    due = await working.work(here.world.app)
    assert due == int(here.world.clock.now()) + working.PAUSES[0]
    here.world.clock.advance(working.PAUSES[0])
    (got,) = await here.round()
    assert posts(got) == [second, first]
    assert await working.work(here.world.app) is None


@pytest.mark.parametrize("status", [410, 500, 302])
async def test_who_takes_nothing_is_given_up(here: Hub, status: int) -> None:
    await here.subscribed(lease_seconds=str(service.LEASE_MOST))
    here.readers.status = status
    await here.channel.say("eins")
    given_up = working.SENT.values.get("given_up", 0)
    while (await here.round()) and await count(here):
        here.world.clock.advance(2 * DAY)
    tries = 1 if status == 410 else len(working.PAUSES) + 1
    assert (len(here.readers.got), await count(here)) == (tries, 0)
    assert working.SENT.values["given_up"] == given_up + 1


async def test_a_callback_that_is_down_is_asked_again_for_a_while(here: Hub) -> None:
    here.readers.internet.names["reader.example.com"] = OSError("down")
    await here.subscribed()
    here.world.clock.advance(working.VERIFY_PAUSES[0])
    del here.readers.internet.names["reader.example.com"]
    await working.work(here.world.app)
    assert await count(here) == 1
    here.readers.internet.names["reader.example.com"] = OSError("down")
    await here.ask("unsubscribe")
    for pause in working.VERIFY_PAUSES:
        assert await working.work(here.world.app) == int(here.world.clock.now()) + pause
        here.world.clock.advance(pause)
    assert await working.work(here.world.app) is None, "then it is over"
    assert await count(here) == 1


async def test_callbacks_cannot_lead_into_our_own_network(here: Hub) -> None:
    internet, name = here.readers.internet, "reader.example.com"
    inside = ("127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.0.1", "::1", "fd00::1")
    for address in inside:
        internet.names[name] = [PUBLIC, address]
        await here.subscribed()
        assert (internet.connected, await count(here)) == ([], 0), address
    internet.names[name] = [PUBLIC]
    await here.subscribed()
    assert await count(here) == 1
    internet.connected.clear()
    for address in inside:  # names may change their address
        internet.names[name] = [address]
        await here.channel.say("neu")
        assert (await here.round(), internet.connected) == ([], []), address


# ── kill -9 ─────────────────────────────────────────────────────────────────────────────────────


async def test_what_was_acknowledged_is_done_by_whoever_runs_next(here: Hub) -> None:
    assert (await here.ask()).status == 202
    runner = JobRunner(here.world.app)  # the process that took it in is gone
    await runner.run_due()
    assert await count(here) == 1
    await here.channel.say("neu")
    await here.world.settle()
    await start.begin(here.world.app)
    await following.look(here.world.app)
    assert here.readers.got == []
    await JobRunner(here.world.app).run_due()
    assert len(here.readers.got) == 1
    await JobRunner(here.world.app).run_due()
    assert len(here.readers.got) == 1


# ── what may be subscribed to, and by how many ──────────────────────────────────────────────────


WRONG = [
    ({"mode": "publish"}, "hub.mode"),
    ({"mode": ""}, "hub.mode"),
    ({"topic": ""}, "hub.topic"),
    ({"topic": "https://elsewhere.example/s/mairie/feed.atom"}, "hub.topic"),
    ({"topic": f"{BASE}/s/nobody/feed.atom"}, "no such feed"),
    ({"topic": f"{BASE}/s/mairie/feed.html"}, "no such feed"),
    ({"topic": TOPIC + "?before=3"}, "hub.topic"),
    ({"topic": f"{BASE}/s/mairie/tag/x/feed.atom"}, "hub.topic"),
    ({"topic": f"{BASE}/mairie/2/comments.atom"}, "hub.topic"),
    ({"callback": ""}, "hub.callback"),
    ({"callback": "reader.example.com"}, "hub.callback"),
    ({"callback": "ftp://reader.example.com/"}, "hub.callback"),
    ({"callback": "http://reader.example.com:6379/"}, "hub.callback"),
    ({"callback": "http://me:pass@reader.example.com/"}, "hub.callback"),
    ({"callback": "http://reader.example.com/a\r\nX-Y: z"}, "hub.callback"),
    ({"callback": "http://reader.example.com/" + "x" * 3000}, "hub.callback"),
    ({"callback": CALLBACK + "#here"}, "fragment"),
    ({"secret": "é" * 100}, "hub.secret"),
    ({"lease_seconds": "-1"}, "hub.lease_seconds"),
    ({"lease_seconds": "9" * 40}, "hub.lease_seconds"),
    ({"lease_seconds": "soon"}, "hub.lease_seconds"),
]


async def test_what_makes_no_sense_is_refused_with_a_reason(here: Hub) -> None:
    for wrong, said in WRONG:
        answer = await here.ask(**wrong)
        assert (answer.status, said in answer.text) == (400, True), wrong
        assert "Traceback" not in answer.text
    assert await working.work(here.world.app) is None


async def test_a_channel_that_is_not_public_sends_nothing(here: Hub) -> None:
    await here.subscribed()
    await here.channel.say("öffentlich")
    await pages.set_shown(here.world.app, here.channel.peer, False)
    await here.channel.say("nicht mehr")
    assert await here.round() == []
    assert (await here.ask()).status == 400
    await pages.set_shown(here.world.app, here.channel.peer, True)
    assert len(await here.round()) == 1
    await here.channel.rename("rathaus")
    moved = await here.ask()
    assert (moved.status, f"{BASE}/s/rathaus/feed.atom" in moved.text) == (400, True)


async def test_one_host_cannot_fill_the_hub(here: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(service.PARTIES, "host", (3, 2))
    other = "http://other.example.com/"
    statuses = [
        (await here.ask(callback=f"http://reader.example.com/{n}")).status for n in (1, 2, 2, 3)
    ]
    assert statuses == [202, 202, 202, 503]
    assert (await here.ask(callback=other)).status == 202
    await working.work(here.world.app)
    await here.subscribed(callback="http://reader.example.com/3")
    full = await here.ask(callback="http://reader.example.com/4")
    assert (full.status, full.headers["retry-after"]) == (503, "600")
    assert (await here.ask(callback="http://reader.example.com/3")).status == 202, "it may renew"
    assert (await here.ask(callback=f"{other}2")).status == 202


async def test_names_below_one_name_cannot_fill_the_hub(
    here: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(service.PARTIES, "site", (3, 2))

    async def ask(host: str) -> int:
        return (await here.ask(callback=f"http://{host}/")).status

    assert [await ask(f"a{n}.mill.example.co.uk") for n in range(3)] == [202, 202, 503]
    assert await ask("reader.other.co.uk") == 202
    await working.work(here.world.app)
    assert await ask("b.example.co.uk") == 202
    await working.work(here.world.app)
    assert (await count(here), await ask("c.example.co.uk")) == (4, 503)
    assert await ask("a0.mill.example.co.uk") == 202, "it may renew"


async def test_who_asks_for_everybody_cannot_fill_the_hub(
    here: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(service.PARTIES, "asker", (2, 2))
    here.browser.ip = "198.51.100.7"
    for n, expected in enumerate((202, 202, 503)):
        assert (await here.ask(callback=f"http://reader{n}.example/")).status == expected
    await working.work(here.world.app)
    here.browser.ip = "198.51.100.8"
    assert (await here.ask(callback="http://reader3.example/")).status == 503, "of one network"
    here.browser.ip = "192.0.2.7"
    assert (await here.ask(callback="http://reader3.example/")).status == 202
    rows = await here.world.app.store.rows(queries.DUE, now=0, each=9, limit=9)
    assert "198.51.100" not in repr(rows)


async def test_many_names_of_one_network_cannot_fill_the_hub(
    here: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "OF_NETWORK", 2)
    names = here.readers.internet.names
    for n in range(3):
        names[f"reader{n}.example"] = [f"93.184.216.{10 + n}"]
    names["elsewhere.example"] = ["192.36.148.17"]
    for host in ("reader0", "reader1", "reader2", "elsewhere"):
        await here.subscribed(callback=f"http://{host}.example/")
    await here.channel.say("neu")
    told = {one.url.split("/")[2] for one in await here.round()}
    assert told == {"reader0.example", "reader1.example", "elsewhere.example"}
    await here.subscribed("unsubscribe", callback="http://reader0.example/")
    await here.subscribed(callback="http://reader2.example/")
    assert await count(here) == 3


async def test_one_network_cannot_flood_the_hub(here: Hub) -> None:
    statuses = {(await here.ask(topic="x")).status for _ in range(61)}
    assert statuses == {400, 429}
    here.browser.ip = "198.51.100.1"
    assert (await here.ask()).status == 202
    long = await here.browser.post("/hub", {"hub.callback": "x" * 9000})
    assert long.status == 413


async def test_a_feed_is_sent_as_it_is_read_where_the_callback_is(
    sqlite_store: SqliteStore, tmp_path: Path, readers: Readers
) -> None:
    known = {"93.184.216.0/24": {"country": {"iso_code": "DE"}},
             "192.36.148.0/24": {"country": {"iso_code": "SE"}}}  # fmt: skip
    database = mmdb.write(tmp_path / "countries.mmdb", known)
    moderation = Moderation(country_database=str(database))
    world = World(sqlite_store, tmp_path, public_url=BASE, web=Web(websub=True),
                  moderation=moderation)  # fmt: skip
    async with running(world):
        here = await hub(world, readers)
        readers.internet.names["nordic.example.se"] = ["192.36.148.17"]
        post = await here.channel.say("ein Wort zu viel")
        await here.subscribed()
        await here.subscribed(callback="http://nordic.example.se/in")
        await decide(world, here.channel, "withhold", post, countries=("DE",))
        await here.channel.say("weiter")
        got = {one.url: posts(one) for one in await here.round()}
        assert [post in got[url] for url in (CALLBACK, "http://nordic.example.se/in")] == [
            False, True,
        ]  # fmt: skip
