"""Whether caches in front of public pages learned of a decision, on the time line of its case."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import numbers
from petitbleu.desk.adjudication.decisions import queries as q
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.publishing.pages.service import Purged
from petitbleu.domain.safety.moderation.queries import MeasureRow
from petitbleu.store.api import Tx

PURGED, NOT_PURGED = "purged", "purge.failed"


@pages.on_purged
async def purged(app: App, news: Purged) -> None:
    """Note it once for each measure of a decision. Registered with the room of pages."""
    for measure in news.measures:
        row = await app.store.row(q.BY_COMMAND, command=measure.command.rpartition(".")[0])
        if row is not None:
            await app.store.write(_note, app, row.number, measure, news)


async def _note(tx: Tx, app: App, decision: int, measure: MeasureRow, news: Purged) -> None:
    kind = NOT_PURGED if news.failed else PURGED
    data = {"page": f"/s/{news.name}", "measure": measure.number, "why": news.failed}
    data |= {"over": measure.ended_at is not None}
    case = numbers.case_of(decision)
    if not await cases.happened(tx, case, kind, data):
        await cases.append(tx, app, case, "system", CaseEvent(kind, data))
