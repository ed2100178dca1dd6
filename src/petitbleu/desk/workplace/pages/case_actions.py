"""What is done to a case from its page: take, sort, set a clock, note, close."""

from __future__ import annotations

import datetime
import zoneinfo
from typing import Any

from starlette.responses import Response

from petitbleu.app import App
from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.casework.alerts import service as alerts
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.casework.routing.seeing import ORDERS, ORDERS_RIGHT
from petitbleu.desk.orders.disclosures import service as disclosures
from petitbleu.desk.reference.law import service as law
from petitbleu.desk.workplace.pages.case import change, endings, found, show
from petitbleu.desk.workplace.pages.shell import PageRequest, Problem, page
from petitbleu.domain.safety.case_numbers import service as case_numbers

_WAITING = ("awaiting_info", "awaiting_authority", "review")


def not_theirs(visit: PageRequest, state: CaseState) -> bool:
    """An order is ended, or sorted out of the orders, by who may decide orders."""
    return state.kind in ORDERS and not visit.staff.may(ORDERS_RIGHT)


def _back(visit: PageRequest, state: CaseState, done: str) -> Response:
    return visit.to(f"/desk/cases/{case_numbers.text(state.number)}", done)


@page("/desk/cases/{number}/take", right="take", methods=("POST",))
async def take(visit: PageRequest) -> Response:
    """This person works on it now."""
    state = await change(
        visit, await found(visit), cases.make_event(shapes.Owner(staff=visit.staff.id))
    )
    return _back(visit, state, "taken")


@page("/desk/cases/{number}/release", right="take", methods=("POST",))
async def release(visit: PageRequest) -> Response:
    """Nobody works on it."""
    state = await change(visit, await found(visit), cases.make_event(shapes.Owner(staff=0)))
    return _back(visit, state, "released")


@page("/desk/cases/{number}/note", right="cases", methods=("POST",))
async def note(visit: PageRequest) -> Response:
    """A note for colleagues."""
    state = await found(visit)
    text = visit.form.get("text")[:5000]
    if not text:
        return await show(visit, state, status=422, wrong="wrong_reason")
    return _back(
        visit, await change(visit, state, cases.make_event(shapes.Note(text=text))), "noted"
    )


@page("/desk/cases/{number}/triage", right="triage", methods=("POST",))
async def triage(visit: PageRequest) -> Response:
    """Kind, targets, language, reference."""
    state = await found(visit)
    kind = visit.form.get("kind")
    if kind not in law.load_law(visit.app).kinds:
        return await show(visit, state, status=422, wrong="wrong_kind")
    if kind == "bulk_mail" and (state.kind in ORDERS or state.urgency < 2):
        return await show(visit, state, status=422, wrong="wrong_order")
    if kind not in ORDERS and not_theirs(visit, state):
        return await show(visit, state, status=403, wrong="wrong_order_right")
    facts = shapes.Fact(
        targets=[
            target for line in visit.form.get("targets").split("\n") if (target := line.strip())
        ],
        language=visit.form.get("language").lower()[:2],
        reference=visit.form.get("reference")[:200],
    )
    events = [cases.make_event(shapes.Kind(kind=kind)), cases.make_event(facts)]
    if not state.owner:
        events.append(cases.make_event(shapes.Owner(staff=visit.staff.id)))
    state = await change(visit, state, *events)
    return _back(visit, state, "triaged")


@page("/desk/cases/{number}/deadline", right="triage", methods=("POST",))
async def deadline(visit: PageRequest) -> Response:
    """A deadline as a person read it: confirmed, or corrected."""
    state = await found(visit)
    clock, text = visit.form.get("clock"), visit.form.get("at")
    if clock not in {rule.id for rule in law.load_law(visit.app).kind(state.kind).clocks}:
        return await show(visit, state, status=422, wrong="wrong_clock")
    given = moment(visit.app, text)
    if given is None:
        said = visit.t["wrong_when"].format(what=text)
        return await show(visit, state, status=422, wrong=said)
    source = visit.staff.actor
    deadline = shapes.ClockGiven(clock=clock, **given, source=source, confirmed=True)
    return _back(visit, await change(visit, state, cases.make_event(deadline)), "clocked")


def moment(app: App, text: str) -> dict[str, Any] | None:
    """``2026-12-03`` -> a date, ``2026-12-03 14:30`` -> an instant in the operator's zone."""
    zone = zoneinfo.ZoneInfo(app.config.timezone)
    try:
        if len(text) == 10:
            return {"due": None, "date": datetime.date.fromisoformat(text).isoformat()}
        at = datetime.datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=zone)
        return {"due": int(at.timestamp()), "date": None}
    except (ValueError, OverflowError):
        return None


