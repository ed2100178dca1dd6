"""HTTP connections of the shared port: uvicorn's protocol, with budgets and the caller's true
address.

``/apiws`` upgrades go to :class:`petitbleu.gateway.ws.WsConn`; everything else is the ASGI
application's.
"""

from __future__ import annotations

import asyncio
import logging
import re
from functools import partial
from typing import TYPE_CHECKING, Any

from uvicorn.config import Config as UvicornConfig
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from petitbleu.gateway.budgets import Origin
from petitbleu.gateway.ws import WsConn
from petitbleu.networks import block, is_loopback

if TYPE_CHECKING:
    from petitbleu.gateway.gateway import Gateway

_HEAD_BYTES = 32768
_HEAD_SECONDS = 30.0
_BODY_SECONDS = 60.0
_BETWEEN_BYTES, _BETWEEN_SHARE = 65536, 8
"""What may stand between the pieces of a body and behind it: so much, and so many times what the
pieces hold (some programs send theirs byte by byte)."""
_KEEP_ALIVE_SECONDS = 75
_STALLED_SECONDS = 120.0
"""Time for a reader to take some of what is written, or the rest of it when we close."""
_SMALL = 1 << 16
"""Bodies up to this size are always waited for."""
_MESSAGES = re.compile(
    rb"POST /api(?:w|w1|s|_test|w1_test)?[ ?]"
    rb"|POST /app/rpc[ ?]|PUT /app/up/|GET /app/(?:f/|events[ ?])"
)
"""MTProto over HTTP, and calls and files of the web client: these paths and none that only begin
like them."""
_BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\n"
    b"Connection: close\r\n\r\n"
)


class HttpServer:
    """What all HTTP connections of the process share: the application behind uvicorn's settings."""

    __slots__ = ("config", "state")

    def __init__(self, app: Any) -> None:
        # No access log: lines with full addresses must not exist. Failures go to "uvicorn.error".
        logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
        self.config = UvicornConfig(
            app,
            http=HttpToolsProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        )
        self.config.load()
        self.state = ServerState()


