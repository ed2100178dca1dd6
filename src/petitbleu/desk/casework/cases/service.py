"""Opening cases, adding to them, reading them."""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, NamedTuple

import msgspec

from petitbleu import folding
from petitbleu.app import App, Part
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import queries as q
from petitbleu.desk.casework.cases.case_event import CaseEvent, make_event
from petitbleu.desk.casework.cases.queries import Brief, EventRow
from petitbleu.desk.casework.cases.secrecy import Secrecy as Secrecy
from petitbleu.desk.casework.cases.secrecy import secrecy as secrecy
from petitbleu.desk.casework.cases.state import (
    ALSO,
    ANSWERS,
    DANGERS,
    ENDINGS,
    INTO,
    PROVED,
    STATES,
    TELL_DATE,
    TELL_RELEASE,
    TELL_UNKNOWN,
    TELL_YES,
    URGENCIES,
    Authority,
    CaseState,
    GivenClock,
    Telling,
    fold,
    take,
)
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.reference.law import service as law
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.errors import LocalFault
from petitbleu.store.api import Reader, Tx

__all__ = [
    "ALSO",
    "ANSWERS",
    "DANGERS",
    "ENDINGS",
    "INTO",
    "PROVED",
    "STATES",
    "TELL_DATE",
    "TELL_RELEASE",
    "TELL_UNKNOWN",
    "TELL_YES",
    "URGENCIES",
    "Authority",
    "Brief",
    "CaseEvent",
    "CaseState",
    "EventRow",
    "GivenClock",
    "Secrecy",
    "Telling",
    "append",
    "before",
    "clocks",
    "find",
    "foresee",
    "get",
    "happened",
    "lead_clock",
    "lock",
    "make_event",
    "name",
    "of_target",
    "on_change",
    "on_sorting",
    "open_case",
    "opens",
    "received",
    "rename",
    "secrecy",
    "secret",
    "timeline",
    "would_be",
]

_encode = msgspec.msgpack.Encoder().encode
_state = msgspec.msgpack.Decoder(CaseState).decode

_PAGE = 1000
WORDS = 4000
"""Characters of a case that searches look at."""


Hook = Callable[[Tx, App, CaseState, tuple[CaseEvent, ...]], Awaitable[None]]
_HOOKS: list[Hook] = []


def on_change(hook: Hook) -> Hook:
    """Have ``hook(tx, app, state, events)`` called inside every transaction that adds events."""
    _HOOKS.append(hook)
    return hook


Sorter = Callable[[Tx, App, CaseState, bool], Awaitable[tuple[CaseEvent, ...]]]
_SORTERS: list[Sorter] = []


def on_sorting(sorter: Sorter) -> Sorter:
    """Have ``sorter(tx, app, state, free)`` called inside every transaction that makes a case or
    classifies it otherwise, before its row is written: the events it answers happen too, as the
    system's. ``free``: nobody had the case before.
    """
    _SORTERS.append(sorter)
    return sorter


# ── writing ─────────────────────────────────────────────────────────────────────────────────────


async def open_case(
    tx: Tx,
    app: App,
    *,
    actor: str,
    kind: str,
    urgency: int,
    at: int | None = None,
    number: int | None = None,
    then: tuple[CaseEvent, ...] = (),
    **opened: Any,
) -> int:
    """Open a case in the caller's transaction; its number.

    ``number``: a report's, which becomes the case's; else the next one. ``opened``: what the
    event ``opened`` says besides (received_at, channel, sender, authority, language, reference,
    targets, territorial_scope, warnings, formal_defects, category, title, reasons, target, item,
    moments, facts). ``then``: further events of the same moment.
    """
    now = int(app.clock.now()) if at is None else at
    if number is None:
        number = await case_numbers.take(tx, app.config, now)
    state = CaseState(number=number)
    first = CaseEvent("opened", {"kind": kind, "urgency": urgency, **opened})
    events = (first, *then)
    await _take(tx, state, actor, events, now)
    events += await _sorted(tx, app, state, now, free=True)
    await tx.later(q.CREATE, **_projection(app, state))
    await tx.later(q.KEEP, number=number, folded=_encode(state))
    await _tell(tx, app, state, actor, events, now)
    return number


async def append(
    tx: Tx,
    app: App,
    number: int,
    actor: str,
    *events: CaseEvent,
    at: int | None = None,
) -> CaseState:
    """Add events to a case in the caller's transaction; the state after them.

    Locks the case, writes its row and a line of the log. Raises LookupError where there is none.
    """
    row = await tx.row(q.LOCK, number=number)
    if row is None:
        raise LookupError(case_numbers.text(number))
    state = _state(row.folded)
    now = int(app.clock.now()) if at is None else at
    before, free = _classified(state), state.owner == 0
    await _take(tx, state, actor, events, now)
    by_hand = any(event.kind == "queue" for event in events)
    if not by_hand and state.closed_at is None and _classified(state) != before:
        events += await _sorted(tx, app, state, now, free=free)
    await tx.later(q.PROJECT, **_projection(app, state))
    await tx.later(q.FOLD, number=number, folded=_encode(state))
    await _tell(tx, app, state, actor, events, now)
    return state


