"""The way in and out: sign-in, invitation, first passkey, sign-out, and options for signatures.

These are the only routes of the desk that do not go through :func:`shell.page`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from petitbleu import rates
from petitbleu.desk.adjudication.evidence import exposure
from petitbleu.desk.staffing.sso import service as sso
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.desk.staffing.staff.service import InviteRow, Login, Refused, Staff
from petitbleu.desk.workplace.pages import forms, shell
from petitbleu.desk.workplace.pages.shell import HEADERS_OF_REDIRECT, Desk, Problem
from petitbleu.errors import Fault

_FORM = 65_536
HOME = "/desk"


def routes(desk: Desk) -> Iterable[BaseRoute]:
    """The routes, for ``routes.py``."""
    entrance = Entrance(desk)
    for path, endpoint, methods in (
        ("/desk/sign-in", entrance.sign_in, ("GET", "POST")),
        ("/desk/sign-in/options", entrance.sign_in_options, ("POST",)),
        ("/desk/sign-out", entrance.sign_out, ("POST",)),
        ("/desk/invitation/{token}", entrance.invitation, ("GET", "POST")),
        ("/desk/invitation/{token}/options", entrance.invitation_options, ("POST",)),
        ("/desk/touch", entrance.touch, ("POST",)),
        ("/desk/settings/passkeys/options", entrance.passkey_options, ("POST",)),
    ):
        yield Route(path, _guarded(desk, endpoint), methods=list(methods))


def _guarded(desk: Desk, endpoint: Any) -> Any:
    async def serve(request: Request) -> Response:
        return await shell.guarded(desk, request, lambda: endpoint(request))

    return serve


class Entrance:
    """The handlers, for one instance."""

    __slots__ = ("_app", "_desk")

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._app = desk.app

    def _page(
        self, request: Request, template: str, *, status: int = 200, **values: Any
    ) -> Response:
        lang = values.pop("lang", "") or self._desk.pages.language(request)
        return self._desk.html(
            request, template, lang=lang, status=status, origin=self._desk.party().origin, **values
        )

    # ── coming in ───────────────────────────────────────────────────────────────────────────────

    async def sign_in(self, request: Request) -> Response:
        """The page with one button, and what the passkey answered."""
        going = following(request.query_params.get("next", ""))
        if request.method == "GET":
            if await shell.who(self._desk, request) is not None:
                return RedirectResponse(going, 303, HEADERS_OF_REDIRECT)
            return page(self._desk, request, going)
        shell.check_origin(self._desk, request)
        form = await forms.read(request, _FORM)
        try:
            ip = request.client.host if request.client is not None else ""
            await rates.by_address(self._app, "desk_ip", ip)
            login = await staff.sign_in(
                self._app,
                form.get("answer"),
                agent=request.headers.get("user-agent", ""),
                place=ip,
            )
        except Fault:
            return page(self._desk, request, going, "too_many", 429)
        except Refused as refused:
            return page(self._desk, request, going, f"touch_{refused.reason}", 403)
        await self._app.store.write(exposure.came_in, self._app, login.staff.id)
        return come_in(self._desk, login, going)

    async def sign_in_options(self, request: Request) -> Response:
        """What the browser asks the authenticator."""
        shell.check_origin(self._desk, request)
        return _json(staff.sign_in_options(self._app))

    async def sign_out(self, request: Request) -> Response:
        """End this session."""
        here = await shell.who(self._desk, request)
        shell.check_origin(self._desk, request)
        if here is not None:
            form = await forms.read(request, _FORM)
            if not shell.right_token(self._app, here, form.get("csrf")):
                raise Problem("forged", 403)
            await self._app.store.write(
                staff.end_session, app=self._app, staff=here.staff, id=here.session.id
            )
        answer = RedirectResponse(shell.SIGN_IN, 303, HEADERS_OF_REDIRECT)
        party = self._desk.party()
        answer.delete_cookie(
            party.cookie, path="/", secure=party.secure, httponly=True, samesite="strict"
        )
        return answer

    # ── the first passkey ───────────────────────────────────────────────────────────────────────

    async def _invited(self, request: Request) -> tuple[InviteRow, Staff]:
        self._desk.party()
        invite = await staff.open_invite(self._app, self._app.store, request.path_params["token"])
        person = await staff.get(self._app, self._app.store, invite.staff) if invite else None
        if invite is None or person is None or not person.active:
            raise Problem("invitation_gone", 410)
        return invite, person

    async def invitation(self, request: Request) -> Response:
        """Who is invited, and the passkey they make."""
        invite, person = await self._invited(request)
        if request.method == "GET":
            return self._invitation(request, person)
        shell.check_origin(self._desk, request)
        form = await forms.read(request, _FORM)
        try:
            await staff.accept(self._app, invite, form.get("answer"), form.get("label"))
        except Refused as refused:
            if refused.reason == "gone":
                raise Problem("invitation_gone", 410) from None
            return self._invitation(request, person, 403, f"touch_{refused.reason}")
        return RedirectResponse(f"{shell.SIGN_IN}?next={HOME}", 303, HEADERS_OF_REDIRECT)

    def _invitation(
        self, request: Request, person: Staff, status: int = 200, problem: str = ""
    ) -> Response:
        return self._page(
            request,
            "invitation.html",
            status=status,
            lang=person.language,
            person=person,
            problem=problem,
        )

    async def invitation_options(self, request: Request) -> Response:
        """What the browser asks the authenticator to make."""
        shell.check_origin(self._desk, request)
        invite, person = await self._invited(request)
        return _json(await staff.creation(self._app, person, invite.id))

    # ── for those who are in ────────────────────────────────────────────────────────────────────

    async def _inside(self, request: Request) -> tuple[staff.StaffSession, forms.Form]:
        here = await shell.who(self._desk, request)
        if here is None:
            raise Problem("signed_out", 401)
        shell.check_origin(self._desk, request)
        form = await forms.read(request, 1 << 20)
        if not shell.right_token(self._app, here, form.get("csrf")):
            raise Problem("forged", 403)
        return here, form

    async def touch(self, request: Request) -> Response:
        """Options for signing the form that the page is about to send to ``?path=``."""
        here, form = await self._inside(request)
        digest = shell.digest_of(request.query_params.get("path", ""), form)
        return _json(await staff.signing(self._app, here, digest))

    async def passkey_options(self, request: Request) -> Response:
        """Options for another passkey of one's own."""
        here, _ = await self._inside(request)
        return _json(await staff.creation(self._app, here.staff, here.session.id))


