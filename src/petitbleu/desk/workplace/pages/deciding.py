"""The decision form: every word kept, what it would say beside it, signed with a fresh touch."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, NamedTuple

import msgspec
from starlette.responses import Response

from petitbleu.app import App
from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.adjudication.decisions import form as forms
from petitbleu.desk.adjudication.decisions import numbers, presets, resolve, threats
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.adjudication.decisions.form import ACTS, FieldError, Form, Wanted, Wrong
from petitbleu.desk.adjudication.decisions.presets import Kept
from petitbleu.desk.adjudication.decisions.service import DecisionRow, Then
from petitbleu.desk.adjudication.eu_database import rules
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.casework.routing.seeing import ORDERS
from petitbleu.desk.casework.secrecy import service as secrecy
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.reference.law import categories, kinds
from petitbleu.desk.staffing.approvals import service as approvals
from petitbleu.desk.staffing.approvals.service import NotAgreed, NotYou
from petitbleu.desk.workplace.pages.approval_request import ask
from petitbleu.desk.workplace.pages.case import found
from petitbleu.desk.workplace.pages.render import plain_time
from petitbleu.desk.workplace.pages.shell import PageRequest, Problem, page
from petitbleu.desk.workplace.pages.telling import question
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Tx

SECOND = "close"
"""The kind of the question put to a second person for the harshest measures."""
ROWS = 3
"""Measures a form offers; more are added by asking again."""


class Asked(NamedTuple):
    """What a form decides: a case, or a decision of it anew (``corrects``)."""

    state: CaseState
    to: str
    """Address the form is signed for; its preview is at ``to`` + ``/preview``."""
    corrects: int = 0
    complaint: int = 0
    """The case of the complaint that is answered with it."""


Run = Callable[[Form, str, str, Then | None], Awaitable[DecisionRow]]
"""``run(form, command, second, then)``: carry it out."""


def digest(case: int, form: Form, corrects: int = 0) -> bytes:
    """What two people sign: exactly this form for this case."""
    what = ["correct", case, corrects] if corrects else ["decide", case]
    return bytes.fromhex(audit.digest([*what, msgspec.to_builtins(form)]))


def read(visit: PageRequest) -> Form:
    """The form that was sent, word by word."""
    raw: dict[str, Any] = {
        name: values if len(values) > 1 else values[0] for name, values in visit.form.fields.items()
    }
    if topic := visit.form.get("topic"):
        raw["category"], keyword = categories.split(topic)
        raw["keywords"] = [keyword] if keyword else []
    return decisions.read(raw)


def fresh(app: App, state: CaseState) -> Form:
    """What is known already: what is targeted, where the notice came from, the language. Whether
    the person may be told has no default.
    """
    source = kinds.record(state.kind).decision_source
    order = state.kind in ORDERS
    # An order for the whole Union is carried out everywhere; one for some countries only there.
    scope = list(state.territorial_scope)
    scope = [] if set(scope) >= set(rules.rules().eu) else scope
    kind = "country" if scope else ""
    # A report from the app names by its number what nobody could link to.
    items = state.targets or [case_numbers.text(report) for report in state.reports[:1]]
    category = state.category if state.category.startswith("STATEMENT_CATEGORY") else ""
    keyword = str(state.facts.get("keyword") or "") if category else ""
    return Form(
        measures=[Wanted(kind, one, countries=scope) for one in items],
        ground=forms.ILLEGAL if order else "",
        category=category,
        keywords=[keyword] if keyword else [],
        content_language=state.language,
        territory=scope,
        source=source or ("other" if order else ""),
    )


def may_kind(visit: PageRequest, state: CaseState) -> None:
    """Orders are decided by who may decide orders. Raises Problem."""
    if state.kind in ORDERS and not visit.staff.may("orders"):
        raise Problem("no_right", 403)


def may(visit: PageRequest, state: CaseState) -> None:
    """Whether this person may decide it, and it is open. Raises Problem."""
    may_kind(visit, state)
    if state.closed_at is not None:
        raise Problem("wrong_closed", 409)


async def _of_case(visit: PageRequest) -> Asked:
    state = await found(visit)
    may(visit, state)
    if state.kind == appeals.KIND:
        raise Problem("wrong_appeal", 409)
    return Asked(state, f"/desk/cases/{case_numbers.text(state.number)}/decide")


@page("/desk/cases/{number}/decide", right="decide")
async def decide(visit: PageRequest) -> Response:
    """The empty form."""
    asked = await _of_case(visit)
    decisions.preload_pdf_renderer(visit.app, asked.state.kind)
    return await show(visit, asked, await _looked_up(visit.app, asked.state, visit.lang))


async def _looked_up(app: App, state: CaseState, lang: str) -> Form:
    """The fresh form, with the authority that was told of a threat, and what an order names and is
    not here set apart from what is.
    """
    form = fresh(app, state)
    if told := await threats.informed(app.store, state.number):
        form.threat_to_life = "yes"
        form.threat_told = f"{told[-1].name}, {plain_time(app, told[-1].at, lang)}"
    if state.kind not in ORDERS or len(form.measures) < 2:
        return form
    gone = [
        measure.item
        for measure in form.measures
        if measure.item not in state.sealed and await resolve.resolve(app, measure.item) is None
    ]
    if len(gone) < len(form.measures):
        form.measures = [measure for measure in form.measures if measure.item not in gone]
        form.not_found = "\n".join(gone)
    return form


def _rows(form: Form) -> tuple[list[Wanted], list[int]]:
    """Measures as the page shows them, and the row of each: more than fit are one row where they
    differ only in what they are about."""
    if len(form.measures) <= ROWS:
        return list(form.measures), list(range(len(form.measures)))
    rows: list[Wanted] = []
    where: list[int] = []
    for measure in form.measures:
        last = rows[-1] if rows else None
        if last is not None and msgspec.structs.replace(last, item=measure.item) == measure:
            rows[-1] = msgspec.structs.replace(last, item=f"{last.item}\n{measure.item}")
        else:
            rows.append(measure)
        where.append(len(rows) - 1)
    return rows, where


def _on_its_row(field: str, where: list[int]) -> str:
    """The field of the page that an error belongs to."""
    parts = field.split(".")
    if parts[0] != "measures" or len(parts) < 2 or int(parts[1]) >= len(where):
        return field
    return ".".join(["measures", str(where[int(parts[1])]), *parts[2:]])


@page("/desk/cases/{number}/decide/preview", right="decide", methods=("POST",))
async def preview(visit: PageRequest) -> Response:
    """The form again, with what it would say, or what has to be mended."""
    return await look(visit, await _of_case(visit))


@page("/desk/cases/{number}/decide", right="decide", methods=("POST",), signs=True)
async def sign(visit: PageRequest) -> Response:
    """Decide, signed. What needs a second person is decided once that person has agreed."""
    asked = await _of_case(visit)
    return await carry_out(visit, asked, partial(decide_case, visit, asked))


async def decide_case(
    visit: PageRequest, asked: Asked, form: Form, command: str, second: str, then: Then | None
) -> DecisionRow:
    """Decide as a form says."""
    return await decisions.decide(
        visit.app,
        visit.staff.actor,
        asked.state.number,
        form,
        command=command,
        second=second,
        corrects=asked.corrects,
        then=then,
    )


async def look(visit: PageRequest, asked: Asked) -> Response:
    """A form, and what it would say; or filled in by the preset that was chosen."""
    form = read(visit)
    if visit.form.get("use") or visit.form.get("replace"):
        return await _use(visit, asked, form)
    case = asked.state.number
    second = await approvals.agreed_by(visit.app, SECOND, digest(case, form, asked.corrects))
    try:
        letters, payload, left_out = await decisions.preview(
            visit.app, visit.staff.actor, case, form, second=second, corrects=asked.corrects
        )
    except Wrong as wrong:
        return await show(visit, asked, form, status=422, errors=wrong.errors)
    verdict = decisions.may_tell(visit.app, asked.state, form, visit.staff.actor, second)
    return await show(
        visit,
        asked,
        form,
        letters=letters,
        payload=payload,
        left_out=left_out,
        tell_why=verdict.why,
    )


async def _use(visit: PageRequest, asked: Asked, form: Form) -> Response:
    """A preset fills the form in; what was typed stays and is named, until it is to be replaced."""
    sent = visit.form
    known = {one.id: one.preset for one in await _offered(visit, asked)}
    wanted = sent.number("replace") or sent.number("use") or 0
    preset = known.get(wanted)
    if preset is None:
        return await show(visit, asked, form, preset_gone=True)
    language = sent.get("preset_language")
    language = language if language in presets.LANGUAGES else presets.LANGUAGES[0]
    said = sent.get("preset_said")
    last = known.get(sent.number("preset") or 0) if said in presets.LANGUAGES else None
    filled = presets.fill(
        visit.app,
        form,
        preset,
        language,
        before=(last, said) if last else None,
        replace=bool(sent.get("replace")),
    )
    return await show(
        visit,
        asked,
        filled.form,
        preset=wanted,
        preset_said=language,
        filled_by=getattr(preset, f"name_{visit.lang}"),
        kept=[_named(visit, name) for name in filled.kept],
    )


def _named(visit: PageRequest, field: str) -> str:
    """A field of the form by the words it has there."""
    named = {"category": "queue_category", "keywords": "queue_category"}
    return visit.t[named.get(field, f"d_{field}")]


async def _offered(visit: PageRequest, asked: Asked) -> list[Kept]:
    """Presets for this case, of measures that this person may take."""
    mine = frozenset(name for name in ACTS if visit.staff.may_measure(name))
    return await presets.offered(visit.app.store, asked.state.kind, mine)


async def carry_out(visit: PageRequest, asked: Asked, run: Run) -> Response:
    """Do what a signed form says, or ask the second person that it needs."""
    form = read(visit)
    allowed = [measure.kind for measure in form.measures if measure.kind in ACTS]
    if not all(visit.staff.may_measure(kind) for kind in allowed):
        raise Problem("no_right", 403)
    mark = digest(asked.state.number, form, asked.corrects)
    second = await approvals.agreed_by(visit.app, SECOND, mark)
    apart = asked.complaint == 0 or await appeals.may_decide(visit.app, second, asked.complaint)
    second = second if apart else ""  # had a part in what is complained about: ask somebody else
    command = f"{visit.staff.actor}-{visit.touch().nonce.hex()}"
    then = partial(_then, visit, asked.state.number, mark if second else b"")
    try:
        row = await run(form, command, second, then)
    except Wrong as wrong:
        if [error.code for error in wrong.errors] == ["second"]:
            return await _ask(visit, asked, form, mark)
        return await show(visit, asked, form, status=422, errors=wrong.errors)
    except NotAgreed:
        raise Problem("give_waiting", 409) from None
    except NotYou as not_:
        raise Problem(f"notyou_{not_.reason}", 403) from None
    back = case_numbers.text(asked.complaint or asked.state.number)
    said = "decided" if form.outcome == forms.MEASURES else "decided_plain"
    after = await cases.get(visit.app.store, asked.state.number)
    if after is not None and secrecy.lacks_second(visit.app, after):
        said = "decided_told_later"
    elif after is not None and secrecy.verdict(visit.app, after).why == secrecy.UNANSWERED:
        said = "decided_unanswered"
    return visit.to(f"/desk/cases/{back}", said, decision=numbers.text(row.number))


async def _then(visit: PageRequest, case: int, mark: bytes, tx: Tx, number: int) -> None:
    """What two people agreed to is used; a second person is asked whether people may be told,
    where that needs one. Raises NotAgreed, NotYou.
    """
    if mark:
        await use(visit, mark, tx, number)
    state = await cases.get(tx, case)
    if state is not None:
        await secrecy.ask_second(tx, visit.app, state, visit.touch())


async def use(visit: PageRequest, mark: bytes, tx: Tx, number: int) -> None:
    """Use up what two people agreed to, in the transaction that does it. Raises NotAgreed."""
    await approvals.require(tx, visit.app, SECOND, mark)


async def _ask(visit: PageRequest, asked: Asked, form: Form, mark: bytes) -> Response:
    """A second person is asked; the first comes back to this form when they have agreed."""
    request = await ask(visit, SECOND, case_numbers.text(asked.state.number), mark, _shown(form))
    return await show(visit, asked, form, waiting=request)


def _shown(form: Form) -> dict[str, Any]:
    kept: dict[str, Any] = msgspec.to_builtins(form)
    return {name: value for name, value in kept.items() if value not in ("", [])}


_NOTHING: dict[str, Any] = {
    "letters": None,
    "payload": None,
    "left_out": "",
    "tell_why": "",
    "waiting": 0,
    "preset": 0,
    "preset_said": "",
    "preset_gone": False,
    "filled_by": "",
    "kept": (),
}
"""What a form shows besides, where nothing was asked for."""


def _language(visit: PageRequest, state: CaseState) -> str:
    """The language a preset's words are most likely wanted in: that of the case."""
    wanted = visit.form.get("preset_language") or state.language
    return wanted if wanted in presets.LANGUAGES else visit.lang


