"""Eight unmodified client libraries, layers 158 to 232, sign up and live with one another.

Each library walks every step of ``scenario.py`` as the one who acts, the next two of the ring
about it; then all eight sit in one conversation as devices of a single account. All of it on both
engines; in ``make test`` on the one that its seed chooses, where one of each pair of :data:`PAIRS`
walks. In ``make test-full`` also against three workers behind HAProxy, which gives them the
connections in turn.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path

import pytest
import pytest_asyncio

from petitbleu.bench import haproxy
from petitbleu.bench.server import Server
from tests.clients import environments, groups, scenario, server_for_clients, table
from tests.clients.driver import Driver
from tests.clients.walk import Person, Walk
from tests.kit import postgres
from tests.kit.proxied import ProxiedCluster

pytestmark = pytest.mark.asyncio(loop_scope="module")

TDLIBS = ("tdlib", "tdlib_new")
GUIDE = environments.ROOT / "docs/guide/apps.md"
RING = (
    "telethon",
    "kurigram",
    "tdlib",
    "telethon_old",
    "mtcute_node",
    "pyrogram",
    "tdlib_new",
    "mtcute_web",
)
PAIRS = (
    ("telethon", "telethon_old"),
    ("kurigram", "pyrogram"),
    ("tdlib", "tdlib_new"),
    ("mtcute_node", "mtcute_web"),
)
"""Libraries that are one another's older release, fork or other connection."""
WALKERS = [name for pair in PAIRS for name in pair]
assert sorted(WALKERS) == sorted(RING)

CLUSTER = "three workers"
WORKERS = 3
ENGINES = [
    *("sqlite", "postgres"),
    *([pytest.param(CLUSTER, marks=pytest.mark.long)] if haproxy.program() else []),
]


class House:
    """The server and the people on it."""

    def __init__(self, folder: Path, engine: str) -> None:
        for client in RING:
            environments.prepare(client)
        self.folder = folder
        self.engine = engine
        self.drivers: list[Driver] = []
        self.database = "sqlite"
        self.server: Server | ProxiedCluster
        if engine == CLUSTER:
            self.server, self.settings = server_for_clients.start_cluster(folder, WORKERS)
        elif engine == "postgres":
            at = postgres.shared_server_url()
            self.database = postgres.database_url(at, postgres.create_database(at))
        if engine != CLUSTER:
            self.server, self.settings = server_for_clients.start(folder, self.database)
        self.people = {
            client: Person(client, number, self.driver) for number, client in enumerate(RING, 1)
        }
        self.walks = {client: self._walk(number) for number, client in enumerate(RING)}

    def _walk(self, number: int) -> Walk:
        ring = list(self.people.values())
        me, peer, third = (ring[(number + step) % len(ring)] for step in range(3))
        return Walk(me, peer, third, self.server.run)

    def driver(self, client: str, label: str) -> Driver:
        made = Driver(client, label, self.settings, self.folder / label)
        self.drivers.append(made)
        return made

    async def close(self) -> None:
        await asyncio.gather(*(driver.stop() for driver in self.drivers))
        self.server.stop()
        if self.engine == "postgres":
            name = self.database.partition("?")[0].rpartition("/")[2]
            postgres.drop_database(postgres.shared_server_url(), name)

    async def timed(self, step: str, client: str, work: Awaitable[None]) -> str:
        """Run a step; '' or what went wrong. The table gets the seconds or FAIL."""
        began = time.perf_counter()
        try:
            await work
        except (AssertionError, LookupError, TypeError, ValueError) as failure:
            table.note(self.engine, step, client, "FAIL")
            return f"{client}, {step}: {type(failure).__name__}: {failure}"
        table.note(self.engine, step, client, f"{time.perf_counter() - began:.2f}")
        return ""


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=ENGINES)
async def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[House]:
    made = House(tmp_path_factory.mktemp("clients"), request.param)
    try:
        yield made
    finally:
        await made.close()


def errors_in(log: str) -> list[str]:
    """The lines of a server log that report a fault of the server."""
    return [
        line
        for line in log.splitlines()
        if re.search(r"\b(ERROR|CRITICAL)\b|\[error|\"level\": ?\"error|Traceback", line, re.I)
    ]


def tdlib_errors(log: str) -> list[str]:
    """The lines of TDLib's log of level ERROR or worse, with what is continued below them."""
    return [
        found
        for found in re.split(r"^(?=\[ ?\d+\]\[t )", log, flags=re.M)
        if re.match(r"\[ [01]\]", found)
    ]


def errors_named_by_the_guide() -> list[str]:
    """What stands in ``docs/guide/apps.md`` under the heading of TDLib's ERROR lines: regular
    expressions, each in a line of its own in a block of code.
    """
    text = GUIDE.read_text("utf-8")
    block = text.partition("### ERROR lines of TDLib")[2].partition("```text\n")[2]
    named = block.partition("```")[0].splitlines()
    assert named, "the guide names no line"
    return named


async def test_every_client_signs_up(house: House) -> None:
    failures = [
        await house.timed("sign up", client, scenario.sign_up(person))
        for client, person in house.people.items()
    ]
    assert not any(failures), "\n".join(filter(None, failures))


@pytest.mark.turns(2)
@pytest.mark.parametrize("client", WALKERS)
async def test_client_walks_every_step(house: House, client: str) -> None:
    walk = house.walks[client]
    failures = [
        await house.timed(name, client, walk.take(step)) for name, step in scenario.STEPS.items()
    ]
    assert not any(failures), "\n".join(filter(None, failures))


async def test_all_clients_are_devices_of_one_person_in_one_conversation(house: House) -> None:
    failures = [
        await house.timed("one conversation", client, talk)
        for client, talk in (await scenario.gather_round(house.people, house.driver)).items()
    ]
    assert not any(failures), "\n".join(filter(None, failures))


async def test_a_restriction_with_an_end_date_lifts_itself(house: House) -> None:
    walked = {client: walk for client, walk in house.walks.items() if "until" in walk.notes}
    failures = [
        await house.timed("restriction ends", client, walk.take(groups.restriction_ends))
        for client, walk in walked.items()
    ]
    assert walked
    assert not any(failures), "\n".join(filter(None, failures))


async def test_the_server_logged_no_error(house: House) -> None:
    assert errors_in(house.server.log()) == []


async def test_tdlib_logged_no_error_that_the_guide_does_not_name(house: House) -> None:
    """TDLib writes an ERROR line for every answer that contradicts another."""
    logs = sorted(house.folder.glob("*/tdlib.log"))
    used = {driver.label for driver in house.drivers if driver.name in TDLIBS and driver.started}
    assert {log.parent.name for log in logs} == used != set()
    lines = [line for log in logs for line in tdlib_errors(log.read_text("utf-8", "replace"))]
    known = [re.compile(line) for line in errors_named_by_the_guide()]
    assert [line for line in lines if not any(one.search(line) for one in known)] == []


async def test_the_workers_shared_the_clients(house: House) -> None:
    """HAProxy has given each worker connections, and each has told others what happened."""
    if isinstance(house.server, ProxiedCluster):
        calls = await asyncio.to_thread(house.server.metric, "calls_total")
        hops = await asyncio.to_thread(house.server.metric, "hop_seconds_count")
        print(f"calls answered by each worker: {calls}; pushes heard of others: {hops}")
        assert all(calls) and all(hops)
