"""What requests of the page have in common: the guard, the cookie, bodies, answers."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from petitbleu.appdoor import browsers, cookies, guards
from petitbleu.appdoor.browsers import BrowserRow, Ended
from petitbleu.appdoor.door import Door
from petitbleu.gateway.budgets import Origin
from petitbleu.networks import block

_encode = msgspec.json.Encoder().encode
FORGET = {"clear-site-data": '"cache"'}
"""On the answers that end a session or say that it has ended: the browser drops what it fetched.

``"cache"`` alone: ``"storage"`` would end the desk's worker and its notices in the same browser. A
browser that does not know the header asks before it shows a kept file (``files.HEADERS``).
"""
_STATUS_HEADERS = {"cache-control": "no-store", "cross-origin-resource-policy": "same-origin"}


class Refused(Exception):
    """The request is answered with an error: ``{"error": …}``."""

    def __init__(self, status: int, error: str, **more: Any) -> None:
        self.status = status
        self.error = error
        self.more = more
        super().__init__(error)


def origin_of(request: Request) -> Origin:
    """Where a request comes from."""
    found = request.scope.get("petitbleu.origin")
    if isinstance(found, Origin):
        return found
    ip, port = request.scope.get("client") or ("", 0)
    server = request.scope.get("server") or ("", 0)
    return Origin(ip, port, (server[0], server[1] or 0), False, False, block(ip))


def guard(door: Door, request: Request) -> None:
    """Raises Refused where the request is not of our page."""
    refusal = guards.judge(
        door.app.config, request.method, request.headers.getlist, request.url.scheme
    )
    if refusal is not None:
        raise Refused(refusal.status, refusal.error)


def cookie(door: Door, request: Request) -> bytes | None:
    """The value that the request carries (see :func:`cookies.find`)."""
    return door.cookie_of(request.headers.getlist("cookie"), request.url.scheme)


async def recognise(door: Door, request: Request) -> BrowserRow:
    """Whose cookie it is. Raises Refused with 401."""
    try:
        return await browsers.recognise(door.app, cookie(door, request))
    except Ended as ended:
        raise Refused(401, "NOT_SIGNED_IN", reason=ended.reason) from None


async def body(request: Request, most: int) -> bytes:
    """The body, at most so large. Raises Refused with 413."""
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > most:
        raise Refused(413, "TOO_LARGE")
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise Refused(413, "TOO_LARGE")
        parts.append(part)
    return b"".join(parts)


def answer(data: Any, status: int = 200, **headers: str) -> Response:
    """A JSON answer that nobody keeps; ``data`` may be JSON text already."""
    text = data if isinstance(data, bytes) else _encode(data)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(text, status, _STATUS_HEADERS | named, "application/json")


def refusal(door: Door, request: Request, refused: Refused) -> Response:
    """The answer of a refused request; a dead cookie is taken away."""
    made = answer({"error": refused.error, **refused.more}, refused.status)
    if refused.status == 429 and "seconds" in refused.more:
        made.headers["retry-after"] = str(refused.more["seconds"])
    if refused.status == 416:
        made.headers["content-range"] = f"bytes */{refused.more['size']}"
    if refused.status == 401 and refused.more.get("reason") in ("ended", "reused"):
        delete_cookie(door, request, made)
        made.headers.update(FORGET)
    return made


def set_cookie(
    door: Door, request: Request, made: Response, value: bytes, *, trusted: bool
) -> None:
    """Give the browser its (next) value with the answer."""
    secure = guards.is_secure(door.app.config, request.url.scheme)
    made.headers.append("set-cookie", cookies.setting(value, secure=secure, trusted=trusted))


def delete_cookie(door: Door, request: Request, made: Response) -> None:
    """Take the cookie away with the answer."""
    secure = guards.is_secure(door.app.config, request.url.scheme)
    made.headers.append("set-cookie", cookies.deleting(secure))
