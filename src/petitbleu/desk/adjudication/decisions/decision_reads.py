"""Decisions that were taken, as they are read again.

Apart from deciding, so that ``evidence`` can ask what a case decided, while deciding asks
``evidence`` who said what.
"""

from __future__ import annotations

import msgspec

from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import numbers
from petitbleu.desk.adjudication.decisions import queries as q
from petitbleu.desk.adjudication.decisions.form import Form
from petitbleu.desk.adjudication.decisions.queries import DecisionRow, Done, StatementRow
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.records.audit import standing
from petitbleu.store.api import Reader


async def get(reader: Reader, number: int) -> DecisionRow | None:
    """One decision."""
    return await reader.row(q.GET, number=number)


async def of_case(reader: Reader, case: int) -> list[DecisionRow]:
    """The decisions of a case, oldest first."""
    first = numbers.number(case, 0)
    return await reader.rows(q.OF_CASE, first=first, last=first + numbers.MAX_DECISIONS)


async def between(
    reader: Reader, first: int, last: int, *, after: tuple[int, int] = (-1, 0), limit: int = 1000
) -> list[DecisionRow]:
    """Decisions of a period (first <= at < last), page by page; ``after`` is (at, number)."""
    at, number = after
    return await reader.rows(q.BETWEEN, first=first, last=last, at=at, number=number, limit=limit)


async def outcomes(app: App, first: int) -> dict[str, int]:
    """How many decisions since ``first`` ended in which outcome, but for what was taken back."""
    return {row.outcome: row.total for row in await app.store.scan(q.OUTCOMES, first=first)}


def form_of(row: DecisionRow) -> Form:
    """Every word that was typed."""
    return msgspec.msgpack.decode(row.form, type=Form)


def measures_of(row: DecisionRow) -> list[Done]:
    """What was done."""
    return msgspec.msgpack.decode(row.measures, type=list[Done])


async def statements(reader: Reader, number: int) -> list[StatementRow]:
    """What people are told of a decision."""
    return await reader.rows(q.STATEMENTS, number=number)


async def concerning(reader: Reader, account: int) -> list[DecisionRow]:
    """Decisions that restricted an account or what it posted, newest first; at most 50."""
    return await reader.rows(q.CONCERNING, account=account)


def people_of(row: DecisionRow) -> list[int]:
    """Accounts whose content or account it restricts."""
    return msgspec.msgpack.decode(row.people, type=list[int])


def next_number(app: App, state: CaseState, but: int | None = None) -> int:
    """The number of the next decision of a case; ``but`` -1: as before its newest."""
    resets = standing.resets_since(app, state.opened_at)
    return numbers.number(state.number, numbers.following(state.decisions[:but], resets))
