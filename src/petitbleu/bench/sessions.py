"""The works about connections: key exchange, resuming, ten thousand idle sessions, starting."""

from __future__ import annotations

import asyncio
import os
import sys
import time

from petitbleu.bench import people
from petitbleu.bench.exchange import new_key
from petitbleu.bench.messages import Pairs
from petitbleu.bench.rig import Figures, Harness, percentile
from petitbleu.bench.wire_client import Connection, connect
from petitbleu.keys import RsaKey, power
from petitbleu.mtproto.primes import DH_PRIME, EXPONENT_BYTES, G
from petitbleu.tl import api

ENDLESS = 32
POWER_SAMPLES = 60


def powers_ms() -> float:
    """What one exchange must compute, measured here and now: RSA by CRT, g^a and g_b^a."""
    key = RsaKey.generate()
    exponents = [
        int.from_bytes(os.urandom(EXPONENT_BYTES), "big") | 1 << 255 for _ in range(POWER_SAMPLES)
    ]
    public = power(G, exponents[0], DH_PRIME)
    values = [int.from_bytes(os.urandom(255), "big") for _ in range(POWER_SAMPLES)]
    began = time.process_time()
    for exponent, value in zip(exponents, values, strict=True):
        key.decrypt(value)
        power(G, exponent, DH_PRIME)
        power(public, exponent, DH_PRIME)
    return (time.process_time() - began) / POWER_SAMPLES * 1e3


async def handshake(rig: Harness, *, exchanges: int = 200, messages: int = 6000) -> Figures:
    """W4: the cost of a key exchange, and what 32 endless ones do to everybody else's messages."""
    for _ in range(10):
        await new_key(rig.at)
    powers = powers_ms()
    took: list[float] = []
    meter = rig.meter()
    for _ in range(exchanges):
        began = time.perf_counter()
        await new_key(rig.at)
        took.append(time.perf_counter() - began)
    meter.stop()
    each = meter.cpu / exchanges * 1e3
    calm, busy = await _p99_under_handshakes(rig, messages)
    return {
        "cpu_ms_per_exchange": each,
        "powers_ms": powers,
        "cpu_over_powers": each / powers,
        "exchange_p50_ms": percentile(took, 0.5) * 1e3,
        "exchange_p99_ms": percentile(took, 0.99) * 1e3,
        "calm_p99_ms": calm,
        "busy_p99_ms": busy,
        "p99_ratio_under_handshakes": busy / calm,
    }


async def _p99_under_handshakes(rig: Harness, messages: int) -> tuple[float, float]:
    """Message p99 in ms (10 pairs, one in flight each) without and with endless key exchanges."""
    pairs = await Pairs.of(rig, 10)
    await pairs.run(messages // 10, 1)
    calm = percentile(await pairs.run(messages, 1), 0.99) / 1e6
    at = rig.at
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "petitbleu.bench.exchange",
        at.host, str(at.port), at.pem, str(ENDLESS),
        stdin=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        await asyncio.sleep(1.5)
        busy = percentile(await pairs.run(messages, 1), 0.99) / 1e6
    finally:
        process.kill()
        await process.wait()
    pairs.close()
    return calm, busy


async def resume(rig: Harness, *, rounds: int = 1000) -> Figures:
    """A new connection with a known key: connect, open the session, one answered call."""
    (person,) = await rig.crowd(1)
    opening = people.opening(api.updates.GetState())
    took: list[float] = []

    async def once() -> None:
        began = time.perf_counter()
        connection = await connect(rig.at.host, rig.at.port, person.key)
        await connection.call(opening)
        took.append(time.perf_counter() - began)
        connection.close()

    for _ in range(20):
        await once()
    took.clear()
    meter = rig.meter()
    for _ in range(rounds):
        await once()
    meter.stop()
    return {
        "cpu_ms_per_resume": meter.cpu / rounds * 1e3,
        "resume_p50_ms": percentile(took, 0.5) * 1e3,
        "resume_p99_ms": percentile(took, 0.99) * 1e3,
    }


async def idle(
    rig: Harness, *, sessions: int = 10000, accounts: int = 500, seconds: float = 20.0
) -> Figures:
    """W3: signed-in sessions, each on a connection of its own, that do nothing."""
    crowd = await rig.crowd(accounts)
    before = rig.meter()
    before.stop()
    opened: list[Connection] = []
    gate = asyncio.Semaphore(64)

    async def one(number: int) -> None:
        async with gate:
            opened.append(await people.online(rig.door(number), crowd[number % accounts]))

    await asyncio.gather(*(one(number) for number in range(sessions)))
    await asyncio.sleep(2.0)
    meter = rig.meter()
    await asyncio.sleep(seconds)
    meter.stop()
    lost = sum(connection.closed for connection in opened)
    if lost:
        raise RuntimeError(f"{lost} of {sessions} idle sessions were closed")
    for connection in opened:
        connection.close()
    return {
        "kib_per_session": (meter.rss_kib - before.rss_kib) / sessions,
        "cpu_percent": meter.cpu / meter.wall * 100,
        "sessions": float(sessions),
        "rss_mib": meter.rss_kib / 1024,
    }


async def start(rig: Harness, *, rounds: int = 3) -> Figures:
    """A second start: how soon the first key exchange is accepted, and how much memory it takes."""
    listening: list[float] = []
    exchanged: list[float] = []
    for _ in range(rounds):
        rig.server.stop()
        began = time.perf_counter()
        listening.append(rig.server.start())
        await new_key(rig.at)
        exchanged.append(time.perf_counter() - began)
    await asyncio.sleep(1.0)
    meter = rig.meter()
    meter.stop()
    return {
        "listening_s": percentile(listening, 0.5),
        "first_exchange_s": percentile(exchanged, 0.5),
        "rss_mib": meter.rss_kib / 1024,
    }