def _classified(state: CaseState) -> tuple[object, ...]:
    """What rules look at: where it changes, the case is sorted anew."""
    who = state.authority or Authority()
    return (
        *(state.kind, state.category, state.language, state.urgency, tuple(state.targets)),
        *(who.domain, who.country, who.trust),
    )


async def _sorted(
    tx: Tx, app: App, state: CaseState, now: int, *, free: bool
) -> tuple[CaseEvent, ...]:
    """Where rules lead the case, as events that have happened."""
    added: list[CaseEvent] = []
    for sorter in _SORTERS:
        added += await sorter(tx, app, state, free)
    events = tuple(event._replace(actor="system") for event in added)
    await _take(tx, state, "system", events, now)
    return events


async def _take(
    tx: Tx, state: CaseState, actor: str, events: tuple[CaseEvent, ...], now: int
) -> None:
    """Fold events into ``state`` and store them."""
    for event in events:
        await tx.later(q.APPEND, **_folded(state, event, actor, now))


def _folded(state: CaseState, event: CaseEvent, actor: str, now: int) -> dict[str, Any]:
    """The row of an event that is folded into ``state``."""
    by = event.actor or actor
    typed, data = shapes.to_store(event.kind, event.data)
    _allowed(state, event, by)
    take(state, typed, now)
    return {
        "number": state.number,
        "seq": state.seq,
        "at": now,
        "actor": by,
        "kind": event.kind,
        "data": _encode(data),
    }


async def _tell(
    tx: Tx, app: App, state: CaseState, actor: str, events: tuple[CaseEvent, ...], at: int
) -> None:
    """The log, and whoever follows changes."""
    action, subject = f"case.{events[0].kind}", case_numbers.text(state.number)
    said = [_logged(event) for event in events]
    whole = {"seq": state.seq, "at": at, "events": said}
    await audit.append(tx, app, actor, action, subject, whole)
    for hook in _HOOKS:
        await hook(tx, app, state, events)


_PRIVATE = {
    *("sender", "target", "targets", "title", "text", "to", "note", "reasons", "facts"),
    *("who", "from", "called_back", "order", "permission", "clause"),
}
"""What the log does not repeat: it is read by people who may not see content. A digest stands
for it.
"""


def _allowed(state: CaseState, event: CaseEvent, actor: str) -> None:
    """Rules that no caller may pass over: these are bugs of ours, not of whoever asks."""
    if event.kind == "urgency" and event.data["urgency"] > state.urgency and actor == "system":
        raise LocalFault("only a person lowers the urgency of a case")
    if event.kind == "closed" and not (event.data["end"] in ENDINGS and event.data["reason"]):
        raise LocalFault("a case is closed with an ending and a reason")
    if event.kind == "state" and event.data["state"] not in STATES:
        raise LocalFault(f"there is no state {event.data['state']}")


def _logged(event: CaseEvent) -> dict[str, Any]:
    said = {"kind": event.kind}
    said |= {name: value for name, value in event.data.items() if name not in _PRIVATE}
    if event.actor:
        said["actor"] = event.actor
    # What the data says under the same names must not stand for what happened and by whom.
    said |= {"event": event.kind, "sha256": audit.digest(event.data)}
    said.pop("event_actor", None)
    return said | ({"event_actor": event.actor} if event.actor else {})


def _projection(app: App, state: CaseState) -> dict[str, Any]:
    lead = lead_clock(app, state)
    return {
        "number": state.number,
        "seq": state.seq,
        "opened_at": state.opened_at,
        "received_at": state.received_at,
        "changed_at": state.changed_at,
        "kind": state.kind,
        "urgency": state.urgency,
        "state": state.state,
        "open": int(state.closed_at is None),
        "owner": state.owner,
        "channel": state.channel,
        "sender": state.sender,
        "authority": state.authority.domain if state.authority else "",
        "reference": state.reference,
        "language": state.language,
        "category": state.category,
        "title": state.title,
        "target": state.target,
        "item": state.item,
        "reports": len(state.reports),
        "looked_at": state.looked_at,
        "due": lead.due if lead is not None else None,
        "due_clock": lead.id if lead is not None else "",
        "closed_at": state.closed_at,
        "ending": state.ending,
        "words": _words(state),
        "queue": state.queue,
    }


def _words(state: CaseState) -> str:
    """What a search finds a case by, folded; never content of chats, nor who wrote: a search for
    an address (``Filter.senders``) is for those who may know notifiers.
    """
    authority = state.authority or Authority()
    said = [
        case_numbers.text(state.number),
        state.kind,
        state.title,
        authority.name if authority.trust in PROVED else "",
        authority.domain,
        state.reference,
        state.category,
        *state.targets,
    ]
    return folding.fold(" ".join(said))[:WORDS]


async def name(tx: Tx, number: int, *names: str) -> None:
    """Names under which the case is found again (:func:`find`); the first holder keeps one."""
    for one in names:
        await tx.later(q.NAME, name=one, number=number)


async def rename(tx: Tx, number: int, into: int) -> None:
    """All names of a case lead to another from now on."""
    await tx.run(q.RENAME, number=number, into=into)


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


