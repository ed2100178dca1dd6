"""The way in through the OpenID provider, and connecting one's account with it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from petitbleu import rates
from petitbleu.desk.adjudication.evidence import exposure
from petitbleu.desk.staffing.sso import service as sso
from petitbleu.desk.staffing.staff.service import Refused
from petitbleu.desk.workplace.pages import entrance, shell
from petitbleu.desk.workplace.pages.shell import (
    HEADERS_OF_REDIRECT,
    Desk,
    PageRequest,
    Problem,
    page,
)
from petitbleu.errors import Fault

BEGIN = "/desk/sso"
_SETTINGS = "/desk/settings"
_SITES = (None, "none", "same-origin")
"""Sec-Fetch-Site of somebody who presses our button or types the address."""


def routes(desk: Desk) -> Iterable[BaseRoute]:
    """The routes, for ``routes.py``."""

    async def begin(request: Request) -> Response:
        return await shell.guarded(desk, request, lambda: _begin(desk, request))

    async def answer(request: Request) -> Response:
        return await shell.guarded(desk, request, lambda: _answer(desk, request))

    return (Route(BEGIN, begin), Route(sso.ANSWER, answer))


async def _begin(desk: Desk, request: Request) -> Response:
    """Send the browser to the provider."""
    following = entrance.following(request.query_params.get("next", ""))
    if request.headers.get("sec-fetch-site") not in _SITES:
        return RedirectResponse(
            f"{shell.SIGN_IN}?next={quote(following, safe='')}", 303, HEADERS_OF_REDIRECT
        )
    try:
        desk.party()
        await _count(desk, request)
        begun = await sso.begin(desk.app, following)
    except Fault:
        return entrance.page(desk, request, following, "too_many", 429)
    except Refused as refused:
        return _refused(desk, request, following, refused.reason)
    answer = RedirectResponse(begun.url, 303, HEADERS_OF_REDIRECT)
    _keep(desk, answer, begun.cookie)
    return answer


async def _answer(desk: Desk, request: Request) -> Response:
    """What the provider says, brought by the browser."""
    asked, party = request.query_params, desk.party()
    try:
        await _count(desk, request)
        if asked.get("error"):
            denied = asked["error"] == "access_denied"
            raise Refused("sso_denied" if denied else "sso_code")
        done = await sso.finish(
            desk.app,
            request.cookies.get(party.sso_cookie, ""),
            asked.get("state", ""),
            asked.get("code", ""),
            asked.get("iss", ""),
            agent=request.headers.get("user-agent", ""),
            place=_ip(request),
        )
    except Fault:
        return entrance.page(desk, request, entrance.HOME, "too_many", 429)
    except Refused as refused:
        return _refused(desk, request, entrance.HOME, refused.reason)
    if done.login is None:
        return RedirectResponse(done.following, 303, HEADERS_OF_REDIRECT)
    await desk.app.store.write(exposure.came_in, desk.app, done.login.staff.id)
    return entrance.come_in(desk, done.login, entrance.following(done.following))


def _refused(desk: Desk, request: Request, following: str, reason: str) -> Response:
    status = {"sso_away": 503, "sso_none": 404}.get(reason, 403)
    return entrance.page(desk, request, following, reason, status)


async def _count(desk: Desk, request: Request) -> None:
    await rates.by_address(desk.app, "desk_ip", _ip(request))


def _ip(request: Request) -> str:
    return request.client.host if request.client is not None else ""


def _keep(desk: Desk, answer: Response, cookie: str) -> None:
    """Lax: it has to come along when the provider sends the browser back."""
    party = desk.party()
    answer.set_cookie(
        party.sso_cookie,
        cookie,
        max_age=sso.LIFETIME,
        path="/",
        secure=party.secure,
        httponly=True,
        samesite="lax",
    )


@page("/desk/settings/sso", right="own", methods=("POST",), signs=True)
async def connect(visit: PageRequest) -> Response:
    """Connect one's account: signed with a passkey, then confirmed at the provider."""
    try:
        begun = await sso.begin(visit.app, f"{_SETTINGS}?done=sso", visit.here)
    except Refused as refused:
        raise Problem(refused.reason, 503, provider=sso.name(visit.app)) from None
    # Not a redirect: the policy lets forms go to our own pages alone.
    answer = visit.html("sso_leave.html", provider=sso.name(visit.app), url=begun.url)
    answer.headers["refresh"] = f"0; url={begun.url}"
    _keep(visit.desk, answer, begun.cookie)
    return answer


@page("/desk/settings/sso/end", right="own", methods=("POST",))
async def disconnect(visit: PageRequest) -> Response:
    """Disconnect it."""
    write, me = visit.app.store.write, visit.staff
    await write(sso.unbind, app=visit.app, id=me.id, by=me)
    return visit.to(_SETTINGS, "removed")
