"""A PostgreSQL whose WAL goes to an archive, and another that is restored from it to a moment."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import asyncpg

from tests.kit.postgres import PostgresServer, create_database, database_url

_SETTINGS = {
    "wal_level": "replica",
    "archive_mode": "on",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
}
"""As an operator would have them: ``full_page_writes`` is what a base backup needs."""


class Archived:
    """A server with one database, its archive beside it. :meth:`close` ends it."""

    def __init__(self) -> None:
        self._place = tempfile.TemporaryDirectory(prefix="petitbleu-archive-")
        place = Path(self._place.name)
        place.chmod(0o711)
        self.archive = place / "wal"
        self.archive.mkdir()
        self.archive.chmod(0o777)
        self._base = place / "base"
        self._base.mkdir()
        self._base.chmod(0o777)
        keep = f"test ! -f {self.archive}/%f && cp %p {self.archive}/%f"
        self.server = PostgresServer(settings=_SETTINGS | {"archive_command": keep})
        self.name = create_database(self.server.url)
        self.restored: PostgresServer | None = None

    @property
    def url(self) -> str:
        """The database."""
        return database_url(self.server.url, self.name)

    def back_up(self) -> None:
        """A base backup of the running server; its WAL is in the archive."""
        into = self._base / "data"
        self.server.run("pg_basebackup", "-D", str(into), "-X", "none", "-c", "fast", "--no-sync")

    async def moment(self) -> str:
        """What time it is for the server."""
        conn = await asyncpg.connect(self.url)
        try:
            return str(await conn.fetchval("select clock_timestamp()::text"))
        finally:
            await conn.close()

    async def lose(self) -> None:
        """The server ends, and its disk is gone; what it wrote is in the archive."""
        conn = await asyncpg.connect(self.server.url)
        try:
            name = await conn.fetchval("select pg_walfile_name(pg_switch_wal())")
            kept = "select last_archived_wal >= $1 from pg_stat_archiver"
            while not await conn.fetchval(kept, name):
                await conn.execute("select pg_sleep(0.1)")
        finally:
            await conn.close()
        self.server.stop()

    def restore(self, until: str) -> str:
        """A new server from the base backup and the archive, as of that moment; its database."""

        def recover(data: Path) -> None:
            shutil.copytree(self._base / "data", data, dirs_exist_ok=True)
            lines = (
                f"restore_command = 'cp {self.archive}/%f %p'",
                f"recovery_target_time = '{until}'",
                "recovery_target_action = 'promote'",
                "archive_mode = 'off'",
            )
            with (data / "postgresql.auto.conf").open("a", encoding="utf-8") as file:
                file.write("\n".join(lines) + "\n")
            (data / "recovery.signal").touch()

        self.restored = PostgresServer(recover=recover)
        return database_url(self.restored.url, self.name)

    def close(self) -> None:
        """The end of both."""
        for server in (self.server, self.restored):
            if server is not None:
                server.stop()
        self._place.cleanup()
