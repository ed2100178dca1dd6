"""A process that was forked is what a started one would have been."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit import zygote

PROGRAM = [sys.executable, "-c", zygote.PROGRAM]
WAITS = [sys.executable, "-m", *zygote.MODULES]
"""Reads its standard input to the end."""


@pytest.fixture(autouse=True)
def forks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where ``make test-full`` starts each process anew."""
    monkeypatch.setattr(subprocess.Popen, "_execute_child", zygote._fork_or_execute)


def is_forked(pid: int) -> bool:
    """Whether a process shows the command line of the zygote."""
    return "zygote.py" in Path(f"/proc/{pid}/cmdline").read_text()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--version"], 0),
        (["--help"], 0),
        (["nonsense"], 2),
        (["pubkey", "--data", "here"], 1),
        (["pubkey"], 1),
        (["pubkey", "--json"], 1),
        (["dev", "schema", "nonsense"], 2),
    ],
)
def test_it_prints_and_ends_as_one_that_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int
) -> None:
    environment = os.environ | {"PETITBLEU_DATA": str(tmp_path / "named")}

    def outcome() -> tuple[int, bytes, bytes]:
        done = subprocess.run(
            [*PROGRAM, *words], cwd=tmp_path, env=environment, capture_output=True, check=False
        )
        return done.returncode, done.stdout, done.stderr

    forked = outcome()
    monkeypatch.setattr(subprocess.Popen, "_execute_child", zygote._execute_child)
    assert forked == outcome()
    assert forked[0] == code


def test_an_exception_that_nobody_handles_is_shown_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "raises.py"
    script.write_text("import petitbleu\nraise LookupError('nobody handles it')\n")
    monkeypatch.setattr(zygote, "SCRIPTS", tmp_path)
    done = subprocess.run([sys.executable, str(script)], capture_output=True, check=False)
    assert done.returncode == 1
    assert b"LookupError: nobody handles it" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_it_is_a_child_of_ours_that_signals_end(number: signal.Signals) -> None:
    process = subprocess.Popen(WAITS, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert is_forked(process.pid)
    status = Path(f"/proc/{process.pid}/status").read_text()
    assert f"PPid:\t{os.getpid()}\n" in status
    assert process.poll() is None
    with process:
        # An interrupt in the middle of an import may be lost, as in any interpreter: once more.
        for _ in range(12):
            process.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(5)
                break
        assert process.returncode == -number


async def test_asyncio_starts_it_too() -> None:
    process = await asyncio.create_subprocess_exec(
        *WAITS, stdin=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    assert is_forked(process.pid)
    _, said = await process.communicate(b"no order")
    assert process.returncode == 1
    assert b"DecodeError" in said


@pytest.mark.parametrize("other", [{"PYTHONHASHSEED": "7"}, {"LC_ALL": "fr_FR"}, {"TZ": "UTC+3"}])
def test_what_an_interpreter_reads_as_it_starts_is_given_to_a_new_one(
    other: dict[str, str],
) -> None:
    process = subprocess.Popen(
        WAITS, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ | other
    )
    assert not is_forked(process.pid)
    process.kill()
    with process:
        assert process.wait(60) == -signal.SIGKILL


def test_only_what_was_forked_is_inherited() -> None:
    assert subprocess.run([*PROGRAM, "--version"], capture_output=True, check=True).stdout
    leaves = "sleep 60 > /dev/null 2>&1 & echo $!"
    orphan = int(subprocess.run(["sh", "-c", leaves], capture_output=True, check=True).stdout)
    try:
        status = Path(f"/proc/{orphan}/status").read_text()
        assert f"PPid:\t{os.getpid()}\n" not in status
    finally:
        os.kill(orphan, signal.SIGKILL)


def test_it_has_one_thread_and_no_file_of_others() -> None:
    found = Path(f"/proc/{zygote._zygote().process.pid}")
    assert len(list((found / "task").iterdir())) == 1
    assert len(list((found / "fd").iterdir())) == 4  # the three of each process, and the socket
