"""``/suivi``: where a case stands, for who holds its number and key.

A wrong key, an unknown number and nonsense get the very same answer. The key stands in the address
of the page, which is therefore never cached, never indexed and never named to other servers.
"""

from __future__ import annotations

import datetime
import zoneinfo
from urllib.parse import quote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from petitbleu import typography
from petitbleu.app import App
from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.casework.parties import links
from petitbleu.desk.casework.secrecy import service as secrecy
from petitbleu.desk.outside import outcomes, progress
from petitbleu.desk.outside.door import OutsidePages
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.web import forms

_FORM_BYTES = 4096
_ANSWER_BYTES = 128 << 10
_KEY_MAX = 64


class StatusPages:
    """The handlers."""

    __slots__ = ("_door",)

    def __init__(self, door: OutsidePages) -> None:
        self._door = door

    async def ask(self, request: Request) -> Response:
        """The form for number and key."""
        if request.method != "POST":
            return self._form(request, {"number": "", "key": ""})
        try:
            sent = await forms.fields(request, _FORM_BYTES)
        except (forms.TooLong, ClientDisconnect):
            sent = {}
        typed = {name: sent.get(name, "").strip() for name in ("number", "key")}
        busy = await self._door.busy(request, "status_ip")
        if busy is not None:
            return busy
        number = case_numbers.parse(typed["number"])
        if number is None or not await self._found(number, typed["key"]):
            return self._form(request, typed, wrong=True)
        lang = request.query_params.get("lang", "")
        more = f"&lang={quote(lang)}" if lang else ""
        key = cases.secret(self._door.app, number)
        return RedirectResponse(f"/suivi/{case_numbers.text(number)}?secret={key}{more}", 303)

    async def show(self, request: Request) -> Response:
        """The status page."""
        door = self._door
        busy = await door.busy(request, "status_ip")
        if busy is not None:
            return busy
        written = request.path_params["number"][:_KEY_MAX]
        key = request.query_params.get("secret", "")[:_KEY_MAX]
        number = case_numbers.parse(written)
        state: CaseState | None = None
        if number is not None and links.holds(door.app, number, key):
            state = await _case(door.app, number)
        if state is None or number is None:
            return self._form(request, {"number": written, "key": ""}, wrong=bool(key))
        if request.method == "POST" and state.number == number:
            state = await answered(door, request, state)
        joined = state.number != number
        steps = await progress.of_sender(door.app, state, letters_too=not joined)
        steps = steps._replace(number=number)
        if not steps.said:
            steps = steps._replace(said=tuple(await outcomes.told_complainant(door.app, number)))
        sent = state.sender and not joined
        contest = await outcomes.of_case(door.app, state.number, 0) if sent else None
        return door.page(
            request,
            "status.html",
            private=True,
            p=steps,
            number=case_numbers.text(steps.number),
            steps=progress.STEPS,
            late=steps.due is not None and steps.due < door.app.clock.now(),
            day=self.day_of(request),
            anonymous="" if sent else await self._outcome(request, state),
            asked=is_asked(state) and not joined,
            contest=contest,
            lodged=case_numbers.text(contest.number) if contest and contest.number else "",
        )

    async def _outcome(self, request: Request, state: CaseState) -> str:
        """What was decided, for somebody to whom no letter can be written."""
        if not state.decisions:
            return ""
        if not (await secrecy.verdict_of(self._door.app.store, self._door.app, state)).open:
            return ""
        row = await decisions.get(self._door.app.store, state.decisions[-1])
        o = self._door.texts(request)
        acted = row is not None and row.outcome == "measures"
        return o["status_acted"] if acted else o["status_not_acted"]

    async def _found(self, number: int, key: str) -> bool:
        app = self._door.app
        # Both are looked at in any case: how long the answer takes tells nothing.
        state = await _case(app, number)
        return links.holds(app, number, key[:_KEY_MAX]) and state is not None

    def _form(self, request: Request, typed: dict[str, str], *, wrong: bool = False) -> Response:
        return self._door.page(
            request,
            "status_form.html",
            status=404 if wrong else 200,
            private=True,
            typed=typed,
            wrong=wrong,
        )

    def day_of(self, request: Request) -> Day:
        """Writes days in the reader's language at the operator's place."""
        return Day(self._door.pages.language(request), self._door.app.config.timezone)


async def _case(app: App, number: int) -> CaseState | None:
    """The case of a number; of a report that joined another one, that one."""
    state = await cases.get(app.store, number)
    if state is None:
        home = await cases.find(app.store, f"report:{number}")
        state = await cases.get(app.store, home) if home is not None else None
    return state


def is_asked(state: CaseState) -> bool:
    """Whether the complainant was asked something and has not answered."""
    return state.kind == appeals.KIND and state.state == "awaiting_info"


async def answered(door: OutsidePages, request: Request, state: CaseState) -> CaseState:
    """Take what a complainant answers; the case after it. What cannot be taken changes nothing:
    the page shows the form again.
    """
    if not is_asked(state):
        return state
    try:
        sent = await forms.fields(request, _ANSWER_BYTES)
        await appeals.answer(door.app, state.number, sent.get("answer", ""))
    except (forms.TooLong, ClientDisconnect, appeals.Refused):
        return state
    return await cases.get(door.app.store, state.number) or state


class Day:
    """Unix seconds as a day people read."""

    __slots__ = ("_lang", "_zone")

    def __init__(self, lang: str, timezone: str) -> None:
        self._lang = lang
        self._zone = zoneinfo.ZoneInfo(timezone)

    def __call__(self, at: int) -> str:
        return typography.day(self._lang, datetime.datetime.fromtimestamp(at, self._zone))

    def moment(self, at: int) -> str:
        """With the time of day and the zone."""
        when = datetime.datetime.fromtimestamp(at, self._zone)
        return typography.moment(self._lang, when, seconds=True)
