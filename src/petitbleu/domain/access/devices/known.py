"""Devices that have signed in to an account before: what strangers do does not shut them out.

A device is known by its key, or by the token it was given when it signed out
(core.telegram.org/api/auth#future-auth-tokens): most apps make a new key then. A token tells
nothing and opens nothing; whoever has one still needs the code.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from petitbleu.app import App
from petitbleu.domain.access.devices import queries as q
from petitbleu.errors import LocalFault

TOKENS_MAX = 20
"""Tokens of one call that are looked at."""
_CONTEXT = b"future_auth_token"
_VALID_SECONDS = 365 * 86_400
_TOKEN = struct.Struct("<qqq")
"""Account, key, Unix seconds."""
_OF_ITS_OWN = frozenset(
    ("sign_in", "sign_up", "password", "recovery", "qr", "import", "log_out", "expired")
)
"""Events of the sign-in log after which a key still counts as a device of its account."""


async def known_device(app: App, account: int, auth: int, tokens: Sequence[bytes] = ()) -> int:
    """The key under which the calling device signed in to the account before; 0: it did not, or
    another device or the operator signed it out.
    """
    now = int(app.clock.now())
    for token in tokens[:TOKENS_MAX]:
        owner, before, at = _read(app, token)
        if owner == account and at > now - _VALID_SECONDS and await _is_known(app, owner, before):
            return before
    return auth if await _is_known(app, account, auth) else 0


async def _is_known(app: App, account: int, auth: int) -> bool:
    row = await app.store.row(q.LAST_OF_AUTH, account=account, auth=auth)
    return row is not None and row.event in _OF_ITS_OWN


def logout_token(app: App, account: int, auth: int) -> bytes:
    """What a device that signs out keeps, to be known when it comes back."""
    data = _TOKEN.pack(account, auth, int(app.clock.now()))
    return app.secrets.seal(data, _CONTEXT)


def _read(app: App, token: bytes) -> tuple[int, int, int]:
    """Account, key and time of a token; zeros where it is none of ours."""
    try:
        account, auth, at = _TOKEN.unpack(app.secrets.unseal(token, _CONTEXT))
    except (LocalFault, struct.error):
        return 0, 0, 0
    return account, auth, at
