"""Telling an authority of a threat to life from the case page (Article 18 DSA)."""

from __future__ import annotations

import datetime
import zoneinfo
from typing import Any, NamedTuple

from starlette.responses import Response

from petitbleu.desk.adjudication.decisions import threats
from petitbleu.desk.adjudication.decisions.threats import Draft, Unsent, Wanted
from petitbleu.desk.adjudication.evidence import access
from petitbleu.desk.adjudication.evidence.access import Why
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.casework.routing.seeing import ORDERS
from petitbleu.desk.workplace.pages.case import copies_of, found, letters_of
from petitbleu.desk.workplace.pages.case_actions import moment
from petitbleu.desk.workplace.pages.reporter_statements import heard
from petitbleu.desk.workplace.pages.shell import PageRequest, Problem, page
from petitbleu.domain.safety.case_numbers import service as case_numbers

_WHERE = "/desk/cases/{number}/threat"
_RIGHT = "decide"
"""Whoever decides may do it, alone and whoever has the case: a life is at risk."""
_FORM_BYTES = 64 * 1024


class _Words(NamedTuple):
    """Words that may be told, and when they were written."""

    text: str
    at: int


@page(_WHERE, right=_RIGHT)
async def blank(visit: PageRequest) -> Response:
    """The form as it is proposed, with the letter where nothing is missing."""
    state = await found(visit)
    return await _propose(visit, state, await _known_words(visit, state))


@page(_WHERE + "/words", right=_RIGHT, methods=("POST",), form_bytes=_FORM_BYTES)
async def words(visit: PageRequest) -> Response:
    """The form with the words of a sealed copy; the look is in the log before."""
    state = await found(visit)
    number = case_numbers.parse(visit.form.get("report")) or 0
    why = Why(visit.staff.actor, state.number, visit.t["threat_reason"])
    try:
        copy = (await access.opened(visit.app, why, number)).copy
    except access.NotOfThisCase:
        raise Problem("wrong_number", 404) from None
    said = [message for message in copy["messages"] if not message["context"]]
    text = "\n".join(message["text"] for message in said if message["text"])
    at = min((message["date"] for message in said), default=state.received_at)
    return await _propose(visit, state, _Words(text, at), visit.form.get("authority"))


@page(_WHERE + "/preview", right=_RIGHT, methods=("POST",), form_bytes=_FORM_BYTES)
async def preview(visit: PageRequest) -> Response:
    """The form again, with the letter as it would leave."""
    state, wanted = await found(visit), _wanted(visit)
    try:
        letter = await threats.draft(visit.app, visit.staff.actor, state, wanted)
    except Unsent as unsent:
        return await _show(visit, state, wanted, status=422, wrong=unsent.say(visit.lang))
    return await _show(visit, state, wanted, made=letter)


@page(_WHERE, right=_RIGHT, methods=("POST",), signs=True, form_bytes=_FORM_BYTES)
async def send(visit: PageRequest) -> Response:
    """Send the letter that was seen, signed by one person."""
    state, wanted = await found(visit), _wanted(visit)
    try:
        if visit.form.get("seen") != threats.digest(wanted):
            letter = await threats.draft(visit.app, visit.staff.actor, state, wanted)
            wrong = visit.t["threat_unseen"]
            return await _show(visit, state, wanted, status=422, wrong=wrong, made=letter)
        await threats.inform(visit.app, visit.staff.actor, state.number, wanted)
    except Unsent as unsent:
        return await _show(visit, state, wanted, status=422, wrong=unsent.say(visit.lang))
    return visit.to(f"/desk/cases/{case_numbers.text(state.number)}", "threat_told")


async def _known_words(visit: PageRequest, state: CaseState) -> _Words:
    """What somebody wrote to the desk that the case is about; of an order, nothing."""
    if state.facts.get("comment"):
        return _Words(str(state.facts.get("text", "")), state.received_at)
    for one in await heard(visit, state):
        if one.text:
            return _Words(one.text, one.at)
    if state.kind not in ORDERS:
        for letter in reversed(await letters_of(visit, state)):
            if letter["letter"] is not None:
                return _Words(letter["letter"].text, letter["at"])
    return _Words("", state.received_at)


async def _propose(
    visit: PageRequest, state: CaseState, said: _Words, authority: str = ""
) -> Response:
    """The form filled in with all that is known."""
    known = await threats.known(visit.app, state)
    choices = await threats.choices(visit.app, state, known.people)
    wanted = Wanted(
        domain=authority or (choices[0].row.domain if choices else ""),
        facts=said.text.strip()[: threats.MAX_FACTS_CHARACTERS],
        at=said.at - said.at % 60,
        items=known.items,
        people=known.people,
    )
    try:
        letter = await threats.draft(visit.app, visit.staff.actor, state, wanted)
    except Unsent as unsent:
        wrong = unsent.say(visit.lang) if wanted.facts or not choices else ""
        return await _show(visit, state, wanted, wrong=wrong)
    return await _show(visit, state, wanted, made=letter)


def _wanted(visit: PageRequest) -> Wanted:
    form = visit.form
    at = moment(visit.app, form.get("at"))
    return Wanted(
        domain=form.get("authority"),
        facts=form.get("facts"),
        at=at["due"] or 0 if at is not None else 0,
        items=tuple(form.all("item")),
        people=tuple(_numbers(form.all("person"))),
    )


def _numbers(written: list[str]) -> list[int]:
    return [int(text) for text in written if len(text) < 19 and text.lstrip("-").isdecimal()]


async def _show(
    visit: PageRequest,
    state: CaseState,
    wanted: Wanted,
    *,
    status: int = 200,
    made: Draft | None = None,
    wrong: str = "",
) -> Response:
    app = visit.app
    known = await threats.known(app, state)
    choices = await threats.choices(app, state, known.people)
    typed = visit.form.get("at")
    values: dict[str, Any] = {
        "number": case_numbers.text(state.number),
        "wanted": wanted,
        "at": typed if typed and not wanted.at else _written(visit, wanted.at),
        "known": known,
        "reference": threats.account_reference,
        "choices": choices,
        "copies": await copies_of(visit, state),
        "made": made,
        "seen": threats.digest(wanted) if made is not None else "",
        "wrong": wrong,
        "longest": threats.MAX_FACTS_CHARACTERS,
        "informed": await threats.informed(app.store, state.number),
    }
    return visit.html("threat.html", status=status, **values)


def _written(visit: PageRequest, at: int) -> str:
    """A time as the field takes it."""
    zone = zoneinfo.ZoneInfo(visit.app.config.timezone)
    return f"{datetime.datetime.fromtimestamp(at, zone):%Y-%m-%d %H:%M}" if at else ""
