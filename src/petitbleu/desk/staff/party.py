"""The relying party of the passkeys, from ``public_url``.

Passkeys are bound to a host name by the browser, and browsers offer them on HTTPS and on localhost
only (W3C Web Authentication Level 3, section 5.1.2 and "secure context").
"""

from __future__ import annotations

import ipaddress
from typing import NamedTuple
from urllib.parse import urlsplit

from petitbleu.config import Config

COOKIE = "desk"


class NoParty(Exception):
    """Passkeys cannot be used as the instance is set up; the text says what to set."""


class Party(NamedTuple):
    """``id``: the host name passkeys are bound to; ``origin``: where the pages stand; ``secure``:
    over HTTPS.
    """

    id: str
    origin: str
    secure: bool

    @property
    def cookie(self) -> str:
        """The name of the session cookie. ``__Host-`` (over HTTPS): no other host can set it."""
        return f"__Host-{COOKIE}" if self.secure else COOKIE


def of(config: Config) -> Party:
    """The relying party. Raises NoParty with a sentence for the operator."""
    url = config.public_url
    if not url and config.dev:
        url = f"http://localhost:{config.listen[0].rpartition(':')[2]}"
    if not url:
        raise NoParty(
            "The desk needs public_url: the HTTPS address under which staff open it"
            " (or http://localhost:PORT on this machine). Passkeys are bound to it."
        )
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    local = host == "localhost" or host.endswith(".localhost")
    if parts.scheme != "https" and not local:
        raise NoParty(
            f"public_url is {url}: browsers offer passkeys over HTTPS or on localhost only."
            " Set an https:// address."
        )
    if not host or _is_address(host):
        raise NoParty(
            f"public_url is {url}: passkeys are bound to a host name, not to an IP address."
            " Set a name (localhost on this machine)."
        )
    usual = parts.port in (None, 443 if parts.scheme == "https" else 80)
    origin = f"{parts.scheme}://{host}" + ("" if usual else f":{parts.port}")
    return Party(host, origin, parts.scheme == "https")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
