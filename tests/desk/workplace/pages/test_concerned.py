"""Those a case concerns: shown as far as one may know, warned and suspended step by step."""

from __future__ import annotations

import re

from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.adjudication.decisions import misuse, numbers
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.casework.cases import service as cases
from petitbleu.domain.safety.case_numbers import service as case_numbers
from tests.desk.adjudication.decisions.deciding import NOTICE, Scene, scene
from tests.desk.kit import opened
from tests.desk.workplace.pages.test_work import case_of
from tests.domain.safety.moderation.place import service_chat
from tests.kit.desk import DeskSite, Person
from tests.kit.web import Answer

DAY = 86_400


async def strikes(at: Scene, count: int, **more: object) -> int:
    case = 0
    for _ in range(count):
        post = await at.place.post(at.ada, "Encore un appel")
        case = await at.open(NOTICE)
        measures = [{"kind": "remove", "item": at.link(post)}]
        await at.decide(case, at.form(**({"manifest": "yes", "measures": measures} | more)))
    return case


def form(page: Answer, kind: str, step: str) -> dict[str, str] | None:
    """The fields of a step as the page offers it."""
    for one in re.findall(r"<form.*?</form>", page.text, re.S):
        fields = dict(re.findall(r'name="(party|kind|step)" value="([^"]+)"', one))
        if fields.get("kind") == kind and fields.get("step") == step:
            return fields
    return None


async def take(person: Person, case: int, kind: str, step: str, **more: str) -> Answer:
    path = f"/desk/cases/{case_numbers.text(case)}"
    fields = form(await person.get(f"{path}/people"), kind, step)
    assert fields is not None, f"{step} is not offered"
    return await person.sign(f"{path}/misuse", fields | more)


async def test_the_ladder_is_climbed_on_the_page_and_ends_there(desk: DeskSite) -> None:
    at, ada = await scene(desk.world), await desk.person("moderator")
    case = await strikes(at, 2)
    page = await ada.get(f"/desk/cases/{case_numbers.text(case)}/people")
    assert "counted: 2 of 3" in page.words and form(page, "content", "warning") is None
    assert str(at.ada.user_id) in page.words and "Decisions before" in page.words
    case = await strikes(at, 1)
    assert (await take(ada, case, "content", "warning")).status == 303
    desk.world.clock.advance(60)
    case = await strikes(at, 1)
    lacks = await take(ada, case, "content", "suspension", days="7", why="")
    assert lacks.status == 422 and "proportion" in lacks.words
    done = await take(ada, case, "content", "suspension", days="10", why="Four in a month")
    assert done.status == 303, done.words
    who = misuse.person(at.ada.user_id)
    found = await misuse.standing(desk.world.app, who, "content")
    assert 10 * DAY <= found.suspended_until - desk.world.clock.now() <= 11 * DAY
    page = await ada.get(f"/desk/cases/{case_numbers.text(case)}/people")
    assert "suspended until" in page.words and "Four in a month" in page.words
    assert form(page, "content", "suspension") is None
    assert (await take(ada, case, "content", "end", why="A good objection")).status == 303
    assert (await misuse.standing(desk.world.app, who, "content")).suspended_until == 0
    actions = await desk.actions()
    assert [one for one in actions if one.startswith("misuse.")] == [
        "misuse.warning",
        "misuse.suspension",
        "misuse.ended",
    ]
    assert all(str(at.ada.user_id) not in one.data.decode() for one in await desk.log()
               if one.action.startswith("misuse."))  # fmt: skip


async def test_whose_notices_are_unfounded_is_warned_without_being_named(desk: DeskSite) -> None:
    at, ada = await scene(desk.world), await desk.person("moderator")
    case = await strikes(at, 3, outcome="no_action", measures=[], manifest="", unfounded="yes")
    bob = await desk.person("legal")
    path = f"/desk/cases/{case_numbers.text(case)}/people"
    assert NOTICE["sender"] not in (await ada.get(path)).text
    assert NOTICE["sender"] in (await bob.get(path)).text
    assert (await take(ada, case, "notice", "warning")).status == 303
    await at.settle()
    assert "infondés" in at.mails(NOTICE["sender"])[-1].text
    told = await cases.timeline(desk.world.app.store, case)
    assert "misuse.warning" in [one.kind for one in told]


async def test_steps_are_for_who_may_take_them(desk: DeskSite) -> None:
    at = await scene(desk.world)
    tim = await desk.person("triage")
    una = await desk.person("moderator", measures=["remove"])
    ada = await desk.person("moderator")
    case = await strikes(at, 3)
    path = f"/desk/cases/{case_numbers.text(case)}"
    assert form(await tim.get(f"{path}/people"), "content", "warning") is None
    fields = form(await una.get(f"{path}/people"), "content", "warning")
    assert fields is not None
    assert (await tim.sign(f"{path}/misuse", fields)).status == 403
    assert (await ada.post(f"{path}/misuse", fields)).status == 403, "unsigned"
    strange = await una.sign(f"{path}/misuse", fields | {"party": "0" * 24})
    assert strange.status == 404
    assert (await una.sign(f"{path}/misuse", fields)).status == 303
    desk.world.clock.advance(60)
    case = await strikes(at, 1)
    refused = await take(una, case, "content", "suspension", days="7", why="Again")
    assert refused.status == 403, "she may not freeze accounts"


