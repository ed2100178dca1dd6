"""What the events of a case add up to. Pure: a state and an event give the next state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec

from petitbleu.desk.casework.cases import events
from petitbleu.desk.casework.cases.events import FIELDS, Event
from petitbleu.desk.reference.law import kinds

URGENCIES = ("critical", "high", "normal", "low")
"""By their number."""
STATES = (
    "new",
    "triaged",
    "review",
    "awaiting_info",
    "awaiting_second",
    "awaiting_authority",
    "decided",
    "notified",
    "closed",
)
ENDINGS = (
    "executed",
    "partly",
    "refused",
    "withdrawn",
    "not_ours",
    "fraud",
    "duplicate",
    "bulk",
    "no_action",
)
TRUSTS = ("verified-directory", "trusted-flagger-list", "unknown", "failed")
PROVED = TRUSTS[:2]
"""Those of a sender who is whom the directory names."""
Authority = events.Authority
"""Who sent it, as far as the directory knows. ``trust``: one of :data:`TRUSTS`."""


class GivenClock(msgspec.Struct):
    """A deadline that was written in a letter or set by a person: an instant or a date."""

    due: int | None = None
    date: str | None = None
    source: str = ""
    confirmed: bool = False


class Telling(msgspec.Struct):
    """What was answered to the question whether the people concerned may be told.

    ``answer``: of :data:`ANSWERS`. ``until``: the first day on which they may be (ISO).
    ``permission``: the authority's permission, as it was recorded. ``second``: who agreed.
    ``review``: when somebody looks again (Unix seconds); 0: never.
    ``stale``: a clause was found after the answer, which counts no more.
    """

    answer: str = ""
    until: str = ""
    permission: str = ""
    by: str = ""
    second: str = ""
    at: int = 0
    review: int = 0
    stale: bool = False


TELL_YES, TELL_DATE, TELL_RELEASE, TELL_UNKNOWN = "yes", "date", "release", "unknown"
ANSWERS = (TELL_YES, TELL_DATE, TELL_RELEASE, TELL_UNKNOWN)
"""May they be told: yes; not before a date; not until somebody releases it; nobody knows yet."""


class CaseState(msgspec.Struct):
    """A case as its events leave it. Times are Unix seconds."""

    number: int = 0
    seq: int = 0
    opened_at: int = 0
    received_at: int = 0
    changed_at: int = 0
    kind: str = "unsorted"
    urgency: int = 2
    state: str = "new"
    owner: int = 0
    channel: str = ""
    sender: str = ""
    """Address, lower case; empty: unknown or anonymous."""
    authority: Authority | None = None
    language: str = ""
    reference: str = ""
    targets: list[str] = []
    """As written: links, @names, numeric ids."""
    territorial_scope: list[str] = []
    warnings: list[str] = []
    formal_defects: list[str] = []
    category: str = ""
    title: str = ""
    reasons: list[str] = []
    """Why it was classified as it is, for staff."""
    facts: dict[str, Any] = {}
    """What else was established: ``confidentiality``, ``issuing_state``, …"""
    target: int = 0
    item: int = 0
    inbound: list[int] = []
    reports: list[int] = []
    letters: list[int] = []
    decisions: list[int] = []
    sealed: dict[str, int] = {}
    """Targets as they are written -> the sealed copy that was taken of each."""
    moments: dict[str, int] = {}
    """Start events of clocks -> when they happened."""
    given: dict[str, GivenClock] = {}
    done: dict[str, int] = {}
    pauses: list[tuple[int, int | None]] = []
    receipt_at: int | None = None
    receipt: dict[str, Any] = {}
    looked_at: int | None = None
    closed_at: int | None = None
    ending: str = ""
    queue: int = 0
    """The named queue it is in (``routing``); 0: none."""
    routed: int = 0
    """The rule that put it there; 0: somebody did, or nobody."""
    waits: dict[str, tuple[int, int]] = {}
    """What two people agreed to and nobody has done: since when, and until when it can be done."""
    telling: Telling | None = None
    """Whether the people concerned may be told; None: nobody was asked."""
    danger: str = ""
    """How near danger the case is said to be: one of :data:`DANGERS`; empty: not at all."""
    rings: list[int] = []
    """When danger was told that rings for itself."""
    rings_with: int = 0
    """The case whose alarm counts this one's danger; 0: it rings for itself."""
    heard_at: int = 0
    """When somebody first opened the case or acknowledged its alarm since it rang; 0: nobody."""
    held_back: list[tuple[str, int]] = []
    """What is told to nobody before somebody has opened the case: what it is, and its number."""


