"""Media of a case: one small still at a time, covered until a key or button is held down;
recordings play muted and as covered.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import NoReturn

from starlette.responses import Response

from petitbleu.app import App
from petitbleu.desk.adjudication.evidence import access, exposure, media, reveals
from petitbleu.desk.adjudication.evidence.exposure import Place
from petitbleu.desk.adjudication.evidence.reveals import Revealed
from petitbleu.desk.staffing.staff.service import Staff
from petitbleu.desk.workplace.pages.case import found, show
from petitbleu.desk.workplace.pages.shell import HEADERS, PageRequest, Problem, audit_line, page
from petitbleu.domain.safety.case_numbers import service as case_numbers

_WHERE = "/desk/cases/{number}/media/{copy}/{place}"
_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{1,15})?")
_TOKEN = re.compile(r"[0-9a-f]{32}")


async def _where(visit: PageRequest) -> Place:
    """What the address names, in a case this person may see. Raises Problem (404)."""
    state = await found(visit)
    copy = case_numbers.parse(str(visit.request.path_params["copy"]))
    if copy is None:
        raise Problem("wrong_number", 404)
    return Place(state.number, copy, visit.number("place", 1))


def _token(given: str) -> bytes:
    """Raises Problem where it is none."""
    if _TOKEN.fullmatch(given) is None:
        raise Problem("media_ended", 410)
    return bytes.fromhex(given)


def _spent(spent: exposure.Spent) -> NoReturn:
    raise Problem(f"media_spent_{spent.scope}", 429) from None


@page(_WHERE, right="cases", methods=("POST",), by_passkey=True)
async def reveal(visit: PageRequest) -> Response:
    """Open one: the look is in the log and counted before the page is made."""
    where, reason = await _where(visit), visit.form.get("why")
    if not reason:
        return await show(visit, await found(visit), status=422, wrong="wrong_reason")
    return await _opened(visit, where, reveals.reveal, reason)


@page(_WHERE + "/play", right="cases", methods=("POST",), by_passkey=True)
async def play(visit: PageRequest) -> Response:
    """Open a recording to be played: the look is in the log and counted before the page is made."""
    where, reason = await _where(visit), visit.form.get("why")
    if not reason:
        return await show(visit, await found(visit), status=422, wrong="wrong_reason")
    return await _opened(visit, where, reveals.play, reason)


Open = Callable[[App, Staff, Place, str], Awaitable[Revealed]]


async def _opened(visit: PageRequest, where: Place, way: Open, reason: str) -> Response:
    app = visit.app
    try:
        opened = await way(app, visit.staff, where, reason)
    except access.NotOfThisCase:
        raise Problem("wrong_number", 404) from None
    except reveals.Reserved:
        said = {"path": visit.request.url.path, "right": "child"}
        await app.store.write(audit_line, app, visit.staff.actor, "refused", visit.subject, said)
        raise Problem("media_child", 403) from None
    except exposure.Spent as spent:
        _spent(spent)
    except media.Gone:
        raise Problem("media_gone", 410) from None
    return visit.html(
        "medium.html",
        number=case_numbers.text(where.number),
        copy=case_numbers.text(where.copy),
        medium=opened.medium,
        token=opened.token.hex(),
        why=reason,
        plays=opened.medium.plays if way is reveals.play else "",
        budget=await exposure.budget(app, app.store, visit.staff.id),
    )


@page(_WHERE, right="cases")
async def picture(visit: PageRequest) -> Response:
    """The still itself, once for its token and inside a page only."""
    where = await _where(visit)
    visit.said = {"copy": case_numbers.text(where.copy), "medium": where.place}
    token = _token(visit.request.query_params.get("token", ""))
    if visit.request.headers.get("sec-fetch-dest", "image") != "image":
        raise Problem("media_ended", 410)  # opened by itself it would not be covered
    try:
        still = await reveals.picture(visit.app, visit.staff, where, token)
    except (access.NotOfThisCase, exposure.Ended):
        raise Problem("media_ended", 410) from None
    except media.Gone:
        raise Problem("media_gone", 410) from None
    own = {
        "content-type": still.type,
        "content-security-policy": "default-src 'none'; sandbox",
        "x-content-type-options": "nosniff",
    }
    return Response(still.data, headers=HEADERS | own)


@page(_WHERE + "/stream", right="cases", action="")
async def stream(visit: PageRequest) -> Response:
    """A piece of a recording, to its player only. The line of the log was written when it was
    opened; a player asks for many pieces.
    """
    where = await _where(visit)
    token = _token(visit.request.query_params.get("token", ""))
    asked = _RANGE.fullmatch(visit.request.headers.get("range", "bytes=0-"))
    if visit.request.headers.get("sec-fetch-dest", "video") not in ("video", "audio"):
        raise Problem("media_ended", 410)
    if asked is None:
        raise Problem("status_other", 416)
    start = int(asked[1])
    count = int(asked[2]) - start + 1 if asked[2] else media.PIECE
    try:
        medium, piece = await reveals.piece(visit.app, visit.staff, where, token, start, count)
    except (access.NotOfThisCase, exposure.Ended):
        raise Problem("media_ended", 410) from None
    except media.Gone:
        raise Problem("media_gone", 410) from None
    if not piece.data:
        return Response(status_code=416, headers={"content-range": f"bytes */{piece.size}"})
    own = {
        "content-type": medium.mime,
        "content-range": f"bytes {start}-{start + len(piece.data) - 1}/{piece.size}",
        "accept-ranges": "bytes",
        "content-security-policy": "default-src 'none'; sandbox",
        "x-content-type-options": "nosniff",
    }
    return Response(piece.data, 206, headers=HEADERS | own)


@page(_WHERE + "/look", right="cases", methods=("POST",))
async def look(visit: PageRequest) -> Response:
    """The picture is uncovered once; 204."""
    where, token = await _where(visit), _token(visit.form.get("token"))
    token = exposure.PLAY + token if visit.form.flag("play") else token
    try:
        await reveals.look(visit.app, visit.staff, where, token)
    except exposure.Ended:
        raise Problem("media_ended", 410) from None
    except exposure.Spent as spent:
        _spent(spent)
    return Response(status_code=204)
