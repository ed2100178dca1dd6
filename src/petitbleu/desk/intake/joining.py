"""Joining a case to another by hand: what arrived goes over, the clocks of the first stay as they
are, and whoever cites the number of the second is led to the first.
"""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec

from petitbleu.app import App
from petitbleu.catalogues import Catalogue
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import INTO, CaseEvent, CaseState
from petitbleu.desk.intake import queries as q
from petitbleu.desk.intake.classify.sorting import ORDER_KINDS
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.refusals import Refusal, Sentences
from petitbleu.store.api import Tx

_decode = msgspec.msgpack.Decoder(dict[str, Any]).decode
_DONE = frozenset({"decided", "hold", "disclosure", "appeal", "threat"})
"""Events after which a case is no longer only something that arrived."""


class CannotJoin(Refusal):
    """The case cannot be joined to that one; one sentence says why."""

    SAID: ClassVar[Sentences] = Catalogue("desk", "refusals.joining.cannotjoin")


async def join(tx: Tx, app: App, actor: str, number: int, into: int) -> CaseState:
    """Join ``number`` to ``into``; the first case as it is then. Raises CannotJoin, LookupError."""
    first, second = await cases.get(tx, into), await cases.get(tx, number)
    if first is None or second is None:
        raise LookupError(case_numbers.text(into if first is None else number))
    await _check(tx, app, second, first)
    named = case_numbers.text(into)
    facts: dict[str, Any] = {}
    for field in ("targets", "warnings"):
        mine = getattr(first, field)
        both = list(dict.fromkeys([*mine, *getattr(second, field)]))
        if both != mine:
            facts[field] = both
    if second.facts.get("attachments"):
        mine = first.facts.get("attachments", [])
        facts["attachments"] = [*mine, *second.facts["attachments"]]
    events = [
        cases.make_event(shapes.Joined(case=number)),
        *(
            cases.make_event(shapes.Inbound(inbound=inbound, why="joined"))
            for inbound in second.inbound
        ),
    ]
    for row in await cases.timeline(tx, number):  # copies that were taken earlier show more
        said = _decode(row.data) if row.kind == "sealed" else {}
        if said and said["target"] not in first.sealed:
            events.append(CaseEvent("sealed", said))
    if facts:
        events.append(CaseEvent("fact", facts))
    if second.urgency < first.urgency:
        events.append(cases.make_event(shapes.Urgency(urgency=second.urgency)))
    state = await cases.append(tx, app, into, actor, *events)
    await cases.append(
        tx,
        app,
        number,
        actor,
        cases.make_event(shapes.Joined(into=into)),
        cases.make_event(shapes.Fact(facts={INTO: into})),
        cases.make_event(shapes.Closed(end="duplicate", reason=named)),
    )
    await tx.run(q.MOVE, number=number, into=into)
    await cases.rename(tx, number, into)
    return state


async def _check(tx: Tx, app: App, second: CaseState, first: CaseState) -> None:
    named = case_numbers.text(first.number)
    if first.number == second.number:
        raise CannotJoin("itself")
    for case in (first, second):
        if case.closed_at is not None:
            raise CannotJoin("closed", number=case_numbers.text(case.number))
    if first.received_at > second.received_at:
        raise CannotJoin("later", number=named)
    if any(row.kind in _DONE for row in await cases.timeline(tx, second.number)):
        raise CannotJoin("worked")
    if second.reports:
        raise CannotJoin("reports")
    if second.kind in ORDER_KINDS and second.kind != first.kind:
        raise CannotJoin("order")
    if not _same_sender(second, first):
        raise CannotJoin("sender")
    mine, theirs = cases.lead_clock(app, second), cases.lead_clock(app, first)
    ends = [one.due if one is not None else None for one in (mine, theirs)]
    if ends[0] is not None and (ends[1] is None or ends[0] < ends[1]) and _runs(second):
        raise CannotJoin("sooner", number=named)


def _runs(state: CaseState) -> bool:
    """Whether a case has clocks of its own: the first look at something unsorted is none."""
    return state.kind != "unsorted"


def _same_sender(second: CaseState, first: CaseState) -> bool:
    if not second.sender or second.sender == first.sender:
        return True
    domains = [case.authority.domain if case.authority else "" for case in (second, first)]
    return bool(domains[0]) and domains[0] == domains[1]
