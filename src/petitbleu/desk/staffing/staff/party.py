"""The relying party of the passkeys, from ``public_url``.

Passkeys are bound to a host name by the browser, and browsers offer them on HTTPS and on localhost
only (W3C Web Authentication Level 3, section 5.1.2 and "secure context").
"""

from __future__ import annotations

import ipaddress
from typing import ClassVar, NamedTuple
from urllib.parse import urlsplit

from petitbleu.catalogues import Catalogue
from petitbleu.config import Config
from petitbleu.refusals import Refusal, Sentences

COOKIE = "desk"


class NoParty(Refusal):
    """Passkeys cannot be used as the instance is set up; the text says what to set."""

    SAID: ClassVar[Sentences] = Catalogue("desk", "refusals.staff.party.noparty")


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


def relying_party(config: Config) -> Party:
    """The relying party. Raises NoParty with a sentence for the operator."""
    url = config.public_url
    if not url and config.dev:
        url = f"http://localhost:{config.listen[0].rpartition(':')[2]}"
    if not url:
        raise NoParty("none")
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    local = host == "localhost" or host.endswith(".localhost")
    if parts.scheme != "https" and not local:
        raise NoParty("insecure", url=url)
    if not host or _is_address(host):
        raise NoParty("number", url=url)
    usual = parts.port in (None, 443 if parts.scheme == "https" else 80)
    origin = f"{parts.scheme}://{host}" + ("" if usual else f":{parts.port}")
    return Party(host, origin, parts.scheme == "https")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
