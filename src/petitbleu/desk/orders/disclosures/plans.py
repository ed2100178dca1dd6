"""What is to be given to whom, and whether the person may be told of it."""

from __future__ import annotations

import msgspec

from petitbleu.app import App
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.casework.secrecy import service as secrecy
from petitbleu.desk.orders.disclosures.queries import DisclosureRow
from petitbleu.desk.orders.disclosures.refused import Refused
from petitbleu.desk.records.audit import service as audit
from petitbleu.domain.safety.case_numbers import service as case_numbers


class Plan(msgspec.Struct, frozen=True):
    """Exactly what is given to whom. Its digest is what both people sign."""

    case: int
    account: int
    fields: tuple[str, ...]
    since: int
    until: int
    key: str
    """The authority's age key."""
    minimised: str
    """Why these fields and this period and no more (GDPR 5(1)(c))."""
    emergency: bool = False
    tell: str = ""
    """May the person be told: yes, date, release, unknown."""
    tell_until: str = ""
    """The first day on which they may be (ISO)."""
    tell_permission: str = ""
    """What the authority permitted: who, when, how."""
    tell_clause: str = ""
    """The sentence of the order about secrecy, as the first person read it."""
    criminal: bool = False
    """The authority acts in a criminal matter."""

    def digest(self) -> bytes:
        """SHA-256 of the plan."""
        return bytes.fromhex(audit.digest(msgspec.to_builtins(self)))


def telling(plan: Plan) -> secrecy.Answer:
    """What the plan answers to the question whether the person may be told."""
    return secrecy.Answer(
        plan.tell, plan.tell_until, plan.tell_permission, plan.tell_clause, plan.criminal
    )


def plan_of(row: DisclosureRow) -> Plan:
    """What is to be given."""
    return msgspec.msgpack.decode(row.plan, type=Plan)


async def load_case(app: App, case: int) -> CaseState:
    """The case by its number. Raises Refused."""
    state = await cases.get(app.store, case)
    if state is None:
        raise Refused("no_case", number=case_numbers.text(case))
    return state
