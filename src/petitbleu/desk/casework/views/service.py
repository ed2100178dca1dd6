"""Filters of the queues that staff name and keep: their own, or shared by who gives cases out.

A view is a filter and no right: whoever opens a shared one sees of it what they may see.
"""

from __future__ import annotations

from typing import ClassVar

from petitbleu.app import App
from petitbleu.catalogues import Catalogue
from petitbleu.desk.casework.views import queries as q
from petitbleu.desk.casework.views.queries import ViewRow as ViewRow
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.staffing.staff.service import Staff
from petitbleu.refusals import Refusal, Sentences
from petitbleu.store.api import Reader, Tx

NAME = 60
"""Characters of a name."""
MAX_VIEWS = 50
"""Views one person sees: their own and those that are shared."""
SHARES = "assign"
"""The right to share views."""


class Refused(Refusal):
    """The view cannot be kept or deleted."""

    SAID: ClassVar[Sentences] = Catalogue("desk", "refusals.views")


async def visible_views(reader: Reader, one: Staff) -> list[ViewRow]:
    """What a person sees: their own views, then those that are shared."""
    return await reader.rows(q.VIEWS, staff=one.id)


async def keep(tx: Tx, app: App, by: Staff, name: str, filter: str, shared: bool) -> None:
    """Keep a filter under a name; one of that name changes. Raises Refused."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= NAME:
        raise Refused("name", most=NAME)
    if not filter:
        raise Refused("empty")
    if shared and not by.may(SHARES):
        raise Refused("share")
    known = await visible_views(tx, by)
    mine = (by.id, int(shared), name)
    if len(known) >= MAX_VIEWS and mine not in {(row.staff, row.shared, row.name) for row in known}:
        raise Refused("many", most=MAX_VIEWS)
    at = int(app.clock.now())
    await tx.run(q.KEEP, staff=by.id, shared=int(shared), name=name, filter=filter, at=at)
    if shared:
        said = {"name": name, "filter": filter}
        await audit.append(tx, app, by.actor, "view.share", by.actor, said)


async def delete(tx: Tx, app: App, by: Staff, id: int) -> None:
    """Delete one's own, or with the right to share any shared one. Raises Refused."""
    row = await tx.row(q.VIEW, id=id)
    if row is None or not (row.staff == by.id or (row.shared and by.may(SHARES))):
        raise Refused("none")
    await tx.run(q.DELETE, id=id)
    if row.shared:
        said = {"name": row.name, "filter": row.filter, "of": row.staff}
        await audit.append(tx, app, by.actor, "view.delete", by.actor, said)