DANGERS = ("", "perhaps", "danger")
"""From none to the nearest."""
ALSO = "also"
"""The fact of a case whose clocks are those of these kinds, too."""
INTO = "joined_into"
"""The fact of a case that was joined to another: the number of that one."""
FIRST_LOOKS = kinds.clocks_ended_by("looked")
"""Clocks that end when somebody opens the case."""
Fold = Callable[[CaseState, Any, int], None]
One = TypeVar("One", bound=Event)
_FOLDS: dict[type[Event], Fold] = {}


def folds(shape: type[One]) -> Callable[[Callable[[CaseState, One, int], None]], Fold]:
    """Declare what an event of a shape does to a state."""

    def register(fold: Callable[[CaseState, One, int], None]) -> Fold:
        _FOLDS[shape] = fold
        return fold

    return register


def fold(state: CaseState, kind: str, data: dict[str, Any], at: int) -> None:
    """Take one event, as it is stored, into ``state``. What nobody folds changes nothing but the
    time line. Raises events.UnknownEvent.
    """
    take(state, events.read(kind, data), at)


def take(state: CaseState, event: Event, at: int) -> None:
    """:func:`fold` of an event that was read."""
    state.seq += 1
    state.changed_at = at
    apply = _FOLDS.get(type(event))
    if apply is not None:
        apply(state, event, at)


@folds(events.Opened)
def _opened(state: CaseState, event: events.Opened, at: int) -> None:
    state.opened_at = at
    state.received_at = event.received_at or at
    state.kind = event.kind
    state.urgency = event.urgency
    state.channel = event.channel
    state.moments = {"received": state.received_at} | event.moments
    _establish(state, event.facts | _given(event), at)


@folds(events.Fact)
def _fact(state: CaseState, event: events.Fact, at: int) -> None:
    _establish(state, event.facts | _given(event), at)


def _given(event: events.Opened | events.Fact) -> dict[str, Any]:
    fields = {name: getattr(event, name) for name in FIELDS}
    return {name: value for name, value in fields.items() if value is not msgspec.UNSET}


def _establish(state: CaseState, facts: Mapping[str, Any], at: int) -> None:
    for name, value in facts.items():
        if name == "authority":
            state.authority = None if value is None else msgspec.convert(value, Authority)
        elif name in FIELDS:
            setattr(state, name, value)
        else:
            if name == "confidentiality" and state.facts.get(name) != value:
                _clause_found(state, at)
            state.facts[name] = value


def _clause_found(state: CaseState, at: int) -> None:
    """A clause that nobody knew of when they answered: the answer counts no more, and somebody
    looks at once.
    """
    if state.telling is not None and state.telling.answer in (TELL_YES, TELL_DATE):
        state.telling.stale = True
        state.telling.review = at


@folds(events.Telling)
def _telling(state: CaseState, event: events.Telling, at: int) -> None:
    said = msgspec.structs.asdict(event)
    state.telling = Telling(**said | {"at": at if event.at is None else event.at})


@folds(events.Inbound)
def _inbound(state: CaseState, event: events.Inbound, at: int) -> None:
    state.inbound.append(event.inbound)


@folds(events.Report)
def _report(state: CaseState, event: events.Report, at: int) -> None:
    state.reports.append(event.number)


@folds(events.Kind)
def _kind(state: CaseState, event: events.Kind, at: int) -> None:
    state.kind = event.kind
    if state.state == "new":
        state.state = "triaged"


@folds(events.Urgency)
def _urgency(state: CaseState, event: events.Urgency, at: int) -> None:
    state.urgency = event.urgency


@folds(events.Moment)
def _moment(state: CaseState, event: events.Moment, at: int) -> None:
    state.moments[event.event] = event.at or at


