"""MTProto 2.0 envelope: key derivation, message key, AES-256-IGE
(core.telegram.org/mtproto/description).

``x`` is 0 for client to server and 8 for server to client. The message key is checked, in constant
time, before anything of the plain text is believed.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from hashlib import sha1, sha256
from struct import Struct
from typing import NamedTuple

import cryptg

from petitbleu.errors import PeerFault

TO_SERVER = 0
TO_CLIENT = 8

_HEAD = Struct("<qqqii")  # salt, session_id, msg_id, seqno, length of the body
_KEY_ID = Struct("<q")
_DRAW = 4096


class Envelope(NamedTuple):
    """One decrypted payload. ``token`` is its quick acknowledgement."""

    salt: int
    session_id: int
    msg_id: int
    seqno: int
    body: bytes
    token: int


class Padding:
    """``padding(n)``: random bytes, drawn from ``random`` many at a time. No byte is given twice.

    Each draw is a system call that lets go of the GIL: for every message that would cost more than
    encrypting it.
    """

    __slots__ = ("_at", "_drawn", "_random")

    def __init__(self, random: Callable[[int], bytes]) -> None:
        self._random = random
        self._drawn = b""
        self._at = 0

    def __call__(self, count: int) -> bytes:
        begin = self._at
        self._at = end = begin + count
        if end > len(self._drawn):
            self._drawn = self._random(max(_DRAW, count))
            begin, self._at = 0, count
            end = count
        return self._drawn[begin:end]


def auth_key_id(auth_key: bytes) -> int:
    """Low 64 bits of SHA1(auth_key), signed."""
    return int.from_bytes(
        sha1(auth_key, usedforsecurity=False).digest()[12:], "little", signed=True
    )


def key_id_of(payload: bytes) -> int:
    """First 8 bytes of a payload: 0 for a plain one. PeerFault where it is shorter than that."""
    if len(payload) < 8:
        raise PeerFault("payload too short")
    return int(_KEY_ID.unpack_from(payload)[0])


def encrypt_ige(data: bytes, key: bytes, iv: bytes) -> bytes:
    """AES-256-IGE; ``data`` a multiple of 16 bytes, ``iv`` 32 bytes."""
    return bytes(cryptg.encrypt_ige(data, key, iv))


def decrypt_ige(data: bytes, key: bytes, iv: bytes) -> bytes:
    """The inverse of :func:`encrypt_ige`."""
    return bytes(cryptg.decrypt_ige(data, key, iv))


def derive(auth_key: bytes, msg_key: bytes, x: int) -> tuple[bytes, bytes]:
    """AES key and iv (32 bytes each) of one message."""
    a = sha256(msg_key + auth_key[x : x + 36]).digest()
    b = sha256(auth_key[40 + x : 76 + x] + msg_key).digest()
    return a[:8] + b[8:24] + a[24:], b[:8] + a[8:24] + b[24:]


def seal(
    auth_key: bytes,
    key_id: int,
    plain: bytes,
    random: Callable[[int], bytes],
    x: int = TO_CLIENT,
) -> bytes:
    """Encrypt header and body; padding of 12 to 27 random bytes fills the block."""
    plain += random(12 + (-len(plain) - 12) % 16)
    msg_key = sha256(auth_key[88 + x : 120 + x] + plain).digest()[8:24]
    key, iv = derive(auth_key, msg_key, x)
    return _KEY_ID.pack(key_id) + msg_key + cryptg.encrypt_ige(plain, key, iv)


def head(salt: int, session_id: int, msg_id: int, seqno: int, length: int) -> bytes:
    """The 32 bytes before a body."""
    return _HEAD.pack(salt, session_id, msg_id, seqno, length)


def open(auth_key: bytes, payload: bytes, x: int = TO_SERVER) -> Envelope:
    """Decrypt and check one payload whose key id was looked up. PeerFault on any flaw."""
    check_length(payload)
    msg_key = payload[8:24]
    key, iv = derive(auth_key, msg_key, x)
    plain = cryptg.decrypt_ige(payload[24:], key, iv)
    large = sha256(auth_key[88 + x : 120 + x] + plain).digest()
    if not hmac.compare_digest(large[8:24], msg_key):
        raise PeerFault("message key does not match")
    salt, session_id, msg_id, seqno, length = read_head(plain, len(plain))
    body = bytes(plain[32 : 32 + length])
    return Envelope(salt, session_id, msg_id, seqno, body, token_of(large))


def check_length(payload: bytes) -> None:
    """PeerFault where no message can be in ``payload``."""
    if len(payload) < 24 + 48 or (len(payload) - 24) % 16:
        raise PeerFault("encrypted payload has an impossible length")


def read_head(plain: bytes, size: int) -> tuple[int, int, int, int, int]:
    """salt, session, msg id, seqno, length of the body; ``size``: bytes of the whole plain text.

    PeerFault where the length does not fit.
    """
    found: tuple[int, int, int, int, int] = _HEAD.unpack_from(plain)
    length = found[4]
    if length < 4 or length % 4 or not 12 <= size - 32 - length <= 1024:
        raise PeerFault("body length does not fit the payload")
    return found


def token_of(large: bytes) -> int:
    """The quick acknowledgement of a payload with this SHA-256."""
    return int.from_bytes(large[:4], "little") | 0x80000000


def pack_key_id(key_id: int) -> bytes:
    """The first eight bytes of an encrypted payload."""
    return _KEY_ID.pack(key_id)
