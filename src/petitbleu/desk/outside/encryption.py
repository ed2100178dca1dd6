"""The age key that authorities may encrypt to, in the folder of the instance's keys.

Format: age-encryption.org/v1, X25519. What arrives encrypted is kept as it arrived and opened once
beside it, so that it can be read and sorted like any other order.
"""

from __future__ import annotations

from typing import Any

from petitbleu import keyring
from petitbleu.app import App, Part

MARK = b"age-encryption.org/v1"
_ARMOR = b"-----BEGIN AGE ENCRYPTED FILE-----"
FILE = "desk-age.key"


def recipient(app: App) -> str:
    """The public key, ``age1…``."""
    return str(app.parts[IDENTITY].to_public())


def is_encrypted(data: bytes) -> bool:
    """Whether it is an age file."""
    return data.startswith((MARK, _ARMOR))


def opened(app: App, data: bytes) -> bytes | None:
    """What an age file holds; None where it is not for our key or damaged."""
    import pyrage

    try:
        return bytes(pyrage.decrypt(data, [app.parts[IDENTITY]]))
    except pyrage.DecryptError:
        return None


def new_identity() -> bytes:
    """A fresh key, as its file holds it."""
    import pyrage

    return f"{pyrage.x25519.Identity.generate()}\n".encode("ascii")


def _load(app: App) -> Any:
    import pyrage  # 10 ms that only this page needs

    text = keyring.contents(app, FILE, new_identity)
    return pyrage.x25519.Identity.from_str(text.decode("ascii").strip())


IDENTITY: Part[Any] = Part(_load)
"""Our key (``pyrage.x25519.Identity``, which has no types)."""
