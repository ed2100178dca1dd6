"""Private context of a report: what was said around it, opened by two people each time."""

from __future__ import annotations

from starlette.responses import Response

from petitbleu.desk.cases.service import CaseState
from petitbleu.desk.evidence import access, media
from petitbleu.desk.evidence.access import Why
from petitbleu.desk.pages.case import found, show
from petitbleu.desk.pages.shell import Problem, Visit, page
from petitbleu.desk.seconds import service as seconds
from petitbleu.desk.seconds.service import NotAgreed, NotYou
from petitbleu.domain.references import service as references


@page("/desk/cases/{number}/context", right="private", methods=("POST",), signs=True)
async def context(visit: Visit) -> Response:
    """Ask a second person; once they have agreed, show it, once. The look is in the log first."""
    state = await found(visit)
    report = references.parse(visit.form.get("report")) or 0
    reason = visit.form.get("why")
    if not reason:
        return await show(visit, state, status=422, wrong="wrong_reason")
    why = Why(visit.staff.actor, state.number, reason)
    try:
        rows = await access.private_context(visit.app, why, report)
    except access.NotOfThisCase:
        raise Problem("wrong_number", 404) from None
    except NotAgreed:
        return await _ask(visit, state, report, reason)
    messages = [
        {
            "sender": str(row.sender),
            "at": row.date,
            "text": row.text,
            "context": True,
            "media": [media.in_words(row.media)] if row.media else [],
        }
        for row in rows
    ]
    return await show(visit, state, copy={"report": report, "messages": messages, "photos": []})


async def _ask(visit: Visit, state: CaseState, report: int, reason: str) -> Response:
    name = references.text(state.number)
    try:
        await visit.app.store.write(
            seconds.ask,
            app=visit.app,
            kind=access.PRIVATE,
            subject=name,
            digest=access.context_digest(state.number, report, reason),
            by=visit.touch(),
            shown={"case": name, "report": references.text(report), "reason": reason},
        )
    except NotYou as not_:
        raise Problem(f"notyou_{not_.reason}", 403) from None
    return visit.to(f"/desk/cases/{name}", "context_asked")
