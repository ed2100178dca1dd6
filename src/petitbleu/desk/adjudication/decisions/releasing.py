"""After an answer to the question whether people may be told: what waits is looked at again, and
where they may not, the words in the content's place say nothing of the reason.
"""

from __future__ import annotations

from petitbleu import jobs
from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import decision_reads, kinds, numbers, writing
from petitbleu.desk.adjudication.decisions import queries as q
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent, CaseState
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.casework.secrecy import service as secrecy
from petitbleu.domain.safety.moderation import measures
from petitbleu.jobs import Job
from petitbleu.store.api import Tx


class Neutralize(Job, tag="desk.neutral", frozen=True):
    """Words of the desk go out of the content's place."""

    case: int


@cases.on_change
async def answered(tx: Tx, app: App, state: CaseState, events: tuple[CaseEvent, ...]) -> None:
    """Look again at statements and letters of the case."""
    if not any(event.kind == "telling" or _is_clause(event) for event in events):
        return
    now = int(app.clock.now())
    if not secrecy.verdict(app, state).open:
        if state.decisions:
            work = Neutralize(case=state.number)
            await jobs.schedule(tx, work, due=now, key=str(state.number))
        return
    # The case itself, and letters that belong to no decision of it.
    for number in (numbers.number(state.number, 0), *state.decisions):
        await tx.run(q.HURRY_STATEMENTS, number=number, now=now, later=now + kinds.UNDO_SECONDS)
        for row in await tx.rows(q.STATEMENTS, number=number):
            if row.told_at is None and row.withdrawn_at is None:
                tell = writing.TellPerson(number=number, account=row.account, purpose=row.purpose)
                name = f"{number} {row.account} {row.purpose}"
                due = max(now, row.not_before)
                await jobs.schedule(tx, tell, due=due, key=name)
    await letters.hurry(tx, app, state.number)


def _is_clause(event: CaseEvent) -> bool:
    return event.kind == "fact" and "confidentiality" in event.data


async def neutralize(app: App, case: int) -> None:
    """The job: standing sentences in the place of what the case's measures took away."""
    if (await secrecy.of_case(app.store, app, case)).open:
        return
    for row in await decision_reads.of_case(app.store, case):
        for measure in decision_reads.measures_of(row):
            await measures.say_nothing(app, measure.measure)
