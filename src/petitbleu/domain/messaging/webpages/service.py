"""Previews of links: fetched once, kept for a while, told to everybody who sees the message.

A message whose text holds a link carries the link's number and address in ``body.extra``
(``messages/links.py``). What it leads to stands here, for all messages alike.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from petitbleu import __version__
from petitbleu.app import App, Part
from petitbleu.domain.files.media import service as media
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.messaging.webpages import queries as q
from petitbleu.domain.messaging.webpages.asking import Call as Call
from petitbleu.domain.messaging.webpages.asking import Reply, ask
from petitbleu.domain.messaging.webpages.fetch import Fetched, Limits, fetch
from petitbleu.domain.messaging.webpages.guard import Network, public, target
from petitbleu.domain.messaging.webpages.guard import Refused as Refused
from petitbleu.domain.messaging.webpages.queries import Row
from petitbleu.domain.updates import log
from petitbleu.eager import within
from petitbleu.errors import Fault, StoreUnavailable
from petitbleu.metrics import counter
from petitbleu.sandbox import JobFailed, Sandbox
from petitbleu.store.api import Tx

PENDING, READY, NONE = range(3)
"""``webpage.state``"""
TOLD = "webpage"
"""Kind of the event: what a link leads to is known now."""
AT_ONCE = 6
"""Fetches that run at the same time; others wait."""
WAITING_MAX = 200
"""With so many waiting, a link stays without a preview."""
GIVEN_UP = 60
"""Seconds after which a fetch that has no end is taken for lost, with the process it ran in."""
FAILED_SECONDS = 3600
NOTHING_SECONDS = 7 * 86_400
"""How long it is remembered that a link gave nothing."""
_DAY = 86_400
_SLICE = 500
PAGE_BYTES = 512 << 10
IMAGE_BYTES = 5 << 20
IMAGE_SECONDS = 5
_PARSE_SECONDS = 3
_PARSE_BYTES = 256 << 20
_PAGES = ("text/html", "application/xhtml+xml")

FETCHED = counter("link_previews_total", "Links looked at for a preview")
REFUSED = counter("link_previews_refused_total", "Links that were not fetched or gave nothing")

_encode = msgspec.msgpack.Encoder().encode


class Preview(NamedTuple):
    """What a link leads to, as clients show it. Empty texts: nothing is said."""

    url: str
    """Where it led."""
    site: str
    title: str
    description: str
    author: str
    type: str
    """``article`` or ``photo``."""
    large: bool
    photo: bytes | None
    """As the media room keeps it."""


_decode = msgspec.msgpack.Decoder(Preview).decode


class Fetches:
    """What is under way in this process."""

    __slots__ = ("gate", "network", "running", "told", "workers")

    def __init__(self, data: Path) -> None:
        self.network = Network()
        self.gate = asyncio.Semaphore(AT_ONCE)
        self.running: dict[int, asyncio.Task[None]] = {}
        self.told: dict[int, dict[tuple[int, int], MessageRow]] = {}
        """Link -> messages that show it as pending."""
        self.workers = Sandbox(
            "petitbleu.domain.messaging.webpages.worker",
            workers=1,
            seconds=_PARSE_SECONDS,
            memory=_PARSE_BYTES,
            data=data,
        )

    async def close(self) -> None:
        """End what is under way."""
        for task in list(self.running.values()):
            task.cancel()
        await self.workers.close()


FETCHES: Part[Fetches] = Part(lambda app: Fetches(app.config.data), Fetches.close)


def preview(row: Row) -> Preview | None:
    """The preview of a link that has one."""
    return _decode(row.data) if row.data is not None else None


async def known(app: App, ids: Iterable[int]) -> dict[int, Row]:
    """What is known of these links."""
    return {row.id: row for row in await app.store.rows(q.OF, ids=list(ids))}


async def picture(app: App, message: MessageRow) -> bytes | None:
    """The stored photo of what a message's link leads to; None: there is none."""
    link = messages.decode_extra(message.extra or b"\x80").get("webpage")
    found = (await known(app, [link[0]])).get(link[0]) if link else None
    shown = preview(found) if found is not None else None
    return shown.photo if shown is not None else None


