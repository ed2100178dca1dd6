"""Appeals on their page, decisions taken back or corrected, private context by two people."""

from __future__ import annotations

import re
from typing import Any

import pytest

from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.adjudication.decisions.service import DecisionRow
from petitbleu.desk.casework.cases import service as cases
from petitbleu.domain.safety.case_numbers import service as case_numbers
from tests.desk.adjudication.decisions.deciding import FORM, NOTICE, Scene, scene
from tests.desk.workplace.pages.test_work import flat
from tests.kit.chromium import Chromium, look
from tests.kit.desk import DeskSite, Person
from tests.kit.world import World

WHY = "The post quotes a newspaper and condemns the attack."
SAID = {"text": "We read it again.", "outcome": "maintain"}


async def decided(desk: DeskSite, by: Person, kind: str = "remove") -> tuple[Scene, DecisionRow]:
    """A post that was restricted by somebody of the desk on its pages."""
    at = await scene(desk.world)
    number = await at.open(NOTICE)
    form = flat(FORM | {"measures": [{"kind": kind, "item": at.link()}]})
    page = await by.sign(f"/desk/cases/{case_numbers.text(number)}/decide", form)
    assert page.status == 303, page.words
    await at.settle()
    (row,) = await decisions.of_case(desk.world.app.store, number)
    return at, row


async def agree(desk: DeskSite, second: Person, id: int) -> None:
    await second.get(f"/desk/seconds/{id}")
    done = await second.sign(f"/desk/seconds/{id}/answer", {"answer": "agree", "reason": ""})
    assert done.status == 303, done.words


async def complaint(world: World, at: Scene, row: DecisionRow) -> str:
    made = await appeals.lodge(world.app, row, at.ada.user_id, email="", text=WHY, language="en")
    return f"/desk/cases/{case_numbers.text(made.number)}"


async def outcome(desk: DeskSite, base: str) -> str:
    number = case_numbers.parse(base.rpartition("/")[2])
    assert number is not None
    row = await appeals.get(desk.world.app.store, number)
    assert row is not None
    return row.outcome


async def test_who_decided_cannot_decide_the_appeal_by_any_page(desk: DeskSite) -> None:
    ada = await desk.person("lead")
    at, row = await decided(desk, ada)
    base = await complaint(desk.world, at, row)
    assert "You took part in the decision" in (await ada.get(f"{base}/appeal")).words
    assert (await ada.sign(f"{base}/appeal", SAID)).status == 403
    form = flat(FORM | {"measures": [{"kind": "age_limit", "item": at.link()}]}) | SAID
    assert (await ada.get(f"{base}/appeal/change")).status == 403
    assert (await ada.sign(f"{base}/appeal/change", form)).status == 403
    assert (await ada.sign(f"{base}/decide", form)).status == 409
    assert (await ada.post(f"{base}/close", {"end": "no_action", "why": "x"})).status == 422
    assert await outcome(desk, base) == ""


async def test_another_person_asks_then_reverses(desk: DeskSite) -> None:
    ada, bea = await desk.person("moderator"), await desk.person("moderator")
    at, row = await decided(desk, ada)
    await at.pass_time(700)
    base = await complaint(desk.world, at, row)
    page = await bea.get(base)
    assert f'href="{base}/appeal"' in page.text and f"{base}/decide" not in page.text
    assert (await bea.sign(f"{base}/appeal", {"text": "x"})).status == 422
    assert (await bea.sign(f"{base}/appeal", {"outcome": "maintain", "text": ""})).status == 422
    asked = {"outcome": "ask", "text": "Which newspaper?"}
    assert (await bea.sign(f"{base}/appeal", asked)).status == 303
    assert await outcome(desk, base) == "" and await at.place.history(at.bob) == []
    done = await bea.sign(f"{base}/appeal", {"outcome": "reverse", "text": "You are right."})
    assert done.status == 303
    await at.settle()
    assert await outcome(desk, base) == "reversed"
    assert await at.place.history(at.bob) == ["Saluons l’attentat"]
    assert "This complaint is decided" in (await bea.get(f"{base}/appeal")).words


async def test_an_appeal_may_change_the_decision_to_a_lesser_one(desk: DeskSite) -> None:
    ada, bea = await desk.person("moderator"), await desk.person("moderator")
    at, row = await decided(desk, ada, "disable")
    base = await complaint(desk.world, at, row)
    form = await bea.get(f"{base}/appeal/change")
    assert FORM["facts"] in form.text, "the words of the old decision are there"
    new = flat(FORM | {"measures": [{"kind": "age_limit", "item": at.link()}]})
    preview = await bea.post(f"{base}/appeal/change/preview", new)
    assert preview.status == 200, preview.words
    assert "CONTENT_LABELLED" in preview.words
    assert (await bea.sign(f"{base}/appeal/change", new)).status == 422, "a text is needed"
    page = await bea.sign(f"{base}/appeal/change", new | {"appeal_text": "Hidden, not blocked."})
    assert page.status == 303, page.words
    await at.settle()
    assert await outcome(desk, base) == "changed"
    assert await at.place.history(at.bob) == ["Saluons l’attentat"]
    old, made = await decisions.of_case(desk.world.app.store, decisions.case_of(row.number))
    assert (old.replaced_by, made.corrects) == (made.number, old.number)


