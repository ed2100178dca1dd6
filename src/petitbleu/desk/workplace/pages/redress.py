"""Another decision in the place of one: on a complaint, within ten minutes, or as a correction."""

from __future__ import annotations

from functools import partial

from starlette.responses import Response

from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.adjudication.appeals.service import AppealRow, Refused
from petitbleu.desk.adjudication.decisions import numbers
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.adjudication.decisions.form import FieldError, Form, Wrong
from petitbleu.desk.adjudication.decisions.service import DecisionRow, Then
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.staffing.approvals import service as approvals
from petitbleu.desk.staffing.approvals.service import NotAgreed
from petitbleu.desk.workplace.pages import deciding
from petitbleu.desk.workplace.pages.appealing import complaint
from petitbleu.desk.workplace.pages.approval_request import ask
from petitbleu.desk.workplace.pages.case import found, seen
from petitbleu.desk.workplace.pages.deciding import Asked
from petitbleu.desk.workplace.pages.shell import PageRequest, Problem, page
from petitbleu.domain.safety.case_numbers import service as case_numbers

CHANGE = "change"
_SENT = 64 * 1024 + 3 * appeals.LONGEST


# ── on a complaint ──────────────────────────────────────────────────────────────────────────────


async def _changing(visit: PageRequest) -> tuple[AppealRow, DecisionRow, Asked]:
    state = await found(visit)
    row = await complaint(visit, state.number)
    decision = await decisions.get(visit.app.store, row.decision)
    assert decision is not None
    about = await seen(visit, row.about)
    visit.subject = case_numbers.text(row.number)
    to = f"/desk/cases/{case_numbers.text(row.number)}/appeal/change"
    return row, decision, Asked(about, to, decision.number, row.number)


@page("/desk/cases/{number}/appeal/change", right="appeals")
async def change_form(visit: PageRequest) -> Response:
    """The form of the decision that takes the place of the old one, filled with its words."""
    _, decision, asked = await _changing(visit)
    return await deciding.show(visit, asked, decisions.form_of(decision))


@page(
    "/desk/cases/{number}/appeal/change/preview",
    right="appeals",
    methods=("POST",),
    form_bytes=_SENT,
)
async def change_preview(visit: PageRequest) -> Response:
    """What the new decision would say."""
    _, _, asked = await _changing(visit)
    return await deciding.look(visit, asked)


@page(
    "/desk/cases/{number}/appeal/change",
    right="appeals",
    methods=("POST",),
    signs=True,
    form_bytes=_SENT,
)
async def change(visit: PageRequest) -> Response:
    """Put another decision in the place of the one complained about."""
    row, _, asked = await _changing(visit)
    return await deciding.carry_out(visit, asked, partial(_change, visit, row))


async def _change(
    visit: PageRequest, row: AppealRow, form: Form, command: str, second: str, then: Then | None
) -> DecisionRow:
    try:
        await appeals.decide(
            visit.app,
            visit.staff.actor,
            row.number,
            CHANGE,
            visit.form.get("appeal_text"),
            command=command,
            form=form,
            second=second,
            then=then,
        )
    except Refused as refused:
        raise Wrong([FieldError("appeal_text", "refused", {"why": refused})]) from None
    decided = await decisions.of_case(visit.app.store, row.about)
    return decided[-1]


# ── decisions ───────────────────────────────────────────────────────────────────────────────────


async def _decision(visit: PageRequest) -> tuple[DecisionRow, Asked]:
    """The decision of the address, and the form that would correct it. Raises Problem."""
    number = numbers.parse(str(visit.request.path_params["decision"]))
    row = await decisions.get(visit.app.store, number) if number is not None else None
    if row is None:
        raise Problem("wrong_number", 404)
    state = await seen(visit, decisions.case_of(row.number))
    deciding.may_kind(visit, state)
    return row, Asked(state, f"/desk/decisions/{numbers.text(row.number)}/correct", row.number)


@page("/desk/decisions/{decision}/undo", right="decide", methods=("POST",), signs=True)
async def undo(visit: PageRequest) -> Response:
    """Take a decision back within its ten minutes."""
    row, asked = await _decision(visit)
    if not all(visit.staff.may_measure(measure.kind) for measure in decisions.measures_of(row)):
        raise Problem("no_right", 403)
    command = f"{visit.staff.actor}-{visit.touch().nonce.hex()}"
    mark = bytes.fromhex(audit.digest(["undo", row.number]))
    second = await approvals.agreed_by(visit.app, deciding.SECOND, mark) if row.second else ""
    back = f"/desk/cases/{case_numbers.text(asked.state.number)}"
    if row.second and not second and row.undo_until > visit.app.clock.now():
        await _ask_undo(visit, row, mark)
        return visit.to(back, "undo_asked")
    try:
        await decisions.undo(
            visit.app,
            visit.staff.actor,
            row.number,
            command=command,
            second=second,
            then=partial(deciding.use, visit, mark) if second else None,
        )
    except decisions.CannotUndo as cannot:
        raise Problem("give_wrong", 409, why=cannot) from None
    except NotAgreed:
        raise Problem("give_waiting", 409) from None
    return visit.to(back, "undone")


async def _ask_undo(visit: PageRequest, row: DecisionRow, mark: bytes) -> None:
    """What two people decided, two take back: the second is asked."""
    case = case_numbers.text(decisions.case_of(row.number))
    await ask(visit, deciding.SECOND, case, mark, {"case": case, "undo": numbers.text(row.number)})


@page("/desk/decisions/{decision}/correct", right="decide")
async def correct_form(visit: PageRequest) -> Response:
    """The form of a decision that takes the place of this one, filled with its words."""
    row, asked = await _correctable(visit)
    before = decisions.form_of(row)
    for name in ("tell", "delay_until", "delay_clause", "tell_permission"):
        setattr(before, name, "")  # asked anew, without a default
    return await deciding.show(visit, asked, before)


@page("/desk/decisions/{decision}/correct/preview", right="decide", methods=("POST",))
async def correct_preview(visit: PageRequest) -> Response:
    """What the correction would say."""
    _, asked = await _correctable(visit)
    return await deciding.look(visit, asked)


@page("/desk/decisions/{decision}/correct", right="decide", methods=("POST",), signs=True)
async def correct(visit: PageRequest) -> Response:
    """Decide anew; the measures of the old decision end in the same moment."""
    _, asked = await _correctable(visit)
    return await deciding.carry_out(visit, asked, partial(deciding.decide_case, visit, asked))


async def _correctable(visit: PageRequest) -> tuple[DecisionRow, Asked]:
    row, asked = await _decision(visit)
    if row.undone_at is not None or row.replaced_by or row.outcome == decisions.REVERSED:
        raise Problem("wrong_replaced", 409)
    return row, asked
