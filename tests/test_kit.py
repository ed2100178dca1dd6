"""What the tests' own machinery promises: shares of a run, and a loop that is as good as new."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator

import pytest

from tests.kit import engines, turns
from tests.kit.loops import KeptLoop

TEST = "tests/tl/test_every_layer.py::test_of_each_layer"


@pytest.mark.parametrize(("count", "of"), [(44, 3), (5, 4), (2, 2), (1, 7)])
def test_every_parameter_has_its_turn_and_each_run_has_some(count: int, of: int) -> None:
    runs = [turns.chosen(str(seed), TEST, count, of) for seed in range(200)]
    assert all(count // min(of, count) <= len(run) <= -(-count // min(of, count)) for run in runs)
    assert set().union(*runs) == set(range(count))
    assert turns.chosen("7", TEST, count, of) == turns.chosen("7", TEST, count, of)


def test_each_test_runs_on_each_engine_in_some_run() -> None:
    runs = [engines.chosen_engine(str(seed), TEST) for seed in range(400)]
    assert set(runs) == set(engines.ENGINES)
    assert 60 < runs.count("postgres") < 140


@pytest.fixture
def loop() -> Iterator[KeptLoop]:
    made = KeptLoop()
    yield made
    made.end()


def test_a_kept_loop_has_nothing_left_of_the_test_before(loop: KeptLoop) -> None:
    heard: list[str] = []
    ours, theirs = socket.socketpair()
    with ours, theirs:
        loop.call_later(0.001, heard.append, "timer")
        loop.call_soon(heard.append, "callback")
        loop.add_reader(ours, heard.append, "reader")
        theirs.send(b"x")
        loop.close()
        loop.run_until_complete(asyncio.sleep(0.02))
        assert heard == []
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
        assert loop.run_until_complete(loop.run_in_executor(None, sum, (1, 2))) == 3
