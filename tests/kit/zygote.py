"""Start the program's processes from one that has its modules already.

To import the server's nine hundred modules takes a second or two of the processor, which is most of
what many tests of commands, killed servers and clients take. So each pytest process keeps one
process (the zygote, ``_main`` below) that has imported them and does nothing else. Where a test, or
the program itself, starts ``python -c "from petitbleu.cli import main; main()" WORDS…`` (or another
line of :func:`_program`) with :mod:`subprocess` or asyncio, the zygote forks, and the new process
goes on as the interpreter would have after the imports: with the arguments, environment, folder and
files it was given. It is a child of the process that started it, to be waited for, signalled and
killed like any other.

``make test-full`` starts each process anew, and so do the tests of :data:`FRESH`, which judge how
the program starts.
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import importlib
import inspect
import json
import os
import runpy
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

FRESH = (
    "tests/bus/test_alone.py",
    "tests/cli/test_installed.py",
    "tests/deploy/",
    "tests/run/test_protection.py",
    "tests/run/test_start.py",
    "tests/test_recipes.py",
)
"""Beginnings of the names of tests whose processes start anew."""
PROGRAM = "from petitbleu.cli import main; main()"
MODULES = ("petitbleu.desk.reconciliation.process",)
"""Modules that the program runs with ``python -m``."""
SCRIPTS = Path(__file__).resolve().parents[1]
"""Below it stand scripts that run the program in their own way."""
_BORN_WITH = ("PYTHON", "LC_", "LD_", "MALLOC", "OPENSSL", "SSL")
_ALSO = ("LANG", "LANGUAGE", "TZ")
"""Beginnings of variables, and variables, that an interpreter and its libraries read as they start:
where they differ, the process starts anew."""
_SUBREAPER = 36
"""prctl(2): who inherits processes whose parent has ended."""
_SIZE = struct.Struct("<I")

Environment = Mapping[str, str]


def _program(words: Sequence[str]) -> tuple[str, str, list[str]] | None:
    """(kind, what to run, arguments) of a command line, if it is one of the program's."""
    if not words or words[0] != sys.executable:
        return None
    rest = list(words[1:])
    if rest[:1] == ["-P"]:
        del rest[0]
    if rest[:2] == ["-c", PROGRAM]:
        return "code", PROGRAM, rest[2:]
    if len(rest) > 1 and rest[0] == "-m" and rest[1] in MODULES:
        return "module", rest[1], rest[2:]
    if rest and rest[0].endswith(".py") and Path(rest[0]).is_relative_to(SCRIPTS):
        return "script", rest[0], rest[1:]
    return None


def _born_with(environment: Environment) -> dict[str, str]:
    return {
        name: value
        for name, value in environment.items()
        if name.startswith(_BORN_WITH) or name in _ALSO
    }


class _Zygote:
    """The process that forks, and our end of the socket to it."""

    def __init__(self) -> None:
        self.born_with = _born_with(os.environ)
        self._lock = threading.Lock()
        self._socket, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-P", __file__, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )

    def start(self, order: dict[str, Any], files: list[int]) -> int:
        """Fork; the number of the new process, which is ours to wait for."""
        body = json.dumps(order).encode()
        with self._lock:
            _inherit_orphans(True)
            try:
                socket.send_fds(self._socket, [_SIZE.pack(len(body))], files)
                self._socket.sendall(body)
                answer = _read(self._socket, _SIZE.size)
            finally:
                _inherit_orphans(False)
        return int(_SIZE.unpack(answer)[0])


_execute_child: Callable[..., None] = subprocess.Popen._execute_child  # type: ignore[attr-defined]
_signature = inspect.signature(_execute_child)
_zygotes: list[_Zygote] = []
_beginning = threading.Lock()


def _inherit_orphans(on: bool) -> None:
    """Whether this process becomes the parent of what its descendants leave behind: only while the
    zygote forks, by a process in between that ends at once.
    """
    ctypes.CDLL(None, use_errno=True).prctl(_SUBREAPER, int(on), 0, 0, 0)


def _zygote() -> _Zygote:
    with _beginning:
        if not _zygotes or _zygotes[0].process.poll() is not None:
            _zygotes[:] = [_Zygote()]
        return _zygotes[0]


def _fork_or_execute(popen: subprocess.Popen[Any], *given: Any) -> None:
    """Replaces ``Popen._execute_child``."""
    if not _forked(popen, _signature.bind(popen, *given).arguments):
        _execute_child(popen, *given)


