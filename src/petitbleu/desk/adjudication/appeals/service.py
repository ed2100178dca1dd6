"""Internal complaints (DSA 20): lodged by whom a decision concerns, decided by somebody else.

A complaint is a case of its own (``complaint_art20``), linked to the decision it is about. Whoever
took or countersigned that decision is excluded here, in code, whatever role they have. Outcomes:

* *maintain*: the decision stays, with reasons and the redress that is left;
* *reverse*: the decision is reversed; content, views and strikes are back, both sides are told;
* *change*: another decision takes its place, through the same form and checks as any decision;
* *ask*: a question to the complainant; the case stays open;
* *omit*: no decision is taken (withdrawn, not about a decision of ours).

Each needs a text, which the complainant reads.
"""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.adjudication.appeals import queries as q
from petitbleu.desk.adjudication.appeals.attaching import attach
from petitbleu.desk.adjudication.appeals.deciding import OUTCOMES, add, answer, decide, may_decide
from petitbleu.desk.adjudication.appeals.lodging import (
    AUTHOR,
    KIND,
    LEAST,
    LONGEST,
    NOTIFIER,
    Lodged,
    Window,
    lodge,
    window,
)
from petitbleu.desk.adjudication.appeals.queries import AppealRow
from petitbleu.desk.adjudication.appeals.refused import Excluded, Refused
from petitbleu.desk.adjudication.appeals.suspensions import (
    Objection,
    answer_objection,
    object_to,
    objection,
    objections,
    open_until,
)
from petitbleu.desk.casework.parties import service as parties
from petitbleu.desk.casework.parties.service import Person
from petitbleu.store.api import Reader

__all__ = [
    "AUTHOR",
    "KIND",
    "LEAST",
    "LONGEST",
    "NOTIFIER",
    "OUTCOMES",
    "AppealRow",
    "Excluded",
    "Lodged",
    "Objection",
    "Refused",
    "Window",
    "add",
    "answer",
    "answer_objection",
    "attach",
    "between",
    "decide",
    "get",
    "lodge",
    "may_decide",
    "object_to",
    "objection",
    "objections",
    "of_decision",
    "of_person",
    "open_until",
    "window",
]


async def get(reader: Reader, number: int) -> AppealRow | None:
    """One complaint by its case."""
    return await reader.row(q.GET, number=number)


async def of_decision(reader: Reader, decision: int) -> list[AppealRow]:
    """Complaints about a decision."""
    return await reader.rows(q.OF_DECISION, decision=decision)


async def of_person(reader: Reader, decision: int, account: int, email: str) -> AppealRow | None:
    """The complaint of one person about a decision."""
    keys = parties.keys(Person(account, email))
    if not keys:
        return None
    return await reader.row(q.OF_PERSON, decision=decision, person=keys[0])


async def between(app: App, first: int, last: int) -> list[AppealRow]:
    """Complaints that were lodged in a period (first <= filed_at < last)."""
    return await app.store.scan(q.BETWEEN, first=first, last=last)
