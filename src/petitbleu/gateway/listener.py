"""Listening sockets, and the first look at a connection: PROXY header, TLS, HTTP or MTProto."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, cast

from petitbleu.errors import PeerFault
from petitbleu.gateway import proxy, sharing
from petitbleu.gateway.budgets import Origin
from petitbleu.gateway.conn import Conn
from petitbleu.gateway.http import HttpConn
from petitbleu.gateway.tls import TlsLayer, looks_like_tls
from petitbleu.networks import block, is_loopback, plain

if TYPE_CHECKING:
    from petitbleu.gateway.gateway import Gateway

_METHODS = (
    b"GET ",
    b"POST",
    b"HEAD",
    b"OPTI",
    b"PUT ",
    b"DELE",
    b"PATC",
    b"PRI ",
    b"TRAC",
    b"CONN",
)
_HTTP = frozenset((*_METHODS, *(method.lower() for method in _METHODS)))
"""First four bytes that are a request, also one that is refused. Obfuscated clients never start
with the common ones (core.telegram.org/mtproto/mtproto-transports#transport-obfuscation)."""
_SNIFF_SECONDS = 30.0
BACKLOG = 1024


def parse_address(text: str) -> tuple[str, int]:
    """``HOST:PORT`` or ``[V6]:PORT`` -> (host, port). Raises ValueError in words."""
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdigit() or int(port) > 65535:
        raise ValueError(f"“{text}” is not HOST:PORT")
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    elif ":" in host:
        raise ValueError(f"“{text}”: write an IPv6 address in brackets, [{host}]:{port}")
    return host, int(port)


def bind(address: str, shared_by: int = 0, *, reserve: bool = False) -> list[socket.socket]:
    """Sockets bound to ``HOST:PORT``; an empty host or ``*``: every address, v4 and v6.
    ``shared_by``: so many processes of this machine listen there (``gateway/sharing.py``);
    ``reserve``: only keep the port for them.
    """
    host, port = parse_address(address)
    addresses = socket.getaddrinfo(
        None if host in ("", "*") else host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )
    sockets: list[socket.socket] = []
    try:
        for family, kind, protocol, _, name in dict.fromkeys(addresses):
            sock = socket.socket(family, kind, protocol)
            sockets.append(sock)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            if shared_by or reserve:
                sharing.share(sock)
            sock.bind(name)
            if shared_by:
                sock.listen(BACKLOG)
                sharing.spread(sock, shared_by)
            sock.setblocking(False)
            if port == 0:
                port = sock.getsockname()[1]
                break
    except OSError:
        for sock in sockets:
            sock.close()
        raise
    return sockets


class Sniffer(asyncio.Protocol):
    """The protocol of a connection whose kind is not known yet; gives way as soon as it is."""

    __slots__ = (
        "_buffer",
        "_gateway",
        "_header",
        "_secure",
        "_transport",
        "deadline",
        "origin",
        "slot",
    )

    def __init__(self, gateway: Gateway, origin: Origin | None = None) -> None:
        self._gateway = gateway
        self._buffer = b""
        self._secure = origin is not None
        self._header = False
        """Whether a PROXY header may stand first."""
        self.origin = origin
        self.deadline = 0.0
        self.slot = 0
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport = cast(asyncio.Transport, transport)  # uvloop has classes of its own
        gateway = self._gateway
        self._transport = transport
        if self.origin is None:
            origin = gateway.origin_of(transport)
            trusted = origin.ip in gateway.proxies
            # Whoever comes through a proxy is counted under an address of its own, once it is
            # known.
            free = origin.free or trusted
            if gateway.draining or not gateway.budgets.admit(origin.key, free=free):
                gateway.refused("connections")
                transport.abort()
                return
            self.origin = origin
            self._header = trusted
        gateway.opened(self)
        self.deadline = gateway.monotonic() + _SNIFF_SECONDS
        gateway.wheel.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._gateway.wheel.remove(self)
        if self.origin is not None:
            self._gateway.closed(self, self.origin)

    def eof_received(self) -> bool | None:
        return None

    def expired(self, now: float) -> None:
        """The peer said too little for too long."""
        self._transport.abort()

    def stop_reading(self) -> None:
        """The server is going away, and nothing was asked yet."""
        self._transport.close()

    def is_busy(self) -> bool:
        """Never: nothing was asked."""
        return False

    def drain(self) -> None:
        """Close."""
        self._transport.close()

    def data_received(self, data: bytes) -> None:
        if self.origin is None:
            return
        data = self._buffer = self._buffer + data if self._buffer else data
        if self._header:
            try:
                rest = self._proxy_header(data, self.origin)
            except PeerFault:
                self._transport.abort()
                return
            if rest is None:
                return
            data = self._buffer = rest
            if not data:
                return
        protocol = self._choose(data)
        if protocol is None:
            return
        self._gateway.wheel.remove(self)
        self._gateway.handed_over(self)
        self._transport.set_protocol(protocol)
        protocol.connection_made(self._transport)
        protocol.data_received(data)

    def _choose(self, data: bytes) -> asyncio.Protocol | None:
        """Who goes on with the connection; None while more bytes are needed."""
        assert self.origin is not None
        if not self._secure and self._gateway.certificate is not None:
            is_tls = looks_like_tls(data)
            if is_tls is None:
                return None
            if is_tls:
                context = self._gateway.certificate.context(self._gateway.monotonic())
                return TlsLayer(context, Sniffer(self._gateway, self.origin))
        if data[:4] in _HTTP:
            return HttpConn(self._gateway, self.origin)
        if len(data) < 4 and any(word.startswith(data) for word in _HTTP):
            return None
        return Conn(self._gateway, self.origin)

    def _proxy_header(self, data: bytes, origin: Origin) -> bytes | None:
        """Take a PROXY header off the front; what follows it, or None while it is incomplete."""
        if not proxy.may_begin(data):
            self._header = False
            return data
        header = proxy.parse(data)
        if header is None:
            return None
        self._header = False
        if header.source is not None and header.destination is not None:
            ip, port = header.source
            gateway = self._gateway
            free = gateway.config.dev and is_loopback(ip)
            key = block(ip)
            self.origin = None
            if not gateway.budgets.move(origin.key, key, free=free):
                gateway.refused("connections")
                gateway.handed_over(self)
                self._transport.abort()
                return None
            self.origin = Origin(ip, port, header.destination, True, free, key)
        return data[header.length :]


def origin_of(transport: asyncio.BaseTransport, dev: bool) -> Origin:
    """Where a fresh connection comes from."""
    peer = transport.get_extra_info("peername") or ("", 0)
    local = transport.get_extra_info("sockname") or ("", 0)
    ip = plain(peer[0])
    free = dev and is_loopback(ip)
    return Origin(ip, peer[1], (plain(local[0]), local[1]), False, free, block(ip))
