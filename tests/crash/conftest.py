"""A server process on either engine, and its PostgreSQL."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from petitbleu.bench.server import Postgres, Server


@pytest.fixture
def apart() -> Iterator[Path]:
    """A folder for PostgreSQL, which is another user where root runs the tests. Not below
    ``tmp_path``: each pytest that starts on the machine closes the way in there to other users.
    """
    with tempfile.TemporaryDirectory(
        prefix="petitbleu-pg-", dir="/tmp", ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)


@pytest.fixture(params=["sqlite", "postgres"])
def server(request: pytest.FixtureRequest, tmp_path: Path, apart: Path) -> Iterator[Server]:
    postgres = Postgres(apart) if request.param == "postgres" else None
    database = postgres.database() if postgres is not None else "sqlite"
    made = Server(tmp_path / "data", database=database, postgres=postgres)
    made.start()
    yield made
    made.stop()
    if postgres is not None:
        postgres.stop()
