"""Several workers as processes: supervised on one port, drained, killed, frozen."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import AsyncMock, patch
from urllib.request import urlopen

import asyncpg
import pytest

from petitbleu.config import Cluster, Config
from petitbleu.run import cluster_access
from petitbleu.run.config import FILE
from tests.kit import buckets
from tests.kit.nats import NatsServer
from tests.kit.server_cluster import ServerCluster
from tests.kit.waiting import GUARD, asked_until
from tests.run.process import CLEAN, COMMAND, command


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[ServerCluster]:
    with ServerCluster(tmp_path / "data", 2) as found:
        yield found


@pytest.fixture
def nobody(tmp_path: Path) -> Iterator[ServerCluster]:
    """A cluster without a worker."""
    with ServerCluster(tmp_path / "data", 0) as found:
        yield found


async def ids(conn: asyncpg.Connection) -> list[int]:
    return [row[0] for row in await conn.fetch("select id from worker order by id")]


async def holder(conn: asyncpg.Connection, lease: str = "jobs") -> int:
    """The worker that has a lease now; 0: nobody."""
    now = "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)"
    found: int | None = await conn.fetchval(
        f"select holder from lease where name = $1 and until > {now}", lease
    )
    return found or 0


def dial(port: int, source: str) -> int:
    """The number of the worker that an address of this machine reaches."""
    with socket.socket() as sock:
        sock.settimeout(GUARD)
        sock.bind((source, 0))
        sock.connect(("127.0.0.1", port))
        sock.sendall(b"GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        said = b""
        while more := sock.recv(1 << 16):
            said += more
    found = [line for line in said.splitlines() if line.startswith(b"petitbleu_worker ")]
    return int(float(found[0].split()[1])) if found else 0


@pytest.mark.long
async def test_workers_of_a_supervisor_share_a_port_and_a_dead_one_is_started_again(
    nobody: ServerCluster,
) -> None:
    conn = await asyncpg.connect(nobody.url)
    supervisor = await asyncio.to_thread(nobody.supervisor, 3)

    async def three() -> bool:
        return len(await ids(conn)) == 3

    await asked_until(three)
    port = supervisor.address[1]
    sources = [f"127.0.0.{number}" for number in range(2, 22)]

    async def spread() -> bool:
        """Every address always reaches one worker, and together they reach all three."""
        found = {source: {dial(port, source) for _ in range(3)} for source in sources}
        seen = set().union(*found.values())
        return 0 not in seen and len(seen) == 3 and all(len(one) == 1 for one in found.values())

    await asked_until(spread)
    before = await ids(conn)
    names = await conn.fetch("select id, name from worker order by id")
    os.kill(int(names[0]["name"].rpartition("/")[2]), signal.SIGKILL)

    async def replaced() -> bool:
        now = await ids(conn)
        return len(now) == 3 and before[0] not in now and now[-1] > before[-1]

    await asked_until(replaced)
    await asked_until(spread)
    code, errors = await asyncio.to_thread(supervisor.stop)
    assert code == 0, errors
    print(errors)
    assert "supervisor.worker_ended" in errors and "Traceback" not in errors
    assert await ids(conn) == [], "who is told to stop takes its row away"
    await conn.close()


@pytest.mark.long
async def test_a_supervisor_replaces_its_workers_one_after_the_other(
    nobody: ServerCluster,
) -> None:
    """SIGHUP: all are others afterwards, and at no moment fewer than two of three serve. Where a
    successor refuses to start, the round ends and the other two go on.
    """
    conn = await asyncpg.connect(nobody.url)
    supervisor = await asyncio.to_thread(nobody.supervisor, 3)

    async def ready() -> list[int]:
        return [row[0] for row in await conn.fetch("select id from worker where draining = 0")]

    async def three() -> bool:
        return len(await ready()) == 3

    await asked_until(three)
    before = await ready()
    fewest = 3
    supervisor.process.send_signal(signal.SIGHUP)

    async def all_are_others() -> bool:
        nonlocal fewest
        now = await ready()
        fewest = min(fewest, len(now))
        return len(now) == 3 and not set(now) & set(before)

    await asked_until(all_are_others, 4 * GUARD)
    assert fewest == 2

    async def round_is_over() -> bool:
        return supervisor.logged.count("supervisor.worker_replaced") == 3

    await asked_until(round_is_over)  # another one begins only then
    before = await ready()
    (nobody.data / "keys").rename(nobody.data / "elsewhere")
    supervisor.process.send_signal(signal.SIGHUP)

    async def one_is_missing() -> bool:
        now = await ready()
        return len(now) == 2 and set(now) < set(before)

    await asked_until(one_is_missing, 2 * GUARD)
    await asyncio.sleep(3)  # were the round to go on, the next would drain now
    assert await one_is_missing()
    (nobody.data / "elsewhere").rename(nobody.data / "keys")
    await asked_until(three, 2 * GUARD)
    code, errors = await asyncio.to_thread(supervisor.stop)
    assert code == 0 and "Traceback" not in errors
    assert errors.count("supervisor.worker_replaced") == 3
    assert "supervisor.round_ended" in errors
    await conn.close()


async def test_what_is_wrong_with_several_workers_is_said_once(
    nobody: ServerCluster, tmp_path: Path
) -> None:
    """The supervisor ends too: the next start would be refused as well."""
    conn = await asyncpg.connect(nobody.url)
    await conn.execute("delete from migration where version = (select max(version) from migration)")
    await conn.close()
    done = await asyncio.to_thread(nobody.start_refused, "--workers", "2")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "Run `petitbleu migrate` once, then start the workers" in done.stderr


async def test_keys_that_are_missing_or_others_are_refused(pair: ServerCluster) -> None:
    settings = pair.data / FILE
    right = settings.read_text()
    settings.write_text(right.replace('keys = "keys"', 'keys = "elsewhere"'))
    done = await asyncio.to_thread(pair.start_refused)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "are not those of this database: " in done.stderr and "is missing" in done.stderr
    assert not (pair.data / "elsewhere").exists(), "a worker makes no keys"
    made = await asyncio.to_thread(command, "keys", "init", str(pair.data / "elsewhere"))
    assert made.returncode == 0
    done = await asyncio.to_thread(pair.start_refused)
    assert done.returncode == 1 and "are not those of this database" in done.stderr


async def test_what_several_workers_need_is_tried_before_a_start(nobody: ServerCluster) -> None:
    words = ("check", "--cluster", "--data", str(nobody.data))
    done = await asyncio.to_thread(command, *words)
    print(done.stdout)
    assert done.returncode == 0, done
    for said in (
        "s off the database's",
        "of this version",
        "no synchronous standby",
        "bus answers",
        f"NATS at 127.0.0.1:{nobody.nats.port} takes frames from anybody",
        "Files are in the data folder",
    ):
        assert said in done.stdout
    nobody.nats.kill()
    done = await asyncio.to_thread(command, *words)
    assert done.returncode == 1 and "The bus does not answer." in done.stdout
    alone = nobody.data.parent / "alone"
    alone.mkdir()
    done = await asyncio.to_thread(command, *words[:2], "--data", str(alone))
    assert done.returncode == 1 and "[cluster] bus is empty" in done.stdout


async def test_the_bucket_is_tried_where_one_is_set() -> None:
    bucket = buckets.new_bucket()
    database = "postgresql://nobody@nowhere/none"
    found = await cluster_access.describe_bucket(
        Config(database=database, cluster=Cluster(blobs=bucket))
    )
    assert found[0] and "takes, gives back and deletes objects" in found[1][0]
    none = Config(database=database, cluster=Cluster(blobs=bucket.replace("bucket-", "none-", 1)))
    ok, lines = await cluster_access.describe_bucket(none)
    assert not ok and len(lines) == 1 and "there is no such bucket" in lines[0]
    ok, lines = await cluster_access.describe_bucket(Config())
    assert ok and "in the data folder" in lines[0]


async def test_servers_with_a_user_are_closed_to_others_and_tls_is_missed_off_loopback() -> None:
    closed = NatsServer('authorization { user: "pb", password: "secret" }', user="pb:secret")
    narrow = NatsServer(
        'authorization { users: [{ user: "pb", password: "secret" },'
        ' { user: "guest", permissions: { publish: "elsewhere" } }] }\nno_auth_user: "guest"',
        user="pb:secret",
    )
    free = NatsServer()
    try:
        for server, found in ((closed, []), (narrow, []), (free, [f"127.0.0.1:{free.port}"])):
            config = Config(cluster=Cluster(bus=server.url))
            assert await cluster_access.open_servers(config) == found
    finally:
        for server in (closed, narrow, free):
            server.close()
    far = Config(cluster=Cluster(bus="nats://pb:secret@192.0.2.1:4222,127.0.0.1:1"))
    with patch.object(cluster_access, "open_servers", AsyncMock(return_value=["192.0.2.1:4222"])):
        ok, lines = await cluster_access.describe_bus(far)
    assert not ok and "to 192.0.2.1:4222 without TLS" in lines[0] and "anybody" in lines[1]
    assert "secret" not in "".join(lines)


def test_keys_are_made_once(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    assert command("keys", "init", str(folder)).returncode == 0
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {"rsa-0001.pem", "secrets.json", "journal-ed25519.pem", "vapid.pem"} <= set(before)
    again = command("keys", "init", str(folder))
    assert again.returncode == 0 and "nothing was made" in again.stdout
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    (folder / "secrets.json").unlink()
    half = command("keys", "init", str(folder))
    assert half.returncode == 1 and "but no secrets.json: nothing was made" in half.stderr
    assert not (folder / "secrets.json").exists()


@pytest.mark.long
async def test_a_killed_leader_is_followed_and_its_claims_are_taken_up(
    pair: ServerCluster,
) -> None:
    conn = await asyncpg.connect(pair.url)
    leader = await holder(conn)
    first, second = pair.workers
    assert "You are" in "".join(first.said) and leader == (await ids(conn))[0]
    await conn.execute("update job set worker = $1, claim = id, until = 1 << 60", leader)
    claimed = await conn.fetchval("select count(*) from job where worker = $1", leader)
    assert claimed > 20
    began = time.monotonic()
    await asyncio.to_thread(first.kill)

    async def followed() -> bool:
        free = await conn.fetchval("select count(*) from job where worker = $1", leader)
        return free == 0 and await holder(conn) not in (0, leader)

    await asked_until(followed)
    print(f"taken up after {time.monotonic() - began:.1f} s (goal 12)")
    said = await asyncio.to_thread(pair.status)
    assert any("leads deferred work (term 2)" in line for line in said["lines"]), said
    await conn.close()
    code, errors = await asyncio.to_thread(second.stop)
    assert code == 0 and "is silent: it was taken off" in errors


@pytest.mark.long
async def test_a_frozen_leader_ends_when_it_wakes_up(pair: ServerCluster) -> None:
    conn = await asyncpg.connect(pair.url)
    leader = await holder(conn)
    first, second = pair.workers
    first.pause()

    async def followed() -> bool:
        return await holder(conn) not in (0, leader) and leader not in await ids(conn)

    await asked_until(followed)
    first.resume()
    errors = await asyncio.to_thread(first.ended)
    assert first.process.returncode == 1 and "Traceback" not in errors, errors
    assert f"The other workers took worker {leader} off" in errors
    assert second.process.poll() is None
    await conn.close()


async def test_a_worker_that_is_told_to_stop_hands_its_work_on(
    nobody: ServerCluster, tmp_path: Path
) -> None:
    settings = nobody.data / FILE
    settings.write_text(settings.read_text().replace("drain_seconds = 0", "drain_seconds = 4"))
    conn = await asyncpg.connect(nobody.url)
    first = await asyncio.to_thread(nobody.add)
    second = await asyncio.to_thread(nobody.add)
    assert first.get("/readyz")[0] == 200
    kept = [socket.create_connection(first.address) for _ in range(8)]
    leader = await holder(conn)
    first.process.send_signal(signal.SIGTERM)

    async def handed_on() -> bool:
        return await holder(conn) not in (0, leader)

    await asked_until(handed_on)
    for one in kept:
        one.settimeout(GUARD)
        assert one.recv(1) == b""
    assert await asyncio.to_thread(first.process.wait, GUARD) == 0
    assert leader not in await ids(conn)
    assert second.get("/readyz")[0] == 200
    with urlopen(f"http://127.0.0.1:{second.address[1]}/clusterz") as answer:
        text = answer.read().decode()
    assert "leads deferred work (term 2)" in text and "works as gateway" in text
    await conn.close()


async def test_a_server_alone_is_refused_beside_workers(nobody: ServerCluster) -> None:
    """And the other way round; each says what to do."""
    worker = await asyncio.to_thread(nobody.add)
    other = nobody.data.parent / "alone"
    other.mkdir()
    (other / FILE).write_text(f'database = "{nobody.url}"\n')
    program = "from petitbleu.store import database_lock as lock; lock.WAIT_SECONDS = 0"
    done = await asyncio.to_thread(
        command_with, program, "serve", "--data", str(other), "--listen", "127.0.0.1:0"
    )
    assert done.returncode == 1
    assert "Workers of a cluster use this PostgreSQL database" in done.stderr
    assert (await asyncio.to_thread(worker.stop))[0] == 0


def command_with(program: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A command, after ``program``."""
    return subprocess.run(
        [*COMMAND[:-1], f"{program}; {COMMAND[-1]}", *words],
        capture_output=True,
        text=True,
        timeout=GUARD,
        env=CLEAN,
    )