@page("/desk/cases/{number}/clock", right="triage", methods=("POST",))
async def clock(visit: PageRequest) -> Response:
    """A duty was done."""
    state = await found(visit)
    name = visit.form.get("clock")
    if name not in {rule.id for rule in law.load_law(visit.app).kind(state.kind).clocks}:
        return await show(visit, state, status=422, wrong="wrong_clock")
    if state.kind in ORDERS and not visit.staff.may("orders") and not _receipt(name):
        raise Problem("no_right", 403)
    event = cases.make_event(shapes.ClockDone(clock=name))
    return _back(visit, await change(visit, state, event), "clock_done")


def _receipt(clock: str) -> bool:
    """Whether a clock asks for the acknowledgement only."""
    return clock.endswith(".acknowledge")


@page("/desk/cases/{number}/urgency", right="triage", methods=("POST",))
async def urgency(visit: PageRequest) -> Response:
    """Raise or, with the right to assign, lower it; always with a reason."""
    state = await found(visit)
    level, why = visit.form.number("urgency"), visit.form.get("why")
    if level is None or not 0 <= level < len(cases.URGENCIES) or not why:
        return await show(visit, state, status=422, wrong="wrong_reason")
    if level > state.urgency and not visit.staff.may("assign"):
        return await show(visit, state, status=403, wrong="wrong_lower")
    event = cases.make_event(shapes.Urgency(urgency=level, why=why[:500]))
    return _back(visit, await change(visit, state, event), "urgency")


@page("/desk/cases/{number}/state", right="take", methods=("POST",))
async def waits(visit: PageRequest) -> Response:
    """It waits for information or for the authority, or goes on. Asking pauses what may pause."""
    state = await found(visit)
    wanted = visit.form.get("state")
    if wanted not in _WAITING:
        raise Problem("wrong_kind")
    events = [cases.make_event(shapes.State(state=wanted))]
    paused = bool(state.pauses) and state.pauses[-1][1] is None
    if wanted == "review" and paused:
        events.append(cases.make_event(shapes.ClockResumed()))
    elif visit.form.flag("pause") and not paused:
        events.append(cases.make_event(shapes.ClockPaused(ground=visit.form.get("why") or wanted)))
    return _back(visit, await change(visit, state, *events), "state")


@page("/desk/cases/{number}/close", right="take", methods=("POST",))
async def close(visit: PageRequest) -> Response:
    """Close without a decision: not ours, withdrawn, fraud, duplicate, bulk, no action; executed,
    where data were handed over or something is held.
    """
    state = await found(visit)
    end, reason = visit.form.get("end"), visit.form.get("why")
    if end not in await endings(visit, state) or not reason:
        return await show(visit, state, status=422, wrong="wrong_reason")
    if end == "bulk" and (state.kind in ORDERS or state.urgency < 2):
        return await show(visit, state, status=422, wrong="wrong_order")
    if not_theirs(visit, state):
        return await show(visit, state, status=403, wrong="wrong_order_right")
    if await appeals.get(visit.app.store, state.number) is not None:
        return await show(visit, state, status=422, wrong="wrong_appeal")
    if visit.staff.actor in state.facts.get("excluded", ()):
        raise Problem("appeal_excluded", 403)
    if await disclosures.not_made(visit.app.store, state.number):
        return await show(visit, state, status=422, wrong="wrong_disclosure")
    event = cases.make_event(shapes.Closed(end=end, reason=reason[:2000]))
    return _back(visit, await change(visit, state, event), "closed")


@page("/desk/cases/{number}/reopen", right="take", methods=("POST",))
async def reopen(visit: PageRequest) -> Response:
    """It goes on."""
    state = await found(visit)
    why = visit.form.get("why")
    if not why:
        return await show(visit, state, status=422, wrong="wrong_reason")
    event = cases.make_event(shapes.Reopened(why=why[:2000]))
    return _back(visit, await change(visit, state, event), "reopened")


@page("/desk/cases/{number}/acknowledge", right="cases", methods=("POST",))
async def acknowledge(visit: PageRequest) -> Response:
    """The alarm was heard: its step stops, the clock does not."""
    state = await found(visit)
    await visit.app.store.write(alerts.acknowledge, visit.app, state.number, visit.staff.actor)
    return _back(visit, state, "acknowledged")
