"""An authenticator in software: makes passkeys and signs with them, as a browser would hand it on.

For tests that need no browser. It does what it is told, so it can also do wrong things: another
origin, another challenge, a counter that goes back, no user verification.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import encode_cbor

_UP, _UV, _AT = 0x01, 0x04, 0x40


def b64(data: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """The bytes of base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Taken(Exception):
    """It holds a key that the options exclude (InvalidStateError in a browser)."""


class Authenticator:
    """One device: keeps keys by their id, counts its signatures, knows its user."""

    def __init__(self, origin: str, *, verified: bool = True) -> None:
        self.origin = origin
        self.verified = verified
        self.counter = 0
        self.keys: dict[bytes, ec.EllipticCurvePrivateKey] = {}

    def create(
        self, options: dict[str, Any], *, again: ec.EllipticCurvePrivateKey | None = None
    ) -> str:
        """The JSON that a page sends after ``navigator.credentials.create``.

        ``again``: do not heed the list of excluded keys, and offer this key under another id.
        """
        excluded = {unb64(one["id"]) for one in options["excludeCredentials"]}
        if again is None and excluded & self.keys.keys():
            raise Taken
        key = again or ec.generate_private_key(ec.SECP256R1())
        credential = os.urandom(16)
        self.keys[credential] = key
        data = self._data(options["rp"]["id"], _AT) + bytes(16)
        data += len(credential).to_bytes(2, "big") + credential + _cose(key)
        client = self._client("webauthn.create", options["challenge"])
        attestation = encode_cbor({"fmt": "none", "attStmt": {}, "authData": data})
        response = {
            "clientDataJSON": b64(client),
            "attestationObject": b64(attestation),
            "transports": ["usb"],
        }
        return _answer(credential, response)

    def get(self, options: dict[str, Any], credential: bytes | None = None) -> str:
        """The JSON that a page sends after ``navigator.credentials.get``."""
        allowed = [unb64(one["id"]) for one in options.get("allowCredentials", [])]
        chosen = credential or next(one for one in self.keys if not allowed or one in allowed)
        self.counter += 1
        data = self._data(options["rpId"], 0)
        client = self._client("webauthn.get", options["challenge"])
        signature = self.keys[chosen].sign(
            data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256())
        )
        response = {
            "clientDataJSON": b64(client),
            "authenticatorData": b64(data),
            "signature": b64(signature),
            "userHandle": None,
        }
        return _answer(chosen, response)

    def _data(self, party: str, flags: int) -> bytes:
        flags |= _UP | (_UV if self.verified else 0)
        head = hashlib.sha256(party.encode()).digest()
        return head + bytes([flags]) + self.counter.to_bytes(4, "big")

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()


def _cose(key: ec.EllipticCurvePrivateKey) -> bytes:
    numbers = key.public_key().public_numbers()
    return encode_cbor(
        {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
    )


def _answer(credential: bytes, response: dict[str, Any]) -> str:
    said = {"id": b64(credential), "rawId": b64(credential), "type": "public-key"}
    return json.dumps({**said, "response": response})
