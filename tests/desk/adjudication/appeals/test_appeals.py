"""A complaint is decided by somebody else, with reasons, and a reversal gives everything back."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.control import perform
from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.adjudication.appeals.service import Excluded, Refused
from petitbleu.desk.adjudication.decisions import misuse
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.adjudication.decisions.service import DecisionRow
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.parties import service as parties
from petitbleu.desk.casework.parties.service import Person
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Tx
from petitbleu.store.query import query
from tests.desk.adjudication.decisions.deciding import NOTICE, ORDER, OTHER, STAFF, Scene, scene
from tests.domain.safety.moderation.place import service_chat
from tests.kit.world import World

WHY = "The post quotes a newspaper and condemns the attack."
DAY = 86_400
NOTIFIER = "notifier@people.example"
_HELD = query("select number, until from hold")


async def decided(world: World, **more: Any) -> tuple[Scene, DecisionRow]:
    """A post was removed on a notice, and everybody was told."""
    at = await scene(world)
    case = await at.open(NOTICE)
    row = await at.decide(case, at.form(**more))
    await at.pass_time(601)
    return at, row


async def lodge(at: Scene, row: DecisionRow, account: int = -1, **more: Any) -> int:
    """A complaint of Ada's, whose post it was."""
    said = {"email": "", "text": WHY, "language": "en"} | more
    who = at.ada.user_id if account < 0 else account
    lodged = await appeals.lodge(at.world.app, row, who, **said)
    await at.settle()
    return lodged.number


async def decide(at: Scene, number: int, outcome: str, actor: str = OTHER, **more: Any) -> Any:
    made = await appeals.decide(
        at.world.app, actor, number, outcome, "We looked again.", command=f"a{outcome}", **more
    )
    await at.settle()
    return made


async def test_a_complaint_is_a_case_of_its_own_with_its_clock(world: World) -> None:
    at, row = await decided(world)
    number = await lodge(at, row)
    state = await at.case(number)
    assert (state.kind, state.channel) == ("complaint_art20", "form")
    assert state.facts["decision"] == row.number
    assert state.facts["text"] == WHY
    due = {clock.id: clock.due for clock in cases.clocks(world.app, state)}
    assert due["dsa20.decide"] is not None
    about = await cases.timeline(world.app.store, decisions.case_of(row.number))
    assert "appeal" in [event.kind for event in about]
    person = Person(at.ada.user_id)
    assert await parties.roles(world.app.store, person, number) == {"complainant"}
    shown = await perform(world.app, "desk.case", {"number": case_numbers.text(number)})
    assert shown["kind"] == "complaint_art20"


async def test_the_same_person_has_one_complaint_about_a_decision(world: World) -> None:
    at, row = await decided(world)
    first = await appeals.lodge(world.app, row, at.ada.user_id, email="", text=WHY, language="en")
    again = await appeals.lodge(
        world.app, row, at.ada.user_id, email="", text="Once more, please!! Look.", language="en"
    )
    assert (first.again, again.again) == (False, True)
    assert first.number == again.number
    other = await lodge(at, row, 0)
    assert other != first.number, "who gave notice has a complaint of their own"


async def test_a_reversal_restores_and_tells_both_sides(world: World) -> None:
    at, row = await decided(world)
    number = await lodge(at, row)
    assert await at.place.history(at.bob) == []
    made = await decide(at, number, "reverse")
    assert (made.outcome, made.decided_by, made.who) == ("reversed", OTHER, "author")
    assert await at.place.history(at.bob) == ["Saluons l’attentat"]
    assert "We looked again." in (await service_chat(at.ada))[0]
    assert "We looked again." in at.mails(NOTIFIER)[-1].text
    old = await decisions.get(world.app.store, row.number)
    assert old is not None and old.replaced_by
    state = await at.case(number)
    assert (state.state, state.ending) == ("closed", "executed")
    assert {"dsa20.decide", "dsa20.inform"} <= set(state.done)
    assert await decide(at, number, "reverse") == made, "again changes nothing"


async def test_who_decided_is_excluded_whatever_they_try(world: World) -> None:
    at, row = await decided(world)
    number = await lodge(at, row)
    assert not await appeals.may_decide(world.app, STAFF, number)
    assert await appeals.may_decide(world.app, OTHER, number)
    for outcome in appeals.OUTCOMES:
        with pytest.raises(Excluded):
            await decide(at, number, outcome, STAFF, form=at.form())
    assert await at.place.history(at.bob) == []


async def test_who_countersigned_or_decided_before_is_excluded_too(world: World) -> None:
    at = await scene(world)
    case = await at.open(NOTICE)
    lesser = [{"kind": "age_limit", "item": at.link()}]
    first = await at.decide(case, at.form(measures=lesser), second="staff:9")
    corrected = await decisions.decide(
        world.app,
        OTHER,
        case,
        at.form(why="Autre motif."),
        command="c",
        corrects=first.number,
        second="staff:11",
    )
    number = await lodge(at, corrected)
    for actor in (STAFF, OTHER, "staff:9", "staff:11"):
        assert not await appeals.may_decide(world.app, actor, number), actor
    assert await appeals.may_decide(world.app, "staff:10", number)


