"""The two paddings of p_q_inner_data: RSA_PAD (new) and SHA1 + data + filling (old libraries).

core.telegram.org/mtproto/auth_key#41-rsa-paddata-server-public-key-mentioned-above-is-implemented-as
Both are served on the same key: Telethon, Pyrogram and Kurigram still send the old one.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from hashlib import sha1, sha256

from petitbleu.errors import PeerFault
from petitbleu.keys import RsaPublic
from petitbleu.mtproto.crypto import decrypt_ige, encrypt_ige

_IV = bytes(32)


def _xor(a: bytes, b: bytes) -> bytes:
    return (int.from_bytes(a, "big") ^ int.from_bytes(b, "big")).to_bytes(len(a), "big")


def unpad_new(block: bytes) -> bytes | None:
    """192 bytes (data and filling) of a decrypted RSA_PAD block; None where its hash is wrong."""
    temp_key = _xor(block[:32], sha256(block[32:]).digest())
    data_with_hash = decrypt_ige(block[32:], temp_key, _IV)
    data = data_with_hash[:192][::-1]
    good = hmac.compare_digest(sha256(temp_key + data).digest(), data_with_hash[192:])
    return data if good else None


def unpad_old(block: bytes, measure: Callable[[bytes], int]) -> bytes | None:
    """The data of a 255-byte block; ``measure`` tells its length from its own TL form."""
    if block[0]:
        return None
    content = block[21:]
    try:
        data = content[: measure(content)]
    except PeerFault:
        return None
    digest = sha1(data, usedforsecurity=False).digest()
    return data if hmac.compare_digest(digest, block[1:21]) else None


def pad_new(data: bytes, key: RsaPublic, random: Callable[[int], bytes]) -> bytes:
    """Client side: RSA_PAD(data, key), 256 bytes; data at most 144 bytes."""
    filled = data + random(192 - len(data))
    while True:
        temp_key = random(32)
        hashed = filled[::-1] + sha256(temp_key + filled).digest()
        encrypted = encrypt_ige(hashed, temp_key, _IV)
        block = _xor(temp_key, sha256(encrypted).digest()) + encrypted
        value = int.from_bytes(block, "big")
        if value < key.n:
            return key.encrypt(value).to_bytes(256, "big")


def pad_old(data: bytes, key: RsaPublic, random: Callable[[int], bytes]) -> bytes:
    """Client side: the padding before RSA_PAD, 256 bytes; data at most 235 bytes."""
    block = sha1(data, usedforsecurity=False).digest() + data
    block += random(255 - len(block))
    return key.encrypt(int.from_bytes(block, "big")).to_bytes(256, "big")
