"""The bus of this process: that of its cluster, or nobody's."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

from petitbleu.bus.api import Bus, BusRefused
from petitbleu.bus.inproc import Alone
from petitbleu.config import Config
from petitbleu.keys import Secrets
from petitbleu.store.migrate import Refused


async def join(
    config: Config, secrets: Secrets, worker: int, live: Callable[[], Iterable[int]]
) -> Bus:
    """The way to the other workers. ``worker``: the id of this one, 0: it is alone; ``live()``: the
    ids of all, as the database knows them. Raises Refused.
    """
    if not worker or not config.cluster.bus:
        return Alone()
    # Imported in a cluster only: it loads nats-py.
    try:
        from petitbleu.bus.nats import open_bus
    except ModuleNotFoundError as error:
        raise Refused(
            f"[cluster] bus needs the package {error.name}: pip install 'petitbleu[cluster]'"
        ) from error

    cluster = config.cluster
    # Of all roots the oldest: workers that know a newer one already are still understood.
    secret = secrets.hmacs("bus")[-1]
    try:
        return await open_bus(cluster.bus, cluster.name, worker, secret, os.urandom, live)
    except BusRefused as error:
        raise Refused(str(error)) from error
