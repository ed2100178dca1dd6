"""``/signaler``: the notice form of Article 16, its receipt, and the link that confirms an address.

A confirmation is a button, not the opening of a link: mail programs open links on their own.
"""

from __future__ import annotations

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.parties import links
from petitbleu.desk.intake import canary
from petitbleu.desk.intake.danger import service as danger
from petitbleu.desk.outside import contact, following, notices, rehearsal, shield
from petitbleu.desk.outside.door import OutsidePages, TooMany, minutes, spoken
from petitbleu.desk.outside.notices import FIELDS, Invalid, Notice
from petitbleu.desk.reference.law import categories
from petitbleu.desk.reference.law.categories import UNSURE
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.networks import mailbox
from petitbleu.rates import Claim
from petitbleu.web import forms

FORM_BYTES = 256 << 10
_NAME = "notice"
_LINK_MAX = 2000
_TOKEN_MAX = 600
_REPORT = "report"
"""The field that says which report in the app a notice completes."""
_HOURS = 72


class NoticePages:
    """The handlers."""

    __slots__ = ("_door",)

    def __init__(self, door: OutsidePages) -> None:
        self._door = door

    async def form(self, request: Request) -> Response:
        """The form, and what becomes of it."""
        door = self._door
        blank = dict.fromkeys(FIELDS, "") | {
            "links": request.query_params.get("link", "")[:_LINK_MAX],
            "language": door.pages.language(request),
            _REPORT: request.query_params.get(_REPORT, "")[:_TOKEN_MAX],
        }
        if request.method != "POST":
            report = links.report(door.app, blank[_REPORT])
            if report and not blank["links"]:
                blank["links"] = "\n".join(await following.load_places(door.app, report))
            return await self._form(request, blank, fresh=True)
        try:
            sent = await forms.fields(request, FORM_BYTES)
        except forms.TooLong:
            return await self._form(request, blank, 413, problem="too_long", fresh=True)
        except ClientDisconnect:
            return Response(status_code=400)
        typed = blank | {"links": ""} | {name: sent[name] for name in FIELDS if name in sent}
        typed |= {name: sent.get(name, "") for name in (shield.TRAP, shield.TIME)}
        typed[_REPORT] = sent.get(_REPORT, "")[:_TOKEN_MAX]
        return await self._take(request, typed)

    async def _take(self, request: Request, typed: dict[str, str]) -> Response:
        door = self._door
        problem = shield.problem(door.app, _NAME, typed)
        try:
            report = links.report(door.app, typed[_REPORT])
            notice = notices.check(typed, tuple(spoken()), report)
        except Invalid as invalid:
            reason = f"shield.{problem}" if problem == "trap" else ""
            return await self._form(request, typed, 422, wrong=invalid.fields, problem=reason)
        if problem:
            return await self._form(request, typed, 422, problem=f"shield.{problem}")
        try:
            letters = [Claim("notice_mail", (mailbox(notice.email),))] if notice.email else []
            await door.limit(request, "notice_ip", *letters)
        except TooMany as busy:
            page = await self._form(request, typed, 429, problem="too_many", wait=busy.seconds)
            page.headers["retry-after"] = str(busy.seconds)
            return page
        return await self._file(request, notice)

    async def _file(self, request: Request, notice: Notice) -> Response:
        app = self._door.app
        token = rehearsal.token_of(notice.links)
        if token and await canary.flies(app, token):
            await notices.rehearse(app, notice)
            await app.store.write(canary.seen, app, token)
            return Response(status_code=204)
        filed = await notices.file(app, notice)
        return self._door.page(
            request,
            "notice_received.html",
            private=True,
            number=case_numbers.text(filed.number),
            secret=cases.secret(app, filed.number),
            joined=filed.joined,
            confirm=filed.confirm,
            help=self._help(notice) if filed.danger else None,
            child=notice.child_abuse,
            hours=_HOURS,
        )

    def _help(self, notice: Notice) -> tuple[str, str, list[str]]:
        """What whoever writes of danger is told: its language, a heading, paragraphs."""
        country = danger.country_of_address(notice.email)
        return danger.page(self._door.app, notices.spoken(notice), country)

    async def _form(
        self,
        request: Request,
        typed: dict[str, str],
        status: int = 200,
        *,
        wrong: dict[str, str] | None = None,
        problem: str = "",
        wait: int = 0,
        fresh: bool = False,
    ) -> Response:
        door = self._door
        lang = door.pages.language(request)
        numbers = door.app.config.moderation.emergency
        report = links.report(door.app, typed[_REPORT])
        contacts = await contact.contact(door.app)
        sizes = notices.SIZES | {
            "minutes": minutes(wait),
            "numbers": numbers,
            "address": contacts.authorities[0]
            if contacts.authorities
            else contacts.url("/contact"),
        }
        return door.page(
            request,
            "notice_form.html",
            status=status,
            private=True,
            d=door.form(_NAME, typed, sizes, wrong=wrong, problem=problem, fresh=fresh),
            numbers=numbers,
            groups=categories.groups(lang),
            unsure=UNSURE,
            unsure_words=categories.words(lang, UNSURE),
            spoken=spoken(),
            token=typed[_REPORT] if report else "",
            report=case_numbers.text(report) if report else "",
        )

    async def confirm(self, request: Request) -> Response:
        """The button of the receipt's link."""
        door, o = self._door, self._door.texts(request)
        token = request.path_params["token"]
        number = notices.asked(door.app, token)
        if number is not None and request.method == "POST":
            number = await notices.confirm(door.app, token)
        if number is None:
            onward = (("/suivi", o["received_follow"]),)
            return door.message(request, o["gone_title"], o["gone_text"], status=410, onward=onward)
        written = case_numbers.text(number)
        if request.method == "POST":
            text = o["confirmed_text"].format(number=written)
            return door.message(request, o["confirmed_title"], text)
        text = o["confirm_text"].format(number=written)
        return door.message(request, o["confirm_title"], text, button=o["confirm_button"])
