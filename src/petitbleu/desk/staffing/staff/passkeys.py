"""Passkeys of staff: what is asked of an authenticator, and what its answer is bound to.

A registration names every key of the desk as excluded: an authenticator that already serves one
member of staff refuses to serve a second one. How answers are checked: ``authenticators.py``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from petitbleu import authenticators
from petitbleu.app import App
from petitbleu.authenticators import Assertion, BadAnswer
from petitbleu.desk.staffing.staff import challenges, party
from petitbleu.desk.staffing.staff.challenges import BadChallenge, Challenge


class Refused(Exception):
    """The answer of the authenticator does not count; ``reason`` is a code for the texts."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NewPasskey(NamedTuple):
    """A passkey that was just made."""

    challenge: Challenge
    credential: bytes
    public_key: bytes
    counter: int
    transports: str
    synced: bool
    client_data: bytes


class Proof(NamedTuple):
    """A checked assertion: with the public key it proves to anybody who touched what."""

    challenge: Challenge
    credential: bytes
    counter: int
    client_data: bytes
    authenticator_data: bytes
    signature: bytes


def user_handle(staff: int) -> bytes:
    """What an authenticator files the key under."""
    return b"petitbleu staff %d" % staff


def creation(
    app: App, challenge: bytes, *, staff: int, name: str, taken: list[bytes]
) -> dict[str, Any]:
    """Options for ``navigator.credentials.create``, as JSON. ``taken``: keys of the desk."""
    return authenticators.creation(
        party.relying_party(app.config),
        challenge,
        instance=app.config.name,
        handle=user_handle(staff),
        name=name,
        taken=taken,
        seconds=challenges.LIFETIME[challenges.PASSKEY],
    )


def request(
    app: App, challenge: bytes, purpose: str, allowed: list[bytes] | None = None
) -> dict[str, Any]:
    """Options for ``navigator.credentials.get``, as JSON. ``allowed``: None for any key."""
    return authenticators.request(
        party.relying_party(app.config),
        challenge,
        seconds=challenges.LIFETIME[purpose],
        allowed=allowed,
    )


def read(text: str) -> Assertion:
    """Take apart what the page sent. Raises Refused where it is not an assertion's JSON."""
    try:
        return authenticators.read(text)
    except BadAnswer as bad:
        raise Refused(bad.reason) from None


def check(
    app: App, assertion: Assertion, challenge: Challenge, public_key: bytes, counter: int
) -> Proof:
    """The proof, or Refused. ``challenge`` was found good for ``assertion.challenge``."""
    here = party.relying_party(app.config)
    with _refusing(app):
        return Proof(challenge, *authenticators.check(here, assertion, public_key, counter))


def check_new(app: App, text: str, *, staff: int, session: int) -> NewPasskey:
    """The passkey that ``text`` (JSON of the page) brings for ``staff``, or Refused."""
    here = party.relying_party(app.config)
    try:
        new = authenticators.read_new(text)
        challenge = challenges.check(
            app, new.challenge, challenges.PASSKEY, staff=staff, session=session
        )
    except BadAnswer as bad:
        raise Refused(bad.reason) from None
    except BadChallenge as bad:
        raise Refused("late" if bad.late else "unverified") from None
    with _refusing(app):
        made = authenticators.check_new(here, new)
    return NewPasskey(
        challenge,
        made.credential,
        made.public_key,
        made.counter,
        made.transports,
        made.synced,
        new.client_data,
    )


@contextmanager
def _refusing(app: App) -> Iterator[None]:
    """An answer that was ours to ask for and does not verify."""
    try:
        yield
    except BadAnswer as bad:
        app.log.info("desk.passkey_refused", reason=bad.detail or bad.reason)
        raise Refused("unverified") from None


def fingerprint(public_key: bytes) -> bytes:
    """What tells keys apart whatever they are called."""
    return hashlib.sha256(public_key).digest()
