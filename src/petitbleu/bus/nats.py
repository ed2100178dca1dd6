"""The bus over core NATS: one subject a worker and one for all, carried by nats-py.

Subjects: ``pb.<cluster>.w.<id>``, ``pb.<cluster>.all``. nats-py loses frames without an error and
notices a server that hangs only after seconds; ``numbered.py`` notices both.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from petitbleu.bus.api import BusRefused
from petitbleu.bus.frames import Sealer
from petitbleu.bus.numbered import BEAT, NumberedBus
from petitbleu.ticks import until_next

_unwanted = "aiohttp" not in sys.modules
if _unwanted:
    # nats-py loads it for NATS over WebSocket, which is not offered here, and does without where it
    # is not installed. It reads all certificates of the machine: a tenth of a worker's start.
    sys.modules["aiohttp"] = None  # type: ignore[assignment]
try:
    from nats.aio.client import Client
    from nats.errors import Error, SlowConsumerError
finally:
    if _unwanted:
        del sys.modules["aiohttp"]

WAITING = 10_000
"""Frames that wait to be handed to the connection at most; what does not fit is lost (and noticed).
"""
CONNECT_SECONDS = 2
FIRST_SECONDS = 3.0
"""How long the start waits for the bus: without it the worker serves all the same."""
PING_SECONDS = 5
"""Between two pings of NATS' own; a server that hangs is noticed by the beats long before."""
LISTEN_SECONDS = 1.2
"""How long the start listens for others of the same name: two beats and a bit."""

log = logging.getLogger("petitbleu.bus")


def servers(url: str) -> list[str]:
    """``nats://user:password@host:4222,host2`` -> one URL for each server."""
    scheme, _, rest = url.partition("://")
    who, at, hosts = rest.rstrip("/").rpartition("@")
    return [f"{scheme}://{who}{at}{host}" for host in hosts.split(",")]