async def get(reader: Reader, number: int) -> CaseState | None:
    """A case as it is."""
    row = await reader.row(q.GET, number=number)
    return _state(row.folded) if row is not None else None


def foresee(state: CaseState, event: CaseEvent, at: int) -> None:
    """What an event would make of a state; nothing is written."""
    fold(state, event.kind, event.data, at)


async def lock(tx: Tx, number: int) -> CaseState | None:
    """:func:`get` for whoever goes on to write what follows from the state: nothing is added to the
    case until the transaction ends.
    """
    row = await tx.row(q.LOCK, number=number)
    return _state(row.folded) if row is not None else None


def would_be(at: int, opened: dict[str, Any]) -> CaseState:
    """The state of a case that was opened so; there is none."""
    state = CaseState()
    fold(state, "opened", opened, at)
    return state


async def find(reader: Reader, named: str) -> int | None:
    """The case of a name (``message:<id>``, ``reference:domain/ref``, ``report:number``)."""
    row = await reader.row(q.NAMED, name=named)
    return row.number if row is not None else None


async def happened(reader: Reader, number: int, kind: str, data: dict[str, Any]) -> bool:
    """Whether the case has an event of just this kind and content."""
    wanted = _encode(data)
    rows = await timeline(reader, number)
    return any(row.kind == kind and row.data == wanted for row in rows)


async def before(reader: Reader, number: int, waiting: str) -> str:
    """The state a case was in before it came to wait in ``waiting``; that of now, where it does
    not.
    """
    state, last = CaseState(number=number), "new"
    for row in await timeline(reader, number):
        fold(state, row.kind, msgspec.msgpack.decode(row.data), row.at)
        if state.state != waiting:
            last = state.state
    return last


async def timeline(reader: Reader, number: int) -> list[EventRow]:
    """Everything that happened, in order."""
    return await reader.rows(q.EVENTS, number=number)


async def received(app: App, kind: str, first: int, last: int) -> AsyncIterator[CaseState]:
    """All cases of a kind that were received in a period (first <= received_at < last), read in
    pages off the event loop.
    """
    at, number = -1, 0
    while True:
        page = await app.store.scan(
            q.RECEIVED, kind=kind, first=first, last=last, at=at, number=number, limit=_PAGE
        )
        for row in page:
            yield _state(row.folded)
        if len(page) < _PAGE:
            return
        at, number = page[-1].received_at, page[-1].number


async def of_target(reader: Reader, target: int, item: int = 0) -> list[Brief]:
    """Cases about one chat, person or post."""
    return await reader.rows(q.OF_TARGET, target=target, item=item)


def place(app: App) -> law.Place:
    """Where the operator's days end and which holidays count."""
    return law.Place(app.config.timezone, app.config.country)


CLOCKS: Part[_Derived | None] = Part(lambda _: None)


def clocks(app: App, state: CaseState) -> list[law.Clock]:
    """The clocks of a case, derived anew for each state of it."""
    rules = law.load_law(app)
    known = app.parts[CLOCKS]
    same = known is not None and known.state is state and known.seq == state.seq
    if known is not None and same and known.rules is rules:
        return known.clocks
    derived = _derive(app, rules, state)
    app.parts[CLOCKS] = _Derived(state, state.seq, rules, derived)
    return derived


class _Derived(NamedTuple):
    """The clocks worked out last: a change asks for them several times over."""

    state: CaseState
    seq: int
    rules: law.Law
    clocks: list[law.Clock]


def _derive(app: App, rules: law.Law, state: CaseState) -> list[law.Clock]:
    given = {
        clock: law.Given(end.due, end.date, end.source, end.confirmed)
        for clock, end in state.given.items()
    }
    derived: dict[str, law.Clock] = {}
    for kind in (state.kind, *state.facts.get(ALSO, ())):
        for clock in law.derive(
            rules,
            kind,
            moments=state.moments,
            given=given,
            done=state.done,
            pauses=state.pauses,
            place=place(app),
            category=state.category,
        ):
            derived.setdefault(clock.id, clock)
    return list(derived.values())


def lead_clock(app: App, state: CaseState) -> law.Clock | None:
    """The earliest open clock of an open case: of what we must do or keep, not of options and of
    the time of others.
    """
    if state.closed_at is not None:
        return None
    waiting = [
        clock
        for clock in clocks(app, state)
        if clock.due is not None and clock.done is None and clock.role in ("task", "keep")
    ]
    return min(waiting, key=lambda one: one.due or 0, default=None)


def secret(app: App, number: int) -> str:
    """What whoever brought a case shows to follow it, with its number (22 characters)."""
    return folding.url64(app.secrets.hmac("desk.case", number.to_bytes(8, "big"))[:16])


def opens(app: App, number: int, key: str) -> bool:
    """Whether ``key`` is the secret of that number, also one given out before secrets were rotated.

    It does not tell whether there is such a case.
    """
    given = key.encode()
    known = app.secrets.hmacs("desk.case", number.to_bytes(8, "big"))
    return any(hmac.compare_digest(folding.url64(mac[:16]).encode(), given) for mac in known)
