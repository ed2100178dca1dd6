"""The one page that is open while the desk stands still: why, and two people sign the reason."""

from __future__ import annotations

from starlette.responses import Response

from petitbleu.desk.records.audit import heads, resuming, standing
from petitbleu.desk.staffing.approvals import independence
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.desk.workplace.pages.shell import HOLD_PAGE, PageRequest, Problem, page

_LEAST = 10
"""Characters of a reason."""


@page(HOLD_PAGE, right="home", action="view")
async def log_hold(visit: PageRequest) -> Response:
    """Why the desk stands still, and who has signed."""
    hold = standing.held(visit.app)
    if hold is None:
        return visit.to("/desk")
    first = hold.first
    return visit.html(
        "log_hold.html",
        hold=hold,
        what=hold.refusal().say(visit.lang),
        signed=first == visit.staff.actor,
        can=visit.staff.may("second") and first != visit.staff.actor,
        alone=len(await staff.with_right(visit.app, visit.app.store, "second")) < 2,
    )


@page(f"{HOLD_PAGE}/sign", right="second", methods=("POST",), signs=True)
async def sign_hold(visit: PageRequest) -> Response:
    """One of the two signs."""
    reason = visit.form.get("reason").strip()
    if len(reason) < _LEAST:
        raise Problem("log_hold_why", 422)
    by, hold = visit.touch().staff, standing.held(visit.app)
    first = hold.first if hold is not None else ""
    try:
        marked = await visit.app.store.write(
            independence.check,
            visit.app,
            by,
            standing.SUBJECT,
            frozenset({first} - {""}),
            lambda other: other.may("second"),
        )
        over = await resuming.sign(
            visit.app, by.actor, reason[:2000], alone=False, marked=bool(first) and marked
        )
    except independence.NotYou as not_:
        raise Problem(f"notyou_{not_.reason}", 403) from None
    except LookupError:
        return visit.to("/desk")
    except standing.Held:
        raise Problem("log_hold_other", 403) from None
    if not over:
        return visit.to(HOLD_PAGE)
    if marked:
        said = {"first": first, "second": by.actor, "kind": standing.ACCEPT}
        await visit.app.store.write(independence.mark, visit.app, standing.SUBJECT, said)
    await heads.sign(visit.app)
    return visit.to("/desk")
