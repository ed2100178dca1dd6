"""How a complaint ends, whatever it was about: its case, its line of the log, its letter."""

from __future__ import annotations

from typing import Any, NamedTuple

from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.adjudication.decisions.texts import Letter
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.records.audit import service as audit
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Tx

ENDING = {
    "maintained": "refused",
    "reversed": "executed",
    "changed": "partly",
    "omitted": "no_action",
}
"""Outcome -> how the complaint's case ends."""


class Complainant(NamedTuple):
    """Who is answered, where: an account, an address, or both."""

    account: int
    email: str
    language: str


async def end(
    tx: Tx,
    app: App,
    actor: str,
    number: int,
    outcome: str,
    text: str,
    *,
    case: int,
    **more: Any,
) -> None:
    """Close a complaint; the ``case`` that it is about says so too. ``more``: what the events say
    besides.
    """
    now, said = int(app.clock.now()), {"outcome": outcome, **more}
    await cases.append(
        tx,
        app,
        number,
        actor,
        cases.make_event(shapes.Moment(event="decided", at=now)),
        cases.make_event(shapes.ClockDone(clock="dsa20.decide", at=now)),
        cases.make_event(shapes.ClockDone(clock="dsa20.inform", at=now)),
        CaseEvent("appeal", {"id": number, "text": text, **said}),
        cases.make_event(shapes.Closed(end=ENDING[outcome], reason=outcome)),
    )
    await cases.append(tx, app, case, actor, CaseEvent("appeal", {"id": number, **said}))
    await audit.append(tx, app, actor, "appeal.decide", case_numbers.text(number), said)


async def tell(
    tx: Tx, app: App, number: int, decision: int, to: Complainant, purpose: str, letter: Letter
) -> None:
    """Send the answer to a complaint about ``decision`` (of a case, 0: the case itself)."""
    if to.account:
        await decisions.tell(tx, app, decision, to.account, purpose, to.language, letter)
    if to.email:
        await letters.queue(
            tx,
            app,
            case=number,
            to=to.email,
            purpose=purpose,
            language=to.language,
            subject=letter.subject,
            text=letter.text,
        )
