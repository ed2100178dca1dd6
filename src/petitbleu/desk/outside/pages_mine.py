"""``/mes-dossiers``: a person's cases, by a link in the service chat or a code by e-mail.

The link is valid for a day and for one person; there is no session and no cookie. What is known of
an address or a number is told to nobody but its holder: the page's answer is always the same.
"""

from __future__ import annotations

import re

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.parties import links
from petitbleu.desk.casework.parties import service as parties
from petitbleu.desk.casework.parties.service import Concern, Person
from petitbleu.desk.outside import my_cases, notices, outcomes, progress, service
from petitbleu.desk.outside.door import TEXTS, OutsidePages, TooMany
from petitbleu.desk.outside.outcomes import Contest
from petitbleu.desk.outside.pages_status import Day, answered, is_asked
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import views_reports
from petitbleu.domain.safety.moderation.views_reports import About
from petitbleu.networks import mailbox
from petitbleu.rates import Claim
from petitbleu.web import forms

_FORM_BYTES = 64 << 10
_PHONE = re.compile(r"\+?[\d ().-]{5,30}")
_TOKEN_MAX = 700


class MinePages:
    """The handlers."""

    __slots__ = ("_door",)

    def __init__(self, door: OutsidePages) -> None:
        self._door = door

    async def ask(self, request: Request) -> Response:
        """The two ways in."""
        typed = {"email": "", "phone": ""}
        if request.method != "POST":
            return self._ask(request, typed)
        try:
            sent = await forms.fields(request, _FORM_BYTES)
        except (forms.TooLong, ClientDisconnect):
            sent = {}
        typed |= {name: sent[name].strip() for name in typed if name in sent}
        try:
            if "phone" in sent:
                return await self._by_phone(request, typed)
            return await self._by_mail(request, typed)
        except TooMany as busy:
            return self._door.too_many(request, busy)

    def _ask(self, request: Request, typed: dict[str, str], wrong: str = "") -> Response:
        status = 422 if wrong else 200
        return self._door.page(
            request, "mine_ask.html", status=status, private=True, typed=typed, wrong=wrong
        )

    async def _by_mail(self, request: Request, typed: dict[str, str]) -> Response:
        door = self._door
        email = typed["email"]
        if not notices.is_address(email):
            await door.limit(request, "mine_ip")
            return self._ask(request, typed, "mine_email.invalid")
        await door.limit(request, "mine_ip", Claim("mine_mail", (mailbox(email),)))
        await service.send_code(door.app, email, door.pages.language(request))
        return self._code(request, email)

    async def _by_phone(self, request: Request, typed: dict[str, str]) -> Response:
        door, o = self._door, self._door.texts(request)
        if not _PHONE.fullmatch(typed["phone"]):
            await door.limit(request, "mine_ip")
            return self._ask(request, typed, "mine_phone.invalid")
        digits = "".join(letter for letter in typed["phone"] if letter.isdigit())
        await door.limit(request, "mine_ip", Claim("mine_mail", (digits,)))
        await service.send_link(door.app, digits, o["letter_link"])
        return door.message(request, o["mine_app_sent_title"], o["mine_app_sent"])

    def _code(self, request: Request, email: str, *, wrong: bool = False) -> Response:
        return self._door.page(
            request,
            "mine_code.html",
            status=422 if wrong else 200,
            private=True,
            email=email,
            wrong=wrong,
        )

    async def code(self, request: Request) -> Response:
        """The code from the mail, and the page it opens."""
        door = self._door
        try:
            sent = await forms.fields(request, _FORM_BYTES)
            await door.limit(request, "mine_ip")
        except (forms.TooLong, ClientDisconnect):
            sent = {}
        except TooMany as busy:
            return door.too_many(request, busy)
        email = sent.get("email", "").strip()
        person = None
        if notices.is_address(email):
            person = await service.enter(door.app, email, sent.get("code", "")[:20])
        if person is None:
            return self._code(request, email[:254], wrong=True)
        lang = request.query_params.get("lang", "")
        more = f"?lang={lang}" if lang in TEXTS else ""
        return RedirectResponse(f"/mes-dossiers/{links.mine(door.app, person)}{more}", 303)

    async def listed(self, request: Request) -> Response:
        """All cases of the person."""
        door = self._door
        person = self._person(request)
        if person is None:
            return self._gone(request)
        found: dict[int, list[Concern]] = {}
        for party in await parties.of_person(door.app.store, person):
            found.setdefault(party.number, []).append(party)
        about = await self._reported(request, person)
        shown = []
        for number, concerns in found.items():
            state = await cases.get(door.app.store, number)
            roles = {concern.role for concern in concerns}
            if state is not None and await outcomes.is_listed(door.app, person, number, roles):
                step = await outcomes.step_told(door.app, state, roles)
                text, named = case_numbers.text(number), [one.role for one in concerns]
                shown.append((text, state, step, named, about.get(number, ())))
        return door.page(
            request,
            "mine.html",
            private=True,
            cases=shown,
            token=request.path_params["token"],
            day=Day(door.pages.language(request), door.app.config.timezone),
        )

    async def case(self, request: Request) -> Response:
        """One of them; an answer to a question may be written there."""
        door = self._door
        person = self._person(request)
        number = case_numbers.parse(request.path_params["number"][:40])
        if person is None:
            return self._gone(request)
        state = await cases.get(door.app.store, number) if number is not None else None
        roles = await parties.roles(door.app.store, person, number or 0)
        if state is None or not await outcomes.is_listed(door.app, person, state.number, roles):
            return self._gone(request)
        if request.method == "POST" and parties.COMPLAINANT in roles:
            state = await answered(door, request, state)
        sent = parties.NOTIFIER in roles or parties.COMPLAINANT in roles
        steps = await progress.of_sender(door.app, state, letters_too=sent)
        contest = await self._contest(person, state.number, roles)
        more = await outcomes.told_person(door.app, person, state.number)
        if parties.COMPLAINANT in roles and not steps.said:
            more += await outcomes.told_complainant(door.app, state.number)
        steps = steps._replace(said=(*steps.said, *more))
        if await outcomes.step_told(door.app, state, roles) == progress.REVIEW:
            steps = steps._replace(step=progress.REVIEW, decided_at=None)
        return door.page(
            request,
            "mine_case.html",
            private=True,
            p=steps,
            number=case_numbers.text(state.number),
            secret=cases.secret(door.app, state.number) if sent else "",
            roles=sorted(roles),
            steps=progress.STEPS,
            late=steps.due is not None and steps.due < door.app.clock.now(),
            day=Day(door.pages.language(request), door.app.config.timezone),
            token=request.path_params["token"],
            contest=contest,
            lodged=case_numbers.text(contest.number) if contest and contest.number else "",
            asked=parties.COMPLAINANT in roles and is_asked(state),
            about=(await self._reported(request, person)).get(state.number, ()),
        )

    async def _reported(self, request: Request, person: Person) -> dict[int, list[About]]:
        """Case -> what each report in it was about that is the person's own."""
        app, lang = self._door.app, self._door.pages.language(request)
        if not person.account:
            return {}
        said = await views_reports.of_own(app, person.account, lang)
        found = await my_cases.reports_by_case(app, person.account)
        return {
            case: [said[number] for number, _ in mine if number in said]
            for case, mine in found.items()
        }

    async def _contest(self, person: Person, case: int, roles: set[str]) -> Contest | None:
        """How to object, as whom the case concerns them. 0 is who gave notice by e-mail, and
        nobody else."""
        app = self._door.app
        if parties.NOTIFIER in roles:
            return await outcomes.of_case(app, case, 0)
        account = await outcomes.concerned(app, person, case)
        return await outcomes.of_case(app, case, account) if account else None

    def _person(self, request: Request) -> Person | None:
        token = request.path_params["token"]
        return links.person(self._door.app, token) if len(token) < _TOKEN_MAX else None

    def _gone(self, request: Request) -> Response:
        o = self._door.texts(request)
        onward = (("/mes-dossiers", o["mine_title"]),)
        return self._door.message(
            request, o["mine_gone_title"], o["mine_gone_text"], status=410, onward=onward
        )
