"""A domain of a channel's own: asked for, proved, asked again, lost.

Whoever writes the DNS of a domain puts a token there, in a TXT record of ``_petitbleu.DOMAIN``, or
in a file of its web server. From then on the pages of the channel stand at the domain alone, until
the proof was missing several times in a row (``verifying.py``).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

from petitbleu.app import App, Part
from petitbleu.cache import Cache
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.publishing.pages import hostnames, owners, proofs
from petitbleu.domain.publishing.pages import queries as q
from petitbleu.domain.publishing.pages.identity import Unfit
from petitbleu.domain.publishing.pages.queries import DomainRow
from petitbleu.domain.servicechat import service as servicechat
from petitbleu.ids import SERVICE_USER
from petitbleu.stamps import cache_of, room
from petitbleu.store.api import Tx

_REMEMBERED = 5000

ROOM = room("page_domains", page_domain=())
HOSTS = room("page_hosts", page_domain=())
DOMAINS: Part[Cache[int, str]] = Part(lambda app: cache_of(app, ROOM, _REMEMBERED))
"""Channel -> its verified domain; empty: it has none."""
CHANNELS: Part[Cache[str, int]] = Part(lambda app: cache_of(app, HOSTS, _REMEMBERED))
"""Host that somebody asked for -> the channel that has it; 0: nobody does."""


class Claim(NamedTuple):
    """What a channel asks for, or has, and how it is proved."""

    domain: str
    verified: bool
    record: str
    """Name of the TXT record."""
    value: str
    """What the record holds, and the file."""
    file: str
    """Address of the file."""
    failures: int


def claim_of(row: DomainRow) -> Claim:
    """A row as it is shown."""
    return Claim(
        row.domain,
        row.verified_at > 0,
        proofs.record(row.domain),
        proofs.value(row.token),
        proofs.file(row.domain, row.token),
        row.failures,
    )


# ── who has which ───────────────────────────────────────────────────────────────────────────────


async def of_channel(app: App, chat: int) -> str:
    """The verified domain of a channel; empty: it has none."""
    cache = app.parts[DOMAINS]
    known = cache.get(chat)
    if known is None:
        generation = cache.generation
        row = await app.store.row(q.DOMAIN_OF, chat=chat)
        known = row.domain if row is not None and row.verified_at else ""
        cache.keep(chat, known, generation)
    return known


def known_channel(app: App, host: str) -> int | None:
    """:func:`channel_on` from memory; None: it has to be looked up."""
    return app.parts[CHANNELS].get(host)


async def channel_on(app: App, host: str) -> int:
    """The channel whose verified domain a host (lower case, no port) is; 0: nobody's."""
    cache = app.parts[CHANNELS]
    known = cache.get(host)
    if known is None:
        generation = cache.generation
        row = await app.store.row(q.ON_DOMAIN, domain=host)
        known = row.chat if row is not None else 0
        cache.keep(host, known, generation)
    return known


async def claim(app: App, chat: int) -> Claim | None:
    """What a channel asks for, or has."""
    row = await app.store.row(q.DOMAIN_OF, chat=chat)
    return claim_of(row) if row is not None else None


def origin(app: App, domain: str) -> str:
    """The origin of a domain: reached as the instance is."""
    return f"{joining.base_url(app).partition('://')[0]}://{domain}"


# ── asking for one, giving it up ────────────────────────────────────────────────────────────────


async def ask(app: App, chat: int, typed: str, *, by: int = SERVICE_USER) -> Claim:
    """Ask for a domain; what has to be published. The one before is given up. Raises Unfit,
    NotYours."""
    domain = hostnames.domain(typed)
    if domain is None:
        raise Unfit("no_domain", value=servicechat.plain(typed, 80))
    if domain in hostnames.own(app):
        raise Unfit("own_host", domain=domain)
    row = DomainRow(chat, domain, app.random(16).hex(), int(app.clock.now()), 0, 0, 0, 0)
    async with changing(app, chat):
        return claim_of(await app.store.write(_ask, app, row, by))


async def _ask(tx: Tx, app: App, row: DomainRow, by: int) -> DomainRow:
    await owners.lock(tx, app, row.chat, by)
    before = await tx.row(q.DOMAIN_OF, chat=row.chat)
    if before is not None and before.domain == row.domain:
        return before
    await tx.run(q.PUT_DOMAIN, **row._asdict())
    await owners.note(tx, app, row.chat, by, f"domain: {row.domain} (?)")
    return row


async def give_up(app: App, chat: int, *, by: int = SERVICE_USER) -> None:
    """The channel wants no domain any more. Raises NotYours."""
    async with changing(app, chat):
        await app.store.write(_give_up, app, chat, by)


async def _give_up(tx: Tx, app: App, chat: int, by: int) -> None:
    await owners.lock(tx, app, chat, by)
    if await tx.run(q.DROP_DOMAIN, chat=chat):
        await owners.note(tx, app, chat, by, "domain: off")


@asynccontextmanager
async def changing(app: App, *channels: int) -> AsyncIterator[None]:
    """Around a write that may change which domain these channels have."""
    names = []
    for chat in channels:
        row = await app.store.row(q.DOMAIN_OF, chat=chat)
        names += [row.domain] if row is not None else []
    hosts = app.parts[CHANNELS]
    with app.parts[DOMAINS].changing(channels), hosts.changing(names):
        hosts.known.clear()  # a channel may have got another one since
        try:
            yield
        finally:
            hosts.known.clear()
