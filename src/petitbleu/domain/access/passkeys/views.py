"""Passkeys as TL, and the answers of authenticators as pages send them."""

from __future__ import annotations

import json
from typing import Any

from petitbleu import authenticators
from petitbleu.domain.access.passkeys.queries import PasskeyRow
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.tl import api, forms


def is_browser(ctx: Ctx) -> bool:
    """Whether the web client calls: passkeys are bound to its host."""
    return ctx.link is not None and ctx.link.form == forms.JSON


def require_browser(ctx: Ctx) -> None:
    """Raise METHOD_INVALID for every other client."""
    if not is_browser(ctx):
        raise Fault("METHOD_INVALID")


def passkey(row: PasskeyRow) -> api.Passkey:
    """One passkey, as its owner sees it."""
    return api.Passkey(id=row.id, name=row.name, date=row.created_at, last_usage_date=row.used_at)


def options(fields: dict[str, Any]) -> api.DataJSON:
    """Options for the page, as ``PublicKeyCredential`` takes them from JSON."""
    return api.DataJSON(data=json.dumps({"publicKey": fields}))


def answer(credential: Any) -> str:
    """InputPasskeyCredential -> the JSON of RegistrationResponseJSON or AuthenticationResponseJSON
    (Web Authentication Level 3, §5.1). Raises CREDENTIAL_INVALID.
    """
    if not isinstance(credential, api.InputPasskeyCredentialPublicKey):
        raise Fault("CREDENTIAL_INVALID")
    given = credential.response
    client_data = given.client_data.data.encode()
    response = {"clientDataJSON": authenticators.encode(client_data)}
    if isinstance(given, api.InputPasskeyResponseRegister):
        response["attestationObject"] = authenticators.encode(given.attestation_data)
    else:
        response |= {
            "authenticatorData": authenticators.encode(given.authenticator_data),
            "signature": authenticators.encode(given.signature),
            "userHandle": authenticators.encode(given.user_handle.encode()),
        }
    told = {"id": credential.id, "rawId": credential.raw_id, "type": "public-key"}
    return json.dumps({**told, "response": response})
