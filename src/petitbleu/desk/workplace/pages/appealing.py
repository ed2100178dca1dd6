"""Deciding a complaint: the decision it is about, what was argued, and the answer, signed."""

from __future__ import annotations

import msgspec
from starlette.responses import Response

from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.adjudication.appeals.service import AppealRow, Excluded, Refused
from petitbleu.desk.adjudication.decisions import numbers
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.adjudication.decisions.form import Wrong
from petitbleu.desk.adjudication.decisions.misuse import Denied
from petitbleu.desk.adjudication.decisions.service import DecisionRow
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.queues import CHILD
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.casework.routing.seeing import ORDERS, ORDERS_RIGHT
from petitbleu.desk.workplace.pages.case import found, letters_of, show
from petitbleu.desk.workplace.pages.queues import reachable
from petitbleu.desk.workplace.pages.shell import PageRequest, Problem, page
from petitbleu.domain.safety.case_numbers import service as case_numbers

HERE = ("maintain", "reverse", "ask", "omit")
"""Outcomes decided on this page; a change is decided on the decision form."""


async def complaint(visit: PageRequest, number: int) -> AppealRow:
    """The complaint of a case that this person may decide: child abuse and orders stay with their
    roles when they are complained about. Raises Problem.
    """
    row = await appeals.get(visit.app.store, number)
    about = await cases.get(visit.app.store, row.about) if row is not None else None
    if row is None or about is None or (about.kind == CHILD and not visit.staff.may("child")):
        raise Problem("wrong_number", 404)
    if about.kind in ORDERS and not visit.staff.may(ORDERS_RIGHT):
        raise Problem("no_right", 403)
    if not await appeals.may_decide(visit.app, visit.staff.actor, number):
        raise Problem("appeal_excluded", 403)
    return row


@page("/desk/cases/{number}/appeal", right="appeals")
async def appeal(visit: PageRequest) -> Response:
    """The original decision, its reasons and the new arguments side by side."""
    state = await found(visit)
    return await _page(visit, state, await complaint(visit, state.number))


async def _page(
    visit: PageRequest, state: CaseState, row: AppealRow, *, status: int = 200, wrong: str = ""
) -> Response:
    decision = await decisions.get(visit.app.store, row.decision)
    assert decision is not None
    said = [state.facts.get("text", "")]
    for event in await cases.timeline(visit.app.store, state.number):
        if event.kind in ("note", "appeal"):
            said.append(msgspec.msgpack.decode(event.data).get("text", ""))
    argued = [one for one in said if one]
    return visit.html(
        "appeal.html",
        status=status,
        state=state,
        number=case_numbers.text(state.number),
        about=case_numbers.text(row.about),
        row=row,
        decision=decision,
        decision_number=numbers.text(row.decision),
        decided=decisions.form_of(decision),
        argued=argued,
        letters=await _written(visit, state),
        outcomes=HERE,
        sealed=await _sealed(visit, row, decision),
        form=visit.form,
        wrong=wrong,
    )


async def _sealed(
    visit: PageRequest, row: AppealRow, decision: DecisionRow
) -> list[tuple[str, str]]:
    """The sealed copies of what was filed and of what the decision touched: the number of each, and
    what it is called.
    """
    about = await cases.get(visit.app.store, row.about)
    filed = about.sealed if about is not None else {}
    touched = [case_numbers.text(measure.measure) for measure in decisions.measures_of(decision)]
    return [(case_numbers.text(copy), target) for target, copy in filed.items()] + [
        (number, number) for number in touched
    ]


@page("/desk/cases/{number}/bind", right="appeals", methods=("POST",))
async def bind(visit: PageRequest) -> Response:
    """Say which decision a complaint that came as a letter is about."""
    state = await found(visit)
    decision = numbers.parse(visit.form.get("decision"))
    about = await reachable(visit, numbers.case_of(decision)) if decision is not None else None
    try:
        await appeals.attach(
            visit.app, visit.staff.actor, state.number, decision if about is not None else None
        )
    except Refused as refused:
        return await show(visit, state, status=422, wrong=refused.say(visit.lang))
    return visit.to(f"/desk/cases/{case_numbers.text(state.number)}/appeal", "bound")


async def _written(visit: PageRequest, state: CaseState) -> list[str]:
    """What the complainant wrote, as far as it arrived as a letter."""
    return [letter["letter"].text for letter in await letters_of(visit, state) if letter["letter"]]


@page("/desk/cases/{number}/appeal", right="appeals", methods=("POST",), signs=True)
async def decide(visit: PageRequest) -> Response:
    """Maintain, reverse, ask or omit; signed by somebody who had no part in the decision."""
    state = await found(visit)
    row = await complaint(visit, state.number)
    outcome = visit.form.get("outcome")
    if outcome not in HERE:
        return await _page(visit, state, row, status=422, wrong=visit.t["wrong_kind"])
    try:
        await appeals.decide(
            visit.app,
            visit.staff.actor,
            state.number,
            outcome,
            visit.form.get("text"),
            command=f"{visit.staff.actor}-{visit.touch().nonce.hex()}",
            unfounded=visit.form.flag("unfounded"),
        )
    except Refused as refused:
        return await _page(visit, state, row, status=422, wrong=refused.say(visit.lang))
    except Excluded:
        raise Problem("appeal_excluded", 403) from None
    except Wrong as wrong:
        said = " ".join(error.say(visit.lang) for error in wrong.errors)
        return await _page(visit, state, row, status=422, wrong=said)
    return visit.to(f"/desk/cases/{case_numbers.text(state.number)}", "appealed")


@page("/desk/cases/{number}/objection", right="appeals", methods=("POST",), signs=True)
async def objection(visit: PageRequest) -> Response:
    """A suspension stays or ends, after somebody objected to it; signed by somebody else than who
    suspended.
    """
    state = await found(visit)
    outcome = visit.form.get("outcome")
    if outcome not in ("maintain", "reverse"):
        return await show(visit, state, status=422, wrong="wrong_kind")
    try:
        await appeals.answer_objection(
            visit.app,
            visit.staff.actor,
            state.number,
            ends=outcome == "reverse",
            text=visit.form.get("text"),
        )
    except Excluded:
        raise Problem("appeal_excluded", 403) from None
    except (Refused, Denied) as refused:
        return await show(visit, state, status=422, wrong=refused.say(visit.lang))
    return visit.to(f"/desk/cases/{case_numbers.text(state.number)}", "appealed")
