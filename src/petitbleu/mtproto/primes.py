"""Numbers of the key exchange (core.telegram.org/mtproto/auth_key, security_guidelines).

The group is Telegram's well-known 2048-bit safe prime with g = 3: clients have it on their white
list and skip a costly primality test.
"""

from __future__ import annotations

from collections.abc import Callable
from math import gcd

from petitbleu.errors import PeerFault
from petitbleu.powers import GENERATOR, PRIME

G = GENERATOR
DH_PRIME = PRIME
EXPONENT_BYTES = 32
"""256-bit exponents: as strong as a 2048-bit safe-prime group asks for, and seven times cheaper."""

_FACTOR_RUNS = 6
_RHO_LENGTH = 1 << 18
"""A 31-bit factor shows after some 2^16 steps; a pq without one must not hold a client up."""

_MARGIN = 1 << (2048 - 64)
_SMALL = (3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73)


def good_public(value: int) -> bool:
    """Whether g_a or g_b lies in [2^(2048-64), p - 2^(2048-64)] (security_guidelines)."""
    return _MARGIN <= value <= DH_PRIME - _MARGIN


def is_prime(n: int) -> bool:
    """Miller-Rabin, certain for every n below 4,759,123,141 with these bases."""
    if n < 2:
        return False
    for small in (2, *_SMALL):
        if n % small == 0:
            return n == small
    odd, twos = n - 1, 0
    while not odd & 1:
        odd >>= 1
        twos += 1
    for base in (2, 7, 61):
        x = pow(base, odd, n)
        if x in (1, n - 1):
            continue
        for _ in range(twos - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def random_prime(random: Callable[[int], bytes]) -> int:
    """A 31-bit prime: the first at or after a random odd number (one system call, not twenty)."""
    while True:
        start = int.from_bytes(random(4), "big") & 0x7FFFFFFF | 0x40000001
        for candidate in range(start, 1 << 31, 2):
            if is_prime(candidate):
                return candidate


def random_pq(random: Callable[[int], bytes]) -> tuple[int, int]:
    """Two different 31-bit primes, the smaller one first; some 30 us."""
    p = random_prime(random)
    while True:
        q = random_prime(random)
        if q != p:
            return min(p, q), max(p, q)


def factor(pq: int) -> tuple[int, int]:
    """p < q of a pq below 2^63 (a client's proof of work; Pollard-Brent), or PeerFault."""
    if not 4 <= pq < 1 << 63:
        raise PeerFault("pq out of range")
    if pq % 2 == 0:
        return 2, pq // 2
    for constant in range(1, 1 + _FACTOR_RUNS):
        divisor = _rho(pq, constant)
        if 1 < divisor < pq:
            return min(divisor, pq // divisor), max(divisor, pq // divisor)
    raise PeerFault("pq is not a product of two primes")


def _rho(n: int, constant: int) -> int:
    """One run of Brent's variant with products of 128 steps; may give n itself."""
    y, product, length, divisor = 2, 1, 1, 1
    x = saved = y
    while divisor == 1:
        x = y
        for _ in range(length):
            y = (y * y + constant) % n
        done = 0
        while done < length and divisor == 1:
            saved = y
            for _ in range(min(128, length - done)):
                y = (y * y + constant) % n
                product = product * abs(x - y) % n
            divisor = gcd(product, n)
            done += 128
        length *= 2
        if length > _RHO_LENGTH:
            return n
    if divisor == n:
        divisor = 1
        while divisor == 1:
            saved = (saved * saved + constant) % n
            divisor = gcd(abs(x - saved), n)
    return divisor
