"""Witnesses and a log that others wrote, as processes: built from their modules by Go.

A long test that takes them is skipped with a sentence where Go, or what a program needs, is not.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from petitbleu.bench.server import free_port
from petitbleu.desk.records.witnesses import cosignatures
from tests.kit.postgres import _die_with_parent
from tests.kit.waiting import GUARD

NAME = "witness.example.net/foreign"
OMNIWITNESS = (
    "github.com/transparency-dev/witness/cmd/omniwitness@v0.0.0-20260720115447-2e1c6971d19e"
)
LITEWITNESS = "filippo.io/torchwood/cmd/litewitness@v0.6.1"
BUILDING = 900
"""Seconds that fetching and building may take; later builds come from Go's cache."""


def _go(folder: Path, *arguments: str) -> None:
    go = shutil.which("go")
    if go is None:
        pytest.skip("there is no Go toolchain to build witnesses of others with")
    done = subprocess.run(
        [go, *arguments],
        cwd=folder,
        env={**os.environ, "GOBIN": str(folder)},
        capture_output=True,
        text=True,
        timeout=BUILDING,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["nothing"]
        if any("no required module" in one or ".go:" in one for one in said[-1:]):
            pytest.fail(f"go {' '.join(arguments)}: {done.stderr}")
        pytest.skip(f"go {arguments[0]} cannot fetch what it needs: {said[-1]}")


def log_program(folder: Path) -> Path:
    """``foreignlog/main.go``, built."""
    shutil.copytree(Path(__file__).parent / "foreignlog", folder / "foreignlog")
    _go(folder / "foreignlog", "build", "-o", str(folder / "log"), ".")
    return folder / "log"


def told(program: Path, *arguments: str, note: str = "") -> list[str]:
    """The lines that the foreign log prints."""
    done = subprocess.run(
        [str(program), *arguments], input=note, capture_output=True, text=True, timeout=GUARD
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


class Foreign(NamedTuple):
    """A witness that runs; ``setting`` is its entry in ``desk.witnesses``."""

    url: str
    key: str
    command: Sequence[str]
    processes: list[subprocess.Popen[bytes]]

    @property
    def setting(self) -> str:
        return f"{self.url} {self.key}"

    def killed_and_again(self) -> None:
        """SIGKILL, and a start over the same files."""
        self.processes[-1].kill()
        self.processes[-1].wait()
        self.begin()

    def begin(self) -> None:
        self.processes.append(_process(self.command))
        until = time.monotonic() + GUARD
        while time.monotonic() < until and self.processes[-1].poll() is None:
            try:
                subprocess.run(
                    ["curl", "-s", "-o", os.devnull, self.url], check=True, timeout=GUARD
                )
            except subprocess.CalledProcessError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(f"{self.command[0]} did not start")


def _process(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=_die_with_parent,
    )


@contextmanager
def _running(made: Foreign) -> Iterator[Foreign]:
    try:
        made.begin()
        yield made
    finally:
        for process in made.processes:
            process.kill()
            process.wait()


@contextmanager
def omniwitness(folder: Path, origin: str, log_key: str) -> Iterator[Foreign]:
    """transparency-dev's witness, which knows one log more than those of its own list."""
    _go(folder, "install", OMNIWITNESS)
    key = Ed25519PrivateKey.generate()
    seed = base64.b64encode(b"\x04" + key.private_bytes_raw()).decode()
    vkey = cosignatures.written(NAME, key.public_key())
    (folder / "key").write_text(f"PRIVATE+KEY+{NAME}+{vkey.split('+')[1]}+{seed}")
    (folder / "logs.yaml").write_text(
        f'Logs:\n  - Origin: "{origin}"\n    PublicKey: "{log_key}"\n    URL: ""\n'
    )
    address = f"127.0.0.1:{free_port()}"
    command = [str(folder / "omniwitness"), f"--listen={address}", "--metrics_listen="]
    command += [f"--private_key_path={folder / 'key'}", f"--db_file={folder / 'heads.db'}"]
    command += [f"--additional_logs={folder / 'logs.yaml'}"]
    with _running(Foreign(f"http://{address}", vkey, command, [])) as made:
        yield made


@contextmanager
def litewitness(folder: Path, origin: str, log_key: str) -> Iterator[Foreign]:
    """torchwood's witness. Its key is in an ssh-agent; its tool for adding a log is not to be had
    whole, so the two rows that it would write are written here.
    """
    if shutil.which("ssh-agent") is None:
        pytest.skip("there is no ssh-agent to hold the key of litewitness")
    _go(folder, "install", LITEWITNESS)
    key = Ed25519PrivateKey.generate()
    openssh = serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
    (folder / "key").touch(0o600)
    (folder / "key").write_bytes(key.private_bytes(serialization.Encoding.PEM, *openssh))
    public = key.public_key().public_bytes(
        serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH
    )
    digest = hashlib.sha256(base64.b64decode(public.split()[1])).digest()
    mark = f"SHA256:{base64.b64encode(digest).decode().rstrip('=')}"
    agent = _process(["ssh-agent", "-D", "-a", str(folder / "agent")])
    try:
        until = time.monotonic() + GUARD
        while not (folder / "agent").exists() and time.monotonic() < until:
            time.sleep(0.02)
        known = {**os.environ, "SSH_AUTH_SOCK": str(folder / "agent")}
        subprocess.run(
            ["ssh-add", "-q", str(folder / "key")], env=known, check=True, capture_output=True
        )
        address = f"127.0.0.1:{free_port()}"
        command = [str(folder / "litewitness"), "-name", NAME, "-listen", address, "-key", mark]
        command += ["-db", str(folder / "heads.db"), "-ssh-agent", str(folder / "agent")]
        vkey = cosignatures.written(NAME, key.public_key())
        with _running(Foreign(f"http://{address}", vkey, command, [])) as made:
            empty = base64.b64encode(hashlib.sha256().digest()).decode()
            with sqlite3.connect(folder / "heads.db") as db:
                db.execute("insert into log values (?, 0, ?)", (origin, empty))
                db.execute("insert into key values (?, ?)", (origin, log_key))
            yield made
    finally:
        agent.kill()
        agent.wait()
