"""Cases that are selected in a list: taken, moved, never taken away from anybody."""

from __future__ import annotations

import pytest

from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.casework.routing import service as routing
from petitbleu.domain.safety.case_numbers import service as case_numbers
from tests.desk.kit import opened, signer
from tests.kit.chromium import Chromium
from tests.kit.desk import DeskSite

PATH = "/desk/several"


async def owner(desk: DeskSite, number: int) -> int:
    state = await cases.get(desk.world.app.store, number)
    assert state is not None
    return state.owner


async def test_those_that_are_free_are_taken_and_the_others_left(desk: DeskSite) -> None:
    ada, bea = await desk.person("moderator"), await desk.person("moderator")
    app = desk.world.app
    free = [await opened(desk.world, "art16_notice") for _ in range(2)]
    taken, closed = await opened(desk.world, "art16_notice"), await opened(desk.world, "dsar")
    hidden = await opened(desk.world, "csam_notice")
    theirs = CaseEvent("owner", {"staff": bea.id})
    await app.store.write(cases.append, app, taken, f"staff:{bea.id}", theirs)
    end = CaseEvent("closed", {"end": "no_action", "reason": "nothing to do"})
    await app.store.write(cases.append, app, closed, "system", end)
    asked = {"act": "take", "back": "/desk/queues?kind=art16_notice"}
    names = [case_numbers.text(one) for one in free]
    page = await ada.post(PATH, {**asked, "case": names})
    assert page.headers["location"] == "/desk/queues?kind=art16_notice&done=several"
    assert [await owner(desk, one) for one in free] == [ada.id, ada.id]
    others = [case_numbers.text(one) for one in (taken, closed, hidden)]
    page = await ada.post(PATH, {**asked, "case": [*others, "PB-2027-999999", "x"]})
    assert page.headers["location"].endswith("done=several_some")
    assert [await owner(desk, one) for one in (taken, closed, hidden)] == [bea.id, 0, 0]
    lead = await desk.person("lead")
    assert (await lead.post(PATH, {**asked, "case": case_numbers.text(taken)})).status == 303
    assert await owner(desk, taken) == bea.id, "a lead takes a case from somebody on its own page"
    none = await ada.post(PATH, {"act": "take", "back": "https://evil.example/desk"})
    assert none.headers["location"] == "/desk/queues?done=several_none"


async def test_they_are_moved_where_somebody_may_see_them(desk: DeskSite) -> None:
    app, ada = desk.world.app, await desk.person("triage")
    lead = (await signer(desk.world, "lead")).staff
    few = await desk.person("triage", queues=["dsar"])
    queue = await app.store.write(routing.add_queue, app, lead, "Data", (few.id,))
    right, wrong = await opened(desk.world, "dsar"), await opened(desk.world, "art16_notice")
    sent = {"act": "move", "queue": str(queue), "back": "/desk/mail?x"}
    page = await ada.post(
        PATH, {**sent, "case": [case_numbers.text(right), case_numbers.text(wrong)]}
    )
    assert page.headers["location"] == "/desk/mail?done=several_some"
    moved = [await cases.get(app.store, one) for one in (right, wrong)]
    assert [one.queue for one in moved if one is not None] == [queue, 0]


async def test_the_form_is_for_who_takes_cases(desk: DeskSite) -> None:
    await opened(desk.world, "art16_notice")
    dpo, ada = await desk.person("dpo"), await desk.person("triage")
    assert (await dpo.post(PATH, {"act": "take"})).status == 403
    page = await ada.get("/desk/queues")
    assert 'form="several"' in page.text and "With the selected cases" in page.words
    assert "With the selected cases" not in (await ada.get("/desk/queues?kind=dsar")).words


@pytest.mark.browser
async def test_rows_are_selected_by_a_key(chromium: Chromium) -> None:
    made = [await opened(chromium.desk.world, "art16_notice") for _ in range(3)]
    ada = await chromium.enter("moderator")
    await ada.go("/desk/queues")
    for key in "jxjjxx":  # the last one again: not selected
        await ada.page.keyboard.press(key)
    assert await ada.page.locator("input.pick:checked").count() == 1
    await ada.page.locator("input.pick").nth(1).check()
    await ada.page.keyboard.press("x")  # a box that has the focus is no field
    await ada.page.keyboard.press("x")
    await ada.page.click("text=Take")
    await ada.page.wait_for_selector("text=Done for all that were selected.")
    assert [await owner(chromium.desk, one) for one in made] == [ada.id, ada.id, 0]
    assert ada.problems == []
