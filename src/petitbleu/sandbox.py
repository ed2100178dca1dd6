"""Work on hostile input in processes of their own: at most so long, with so much memory. A leaf.

A worker is a Python process without the server's environment, files or sockets. It reads one job
(msgpack) from its standard input and writes one answer to its standard output, again and again;
:func:`serve` is its loop. It may write no file (RLIMIT_FSIZE 0) and, where the kernel allows it to
be cut off, reaches no network. Whatever goes wrong (too long, too
much memory, a crash in a decoder) ends that worker and fails that one job. Workers start at need
and end after a while without work (a minute, where nothing else is said).
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

IDLE_SECONDS = 60
JOBS_PER_WORKER = 200
"""Then it is replaced: what a decoder leaks does not pile up."""
NICE = 10
"""How far a worker stands behind the server."""
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
"""Flags of unshare(2)."""
MAX_ANSWER = 32 << 20

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(dict[str, Any]).decode


class JobFailed(Exception):
    """The job has no answer: the worker took too long or ended."""


class TookTooLong(JobFailed):
    """The worker did not get through in its time: nor would whoever has no limit."""


class _Worker:
    __slots__ = ("jobs", "process", "since")

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.jobs = 0
        self.since = 0.0

    async def ask(self, job: bytes) -> bytes:
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None and stdout is not None
        stdin.write(len(job).to_bytes(4, "little") + job)
        await stdin.drain()
        size = int.from_bytes(await stdout.readexactly(4), "little")
        if size > MAX_ANSWER:
            raise JobFailed("answer too large")
        return await stdout.readexactly(size)

    def kill(self) -> None:
        """End it, and whatever program it started."""
        if self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


class Sandbox:
    """A pool of workers that run ``module`` (whose main calls :func:`serve`)."""

    __slots__ = (
        *("_gate", "_idle", "_jobs", "_memory", "_module", "_nice", "_rests", "_seconds"),
        "_sweeping",
    )

    def __init__(
        self,
        module: str,
        *,
        workers: int,
        seconds: int,
        memory: int,
        jobs: int = JOBS_PER_WORKER,
        rests: int = IDLE_SECONDS,
        nice: int = NICE,
    ) -> None:
        self._jobs = jobs
        self._rests = rests
        self._nice = nice
        self._module = module
        self._seconds = seconds
        self._memory = memory
        self._gate = asyncio.Semaphore(max(1, workers))
        self._idle: list[_Worker] = []
        self._sweeping: asyncio.TimerHandle | None = None

    async def run(self, job: dict[str, Any]) -> dict[str, Any]:
        """The worker's answer to ``job``. Raises JobFailed."""
        async with self._gate:
            worker = self._idle.pop() if self._idle else await self._start()
            try:
                async with asyncio.timeout(self._seconds):
                    answer = await worker.ask(_encode(job))
                found = _decode(answer)
            except BaseException as error:
                worker.kill()
                await worker.process.wait()
                if isinstance(error, TimeoutError):
                    raise TookTooLong(repr(error)) from None
                if isinstance(error, EOFError | OSError | JobFailed | msgspec.MsgspecError):
                    raise JobFailed(repr(error)) from None
                raise
            worker.jobs += 1
            if worker.jobs >= self._jobs:
                worker.kill()
                await worker.process.wait()
            else:
                self._rest(worker)
            return found

    async def _start(self) -> _Worker:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-I", "-m", self._module, str(self._memory), str(self._seconds),
            str(self._nice),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"},
            cwd="/",
            start_new_session=True,
        )  # fmt: skip
        return _Worker(process)

    def _rest(self, worker: _Worker) -> None:
        loop = asyncio.get_running_loop()
        worker.since = loop.time()
        self._idle.append(worker)
        if self._sweeping is None:
            self._sweeping = loop.call_later(self._rests, self._sweep)

    def _sweep(self) -> None:
        """End those without work for long."""
        self._sweeping = None
        loop = asyncio.get_running_loop()
        late = loop.time() - self._rests + 1
        for worker in [one for one in self._idle if one.since <= late]:
            self._idle.remove(worker)
            worker.kill()
        if self._idle:
            self._sweeping = loop.call_later(self._rests, self._sweep)

    async def close(self) -> None:
        """End all that rest."""
        if self._sweeping is not None:
            self._sweeping.cancel()
            self._sweeping = None
        while self._idle:
            worker = self._idle.pop()
            worker.kill()
            await worker.process.wait()


# ── inside a worker ─────────────────────────────────────────────────────────────────────────────


def serve(handle: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Answer jobs until the other side is gone. Called by the main of a worker's module."""
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    _step_back(int(sys.argv[3]) if len(sys.argv) > 3 else NICE)
    _unplug()
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while len(head := source.read(4)) == 4:
        job = _decode(source.read(int.from_bytes(head, "little")))
        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(used.ru_utime + used.ru_stime) + seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
        answer = _encode(handle(job))
        sink.write(len(answer).to_bytes(4, "little") + answer)
        sink.flush()


def _unplug() -> None:
    """Have no network at all, not even the loopback, where the kernel lets us (Linux): what a
    decoder or a printer is talked into fetching is not there. Elsewhere their own refusals remain.
    """
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        if libc.unshare(_CLONE_NEWNET):  # root may; others have to own a namespace first
            libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _step_back(nice: int) -> None:
    """Let the server go first. Where the kernel shares the CPU among sessions (autogroup) a worker,
    a session of its own, would get as much of it as the whole server, however nice it is.
    """
    os.nice(nice)
    with contextlib.suppress(OSError):  # another kernel, or no such file system
        Path("/proc/self/autogroup").write_text(str(nice), "ascii")
