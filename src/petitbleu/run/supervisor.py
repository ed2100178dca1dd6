"""``petitbleu serve --workers N``: N processes on one port, started again when they die.

The supervisor serves nobody and opens no database. It keeps the ports, so that a worker that comes
back finds them, and hands signals on: SIGTERM and SIGINT drain every worker, each by itself. A
worker that ends is started again after 1, 2, 4 … 30 seconds; one that refuses to start (keys,
tables, settings) ends them all, because the next would be refused too.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from petitbleu.config import Config
from petitbleu.gateway.listener import bind
from petitbleu.run.start_text import joined

REFUSED = 4
"""Exit code of a worker that refuses to start."""
_WRONG_SETTING = 2
_PAUSES = (1, 2, 4, 8, 16, 30)
_STEADY_SECONDS = 60.0
"""Who ran for so long is started again at once the next time."""
_MORE_SECONDS = 30
"""Beyond ``drain_seconds``, until a worker that does not end is killed."""
_PROGRAM = (sys.executable, "-P", "-c", "from petitbleu.cli import main; main()", "serve")
_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG (linux/prctl.h)."""


class Supervisor:
    """The workers of one machine."""

    def __init__(self, config: Config, workers: int, words: Sequence[str], log: Any) -> None:
        """``words``: what each is told besides its number and where to listen."""
        self._config = config
        self._workers = workers
        self._words = tuple(words)
        self._log = log
        self._stop = asyncio.Event()
        self._running: dict[int, asyncio.subprocess.Process] = {}
        self._code = 0

    async def run(self) -> int:
        """Run them until told to stop; the exit code."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        ports = self._reserve()
        listen = [word for port in ports for word in ("--listen", joined([_name(port)]))]
        keeping = [
            asyncio.create_task(self._keep(number, listen))
            for number in range(1, self._workers + 1)
        ]
        await self._stop.wait()
        await self._end()
        await asyncio.gather(*keeping)
        for port in ports:
            port.close()
        return self._code

    def _reserve(self) -> list[socket.socket]:
        """The ports, bound and not listened at. Raises OSError where one is taken."""
        return [port for address in self._config.listen for port in bind(address, reserve=True)]

    async def _keep(self, number: int, listen: list[str]) -> None:
        loop, failures = asyncio.get_running_loop(), 0
        words = [*self._words, *listen, "--worker", f"{number}/{self._workers}"]
        while not self._stop.is_set():
            began = loop.time()
            process = await asyncio.create_subprocess_exec(*_PROGRAM, *words)
            self._running[number] = process
            if self._stop.is_set():
                process.terminate()
            code = await process.wait()
            del self._running[number]
            if self._stop.is_set():
                self._code = self._code or (1 if code else 0)
                return
            if code in (_WRONG_SETTING, REFUSED):  # it has said why
                self._code = 1
                self._stop.set()
                return
            failures = 0 if loop.time() - began > _STEADY_SECONDS else failures
            pause = _PAUSES[min(failures, len(_PAUSES) - 1)]
            failures += 1
            self._log.error("supervisor.worker_ended", worker=number, code=code, again_in=pause)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), pause)

    async def _end(self) -> None:
        """Have all drain; kill who does not end."""
        for process in self._running.values():
            process.terminate()
        most = self._config.cluster.drain_seconds + _MORE_SECONDS
        loop = asyncio.get_running_loop()
        until = loop.time() + most
        while self._running and loop.time() < until:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
        for number, process in self._running.items():
            self._log.error("supervisor.worker_killed", worker=number, after=most)
            process.kill()


def _name(port: socket.socket) -> tuple[str, int]:
    host, number = port.getsockname()[:2]
    return host, number


def end_with_parent() -> None:
    """In a worker: drain once the supervisor is gone, however it went."""
    parent = os.getppid()
    ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGTERM)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)


def supervise(config: Config, workers: int, words: Sequence[str], log: Any) -> int:
    """Serve with several workers; the exit code."""

    async def run() -> int:
        return await Supervisor(config, workers, words, log).run()

    return asyncio.run(run())
