"""Proposing, agreeing to, making and handing over a disclosure."""

from __future__ import annotations

import asyncio
import base64
import datetime
import hashlib
from typing import Any, NamedTuple

import msgspec

from petitbleu.app import App
from petitbleu.desk.adjudication.evidence.access import Why
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent, CaseState
from petitbleu.desk.casework.secrecy import service as secrecy
from petitbleu.desk.orders.disclosures import keys, making, notices
from petitbleu.desk.orders.disclosures import queries as q
from petitbleu.desk.orders.disclosures.fields import FIELDS, JUDGE_NEEDED, classes
from petitbleu.desk.orders.disclosures.keys import record_key as record_key
from petitbleu.desk.orders.disclosures.plans import Plan as Plan
from petitbleu.desk.orders.disclosures.plans import load_case
from petitbleu.desk.orders.disclosures.plans import plan_of as plan_of
from petitbleu.desk.orders.disclosures.plans import telling as telling
from petitbleu.desk.orders.disclosures.queries import DisclosureRow as DisclosureRow
from petitbleu.desk.orders.disclosures.refused import Refused as Refused
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.records.audit import standing
from petitbleu.desk.records.vault import service as vault
from petitbleu.desk.reference.directory import service as directory
from petitbleu.desk.reference.directory.service import AuthorityRow
from petitbleu.desk.reference.law import kinds
from petitbleu.desk.staffing.approvals import service as approvals
from petitbleu.desk.staffing.staff.service import Signed
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Reader, Tx

KINDS = frozenset(kinds.select(lambda one: one.disclosure))
"""Kinds of cases under which data can be given (an information order, a requisition, a threat)."""
EMERGENCY = frozenset(kinds.select(lambda one: one.emergency_disclosure))
PORTAL_SECONDS = 14 * 86_400
TRANSMITTED = frozenset(kinds.clocks_ended_by("transmitted"))
"""Clocks that end when the authority has taken the archive: it has the data, and knows it."""
_encode = msgspec.msgpack.Encoder().encode


class Handed(NamedTuple):
    """What the portal gives out, once."""

    name: str
    data: bytes
    sha: bytes


# ── what the case must say first ────────────────────────────────────────────────────────────────


async def record_callback(app: App, case: int, by: Signed, *, spoke_with: str) -> None:
    """The number of the directory was called back and the order confirmed. Raises Refused.

    The number is that of our directory, never of the letter; without one there is nothing to call.
    """
    state = await load_case(app, case)
    domain = state.authority.domain if state.authority is not None else ""
    entry = await directory.authority(app.store, domain) if domain else None
    if entry is None or not entry.phone:
        raise Refused("no_number")
    if not spoke_with.strip():
        raise Refused("spoke_with")
    now = int(app.clock.now())
    fact = {"number": entry.phone, "with": spoke_with, "by": by.staff.actor, "at": now}
    event = cases.make_event(shapes.Fact(facts={"called_back": fact}))
    await app.store.write(cases.append, app, case, by.staff.actor, event)


async def record_order(
    app: App, case: int, by: Signed, *, issuer: str, court: bool, secret_until: str = ""
) -> None:
    """Who issued the order, as read by a person: a judge or court, or another authority.

    ``secret_until``: last day (ISO) on which the order forbids telling the person; it replaces what
    was found in the letter. Raises Refused.
    """
    if not issuer.strip():
        raise Refused("issuer")
    fact = {"issuer": issuer, "judge": court, "by": by.staff.actor, "at": int(app.clock.now())}
    facts: dict[str, Any] = {"order": fact}
    if secret_until:
        try:
            until = datetime.date.fromisoformat(secret_until).isoformat()
        except ValueError:
            raise Refused("date", given=secret_until[:40]) from None
        facts["confidentiality"] = {"until": until, "words": by.staff.actor}
    event = CaseEvent("fact", facts)
    await app.store.write(cases.append, app, case, by.staff.actor, event)


async def check(app: App, plan: Plan) -> None:
    """Raises Refused where the plan cannot be proposed."""
    state = await load_case(app, plan.case)
    if state.kind not in KINDS:
        raise Refused("kind")
    law = kinds.record(state.kind)
    if not plan.fields:
        raise Refused("no_fields")
    unknown = [name for name in plan.fields if name not in FIELDS]
    if unknown:
        raise Refused("field", name=unknown[0])
    if len(set(plan.fields)) != len(plan.fields):
        raise Refused("twice")
    if not plan.since < plan.until:
        raise Refused("period")
    if not plan.minimised.strip():
        raise Refused("minimised")
    order = state.facts.get("order") or {}
    asked = classes(plan.fields)
    if asked & JUDGE_NEEDED and not order.get("judge"):
        raise Refused("judge")
    if plan.emergency:
        if state.kind not in EMERGENCY:
            raise Refused("no_emergency")
        if asked - set(law.emergency_disclosure):
            raise Refused("content")
        if not state.facts.get("called_back"):
            raise Refused("call_back")
    if await accounts.get(app, plan.account) is None:
        raise Refused("no_account")
    await keys.check(app, state, plan)


