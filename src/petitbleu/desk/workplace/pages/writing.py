"""A letter from the case page: a question or an answer, seen before it leaves."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from petitbleu.desk.adjudication.correspondence import service as correspondence
from petitbleu.desk.adjudication.correspondence.service import (
    ANSWER,
    ASK_AUTHORITY,
    ASK_PERSON,
    Draft,
    Unsent,
    Wanted,
)
from petitbleu.desk.adjudication.decisions import texts
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.casework.routing.seeing import ORDERS
from petitbleu.desk.intake import codes
from petitbleu.desk.workplace.pages.case import found
from petitbleu.desk.workplace.pages.deciding import may_kind
from petitbleu.desk.workplace.pages.shell import PageRequest, Problem, page
from petitbleu.desk.workplace.pages.timeline import clock_words
from petitbleu.domain.safety.case_numbers import service as case_numbers

_FORM_BYTES = 128 * 1024
_TCO, _TCO_SECTION = "tco_removal_order", "section_"
"""Sections are of the form of Regulation (EU) 2021/784 alone."""
_WHERE = "/desk/cases/{number}/letter"


async def _case(visit: PageRequest) -> CaseState:
    """The case, if this person may write about it. Raises Problem."""
    state = await found(visit)
    may_kind(visit, state)
    mine = state.owner in (0, visit.staff.id) or visit.staff.may("assign")
    if not mine and visit.request.method == "POST":
        who = visit.t["you"].format(number=state.owner)
        raise Problem("wrong_taken", 409, who=who)
    return state


@page(_WHERE, right="decide")
async def blank(visit: PageRequest) -> Response:
    """The empty form, with what sorting found missing ticked."""
    state = await _case(visit)
    known = tuple(defect for defect in state.formal_defects if defect in codes.DEFECTS)
    official = state.kind in ORDERS
    form = correspondence.FORMS.get(state.kind, "")
    wanted = Wanted(
        kind=ASK_AUTHORITY if official else ASK_PERSON,
        text="",
        language=state.language if state.language in texts.LANGUAGES else "",
        missing=known if official else (),
        obstacle=correspondence.OBSTACLES[0] if form else "",
        pause=True,
    )
    return _show(visit, state, wanted)


@page(_WHERE + "/preview", right="decide", methods=("POST",), form_bytes=_FORM_BYTES)
async def preview(visit: PageRequest) -> Response:
    """The form again, with the letter as it would leave."""
    state, wanted = await _case(visit), _wanted(visit)
    try:
        letter = await correspondence.draft(visit.app, visit.staff.actor, state, wanted)
    except Unsent as unsent:
        return _refused(visit, state, wanted, unsent)
    return _show(visit, state, wanted, made=letter)


@page(_WHERE, right="decide", methods=("POST",), signs=True, form_bytes=_FORM_BYTES)
async def send(visit: PageRequest) -> Response:
    """Send it, signed."""
    state, wanted = await _case(visit), _wanted(visit)
    try:
        await correspondence.send(
            visit.app, visit.staff.actor, state.number, wanted, once=visit.touch().nonce.hex()
        )
    except Unsent as unsent:
        return _refused(visit, state, wanted, unsent)
    return visit.to(f"/desk/cases/{case_numbers.text(state.number)}", "written")


def _wanted(visit: PageRequest) -> Wanted:
    form, kind = visit.form, visit.form.get("kind")
    authority = kind == ASK_AUTHORITY
    return Wanted(
        kind=kind,
        text=form.get("text"),
        to=form.get("to").lower(),
        language=form.get("language"),
        missing=tuple(form.all("missing")) if authority else (),
        obstacle=form.get("obstacle") if authority else "",
        preserved=form.flag("preserved"),
        pause=form.flag("pause"),
    )


def _refused(visit: PageRequest, state: CaseState, wanted: Wanted, unsent: Unsent) -> Response:
    return _show(visit, state, wanted, status=422, wrong=unsent.say(visit.lang))


def _show(
    visit: PageRequest,
    state: CaseState,
    wanted: Wanted,
    *,
    status: int = 200,
    made: Draft | None = None,
    **more: Any,
) -> Response:
    return visit.html(
        "writing.html",
        status=status,
        state=state,
        number=case_numbers.text(state.number),
        wanted=wanted,
        kinds=(ANSWER,) if state.closed_at is not None else correspondence.KINDS,
        languages=texts.LANGUAGES,
        defects=[
            (code, codes.sentence(code, visit.lang))
            for code in codes.DEFECTS
            if _TCO_SECTION not in code or state.kind == _TCO
        ],
        has_form=state.kind in correspondence.FORMS,
        obstacles=correspondence.OBSTACLES,
        pausable=[clock_words(visit, clock) for clock in correspondence.pausable(visit.app, state)],
        made_pauses=[clock_words(visit, pause) for pause in made.pauses]
        if made is not None
        else [],
        made=made,
        longest=correspondence.MAX_TEXT_CHARACTERS,
        **{"wrong": "", **more},
    )
