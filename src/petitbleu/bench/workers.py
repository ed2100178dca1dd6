"""Several workers over the database of a server that was alone: for the bench.

They take over its data folder, keys and people while it is stopped, and give them back.
"""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import psutil

from petitbleu.bench.server import HOST, Server, Usage, cpu_seconds, free_port, resident_kib
from petitbleu.run.config import FILE

START_SECONDS = 20.0
PERIOD_US = 100_000
"""Of the kernel's CPU quota (cfs_period_us)."""
_GROUPS = Path("/sys/fs/cgroup")


class Nats:
    """A ``nats-server`` of the wheel, on a port of its own."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"nats://{HOST}:{self.port}"
        program = Path(sys.executable).parent / "nats-server"
        words = [str(program), "-a", HOST, "-p", str(self.port)]
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection((HOST, self.port), 1):
                return
            time.sleep(0.02)
        raise RuntimeError("nats-server did not start")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


class Workers(Server):
    """``count`` workers on the data and the database of ``alone``, which must not run meanwhile.

    CPU and memory are those of all workers and of NATS; the database's are apart.
    """

    def __init__(self, alone: Server, nats: Nats, count: int = 2, settings: str = "") -> None:
        """``settings``: more lines of ``[cluster]``."""
        super().__init__(alone.data, database=alone.database, postgres=alone.postgres)
        self.nats = nats
        self._settings = settings
        self.workers = [Server(alone.data, database=alone.database) for _ in range(count)]

    @property
    def ports(self) -> list[int]:
        return [worker.port for worker in self.workers]

    def start(self) -> float:
        """Start all, one after the other; the seconds it took."""
        self.data.joinpath(FILE).write_text(
            f'database = "{self.database}"\n[cluster]\nbus = "{self.nats.url}"\n'
            f"drain_seconds = 0\n{self._settings}",
            "utf-8",
        )
        self._note_database()
        self._nats_before = cpu_seconds(psutil.Process(self.nats.process.pid))
        return sum(worker.start() for worker in self.workers)

    def stop(self) -> None:
        for worker in self.workers:
            worker.stop()
        self.data.joinpath(FILE).unlink(missing_ok=True)

    def usage(self) -> Usage:
        nats = psutil.Process(self.nats.process.pid)
        each = [worker.usage() for worker in self.workers]
        cpu = sum(one.server_cpu for one in each) + cpu_seconds(nats) - self._nats_before
        kib = sum(one.server_kib for one in each) + resident_kib(nats)
        database_cpu, database_kib = self._database_usage()
        return Usage(cpu, database_cpu, kib, database_kib)

    @property
    def nats_cpu(self) -> float:
        """CPU seconds of NATS since the workers' start."""
        return cpu_seconds(psutil.Process(self.nats.process.pid)) - self._nats_before


class NoLimit(Exception):
    """Says in a sentence why this machine cannot hold a process to a share of a core."""


@contextlib.contextmanager
def held(pids: Sequence[int], percent: float) -> Iterator[None]:
    """Hold each process to ``percent`` of a core meanwhile. Raises NoLimit."""
    made: list[Path] = []
    home = _home()
    try:
        for pid in pids:
            folder = Path(tempfile.mkdtemp(prefix="petitbleu-", dir=home))
            made.append(folder)
            quota = int(PERIOD_US * percent / 100)
            if home == _GROUPS:
                folder.joinpath("cpu.max").write_text(f"{quota} {PERIOD_US}")
            else:
                folder.joinpath("cpu.cfs_period_us").write_text(str(PERIOD_US))
                folder.joinpath("cpu.cfs_quota_us").write_text(str(quota))
            folder.joinpath("cgroup.procs").write_text(str(pid))
    except OSError as error:
        _release(home, made)
        raise NoLimit(f"no share of a core can be set here: {error}") from None
    try:
        yield
    finally:
        _release(home, made)


def _home() -> Path:
    """Where groups are made: below this process's own; with cgroup v2 that holds none."""
    old = _GROUPS / "cpu"
    if not old.is_dir():
        return _GROUPS
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, own = line.split(":", 2)
        if "cpu" in controllers.split(","):
            return old / own.lstrip("/")
    return old


def _release(home: Path, made: Sequence[Path]) -> None:
    for folder in made:
        with contextlib.suppress(OSError):
            for pid in folder.joinpath("cgroup.procs").read_text().split():
                home.joinpath("cgroup.procs").write_text(pid)
            folder.rmdir()
