"""What people are told of measures, in the service chat: whom one concerns, and who reported.

Planned in the transaction of the decision and done right after it; a job does what a crash
interrupted. A measure taken quietly plans none.
"""

from __future__ import annotations

from typing import Any

import msgspec

from petitbleu import jobs
from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import copies, options, texts
from petitbleu.domain.safety.moderation import queries as q
from petitbleu.domain.safety.moderation.queries import MeasureRow
from petitbleu.jobs import Job
from petitbleu.store.api import Tx

DECIDED, ENDED = "decided", "ended"
MEASURE = "measure"
"""What answers to a notice in the service chat are about: ``[MEASURE, number]``."""
_SECONDS = 60


class TellConcerned(Job, tag="moderation.tell", frozen=True):
    """People hear of a measure: that it was decided, or has ended."""

    what: str
    number: int


async def plan(tx: Tx, what: str, number: int, now: int) -> None:
    """The people concerned are to be told, even if the process ends now."""
    work = TellConcerned(what=what, number=number)
    await jobs.schedule(tx, work, due=now + _SECONDS, key=f"{what} {number}")


async def send(app: App, what: str, number: int) -> None:
    """Tell them, where it was planned."""
    row = await app.store.row(q.MEASURE, number=number)
    if row is None or msgspec.msgpack.decode(row.undo)["quiet"]:
        return
    for account in await concerned(app, row):
        person = await accounts.get(app, account)
        if person is None or person.kind != accounts.PERSON or person.deleted_at is not None:
            continue
        lang = options.language(person.lang, *app.config.languages)
        text = await _text(app, row, what, lang)
        if text:
            await messages.send_service(app, account, text, about=[MEASURE, number])
    if what == DECIDED and row.report:
        await _answer(app, row)
    await app.store.write(jobs.unschedule, TellConcerned, f"{what} {number}")


async def concerned(app: App, row: MeasureRow) -> list[int]:
    """Whom a measure concerns: who said it, who is it, or whose chat it is."""
    if row.member:
        return [row.member]
    if row.owner:
        copy: dict[str, Any] = copies.open_sealed(app, row.number, row.sealed, row.digest)
        return sorted({message["sender"] for message in copy["messages"] if message["sender"] > 0})
    if row.subject > 0:
        return [row.subject]
    chat = await chats.get(app, row.subject)
    return [chat.creator] if chat is not None else []


async def _text(app: App, row: MeasureRow, what: str, lang: str) -> str:
    number = case_numbers.text(row.number)
    if what == ENDED:
        return texts.ended(lang, number)
    if row.kind == "suspend":
        return ""  # nobody reads it: the refusal of every call says so
    chat = await chats.get(app, row.subject) if row.member else None
    return texts.decided(
        lang,
        app.config,
        kind=_told_as(row),
        number=number,
        reason=row.reason,
        until=row.until,
        chat=chat.title if chat is not None else "",
        label=row.label,
        countries=row.countries,
    )


def _told_as(row: MeasureRow) -> str:
    """The sort of decision, as people are told of it."""
    if row.member:
        return "mute"
    return "profile" if row.kind == "remove" and not row.owner else row.kind


async def _answer(app: App, row: MeasureRow) -> None:
    """Tell the reporter that the report led to a decision."""
    report = await app.store.row(q.REPORT, number=row.report)
    if report is None:
        return
    person = await accounts.get(app, report.reporter)
    if person is None or person.deleted_at is not None:
        return
    lang = options.language(person.lang, *app.config.languages)
    text = texts.answered(lang, case_numbers.text(report.number), case_numbers.text(row.number))
    await messages.send_service(app, person.id, text)
