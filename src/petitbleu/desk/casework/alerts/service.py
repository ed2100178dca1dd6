"""Alarms: planned with every change of a case, rung at their instants, heard by somebody.

One job row for each case (``desk.alarm``, key = number) holds the next instant; it is written in
the transaction of the change, so no crash loses it. A rung rings once. Until somebody acknowledges
it (opening the case is enough), the next level is told after :data:`ladder.PATIENCE`; the clock
itself stops for nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar
from urllib.parse import urlsplit

from petitbleu import jobs, keyring, webpush
from petitbleu.app import App, Part
from petitbleu.catalogues import Catalogue
from petitbleu.desk.casework.alerts import ladder, recipients
from petitbleu.desk.casework.alerts import queries as q
from petitbleu.desk.casework.alerts.ladder import Rung
from petitbleu.desk.casework.alerts.queries import AlertRow
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent, CaseState
from petitbleu.desk.records.audit import service as audit
from petitbleu.jobs import Job
from petitbleu.metrics import counter
from petitbleu.refusals import Refusal, Sentences
from petitbleu.store.api import Reader, Tx

_POOL_SECONDS = 900
"""Alarms of ordinary cases leave together, every quarter of an hour."""
_MORNING_SECONDS = 7200
_SILENT = {"note", "letter", "inbound", "receipt", "second", "second.marked", "report"}
"""Events after which no clock and no alarm is other than before."""

RAISED = counter("desk_alarms_total", "Alarms raised, by level", "level")
UNHEARD = counter("desk_alarms_to_nobody_total", "Alarms that had nobody to go to")


class Ring(Job, tag="desk.alarm", frozen=True):
    """One case at its instant."""

    number: int


class SendNotices(Job, tag="desk.notices", frozen=True):
    """What waits to be sent goes."""


class Refused(Refusal):
    """A browser cannot be registered; one sentence says why."""

    SAID: ClassVar[Sentences] = Catalogue("desk", "refusals.alerts")


# ── planning ────────────────────────────────────────────────────────────────────────────────────


@cases.on_change
async def changed(tx: Tx, app: App, state: CaseState, events: tuple[CaseEvent, ...]) -> None:
    """Called inside every transaction that adds events to a case."""
    kinds = {event.kind for event in events}
    if kinds <= _SILENT:
        return
    if "looked" in kinds or "decided" in kinds:
        await tx.run(q.HEAR, number=state.number, at=int(app.clock.now()), by="opened")
    rows = [] if state.seq == len(events) else await tx.rows(q.OF_CASE, number=state.number)
    await _plan(tx, app, state, rows)


async def plan(tx: Tx, app: App, state: CaseState) -> int | None:
    """Write down when the case rings next; that instant, None where it never does."""
    return await _plan(tx, app, state, await tx.rows(q.OF_CASE, number=state.number))


async def _plan(tx: Tx, app: App, state: CaseState, rows: Sequence[AlertRow]) -> int | None:
    await _end(tx, app, state, rows)
    due = _next(app, state, rows)
    if due is None:
        await jobs.unschedule(tx, Ring, str(state.number))
    else:
        await jobs.schedule(tx, Ring(number=state.number), due=due, key=str(state.number))
    return due


def _wanted(app: App, state: CaseState) -> list[Rung]:
    if state.closed_at is not None:
        return ladder.secret_rungs(_review(state))
    rungs = ladder.rungs(
        opened_at=state.opened_at,
        urgency=state.urgency,
        looked=state.looked_at is not None,
        clocks=cases.clocks(app, state),
        waits=state.waits,
        review=_review(state),
        rings=state.rings,
    )
    if not state.rings_with:
        return rungs
    return [rung for rung in rungs if not ladder.is_about_danger(rung)]


def _review(state: CaseState) -> int:
    return state.telling.review if state.telling is not None else 0


def _next(app: App, state: CaseState, rows: Sequence[AlertRow]) -> int | None:
    taken = {row.step for row in rows}
    waiting = [rung.at for rung in _wanted(app, state) if rung.key not in taken]
    waiting += [
        row.next_at
        for row in rows
        if row.next_at is not None
        and _rings(row)
        and (state.closed_at is None or row.what == ladder.SECRET)
    ]
    return min(waiting, default=None)


def _rings(row: AlertRow) -> bool:
    return row.heard_at is None and row.ended_at is None


async def _end(tx: Tx, app: App, state: CaseState, rows: Sequence[AlertRow]) -> None:
    """What is done or closed rings no more."""
    for row in rows:
        if row.what == ladder.SECRET:
            over = _review(state) != row.due
        else:
            over = state.closed_at is not None or row.clock in state.done
            over = over or (row.what == ladder.WAITS and row.clock not in state.waits)
        if over and row.ended_at is None:
            await tx.run(q.END, id=row.id, at=int(app.clock.now()))


# ── ringing ─────────────────────────────────────────────────────────────────────────────────────


async def ring(app: App, number: int) -> int | None:
    """Raise what is due on a case and tell who is next; the next instant of the case."""
    return await app.store.write(_ring, app, number)


async def _ring(tx: Tx, app: App, number: int) -> int | None:
    # Else a change that commits meanwhile would have its next alarm overwritten by this one's.
    state = await cases.lock(tx, number)
    if state is None:
        return None
    now = int(app.clock.now())
    rows = await tx.rows(q.OF_CASE, number=number)
    taken = {row.step for row in rows}
    due = [rung for rung in _wanted(app, state) if rung.at <= now and rung.key not in taken]
    case = recipients.Case(state.kind, state.owner, state.urgency)
    if due:
        # Rungs that are due together (a letter that came late) ring once, as high as the highest.
        loudest = max(due, key=lambda rung: (rung.level, rung.clock != "", -(rung.due or 0)))
        at_once = any(rung.what in (ladder.AT_ONCE, ladder.DANGER) for rung in due)
        await _raise(tx, app, case, number, loudest, at_once=at_once)
        for rung in due:
            if rung is not loudest:
                await _record(tx, case, number, rung, at=now, next_at=None, ended_at=now)
        rows = await tx.rows(q.OF_CASE, number=number)
    for row in rows:
        if row.next_at is not None and row.next_at <= now and _rings(row):
            await _climb(tx, app, case, row)
    return await plan(tx, app, state)


async def _record(
    tx: Tx,
    case: recipients.Case,
    number: int,
    rung: Rung,
    *,
    at: int,
    next_at: int | None,
    ended_at: int | None,
) -> int | None:
    """The row of a rung; its id, None where it has rung already."""
    row = await tx.row(
        q.RAISE,
        number=number,
        step=rung.key,
        clock=rung.clock,
        what=rung.what,
        urgency=case.urgency,
        level=rung.level,
        due=rung.due,
        at=at,
        next_at=next_at,
        ended_at=ended_at,
    )
    return None if row is None else row.id


async def _raise(
    tx: Tx, app: App, case: recipients.Case, number: int, rung: Rung, *, at_once: bool
) -> None:
    now = int(app.clock.now())
    alert = await _record(tx, case, number, rung, at=now, next_at=None, ended_at=None)
    if alert is None:
        return
    leaves = _leaves(app, case, rung.due, at_once=at_once)
    reached = await _tell(tx, app, case, alert, rung.level, leaves)
    # An earlier alarm that reached no higher is told to nobody else: this one has taken over.
    await tx.run(q.SUPERSEDE, number=number, level=reached, id=alert)
    await tx.run(q.CLIMB, id=alert, level=reached, next_at=_patience(app, case, reached))


def _patience(app: App, case: recipients.Case, reached: int) -> int | None:
    """When the level above ``reached`` is told, if nobody acknowledges; None: never."""
    seconds = ladder.PATIENCE.get(case.urgency)
    if seconds is None or reached >= ladder.DIRECTOR:
        return None
    return int(app.clock.now()) + seconds


async def _climb(tx: Tx, app: App, case: recipients.Case, row: AlertRow) -> None:
    """Nobody acknowledged: the next level."""
    leaves = _leaves(app, case, row.due, at_once=False)
    reached = await _tell(tx, app, case, row.id, row.level + 1, leaves)
    again = _patience(app, case, reached) if reached > row.level else None
    await tx.run(q.CLIMB, id=row.id, level=max(reached, row.level), next_at=again)


def _leaves(app: App, case: recipients.Case, due: int | None, *, at_once: bool) -> int:
    """When mail and push about a clock that ends at ``due`` may leave."""
    now = int(app.clock.now())
    if case.urgency == ladder.CRITICAL or at_once:
        return now
    if case.urgency > ladder.HIGH:
        return ladder.after_quiet(now - now % _POOL_SECONDS + _POOL_SECONDS, _quiet(app))
    morning = ladder.after_quiet(now, _quiet(app))
    # An urgent clock that ends before anybody would read of it in the morning does not wait.
    return now if due is not None and due < morning + _MORNING_SECONDS else morning


async def _tell(
    tx: Tx, app: App, case: recipients.Case, alert: int, level: int, leaves: int
) -> int:
    """Queue the notices of one level; the level that was really told."""
    reached, addressees = await recipients.of_level(tx, app, case, level)
    now = int(app.clock.now())
    if not addressees:
        UNHEARD.add()
        app.log.info("desk.alarm_to_nobody", alert=alert)
        return reached
    RAISED.add(ladder.LEVELS[reached])
    moments = set()
    for addressee in addressees:
        moment = now if addressee.way == recipients.WEBHOOK else leaves
        moments.add(moment)
        await tx.run(
            q.NOTE,
            alert=alert,
            level=reached,
            way=addressee.way,
            recipient=addressee.to,
            language=addressee.language,
            pooled=int(case.urgency > ladder.HIGH),
            next_at=moment,
        )
    for moment in moments:
        await jobs.schedule(tx, SendNotices(), due=moment, key=f"at {moment}")
    return reached


def _quiet(app: App) -> ladder.Hours:
    return ladder.quiet(app.config.desk.quiet_hours, app.config.timezone)


# ── alarms of the desk itself ───────────────────────────────────────────────────────────────────


async def trouble(
    tx: Tx,
    app: App,
    name: str,
    what: str,
    *,
    level: int = ladder.ON_CALL,
    also_director: bool = False,
    again: int = 86_400,
) -> bool:
    """Alarm about the desk itself (a canary is lost, nobody has come in); whether it rang.

    ``name`` names the trouble: it rings again after ``again`` seconds while it lasts, and at once
    when it comes back after :func:`settled`. ``what``: a text of ``texts.py``, or words without
    content and names.
    """
    now = int(app.clock.now())
    row = await tx.row(q.BY_STEP, number=0, step=name)
    if row is not None and row.ended_at is None and row.raised_at + again > now:
        return False
    case = recipients.Case("", 0, ladder.HIGH)
    if row is None:
        rung = Rung(now, name, "", what, level, None)
        alert = await _record(tx, case, 0, rung, at=now, next_at=None, ended_at=None)
    else:
        alert = row.id
        await tx.run(q.REOPEN, id=alert, at=now, what=what, next_at=None, level=level)
        await tx.run(q.DROP_NOTICES, alert=alert)
    assert alert is not None
    reached = await _tell(tx, app, case, alert, level, now)
    await tx.run(q.CLIMB, id=alert, level=reached, next_at=_patience(app, case, reached))
    if also_director:
        await _tell(tx, app, case, alert, ladder.DIRECTOR, now)
    await audit.append(tx, app, "system", "alarm.desk", name)
    return True


async def settled(tx: Tx, app: App, name: str) -> None:
    """The trouble is over."""
    row = await tx.row(q.BY_STEP, number=0, step=name)
    if row is not None and row.ended_at is None:
        await tx.run(q.END, id=row.id, at=int(app.clock.now()))


async def climb_troubles(app: App) -> None:
    """Troubles that nobody acknowledged go to the next level."""
    await app.store.write(_climb_troubles, app)


async def _climb_troubles(tx: Tx, app: App) -> None:
    case = recipients.Case("", 0, ladder.HIGH)
    for row in await tx.rows(q.OF_CASE, number=0):
        if row.next_at is not None and row.next_at <= app.clock.now() and _rings(row):
            await _climb(tx, app, case, row)


# ── hearing ─────────────────────────────────────────────────────────────────────────────────────


async def acknowledge(tx: Tx, app: App, number: int, actor: str) -> int:
    """Somebody has heard what rings on the case (0: of the desk itself); how many alarms stopped.

    The deadline runs again, and its next rung rings again.
    """
    now = int(app.clock.now())
    count = await tx.run(q.HEAR, number=number, at=now, by=actor)
    if not count:
        return 0
    if number:
        await cases.append(
            tx, app, number, actor, cases.make_event(shapes.AlarmHeard(alarms=count))
        )
    else:
        await audit.append(tx, app, actor, "alarm.heard", "desk", {"alarms": count})
    return count


async def ringing(app: App, limit: int = 100) -> list[AlertRow]:
    """Alarms that nobody has acknowledged."""
    return await app.store.rows(q.OPEN, limit=limit)


async def of_case(reader: Reader, number: int) -> list[AlertRow]:
    """Everything that rang on a case, oldest first."""
    return await reader.rows(q.OF_CASE, number=number)


# ── Web Push subscriptions ──────────────────────────────────────────────────────────────────────


def application_key(app: App) -> str:
    """What a page gives to ``pushManager.subscribe`` (``applicationServerKey``)."""
    return vapid(app).public


KEY_FILE = "vapid.pem"
VAPID: Part[webpush.Vapid] = Part(
    lambda app: webpush.Vapid.from_pem(keyring.contents(app, KEY_FILE, webpush.Vapid.new_pem))
)


def vapid(app: App) -> webpush.Vapid:
    """The key of this server."""
    return app.parts[VAPID]


async def subscribe(
    tx: Tx, app: App, staff: int, endpoint: str, p256dh: bytes, auth: bytes
) -> None:
    """Send alarms of a member of staff to a browser. Raises Refused."""
    parts = urlsplit(endpoint)
    local = app.config.dev and parts.hostname in ("127.0.0.1", "localhost", "::1")
    host = parts.hostname or ""
    named = "." in host and not host.replace(".", "").isdigit() and ":" not in host
    if len(endpoint) > 2000 or not (local or (parts.scheme == "https" and named)):
        raise Refused("address")
    if len(auth) != 16 or not webpush.is_key(p256dh):
        raise Refused("keys")
    await tx.run(
        q.SUBSCRIBE,
        staff=staff,
        endpoint=endpoint,
        p256dh=p256dh,
        auth=auth,
        at=int(app.clock.now()),
    )
    await audit.append(tx, app, f"staff:{staff}", "push.subscribe", f"staff:{staff}")


async def unsubscribe(tx: Tx, app: App, staff: int, endpoint: str) -> bool:
    """No more alarms there; whether there were any."""
    if not await tx.run(q.UNSUBSCRIBE, staff=staff, endpoint=endpoint):
        return False
    await audit.append(tx, app, f"staff:{staff}", "push.unsubscribe", f"staff:{staff}")
    return True


# ── housekeeping ────────────────────────────────────────────────────────────────────────────────

_KEEP_NOTICES = 400 * 86_400
_KEEP_MARKS = 60 * 86_400


async def prune(tx: Tx, app: App) -> None:
    """Forget notices older than 400 days and marks of old digests. Alarms stay with their cases."""
    now = int(app.clock.now())
    await tx.run(q.PRUNE_NOTICES, before=now - _KEEP_NOTICES)
    await tx.run(q.PRUNE_MARKS, before=now - _KEEP_MARKS)
