"""Rules and queues as they stand, who works on what, and which rule a case comes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from petitbleu.app import App, Part
from petitbleu.desk.casework.cases import targets
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.casework.routing import queries as q
from petitbleu.desk.casework.routing.conditions import (
    ACCOUNT,
    CHAT,
    COMMENT,
    MESSAGE,
    Conditions,
    Seen,
    lacking,
)
from petitbleu.desk.casework.routing.queries import QueueRow, RuleRow
from petitbleu.desk.casework.routing.seeing import works_on
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.desk.staffing.staff.service import Staff
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.stamps import ROOMS_HERE, room
from petitbleu.store.api import Reader

_conditions = msgspec.msgpack.Decoder(Conditions).decode


class Rule(NamedTuple):
    """``queue`` 0, ``owner`` 0, ``urgency`` None: it says nothing of that."""

    id: int
    name: str
    active: bool
    conditions: Conditions
    queue: int
    owner: int
    urgency: int | None
    changed_at: int
    changed_by: str


class Queue(NamedTuple):
    """A place cases are put; without ``members`` it is everybody's who may see the kind."""

    id: int
    name: str
    members: tuple[int, ...]


class Tried(NamedTuple):
    """What became of one rule when a case was held against it."""

    rule: Rule
    lacking: tuple[str, ...]
    """Conditions that do not hold."""
    unseen: bool = False
    """It fits, and is passed over: nobody it leads to may see the case now."""

    @property
    def decides(self) -> bool:
        return self.rule.active and not self.lacking and not self.unseen


class Knows:
    """Staff and queues, read once, at the first question."""

    def __init__(self, app: App, reader: Reader) -> None:
        self._app, self._reader = app, reader
        self._people: dict[int, Staff] | None = None
        self._queues: dict[int, Queue] | None = None

    async def people(self) -> dict[int, Staff]:
        if self._people is None:
            everybody = await staff.everybody(self._app, self._reader)
            self._people = {person.id: person for person in everybody}
        return self._people

    async def queues(self) -> dict[int, Queue]:
        if self._queues is None:
            self._queues = {queue.id: queue for queue in await queues(self._reader)}
        return self._queues

    async def somebody(self, queue: int, owner: int, kind: str) -> bool:
        """Whether a case of ``kind`` has somebody to work on it there. A queue without members is
        no smaller than the desk: who may see the kind is the team's matter, not the rule's.
        """
        people = await self.people()
        if owner and not (owner in people and works_on(people[owner], kind)):
            return False
        row = (await self.queues()).get(queue)
        if row is None:
            return queue == 0
        return not row.members or anybody(people, row.members, kind)


def anybody(people: dict[int, Staff], members: Iterable[int], kind: str) -> bool:
    """Whether one of the members works on cases of a kind."""
    return any(member in people and works_on(people[member], kind) for member in members)


def rule_of(row: RuleRow) -> Rule:
    """A row as services see it."""
    return Rule(
        row.id,
        row.name,
        bool(row.active),
        _conditions(row.conditions),
        row.queue,
        row.owner,
        row.urgency,
        row.changed_at,
        row.changed_by,
    )


def queue_of(row: QueueRow) -> Queue:
    """A row as services see it."""
    return Queue(
        row.id, row.name, tuple(int(member) for member in row.members.split(",") if member)
    )


async def queues(reader: Reader) -> list[Queue]:
    """All queues, by name."""
    return [queue_of(row) for row in await reader.rows(q.QUEUES)]


class _Known:
    """The rules as they were read last."""

    __slots__ = ("age", "rules")

    def __init__(self) -> None:
        self.rules: Sequence[Rule] | None = None
        self.age = 0
        """How often they were changed."""


ROOM = room("routing", desk_rule=())


def _known(app: App) -> _Known:
    app.parts[ROOMS_HERE].hear(ROOM, lambda _: forget(app))
    return _Known()


ROUTING: Part[_Known] = Part(_known)


async def rules(app: App, reader: Reader) -> Sequence[Rule]:
    """All rules in their order; read again after each change (:func:`forget`): every case that is
    made asks for them.
    """
    known = app.parts[ROUTING]
    if known.rules is not None:
        return known.rules
    age = known.age
    ordered = tuple(rule_of(row) for row in await reader.rows(q.RULES))
    if known.age == age:  # else they were changed while they were read
        known.rules = ordered
    return ordered


def forget(app: App) -> None:
    """A change of the rules was committed."""
    known = app.parts[ROUTING]
    known.age += 1
    known.rules = None


# ── a case held against them ────────────────────────────────────────────────────────────────────


async def tried(
    known: Sequence[Rule], knows: Knows, seen: Seen, *, off: bool = False
) -> list[Tried]:
    """The rules in their order, up to the first that decides; ``off``: with those left out."""
    attempts: list[Tried] = []
    for rule in known:
        if not rule.active and not off:
            continue
        wrong = lacking(rule.conditions, seen)
        unseen = not wrong and rule.active and not await _arrives(knows, rule, seen.kind)
        attempts.append(Tried(rule, wrong, unseen))
        if attempts[-1].decides:
            break
    return attempts


async def _arrives(knows: Knows, rule: Rule, kind: str) -> bool:
    if not rule.queue and not rule.owner:
        return True
    return await knows.somebody(rule.queue, rule.owner, kind)


async def look(reader: Reader, known: Sequence[Rule], state: CaseState) -> Seen:
    """A case as conditions look at it. What targets are is looked up where a rule asks for it."""
    proved = state.authority if state.authority and state.authority.trust != "failed" else None
    countries = {proved.country if proved else "", str(state.facts.get("issuing_state") or "")}
    asked = any(rule.active and rule.conditions.targets for rule in known)
    return Seen(
        kind=state.kind,
        category=state.category,
        countries=frozenset(countries) - {""},
        authority=proved.domain if proved else "",
        language=state.language,
        urgency=state.urgency,
        targets=await _targets(reader, state) if asked else frozenset(),
        channel="mail" if state.channel in _MAIL else state.channel,
        text=" ".join((state.title, state.reference, *state.targets)),
    )


_MAIL = ("smtp", "imap")
_LOOKED_AT = 20
"""Targets of one letter that are looked up."""


async def _targets(reader: Reader, state: CaseState) -> frozenset[str]:
    found: set[str] = set()
    if state.target:
        found.add(MESSAGE if state.item else ACCOUNT if state.target > 0 else CHAT)
    for written in state.targets[:_LOOKED_AT]:
        meant = targets.parse(written)
        if meant is None:
            continue
        if meant.post:
            found.add(COMMENT if meant.comment else MESSAGE)
            continue
        peer = await usernames.resolve(reader, meant.name) if meant.name else meant.number
        if peer:
            found.add(ACCOUNT if peer > 0 else CHAT)
    return frozenset(found)