# ── two people ──────────────────────────────────────────────────────────────────────────────────


async def propose(app: App, plan: Plan, by: Signed, *, verdict: str = "") -> DisclosureRow:
    """The first person signs the plan; a second is asked. Raises Refused, secrecy.Refused,
    ``seconds.NotYou``.
    """
    await check(app, plan)
    for problem in secrecy.check(app, await load_case(app, plan.case), telling(plan)):
        raise problem.refused
    entry = await keys.check(app, await load_case(app, plan.case), plan)
    number = await app.store.write(_propose, app, plan, by, verdict, entry)
    row = await app.store.row(q.GET, id=number)
    assert row is not None
    return row


async def _propose(
    tx: Tx, app: App, plan: Plan, by: Signed, verdict: str, entry: AuthorityRow
) -> int:
    digest = plan.digest()
    subject = case_numbers.text(plan.case)
    request = await approvals.ask(
        tx,
        app,
        kind=_kind(plan),
        subject=subject,
        digest=digest,
        by=by,
        shown=msgspec.to_builtins(plan)
        | {"key_of": f"{entry.name} ({entry.domain})", "key_called": entry.key_phone},
        verdict=verdict,
        emergency=plan.emergency,
    )
    inserted = await tx.row(
        q.INSERT,
        number=plan.case,
        plan=_encode(plan),
        digest=digest,
        emergency=int(plan.emergency),
        request=request,
        first=by.staff.actor,
        at=int(app.clock.now()),
    )
    assert inserted is not None
    data = shapes.Disclosure(id=inserted.id, what="proposed", fields=list(plan.fields))
    events = [cases.make_event(data), cases.make_event(shapes.State(state=_WAITS))]
    state = await cases.get(tx, plan.case)
    if state is not None and plan.tell:
        # A “yes” of one person lets nobody be told: the second signs it with the plan.
        events += secrecy.events(app, state, telling(plan), by.staff.actor)
    await audit.note_row(tx, app, _ROW, inserted.id)
    await cases.append(tx, app, plan.case, by.staff.actor, *events)
    return inserted.id


def _kind(plan: Plan) -> str:
    return "disclosure.emergency" if plan.emergency else "disclosure"


_WAITS = "awaiting_second"
_ROW = "disclosure"
"""As the log names a row (``audit/records.py``)."""


@approvals.declined("disclosure", "disclosure.emergency")
async def _declined(tx: Tx, app: App, request: approvals.Request) -> None:
    """Nobody agreed: the plan is over, and the case is where it was before. What an emergency gave
    already stays given.
    """
    refused = request.state == "refused"
    case, end = case_numbers.parse(request.subject) or 0, "refused" if refused else "unanswered"
    row = await tx.row(q.REFUSED, number=case, request=request.id, state=end)
    state = await cases.get(tx, case)
    if row is None or state is None:
        return
    events = [cases.make_event(shapes.Disclosure(id=row.id, what=end))]
    if state.state == _WAITS and await tx.row(q.PROPOSED, number=case) is None:
        before = await cases.before(tx, case, _WAITS)
        events.append(cases.make_event(shapes.State(state=before)))
    actor = f"staff:{request.second}" if refused else "system"
    await audit.note_row(tx, app, _ROW, row.id)
    await cases.append(tx, app, case, actor, *events)


@approvals.agreed_to("disclosure", "disclosure.emergency")
async def _agreed(tx: Tx, app: App, request: approvals.Request) -> None:
    """A second person signed: it waits to be made, and the case is where it was before. Until the
    agreement runs out the ladder reminds of it. What an emergency gave already stays given.
    """
    case, now = case_numbers.parse(request.subject) or 0, int(app.clock.now())
    second = f"staff:{request.second}"
    rows = await tx.rows(q.AGREED, number=case, request=request.id, second=second, at=now)
    state = await cases.get(tx, case)
    if not rows or state is None:
        return
    until = now + approvals.KINDS[request.kind].seconds
    events = [
        cases.make_event(shapes.Disclosure(id=row.id, what="agreed", second=second, until=until))
        for row in rows
    ]
    for row in rows:
        plan = await tx.row(q.GET, id=row.id)
        if plan is not None and secrecy.lacks_second(app, state):
            events += _told_by_two(app, state, plan, second)
    if state.state == _WAITS and await tx.row(q.PROPOSED, number=case) is None:
        before = await cases.before(tx, case, _WAITS)
        events.append(cases.make_event(shapes.State(state=before)))
    for row in rows:
        await audit.note_row(tx, app, _ROW, row.id)
    await cases.append(tx, app, case, second, *events)