async def test_a_decision_is_taken_back_within_ten_minutes(desk: DeskSite) -> None:
    ada = await desk.person("moderator")
    at, row = await decided(desk, ada)
    case = f"/desk/cases/{case_numbers.text(decisions.case_of(row.number))}"
    undo = re.search(r'action="(/desk/decisions/[^"]+/undo)"', (await ada.get(case)).text)
    assert undo is not None
    assert (await ada.post(undo[1])).status == 403, "not signed"
    assert (await ada.sign(undo[1])).status == 303
    await at.settle()
    assert await at.place.history(at.bob) == ["Saluons l’attentat"]
    assert "cancelled" in (await ada.get(case)).words
    await at.pass_time(700)
    assert at.mails("notifier@people.example") == []


async def test_what_two_signed_two_take_back(desk: DeskSite) -> None:
    ada, cai, bea = [await desk.person("legal") for _ in range(3)]
    at = await scene(desk.world)
    number = await at.open(NOTICE)
    base = f"/desk/cases/{case_numbers.text(number)}"
    form = flat(FORM | {"measures": [{"kind": "close", "item": str(at.ada.user_id)}]})
    assert "waits for a second person" in (await ada.sign(f"{base}/decide", form)).words
    await agree(desk, cai, 1)
    assert (await ada.sign(f"{base}/decide", form)).status == 303
    (row,) = await decisions.of_case(desk.world.app.store, number)
    undo = f"/desk/decisions/{decisions.number_text(row.number)}/undo"
    asked = await ada.sign(undo)
    assert asked.headers["location"] == f"{base}?done=undo_asked"
    assert (await ada.sign(undo)).headers["location"].endswith("undo_asked"), "nobody agreed yet"
    (still,) = await decisions.of_case(desk.world.app.store, number)
    assert still.undone_at is None
    await agree(desk, bea, 2)
    assert (await ada.sign(undo)).headers["location"] == f"{base}?done=undone"
    (gone,) = await decisions.of_case(desk.world.app.store, number)
    assert gone.undone_at is not None
    assert (await desk.actions()).count("second.use") == 2


async def test_after_that_a_correction_takes_its_place(desk: DeskSite) -> None:
    ada = await desk.person("moderator")
    at, row = await decided(desk, ada, "age_limit")
    await at.pass_time(700)
    case = f"/desk/cases/{case_numbers.text(decisions.case_of(row.number))}"
    page = await ada.get(case)
    assert "/undo" not in page.text
    correct = re.search(r'href="(/desk/decisions/[^"]+/correct)"', page.text)
    assert correct is not None
    late = await ada.sign(correct[1].replace("/correct", "/undo"))
    assert late.status == 409 and "correcting decision" in late.words
    form = flat(FORM | {"measures": [{"kind": "remove", "item": at.link()}]})
    assert (await ada.get(correct[1])).status == 200
    assert (await ada.post(f"{correct[1]}/preview", form)).status == 200
    done = await ada.sign(correct[1], form)
    assert done.status == 303, done.words
    await at.settle()
    assert await at.place.history(at.bob) == []
    assert (await ada.get(correct[1])).status == 409, "it does not stand any more"
    assert (await ada.get("/desk/decisions/PB-2027-000999-1/correct")).status == 404


async def test_closing_by_correction_waits_for_a_second_person(desk: DeskSite) -> None:
    ada, bea = await desk.person("legal"), await desk.person("lead")
    at, row = await decided(desk, ada)
    to = f"/desk/decisions/{decisions.number_text(row.number)}/correct"
    form = flat(FORM | {"measures": [{"kind": "close", "item": str(at.ada.user_id)}]})
    assert "waits for a second person" in (await ada.sign(to, form)).words
    agreed = await bea.sign("/desk/seconds/1/answer", {"answer": "agree", "reason": "read"})
    assert agreed.status == 303
    done = await ada.sign(to, form)
    assert done.status == 303, done.words
    made: list[Any] = await decisions.of_case(desk.world.app.store, decisions.case_of(row.number))
    assert (made[-1].second, made[-1].corrects) == (f"staff:{bea.id}", row.number)


@pytest.mark.sometimes(2)
@pytest.mark.browser
async def test_the_appeal_page_looks_right(chromium: Chromium) -> None:
    world = chromium.desk.world
    at = await scene(world)
    row = await at.decide(await at.open(NOTICE))
    base = await complaint(world, at, row)
    ada = await chromium.enter("moderator")
    await ada.go(f"{base}/appeal")
    await look(ada.page, "appeal")
    await ada.page.select_option("#f-outcome", "maintain")
    await ada.page.fill("#f-text", "We read it again.")
    await ada.page.focus("h1 a")
    await ada.page.keyboard.press("n")
    await ada.page.wait_for_selector("text=The complaint is answered")
    await ada.go(f"/desk/cases/{case_numbers.text(decisions.case_of(row.number))}")
    await look(ada.page, "case-decided")
    state = await cases.get(world.app.store, decisions.case_of(row.number))
    assert state is not None and ada.problems == []
