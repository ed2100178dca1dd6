"""Much data in little time, while the server is down: through the store's own batch of messages
and the rooms' own services, without sockets. The rows are those that a running server would have
written.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from petitbleu import domain
from petitbleu.app import App
from petitbleu.bench.rig import Harness
from petitbleu.clock import SystemClock
from petitbleu.config import Config
from petitbleu.domain.people.accounts import queries
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.search.indexer import Indexer
from petitbleu.domain.updates import counters, retention
from petitbleu.ids import HIDDEN_AUTHOR
from petitbleu.keys import Secrets
from petitbleu.store import settings
from petitbleu.store.api import Store, Tx
from petitbleu.store.hot import send
from petitbleu.store.hot.send import Copy, Outgoing
from petitbleu.store.opening import open_store

CHUNK = 512
STRANGERS = 5000
"""Accounts made in one transaction."""
SPAN_SECONDS = 365 * 86400
_NUMBERS = 999662_0000000
"""Test numbers from here on belong to people who never sign in."""

Pairs = Sequence[tuple[int, int]]


@asynccontextmanager
async def behind(rig: Harness) -> AsyncIterator[App]:
    """The domain over the rig's data, whose server is down meanwhile.

    What a running server would have done by itself is done at the end: old events dropped, the
    search index brought up to date (else the server would do that while it is measured).
    """
    rig.server.stop()
    async with opened(Config(data=rig.server.data, database=rig.server.database)) as app:
        yield app
    if rig.server.postgres is not None:
        await asyncio.to_thread(rig.server.postgres.settle, rig.server.database)
    rig.server.start()


@asynccontextmanager
async def opened(config: Config) -> AsyncIterator[App]:
    """The domain over the data of a server that does not run; at the end what a running server
    would have done by itself.
    """
    store = await open_store(config)
    try:
        app = instance(store, config)
        yield app
        while await retention.prune(app):
            pass
        await Indexer(app).catch_up()
    finally:
        await store.close()


async def strangers(app: App, count: int, first: int = 0) -> list[int]:
    """New accounts that are nobody's in the load, with the numbers from ``first`` on."""
    made: list[int] = []
    for at in range(0, count, STRANGERS):
        made += await app.store.write(_accounts, first + at, min(STRANGERS, count - at))
    return made


async def _accounts(tx: Tx, first: int, count: int) -> list[int]:
    """The first by the service of accounts, the others as it writes them, without a round trip for
    each.
    """
    now = int(time.time())
    made = await accounts.create(tx, at=now, first_name=f"M{first}", phone=str(_NUMBERS + first))
    last = made.id + count
    others = [id for id in range(made.id + 1, last + 1) if id != HIDDEN_AUTHOR][: count - 1]
    alike = {
        "kind": accounts.PERSON, "last_name": "", "email": None, "country": None, "lang": "",
        "at": now, "terms_version": None, "terms_at": None,
    }  # fmt: skip
    rows = [
        {"id": id, "phone": str(_NUMBERS + n), "first_name": f"M{n}", **alike}
        for n, id in enumerate(others, first + 1)
    ]
    await tx.many(queries.INSERT, rows)
    await tx.many(counters.INSERT, [{"owner": id} for id in others])
    following = str(others[-1] + 1 if others else last).encode("ascii")
    await tx.later(settings.CHANGE, name=accounts._NEXT_USER, value=following)
    return [made.id, *others]


async def talk(app: App, pairs: Pairs, messages: int) -> None:
    """Store ``messages`` between people, to and fro, spread over the past year."""
    operation = send.operation(lambda item, sent: ())
    began = int(time.time()) - SPAN_SECONDS
    first = random.getrandbits(62)
    for at in range(0, messages, CHUNK):
        items = []
        for n in range(at, min(at + CHUNK, messages)):
            author, peer = pairs[n % len(pairs)]
            if n // len(pairs) % 2:
                author, peer = peer, author
            date = began + n * SPAN_SECONDS // messages
            items.append(_message(author, peer, date, first + n))
        await asyncio.gather(*(app.store.batch(operation, item) for item in items))


def instance(store: Store, config: Config) -> App:
    """The domain over a store, without doors."""
    domain.load_rooms()
    return App(
        store=store,
        clock=SystemClock(),
        config=config,
        secrets=Secrets.create(),
        random=os.urandom,
        log=None,
        spawn=asyncio.ensure_future,
    )


def _message(author: int, peer: int, date: int, random_id: int) -> Outgoing:
    return Outgoing(
        author=author,
        peer=peer,
        date=date,
        random_id=random_id,
        fingerprint=b"fill",
        kind=0,
        text="A line of ordinary length, as people write it in a chat.",
        entities=None,
        extra=None,
        copies=(Copy(author, peer, None, 0, 0), Copy(peer, author, None, 0, 1)),
        session=None,
    )