async def test_a_maintained_decision_is_answered_with_reasons_and_redress(world: World) -> None:
    at, row = await decided(world)
    number = await lodge(at, row, email="ada@people.example")
    await decide(at, number, "maintain")
    assert await at.place.history(at.bob) == []
    answer = at.mails("ada@people.example")[-1].text
    assert "stays as it is" in answer
    assert "We looked again." in answer
    assert "Out-of-court dispute settlement" in answer
    assert "stays as it is" in (await service_chat(at.ada))[0]
    assert (await at.case(number)).ending == "refused"


async def test_a_question_keeps_the_case_open_until_it_is_answered(world: World) -> None:
    at, row = await decided(world)
    number = await lodge(at, row, email="ada@people.example")
    await decide(at, number, "ask")
    assert "please tell us" in at.mails("ada@people.example")[-1].text
    state = await at.case(number)
    assert (state.state, state.closed_at) == ("awaiting_info", None)
    await appeals.answer(world.app, number, "It was in Monday's paper.")
    assert (await at.case(number)).state == "triaged"
    await decide(at, number, "ask")
    assert len(at.mails("ada@people.example")) == 3, "a second question is a second letter"
    await decide(at, number, "omit")
    with pytest.raises(Refused, match="decided already"):
        await appeals.answer(world.app, number, "Too late")


async def test_a_notifier_may_complain_that_nothing_was_done(world: World) -> None:
    at, row = await decided(world, outcome="no_action", measures=[])
    number = await lodge(at, row, 0)
    found = await appeals.get(world.app.store, number)
    assert found is not None
    assert (found.who, found.subject, found.email) == ("notifier", "notice", NOTIFIER)
    with pytest.raises(Refused, match="choose change"):
        await decide(at, number, "reverse")
    with pytest.raises(Refused, match="fill in"):
        await decide(at, number, "change")
    made = await decide(at, number, "change", form=at.form())
    assert (made.outcome, made.restricted) == ("changed", 1)
    assert await at.place.history(at.bob) == []


async def test_a_refused_form_leaves_the_complaint_open(world: World) -> None:
    at, row = await decided(world)
    number = await lodge(at, row)
    with pytest.raises(decisions.Wrong):
        await decide(at, number, "change", form=at.form(law=""))
    found = await appeals.get(world.app.store, number)
    assert found is not None and found.outcome == ""
    assert (await at.case(number)).closed_at is None


async def test_manifestly_unfounded_complaints_are_counted_and_marked(world: World) -> None:
    at, row = await decided(world)
    number = await lodge(at, row)
    await decide(at, number, "maintain", unfounded=True)
    who = misuse.person(at.ada.user_id)
    assert (await misuse.standing(world.app, who, misuse.COMPLAINT)).counted == 1

    async def often(tx: Tx, first: int) -> None:
        for n in range(first, first + 2):
            at = int(world.clock.now())
            await misuse.count(tx, who, misuse.COMPLAINT, row.number + n, at)

    await world.app.store.write(often, 1)
    await misuse.warn(world.app, OTHER, who, misuse.COMPLAINT, case=number)
    world.clock.advance(60)
    await world.app.store.write(often, 3)
    await misuse.suspend(world.app, OTHER, who, misuse.COMPLAINT, case=number, reason="Often.")
    other = await at.decide(await at.open(NOTICE), at.form(outcome="no_action", measures=[]))
    marked = await at.case(await lodge(at, other))
    assert marked.warnings == ["complainant_suspended"], "it is a case all the same"


async def test_it_is_too_late_after_six_months(world: World) -> None:
    at, row = await decided(world)
    window = await appeals.window(world.app, row, at.ada.user_id)
    assert 180 * DAY < window.until - row.at < 188 * DAY
    world.clock.advance(190 * DAY)
    with pytest.raises(Refused, match="six months"):
        await lodge(at, row)


async def test_evidence_outlives_a_late_complaint(world: World) -> None:
    at, row = await decided(world)
    world.clock.advance(170 * DAY)
    await lodge(at, row)
    [measure] = [one.measure for one in decisions.measures_of(row)]
    until = dict(await world.app.store.rows(_HELD))[measure]
    assert until - world.clock.now() > 199 * DAY


async def test_evidence_waits_for_a_letter_that_is_delayed(world: World) -> None:
    at = await scene(world)
    case = await at.open(ORDER, facts={"confidentiality": {"until": "2027-06-01"}})
    delayed = at.form(source="other", delay_until="2027-06-01", delay_clause="Art. 4 de l’ordre")
    row = await at.decide(case, delayed)
    [measure] = [one.measure for one in decisions.measures_of(row)]
    until = dict(await world.app.store.rows(_HELD))[measure]
    window = await appeals.window(world.app, row, at.ada.user_id)
    assert window.until > row.at + 300 * DAY
    assert until >= window.until


async def test_a_decision_without_text_or_with_an_unknown_outcome_is_refused(world: World) -> None:
    at, row = await decided(world)
    number = await lodge(at, row)
    for outcome, text in (("maintain", "  "), ("shrug", "Because.")):
        with pytest.raises(Refused):
            await appeals.decide(world.app, OTHER, number, outcome, text, command="x")
    with pytest.raises(Refused, match="20 characters"):
        await lodge(at, row, text="No!")
