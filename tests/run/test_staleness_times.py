"""How long it takes until what is over at one worker is refused by the other, over a real bus and
without it; printed, and fails nothing.

``STALENESS_ROUNDS`` and ``STALENESS_PROBES`` (environment; names with commas) say how often, and
for what.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from petitbleu.stamps import APART
from petitbleu.tl import api
from tests.kit import chats
from tests.kit.nats import NatsServer
from tests.kit.pair import Pair, two_workers
from tests.kit.sizes import size
from tests.kit.waiting import GUARD, until
from tests.run.test_staleness import PROBES, Probe, _refused, _say

ROUNDS = int(os.environ.get("STALENESS_ROUNDS", str(size(1, 1000))))
NAMED = os.environ.get("STALENESS_PROBES", "")
TIMED = [one for one in PROBES if not NAMED or one.__name__ in NAMED.split(",")]
EVERY = 0.005


async def _seconds_until_refused(probe: Probe) -> float:
    """From the moment at which the end was answered; asked every 5 ms, and afterwards for good."""
    loop = asyncio.get_running_loop()
    assert await probe.ask() and await probe.ask(), "over before it ended"
    await probe.end()
    began = loop.time()
    async with asyncio.timeout(GUARD):
        while not await _refused(probe.ask):
            await asyncio.sleep(EVERY)
    took = loop.time() - began
    for _ in range(3):
        assert await _refused(probe.ask), "shown again after it was refused"
    return took


def _printed(what: str, seconds: list[float], goal: float) -> None:
    seconds.sort()
    p50, p99 = (seconds[int((len(seconds) - 1) * part)] for part in (0.5, 0.99))
    print(
        f"{what}: {len(seconds)} times, p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms"
        f" (goal {goal * 1000:.0f})"
    )


async def _timed(folder: Path, begin: Callable[[Pair], Awaitable[Probe]], *, cut: bool) -> None:
    nats = NatsServer()
    taken: list[float] = []
    try:
        async with two_workers(folder, nats) as pair:
            for _ in range(ROUNDS):
                probe = await begin(pair)
                await pair.settle()
                if cut:
                    nats.pause()
                taken.append(await _seconds_until_refused(probe))
                if cut:
                    nats.go_on()
                    await until(lambda: pair.one.app.bus.up() and pair.two.app.bus.up())
                    await pair.settle()
            pair.one.errors.clear()
            pair.two.errors.clear()
    finally:
        nats.close()
    how = "the bus cut" if cut else "a bus"
    _printed(f"{begin.__name__.replace('_', ' ')} with {how}", taken, 2.0 if cut else 0.05)


@pytest.mark.sometimes(4)
@pytest.mark.turns(len(TIMED))
@pytest.mark.parametrize("begin", TIMED)
async def test_how_long_it_is_shown_over_a_bus(
    tmp_path: Path, begin: Callable[[Pair], Awaitable[Probe]]
) -> None:
    await _timed(tmp_path, begin, cut=False)


@pytest.mark.long
@pytest.mark.parametrize("begin", TIMED)
async def test_how_long_it_is_shown_without_the_bus(
    tmp_path: Path, begin: Callable[[Pair], Awaitable[Probe]]
) -> None:
    await _timed(tmp_path, begin, cut=True)


async def _pushed_after_a_sign_out(pair: Pair) -> float:
    """Seconds after a sign-out was answered at which its device was pushed to last."""
    loop = asyncio.get_running_loop()
    ada, bob = await chats.people(pair.one, "Ada", "Bob")
    lost = await pair.one.sign_in(ada.phone)
    there = pair.also_at_two(lost)
    await there.call(api.updates.GetState())
    pair.one.clock.advance(100_000)
    peer = await bob.peer(ada)
    await bob.call(_say(peer))
    await until(lambda: there.updates(api.UpdateNewMessage))
    listed = await ada.call(api.account.GetAuthorizations())
    (hash_,) = [one.hash for one in listed.authorizations if one.hash]
    await ada.call(api.account.ResetAuthorization(hash=hash_))
    began, last = loop.time(), 0.0
    heard = there.heard
    while loop.time() - began < 4 * APART:
        await bob.call(_say(peer))
        await asyncio.sleep(EVERY)
        if there.heard > heard:
            heard, last = there.heard, loop.time() - began
    heard = there.heard
    await bob.call(_say(peer))
    await pair.settle()
    assert there.heard == heard, "a device that was signed out is pushed to"
    return last


@pytest.mark.long
@pytest.mark.parametrize("cut", [False, True])
async def test_a_device_that_was_signed_out_is_pushed_nothing(tmp_path: Path, cut: bool) -> None:
    nats = NatsServer()
    taken: list[float] = []
    try:
        async with two_workers(tmp_path, nats) as pair:
            for _ in range(min(ROUNDS, 100)):
                if cut:
                    nats.pause()
                taken.append(await _pushed_after_a_sign_out(pair))
                nats.go_on()
                await until(lambda: pair.one.app.bus.up() and pair.two.app.bus.up())
                await pair.settle()
            pair.one.errors.clear()
            pair.two.errors.clear()
    finally:
        nats.close()
    how = "the bus cut" if cut else "a bus"
    _printed(f"the last push after a sign-out with {how}", taken, 2.0 if cut else 0.05)
