"""Six unmodified client libraries, layers 158 to 229, sign up and talk with one another.

Each library walks every step of ``scenario.py`` as the one who acts, its neighbour in the ring
watching; then all six sit in one conversation as devices of a single account.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path

import pytest
import pytest_asyncio

from tests.clients import environments, scenario, server_for_clients
from tests.clients.driver import ClientFailed, Driver
from tests.clients.scenario import Person, Walk
from tests.clients.table import note

pytestmark = pytest.mark.asyncio(loop_scope="module")

RING = ("telethon", "kurigram", "telethon_old", "mtcute_node", "pyrogram", "mtcute_web")


class House:
    """The server and the people on it."""

    def __init__(self, folder: Path) -> None:
        for client in RING:
            environments.prepare(client)
        self.folder = folder
        self.drivers: list[Driver] = []
        self.server, self.settings = server_for_clients.start(folder)
        self.people = {
            client: Person(client, number, self.driver) for number, client in enumerate(RING, 1)
        }

    def driver(self, client: str, label: str) -> Driver:
        made = Driver(client, label, self.settings, self.folder / label)
        self.drivers.append(made)
        return made

    async def close(self) -> None:
        await asyncio.gather(*(driver.stop() for driver in self.drivers))
        self.server.stop()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    made = House(tmp_path_factory.mktemp("clients"))
    try:
        yield made
    finally:
        await made.close()


async def timed(step: str, client: str, work: Awaitable[None]) -> str:
    """Run a step; '' or what went wrong. The table gets the seconds or FAIL."""
    began = time.perf_counter()
    try:
        await work
    except (ClientFailed, AssertionError, KeyError, IndexError, TypeError) as failure:
        note(step, client, "FAIL")
        return f"{client}, {step}: {type(failure).__name__}: {failure}"
    note(step, client, f"{time.perf_counter() - began:.2f}")
    return ""


def errors_in(log: str) -> list[str]:
    """The lines of a server log that report a fault of the server."""
    return [
        line
        for line in log.splitlines()
        if re.search(r"\b(ERROR|CRITICAL)\b|\[error|\"level\": ?\"error|Traceback", line, re.I)
    ]


async def test_every_client_signs_up(house: House) -> None:
    failures = [
        await timed("sign up", client, scenario.sign_up(person))
        for client, person in house.people.items()
    ]
    assert not any(failures), "\n".join(filter(None, failures))


@pytest.mark.parametrize("client", RING)
async def test_client_walks_every_step(house: House, client: str) -> None:
    neighbour = RING[(RING.index(client) + 1) % len(RING)]
    walk = Walk(house.people[client], house.people[neighbour])
    failures = [await timed(name, client, walk.take(step)) for name, step in scenario.STEPS.items()]
    assert not any(failures), "\n".join(filter(None, failures))


async def test_six_clients_are_devices_of_one_person_in_one_conversation(house: House) -> None:
    failures = [
        await timed("one conversation", client, talk)
        for client, talk in (await scenario.gather_round(house.people, house.driver)).items()
    ]
    assert not any(failures), "\n".join(filter(None, failures))


async def test_the_server_logged_no_error(house: House) -> None:
    assert errors_in(house.server.log()) == []
