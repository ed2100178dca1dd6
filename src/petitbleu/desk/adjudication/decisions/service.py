"""Deciding a case, taking a decision back, correcting and reversing it.

One transaction writes the decision, carries its measures out, and queues everything that is said
about it: the statement of reasons, the letters, the row for the EU database, the events of the
case, the line of the log. Whatever fails, or wherever the process ends, all of it happened or
nothing. A command id makes a retry harmless.

Measures and the statement to whom they concern are immediate. What leaves the house waits ten
minutes, in which :func:`undo` takes everything back; where a clock of an hour or less runs nothing
waits (docs/decisions/0019).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from typing import Any

import msgspec

from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import (
    composing,
    kinds,
    numbers,
    planning,
    printing,
    texts,
    writing,
)
from petitbleu.desk.adjudication.decisions import payload as payloads
from petitbleu.desk.adjudication.decisions import queries as q
from petitbleu.desk.adjudication.decisions.answering import complaint_letter, objection_letter, tell
from petitbleu.desk.adjudication.decisions.case_letters import (
    letter_language,
    loose_letter,
    question_form,
)
from petitbleu.desk.adjudication.decisions.composing import Letters, key, link
from petitbleu.desk.adjudication.decisions.decision_reads import (
    between,
    concerning,
    form_of,
    get,
    measures_of,
    next_number,
    of_case,
    outcomes,
    people_of,
    statements,
)
from petitbleu.desk.adjudication.decisions.form import FieldError, Form, Wanted, Wrong, read
from petitbleu.desk.adjudication.decisions.planning import Plan, first_letter, may_tell
from petitbleu.desk.adjudication.decisions.public_notice import Public
from petitbleu.desk.adjudication.decisions.public_notice import of_number as public
from petitbleu.desk.adjudication.decisions.queries import DecisionRow, Done, StatementRow
from petitbleu.desk.adjudication.decisions.reversing import (
    REVERSED,
    CannotUndo,
    Lifted,
    reverse,
    undo,
)
from petitbleu.desk.adjudication.eu_database import service as eu_database
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.records.audit import standing
from petitbleu.domain.safety.moderation.effects import Refused
from petitbleu.store.api import Conflict, Tx

__all__ = [
    "REVERSED",
    "BadLetter",
    "CannotUndo",
    "DecisionRow",
    "Done",
    "FieldError",
    "Form",
    "Public",
    "StatementRow",
    "Wanted",
    "Wrong",
    "between",
    "case_of",
    "complaint_letter",
    "concerning",
    "decide",
    "first_letter",
    "form_of",
    "get",
    "holder",
    "key",
    "letter_language",
    "link",
    "loose_letter",
    "may_tell",
    "measures_of",
    "number_text",
    "objection_letter",
    "of_case",
    "outcomes",
    "parse_number",
    "people_of",
    "preload_pdf_renderer",
    "preview",
    "public",
    "question_form",
    "read",
    "reverse",
    "statements",
    "tell",
    "undo",
]

BadLetter = (texts.Unfinished, texts.BadTemplate)
"""What writing a letter may raise where the operator's template cannot be used."""
case_of = numbers.case_of
number_text = numbers.text
parse_number = numbers.parse

Then = Callable[[Tx, int], Awaitable[None]]
"""``then(tx, number)``: what somebody else writes in the same transaction."""

_TRIES = 3


class Stale(Exception):
    """The case got another decision meanwhile."""


def preload_pdf_renderer(app: App, kind: str) -> None:
    """A case of this kind is about to be decided: what its answer needs is loaded meanwhile."""
    if kind in kinds.PRINTED:
        app.spawn(printing.start_pdf_renderer(app))


async def decide(
    app: App,
    actor: str,
    case: int,
    form: Form,
    *,
    command: str,
    second: str = "",
    corrects: int = 0,
    then: Then | None = None,
) -> DecisionRow:
    """Decide a case. The same command again gives the first decision back.

    ``second`` is who agreed, where two people are needed. ``corrects`` is an earlier decision of
    the case that this one takes the place of: its measures end in the same transaction.
    Raises Wrong (every field that has to be mended), LookupError where there is no such case.
    """
    mark = planning.print_of(case, actor, form, corrects)
    for _ in range(_TRIES):
        earlier = await app.store.row(q.BY_COMMAND, command=command)
        if earlier is not None:
            if earlier.print != mark:
                raise Wrong([FieldError("outcome", "command", {})])
            return earlier
        try:
            return await _decide(app, actor, case, form, command, second, corrects, then)
        except (Stale, Conflict):  # somebody else was first: look again
            continue
    raise Wrong([FieldError("outcome", "busy", {})])


