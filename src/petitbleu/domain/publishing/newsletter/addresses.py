"""How addresses of readers are kept, and what signs the links and the return addresses of mails.

An address is sealed; it is found by a keyed hash of channel and address, so that lists of two
channels cannot be compared. A link names a subscription and carries a signature: it works without
an account, and for that subscription alone.
"""

from __future__ import annotations

import hmac

from petitbleu.app import App
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.publishing.newsletter.queries import SubscriberRow

PATH = "/newsletter/"
_LINK, _RETURN = "newsletter.link", "newsletter.return"


def hashes(app: App, channel: int, email: str) -> list[str]:
    """What an address is found by in a channel; that under the newest key first."""
    parts = (b"%d" % channel, email.encode())
    return [one.hex()[:40] for one in app.secrets.hmacs("newsletter.address", *parts)]


def domain(app: App, email: str) -> str:
    """What stands for the domain that receives mail to an address."""
    name = email.rpartition("@")[2].encode()
    return app.secrets.hmac("newsletter.domain", name).hex()[:16]


def seal(app: App, number: int, email: str) -> bytes:
    """An address as it is kept."""
    return app.secrets.seal(email.encode(), b"newsletter %d" % number)


def opened(app: App, row: SubscriberRow) -> str:
    """The address of a subscriber."""
    return app.secrets.unseal(row.sealed, b"newsletter %d" % row.id).decode()


def new_number(app: App) -> int:
    """The number of a new subscription: nobody can guess another."""
    return int.from_bytes(app.random(8), "big") >> 1 or 1


# ── links ───────────────────────────────────────────────────────────────────────────────────────


def link(app: App, number: int) -> str:
    """The address of the page of a subscription."""
    return f"{joining.base_url(app)}{PATH}{token(app, number)}"


def token(app: App, number: int) -> str:
    """What a link ends with."""
    return f"{number:x}.{_macs(app, _LINK, number, 32)[0]}"


def numbered(app: App, signed: str) -> int:
    """The subscription that a link is for; 0 where we did not make it."""
    return _read(app, _LINK, signed, 32)


# ── return addresses ────────────────────────────────────────────────────────────────────────────


def return_address(app: App, number: int) -> str:
    """Where a mail to a subscriber returns that cannot be delivered (a variable envelope return
    path); empty: where all mail of this server does.
    """
    local, _, host = app.config.newsletter.bounces.rpartition("@")
    if not local:
        return ""
    return f"{local}+{number:x}.{_macs(app, _RETURN, number, 16)[0]}@{host}"


def returned(app: App, signed: str) -> int:
    """The subscription in what stands behind the ``+`` of a return address; 0: not ours."""
    return _read(app, _RETURN, signed.lower(), 16)


def _read(app: App, purpose: str, signed: str, size: int) -> int:
    written, _, mac = signed.partition(".")
    try:
        number = int(written, 16) if 0 < len(written) <= 16 and written.isalnum() else 0
    except ValueError:
        return 0
    if not 0 < number < 1 << 63 or f"{number:x}" != written:
        return 0
    good = _macs(app, purpose, number, size)
    return number if any(hmac.compare_digest(mac.encode(), one.encode()) for one in good) else 0


def _macs(app: App, purpose: str, number: int, size: int) -> list[str]:
    return [mac.hex()[:size] for mac in app.secrets.hmacs(purpose, b"%d" % number)]
