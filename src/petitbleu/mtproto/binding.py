"""The message inside auth.bindTempAuthKey: proof that both keys are in one hand.

Unlike everything else it is encrypted the way of MTProto 1.0, with the *permanent* key
(core.telegram.org/method/auth.bindTempAuthKey)::

    auth_key_id:long msg_key:int128 | random:int128 msg_id:long seqno:int length:int body padding

``msg_key`` is the lower half of the SHA1 of the part before the padding; the body is a
``bind_auth_key_inner``.
"""

from __future__ import annotations

import hmac
import struct
from hashlib import sha1
from typing import NamedTuple

from petitbleu.mtproto.crypto import decrypt_ige, encrypt_ige

BIND_AUTH_KEY_INNER = 0x75A3F765

_HEAD = struct.Struct("<16sqii")
_BODY = struct.Struct("<Iqqqqi")
_PLAIN = _HEAD.size + _BODY.size


class Binding(NamedTuple):
    """What the message says; all ids signed 64-bit, ``expires_at`` Unix seconds."""

    msg_id: int
    nonce: int
    temp_id: int
    perm_id: int
    session_id: int
    expires_at: int


def _derive(auth_key: bytes, msg_key: bytes) -> tuple[bytes, bytes]:
    """Key and iv of MTProto 1.0, client to server (core.telegram.org/mtproto/description_v1)."""
    a = _sha1(msg_key + auth_key[:32])
    b = _sha1(auth_key[32:48] + msg_key + auth_key[48:64])
    c = _sha1(auth_key[64:96] + msg_key)
    d = _sha1(msg_key + auth_key[96:128])
    return a[:8] + b[8:20] + c[4:16], a[8:20] + b[:8] + c[16:20] + d[:8]


def _sha1(data: bytes) -> bytes:
    return sha1(data, usedforsecurity=False).digest()


def open_binding(perm_key: bytes, perm_id: int, encrypted: bytes) -> Binding | None:
    """Read the message; None where it was not made with this permanent key."""
    sealed = encrypted[24:]
    if len(sealed) % 16 or not _PLAIN <= len(sealed) < _PLAIN + 16:
        return None
    if int.from_bytes(encrypted[:8], "little", signed=True) != perm_id:
        return None
    msg_key = encrypted[8:24]
    key, iv = _derive(perm_key, msg_key)
    plain = decrypt_ige(sealed, key, iv)[:_PLAIN]
    if not hmac.compare_digest(_sha1(plain)[4:], msg_key):
        return None
    _, msg_id, seqno, length = _HEAD.unpack_from(plain)
    constructor, nonce, temp_id, inner_perm_id, session_id, expires_at = _BODY.unpack_from(
        plain, _HEAD.size
    )
    if constructor != BIND_AUTH_KEY_INNER or length != _BODY.size or seqno != 0:
        return None
    return Binding(msg_id, nonce, temp_id, inner_perm_id, session_id, expires_at)


def seal_binding(perm_key: bytes, perm_id: int, binding: Binding, random: bytes) -> bytes:
    """Make the message (the client's role). ``random``: 24 bytes, for the head and the padding."""
    plain = _HEAD.pack(random[:16], binding.msg_id, 0, _BODY.size) + _BODY.pack(
        BIND_AUTH_KEY_INNER,
        binding.nonce,
        binding.temp_id,
        binding.perm_id,
        binding.session_id,
        binding.expires_at,
    )
    msg_key = _sha1(plain)[4:]
    key, iv = _derive(perm_key, msg_key)
    padded = plain + random[16 : 16 + -len(plain) % 16]
    return perm_id.to_bytes(8, "little", signed=True) + msg_key + encrypt_ige(padded, key, iv)
