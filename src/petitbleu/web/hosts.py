"""Which Host headers a door takes: the guard against DNS rebinding.

A page anywhere can point its own name at 127.0.0.1 and read, in the reader's browser, what only
callers on this machine may see. The browser then sends that name as Host, so a door that answers
only to its own names is closed to it. RFC 9112 §3.2: one Host header, or the request is not good.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from ipaddress import IPv6Address, ip_address

from starlette.requests import Request

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names of this machine; none of them can be pointed elsewhere."""

_HOST = re.compile(
    r"(?:\[([0-9a-f:.]{2,45})\]|([0-9a-z](?:[0-9a-z._-]{0,253}[0-9a-z])?))(?::[0-9]{1,5})?"
)
_BY_PROXIES = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


def host_of(headers: Sequence[str]) -> str | None:
    """The host that the Host headers of a request name, in lower case, without its port and
    brackets; None where there is not exactly one of the plain form.

    User names, a dot behind the name, zones and empty ports are no plain form.
    """
    if len(headers) != 1:
        return None
    match = _HOST.fullmatch(headers[0].lower())
    return None if match is None else match[1] or match[2]


def host_of_setting(value: str) -> str:
    """The host of ``HOST:PORT`` or ``HOST`` as :func:`host_of` gives it; empty for none."""
    value = value.lower()
    if value.startswith("["):
        return value[1:].partition("]")[0]
    return value if value.count(":") > 1 else value.partition(":")[0]


def is_named(request: Request, names: Collection[str]) -> bool:
    """Whether the request's Host is one of ``names`` (hosts without ports)."""
    host = host_of(request.headers.getlist("host"))
    return host is not None and host in names


def is_forwarded(request: Request) -> bool:
    """Whether a proxy says that it speaks for somebody."""
    return any(name in request.headers for name in _BY_PROXIES)


def names_of_address(address: str) -> set[str]:
    """What callers may write for the local address of their connection, an IP address."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return set()
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return {str(ip), *(LOCAL if ip.is_loopback else ())}
