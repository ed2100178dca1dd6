"""What the hub says to callbacks: asks whether they meant a request, and sends feeds.

A round takes what is due, a few of each site, several sites at once; what fails comes again later.
Callbacks are strangers: where they may lie is decided by the guard of link previews, each time.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from urllib.parse import urlencode

from petitbleu import __version__, webhooks
from petitbleu.app import App
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.messaging.webpages import service as webpages
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.publishing.websub import following, service
from petitbleu.domain.publishing.websub import queries as q
from petitbleu.domain.publishing.websub.queries import RequestRow, SubscriptionRow
from petitbleu.domain.publishing.websub.service import SUBSCRIBE
from petitbleu.errors import StoreUnavailable
from petitbleu.metrics import counter
from petitbleu.networks import network
from petitbleu.store.api import Tx

SECONDS = 10.0
"""Time a callback has to answer."""
_READ, _OF_SITE, _SITES = 200, 4, 8
"""Rows of a round, those of one site among them, sites at the same time."""
VERIFY_PAUSES = (60, 600)
"""Seconds until a callback that could not be reached is asked again; then the request is over."""
PAUSES = (10, 60, 300, 1800, 3600, 3600 * 4, 3600 * 12, 86_400)
"""Seconds until a feed that was not taken is sent again; then the subscription is over."""
SIGNATURE = "X-Hub-Signature"
SENT = counter("websub_sent_total", "Feeds sent to subscribers, by what became of it", "outcome")
_FAILURES = (webpages.Refused, OSError, TimeoutError)


async def work(app: App) -> int | None:
    """Rounds, until nothing is due; when something is (Unix seconds), None: there is nothing."""
    while True:
        now = int(app.clock.now())
        await _round(app, now)
        row = await app.store.row(q.NEXT, now=now)
        if row is None or row.at is None or row.at > now:
            return row.at if row is not None else None


async def _round(app: App, now: int) -> None:
    bounds = {"now": now, "each": _OF_SITE, "limit": _READ}
    due: list[RequestRow | SubscriptionRow] = [
        *await app.store.rows(q.ASKED, **bounds),
        *await app.store.rows(q.DUE, **bounds),
    ]
    sites: dict[str, list[RequestRow | SubscriptionRow]] = {}
    for row in due:
        sites.setdefault(row.site, []).append(row)
    gate = asyncio.Semaphore(_SITES)
    await asyncio.gather(*(_serve(app, gate, rows) for rows in sites.values()))


async def _serve(
    app: App, gate: asyncio.Semaphore, rows: Sequence[RequestRow | SubscriptionRow]
) -> None:
    """What one site is told, one after the other."""
    async with gate:
        for row in rows:
            try:
                if isinstance(row, RequestRow):
                    await _verify(app, row)
                else:
                    await _deliver(app, row)
            except StoreUnavailable:
                raise
            except Exception:  # one that cannot be served must not keep the others waiting
                app.log.exception("websub.failed", host=row.host)
                if isinstance(row, RequestRow):
                    await app.store.write(_over, row)
                else:
                    await _not_taken(app, row)


def _headers(app: App) -> dict[str, str]:
    return {"User-Agent": f"Petitbleu/{__version__} (WebSub hub; {joining.base_url(app)})"}


# ── did they mean it? ───────────────────────────────────────────────────────────────────────────


async def _verify(app: App, row: RequestRow) -> None:
    """Ask the callback (§5.3); what was asked comes true only if it repeats the challenge."""
    version = await following.version(app, row.chat)
    if row.mode == SUBSCRIBE and not version:
        await app.store.write(_over, row)
        return
    challenge = app.random(24).hex()
    asked = {"hub.mode": row.mode, "hub.topic": row.topic, "hub.challenge": challenge}
    if row.mode == SUBSCRIBE:
        asked["hub.lease_seconds"] = str(row.lease)
    url = row.callback + ("&" if "?" in row.callback else "?") + urlencode(asked)
    try:
        address = await webpages.address(app, row.host, seconds=SECONDS)
        call = webpages.Call("GET", url, _headers(app), address=address)
        answer = await webpages.call(app, call, seconds=SECONDS)
    except _FAILURES as why:
        app.log.info("websub.not_verified", host=row.host, why=str(why)[:200])
        given_up = isinstance(why, webpages.Refused) or row.tries >= len(VERIFY_PAUSES)
        if given_up or await service.crowded(app):
            await app.store.write(_over, row)
        else:
            due = int(app.clock.now()) + VERIFY_PAUSES[row.tries]
            await app.store.write(_ask_again, row, due)
        return
    if 200 <= answer.status < 300 and answer.body == challenge.encode():
        await _agreed(app, row, version, network(address))
    else:
        app.log.info("websub.not_verified", host=row.host, status=answer.status)
        await app.store.write(_over, row)


async def _agreed(app: App, row: RequestRow, version: bytes, where: str) -> None:
    """They meant it. Only now it is known in which network they are: a name may lie anywhere."""
    if row.mode == SUBSCRIBE and not await service.room_at(app, row.id, where):
        app.log.info("websub.network_full", host=row.host, network=where)
        await app.store.write(_over, row)
        return
    await app.store.write(_true, row, version, where, int(app.clock.now()))


async def _true(tx: Tx, row: RequestRow, version: bytes, where: str, now: int) -> None:
    if not await tx.run(q.ANSWERED, id=row.id, at=row.at, mode=row.mode):
        return  # they have asked for something else meanwhile
    if row.mode != SUBSCRIBE:
        await tx.run(q.DROP, id=row.id)
        return
    await tx.run(
        q.PUT,
        id=row.id,
        chat=row.chat,
        form=row.form,
        topic=row.topic,
        callback=row.callback,
        host=row.host,
        secret=row.secret,
        until=now + row.lease,
        version=version,
        site=row.site,
        asker=row.asker,
        network=where,
    )


async def _over(tx: Tx, row: RequestRow) -> None:
    await tx.run(q.ANSWERED, id=row.id, at=row.at, mode=row.mode)


async def _ask_again(tx: Tx, row: RequestRow, due: int) -> None:
    await tx.run(q.ASK_AGAIN, id=row.id, at=row.at, due=due)


# ── feeds ───────────────────────────────────────────────────────────────────────────────────────


async def _deliver(app: App, row: SubscriptionRow) -> None:
    """Send the feed as it is now (§7), if it is another than the one that was sent last."""
    status = 0
    try:
        # Name servers of strangers may say at each question something else: the feed is written for
        # the address that it is then sent to.
        address = await webpages.address(app, row.host, seconds=SECONDS)
        written = await _written(app, row, address)
        told = hashlib.sha256(written[1]).hexdigest() if written is not None else row.told
        if written is None or told == row.told:
            await app.store.write(_told, row, told)
            return
        kind, body = written
        headers = _headers(app) | {"Content-Type": kind, "Link": service.links(app, row.topic)}
        if row.secret is not None:
            secret = app.secrets.unseal(row.secret, row.id.encode()).decode()
            headers[SIGNATURE] = webhooks.sign(secret, body)
        call = webpages.Call("POST", row.callback, headers, body, address)
        status = (await webpages.call(app, call, seconds=SECONDS)).status
        why = f"it answered {status}"
    except _FAILURES as error:
        why = str(error)[:200]
    if 200 <= status < 300:
        SENT.add("taken")
        await app.store.write(_told, row, told)
        return
    app.log.info("websub.not_delivered", host=row.host, why=why, tries=row.tries + 1)
    await _not_taken(app, row, gone=status == 410)


async def _not_taken(app: App, row: SubscriptionRow, *, gone: bool = False) -> None:
    if gone or row.tries >= len(PAUSES):  # they are gone, and say so or not
        SENT.add("given_up")
        await app.store.write(_drop, row)
    else:
        SENT.add("later")
        await app.store.write(_again, row, int(app.clock.now()) + PAUSES[row.tries])


async def _written(app: App, row: SubscriptionRow, address: str) -> tuple[str, bytes] | None:
    """The feed as it is read at the callback's address; None: it is not to be read."""
    page = await pages.load_page(app, row.chat)
    if page is None:
        return None
    return await service.written(app, page, row.form, address)


async def _told(tx: Tx, row: SubscriptionRow, told: str) -> None:
    await tx.run(q.TOLD, id=row.id, told=told, version=row.version)


async def _again(tx: Tx, row: SubscriptionRow, due: int) -> None:
    await tx.run(q.AGAIN, id=row.id, version=row.version, due=due, tries=row.tries + 1)


async def _drop(tx: Tx, row: SubscriptionRow) -> None:
    await tx.run(q.DROP, id=row.id)
