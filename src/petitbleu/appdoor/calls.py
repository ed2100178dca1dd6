"""``POST /app/rpc`` and ``GET /app/events``: the same sessions for pages without a socket, and the
place of signing in (its answers can set the cookie).
"""

from __future__ import annotations

import asyncio
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from petitbleu.appdoor import browsers, frames, sessions, signing
from petitbleu.appdoor.browsers import BrowserRow
from petitbleu.appdoor.door import Door
from petitbleu.appdoor.polling import HOLD_SECONDS, Poll
from petitbleu.appdoor.requests import (
    Refused,
    answer,
    body,
    cookie,
    origin_of,
    recognise,
    set_cookie,
)
from petitbleu.appdoor.sessions import Entered, JsonSession
from petitbleu.errors import Fault
from petitbleu.gateway.budgets import Origin

SESSION, BUILD, LANG = "x-petitbleu-session", "x-petitbleu-build", "x-petitbleu-lang"


class Caller(NamedTuple):
    """Who calls, in which session; ``value`` is the cookie that was shown, or just made."""

    browser: BrowserRow
    session: JsonSession
    value: bytes
    is_new: bool


async def rpc(door: Door, request: Request) -> Response:
    """``POST /app/rpc``: one call or an array of them; the answers as an array in that order."""
    text = await body(request, frames.FRAME_BYTES)
    try:
        events = frames.read(text)
    except frames.BadFrame as bad:
        raise Refused(400, "BAD_FRAME", reason=bad.reason) from None
    calls = [event for event in events if isinstance(event, frames.Call)]
    if not calls:
        raise Refused(400, "BAD_FRAME", reason="calls were expected")
    caller = await _caller(door, request, calls)
    session = caller.session
    for event in events:
        if isinstance(event, frames.Ack):
            session.acknowledge(event.frames)
    door.sessions.touch(session)
    try:
        answers = await asyncio.gather(*[session.post(call) for call in calls])
    except asyncio.CancelledError:
        if not session.ended:
            raise
        # The session is gone; whether the login is too, only its cookie says.
        await recognise(door, request)
        raise Refused(409, "AGAIN") from None
    made = answer(b"[%b]" % b",".join(answers), x_petitbleu_session=session.name)
    value = await _value_after(door, caller, calls, answers)
    if value is not None:
        set_cookie(door, request, made, value, trusted=bool(caller.browser.trusted))
    return made


async def _caller(door: Door, request: Request, calls: list[frames.Call]) -> Caller:
    value = cookie(door, request)
    is_new = value is None and any(call.method in signing.FIRST for call in calls)
    origin = origin_of(request)
    build, lang = (_short(request, name) for name in (BUILD, LANG))
    agent = request.headers.get("user-agent", "")
    if is_new:
        said = door.device(agent, build, lang)
        try:
            made = await browsers.create(door.app, said, origin.ip)
        except Fault as fault:
            raise Refused(429, "FLOOD_WAIT", seconds=fault.value or 0) from None
        value = made.value
        browser = await browsers.recognise(door.app, value)
    else:
        browser = await recognise(door, request)
    name = request.headers.get(SESSION, "")
    session = door.sessions.find(name, browser.auth) if name else None
    if session is None:
        session = await door.sessions.create(browser, origin, door.device(agent, build, lang))
    return Caller(browser, session, value or b"", is_new)


def _short(request: Request, name: str) -> str:
    return request.headers.get(name, "")[: frames.NAME_LENGTH]


async def _value_after(
    door: Door, caller: Caller, calls: list[frames.Call], answers: list[bytes]
) -> bytes | None:
    """The value that the answer gives the browser; None: it keeps what it has."""
    for call, told in zip(calls, answers, strict=True):
        if signing.changes_login(call.method, call.asked.id, told):
            return await browsers.offer(door.app, caller.browser, caller.value)
    return caller.value if caller.is_new else None


async def events(door: Door, request: Request) -> Response:
    """``GET /app/events``: the counted frames that the page lacks, or the next one to come."""
    browser = await recognise(door, request)
    query = request.query_params
    name, text = query.get("session", ""), query.get("got", "0")
    if not (text.isascii() and text.isdigit() and len(text) <= 16) or len(name) > 64:
        raise Refused(400, "BAD_FRAME", reason="session, got")
    origin, got = origin_of(request), int(text)
    lang = query.get("lang", _short(request, LANG))[:20]
    asked = frames.Open(frames.VERSION, _short(request, BUILD), lang, name, got)
    entered = await door.enter(browser, asked, origin, request.headers.get("user-agent", ""))
    return await _poll(door, entered, got, origin, first=query.get("open") == "1")


async def _poll(door: Door, entered: Entered, got: int, origin: Origin, *, first: bool) -> Response:
    """``first``: the page has just come (back), and waits to be told that the session is open."""
    session = entered.session
    fresh = first or not entered.resumed or session.kind != "poll"
    missing = session.resume(got) if entered.resumed else []
    if missing is None or session.ended:
        raise Refused(409, "AGAIN")
    sessions.OPENED.add("poll")
    poll = Poll(origin)
    session.attach(poll)
    try:
        for frame in (door.opened(entered), *missing) if fresh else missing:
            poll.send(frame)
        told = await poll.wait(HOLD_SECONDS)
    finally:
        session.detach(poll)
    return answer(b"[%b]" % b",".join(told), x_petitbleu_session=session.name)
