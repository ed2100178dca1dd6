"""Placing, renewing and ending holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

import msgspec

from petitbleu import jobs
from petitbleu.app import App
from petitbleu.catalogues import Catalogue
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent, CaseState
from petitbleu.desk.orders.holds import queries as q
from petitbleu.desk.orders.holds.queries import HoldRow as HoldRow
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.records.vault import service as vault
from petitbleu.desk.reference.law import kinds
from petitbleu.desk.staffing.approvals import service as approvals
from petitbleu.domain.access.devices import service as devices
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import copies, holds
from petitbleu.jobs import Job
from petitbleu.refusals import Refusal, Sentences
from petitbleu.store.api import Reader, Tx

SCOPES = ("messages", "account", "chat")
ENDING = "hold.end"
"""The kind of the question put to a second person before a hold ends early."""
MAX_HOLD_SECONDS = 400 * 86_400
"""Seconds: no hold is placed for longer at once; the law knows none (a year at most)."""
_GRACE = 86_400
_SIGN_INS = 10_000

_encode = msgspec.msgpack.Encoder().encode


PRESERVED = frozenset(kinds.clocks_ended_by("held"))
"""Clocks that end when something is held (Regulation (EU) 2023/1543 Articles 10(1), 11(1))."""
EXTENDED = frozenset(kinds.clocks_ended_by("extended"))
"""Those that end when it is held for longer."""
RELEASED = frozenset(kinds.clocks_ended_by("released"))
"""Those that end when it is held no more."""


class EndHold(Job, tag="desk.hold_end", frozen=True):
    """A hold ends at its date."""

    id: int


class Refused(Refusal):
    """The hold cannot be placed or changed; one sentence says why."""

    SAID: ClassVar[Sentences] = Catalogue("desk", "refusals.holds")


class What(NamedTuple):
    """What is to be kept: messages of a box (``owner``), or all of an account or chat."""

    scope: str
    subject: int
    messages: tuple[int, ...] = ()
    owner: int = 0


async def place(app: App, case: int, what: What, *, until: int, reason: str, by: str) -> HoldRow:
    """Keep it from now on until ``until`` (Unix seconds). Raises Refused."""
    now = int(app.clock.now())
    if what.scope not in SCOPES:
        raise Refused("scope", scopes=", ".join(SCOPES))
    if not now < until <= now + MAX_HOLD_SECONDS:
        raise Refused("end")
    if not reason.strip():
        raise Refused("reason")
    rows, snapshot = await _snapshot(app, what, now)
    number = await app.store.write(_place, app, case, what, rows, snapshot, until, reason, by)
    row = await app.store.row(q.GET, id=number)
    assert row is not None
    return row


async def _snapshot(app: App, what: What, now: int) -> tuple[list[MessageRow], bytes]:
    """What the objects are at this moment, as bytes for the vault."""
    if what.scope == "messages":
        rows = await messages.moderation_access.rows(
            app.store, what.owner or what.subject, what.messages
        )
        if not rows:
            raise Refused("no_messages")
        people = await accounts.get_many(app, {row.sender for row in rows if row.sender > 0})
        copy = copies.copy(at=now, people=people.values(), messages=rows)
        return rows, _encode(copy)
    if what.scope == "chat":
        chat = await chats.get(app, what.subject)
        if chat is None:
            raise Refused("no_chat")
        return [], _encode(copies.copy(at=now, chat=chat))
    person = await accounts.get(app, what.subject)
    if person is None:
        raise Refused("no_account")
    copy = copies.copy(at=now, people=[person], more=await particulars(app, what.subject))
    return [], _encode(copy)


async def particulars(app: App, account: int) -> dict[str, Any]:
    """What is known of an account besides its name: devices and sign-ins."""
    signed = await devices.sign_ins(app, account, _SIGN_INS)
    return {
        "devices": [
            {name: value for name, value in row._asdict().items() if name != "settings"}
            for row in await devices.devices(app, account)
        ],
        "sign_ins": [row._asdict() for row in signed],
    }


async def _place(
    tx: Tx,
    app: App,
    case: int,
    what: What,
    rows: Sequence[MessageRow],
    snapshot: bytes,
    until: int,
    reason: str,
    by: str,
) -> int:
    now = int(app.clock.now())
    # A number of its own: ending this hold must not end what else the case keeps.
    release = await case_numbers.take(tx, app.config, now)
    inserted = await tx.row(
        q.INSERT,
        number=case,
        release=release,
        scope=what.scope,
        subject=what.subject,
        messages=_encode([row.id for row in rows]),
        reason=reason,
        by=by,
        at=now,
        until=until,
        sha=await vault.put(tx, app, snapshot),
    )
    assert inserted is not None
    await _keep(tx, what.scope, what.subject, rows, release, until)
    await jobs.schedule(tx, EndHold(id=inserted.id), due=until, key=str(inserted.id))
    data = shapes.Hold(id=inserted.id, what="placed", scope=what.scope, until=until)
    kept = await _over(tx, app, case, PRESERVED, now)
    await audit.note_row(tx, app, "hold", inserted.id)
    await cases.append(tx, app, case, by, cases.make_event(data), *kept)
    return inserted.id


async def _over(tx: Tx, app: App, case: int, clocks: frozenset[str], now: int) -> list[CaseEvent]:
    """Those of ``clocks`` that run on the case, as done."""
    state = await cases.get(tx, case)
    assert state is not None
    return [
        cases.make_event(shapes.ClockDone(clock=clock.id, at=now))
        for clock in cases.clocks(app, state)
        if clock.id in clocks and clock.done is None and clock.started
    ]


async def _keep(
    tx: Tx, scope: str, subject: int, rows: Sequence[MessageRow], release: int, until: int
) -> None:
    """Tell the erasers. A day beyond the end, so that an extension that arrives late finds all."""
    if scope == "messages":
        await holds.hold(tx, release, rows, until + _GRACE)
    else:
        await holds.hold_all(tx, release, subject, until + _GRACE)


@cases.on_change
async def _ordered(tx: Tx, app: App, state: CaseState, events: tuple[CaseEvent, ...]) -> None:
    """A decision says that what it removed is to be kept: it is, from the same commit on.

    The snapshot is the sealed copy of each measure.
    """
    now = int(app.clock.now())
    for event in events:
        if event.kind != "hold" or "measures" not in event.data:
            continue
        for measure in event.data["measures"]:
            release = await case_numbers.take(tx, app.config, now)
            inserted = await tx.row(
                q.INSERT,
                number=state.number,
                release=release,
                scope="measure",
                subject=measure,
                messages=_encode([]),
                reason=event.data["ground"],
                by="system",
                at=now,
                until=event.data["until"],
                sha=b"",
            )
            assert inserted is not None
            await audit.note_row(tx, app, "hold", inserted.id)
            until = event.data["until"]
            await holds.also(tx, measure, release, until + _GRACE)
            await jobs.schedule(tx, EndHold(id=inserted.id), due=until, key=str(inserted.id))


async def renew(app: App, hold: int, *, until: int, reason: str, by: str) -> HoldRow:
    """Keep it longer. Raises Refused."""
    row = await app.store.row(q.GET, id=hold)
    now = int(app.clock.now())
    if row is None or row.ended_at is not None:
        raise Refused("over")
    if not row.until < until <= now + MAX_HOLD_SECONDS:
        raise Refused("renewal")
    await app.store.write(_renew, app, hold, until, reason, by)
    renewed = await app.store.row(q.GET, id=hold)
    assert renewed is not None
    return renewed


async def _renew(tx: Tx, app: App, hold: int, until: int, reason: str, by: str) -> None:
    row = await tx.row(q.LOCK, id=hold)
    assert row is not None
    if row.ended_at is not None or row.until >= until:
        return
    await tx.run(q.RENEW, id=row.id, until=until)
    await holds.extend(tx, row.release, until + _GRACE)
    await jobs.schedule(tx, EndHold(id=row.id), due=until, key=str(row.id))
    data = shapes.Hold(id=row.id, what="renewed", until=until, reason=reason)
    over = await _over(tx, app, row.number, EXTENDED, int(app.clock.now()))
    await audit.note_row(tx, app, "hold", row.id)
    await cases.append(tx, app, row.number, by, cases.make_event(data), *over)


def ending_digest(hold: int, reason: str) -> bytes:
    """What two people sign to end a hold before its date."""
    return bytes.fromhex(audit.digest(["hold.end", hold, reason]))


async def end_early(app: App, hold: int, *, reason: str, by: str) -> bool:
    """End a hold that two people agreed to end. Raises ``seconds.NotAgreed``, Refused."""
    row = await app.store.row(q.GET, id=hold)
    if row is None:
        raise Refused("none")
    return await app.store.write(_end, app, hold, by, reason, True)


async def end_by_date(app: App, hold: int) -> int | None:
    """The job: its date has come. When to look again, where it was renewed meanwhile."""
    row = await app.store.row(q.GET, id=hold)
    if row is None or row.ended_at is not None:
        return None
    if row.until > app.clock.now():
        return row.until
    await app.store.write(_end, app, hold, "system", "", False)
    return None


async def _end(tx: Tx, app: App, hold: int, by: str, reason: str, early: bool) -> bool:
    row = await tx.row(q.LOCK, id=hold)
    assert row is not None
    now = int(app.clock.now())
    if row.ended_at is not None:
        return False
    if early:
        await approvals.require(tx, app, ENDING, ending_digest(hold, reason))
    elif row.until > now:
        return False
    await tx.run(q.END, id=hold, at=now, by=by, why=reason)
    await holds.release(tx, row.release)
    await jobs.unschedule(tx, EndHold, str(hold))
    data = shapes.Hold(id=hold, what="ended", early=early, reason=reason)
    kept = [one for one in await tx.rows(q.OF_CASE, number=row.number) if one.ended_at is None]
    over = [] if kept else await _over(tx, app, row.number, RELEASED, now)
    await audit.note_row(tx, app, "hold", hold)
    await cases.append(tx, app, row.number, by, cases.make_event(data), *over)
    return True


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


async def get(reader: Reader, hold: int) -> HoldRow | None:
    """One hold."""
    return await reader.row(q.GET, id=hold)


async def of_case(reader: Reader, case: int) -> list[HoldRow]:
    """The holds of a case, oldest first."""
    return await reader.rows(q.OF_CASE, number=case)


async def in_force(app: App, *, after: int = 0, limit: int = 100) -> list[HoldRow]:
    """Holds in force, the next to end first."""
    return await app.store.rows(q.IN_FORCE, after=after, limit=limit)
