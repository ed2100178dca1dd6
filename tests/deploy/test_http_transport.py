"""MTProto over HTTP at three workers behind HAProxy, by address as ``deploy/haproxy.cfg`` has it:
people sign up, write, and hear of it by requests that wait; a worker dies.

By the tests' own client. Of the libraries Telethon alone still has this transport, and it sends its
next call behind a request that the server holds for news: nobody could use it. Requests of one
client that reach workers in turn are none of it: each worker has salts of its own (decision 62).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import aiohttp
import pytest

from petitbleu.bench import haproxy
from petitbleu.bench.server import HOST
from petitbleu.keys import RsaKeys
from petitbleu.tl import api, codec
from tests.gateway.wire import Client, Http, exchange
from tests.kit.proxied import BY_ADDRESS, ProxiedCluster
from tests.kit.waiting import GUARD, asked_until
from tests.run.test_people_on_workers import Person

pytestmark = [pytest.mark.deploy, pytest.mark.long]
WORKERS = 3
PEOPLE = 6
SAID = 10
WAIT_MS = 2_000


class Sourced(Http):
    """Requests from one address of this machine: HAProxy keeps it on one worker."""

    def __init__(self, url: str, source: str) -> None:
        super().__init__(url)
        self._source = source
        self._made: aiohttp.ClientSession | None = None

    async def _post(self, payload: bytes) -> None:
        if self._made is None:
            connector = aiohttp.TCPConnector(local_addr=(self._source, 0))
            self._made = aiohttp.ClientSession(connector=connector)
        async with self._made.post(self.url, data=payload) as response:
            self.statuses.append(response.status)
            body = await response.read()
        if body:
            self._answers.put_nowait(body)

    async def close(self) -> None:
        await super().close()
        if self._made is not None:
            await self._made.close()


class Door:
    """Where people come in, from the address ``source``; stands in for a worker."""

    def __init__(self, cluster: ProxiedCluster, source: str) -> None:
        self._url = f"http://{HOST}:{cluster.port}/api"
        self._source = source
        self._keys = RsaKeys.load(cluster.data / "keys")

    async def client(self) -> Client:
        """A client with a new key."""
        carrier = self.carrier()
        return Client(carrier, await exchange(carrier, self._keys))

    def carrier(self) -> Sourced:
        """New connections."""
        return Sourced(self._url, self._source)


@asynccontextmanager
async def served(balance: str) -> AsyncIterator[ProxiedCluster]:
    """The workers, behind HAProxy that spreads connections so."""
    cluster = ProxiedCluster(WORKERS, balance=balance)
    await asyncio.to_thread(cluster.start)
    try:
        yield cluster
    finally:
        await asyncio.to_thread(cluster.stop)


async def _listen(person: Person, wanted: int) -> list[str]:
    """The texts of so many messages, by requests that wait for them."""
    wait = (0x9299359F).to_bytes(4, "little") + b"".join(
        number.to_bytes(4, "little") for number in (0, 0, WAIT_MS)
    )
    texts: dict[int, str] = {}
    async with asyncio.timeout(GUARD):
        while True:
            while person.client.pushes:
                _collect(codec.decode(person.client.pushes.pop(0)), texts)
            if len(texts) >= wanted:
                break
            person.client.session.tell(wait, time.time())
            await person.client.send()
            try:
                async with asyncio.timeout(WAIT_MS / 1000 + 1):
                    await person.client.read()
            except TimeoutError:
                continue
    return [texts[id] for id in sorted(texts)]


def _collect(news: Any, texts: dict[int, str]) -> None:
    """Id -> text: a session lives at several workers, and each tells what it has not seen taken."""
    for update in getattr(news, "updates", [news]):
        if isinstance(update, api.UpdateShortMessage):
            texts[update.id] = update.message
        elif isinstance(update, api.UpdateNewMessage) and isinstance(update.message, api.Message):
            texts[update.message.id] = update.message.message


async def _again(person: Person, door: Door, ask: Callable[[], Awaitable[Any]]) -> None:
    """As an app does: what failed is repeated, on other connections."""

    async def goes_on() -> bool:
        try:
            async with asyncio.timeout(5):
                await ask()
        except (TimeoutError, aiohttp.ClientError):
            await person.client.carrier.close()
            person.client.carrier = door.carrier()
            return False
        return True

    await asked_until(goes_on)


async def _calls(cluster: ProxiedCluster) -> list[float]:
    """Calls that each worker has answered."""
    return await asyncio.to_thread(cluster.metric, "calls_total")


if haproxy.program():

    async def test_people_write_and_hear_over_http() -> None:
        async with served(BY_ADDRESS) as cluster:
            doors = [Door(cluster, f"127.0.0.{number}") for number in range(2, 2 + PEOPLE)]
            people = [
                await Person.sign_up(door, f"P{n}", n)  # type: ignore[arg-type]
                for n, door in enumerate(doors)
            ]
            ring = list(zip(people, [*people[1:], people[0]], strict=True))
            peers = [await one.peer(other) for one, other in ring]
            calls = await _calls(cluster)
            print(f"calls answered by each worker: {calls}")
            assert sum(count > 0 for count in calls) > 1, "their addresses reach one worker"
            for n in range(SAID):
                for number, (one, _) in enumerate(ring):
                    await one.say(peers[number], f"{number} says {n}", 1000 * number + n + 1)
            for number, (_, other) in enumerate(ring):
                assert await _listen(other, SAID) == [f"{number} says {n}" for n in range(SAID)]

            busiest = calls.index(max(calls))
            await asyncio.to_thread(cluster.kill, f"worker {busiest + 1}")
            for number, (one, _) in enumerate(ring):
                say = partial(one.say, peers[number], "after", 999_000 + number)
                await _again(one, doors[number], say)
            for one, other in ring:
                back = await other.peer(one)
                texts = [text for text in await other.history(back) if text.startswith("after")]
                assert texts == ["after"], "said once, however often it was repeated"
