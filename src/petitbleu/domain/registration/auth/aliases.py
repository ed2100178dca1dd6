"""Signing in by an e-mail address or a username: people know these, and not their number.

What somebody types is answered with an *alias*, which stands for a telephone number in the calls of
signing in that follow. Whoever is unknown gets one too, of a number that nobody can have: the
answer, its time and its limits are the same, and no code is ever right.
"""

from __future__ import annotations

import base64
import binascii

from petitbleu.app import App
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.errors import LocalFault

MARK = "pb."
"""Begins every alias, and no telephone number."""
SECONDS = 86_400
"""How long an alias is understood; codes end much sooner."""
LONGEST = 320
"""Characters of an e-mail address (RFC 5321), and of whatever is looked at."""
_CONTEXT = b"sign-in alias"
_SIZE = 16


def address(who: str) -> str:
    """The e-mail address that was typed; empty where it is none."""
    return joining.check_email(who) or ""


async def find_phone(app: App, who: str) -> str | None:
    """The number of whoever has this e-mail address or username; None where nobody has, or where it
    is neither.
    """
    email = joining.check_email(who)
    name = who.strip().removeprefix("@").lower()
    # Both are looked for each time: how long it takes does not tell which it was.
    peer = await usernames.resolve(app.store, name[:64])
    by_name = await accounts.get_in(app.store, peer) if peer is not None and peer > 0 else None
    by_email = await joining.number_of_email(app, email or "")
    if email is not None:
        return by_email
    return None if by_name is None else by_name.phone


def decoy(app: App, who: str) -> str:
    """A number that nobody has or can have (none begins with a zero), the same for the same
    ``who``."""
    typed = who.strip().lower().removeprefix("@").encode("utf-8", "replace")
    digits = int.from_bytes(app.secrets.hmac("alias decoy", typed)[:8], "big")
    return f"0{digits % 10**14:014d}"


def seal(app: App, phone: str) -> str:
    """The alias of a number (or of a decoy): it tells nothing of it, nor its length."""
    at = int(app.clock.now()).to_bytes(8, "big")
    sealed = app.secrets.seal(at + phone.encode("ascii").ljust(_SIZE), _CONTEXT)
    return MARK + base64.urlsafe_b64encode(sealed).rstrip(b"=").decode("ascii")


def unseal(app: App, alias: str) -> str | None:
    """The number that an alias stands for; None where it is none of ours, or too old."""
    text = alias.removeprefix(MARK)
    try:
        sealed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        data = app.secrets.unseal(sealed, _CONTEXT)
    except (LocalFault, binascii.Error, ValueError):
        return None
    fresh = int.from_bytes(data[:8], "big") > app.clock.now() - SECONDS
    return data[8:].decode("ascii").strip() if fresh else None
