"""Names of hosts: how a domain is written, and which are the instance's own."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from petitbleu.app import App

DOMAIN_MAX = 253
_LOCAL = frozenset({"localhost", "local", "internal", "arpa", "onion", "invalid", "lan"})
"""Last labels of names that nobody owns."""
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def domain(typed: str) -> str | None:
    """A domain as the network knows it: lower case, ASCII, without a dot behind it. None for what
    is none, or no public one."""
    text = typed.strip().lower()
    if "://" in text:
        text = text.partition("://")[2]
    text = text.removesuffix("/").removesuffix(".")
    if not text or len(text) > DOMAIN_MAX or is_address(text):
        return None
    # Imported for whoever sets a domain: its tables are large.
    import idna

    try:
        name = idna.encode(text, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        return None
    labels = name.split(".")
    if len(labels) < 2 or len(name) > DOMAIN_MAX or not all(map(_LABEL.fullmatch, labels)):
        return None
    return None if labels[-1] in _LOCAL or labels[-1].isdigit() else name


def is_address(host: str) -> bool:
    """Whether a host is an IP address, however it is written."""
    bare = host.strip("[]")
    try:
        ip_address(bare.partition("%")[0])
    except ValueError:
        return bool(re.fullmatch(r"[0-9.]+|0x[0-9a-f]+", bare))
    return True


def own(app: App) -> frozenset[str]:
    """The hosts by which this instance itself is reached."""
    config = app.config
    urls = (config.public_url, config.web.app_url, config.web.media_url)
    hosts = {(urlsplit(url).hostname or "").rstrip(".") for url in urls}
    listening = (*config.listen, *config.public_address, config.metrics_listen)
    hosts |= {_host(address) for address in (*listening, *config.metrics_hosts)}
    return frozenset(hosts - {""})


def _host(setting: str) -> str:
    """The host of ``HOST:PORT``, ``[HOST]:PORT`` or ``HOST``."""
    value = setting.lower()
    if value.startswith("["):
        return value[1:].partition("]")[0]
    return value if value.count(":") > 1 else value.partition(":")[0]
