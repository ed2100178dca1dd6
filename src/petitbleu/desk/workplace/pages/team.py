"""The team page: who works here, invitations, roles."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from starlette.responses import Response

from petitbleu.desk.reference.law import service as law
from petitbleu.desk.staffing.approvals import service as approvals
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.desk.staffing.staff.service import EVERYTHING, Invalid, Staff, Terms
from petitbleu.desk.workplace.pages.forms import Form
from petitbleu.desk.workplace.pages.shell import PageRequest, Problem, page
from petitbleu.desk.workplace.team import service
from petitbleu.desk.workplace.team.service import Outcome


@page("/desk/team", right="team", rail="team")
async def team(visit: PageRequest) -> Response:
    """Everybody, and for heads the form that invites."""
    return await _team(visit)


async def _team(visit: PageRequest, *, status: int = 200, wrong: Invalid | None = None) -> Response:
    app = visit.app
    people = [
        {
            "one": member,
            "queues": sorted(_kind(visit, name) for name in member.queues),
            "measures": sorted(_measure(visit, name) for name in member.measures),
            "passkeys": len(await staff.passkeys_of(app.store, member.id)),
            "invited": bool(await staff.waiting_invites(app, app.store, member.id)),
        }
        for member in await staff.everybody(app, app.store)
    ]
    return visit.html(
        "team.html",
        status=status,
        people=people,
        two=await service.needs_two(app, app.store),
        roles=staff.ROLES,
        **_choices(visit),
        form=visit.form,
        wrong=_said(visit, wrong),
    )


def _kind(visit: PageRequest, name: str) -> str:
    everything = name == EVERYTHING
    return (
        visit.t["team_all"] if everything else law.kind(law.load_law(visit.app), name, visit.lang)
    )


def _measure(visit: PageRequest, name: str) -> str:
    return visit.t["team_all"] if name == EVERYTHING else visit.t[f"measure_{name}"]


def _choices(visit: PageRequest, one: Staff | None = None) -> dict[str, Any]:
    """What somebody's work may be narrowed to, in words; what it is narrowed to, or was to be.

    A kind that counsel took out of the law's data stays a choice for whom it was given to.
    """
    known = service.queues(visit.app)
    queues = [name for name in law.kinds(law.load_law(visit.app)) if name in known]
    sent = bool(visit.form.fields)
    now = {"queues": sorted(one.queues) if one else [EVERYTHING]}
    now["measures"] = sorted(one.measures) if one else [EVERYTHING]
    gone = [name for name in now["queues"] if name not in (*queues, EVERYTHING)]
    return {
        "queues": [(name, _kind(visit, name)) for name in (*queues, *gone)],
        "measures": [(name, _measure(visit, name)) for name in service.MEASURES],
        "narrowed": {name: _narrowed(visit.form, name) for name in now} if sent else now,
    }


def _narrowed(form: Form, name: str) -> list[str]:
    """All (``*``), or what was ticked; ticks that are left beside *all* narrow nothing."""
    return [EVERYTHING] if form.get(f"{name}_of") == "all" else form.all(name)


def _said(visit: PageRequest, wrong: Invalid | None) -> str:
    return visit.t[f"invalid_{wrong.reason}"].format(what=wrong.what) if wrong else ""


@page("/desk/team/invite", right="team.change", methods=("POST",), signs=True)
async def invite(visit: PageRequest) -> Response:
    """Invite somebody new."""
    try:
        what = _terms(visit, visit.form)
        done = await _proposed(visit, service.NEW, what=what)
    except Invalid as wrong:
        return await _team(visit, status=422, wrong=wrong)
    return _outcome(visit, done)


@page("/desk/team/{id:int}", right="team.change")
async def person(visit: PageRequest) -> Response:
    """One person and what can be changed."""
    return _person(visit, await _known(visit))


def _person(
    visit: PageRequest, one: Staff, *, status: int = 200, wrong: Invalid | None = None
) -> Response:
    visit.subject = one.actor
    zone = ZoneInfo(visit.app.config.timezone)
    until = datetime.fromtimestamp(one.until - 1, zone).date().isoformat() if one.until else ""
    return visit.html(
        "person.html",
        status=status,
        one=one,
        until=until,
        roles=staff.ROLES,
        **_choices(visit, one),
        form=visit.form,
        wrong=_said(visit, wrong),
    )


async def _known(visit: PageRequest) -> Staff:
    one = await staff.get(visit.app, visit.app.store, visit.number("id", 1))
    if one is None:
        raise Problem("status_404", 404)
    return one


@page("/desk/team/{id:int}/change", right="team.change", methods=("POST",), signs=True)
async def change(visit: PageRequest) -> Response:
    """New roles, queues, measures, duty, end."""
    one = await _known(visit)
    try:
        what = _terms(visit, visit.form, one)
        done = await _proposed(visit, service.CHANGE, who=one.id, what=what)
    except Invalid as wrong:
        return _person(visit, one, status=422, wrong=wrong)
    return _outcome(visit, done)


@page("/desk/team/{id:int}/again", right="team.change", methods=("POST",), signs=True)
async def again(visit: PageRequest) -> Response:
    """A new link for somebody."""
    one = await _known(visit)
    try:
        done = await _proposed(visit, service.AGAIN, who=one.id)
    except Invalid as wrong:
        return _person(visit, one, status=422, wrong=wrong)
    return _outcome(visit, done)


@page("/desk/team/{id:int}/revoke", right="team.change", methods=("POST",), signs=True)
async def revoke(visit: PageRequest) -> Response:
    """End somebody's access at once."""
    one = await _known(visit)
    try:
        if not await service.revoke(visit.app, visit.touch(), one.id, visit.form.get("why")):
            raise Problem("invalid_gone", what=one.id)
    except service.NotAllowed as not_:
        raise Problem(f"not_{not_.reason}") from None
    return visit.to("/desk/team", "revoked")


