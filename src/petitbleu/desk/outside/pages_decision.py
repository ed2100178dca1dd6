"""``/decision/<number>?key=…``: for the person a decision concerns, and for who gave notice.

The key in the address is for one decision and one person; it stands in the letter about it. Without
a key the page says what everybody may know of a decision about a public page.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.adjudication.decisions import suspensions
from petitbleu.desk.adjudication.decisions.service import DecisionRow
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.outside import contesting, outcomes
from petitbleu.desk.outside.door import OutsidePages
from petitbleu.desk.outside.pages_status import Day
from petitbleu.desk.outside.pages_suspension import SuspensionPages
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.web.countries import country_name

_KEY_MAX = 64


class DecisionPages:
    """The handlers."""

    __slots__ = ("_door", "_suspension")

    def __init__(self, door: OutsidePages) -> None:
        self._door = door
        self._suspension = SuspensionPages(door)

    async def show(self, request: Request) -> Response:
        """The decision, as the reader was told it; without a key, what everybody may know."""
        door = self._door
        if suspensions.parse(request.path_params["number"][:_KEY_MAX]) is not None:
            return await self._suspension.show(request)
        if "key" not in request.query_params:
            return await self._public(request)
        opened = await self._opened(request)
        if isinstance(opened, Response):
            return opened
        row, account = opened
        state = await cases.get(door.app.store, decisions.case_of(row.number))
        assert state is not None
        contest = await outcomes.contest(door.app, row, account)
        return door.page(
            request,
            "decision.html",
            private=True,
            number=decisions.number_text(row.number),
            undone=row.undone_at is not None,
            replaced=decisions.number_text(row.replaced_by) if row.replaced_by else "",
            said=await outcomes.statements_to(door.app, row, account),
            contest=contest,
            lodged=case_numbers.text(contest.number) if contest and contest.number else "",
            day=Day(door.pages.language(request), door.app.config.timezone),
        )

    async def _public(self, request: Request) -> Response:
        door = self._door
        busy = await door.busy(request, "status_ip")
        if busy is not None:
            return busy
        number = decisions.parse_number(request.path_params["number"][:_KEY_MAX])
        decision = await decisions.public(door.app, number or 0)
        if decision is None:
            return contesting.closed(self._door, request)
        language = door.pages.language(request)
        page = door.page(
            request,
            "decision_public.html",
            found=decision,
            number=decisions.number_text(decision.number),
            replaced=decisions.number_text(decision.replaced_by) if decision.replaced_by else "",
            country=lambda code: country_name(code, language),
            day=Day(language, door.app.config.timezone),
        )
        page.headers["x-robots-tag"] = "noindex"
        return page

    async def contest(self, request: Request) -> Response:
        """The form of an objection, and what becomes of it."""
        door = self._door
        if suspensions.parse(request.path_params["number"][:_KEY_MAX]) is not None:
            return await self._suspension.contest(request)
        opened = await self._opened(request)
        if isinstance(opened, Response):
            return opened
        row, account = opened
        contest = await outcomes.contest(door.app, row, account)
        if contest is None or not contest.open:
            return contesting.late(door, request)
        typed = await contesting.typed(door, request, decisions.number_text(row.number))
        if isinstance(typed, Response):
            return typed
        try:
            lodged = await appeals.lodge(
                door.app,
                row,
                account,
                email=typed["contest_email"].strip().lower(),
                text=typed["text"],
                language=door.pages.language(request),
            )
        except appeals.Refused:  # it was reversed while somebody wrote
            return await self.show(request)
        return contesting.complaint_received_page(door, request, lodged)

    async def _opened(self, request: Request) -> tuple[DecisionRow, int] | Response:
        """The decision and for whom; a wrong key and an unknown number get the same answer."""
        door = self._door
        busy = await door.busy(request, "status_ip")
        if busy is not None:
            return busy
        number = decisions.parse_number(request.path_params["number"][:_KEY_MAX])
        key = request.query_params.get("key", "")[:_KEY_MAX]
        holder = await decisions.holder(door.app, number or 0, key)
        if holder is None or await outcomes.is_hidden(door.app, *holder):
            return contesting.closed(self._door, request)
        return holder
