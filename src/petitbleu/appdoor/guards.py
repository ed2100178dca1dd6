"""Who may speak to the door: the page's own origin, and nobody else's (Fetch Metadata, W3C).

The cookie is ``SameSite=Strict``; these rules hold beside it, for each request that carries it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

from petitbleu.config import Config

APP_HEADER = "x-petitbleu-app"
WRITES = frozenset({"POST", "PUT", "DELETE"})
TYPES = {"POST": "application/json", "PUT": "application/octet-stream"}
_SAFE_SITES = {"same-origin", "none"}

Lookup = Callable[[str], list[str]]
"""Name of a header (lower case) -> its values."""


class Refusal(NamedTuple):
    """Why a request is turned away: an HTTP status and a word."""

    status: int
    error: str


def page_origins(config: Config) -> frozenset[str]:
    """Where the page stands, as ``Origin`` headers say it; empty: wherever a request's Host says.

    ``app_url`` where the client has a host of its own, else ``public_url``.
    """
    found = {_origin(url) for url in (config.web.app_url or config.public_url,) if url}
    return frozenset(found)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    usual = parts.port in (None, 443 if parts.scheme == "https" else 80)
    return f"{parts.scheme}://{host}" + ("" if usual else f":{parts.port}")


def is_secure(config: Config, scheme: str) -> bool:
    """Whether the page comes over HTTPS: the cookie is named and set accordingly."""
    origins = page_origins(config)
    if origins:
        return next(iter(origins)).startswith("https:")
    return scheme == "https"


def is_own_origin(config: Config, origin: str, hosts: list[str], scheme: str) -> bool:
    """Whether ``origin`` is that of our page."""
    origins = page_origins(config)
    if origin in origins:
        return True
    # On this machine under another name of it, or before the operator has said an address.
    if origins and not config.dev:
        return False
    return len(hosts) == 1 and origin == f"{scheme}://{hosts[0].lower()}"


def judge(config: Config, method: str, headers: Lookup, scheme: str) -> Refusal | None:
    """Whether a request may be answered; None: it may."""
    origins = headers("origin")
    if len(origins) > 1:
        return Refusal(403, "ORIGIN")
    sites = headers("sec-fetch-site")
    if sites and (len(sites) > 1 or sites[0] not in _SAFE_SITES):
        return Refusal(403, "SITE")
    if origins:
        if not is_own_origin(config, origins[0], headers("host"), scheme):
            return Refusal(403, "ORIGIN")
    elif sites != ["same-origin"]:
        return Refusal(403, "ORIGIN")
    if method in WRITES:
        if headers(APP_HEADER) != ["1"]:
            return Refusal(403, "HEADER")
        wanted = TYPES.get(method)
        kinds = headers("content-type")
        if wanted and (len(kinds) != 1 or kinds[0].partition(";")[0].strip().lower() != wanted):
            return Refusal(415, "TYPE")
    return None