def stale(app: App, row: Row | None, since: int) -> bool:
    """Whether a link that was said at ``since`` (Unix seconds) is to be fetched (anew)."""
    now = app.clock.now()
    if row is None:
        return True
    if row.state == PENDING:
        return now - row.fetched_at > GIVEN_UP
    return row.due <= now and since >= row.due


def wish(app: App, number: int, url: str, shown: MessageRow | None = None) -> bool:
    """See to it that the link is fetched; ``shown`` is told of the outcome. False: too busy."""
    fetches = app.parts[FETCHES]
    task = fetches.running.get(number)
    if task is None:
        if len(fetches.running) >= WAITING_MAX or not app.config.previews.enabled:
            return False
        task = asyncio.ensure_future(_run(app, fetches, number, url))
        fetches.running[number] = task
        app.spawn(_watched(task))
    if shown is not None:
        fetches.told.setdefault(number, {})[(shown.author, shown.body)] = shown
    return True


def follow(app: App, number: int, shown: MessageRow) -> bool:
    """Have ``shown`` told of the outcome of a fetch under way here; False: there is none."""
    fetches = app.parts[FETCHES]
    if number not in fetches.running:
        return False
    fetches.told.setdefault(number, {})[(shown.author, shown.body)] = shown
    return True


async def _watched(task: asyncio.Task[None]) -> None:
    try:
        await task
    except asyncio.CancelledError:
        if not task.cancelled():
            raise


async def now(app: App, number: int, url: str, seconds: float) -> Row | None:
    """What the link leads to, fetched at need, waited for at most so long."""
    row = (await known(app, [number])).get(number)
    if not stale(app, row, int(app.clock.now())):
        return row
    if wish(app, number, url):
        await asyncio.wait({app.parts[FETCHES].running[number]}, timeout=seconds)
    return (await known(app, [number])).get(number)


async def _run(app: App, fetches: Fetches, number: int, url: str) -> None:
    """Fetch a link, keep what it gave, tell those who wait."""
    try:
        at = int(app.clock.now())
        await app.store.write(_claim, number, url, at)
        async with fetches.gate:
            found = await look(app, url)
        waiting = fetches.told.pop(number, {})
        await app.store.write(
            _keep, number, found, waiting.values(), int(app.clock.now()),
            app.config.previews.hours * 3600,
        )  # fmt: skip
    except StoreUnavailable:
        app.log.info("webpages.not_kept", url=url)
    finally:
        fetches.told.pop(number, None)
        fetches.running.pop(number, None)


async def _claim(tx: Tx, number: int, url: str, at: int) -> None:
    await tx.run(q.CLAIM, id=number, url=url, at=at)


async def _keep(
    tx: Tx, number: int, found: Preview | None, waiting: Iterable[MessageRow], at: int, lasts: int
) -> None:
    owners: set[int] = set()
    for row in waiting:
        owners.update(await messages.copies(tx, row))
    owners = await messages.lock(tx, owners)
    (before,) = await tx.rows(q.OF, ids=[number])
    if found is None and before.state == READY:
        # It had a preview: a server that is away for an hour takes nothing from old messages.
        await tx.run(q.LATER, id=number, at=at, due=at + FAILED_SECONDS)
    else:
        state, due = (NONE, at + FAILED_SECONDS) if found is None else (READY, at + lasts)
        data = _encode(found) if found is not None else None
        await tx.run(q.PUT, id=number, state=state, at=at, due=due, data=data)
        old = preview(before)
        if found is not None and found.photo is not None:
            await media.hold(tx, found.photo, "webpage", number)
        if old is not None and old.photo is not None:
            await media.let_go(tx, old.photo, "webpage", number, at=at)
    for owner in sorted(owners):
        await log.append(tx, owner, TOLD, {"id": number}, at=at)


# ── forgetting ──────────────────────────────────────────────────────────────────────────────────


