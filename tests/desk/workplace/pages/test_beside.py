"""What stands beside the work: how far a post reached, and the rules a decision cites."""

from __future__ import annotations

import msgspec

from petitbleu.domain.messaging.posts import service as posts
from petitbleu.domain.safety.case_numbers import service as case_numbers
from tests.desk.adjudication.decisions.deciding import NOTICE, scene
from tests.kit.desk import DeskSite


async def test_a_targeted_post_is_shown_with_its_reach(desk: DeskSite) -> None:
    at = await scene(desk.world)
    ada = await desk.person("moderator")
    number = case_numbers.text(await at.open(NOTICE | {"targets": [at.link()]}))
    shown = (at.place.peer, at.post)
    await posts.see(desk.world.app, at.bob.user_id, [shown])
    await posts.forwarded(desk.world.app, [shown])
    counted = (await posts.counts(desk.world.app, [shown]))[shown]
    assert counted.forwards == 1 and counted.views > 1
    look = {"target": at.link(), "why": "to see what it is"}
    page = await ada.post(f"/desk/cases/{number}/target", look)
    assert f"views: {counted.views}, forwards: 1" in page.words


async def test_the_rules_stand_beside_the_decision_form(desk: DeskSite) -> None:
    app = desk.world.app
    at = await scene(desk.world)
    ada = await desk.person("moderator")
    path = f"/desk/cases/{case_numbers.text(await at.open(NOTICE))}/decide"
    assert "The rules, version" not in (await ada.get(path)).words
    app.config = msgspec.structs.replace(
        app.config, terms_version="2026-09", terms_text="4.2 Be kind.\n\nNo <script>."
    )
    page = await ada.get(path)
    assert "The rules, version 2026-09" in page.words and "4.2 Be kind." in page.words
    assert "&lt;script&gt;" in page.text
