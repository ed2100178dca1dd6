"""The key that published reports are signed with: Ed25519, in the folder of the instance's keys.

It signs nothing else. Its public half stands on ``/transparence`` and in the contact file.
"""

from __future__ import annotations

import base64
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from petitbleu.app import App
from petitbleu.keys import write_private

_FILE = "report-ed25519.pem"


def key(app: App) -> Ed25519PrivateKey:
    """The key; made where there is none."""
    held = app.caches.get("desk.report_key")
    if held is None:
        held = app.caches["desk.report_key"] = _load(app.config.data / "keys" / _FILE)
    assert isinstance(held, Ed25519PrivateKey)
    return held


def public(app: App) -> str:
    """Its public half: 32 bytes, base64."""
    return base64.b64encode(key(app).public_key().public_bytes_raw()).decode("ascii")


def _load(path: Path) -> Ed25519PrivateKey:
    if path.exists():
        found = serialization.load_pem_private_key(path.read_bytes(), None)
        if not isinstance(found, Ed25519PrivateKey):
            raise ValueError(f"{path} is no Ed25519 key")
        return found
    made = Ed25519PrivateKey.generate()
    pem = made.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    write_private(path, pem)
    return made
