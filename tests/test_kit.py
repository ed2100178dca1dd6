"""What the tests' own machinery promises: shares of a run, and a loop that is as good as new."""

from __future__ import annotations

import asyncio
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import __main__ as suite
from tests.__main__ import Area, Fault, Outcome
from tests.kit import engines, turns
from tests.kit.loops import KeptLoop

TEST = "tests/tl/test_every_layer.py::test_of_each_layer"


@pytest.mark.parametrize(("count", "of"), [(44, 3), (5, 4), (2, 2), (1, 7)])
def test_every_parameter_has_its_turn_and_each_run_has_some(count: int, of: int) -> None:
    runs = [turns.chosen(str(seed), TEST, count, of) for seed in range(200)]
    assert all(count // min(of, count) <= len(run) <= -(-count // min(of, count)) for run in runs)
    assert set().union(*runs) == set(range(count))
    assert turns.chosen("7", TEST, count, of) == turns.chosen("7", TEST, count, of)


def test_a_costly_test_runs_in_about_one_of_so_many_runs() -> None:
    runs = [turns.runs(str(seed), TEST, 4) for seed in range(400)]
    assert 60 < runs.count(True) < 140
    others = [turns.runs(str(seed), f"{TEST}_too", 4) for seed in range(400)]
    assert runs != others


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


def failed(name: str, *faults: Fault, also: int = 0, note: str = "") -> Outcome:
    return Outcome(name, 5, len(faults) + also, 1.0, 1.0, note, faults)


FAULT = Fault("tests/test_kit.py", "test_x")
PASSED = Outcome("clients", 9, 0, 1.0, 1.0, "")


@pytest.mark.parametrize(
    ("outcomes", "again"),
    [
        ([PASSED], False),
        ([PASSED, failed("clients", FAULT)], True),
        ([failed("clients", FAULT), failed("web client", FAULT, FAULT)], True),
        ([failed("clients", FAULT, FAULT), failed("web client", FAULT, FAULT)], False),
        ([failed("clients", FAULT), failed("crash", FAULT)], False),
        ([failed("schema and source", FAULT)], False),
        ([failed("clients", FAULT, also=1)], False),
        ([failed("clients", FAULT, note="stopped after its 1200 s")], False),
        ([failed("clients", Fault("", "tests.broken"))], False),
    ],
)
def test_only_a_few_failed_tests_are_run_again(outcomes: list[Outcome], again: bool) -> None:
    assert suite.worth_another_run(outcomes) is again


SHARES = "import pytest\n@pytest.fixture(scope='module')\ndef shared(): pass\n"
"""A fixture that goes on from one test to the next."""


@pytest.mark.parametrize(
    ("bad_runs", "ends", "shares"),
    [(1, "passes", ""), (1, "passes", SHARES), (2, "fails", ""), (9, "fails", "")],
)
def test_a_test_must_pass_each_time_when_it_is_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bad_runs: int, ends: str, shares: str
) -> None:
    """A real area, whose test fails as often as it is told to."""
    monkeypatch.setattr(suite, "ROOT", tmp_path)
    monkeypatch.setattr(suite, "OUTPUT", tmp_path)
    counter, file, others = tmp_path / "runs", tmp_path / "test_it.py", tmp_path / "others"
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = long\n")
    file.write_text(
        f"{shares}from pathlib import Path\n"
        f"counter = Path({str(counter)!r})\n"
        "def test_it():\n"
        "    runs = len(counter.read_text()) + 1 if counter.exists() else 1\n"
        "    counter.write_text('x' * runs)\n"
        f"    assert runs > {bad_runs}\n"
        f"def test_other(): Path({str(others)!r}).open('a').write('x')\n"
    )
    area = Area("gateway", (".", "-m", "not long"), (60, 60))
    first = suite.run(area, False, "1")
    assert (first.passed, first.failed) == (1, 1)
    assert [fault.name for fault in first.faults] == ["test_it"]
    assert suite.worth_another_run([first])
    last = suite.run_again(area, first, False, "1")
    assert (last.passed, last.failed) == ((2, 0) if ends == "passes" else (1, 1))
    assert [fault.name for fault in last.unsteady] == ["test_it"] * (ends == "passes")
    assert len(counter.read_text()) == (3 if ends == "passes" else 2)
    assert len(others.read_text()) == (3 if shares else 1), "the other tests of its file"


def test_a_commit_has_the_same_tests_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(engines.SEED, raising=False)
    git = ("git", "-C", str(tmp_path), "-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run([*git, "init", "-q"], check=True)

    def commit(text: str) -> str:
        (tmp_path / "file").write_text(text)
        subprocess.run([*git, "add", "file"], check=True)
        subprocess.run([*git, "commit", "-q", "-m", text], check=True)
        return engines.new_seed(tmp_path)

    first, second = commit("one"), commit("two")
    assert first != second
    assert commit("one") == first
    monkeypatch.setenv(engines.SEED, "7")
    assert engines.new_seed(tmp_path) == "7"