class HttpConn(HttpToolsProtocol):
    """One HTTP connection. Each head comes within 30 s and 32 KiB, each body within a minute; who
    takes nothing of an answer for two is left. Bodies share the budget of unfinished frames.

    Requests of pages take turns (:mod:`petitbleu.turns`), so that a crowd of readers does not stand
    between the loop and its messages; when thousands wait, the next ones get 503.
    """

    def __init__(self, gateway: Gateway, origin: Origin) -> None:
        assert gateway.http is not None
        super().__init__(gateway.http.config, gateway.http.state, {})
        self._gateway = gateway
        self._held = origin
        self._origin = origin
        self._head = 0
        self._messages = False
        """Whether these are calls: messages wait for no page."""
        self._waiting = self._queued = 0
        """Pieces that wait for their turn, and their bytes."""
        self._wire = self._came = 0
        """Bytes since the head, and those of the body among them."""
        self._body = 0
        """Bytes of bodies that are not answered yet, and for whom they are counted."""
        self._payer = origin
        self._stalled = False
        self._after: WsConn | None = None
        """The WebSocket that this connection has become."""
        self.ws_protocol_class = self._websocket  # type: ignore[assignment]
        self.deadline = 0.0
        self.slot = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.client = (self._origin.ip, self._origin.port)
        self._gateway.opened(self)
        self._wait(_HEAD_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        self._gateway.wheel.remove(self)
        self._gateway.closed(self, self._held)
        self._forget_body()
        self._leave_queue(self._queued)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._head == 0:
            self._messages = _MESSAGES.match(data) is not None
            self._wait(_HEAD_SECONDS)
        if not self._waiting and (self._messages or self._gateway.turns.free()):
            self._take(data)
        elif self._room(len(data)) and self._gateway.turns.wait(partial(self._come, data)):
            self._waiting += 1
            self.flow.pause_reading()  # more of it does not come before its turn either
        else:
            self._gateway.refused("pages")
            self._turn_away()

    def _room(self, more: int) -> bool:
        """Count bytes that wait for their turn, as unfinished frames are."""
        self._queued += more
        return self._gateway.buffer(more, self._held)

    def _turn_away(self) -> None:
        """503, and no more."""
        if self.transport.is_closing():
            return
        if self.cycle is None or not self.cycle.response_started:
            self.transport.write(_BUSY)
        self.transport.close()
        self._wait(_STALLED_SECONDS)

    def _come(self, data: bytes) -> None:
        """What waited for its turn."""
        self._waiting -= 1
        self._leave_queue(len(data))
        if not self.transport.is_closing():
            self.flow.resume_reading()
            self._take(data)

    def _take(self, data: bytes) -> None:
        if self._head >= 0:
            self._head += len(data)
            if self._head > _HEAD_BYTES + len(data):
                self.send_400_response("Request head too large.")
                return
        else:
            self._wire += len(data)
        super().data_received(data)
        if self._after is not None:
            # Some clients do not wait for our answer before they say the first thing.
            early = data.partition(b"\r\n\r\n")[2]
            if early:
                self._after.data_received(early)
            return
        # Sizes of pieces, remarks on them and fields behind a body come without a limit of their
        # own.
        allowed = _BETWEEN_BYTES + _BETWEEN_SHARE * self._came
        if self._head < 0 and self._wire > allowed and not self.transport.is_closing():
            self.transport.abort()

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._head >= 0:  # else it stands behind a body: nobody looks at those
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        hosts = sum(name == b"host" for name, _ in self.headers)
        if hosts > 1 or (not hosts and self.parser.get_http_version() == "1.1"):
            raise ValueError("one host has to be named")  # 400 (RFC 9112 §3.2)
        if self.parser.get_method() == b"CONNECT":
            raise ValueError("nothing is passed on from here")
        self._head = -1
        self._wire = self._came = 0
        self._gateway.wheel.remove(self)
        self._wait(_BODY_SECONDS)
        self._believe_proxy()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._came += len(body)
        if not self.cycle.response_complete:
            if not self._body:
                self._payer = self._origin
            self._body += len(body)
            taken = self._gateway.buffer(len(body), self._payer)
            if not taken and self._body > _SMALL:
                self._turn_away()
                return
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._gateway.wheel.remove(self)
        super().on_message_complete()
        self._head = 0
        if self._stalled:  # with what was written before
            self._wait(_STALLED_SECONDS)

    def on_response_complete(self) -> None:
        self._forget_body()
        super().on_response_complete()
        if self.transport.is_closing():
            self._wait(_STALLED_SECONDS)

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self._wait(_STALLED_SECONDS)

    def pause_writing(self) -> None:
        self._stalled = True
        self._wait(_STALLED_SECONDS)
        super().pause_writing()

    def resume_writing(self) -> None:
        self._stalled = False
        self._gateway.wheel.remove(self)
        if self._head:  # a request is still coming in
            self._wait(_BODY_SECONDS)
        super().resume_writing()

    def _leave_queue(self, size: int) -> None:
        size = min(size, self._queued)  # all of it is given back when the connection ends
        self._queued -= size
        self._gateway.buffer(-size, self._held)

    def _forget_body(self) -> None:
        self._gateway.buffer(-self._body, self._payer)
        self._body = 0

    def expired(self, now: float) -> None:
        """A head or a body did not come in time, or nobody took the answer."""
        self.transport.abort()

    def stop_reading(self) -> None:
        """The server is going away: finish the running request, then close."""
        self.shutdown()

    def is_busy(self) -> bool:
        """Never: it closes by itself once the running request is done."""
        return False

    def drain(self) -> None:
        """Close when the running request is done."""
        self.shutdown()

    def _wait(self, seconds: float) -> None:
        self.deadline = self._gateway.monotonic() + seconds
        self._gateway.wheel.add(self)

    def _believe_proxy(self) -> None:
        """Take the caller's address from X-Forwarded-For where the peer is a trusted proxy."""
        forwarded = [value for name, value in self.headers if name == b"x-forwarded-for"]
        origin = self._held
        if forwarded and origin.ip in self._gateway.proxies:
            text = b",".join(forwarded).decode("latin-1")
            ip = self._gateway.proxies.caller(origin.ip, text)
            free = self._gateway.config.dev and is_loopback(ip) and ip != origin.ip
            origin = Origin(ip, 0, origin.local, True, free, block(ip))
        elif forwarded:
            origin = origin._replace(proxied=True)
        self._origin = origin
        self.scope["client"] = (origin.ip, origin.port)
        self.scope["petitbleu.country"] = self._told_country()  # type: ignore[typeddict-unknown-key]
        self.scope["petitbleu.origin"] = origin  # type: ignore[typeddict-unknown-key]
        self.scope["petitbleu.loopback"] = (  # type: ignore[typeddict-unknown-key]
            not origin.proxied
            and is_loopback(origin.ip)
            # A target with a host of its own is sent to proxies (RFC 9112 §3.2.2).
            and self.url.startswith(b"/")
        )

    def _told_country(self) -> str:
        """What a trusted proxy says about the reader's country; of anybody else nothing."""
        header = self._gateway.config.moderation.country_header.lower().encode("latin-1")
        if not header or self._held.ip not in self._gateway.proxies:
            return ""
        told = [value for name, value in self.headers if name == header]
        return told[-1].decode("latin-1").strip().upper() if told else ""

    def _websocket(self, **_: Any) -> asyncio.Protocol:
        """Hand over to a WebSocket, counted under the caller's own address from now on."""
        gateway = self._gateway
        gateway.wheel.remove(self)
        gateway.handed_over(self)
        self._forget_body()
        self._after = self._become_websocket()
        return self._after

    def _become_websocket(self) -> WsConn:
        gateway = self._gateway
        held, origin = self._held, self._origin
        if origin.key != held.key:
            if not gateway.budgets.move(held.key, origin.key, free=origin.free):
                gateway.refused("connections")
                gateway.budgets.readmit(held.key)
                return WsConn(gateway, held, held, refuse=True)
            held = origin
        return WsConn(gateway, origin, held)
