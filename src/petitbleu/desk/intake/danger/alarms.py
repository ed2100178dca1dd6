"""Alarms of danger: what one sender writes, what is said of one target, and the same words ring
once, and the alarm counts them.

The first case leads: its alarm rings. Later ones keep cases of their own, whose danger is silent
while somebody is being called for the lead. Nobody is silenced by a stranger: as soon as the lead
was opened, what another sender wrote rings for itself within :data:`GRACE`, one case after the
other, unless it was opened by then; what the same sender wrote goes on being counted for
:data:`AGAIN` if it is proved who they are.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from msgspec.structs import replace

from petitbleu import folding, jobs
from petitbleu.app import App
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import ALSO, DANGERS, CaseEvent, CaseState
from petitbleu.desk.intake.danger import queries as q
from petitbleu.desk.intake.danger.model import DANGER, NONE, PERHAPS
from petitbleu.desk.reference.law import kinds
from petitbleu.jobs import Job
from petitbleu.store.api import Reader, Tx

LOOK_SECONDS = 900
"""Within so long somebody looks at what may be danger; else it is one."""
GRACE = 300
AGAIN = 3600
_TARGETS = 5
_KEPT = 30 * 86_400
CRITICAL, HIGH = 0, 1
URGENCY = {DANGER: CRITICAL, PERHAPS: HIGH}
KIND = kinds.NOTHING_BUT_DANGER
"""The kind of a case that is nothing but danger; any other kind has the clocks of it, too."""
SUSPECTED, SUSPICION = "danger suspected", "suspicion"
"""Start events of their clocks."""


class Tick(Job, tag="desk.danger", frozen=True):
    """What must happen with the alarm of one case by the clock."""

    number: int


class Told(NamedTuple):
    """A message that tells of danger. ``sender``: the door and who wrote (``mail:a@example.org``);
    ``proved``: whether it is sure that they did. ``held``: what is told to nobody before somebody
    has opened the case, ``(what, id)``.
    """

    level: str
    sender: str = ""
    proved: bool = False
    targets: tuple[str, ...] = ()
    text: str = ""
    held: tuple[str, int] | None = None


async def events(
    tx: Tx, app: App, number: int, told: Told, state: CaseState | None = None
) -> tuple[CaseEvent, ...]:
    """What happens in the case ``number`` when ``told`` arrives: it rings, or the alarm of an
    earlier case counts it. Called in the transaction that adds them. ``state``: of the case, where
    it is there already; one that somebody has opened rings for itself.
    """
    if told.level == NONE:
        return ()
    now = int(app.clock.now())
    names = _names(app, told)
    owners = {}
    for name in sorted(names):
        row = await tx.row(q.CLAIM, name=name, number=number, at=now)
        assert row is not None
        owners[name] = row.number
    sender = names[0] if told.sender else ""
    if state is not None and state.looked_at is not None:
        owners = dict.fromkeys(owners, number)
    lead = await _lead(tx, told, sender, owners, now)
    danger = shapes.Danger(level=told.level, held=told.held)
    if lead is not None and lead != number:
        await tx.run(q.COUNT, number=lead)
        await tx.run(q.KEEP, number=number, lead=lead, sender=sender, at=now)
        return (cases.make_event(replace(danger, with_case=lead), "system"),)
    await tx.run(q.LEAD_NAME, names=names, number=number, at=now)
    if await tx.row(q.OF_CASE, number=number) is not None:
        await tx.run(q.COUNT, number=number)
    await tx.run(q.KEEP, number=number, lead=number, sender=sender, at=now)
    if lead == number:  # its own alarm rings already, or rang for the same person just now
        return (cases.make_event(replace(danger, with_case=number), "system"),)
    if told.level == PERHAPS:
        await _at(tx, number, now + LOOK_SECONDS)
    return (cases.make_event(danger, "system"),)


def _names(app: App, told: Told) -> list[str]:
    """Marks of the sender (first, if there is one), of targets and of the words."""
    words = " ".join(folding.fold(told.text).split())
    names = [f"sender {told.sender}"] if told.sender else []
    names += [f"target {target.casefold()}" for target in told.targets[:_TARGETS]]
    if words:
        names.append(f"words {words}")
    marks = (app.secrets.hmac("desk.danger", name.encode())[:16].hex() for name in names)
    return list(dict.fromkeys(marks))


async def _lead(tx: Tx, told: Told, sender: str, owners: dict[str, int], now: int) -> int | None:
    """The case whose alarm counts a message; None: it rings for itself."""
    for number in dict.fromkeys(owners.values()):
        state = await cases.get(tx, number)
        if state is None or state.closed_at is not None or not state.rings:
            continue
        if DANGERS.index(state.danger) < DANGERS.index(told.level):
            continue
        same = told.proved and sender != "" and owners.get(sender) == number
        if is_ringing(state) or (same and now < state.rings[-1] + AGAIN):
            return number
    return None


def is_ringing(state: CaseState) -> bool:
    """Whether nobody has answered the alarm of a case since it last rang."""
    return bool(state.rings) and not state.rings_with and state.heard_at < state.rings[-1]


async def raise_in(tx: Tx, app: App, state: CaseState, told: Told) -> tuple[CaseEvent, ...]:
    """:func:`events` for a case that is there, with all that makes it urgent, its clocks too."""
    added = list(await events(tx, app, state.number, told, state))
    if added:
        added += urgent(app, state, told.level)
    return tuple(added)


def urgent(app: App, state: CaseState, level: str) -> list[CaseEvent]:
    """What makes a case that is there as urgent as ``level`` is; nothing is made less urgent."""
    added = []
    if URGENCY[level] < state.urgency:
        reasons = [*state.reasons, f"tells_{level}"]
        added.append(
            cases.make_event(shapes.Urgency(urgency=URGENCY[level], reasons=reasons), "system")
        )
    also = list(state.facts.get(ALSO, ()))
    if state.kind not in KIND.values() or (state.kind != KIND[level] and level == DANGER):
        if KIND[level] not in also:
            added.append(
                cases.make_event(shapes.Fact(facts={ALSO: [*also, KIND[level]]}), "system")
            )
        for moment in (SUSPECTED, SUSPICION):
            if moment not in state.moments:
                now = int(app.clock.now())
                added.append(cases.make_event(shapes.Moment(event=moment, at=now), "system"))
    return added


Release = Callable[[Tx, App, int], Awaitable[None]]
_RELEASES: dict[str, Release] = {}


def releases(what: str) -> Callable[[Release], Release]:
    """Declare what is done with something held back (``Told.held``) once the case is opened."""

    def register(release: Release) -> Release:
        _RELEASES[what] = release
        return release

    return register


# ── by the clock ────────────────────────────────────────────────────────────────────────────────


async def _at(tx: Tx, number: int, due: int) -> None:
    await jobs.schedule(tx, Tick(number=number), due=due, key=str(number))


@cases.on_change
async def changed(tx: Tx, app: App, state: CaseState, events: tuple[CaseEvent, ...]) -> None:
    """Called inside every transaction that adds events to a case: somebody opened a lead, answered
    its alarm or closed it, so what it counts has its turn."""
    if not state.danger:
        return
    kinds = {event.kind for event in events}
    if "looked" in kinds and state.looked_at == state.changed_at:
        for what, number in state.held_back:
            await _RELEASES[what](tx, app, number)
    if state.rings_with or not kinds & {"looked", "alarm.heard", "closed"}:
        return
    now = int(app.clock.now())
    await _at(tx, state.number, now if "closed" in kinds else state.heard_at + GRACE)


async def tick(app: App, number: int) -> int | None:
    """Do what is due with the alarm of a case; when to look again."""
    return await app.store.write(_tick, app, number)


async def _tick(tx: Tx, app: App, number: int) -> int | None:
    state = await cases.lock(tx, number)
    if state is None or not state.danger or state.rings_with or not state.rings:
        return None
    now = int(app.clock.now())
    waits: list[int] = []
    if state.danger == PERHAPS and state.looked_at is None and state.closed_at is None:
        due = state.rings[-1] + LOOK_SECONDS
        if now >= due:
            await _becomes_danger(tx, app, state)
            return None
        waits.append(due)
    if not is_ringing(state) or state.closed_at is not None:
        waits += filter(None, [await _next(tx, app, state, now)])
    return min(waits, default=None)


async def _becomes_danger(tx: Tx, app: App, state: CaseState) -> None:
    """Nobody looked in time at what may be danger: it is treated as one."""
    said = shapes.Danger(level=DANGER, why="time")
    await cases.append(
        tx, app, state.number, "system", cases.make_event(said), *urgent(app, state, DANGER)
    )


async def _next(tx: Tx, app: App, state: CaseState, now: int) -> int | None:
    """The next case that was silent with this one rings; when, if not now."""
    own = await tx.row(q.OF_CASE, number=state.number)
    if own is None:
        return None
    since = state.heard_at if state.closed_at is None else 0
    ready = await tx.row(q.NEXT_OF_OTHERS, lead=state.number, sender=own.sender)
    due = since + GRACE
    if ready is None or state.closed_at is not None:
        ready = await tx.row(q.NEXT, lead=state.number)
        due = max(due, state.rings[-1] + AGAIN) if state.closed_at is None else now
    if ready is None:
        return None
    if now < due:
        return due
    follower = await cases.get(tx, ready.number)
    assert follower is not None
    await tx.run(q.MOVE, lead=state.number, into=ready.number)
    await tx.run(q.SET_COUNTED, number=ready.number)
    await tx.run(q.MOVE_NAMES, number=state.number, into=ready.number)
    said = shapes.Danger(level=follower.danger, why="next")
    await cases.append(tx, app, ready.number, "system", cases.make_event(said))
    if follower.danger == PERHAPS:
        await _at(tx, ready.number, now + LOOK_SECONDS)
    return None


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


async def counted(reader: Reader, number: int) -> int:
    """For how many messages the alarm of a case stands; 0: it has none."""
    row = await reader.row(q.OF_CASE, number=number)
    return row.counted if row is not None and row.lead == number else 0


async def counted_with(reader: Reader, number: int, limit: int = 50) -> list[int]:
    """The cases whose danger the alarm of this one counts."""
    return [row.number for row in await reader.rows(q.COUNTED_WITH, lead=number, limit=limit)]


async def prune(tx: Tx, app: App) -> None:
    """Forget by what alarms were joined a month ago."""
    await tx.run(q.PRUNE_NAMES, before=int(app.clock.now()) - _KEPT)