async def test_decisions_of_other_queues_are_not_shown(desk: DeskSite) -> None:
    at = await scene(desk.world)
    una = await desk.person("moderator", queues=["csam_notice", "art18_threat"])
    case = await at.open(NOTICE | {"kind": "art18_threat"})
    earlier = await strikes(at, 1)
    page = await una.get(f"/desk/cases/{case_numbers.text(case)}/people")
    assert page.status == 200 and case_numbers.text(earlier) not in page.words


# ── objections that come as letters ─────────────────────────────────────────────────────────────


async def complaint(desk: DeskSite, sender: str) -> tuple[int, str]:
    number = await opened(desk.world, appeals.KIND, sender=sender, title="Contestation")
    return number, f"/desk/cases/{case_numbers.text(number)}"


async def test_an_objection_by_letter_is_bound_to_its_decision_and_decided(desk: DeskSite) -> None:
    at, ada, bea = await scene(desk.world), *[await desk.person("legal") for _ in range(2)]
    case = await at.open(NOTICE)
    row = await at.decide(case)
    number, base = await complaint(desk, NOTICE["sender"])
    assert "Bind it" in (await ada.get(base)).words
    assert (await ada.get(f"{base}/appeal")).status == 404
    wrong = await ada.post(f"{base}/bind", {"decision": "PB-2027-999999-1"})
    assert wrong.status == 422 and "no such decision" in wrong.words
    done = await ada.post(f"{base}/bind", {"decision": numbers.text(row.number)})
    assert done.status == 303, done.words
    bound = await appeals.get(desk.world.app.store, number)
    assert bound is not None and (bound.decision, bound.who) == (row.number, "notifier")
    again = await ada.post(f"{base}/bind", {"decision": numbers.text(row.number)})
    assert again.status == 422
    answer = {"outcome": "maintain", "text": "It stays as it is."}
    assert (await bea.sign(f"{base}/appeal", answer)).status == 303
    assert (await case_of(desk, number)).closed_at is not None
    assert (await ada.post(f"{base}/close", {"end": "no_action", "why": "x"})).status in (409, 422)


async def test_a_stranger_is_not_told_what_was_decided(desk: DeskSite) -> None:
    at, ada = await scene(desk.world), await desk.person("legal")
    row = await at.decide(await at.open(NOTICE))
    _, base = await complaint(desk, "stranger@evil.example")
    refused = await ada.post(f"{base}/bind", {"decision": numbers.text(row.number)})
    assert refused.status == 422 and "writes from that address" in refused.words
    closed = await ada.post(f"{base}/close", {"end": "no_action", "why": "answered by letter"})
    assert closed.status == 303
    assert await decisions.get(desk.world.app.store, row.number)


async def test_words_of_a_case_one_may_not_see_do_not_come_by_another(desk: DeskSite) -> None:
    at, ada = await scene(desk.world), await desk.person("moderator")
    await strikes(at, 3)
    hidden = await at.open(NOTICE | {"kind": "csam_notice"})
    who = misuse.person(at.ada.user_id)
    await misuse.warn(desk.world.app, "staff:9", who, "content", case=hidden)
    desk.world.clock.advance(60)
    case = await strikes(at, 1)
    await misuse.suspend(
        desk.world.app, "staff:9", who, "content", case=hidden, reason="Pictures of a child"
    )
    page = await ada.get(f"/desk/cases/{case_numbers.text(case)}/people")
    assert (await ada.get(f"/desk/cases/{case_numbers.text(hidden)}")).status == 404
    assert "suspended until" in page.words
    assert "Pictures of a child" not in page.words
    assert case_numbers.text(hidden) not in page.text


async def test_an_objection_to_a_suspension_is_answered_by_somebody_else(desk: DeskSite) -> None:
    app = desk.world.app
    at = await scene(desk.world)
    ada, bea = await desk.person("lead"), await desk.person("lead")
    who = misuse.person(at.ada.user_id)
    case = await strikes(at, 3)
    await misuse.warn(app, f"staff:{ada.id}", who, misuse.CONTENT, case=case)
    desk.world.clock.advance(60)
    case = await strikes(at, 1)
    row = await misuse.suspend(
        app, f"staff:{ada.id}", who, misuse.CONTENT, case=case, reason="Encore"
    )
    words = "It was not me who wrote these messages."
    lodged = await appeals.object_to(app, row, email="", text=words, language="en")
    base = f"/desk/cases/{case_numbers.text(lodged.number)}"
    page = await bea.get(base)
    assert words in page.words and "objects to suspension" in page.words
    assert f'href="/desk/cases/{case_numbers.text(row.number)}/people"' in page.text
    assert (await ada.post(f"{base}/close", {"end": "fraud", "why": "x"})).status == 403
    answer = {"outcome": "reverse", "text": "You are right: the phone was stolen."}
    refused = await ada.sign(f"{base}/objection", answer)
    assert refused.status == 403 and "You took part" in refused.words
    for wrong in ({**answer, "outcome": ""}, {**answer, "text": ""}):
        assert (await bea.sign(f"{base}/objection", wrong)).status == 422
    assert (await bea.sign(f"{base}/objection", answer)).status == 303
    assert (await misuse.standing(app, who, misuse.CONTENT)).suspended_until == 0
    assert (await case_of(desk, lodged.number)).ending == "executed"
    await at.settle()
    assert any("the phone was stolen" in one for one in await service_chat(at.ada))
    assert (await bea.sign(f"{base}/objection", answer)).status == 422
