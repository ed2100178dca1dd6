"""Home: what the strip counts, the state of the doors, one's own next deadline."""

from __future__ import annotations

import re

import msgspec

from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.casework.cases import queues
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.intake import canary
from petitbleu.desk.outside import canaries
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Tx
from tests.desk.adjudication.decisions.deciding import NOTICE, STAFF, scene
from tests.kit.desk import DeskSite

HOUR = 3600


async def own(tx: Tx, app: App, number: int, staff: int) -> None:
    await cases.append(tx, app, number, f"staff:{staff}", CaseEvent("owner", {"staff": staff}))


async def test_an_empty_desk_says_so(desk: DeskSite) -> None:
    ada = await desk.person("director")
    words = (await ada.get("/desk")).words
    for tile in ("Oldest unread nothing", "Cases not assigned none", "Late none"):
        assert tile in words


async def test_the_strip_counts_cases_and_the_head_shows_my_next_deadline(desk: DeskSite) -> None:
    app, now = desk.world.app, int(desk.world.clock.now())
    number = await app.store.write(
        cases.open_case,
        app,
        at=now,
        actor="system",
        kind="tco_removal_order",
        urgency=0,
        channel="cli",
        received_at=now,
    )
    ada, tim = await desk.person("director"), await desk.person("moderator")
    words = (await ada.get("/desk")).words
    assert "Oldest unread just now" in words
    assert "Cases not assigned 1" in words
    assert "My next deadline" not in words
    await app.store.write(own, app, number, 2)
    desk.world.clock.advance(600)
    words = (await tim.get("/desk")).words
    assert "Cases not assigned none" in words
    assert "My next deadline" in words
    assert f"{case_numbers.text(number)} Terrorist content removal order · 5 min left" in words
    assert "2 Person 2 1 0 Off duty" not in words, "a moderator sees no load of others"
    assert "2 Person 2 1 0 Off duty" in (await ada.get("/desk")).words


async def test_tiles_of_the_strip_lead_to_what_they_count(desk: DeskSite) -> None:
    at = await scene(desk.world)
    lea = await desk.person("lead")
    for seconds in (-HOUR, HOUR, 48 * HOUR):
        await at.open(NOTICE, received_at=int(at.world.clock.now()) + seconds - 72 * HOUR)
    app = desk.world.app
    strip = await queues.strip(app)
    home = await lea.get("/desk")
    for tile, count in (("Due in 24 hours", strip.due_soon), ("Late", strip.late)):
        link = re.search(rf'<a href="([^"]+)">{tile}</a></span><strong>{count}<', home.text)
        assert count and link is not None, tile
        page = await lea.get(link[1].replace("&amp;", "&"))
        assert page.text.count("<tr data-row") == count, tile
    assert "No open case is yours." in home.words


async def test_home_says_what_was_decided_today(desk: DeskSite) -> None:
    at = await scene(desk.world)
    lea = await desk.person("lead")
    assert "Decided today Nothing yet." in (await lea.get("/desk")).words
    await at.decide(await at.open(NOTICE))
    nothing = at.form(outcome="no_action", measures=[])
    undone = await at.decide(await at.open(NOTICE), nothing)
    today = "Decided today measures are taken: 1"
    assert f"{today} nothing has to be done: 1" in (await lea.get("/desk")).words
    await decisions.undo(desk.world.app, STAFF, undone.number, command="u")
    words = (await lea.get("/desk")).words
    assert today in words and "nothing has to be done" not in words
    since = int(desk.world.clock.now()) + 1
    assert await decisions.outcomes(desk.world.app, since) == {}


async def test_a_silent_door_is_told(desk: DeskSite) -> None:
    app = desk.world.app
    app.config = msgspec.structs.replace(
        app.config, desk=msgspec.structs.replace(app.config.desk, addresses=("law@example.org",))
    )
    ada = await desk.person("director")
    assert "Receiving addresses not tested yet" in (await ada.get("/desk")).words
    await canaries.run(app)
    await desk.world.settle()
    words = (await ada.get("/desk")).words
    assert "law@example.org: works" in words
    desk.world.clock.advance(canary.SILENCE)
    words = (await ada.get("/desk")).words
    assert "law@example.org: test message not received" in words
