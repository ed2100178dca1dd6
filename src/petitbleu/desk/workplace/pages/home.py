"""Home: the strip that must be empty, one's own cases, who has how much, what was decided today."""

from __future__ import annotations

import datetime
import zoneinfo

from starlette.responses import Response

from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.casework.cases import queues, ranking
from petitbleu.desk.casework.cases.queues import Filter, Load
from petitbleu.desk.casework.cases.service import Brief
from petitbleu.desk.intake import canary
from petitbleu.desk.orders.disclosures import service as disclosures
from petitbleu.desk.staffing.approvals import service as approvals
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.desk.staffing.staff.service import Staff
from petitbleu.desk.workplace.pages.approvals import waiting
from petitbleu.desk.workplace.pages.queues import visible
from petitbleu.desk.workplace.pages.shell import PageRequest, page
from petitbleu.domain.publishing.comments import service as comments
from petitbleu.domain.safety.case_numbers import service as case_numbers


@page("/desk", right="home", rail="home")
async def home(visit: PageRequest) -> Response:
    """What is unread, unowned, due, late, unsigned."""
    app = visit.app
    return visit.html(
        "home.html",
        strip=await queues.strip(app),
        seconds=await approvals.waiting(app, app.store),
        doors=[
            {"name": row.door, "at": row.seen_at or row.sent_at, "well": canary.well(app, row)}
            for row in await canary.health(app)
        ],
        agreed=len(await disclosures.agreed_ones(app.store)) if visit.staff.may("disclose") else 0,
        comments=await _comments(app) if visit.staff.may("comments") else 0,
        waiting=await waiting(visit) if visit.staff.may("second") else [],
        own=await _own(visit) if visit.staff.may("cases") else None,
        loads=await _loads(visit) if visit.staff.may(_LOADS) else [],
        today=await _today(app),
        number=case_numbers.text,
    )


_OWN = 5
"""Own cases that home shows."""
_LOADS = "figures"
"""The right to see how the work is spread."""


async def _own(visit: PageRequest) -> list[Brief]:
    wanted = visible(visit, Filter(owner=visit.staff.id))
    return [row for row, _ in await ranking.page(visit.app, wanted, limit=_OWN)]


async def _loads(visit: PageRequest) -> list[tuple[Staff, Load]]:
    """Who has how much: whoever takes cases, and whoever still has some."""
    app = visit.app
    by_owner = {load.owner: load for load in await queues.loads(app)}
    return [
        (person, by_owner.get(person.id) or Load(person.id, 0, 0))
        for person in await staff.everybody(app, app.store)
        if person.id in by_owner or (person.active and person.may("take"))
    ]


async def _today(app: App) -> list[tuple[str, int]]:
    """Decisions since midnight at the operator's place, by outcome."""
    here = datetime.datetime.fromtimestamp(app.clock.now(), zoneinfo.ZoneInfo(app.config.timezone))
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    outcomes = await decisions.outcomes(app, int(midnight.timestamp()))
    return [(outcome, outcomes[outcome]) for outcome in _OUTCOMES if outcome in outcomes]


_OUTCOMES = ("measures", "no_action", "impossible", "refused", "reversed")


async def _comments(app: App) -> int:
    """Comments of guests that wait for somebody: held, taken for spam, contested."""
    counts = await comments.boxes(app)
    return counts["held"] + counts["spam"] + counts["contested"]