_OF_ORDERS = (forms.IMPOSSIBLE, forms.REFUSED)
"""Outcomes that only orders have."""


async def show(
    visit: PageRequest,
    asked: Asked,
    form: Form,
    *,
    status: int = 200,
    errors: list[FieldError] | None = None,
    **more: Any,
) -> Response:
    """The form, with what has to be mended and what was asked for."""
    state = asked.state
    official = state.kind in ORDERS or form.outcome in _OF_ORDERS
    known = rules.rules().values["enums.content_type"]
    said: dict[str, str] = {}
    rows, where = _rows(form)
    for error in errors or []:
        said.setdefault(_on_its_row(error.field, where), error.say(visit.lang))
    rows += [Wanted() for _ in range(max(1, ROWS - len(rows)))]
    return visit.html(
        "decide.html",
        status=status,
        state=state,
        number=case_numbers.text(state.number),
        to=asked.to,
        corrects=numbers.text(asked.corrects) if asked.corrects else "",
        complaint=case_numbers.text(asked.complaint) if asked.complaint else "",
        appeal_text=visit.form.get("appeal_text"),
        given=form,
        tell=await question(visit, state),
        rows=rows,
        acts=[name for name in ACTS if visit.staff.may_measure(name)],
        orders=official,
        outcomes=[outcome for outcome in forms.OUTCOMES if official or outcome not in _OF_ORDERS],
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
        presets=await _offered(visit, asked),
        given_preset=visit.form.number("preset") or "",
        given_said=visit.form.get("preset_said"),
        preset_language=_language(visit, asked.state),
        policy=(visit.app.config.terms_text.strip(), visit.app.config.terms_version),
        **(_NOTHING | more),
    )
