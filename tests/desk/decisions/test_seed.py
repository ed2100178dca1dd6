"""The practice desk: made through the services, the same for a seed, fit for the EU database."""

from __future__ import annotations

import re
from typing import Any

import pytest

from petitbleu.control import CommandRefused, perform
from petitbleu.desk.decisions import service
from petitbleu.desk.letters import service as letters
from tests.desk.transparency import statement_checker as checker
from tests.kit.world import World


async def _made(world: World, count: int, seed: int = 7) -> list[dict[str, Any]]:
    await perform(world.app, "desk.seed", {"decisions": count, "seed": seed})
    answer = await perform(world.app, "desk.statements.export", {})
    found: list[dict[str, Any]] = answer["statements"]
    return found


async def test_every_statement_passes_the_strict_checker(world: World) -> None:
    count = 500 if world.app.store.dialect == "sqlite" else 60
    statements = await _made(world, count)
    data = checker.load()
    assert len(statements) == count
    assert [
        (one["puid"], found) for one in statements if (found := checker.faults(data, one))
    ] == []
    assert len({one["puid"] for one in statements}) == count
    assert len({one["category"] for one in statements}) > 12


async def test_other_decisions_and_open_cases_stand_beside(world: World) -> None:
    answer = await perform(world.app, "desk.seed", {"decisions": 20, "seed": 1})
    assert answer == {"decisions": 20, "statements": 20, "others": 2, "open": 4, "cases": 26}
    cases = (await perform(world.app, "desk.cases", {"limit": 100}))["cases"]
    assert sum(one["state"] == "new" for one in cases) == 4
    rows = await service.between(world.app.store, 0, 1 << 40)
    assert len(rows) == 22 and {row.second for row in rows} == {"staff:2"}


async def test_nothing_of_it_names_a_real_address(world: World) -> None:
    await _made(world, 20)
    for row in await service.between(world.app.store, 0, 1 << 40):
        for one in await letters.of_case(world.app.store, row.number // 1000):
            assert one.recipient.endswith(".example")
        for told in await service.statements(world.app.store, row.number):
            links = re.findall(r"https?://([^/\s]+)", told.text)
            assert {link for link in links if not link.endswith(".example")} <= {"127.0.0.1:8080"}


async def test_a_seed_is_used_once(world: World) -> None:
    await _made(world, 1)
    with pytest.raises(CommandRefused, match="here already"):
        await _made(world, 1)
    for wrong in ({"decisions": 0}, {"decisions": "many"}):
        with pytest.raises(CommandRefused):
            await perform(world.app, "desk.seed", wrong)
