"""Workers as processes behind HAProxy with PROXY v2, over a PostgreSQL and a NATS of their own.

It is what ``petitbleu dev cluster up`` starts; connections go to the workers in turn unless a test
wants them by address, as ``deploy/haproxy.cfg`` has it.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from petitbleu.bench.local_cluster import LocalCluster
from petitbleu.bench.server import HOST
from tests.kit.waiting import GUARD

IN_TURN = "roundrobin"
BY_ADDRESS = ""
KILL_SECONDS = 20.0
SEED = int(os.environ.get("SEED") or "1")
_PROGRAM = (sys.executable, "-P", "-c", "from petitbleu.cli import main; main()")


class ProxiedCluster:
    """Speaks like :class:`petitbleu.bench.server.Server`: ``port`` is HAProxy's."""

    def __init__(
        self,
        workers: int = 3,
        *,
        balance: str = IN_TURN,
        flags: Sequence[str] = (),
        settings: str = "",
        s3: bool = False,
        port: int = 0,
        drain_seconds: int = 2,
        program: Sequence[str] = _PROGRAM,
    ) -> None:
        # Not below pytest's folder: PostgreSQL does not run as root, and its user is to reach it.
        self._temporary = tempfile.TemporaryDirectory(
            prefix="petitbleu-proxied-", ignore_cleanup_errors=True
        )
        self.folder = Path(self._temporary.name)
        self.folder.chmod(0o711)
        self.count = workers
        self.local = LocalCluster(
            self.folder,
            workers,
            port=port,
            balance=balance,
            flags=flags,
            settings=settings,
            s3=s3,
            drain_seconds=drain_seconds,
            program=program,
            say=lambda line: None,
        )
        self.kills = 0
        self._killing: threading.Thread | None = None
        self._killed_enough = threading.Event()
        self._ended = threading.Event()
        self._keeping: threading.Thread | None = None
        self._hand = threading.RLock()
        """Held by who starts and kills workers."""
        self._away = False

    @property
    def port(self) -> int:
        return self.local.port

    @property
    def data(self) -> Path:
        return self.local.data

    def start(self) -> None:
        """Start all; whatever dies is started again from now on."""
        try:
            self.local.start()
        except BaseException:
            self.stop()
            raise
        self._keeping = threading.Thread(target=self._keep)
        self._keeping.start()

    def _keep(self) -> None:
        while not self._ended.wait(0.5):
            with self._hand:
                if not self._away:
                    self.local.start_ended()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End all, and leave nothing."""
        self._killed_enough.set()
        if self._killing is not None:
            self._killing.join()
        self._ended.set()
        if self._keeping is not None:
            self._keeping.join()
        self.local.stop()
        self._temporary.cleanup()

    # ── workers ─────────────────────────────────────────────────────────────────────────────────

    def address(self, worker: int) -> tuple[str, int]:
        """Where a worker itself is reached (``worker`` from 0)."""
        return HOST, self.local.upstreams[worker].port

    def pid(self, name: str) -> int:
        """The process of ``worker 1``, ``NATS``, ``HAProxy`` …."""
        return next(place.pid for place in self.local.places() if place.name == name)

    def kill(self, name: str) -> None:
        """SIGKILL; it is started again."""
        os.kill(self.pid(name), signal.SIGKILL)

    def kill_often(self, seconds: float = KILL_SECONDS) -> None:
        """From now on a worker, drawn by :data:`SEED`, is killed every so many seconds."""
        self._killing = threading.Thread(target=self._kill_often, args=(seconds,))
        self._killing.start()

    def _kill_often(self, seconds: float) -> None:
        dice = random.Random(SEED)
        while not self._killed_enough.wait(seconds):
            with self._hand:
                if not self._away:
                    self.kill(f"worker {dice.randint(1, self.count)}")
                    self.kills += 1

    def kill_all(self) -> None:
        """SIGKILL to all workers and the proxies: nobody listens until :meth:`start_all`."""
        with self._hand:
            self.local.start_ended()
            self._away = True
            for place in self.local.places():
                if place.name.startswith(("HAProxy", "worker")):
                    os.kill(place.pid, signal.SIGKILL)

    def start_all(self) -> None:
        """Start all again; wait until each worker takes people."""
        with self._hand:
            self._away = False
            self.local.start_ended()
        self._wait_ready()

    def kill_no_more(self) -> None:
        """The end of :meth:`kill_often`; what was killed is there again."""
        self._killed_enough.set()
        if self._killing is not None:
            self._killing.join()
        self._wait_ready()
        print(f"SEED={SEED}: {self.kills} workers killed")

    def _wait_ready(self) -> None:
        until = time.monotonic() + GUARD
        while not all(self.observed(n, "/readyz")[0] == 200 for n in range(self.count)):
            assert time.monotonic() < until, "a worker does not come back"
            time.sleep(0.1)

    def restart(self, worker: int, environment: dict[str, str] | None = None) -> None:
        """SIGTERM to a worker (from 0): it drains; wait until its successor takes people.
        ``environment``: what the successor is told besides (``PYTHONPATH``: of another version).
        """
        name = f"worker {worker + 1}"
        self.local.set_environment(name, environment or {})
        before = self.pid(name)
        os.kill(before, signal.SIGTERM)
        until = time.monotonic() + GUARD * 2
        while time.monotonic() < until:
            if self.pid(name) != before and self.observed(worker, "/readyz")[0] == 200:
                return
            time.sleep(0.1)
        raise AssertionError(f"{name} did not come back")

    def observed(self, worker: int, path: str) -> tuple[int, str]:
        """What ``metrics_listen`` of a worker answers: status and text; 0: nobody is there."""
        address = f"http://{HOST}:{self.local.upstreams[worker].metrics}{path}"
        try:
            with urllib.request.urlopen(address, timeout=GUARD) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def metric(self, name: str) -> list[float]:
        """A number of ``/metrics`` of each worker, labels added up; 0 where it is not there."""
        found = []
        for worker in range(self.count):
            _, text = self.observed(worker, "/metrics")
            rows = re.findall(rf"^petitbleu_{name}(?:{{[^}}]*}})? (\S+)$", text, re.M)
            found.append(sum(map(float, rows)))
        return found

    # ── as a Server ─────────────────────────────────────────────────────────────────────────────

    def run(self, *words: str, environment: dict[str, str] | None = None) -> str:
        """A command against the same data; its standard output."""
        done = subprocess.run(
            [*_PROGRAM, *words, "--data", str(self.data)],
            capture_output=True,
            text=True,
            timeout=GUARD * 4,
            env={**os.environ, **self.local.environment, **(environment or {})},
        )
        if done.returncode:
            raise AssertionError(f"{' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout

    def status(self) -> dict[str, Any]:
        """What ``petitbleu cluster status`` says."""
        words = [*_PROGRAM, "cluster", "status", "--json", "--data", str(self.data)]
        done = subprocess.run(words, capture_output=True, text=True, timeout=GUARD * 4)
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[0])
        return found

    def public_key(self) -> str:
        """The RSA key clients must trust, as PKCS#1 PEM."""
        pem: str = json.loads(self.run("pubkey", "--json"))["pem"]
        return pem

    def log(self) -> str:
        """What the workers printed."""
        found = sorted(self.folder.glob("worker-*.log"))
        return "".join(one.read_text("utf-8", "replace") for one in found)

    def code(self, phone: str) -> str:
        """The newest code for a number, from the page that a developer looks at; empty: none."""
        for worker in range(self.count):
            try:
                with urllib.request.urlopen(
                    f"http://{HOST}:{self.address(worker)[1]}/dev", timeout=GUARD
                ) as page:
                    text = re.sub(r"<[^>]+>", " ", page.read().decode())
            except OSError:
                continue
            found = re.findall(rf"{phone}\s+(\d{{5,6}})\b", text)
            if found:
                return str(found[0])
        return ""
