"""Home: what the strip counts, the state of the doors, one's own next deadline."""

from __future__ import annotations

import msgspec

from petitbleu.app import App
from petitbleu.desk.cases import service as cases
from petitbleu.desk.cases.service import Happened
from petitbleu.desk.intake import canary
from petitbleu.store.api import Tx
from tests.kit.desk import DeskSite


async def own(tx: Tx, app: App, number: int, staff: int) -> None:
    await cases.append(tx, app, number, f"staff:{staff}", Happened("owner", {"staff": staff}))


async def test_an_empty_desk_says_so(desk: DeskSite) -> None:
    ada = await desk.person("director")
    words = (await ada.get("/desk")).words
    for tile in ("Oldest unread nothing", "Cases without owner none", "Late none"):
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
    assert "Oldest unread 0 min ago" in words
    assert "Cases without owner 1" in words
    assert "My next deadline" not in words
    await app.store.write(own, app, number, 2)
    desk.world.clock.advance(600)
    words = (await tim.get("/desk")).words
    assert "Cases without owner none" in words
    assert "My next deadline" in words


async def test_a_silent_door_is_told(desk: DeskSite) -> None:
    app = desk.world.app
    app.config = msgspec.structs.replace(
        app.config, desk=msgspec.structs.replace(app.config.desk, addresses=("law@example.org",))
    )
    ada = await desk.person("director")
    assert "Channels not tested yet" in (await ada.get("/desk")).words
    await canary.run(app)
    await desk.world.settle()
    words = (await ada.get("/desk")).words
    assert "law@example.org: works" in words
    desk.world.clock.advance(canary.SILENCE)
    words = (await ada.get("/desk")).words
    assert "law@example.org: canary missed" in words
