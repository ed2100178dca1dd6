"""``/decision/PB-…-M1?key=…``: a suspension for misuse, for the person concerned alone."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from petitbleu.app import App
from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.adjudication.decisions import suspensions
from petitbleu.desk.adjudication.decisions.suspensions import MisuseRow
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.casework.secrecy import service as secrecy
from petitbleu.desk.outside import contesting
from petitbleu.desk.outside.door import OutsidePages
from petitbleu.desk.outside.outcomes import Contest
from petitbleu.desk.outside.pages_status import Day
from petitbleu.desk.outside.progress import Said, letter_text
from petitbleu.domain.safety.case_numbers import service as case_numbers

_KEY_MAX = 64


class SuspensionPages:
    """The handlers; ``pages_decision`` leads here by the number."""

    __slots__ = ("_door",)

    def __init__(self, door: OutsidePages) -> None:
        self._door = door

    async def show(self, request: Request) -> Response:
        """What the person was told, whether it still runs, and how to object."""
        door = self._door
        row = await self._opened(request)
        if isinstance(row, Response):
            return row
        app, now = door.app, door.app.clock.now()
        complaint = await appeals.objection(app.store, row)
        return door.page(
            request,
            "suspension.html",
            private=True,
            number=suspensions.text(row.number, row.nth),
            until=row.until,
            ended=row.ended_at or (row.until if row.until <= now else 0),
            early=row.ended_at is not None,
            said=await _said(app, row, complaint),
            contest=None if complaint is not None else _contest(app, row),
            lodged=case_numbers.text(complaint.number)
            if complaint is not None and complaint.closed_at is None
            else "",
            day=Day(door.pages.language(request), app.config.timezone),
        )

    async def contest(self, request: Request) -> Response:
        """The form of an objection, and what becomes of it."""
        door = self._door
        row = await self._opened(request)
        if isinstance(row, Response):
            return row
        if not appeals.open_until(door.app, row).open:
            return contesting.late(door, request)
        typed = await contesting.typed(door, request, suspensions.text(row.number, row.nth))
        if isinstance(typed, Response):
            return typed
        lodged = await appeals.object_to(
            door.app,
            row,
            email=typed["contest_email"].strip().lower(),
            text=typed["text"],
            language=door.pages.language(request),
        )
        return contesting.complaint_received_page(door, request, lodged)

    async def _opened(self, request: Request) -> MisuseRow | Response:
        door = self._door
        busy = await door.busy(request, "status_ip")
        if busy is not None:
            return busy
        written = request.path_params["number"][:_KEY_MAX]
        key = request.query_params.get("key", "")[:_KEY_MAX]
        row = await suspensions.holder(door.app, written, key)
        if row is None or not (await secrecy.of_case(door.app.store, door.app, row.number)).open:
            return contesting.closed(door, request)
        return row


def _contest(app: App, row: MisuseRow) -> Contest:
    window = appeals.open_until(app, row)
    written = suspensions.text(row.number, row.nth)
    key = suspensions.key(app, row.number, row.nth, row.who)
    url = f"/decision/{written}/contester?key={key}"
    return Contest(0, window.until, window.open, 0, url)


async def _said(app: App, row: MisuseRow, complaint: CaseState | None) -> list[Said]:
    """The letter about it, and the answer to an objection, as they were sent."""
    account = suspensions.account(row)
    if account:
        mine = {suspensions.purpose(row.kind, row.at)}
        if complaint is not None:
            mine |= {f"complaint {complaint.number} {end}" for end in ("maintained", "reversed")}
        return sorted(
            Said(statement.at, statement.subject, statement.text)
            for statement in await suspensions.statements_to_person(app.store, row)
            if statement.purpose in mine
        )
    name = suspensions.letter_key(row)
    kept = [letter for letter in await letters.of_case(app.store, row.number) if letter.key == name]
    if complaint is not None:
        about = f"complaint {complaint.number} "
        answers = await letters.of_case(app.store, complaint.number)
        kept += [answer for answer in answers if answer.purpose.startswith(about)]
    return [
        Said(letter.queued_at, letter.subject, await letter_text(app, letter)) for letter in kept
    ]
