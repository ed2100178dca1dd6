"""The server's side of SRP as Telegram uses it (core.telegram.org/api/srp). Pure arithmetic.

All numbers are 2048-bit, written as 256 bytes big-endian wherever they are hashed; H is SHA-256.

* ``v = g ** x``, made by the client from password and salts, is all the server keeps;
* ``B = k * v + g ** b`` with ``k = H(p | g)`` is the challenge, ``A = g ** a`` the client's answer;
* ``S = (A * v ** u) ** b`` with ``u = H(A | B)``, ``K = H(S)``;
* ``M1 = H(H(p) xor H(g) | H(salt1) | H(salt2) | A | B | K)`` proves that the client had x.

A of 0, 1 or p - 1 (or out of range) would fix S whatever the password: refused.
"""

from __future__ import annotations

import hashlib
import hmac

from petitbleu.powers import GENERATOR, PRIME, PRIME_BYTES, power

SIZE = 256
"""Bytes of every number."""
SECRET_SIZE = 32
"""Bytes of the server's exponent b."""


def _hash(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def padded(number: int) -> bytes:
    """A number as it is hashed and sent."""
    return number.to_bytes(SIZE, "big")


_G = padded(GENERATOR)
_K = int.from_bytes(_hash(PRIME_BYTES, _G), "big")
_HEAD = bytes(a ^ b for a, b in zip(_hash(PRIME_BYTES), _hash(_G), strict=True))


def in_group(number: bytes) -> int | None:
    """A number the other side sent, if it may be used: ``1 < n < p - 1``. Else None."""
    if not 0 < len(number) <= SIZE:
        return None
    value = int.from_bytes(number, "big")
    return value if 1 < value < PRIME - 1 else None


def is_password(verifier: bytes, salt1: bytes, salt2: bytes, password: str) -> bool:
    """Whether a verifier is that of a password that somebody typed into a page of ours: computed as
    clients do (one power and a slow hash: call it in a worker).
    """
    inner = _salted(_salted(password.encode(), salt1), salt2)
    slow = hashlib.pbkdf2_hmac("sha512", inner, salt1, 100_000)
    x = int.from_bytes(_salted(slow, salt2), "big")
    return hmac.compare_digest(padded(power(GENERATOR, x, PRIME)), verifier.rjust(SIZE, b"\0"))


def _salted(data: bytes, salt: bytes) -> bytes:
    return _hash(salt, data, salt)


def challenge(verifier: bytes, secret: bytes) -> bytes:
    """B for a verifier and the exponent b (one power: call it in a worker)."""
    v = int.from_bytes(verifier, "big")
    return padded((_K * v + power(GENERATOR, int.from_bytes(secret, "big"), PRIME)) % PRIME)


def proves(
    verifier: bytes, salt1: bytes, salt2: bytes, secret: bytes, answer: bytes, proof: bytes
) -> bool:
    """Whether A (``answer``) and M1 (``proof``) show knowledge of the password (three powers)."""
    a = in_group(answer)
    if a is None:
        return False
    v = int.from_bytes(verifier, "big")
    public = challenge(verifier, secret)
    u = int.from_bytes(_hash(padded(a), public), "big")
    if u == 0:
        return False
    shared = power(a * power(v, u, PRIME) % PRIME, int.from_bytes(secret, "big"), PRIME)
    key = _hash(padded(shared))
    expected = _hash(_HEAD, _hash(salt1), _hash(salt2), padded(a), public, key)
    return hmac.compare_digest(expected, proof)
