"""``Gateway``: the parts of this folder put together, and the life of the listening port."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Protocol

from petitbleu.app import App
from petitbleu.gateway.budgets import Budgets, Origin
from petitbleu.gateway.bulk import Bulk
from petitbleu.gateway.exchange import PowerPool
from petitbleu.gateway.http import HttpServer
from petitbleu.gateway.keys import Key, Keys
from petitbleu.gateway.listener import BACKLOG, Sniffer, bind, origin_of
from petitbleu.gateway.live_session import calls_begun
from petitbleu.gateway.proxy import TrustedProxies
from petitbleu.gateway.retiring import Open, retire
from petitbleu.gateway.sessions import Sessions
from petitbleu.gateway.tls import Certificate
from petitbleu.gateway.wheel import TimerWheel
from petitbleu.gateway.ws import Sites
from petitbleu.gateway.ws_text import TextDoor
from petitbleu.keys import RsaKeys
from petitbleu.metrics import Gauge, counter
from petitbleu.rpc.links import Links, RpcSession
from petitbleu.turns import Turnstile

REFUSED = counter("refused_total", "Connections and key exchanges refused by a budget", "what")
DRAIN_SECONDS = 10.0
_STEP = 0.02


class Dispatcher(Protocol):
    """What the gateway needs of ``rpc/dispatch.py``."""

    def call(self, link: RpcSession, msg_id: int, body: bytes, now: float) -> Any:
        """A coroutine that gives the TL bytes of the answer."""
        ...

    def closed(self, link: RpcSession) -> None:
        """A session has ended."""
        ...


class Gateway:
    """All connections of this process."""

    __slots__ = (
        "_forget_login",
        "_loop",
        "_open",
        "_reads_no_more",
        "_servers",
        "app",
        "budgets",
        "buffered",
        "buffered_by",
        "bulk",
        "call_soon",
        "certificate",
        "config",
        "dispatcher",
        "draining",
        "http",
        "keys",
        "links",
        "monotonic",
        "more_gauges",
        "powers",
        "proxies",
        "quiet",
        "rsa_keys",
        "sessions",
        "sites",
        "text_doors",
        "turns",
        "wheel",
    )

    def __init__(
        self,
        app: App,
        dispatcher: Dispatcher,
        links: Links,
        rsa_keys: RsaKeys,
        *,
        descriptors: int = 1 << 20,
        forget_login: Callable[[int], Awaitable[None]] | None = None,
    ) -> None:
        """``descriptors``: file descriptors that connections may take.

        ``forget_login(key id)`` ends what is signed in on a key that its client destroys.
        """
        self.app = app
        self.config = app.config
        self.dispatcher = dispatcher
        self.links = links
        self.rsa_keys = rsa_keys
        self.monotonic = app.clock.monotonic
        self.wheel = TimerWheel(self.monotonic)
        self.budgets = Budgets(app.config.limits, descriptors)
        self.proxies = TrustedProxies(app.config.trusted_proxies)
        self.keys = Keys(app)
        app.bus.on("end", self._end_came)
        self.powers = PowerPool(app.config.limits.handshakes_running, calls_begun)
        self.sessions = Sessions(self)
        self.more_gauges: list[Callable[[], Iterator[Gauge]]] = []
        """Of doors behind the port."""
        self.text_doors: dict[str, TextDoor] = {}
        """Path -> who takes WebSockets of text there."""
        self.sites: Sites | None = None
        """Hosts on which there is no MTProto; None: it is on all."""
        self.http: HttpServer | None = None
        self.turns = Turnstile(lambda: app.store.writing)
        """Requests of pages, a few at each turn of the loop."""
        self.certificate: Certificate | None = None
        if app.config.tls_cert:
            self.certificate = Certificate(
                app.config.tls_cert, app.config.tls_key, self._certificate_failed
            )
        self.quiet = logging.getLogger("petitbleu.websocket")
        self.quiet.setLevel(logging.CRITICAL)
        self.draining = False
        """Whether new connections are refused."""
        self._reads_no_more = False
        self.buffered = 0
        """Bytes of unfinished frames and bodies held, of all connections."""
        self.buffered_by: dict[str, int] = {}
        """The same by who sent them."""
        self.call_soon: Callable[[Callable[[], None]], Any] = self._not_started
        self.bulk = Bulk(lambda work: self.call_soon(work))
        self._forget_login = forget_login
        self._open: set[Open] = set()
        self._servers: list[asyncio.Server] = []
        self._loop: asyncio.AbstractEventLoop | None = None

    async def start(self, asgi: Any, shared_by: int = 0) -> list[tuple[str, int]]:
        """Listen on the configured addresses, ``shared_by`` so many processes of this machine; HTTP
        goes to ``asgi``. The addresses listened on.
        """
        self._loop = loop = asyncio.get_running_loop()
        self.call_soon = loop.call_soon
        self.http = HttpServer(asgi)
        self.wheel.start(loop)
        sockets: list[socket.socket] = []
        try:
            for address in self.config.listen:
                sockets.extend(bind(address, shared_by))
            for sock in sockets:
                server = await loop.create_server(lambda: Sniffer(self), sock=sock, backlog=BACKLOG)
                self._servers.append(server)
        except OSError:
            for sock in sockets:
                sock.close()
            raise
        return [sock.getsockname()[:2] for sock in sockets]

    async def stop(self, seconds: float = DRAIN_SECONDS) -> None:
        """Drain: accept nothing more, answer what runs, flush, close; at most ``seconds``."""
        self.draining = self._reads_no_more = True
        until = self.monotonic() + seconds
        for server in self._servers:
            server.close()
        for connection in list(self._open):
            connection.stop_reading()
        # Looked at by the clock: the hot path need not signal for what happens once.
        while self._answering() and self.monotonic() < until - 1:  # noqa: ASYNC110
            await asyncio.sleep(_STEP)
        self.sessions.flush()
        for live in self.sessions.all():
            live.close()
        for door in self.text_doors.values():
            door.drain()
        for connection in list(self._open):
            connection.drain()
        while self._open and self.monotonic() < until:  # noqa: ASYNC110
            await asyncio.sleep(_STEP)
        self.wheel.stop()
        self.powers.close()

    async def retire(self, seconds: float) -> None:
        """Take nobody new and end the connections evenly over ``seconds``: those who are here do
        not all come to the other workers at once. Until it is their turn they are served as ever.
        """
        self.draining = True
        for server in self._servers:
            server.close()
        await retire(self._open, self.sessions.flush, seconds, self.monotonic)

    def cut_off(self) -> None:
        """Close all connections: this worker cannot serve them now, another one can."""
        for connection in list(self._open):
            connection.drain()

    def _answering(self) -> bool:
        """Whether calls are under way."""
        return bool(self.sessions.running()) or any(
            door.is_busy() for door in self.text_doors.values()
        )

    async def destroy_key(self, key: Key) -> None:
        """The client destroys its own key: the login on it ends, its row goes."""
        if self._forget_login is not None and not key.temp:
            await self._forget_login(key.id)
        await self.keys.delete(key.id)

    def _end_came(self, sender: int, item: Any) -> None:
        """A key was destroyed, or dropped, at another worker: it is unknown here too."""
        if isinstance(item, int):
            return  # a login has ended, its key stays
        for key in self.keys.open_under(int(item[1])):
            self.sessions.end_key(key)
            self.keys.forget(key)

    # What connections report.

    def origin_of(self, transport: asyncio.BaseTransport) -> Origin:
        """Where a fresh connection comes from."""
        return origin_of(transport, self.config.dev)

    def opened(self, connection: Open) -> None:
        """The connection is this object's now."""
        self._open.add(connection)
        if self._reads_no_more:
            connection.stop_reading()

    def handed_over(self, connection: Open) -> None:
        """Another object goes on with the connection."""
        self._open.discard(connection)

    def closed(self, connection: Open, origin: Origin) -> None:
        """The connection is gone: its slot is free."""
        self._open.discard(connection)
        self.budgets.release(origin.key)

    def buffer(self, more: int, origin: Origin) -> bool:
        """Count bytes of unfinished frames and bodies; False where all connections together hold
        too many, or those of one address: nobody takes the room of all.
        """
        limits, key = self.config.limits, origin.key
        self.buffered += more
        held = self.buffered_by.get(key, 0) + more
        if held:
            self.buffered_by[key] = held
        else:
            self.buffered_by.pop(key, None)
        full = self.buffered > limits.buffered_bytes or (
            held > limits.buffered_bytes_per_ip
            and not origin.free
            and origin.ip not in self.proxies
        )
        if more > 0 and full:
            self.refused("bytes")
            return False
        return True

    def refused(self, what: str) -> None:
        """Something was turned away: ``connections``, ``handshakes``, ``bytes`` or ``pages``."""
        REFUSED.add(what)

    def gauges(self) -> Iterator[Gauge]:
        """For ``/metrics``."""
        yield Gauge("connections", "Open connections", self.budgets.open)
        yield Gauge("buffered_bytes", "Bytes of unfinished frames", self.buffered)
        yield Gauge("exchanges_waiting", "Powers of key exchanges waiting", self.powers.waiting)
        yield Gauge("timers", "Entries of the timer wheel", len(self.wheel))
        yield from self.sessions.gauges()
        for gauges in self.more_gauges:
            yield from gauges()

    def _certificate_failed(self, error: Exception) -> None:
        self.app.log.warning("gateway.certificate_not_reloaded", reason=type(error).__name__)

    @staticmethod
    def _not_started(_: Callable[[], None]) -> Any:
        raise RuntimeError("the gateway has not been started")
