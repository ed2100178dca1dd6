"""Work on hostile input in processes of their own: at most so long, with so much memory. A leaf.

A worker is a Python process without the server's environment, files or sockets. It reads one job
(msgpack) from its standard input and writes one answer to its standard output, again and again;
:func:`serve` is its loop. A file comes as an open descriptor. Before it reads a job, a worker gives
up for good whatever it does not need (docs/decisions/0036): Landlock leaves it the program's own
libraries and fonts to read, seccomp the system calls that computing takes. So it reads neither
keys nor database, connects to nothing, writes, renames and erases nothing, starts nothing, and
touches no other process. :class:`Walls` tells which of the two this machine has.

Whatever goes wrong (too long, too much memory, a crash in a decoder) ends that worker and fails
that one job. Workers start at need and end after a while without work (a minute, where nothing else
is said).
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import importlib
import io
import opcode
import os
import pkgutil
import resource
import signal
import socket
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

import msgspec

from petitbleu import landlock, seccomp
from petitbleu.eager import within
from petitbleu.resources import schema_dir

IDLE_SECONDS = 60
JOBS_PER_WORKER = 200
"""Then it is replaced: what a decoder leaks does not pile up."""
NICE = 10
"""How far a worker stands behind the server."""
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
"""Flags of unshare(2)."""
MAX_ANSWER = 32 << 20
_MORE_PROCESSES = 64
"""What a program that a worker starts may start itself."""
_CAPABILITIES_VERSION = 0x20080522
"""Of capset(2)."""
_LIBRARIES = (
    *("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/local/lib64"),
    *("/nix/store", "/gnu/store", "/etc/ld.so.cache"),
)
_RESOURCES = (
    *("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/fontconfig", "/etc/fonts"),
    *("/var/cache/fontconfig", "/usr/share/texmf/fonts", "/usr/share/zoneinfo", "/etc/localtime"),
    *("/usr/share/locale", "/usr/share/mime", "/etc/mime.types"),
    *("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"),
)
_LIB_NAMES = ("lib", "lib64")
_PROGRAMS = ("/bin", "/usr/bin", "/usr/local/bin")
"""What workers may read, besides where Python looks for modules: things that every machine has."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(dict[str, Any]).decode


class JobFailed(Exception):
    """The job has no answer: the worker took too long or ended."""


class TookTooLong(JobFailed):
    """The worker did not get through in its time: nor would whoever has no limit."""


class Walls(NamedTuple):
    """What holds a worker in."""

    landlock: int
    """The version in force (:mod:`petitbleu.landlock`), 0: none."""
    seccomp: bool


class _Worker:
    __slots__ = ("channel", "jobs", "process", "since")

    def __init__(self, process: asyncio.subprocess.Process, channel: socket.socket) -> None:
        self.process = process
        self.channel = channel
        self.jobs = 0
        self.since = 0.0

    async def ask(self, job: bytes, file: int | None) -> bytes:
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None and stdout is not None
        if file is not None:
            socket.send_fds(self.channel, [b"\0"], [file])
        stdin.write(len(job).to_bytes(4, "little") + job)
        await stdin.drain()
        size = int.from_bytes(await stdout.readexactly(4), "little")
        if size > MAX_ANSWER:
            raise JobFailed("answer too large")
        return await stdout.readexactly(size)

    def kill(self) -> None:
        """End it, and whatever program it started."""
        self.channel.close()
        if self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


