"""Opening the store a configuration names."""

from __future__ import annotations

from petitbleu.config import Config
from petitbleu.store.api import Store


async def open_store(config: Config) -> Store:
    """The store of ``config.database``, migrated, under the exclusive lock on the data directory.

    Raises migrate.Refused (in use, too new, wrong encoding) or StoreUnavailable.
    """
    if config.database == "sqlite":
        from petitbleu.store.sqlite import SqliteStore

        return SqliteStore(config.data, synchronous=config.sqlite_synchronous)
    # Imported here: the driver takes 6 MiB that the default installation does not need.
    from petitbleu.store.postgres import PostgresStore

    return await PostgresStore.open(config.database, config.data)