def page(
    desk: Desk, request: Request, going: str, problem: str = "", status: int = 200
) -> Response:
    """The sign-in page; ``problem``: key of the text that says why nobody came in."""
    return desk.html(
        request,
        "sign_in.html",
        lang=desk.pages.language(request),
        status=status,
        origin=desk.party().origin,
        next=going,
        problem=problem,
        provider=sso.name(desk.app),
    )


def come_in(desk: Desk, login: Login, going: str) -> Response:
    """To the desk, with the cookie of a new session."""
    party = desk.party()
    answer = RedirectResponse(going, 303, HEADERS_OF_REDIRECT)
    answer.set_cookie(
        party.cookie,
        login.cookie,
        max_age=login.expires_at - int(desk.app.clock.now()),
        path="/",
        secure=party.secure,
        httponly=True,
        samesite="strict",
    )
    return answer


def following(text: str) -> str:
    """Where to go after coming in: an address of the desk, nothing else."""
    inside = text == HOME or text.startswith((HOME + "/", HOME + "?"))
    plain = text.isascii() and text.isprintable() and "\\" not in text and "//" not in text
    return text if inside and plain and not text.startswith(shell.SIGN_IN) else HOME


def _json(value: dict[str, Any]) -> Response:
    headers = {name: text for name, text in shell.HEADERS.items() if name != "content-type"}
    return JSONResponse(value, headers=headers)
