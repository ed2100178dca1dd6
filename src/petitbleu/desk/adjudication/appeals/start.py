"""What a decision touched stays as long as somebody may still object to it.

Measures keep their evidence for a fixed time from the day they are taken; the six months of an
objection begin when the person is told, which a secrecy clause may put off.
"""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent, CaseState
from petitbleu.domain.safety.moderation import holds
from petitbleu.store.api import Tx

_KEEP = 190 * 86_400
"""Six months, weekends and holidays at their end, and a few days."""


@cases.on_change
async def decided(tx: Tx, app: App, state: CaseState, events: tuple[CaseEvent, ...]) -> None:
    """Keep what a new decision touched until the last window closes."""
    for event in events:
        if event.kind != "decided":
            continue
        row = await decisions.get(tx, event.data["decision"])
        if row is None or row.outcome != "measures":
            continue
        told = [statement.not_before for statement in await decisions.statements(tx, row.number)]
        until = max([row.at, *told]) + _KEEP
        for measure in decisions.measures_of(row):
            await holds.extend(tx, measure.measure, until)
