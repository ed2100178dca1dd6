"""Workers as processes over a real PostgreSQL and a real NATS: killed, stopped and continued."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from petitbleu.run.config import FILE
from tests.kit.nats import NatsServer
from tests.kit.stores import drop_postgres_database, new_postgres_database
from tests.kit.waiting import GUARD
from tests.run.process import CLEAN, COMMAND, Process, command


class Worker(Process):
    """One worker, with a port of its own."""

    def kill(self) -> None:
        """SIGKILL."""
        self.process.kill()
        self.ended()

    def pause(self) -> None:
        """SIGSTOP."""
        os.kill(self.process.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """SIGCONT."""
        os.kill(self.process.pid, signal.SIGCONT)


class ServerCluster:
    """``workers`` processes, each started by itself; ``settings``: lines before ``[cluster]``."""

    def __init__(
        self, data: Path, workers: int = 2, settings: str = "", more: str = "", *, url: str = ""
    ) -> None:
        """``url``: a database that is there already, and stays."""
        self.data = data
        self._own_database = not url
        self.url = url or new_postgres_database()
        self.nats = NatsServer()
        data.mkdir(parents=True, exist_ok=True)
        (data / FILE).write_text(
            f'database = "{self.url}"\n{settings}\n[cluster]\nbus = "{self.nats.url}"\n'
            f'keys = "keys"\ndrain_seconds = 0\n{more}\n'
        )
        self.count = workers
        self.workers: list[Worker] = []

    def __enter__(self) -> Self:
        made = command("keys", "init", str(self.data / "keys"))
        assert made.returncode == 0, made
        if not self._own_database:
            migrated = command("migrate", "--data", str(self.data))
            assert migrated.returncode == 0, migrated
        for _ in range(self.count):
            self.add()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        for worker in self.workers:
            if worker.process.poll() is None:
                worker.resume()
                worker.kill()
        self.nats.close()
        if self._own_database:
            drop_postgres_database(self.url)

    def add(self, *flags: str) -> Worker:
        """Another worker, once it serves."""
        worker = Worker(self.data, *flags)
        self.workers.append(worker)
        return worker

    def supervisor(self, workers: int, *flags: str) -> Worker:
        """A supervisor of so many workers on one port, once the first of them serves."""
        return self.add("--workers", str(workers), *flags)

    def status(self) -> dict[str, Any]:
        """What ``petitbleu cluster status`` says."""
        done = command("cluster", "status", "--data", str(self.data), "--json")
        assert done.stdout, done
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[0])
        return found

    def start_refused(self, *flags: str) -> subprocess.CompletedProcess[str]:
        """A start that is to be refused: its exit code and what it said."""
        words = ["serve", "--data", str(self.data), "--listen", "127.0.0.1:0", *flags]
        return subprocess.run(
            [*COMMAND, *words], capture_output=True, text=True, timeout=GUARD, env=CLEAN
        )
