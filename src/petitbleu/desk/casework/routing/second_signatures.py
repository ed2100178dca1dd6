"""What second signatures must know of cases: whose one is, who may read it, and its mark."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.casework.routing.seeing import may_sign
from petitbleu.desk.staffing.approvals import independence
from petitbleu.desk.staffing.approvals.independence import About
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Reader, Tx


@independence.subject_of_case
async def about(reader: Reader, app: App, subject: str) -> About | None:
    """The case of a request: its owner counts like the first person."""
    number = case_numbers.parse(subject)
    state = await cases.get(reader, number) if number is not None else None
    if state is None:
        return None
    kind = state.kind
    owners = frozenset({f"staff:{state.owner}"} if state.owner else ())
    return About(owners, lambda one: may_sign(one, kind))


@independence.on_marked
async def marked(tx: Tx, app: App, subject: str, said: dict[str, str]) -> None:
    """The case says that its second signature is of somebody whom the first had brought."""
    number = case_numbers.parse(subject)
    if number is not None and await cases.get(tx, number) is not None:
        event = CaseEvent("second.marked", said)
        await cases.append(tx, app, number, said["second"], event)
