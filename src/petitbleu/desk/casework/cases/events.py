"""What can happen to a case: a shape for each kind of event.

The kind is the tag; it stands in a column of its own, and in the log, and never changes. What is
written is checked against its shape first: a kind that is not declared here, a field that its kind
does not have and a value of another type are bugs of ours. What is stored is read more kindly:
fields of before that nobody reads any more are passed over. A kind that is unknown, or of a later
version than this program knows, is a fault then too: nobody can say what the case is.

A shape that changes gets a new ``version``. Its rows bear it (``v``; the first has none), and
:data:`UPGRADES` makes a row of each version one of the next.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Literal

import msgspec
from msgspec import UNSET, UnsetType

from petitbleu.errors import LocalFault

TAG, VERSION = "$", "v"
Data = dict[str, Any]
UPGRADES: dict[tuple[str, int], Callable[[Data], Data]] = {}
"""(kind, version) -> what makes a row of it one of the next version."""


class Authority(msgspec.Struct):
    """Who wrote in an authority's name, and how far that is sure."""

    name: str = ""
    country: str = ""
    domain: str = ""
    trust: str = "unknown"
    """``verified-directory``, ``trusted-flagger-list``, ``unknown`` or ``failed``."""


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field=TAG, tag=""):
    """Something that happened to a case."""

    version: ClassVar[int] = 1
    others: ClassVar[str] = ""
    """The field that takes what has no field of its own; empty: there is nothing of the kind."""


class _Fields(Event, frozen=True, kw_only=True):
    """Fields of a case that ``opened`` sets and ``fact`` corrects, as far as they are given."""

    language: str | UnsetType = UNSET
    reference: str | UnsetType = UNSET
    targets: list[str] | UnsetType = UNSET
    territorial_scope: list[str] | UnsetType = UNSET
    warnings: list[str] | UnsetType = UNSET
    formal_defects: list[str] | UnsetType = UNSET
    category: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    reasons: list[str] | UnsetType = UNSET
    sender: str | UnsetType = UNSET
    target: int | UnsetType = UNSET
    item: int | UnsetType = UNSET
    authority: Authority | UnsetType | None = UNSET


FIELDS = _Fields.__struct_fields__


class Opened(_Fields, tag="opened", frozen=True):
    """The case began."""

    kind: str
    urgency: int
    channel: str = ""
    received_at: int | None = None
    moments: dict[str, int] = {}
    facts: Data = {}


class Fact(_Fields, tag="fact", frozen=True):
    """Something was established: fields of the case, and facts by their names."""

    others: ClassVar[str] = "facts"
    facts: Data = {}


class Kind(Event, tag="kind", frozen=True):
    """The case is of this kind."""

    kind: str


class Urgency(Event, tag="urgency", frozen=True):
    """It is so urgent; ``why`` in words, or ``reasons`` by their codes."""

    urgency: int
    why: str = ""
    reasons: list[str] = []


class Owner(Event, tag="owner", frozen=True):
    """Somebody works on it; 0: nobody."""

    staff: int


class Queue(Event, tag="queue", frozen=True):
    """Somebody put it into a named queue (0: none), ``into`` by its name then."""

    queue: int
    into: str = ""


class Routed(Event, tag="routed", frozen=True):
    """A rule (0: none fits any more) put it there."""

    queue: int
    rule: int
    name: str = ""
    into: str = ""


class State(Event, tag="state", frozen=True):
    """It stands so: one of ``state.STATES``."""

    state: str


class Closed(Event, tag="closed", frozen=True):
    """It is over: one of ``state.ENDINGS``, and why."""

    end: str
    reason: str = ""


class Reopened(Event, tag="reopened", frozen=True):
    """It goes on: ``why`` in words, or ``by`` what."""

    why: str = ""
    by: str = ""


class Joined(Event, tag="joined", frozen=True):
    """Another case became part of it (``case``), or it of another (``into``)."""

    case: int = 0
    into: int = 0


class Note(Event, tag="note", frozen=True):
    """A note for colleagues."""

    text: str


class Looked(Event, tag="looked", frozen=True):
    """Somebody opened it."""


class AlarmHeard(Event, tag="alarm.heard", frozen=True):
    """Somebody acknowledged its alarms, so many."""

    alarms: int


