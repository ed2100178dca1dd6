"""Encryption of payloads, and what is refused before a byte of plain text is believed."""

from __future__ import annotations

from hashlib import sha256

import pytest

from petitbleu.errors import PeerFault
from petitbleu.mtproto import crypto
from tests.mtproto.pair import Pair, seeded

KEY = seeded(11)(256)


def seal(plain: bytes, filling: int, x: int = 0) -> bytes:
    """Encrypt with exactly ``filling`` bytes of padding, by the page's words."""
    plain += bytes(filling)
    msg_key = sha256(KEY[88 + x : 120 + x] + plain).digest()[8:24]
    a = sha256(msg_key + KEY[x : x + 36]).digest()
    b = sha256(KEY[40 + x : 76 + x] + msg_key).digest()
    key, iv = a[:8] + b[8:24] + a[24:32], b[:8] + a[8:24] + b[24:32]
    key_id = crypto.auth_key_id(KEY).to_bytes(8, "little", signed=True)
    return key_id + msg_key + crypto.encrypt_ige(plain, key, iv)


def head(length: int) -> bytes:
    return crypto.head(-1, 2, 3, 5, length)


@pytest.mark.parametrize("x", (0, 8))
@pytest.mark.parametrize("size", (4, 8, 12, 16, 100, 4096))
def test_sealed_and_opened(size: int, x: int) -> None:
    body = seeded(size)(size)
    payload = crypto.seal(KEY, crypto.auth_key_id(KEY), head(size) + body, seeded(2), x)
    assert crypto.key_id_of(payload) == crypto.auth_key_id(KEY)
    assert crypto.open(KEY, payload, x)[:5] == (-1, 2, 3, 5, body)
    with pytest.raises(PeerFault):
        crypto.open(KEY, payload, 8 - x)
    padding = len(payload) - 24 - 32 - size
    assert 12 <= padding <= 27


@pytest.mark.parametrize(
    ("filling", "good"), ((12, True), (28, True), (1020, True), (1036, False), (2044, False))
)
def test_the_padding_is_12_to_1024_bytes(filling: int, good: bool) -> None:
    payload = seal(head(4) + b"abcd", filling)
    if good:
        assert crypto.open(KEY, payload).body == b"abcd"
    else:
        with pytest.raises(PeerFault):
            crypto.open(KEY, payload)


@pytest.mark.parametrize("length", (0, -4, 3, 5, 8, 36, 1 << 30, -(1 << 31)))
def test_a_body_length_that_does_not_fit(length: int) -> None:
    with pytest.raises(PeerFault, match="body length"):
        crypto.open(KEY, seal(head(length) + b"abcd", 12))


def test_too_little_padding() -> None:
    with pytest.raises(PeerFault, match="body length"):
        crypto.open(KEY, seal(head(24) + bytes(24), 8))


def test_every_changed_byte_is_noticed() -> None:
    payload = seal(head(4) + b"abcd", 12)
    for at in range(8, len(payload)):
        changed = bytearray(payload)
        changed[at] ^= 0x10
        with pytest.raises(PeerFault, match="message key"):
            crypto.open(KEY, bytes(changed))


@pytest.mark.parametrize("size", (0, 7, 8, 24, 40, 71, 73, 80))
def test_impossible_lengths(size: int) -> None:
    with pytest.raises(PeerFault):
        crypto.open(KEY, bytes(size))
    if size < 8:
        with pytest.raises(PeerFault):
            crypto.key_id_of(bytes(size))


def test_the_quick_ack_token_is_the_start_of_the_hash() -> None:
    plain = head(4) + b"abcd" + bytes(28)
    token = int.from_bytes(sha256(KEY[88:120] + plain).digest()[:4], "little") | 1 << 31
    assert crypto.open(KEY, seal(plain, 0)).token == token


def test_padding_is_random(pair: Pair) -> None:
    first, second = (pair.payload(4, 1, b"abcd") for _ in range(2))
    assert first != second
