"""Whether people may be told: who has to agree, who is woken, what a later clause does."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.desk.casework.alerts import ladder
from petitbleu.desk.casework.alerts import service as alerts
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.casework.secrecy import service as secrecy
from petitbleu.desk.casework.secrecy.service import Answer, Refused
from petitbleu.desk.staffing.approvals import service as approvals
from petitbleu.domain.safety.case_numbers import service as case_numbers
from tests.desk.adjudication.decisions.deciding import ORDER, Scene, scene
from tests.desk.kit import agree, signer
from tests.domain.safety.moderation.place import service_chat
from tests.kit.desk import DeskSite
from tests.kit.world import World

DAY = 86_400
CLAUSE = CaseEvent("fact", {"confidentiality": {"until": None, "words": "not to be told"}})


async def decided(world: World, kind: str = "dsa_art9_order", **form: Any) -> tuple[Scene, int]:
    at = await scene(world)
    case = await at.open(ORDER | {"kind": kind})
    await at.decide(case, at.form(source="other", **{"tell": ""} | form))
    await at.pass_time(601)
    return at, case


async def rung(at: Scene, case: int) -> list[str]:
    """What woke somebody on a case about telling."""
    await at.settle()
    rows = await alerts.of_case(at.world.app.store, case)
    return [one.step for one in rows if one.what == ladder.SECRET]


async def test_yes_of_criminal_justice_waits_for_a_second_person(world: World) -> None:
    at, case = await decided(world, "fr_requisition", tell="release")
    first, second = await signer(world, "legal"), await signer(world, "lead")
    state = await secrecy.answer(world.app, case, Answer("yes"), first)
    assert secrecy.lacks_second(world.app, state)
    await at.settle()
    assert await service_chat(at.ada) == []
    (asked,) = await approvals.pending(world.app, second.staff)
    with pytest.raises(approvals.NotYou):
        await agree(world, asked.id, first)
    await agree(world, asked.id, second)
    await at.settle()
    assert len(await service_chat(at.ada)) == 1


async def test_an_answer_that_was_replaced_is_not_agreed_to(world: World) -> None:
    at, case = await decided(world, "fr_requisition", tell="release")
    first, second = await signer(world, "legal"), await signer(world, "lead")
    await secrecy.answer(world.app, case, Answer("yes"), first)
    (asked,) = await approvals.pending(world.app, second.staff)
    world.clock.advance(1)
    await secrecy.answer(world.app, case, Answer("release"), first)
    with pytest.raises(approvals.NotYou):
        await agree(world, asked.id, second)
    await at.settle()
    assert await service_chat(at.ada) == []


async def test_a_refused_yes_is_held_and_looked_at_again(world: World) -> None:
    at, case = await decided(world, "fr_requisition", tell="release")
    first, second = await signer(world, "legal"), await signer(world, "lead")
    await secrecy.answer(world.app, case, Answer("yes"), first)
    (asked,) = await approvals.pending(world.app, second.staff)
    await world.app.store.write(
        approvals.refuse, app=world.app, id=asked.id, by=second, reason="it is secret"
    )
    state = await at.case(case)
    assert state.telling is not None and state.telling.answer == "release"
    assert state.telling.review > world.clock.now() + 29 * DAY


async def test_undated_secrecy_wakes_somebody_after_thirty_days_and_every_week(
    world: World,
) -> None:
    at, case = await decided(world, tell="release")
    assert await rung(at, case) == []
    await at.pass_time(29 * DAY)
    assert await rung(at, case) == []
    await at.pass_time(DAY)
    assert len(await rung(at, case)) == 1
    await at.pass_time(7 * DAY)
    assert len(await rung(at, case)) == 2
    by = await signer(world, "legal")
    await secrecy.answer(world.app, case, Answer("release"), by)
    await at.pass_time(8 * DAY)
    assert len(await rung(at, case)) == 2, "it was looked at"


async def test_a_closed_case_wakes_somebody_too(world: World) -> None:
    at, case = await decided(world, "dsa_art10_order", tell="release", outcome="no_action",
                             measures=[])  # fmt: skip
    await at.pass_time(900)
    assert (await at.case(case)).closed_at is not None
    await at.pass_time(31 * DAY)
    assert len(await rung(at, case)) == 1


async def test_nobody_answered_wakes_somebody_the_next_day(world: World) -> None:
    at, case = await decided(world)
    assert await service_chat(at.ada) == []
    await at.pass_time(DAY)
    assert len(await rung(at, case)) == 1


async def test_released_it_is_told_at_once(world: World) -> None:
    at, case = await decided(world, tell="release")
    await at.pass_time(40 * DAY)
    assert await service_chat(at.ada) == []
    await secrecy.answer(world.app, case, Answer("yes"), await signer(world, "legal"))
    await at.settle()
    assert len(await service_chat(at.ada)) == 1
    await at.pass_time(4000)
    assert (await at.case(case)).closed_at is not None


async def test_a_clause_that_is_found_later_makes_the_answer_void(world: World) -> None:
    at = await scene(world)
    case = await at.open(ORDER)
    await world.app.store.write(
        cases.append, world.app, case, "staff:7",
        *secrecy.events(world.app, await at.case(case), Answer("yes"), "staff:7"),
    )  # fmt: skip
    assert secrecy.verdict(world.app, await at.case(case)).open
    await world.app.store.write(cases.append, world.app, case, "sender", CLAUSE)
    assert secrecy.verdict(world.app, await at.case(case)).why == "clause"
    await at.decide(case, at.form(source="other", tell=""))
    await at.pass_time(601)
    assert await service_chat(at.ada) == []
    assert len(await rung(at, case)) == 1, "somebody is woken at once"


async def test_e_evidence_needs_the_permission_and_a_second(world: World) -> None:
    at, case = await decided(world, "epoc", tell="release")
    first, second = await signer(world, "legal"), await signer(world, "lead")
    with pytest.raises(Refused, match="permission"):
        await secrecy.answer(world.app, case, Answer("yes"), first)
    said = Answer("yes", permission="Ms Roth, 12 January, by telephone")
    await secrecy.answer(world.app, case, said, first)
    (asked,) = await approvals.pending(world.app, second.staff)
    assert asked.shown["tell_permission"] == said.permission
    await agree(world, asked.id, second)
    await at.settle()
    assert len(await service_chat(at.ada)) == 1


async def test_a_date_of_e_evidence_does_not_open_without_permission(world: World) -> None:
    at, case = await decided(world, "epoc", tell="date", delay_until="2027-02-01")
    await at.pass_time(30 * DAY)
    assert await service_chat(at.ada) == []
    assert len(await rung(at, case)) >= 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Answer("date"), "tell_date"),
        (Answer("date", "2027-01-01"), "tell_date"),
        (Answer("date", "31.12.2027"), "tell_date"),
        (Answer("perhaps"), "tell"),
        (Answer(""), "tell"),
        (Answer("yes", clause="x" * 1001), "tell_long"),
    ],
)
async def test_what_is_no_answer_is_refused_in_a_sentence(
    world: World, given: Answer, code: str
) -> None:
    at = await scene(world)
    case = await at.open(ORDER)
    with pytest.raises(Refused) as refused:
        await secrecy.answer(world.app, case, given, await signer(world, "legal"))
    assert refused.value.code == code
    assert (await at.case(case)).telling is None


async def test_words_in_the_place_of_content_go_when_a_case_becomes_secret(world: World) -> None:
    from petitbleu.domain.safety.moderation import measures

    at = await scene(world)
    case = await at.open(ORDER)
    wanted = [{"kind": "country", "item": at.link(), "countries": ["DE"], "shown": "By the court"}]
    await at.decide(case, at.form(source="other", tell="yes", measures=wanted))
    (row,) = await measures.listed(world.app)
    assert row.shown == "By the court"
    await secrecy.answer(world.app, case, Answer("release"), await signer(world, "legal"))
    await at.settle()
    (row,) = await measures.listed(world.app)
    assert "court" not in row.shown and case_numbers.text(row.number) in row.shown


async def test_the_pages_ask_and_answer(desk: DeskSite) -> None:
    at = await scene(desk.world)
    number = await at.open(ORDER | {"kind": "fr_requisition"}, facts=CLAUSE.data)
    base = f"/desk/cases/{case_numbers.text(number)}"
    lea, lou = await desk.person("legal"), await desk.person("lead")
    page = await lea.get(f"{base}/decide")
    question = page.text.split('id="tell"')[1].split("</fieldset>")[0]
    assert "checked" not in question and "not to be told" in question
    assert page.text.index('id="tell"') < page.text.index('name="outcome"'), "it is asked first"
    done = await lea.sign(f"{base}/telling", {"tell": "yes"})
    assert done.status == 303 and "tell_asked" in done.headers["location"]
    asked = await lou.get("/desk/seconds/1")
    assert "not to be told" in asked.words and "yes, now" in asked.words
    await lou.sign("/desk/seconds/1/answer", {"answer": "agree", "reason": "read"})
    assert "People are told." in (await lea.get(base)).words
    wrong = await lea.sign(f"{base}/telling", {"tell": "date", "delay_until": "tomorrow"})
    assert wrong.status == 422 and "first day" in wrong.words
    held = await lea.sign(f"{base}/telling", {"tell": "release"})
    assert held.status == 303
    shown = await lea.get(base)
    assert "Nothing is sent until somebody releases it." in shown.words
    assert "whether people may be told" in shown.words


async def test_what_waited_before_the_question_existed_wakes_somebody(world: World) -> None:
    """A statement of an older version's decision, whose case nobody was asked about."""
    from petitbleu.desk.adjudication.decisions import notifications
    from petitbleu.desk.adjudication.decisions.answering import tell
    from petitbleu.desk.adjudication.decisions.texts import Letter

    at = await scene(world)
    case = await at.open(ORDER)
    number, letter = case * 1000 + 1, Letter("An order", "By whom it is.")
    ada = at.ada.user_id
    await world.app.store.write(tell, world.app, number, ada, "statement_order", "en", letter)
    assert await notifications.tell(world.app, number, ada, "statement_order") is not None
    await at.pass_time(DAY)
    assert await service_chat(at.ada) == []
    assert len(await rung(at, case)) == 1