class Danger(Event, tag="danger", frozen=True):
    """Danger is told of. ``held``: what is told to nobody before somebody looked, and its number;
    ``with_case``: whose alarm counts it; ``why``: what made it danger without a message.
    """

    level: str
    held: tuple[str, int] | None = None
    with_case: int = msgspec.field(default=0, name="with")
    why: str = ""


class Moment(Event, tag="moment", frozen=True):
    """A start event of clocks happened."""

    event: str
    at: int | None = None


class ClockGiven(Event, tag="clock.given", frozen=True):
    """A clock ends when a document says."""

    clock: str
    due: int | None = None
    date: str | None = None
    source: str = ""
    confirmed: bool = False


class ClockDone(Event, tag="clock.done", frozen=True):
    """A clock has ended."""

    clock: str
    at: int | None = None


class ClockAgain(Event, tag="clock.again", frozen=True):
    """A clock that had ended runs again."""

    clock: str


class ClockPaused(Event, tag="clock.paused", frozen=True):
    """Clocks wait."""

    ground: str = ""


class ClockResumed(Event, tag="clock.resumed", frozen=True):
    """Clocks that waited go on."""


class Inbound(Event, tag="inbound", frozen=True):
    """A letter arrived, and why it belongs here; what it looked like unless it is the first."""

    inbound: int
    channel: str = ""
    why: str = ""
    kind: str = ""
    reasons: list[str] = []
    warnings: list[str] = []


class Typed(Event, tag="typed", frozen=True):
    """Somebody typed in what came by another channel."""

    channel: str
    inbound: int


class Report(Event, tag="report", frozen=True):
    """A report from the app belongs to it. ``examined``: the case was closed already."""

    number: int
    reason: str = ""
    examined: bool = False


class ReportAgain(Event, tag="report.again", frozen=True):
    """The same report once more."""

    number: int


class Sealed(Event, tag="sealed", frozen=True):
    """What a target showed was copied and sealed (``sha``, at that time)."""

    target: str
    copy: int
    sha: str = ""
    at: int = 0


class Letter(Event, tag="letter", frozen=True):
    """A letter of ours goes to somebody."""

    letter: int
    purpose: str = ""
    to: str = ""


class LetterFailed(Event, tag="letter.failed", frozen=True):
    """It could not be sent."""

    letter: int
    purpose: str


class LetterReturned(Event, tag="letter.returned", frozen=True):
    """It came back."""

    letter: int
    purpose: str
    to: str = ""
    why: str = ""


class Asked(Event, tag="asked", frozen=True):
    """Somebody was asked. ``form``: by the form of the authority; ``missing``: codes of defects."""

    letter: int
    pause: list[str] | bool = []
    form: str | bool = ""
    missing: list[str] = []


class Threat(Event, tag="threat", frozen=True):
    """A threat was reported to an authority."""

    letter: int
    to: str
    name: str = ""
    country: str = ""


class Receipt(Event, tag="receipt", frozen=True):
    """Its receipt was confirmed: by a letter, a form, the app or a person."""

    letter: int | UnsetType = UNSET
    to: str | UnsetType = UNSET
    language: str | UnsetType = UNSET
    channel: str | UnsetType = UNSET
    at: int | UnsetType = UNSET


class ReceiptNone(Event, tag="receipt.none", frozen=True):
    """No receipt was sent, and why."""

    why: str


class Telling(Event, tag="telling", frozen=True):
    """Whether people may be told was answered (``state.Telling``)."""

    answer: str
    until: str = ""
    permission: str = ""
    by: str = ""
    second: str = ""
    at: int | None = None
    review: int = 0


class Decided(Event, tag="decided", frozen=True):
    """A decision was taken; ``final``: from when on it cannot be taken back."""

    decision: int
    outcome: str = ""
    final: int = 0


class Undone(Event, tag="undone", frozen=True):
    """A decision was taken back."""

    decision: int
    second: str = ""


class Second(Event, tag="second", frozen=True):
    """A second person signed (``id``: what)."""

    id: str
    by: str


class SecondMarked(Event, tag="second.marked", frozen=True):
    """A second signature is of somebody whom the first had brought."""

    others: ClassVar[str] = "more"
    second: str = ""
    more: Data = {}


class Appeal(Event, tag="appeal", frozen=True):
    """A complaint about it, or in it: lodged, asked about, answered, decided."""

    others: ClassVar[str] = "more"
    id: int
    outcome: str = ""
    text: str = ""
    answer: bool = False
    sha256: str = ""
    more: Data = {}


