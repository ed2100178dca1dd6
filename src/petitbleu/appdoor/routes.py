"""Which address is what."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from functools import partial

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from petitbleu.appdoor import browsers, calls, exports, files
from petitbleu.appdoor.browsers import Ended
from petitbleu.appdoor.door import Door
from petitbleu.appdoor.obstacles import NO_UPGRADE
from petitbleu.appdoor.requests import (
    FORGET,
    Refused,
    answer,
    body,
    cookie,
    delete_cookie,
    guard,
    recognise,
    refusal,
    set_cookie,
)
from petitbleu.appdoor.shell import MANIFEST, WORKER
from petitbleu.domain.access.devices import service as devices

Handler = Callable[[Door, Request], Awaitable[Response]]
PREFIX = "/app"
_BODY_BYTES = 1024
NAMED = (WORKER, "licences.txt")


def routes(door: Door) -> Iterable[BaseRoute]:
    """The routes of ``/app``, for ``web/app.py``."""

    def guarded(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def answered(request: Request) -> Response:
            try:
                guard(door, request)
                return await handler(door, request)
            except Refused as refused:
                return refusal(door, request, refused)

        return answered

    shell = door.shell
    return [
        Route(f"{PREFIX}/config.json", shell.config, methods=["GET"]),
        Route(f"{PREFIX}/a/{{path:path}}", shell.asset, methods=["GET"]),
        *(Route(f"{PREFIX}/{name}", shell.named, methods=["GET"]) for name in NAMED),
        Route(f"{PREFIX}/{MANIFEST}", shell.manifest, methods=["GET"]),
        Route(f"{PREFIX}/rpc", guarded(calls.rpc), methods=["POST"]),
        Route(f"{PREFIX}/events", guarded(calls.events), methods=["GET"]),
        Route(f"{PREFIX}/session", guarded(session), methods=["GET", "POST", "DELETE"]),
        Route(f"{PREFIX}/up/{{id}}/{{part}}", guarded(files.put), methods=["PUT"]),
        Route(f"{PREFIX}/up/{{id}}", guarded(files.status), methods=["GET"]),
        Route(f"{PREFIX}/f/export/{{id}}", partial(exports.get, door), methods=["GET"]),
        Route(f"{PREFIX}/f/p/{{peer}}/{{photo}}/{{size}}", guarded(files.peer), methods=["GET"]),
        Route(f"{PREFIX}/f/{{id}}/{{label}}", guarded(files.get), methods=["GET"]),
        *(Route(f"{PREFIX}/{one}/{{path:path}}", _nothing) for one in ("up", "f")),
        Route(f"{PREFIX}/ws", _no_socket, methods=["GET"]),
        Route(PREFIX, shell.page, methods=["GET"]),
        Route(f"{PREFIX}/{{path:path}}", shell.page, methods=["GET"]),
    ]


async def _no_socket(request: Request) -> Response:
    """A request for the socket that asks for no upgrade: a proxy may have dropped the header."""
    if "sec-websocket-key" in request.headers:
        NO_UPGRADE.add()
    return answer({"error": "UPGRADE"}, 426, upgrade="websocket")


async def _nothing(request: Request) -> Response:
    """An address of files that names none: no page."""
    return answer({"error": "LOCATION_INVALID"}, 404)


async def session(door: Door, request: Request) -> Response:
    """``GET``: who is signed in here. ``POST``: the next cookie, and whether the device is the
    person's own. ``DELETE``: sign out.
    """
    if request.method == "GET":
        return await _state(door, request)
    if request.method == "DELETE":
        return await _sign_out(door, request)
    return await _rotate(door, request)


async def _state(door: Door, request: Request) -> Response:
    try:
        browser = await browsers.recognise(door.app, cookie(door, request))
    except Ended as ended:
        if ended.reason == "none":
            return answer({"state": "none"})
        made = answer({"state": "ended", "reason": ended.reason})
        made.headers.update(FORGET)
        delete_cookie(door, request, made)
        return made
    suspension = await browsers.load_suspension(door.app, browser.account)
    made = answer(_told(door, browser) | suspension)
    if browsers.is_suspended(door.app, browser.account):
        made.headers.update(FORGET)
    return made


def _told(door: Door, browser: browsers.BrowserRow) -> dict[str, object]:
    if browser.account is None:
        return {"state": "open" if browser.pending_account is None else "password"}
    return {
        "state": "signed-in",
        "user": str(browser.account),
        "trusted": bool(browser.trusted),
        "rotate": browsers.is_rotation_due(door.app, browser),
        "suspended": browsers.is_suspended(door.app, browser.account),
    }


async def _rotate(door: Door, request: Request) -> Response:
    asked = await _json(request)
    browser = await recognise(door, request)
    trusted = asked.get("trusted", bool(browser.trusted))
    if asked.keys() - {"trusted"} or not isinstance(trusted, bool):
        raise Refused(400, "BAD_JSON")
    if trusted != bool(browser.trusted):
        await browsers.set_trusted(door.app, browser, trusted)
        browser = browser._replace(trusted=int(trusted))
    value = await browsers.offer(door.app, browser, cookie(door, request) or b"")
    made = answer(_told(door, browser))
    if value is not None:
        set_cookie(door, request, made, value, trusted=trusted)
    return made


async def _json(request: Request) -> dict[str, object]:
    text = await body(request, _BODY_BYTES)
    try:
        data = msgspec.json.decode(text or b"{}")
    except (msgspec.DecodeError, ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise Refused(400, "BAD_JSON")
    return data


async def _sign_out(door: Door, request: Request) -> Response:
    made = Response(status_code=204, headers={"cache-control": "no-store"} | FORGET)
    delete_cookie(door, request, made)
    try:
        browser = await browsers.recognise(door.app, cookie(door, request))
    except Ended:
        return made
    await browsers.forget(door.app, browser.auth)
    if browser.account is not None:
        await devices.end_browser(door.app, browser.account, browser.auth, "log_out")
    else:
        devices.dropped(door.app, [browser.auth])
    return made
