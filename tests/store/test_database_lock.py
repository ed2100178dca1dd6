"""One server at a time on a PostgreSQL database: real processes, real locks."""

from __future__ import annotations

import asyncio
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import asyncpg
import pytest

from petitbleu.errors import StoreUnavailable
from petitbleu.store import database_lock
from petitbleu.store.api import Tx
from petitbleu.store.database_lock import APPLICATION
from petitbleu.store.migrate import Refused
from petitbleu.store.postgres import CONNECTIONS, HOT_CONNECTIONS, PostgresStore
from petitbleu.store.query import query
from tests.kit.sizes import size
from tests.kit.stores import drop_postgres_database, new_postgres_database
from tests.kit.waiting import GUARD, asked_until, until
from tests.run.process import CLEAN, COMMAND, Process, command

PUT = query("insert into setting (name, value) values (:name, :value)")
WAIT, SAY = size(9, database_lock.WAIT_SECONDS), size(3, database_lock.SAY_SECONDS)
"""Seconds that a server waits for the lock, and between two lines that say so."""
SENTENCE = "Another petitbleu server uses this PostgreSQL database, connected "
LOCKS = (
    "select pid from pg_locks where locktype = 'advisory' and granted and database = (select oid"
)
LOCKS += " from pg_database where datname = current_database()) and classid::bigint = $1"


async def put(tx: Tx, name: str) -> None:
    await tx.run(PUT, name=name, value=b"")


@pytest.fixture
async def url() -> AsyncIterator[str]:
    found = new_postgres_database()
    yield found
    drop_postgres_database(found)


@pytest.fixture
async def admin(url: str) -> AsyncIterator[asyncpg.Connection]:
    conn = await asyncpg.connect(url)
    yield conn
    await conn.close()


async def holder(admin: asyncpg.Connection) -> int | None:
    """The PostgreSQL process that has the lock."""
    found: int | None = await admin.fetchval(LOCKS, database_lock.KEY >> 32)
    return found


