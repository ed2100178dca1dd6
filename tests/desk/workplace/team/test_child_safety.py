"""The desk opens with somebody for child-safety cases and keeps one; leads stand in by looking."""

from __future__ import annotations

import pytest

from petitbleu.control import CommandRefused, perform
from petitbleu.desk.adjudication.evidence import reveals
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.routing import child_safety
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.run import health
from tests.desk.kit import opened
from tests.desk.workplace.team.test_team import INVITE, wish
from tests.kit.desk import DeskSite, holder_on_duty

HIDDEN = "What nobody but them may read"


async def test_it_does_not_open_before_somebody_works_on_them(desk: DeskSite) -> None:
    app = desk.world.app
    app.parts[child_safety.OPEN] = False
    lead = await desk.person("lead")
    for path in ("/desk", "/desk/queues", "/desk/routing", "/desk/search?q=x", "/desk/write"):
        page = await lead.get(path)
        assert page.status in (404, 409), path
        assert page.status == 404 or "opens once somebody works on child-safety" in page.words
    found = await health.with_desk(app)
    assert not found.ok and any("The desk is not open" in one for one in found.lines)
    for path in ("/desk/team", "/desk/settings", "/desk/seconds", "/desk/log"):
        assert (await lead.get(path)).status == 200, path
    await lead.sign(INVITE, wish("Cai", "child_safety"))
    assert (await lead.get("/desk")).status == 409, "invited is not there yet"
    await desk.person("child_safety", queues=["dsar"])
    assert (await lead.get("/desk")).status == 409, "they do not see these cases"
    await desk.person("child_safety")
    assert (await lead.get("/desk/queues")).status == 200
    assert "desk.open" in await desk.actions()
    found = await health.with_desk(app)
    assert not any("not open" in one for one in found.lines)
    # it stays open after a start
    app.parts[child_safety.OPEN] = False
    assert await child_safety.is_open(app)


@pytest.mark.parametrize("how", ["revoke", "shell", "role", "queue", "end"])
async def test_the_last_one_is_not_ended(desk: DeskSite, how: str) -> None:
    lead, cai = await desk.person("lead"), await desk.person("child_safety")
    where = f"/desk/team/{cai.id}"
    forms = {
        "role": wish("Cai", "moderator"),
        "queue": wish("Cai", "child_safety", queues_of="these", queues=["dsar"]),
        "end": wish("Cai", "child_safety", until="2027-06-01"),
    }

    async def ended() -> bool:
        if how == "shell":
            try:
                await perform(desk.world.app, "staff.revoke", {"number": cai.id})
            except CommandRefused as refused:
                assert "child-safety" in str(refused)
                return False
            return True
        if how == "revoke":
            page = await lead.sign(f"{where}/revoke", {"why": "left"})
        else:
            page = await lead.sign(f"{where}/change", forms[how])
        assert page.status < 400 or "works on child-safety cases" in page.words
        return page.status < 400

    assert not await ended()
    one = await staff.get(desk.world.app, desk.world.app.store, cai.id)
    assert one is not None and child_safety.is_holder(one) and not one.until
    await desk.person("child_safety", queues=["dsar"])
    await perform(desk.world.app, "staff.invite", {"again": cai.id})
    assert not await ended(), "nobody of them works on such cases"
    await desk.person("child_safety")
    assert await ended()


async def test_leads_look_while_nobody_is_on_duty(desk: DeskSite) -> None:
    lead, mod = await desk.person("lead"), await desk.person("moderator")
    case = await opened(desk.world, "csam_notice", title=HIDDEN)
    number = case_numbers.text(case)
    at = f"/desk/cases/{number}"
    assert HIDDEN in (await lead.get("/desk/queues")).words
    page = await lead.get(at)
    assert page.status == 200 and HIDDEN in page.words
    assert (await mod.get(at)).status == 404
    # they see, and change nothing
    before = len(await cases.timeline(desk.world.app.store, case))
    for path, fields in (
        ("take", {}),
        ("note", {"text": "x"}),
        ("urgency", {"urgency": "2"}),
        ("decide", {}),
        ("hold", {"target": "1", "days": "9", "reason": "x"}),
    ):
        page = await lead.sign(f"{at}/{path}", fields)
        assert page.status in (403, 404, 405), path
    assert len(await cases.timeline(desk.world.app.store, case)) == before
    # its media stay closed
    one = await staff.get(desk.world.app, desk.world.app.store, lead.id)
    state = await cases.get(desk.world.app.store, case)
    assert one is not None and state is not None and await reveals._abuse(desk.world.app, state)
    assert (await lead.get(f"{at}/media")).status in (403, 404)
    cai = await holder_on_duty(desk)
    assert (await lead.get(at)).status == 404
    assert HIDDEN not in (await lead.get("/desk/queues")).words
    assert (await cai.get(at)).status == 200
    await cai.post("/desk/settings/duty", {})
    assert (await lead.get(at)).status == 200, "off duty again"