class _Connection:
    """A :class:`petitbleu.bus.numbered.Carrier`: connected for ever, as far as it depends on us."""

    def __init__(self, url: str, cluster: str, me: int) -> None:
        self.errors: list[Exception] = []
        """The newest, for the sentence at the start."""
        self.subscribed = asyncio.Event()
        self._servers = servers(url)
        self._all = f"pb.{cluster}.all"
        self._own = f"pb.{cluster}.w."
        self._me = me
        self._client: Any = None
        self._renewing: asyncio.Task[None] | None = None
        self._waiting: deque[tuple[str, bytes]] = deque()
        self._wake = asyncio.Event()
        self._ended = asyncio.Event()
        self._take: Callable[[bytes], None] = lambda data: None
        self._lost: Callable[[str], None] = lambda why: None

    def connected(self) -> bool:
        return self._client is not None and bool(self._client.is_connected)

    async def answers(self) -> bool:
        """Whether the server says something now: one that hangs is connected all the same."""
        if not self.connected():  # nats-py would say yes at once
            return False
        try:
            await self._client.flush(CONNECT_SECONDS)
        except (Error, OSError, TimeoutError):
            return False
        return self.connected()

    def renew(self) -> None:
        """Go to another server, or to the same one anew."""
        if self.connected() and (self._renewing is None or self._renewing.done()):
            self._renewing = asyncio.create_task(self._client.force_reconnect())

    def publish(self, to: int, data: bytes) -> None:
        if len(self._waiting) < WAITING:
            subject = f"{self._own}{to}" if to else self._all
            self._waiting.append((subject, data))
            self._wake.set()

    async def keep(self, take: Callable[[bytes], None], lost: Callable[[str], None]) -> None:
        """Be connected; never returns."""
        self._take, self._lost = take, lost
        while True:
            self._ended.clear()
            client: Any = Client()
            try:
                await self._connect(client)
                self._client = client
                for subject in (self._all, f"{self._own}{self._me}"):
                    await client.subscribe(subject, cb=self._came)
                await client.flush()
                self.subscribed.set()
                self._lost("connected")
                await self._ended.wait()
            except (Error, OSError, ValueError, TimeoutError) as error:
                self._note(error)
            finally:
                self._client = None
                with suppress(Error, OSError):
                    await client.close()
            await asyncio.sleep(1.0)

    async def _connect(self, client: Any) -> None:
        await client.connect(
            self._servers,
            name=f"petitbleu worker {self._me}",
            error_cb=self._failed,
            disconnected_cb=self._disconnected,
            reconnected_cb=self._reconnected,
            closed_cb=self._closed,
            connect_timeout=CONNECT_SECONDS,
            reconnect_time_wait=0.25,
            max_reconnect_attempts=-1,
            ping_interval=PING_SECONDS,
            max_outstanding_pings=2,
        )

    async def write(self) -> None:
        """Hand on what waits; never returns."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._waiting:
                subject, data = self._waiting.popleft()
                if not self.connected():
                    self._waiting.clear()
                    break
                try:
                    await self._client.publish(subject, data)
                except (Error, OSError) as error:
                    self._note(error)

    async def _came(self, message: Any) -> None:
        self._take(message.data)

    async def _failed(self, error: Exception) -> None:
        self._note(error)
        if isinstance(error, SlowConsumerError):
            self._lost("this worker is too slow for the bus")

    def _note(self, error: Exception) -> None:
        if not self.errors or str(self.errors[-1]) != str(error):
            log.warning("the bus: %s", error or type(error).__name__)
        self.errors = [*self.errors[-3:], error]

    async def _disconnected(self) -> None:
        self._waiting.clear()
        self._lost("disconnected")

    async def _reconnected(self) -> None:
        self._lost("connected again")

    async def _closed(self) -> None:
        self._ended.set()


class NatsBus(NumberedBus):
    """See :class:`petitbleu.bus.api.Bus`. Made by :func:`open_bus`."""

    def __init__(
        self, url: str, sealer: Sealer, cluster: str, live: Callable[[], Iterable[int]]
    ) -> None:
        self.connection = _Connection(url, cluster, sealer.me)
        super().__init__(sealer, self.connection, live=live)
        keeping = self.connection.keep(self.deliver, self.note_lost)
        self._tasks = [
            asyncio.create_task(work) for work in (keeping, self.connection.write(), self._beats())
        ]

    async def _beats(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            self.beat()
            await asyncio.sleep(until_next(loop.time(), BEAT))

    async def close(self) -> None:
        if self.closed:
            return
        self.flush()
        await asyncio.sleep(0)  # what was flushed is handed to the connection
        await super().close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def open_bus(
    url: str,
    cluster: str,
    me: int,
    secret: bytes,
    random: Callable[[int], bytes],
    live: Callable[[], Iterable[int]] = tuple,
) -> NatsBus:
    """The bus of worker ``me``. Raises BusRefused where an operator has to do something first; not
    where NATS is away: the worker serves, and news are late.
    """
    bus = NatsBus(url, Sealer(secret, cluster, me, random), cluster, live)
    try:
        await _examine(bus, url, cluster)
    except BaseException:
        await bus.close()
        raise
    return bus


async def _examine(bus: NatsBus, url: str, cluster: str) -> None:
    connection = bus.connection
    loop = asyncio.get_running_loop()
    until = loop.time() + FIRST_SECONDS
    while not connection.subscribed.is_set() and loop.time() < until:
        await asyncio.sleep(0.02)
        if any("authorization violation" in str(error).lower() for error in connection.errors):
            raise BusRefused(
                f"NATS at {_shown(url)} does not let this server in: give user and password in"
                " [cluster] bus, as in nats://user:password@host:4222."
            )
    if not connection.connected():
        log.error(
            "The bus at %s is away: news between workers are late until it is back.", _shown(url)
        )
        return
    await asyncio.sleep(LISTEN_SECONDS)
    if any("permissions violation" in str(error).lower() for error in connection.errors):
        raise BusRefused(
            f"NATS at {_shown(url)} does not let this server's user publish and subscribe to"
            f" pb.{cluster}.>: allow it (deploy/nats.conf)."
        )
    if bus.counts.unopened and not bus.counts.frames_in:
        raise BusRefused(
            f"Another cluster with other keys has the name {cluster!r} on NATS at {_shown(url)}:"
            " give this one another [cluster] name, or the keys of that one."
        )
    if await _comes_up(bus):
        return
    if await connection.answers():
        raise BusRefused(
            f"NATS at {_shown(url)} does not give back what is sent to pb.{cluster}.all: the user"
            f" in [cluster] bus must be allowed to publish and subscribe to pb.{cluster}.>."
        )
    log.error("The bus at %s hangs: news between workers are late until it is back.", _shown(url))


async def _comes_up(bus: NatsBus) -> bool:
    """Whether the own beat is heard, in the time that it may take on a busy machine."""
    for _ in range(int(FIRST_SECONDS / BEAT)):
        if bus.up() or not bus.connection.connected():
            break
        await asyncio.sleep(BEAT)
    return bus.up()


def _shown(url: str) -> str:
    """The servers, without user and password."""
    return ",".join(urlsplit(server).netloc.rpartition("@")[2] for server in servers(url))
