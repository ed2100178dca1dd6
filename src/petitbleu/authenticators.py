"""Passkeys: the one module that knows ``webauthn`` (W3C Web Authentication Level 3). A leaf.

For the passkeys of members and those of the desk's staff. The authenticator must know who uses it
(user verification) and keep the key itself (discoverable), so nobody types a name. What a challenge
is bound to, and that it is answered once, is for those who made it.
"""

from __future__ import annotations

import base64
import ipaddress
import json
from typing import Any, NamedTuple
from urllib.parse import urlsplit

MAX_ANSWER_CHARACTERS = 16_384
"""Characters of an authenticator's answer."""


class BadAnswer(Exception):
    """The answer of an authenticator does not count; ``reason`` is ``missing``, ``malformed``,
    ``origin`` (another page's) or ``unverified``; ``detail`` is for logs.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


class NoParty(Exception):
    """Browsers offer no passkeys at an address; ``reason`` is ``insecure`` or ``number``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Party(NamedTuple):
    """A relying party. ``id``: the host name passkeys are bound to; ``origin``: where its pages
    stand; ``secure``: over HTTPS.
    """

    id: str
    origin: str
    secure: bool


class New(NamedTuple):
    """What a page sent of a passkey that was just made, taken apart but not checked."""

    challenge: bytes
    client_data: bytes
    answer: dict[str, Any]


class Made(NamedTuple):
    """A passkey that was just made, checked."""

    credential: bytes
    public_key: bytes
    counter: int
    transports: str
    synced: bool
    model: str
    """AAGUID of what keeps it; zeros where it does not say."""


class Assertion(NamedTuple):
    """What an authenticator sent, taken apart but not checked."""

    credential: bytes
    challenge: bytes
    answer: dict[str, Any]


class Signed(NamedTuple):
    """A checked assertion: with the public key it proves to anybody who touched what."""

    credential: bytes
    counter: int
    client_data: bytes
    authenticator_data: bytes
    signature: bytes


def party_at(url: str) -> Party:
    """The relying party whose pages stand at ``url``. Raises NoParty.

    Browsers offer passkeys on HTTPS and on localhost only, and never at an address of numbers (W3C
    Web Authentication Level 3, section 5.1.2 and "secure context").
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    local = host == "localhost" or host.endswith(".localhost")
    if parts.scheme != "https" and not local:
        raise NoParty("insecure")
    if not host or _is_address(host):
        raise NoParty("number")
    usual = parts.port in (None, 443 if parts.scheme == "https" else 80)
    origin = f"{parts.scheme}://{host}" + ("" if usual else f":{parts.port}")
    return Party(host, origin, parts.scheme == "https")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


# ── options for the page ────────────────────────────────────────────────────────────────────────


def creation(
    party: Party,
    challenge: bytes,
    *,
    instance: str,
    handle: bytes,
    name: str,
    taken: list[bytes],
    seconds: int,
) -> dict[str, Any]:
    """Options for ``navigator.credentials.create``, as JSON.

    ``handle``: what an authenticator files the key under; ``name``: what it shows; ``taken``: keys
    whose authenticators refuse to make another one.
    """
    import webauthn
    from webauthn.helpers import structs

    options = webauthn.generate_registration_options(
        rp_id=party.id,
        rp_name=instance,
        user_id=handle,
        user_name=name,
        user_display_name=name,
        challenge=challenge,
        timeout=seconds * 1000,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=one) for one in taken],
    )
    return _as_json(options)


def request(
    party: Party, challenge: bytes, *, seconds: int, allowed: list[bytes] | None = None
) -> dict[str, Any]:
    """Options for ``navigator.credentials.get``, as JSON. ``allowed``: None for any key."""
    import webauthn
    from webauthn.helpers import structs

    options = webauthn.generate_authentication_options(
        rp_id=party.id,
        challenge=challenge,
        timeout=seconds * 1000,
        allow_credentials=[
            structs.PublicKeyCredentialDescriptor(id=credential) for credential in allowed or []
        ],
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    return _as_json(options)


def _as_json(options: Any) -> dict[str, Any]:
    from webauthn.helpers import options_to_json

    fields: dict[str, Any] = json.loads(options_to_json(options))
    return fields


# ── answers of the page ─────────────────────────────────────────────────────────────────────────


def read(text: str) -> Assertion:
    """Take apart what the page sent. Raises BadAnswer where it is not an assertion's JSON."""
    answer = _parsed(text)
    try:
        client = json.loads(decode(answer["response"]["clientDataJSON"]))
        return Assertion(decode(answer["rawId"]), decode(client["challenge"]), answer)
    except (KeyError, TypeError, ValueError, RecursionError):
        raise BadAnswer("malformed") from None


def read_new(text: str) -> New:
    """Take apart what the page sent of a new passkey. Raises BadAnswer."""
    answer = _parsed(text)
    try:
        client_data = decode(answer["response"]["clientDataJSON"])
        return New(decode(json.loads(client_data)["challenge"]), client_data, answer)
    except (KeyError, TypeError, ValueError, RecursionError):
        raise BadAnswer("malformed") from None


def _parsed(text: str) -> dict[str, Any]:
    if not text:
        raise BadAnswer("missing")
    if len(text) > MAX_ANSWER_CHARACTERS:
        raise BadAnswer("malformed")
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        raise BadAnswer("malformed") from None
    if not isinstance(answer, dict):
        raise BadAnswer("malformed")
    return answer


def decode(text: Any) -> bytes:
    """base64url without padding -> bytes. Raises ValueError."""
    if not isinstance(text, str):
        raise ValueError("no base64url")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def encode(data: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def check(party: Party, assertion: Assertion, public_key: bytes, counter: int) -> Signed:
    """The proof. Raises BadAnswer. The challenge was found good before."""
    import webauthn

    _check_origin(party, assertion.answer)
    try:
        verified = webauthn.verify_authentication_response(
            credential=assertion.answer,
            expected_challenge=assertion.challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=public_key,
            credential_current_sign_count=counter,
            require_user_verification=True,
        )
    except Exception as error:  # whatever hostile bytes do to the library is a refusal
        raise BadAnswer("unverified", str(error)[:200]) from None
    response = assertion.answer["response"]
    return Signed(
        verified.credential_id,
        verified.new_sign_count,
        *(decode(response[part]) for part in ("clientDataJSON", "authenticatorData", "signature")),
    )


def check_new(party: Party, new: New) -> Made:
    """The passkey that was made. Raises BadAnswer. The challenge was found good before."""
    import webauthn

    _check_origin(party, new.answer)
    try:
        verified = webauthn.verify_registration_response(
            credential=new.answer,
            expected_challenge=new.challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except Exception as error:  # whatever hostile bytes do to the library is a refusal
        raise BadAnswer("unverified", str(error)[:200]) from None
    named = new.answer["response"].get("transports")
    return Made(
        verified.credential_id,
        verified.credential_public_key,
        verified.sign_count,
        ",".join(str(name)[:20] for name in named[:8]) if isinstance(named, list) else "",
        verified.credential_backed_up,
        verified.aaguid,
    )


def _check_origin(party: Party, answer: dict[str, Any]) -> None:
    try:
        origin = json.loads(decode(answer["response"]["clientDataJSON"]))["origin"]
    except (KeyError, TypeError, ValueError, RecursionError):
        raise BadAnswer("malformed") from None
    if origin != party.origin:
        raise BadAnswer("origin", str(origin)[:200])
