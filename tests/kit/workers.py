"""Keep the sandbox's workers from one test to the next.

To start a worker that reads letters costs as much as 100 letters. Its process knows nothing of the
instance that started it, so the next test's instance can use it: when a sandbox is closed, its
workers go to :data:`_resting`, and a sandbox that needs one takes it from there. Each test has an
event loop of its own; a worker's pipes are joined to that loop for as long as the test uses them.

The tests below :data:`FRESH`, which judge how workers start, are held in and end, start their own;
so does whatever has replaced ``asyncio.create_subprocess_exec``.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import socket
import subprocess
from collections import defaultdict
from typing import Any

from petitbleu import sandbox
from petitbleu.sandbox import Sandbox

FRESH = (
    "tests/test_sandbox",
    "tests/run/test_protection.py",
    "tests/domain/files/media/test_hostile.py",
    "tests/desk/intake/test_slow_letters.py",
)
"""Beginnings of the names of tests that keep no worker."""

Kind = tuple[str, int, int, int]
"""Module, memory, seconds and niceness of a worker."""

_create_subprocess_exec = asyncio.create_subprocess_exec
_close = Sandbox.close
_start = Sandbox._start


class _Kept:
    """A worker's process, and our ends of its pipes and of the channel that files go through."""

    def __init__(self, pool: Sandbox) -> None:
        self.channel, theirs = socket.socketpair()
        words, options = pool._command(theirs.fileno())
        with theirs:
            self.process = subprocess.Popen(words, **options)
        self.channel.setblocking(False)
        self.channel.shutdown(socket.SHUT_RD)
        self.jobs = 0

    async def join(self) -> sandbox._Worker:
        """The worker for the running loop, as :class:`Sandbox` uses it."""
        loop = asyncio.get_running_loop()
        process = _Process(self)
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        reader = asyncio.StreamReader(limit=sandbox.MAX_ANSWER + 4, loop=loop)
        protocol = asyncio.StreamReaderProtocol(reader, loop=loop)
        stdout = os.fdopen(os.dup(self.process.stdout.fileno()), "rb", 0)
        process.reading, _ = await loop.connect_read_pipe(lambda: protocol, stdout)
        stdin = os.fdopen(os.dup(self.process.stdin.fileno()), "wb", 0)
        process.writing, flow = await loop.connect_write_pipe(
            lambda: asyncio.streams.FlowControlMixin(loop=loop), stdin
        )
        process.stdout = reader
        process.stdin = asyncio.StreamWriter(process.writing, flow, None, loop)
        made = sandbox._Worker(process, self.channel.dup())  # type: ignore[arg-type]
        made.jobs = self.jobs
        return made

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


class _Process:
    """The part of ``asyncio.subprocess.Process`` that :class:`Sandbox` uses."""

    stdin: asyncio.StreamWriter
    stdout: asyncio.StreamReader
    reading: asyncio.ReadTransport
    writing: asyncio.WriteTransport

    def __init__(self, kept: _Kept) -> None:
        self.kept = kept
        self.pid = kept.process.pid

    @property
    def returncode(self) -> int | None:
        return self.kept.process.poll()

    async def wait(self) -> int:
        self.leave()
        return self.kept.process.wait()

    def leave(self) -> None:
        """Let go of the loop."""
        self.reading.close()
        self.writing.close()


_resting: dict[Kind, list[_Kept]] = defaultdict(list)


async def _take_or_start(pool: Sandbox) -> sandbox._Worker:
    """Replaces ``Sandbox._start``."""
    fresh = os.environ.get("PYTEST_CURRENT_TEST", "").startswith(FRESH)
    if fresh or pool._jobs == 1 or asyncio.create_subprocess_exec is not _create_subprocess_exec:
        return await _start(pool)
    resting = _resting[_kind(pool)]
    while resting:
        kept = resting.pop()
        if kept.process.poll() is None:
            return await kept.join()
    return await _Kept(pool).join()


async def _keep_or_end(pool: Sandbox) -> None:
    """Replaces ``Sandbox.close``."""
    for worker in list(pool._idle):
        process: Any = worker.process
        if isinstance(process, _Process) and process.returncode is None:
            pool._idle.remove(worker)
            process.leave()
            worker.channel.close()
            process.kept.jobs = worker.jobs
            _resting[_kind(pool)].append(process.kept)
    await _close(pool)


def _kind(pool: Sandbox) -> Kind:
    return pool._module, pool._memory, pool._seconds, pool._nice


@atexit.register
def _end_all() -> None:
    for kept in [one for resting in _resting.values() for one in resting]:
        kept.end()


def pytest_configure() -> None:
    """Have all sandboxes of this process share their workers."""
    Sandbox._start = _take_or_start  # type: ignore[method-assign]
    Sandbox.close = _keep_or_end  # type: ignore[method-assign]
