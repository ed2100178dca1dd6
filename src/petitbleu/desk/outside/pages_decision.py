"""``/decision/<number>?key=…``: for the person a decision concerns, and for who gave notice.

The key in the address is for one decision and one person; it stands in the letter about it. Without
a key the page says what everybody may know of a decision about a public page.
"""

from __future__ import annotations

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from petitbleu.desk.appeals import service as appeals
from petitbleu.desk.cases import service as cases
from petitbleu.desk.decisions import service as decisions
from petitbleu.desk.decisions.service import DecisionRow
from petitbleu.desk.outside import notices, outcomes, shield
from petitbleu.desk.outside.door import Door, TooMany
from petitbleu.desk.outside.pages_status import Day
from petitbleu.domain.references import service as references
from petitbleu.web import forms
from petitbleu.web.countries import country_name

_FORM_BYTES = 128 << 10
_NAME = "contest"
_FIELDS = ("text", "contest_email")
_SIZES = {"least": appeals.LEAST, "longest": appeals.LONGEST}
_KEY_MAX = 64


class DecisionPages:
    """The handlers."""

    __slots__ = ("_door",)

    def __init__(self, door: Door) -> None:
        self._door = door

    async def show(self, request: Request) -> Response:
        """The decision, as the reader was told it; without a key, what everybody may know."""
        door = self._door
        if "key" not in request.query_params:
            return await self._public(request)
        found = await self._opened(request)
        if isinstance(found, Response):
            return found
        row, account = found
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
            said=await outcomes.said(door.app, row, account),
            contest=contest,
            lodged=references.text(contest.number) if contest and contest.number else "",
            day=Day(door.pages.language(request), door.app.config.timezone),
        )

    async def _public(self, request: Request) -> Response:
        door = self._door
        busy = await door.busy(request, "status_ip")
        if busy is not None:
            return busy
        number = decisions.parse_number(request.path_params["number"][:_KEY_MAX])
        found = await decisions.public(door.app, number or 0)
        if found is None:
            return self._closed(request)
        language = door.pages.language(request)
        page = door.page(
            request,
            "decision_public.html",
            found=found,
            number=decisions.number_text(found.number),
            replaced=decisions.number_text(found.replaced_by) if found.replaced_by else "",
            country=lambda code: country_name(code, language),
            day=Day(language, door.app.config.timezone),
        )
        page.headers["x-robots-tag"] = "noindex"
        return page

    def _closed(self, request: Request) -> Response:
        door, o = self._door, self._door.texts(request)
        onward = (("/mes-dossiers", o["contact_mine"]),)
        return door.message(
            request, o["decision_gone_title"], o["decision_gone"], status=404, onward=onward
        )

    async def contest(self, request: Request) -> Response:
        """The form of an objection, and what becomes of it."""
        door, o = self._door, self._door.texts(request)
        found = await self._opened(request)
        if isinstance(found, Response):
            return found
        row, account = found
        contest = await outcomes.contest(door.app, row, account)
        if contest is None or not contest.open:
            return door.message(
                request, o["contest_closed_title"], o["contest_closed_text"], status=410
            )
        if request.method != "POST":
            return self._form(request, row, dict.fromkeys(_FIELDS, ""), fresh=True)
        try:
            sent = await forms.fields(request, _FORM_BYTES)
        except forms.TooLong:
            wrong = {"text": "text.long"}
            return self._form(request, row, dict.fromkeys(_FIELDS, ""), 413, wrong=wrong)
        except ClientDisconnect:
            return Response(status_code=400)
        names = (*_FIELDS, shield.TRAP, shield.TIME)
        return await self._take(request, row, account, {n: sent.get(n, "") for n in names})

    async def _take(
        self, request: Request, row: DecisionRow, account: int, typed: dict[str, str]
    ) -> Response:
        door = self._door
        wrong = _wrong(typed)
        problem = shield.problem(door.app, _NAME, typed)
        if wrong or problem:
            shown = f"shield.{problem}" if problem and not wrong else ""
            return self._form(request, row, typed, 422, wrong=wrong, problem=shown)
        try:
            await door.limit(request, "appeal_ip")
        except TooMany as busy:
            return self._form(request, row, typed, 429, problem="limit_text", wait=busy.seconds)
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
        return door.page(
            request,
            "contested.html",
            private=True,
            number=references.text(lodged.number),
            secret=cases.secret(door.app, lodged.number),
            again=lodged.again,
        )

    def _form(
        self,
        request: Request,
        row: DecisionRow,
        typed: dict[str, str],
        status: int = 200,
        *,
        wrong: dict[str, str] | None = None,
        problem: str = "",
        wait: int = 0,
        fresh: bool = False,
    ) -> Response:
        door = self._door
        sizes = _SIZES | {"minutes": (wait + 59) // 60}
        page = door.page(
            request,
            "contest_form.html",
            status=status,
            private=True,
            number=decisions.number_text(row.number),
            d=door.form(_NAME, typed, sizes, wrong=wrong, problem=problem, fresh=fresh),
        )
        if wait:
            page.headers["retry-after"] = str(wait)
        return page

    async def _opened(self, request: Request) -> tuple[DecisionRow, int] | Response:
        """The decision and for whom; a wrong key and an unknown number get the same answer."""
        door = self._door
        busy = await door.busy(request, "status_ip")
        if busy is not None:
            return busy
        number = decisions.parse_number(request.path_params["number"][:_KEY_MAX])
        key = request.query_params.get("key", "")[:_KEY_MAX]
        found = await decisions.holder(door.app, number or 0, key)
        return self._closed(request) if found is None else found


def _wrong(typed: dict[str, str]) -> dict[str, str]:
    wrong = {}
    length = len(typed["text"].strip())
    if length < appeals.LEAST:
        wrong["text"] = "text.short"
    elif length > appeals.LONGEST:
        wrong["text"] = "text.long"
    email = typed["contest_email"].strip()
    if email and not notices.is_address(email):
        wrong["contest_email"] = "email.invalid"
    return wrong
