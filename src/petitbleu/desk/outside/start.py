"""Whom cases concern, noted in the transactions that make them so."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent, CaseState
from petitbleu.desk.casework.parties import service
from petitbleu.desk.casework.parties.service import Person
from petitbleu.desk.outside import following, my_cases, suspended
from petitbleu.domain.publishing.comments import service as comments
from petitbleu.domain.safety.moderation import service as moderation
from petitbleu.domain.safety.moderation.queries import ReportRow
from petitbleu.store.api import Tx

HOOKS = (following.of_report, my_cases.of_account, suspended.reasons)
"""Of reports, of a person's cases, of measures (imported so that they register)."""
_OWN = "complaint_art20"
"""Complaints say themselves whose they are."""


@cases.on_change
async def changed(tx: Tx, app: App, state: CaseState, events: tuple[CaseEvent, ...]) -> None:
    """Who sent it; whose content a decision is about."""
    for event in events:
        if event.kind in ("opened", "fact") and state.sender and state.kind != _OWN:
            person = Person(0, state.sender)
            await service.concerns(tx, app, state.number, person, service.NOTIFIER)
        elif event.kind == "decided":
            row = await decisions.get(tx, event.data["decision"])
            people = decisions.people_of(row) if row is not None else []
            guests = await comments.guests(app, tx, people)
            for account in people:
                guest = guests.get(account)
                person = Person(0, guest.email) if guest is not None else Person(account)
                await service.concerns(tx, app, state.number, person, service.CONCERNED)


@moderation.on_confirm
async def follow(app: App, report: ReportRow) -> str:
    """The status page of a report that the desk took up, where the site has an address."""
    if not app.config.public_url:
        return ""
    number = await cases.find(app.store, f"report:{report.number}")
    return service.follow(app, report.number) if number is not None else ""


@moderation.on_report
async def reported(tx: Tx, app: App, report: ReportRow, again: bool) -> bool:
    """Who reported it from inside, where the desk took it up (the room ``intake`` comes first)."""
    number = await cases.find(tx, f"report:{report.number}")
    if number is not None:
        await service.concerns(tx, app, number, Person(report.reporter), service.REPORTER)
    return False
