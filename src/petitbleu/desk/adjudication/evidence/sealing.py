"""What a letter or notice is about is copied when it is filed, as far as it is public: an edit or a
deletion before the decision changes nothing of what the reviewer sees.

Filing plans a job and nothing more; the job copies. Copies are kept while the case is open, then
as long as somebody may complain or something is held for the case.
"""

from __future__ import annotations

from petitbleu import acts, jobs
from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import resolve
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases import targets
from petitbleu.desk.casework.cases.service import CaseEvent, CaseState
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import sealing
from petitbleu.jobs import Job
from petitbleu.store.api import Tx

MAX_TARGETS = 20
"""Targets of a case that are copied, the first ones."""
DAY = 86_400
_OPEN = 30 * DAY
"""How long copies of an open case are kept at a time."""
_AHEAD = 3 * DAY
"""How long before their end copies are looked at: they are looked at once a day."""
_WINDOW = 190 * DAY
"""Six months to complain, weekends and holidays at their end, and a few days."""
_BATCH = 500


class SealCopies(Job, tag="evidence.seal", frozen=True):
    """The targets of a case are copied."""

    case: int


@cases.on_change
async def targeted(tx: Tx, app: App, state: CaseState, events: tuple[CaseEvent, ...]) -> None:
    """Plan the copying where a case got targets: one row, in the transaction that files."""
    named = any(event.data.get("targets") for event in events if event.kind in ("opened", "fact"))
    if named and any(_may_lead(target) for target in wanted(state)):
        await jobs.schedule(
            tx,
            SealCopies(case=state.number),
            due=int(app.clock.now()),
            key=str(state.number),
        )


def wanted(state: CaseState) -> list[str]:
    """The targets that are to be copied and were not yet."""
    return [target for target in state.targets[:MAX_TARGETS] if target not in state.sealed]


def _may_lead(written: str) -> bool:
    """Whether it can mean something here; reports have their own copies."""
    return case_numbers.parse(written) is None and targets.parse(written) is not None


async def seal(app: App, number: int) -> None:
    """Copy what a case targets, as far as it is public. Done twice, it is done once."""
    state = await cases.get(app.store, number)
    if state is None:
        return
    for written in filter(_may_lead, wanted(state)):
        item = await resolve.resolve(app, written)
        if item is None or not item.peer:
            continue
        try:
            content = await sealing.seen(app, item.peer, item.messages)
        except sealing.NotPublic:
            continue
        if content is not None:
            await app.store.background(_take, app, number, written, content)


async def _take(tx: Tx, app: App, number: int, written: str, found: sealing.Seen) -> None:
    until = int(app.clock.now()) + app.config.moderation.evidence_days * DAY
    row = await sealing.take(tx, app, number, written, found, until=until)
    if row is None:
        return
    said = shapes.Sealed(target=written, copy=row.number, sha=row.digest.hex(), at=row.at)
    await cases.append(tx, app, number, "system", cases.make_event(said))


# ── how long ────────────────────────────────────────────────────────────────────────────────────


@cases.on_change
async def set_retention(tx: Tx, app: App, state: CaseState, events: tuple[CaseEvent, ...]) -> None:
    """A decision, the end of a case and a hold say how long its copies are kept."""
    if not state.sealed:
        return
    now, until = int(app.clock.now()), 0
    for event in events:
        if event.kind == "closed":
            until = max(until, now + app.config.moderation.evidence_days * DAY)
        elif event.kind == "hold" and event.data.get("until"):
            until = max(until, event.data["until"] + DAY)
        elif event.kind == "decided":
            told = await decisions.statements(tx, event.data["decision"])
            until = max(
                [until, now + _WINDOW, *(statement.not_before + _WINDOW for statement in told)]
            )
    if until:
        await sealing.keep(tx, state.sealed.values(), until)


async def prune(app: App) -> None:
    """Keep what open cases need; forget copies whose time is over."""
    now = int(app.clock.now())
    for row in await sealing.ending(app, now + _AHEAD, _BATCH):
        state = await cases.get(app.store, row.file)
        if state is not None and cases.INTO in state.facts:
            state = await cases.get(app.store, state.facts[cases.INTO])
        if state is not None and state.closed_at is None:
            await app.store.background(sealing.keep, [row.number], now + _OPEN)
        elif row.until < now:
            act = acts.Act("job.evidence.forget", acts.SYSTEM, subject=case_numbers.text(row.file))
            await acts.performing(app, act).store.background(sealing.forget, row.number)
