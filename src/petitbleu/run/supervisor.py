"""``petitbleu serve --workers N``: N processes on one port, started again when they die.

The supervisor serves nobody and opens no database. It keeps the ports, so that a worker that comes
back finds them, and hands signals on: SIGTERM and SIGINT drain every worker, each by itself. A
worker that ends is started again after 1, 2, 4 … 30 seconds. One that refuses to start (keys,
tables, settings) ends them all at the first start, because the next would be refused too; once any
has served it is tried again every 30 seconds, and the others go on.

SIGHUP replaces them one after the other: each drains, and the next is told only when its successor
serves. A successor that refuses to start ends the round; the others go on as they are.
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
from petitbleu.gateway.retiring import LONGER
from petitbleu.run.start_text import joined

REFUSED = 4
"""Exit code of a worker that refuses to start."""
_WRONG_SETTING = 2
_PAUSES = (1, 2, 4, 8, 16, 30)
_STEADY_SECONDS = 60.0
"""Who ran for so long is started again at once the next time."""
_MORE_SECONDS = 30
"""Beyond the time that draining may take, until a worker that does not end is killed."""
_START_SECONDS = 60.0
"""How long a successor may take until it serves."""
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
        self._leaving: set[int] = set()
        """Numbers of workers that were told to make room for their successors."""
        self._successors: dict[int, asyncio.Future[bool]] = {}
        """Of workers that are being replaced: whether the successor serves."""
        self._round: asyncio.Task[None] | None = None
        self._has_served = False
        """Whether any worker has served: until then one that refuses to start ends all."""
        self._code = 0

    async def run(self) -> int:
        """Run them until told to stop; the exit code."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        loop.add_signal_handler(signal.SIGHUP, self._begin_round)
        ports = self._reserve()
        listen = [word for port in ports for word in ("--listen", joined([_name(port)]))]
        keeping = [
            asyncio.create_task(self._keep(number, listen))
            for number in range(1, self._workers + 1)
        ]
        await self._stop.wait()
        if self._round is not None:
            self._round.cancel()
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
        while not self._stop.is_set():
            began = loop.time()
            code = await self._run_once(number, listen)
            if self._stop.is_set():
                self._code = self._code or (1 if code else 0)
                return
            if number in self._leaving:
                self._leaving.discard(number)
                continue
            self._tell(number, False)
            refused = code in (_WRONG_SETTING, REFUSED)  # it has said why
            if refused and not self._has_served:
                self._code = 1
                self._stop.set()
                return
            failures = 0 if loop.time() - began > _STEADY_SECONDS else failures
            pause = _PAUSES[-1 if refused else min(failures, len(_PAUSES) - 1)]
            failures += 1
            self._log.error("supervisor.worker_ended", worker=number, code=code, again_in=pause)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), pause)

    async def _run_once(self, number: int, listen: list[str]) -> int:
        """Start a worker and wait until it has ended; its exit code."""
        ready, theirs = os.pipe()
        words = [*self._words, *listen, "--worker", f"{number}/{self._workers}/{theirs}"]
        process = await asyncio.create_subprocess_exec(*_PROGRAM, *words, pass_fds=(theirs,))
        os.close(theirs)
        self._running[number] = process
        loop = asyncio.get_running_loop()
        loop.add_reader(ready, self._hear, number, ready)
        if self._stop.is_set():
            process.terminate()
        code = await process.wait()
        loop.remove_reader(ready)
        os.close(ready)
        del self._running[number]
        return code

    def _hear(self, number: int, ready: int) -> None:
        """The worker serves, or its end of the pipe is closed."""
        asyncio.get_running_loop().remove_reader(ready)
        if os.read(ready, 1):
            self._has_served = True
            self._tell(number, True)

    def _tell(self, number: int, serves: bool) -> None:
        successor = self._successors.get(number)
        if successor is not None and not successor.done():
            successor.set_result(serves)

    # ── replacing them one after the other ──────────────────────────────────────────────────────

    def _begin_round(self) -> None:
        if self._round is None and not self._stop.is_set():
            self._round = asyncio.create_task(self._replace_all(), name="replacing workers")

    async def _replace_all(self) -> None:
        try:
            for number in range(1, self._workers + 1):
                if not await self._replace(number):
                    self._log.error("supervisor.round_ended", worker=number)
                    return
                self._log.info("supervisor.worker_replaced", worker=number)
        finally:
            self._round = None

    async def _replace(self, number: int) -> bool:
        """Whether a successor serves."""
        before = self._running.get(number)
        if before is None:
            return False
        successor: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._successors[number] = successor
        self._leaving.add(number)
        before.terminate()
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(before.wait(), self._most_seconds)
            if before.returncode is None:
                self._log.error("supervisor.worker_killed", worker=number)
                before.kill()
            return await asyncio.wait_for(successor, _START_SECONDS)
        except TimeoutError:
            return False
        finally:
            del self._successors[number]

    @property
    def _most_seconds(self) -> float:
        """How long a worker may take to drain."""
        return self._config.cluster.drain_seconds * LONGER + _MORE_SECONDS

    async def _end(self) -> None:
        """Have all drain; kill who does not end."""
        for process in self._running.values():
            process.terminate()
        most = self._most_seconds
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
