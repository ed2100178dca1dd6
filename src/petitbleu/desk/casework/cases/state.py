"""What the events of a case add up to. Pure: a state and an event give the next state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

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


class Authority(msgspec.Struct):
    """Who sent it, as far as the directory knows. ``trust``: one of :data:`TRUSTS`."""

    name: str = ""
    country: str = ""
    domain: str = ""
    trust: str = "unknown"


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
Fold = Callable[[CaseState, dict[str, Any], int], None]
_FOLDS: dict[str, Fold] = {}
_FIELDS = {
    "language",
    "reference",
    "targets",
    "territorial_scope",
    "warnings",
    "formal_defects",
    "category",
    "title",
    "reasons",
    "sender",
    "target",
    "item",
}
"""Fields that ``opened`` sets and ``fact`` corrects."""


def folds(*kinds: str) -> Callable[[Fold], Fold]:
    """Declare what an event of these kinds does to a state."""

    def register(fold: Fold) -> Fold:
        for kind in kinds:
            _FOLDS[kind] = fold
        return fold

    return register


def fold(state: CaseState, kind: str, data: dict[str, Any], at: int) -> None:
    """Take one event into ``state``. Kinds nobody folds change nothing but the time line."""
    state.seq += 1
    state.changed_at = at
    found = _FOLDS.get(kind)
    if found is not None:
        found(state, data, at)


def _authority(value: Any) -> Authority | None:
    return None if value is None else msgspec.convert(value, Authority)


@folds("opened")
def _opened(state: CaseState, data: dict[str, Any], at: int) -> None:
    state.opened_at = at
    state.received_at = data.get("received_at") or at
    state.kind = data["kind"]
    state.urgency = data["urgency"]
    state.channel = data.get("channel", "")
    state.moments = {"received": state.received_at} | data.get("moments", {})
    _fact(state, data.get("facts", {}) | {n: v for n, v in data.items() if n in _FACTS}, at)


_FACTS = _FIELDS | {"authority"}


@folds("fact")
def _fact(state: CaseState, data: dict[str, Any], at: int) -> None:
    for name, value in data.items():
        if name == "authority":
            state.authority = _authority(value)
        elif name in _FIELDS:
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


@folds("telling")
def _telling(state: CaseState, data: dict[str, Any], at: int) -> None:
    state.telling = msgspec.convert({"at": at} | data, Telling)


@folds("inbound")
def _inbound(state: CaseState, data: dict[str, Any], at: int) -> None:
    state.inbound.append(data["inbound"])


@folds("report")
def _report(state: CaseState, data: dict[str, Any], at: int) -> None:
    state.reports.append(data["number"])


@folds("kind")
def _kind(state: CaseState, data: dict[str, Any], at: int) -> None:
    state.kind = data["kind"]
    if state.state == "new":
        state.state = "triaged"


@folds("urgency")
def _urgency(state: CaseState, data: dict[str, Any], at: int) -> None:
    state.urgency = data["urgency"]


@folds("moment")
def _moment(state: CaseState, data: dict[str, Any], at: int) -> None:
    state.moments[data["event"]] = data.get("at") or at


@folds("clock.given")
def _given(state: CaseState, data: dict[str, Any], at: int) -> None:
    state.given[data["clock"]] = GivenClock(
        data.get("due"), data.get("date"), data.get("source", ""), bool(data.get("confirmed"))
    )


@folds("clock.done")
def _done(state: CaseState, data: dict[str, Any], at: int) -> None:
    state.done.setdefault(data["clock"], data.get("at") or at)


@folds("clock.again")
def _again(state: CaseState, data: dict[str, Any], at: int) -> None:
    state.done.pop(data["clock"], None)


@folds("clock.paused")
def _paused(state: CaseState, data: dict[str, Any], at: int) -> None:
    if not state.pauses or state.pauses[-1][1] is not None:
        state.pauses.append((at, None))


@folds("clock.resumed")
def _resumed(state: CaseState, data: dict[str, Any], at: int) -> None:
    if state.pauses and state.pauses[-1][1] is None:
        state.pauses[-1] = (state.pauses[-1][0], at)


@folds("owner")
def _owner(state: CaseState, data: dict[str, Any], at: int) -> None:
    state.owner = data["staff"]
    if state.owner and state.state in ("new", "triaged"):
        state.state = "review"


@folds("routed")
def _routed(state: CaseState, data: dict[str, Any], at: int) -> None:
    state.queue = data["queue"]
    state.routed = data["rule"]


@folds("queue")
def _queue(state: CaseState, data: dict[str, Any], at: int) -> None:
    state.queue = data["queue"]
    state.routed = 0


@folds("disclosure")
def _disclosure(state: CaseState, data: dict[str, Any], at: int) -> None:
    name = f"disclosure {data['id']}"
    if data.get("what") == "agreed" and "until" in data:
        state.waits[name] = (at, data["until"])
    elif data.get("what") in ("made", "withdrawn"):
        state.waits.pop(name, None)


@folds("looked")
def _looked(state: CaseState, data: dict[str, Any], at: int) -> None:
    if state.looked_at is None:
        state.looked_at = at
    for clock in FIRST_LOOKS:
        state.done.setdefault(clock, at)
    _heard(state, data, at)


@folds("alarm.heard")
def _heard(state: CaseState, data: dict[str, Any], at: int) -> None:
    if not state.rings or state.heard_at < state.rings[-1]:
        state.heard_at = at


@folds("danger")
def _danger(state: CaseState, data: dict[str, Any], at: int) -> None:
    state.danger = max(state.danger, data["level"], key=DANGERS.index)
    if "held" in data and state.looked_at is None:
        state.held_back.append((data["held"][0], data["held"][1]))
    if (lead := data.get("with", 0)) == state.number and lead:
        return  # counted by the alarm that this case has
    state.rings_with = lead
    if not lead:
        state.rings.append(at)


@folds("sealed")
def _sealed(state: CaseState, data: dict[str, Any], at: int) -> None:
    state.sealed[data["target"]] = data["copy"]


@folds("letter")
def _letter(state: CaseState, data: dict[str, Any], at: int) -> None:
    state.letters.append(data["letter"])


@folds("receipt")
def _receipt(state: CaseState, data: dict[str, Any], at: int) -> None:
    state.receipt_at = data.get("at") or at
    state.receipt = data


@folds("decided")
def _decided(state: CaseState, data: dict[str, Any], at: int) -> None:
    state.decisions.append(data["decision"])
    # Until it can no longer be taken back nobody is told, and no duty to tell runs.
    state.moments.setdefault("decided", data.get("final") or at)
    state.state = "decided"


@folds("state")
def _state(state: CaseState, data: dict[str, Any], at: int) -> None:
    state.state = data["state"]


@folds("closed")
def _closed(state: CaseState, data: dict[str, Any], at: int) -> None:
    state.state = "closed"
    state.closed_at = at
    state.ending = data["end"]


@folds("reopened")
def _reopened(state: CaseState, data: dict[str, Any], at: int) -> None:
    state.state = "review" if state.owner else "triaged"
    state.closed_at = None
    state.ending = ""
