"""Who is behind a trusted proxy: PROXY protocol on the connection, X-Forwarded-For on a request.

Both are believed only from ``trusted_proxies``; anybody else could write whatever it likes there.
Version 2 (binary) and version 1 (a line of text, all that nginx can send) are read.
Spec: haproxy.org/download/2.8/doc/proxy-protocol.txt §2.1 and §2.2.
"""

from __future__ import annotations

import ipaddress
import struct
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from petitbleu.errors import PeerFault
from petitbleu.networks import plain

SIGNATURE = b"\r\n\r\n\x00\r\nQUIT\n"
LINE = b"PROXY "
_MAX_LINE_BYTES = 107
_MAX_HEADER_BYTES = 16 + 536
"""Largest header accepted: addresses and a few TLVs; a proxy's own headers are far smaller."""

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Header(NamedTuple):
    """A parsed header. ``source`` is None for LOCAL (the proxy's own health check)."""

    length: int
    source: tuple[str, int] | None
    destination: tuple[str, int] | None


class TrustedProxies:
    """The configured networks."""

    __slots__ = ("_networks",)

    def __init__(self, networks: Iterable[str]) -> None:
        self._networks: Sequence[Network] = tuple(
            ipaddress.ip_network(text, strict=False) for text in networks
        )

    def __contains__(self, ip: str) -> bool:
        if not self._networks:
            return False
        try:
            address = ipaddress.ip_address(plain(ip))
        except ValueError:
            return False
        return any(
            address.version == network.version and address in network for network in self._networks
        )

    def caller(self, peer: str, forwarded: str) -> str:
        """The address behind ``peer`` by an X-Forwarded-For value: the last one nobody trusted
        wrote.

        Proxies append; what the caller itself sent stands to the left and proves nothing.
        """
        caller = peer
        for part in reversed(forwarded.split(",")):
            if caller not in self:
                break
            text = part.strip().strip("[]")
            try:
                caller = plain(str(ipaddress.ip_address(text.partition("%")[0])))
            except ValueError:
                break
        return caller


def may_begin(data: bytes) -> bool:
    """Whether ``data`` is, or may become, the start of a header."""
    return data.startswith((SIGNATURE[: len(data)], LINE[: len(data)]))


def parse(data: bytes) -> Header | None:
    """The header at the start of ``data``; None while more bytes are needed.

    Call it only where :func:`may_begin` says so. Raises PeerFault on nonsense.
    """
    if data.startswith(LINE):
        return _parse_line(data)
    if len(data) < 16:
        return None
    command, family, length = struct.unpack_from(">BBH", data, 12)
    if command >> 4 != 2 or command & 15 > 1 or 16 + length > _MAX_HEADER_BYTES:
        raise PeerFault("PROXY header of an unknown kind")
    if len(data) < 16 + length:
        return None
    if command & 15 == 0 or family >> 4 == 0:
        return Header(16 + length, None, None)
    body = data[16 : 16 + length]
    if family >> 4 == 1 and length >= 12:
        size, make = 4, ipaddress.IPv4Address
        ports = struct.unpack_from(">HH", body, 8)
    elif family >> 4 == 2 and length >= 36:
        size, make = 16, ipaddress.IPv6Address  # type: ignore[assignment]
        ports = struct.unpack_from(">HH", body, 32)
    else:
        raise PeerFault("PROXY header without an IP address")
    source, destination = (plain(str(make(body[at : at + size]))) for at in (0, size))
    return Header(16 + length, (source, ports[0]), (destination, ports[1]))


def _parse_line(data: bytes) -> Header | None:
    """Version 1: ``PROXY TCP4 source destination source-port destination-port``."""
    end = data.find(b"\r\n", 0, _MAX_LINE_BYTES)
    if end < 0:
        if len(data) >= _MAX_LINE_BYTES:
            raise PeerFault("PROXY line without an end")
        return None
    words = data[:end].decode("latin-1").split(" ")
    if words[1] == "UNKNOWN":
        return Header(end + 2, None, None)
    try:
        _, kind, source, destination, source_port, destination_port = words
        ends = tuple(
            (plain(str(ipaddress.ip_address(ip))), int(port))
            for ip, port in ((source, source_port), (destination, destination_port))
        )
    except ValueError:
        raise PeerFault("PROXY line that cannot be read") from None
    if kind not in ("TCP4", "TCP6") or any(port > 65535 for _, port in ends):
        raise PeerFault("PROXY line of an unknown kind")
    return Header(end + 2, ends[0], ends[1])
