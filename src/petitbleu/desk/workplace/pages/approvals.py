"""Second signatures: what waits, reading one, agreeing or refusing."""

from __future__ import annotations

from starlette.responses import Response

from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.casework.routing.seeing import ORDERS, may_see, may_sign
from petitbleu.desk.intake import codes
from petitbleu.desk.orders.holds import service as holds
from petitbleu.desk.orders.holds.service import HoldRow
from petitbleu.desk.staffing.approvals import service
from petitbleu.desk.staffing.approvals.service import NotYou, Request, SecondRow
from petitbleu.desk.workplace.pages.approval_request import describe_request
from petitbleu.desk.workplace.pages.case import letters_of
from petitbleu.desk.workplace.pages.queues import reachable
from petitbleu.desk.workplace.pages.shell import PageRequest, Problem, audit_line, page
from petitbleu.domain.safety.case_numbers import service as case_numbers


@page("/desk/seconds", right="second", rail="seconds")
async def seconds(visit: PageRequest) -> Response:
    """What waits for a second person, and what came of earlier requests."""
    rows = [service.for_reader(row, visit.staff) for row in await service.recent(visit.app.store)]
    over = [row for row in rows if row.state not in ("requested", "reading")]
    return visit.html(
        "seconds.html", waiting=await waiting(visit), recent=await _within_reach(visit, over)
    )


async def waiting(visit: PageRequest) -> list[Request]:
    """What waits for a second person and concerns this one, as far as they may see its case."""
    return await _within_reach(visit, await service.pending(visit.app, visit.staff))


async def _within_reach(visit: PageRequest, rows: list[Request]) -> list[Request]:
    requests = []
    for row in rows:
        open_to, _ = await _about(visit, row)
        if open_to:
            requests.append(row)
    return requests


async def _about(visit: PageRequest, row: SecondRow | Request) -> tuple[bool, CaseState | None]:
    """Whether a request is open to this person, and the case it is about, as far as they see it.

    It is for its first, for whoever may see its case, and for whoever may be its second.
    """
    number = case_numbers.parse(row.subject)
    if number is None:
        return True, None
    by = may_sign if service.may_second(row, visit.staff) else may_see
    state = await reachable(visit, number, by=by)
    return state is not None or row.first == visit.staff.actor, state


async def _of_reach(visit: PageRequest) -> CaseState | None:
    """The case that the request of the address is about. Raises Problem (404)."""
    row = await service.get(visit.app.store, visit.number("id", 1))
    open_to, state = await _about(visit, row) if row is not None else (True, None)
    if not open_to:
        raise Problem("wrong_number", 404)
    return state


@page("/desk/seconds/{id:int}", right="home", action="")
async def second(visit: PageRequest) -> Response:
    """One request; reading it puts it under second reading (and into the log)."""
    about = await _of_reach(visit)
    try:
        request = await visit.app.store.write(
            service.open_for, app=visit.app, id=visit.number("id", 1), reader=visit.staff
        )
    except NotYou as not_:
        status = 404 if not_.reason == "gone" else 403
        raise Problem(f"notyou_{not_.reason}", status) from None
    order = about if about is not None and about.kind in ORDERS else None
    if order is not None:  # what two people sign rests on it, so both read it
        subject = case_numbers.text(order.number)
        await visit.app.store.write(
            audit_line, visit.app, visit.staff.actor, "view", subject, {"second": request.id}
        )
    return visit.html(
        "second.html",
        request=request,
        told=describe_request(visit, request.shown),
        order=order,
        letters=await letters_of(visit, order) if order is not None else [],
        coded=lambda code: codes.sentence(code, visit.lang),
        held=await _held(visit, request),
    )


async def _held(visit: PageRequest, request: Request) -> list[HoldRow]:
    """What ends, where that is what is asked for."""
    number = case_numbers.parse(request.subject)
    if request.kind != holds.ENDING or number is None:
        return []
    return [row for row in await holds.of_case(visit.app.store, number) if row.ended_at is None]


@page("/desk/seconds/{id:int}/answer", right="second", methods=("POST",), signs=True)
async def answer(visit: PageRequest) -> Response:
    """Agree or refuse, signed."""
    id, agreed = visit.number("id", 1), visit.form.get("answer") == "agree"
    reason = visit.form.get("reason")
    await _of_reach(visit)
    try:
        if not agreed:
            await visit.app.store.write(
                service.refuse, app=visit.app, id=id, by=visit.touch(), reason=reason
            )
            return visit.to(f"/desk/seconds/{id}", "refused")
        outcome = await visit.app.store.write(
            service.agree, app=visit.app, id=id, by=visit.touch(), reason=reason
        )
    except NotYou as not_:
        raise Problem(f"notyou_{not_.reason}") from None
    if outcome.get("staff"):
        return visit.html("team_done.html", outcome=outcome)
    return visit.to(f"/desk/seconds/{id}", "agreed")
