"""The supervisor with workers that only wait: the round that replaces them one after the other."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from petitbleu.config import Cluster, Config
from petitbleu.run import supervisor
from tests.kit.waiting import GUARD, until

WORKER = """
import os, pathlib, signal, sys, time
number, _, ready = sys.argv[sys.argv.index("--worker") + 1].split("/")
folder = pathlib.Path(sys.argv[1])
if (folder / "refuse").exists():
    sys.exit(4)
def end(*_):
    time.sleep(0.05)
    (folder / f"{number}.{os.getpid()}").unlink()
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
(folder / f"{number}.{os.getpid()}").touch()
os.write(int(ready), b"1")
os.close(int(ready))
while True:
    signal.pause()
"""
"""A worker that leaves a file as long as it serves, and refuses where it is told to."""


class Log:
    """What was logged: event names."""

    def __init__(self) -> None:
        self.events: list[str] = []

    def info(self, event: str, **more: Any) -> None:
        self.events.append(event)

    error = info


class Watched:
    """A supervisor, its log, and who serves."""

    def __init__(self, folder: Path, workers: int) -> None:
        config = Config(data=folder, listen=("127.0.0.1:0",), cluster=Cluster(drain_seconds=1))
        self.folder = folder
        self.log = Log()
        self.task = asyncio.create_task(
            supervisor.Supervisor(config, workers, [str(folder)], self.log).run()
        )

    def serving(self) -> set[str]:
        """Number and process of each."""
        return {one.name for one in self.folder.glob("?.*")}


@asynccontextmanager
async def running(
    folder: Path, workers: int, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Watched]:
    script = folder / "worker.py"
    script.write_text(WORKER)
    monkeypatch.setattr(supervisor, "_PROGRAM", (sys.executable, str(script)))
    monkeypatch.setattr(supervisor, "_PAUSES", (0.1,))
    made = Watched(folder, workers)
    try:
        await until(lambda: made.task.done() or len(made.serving()) == workers)
        yield made
    finally:
        if not made.task.done():
            os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(made.task, GUARD)


async def test_all_are_replaced_and_one_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(tmp_path, 3, monkeypatch) as made:
        before, fewest = made.serving(), 3
        os.kill(os.getpid(), signal.SIGHUP)

        def replaced() -> bool:
            nonlocal fewest
            now = made.serving()
            fewest = min(fewest, len(now))
            return len(now) == 3 and not now & before

        await until(replaced)
        await until(lambda: made.log.events.count("supervisor.worker_replaced") == 3)
        assert fewest == 2
        assert set(made.log.events) == {"supervisor.worker_replaced"}
    assert made.task.result() == 0 and made.serving() == set()


async def test_a_successor_that_refuses_ends_the_round_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(tmp_path, 3, monkeypatch) as made:
        before = made.serving()
        (tmp_path / "refuse").touch()
        os.kill(os.getpid(), signal.SIGHUP)
        await until(lambda: "supervisor.round_ended" in made.log.events)
        assert len(made.serving()) == 2 and made.serving() < before
        assert not made.task.done()
        (tmp_path / "refuse").unlink()
        await until(lambda: len(made.serving()) == 3)
        assert len(made.serving() & before) == 2, "it is tried again, and nobody else was touched"
        os.kill(os.getpid(), signal.SIGHUP)
        await until(lambda: len(made.serving()) == 3 and not made.serving() & before)


async def test_one_that_refuses_at_the_first_start_ends_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "refuse").touch()
    async with running(tmp_path, 2, monkeypatch) as made:
        assert await asyncio.wait_for(made.task, GUARD) == 1