def start(
    data: Path,
    url: str,
    wait: int = database_lock.WAIT_SECONDS,
    say: int = database_lock.SAY_SECONDS,
) -> subprocess.Popen[str]:
    """A server, not waited for, that waits for the lock for ``wait`` seconds and says so every
    ``say`` seconds.
    """
    words = ["serve", "--data", str(data), "--listen", "127.0.0.1:0", "--database", url]
    changes = f"lock.WAIT_SECONDS, lock.SAY_SECONDS = {wait}, {say}"
    program = f"from petitbleu.store import database_lock as lock; {changes}; {COMMAND[-1]}"
    return subprocess.Popen(
        [*COMMAND[:-1], program, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=CLEAN,
    )


def with_keys_of(data: Path, other: Path) -> Path:
    """Another data folder for the same database, as on a second machine."""
    shutil.copytree(data / "keys", other / "keys")
    return other


def served(process: subprocess.Popen[str]) -> bool:
    """Wait until it serves; False where it ended."""
    assert process.stdout is not None
    return any("Address" in line for line in process.stdout)


@pytest.mark.sometimes(2)
async def test_a_second_server_waits_says_so_and_ends(tmp_path: Path, url: str) -> None:
    """Also where the first one is frozen: whether it will go on nobody can tell."""
    first = await asyncio.to_thread(Process, tmp_path / "a", "--database", url)
    os.kill(first.process.pid, signal.SIGSTOP)
    began = time.monotonic()
    second = start(tmp_path / "b", url, WAIT, SAY)
    said, errors = await asyncio.to_thread(second.communicate, timeout=GUARD * 2)
    took = time.monotonic() - began
    os.kill(first.process.pid, signal.SIGCONT)
    print(errors)
    assert second.returncode == 1 and "Address" not in said
    assert took >= WAIT
    waiting = [line for line in errors.splitlines() if "it is waited for" in line]
    assert len(waiting) == WAIT // SAY
    assert SENTENCE in errors.splitlines()[-1] and "Traceback" not in errors
    # It made no keys, and the first one goes on.
    assert not (tmp_path / "b" / "keys").exists()
    for words in (("admin", "user", "list"), ("check",), ("backup", str(tmp_path / "saved"))):
        done = await asyncio.to_thread(command, *words, "--data", str(tmp_path / "a"))
        assert done.returncode == 0, done
    assert (await asyncio.to_thread(first.stop))[0] == 0


async def test_the_next_server_takes_over_from_one_that_was_killed(
    tmp_path: Path, url: str
) -> None:
    first = await asyncio.to_thread(Process, tmp_path / "a", "--database", url)
    second = start(with_keys_of(tmp_path / "a", tmp_path / "a2"), url)
    assert second.stderr is not None
    assert "it is waited for" in await asyncio.to_thread(second.stderr.readline)
    first.process.kill()
    assert await asyncio.to_thread(served, second)
    second.terminate()
    _, errors = await asyncio.to_thread(second.communicate, timeout=GUARD)
    assert second.returncode == 0, errors
    first.process.communicate()


async def test_a_lost_lock_is_taken_again(
    tmp_path: Path, url: str, admin: asyncpg.Connection
) -> None:
    first = await asyncio.to_thread(Process, tmp_path / "a", "--database", url)
    before = await holder(admin)
    await admin.execute("select pg_terminate_backend($1)", before)

    async def again() -> bool:
        return await holder(admin) not in (None, before)

    await asked_until(again)
    done = await asyncio.to_thread(command, "check", "--data", str(tmp_path / "a"))
    assert "The database answers" in done.stdout
    code, errors = await asyncio.to_thread(first.stop)
    assert code == 0
    assert "the connection that holds the lock on the database was lost" in errors
    assert "the lock on the database is held again" in errors


async def test_who_waits_for_it_hears_that_the_database_is_there_again(
    tmp_path: Path, url: str, admin: asyncpg.Connection
) -> None:
    store = await PostgresStore.open(url, tmp_path / "a")
    heard: list[int] = []
    store.on_reconnected(lambda: heard.append(1))
    await admin.execute("select pg_terminate_backend($1)", await holder(admin))
    await until(lambda: heard)
    await store.write(put, "x")
    await store.close()
    assert heard == [1]


async def test_a_server_that_was_overtaken_ends(
    tmp_path: Path, url: str, admin: asyncpg.Connection
) -> None:
    """It was frozen, PostgreSQL gave its lock away, and it wakes up."""
    first = await asyncio.to_thread(Process, tmp_path / "a", "--database", url)
    os.kill(first.process.pid, signal.SIGSTOP)
    await admin.execute("select pg_terminate_backend($1)", await holder(admin))
    other = with_keys_of(tmp_path / "a", tmp_path / "b")
    second = await asyncio.to_thread(Process, other, "--database", url)
    names = await admin.fetch(
        "select pid from pg_stat_activity where application_name = $1", APPLICATION
    )
    os.kill(first.process.pid, signal.SIGCONT)
    errors = await asyncio.to_thread(first.ended)
    print(errors)
    assert first.process.returncode == 1
    assert SENTENCE in errors and "Traceback" not in errors
    # What the first one had open was ended before the second one began.
    assert len(names) <= CONNECTIONS + HOT_CONNECTIONS
    code, errors = await asyncio.to_thread(second.stop)
    assert code == 0 and "of the server before this one were ended" in errors


async def test_nothing_is_written_while_another_has_the_lock(
    tmp_path: Path, url: str, admin: asyncpg.Connection
) -> None:
    store = await PostgresStore.open(url, tmp_path / "a")
    taken: list[str] = []
    store.on_taken(taken.append)
    await store.write(put, "before")
    await admin.execute(
        "select pg_terminate_backend($1), pg_advisory_lock($2)",
        await holder(admin),
        database_lock.KEY,
    )
    await until(lambda: taken)
    assert SENTENCE in taken[0]
    with pytest.raises(StoreUnavailable, match="the lock on the database was lost"):
        await store.write(put, "never")
    assert await admin.fetchval("select count(*) from setting where name = 'never'") == 0
    await store.close()


async def test_a_lock_connection_that_does_not_answer_counts_as_lost(
    tmp_path: Path, url: str, admin: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The network is gone without a word; PostgreSQL goes on thinking that we have the lock."""
    monkeypatch.setattr(database_lock, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(database_lock, "PATIENCE", 2.0)
    store = await PostgresStore.open(url, tmp_path / "a")
    before = await holder(admin)
    process = before
    assert process is not None
    os.kill(process, signal.SIGSTOP)

    async def again() -> bool:
        return await holder(admin) not in (None, before)

    async def stopped() -> bool:
        try:
            await store.write(put, f"x{time.monotonic_ns()}")
        except StoreUnavailable:
            return True
        return False

    await asked_until(stopped)
    os.kill(process, signal.SIGCONT)
    await asked_until(again)

    async def goes_on() -> bool:
        return not await stopped()

    await asked_until(goes_on)
    await store.close()


# ── a proxy in between ──────────────────────────────────────────────────────────────────────────


@contextmanager
def pgbouncer(url: str, mode: str) -> Iterator[str]:
    """The URL of a PgBouncer (Debian package ``pgbouncer``) before the database."""
    program = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
    assert program is not None, "missing: pgbouncer (Debian package pgbouncer)"
    parts = urlsplit(url)
    host = parse_qs(parts.query).get("host", [parts.hostname or "127.0.0.1"])[0]
    name = parts.path.strip("/")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="petitbleu-bouncer-", dir="/tmp"))
    (folder / "users").write_text('"postgres" ""\n')
    (folder / "ini").write_text(
        f"[databases]\n{name} = host={host} port={parts.port or 5432} user=postgres\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nauth_type = trust\n"
        f"auth_file = {folder / 'users'}\npool_mode = {mode}\nunix_socket_dir =\n"
        "ignore_startup_parameters = jit\ndefault_pool_size = 20\n"
    )
    options: dict[str, object] = {}
    if os.geteuid() == 0:  # it refuses to run as root
        nobody = pwd.getpwnam("nobody")
        for path in (folder, *folder.iterdir()):
            os.chown(path, nobody.pw_uid, nobody.pw_gid)
        options = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    process = subprocess.Popen(
        [program, "-q", str(folder / "ini")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **options,  # type: ignore[call-overload]
    )
    try:
        for _ in range(600):
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"postgresql://postgres@127.0.0.1:{port}/{name}"
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize("mode", ["transaction", "statement"])
async def test_a_proxy_that_shares_connections_is_refused(
    tmp_path: Path, url: str, mode: str
) -> None:
    with pgbouncer(url, mode) as proxied:
        process = start(tmp_path / "a", proxied)
        _, errors = await asyncio.to_thread(process.communicate, timeout=GUARD)
    print(errors)
    assert process.returncode == 1 and "Traceback" not in errors
    assert "stands a proxy that shares connections between transactions" in errors
    assert not (tmp_path / "a" / "keys").exists()


async def test_a_proxy_with_a_connection_each_is_no_hindrance(
    tmp_path: Path, url: str, admin: asyncpg.Connection
) -> None:
    with pgbouncer(url, "session") as proxied:
        store = await PostgresStore.open(proxied, tmp_path / "a")
        await store.write(put, "through")
        assert await holder(admin) is not None
        await store.close()


async def test_what_a_wrong_database_is_told(tmp_path: Path, url: str) -> None:
    with pytest.raises(StoreUnavailable, match="does not exist"):
        await PostgresStore.open(url.replace("/pb_", "/no_such_pb_"), tmp_path / "a")
    # Without a folder (tests, restoring) no lock is taken: two at once.
    stores = [await PostgresStore.open(url) for _ in range(2)]
    for each in stores:
        await each.close()
    assert not isinstance(StoreUnavailable, Refused)
