"""``kill -9`` under load: nothing acknowledged is lost or doubled, every client finds its way
back.
"""

from __future__ import annotations

import asyncio
import random

from petitbleu.bench.exchange import Address
from petitbleu.bench.server import HOST, Server
from tests.crash.crowd import Crowd
from tests.kit.sizes import size
from tests.kit.waiting import until

PEOPLE = 20
KILLS = size(3, 20)


async def test_killed_again_and_again_loses_and_doubles_nothing(server: Server) -> None:
    at = Address(HOST, server.port, server.public_key())
    crowd = await Crowd.gather(at, PEOPLE)
    begun_at = [member.pts for member in crowd.members]
    moments = random.Random(1)
    crowd.write()
    acknowledged = 0
    for _ in range(KILLS):
        await until(lambda had=acknowledged: crowd.acknowledged > had)  # they got on
        await asyncio.sleep(moments.uniform(0, 1))
        server.kill()
        acknowledged = crowd.acknowledged
        await asyncio.to_thread(server.start)
    await asyncio.sleep(0.5)
    await crowd.rest()
    await crowd.check()
    crowd.check_counters(begun_at)
    crowd.close()
