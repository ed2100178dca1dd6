"""Searching a full store: a private chat and a supergroup with most of the messages, and the rest.

Words are made up and follow Zipf's law, as those of real chats do; questions ask for common,
middling and rare ones, alone and together, for beginnings, for words nobody said, and for words
that were common long ago and are not any more (the worst case of an index without an order).
"""

from __future__ import annotations

import asyncio
import bisect
import itertools
import random
import time
from typing import Any

from petitbleu.app import App
from petitbleu.bench import people
from petitbleu.bench.fill import CHUNK, SPAN_SECONDS, behind
from petitbleu.bench.rig import Figures, Harness
from petitbleu.bench.wire_client import Connection
from petitbleu.domain.search.indexer import Indexer
from petitbleu.ids import peer_of_channel
from petitbleu.store.hot import send
from petitbleu.store.hot.send import Copy, Outgoing
from petitbleu.tl import api, codec

WORDS = 30_000
LENGTH = 9
"""Words of a message, about."""
PEOPLE = 20
_SYLLABLES = [a + b for a in (*"bcdfglmnprstv", "br", "tr", "ch") for b in "aeiou"]
_OLD = "formerly"
"""Said in every third message of the oldest tenth, then never again."""


class Speech:
    """Made-up texts; the same for a seed."""

    def __init__(self, seed: int = 7) -> None:
        self.random = random.Random(seed)  # noqa: S311 - texts, not secrets
        rank = itertools.count(1)
        self.words = list(dict.fromkeys(
            "".join(self.random.choices(_SYLLABLES, k=self.random.choice((1, 2, 2, 3, 3, 4))))
            for _ in range(WORDS * 2)
        ))[:WORDS]  # fmt: skip
        self._sums = list(itertools.accumulate(1 / next(rank) for _ in self.words))

    def text(self, old: bool) -> str:
        """One message."""
        top = self._sums[-1]
        chosen = [
            self.words[bisect.bisect(self._sums, self.random.random() * top)]
            for _ in range(self.random.randint(3, 2 * LENGTH - 3))
        ]
        if old and self.random.random() < 0.33:
            chosen.append(_OLD)
        return " ".join(chosen)

    def question(self) -> str:
        """Something to look for."""
        common, middling, rare = (
            self.words[self.random.randint(low, high)]
            for low, high in ((0, 20), (100, 2000), (8000, len(self.words) - 1))
        )
        return self.random.choice((
            common, middling, middling, rare, rare, f"{common} {middling}", f"{middling} {rare}",
            f"{common} {self.words[self.random.randint(0, 50)]}", middling[:4], _OLD,
            f"{_OLD} {rare}", "nobodyeversaidthis",
        ))  # fmt: skip


async def search(rig: Harness, *, stored: int = 1_000_000, questions: int = 600) -> Figures:
    """Fill a store, index it, and ask."""
    crowd = await rig.crowd(PEOPLE)
    connection = await people.online(rig.at, crowd[0])
    made = codec.decode(await connection.call(people.request(
        api.channels.CreateChannel(megagroup=True, title="Town", about="")
    )))  # fmt: skip
    town = made.chats[0]
    connection.close()
    speech = Speech()
    async with behind(rig) as app:
        indexed = await _fill(app, rig, speech, peer_of_channel(town.id), stored)
    connection = await people.online(rig.at, crowd[0])
    chat = await people.befriend(connection, crowd[1])
    places = (chat, api.InputPeerChannel(channel_id=town.id, access_hash=town.access_hash), None)
    figures = await _ask(rig, connection, speech, places, questions)
    connection.close()
    return {"index_us_per_message": indexed / stored * 1e6, **figures}


async def _fill(app: App, rig: Harness, speech: Speech, town: int, stored: int) -> float:
    """Store and index the messages; seconds of CPU of this process that indexing took."""
    operation = send.operation(lambda item, sent: ())
    ids = [person.id for person in rig.people]
    began, first = int(time.time()) - SPAN_SECONDS, random.getrandbits(62)
    for at in range(0, stored, CHUNK):
        items = []
        for n in range(at, min(at + CHUNK, stored)):
            date = began + n * SPAN_SECONDS // stored
            text = speech.text(n < stored // 10)
            items.append(_message(speech.random, ids, town, date, first + n, text))
        await asyncio.gather(*(app.store.batch(operation, item) for item in items))
    cpu = time.process_time()
    await Indexer(app).catch_up()
    return time.process_time() - cpu


def _message(
    chance: random.Random, ids: list[int], town: int, date: int, random_id: int, text: str
) -> Outgoing:
    share = chance.random()
    author, peer = (ids[0], ids[1]) if share < 0.4 else chance.sample(ids, 2)
    sender = None
    if share >= 0.8:
        copies: tuple[Copy, ...] = (Copy(author, peer, None, 0, 0), Copy(peer, author, None, 0, 1))
    elif share >= 0.4:
        sender, author, peer = author, town, town
        copies = (Copy(town, town, None, 0, 0),)
    else:
        if chance.random() < 0.5:
            author, peer = peer, author
        copies = (Copy(author, peer, None, 0, 0), Copy(peer, author, None, 0, 1))
    return Outgoing(
        author=author, peer=peer, date=date, random_id=random_id, fingerprint=b"fill", kind=0,
        text=text, entities=None, extra=None, copies=copies, session=None, sender=sender,
    )  # fmt: skip


async def _ask(
    rig: Harness, connection: Connection, speech: Speech, places: tuple[Any, ...], questions: int
) -> Figures:
    took: dict[str, list[float]] = {"chat": [], "group": [], "everywhere": []}
    meter = rig.meter()
    for n in range(questions):
        name = list(took)[n % 3]
        query = _query(places[n % 3], speech.question())
        began = time.perf_counter()
        answer = await connection.call(people.request(query))
        took[name].append(time.perf_counter() - began)
        found = codec.decode(answer)
        if n % 5 == 0 and len(found.messages) == 20 and places[n % 3] is not None:
            # The page that follows, as somebody who scrolls asks for it.
            query.offset_id = found.messages[-1].id
            began = time.perf_counter()
            await connection.call(people.request(query))
            took[name].append(time.perf_counter() - began)
    meter.stop()
    every = sorted(itertools.chain(*took.values()))
    figures = {
        "search_p50_ms": every[len(every) // 2] * 1e3,
        "search_p95_ms": every[len(every) * 95 // 100] * 1e3,
        "search_max_ms": every[-1] * 1e3,
        "search_cpu_ms": meter.cpu / len(every) * 1e3,
    }
    for name, times in took.items():
        figures[f"{name}_p95_ms"] = sorted(times)[len(times) * 95 // 100] * 1e3
    return figures


def _query(place: Any, asked: str) -> Any:
    nothing: dict[str, Any] = {"min_date": 0, "max_date": 0, "offset_id": 0, "limit": 20}
    wanted = api.InputMessagesFilterEmpty()
    if place is None:
        return api.messages.SearchGlobal(
            q=asked, filter=wanted, offset_rate=0, offset_peer=api.InputPeerEmpty(), **nothing
        )
    return api.messages.Search(
        peer=place, q=asked, filter=wanted, add_offset=0, max_id=0, min_id=0, hash=0, **nothing
    )
