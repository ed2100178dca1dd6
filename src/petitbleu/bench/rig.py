"""What a work runs on: a fresh server of one engine, people, and the meter."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from petitbleu.bench import people
from petitbleu.bench.exchange import Address
from petitbleu.bench.people import Person
from petitbleu.bench.server import HOST, Postgres, Server

Figures = dict[str, float]
"""Name of a figure -> value; names end in their unit (``goals.toml``)."""


class Harness:
    """A running server and who has signed up so far."""

    def __init__(self, server: Server, engine: str) -> None:
        self.server = server
        self.engine = engine
        key = server.public_key()
        self.doors = [Address(HOST, port, key) for port in server.ports]
        """Where people come in; with several workers each has an address."""
        self.people: list[Person] = []

    @property
    def at(self) -> Address:
        """The first door."""
        return self.doors[0]

    def door(self, number: int) -> Address:
        """The door of somebody: people are dealt out to the doors in turn."""
        return self.doors[number % len(self.doors)]

    async def crowd(self, count: int) -> list[Person]:
        """The first ``count`` accounts, made where they do not exist yet."""
        missing = count - len(self.people)
        if missing > 0:
            self.people += await people.sign_up_many(self.at, len(self.people), missing)
        return self.people[:count]

    def meter(self) -> Meter:
        """A meter that starts now."""
        return Meter(self.server)


class Meter:
    """CPU of server, database and generator, and wall time, between two moments."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._usage = server.usage()
        self._own = time.process_time()
        self._wall = time.perf_counter()

    def stop(self) -> None:
        """Take the second reading; the attributes below hold the differences, in seconds."""
        self.wall = time.perf_counter() - self._wall
        now = self._server.usage()
        self.server_cpu = now.server_cpu - self._usage.server_cpu
        self.database_cpu = now.database_cpu - self._usage.database_cpu
        self.generator_cpu = time.process_time() - self._own
        self.rss_kib = now.server_kib + now.database_kib

    @property
    def cpu(self) -> float:
        """Server and database together."""
        return self.server_cpu + self.database_cpu


@asynccontextmanager
async def rig(engine: str, folder: Path, *, profile: Path | None = None) -> AsyncIterator[Harness]:
    """A server with empty data on ``engine`` (``sqlite`` or ``postgres``); gone afterwards.

    ``profile``: run it under cProfile and write the figures there when it stops.
    """
    postgres = Postgres(folder / "postgres") if engine == "postgres" else None
    database = postgres.database() if postgres is not None else "sqlite"
    server = Server(
        folder / f"data-{engine}", database=database, postgres=postgres, profile=profile
    )
    server.start()
    try:
        yield Harness(server, engine)
    finally:
        server.remove()
        if postgres is not None:
            postgres.stop()


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` of the values lie; 0 where there are none."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0
