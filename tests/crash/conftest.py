"""A server process on either engine, and its PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from petitbleu.bench.server import Postgres, Server


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
