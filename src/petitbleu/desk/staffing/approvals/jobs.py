"""Requests that nobody answered in time; emergencies that were done without a second signature."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.staffing.approvals import queries as q
from petitbleu.desk.staffing.approvals import service
from petitbleu.desk.staffing.approvals.queries import SecondRow
from petitbleu.desk.staffing.approvals.texts import MISSING, who
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.jobs import NoData, job
from petitbleu.store.api import Tx

_BATCH = 100


@job("seconds.expire", every=300)
async def expire(app: App, data: NoData) -> None:
    """Close what is late; directors hear of what was done meanwhile."""
    for row in await app.store.rows(q.LATE, now=int(app.clock.now()), limit=_BATCH):
        told = await app.store.write(_close, app=app, row=row)
        if not told or app.mail is None:
            continue
        for head in await staff.heads(app, app.store):
            subject, text = MISSING[head.language]
            words = {
                "id": row.id,
                "subject": who(head.language, row.subject),
                "first": who(head.language, row.first),
                "link": f"{app.config.public_url.rstrip('/')}/desk/seconds/{row.id}",
            }
            await app.mail.send(head.email, subject.format(**words), text.format(**words))


async def _close(tx: Tx, app: App, row: SecondRow) -> bool:
    """Whether heads must be told: it was done, and nobody signed."""
    closed = await service.expire(tx, app, row)
    if closed and row.used_at:
        said = {"kind": row.kind, "id": row.id, "first": row.first}
        await audit.append(tx, app, "system", "second.missing", row.subject, said)
    return closed and bool(row.used_at)
