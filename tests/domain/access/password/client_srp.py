"""The client's side of SRP, written from core.telegram.org/api/srp and nothing else."""

from __future__ import annotations

import functools
import hashlib
import os
from typing import Any

from petitbleu.tl import api


def h(*parts: bytes) -> bytes:
    """H: SHA-256."""
    return hashlib.sha256(b"".join(parts)).digest()


def sh(data: bytes, salt: bytes) -> bytes:
    """SH(data, salt) = H(salt | data | salt)"""
    return h(salt, data, salt)


@functools.cache
def ph2(password: bytes, salt1: bytes, salt2: bytes) -> bytes:
    """PH2 = SH(pbkdf2(sha512, PH1, salt1, 100000), salt2), PH1 = SH(SH(password, salt1), salt2)"""
    ph1 = sh(sh(password, salt1), salt2)
    return sh(hashlib.pbkdf2_hmac("sha512", ph1, salt1, 100000), salt2)


def number(value: int) -> bytes:
    """2048 bits, big-endian."""
    return value.to_bytes(256, "big")


def new_password(password: str, algo: Any) -> tuple[Any, bytes]:
    """(new_algo, new_password_hash) for a password: salt1 gets 32 random bytes of the client."""
    salt1 = algo.salt1 + os.urandom(32)
    p = int.from_bytes(algo.p, "big")
    x = int.from_bytes(ph2(password.encode(), salt1, algo.salt2), "big")
    kdf = api.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow
    made = kdf(salt1=salt1, salt2=algo.salt2, g=algo.g, p=algo.p)
    return made, number(pow(algo.g, x, p))


def check(password: str, told: Any) -> api.InputCheckPasswordSRP:
    """inputCheckPasswordSRP for an account.password."""
    algo = told.current_algo
    p, g = int.from_bytes(algo.p, "big"), algo.g
    x = int.from_bytes(ph2(password.encode(), algo.salt1, algo.salt2), "big")
    g_bytes, p_bytes = number(g), algo.p
    b_public = int.from_bytes(told.srp_B, "big")
    assert 0 < b_public < p
    a = int.from_bytes(os.urandom(256), "big")
    a_public = pow(g, a, p)
    k = int.from_bytes(h(p_bytes, g_bytes), "big")
    u = int.from_bytes(h(number(a_public), number(b_public)), "big")
    v = pow(g, x, p)
    t = (b_public - k * v) % p
    key = h(number(pow(t, a + u * x, p)))
    head = bytes(one ^ two for one, two in zip(h(p_bytes), h(g_bytes), strict=True))
    m1 = h(head, h(algo.salt1), h(algo.salt2), number(a_public), number(b_public), key)
    return api.InputCheckPasswordSRP(srp_id=told.srp_id, A=number(a_public), M1=m1)
