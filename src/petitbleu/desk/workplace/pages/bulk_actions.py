"""Several cases of a list at once: taken, or moved into a queue. Nothing is decided that way."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from starlette.responses import Response

from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.casework.routing import service as routing
from petitbleu.desk.workplace.pages.case import change
from petitbleu.desk.workplace.pages.queues import PAGE, reachable
from petitbleu.desk.workplace.pages.shell import PageRequest, Problem, page
from petitbleu.domain.safety.case_numbers import service as case_numbers

_LISTS = frozenset(
    f"/desk/{name}" for name in ("mail", "queues", "mine", "orders", "appeals", "search")
)
"""Pages that cases are selected on, and that come back."""


@page("/desk/several", right="take", methods=("POST",))
async def several(visit: PageRequest) -> Response:
    """Do to each selected case what can be done: one that somebody else has is left to them."""
    form = visit.form
    asked = urlsplit(form.get("back"))
    path = asked.path if asked.path in _LISTS else "/desk/queues"
    back = dict(parse_qsl(asked.query)) if path == asked.path else {}
    back.pop("done", None)
    move = form.get("act") == "move"
    if move and not visit.staff.may("triage"):
        raise Problem("no_right", 403)
    numbers = {number for text in form.all("case")[:PAGE] if (number := case_numbers.parse(text))}
    if not numbers:
        return visit.to(path, "several_none", **back)
    states = [await reachable(visit, number) for number in sorted(numbers)]
    done = [await _do(visit, state, move) for state in states if state is not None]
    return visit.to(path, "several" if all(done) and None not in states else "several_some", **back)


async def _do(visit: PageRequest, state: CaseState, move: bool) -> bool:
    if state.closed_at is not None or state.owner not in (0, visit.staff.id):
        return False
    app, event = visit.app, cases.make_event(shapes.Owner(staff=visit.staff.id))
    try:
        if move:
            queue = visit.form.number("queue") or 0
            event = await routing.into(app, app.store, queue, state.kind)
        await change(visit, state, event)
    except (routing.Refused, Problem):  # nobody there may see it; it was taken meanwhile
        return False
    return True
