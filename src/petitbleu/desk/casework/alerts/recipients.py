"""Who stands on which level of the ladder now, and by which ways each is reached."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.desk.casework.alerts import ladder
from petitbleu.desk.casework.alerts import queries as q
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.desk.staffing.staff.service import Staff
from petitbleu.store.api import Reader

MAIL, PUSH, WEBHOOK = "mail", "push", "webhook"


class Recipient(NamedTuple):
    """One way to somebody: an address, the number of a push subscription, or the webhook ("")."""

    way: str
    to: str
    language: str


class Case(NamedTuple):
    """What the choice of people depends on; ``kind`` is empty for alarms of the desk itself."""

    kind: str
    owner: int
    urgency: int


async def of_level(reader: Reader, app: App, case: Case, level: int) -> tuple[int, list[Recipient]]:
    """The level that is really told and its recipients: where nobody stands, the next one above;
    above the director, whoever is there at all.
    """
    everybody = [person for person in await staff.everybody(app, reader) if person.active]
    for reached in (*range(level, ladder.ALL + 1), *range(level - 1, -1, -1)):
        persons, addresses = _on(app, everybody, case, reached)
        if persons or addresses:
            break
    else:
        return level, _webhook(app, case)
    recipients = {
        Recipient(MAIL, person.email, person.language): None for person in persons if person.email
    } | {Recipient(MAIL, address, _language(app)): None for address in addresses if address}
    if case.urgency <= ladder.HIGH:
        languages = {person.id: person.language for person in persons}
        for row in await reader.rows(q.SUBSCRIPTIONS, staff=list(languages)):
            recipients[Recipient(PUSH, str(row.id), languages[row.staff])] = None
    return reached, [*_one_mail_each(recipients), *_webhook(app, case)]


async def responsible(app: App) -> list[Recipient]:
    """Whom the state of the log concerns, by mail: leads, directors, the data protection officer;
    of the staff and of the settings.
    """
    desk = app.config.desk
    everybody = [person for person in await staff.everybody(app, app.store) if person.active]
    persons = [person for person in everybody if person.roles & {"lead", "director", "dpo"}]
    recipients = [
        Recipient(MAIL, person.email, person.language) for person in persons if person.email
    ]
    recipients += [
        Recipient(MAIL, address, _language(app))
        for address in (desk.dpo, desk.director, desk.lead)
        if address
    ]
    return _one_mail_each(recipients)


def _one_mail_each(found: Iterable[Recipient]) -> list[Recipient]:
    """An address that stands in the settings and belongs to staff gets one mail, in the language of
    its person (who comes first).
    """
    first: dict[tuple[str, str], Recipient] = {}
    for one in found:
        first.setdefault((one.way, one.to.lower()), one)
    return list(first.values())


def _webhook(app: App, case: Case) -> list[Recipient]:
    called = app.config.desk.webhook_url and case.urgency <= ladder.HIGH
    return [Recipient(WEBHOOK, "", _language(app))] if called else []


def _language(app: App) -> str:
    return app.config.languages[0] if app.config.languages else "en"


def _on(
    app: App, everybody: list[Staff], case: Case, level: int
) -> tuple[list[Staff], tuple[str, ...]]:
    """Persons and addresses of the settings on one level."""
    desk = app.config.desk
    now = app.clock.now()
    if level == ladder.OWNER:
        return [person for person in everybody if person.id == case.owner], ()
    if level == ladder.QUEUE:
        return [person for person in everybody if person.on_duty and _works_on(person, case)], ()
    if level == ladder.ON_CALL:
        called = [person for person in everybody if person.on_call and person.rest_until <= now]
        return called, () if called else desk.on_call
    if level == ladder.LEAD:
        return [person for person in everybody if "lead" in person.roles], (desk.lead,) * bool(
            desk.lead
        )
    if level == ladder.DIRECTOR:
        director = (desk.director,) * bool(desk.director)
        return [person for person in everybody if "director" in person.roles], director
    persons = [
        person
        for person in everybody
        if person.on_call or _works_on(person, case) or person.roles & {"lead", "director"}
    ]
    return persons, tuple(
        address for address in (*desk.on_call, desk.lead, desk.director) if address
    )


def _works_on(one: Staff, case: Case) -> bool:
    return one.may("take") and (not case.kind or one.may_queue(case.kind))
