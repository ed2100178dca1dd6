"""Passkeys: the one module that knows ``webauthn`` (W3C Web Authentication Level 3).

The authenticator must know who uses it (user verification) and keep the key itself (discoverable),
so nobody types a name. A registration names every key of the desk as excluded: an authenticator
that already serves one member of staff refuses to serve a second one.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any, NamedTuple

from petitbleu.app import App
from petitbleu.desk.staffing.staff import challenges, party
from petitbleu.desk.staffing.staff.challenges import BadChallenge, Challenge

MAX_ANSWER_CHARACTERS = 16_384
"""Characters of an authenticator's answer."""


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


class Assertion(NamedTuple):
    """What an authenticator sent, taken apart but not checked."""

    credential: bytes
    challenge: bytes
    answer: dict[str, Any]


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
    import webauthn
    from webauthn.helpers import structs

    options = webauthn.generate_registration_options(
        rp_id=party.relying_party(app.config).id,
        rp_name=app.config.name,
        user_id=user_handle(staff),
        user_name=name,
        user_display_name=name,
        challenge=challenge,
        timeout=challenges.LIFETIME[challenges.PASSKEY] * 1000,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=one) for one in taken],
    )
    return _json(options)


def request(
    app: App, challenge: bytes, purpose: str, allowed: list[bytes] | None = None
) -> dict[str, Any]:
    """Options for ``navigator.credentials.get``, as JSON. ``allowed``: None for any key."""
    import webauthn
    from webauthn.helpers import structs

    options = webauthn.generate_authentication_options(
        rp_id=party.relying_party(app.config).id,
        challenge=challenge,
        timeout=challenges.LIFETIME[purpose] * 1000,
        allow_credentials=[
            structs.PublicKeyCredentialDescriptor(id=credential) for credential in allowed or []
        ],
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    return _json(options)


def _json(options: Any) -> dict[str, Any]:
    from webauthn.helpers import options_to_json

    fields: dict[str, Any] = json.loads(options_to_json(options))
    return fields


def read(text: str) -> Assertion:
    """Take apart what the page sent. Raises Refused where it is not an assertion's JSON."""
    answer = _parsed(text)
    try:
        client = json.loads(_bytes(answer["response"]["clientDataJSON"]))
        return Assertion(_bytes(answer["rawId"]), _bytes(client["challenge"]), answer)
    except (KeyError, TypeError, ValueError):
        raise Refused("malformed") from None


def _parsed(text: str) -> dict[str, Any]:
    if not text:
        raise Refused("missing")
    if len(text) > MAX_ANSWER_CHARACTERS:
        raise Refused("malformed")
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused("malformed") from None
    if not isinstance(answer, dict):
        raise Refused("malformed")
    return answer


def _bytes(text: Any) -> bytes:
    """base64url without padding -> bytes."""
    if not isinstance(text, str):
        raise ValueError("no base64url")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def check(
    app: App, assertion: Assertion, challenge: Challenge, public_key: bytes, counter: int
) -> Proof:
    """The proof, or Refused. ``challenge`` was found good for ``assertion.challenge``."""
    import webauthn

    here = party.relying_party(app.config)
    try:
        verified = webauthn.verify_authentication_response(
            credential=assertion.answer,
            expected_challenge=assertion.challenge,
            expected_rp_id=here.id,
            expected_origin=here.origin,
            credential_public_key=public_key,
            credential_current_sign_count=counter,
            require_user_verification=True,
        )
    except Exception as error:  # whatever hostile bytes do to the library is a refusal
        app.log.info("desk.passkey_refused", reason=str(error)[:200])
        raise Refused("unverified") from None
    response = assertion.answer["response"]
    return Proof(
        challenge,
        verified.credential_id,
        verified.new_sign_count,
        *(_bytes(response[part]) for part in ("clientDataJSON", "authenticatorData", "signature")),
    )


def check_new(app: App, text: str, *, staff: int, session: int) -> NewPasskey:
    """The passkey that ``text`` (JSON of the page) brings for ``staff``, or Refused."""
    import webauthn

    here = party.relying_party(app.config)
    answer = _parsed(text)
    try:
        client_data = _bytes(answer["response"]["clientDataJSON"])
        sent = _bytes(json.loads(client_data)["challenge"])
    except (KeyError, TypeError, ValueError):
        raise Refused("malformed") from None
    try:
        challenge = challenges.check(app, sent, challenges.PASSKEY, staff=staff, session=session)
    except BadChallenge as bad:
        raise Refused("late" if bad.late else "unverified") from None
    try:
        verified = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=sent,
            expected_rp_id=here.id,
            expected_origin=here.origin,
            require_user_verification=True,
        )
    except Exception as error:  # whatever hostile bytes do to the library is a refusal
        app.log.info("desk.passkey_refused", reason=str(error)[:200])
        raise Refused("unverified") from None
    named = answer["response"].get("transports")
    return NewPasskey(
        challenge,
        verified.credential_id,
        verified.credential_public_key,
        verified.sign_count,
        ",".join(str(name)[:20] for name in named[:8]) if isinstance(named, list) else "",
        verified.credential_backed_up,
        client_data,
    )


def fingerprint(public_key: bytes) -> bytes:
    """What tells keys apart whatever they are called."""
    return hashlib.sha256(public_key).digest()
