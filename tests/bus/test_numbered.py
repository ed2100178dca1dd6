"""What a bus notices: holes, silence, strangers; and that it gathers, asks and answers."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from typing import Any

import pytest

from petitbleu.bus import frames
from petitbleu.bus.api import BusGone
from petitbleu.bus.frames import Sealer
from petitbleu.bus.inproc import Alone
from petitbleu.bus.numbered import DOUBT, SILENT
from tests.kit.bus import SECRET, Air, Faults


class Worker:
    """A bus, and what it took."""

    def __init__(self, air: Air, worker: int) -> None:
        self.bus = air.bus(worker)
        self.taken: list[tuple[int, Any]] = []
        self.losses = 0
        self.bus.on("ev", lambda sender, item: self.taken.append((sender, item)))
        self.bus.lost.append(self._lost)

    def _lost(self) -> None:
        self.losses += 1


class Three:
    """Three workers that know one another."""

    def __init__(self) -> None:
        self.air = Air(seed=1)
        self.workers = [Worker(self.air, n) for n in (1, 2, 3)]

    async def begin(self) -> Three:
        await self.air.pass_time(1.0)
        for worker in self.workers:
            worker.losses = 0
        return self


@pytest.fixture
async def three() -> AsyncIterator[Three]:
    made = await Three().begin()
    yield made
    await made.air.close()


async def _turns() -> None:
    for _ in range(4):
        await asyncio.sleep(0)


async def test_news_reach_one_worker_or_all_others(three: Three) -> None:
    one, two, other = three.workers
    one.bus.send(2, "ev", [1, "a"])
    one.bus.all("ev", [2, b"b"])
    await _turns()
    assert sorted(two.taken, key=str) == [(1, [1, "a"]), (1, [2, b"b"])]
    assert other.taken == [(1, [2, b"b"])]
    assert one.taken == []
    assert [worker.losses for worker in three.workers] == [0, 0, 0]


async def test_what_is_sent_in_one_turn_travels_in_one_frame(three: Three) -> None:
    before = three.air.frames
    for n in range(100):
        three.workers[0].bus.send(2, "ev", n)
    await _turns()
    assert three.air.frames == before + 1
    assert [item for _, item in three.workers[1].taken] == list(range(100))


async def test_what_does_not_fit_into_a_frame_is_split(three: Three) -> None:
    large = bytes(100_000)
    for _ in range(5):
        three.workers[0].bus.send(2, "ev", large)
    await _turns()
    assert [item for _, item in three.workers[1].taken] == [large] * 5
    assert three.workers[1].losses == 0


async def test_news_that_fit_into_no_frame_are_a_loss(three: Three) -> None:
    three.workers[0].bus.send(2, "ev", bytes(frames.MAX_BYTES))
    three.workers[0].bus.send(2, "ev", "small")
    await _turns()
    assert three.workers[1].taken == [(1, "small")]
    assert three.workers[1].losses == 1


async def test_a_hole_in_the_numbers_is_a_loss(three: Three) -> None:
    one, two, other = three.workers
    three.air.faults = Faults(drop=1.0)
    one.bus.send(2, "ev", "dropped")
    await _turns()
    three.air.faults = Faults()
    one.bus.send(2, "ev", "heard")
    await _turns()
    assert two.taken == [(1, "heard")]
    assert (two.losses, other.losses) == (1, 0)


async def test_the_loss_of_the_last_frame_is_told_by_the_beat(three: Three) -> None:
    one, two, _ = three.workers
    three.air.faults = Faults(drop=1.0)
    one.bus.send(2, "ev", "dropped")
    await _turns()
    three.air.faults = Faults()
    await three.air.pass_time(0.5)
    assert two.losses == 0, "it may still be under way"
    await three.air.pass_time(0.1)
    assert two.losses == 1
    await three.air.pass_time(3.0)
    assert two.losses == 1


async def test_doubled_and_late_frames_are_taken_once(three: Three) -> None:
    one, two, _ = three.workers
    three.air.faults = Faults(double=1.0)
    one.bus.send(2, "ev", "twice")
    await _turns()
    assert two.taken == [(1, "twice")]
    assert two.losses == 0


async def test_a_silent_worker_and_the_own_silence_are_losses(three: Three) -> None:
    one, two, other = three.workers
    three.air.cut(1, noticed=False)
    await three.air.pass_time(2.0)
    assert not one.bus.up()
    assert (one.losses, two.losses, other.losses) == (3, 1, 1)  # 1: own beat, worker 2, worker 3
    assert two.bus.up()
    three.air.mend(1)
    await three.air.pass_time(0.5)
    assert one.bus.up()
    assert one.losses > 3
    assert two.losses == 2


async def test_what_a_dead_worker_left_is_looked_for_again(three: Three) -> None:
    """What it had sent to the database may be committed after the first look."""
    _, two, _ = three.workers
    three.air.cut(1, noticed=False)
    for seconds, looks in ((2.0, 1), (1.5, 2), (1.5, 2), (1.5, 3), (20.0, 3)):
        await three.air.pass_time(seconds)
        assert two.losses == looks


async def test_while_disconnected_nothing_is_published(three: Three) -> None:
    three.air.cut(1)
    before = three.air.frames
    three.workers[0].bus.send(2, "ev", "nobody hears")
    await _turns()
    assert three.air.frames == before
    three.air.mend(1)
    three.workers[0].bus.send(2, "ev", "heard")
    await _turns()
    assert three.workers[1].taken == [(1, "heard")]
    assert three.workers[1].losses == 1


async def test_a_frame_that_does_not_open_is_counted_and_a_loss(three: Three) -> None:
    two = three.workers[1]
    stranger = Sealer(bytes(32), "test", 9, os.urandom)
    item = frames.encoded("end", 4711)
    assert item is not None
    three.air.inject(2, stranger.seal(2, 1, [item]))
    three.air.inject(2, b"garbage")
    assert two.bus.counts.unopened == 2
    assert two.losses == 2
    assert two.taken == []


async def test_a_second_process_with_the_same_id_is_noticed(three: Three) -> None:
    twin = Sealer(SECRET, "test", 1, os.urandom)
    item = frames.encoded("ev", "twin")
    assert item is not None
    for worker in (1, 2):
        three.air.inject(worker, twin.seal(0, 10_000, [item]))
    assert [worker.bus.counts.unopened for worker in three.workers] == [1, 1, 0]
    assert three.workers[1].taken == []


async def test_an_unknown_kind_is_a_loss_and_a_failing_taker_too(three: Three) -> None:
    def fails(sender: int, item: Any) -> None:
        raise ValueError(item)

    one, two, _ = three.workers
    two.bus.on("bad", fails)
    one.bus.send(2, "kind of tomorrow", 1)
    one.bus.send(2, "bad", 1)
    one.bus.send(2, "ev", "after")
    await _turns()
    assert two.losses == 2
    assert two.taken == [(1, "after")]


async def test_a_question_is_answered_by_the_worker_that_was_asked(three: Three) -> None:
    async def add(sender: int, item: Any) -> Any:
        await asyncio.sleep(0)
        return [sender, item + 1]

    async def fail(sender: int, item: Any) -> Any:
        raise ValueError("no")

    one, two, _ = three.workers
    two.bus.answer("add", add)
    two.bus.answer("fail", fail)
    assert await one.bus.ask(2, "add", 41) == [1, 42]
    assert await two.bus.ask(2, "add", 1) == [2, 2]
    for kind in ("fail", "unknown"):
        with pytest.raises(BusGone):
            await one.bus.ask(2, kind, 1)
    with pytest.raises(TimeoutError):
        await one.bus.ask(99, "add", 1, seconds=0.01)
    three.air.cut(1)
    with pytest.raises(BusGone):
        await one.bus.ask(2, "add", 1)


async def test_whatever_happens_every_loss_is_noticed(three: Three) -> None:
    """What did not arrive in order is followed by a loss, whatever the air does."""
    one, two, _ = three.workers
    for seed in range(300):
        air = three.air
        air.random.seed(seed)
        air.faults = Faults(drop=0.2, double=0.2, delay=0.3, seconds=1.0)
        two.taken.clear()
        sent = list(range(air.random.randrange(1, 12)))
        lost_at = two.losses
        for n in sent:
            one.bus.send(2, "ev", n)
            if air.random.random() < 0.7:
                await _turns()
        await air.calm() if seed % 50 == 0 else await _calm_soon(three)
        heard = [item for _, item in two.taken]
        assert heard == sorted(set(heard)), f"seed {seed}: {heard}"
        assert heard == sent or two.losses > lost_at, f"seed {seed}: {heard} of {sent}"


async def _calm_soon(three: Three) -> None:
    """As :meth:`Air.calm`, with one more frame in the place of the wait after the beat."""
    three.air.faults = Faults()
    await three.air.pass_time(1.5)
    three.workers[0].bus.send(2, "ev", "last")
    await _turns()
    assert three.workers[1].taken.pop() == (1, "last")


async def test_alone_there_is_nobody_to_tell() -> None:
    bus = Alone()
    taken: list[Any] = []
    bus.on("ev", lambda sender, item: taken.append((sender, item)))
    bus.all("ev", 1)
    bus.send(7, "ev", 2)
    bus.send(bus.me, "ev", 3)
    assert taken == [(0, 3)]
    with pytest.raises(BusGone):
        await bus.ask(1, "add", 1)
    assert bus.up()
    await bus.close()


async def test_silence_is_noticed_between_two_beats(three: Three) -> None:
    one, two, _ = three.workers
    three.air.now += SILENT - 0.01
    one.bus.listen()
    assert one.losses == 0
    three.air.now += 0.011
    for worker in (one, two):
        worker.bus.listen()
        assert worker.losses == 3, "the own beat, and both others"
        assert not worker.bus.up()


async def test_a_missing_beat_makes_unsure_before_anything_counts_as_lost(three: Three) -> None:
    one, two, other = three.workers
    unsure: list[int] = []
    for worker in three.workers:
        worker.bus.unsure.append(lambda me=worker.bus.me: unsure.append(me))  # type: ignore[misc]
    await three.air.pass_time(3.0)
    assert all(worker.bus.hears_all() for worker in three.workers)
    assert unsure == []
    three.air.cut(1, noticed=False)
    await three.air.pass_time(0.5)
    assert unsure == []
    three.air.now += DOUBT - 0.499
    for _ in range(3):
        for worker in three.workers:
            worker.bus.listen()
    assert sorted(unsure) == [1, 2, 3], "each once: worker 1 hears nobody, nobody hears worker 1"
    assert not any(worker.bus.hears_all() for worker in three.workers)
    assert all(worker.bus.up() for worker in three.workers)
    assert [worker.losses for worker in (one, two, other)] == [0, 0, 0]


async def test_a_live_worker_that_was_never_heard_makes_unsure() -> None:
    air = Air()
    one = air.bus(1)
    await _turns()
    assert one.hears_all()
    air.away.add(2)
    air.bus(2)
    await air.pass_time(3.0)
    assert one.up()
    assert not one.hears_all()
    air.mend(2)
    await air.pass_time(0.5)
    assert one.hears_all()
    air.kill(2)
    await air.pass_time(3.0)
    assert one.hears_all(), "who is gone is not waited for"
    await air.close()


async def test_who_is_not_heard_is_named() -> None:
    air = Air()
    one, two = air.bus(1), air.bus(2)
    await air.pass_time(3.0)
    assert one.unheard() == two.unheard() == []
    air.away.add(3)
    air.bus(3)
    await air.pass_time(0.5)
    assert one.unheard() == [], "it has only begun"
    await air.pass_time(2.0)
    assert one.unheard() == two.unheard() == [3], "never heard"
    air.mend(3)
    await air.pass_time(1.0)
    assert one.unheard() == []
    air.cut(3, noticed=False)
    await air.pass_time(2.0)
    assert one.unheard() == [3]
    air.kill(3)
    assert one.unheard() == [], "who is gone is not missed"
    air.cut(1, noticed=False)
    await air.pass_time(2.0)
    assert not one.up() and one.unheard() == [], "it is the own bus that is away"
    assert two.unheard() == [1]
    await air.close()


async def test_who_hears_nothing_any_more_finds_another_way_once(three: Three) -> None:
    one = three.workers[0].bus
    carrier = three.air._carriers[1]
    three.air.cut(1, noticed=False)
    await three.air.pass_time(1.5)
    assert not one.up()
    assert carrier.renewed == 0, "whoever was frozen hears at once what has come meanwhile"
    await three.air.pass_time(5.0)
    assert carrier.renewed == 1
    three.air.mend(1)
    await three.air.pass_time(1.0)
    assert one.up()
    three.air.cut(1, noticed=False)
    await three.air.pass_time(5.0)
    assert carrier.renewed == 2
