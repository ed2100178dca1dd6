"""The key of the log: ``DATA/keys/journal-ed25519.pem``, made at the first head."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from petitbleu import keyring, keys
from petitbleu.app import App, Part

KEY = "journal-ed25519.pem"
SIGNING_KEY: Part[Ed25519PrivateKey] = Part(
    lambda app: keys.signing_key(keyring.contents(app, KEY, keys.new_signing_key))
)


def key(app: App) -> Ed25519PrivateKey:
    """The key that signs heads; made where there is none."""
    return app.parts[SIGNING_KEY]
