"""The canary of the form: sent over HTTP as anybody would, received by the page, and no case."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import uvicorn

from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.intake import canary
from petitbleu.desk.outside import canaries, rehearsal, shield
from petitbleu.store.query import query
from petitbleu.store.sqlite import SqliteStore
from tests.desk.outside.conftest import made, site
from tests.kit.web import Browser
from tests.kit.world import World

CASES = query("select count(*) from desk_case")
ARRIVED = query("select count(*) from desk_inbound")


async def nothing_came_of_it(world: World) -> bool:
    counted = [(await world.app.store.rows(one))[0][0] for one in (CASES, ARRIVED)]
    return counted == [0, 0] and not (await letters.waiting(world.app)).total


@pytest.fixture
async def served(sqlite_store: SqliteStore, tmp_path: Path) -> AsyncIterator[World]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        base = f"http://127.0.0.1:{listener.getsockname()[1]}"
        world = await made(sqlite_store, tmp_path, public_url=base)
        config = uvicorn.Config(site(world), log_level="error", lifespan="off")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        yield world
        server.should_exit = True
        await serving
    await world.settle()


@pytest.fixture
def swift(served: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time a person takes passes at once."""
    real = asyncio.sleep

    async def sleep(seconds: float) -> None:
        served.clock.advance(seconds)
        await real(0)

    monkeypatch.setattr(rehearsal.asyncio, "sleep", sleep)


async def form_flight(world: World) -> canary.Flight:
    return next(one for one in await canaries.run(world.app) if one.door == canary.FORM)


@pytest.mark.usefixtures("swift")
async def test_the_form_is_filled_in_from_outside_and_comes_back(served: World) -> None:
    flight = await form_flight(served)
    assert flight.fault == ""
    health = {row.door: row for row in await canary.health(served.app)}
    assert health[canary.FORM].seen_at is not None
    assert await nothing_came_of_it(served)


async def test_a_form_that_takes_nothing_is_a_silent_door(
    served: World, swift: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shield, "problem", lambda *_: "stale")
    flight = await form_flight(served)
    assert "does not take what is filled in (422)" in flight.fault
    health = {row.door: row for row in await canary.health(served.app)}
    assert health[canary.FORM].seen_at is None


async def test_a_stranger_cannot_pass_for_a_canary(lite: Browser) -> None:
    page = await lite.get("/signaler")
    hidden = {name: page.values()[name] for name in (shield.TRAP, shield.TIME)}
    typed = rehearsal._filled("abc.1800000000.forged") | hidden
    answer = await lite.post("/signaler", typed)
    assert answer.status != 204