class Hold(Event, tag="hold", frozen=True):
    """Something is kept: placed, renewed, ended; without ``what`` for a decision or a complaint."""

    id: int | str
    what: Literal["", "placed", "renewed", "ended"] = ""
    ground: str = ""
    scope: str = ""
    until: int = 0
    reason: str = ""
    early: bool = False
    measures: list[int] = []
    items: list[str] = []


class Disclosure(Event, tag="disclosure", frozen=True):
    """Data for an authority: what became of them."""

    id: int
    what: str
    fields: list[str] = []
    second: str = ""
    until: int | None = None
    sha256: str = ""
    reason: str = ""
    fetched_from: str = msgspec.field(default="", name="from")


class _Misuse(Event, frozen=True, kw_only=True):
    """A step against misuse (Article 23 of Regulation (EU) 2022/2065)."""

    who: str
    kind: str
    until: int = 0
    measure: int = 0
    text: str = ""


class MisuseWarning(_Misuse, tag="misuse.warning", frozen=True):
    """Somebody was warned."""


class MisuseSuspension(_Misuse, tag="misuse.suspension", frozen=True):
    """Somebody was suspended."""


class MisuseEnded(_Misuse, tag="misuse.ended", frozen=True):
    """A suspension ended before its time."""


class _Purge(Event, frozen=True, kw_only=True):
    page: str
    measure: int = 0
    why: str = ""
    over: bool = False


class Purged(_Purge, tag="purged", frozen=True):
    """The caches in front forgot a page. ``over``: because a measure ended."""


class PurgeFailed(_Purge, tag="purge.failed", frozen=True):
    """They could not be told, and why."""


AnyEvent = (
    Opened | Fact | Kind | Urgency | Owner | Queue | Routed | State | Closed | Reopened | Joined
    | Note | Looked | AlarmHeard | Danger | Moment | ClockGiven | ClockDone | ClockAgain
    | ClockPaused | ClockResumed | Inbound | Typed | Report | ReportAgain | Sealed | Letter
    | LetterFailed | LetterReturned | Asked | Threat | Receipt | ReceiptNone | Telling | Decided
    | Undone | Second | SecondMarked | Appeal | Hold | Disclosure | MisuseWarning
    | MisuseSuspension | MisuseEnded | Purged | PurgeFailed
)  # fmt: skip
"""All that can happen."""
SHAPES: dict[str, type[Event]] = {
    str(shape.__struct_config__.tag): shape for shape in AnyEvent.__args__
}
"""Kind -> its shape."""


class UnknownEvent(LocalFault):
    """No shape fits what happened, or is said to have happened."""


def read(kind: str, data: Data) -> Event:
    """An event as it is stored. Raises UnknownEvent."""
    shape = _shape(kind)
    version = data.get(VERSION, 1)
    if version > shape.version:
        raise UnknownEvent(f"case event {kind} is of version {version}, not {shape.version}")
    while version < shape.version:
        data = UPGRADES[kind, version](data)
        version += 1
    if shape.others:
        known = _names(shape) - {shape.others}
        rest = {name: value for name, value in data.items() if name not in known}
        rest.pop(VERSION, None)
        data = {name: value for name, value in data.items() if name in known} | {shape.others: rest}
    try:
        return msgspec.convert(data, shape)
    except msgspec.ValidationError as error:
        raise UnknownEvent(f"case event {kind}: {error}") from None


def to_store(kind: str, data: Data) -> tuple[Event, Data]:
    """An event that happens now, and what is stored of it: it has the shape of its kind, and its
    version. Raises UnknownEvent: a bug of ours.
    """
    shape = _shape(kind)
    unknown = set(data) - _names(shape)
    if unknown and not shape.others:
        raise UnknownEvent(f"case event {kind} has no field {min(unknown)}")
    if shape.version > 1:
        data = data | {VERSION: shape.version}
    return read(kind, data), data


def _shape(kind: str) -> type[Event]:
    shape = SHAPES.get(kind)
    if shape is None:
        raise UnknownEvent(f"there is no case event {kind}")
    return shape


def _names(shape: type[Event]) -> set[str]:
    """The fields of a shape, as they are stored."""
    return set(shape.__struct_encode_fields__)
