"""Keys and cosignatures of witnesses: C2SP ``tlog-cosignature``, Ed25519 (``cosignature/v1``).

The key as others hold it: ``name+hash+base64(0x04 | public key)``. A cosignature is a line of a
signed note; its payload is key hash (4), time (8, big-endian) and signature (64).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_KIND = b"\x04"
_LOG_KIND = b"\x01"
_DASH = "— "
_LATEST = (1 << 63) - 1


class BadKey(ValueError):
    """The text is no key of a signed note, or not one of the kind that is wanted."""


class BadCosignature(Exception):
    """No line is a cosignature of this witness on this head; the text says what is wrong."""


class Key(NamedTuple):
    """The name and public key of a witness or log; ``id``: what its signatures begin with."""

    name: str
    public: Ed25519PublicKey
    id: bytes


def _id(name: str, kind: bytes, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + kind + public).digest()[:4]


def is_name(name: str) -> bool:
    """Whether a key may be called so: signed notes allow no spaces and no plus sign."""
    return bool(name) and "+" not in name and not any(char.isspace() for char in name)


def _read(text: str, kind: bytes, what: str) -> Key:
    try:
        name, number, coded = text.strip().split("+", 2)
        raw = base64.b64decode(coded, validate=True)
        key = Key(name, Ed25519PublicKey.from_public_bytes(raw[1:]), _id(name, kind, raw[1:]))
        if raw[:1] != kind or not is_name(name) or key.id.hex() != number:
            raise ValueError
    except ValueError:
        raise BadKey(f"“{text[:80]}” is no key of a {what}") from None
    return key


def read_key(text: str) -> Key:
    """The key of a witness. Raises BadKey."""
    return _read(text, _KIND, "witness")


def read_log_key(text: str) -> Key:
    """The key of a log, as ``petitbleu desk audit head`` prints it. Raises BadKey."""
    return _read(text, _LOG_KIND, "log")


def written(name: str, public: Ed25519PublicKey) -> str:
    """The key of a witness in the form that :func:`read_key` takes."""
    raw = public.public_bytes_raw()
    coded = base64.b64encode(_KIND + raw).decode()
    return f"{name}+{_id(name, _KIND, raw).hex()}+{coded}"


def _message(note: str, at: int) -> bytes:
    text = note.partition("\n\n")[0]
    return f"cosignature/v1\ntime {at}\n{text}\n".encode()


def sign(note: str, name: str, key: Ed25519PrivateKey, at: int) -> str:
    """The line that cosigns the head of a signed note, with its newline."""
    mark = _id(name, _KIND, key.public_key().public_bytes_raw())
    raw = mark + at.to_bytes(8, "big") + key.sign(_message(note, at))
    return f"{_DASH}{name} {base64.b64encode(raw).decode()}\n"


class Cosignature(NamedTuple):
    """A line that verifies: when it was made, and its text with the newline."""

    at: int
    line: str


def find(lines: str, key: Key, note: str, now: float, early: float = 600) -> Cosignature:
    """The witness's cosignature on ``note`` among signature lines; those of others are ignored.

    Raises BadCosignature: there is none, it does not verify, or its time is more than ``early``
    seconds ahead of ``now``.
    """
    for line in lines.split("\n"):
        if not line.startswith(f"{_DASH}{key.name} "):
            continue
        try:
            raw = base64.b64decode(line.rpartition(" ")[2], validate=True)
        except (ValueError, binascii.Error):
            continue
        if len(raw) != 76 or raw[:4] != key.id:
            continue
        at = int.from_bytes(raw[4:12], "big")
        if at > min(_LATEST, now + early):
            raise BadCosignature("its signature is from the future")
        try:
            key.public.verify(raw[12:], _message(note, at))
        except InvalidSignature:
            raise BadCosignature("its signature does not verify") from None
        return Cosignature(at, line + "\n")
    raise BadCosignature("its answer has no signature of its key")
