"""Opening the store a configuration names."""

from __future__ import annotations

import os
import socket
from collections.abc import Awaitable, Sequence

from petitbleu import leases
from petitbleu.config import Config
from petitbleu.store.api import Store


async def open_store(
    config: Config, roles: Sequence[str] = (), *, version: str = "", address: str = ""
) -> Store:
    """The store of ``config.database``, migrated, under the exclusive lock on the data directory.

    In a cluster: without migrating, beside other workers, as one with these ``roles`` (none: a
    command).

    Raises migrate.Refused (in use, too new, wrong encoding) or StoreUnavailable.
    """
    if config.database == "sqlite":
        from petitbleu.store.sqlite import SqliteStore

        return SqliteStore(config.data, synchronous=config.sqlite_synchronous)
    # Imported here: the driver takes 6 MiB that the default installation does not need.
    from petitbleu.store.postgres import PostgresStore

    if config.cluster.bus:
        from petitbleu import jobs
        from petitbleu.store.workers import Standing

        def join() -> Awaitable[Standing]:
            wanted = [lease for role in roles for lease in leases.OF_ROLE.get(role, ())]
            name = f"{socket.gethostname()}/{os.getpid()}"
            return Standing.join(
                config.database,
                name=name,
                address=address,
                roles=roles,
                version=version,
                wanted=wanted,
                free=(jobs.FREE_OF_WORKERS,),
            )

        return await PostgresStore.open_beside(config.database, config.data, join)
    return await PostgresStore.open(config.database, config.data)
