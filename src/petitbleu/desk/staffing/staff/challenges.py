"""Challenges for authenticators: made without a row, answered once, bound to what is signed.

``challenge = nonce (16) | time of issue (8, big endian) | digest (32) | seal (32)``. The digest is
that of what is signed, so the authenticator's signature covers it and anybody who has the public
key can check it later. The seal (HMAC) says that we issued it, for this purpose, person, session.
That it is answered once is the primary key of ``staff_touch``.
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.app import App

SIGN_IN = "sign-in"
PASSKEY = "passkey"
SIGN = "sign"
SSO = "sso"
"""Not for an authenticator: the state of a sign-in at the OpenID provider (room ``sso``)."""
NOTHING = bytes(32)
"""The digest where nothing is signed."""

LIFETIME = {SIGN_IN: 300, PASSKEY: 600, SIGN: 120, SSO: 600}
"""Purpose -> seconds in which it may be answered."""

_NONCE, _AT, _DIGEST = 16, 24, 56


class Challenge(NamedTuple):
    """An answered challenge that was ours and in time."""

    nonce: bytes
    at: int
    digest: bytes


class BadChallenge(Exception):
    """Not ours, for something else, or too old. ``late``: only that."""

    def __init__(self, *, late: bool = False) -> None:
        super().__init__("the challenge is too old" if late else "the challenge is not ours")
        self.late = late


def make(
    app: App, purpose: str, *, staff: int = 0, session: int = 0, digest: bytes = NOTHING
) -> bytes:
    """A fresh challenge of 88 bytes."""
    nonce = app.random(16)
    at = int(app.clock.now()).to_bytes(8, "big")
    who = _who(staff, session)
    return nonce + at + digest + app.secrets.hmac(f"desk {purpose}", nonce, at, digest, who)


def check(
    app: App,
    challenge: bytes,
    purpose: str,
    *,
    staff: int = 0,
    session: int = 0,
    digest: bytes = NOTHING,
) -> Challenge:
    """Raises BadChallenge unless :func:`make` made it with the same words, not too long ago."""
    nonce, at = challenge[:_NONCE], challenge[_NONCE:_AT]
    who = _who(staff, session)
    seals = app.secrets.hmacs(f"desk {purpose}", nonce, at, digest, who)
    if challenge[_AT:_DIGEST] != digest or challenge[_DIGEST:] not in seals:
        raise BadChallenge
    issued_at = int.from_bytes(at, "big")
    if not 0 <= app.clock.now() - issued_at <= LIFETIME[purpose]:
        raise BadChallenge(late=True)
    return Challenge(nonce, issued_at, digest)


def _who(staff: int, session: int) -> bytes:
    return b"%d %d" % (staff, session)
