"""Answering from the case whether people may be told, apart from any decision."""

from __future__ import annotations

from starlette.responses import Response

from petitbleu.desk.casework.routing.seeing import ORDERS, ORDERS_RIGHT
from petitbleu.desk.casework.secrecy import service as secrecy
from petitbleu.desk.staffing.approvals.service import NotYou
from petitbleu.desk.workplace.pages.case import found, show
from petitbleu.desk.workplace.pages.shell import PageRequest, Problem, page
from petitbleu.desk.workplace.pages.telling import given
from petitbleu.domain.safety.case_numbers import service as case_numbers


@page("/desk/cases/{number}/telling", right="decide", methods=("POST",), signs=True)
async def telling(visit: PageRequest) -> Response:
    """Answer it, signed; a second person is asked where one is needed."""
    state = await found(visit)
    if state.kind in ORDERS and not visit.staff.may(ORDERS_RIGHT):
        raise Problem("no_right", 403)
    try:
        after = await secrecy.answer(visit.app, state.number, given(visit), visit.touch())
    except secrecy.Refused as refused:
        return await show(visit, state, status=422, wrong=refused.say(visit.lang))
    except NotYou as not_:
        raise Problem(f"notyou_{not_.reason}", 403) from None
    done = "tell_asked" if secrecy.lacks_second(visit.app, after) else "tell"
    return visit.to(f"/desk/cases/{case_numbers.text(state.number)}", done)
