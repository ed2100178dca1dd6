"""``petitbleu desk cases`` and ``petitbleu desk case``."""

from __future__ import annotations

import datetime
import zoneinfo
from typing import Any

import msgspec

from petitbleu.app import App
from petitbleu.control import CommandRefused, command
from petitbleu.desk.casework.cases import queues, service
from petitbleu.desk.casework.cases.queries import Brief
from petitbleu.desk.casework.cases.state import URGENCIES, Authority, CaseState
from petitbleu.desk.records.audit import service as audit
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Tx

MAX_ROWS = 1000
"""Rows listed at once."""
_ACTOR = "operator"


def iso(app: App, at: int | None) -> str | None:
    """An instant as ISO 8601 with the offset of the operator's zone."""
    if at is None:
        return None
    zone = zoneinfo.ZoneInfo(app.config.timezone)
    return datetime.datetime.fromtimestamp(at, zone).isoformat()


def brief(app: App, row: Brief) -> dict[str, Any]:
    """A case as lists show it."""
    return {
        "number": case_numbers.text(row.number),
        "kind": row.kind,
        "urgency": URGENCIES[row.urgency],
        "state": row.state,
        "owner": row.owner or None,
        "received": iso(app, row.received_at),
        "due": iso(app, row.due),
        "due_clock": row.due_clock or None,
        "authority": row.authority or None,
        "reference": row.reference,
        "language": row.language,
        "category": row.category,
        "title": row.title,
        "reports": row.reports,
        "ending": row.ending or None,
    }


async def whole(app: App, state: CaseState) -> dict[str, Any]:
    """A case as ``petitbleu desk case`` prints it."""
    authority = state.authority or Authority()
    return {
        "number": case_numbers.text(state.number),
        "kind": state.kind,
        "urgency": URGENCIES[state.urgency],
        "state": state.state,
        "owner": state.owner or None,
        "channel": state.channel,
        "received": iso(app, state.received_at),
        "authority": msgspec.to_builtins(authority),
        "language": state.language,
        "reference": state.reference,
        "targets": state.targets,
        "territorial_scope": state.territorial_scope,
        "category": state.category,
        "title": state.title,
        "clocks": [_clock(app, clock) for clock in service.clocks(app, state)],
        "warnings": state.warnings,
        "formal_defects": state.formal_defects,
        "attachments": state.facts.get("attachments", []),
        "receipt": _receipt(app, state),
        "reasons": state.reasons,
        "reports": [case_numbers.text(report) for report in state.reports],
        "decisions": state.decisions,
        "ending": state.ending or None,
        "timeline": await _timeline(app, state.number),
    }


def _clock(app: App, clock: Any) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "clock": clock.id,
        "due": iso(app, clock.due),
        "source": clock.source.en,
        "action": clock.action,
        "hard": clock.hard,
        "done": iso(app, clock.done),
    }
    if clock.rolled is not None:
        shown["due_rolled"] = iso(app, clock.rolled)
    return shown


def _receipt(app: App, state: CaseState) -> dict[str, Any] | None:
    if state.receipt_at is None:
        return None
    return {**state.receipt, "at": iso(app, state.receipt_at)}


async def _timeline(app: App, number: int) -> list[dict[str, Any]]:
    return [
        {
            "at": iso(app, row.at),
            "actor": row.actor,
            "event": row.kind,
            "data": msgspec.to_builtins(msgspec.msgpack.decode(row.data)),
        }
        for row in await service.timeline(app.store, number)
    ]


@command("desk.case")
async def case(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{number}`` -> the case. That it was looked at is logged."""
    number = case_numbers.parse(str(params.get("number", "")))
    if number is None:
        raise CommandRefused(f"“{params.get('number')}” is no case number (PB-2026-000001)")
    state = await service.get(app.store, number)
    if state is None:
        number = await service.find(app.store, f"report:{number}") or number
        state = await service.get(app.store, number)
    if state is None:
        raise CommandRefused(f"there is no case {case_numbers.text(number)}")
    await app.store.write(_viewed, app, case_numbers.text(number))
    return await whole(app, state)


async def _viewed(tx: Tx, app: App, subject: str) -> None:
    await audit.append(tx, app, _ACTOR, "case.view", subject)


@command("desk.cases")
async def cases(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{kind?, urgency?, state?, open?, words?, limit?}`` -> ``{cases: […]}``, next due first."""
    urgency = params.get("urgency")
    if urgency and urgency not in URGENCIES:
        raise CommandRefused(f"urgency is one of {', '.join(URGENCIES)}")
    wanted = queues.Filter(
        kinds=tuple(params.get("kinds") or ()),
        urgency=URGENCIES.index(urgency) if urgency else None,
        state=str(params.get("state") or ""),
        open=None if params.get("closed") is None else not params["closed"],
        words=str(params.get("words") or ""),
        senders=True,
    )
    limit = max(1, min(int(params.get("limit") or 50), MAX_ROWS))
    rows = await queues.page(app, wanted, limit=limit)
    return {"cases": [brief(app, row) for row in rows]}
