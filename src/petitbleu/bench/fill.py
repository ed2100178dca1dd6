"""Many stored messages in little time: the store's own batch of private messages, without
sockets.
"""

from __future__ import annotations

import asyncio
import os
import random
import time

from petitbleu.app import App
from petitbleu.bench.rig import Rig
from petitbleu.clock import SystemClock
from petitbleu.config import Config
from petitbleu.domain.updates import retention
from petitbleu.keys import Secrets
from petitbleu.store.api import Store
from petitbleu.store.hot import send
from petitbleu.store.hot.send import Copy, Outgoing
from petitbleu.store.opening import open_store

CHUNK = 512
SPAN_SECONDS = 365 * 86400


async def fill(rig: Rig, messages: int) -> None:
    """Store ``messages`` between the rig's pairs, spread over the past year. The server is down.

    What a running server would have dropped from the event log meanwhile is dropped at the end.
    """
    config = Config(data=rig.server.data, database=rig.server.database)
    store = await open_store(config)
    operation = send.operation(lambda item, sent: ())
    ids = [person.id for person in rig.people]
    pairs = list(zip(ids[::2], ids[1::2], strict=True))
    began = int(time.time()) - SPAN_SECONDS
    first = random.getrandbits(62)
    try:
        for at in range(0, messages, CHUNK):
            items = []
            for n in range(at, min(at + CHUNK, messages)):
                author, peer = pairs[n % len(pairs)]
                if n // len(pairs) % 2:
                    author, peer = peer, author
                date = began + n * SPAN_SECONDS // messages
                items.append(_message(author, peer, date, first + n))
            await asyncio.gather(*(store.batch(operation, item) for item in items))
        while await retention.prune(instance(store, config)):
            pass
    finally:
        await store.close()
    if rig.server.postgres is not None:
        await asyncio.to_thread(rig.server.postgres.settle, rig.server.database)


def instance(store: Store, config: Config) -> App:
    """The domain over a store, without doors."""
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
