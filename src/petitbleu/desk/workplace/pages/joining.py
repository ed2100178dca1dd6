"""Cases that may belong together, and joining one to an earlier one."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.intake import service as intake
from petitbleu.desk.intake.service import CannotJoin
from petitbleu.desk.workplace.pages.case import found, related_to, seen
from petitbleu.desk.workplace.pages.case_actions import not_theirs
from petitbleu.desk.workplace.pages.shell import PageRequest, Problem, page
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Tx

_WHERE = "/desk/cases/{number}/related"


@page(_WHERE, right="cases")
async def related_cases_page(visit: PageRequest) -> Response:
    """What else there is of the same reference, target or sender."""
    return await _show(visit, await found(visit))


@page(_WHERE, right="triage", methods=("POST",))
async def join(visit: PageRequest) -> Response:
    """Join this case to an earlier one: what arrived goes over, the clocks of that one stay."""
    state = await found(visit)
    if not_theirs(visit, state):
        raise Problem("wrong_order_right", 403)
    if state.owner not in (0, visit.staff.id) and not visit.staff.may("assign"):
        raise Problem("wrong_taken", 409, who=visit.t["you"].format(number=state.owner))
    into = case_numbers.parse(visit.form.get("into"))
    if into is None:
        return await _show(visit, state, status=422, wrong=visit.t["wrong_number"])
    first = await seen(visit, into)
    try:
        await visit.app.store.write(_join, visit, state.number, first.number)
    except CannotJoin as cannot:
        return await _show(visit, state, status=422, wrong=cannot.say(visit.lang))
    return visit.to(f"/desk/cases/{case_numbers.text(first.number)}", "joined")


async def _join(tx: Tx, visit: PageRequest, number: int, into: int) -> None:
    await intake.join(tx, visit.app, visit.staff.actor, number, into)


async def _show(
    visit: PageRequest, state: CaseState, *, status: int = 200, **more: Any
) -> Response:
    visit.subject = case_numbers.text(state.number)
    return visit.html(
        "related.html",
        status=status,
        state=state,
        number=case_numbers.text(state.number),
        rows=await related_to(visit, state),
        text=case_numbers.text,
        joins=visit.staff.may("triage") and state.closed_at is None,
        **({"wrong": "", "into": visit.form.get("into")} | more),
    )
