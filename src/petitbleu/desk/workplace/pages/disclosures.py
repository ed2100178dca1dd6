"""Disclosures: choosing fields, signing, asking a second person, making, the link."""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Awaitable

from starlette.responses import Response

from petitbleu.desk.adjudication.decisions import resolve
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.casework.secrecy import service as secrecy
from petitbleu.desk.orders.disclosures import service
from petitbleu.desk.orders.disclosures.fields import FIELDS
from petitbleu.desk.orders.disclosures.fields import name as field_name
from petitbleu.desk.orders.disclosures.service import DisclosureRow, Plan, Refused
from petitbleu.desk.reference.directory import service as directory
from petitbleu.desk.staffing.approvals.service import NotAgreed, NotYou
from petitbleu.desk.workplace.pages.case import found
from petitbleu.desk.workplace.pages.queues import reachable
from petitbleu.desk.workplace.pages.render import plain_day
from petitbleu.desk.workplace.pages.shell import PageRequest, Problem, page
from petitbleu.desk.workplace.pages.telling import given, question
from petitbleu.domain.safety.case_numbers import service as case_numbers

_DAY = datetime.timedelta(days=1)


@page("/desk/disclosures", right="disclose", rail="disclosures")
async def disclosures(visit: PageRequest) -> Response:
    """What waits: for a signature, to be made, to be fetched."""
    rows = [
        (row, service.plan_of(row))
        for row in await service.open_ones(visit.app)
        if await reachable(visit, row.number)
    ]
    return visit.html(
        "disclosures.html",
        rows=rows,
        number=case_numbers.text,
        fields=FIELDS,
        field_name=field_name,
        usable=service.usable_until,
    )


async def _form(
    visit: PageRequest, state: CaseState, *, status: int = 200, wrong: str = ""
) -> Response:
    domain = state.authority.domain if state.authority is not None else ""
    entry = await directory.authority(visit.app.store, domain) if domain else None
    return visit.html(
        "disclose.html",
        status=status,
        state=state,
        number=case_numbers.text(state.number),
        fields=FIELDS,
        field_name=field_name,
        secrecy=cases.secrecy(visit.app, state),
        entry=entry,
        form=visit.form,
        wrong=wrong,
        emergency=state.kind in service.EMERGENCY,
        rows=await service.of_case(visit.app.store, state.number),
        tell=await question(visit, state),
        tell_errors={},
    )


async def _recorded(visit: PageRequest, state: CaseState, recording: Awaitable[object]) -> Response:
    """The page, once ``recording`` is done; or with what keeps it from being done."""
    try:
        await recording
    except Refused as refused:
        return await _form(visit, state, status=422, wrong=refused.say(visit.lang))
    return visit.to(f"/desk/cases/{case_numbers.text(state.number)}/disclose", "recorded")


@page("/desk/cases/{number}/disclose", right="disclose")
async def disclose(visit: PageRequest) -> Response:
    """The form: nothing is chosen."""
    return await _form(visit, await found(visit))


@page("/desk/cases/{number}/order", right="disclose", methods=("POST",), signs=True)
async def order(visit: PageRequest) -> Response:
    """Who issued the order, as this person read it."""
    state = await found(visit)
    recording = service.record_order(
        visit.app,
        state.number,
        visit.touch(),
        issuer=visit.form.get("issuer"),
        court=visit.form.flag("judge"),
        secret_until=visit.form.get("secret"),
    )
    return await _recorded(visit, state, recording)


@page("/desk/cases/{number}/callback", right="disclose", methods=("POST",), signs=True)
async def callback(visit: PageRequest) -> Response:
    """The directory's number was called back."""
    state = await found(visit)
    recording = service.record_callback(
        visit.app, state.number, visit.touch(), spoke_with=visit.form.get("with")
    )
    return await _recorded(visit, state, recording)


@page("/desk/cases/{number}/key", right="disclose", methods=("POST",), signs=True)
async def key(visit: PageRequest) -> Response:
    """The authority confirmed its key by telephone."""
    state = await found(visit)
    recording = service.record_key(
        visit.app,
        state.number,
        visit.touch(),
        key=visit.form.get("age_key"),
        spoke_with=visit.form.get("key_with"),
    )
    return await _recorded(visit, state, recording)


