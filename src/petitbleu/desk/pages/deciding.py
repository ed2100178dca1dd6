"""The decision form: every word kept, what it would say beside it, signed with a fresh touch."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec
from starlette.responses import Response

from petitbleu.desk.appeals import service as appeals
from petitbleu.desk.appeals.service import Refused
from petitbleu.desk.audit import service as audit
from petitbleu.desk.cases.service import CaseState
from petitbleu.desk.decisions import form as forms
from petitbleu.desk.decisions import numbers
from petitbleu.desk.decisions import service as decisions
from petitbleu.desk.decisions.form import ACTS, FieldError, Form, Wanted, Wrong
from petitbleu.desk.outside import categories
from petitbleu.desk.pages.appealing import complaint
from petitbleu.desk.pages.case import found
from petitbleu.desk.pages.queues import ORDERS
from petitbleu.desk.pages.shell import Problem, Visit, page
from petitbleu.desk.seconds import service as seconds
from petitbleu.desk.seconds.service import NotAgreed, NotYou
from petitbleu.desk.transparency import rules
from petitbleu.domain.references import service as references
from petitbleu.store.api import Tx

SECOND = "close"
"""The kind of the question put to a second person for the harshest measures."""
ROWS = 3
"""Measures a form offers; more are added by asking again."""


def digest(case: int, form: Form) -> bytes:
    """What two people sign: exactly this form for this case."""
    return bytes.fromhex(audit.digest(["decide", case, msgspec.to_builtins(form)]))


def read(visit: Visit) -> Form:
    """The form that was sent, word by word."""
    raw: dict[str, Any] = {
        name: values if len(values) > 1 else values[0] for name, values in visit.form.fields.items()
    }
    if topic := visit.form.get("topic"):
        raw["category"], keyword = categories.split(topic)
        raw["keywords"] = [keyword] if keyword else []
    return decisions.read(raw)


def fresh(state: CaseState) -> Form:
    """What is known already: what is targeted, where the notice came from, the language."""
    source = {"trusted_flagger_notice": "trusted", "art16_notice": "notice"}.get(state.kind, "")
    order = state.kind in ORDERS
    # An order for the whole Union is carried out everywhere; one for some countries only there.
    scope = list(state.territorial_scope)
    scope = [] if set(scope) >= set(rules.rules().eu) else scope
    kind = "country" if scope else ""
    return Form(
        measures=[Wanted(kind, one, countries=scope) for one in state.targets[:ROWS]],
        ground=forms.ILLEGAL if order else "",
        category=state.category if state.category.startswith("STATEMENT_CATEGORY") else "",
        content_language=state.language,
        territory=scope,
        source=source or ("other" if order else ""),
    )


async def _may(visit: Visit, state: CaseState) -> int:
    """Orders are decided by who may decide orders; a closed case only to answer a complaint about
    it, by somebody who had no part in the decision. The complaint's number, else 0. Raises
    Problem.
    """
    if state.kind in ORDERS and not visit.staff.may("orders"):
        raise Problem("no_right", 403)
    written = visit.form.get("appeal") or visit.request.query_params.get("appeal", "")
    number = references.parse(written) if written else None
    if number is not None:
        row = await complaint(visit, number)
        if row.about == state.number and visit.staff.may("appeals"):
            return number
    if state.closed_at is not None:
        raise Problem("wrong_closed", 409)
    return 0


@page("/desk/cases/{number}/decide", right="decide")
async def decide(visit: Visit) -> Response:
    """The empty form."""
    state = await found(visit)
    await _may(visit, state)
    return _form(visit, state, fresh(state))


@page("/desk/cases/{number}/preview", right="decide", methods=("POST",))
async def preview(visit: Visit) -> Response:
    """The form again, with what it would say, or what has to be mended."""
    state = await found(visit)
    await _may(visit, state)
    form = read(visit)
    second = await seconds.agreed_by(visit.app, SECOND, digest(state.number, form))
    try:
        letters, payload, left_out = await decisions.preview(
            visit.app, visit.staff.actor, state.number, form, second=second
        )
    except Wrong as wrong:
        return _form(visit, state, form, status=422, errors=wrong.errors)
    return _form(visit, state, form, letters=letters, payload=payload, left_out=left_out)


@page("/desk/cases/{number}/decide", right="decide", methods=("POST",), signs=True)
async def sign(visit: Visit) -> Response:
    """Decide, signed. What needs a second person is decided once that person has agreed."""
    state = await found(visit)
    appealed = await _may(visit, state)
    form = read(visit)
    allowed = [one.kind for one in form.measures if one.kind in ACTS]
    if not all(visit.staff.may_measure(kind) for kind in allowed):
        raise Problem("no_right", 403)
    mark = digest(state.number, form)
    second = await seconds.agreed_by(visit.app, SECOND, mark)
    command = f"{visit.staff.actor}-{visit.touch().nonce.hex()}"
    try:
        if appealed:
            return await _changed(visit, appealed, form, command, second)
        row = await decisions.decide(
            visit.app,
            visit.staff.actor,
            state.number,
            form,
            command=command,
            second=second,
            then=partial(_use, visit, mark) if second else None,
        )
    except Refused as refused:
        errors = [FieldError("outcome", "refused", {"why": str(refused)})]
        return _form(visit, state, form, status=422, errors=errors)
    except Wrong as wrong:
        if [one.code for one in wrong.errors] == ["second"]:
            return await _ask(visit, state, form, mark)
        return _form(visit, state, form, status=422, errors=wrong.errors)
    except NotAgreed:
        raise Problem("give_waiting", 409) from None
    return visit.to(
        f"/desk/cases/{references.text(state.number)}", "decided", decision=numbers.text(row.number)
    )


async def _changed(visit: Visit, appealed: int, form: Form, command: str, second: str) -> Response:
    """Another decision takes the place of the one that is complained about."""
    await appeals.decide(
        visit.app,
        visit.staff.actor,
        appealed,
        "change",
        visit.form.get("appeal_text"),
        command=command,
        form=form,
        second=second,
    )
    return visit.to(f"/desk/cases/{references.text(appealed)}", "appealed")


async def _use(visit: Visit, mark: bytes, tx: Tx, number: int) -> None:
    await seconds.require(tx, visit.app, SECOND, mark)


async def _ask(visit: Visit, state: CaseState, form: Form, mark: bytes) -> Response:
    """A second person is asked; the first comes back to this form when they have agreed."""
    try:
        request = await visit.app.store.write(
            seconds.ask,
            app=visit.app,
            kind=SECOND,
            subject=references.text(state.number),
            digest=mark,
            by=visit.touch(),
            shown=_shown(form),
        )
    except NotYou as not_:
        raise Problem(f"notyou_{not_.reason}", 403) from None
    return _form(visit, state, form, asked=request)


def _shown(form: Form) -> dict[str, Any]:
    kept: dict[str, Any] = msgspec.to_builtins(form)
    return {name: value for name, value in kept.items() if value not in ("", [])}


def _form(
    visit: Visit,
    state: CaseState,
    form: Form,
    *,
    status: int = 200,
    errors: list[FieldError] | None = None,
    **more: Any,
) -> Response:
    known = rules.rules().values["enums.content_type"]
    said: dict[str, str] = {}
    for one in errors or []:
        said.setdefault(one.field, one.say(visit.lang))
    rows = [*form.measures, *(Wanted() for _ in range(max(1, ROWS - len(form.measures))))]
    return visit.html(
        "decide.html",
        status=status,
        state=state,
        number=references.text(state.number),
        given=form,
        rows=rows,
        acts=[name for name in ACTS if visit.staff.may_measure(name)],
        outcomes=forms.OUTCOMES,
        sources=list(forms.SOURCES),
        automation=list(forms.AUTOMATION),
        obstacles=forms.OBSTACLES,
        groups=categories.groups(visit.lang),
        content_types=[
            (one, visit.t[f"type_{one}"])
            for one in sorted(known, key=lambda one: (one.endswith("OTHER"), one))
        ],
        errors=said,
        harsh=forms.harsh(form),
        appeal=visit.form.get("appeal") or visit.request.query_params.get("appeal", ""),
        appeal_text=visit.form.get("appeal_text"),
        **{"letters": None, "payload": None, "left_out": "", "asked": 0, **more},
    )
