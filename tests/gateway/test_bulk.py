"""Large payloads are encrypted in steps, and others have their turn in between."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

import pytest

from petitbleu.errors import PeerFault
from petitbleu.gateway import bulk
from petitbleu.gateway.bulk import Bulk, Step


class Payload:
    """A job of many steps, each a third of a turn."""

    def __init__(self, steps: int, *, broken: bool = False) -> None:
        self.left = steps
        self.broken = broken

    def step(self) -> bool:
        until = time.perf_counter() + bulk.SLICE / 3
        while time.perf_counter() < until:
            pass
        if self.broken:
            raise PeerFault("altered")
        self.left -= 1
        return not self.left


def test_a_large_payload_leaves_the_loop_to_others() -> None:
    loop: deque[Callable[[], None]] = deque()
    jobs = Bulk(loop.append)
    ended: list[tuple[Step, bool]] = []

    def done(job: Step, fault: PeerFault | None) -> None:
        ended.append((job, fault is not None))

    first, second, broken = Payload(30), Payload(30), Payload(5, broken=True)
    for job in (first, broken, second):
        jobs.add(job, done)
    assert len(loop) == 1
    turns = 0
    while loop:
        loop.popleft()()
        turns += 1
        assert len(loop) <= 1
    assert turns >= 60 // 4
    assert ended == [(first, False), (broken, True), (second, False)]


class Quick:
    """A job whose steps cost next to nothing, without end."""

    def __init__(self) -> None:
        self.done = 0

    def step(self) -> bool:
        self.done += 1
        return False


def test_while_a_message_is_under_way_a_turn_is_one_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "SLICE", 0.02)
    loop: deque[Callable[[], None]] = deque()
    jobs = Bulk(loop.append)
    job = Quick()
    jobs.add(job, lambda *_: None)

    def steps_of_a_turn() -> int:
        before = job.done
        loop.popleft()()
        return job.done - before

    assert steps_of_a_turn() > 1
    jobs.hurry()
    assert [steps_of_a_turn() for _ in range(bulk.HURRIED)] == [1] * bulk.HURRIED
    assert steps_of_a_turn() > 1, "without a sign of others it takes its time again"
