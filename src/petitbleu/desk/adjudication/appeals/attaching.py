"""A complaint that came as a letter, bound to the decision it is about.

Such a letter names its decision in words, or not at all. A person binds it; from then on it is
decided as one that was lodged by the form. Only somebody whom the decision concerns, as far as
their address is known, is taken for a complainant: the answer says what was decided.
"""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.adjudication.appeals import queries as q
from petitbleu.desk.adjudication.appeals.lodging import KIND, Lodging, bind, window
from petitbleu.desk.adjudication.appeals.refused import Refused
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.adjudication.decisions.service import DecisionRow
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent, CaseState
from petitbleu.desk.casework.parties.service import Person
from petitbleu.desk.records.audit import service as audit
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.publishing.comments import service as comments
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Tx


async def attach(app: App, actor: str, case: int, decision: int | None) -> None:
    """Bind the complaint of a case to a decision. Raises Refused."""
    state = await cases.get(app.store, case)
    row = await decisions.get(app.store, decision) if decision is not None else None
    if state is None or state.kind != KIND or state.closed_at is not None:
        raise Refused("no_open_complaint")
    if row is None:
        raise Refused("no_decision")
    if row.undone_at is not None or row.replaced_by:
        raise Refused("stands_not")
    about = await cases.get(app.store, decisions.case_of(row.number))
    assert about is not None
    person = await _who(app, state, row, about)
    if person is None:
        raise Refused("stranger")
    if not (await window(app, row, person.account)).open:
        raise Refused("late")
    await app.store.write(_attach, app, actor, state, Lodging(row, about, person, state.language))


async def _who(app: App, state: CaseState, row: DecisionRow, about: CaseState) -> Person | None:
    """The complainant, among those whom the decision concerns."""
    if not state.sender or "authentication_failed" in state.warnings:
        return None
    known = await accounts.get_many(app, decisions.people_of(row))
    for account in known.values():
        if (account.email or "").lower() == state.sender:
            return Person(account.id, state.sender)
    for guest in (await comments.guests(app, app.store, decisions.people_of(row))).values():
        if guest.email.lower() == state.sender:
            return Person(guest.number, state.sender)
    return Person(0, state.sender) if state.sender == about.sender else None


async def _attach(tx: Tx, app: App, actor: str, state: CaseState, new: Lodging) -> None:
    earlier = await tx.row(q.OF_PERSON, decision=new.decision.number, person=new.key)
    if earlier is not None:
        raise Refused("again", number=case_numbers.text(earlier.number))
    if not await bind(tx, app, new, state.number, state.received_at):
        raise Refused("bound")
    facts = {"decision": new.decision.number, **new.facts()}
    await cases.append(tx, app, state.number, actor, CaseEvent("fact", facts))
    said = {"decision": decisions.number_text(new.decision.number)}
    await audit.append(tx, app, actor, "appeal.attach", case_numbers.text(state.number), said)
