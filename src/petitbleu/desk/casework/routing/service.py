"""Where cases go by themselves: named queues, and rules of which the first that fits decides.

Rules are held against a case in the transaction that makes or re-classifies it. They move it into
a queue, give it to somebody where nobody has it, and make it more urgent, never less. A rule that
would put a case where nobody may see it cannot be written, and is passed over where that has come
about since.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from petitbleu.app import App
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent, CaseState
from petitbleu.desk.casework.routing import queries as q
from petitbleu.desk.casework.routing.conditions import CHANNELS, TARGETS, Conditions, Seen, plain
from petitbleu.desk.casework.routing.refused import Refused
from petitbleu.desk.casework.routing.rules import (
    Knows,
    Queue,
    Rule,
    Tried,
    anybody,
    forget,
    look,
    queue_of,
    queues,
    rule_of,
    rules,
    tried,
)
from petitbleu.desk.casework.routing.seeing import works_on
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.reference.law import categories
from petitbleu.desk.reference.law import service as law
from petitbleu.desk.staffing.staff.service import Staff
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.placing import moved
from petitbleu.store.api import Reader, Tx

__all__ = [
    "Draft",
    "Queue",
    "Refused",
    "Rule",
    "Trial",
    "Tried",
    "add_queue",
    "add_rule",
    "change_queue",
    "change_rule",
    "closed_off",
    "delete_queue",
    "delete_rule",
    "into",
    "move_rule",
    "queues",
    "rules",
    "switch_rule",
    "trial",
    "unusable",
]

NAME = 80
"""Characters of a name."""
RULES = 200
QUEUES = 100
MOVED = 500
"""Open cases that leave a queue which is deleted."""
_VALUES = 100
"""Values of one condition."""
_WORDS = 100
"""Characters of one value of words."""
_encode = msgspec.msgpack.Encoder().encode


# ── a case ──────────────────────────────────────────────────────────────────────────────────────


@cases.on_sorting
async def sort(tx: Tx, app: App, state: CaseState, free: bool) -> tuple[CaseEvent, ...]:
    """What the rules say of a case as it is now classified; nothing where that changes nothing.

    ``free``: nobody had it before this change.
    """
    known = await rules(app, tx)
    if not known and not state.routed:
        return ()
    knows = Knows(app, tx)
    last = (await tried(known, knows, await look(tx, known, state)))[-1:]
    if not last or not last[0].decides:
        if not state.routed:
            return ()
        return (cases.make_event(shapes.Routed(rule=0, queue=0)),)  # none fits any more
    return await _led(tx, app, state, last[0].rule, knows, free)


async def _led(
    tx: Tx, app: App, state: CaseState, rule: Rule, knows: Knows, free: bool
) -> tuple[CaseEvent, ...]:
    events: list[CaseEvent] = []
    queue = (await knows.queues()).get(rule.queue) if rule.queue else None
    if (queue.id if queue else 0) != state.queue or rule.id != state.routed:
        routed = shapes.Routed(
            rule=rule.id,
            name=rule.name,
            queue=queue.id if queue else 0,
            into=queue.name if queue else "",
        )
        events.append(cases.make_event(routed))
    owner = _owner(rule, queue, state, free)
    if owner != state.owner:
        events.append(cases.make_event(shapes.Owner(staff=owner)))
    if rule.urgency is not None and rule.urgency < state.urgency:
        reasons = [f"routed={rule.name}"]
        events.append(cases.make_event(shapes.Urgency(urgency=rule.urgency, reasons=reasons)))
    if events:
        said = {"rule": rule.id, "name": rule.name, "queue": rule.queue, "owner": owner}
        await audit.append(tx, app, "system", "case.routed", case_numbers.text(state.number), said)
    return tuple(events)


def _owner(rule: Rule, queue: Queue | None, state: CaseState, free: bool) -> int:
    """Whose it is then. Nobody loses a case to a rule, but for whoever only sorted it."""
    if not free:
        return state.owner
    if rule.owner:
        return rule.owner
    theirs = queue is None or not queue.members or state.owner in queue.members
    return state.owner if theirs else 0


class Trial(NamedTuple):
    """A case as the rules see it, and what became of each up to the one that decides."""

    seen: Seen
    tried: list[Tried]


async def trial(app: App, state: CaseState) -> Trial:
    """Hold the rules against a case; nothing happens to it."""
    known = await rules(app, app.store)
    seen = await look(app.store, known, state)
    return Trial(seen, await tried(known, Knows(app, app.store), seen, off=True))


async def into(app: App, reader: Reader, queue: int, kind: str) -> CaseEvent:
    """The event that puts a case of a kind into a queue by hand; 0: into none. Raises Refused."""
    if not queue:
        return cases.make_event(shapes.Queue(queue=0))
    row = await reader.row(q.QUEUE, id=queue)
    if row is None:
        raise Refused("no_queue")
    if not await Knows(app, reader).somebody(queue, 0, kind):
        raise Refused("nobody", queue=row.name, kind=kind)
    return cases.make_event(shapes.Queue(queue=queue, into=row.name))


async def closed_off(app: App, one: Staff) -> tuple[int, ...]:
    """Queues that are worked on by others: "next case" takes nothing from them."""
    closed = [row for row in await queues(app.store) if row.members]
    if not closed:
        return ()
    people = await Knows(app, app.store).people()
    return tuple(
        row.id
        for row in closed
        if one.id not in row.members
        and any(people[who].active for who in row.members if who in people)
    )


# ── rules ───────────────────────────────────────────────────────────────────────────────────────


async def unusable(app: App, known: Sequence[Rule]) -> frozenset[int]:
    """Rules that at present lead where nobody may see what they are for."""
    knows, problems = Knows(app, app.store), set()
    for rule in known:
        try:
            await _somebody(knows, rule.conditions, rule.queue, rule.owner)
        except Refused:
            problems.add(rule.id)
    return frozenset(problems)


class Draft(NamedTuple):
    """A rule as somebody writes it."""

    name: str
    conditions: Conditions = Conditions()
    queue: int = 0
    owner: int = 0
    urgency: int | None = None


async def add_rule(app: App, by: Staff, draft: Draft) -> int:
    """A new rule at the end, active; its number. Raises Refused."""
    number = await app.store.write(_add_rule, app, by, draft)
    forget(app)
    return number


async def _add_rule(tx: Tx, app: App, by: Staff, draft: Draft) -> int:
    if len(await tx.rows(q.RULES)) >= RULES:
        raise Refused("many", most=RULES)
    values = await _checked(tx, app, draft)
    row = await tx.row(q.ADD_RULE, active=1, at=int(app.clock.now()), by=by.actor, **values)
    assert row is not None
    await _say_rule(tx, app, by, "add", row.id, draft)
    return row.id


async def change_rule(app: App, by: Staff, id: int, draft: Draft) -> None:
    """Another name, other conditions or another way. Raises Refused."""
    await app.store.write(_change_rule, app, by, id, draft)
    forget(app)


async def _change_rule(tx: Tx, app: App, by: Staff, id: int, draft: Draft) -> None:
    values = await _checked(tx, app, draft)
    if not await tx.run(q.CHANGE_RULE, id=id, at=int(app.clock.now()), by=by.actor, **values):
        raise Refused("no_rule")
    await _say_rule(tx, app, by, "change", id, draft)


async def _say_rule(tx: Tx, app: App, by: Staff, what: str, id: int, draft: Draft) -> None:
    said = draft._asdict() | {"conditions": msgspec.to_builtins(draft.conditions)}
    await audit.append(tx, app, by.actor, f"rule.{what}", f"rule:{id}", said)


async def _checked(tx: Tx, app: App, draft: Draft) -> dict[str, Any]:
    """The row of a rule that is sound. Raises Refused."""
    name = _named(draft.name)
    queue, owner, urgency = draft.queue, draft.owner, draft.urgency
    if not queue and not owner and urgency is None:
        raise Refused("nowhere")
    if urgency is not None and not 0 <= urgency < len(cases.URGENCIES):
        raise Refused("choice", what=urgency)
    _values(app, draft.conditions)
    knows = Knows(app, tx)
    if queue and queue not in await knows.queues():
        raise Refused("no_queue")
    await _somebody(knows, draft.conditions, queue, owner)
    return draft._asdict() | {"name": name, "conditions": _encode(draft.conditions)}


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= NAME:
        raise Refused("name", most=NAME)
    return name


def _values(app: App, wanted: Conditions) -> None:
    """Raises Refused for a value that no case can have."""
    known: dict[str, Any] = {
        "kinds": law.load_law(app).kinds,
        "categories": {group.category for group in categories.groups("en")},
        "targets": TARGETS,
        "channels": CHANNELS,
    }
    for field in wanted.__struct_fields__:
        values = getattr(wanted, field)
        if isinstance(values, tuple) and len(values) > _VALUES:
            raise Refused("values", most=_VALUES)
        for value in values if field in known else ():
            if value not in known[field]:
                raise Refused("choice", what=value[:60])
    for value in (*wanted.countries, *wanted.languages):
        if not (len(value) == 2 and value.isascii() and value.isalpha()):
            raise Refused("two_letters", what=value[:60])
    for value in wanted.authorities:
        if "." not in value.strip(".") or len(value) > 255:
            raise Refused("domain", what=value[:60])
    for value in wanted.words:
        if not plain(value) or len(value) > _WORDS:
            raise Refused("words", what=value[:60], most=_WORDS)
    if wanted.urgency is not None and not 0 <= wanted.urgency < len(cases.URGENCIES):
        raise Refused("choice", what=wanted.urgency)


async def _somebody(knows: Knows, wanted: Conditions, queue: int, owner: int) -> None:
    """Raises Refused where the rule leads cases to where nobody may see them."""
    people = await knows.people()
    if owner:
        person = people.get(owner)
        if person is None or not (person.active and person.may("cases") and person.may("take")):
            raise Refused("person", who=owner)
        for kind in wanted.kinds:
            if not works_on(person, kind):
                raise Refused("owner", who=owner, kind=kind)
    row = (await knows.queues()).get(queue)
    if row is None or not row.members:
        return
    for kind in wanted.kinds:
        if not anybody(people, row.members, kind):
            raise Refused("nobody", queue=row.name, kind=kind)
    if not wanted.kinds and not any(
        people[member].active and people[member].may("cases")
        for member in row.members
        if member in people
    ):
        raise Refused("nobody_any", queue=row.name)


async def switch_rule(app: App, by: Staff, id: int, on: bool) -> None:
    """Use a rule, or leave it out. Raises Refused."""
    await app.store.write(_switch_rule, app, by, id, on)
    forget(app)


async def _switch_rule(tx: Tx, app: App, by: Staff, id: int, on: bool) -> None:
    row = await tx.row(q.RULE, id=id)
    if row is None:
        raise Refused("no_rule")
    if on:
        rule = rule_of(row)
        await _somebody(Knows(app, tx), rule.conditions, rule.queue, rule.owner)
    await tx.run(q.SWITCH_RULE, id=id, active=int(on), at=int(app.clock.now()), by=by.actor)
    await audit.append(tx, app, by.actor, "rule.switch", f"rule:{id}", {"on": on})


async def move_rule(app: App, by: Staff, id: int, up: bool) -> None:
    """Let a rule change places with the one before or after it. Raises Refused."""
    await app.store.write(_move_rule, app, by, id, up)
    forget(app)


async def _move_rule(tx: Tx, app: App, by: Staff, id: int, up: bool) -> None:
    before = [row.id for row in await tx.rows(q.RULES)]
    if id not in before:
        raise Refused("no_rule")
    order = moved(before, id, up=up)
    if order == before:
        return
    for place, key in enumerate(order, 1):
        await tx.run(q.PLACE_RULE, id=key, place=place)
    await audit.append(tx, app, by.actor, "rule.move", f"rule:{id}", {"order": order})


async def delete_rule(app: App, by: Staff, id: int) -> None:
    """It decides nothing any more; what it did stays. Raises Refused."""
    await app.store.write(_delete_rule, app, by, id)
    forget(app)


async def _delete_rule(tx: Tx, app: App, by: Staff, id: int) -> None:
    row = await tx.row(q.RULE, id=id)
    if row is None:
        raise Refused("no_rule")
    await tx.run(q.DELETE_RULE, id=id)
    await audit.append(tx, app, by.actor, "rule.delete", f"rule:{id}", {"name": row.name})


# ── queues ──────────────────────────────────────────────────────────────────────────────────────


async def add_queue(tx: Tx, app: App, by: Staff, name: str, members: Sequence[int]) -> int:
    """A new queue; its number. Raises Refused."""
    name = _named(name)
    if len(await tx.rows(q.QUEUES)) >= QUEUES:
        raise Refused("many", most=QUEUES)
    if await tx.row(q.QUEUE_NAMED, name=name) is not None:
        raise Refused("taken", name=name)
    kept = await _members(tx, app, members)
    row = await tx.row(q.ADD_QUEUE, name=name, members=kept, at=int(app.clock.now()), by=by.actor)
    assert row is not None
    said = {"name": name, "members": kept}
    await audit.append(tx, app, by.actor, "queue.add", f"queue:{row.id}", said)
    return row.id


async def _members(reader: Reader, app: App, members: Sequence[int]) -> str:
    people = await Knows(app, reader).people()
    for member in members:
        if member not in people or not people[member].may("take"):
            raise Refused("person", who=member)
    return ",".join(str(one) for one in sorted(set(members)))


async def change_queue(
    tx: Tx, app: App, by: Staff, id: int, name: str, members: Sequence[int]
) -> None:
    """Another name or other members. Raises Refused, also where nobody left in it could see what
    is in it or comes into it.
    """
    name = _named(name)
    row = await tx.row(q.QUEUE, id=id)
    if row is None:
        raise Refused("no_queue")
    other = await tx.row(q.QUEUE_NAMED, name=name)
    if other is not None and other.id != id:
        raise Refused("taken", name=name)
    kept = await _members(tx, app, members)
    if members and kept != row.members:
        await _still_seen(tx, app, queue_of(row)._replace(members=tuple(members)))
    await tx.run(q.CHANGE_QUEUE, id=id, name=name, members=kept)
    said = {"name": name, "members": kept, "before": row.members}
    await audit.append(tx, app, by.actor, "queue.change", f"queue:{id}", said)


async def _still_seen(tx: Tx, app: App, queue: Queue) -> None:
    people = await Knows(app, tx).people()
    for row in await tx.rows(q.RULES):
        rule = rule_of(row)
        for kind in rule.conditions.kinds if rule.queue == queue.id and rule.active else ():
            if not anybody(people, queue.members, kind):
                raise Refused("in_use_members", rule=rule.name, kind=kind)
    for found in await tx.rows(q.KINDS_IN, queue=queue.id):
        if not anybody(people, queue.members, found.kind):
            raise Refused("kept", case=case_numbers.text(found.number))


async def delete_queue(tx: Tx, app: App, by: Staff, id: int) -> None:
    """End a queue no rule leads to; open cases in it are in none from then on. Raises Refused."""
    row = await tx.row(q.QUEUE, id=id)
    if row is None:
        raise Refused("no_queue")
    for rule in await tx.rows(q.RULES):
        if rule.queue == id:
            raise Refused("in_use", rule=rule.name)
    held = await tx.rows(q.HELD, queue=id, limit=MOVED + 1)
    if len(held) > MOVED:
        raise Refused("full", most=MOVED)
    for case in held:
        await cases.append(tx, app, case.id, by.actor, cases.make_event(shapes.Queue(queue=0)))
    await tx.run(q.DELETE_QUEUE, id=id)
    said = {"name": row.name, "cases": len(held)}
    await audit.append(tx, app, by.actor, "queue.delete", f"queue:{id}", said)