async def _proposed(
    visit: PageRequest, act: str, *, who: int = 0, what: Terms | None = None
) -> Outcome:
    try:
        return await service.propose(visit.app, visit.touch(), act, who=who, what=what)
    except service.NotAllowed as not_:
        raise Problem(f"not_{not_.reason}") from None
    except approvals.NotYou as not_:
        raise Problem(f"notyou_{not_.reason}") from None


def _outcome(visit: PageRequest, done: Outcome) -> Response:
    return visit.html("team_done.html", outcome=done._asdict())


def _terms(visit: PageRequest, form: Form, one: Staff | None = None) -> Terms:
    """The form's words, checked. ``one``: whose address and language stay."""
    return staff.terms(
        name=form.get("name"),
        email=one.email if one else form.get("email"),
        language=one.language if one else form.get("language"),
        roles=form.all("role"),
        queues=_chosen(form, "queues"),
        measures=_chosen(form, "measures"),
        on_call=form.flag("on_call"),
        until=_end_of_day(form.get("until"), visit.app.config.timezone),
        now=visit.app.clock.now(),
    )


def _chosen(form: Form, name: str) -> list[str]:
    """Raises Invalid where it was to be narrowed and nothing is ticked: that is not *all*."""
    chosen = _narrowed(form, name)
    if not chosen:
        raise Invalid(_NONE[name])
    return chosen


_NONE = {"queues": "no_queues", "measures": "no_measures"}
"""What is said where nothing is ticked."""


def _end_of_day(text: str, timezone: str) -> int:
    """``2027-03-31`` -> the first second after that day in the operator's zone; '' -> 0."""
    if not text:
        return 0
    try:
        day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=ZoneInfo(timezone))
        return int((day + timedelta(days=1)).timestamp())
    except (ValueError, OverflowError):
        raise Invalid("date", text[:20]) from None
