"""The practice desk: made through the services, the same for a seed, fit for the EU database."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from petitbleu.control import CommandRefused, perform
from petitbleu.desk.adjudication.decisions import form as forms
from petitbleu.desk.adjudication.decisions import planning, presets, seed_data, service
from petitbleu.desk.adjudication.decisions.form import Form
from petitbleu.desk.adjudication.decisions.kinds import UNDO_SECONDS
from petitbleu.desk.casework.cases import queues as lists
from petitbleu.desk.casework.cases.queues import Filter
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.casework.routing import service as routing
from petitbleu.desk.casework.views import service as views
from petitbleu.desk.intake.classify import dangers
from petitbleu.run.jobs import JobRunner
from petitbleu.store.sqlite import SqliteStore
from tests.desk.adjudication.eu_database import statement_checker as checker
from tests.desk.kit import signer
from tests.kit.sizes import size
from tests.kit.world import World, running


async def _made(world: World, count: int, seed: int = 7) -> list[dict[str, Any]]:
    await perform(world.app, "desk.seed", {"decisions": count, "seed": seed})
    answer = await perform(world.app, "desk.statements.export", {})
    found: list[dict[str, Any]] = answer["statements"]
    return found


@pytest.mark.sometimes(2)
async def test_every_statement_passes_the_strict_checker(world: World) -> None:
    count = size(60, 500) if world.app.store.dialect == "sqlite" else 60
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
    stands = {"queues": 3, "rules": 4, "presets": 3, "views": 4}
    counted = {"decisions": 20, "statements": 20, "others": 2, "open": 4, "cases": 26}
    assert answer == counted | stands
    cases = (await perform(world.app, "desk.cases", {"limit": 100}))["cases"]
    assert sum(one["state"] == "new" for one in cases) == 4
    rows = await service.between(world.app.store, 0, 1 << 40)
    assert len(rows) == 22 and {row.second for row in rows} == {"staff:2"}


async def test_nothing_of_it_names_a_real_address(world: World) -> None:
    await _made(world, 20)
    for row in await service.between(world.app.store, 0, 1 << 40):
        for one in await letters.of_case(world.app.store, row.number // 1000):
            assert one.recipient.endswith(".invalid")
        for told in await service.statements(world.app.store, row.number):
            links = re.findall(r"https?://([^/\s]+)", told.text)
            assert {link for link in links if not link.endswith(".example")} <= {"127.0.0.1:8080"}


def test_no_invented_post_tells_of_danger() -> None:
    """Whoever is on call would be woken, and the same seed would make a case more or less."""
    texts = [post.format(place=place) for post in seed_data._POSTS for place in seed_data._PLACES]
    assert [text for text in texts if dangers.read(text).level] == []


async def test_a_seed_is_used_once(world: World) -> None:
    await _made(world, 1)
    with pytest.raises(CommandRefused, match="here already"):
        await _made(world, 1)
    for wrong in ({"decisions": 0}, {"decisions": "many"}):
        with pytest.raises(CommandRefused):
            await perform(world.app, "desk.seed", wrong)


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_queues_rules_presets_and_views_stand_ready(
    sqlite_store: SqliteStore, tmp_path: Path, language: str
) -> None:
    async with running(World(sqlite_store, tmp_path, languages=(language,))) as world:
        app = world.app
        await perform(app, "desk.seed", {"decisions": 45, "seed": 1})
        trainee = (await signer(world, "triage")).staff
        queues = {one.name: one.id for one in await routing.queues(app.store)}
        seen = {row.name: row.filter for row in await views.visible_views(app.store, trainee)}
        offered = await presets.offered(app.store, "art16_notice")
        assert len(queues) == 3 and len(seen) == 4 and len(offered) == 3
        assert ("Signalements" in queues) == (language == "fr")
        orders = next(id for name, id in queues.items() if name in seen)
        assert seen[next(name for name in queues if name in seen)] == f"queue={orders}"
        for rule in await routing.rules(app, app.store):  # each leads open cases somewhere
            opened = await lists.count(app, Filter(kinds=rule.conditions.kinds, open=None))
            led = await lists.count(
                app, Filter(kinds=rule.conditions.kinds, queue=rule.queue, open=None)
            )
            assert led == opened > 0
            assert await routing.unusable(app, [rule]) == frozenset()
        again = await perform(app, "desk.seed", {"decisions": 5, "seed": 2})
        assert {again[what] for what in ("queues", "rules", "presets", "views")} == {0}
        for one in offered:  # a form filled in by a preset lacks nothing but what is the case's
            filled = presets.fill(app, Form(), one.preset, language).form
            wrong = {error.field for error in forms.check(filled, planning.today(app))}
            assert not wrong & {"law", "why", "ground", "category", "keywords"}


async def test_what_was_decided_closes_and_nothing_leaves(world: World) -> None:
    app = world.app
    await perform(app, "desk.seed", {"decisions": 20, "seed": 1})
    real = {"case": 1, "to": "x@town.example", "purpose": "free", "language": "en"}
    one = await app.store.write(letters.queue, app, **real, subject="Hello", text="Hello.")
    runner = JobRunner(app)
    for later in (UNDO_SECONDS, 300, 300):  # a case is looked at again once its letters have left
        world.clock.advance(later)
        while await runner.run_due():
            await world.settle()
    assert [mail.to for mail in world.mail.sent] == ["x@town.example"]
    row = await letters.get(app.store, one)
    assert row is not None and row.state == letters.SENT
    left = await lists.page(app, Filter(), limit=100)
    assert [row.state for row in left] == ["new"] * 4
    assert all(row.looked_at is None for row in left)
