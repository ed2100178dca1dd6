"""Binding a temporary key to a permanent one (core.telegram.org/api/pfs). A leaf.

The client proves that it holds both: inside auth.bindTempAuthKey, which travels under the temporary
key, lies a message sealed with the permanent key in the manner of MTProto 1.0. Nothing else uses
that old sealing, so it stands here and nowhere else.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from hashlib import sha1
from struct import Struct
from typing import NamedTuple

import cryptg

from petitbleu.errors import Fault

INNER = 0x75A3F765
"""bind_auth_key_inner."""

_HEAD = Struct("<16sqii")  # random, msg_id, seqno, length
_INNER = Struct("<Iqqqqi")
_OUTER = Struct("<q16s")
_LENGTH = _HEAD.size + _INNER.size


class Binding(NamedTuple):
    """What both sides must agree on."""

    nonce: int
    temp_key_id: int
    perm_key_id: int
    session_id: int
    """The session under the temporary key that sends the request."""
    expires_at: int
    """When the temporary key ends, seconds since the epoch."""


def _derive(auth_key: bytes, msg_key: bytes) -> tuple[bytes, bytes]:
    """MTProto 1.0 key and iv for a message to the server (x = 0)."""

    def digest(*parts: bytes) -> bytes:
        return sha1(b"".join(parts), usedforsecurity=False).digest()

    a = digest(msg_key, auth_key[:32])
    b = digest(auth_key[32:48], msg_key, auth_key[48:64])
    c = digest(auth_key[64:96], msg_key)
    d = digest(msg_key, auth_key[96:128])
    return a[:8] + b[8:20] + c[4:16], a[8:20] + b[:8] + c[16:20] + d[:8]


def verify_bind(perm_key: bytes, binding: Binding, msg_id: int, encrypted: bytes) -> None:
    """Check ``encrypted_message`` of auth.bindTempAuthKey; Fault ENCRYPTED_MESSAGE_INVALID.

    ``msg_id``: of the auth.bindTempAuthKey request itself; the inner message repeats it.
    """
    padded = -(-_LENGTH // 16) * 16
    if len(encrypted) != _OUTER.size + padded:
        raise Fault("ENCRYPTED_MESSAGE_INVALID")
    key_id, msg_key = _OUTER.unpack_from(encrypted)
    key, iv = _derive(perm_key, msg_key)
    plain = bytes(cryptg.decrypt_ige(encrypted[_OUTER.size :], key, iv))
    digest = sha1(plain[:_LENGTH], usedforsecurity=False).digest()[4:]
    inner = _INNER.pack(INNER, *binding)
    expected = _HEAD.pack(plain[:16], msg_id, 0, len(inner)) + inner
    good = hmac.compare_digest(digest, msg_key)
    if not (good and key_id == binding.perm_key_id and plain[:_LENGTH] == expected):
        raise Fault("ENCRYPTED_MESSAGE_INVALID")


def seal_bind(
    perm_key: bytes, binding: Binding, msg_id: int, random: Callable[[int], bytes]
) -> bytes:
    """The client's side: ``encrypted_message`` for a request that will be sent as ``msg_id``."""
    inner = _INNER.pack(INNER, *binding)
    plain = _HEAD.pack(random(16), msg_id, 0, len(inner)) + inner
    msg_key = sha1(plain, usedforsecurity=False).digest()[4:]
    key, iv = _derive(perm_key, msg_key)
    sealed = cryptg.encrypt_ige(plain + random(-len(plain) % 16), key, iv)
    return _OUTER.pack(binding.perm_key_id, msg_key) + sealed
