"""Notices on their way to push services: a queue for each, so that a slow one holds up no other.

An address is a stranger's word: https, a public host, looked up at each call and connected to where
it was found, no redirects, little of the answer is read (the guard of link previews). What waits
for a browser about a chat is replaced by what is newer; what cannot be delivered is no loss, the
message itself waits in the chat.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

from petitbleu import account_status, webpush
from petitbleu.app import App, Part
from petitbleu.domain.client.push import queries as q
from petitbleu.domain.client.push import service
from petitbleu.domain.client.push.queries import SubscriptionRow
from petitbleu.domain.messaging.webpages import service as webpages
from petitbleu.metrics import counter
from petitbleu.store.api import Tx

QUEUE, SERVICES = 500, 200
"""Notices that wait for one service; services that something waits for."""
AT_ONCE, TOTAL = 4, 32
"""Calls to one service at the same time, and to all."""
SECONDS = 10.0
PAUSES = (10, 60)
"""Seconds until one that was not taken is sent again; then it is given up."""
GIVE_UP = 7 * 86_400
"""So long after the last notice that was taken a subscription is forgotten."""
SCHEMES = ("https",)
SENT = counter("push_notices_total", "Notices for browsers, by what became of them", "outcome")

_json = msgspec.json.Encoder().encode


class Notice(NamedTuple):
    """Something to tell one browser."""

    account: int
    endpoint: str
    topic: str
    """One at a time waits under the same."""
    told: dict[str, object]
    urgent: bool
    ttl: int
    tries: int = 0


class Traffic:
    """What this process sends."""

    __slots__ = ("closed", "gate", "queues", "running", "schemes", "timers")

    def __init__(self) -> None:
        self.schemes = SCHEMES
        """Only tests put another one here."""
        self.queues: dict[str, OrderedDict[tuple[str, str], Notice]] = {}
        self.running: dict[str, int] = {}
        self.gate = asyncio.Semaphore(TOTAL)
        self.timers: set[asyncio.TimerHandle] = set()
        self.closed = False

    async def close(self) -> None:
        """Send nothing more."""
        self.closed = True
        self.queues.clear()
        for timer in self.timers:
            timer.cancel()


TRAFFIC: Part[Traffic] = Part(lambda _: Traffic(), Traffic.close)


def may_call(app: App, endpoint: str) -> bool:
    """Whether an address can be that of a push service, as far as can be seen from it."""
    if urlsplit(endpoint).scheme not in app.parts[TRAFFIC].schemes:
        return False
    try:
        webpages.check(app, endpoint)
    except webpages.Refused:
        return False
    return True


def put(app: App, notices: Iterable[Notice]) -> None:
    """Have them sent."""
    traffic = app.parts[TRAFFIC]
    for notice in notices:
        parts = urlsplit(notice.endpoint)
        name = f"{parts.scheme}://{parts.netloc}"
        queue = traffic.queues.get(name)
        if queue is None:
            if traffic.closed or len(traffic.queues) >= SERVICES:
                SENT.add("dropped")
                continue
            queue = traffic.queues[name] = OrderedDict()
        key = (notice.endpoint, notice.topic)
        queue.pop(key, None)
        queue[key] = notice
        if len(queue) > QUEUE:
            queue.popitem(last=False)
            SENT.add("dropped")
        if traffic.running.get(name, 0) < AT_ONCE:
            traffic.running[name] = traffic.running.get(name, 0) + 1
            app.spawn(_work(app, name))


async def _work(app: App, name: str) -> None:
    """Send what waits for one service, until nothing does."""
    traffic = app.parts[TRAFFIC]
    try:
        while queue := traffic.queues.get(name):
            _, notice = queue.popitem(last=False)
            async with traffic.gate:
                await _deliver(app, notice)
    finally:
        traffic.running[name] -= 1
        if not traffic.running[name]:
            del traffic.running[name]
            if not traffic.queues.get(name):
                traffic.queues.pop(name, None)


async def _deliver(app: App, notice: Notice) -> None:
    row = await app.store.row(q.ONE, account=notice.account, endpoint=notice.endpoint)
    if row is None or is_suspended(app, notice.account):
        return
    try:
        await _send(app, row, notice)
    except webpush.Gone:
        SENT.add("gone")
        await app.store.write(_drop, notice)
    except webpush.NotTaken as why:
        SENT.add("failed")
        app.log.info("push.not_taken", why=str(why)[:200])
        if await app.store.write(_failed, row, int(app.clock.now())):
            _again(app, notice)
    except Exception:  # one that cannot be sent must not keep the others waiting
        app.log.exception("push.failed")
    else:
        SENT.add("sent")
        if row.failing_since:
            await app.store.write(_note_failing, row, 0)


async def _send(app: App, row: SubscriptionRow, notice: Notice) -> None:
    to = webpush.Subscription(row.endpoint, row.p256dh, row.secret)
    sealed = webpush.encrypt(_json(notice.told), to, app.random)
    key = app.parts[service.VAPID]
    header = key.header(to.endpoint, contact(app), int(app.clock.now()))

    async def post(url: str, headers: dict[str, str], body: bytes) -> int:
        return await _post(app, url, headers, body)

    await webpush.send(
        to, sealed, header, urgent=notice.urgent, post=post, ttl=notice.ttl, topic=notice.topic
    )


async def _post(app: App, url: str, headers: dict[str, str], body: bytes) -> int:
    """Raises Gone where the address leads into our own network, NotTaken."""
    try:
        address = await webpages.address(app, urlsplit(url).hostname or "", seconds=SECONDS)
    except webpages.Refused:
        raise webpush.Gone from None
    except (OSError, TimeoutError) as why:
        raise webpush.NotTaken(type(why).__name__) from None
    try:
        call = webpages.Call("POST", url, headers, body, address)
        return (await webpages.call(app, call, seconds=SECONDS)).status
    except (webpages.Refused, OSError, TimeoutError) as why:
        raise webpush.NotTaken(str(why) or type(why).__name__) from None


def contact(app: App) -> str:
    """Whom a push service asks about us (RFC 8292, section 2.1)."""
    sender = app.config.smtp.sender.rpartition("<")[2].rstrip(">").strip()
    if "@" in sender:
        return f"mailto:{sender}"
    return app.config.public_url or "mailto:postmaster@localhost"


def is_suspended(app: App, account: int) -> bool:
    """Whether the person may be told nothing."""
    found = account_status.load_standing(app, account, app.clock.now())
    return found is not None and found.kind == account_status.SUSPENDED


async def _drop(tx: Tx, notice: Notice) -> None:
    await tx.run(q.DROP, account=notice.account, endpoint=notice.endpoint)


async def _failed(tx: Tx, row: SubscriptionRow, now: int) -> bool:
    """Whether it is to be tried again: one that has failed for long is forgotten."""
    if not row.failing_since:
        await _note_failing(tx, row, now)
    elif now - row.failing_since > GIVE_UP:
        await tx.run(q.DROP, account=row.account, endpoint=row.endpoint)
        return False
    return True


async def _note_failing(tx: Tx, row: SubscriptionRow, since: int) -> None:
    await tx.run(q.FAILED, account=row.account, endpoint=row.endpoint, since=since)


def _again(app: App, notice: Notice) -> None:
    if notice.tries >= len(PAUSES):
        return
    traffic = app.parts[TRAFFIC]
    later = notice._replace(tries=notice.tries + 1)

    def due() -> None:
        traffic.timers.discard(timer)
        put(app, [later])

    timer = asyncio.get_running_loop().call_later(PAUSES[notice.tries], due)
    traffic.timers.add(timer)