def _told_by_two(app: App, state: CaseState, row: DisclosureRow, second: str) -> list[CaseEvent]:
    """The answer to the question whether the person may be told, where it is the plan's: both have
    signed it.
    """
    plan, said = plan_of(row), state.telling
    same = said is not None and (said.answer, said.until, said.permission, said.by, said.stale) == (
        *(plan.tell, plan.tell_until, plan.tell_permission.strip(), row.first),
        False,
    )
    return secrecy.events(app, state, telling(plan), row.first, second) if same else []


async def withdraw(app: App, disclosure: int, by: str, reason: str) -> None:
    """Give up a disclosure that was not made, though it was agreed to. Raises Refused."""
    if not reason.strip():
        raise Refused("why")
    await app.store.write(_withdraw, app, disclosure, by, reason.strip()[:2000])


async def _withdraw(tx: Tx, app: App, disclosure: int, by: str, reason: str) -> None:
    row = await tx.row(q.GET, id=disclosure)
    if row is None or row.state not in ("proposed", "agreed"):
        raise Refused("withdrawn")
    request = await approvals.get(tx, row.request)
    if row.state == "proposed" and request is not None and request.state < approvals.AGREED:
        raise Refused("asked")
    if not await tx.run(q.WITHDRAW, id=row.id, state=row.state):
        raise Refused("faster")
    events = [cases.make_event(shapes.Disclosure(id=row.id, what="withdrawn", reason=reason))]
    state = await cases.get(tx, row.number)
    if state is not None and state.state == _WAITS and not await _asked(tx, row.number):
        events.append(
            cases.make_event(shapes.State(state=await cases.before(tx, row.number, _WAITS)))
        )
    await audit.note_row(tx, app, _ROW, row.id)
    await cases.append(tx, app, row.number, by, *events)


async def _asked(tx: Tx, case: int) -> bool:
    return await tx.row(q.PROPOSED, number=case) is not None


async def not_made(reader: Reader, case: int) -> list[DisclosureRow]:
    """Disclosures of a case that wait for a signature, or to be made: it does not close before."""
    return await reader.rows(q.NOT_MADE, number=case)


async def agreed_ones(reader: Reader) -> list[DisclosureRow]:
    """All that two people agreed to and nobody has made, oldest first."""
    return await reader.rows(q.AGREED_ONES)


def usable_until(row: DisclosureRow) -> int:
    """Until when an agreement can be used (Unix seconds); 0: nobody has agreed."""
    kind = "disclosure.emergency" if row.emergency else "disclosure"
    return row.agreed_at + approvals.KINDS[kind].seconds if row.agreed_at else 0


# ── making ──────────────────────────────────────────────────────────────────────────────────────


async def make(app: App, disclosure: int, by: str) -> str:
    """Produce what was agreed to; the secret of the portal's address, which is kept nowhere.

    Raises Refused, ``seconds.NotAgreed`` where the second person has not signed (an emergency may
    go first, its second has 24 hours).
    """
    standing.require(app)
    row = await app.store.row(q.GET, id=disclosure)
    if row is None or row.state not in ("proposed", "agreed"):
        raise Refused("made")
    plan = msgspec.msgpack.decode(row.plan, type=Plan)
    await check(app, plan)  # what the case says may have changed since
    if not row.begun:
        await app.store.write(_begin, app, row, plan)
    why = Why(by, plan.case, f"disclosure {disclosure}: {plan.minimised}")
    records = await making.read(
        app,
        why,
        account=plan.account,
        fields=plan.fields,
        since=plan.since,
        until=plan.until,
        disclosure=disclosure,
    )
    package = await asyncio.to_thread(making.pack, records, _about(app, row, plan), plan.key)
    secret = base64.urlsafe_b64encode(app.random(24)).decode("ascii")
    await app.store.write(_made, app, row, package, secret, by)
    return secret


def _about(app: App, row: DisclosureRow, plan: Plan) -> dict[str, Any]:
    return {
        "case": case_numbers.text(plan.case),
        "disclosure": row.id,
        "operator": app.config.name,
        "account": plan.account,
        "fields": list(plan.fields),
        "since": plan.since,
        "until": plan.until,
        "plan_sha256": row.digest.hex(),
        "made_at": int(app.clock.now()),
    }


