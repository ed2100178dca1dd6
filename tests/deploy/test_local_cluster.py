"""``petitbleu dev cluster up``: each thing is killed once, and the cluster is well again."""

from __future__ import annotations

import asyncio
import os
import queue
import re
import signal
import subprocess
import threading
from pathlib import Path

import psutil
import pytest

from petitbleu.bench import haproxy
from tests.kit.waiting import GUARD, asked_until
from tests.run.process import CLEAN, COMMAND, command


class Up:
    """The command as a process; what it says, line by line."""

    def __init__(self, *flags: str) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "dev", "cluster", "up", *flags],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**CLEAN, "PYTHONUNBUFFERED": "1"},
        )
        self.said: list[str] = []
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put("")

    def until(self, text: str) -> str:
        """The next line that has ``text``."""
        while line := self._lines.get(timeout=GUARD):
            self.said.append(line)
            if text in line:
                return line
        raise AssertionError(self.said)

    def places(self) -> dict[str, int]:
        """What runs, as it was printed: name -> process."""
        rows = (re.match(r"(\S.*?) +(\d+)  \S", line) for line in self.said)
        return {row[1]: int(row[2]) for row in rows if row}


@pytest.mark.deploy
@pytest.mark.long
async def test_each_thing_of_a_local_cluster_may_be_killed_once() -> None:
    up = Up("--s3")
    try:
        await asyncio.to_thread(up.until, "Ctrl-C ends everything")
        places = up.places()
        worker = {"worker 1", "worker 2", "HAProxy"} if haproxy.program() else {"supervisor"}
        assert set(places) == {"PostgreSQL", "NATS", "S3", *worker}
        at = next(line for line in up.said if "cluster status" in line)
        data = Path(at.split("--data ")[1].strip())

        async def is_well() -> bool:
            words = ("cluster", "status", "--data", str(data))
            done = await asyncio.to_thread(command, *words)
            return done.returncode == 0 and done.stdout.count(" works as ") == 2

        await asked_until(is_well)
        for name in sorted(places):
            os.kill(places[name], signal.SIGKILL)
            await asyncio.to_thread(up.until, f"{name} had ended; started again as ")
            await asked_until(is_well)
        family = psutil.Process(up.process.pid).children(recursive=True)
    finally:
        up.process.send_signal(signal.SIGINT)
        code = await asyncio.to_thread(up.process.wait, GUARD)
    assert code == 0
    _, left = await asyncio.to_thread(psutil.wait_procs, family, GUARD)
    assert left == [] and not data.exists()
