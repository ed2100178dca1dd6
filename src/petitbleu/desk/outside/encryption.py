"""The age key that authorities may encrypt to, in the folder of the instance's keys.

Format: age-encryption.org/v1, X25519. What arrives encrypted is kept as it arrived and opened once
beside it, so that it can be read and sorted like any other order.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from petitbleu.app import App
from petitbleu.keys import write_private

MARK = b"age-encryption.org/v1"
_ARMOR = b"-----BEGIN AGE ENCRYPTED FILE-----"
_FILE = "desk-age.key"


def recipient(app: App) -> str:
    """The public key, ``age1…``."""
    return str(_identity(app).to_public())


def is_encrypted(data: bytes) -> bool:
    """Whether it is an age file."""
    return data.startswith((MARK, _ARMOR))


def opened(app: App, data: bytes) -> bytes | None:
    """What an age file holds; None where it is not for our key or damaged."""
    import pyrage

    try:
        return bytes(pyrage.decrypt(data, [_identity(app)]))
    except pyrage.DecryptError:
        return None


def _identity(app: App) -> Any:
    held = app.caches.get("desk.age")
    if held is None:
        held = app.caches["desk.age"] = _load(app.config.data / "keys" / _FILE)
    return held


def _load(path: Path) -> Any:
    import pyrage  # 10 ms that only this page needs

    if path.exists():
        return pyrage.x25519.Identity.from_str(path.read_text("ascii").strip())
    made = pyrage.x25519.Identity.generate()
    write_private(path, f"{made}\n".encode("ascii"))
    return made