class Sandbox:
    """A pool of workers that run ``module`` (whose main calls :func:`serve`)."""

    __slots__ = (
        *("_data", "_gate", "_idle", "_jobs", "_memory", "_module", "_nice", "_rests", "_seconds"),
        "_sweeping",
    )

    def __init__(
        self,
        module: str,
        *,
        workers: int,
        seconds: int,
        memory: int,
        data: Path | None = None,
        jobs: int = JOBS_PER_WORKER,
        rests: int = IDLE_SECONDS,
        nice: int = NICE,
    ) -> None:
        """``data``: the data folder, which no worker reads, wherever it lies."""
        self._data = "" if data is None else str(data.resolve())
        self._jobs = jobs
        self._rests = rests
        self._nice = nice
        self._module = module
        self._seconds = seconds
        self._memory = memory
        self._gate = asyncio.Semaphore(max(1, workers))
        self._idle: list[_Worker] = []
        self._sweeping: asyncio.TimerHandle | None = None

    async def run(self, job: dict[str, Any], file: int | None = None) -> dict[str, Any]:
        """The worker's answer to ``job``. ``file``: a descriptor open for reading, which the worker
        finds as ``job["file"]`` and whose position it moves; the caller closes it. Raises
        JobFailed.
        """
        async with self._gate:
            worker = self._idle.pop() if self._idle else await self._start()
            try:
                async with within(self._seconds):
                    answer = await worker.ask(_encode(job), file)
                decoded = _decode(answer)
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
            return decoded

    async def walls(self) -> Walls:
        """What holds the workers in on this machine. Raises JobFailed."""
        answer = await self.run({"walls": True})
        return Walls(int(answer["landlock"]), bool(answer["seccomp"]))

    async def _start(self) -> _Worker:
        ours, theirs = socket.socketpair()
        try:
            process = await self._spawn(theirs.fileno())
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        ours.setblocking(False)
        ours.shutdown(socket.SHUT_RD)  # files go one way
        return _Worker(process, ours)

    async def _spawn(self, channel: int) -> asyncio.subprocess.Process:
        words, options = self._command(channel)
        return await asyncio.create_subprocess_exec(*words, **options)

    def _command(self, channel: int) -> tuple[list[str], dict[str, Any]]:
        """Return a worker's program with its arguments, and how its process is started."""
        words = [
            sys.executable, "-I", "-m", self._module, str(self._memory), str(self._seconds),
            str(self._nice), str(channel), self._data,
        ]  # fmt: skip
        return words, {
            "pass_fds": (channel,),
            "stdin": asyncio.subprocess.PIPE,
            "stdout": asyncio.subprocess.PIPE,
            "stderr": asyncio.subprocess.DEVNULL,
            "env": {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"},
            "cwd": "/",
            "start_new_session": True,
        }

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
        for worker in [process for process in self._idle if process.since <= late]:
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


Handler = Callable[[dict[str, Any]], dict[str, Any]]


def serve(
    handle: Handler,
    *,
    prepare: Callable[[bool], None] | None = None,
    opens: bool = False,
    threads: bool = False,
    programs: bool = False,
) -> None:
    """Answer jobs until the other side is gone. Called by the main of a worker's module.

    ``prepare`` is called before anything is given up, with whether no file can be opened afterwards
    (there is no Landlock): what would be imported later has to be imported then. ``opens``: the
    work needs files of the system, so they may be opened even without Landlock. ``threads``: a
    library starts some. ``programs``: it
    starts ``job["program"]`` on ``job["file"]``. Such a worker serves one job, opens no other file,
    and does nothing where there is no Landlock.
    """
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    hidden = Path(sys.argv[5]) if len(sys.argv) > 5 and sys.argv[5] else None
    _step_back(int(sys.argv[3]) if len(sys.argv) > 3 else NICE)
    if prepare is not None:
        prepare(not (opens or landlock.version()))
    if programs:
        with contextlib.suppress(OSError, ValueError):
            _limit_processes()
    _unplug()
    for limit, most in (
        (resource.RLIMIT_AS, memory),
        *((one, 0) for one in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE)),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(limit, (most, most))
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    channel = socket.socket(fileno=int(sys.argv[4]))
    walls = None if programs else _give_up(_readable(hidden), opens=opens, threads=threads)
    while len(head := source.read(4)) == 4:
        job = _decode(source.read(int.from_bytes(head, "little")))
        if job.get("file"):
            job["file"] = _received(channel)
        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(used.ru_utime + used.ru_stime) + seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
        if walls is None:
            walls = _give_up(_with_program(job, hidden), programs=True)
        if "walls" in job:
            done: dict[str, Any] = walls._asdict()
        else:
            done = handle(job) if walls.landlock or not programs else {}
        if "file" in job:
            os.close(job["file"])
        answer = _encode(done)
        sink.write(len(answer).to_bytes(4, "little") + answer)
        sink.flush()


def import_whole(*packages: str) -> None:
    """Import all modules of packages, and those of the standard library that their functions
    import, for a worker that cannot do so when it needs one.
    """
    for package in packages:
        path = importlib.import_module(package).__path__
        modules = pkgutil.walk_packages(path, f"{package}.", onerror=lambda _: None)
        for name in (package, *(one.name for one in modules)):
            # Anything can be wrong with a module for another system or another library.
            with contextlib.suppress(Exception), contextlib.redirect_stdout(io.StringIO()):
                loader = importlib.import_module(name).__spec__.loader  # type: ignore[union-attr]
                for inner in _imported(loader.get_code(name)):  # type: ignore[union-attr]
                    if inner.partition(".")[0] in sys.stdlib_module_names:
                        importlib.import_module(inner)


def _imported(code: CodeType) -> Iterator[str]:
    """Names of the modules that the code and the functions in it import, and some other names."""
    if opcode.opmap["IMPORT_NAME"] in code.co_code[::2]:
        yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _imported(constant)


def _received(channel: socket.socket) -> int:
    """The descriptor that came with the job."""
    _, (file,), _, _ = socket.recv_fds(channel, 1, 1)
    return file


# ── what a worker gives up ──────────────────────────────────────────────────────────────────────

Grants = Iterator[tuple[Path | int, int]]
"""Paths or descriptors, and the rights on them (:mod:`petitbleu.landlock`)."""


def _give_up(
    readable: Grants, *, opens: bool = False, threads: bool = False, programs: bool = False
) -> Walls:
    """Give up all but ``readable`` files and the calls needed. Raises OSError, RuntimeError."""
    with contextlib.suppress(OSError):
        if len(list(Path("/proc/self/task").iterdir())) > 1:
            raise RuntimeError("what one thread gives up, others would keep")
    _drop_capabilities()
    version = landlock.restrict(readable)
    opens = opens or version > 0
    return Walls(version, seccomp.restrict(opens=opens, threads=threads, programs=programs))


def _readable(hidden: Path | None) -> Grants:
    """What an import, a font or a library needs; nothing in the folder ``hidden``."""
    # In a checkout the data files of the program lie beside its source.
    trees = [*_LIBRARIES, *_RESOURCES, str(schema_dir()), *sys.path]
    trees += [f"{prefix}/{lib}" for prefix in (sys.prefix, sys.base_prefix) for lib in _LIB_NAMES]
    for tree in {Path(one).resolve() for one in trees if one}:
        for path in landlock.without(tree, hidden) if hidden is not None else (tree,):
            yield path, landlock.READ_FILE | landlock.READ_DIR


def _with_program(job: dict[str, Any], hidden: Path | None) -> Grants:
    """What the job's program needs, itself, and the job's file."""
    for path, rights in _readable(hidden):
        yield path, rights | landlock.EXECUTE
    for folder in _PROGRAMS:
        yield Path(folder), landlock.READ_FILE | landlock.READ_DIR | landlock.EXECUTE
    if program := job.get("program"):
        yield Path(program).resolve(), landlock.READ_FILE | landlock.EXECUTE
    if "file" in job:
        yield job["file"], landlock.READ_FILE


def _limit_processes() -> None:
    """Let a program start a few others, not thousands. The limit counts what the user of the server
    has running already, and does not hold for root.
    """
    running = 0
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if process.stat().st_uid == os.geteuid():
                running += len(list((process / "task").iterdir()))
    _, hard = resource.getrlimit(resource.RLIMIT_NPROC)
    most = running + _MORE_PROCESSES
    most = most if hard == resource.RLIM_INFINITY else min(hard, most)
    resource.setrlimit(resource.RLIMIT_NPROC, (most, most))


def _drop_capabilities() -> None:
    """Be no more than anybody, also where the server runs as root."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).capset(struct.pack("=Ii", _CAPABILITIES_VERSION, 0), bytes(24))


def _unplug() -> None:
    """Have no network at all, not even the loopback, where the kernel lets us (Linux): for those
    that have no seccomp.
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


if __name__ == "__main__":
    serve(dict)  # asked for its walls only
