"""Commands of the command line: what rings, hearing it, trying the ways."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.control import CommandRefused, command
from petitbleu.desk.casework.alerts import ladder, sending, service
from petitbleu.desk.casework.alerts import queries as q
from petitbleu.desk.casework.alerts.queries import AlertRow
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Tx

TRIAL = "trial"


@command("desk.alarms")
async def alarms(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """Alarms that nobody has acknowledged; of one case (``case``), all it ever had."""
    if params.get("case"):
        return {"alarms": [_shown(row) for row in await service.of_case(app.store, _case(params))]}
    return {"alarms": [_shown(row) for row in await service.ringing(app)]}


@command("desk.alarms.hear")
async def hear(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """Acknowledge what rings on a case (without ``case``: of the desk itself)."""
    number = _case(params) if params.get("case") else 0
    count = await app.store.write(service.acknowledge, app, number, "operator")
    return {"heard": count}


@command("desk.alarms.test")
async def test(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """Ring the trial alarm on one level and say what became of it."""
    level = params.get("level", "on_call")
    if level not in ladder.LEVELS:
        raise CommandRefused(f"There is no level “{level}”: {', '.join(ladder.LEVELS)}.")
    alert = await app.store.write(_trial, app, ladder.LEVELS.index(level))
    await sending.flush(app)
    rows = await app.store.rows(q.OF_ALERT, alert=alert)
    await app.store.write(service.settled, app, TRIAL)
    return {"notices": [row._asdict() for row in rows]}


async def _trial(tx: Tx, app: App, level: int) -> int:
    await service.trouble(tx, app, TRIAL, "test", level=level, again=0)
    row = await tx.row(q.BY_STEP, number=0, step=TRIAL)
    assert row is not None
    return row.id


def _case(params: dict[str, Any]) -> int:
    number = case_numbers.parse(str(params["case"]))
    if number is None:
        raise CommandRefused(f"“{params['case']}” is no case number (PB-2026-000042).")
    return number


def _shown(row: AlertRow) -> dict[str, Any]:
    return row._asdict() | {
        "case": case_numbers.text(row.number) if row.number else None,
        "level": ladder.LEVELS[row.level],
    }
