"""A newsletter over real SMTP, from the form to the bounce; ten thousand readers of one post."""

from __future__ import annotations

import asyncio
import resource
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import aiosmtplib
import pytest

from petitbleu.config import Newsletter, Smtp
from petitbleu.desk.intake import smtp_in
from petitbleu.domain.publishing.newsletter import addresses, filling, subscribing
from petitbleu.domain.publishing.newsletter import queries as q
from petitbleu.mailout import SmtpMail
from petitbleu.store.api import Store, Tx
from tests.domain.publishing.newsletter.kit import BASE, fill_in, link_in, paper, rows, run
from tests.domain.publishing.newsletter.test_returns import bounce
from tests.kit import servicechat, talk
from tests.kit.mail import FarSink, SmtpSink, far_sink, smtp_sink
from tests.kit.world import World, running
from tests.web.public import reader

ZOE, YAN, ADA = "zoe@example.net", "yan@example.com", "ada@example.org"
MANY = 10_000


@pytest.fixture
async def sink() -> AsyncIterator[SmtpSink]:
    async with smtp_sink() as made:
        yield made


@asynccontextmanager
async def sending(store: Store, folder: Path, port: int) -> AsyncIterator[World]:
    """A world that sends its mails by SMTP to a port of this machine."""
    smtp = Smtp(host="127.0.0.1", port=port, security="none", sender="no-reply@example.org")
    letters = Newsletter(
        sender="news@example.org", bounces="back@example.org", per_minute=1_000_000
    )
    made = World(store, folder, public_url=BASE, smtp=smtp, newsletter=letters)
    made.app.mail = SmtpMail(smtp)
    async with running(made) as world:
        yield world
        await world.app.mail.close()


@pytest.fixture
async def world(store: Store, tmp_path: Path, sink: SmtpSink) -> AsyncIterator[World]:
    async with sending(store, tmp_path, sink.port) as made:
        yield made


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert isinstance(body, EmailMessage)
    return str(body.get_content())


async def _subscribed(world: World, sink: SmtpSink, email: str, **fields: Any) -> str:
    browser = reader(world, ip=f"203.0.{len(sink.mails)}.9")
    assert (await fill_in(browser, email, **fields)).status == 200
    await run(world)
    assert sink.mails[-1]["To"] == email
    link = link_in(_text(sink.mails[-1]))
    assert (await browser.post(link, {"act": "confirm"})).status == 303
    return link


async def test_from_the_form_to_the_bounce(world: World, sink: SmtpSink) -> None:
    made = await paper(world)
    await _subscribed(world, sink, ZOE)
    await _subscribed(world, sink, YAN, frequency="day", zone="Europe/Paris")
    await _subscribed(world, sink, ADA, frequency="day", zone="America/New_York")
    await made.say("Über den Fluß – „heute“ 🎉 eröffnet.")
    sink.mails.clear()
    sink.senders.clear()
    world.clock.advance(301)
    await run(world)
    (post,) = sink.mails
    assert post["To"] == ZOE and "Über den Fluß – „heute“ 🎉 eröffnet." in _text(post)
    # It is 08:05 UTC: seven in New York is in four hours, in Paris tomorrow.
    world.clock.advance(4 * 3600)
    await run(world)
    world.clock.advance(18 * 3600)
    await run(world)
    assert [mail["To"] for mail in sink.mails] == [ZOE, ADA, YAN]
    one_click = str(sink.mails[1]["List-Unsubscribe"]).strip("<>")
    assert sink.mails[1]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    answer = await reader(world).post(one_click, {"List-Unsubscribe": "One-Click"})
    assert answer.status == 204
    door = await smtp_in.start(world.app, "127.0.0.1:0")
    host, port = door.addresses[0]
    client = aiosmtplib.SMTP(hostname=host, port=port, use_tls=False, start_tls=False)
    async with client as smtp:
        await smtp.sendmail("", [sink.senders[0]], bounce(sink.senders[0]))
    await door.stop()
    left = [addresses.opened(world.app, row) for row in await rows(world)]
    assert left == [YAN]
    figures = dict(await world.app.store.rows(q.COUNTS, channel=made.peer, after=0))
    assert figures == {"confirmed": 3, "sent": 3, "left": 1, "bounced": 1}


async def _many(tx: Tx, world: World, channel: int, first: int, count: int) -> None:
    now = int(world.clock.now())
    wish, _ = subscribing.read_wish("post", "Europe/Paris", "")
    for n in range(first, first + count):
        number = addresses.new_number(world.app)
        email = f"reader{n}@example{n % 40}.net"
        row = subscribing.new_row(world.app, number, channel, email, wish, now)
        row = row._replace(state="active", confirmed_at=now, language="fr", consent="ok")
        await tx.run(q.INSERT, **row._asdict())


@pytest.mark.long
async def test_ten_thousand_readers_of_one_post(store: Store, tmp_path: Path) -> None:
    with far_sink() as sink:
        async with sending(store, tmp_path, sink.port) as world:
            await _ten_thousand(world, sink)


async def _ten_thousand(world: World, sink: FarSink) -> None:
    made = await paper(world)
    bob = await world.sign_up("Bob")
    ada = await world.sign_up("Ada")
    for first in range(0, MANY, 1000):
        await world.app.store.write(_many, world, made.peer, first, 1000)
    await made.say("Le conseil vote le budget. " * 40)
    peer = servicechat.peer(bob, ada.user_id)
    await _talk(bob, peer, 50)
    quiet = await _talk(bob, peer, 500)
    world.clock.advance(301)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    processor, began = time.process_time(), time.perf_counter()
    sending = asyncio.create_task(_whole(world, sink))
    busy: list[float] = []
    while not sending.done():
        busy += await _talk(bob, peer, 20)
    await sending
    took, used = time.perf_counter() - began, time.process_time() - processor
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    taken = sink.taken()
    assert sum(taken.values()) == len(taken) == MANY
    print(
        f"\n{MANY} mails: {took:.1f} s, {MANY / took:.0f}/s, {used:.1f} s of processor with"
        f" {len(busy)} messages, peak memory {more >> 10} MiB higher; messages p50"
        f" {statistics.median(quiet):.1f} ms quiet, {statistics.median(busy):.1f} ms meanwhile,"
        f" p99 {_p99(quiet):.1f} and {_p99(busy):.1f} ms"
    )


async def _whole(world: World, sink: FarSink) -> None:
    """Send until all have it: the queue is filled again when it has emptied."""
    while sum(sink.taken().values()) < MANY:
        await run(world)
        world.clock.advance(filling.FULL_SECONDS)


async def _talk(who: Any, peer: Any, count: int) -> list[float]:
    took = []
    for _ in range(count):
        began = time.perf_counter()
        await talk.say(who, peer, "hello")
        took.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(0)
    return took


def _p99(values: list[float]) -> float:
    return statistics.quantiles(values, n=100)[98]
