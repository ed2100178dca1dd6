"""The server's SRP arithmetic."""

from __future__ import annotations

import os

import pytest

from petitbleu.domain.access.password import srp
from petitbleu.powers import GENERATOR, PRIME, PRIME_BYTES

VERIFIER = srp.padded(pow(GENERATOR, 1234567, PRIME))
SALTS = (b"salt one", b"salt two")


def test_the_prime_is_safe_and_three_generates_its_large_subgroup() -> None:
    assert PRIME.bit_length() == 2048 and srp.padded(PRIME) == PRIME_BYTES
    assert pow(GENERATOR, (PRIME - 1) // 2, PRIME) == 1
    assert all(pow(base, PRIME - 1, PRIME) == 1 for base in (2, 5, 7))
    half = (PRIME - 1) // 2
    assert all(pow(base, half - 1, half) == 1 for base in (2, 3, 5))


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0",
        srp.padded(0),
        srp.padded(1),
        srp.padded(PRIME - 1),
        PRIME_BYTES,
        b"\xff" * 256,
        b"\0" + srp.padded(5),
        b"\x05" * 300,
    ],
)
def test_an_answer_that_would_fix_the_key_is_refused(answer: bytes) -> None:
    assert srp.in_group(answer) is None
    for proof in (b"", b"\0" * 32):
        assert not srp.proves(VERIFIER, *SALTS, b"\x01" * 32, answer, proof)


def test_a_challenge_is_fresh_each_time_and_never_trivial() -> None:
    made = {srp.challenge(VERIFIER, os.urandom(srp.SECRET_SIZE)) for _ in range(4)}
    assert len(made) == 4
    assert all(1 < int.from_bytes(one, "big") < PRIME - 1 and len(one) == 256 for one in made)


def test_a_random_proof_proves_nothing() -> None:
    answer = srp.padded(pow(GENERATOR, 99, PRIME))
    assert not srp.proves(VERIFIER, *SALTS, os.urandom(32), answer, os.urandom(32))
