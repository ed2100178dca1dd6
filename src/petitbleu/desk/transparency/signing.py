"""The key that published reports are signed with: Ed25519, in the folder of the instance's keys.

It signs nothing else. Its public half stands on ``/transparence`` and in the contact file.
"""

from __future__ import annotations

import base64

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from petitbleu import keyring, keys
from petitbleu.app import App, Part

FILE = "report-ed25519.pem"


SIGNING_KEY: Part[Ed25519PrivateKey] = Part(
    lambda app: keys.signing_key(keyring.contents(app, FILE, keys.new_signing_key))
)


def key(app: App) -> Ed25519PrivateKey:
    """The key; made where there is none."""
    return app.parts[SIGNING_KEY]


def public(app: App) -> str:
    """Its public half: 32 bytes, base64."""
    return base64.b64encode(key(app).public_key().public_bytes_raw()).decode("ascii")
