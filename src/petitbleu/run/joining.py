"""The bus of this process: that of its cluster, or nobody's."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from petitbleu.bus.api import Bus, BusRefused
from petitbleu.bus.inproc import Alone
from petitbleu.config import Config
from petitbleu.keys import Secrets
from petitbleu.store.migrate import Refused

if TYPE_CHECKING:
    from petitbleu.store.workers import Standing


async def join(config: Config, secrets: Secrets, standing: Standing | None) -> Bus:
    """The way to the other workers. ``standing``: this one among them, None: it is alone. Raises
    Refused.
    """
    if standing is None or not config.cluster.bus:
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
        return await open_bus(
            cluster.bus, cluster.name, standing.worker, secret, os.urandom, lambda: standing.live
        )
    except BusRefused as error:
        raise Refused(str(error)) from error
