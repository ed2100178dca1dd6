"""Which addresses and host names count as one party where something is limited. A leaf."""

from __future__ import annotations

import ipaddress

_REGISTRIES = frozenset(
    ("ac", "asn", "asso", "co", "com", "ed", "edu", "gob", "gouv", "gov", "govt", "gv", "id", "ltd",
     "me", "mil", "ne", "net", "nhs", "nic", "nom", "or", "org", "plc", "sch", "school")
)  # fmt: skip
"""Second labels under which the registries of countries give out names: ``co.uk``, ``gouv.fr``."""
_COUNTRY = 2
"""Letters of a country's domain."""


def network(ip: str) -> str:
    """The network an address belongs to: /24, of IPv6 /48; the text itself where it is none."""
    try:
        length = 24 if ipaddress.ip_address(ip).version == 4 else 48
    except ValueError:
        return ip
    return str(ipaddress.ip_network((ip, length), strict=False))


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
