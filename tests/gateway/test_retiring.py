"""A worker that sends its people to the others: evenly, answered, each once, all in time."""

from __future__ import annotations

import asyncio
import itertools
import random
import time

import pytest

from petitbleu.gateway.retiring import LONGER, Open, Pace, retire
from tests.gateway.conftest import Serve
from tests.gateway.wire import Client, Tcp, exchange
from tests.kit.waiting import GUARD, until

SECONDS = 30.0


def _gone(people: int, seconds: float, steps: list[float]) -> list[float]:
    """When each of the ``people`` goes, where it is looked after ``steps``, again and again."""
    pace, now, gone = Pace(0.0, seconds), 0.0, list[float]()
    for step in itertools.cycle(steps):
        now += step
        if now >= seconds * LONGER or len(gone) == people:
            break
        gone += [now] * pace.due(now, people - len(gone))
    return gone


def _most_in_a_second(times: list[float]) -> int:
    return max(sum(at <= other < at + 1 for other in times) for at in set(times))


@pytest.mark.parametrize("people", [1, 7, 100, 130, 225, 1000, 5000])
@pytest.mark.parametrize("step", [0.05, 0.1, 0.35, 0.5])
def test_as_many_go_in_each_second(people: int, step: float) -> None:
    """However long a look takes: where looks of 0.25 s took 0.35, the last second was left with 46
    of 225.
    """
    gone = _gone(people, SECONDS, [step])
    assert len(gone) == people and gone[-1] <= SECONDS * 1.1
    assert _most_in_a_second(gone) <= max(2, people / SECONDS * 1.06 * (1 + step) + 1)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize(("stall", "share"), [(1.0, 0.3), (2.0, 0.2), (2.0, 0.4)])
def test_late_looks_bring_no_crowd(seed: int, stall: float, share: float) -> None:
    """A worker that does nothing for seconds at a time, for a ``share`` of all of it."""
    usual = int(stall / share * (1 - share) / 0.1)
    steps = ([0.1] * usual + [stall]) * 10
    random.Random(seed).shuffle(steps)
    gone = _gone(300, SECONDS, steps)
    assert len(gone) == 300
    assert _most_in_a_second(gone) <= 300 * 0.045


@pytest.mark.parametrize("seconds", [0.5, 2.0, 4.0])
def test_short_times_are_kept_too(seconds: float) -> None:
    gone = _gone(100, seconds, [0.05])
    assert len(gone) == 100
    assert gone[0] <= seconds / 10 and seconds * 0.9 < gone[-1] < seconds * 1.2


class _Connection:
    """A connection that ends ``after`` seconds from being told to, as a long poll does; never
    where that is None.
    """

    def __init__(self, here: set[Open], after: float | None) -> None:
        self.here, self.after = here, after
        self.stopped: list[float] = []
        self.drained: list[float] = []

    def stop_reading(self) -> None:
        self.stopped.append(time.monotonic())

    def is_busy(self) -> bool:
        return False

    def drain(self) -> None:
        self.drained.append(time.monotonic())
        if self.after is not None:
            asyncio.get_running_loop().call_later(self.after, self.here.discard, self)


async def test_who_does_not_end_takes_no_turn_of_others() -> None:
    here: set[Open] = set()
    made = [_Connection(here, None if n % 2 else 0.05) for n in range(60)]
    here |= set(made)
    await retire(here, lambda: None, 1.5, time.monotonic)
    assert all(len(one.stopped) == 1 and len(one.drained) == 1 for one in made)
    assert here == {one for one in made if one.after is None}
    times = sorted(at for one in made for at in one.drained)
    assert times[29] - times[0] > 0.3, "half of them went at once"


async def test_retiring_ends_once_all_have_gone() -> None:
    here: set[Open] = set()
    here |= {_Connection(here, 0)}
    began = time.monotonic()
    await asyncio.wait_for(retire(here, lambda: None, 1.0, time.monotonic), GUARD)
    assert not here and time.monotonic() - began < 1.0
    await asyncio.wait_for(retire(here, lambda: None, 1000.0, time.monotonic), GUARD)


async def test_a_call_is_answered_before_its_connection_goes(serve: Serve) -> None:
    async with serve() as server:
        busy, idle = await server.client(), await server.client()
        await idle.call(b"echo0000")
        call = await busy.begin(b"hold1234")
        await until(lambda: server.rooms.begun == 2)
        retiring = asyncio.create_task(server.gateway.retire(2.0))
        assert isinstance(idle.carrier, Tcp) and isinstance(busy.carrier, Tcp)
        assert await idle.carrier.closed()
        await asyncio.wait([retiring])
        server.rooms.gate.set()
        assert await busy.result(call) == b"hold1234"
        stopping = asyncio.create_task(server.gateway.stop(5.0))
        assert await busy.carrier.closed()
        await asyncio.wait_for(stopping, GUARD)


async def test_who_was_about_to_come_is_served_until_it_is_their_turn(serve: Serve) -> None:
    """A connection that had said nothing yet when the worker was told to leave was heard no more:
    its first call waited for as long as its turn took to come.
    """
    async with serve() as server:
        carrier = await Tcp.open(server.address)
        await until(lambda: len(server.gateway._open) == 1)
        key = await exchange(carrier, server.keys)
        client = Client(carrier, key)
        quiet = [await Tcp.open(server.address, first=b"") for _ in range(3)]
        await until(lambda: len(server.gateway._open) == 4)
        retiring = asyncio.create_task(server.gateway.retire(20.0))
        await asyncio.sleep(0)
        for one in quiet:
            await one.close()
        await until(lambda: len(server.gateway._open) == 1)
        assert await client.call(b"echo1234") == b"echo1234"
        retiring.cancel()
