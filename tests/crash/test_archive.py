"""The database of a cluster is lost and restored from a base backup and its WAL archive to a second
ago, into an empty place. All counters skip ahead (decision 10), and devices go on with the keys
they have: nothing that was acknowledged before that moment is missing, no number that was given out
afterwards is given out again, and every picture of a box converges.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from petitbleu.bench.exchange import Address
from petitbleu.keys import RsaKeys
from petitbleu.store.counters import SKIP
from tests.crash.crowd import Crowd, Member
from tests.kit.archived import Archived
from tests.kit.server_cluster import ServerCluster
from tests.kit.sizes import size
from tests.kit.waiting import until
from tests.run.process import command

PEOPLE = size(8, 16)
AGO = 1.0
"""Seconds before the end that the database is restored to."""
WORKERS = 2


@pytest.fixture
def archived() -> Iterator[Archived]:
    made = Archived()
    yield made
    made.close()


class Known(dict[int, tuple[str, float]]):
    """What a person was acknowledged: id -> text, and when (``time.monotonic``)."""


async def _note(members: list[Member], known: dict[int, Known], over: asyncio.Event) -> None:
    """Write down when each acknowledgement was seen, at most 20 ms late."""
    while not over.is_set():
        at = time.monotonic()
        for member in members:
            mine = known[member.person.id]
            for id, text in list(member.acknowledged.items()):
                mine.setdefault(id, (text, at))
        await asyncio.sleep(0.02)


def _addresses(cluster: ServerCluster, keys: Path) -> list[Address]:
    pem = RsaKeys.load(keys).current.pem()
    return [Address(*worker.address, pem) for worker in cluster.workers]


async def _write_and_lose(
    archived: Archived, data: Path
) -> tuple[Crowd, dict[int, Known], str, float]:
    """People write through two workers while a base backup is taken, and on; then all is lost. The
    moment to restore to, for the server and for us.
    """
    with ServerCluster(data, WORKERS, "dev = true", url=archived.url) as cluster:
        at = _addresses(cluster, data / "keys")
        crowd = await Crowd.gather(at[0], PEOPLE)
        spread = random.Random(PEOPLE)
        for member in crowd.members:
            member.close()
            member.at = spread.choice(at)
        known = {member.person.id: Known() for member in crowd.members}
        over = asyncio.Event()
        noting = asyncio.create_task(_note(crowd.members, known, over))
        crowd.write()
        await until(lambda: crowd.acknowledged > 3 * PEOPLE)
        await asyncio.to_thread(archived.back_up)
        said = crowd.acknowledged
        await until(lambda: crowd.acknowledged > said + 5 * PEOPLE)
        moment, here = await archived.moment(), time.monotonic()
        await asyncio.sleep(AGO)
        await crowd.rest()
        over.set()
        await noting
        for member in crowd.members:
            member.close()
        for worker in cluster.workers:
            await asyncio.to_thread(worker.kill)
    await archived.lose()
    return crowd, known, moment, here


@pytest.mark.long
async def test_restored_to_a_second_ago_devices_converge(
    archived: Archived, tmp_path: Path
) -> None:
    crowd, known, moment, here = await _write_and_lose(archived, tmp_path / "lost")
    url = await asyncio.to_thread(archived.restore, moment)
    place = tmp_path / "empty"
    place.mkdir()
    shutil.copytree(tmp_path / "lost/keys", place / "keys")
    cluster = ServerCluster(place, 0, "dev = true", url=url)
    refused = command("admin", "skip-ahead", "--data", str(place / "nowhere"))
    assert refused.returncode == 1 and "PostgreSQL" in refused.stderr, refused
    began = time.monotonic()
    skipped = command("admin", "skip-ahead", "--data", str(place))
    assert skipped.returncode == 0, skipped
    print(skipped.stdout.strip())
    try:
        for _ in range(WORKERS):
            await asyncio.to_thread(cluster.add)
        took = time.monotonic() - began
        second = command("admin", "skip-ahead", "--data", str(place))
        assert second.returncode == 1 and "stop them all first" in second.stderr, second
        await _go_on(crowd, known, _addresses(cluster, place / "keys"), here)
        print(f"{took:.1f} s from the restored database to {WORKERS} workers that serve")
    finally:
        for worker in cluster.workers:
            await asyncio.to_thread(worker.kill)
        cluster.nats.close()


async def _go_on(crowd: Crowd, known: dict[int, Known], at: list[Address], here: float) -> None:
    """Everybody comes back with the key, the box and the counter that they had."""
    spread = random.Random(PEOPLE + 1)
    highest: dict[int, int] = {}
    pts = {member.person.id: member.pts for member in crowd.members}
    kept = lost = 0
    for member in crowd.members:
        member.at = spread.choice(at)
        mine = known[member.person.id]
        stored = await member.stored()
        before = {id for id, (_, when) in mine.items() if when < here}
        for id in before:
            assert stored.get(id) == mine[id][0], "acknowledged before that moment, and not there"
        for id, text in stored.items():
            assert id not in member.picture or member.picture[id] == text
        kept += len(before)
        gone = set(mine) - set(stored)
        lost += len(gone)
        highest[member.person.id] = max(member.picture)
        # The device shows what was said in the last second; the server does not know it.
        member.picture = {id: text for id, text in member.picture.items() if id in stored}
        member.acknowledged = {id: t for id, t in member.acknowledged.items() if id in stored}
    had = {member.person.id: set(member.picture) for member in crowd.members}
    crowd.write()
    await until(lambda: all(len(m.picture) > len(had[m.person.id]) + 5 for m in crowd.members))
    await crowd.rest()
    await crowd.check()
    for member in crowd.members:
        new = set(member.picture) - had[member.person.id]
        assert min(new) > highest[member.person.id], "a number was given out twice"
        assert member.pts - pts[member.person.id] > SKIP / 2, "counters have skipped ahead"
    crowd.close()
    print(
        f"{len(crowd.members)} people: {kept} messages acknowledged before that moment, all there;"
        f" {lost} of the {AGO:.0f} s after it are gone; {crowd.acknowledged - kept} said since,"
        " 0 numbers given out twice, every picture the stored one"
    )
