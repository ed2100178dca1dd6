"""What a worker that was taken over can do: nothing, or little where the kernel lacks a part.

The attempts are real ones (:mod:`tests.kit.hostile_worker`), against a folder and a process that
stand for the server's. The kernel is made to look older by refusing system calls.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import signal
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from petitbleu import landlock, sandbox, seccomp
from petitbleu.sandbox import Sandbox, Walls
from tests.kit import hostile_worker
from tests.kit.hostile_worker import TRICKS

NO_UNSHARE = ["unshare"]
NO_LANDLOCK = ["landlock_create_ruleset"]
NO_SECCOMP = ["prctl"]
HARMLESS = {"start processes without end"}
"""Tricks for workers that may start programs."""
FILES = (
    "read the keys and the database",
    "list the data folder",
    "read through a way around",
    "read other people's files",
    "write and make in the data folder",
    "write to the file that was given",
    "use a descriptor that it was not given",
)
PROCESSES = (
    "look into the server",
    "trace the server or read its memory",
    "send the server a signal",
    "have the kernel send the server a signal",
    "take more memory than it may",
)
OTHER_USER = 54321 if os.geteuid() == 0 else 0
"""The number of processes is not limited for root."""
SECRET = b"a key of the server"


class Prey(NamedTuple):
    """What stands for the server, and the job that names it."""

    data: Path
    job: dict[str, Any]
    reached: list[str]

    def untouched(self) -> None:
        """Raises AssertionError where something has changed."""
        names = {str(path.relative_to(self.data)) for path in self.data.rglob("*")}
        assert names == {
            "keys", "keys/secrets", "petitbleu.db", "blobs", "blobs/theirs", "victim", "empty",
            "control.sock", "given",
        }  # fmt: skip
        assert (self.data / "victim").read_bytes() == b"kept"
        assert (self.data / "given").read_bytes() == b"given"
        assert (self.data / "victim").stat().st_mode & 0o777 == 0o600
        assert self.reached == []
        assert not Path("/tmp/made-by-a-worker").exists()


@pytest.fixture
async def prey(tmp_path: Path) -> AsyncIterator[Prey]:
    data = tmp_path / "data"
    for folder in ("keys", "blobs", "empty"):
        (data / folder).mkdir(parents=True)
    for name in ("keys/secrets", "petitbleu.db", "blobs/theirs"):
        (data / name).write_bytes(SECRET)
    (data / "victim").write_bytes(b"kept")
    (data / "victim").chmod(0o600)
    (data / "given").write_bytes(b"given")
    reached: list[str] = []

    def heard(by: str) -> Any:
        async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            reached.append(by)
            writer.write(b"an answer")
            writer.close()

        return serve

    before = signal.signal(signal.SIGURG, lambda *_: reached.append("signal"))
    abstract = f"petitbleu-test-{os.getpid()}"
    control = await asyncio.start_unix_server(heard("control"), data / "control.sock")
    hidden = await asyncio.start_unix_server(heard("abstract"), "\0" + abstract)
    tcp = await asyncio.start_server(heard("tcp"), "127.0.0.1", 0)
    memory = ctypes.create_string_buffer(SECRET)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.bind(("127.0.0.1", 0))
        job = {
            "data": str(data),
            "secrets": [str(data / "keys/secrets"), str(data / "petitbleu.db")],
            "blob": str(data / "blobs/theirs"),
            "victim": str(data / "victim"),
            "control": str(data / "control.sock"),
            "abstract": abstract,
            "port": tcp.sockets[0].getsockname()[1],
            "udp": udp.getsockname()[1],
            "address": ctypes.addressof(memory),
            "file": True,
        }
        yield Prey(data, job, reached)
    signal.signal(signal.SIGURG, before)
    for server in (control, hidden, tcp):
        server.close()
    Path("/tmp/made-by-a-worker").unlink(missing_ok=True)


async def results(
    prey: Prey, monkeypatch: pytest.MonkeyPatch, *, denied: list[str], tricks: Any, **how: Any
) -> tuple[dict[str, str], Walls]:
    """What each trick came to in a worker of a kernel without ``denied``, and its walls."""
    real = asyncio.create_subprocess_exec
    more = json.dumps({"denied": denied, **how})

    async def start(program: str, *args: str, **options: Any) -> Any:
        path = hostile_worker.__file__
        return await real(program, "-I", path, *args[3:], more, **options)

    monkeypatch.setattr(sandbox.asyncio, "create_subprocess_exec", start)
    pool = Sandbox("unused", workers=1, seconds=50, memory=256 << 20, data=prey.data)
    with (prey.data / "given").open("rb") as file:
        answer = await pool.run({**prey.job, "tricks": sorted(tricks)}, file.fileno())
    # Of one that serves a single job nothing more can be asked.
    walls = Walls(-1, False) if how.get("programs") else await pool.walls()
    await pool.close()
    return answer, walls


def succeeded(answer: dict[str, str]) -> dict[str, str]:
    return {name: result for name, result in answer.items() if result}


def test_this_machine_has_what_the_tests_need() -> None:
    """Without either no test here says anything."""
    assert landlock.version() >= 4 and seccomp.available()


@pytest.mark.parametrize("denied", [[], NO_UNSHARE], ids=["unshare", "no unshare"])
@pytest.mark.parametrize("opens", [False, True], ids=["", "opens"])
async def test_nothing_succeeds(
    prey: Prey, monkeypatch: pytest.MonkeyPatch, denied: list[str], opens: bool
) -> None:
    tricks = TRICKS.keys() - HARMLESS
    answer, walls = await results(prey, monkeypatch, denied=denied, tricks=tricks, opens=opens)
    assert succeeded(answer) == {}
    assert walls == (landlock.version(), True)
    prey.untouched()


@pytest.mark.parametrize("denied", [[], NO_UNSHARE], ids=["unshare", "no unshare"])
async def test_nothing_succeeds_without_landlock(
    prey: Prey, monkeypatch: pytest.MonkeyPatch, denied: list[str]
) -> None:
    """Files cannot be told apart, so none is opened."""
    tricks = TRICKS.keys() - HARMLESS
    denied = denied + NO_LANDLOCK
    answer, walls = await results(prey, monkeypatch, denied=denied, tricks=tricks)
    assert succeeded(answer) == {}
    assert walls == (0, True)
    prey.untouched()


@pytest.mark.parametrize("denied", [[], NO_UNSHARE], ids=["unshare", "no unshare"])
async def test_files_and_processes_are_out_of_reach_without_seccomp(
    prey: Prey, monkeypatch: pytest.MonkeyPatch, denied: list[str]
) -> None:
    denied = denied + NO_SECCOMP
    answer, walls = await results(prey, monkeypatch, denied=denied, tricks=FILES + PROCESSES)
    assert succeeded(answer) == {}
    assert walls == (landlock.version(), False)
    prey.untouched()


async def test_the_attempts_are_real_ones(prey: Prey, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine that has neither each of these succeeds: the sentence of ``check`` is true."""
    tricks = {
        "read the keys and the database", "list the data folder", "read through a way around",
        "read other people's files", "write and make in the data folder",
        "change rights, times and owners", "write to the file that was given",
        "reach the control socket", "reach an abstract socket", "open a connection",
        "have a socket of any family", "send the server a signal", "look into the server",
        "start a process, a program or a thread",
        "use another way into the kernel",
    }  # fmt: skip
    denied = NO_UNSHARE + NO_LANDLOCK + NO_SECCOMP
    tricks |= {"have the kernel send the server a signal"}
    answer, walls = await results(prey, monkeypatch, denied=denied, tricks=tricks)
    tricks.remove("have the kernel send the server a signal")  # the server tells
    assert {name for name in tricks if not answer[name]} == set()
    assert {"control", "abstract", "tcp", "signal"} <= set(prey.reached)
    assert walls == (0, False)


