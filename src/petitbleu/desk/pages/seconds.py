"""Second signatures: what waits, reading one, agreeing or refusing."""

from __future__ import annotations

from starlette.responses import Response

from petitbleu.desk.pages.case import seen
from petitbleu.desk.pages.shell import Problem, Visit, page
from petitbleu.desk.seconds import service
from petitbleu.desk.seconds.service import NotYou
from petitbleu.domain.references import service as references


@page("/desk/seconds", right="second", rail="seconds")
async def seconds(visit: Visit) -> Response:
    """What waits for a second person, and what came of earlier requests."""
    rows = [service.for_reader(row, visit.staff) for row in await service.recent(visit.app.store)]
    return visit.html(
        "seconds.html",
        waiting=await service.pending(visit.app, visit.staff),
        recent=[row for row in rows if row.state not in ("requested", "reading")],
    )


async def _of_reach(visit: Visit, id: int) -> None:
    """A request about a case is for whoever may see that case: child abuse and named queues stay
    where they belong. Raises Problem.
    """
    row = await service.get(visit.app.store, id)
    number = references.parse(row.subject) if row is not None else None
    if number is not None and row is not None and row.first != visit.staff.actor:
        await seen(visit, number)


@page("/desk/seconds/{id:int}", right="home", action="")
async def second(visit: Visit) -> Response:
    """One request; reading it puts it under second reading (and into the log)."""
    await _of_reach(visit, visit.number("id", 1))
    try:
        request = await visit.app.store.write(
            service.open_for, app=visit.app, id=visit.number("id", 1), reader=visit.staff
        )
    except NotYou as not_:
        status = 404 if not_.reason == "gone" else 403
        raise Problem(f"notyou_{not_.reason}", status) from None
    return visit.html("second.html", request=request)


@page("/desk/seconds/{id:int}/answer", right="second", methods=("POST",), signs=True)
async def answer(visit: Visit) -> Response:
    """Agree or refuse, signed."""
    id, agreed = visit.number("id", 1), visit.form.get("answer") == "agree"
    reason = visit.form.get("reason")
    await _of_reach(visit, id)
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