@page("/desk/cases/{number}/disclose", right="disclose", methods=("POST",), signs=True)
async def propose(visit: PageRequest) -> Response:
    """Sign the plan; a second person is asked."""
    state = await found(visit)
    item = await resolve.resolve(visit.app, visit.form.get("account"))
    since, until = _day(visit, "since"), _day(visit, "until")
    if since is None or until is None:
        said = visit.t["wrong_when"].format(what=visit.form.get("since") or "")
        return await _form(visit, state, status=422, wrong=said)
    told = given(visit)
    plan = Plan(
        case=state.number,
        account=item.peer if item is not None and item.what == resolve.ACCOUNT else 0,
        fields=tuple(visit.form.all("field")),
        since=_start(visit, since),
        until=_start(visit, until + _DAY),
        key=visit.form.get("key"),
        minimised=visit.form.get("minimised"),
        emergency=visit.form.flag("emergency"),
        tell=told.tell,
        tell_until=told.until,
        tell_permission=told.permission,
        tell_clause=told.clause,
        criminal=told.criminal,
    )
    try:
        row = await service.propose(
            visit.app, plan, visit.touch(), verdict=visit.form.get("verdict")
        )
    except (Refused, secrecy.Refused) as refused:
        return await _form(visit, state, status=422, wrong=refused.say(visit.lang))
    except NotYou as not_:
        raise Problem(f"notyou_{not_.reason}", 403) from None
    return visit.to(f"/desk/disclosures/{row.id}", "give_asked")


def _day(visit: PageRequest, name: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(visit.form.get(name))
    except ValueError:
        return None


def _start(visit: PageRequest, day: datetime.date) -> int:
    zone = zoneinfo.ZoneInfo(visit.app.config.timezone)
    return int(datetime.datetime.combine(day, datetime.time(), zone).timestamp())


async def _disclosure(visit: PageRequest) -> DisclosureRow:
    row = await service.get(visit.app.store, visit.number("id", 1))
    if row is None or await reachable(visit, row.number) is None:
        raise Problem("status_404", 404)
    visit.subject = case_numbers.text(row.number)
    return row


@page("/desk/disclosures/{id:int}", right="disclose")
async def one(visit: PageRequest) -> Response:
    """One disclosure."""
    row = await _disclosure(visit)
    return _show(visit, row)


def _show(visit: PageRequest, row: DisclosureRow, *, status: int = 200, **more: str) -> Response:
    return visit.html(
        "disclosure.html",
        status=status,
        row=row,
        plan=service.plan_of(row),
        fields=FIELDS,
        field_name=field_name,
        number=case_numbers.text(row.number),
        usable=service.usable_until(row),
        day=lambda at: plain_day(visit.app, at, visit.lang),
        **{"link": "", "wrong": "", **more},
    )


@page("/desk/disclosures/{id:int}/withdraw", right="disclose", methods=("POST",))
async def withdraw(visit: PageRequest) -> Response:
    """It will not be made, for a reason; nothing stands in the way of closing the case then."""
    row = await _disclosure(visit)
    try:
        await service.withdraw(visit.app, row.id, visit.staff.actor, visit.form.get("why"))
    except Refused as refused:
        return _show(visit, row, status=422, wrong=refused.say(visit.lang))
    return visit.to(f"/desk/disclosures/{row.id}", "give_withdrawn")


@page("/desk/disclosures/{id:int}/make", right="disclose", methods=("POST",), signs=True)
async def make(visit: PageRequest) -> Response:
    """Produce it; the link is shown once."""
    row = await _disclosure(visit)
    try:
        secret = await service.make(visit.app, row.id, visit.staff.actor)
    except Refused as refused:
        raise Problem("give_wrong", why=refused) from None
    except NotAgreed:
        raise Problem("give_waiting", 409) from None
    row = await _disclosure(visit)
    base = visit.app.config.public_url.rstrip("/")
    return _show(visit, row, link=f"{base}/divulgation/{secret}")
