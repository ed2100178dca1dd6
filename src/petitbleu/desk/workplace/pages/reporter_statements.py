"""What people wrote to the desk: on the notice form, and with a report from a client."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.intake import service as intake
from petitbleu.desk.records.vault import service as vault
from petitbleu.desk.reference.law import categories
from petitbleu.desk.workplace.pages.shell import PageRequest
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import options, reports

FORM = "form"
"""The channel of notices from the public form."""


class Heard(NamedTuple):
    """One notice or report in its sender's words. ``sender`` is empty to whom it is not shown."""

    at: int
    number: str
    """Of a report from a client; empty: it came by the form."""
    sender: str
    about: str
    """What they chose from the list, in the reader's language."""
    law: str
    text: str
    links: tuple[str, ...] = ()


class _Form(msgspec.Struct):
    """A notice as the form put it into the vault."""

    links: tuple[str, ...]
    category: str
    keyword: str
    explanation: str
    law: str
    name: str
    email: str


async def heard(visit: PageRequest, state: CaseState) -> list[Heard]:
    """The notices and reports of a case, oldest first."""
    app, statements = visit.app, []
    named = visit.staff.may("notifiers")
    for row in await intake.of_case(app.store, state.number):
        if row.channel != FORM:
            continue
        form = msgspec.json.decode(await vault.get(app, row.sha), type=_Form)
        chosen = f"{form.category}/{form.keyword}" if form.keyword else form.category
        sender = f"{form.name} <{form.email}>" if form.email else form.name
        about = categories.words(visit.lang, chosen)
        statements.append(
            Heard(
                row.received_at,
                "",
                sender if named else "",
                about,
                form.law,
                form.explanation,
                form.links,
            )
        )
    for number in state.reports:
        report = await reports.get(app, number)
        if report is not None:
            statements.append(
                Heard(
                    report.at,
                    case_numbers.text(number),
                    str(report.reporter) if named else "",
                    options.text(report.reason, visit.lang, app.config),
                    "",
                    report.comment,
                )
            )
    return sorted(statements, key=lambda one: one.at)
