"""Holds: what is kept and until when; placing, extending, ending early."""

from __future__ import annotations

from functools import partial

from starlette.responses import Response

from petitbleu.desk.adjudication.decisions import resolve
from petitbleu.desk.orders.holds import service
from petitbleu.desk.orders.holds.service import HoldRow, Refused, What
from petitbleu.desk.staffing.approvals.service import NotAgreed
from petitbleu.desk.workplace.pages.approval_request import ask
from petitbleu.desk.workplace.pages.case import found, show
from petitbleu.desk.workplace.pages.queues import reachable
from petitbleu.desk.workplace.pages.shell import PageRequest, Problem, page
from petitbleu.domain.safety.case_numbers import service as case_numbers

_DAY = 86_400


@page("/desk/holds", right="hold", rail="holds")
async def holds(visit: PageRequest) -> Response:
    """Holds in force, the next to end first."""
    rows = [row for row in await service.in_force(visit.app) if await reachable(visit, row.number)]
    return visit.html("holds.html", rows=rows, number=case_numbers.text, by=partial(_by, visit))


def _by(visit: PageRequest, actor: str) -> str:
    kind, _, number = actor.partition(":")
    if kind == "staff":
        return visit.t["you"].format(number=number)
    return visit.t.get(f"actor_{actor}", actor)


@page("/desk/cases/{number}/hold", right="hold", methods=("POST",))
async def place(visit: PageRequest) -> Response:
    """Hold what a link, a name or a number means."""
    state = await found(visit)
    written, days = visit.form.get("target"), visit.form.number("days") or 0
    item = await resolve.resolve(visit.app, written)
    if item is None or not item.what:
        said = visit.t["hold_unresolved"].format(what=written[:200])
        return await show(visit, state, status=422, wrong=said)
    what = What(item.what, item.peer or item.owner, item.messages, item.owner)
    until = int(visit.app.clock.now()) + days * _DAY
    try:
        await service.place(
            visit.app,
            state.number,
            what,
            until=until,
            reason=visit.form.get("reason"),
            by=visit.staff.actor,
        )
    except Refused as refused:
        return await show(visit, state, status=422, wrong=refused.say(visit.lang))
    return visit.to(f"/desk/cases/{case_numbers.text(state.number)}", "held")


async def _hold(visit: PageRequest) -> HoldRow:
    row = await service.get(visit.app.store, visit.number("id", 1))
    if row is None or await reachable(visit, row.number) is None:
        raise Problem("status_404", 404)
    visit.subject = case_numbers.text(row.number)
    return row


@page("/desk/holds/{id:int}/renew", right="hold", methods=("POST",))
async def renew(visit: PageRequest) -> Response:
    """Extend a hold by days."""
    row = await _hold(visit)
    until = row.until + (visit.form.number("days") or 0) * _DAY
    reason = visit.form.get("reason")
    if not reason:
        raise Problem("wrong_reason")
    try:
        await service.renew(visit.app, row.id, until=until, reason=reason, by=visit.staff.actor)
    except Refused as refused:
        raise Problem("give_wrong", why=refused) from None
    return visit.to("/desk/holds", "renewed")


@page("/desk/holds/{id:int}/end", right="hold", methods=("POST",), signs=True)
async def end(visit: PageRequest) -> Response:
    """End a hold before its date: asks a second person; once they have agreed, it ends."""
    row = await _hold(visit)
    reason = visit.form.get("reason")
    if not reason:
        raise Problem("wrong_reason")
    try:
        await service.end_early(visit.app, row.id, reason=reason, by=visit.staff.actor)
    except NotAgreed:
        return await _ask(visit, row, reason)
    return visit.to("/desk/holds", "saved")


async def _ask(visit: PageRequest, row: HoldRow, reason: str) -> Response:
    await ask(
        visit,
        service.ENDING,
        case_numbers.text(row.number),
        service.ending_digest(row.id, reason),
        {"hold": row.id, "reason": reason, "until": row.until},
    )
    return visit.to("/desk/holds", "hold_asked")