async def forget_old(app: App) -> int:
    """Forget what was fetched long ago (``previews.keep_days``), and sooner what gave nothing; how
    many. Old messages then show the bare link; whoever says it anew has it fetched anew.
    """
    now, after, gone = int(app.clock.now()), 0, 0
    kept = {READY: app.config.previews.keep_days * _DAY}
    while rows := await app.store.rows(q.AFTER, after=after, limit=_SLICE):
        after = rows[-1].id
        old = [row for row in rows if now - row.fetched_at > kept.get(row.state, NOTHING_SECONDS)]
        if old:
            gone += await app.store.write(_forget, old, now)
    return gone


async def _forget(tx: Tx, rows: list[Row], at: int) -> int:
    gone = 0
    for row in rows:
        if await tx.run(q.DROP, id=row.id, fetched_at=row.fetched_at):
            gone += 1
            shown = preview(row)
            if shown is not None and shown.photo is not None:
                await media.let_go(tx, shown.photo, "webpage", row.id, at=at)
    return gone


# ── looking ─────────────────────────────────────────────────────────────────────────────────────


async def look(app: App, url: str) -> Preview | None:
    """What a link leads to; None where it may not be fetched or there is nothing to show."""
    FETCHED.add()
    try:
        response = await fetch(
            app.parts[FETCHES].network, url, _limits(app, PAGE_BYTES, (*_PAGES, "image/"))
        )
        if response.type.startswith("image/"):
            return await _picture(app, url, response)
        return await _page(app, response)
    except (Refused, OSError, TimeoutError, JobFailed, ValueError) as why:
        REFUSED.add()
        app.log.info("webpages.refused", url=url, reason=str(why)[:200])
        return None


def _limits(app: App, size: int, types: tuple[str, ...]) -> Limits:
    settings = app.config.previews
    agent = f"Petitbleu/{__version__} (link preview; like TelegramBot"
    return Limits(
        seconds=settings.seconds,
        size=size,
        ports=settings.ports,
        agent=f"{agent}; {app.config.public_url})" if app.config.public_url else f"{agent})",
        languages=",".join(app.config.languages),
        types=types,
    )


# ── calling back ────────────────────────────────────────────────────────────────────────────────


def check(app: App, url: str) -> str:
    """The host of an address that may be called, by its form. Raises Refused."""
    return target(url, app.config.previews.ports).host


async def call(app: App, what: Call, *, seconds: float, keep: int = 4096) -> Reply:
    """Call an address that a stranger gave: public ones on web ports alone, no redirects.

    Raises Refused, OSError, TimeoutError.
    """
    ports = app.config.previews.ports
    return await ask(app.parts[FETCHES].network, what, ports=ports, seconds=seconds, keep=keep)


async def address(app: App, host: str, *, seconds: float) -> str:
    """An address of a host, as numbers. Raises Refused unless all it has are public; OSError,
    TimeoutError."""
    async with within(seconds):
        return public(host, await app.parts[FETCHES].network.resolve(host, 443))


async def _page(app: App, found: Fetched) -> Preview | None:
    said = await app.parts[FETCHES].workers.run(
        {"body": found.body, "charset": found.charset, "url": found.url}
    )
    texts = {name: str(said.get(name, "")) for name in ("site", "title", "description", "author")}
    if not (texts["title"] or texts["description"]):
        raise Refused("nothing to show")
    photo = await _image(app, str(said.get("image", "")))
    large = photo is not None and said.get("card") == "summary_large_image"
    return Preview(found.url, type="article", large=large, photo=photo, **texts)


async def _picture(app: App, url: str, found: Fetched) -> Preview | None:
    photo = await _image(app, url)
    if photo is None:
        raise Refused("no picture")
    return Preview(found.url, "", "", "", "", "photo", True, photo)


async def _image(app: App, url: str) -> bytes | None:
    """The picture of a page, made anew by the media room's workers; None where there is none."""
    if not url:
        return None
    limits = _limits(app, IMAGE_BYTES, ("image/",))._replace(seconds=IMAGE_SECONDS)
    try:
        response = await fetch(app.parts[FETCHES].network, url, limits)
        return await media.picture(app, response.body) if response.whole else None
    except (Refused, OSError, TimeoutError, ValueError, Fault) as why:
        app.log.info("webpages.no_image", url=url[:300], reason=str(why)[:200])
        return None