def _forked(popen: Any, given: dict[str, Any]) -> bool:
    """Start it by the zygote, if that can be done."""
    words = given["args"]
    found = None if isinstance(words, (str, bytes, os.PathLike)) else _program([*map(str, words)])
    plain = not (given["preexec_fn"] or given["pass_fds"] or given["shell"] or given["executable"])
    fresh = os.environ.get("PYTEST_CURRENT_TEST", "").startswith(FRESH)
    if found is None or not plain or fresh:
        return False
    environment = dict(os.environ if given["env"] is None else given["env"])
    zygote = _zygote()
    if _born_with(environment) != zygote.born_with:
        return False
    files = [given[name] for name in ("p2cread", "c2pwrite", "errwrite")]
    order = {
        "run": found,
        "environment": environment,
        "folder": os.fspath(given["cwd"] or Path.cwd()),
        "session": bool(given["start_new_session"]),
    }
    popen.pid = zygote.start(order, [own if fd == -1 else fd for own, fd in enumerate(files)])
    popen._child_created = True
    pipes = ("p2cread", "p2cwrite", "c2pread", "c2pwrite", "errread", "errwrite")
    popen._close_pipe_fds(*(given[name] for name in pipes))
    return True


def pytest_configure() -> None:
    """Have this process start the program from its zygote."""
    if os.environ.get("TESTS_LENGTH") != "full":
        subprocess.Popen._execute_child = _fork_or_execute  # type: ignore[attr-defined]


# The zygote's own part.


def _read(channel: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        piece = channel.recv(size - len(found))
        if not piece:
            raise EOFError("the other end is gone")
        found += piece
    return found


def _import_all() -> None:
    """What the server and its commands import."""
    from petitbleu import cli, desk, domain

    begin = cli.main
    for name in ("cli.serve", "cli.asking", "run.main", *MODULES):
        importlib.import_module(name if name in MODULES else f"petitbleu.{name}")
    domain.load_rooms()
    desk.load_rooms()
    cli.main = begin  # a module of that name has taken its place


def _serve(channel: socket.socket) -> dict[str, Any]:
    """Fork for each order; in a new process: the order. Ends with whoever started it."""
    while True:
        try:
            head, files, _, _ = socket.recv_fds(channel, _SIZE.size, 3)
            if not head:
                os._exit(0)
            size = _SIZE.unpack(head + _read(channel, _SIZE.size - len(head)))[0]
            order: dict[str, Any] = json.loads(_read(channel, size))
        except (EOFError, OSError):
            os._exit(0)
        number, told = os.pipe()
        between = os.fork()
        if between == 0:
            made = os.fork()
            if made:
                os.write(told, _SIZE.pack(made))
                os._exit(0)
            for fd in (number, told):
                os.close(fd)
            channel.close()
            for own, fd in enumerate(files):
                os.dup2(fd, own)
                os.close(fd)
            return order
        os.close(told)
        for fd in files:
            os.close(fd)
        os.waitpid(between, 0)  # whoever asked is the parent from now on
        pid = os.read(number, _SIZE.size)
        os.close(number)
        channel.sendall(pid)


def _become(order: dict[str, Any]) -> None:
    """Be the process that was ordered, up to where its first line runs."""
    if order["session"]:
        os.setsid()
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    kind, what, words = order["run"]
    sys.argv[:] = [what if kind == "script" else "-c", *words]
    sys.path.insert(0, str(Path(what).parent) if kind == "script" else "")
    if os.isatty(1):
        sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]


def _main() -> Callable[[], object]:
    """What to run at the outermost level of the new process, so that it ends as any other does."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    _import_all()
    gc.collect()
    gc.freeze()
    # Whoever interrupts the tests does not mean the zygote; a new process hears of it once it runs.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    order = _serve(channel)
    _become(order)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    kind, what, _ = order["run"]
    if kind == "code":
        from petitbleu.cli import main

        return main
    if kind == "module":
        sys.modules.pop(what, None)
        return lambda: runpy.run_module(what, run_name="__main__", alter_sys=True)
    return lambda: runpy.run_path(what, run_name="__main__")


def _end(code: int) -> None:
    """End as an interpreter does, but leave its objects to the system: to take nine hundred modules
    apart costs more than most commands.
    """
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for file in (sys.stdout, sys.stderr):
        file.flush()
    os._exit(code)


def _run(what: Callable[[], object]) -> int:
    """The exit code of ``what``."""
    try:
        what()
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        print(end.code, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    # Another exception leaves here, for the interpreter to show.
    _end(_run(_main()))
