"""What a reader may read of a decision, and whether they can still object."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.app import App
from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.adjudication.appeals.service import AppealRow
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.adjudication.decisions.service import DecisionRow, StatementRow
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.casework.parties.service import CONCERNED, REPORTER, Person
from petitbleu.desk.casework.secrecy import service as secrecy
from petitbleu.desk.outside import progress
from petitbleu.desk.outside.progress import Said, letter_text
from petitbleu.domain.publishing.comments import service as comments


class Contest(NamedTuple):
    """``until``: last moment (Unix seconds); ``open``: it is still possible; ``number``: of the
    objection that was lodged, 0: none.
    """

    decision: int
    until: int
    open: bool
    number: int
    url: str


async def statements_to(app: App, row: DecisionRow, account: int) -> list[Said]:
    """What an account was told of a decision, or (0) who gave notice by e-mail."""
    now = app.clock.now()
    case = decisions.case_of(row.number)
    verdict = await secrecy.of_case(app.store, app, case)
    statements = [
        Said(statement.at, statement.subject, statement.text)
        for statement in await decisions.statements(app.store, row.number)
        if statement.account == account
        and statement.withdrawn_at is None
        and statement.not_before <= now
        and _may_read(statement, verdict)
    ]
    if account:
        return sorted(statements)
    first = f"{decisions.number_text(row.number)} notifier "
    for letter in await letters.of_case(app.store, case):
        waits = letter.state == "withdrawn" or letter.not_before > now
        waits = waits or not await letters.may_leave(app, letter)
        if letter.key.startswith(first) and not waits:
            statements.append(
                Said(letter.queued_at, letter.subject, await letter_text(app, letter))
            )
    return statements


def _may_read(one: StatementRow, verdict: secrecy.Verdict) -> bool:
    """What may be told now; also what was told before anybody asked the question."""
    before = verdict.why == secrecy.UNANSWERED and one.told_at is not None
    return verdict.open or before


async def is_listed(app: App, person: Person, case: int, roles: set[str]) -> bool:
    """Whether a case is among those of a person: as whom nothing but a decision names, only once
    they may be told of it.
    """
    if roles - {CONCERNED}:
        return True
    account = await concerned(app, person, case)
    if not roles or (await secrecy.of_case(app.store, app, case)).open:
        return bool(roles)
    rows = await decisions.of_case(app.store, case)
    return any([not await is_hidden(app, row, account) for row in rows])


async def step_told(app: App, state: CaseState, roles: set[str]) -> str:
    """Where a case stands, for a person: that it was decided is told to somebody who only reported
    it where people may be told.
    """
    step = progress.step_of(state)
    if step != progress.DECIDED or roles - {REPORTER, CONCERNED}:
        return step
    may_tell = (await secrecy.verdict_of(app.store, app, state)).open
    return progress.DECIDED if may_tell else progress.REVIEW


async def is_hidden(app: App, row: DecisionRow, account: int) -> bool:
    """Whether a decision is not there for an account (0: for who gave notice by e-mail): people may
    not be told, and they were not told before anybody asked.
    """
    verdict = await secrecy.of_case(app.store, app, decisions.case_of(row.number))
    if verdict.open:
        return False
    said = await decisions.statements(app.store, row.number)
    return not any(_may_read(one, verdict) for one in said if one.account == account)


async def contest(app: App, row: DecisionRow, account: int) -> Contest | None:
    """Whether and how somebody can object; None where there is nothing to object to (any more)."""
    if row.undone_at is not None or row.replaced_by or row.outcome == "reversed":
        return None
    if await is_hidden(app, row, account):
        return None
    window = await appeals.window(app, row, account)
    email = "" if account else await _sender(app, row)
    lodged: AppealRow | None = await appeals.of_person(app.store, row.number, account, email)
    key = decisions.key(app, row.number, account)
    return Contest(
        row.number,
        window.until,
        window.open,
        lodged.number if lodged is not None else 0,
        f"/decision/{decisions.number_text(row.number)}/contester?key={key}",
    )


async def _sender(app: App, row: DecisionRow) -> str:
    state = await cases.get(app.store, decisions.case_of(row.number))
    return state.sender if state is not None else ""


async def concerned(app: App, person: Person, case: int) -> int:
    """As whom decisions of a case name a person: an account, a guest (negative) known by the
    address, 0: nobody whom they concern.
    """
    if person.email:
        rows = await decisions.of_case(app.store, case)
        people = [one for row in rows for one in decisions.people_of(row)]
        guests = await comments.guests(app, app.store, people)
        for one in reversed(people):
            if one in guests and guests[one].email.lower() == person.email:
                return one
    return person.account


async def of_case(app: App, case: int, account: int) -> Contest | None:
    """How to object to the newest decision of a case."""
    rows = await decisions.of_case(app.store, case)
    standing = [row for row in rows if row.undone_at is None and not row.replaced_by]
    return await contest(app, standing[-1], account) if standing else None


async def told_complainant(app: App, number: int) -> list[Said]:
    """What was said in the app about a complaint: questions, and the answer."""
    row = await appeals.get(app.store, number)
    if row is None or not row.account:
        return []
    about = f"complaint {number} "
    now = app.clock.now()
    verdict = await secrecy.of_case(app.store, app, number)
    return [
        Said(statement.at, statement.subject, statement.text)
        for statement in await decisions.statements(app.store, row.decision)
        if statement.account == row.account
        and statement.purpose.startswith(about)
        and statement.not_before <= now
        and _may_read(statement, verdict)
    ]


async def told_person(app: App, person: Person, case: int) -> list[Said]:
    """All that a person was told in a case, oldest first."""
    statements: list[Said] = []
    account = await concerned(app, person, case)
    if account:
        for row in await decisions.of_case(app.store, case):
            statements += await statements_to(app, row, account)
    return statements