async def _begin(tx: Tx, app: App, row: DisclosureRow, plan: Plan) -> None:
    agreed = await approvals.require(tx, app, _kind(plan), row.digest)
    if not await tx.run(q.BEGIN, id=row.id, second=agreed.second or ""):
        raise Refused("faster")
    data = shapes.Disclosure(id=row.id, what="begun", second=agreed.second or "")
    await audit.note_row(tx, app, _ROW, row.id)
    await cases.append(tx, app, row.number, agreed.first, cases.make_event(data))


async def _made(
    tx: Tx, app: App, row: DisclosureRow, made: making.Made, secret: str, by: str
) -> None:
    now = int(app.clock.now())
    done = await tx.run(
        q.MADE,
        id=row.id,
        at=now,
        sha=await vault.put(tx, app, made.encrypted),
        plain_sha=made.plain_sha,
        manifest=made.manifest,
        token=_digest(secret),
        expires_at=now + PORTAL_SECONDS,
    )
    if not done:
        raise Refused("faster")
    data = shapes.Disclosure(id=row.id, what="made", sha256=made.plain_sha.hex())
    events = [
        cases.make_event(data),
        cases.make_event(shapes.State(state="awaiting_authority")),
    ]
    await audit.note_row(tx, app, _ROW, row.id)
    state = await cases.append(tx, app, row.number, by, *events)
    await notices.to_authority(tx, app, state, secret, made.plain_sha)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


# ── handing over ────────────────────────────────────────────────────────────────────────────────


async def waiting(app: App, secret: str) -> DisclosureRow | None:
    """The disclosure behind a portal address; None where there is none, or it was fetched."""
    row = await app.store.row(q.BY_TOKEN, token=_digest(secret))
    if standing.held(app) is not None:
        return None
    if row is None or row.state != "made" or (row.expires_at or 0) <= app.clock.now():
        return None
    return row


async def fetch(app: App, secret: str, ip: str) -> Handed | None:
    """Hand the archive over, once; None where there is nothing to hand over."""
    row = await waiting(app, secret)
    if row is None or row.sha is None:
        return None
    data = await vault.get(app, row.sha)
    if not await app.store.write(_fetched, app, row, ip):
        return None
    name = f"{case_numbers.text(row.number)}-{row.id}.zip.age"
    return Handed(name, data, row.sha)


async def _fetched(tx: Tx, app: App, row: DisclosureRow, ip: str) -> bool:
    now = int(app.clock.now())
    if not await tx.run(q.FETCHED, id=row.id, at=now, ip=ip):
        return False
    data = shapes.Disclosure(id=row.id, what="fetched", fetched_from=ip)
    before = await cases.get(tx, row.number)
    assert before is not None
    open_clocks = [clock.id for clock in cases.clocks(app, before) if clock.done is None]
    events = [
        cases.make_event(data),
        cases.make_event(shapes.Moment(event="effect given", at=now)),
        cases.make_event(shapes.State(state="review")),
        *(
            cases.make_event(shapes.ClockDone(clock=clock, at=now))
            for clock in open_clocks
            if clock in TRANSMITTED
        ),
    ]
    if before.telling is None:  # nobody was asked: somebody is to look at it
        events += secrecy.events(app, before, secrecy.Answer(), "system")
    await audit.note_row(tx, app, _ROW, row.id)
    state = await cases.append(tx, app, row.number, "sender", *events)
    await notices.plan_person(tx, app, state, row.id)
    return True


async def expire(app: App) -> int:
    """Close portals whose time is over; how many."""
    rows = [row for row in await open_ones(app, 1000) if row.state == "made"]
    late = [row for row in rows if (row.expires_at or 0) <= app.clock.now()]
    for row in late:
        await app.store.write(_expire, app, row)
    return len(late)


async def _expire(tx: Tx, app: App, row: DisclosureRow) -> None:
    if await tx.run(q.EXPIRE, id=row.id):
        data = shapes.Disclosure(id=row.id, what="expired")
        events = [cases.make_event(data), cases.make_event(shapes.State(state="review"))]
        await audit.note_row(tx, app, _ROW, row.id)
        await cases.append(tx, app, row.number, "system", *events)


async def get(reader: Reader, disclosure: int) -> DisclosureRow | None:
    """One disclosure."""
    return await reader.row(q.GET, id=disclosure)


async def of_case(reader: Reader, case: int) -> list[DisclosureRow]:
    """The disclosures of a case, oldest first."""
    return await reader.rows(q.OF_CASE, number=case)


async def open_ones(app: App, limit: int = 100) -> list[DisclosureRow]:
    """Disclosures that wait for somebody, newest first."""
    return await app.store.rows(q.OPEN, limit=limit)
