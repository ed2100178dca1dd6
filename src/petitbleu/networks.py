"""Which addresses, host names and mailboxes count as one party where something is limited, and one
spelling for each address. A leaf.

A *block* is what one subscriber holds: an IPv4 address, or the /64 of an IPv6 one, the smallest
network that anybody is given. Who has a whole /48 has 65,536 of them: :func:`blocks` names it too.
"""

from __future__ import annotations

import ipaddress

_REGISTRIES = frozenset(
    ("ac", "asn", "asso", "co", "com", "ed", "edu", "gob", "gouv", "gov", "govt", "gv", "id", "ltd",
     "me", "mil", "ne", "net", "nhs", "nic", "nom", "or", "org", "plc", "sch", "school")
)  # fmt: skip
"""Second labels under which the registries of countries give out names: ``co.uk``, ``gouv.fr``."""
_COUNTRY = 2
"""Letters of a country's domain."""
_DOTLESS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}
"""Where dots in a name mean nothing, and what the mailboxes there are called."""
_BLOCK, _SITE = 64, 48
SITE_SHARE = 8
"""So many blocks of one /48 together may do what each of them may."""


def plain(ip: str) -> str:
    """The address without zone; IPv4 that came in through an IPv6 socket as IPv4, however it is
    written (RFC 4291 §2.5.5.2)."""
    ip = ip.partition("%")[0]
    if ":" not in ip:
        return ip
    try:
        address = ipaddress.IPv6Address(ip)
    except ValueError:
        return ip
    mapped = address.ipv4_mapped
    return str(mapped) if mapped is not None else ip


def block(ip: str) -> str:
    """What limits of one subscriber are counted by."""
    return _within(plain(ip), _BLOCK)


def blocks(ip: str) -> list[tuple[str, int]]:
    """The networks that limits are counted by, and how often each may do what is limited once."""
    ip = plain(ip)
    networks = [(_within(ip, _BLOCK), 1)]
    if ":" in ip:
        networks.append((f"{_within(ip, _SITE)}/{_SITE}", SITE_SHARE))
    return networks


def _within(ip: str, bits: int) -> str:
    if ":" not in ip:
        return ip
    try:
        return str(ipaddress.IPv6Network((ip, bits), strict=False).network_address)
    except ValueError:
        return ip


def is_loopback(ip: str) -> bool:
    """Whether the address is this machine's own."""
    try:
        return ipaddress.ip_address(plain(ip)).is_loopback
    except ValueError:
        return False


def network(ip: str) -> str:
    """The network an address belongs to: /24, of IPv6 /48; the text itself where it is none."""
    plain_ip = plain(ip)
    try:
        length = 24 if ipaddress.ip_address(plain_ip).version == 4 else _SITE
    except ValueError:
        return ip
    return str(ipaddress.ip_network((plain_ip, length), strict=False))


def site(host: str) -> str:
    """What somebody registers to have a host: ``a.b.example.co.uk`` is ``example.co.uk``, an
    address its network. Who has one name has any number of names below it.

    No list of all registries is kept: who gives out names below their own, as hosts of websites
    do, counts as one.
    """
    found = network(host)
    if found != host:
        return found
    labels = host.rstrip(".").lower().split(".")
    registry = len(labels) > 2 and len(labels[-1]) == _COUNTRY and labels[-2] in _REGISTRIES
    return ".".join(labels[-3:] if registry else labels[-2:])


def mailbox(email: str) -> str:
    """The mailbox that mail to an address ends in, as far as the address tells: what stands behind
    a ``+`` is for its owner's filters (RFC 5233). It is counted by, never written to.
    """
    local, _, domain = email.strip().lower().rpartition("@")
    domain = domain.rstrip(".")
    name = local.partition("+")[0] or local
    if domain in _DOTLESS:
        name, domain = name.replace(".", "") or name, _DOTLESS[domain]
    return f"{name}@{domain}"
