"""``/join/...``: the pages of somebody who was invited. No script, no cookie.

A confirmation is a button, not the opening of a link: mail programs open links on their own.
Nothing here tells whether an address or a number is known (``domain/access/joining``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from petitbleu import rates
from petitbleu.app import App
from petitbleu.domain.access.joining import service
from petitbleu.domain.access.joining.service import Invalid, InviteGone
from petitbleu.errors import Fault
from petitbleu.keys import RsaKeys, RsaPublic
from petitbleu.networks import mailbox
from petitbleu.web import forms
from petitbleu.web.join_texts import TEXTS
from petitbleu.web.pages import Pages

FORM_BYTES = 8192
FIELDS = ("name", "email", "phone")


def routes(app: App, pages: Pages) -> Iterable[BaseRoute]:
    """The routes, for ``web/app.py``."""
    join = Join(app, pages)
    return [
        Route("/join/apps", join.apps),
        Route("/join/confirm/{token}", join.confirm, methods=["GET", "POST"]),
        Route("/join/{token}", join.form, methods=["GET", "POST"]),
    ]


async def _fields(request: Request) -> dict[str, str]:
    typed = await forms.fields(request, FORM_BYTES)
    return {field: typed.get(field, "") for field in FIELDS}


class Join:
    """The handlers, for one instance."""

    __slots__ = ("_app", "_key", "_pages")

    def __init__(self, app: App, pages: Pages) -> None:
        self._key: RsaPublic | None = None
        self._app = app
        self._pages = pages

    def _page(
        self, request: Request, template: str, *, status: int = 200, **values: Any
    ) -> Response:
        page = self._pages.html(
            request,
            template,
            status=status,
            fresh=True,
            j=TEXTS[self._pages.language(request)],
            **values,
        )
        page.headers["x-robots-tag"] = "noindex"
        return page

    def _gone(self, request: Request) -> Response:
        return self._page(request, "join_gone.html", status=410)

    async def form(self, request: Request) -> Response:
        """The form, and what becomes of it."""
        token = request.path_params["token"]
        try:
            await service.open_invite(self._app, token)
        except InviteGone:
            return self._gone(request)
        if not service.can_mail(self._app):
            return self._page(request, "join_closed.html", status=503)
        if request.method != "POST":
            return self._form(request, dict.fromkeys(FIELDS, ""))
        try:
            typed = await _fields(request)
        except forms.TooLong:
            return self._form(request, dict.fromkeys(FIELDS, ""), 413, problem="too_long")
        except ClientDisconnect:
            return Response(status_code=400)
        return await self._ask(request, token, typed)

    def _form(
        self,
        request: Request,
        typed: dict[str, str],
        status: int = 200,
        *,
        wrong: dict[str, str] | None = None,
        problem: str = "",
        minutes: int = 0,
    ) -> Response:
        """The form with every word that was typed; ``wrong``: field -> reason."""
        return self._page(
            request,
            "join_form.html",
            status=status,
            typed=typed,
            wrong=wrong or {},
            problem=problem,
            minutes=minutes,
        )

    async def _ask(self, request: Request, token: str, typed: dict[str, str]) -> Response:
        ip = request.client.host if request.client is not None else ""
        lang = self._pages.language(request)
        try:
            form = service.check(typed["name"], typed["email"], typed["phone"])
            claims = rates.at_address("join_ip", ip)
            claims.append(rates.Claim("join_mail", (mailbox(form.email),)))
            await rates.charge(self._app, claims, ip=ip)
            await service.ask(self._app, token, form, lang)
        except Invalid as invalid:
            return self._form(request, typed, 422, wrong=invalid.fields)
        except InviteGone:
            return self._gone(request)
        except Fault as fault:
            seconds = fault.value or 60
            page = self._form(request, typed, 429, problem="too_many", minutes=(seconds + 59) // 60)
            page.headers["retry-after"] = str(seconds)
            return page
        except OSError as error:
            self._app.log.warning("join.mail_failed", reason=str(error))
            return self._form(request, typed, 503, problem="mail_failed")
        return self._page(request, "join_sent.html", email=form.email, token=token)

    async def confirm(self, request: Request) -> Response:
        """The button of the mail's link, and the number it leads to."""
        token = request.path_params["token"]
        try:
            pending = await service.pending(self._app, token)
            number = pending.number
            if number is None and request.method == "POST":
                number = await service.confirm(self._app, token)
        except InviteGone:
            return self._gone(request)
        if number is None:
            return self._page(request, "join_confirm.html", email=pending.email)
        return self._page(
            request,
            "join_done.html",
            email=pending.email,
            name=pending.name,
            number=service.format_phone(number),
        )

    async def apps(self, request: Request) -> Response:
        """What an app has to be told: address and key."""
        config = self._app.config
        if self._key is None:
            self._key = RsaKeys.load(config.keys_folder).current.public()
        key = self._key
        return self._page(
            request,
            "join_apps.html",
            addresses=config.public_address or config.listen,
            dc=config.dc,
            fingerprint=f"{key.fingerprint & (1 << 64) - 1:016x}",
            pem=key.pem(),
        )
