"""Modular powers of 2048 bits off the event loop, for key exchange and two-step passwords.

With gmpy2 a power takes 2.5 ms in a worker thread that gives the GIL free, so the loop does not
feel it. Without gmpy2 Python's ``pow`` takes 20 ms and holds the GIL: there the work goes to a
small process pool.

The prime is the one every client knows by heart (core.telegram.org/mtproto/auth_key): clients
accept it without a primality test of their own, and Pyrogram accepts no other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from typing import TypeVar, TypeVarTuple

from petitbleu.keys import power

T = TypeVar("T")
Args = TypeVarTuple("Args")

WORKERS = 2

PRIME_BYTES = bytes.fromhex(
    "c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f"
    "48198a0aa7c14058229493d22530f4dbfa336f6e0ac925139543aed44cce7c37"
    "20fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f64"
    "2477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4"
    "a4a695811051907e162753b56b0f6b410dba74d8a84b2a14b3144e0ef1284754"
    "fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4"
    "e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f"
    "0d8115f635b105ee2e4e15d04b2454bf6f4fadf034b10403119cd8e3b92fcc5b"
)
PRIME = int.from_bytes(PRIME_BYTES, "big")
"""A safe prime of 2048 bits."""
GENERATOR = 3
"""Generates the subgroup of order (PRIME - 1) / 2 (PRIME % 3 == 2)."""


@cache
def _executor() -> Executor:
    if find_spec("gmpy2") is None:
        return ProcessPoolExecutor(WORKERS)
    return ThreadPoolExecutor(WORKERS, thread_name_prefix="powers")


async def off_loop(work: Callable[[*Args], T], *args: *Args) -> T:
    """Run a module-level function that computes powers in a worker; its result or exception."""
    return await asyncio.get_running_loop().run_in_executor(_executor(), work, *args)


__all__ = ["GENERATOR", "PRIME", "PRIME_BYTES", "off_loop", "power"]