@folds(events.ClockGiven)
def _clock_given(state: CaseState, event: events.ClockGiven, at: int) -> None:
    state.given[event.clock] = GivenClock(event.due, event.date, event.source, event.confirmed)


@folds(events.ClockDone)
def _done(state: CaseState, event: events.ClockDone, at: int) -> None:
    state.done.setdefault(event.clock, event.at or at)


@folds(events.ClockAgain)
def _again(state: CaseState, event: events.ClockAgain, at: int) -> None:
    state.done.pop(event.clock, None)


@folds(events.ClockPaused)
def _paused(state: CaseState, event: events.ClockPaused, at: int) -> None:
    if not state.pauses or state.pauses[-1][1] is not None:
        state.pauses.append((at, None))


@folds(events.ClockResumed)
def _resumed(state: CaseState, event: events.ClockResumed, at: int) -> None:
    if state.pauses and state.pauses[-1][1] is None:
        state.pauses[-1] = (state.pauses[-1][0], at)


@folds(events.Owner)
def _owner(state: CaseState, event: events.Owner, at: int) -> None:
    state.owner = event.staff
    if state.owner and state.state in ("new", "triaged"):
        state.state = "review"


@folds(events.Routed)
def _routed(state: CaseState, event: events.Routed, at: int) -> None:
    state.queue = event.queue
    state.routed = event.rule


@folds(events.Queue)
def _queue(state: CaseState, event: events.Queue, at: int) -> None:
    state.queue = event.queue
    state.routed = 0


@folds(events.Disclosure)
def _disclosure(state: CaseState, event: events.Disclosure, at: int) -> None:
    name = f"disclosure {event.id}"
    if event.what == "agreed" and event.until is not None:
        state.waits[name] = (at, event.until)
    elif event.what in ("made", "withdrawn"):
        state.waits.pop(name, None)


@folds(events.Looked)
def _looked(state: CaseState, event: events.Looked, at: int) -> None:
    if state.looked_at is None:
        state.looked_at = at
    for clock in FIRST_LOOKS:
        state.done.setdefault(clock, at)
    _hear(state, at)


@folds(events.AlarmHeard)
def _heard(state: CaseState, event: events.AlarmHeard, at: int) -> None:
    _hear(state, at)


def _hear(state: CaseState, at: int) -> None:
    if not state.rings or state.heard_at < state.rings[-1]:
        state.heard_at = at


@folds(events.Danger)
def _danger(state: CaseState, event: events.Danger, at: int) -> None:
    state.danger = max(state.danger, event.level, key=DANGERS.index)
    if event.held is not None and state.looked_at is None:
        state.held_back.append(event.held)
    if event.with_case == state.number and event.with_case:
        return  # counted by the alarm that this case has
    state.rings_with = event.with_case
    if not event.with_case:
        state.rings.append(at)


@folds(events.Sealed)
def _sealed(state: CaseState, event: events.Sealed, at: int) -> None:
    state.sealed[event.target] = event.copy


@folds(events.Letter)
def _letter(state: CaseState, event: events.Letter, at: int) -> None:
    state.letters.append(event.letter)


@folds(events.Receipt)
def _receipt(state: CaseState, event: events.Receipt, at: int) -> None:
    said = msgspec.structs.asdict(event)
    state.receipt = {name: value for name, value in said.items() if value is not msgspec.UNSET}
    state.receipt_at = state.receipt.get("at") or at


@folds(events.Decided)
def _decided(state: CaseState, event: events.Decided, at: int) -> None:
    state.decisions.append(event.decision)
    # Until it can no longer be taken back nobody is told, and no duty to tell runs.
    state.moments.setdefault("decided", event.final or at)
    state.state = "decided"


@folds(events.State)
def _state(state: CaseState, event: events.State, at: int) -> None:
    state.state = event.state


@folds(events.Closed)
def _closed(state: CaseState, event: events.Closed, at: int) -> None:
    state.state = "closed"
    state.closed_at = at
    state.ending = event.end


@folds(events.Reopened)
def _reopened(state: CaseState, event: events.Reopened, at: int) -> None:
    state.state = "review" if state.owner else "triaged"
    state.closed_at = None
    state.ending = ""
