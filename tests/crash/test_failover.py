"""The PostgreSQL primary dies under people who write through two workers; its synchronous standby
is promoted a second later. Nothing acknowledged is lost or doubled, no message is answered with
500, and each worker is told of what its people wait for as before.

``SENDERS`` (environment) takes another number of people; times are printed and fail nothing.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import asyncpg
import pytest

from petitbleu.bench.exchange import Address
from petitbleu.keys import RsaKeys
from tests.crash.crowd import Crowd
from tests.kit.postgres_pair import PostgresPair
from tests.kit.server_cluster import ServerCluster
from tests.kit.sizes import size
from tests.kit.waiting import asked_until, until

SENDERS = int(os.environ.get("SENDERS", str(size(40, 200))))
WORKERS = 2


@pytest.fixture
async def databases() -> AsyncIterator[PostgresPair]:
    made = PostgresPair()
    try:
        await made.follow()
        yield made
    finally:
        made.close()


_UNTIL_SEEN = """do $$ begin
  loop if exists (select from said) then raise exception 'seen'; end if; end loop;
end $$"""


@pytest.mark.long
async def test_a_primary_that_dies_shows_nothing_that_no_standby_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def slowly(pid: int, number: int, kill: Callable[[int, int], None] = os.kill) -> None:
        kill(pid, number)
        time.sleep(0.005)  # a machine that is too busy to kill them at once

    pair = PostgresPair()
    try:
        writer = await asyncpg.connect(pair.primary.url)
        reader = await asyncpg.connect(pair.primary.url)
        await writer.execute("create table said (id int)")
        await writer.execute("alter system set synchronous_standby_names = 'away'")
        await writer.execute("select pg_reload_conf()")
        shown = "select current_setting('synchronous_standby_names') = 'away'"
        await asked_until(lambda: writer.fetchval(shown))
        wrote = asyncio.create_task(writer.execute("insert into said values (1)"))
        waits = "select count(*) from pg_stat_activity where wait_event = 'SyncRep'"
        await asked_until(lambda: reader.fetchval(waits))
        read = asyncio.create_task(reader.execute(_UNTIL_SEEN))
        monkeypatch.setattr("tests.kit.postgres_pair.os.kill", slowly)
        await asyncio.to_thread(pair.kill_primary)
        for task in (wrote, read):
            with pytest.raises((ConnectionError, asyncpg.PostgresConnectionError)):
                await task
    finally:
        monkeypatch.undo()
        pair.close()


async def _hosted(databases: PostgresPair, people: set[int]) -> set[int]:
    """Of ``people``, those whose news some worker is told."""
    assert databases.standby is not None
    conn = await asyncpg.connect(databases.url)
    try:
        rows = await conn.fetch("select owner from account_state where hosts <> ''")
    finally:
        await conn.close()
    return {row[0] for row in rows} & people


@pytest.mark.long
async def test_the_primary_dies_and_nothing_is_lost_or_doubled(
    databases: PostgresPair, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    with ServerCluster(data, WORKERS, "dev = true", url=databases.url) as cluster:
        key = RsaKeys.load(data / "keys").current.pem()
        spread = random.Random(SENDERS)
        at = [Address(*worker.address, key) for worker in cluster.workers]
        crowd = await Crowd.gather(at[0], SENDERS, friends=4)
        begun_at = [member.pts for member in crowd.members]
        for member in crowd.members:
            member.close()
            member.at = spread.choice(at)
        crowd.write()
        await until(lambda: crowd.acknowledged > 3 * SENDERS)
        died = time.monotonic()
        databases.kill_primary()
        crowd.trouble(died, 15)
        await asyncio.sleep(1)
        await databases.promote()
        promoted, before = time.monotonic(), crowd.acknowledged
        await until(lambda: crowd.acknowledged > before)
        wrote = time.monotonic()
        await until(lambda: crowd.acknowledged > before + 3 * SENDERS)
        everybody = {member.person.id for member in crowd.members}

        async def all_hosted() -> bool:
            return await _hosted(databases, everybody) == everybody

        await asked_until(all_hosted)
        await crowd.rest()
        refused = sorted({each for member in crowd.members for each in member.refused})
        await crowd.check()
        crowd.check_counters(begun_at)
        assert refused == [], "a message was answered with an error"
        assert all(worker.process.poll() is None for worker in cluster.workers), "a worker ended"
        crowd.close()
        print(
            f"{SENDERS} senders, {crowd.acknowledged} acknowledged: 0 lost, 0 doubled, 0 holes;"
            f" promoted {promoted - died:.1f} s after the primary died,"
            f" the first message {wrote - promoted:.2f} s after that; answered with 500: 0"
        )
        crowd.print_times()