async def test_a_program_sees_its_file_and_nothing_else(
    prey: Prey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ffprobe runs in such a worker."""
    tricks = TRICKS.keys() - {"start a process, a program or a thread"} - HARMLESS
    answer, _ = await results(prey, monkeypatch, denied=[], tricks=tricks, programs=True)
    assert succeeded(answer) == {}
    prey.untouched()


async def test_a_program_starts_a_few_processes(
    prey: Prey, monkeypatch: pytest.MonkeyPatch
) -> None:
    (answer, _) = await results(
        prey, monkeypatch, denied=[], tricks=HARMLESS, programs=True, user=OTHER_USER
    )
    assert 1 < int(answer["start processes without end"]) <= sandbox._MORE_PROCESSES


async def test_no_program_runs_where_its_files_cannot_be_limited(
    prey: Prey, monkeypatch: pytest.MonkeyPatch
) -> None:
    tricks = TRICKS.keys()
    answer, _ = await results(prey, monkeypatch, denied=NO_LANDLOCK, tricks=tricks, programs=True)
    assert answer == {}


async def test_a_data_folder_among_the_libraries_is_left_out(tmp_path: Path) -> None:
    """Somebody has installed the program and its data into one folder."""
    for name in ("lib/a/b", "lib/a/data/keys", "lib/c"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "lib/link").symlink_to(tmp_path / "lib/a")
    tree, hidden = tmp_path / "lib", tmp_path / "lib/a/data"
    assert set(landlock.without(tree, hidden)) == {tree / "a/b", tree / "c"}
    assert list(landlock.without(tree / "c", hidden)) == [tree / "c"]
    assert list(landlock.without(hidden, hidden)) == []
