"""Where a fetch may go: public addresses on web ports, and nowhere else.

A link is somebody else's words, so the fetcher is asked to go wherever they like. It goes by
*addresses*, not by names: the name is resolved first, every address it has is looked at, and the
connection is made to the very address that was looked at. No name, no trick of spelling, no second
answer of a name server comes between.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Any
from urllib.parse import urlsplit, urlunsplit

URL_MAX = 2048
CHUNK = 64 << 10
"""Bytes that are read at a time."""
_LOOK_UPS = 6
"""Names of strangers that are looked up at once."""
_SCHEMES = {"http": 80, "https": 443}

_NOT_PUBLIC_4 = tuple(IPv4Network(net) for net in (
    "0.0.0.0/8",        # this network
    "10.0.0.0/8",       # private
    "100.64.0.0/10",    # carrier NAT; metadata of Alibaba Cloud
    "127.0.0.0/8",      # loopback
    "168.63.129.16/32",  # metadata of Azure, though it looks public
    "169.254.0.0/16",   # link-local; metadata of most clouds
    "172.16.0.0/12",    # private
    "192.0.0.0/24",     # protocol assignments; metadata of Oracle Cloud
    "192.0.2.0/24",     # documentation
    "192.31.196.0/24", "192.52.193.0/24", "192.175.48.0/24",  # special services
    "192.88.99.0/24",   # 6to4 relays
    "192.168.0.0/16",   # private
    "198.18.0.0/15",    # benchmarking
    "198.51.100.0/24", "203.0.113.0/24",  # documentation
    "224.0.0.0/4",      # multicast
    "240.0.0.0/4",      # reserved, broadcast
))  # fmt: skip
_PUBLIC_6 = IPv6Network("2000::/3")
"""All that is in use; everything else (loopback, link-local, ULA, multicast, mapped, NAT64) is not
public."""
_NOT_PUBLIC_6 = tuple(IPv6Network(net) for net in (
    "2001::/23",        # protocol assignments, Teredo
    "2001:db8::/32",    # documentation
    "2002::/16",        # 6to4: an IPv4 address in another coat
    "2620:4f:8000::/48",  # special services
    "3fff::/20",        # documentation
))  # fmt: skip


class Refused(Exception):
    """The fetcher does not go there; the text is for the log."""


class Target:
    """A URL taken apart: where to connect, and what to ask for."""

    __slots__ = ("host", "path", "port", "tls", "url")

    def __init__(self, url: str, tls: bool, host: str, port: int, path: str) -> None:
        self.url = url
        self.tls = tls
        self.host = host
        self.port = port
        self.path = path

    @property
    def authority(self) -> str:
        """For the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.tls else 80) else f"{host}:{self.port}"


def target(url: str, ports: Sequence[int]) -> Target:
    """Look at a URL's form. Raises Refused for other schemes, ports, logins in it, no host."""
    if len(url) > URL_MAX or any(ord(char) <= 32 or ord(char) == 127 for char in url):
        raise Refused("not a URL")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Refused("not a URL") from None
    scheme = parts.scheme.lower()
    if scheme not in _SCHEMES:
        raise Refused(f"scheme {scheme or 'none'}")
    if parts.username is not None or parts.password is not None:
        raise Refused("a login in the URL")
    port = _SCHEMES[scheme] if port is None else port
    if port not in ports:
        raise Refused(f"port {port}")
    if ":" not in host:
        try:
            host = host.rstrip(".").encode("idna").decode("ascii").lower()
        except UnicodeError:
            raise Refused("not a host name") from None
    elif not _is_address(host):  # "[v1.…]" (RFC 3986) is no name that can be looked up
        raise Refused("not a host name")
    if not host or "%" in host:
        raise Refused("no host")
    path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    return Target(url, scheme == "https", host, port, _ascii(path))


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _ascii(path: str) -> str:
    """A path with all that is not ASCII escaped."""
    return "".join(
        char if 33 <= ord(char) < 127 else "".join(f"%{byte:02X}" for byte in char.encode())
        for char in path
    )


def is_public(address: str) -> bool:
    """Whether an address (as numbers) is one of the public internet's."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv4Address):
        return not any(ip in net for net in _NOT_PUBLIC_4)
    return _is_public_6(ip)


def _is_public_6(found: IPv6Address) -> bool:
    if found.scope_id is not None or found not in _PUBLIC_6:
        return False
    return not any(found in net for net in _NOT_PUBLIC_6)


def network(text: str) -> IPv4Network | IPv6Network:
    """A network as text."""
    return ip_network(text)


@cache
def _names() -> ThreadPoolExecutor:
    """Threads of their own: a stranger's name server that does not answer holds one for half a
    minute, whatever we do, and the common ones look up where our own mails and alarms go."""
    return ThreadPoolExecutor(_LOOK_UPS, thread_name_prefix="names of strangers")


def _look_up(host: str, port: int) -> list[Any]:
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


class Network:
    """Names and connections as the operating system has them. Tests put another in its place; what
    is checked between the two is not theirs to change."""

    async def resolve(self, host: str, port: int) -> list[str]:
        """The addresses of a host, as numbers. Raises OSError."""
        loop = asyncio.get_running_loop()
        addresses = await loop.run_in_executor(_names(), _look_up, host, port)
        return list(dict.fromkeys(str(info[4][0]) for info in addresses))

    async def connect(self, address: str, port: int) -> socket.socket:
        """A connected socket. Raises OSError."""
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.setblocking(False)
            await asyncio.get_running_loop().sock_connect(sock, (address, port))
        except BaseException:
            sock.close()
            raise
        return sock


async def connected(network: Network, where: Target, known: str = "") -> socket.socket:
    """A connection to ``where``, at the address that is ``known`` where it was looked up already.

    Raises Refused unless all its addresses are public; OSError.
    """
    addresses = [known] if known else await network.resolve(where.host, where.port)
    return await network.connect(public(where.host, addresses), where.port)


@asynccontextmanager
async def opened(
    network: Network, where: Target, known: str = ""
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A conversation with ``where``, under TLS where its address says so. It is cut off at the end:
    nobody waits for a stranger's farewell. Raises what :func:`connected` raises."""
    sock = await connected(network, where, known)
    try:
        reader, writer = await asyncio.open_connection(
            sock=sock,
            ssl=ssl.create_default_context() if where.tls else None,
            server_hostname=where.host if where.tls else None,
            limit=CHUNK,
        )
    except BaseException:
        sock.close()
        raise
    try:
        yield reader, writer
    finally:
        writer.transport.abort()


def public(host: str, addresses: Sequence[str]) -> str:
    """The address of a host to connect to. Raises Refused unless all it has are public."""
    if not addresses:
        raise Refused(f"{host} has no address")
    for address in addresses:
        if not is_public(address):
            raise Refused(f"{host} is {address}")
    return addresses[0]
