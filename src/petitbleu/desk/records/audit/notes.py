"""Signed heads: C2SP ``tlog-checkpoint`` in a C2SP ``signed-note``, Ed25519.

::

    desk.example.org/journal
    1234
    base64 of the root

    — desk.example.org/journal base64(key hash (4) | signature (64))

The key as others hold it: ``name+hash+base64(0x01 | public key)``.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"
_DASH = "— "


class Checkpoint(NamedTuple):
    """What a head says."""

    origin: str
    size: int
    root: bytes


class BadNote(Exception):
    """The text is no checkpoint, or not signed by this key."""


def _key_hash(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def verifier(name: str, key: Ed25519PublicKey) -> str:
    """The key in the form that notes' verifiers take."""
    public = key.public_bytes_raw()
    number = _key_hash(name, public).hex()
    return f"{name}+{number}+{base64.b64encode(_ED25519 + public).decode()}"


def sign(head: Checkpoint, key: Ed25519PrivateKey) -> str:
    """The signed head."""
    root = base64.b64encode(head.root).decode()
    text = f"{head.origin}\n{head.size}\n{root}\n"
    mark = _key_hash(head.origin, key.public_key().public_bytes_raw())
    signature = base64.b64encode(mark + key.sign(text.encode())).decode()
    return f"{text}\n{_DASH}{head.origin} {signature}\n"


def check(note: str, name: str, key: Ed25519PublicKey) -> Checkpoint:
    """What a signed head says. Raises BadNote."""
    text, gap, signatures = note.partition("\n\n")
    text += "\n"
    mark = _key_hash(name, key.public_bytes_raw())
    for line in signatures.splitlines() if gap else []:
        if not line.startswith(f"{_DASH}{name} "):
            continue
        try:
            raw = base64.b64decode(line.rpartition(" ")[2], validate=True)
            if raw[:4] != mark:
                continue
            key.verify(raw[4:], text.encode())
            origin, size, root = text.splitlines()[:3]
            return Checkpoint(origin, int(size), base64.b64decode(root, validate=True))
        except (InvalidSignature, ValueError, binascii.Error):
            break
    raise BadNote(note.splitlines()[0] if note else "")
