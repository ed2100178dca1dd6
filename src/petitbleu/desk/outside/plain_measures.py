"""Measures taken by the command line of an instance without a desk, and objecting to them.

They are no decisions of the desk: a complaint about one is a case that names the measure, and is
answered like one that came by letter.
"""

from __future__ import annotations

import msgspec

from petitbleu.app import App
from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.adjudication.appeals.service import Lodged
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.parties import service as parties
from petitbleu.desk.casework.parties.service import Person
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import measures, notices, reports
from petitbleu.domain.safety.moderation.queries import MeasureRow
from petitbleu.store.api import Tx

_STAFF = "staff:"
"""How the actor of a measure begins that was decided at the desk."""


async def concerning(app: App, account: int, number: int) -> MeasureRow | None:
    """A measure that was taken without the desk and concerns the account, whoever told it."""
    row = await measures.get(app, number)
    if row is None or row.actor.startswith(_STAFF):
        return None
    return row if account in await notices.concerned(app, row) else None


async def load_told(app: App, account: int) -> list[MeasureRow]:
    """Measures on an account that were taken without the desk, and not quietly; newest first."""
    return [
        row
        for row in await measures.listed(app, subject=account)
        if not row.actor.startswith(_STAFF) and not msgspec.msgpack.decode(row.undo)["quiet"]
    ]


def _name(measure: MeasureRow, account: int) -> str:
    return f"objection:{measure.number}/{account}"


async def objection(app: App, account: int, measure: MeasureRow) -> int:
    """The case of what somebody objected to a measure; 0: there is none."""
    return await cases.find(app.store, _name(measure, account)) or 0


async def is_reporter(app: App, account: int, number: int) -> bool:
    """Whether a report is this person's."""
    row = await reports.get(app, number)
    return row is not None and row.reporter == account


async def lodge(app: App, account: int, measure: MeasureRow, text: str, language: str) -> Lodged:
    """Open the case of an objection; one for each person and measure."""
    person = await accounts.get(app, account)
    email = person.email or "" if person is not None else ""
    return await app.store.write(_lodge, app, Person(account, email), measure, text, language)


async def _lodge(
    tx: Tx, app: App, person: Person, measure: MeasureRow, text: str, language: str
) -> Lodged:
    name = _name(measure, person.account)
    known = await cases.find(tx, name)
    if known is not None:
        return Lodged(known, True)
    now = int(app.clock.now())
    written = case_numbers.text(measure.number)
    number = await cases.open_case(
        tx,
        app,
        actor=f"person:{person.account}",
        kind=appeals.KIND,
        urgency=2,
        received_at=now,
        channel="form",
        sender=person.email,
        language=language,
        targets=[written],
        reasons=[f"complaint_form={written}"],
        target=measure.subject,
        moments={"received": now, "recipient informed": measure.at},
        facts={"text": text, "account": person.account, "who": appeals.AUTHOR},
    )
    await cases.name(tx, number, name)
    await parties.concerns(tx, app, number, person, parties.COMPLAINANT)
    return Lodged(number, False)
