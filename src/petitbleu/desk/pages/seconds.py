"""Second signatures: what waits, reading one, agreeing or refusing."""

from __future__ import annotations

from starlette.responses import Response

from petitbleu.desk.pages.asked import told
from petitbleu.desk.pages.case import reachable, seen
from petitbleu.desk.pages.shell import Problem, Visit, page
from petitbleu.desk.seconds import service
from petitbleu.desk.seconds.service import NotYou, Request
from petitbleu.domain.references import service as references


@page("/desk/seconds", right="second", rail="seconds")
async def seconds(visit: Visit) -> Response:
    """What waits for a second person, and what came of earlier requests."""
    rows = [service.for_reader(row, visit.staff) for row in await service.recent(visit.app.store)]
    over = [row for row in rows if row.state not in ("requested", "reading")]
    return visit.html(
        "seconds.html", waiting=await waiting(visit), recent=await _within_reach(visit, over)
    )


async def waiting(visit: Visit) -> list[Request]:
    """What waits for a second person and concerns this one, as far as they may see its case."""
    return await _within_reach(visit, await service.pending(visit.app, visit.staff))


async def _within_reach(visit: Visit, rows: list[Request]) -> list[Request]:
    found = []
    for row in rows:
        number = references.parse(row.subject)
        mine = number is None or row.first == visit.staff.actor
        if mine or (number is not None and await reachable(visit, number) is not None):
            found.append(row)
    return found


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
    return visit.html("second.html", request=request, told=told(visit, request.shown))


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
