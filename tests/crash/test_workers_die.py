"""Three workers of a cluster as processes, people spread over them who come back at any other:
``kill -9`` of a worker, of nats-server, and a nats-server that hangs. Nothing acknowledged is lost
or doubled, and every picture is the stored one.
"""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from petitbleu.bench.exchange import Address
from petitbleu.keys import RsaKeys
from tests.crash.crowd import Crowd
from tests.kit.server_cluster import ServerCluster
from tests.kit.sizes import size
from tests.kit.waiting import until

PEOPLE = 12
KILLS = size(2, 20)
SEED = 1


class _Spread:
    """The addresses of the workers that are there, one after the other."""

    def __init__(self, cluster: ServerCluster, folder: Path) -> None:
        self._cluster = cluster
        self._key = RsaKeys.load(folder).current.pem()
        self._random = random.Random(SEED)

    def any(self) -> Address:
        worker = self._random.choice(self._cluster.workers)
        return Address(*worker.address, self._key)


@pytest.mark.long
async def test_workers_and_their_bus_die_and_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    print(f"seed {SEED}")
    moments = random.Random(SEED)
    with ServerCluster(tmp_path, 3, "dev = true") as cluster:
        spread = _Spread(cluster, tmp_path / "keys")
        crowd = await Crowd.gather(spread.any(), PEOPLE)
        begun_at = [member.pts for member in crowd.members]
        for member in crowd.members:
            member.close()
            member.at = spread.any()
        crowd.write()
        acknowledged = 0
        for n in range(KILLS * 3):
            await until(lambda had=acknowledged: crowd.acknowledged > had)
            await asyncio.sleep(moments.uniform(0, 1))
            acknowledged = crowd.acknowledged
            if n % 3 == 0:
                worker = cluster.workers.pop(moments.randrange(len(cluster.workers)))
                await asyncio.to_thread(worker.kill)
                for member in crowd.members:
                    if member.at.port == worker.address[1]:
                        member.at = spread.any()
                await asyncio.to_thread(cluster.add)
            elif n % 3 == 1:
                cluster.nats.pause()
                await asyncio.sleep(moments.uniform(0.2, 4))
                cluster.nats.go_on()
            else:
                cluster.nats.kill()
                await asyncio.sleep(moments.uniform(0.2, 4))
                await asyncio.to_thread(cluster.nats.start)
        await asyncio.sleep(0.5)
        await crowd.rest()
        await crowd.check()
        crowd.check_counters(begun_at)
        crowd.close()
