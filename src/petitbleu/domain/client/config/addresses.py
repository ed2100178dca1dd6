"""Where clients are told to dial: the public addresses of this server, as numbers."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from typing import NamedTuple

from petitbleu.app import App, Part

KEEP_SECONDS = 300
"""A host name is looked up again after this long."""


class Address(NamedTuple):
    """An address in numbers, and whether it is IPv6."""

    ip: str
    port: int
    v6: bool


ADDRESSES: Part[tuple[float, list[Address]] | None] = Part(lambda _: None)
"""Until when they hold, and the addresses."""


async def dialled(app: App, local: tuple[str, int]) -> list[Address]:
    """The configured public addresses, or else the one the client itself dialled."""
    configured = app.config.public_address
    if not configured:
        return [_numeric(local[0], local[1])]
    now = app.clock.monotonic()
    kept = app.parts[ADDRESSES]
    if kept is not None and now < kept[0]:
        return kept[1]
    addresses: list[Address] = []
    for address in configured:
        host, port = split(address, local[1])
        addresses += await _look_up(host, port)
    result = list(dict.fromkeys(addresses)) or [_numeric(local[0], local[1])]
    app.parts[ADDRESSES] = (now + KEEP_SECONDS, result)
    return result


def split(address: str, port: int) -> tuple[str, int]:
    """``HOST``, ``HOST:PORT``, ``[V6]:PORT`` or a bare IPv6 address -> (host, port)."""
    if address.startswith("["):
        host, _, rest = address[1:].partition("]")
        return host, int(rest[1:]) if rest.startswith(":") else port
    if address.count(":") == 1:
        host, _, given = address.partition(":")
        return host, int(given)
    return address, port


async def _look_up(host: str, port: int) -> list[Address]:
    try:
        return [_numeric(str(ipaddress.ip_address(host)), port)]
    except ValueError:
        pass
    try:
        answers = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return []
    return [_numeric(str(sockaddr[0]), port) for *_, sockaddr in answers]


def _numeric(host: str, port: int) -> Address:
    try:
        parsed = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return Address(host, port, False)
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    shown = mapped or parsed
    return Address(str(shown), port, shown.version == 6)