async def _decide(
    app: App,
    actor: str,
    case: int,
    form: Form,
    command: str,
    second: str,
    corrects: int,
    then: Then | None,
) -> DecisionRow:
    state = await cases.get(app.store, case)
    if state is None:
        raise LookupError(case)
    lifted = await Lifted.of(app, corrects, actor, command) if corrects else None
    plan = await planning.plan(
        app, actor, state, form, command=command, second=second, corrects=corrects
    )
    number = next_number(app, state)
    payload = _payload(app, plan, number)
    letters = await composing.compose(app, plan, number)
    with ExitStack() as stack:
        for target in plan.targets:
            stack.enter_context(target.ready.changing())
        if lifted is not None:
            stack.enter_context(lifted.changing())
        try:
            await app.store.write(
                _write, app, plan, number, command, corrects, letters, payload, lifted, then
            )
        except Refused as error:
            raise Wrong([FieldError("measures", "refused", {"why": error})]) from None
    for target in plan.targets:
        await target.ready.settle()
    if lifted is not None:
        await lifted.settle()
    row = await get(app.store, number)
    assert row is not None
    return row


async def _write(
    tx: Tx,
    app: App,
    plan: Plan,
    number: int,
    command: str,
    corrects: int,
    made: Letters,
    payload: dict[str, Any] | None,
    lifted: Lifted | None,
    then: Then | None,
) -> None:
    if lifted is not None:
        await lifted.write(tx, number, plan.at)
    done = await writing.measures(tx, plan)
    await writing.decision(tx, plan, number, command, done, corrects=corrects)
    said = await writing.everything_said(tx, app, number, made, plan.at)
    await writing.strikes(tx, plan, number)
    if payload is not None:
        await eu_database.queue(
            tx, app, number=number, payload=payload, at=plan.at, not_before=plan.leave_at
        )
    happened = writing.events(app, plan, number, done)
    state = await writing.append(tx, app, number, plan.actor, [*happened, *said])
    if state.decisions[-1] != number or next_number(app, state, -1) != number:
        raise Stale
    logged = {
        "outcome": plan.form.outcome,
        "measures": [act.measure for act in done],
        "second": plan.second,
        "form": audit.digest(msgspec.to_builtins(plan.form)),
        "left_out": plan.left_out,
    }
    if lifted is not None:
        await audit.note_row(tx, app, "decision", lifted.row.number)
    await audit.note_row(tx, app, "decision", number)
    await audit.append(tx, app, plan.actor, "decision", numbers.text(number), logged)
    await writing.finish_later(tx, number, plan.at)
    if then is not None:
        await then(tx, number)


def _payload(app: App, plan: Plan, number: int) -> dict[str, Any] | None:
    """The row for the EU database. Raises Wrong where it may not be sent as it is."""
    if plan.left_out:
        return None
    statement = payloads.payload(
        plan.form, numbers.puid(number, standing.mark(app)), str(plan.today)
    )
    names = [name for person in plan.people for name in person.names]
    faults = eu_database.faults(statement, names)
    if faults:
        raise Wrong(
            [
                FieldError(payloads.FIELDS.get(field, field), "personal", {"finding": text})
                for field, text in faults
            ]
        )
    return statement


async def preview(
    app: App, actor: str, case: int, form: Form, *, second: str = "", corrects: int = 0
) -> tuple[Letters, dict[str, Any] | None, str]:
    """What a form would say, without deciding: ``(letters, row for the EU, why it is left out)``.

    Raises Wrong, LookupError.
    """
    state = await cases.get(app.store, case)
    if state is None:
        raise LookupError(case)
    plan = await planning.plan(
        app, actor, state, form, command="preview", second=second or "-", corrects=corrects
    )
    number = next_number(app, state)
    return await composing.compose(app, plan, number), _payload(app, plan, number), plan.left_out


async def holder(app: App, number: int, key_given: str) -> tuple[DecisionRow, int] | None:
    """The decision that a key opens, and for which account (0: who gave notice by e-mail).

    None for a wrong key as for a decision that is not there.
    """
    row = await get(app.store, number)
    told = [statement.account for statement in await statements(app.store, number)]
    people = people_of(row) if row is not None else []
    for account in dict.fromkeys([0, *people, *told]):
        right = composing.opens(app, number, account, key_given)
        if right and row is not None:
            return row, account
    return None
