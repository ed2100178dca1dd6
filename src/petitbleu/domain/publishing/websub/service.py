"""A WebSub hub (W3C Recommendation of 23 January 2018) for the feeds of our public channels.

Somebody asks for a feed to be sent to an address, the *callback*. What was asked is stored and
acknowledged, then the callback is asked whether it meant that (``working.py``): nobody can have
anything sent to somebody else. A subscription ends after its lease unless it is renewed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from petitbleu import jobs, networks
from petitbleu.app import App, Part
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.messaging.webpages import service as webpages
from petitbleu.domain.publishing.pages.service import Page
from petitbleu.domain.publishing.websub import queries as q
from petitbleu.errors import LocalFault
from petitbleu.jobs import Job
from petitbleu.store.api import Tx
from petitbleu.store.query import Query

SUBSCRIBE, UNSUBSCRIBE = "subscribe", "unsubscribe"
LEASE, LEASE_LEAST, LEASE_MOST = 10 * 86_400, 3600, 30 * 86_400
"""Seconds of a subscription: where none is asked for, and the bounds of what is."""
SECRET_BYTES = 200
"""A secret is shorter (§5.1)."""
ALL, WAITING = 20_000, 500
"""Subscriptions; requests that are not verified yet."""
PARTIES = {"host": (1000, 20), "site": (2000, 40), "asker": (2000, 60)}
"""The same for callbacks of one host, of one name with all below it, and for requests from one
network: whoever has a name has as many hosts as they like."""
OF_NETWORK = 2000
"""Subscriptions with callbacks in one network, as they were reached when they were verified."""


class ServeHub(Job, tag="websub.work", frozen=True):
    """Callbacks are asked back and feeds are sent."""


class Refused(Exception):
    """The request is not taken; the text says why, in English, for whoever wrote the program."""


class Full(Exception):
    """There are too many such requests: come again later."""


class Feed(NamedTuple):
    """A feed of a channel, as a topic names it."""

    page: Page
    form: str
    topic: str


class Asked(NamedTuple):
    """What a subscriber asks for. ``lease``: seconds, 0 where nothing is said of it; ``ip``: where
    the request came from."""

    mode: str
    callback: str
    secret: str = ""
    lease: int = 0
    ip: str = ""


Written = Callable[[Page, str, str], Awaitable[tuple[str, bytes] | None]]
"""``written(page, form, ip)``: type and bytes of a feed as it is read from ``ip``; None: it is
withheld there. Raises TimeoutError where there is no time for it now."""
WRITTEN: Part[Written | None] = Part(lambda _: None)


def write_with(app: App, written: Written) -> None:
    """Set who writes feeds: the public site."""
    app.parts[WRITTEN] = written


async def written(app: App, page: Page, form: str, ip: str) -> tuple[str, bytes] | None:
    """A feed as it is read from an address; None: it is withheld there."""
    write = app.parts[WRITTEN]
    if write is None:
        raise LocalFault("feeds are asked for, and no public site writes them")
    return await write(page, form, ip)


def hub(app: App) -> str:
    """The address of the hub; empty: there is none."""
    return f"{joining.base_url(app)}/hub" if app.config.web.websub else ""


def links(app: App, topic: str) -> str:
    """The Link header of a feed (§4): its hub and itself."""
    return f'<{hub(app)}>; rel="hub", <{topic}>; rel="self"'


async def request(app: App, feed: Feed, asked: Asked) -> None:
    """Take a request in. It is durable when this returns; whether it comes true is seen later.

    Raises Refused, Full.
    """
    if asked.mode not in (SUBSCRIBE, UNSUBSCRIBE):
        raise Refused("hub.mode must be subscribe or unsubscribe")
    if "#" in asked.callback:
        raise Refused("hub.callback must have no fragment")
    try:
        host = webpages.check(app, asked.callback)
    except webpages.Refused as why:
        raise Refused(f"hub.callback: {why}") from None
    secret = asked.secret.encode()
    if len(secret) >= SECRET_BYTES:
        raise Refused(f"hub.secret must be shorter than {SECRET_BYTES} bytes")
    number = hashlib.sha256(f"{feed.topic} {asked.callback}".encode()).hexdigest()
    now = int(app.clock.now())
    row = q.RequestRow(
        id=number,
        mode=asked.mode,
        chat=feed.page.chat.id,
        form=feed.form,
        topic=feed.topic,
        callback=asked.callback,
        host=host,
        secret=app.secrets.seal(secret, number.encode()) if secret else None,
        lease=min(max(asked.lease or LEASE, LEASE_LEAST), LEASE_MOST),
        at=now,
        due=now,
        tries=0,
        site=networks.site(host),
        asker=app.secrets.hmac("websub.asker", networks.network(asked.ip).encode()).hex()[:32],
    )
    await _room(app, row)
    await app.store.write(_ask, row)


async def crowded(app: App) -> bool:
    """Whether so many requests wait that nobody is asked a second time: addresses that never
    answer must not keep others out."""
    row = await app.store.row(q.WAITING, id="")
    return row is not None and row.n >= WAITING // 2


async def _room(app: App, row: q.RequestRow) -> None:
    """Raises Full. Who comes at the same moment is counted a little later: bounds, not promises."""
    parties = [(name, getattr(row, name), *most) for name, most in PARTIES.items()]
    counts: list[tuple[Query[q.Count], dict[str, str], int]] = [(q.WAITING, {}, WAITING)]
    counts += [(q.WAITING_FOR[name], {"party": digest}, most) for name, digest, _, most in parties]
    if row.mode == SUBSCRIBE:
        counts.append((q.ALL, {}, ALL))
        counts += [(q.ALL_OF[name], {"party": digest}, most) for name, digest, most, _ in parties]
    for query, where, most in counts:
        if await _counted(app, query, row.id, **where) >= most:
            raise Full


async def _counted(app: App, query: Query[q.Count], id: str, **where: str) -> int:
    """Rows but that of ``id`` itself: what is there already may be renewed."""
    row = await app.store.row(query, id=id, **where)
    return row.n if row is not None else 0


async def room_at(app: App, id: str, network: str) -> bool:
    """Whether a network may have this subscription beside those it has."""
    return await _counted(app, q.ALL_OF["network"], id, party=network) < OF_NETWORK


async def _ask(tx: Tx, row: q.RequestRow) -> None:
    fields = row._asdict()
    del fields["tries"]
    await tx.run(q.ASK, **fields)
    await work_at(tx, row.due)


async def work_at(tx: Tx, due: int) -> None:
    """Have the job run."""
    await jobs.schedule(tx, ServeHub(), due=due, key="work")
