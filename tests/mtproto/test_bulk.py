"""Large payloads in steps give what the single step gives."""

from __future__ import annotations

import os
import random

import pytest

from petitbleu.errors import PeerFault
from petitbleu.mtproto import crypto
from petitbleu.mtproto.bulk import STEP, Opening, Sealing
from petitbleu.mtproto.crypto import TO_CLIENT, TO_SERVER

KEY = random.Random(3).randbytes(256)
KEY_ID = crypto.auth_key_id(KEY)
SIZES = [4, 64, STEP - 32 - 12, STEP - 32, STEP, STEP + 4, 3 * STEP + 100, 524_300]


def seeded(count: int) -> bytes:
    return bytes(range(256)) * (count // 256 + 1) if count > 256 else bytes(range(count))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("x", [TO_SERVER, TO_CLIENT])
def test_the_same_bytes_both_ways(size: int, x: int) -> None:
    body = os.urandom(size)
    head = crypto.head(1, 2, 3 << 32, 5, size)
    sealing = Sealing(KEY, KEY_ID, head, body, seeded, x)
    while not sealing.step():
        pass
    assert sealing.payload == crypto.seal(KEY, KEY_ID, head + body, seeded, x)
    opening = Opening(KEY, sealing.payload, x)
    while not opening.step():
        pass
    assert opening.envelope == crypto.open(KEY, sealing.payload, x)
    assert opening.envelope.body == body


@pytest.mark.parametrize("at", [30, 70_000, -1])
def test_an_altered_payload_is_a_fault(at: int) -> None:
    head = crypto.head(1, 2, 3 << 32, 5, 200_000)
    payload = bytearray(crypto.seal(KEY, KEY_ID, head + bytes(200_000), os.urandom, TO_SERVER))
    payload[at] ^= 1
    opening = Opening(KEY, bytes(payload))
    with pytest.raises(PeerFault):
        while not opening.step():
            pass


def test_a_payload_that_cannot_be_is_refused_at_once() -> None:
    with pytest.raises(PeerFault):
        Opening(KEY, bytes(200_001))
    head = crypto.head(1, 2, 3 << 32, 5, 1 << 20)  # a length beyond the payload
    payload = crypto.seal(KEY, KEY_ID, head + bytes(200_000), os.urandom, TO_SERVER)
    opening = Opening(KEY, payload)
    with pytest.raises(PeerFault):
        while not opening.step():
            pass
