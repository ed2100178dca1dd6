"""The case page: what happened, the letter and the content, the work."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.responses import Response

from petitbleu.app import Part
from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.adjudication.decisions import numbers, threats
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.adjudication.evidence import access, comparing, media
from petitbleu.desk.adjudication.evidence.access import Why
from petitbleu.desk.casework.alerts import service as alerts
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import related
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.related import Related
from petitbleu.desk.casework.cases.service import CaseEvent, CaseState
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.casework.routing import service as routing
from petitbleu.desk.casework.routing.seeing import ORDERS
from petitbleu.desk.intake import codes
from petitbleu.desk.intake import service as intake
from petitbleu.desk.intake.danger import service as danger
from petitbleu.desk.intake.letter import Letter
from petitbleu.desk.orders.disclosures import service as disclosures
from petitbleu.desk.orders.holds import service as holds
from petitbleu.desk.reference.law import kinds
from petitbleu.desk.reference.law import service as law
from petitbleu.desk.workplace.pages import timeline
from petitbleu.desk.workplace.pages.queues import reachable
from petitbleu.desk.workplace.pages.reporter_statements import FORM, heard
from petitbleu.desk.workplace.pages.shell import PageRequest, Problem, page
from petitbleu.desk.workplace.pages.telling import question
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Tx

IDLE = 600
"""Seconds after which somebody who opened a case is no longer looking."""
_KEEPING = "epoc_pr"
_WITHOUT = ("no_action", "not_ours", "withdrawn", "fraud", "duplicate", "bulk")
"""Endings that need no decision."""
_FREE = ("note", "looked", "receipt", "letter", "report", "inbound")


async def found(visit: PageRequest) -> CaseState:
    """The case of the address, as far as this person may see it. Raises Problem (404)."""
    return await seen(visit, case_numbers.parse(str(visit.request.path_params["number"])))


async def seen(visit: PageRequest, number: int | None) -> CaseState:
    """The case of a number, as far as this person may see it. Raises Problem (404)."""
    state = await reachable(visit, number) if number is not None else None
    if state is None:
        raise Problem("wrong_number", 404)
    visit.subject = case_numbers.text(state.number)
    return state


OPEN_CASES: Part[dict[int, dict[int, float]]] = Part(lambda _: {})
"""Case -> staff who have it open -> when they were last seen there."""


def viewers(visit: PageRequest, number: int) -> list[int]:
    """Who else has the case open; notes that this person has."""
    here = visit.app.parts[OPEN_CASES].setdefault(number, {})
    now = visit.app.clock.now()
    for staff, at in list(here.items()):
        if at < now - IDLE:
            del here[staff]
    here[visit.staff.id] = now
    return sorted(staff for staff in here if staff != visit.staff.id)


@page("/desk/cases/{number}", right="cases", methods=("GET",))
async def case(visit: PageRequest) -> Response:
    """One case."""
    return await show(visit, await found(visit))


async def show(visit: PageRequest, state: CaseState, *, status: int = 200, **more: Any) -> Response:
    """The case page; ``more``: a form that has to be mended, a copy that was asked for."""
    app = visit.app
    if state.looked_at is None and not state.closed_at:
        state = await app.store.write(
            cases.append, app, state.number, visit.staff.actor, cases.make_event(shapes.Looked())
        )
    values = {
        "state": state,
        "proved": cases.PROVED,
        "number": case_numbers.text(state.number),
        "clocks": cases.clocks(app, state),
        "timeline": await timeline.lines(visit, state),
        "letters_in": await letters_of(visit, state),
        "heard": await heard(visit, state),
        "alarms": [
            alert
            for alert in await alerts.of_case(app.store, state.number)
            if alert.ended_at is None and alert.heard_at is None
        ],
        "informed": await threats.informed(app.store, state.number),
        "letters_out": await letters.of_case(app.store, state.number),
        "decisions": await decisions.of_case(app.store, state.number),
        "decision_number": numbers.text,
        "complaint": await appeals.get(app.store, state.number) is not None,
        "unbound": state.kind == appeals.KIND,
        "holds": await holds.of_case(app.store, state.number),
        "disclosures": await disclosures.of_case(app.store, state.number),
        "others": viewers(visit, state.number),
        "left": _left(visit, state),
        "related": len(await related_to(visit, state)),
        "kinds": law.kinds(law.load_law(visit.app)),
        "digits": _DIGITS,
        "secrecy": cases.secrecy(app, state),
        "tell": await question(visit, state),
        "alarm_counts": await danger.counted(app.store, state.number) if state.danger else 0,
        "alarm_cases": await danger.counted_with(app.store, state.number) if state.danger else [],
        "queues": {queue.id: queue.name for queue in await routing.queues(app.store)},
        "endings": await endings(visit, state),
        "official": state.kind in ORDERS,
        "gives": state.kind in disclosures.KINDS,
        "rules": [
            (rule.id, law.duty(rule.action, visit.lang))
            for rule in {
                clock.id: clock for clock in law.load_law(app).kind(state.kind).clocks
            }.values()
        ],
        "form": visit.form,
        "wrong": "",
        "copy": None,
        "targets_named": [
            (target, target) for target in state.targets if target not in state.sealed
        ],
        "report": case_numbers.text,
        "duty": lambda action: law.duty(action, visit.lang),
        "coded": lambda code: codes.sentence(code, visit.lang),
        "reports_named": [(case_numbers.text(report),) * 2 for report in state.reports],
        "copies_named": await copies_of(visit, state),
    }
    return visit.html("case.html", status=status, **(values | more))


_DIGITS = {name: kind.digit for name, kind in kinds.TABLE.items() if kind.digit}
"""The kinds that keys pick, for those who sort."""


def _left(visit: PageRequest, state: CaseState) -> int | None:
    """Seconds left on the leading clock of one's own case; other people's say nothing aloud."""
    lead = cases.lead_clock(visit.app, state) if state.owner == visit.staff.id else None
    return lead.due - int(visit.app.clock.now()) if lead is not None and lead.due else None


async def related_to(visit: PageRequest, state: CaseState) -> list[Related]:
    """Related cases that this person may see; one sender is said to who may know notifiers."""
    named = visit.staff.may("notifiers")
    related_cases = []
    for one in await related.related(visit.app.store, state):
        why = tuple(word for word in one.why if named or word != related.SENDER)
        if why and await reachable(visit, one.case.number) is not None:
            related_cases.append(one._replace(why=why))
    return related_cases


async def endings(visit: PageRequest, state: CaseState) -> list[str]:
    """How a case may be closed from its page, besides by a decision."""
    store = visit.app.store
    given = [
        disclosure
        for disclosure in await disclosures.of_case(store, state.number)
        if disclosure.fetched_at
    ]
    kept = state.kind == _KEEPING and await holds.of_case(store, state.number)
    return [*(["executed", "partly"] if given or kept else []), *_WITHOUT]


async def copies_of(visit: PageRequest, state: CaseState) -> list[tuple[str, str]]:
    """Targets that were copied, reports of the case, and measures taken in it: the number of the
    sealed copy of each, and what it is called.
    """
    taken = [
        done.measure
        for row in await decisions.of_case(visit.app.store, state.number)
        for done in decisions.measures_of(row)
    ]
    targets = [(case_numbers.text(copy), target) for target, copy in state.sealed.items()]
    return targets + [(case_numbers.text(report),) * 2 for report in (*state.reports, *taken)]


async def letters_of(visit: PageRequest, state: CaseState) -> list[dict[str, Any]]:
    """The letters as they were read, newest first; ``letter`` is None where one could not be."""
    return [
        {
            "id": row.id,
            "at": row.received_at,
            "channel": row.channel,
            "sha": row.sha.hex(),
            "letter": msgspec.msgpack.decode(row.parsed, type=Letter) if row.parsed else None,
        }
        for row in reversed(await intake.of_case(visit.app.store, state.number))
        if row.channel != FORM  # no letter: ``heard`` says what was written there
    ]


async def change(visit: PageRequest, state: CaseState, *events: CaseEvent) -> CaseState:
    """Add events as this person. Raises Problem where somebody else took the case meanwhile."""
    try:
        return await visit.app.store.write(_change, visit, state.number, tuple(events))
    except _Taken as taken:
        who = visit.t["you"].format(number=taken.owner)
        raise Problem("wrong_taken", 409, who=who) from None


class _Taken(Exception):
    def __init__(self, owner: int) -> None:
        super().__init__(owner)
        self.owner = owner


async def _change(
    tx: Tx, visit: PageRequest, number: int, events: tuple[CaseEvent, ...]
) -> CaseState:
    before = await cases.get(tx, number)
    assert before is not None
    mine = visit.staff.id
    free = all(event.kind in _FREE for event in events)
    if before.owner not in (0, mine) and not free and not visit.staff.may("assign"):
        raise _Taken(before.owner)
    if before.closed_at is not None and not free and events[0].kind != "reopened":
        raise Problem("wrong_closed", 409)
    return await cases.append(tx, visit.app, number, visit.staff.actor, *events)


@page("/desk/cases/{number}/copy", right="cases", methods=("POST",))
async def copy(visit: PageRequest) -> Response:
    """Show the sealed copy of what was reported or decided about, media in words only; the look is
    in the log before the page is made.
    """
    state = await found(visit)
    number = case_numbers.parse(visit.form.get("report")) or 0
    reason = visit.form.get("why")
    if not reason:
        return await show(visit, state, status=422, wrong="wrong_reason")
    why = Why(visit.staff.actor, state.number, reason)
    try:
        opened = await access.opened(visit.app, why, number)
    except access.NotOfThisCase:
        raise Problem("wrong_number", 404) from None
    return await show(visit, state, copy=_shown(opened) | {"report": number, "why": reason})


def _shown(opened: access.Opened) -> dict[str, Any]:
    """A sealed copy as the page shows it, with what became of each part since."""
    copy, now, hidden = opened.copy, opened.now, opened.hidden
    people = {
        person["id"]: f"{person['first_name']} {person['last_name']}" for person in copy["people"]
    }
    # The words of guests of the pages stand under an account of the server, which is nobody's.
    nobodys = {person["id"] for person in copy["people"] if person["kind"] == accounts.SERVICE}
    carried = media.of_copy(copy)
    messages = [
        {
            "sender": people.get(message["sender"], "").strip(),
            "account": 0 if message["sender"] in nobodys else max(message["sender"], 0),
            "at": message["date"],
            "text": message["text"],
            "context": message["context"],
            "media": [medium for medium in carried if medium.message == position],
            "since": None if message["context"] else comparing.message(message, now, hidden),
        }
        for position, message in enumerate(copy["messages"])
    ]
    whole = opened.whole
    return {
        "around": False,
        "taken_at": copy["taken_at"],
        "sha": opened.digest.hex(),
        "messages": messages,
        "particulars": comparing.particulars(copy, whole, now, hidden) if whole else [],
        "photos": [medium for medium in carried if medium.message < 0],
        "photo_since": comparing.photo(copy, now, hidden) if copy.get("photo") else None,
    }
