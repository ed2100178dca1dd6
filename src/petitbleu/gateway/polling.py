"""MTProto over HTTP: one POST brings one payload and takes one away, at once or after a long poll.

An ASGI application for ``/api`` and ``/apiw1``, with the CORS headers that clients in browsers
need. Spec: core.telegram.org/mtproto/transports#http, service_messages#http-wait-long-poll.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any

from petitbleu.errors import PeerFault
from petitbleu.gateway.budgets import Origin
from petitbleu.gateway.exchange import Exchange
from petitbleu.mtproto.crypto import key_id_of, open
from petitbleu.mtproto.messages import HttpWait
from petitbleu.mtproto.transport import http
from petitbleu.networks import block

if TYPE_CHECKING:
    from petitbleu.gateway.gateway import Gateway
    from petitbleu.gateway.live_session import LiveSession

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_POLLS_PER_SESSION = 8
_EXCHANGES = 1024
"""Key exchanges over HTTP under way at once; each lives between several POSTs."""
_NONCE = slice(24, 40)
_GATHER_SECONDS = 1.0
"""How long a response waits for the answers of calls under way before it leaves without them."""
_CORS = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-allow-methods", b"POST, OPTIONS"),
    (b"access-control-allow-headers", b"origin, content-type"),
    (b"access-control-max-age", b"1728000"),
)
DEFAULT_WAIT = HttpWait(0, 0, 25000)


class Polls:
    """The carrier of a session that comes over HTTP: the requests that wait for an answer."""

    single = True

    __slots__ = (
        "_gather_until",
        "_hold",
        "_ready",
        "_waiting",
        "bulky_until",
        "dc",
        "live",
        "origin",
    )

    def __init__(self, origin: Origin, dc: int) -> None:
        self.origin = origin
        self.bulky_until = 0.0
        self.dc = dc
        self.live: LiveSession | None = None
        self._waiting: deque[asyncio.Future[bytes]] = deque()
        self._ready: deque[bytes] = deque()
        self._hold = DEFAULT_WAIT
        self._gather_until = 0.0

    def gather(self, live: LiveSession, now: float) -> None:
        """Calls came in: their answers and all else shall share one response, if they are quick."""
        if live.calls:
            self._gather_until = now + _GATHER_SECONDS

    def taken(self) -> HttpWait:
        """The http_wait that came in the request just received, or the default one."""
        hold, self._hold = self._hold, DEFAULT_WAIT
        return hold

    async def wait(self, hold: HttpWait, gone: asyncio.Future[None]) -> bytes:
        """The next payload; empty when the poll ends with nothing to say or the caller left."""
        if self._ready:
            return self._ready.popleft()
        future: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        if len(self._waiting) > _POLLS_PER_SESSION:
            self._waiting.popleft().set_result(b"")
        seconds = http.hold(hold.max_delay, hold.wait_after, hold.max_wait, False)
        try:
            await asyncio.wait((future, gone), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not future.done():
                self._waiting.remove(future)
                future.cancel()
            if not self._waiting and self.live is not None:
                self.live.detach(self)
        if future.cancelled():
            return b""
        payload = future.result()
        if gone.done() and payload:
            self._ready.appendleft(payload)
        return payload

    def takes(self) -> bool:
        """Whether a request waits for a payload, and no answer is about to join it."""
        if not self._waiting or self._ready:
            return False
        live = self.live
        if live is not None and live.calls:
            gateway = live.gateway
            if gateway.monotonic() < self._gather_until:
                live.deadline = self._gather_until
                gateway.wheel.add(live)
                return False
        return True

    def send(self, payloads: list[bytes]) -> None:
        """One payload to each waiting request; what is left over waits for the next ones."""
        self._ready.extend(payloads)
        while self._ready and self._waiting:
            self._waiting.popleft().set_result(self._ready.popleft())

    def quick_ack(self, token: int) -> None:
        """HTTP has no quick acknowledgements."""

    def backlog(self) -> int:
        """Bytes not yet fetched."""
        return sum(map(len, self._ready))

    def pause(self, live: LiveSession) -> None:
        """Nothing to pause: further requests are refused instead."""

    def resume(self, live: LiveSession) -> None:
        """See :meth:`pause`."""

    def disconnect_in(self, seconds: int) -> None:
        """A request ends by itself."""

    def hold(self, wait: HttpWait) -> None:
        """How long the request under way may be held."""
        self._hold = wait

    def finish(self) -> None:
        """Let all waiting requests go."""
        while self._waiting:
            self._waiting.popleft().set_result(b"")


class _PendingExchange:
    """A key exchange between its POSTs."""

    __slots__ = ("_table", "_waiter", "deadline", "exchange", "nonce", "slot")

    def __init__(self, table: HttpCarrier, nonce: bytes, origin: Origin) -> None:
        self._table = table
        self._waiter: asyncio.Future[bytes] | None = None
        self.nonce = nonce
        self.deadline = 0.0
        self.slot = 0
        self.exchange = Exchange(table.gateway, origin, self._reply, self._fail)

    async def step(self, payload: bytes) -> bytes:
        """One step: the reply to ``payload``. Raises PeerFault."""
        if self._waiter is not None:
            raise PeerFault("two steps of a key exchange at once", -404)
        self._waiter = asyncio.get_running_loop().create_future()
        try:
            self.exchange.receive(payload)
            return await self._waiter
        finally:
            self._waiter = None

    def _reply(self, payload: bytes) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(payload)

    def _fail(self, fault: PeerFault) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(fault)
        self._table.forget(self)

    def expired(self, now: float) -> None:
        """The client did not go on."""
        self._fail(PeerFault("key exchange took too long", -404))


class HttpCarrier:
    """The ASGI application."""

    __slots__ = ("_exchanges", "gateway")

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self._exchanges: dict[bytes, _PendingExchange] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "OPTIONS":
            await _respond(send, 200, b"")
            return
        if scope["method"] != "POST":
            await _respond(send, 405, b"")
            return
        try:
            payload = await self._read(scope, receive)
            if payload is None:
                return
            status, body = await self._serve(_origin(scope), payload, receive)
        except PeerFault as fault:
            code = fault.transport_code if fault.transport_code is not None else -404
            status, body = http.error(code)
        await _respond(send, status, body)

    async def _read(self, scope: Scope, receive: Receive) -> bytes | None:
        """The body; None where the caller left before it was whole."""
        most = self.gateway.config.limits.frame_bytes
        for name, value in scope["headers"]:
            if name == b"content-length" and value.isdigit():
                http.check_length(int(value), most)
        parts: list[bytes] = []
        size = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            part = message.get("body", b"")
            size += len(part)
            if size > most:
                raise PeerFault("request body too large")
            parts.append(part)
            if not message.get("more_body"):
                return http.payload_of(b"".join(parts), most)

    async def _serve(self, origin: Origin, payload: bytes, receive: Receive) -> http.Response:
        key_id = key_id_of(payload)
        if not key_id:
            return http.answer(await self._plain(origin, payload))
        gateway = self.gateway
        now = gateway.app.clock.now()
        key = await gateway.keys.load(key_id, now)
        if key is None:
            raise PeerFault("unknown key", -404)
        envelope = open(key.auth_key, payload)
        live = gateway.sessions.get(key, envelope.session_id)
        if live is not None and len(live.calls) >= gateway.sessions.in_flight:
            raise PeerFault("too many calls in flight", -429)
        # Every request may come from elsewhere: a recorded one waits for nothing of the session's.
        mt, messages, said = gateway.sessions.admission.admit(key, live, envelope, now)
        if messages is None:
            return http.answer(said)
        polls = live.carrier if live is not None else None
        if not isinstance(polls, Polls):
            polls = live.polls if live is not None and live.polls is not None else None
        if polls is None:
            polls = Polls(origin, key.dc or gateway.config.dc)
        if live is None:
            live = gateway.sessions.open(key, mt, polls)
        elif live.carrier is not polls:
            live.attach(polls)
        live.polls = polls
        polls.live = live
        live.take(mt.run(messages, envelope, now), now)
        polls.gather(live, gateway.monotonic())
        gone = asyncio.ensure_future(_left(receive))
        try:
            return http.answer(await polls.wait(polls.taken(), gone))
        finally:
            gone.cancel()

    async def _plain(self, origin: Origin, payload: bytes) -> bytes:
        nonce = payload[_NONCE]
        pending = self._exchanges.get(nonce)
        if pending is None:
            gateway = self.gateway
            now = gateway.monotonic()
            if len(self._exchanges) >= _EXCHANGES or not gateway.budgets.exchange(origin, now):
                gateway.refused("handshakes")
                raise PeerFault("too many key exchanges", -429)
            pending = self._exchanges[nonce] = _PendingExchange(self, nonce, origin)
            pending.deadline = now + gateway.config.limits.handshake_seconds
            gateway.wheel.add(pending)
        return await pending.step(payload)

    def forget(self, pending: _PendingExchange) -> None:
        """The exchange is over."""
        self.gateway.wheel.remove(pending)
        if self._exchanges.get(pending.nonce) is pending:
            del self._exchanges[pending.nonce]


async def _left(receive: Receive) -> None:
    """Returns once the caller has closed its side."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _origin(scope: Scope) -> Origin:
    origin = scope.get("petitbleu.origin")
    if isinstance(origin, Origin):
        return origin
    ip, port = scope.get("client") or ("", 0)
    local = scope.get("server") or ("", 0)
    return Origin(ip, port, (local[0], local[1] or 0), False, False, block(ip))


async def _respond(send: Send, status: int, body: bytes) -> None:
    headers = [
        *_CORS,
        (b"content-type", b"application/octet-stream"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
