"""What a failover forgets of who is to be told what."""

from __future__ import annotations

import asyncio

from petitbleu.store.api import Tx
from petitbleu.store.query import query
from tests.domain.updates.test_workers import _say, _texts, _two, cluster
from tests.kit.cluster import Cluster

__all__ = ["cluster"]

_FORGET = query("update account_state set hosts = '' where owner in (:owners)")
"""What a failover may leave of a host that was named without waiting for its commit."""


async def test_what_a_failover_forgot_is_named_again_and_found(cluster: Cluster) -> None:
    ada, bob, peer = await _two(cluster)
    remote = cluster.remote(cluster.workers[1])
    store = cluster.workers[1].app.store

    async def forget(tx: Tx) -> None:
        await tx.run(_FORGET, owners=[bob.user_id])

    await store.write(forget)
    await _say(ada, peer, "meanwhile", 1)
    await cluster.settle()
    assert _texts(bob) == [], "nobody knew where to tell it"
    await remote.renew()
    assert (await remote.hosts.of([bob.user_id]))[bob.user_id] == "2,"
    await remote.sweeper.look(asyncio.get_running_loop().time())
    await cluster.settle()
    await _say(ada, peer, "afterwards", 2)
    await cluster.settle()
    assert _texts(bob) == ["meanwhile", "afterwards"]
