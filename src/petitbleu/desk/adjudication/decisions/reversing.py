"""Taking a decision back: within its ten minutes, by correcting it, or on appeal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from typing import ClassVar

import msgspec

from petitbleu.app import App
from petitbleu.catalogues import Catalogue
from petitbleu.desk.adjudication.decisions import (
    composing,
    kinds,
    numbers,
    planning,
    templates,
    texts,
    writing,
)
from petitbleu.desk.adjudication.decisions import queries as q
from petitbleu.desk.adjudication.decisions.composing import Desk, Letters, Mail, Told
from petitbleu.desk.adjudication.decisions.decision_reads import next_number
from petitbleu.desk.adjudication.decisions.planning import Person
from petitbleu.desk.adjudication.decisions.queries import DecisionRow, Done
from petitbleu.desk.adjudication.eu_database import service as eu_database
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.reference.directory import service as directory
from petitbleu.domain.safety.moderation import measures
from petitbleu.refusals import Refusal, Sentences
from petitbleu.store.api import Conflict, Tx

REVERSED = "reversed"
_LATER = ("undone_at", "replaced_by")
"""Columns that a new decision does not set."""
Then = Callable[[Tx, int], Awaitable[None]]


class CannotUndo(Refusal):
    """The decision cannot be taken back (any more); one sentence says why."""

    SAID: ClassVar[Sentences] = Catalogue("desk", "refusals.decisions.reversing.cannotundo")


class Lifted:
    """The ends of all measures of a decision, ready for a transaction."""

    def __init__(self, row: DecisionRow, endings: list[measures.Lifting]) -> None:
        self.row = row
        self._endings = endings

    @classmethod
    async def of(cls, app: App, number: int, actor: str, command: str) -> Lifted:
        """Of a decision that stands. Raises CannotUndo."""
        row = await app.store.row(q.GET, number=number)
        if row is None:
            raise CannotUndo("none")
        if row.undone_at is not None or row.replaced_by:
            raise CannotUndo("stands_not", number=numbers.text(number))
        done = msgspec.msgpack.decode(row.measures, type=list[Done])
        endings = [
            await measures.prepare_lift(
                app,
                act.measure,
                command=f"{command}.end.{act.measure}",
                actor=actor,
                reason=numbers.text(number),
                quiet=True,
            )
            for act in done
        ]
        return cls(row, endings)

    def changing(self) -> ExitStack:
        """What must not be remembered around the transaction."""
        stack = ExitStack()
        for ending in self._endings:
            stack.enter_context(ending.changing())
        return stack

    async def write(self, tx: Tx, by: int, at: int) -> None:
        """End the measures and cancel what counted; ``by`` takes the decision's place (0: none)."""
        locked = await tx.row(q.LOCK, number=self.row.number)
        if locked is None or locked.undone_at is not None or locked.replaced_by:
            raise CannotUndo("stands_not", number=numbers.text(self.row.number))
        for ending in reversed(self._endings):
            await ending.write(tx)
        await tx.run(q.CANCEL_STRIKES, number=self.row.number, at=at)
        if by:
            await tx.run(q.REPLACE, number=self.row.number, by=by)

    async def settle(self) -> None:
        """After the commit."""
        for ending in self._endings:
            await ending.settle()


# ── within ten minutes ──────────────────────────────────────────────────────────────────────────


async def undo(
    app: App, actor: str, number: int, *, command: str, second: str = "", then: Then | None = None
) -> DecisionRow:
    """Take a decision back within its time: as if it had not been, but for the log.

    What two people decided, two take back: ``second`` agreed. ``then(tx, number)`` is written with
    it. Again with the same decision changes nothing. Raises CannotUndo.
    """
    row = await app.store.row(q.GET, number=number)
    if row is None:
        raise CannotUndo("none")
    if row.undone_at is not None:
        return row
    if not row.undo_until:
        raise CannotUndo("hour")
    if app.clock.now() >= row.undo_until:
        raise CannotUndo("late")
    if row.second and second in ("", actor):
        raise CannotUndo("two")
    lifted = await Lifted.of(app, number, actor, command)
    notices = await _withdrawn(app, row)
    with lifted.changing():
        await app.store.write(_undo, app, actor, lifted, notices, second, then)
    await lifted.settle()
    decision = await app.store.row(q.GET, number=number)
    assert decision is not None
    return decision


async def _undo(
    tx: Tx,
    app: App,
    actor: str,
    lifted: Lifted,
    made: Letters,
    second: str,
    then: Then | None,
) -> None:
    number, now = lifted.row.number, int(app.clock.now())
    await lifted.write(tx, 0, now)
    await tx.run(q.UNDO, number=number, at=now)
    await tx.run(q.WITHDRAW_STATEMENTS, number=number, at=now)
    await withdraw_letters(tx, number)
    await eu_database.withdraw(tx, number)
    said = await writing.everything_said(tx, app, number, made, now)
    undone = [
        cases.make_event(shapes.Undone(decision=number, second=second)),
        cases.make_event(shapes.State(state="review")),
    ]
    await writing.append(tx, app, number, actor, [*undone, *said])
    logged = {"second": second} if second else {}
    await audit.note_row(tx, app, "decision", number)
    await audit.append(tx, app, actor, "decision.undo", numbers.text(number), logged)
    if then is not None:
        await then(tx, number)


async def withdraw_letters(tx: Tx, number: int) -> None:
    """Letters of a decision that have not left do not leave."""
    case = numbers.case_of(number)
    for letter in await letters.of_case(tx, case):
        if letter.key.startswith(f"{numbers.text(number)} "):
            await letters.withdraw(tx, case, letter.key)


async def _withdrawn(app: App, row: DecisionRow) -> Letters:
    """Who was told already hears that it does not apply."""
    writer = await Writer.of(app)
    told = await app.store.rows(q.STATEMENTS, number=row.number)
    people = {statement.account for statement in told if statement.told_at is not None}
    people &= set(msgspec.msgpack.decode(row.people, type=list[int]))
    notices = Letters([], [], [])
    for person in await planning.persons(app, sorted(people)):
        writer.to(notices, person, "withdrawn", row.number, {"decision": numbers.text(row.number)})
    return notices


# ── on appeal ───────────────────────────────────────────────────────────────────────────────────


async def reverse(
    app: App,
    actor: str,
    number: int,
    *,
    command: str,
    why: str,
    remedies: str = "",
    then: Then | None = None,
) -> DecisionRow:
    """Reverse a decision: measures end, what was taken is back, strikes do not count, both sides
    are told why. The reversal is a decision of its own, on the same case. The same command again
    gives it back. ``then(tx, reversal)`` is written in the same transaction.

    Raises CannotUndo.
    """
    earlier = await app.store.row(q.BY_COMMAND, command=command)
    if earlier is not None:
        return earlier
    if not why.strip():
        raise CannotUndo("why")
    lifted = await Lifted.of(app, number, actor, command)
    state = await cases.get(app.store, numbers.case_of(number))
    assert state is not None
    by = next_number(app, state)
    notices = await _reversal(app, state, lifted.row, by, why.strip(), remedies.strip())
    try:
        with lifted.changing():
            await app.store.write(
                _reverse, app, actor, lifted, by, command, why.strip(), notices, then
            )
    except Conflict:
        pass
    else:
        await lifted.settle()
    row = await app.store.row(q.BY_COMMAND, command=command)
    if row is None:
        raise CannotUndo("meanwhile")
    return row


async def _reverse(
    tx: Tx,
    app: App,
    actor: str,
    lifted: Lifted,
    by: int,
    command: str,
    why: str,
    made: Letters,
    then: Then | None,
) -> None:
    row, now = lifted.row, int(app.clock.now())
    await lifted.write(tx, by, now)
    await tx.run(q.WITHDRAW_STATEMENTS, number=row.number, at=now)
    await withdraw_letters(tx, row.number)
    await eu_database.withdraw(tx, row.number)
    await tx.run(
        q.INSERT,
        **{name: value for name, value in row._asdict().items() if name not in _LATER}
        | {
            "number": by,
            "command": command,
            "at": now,
            "actor": actor,
            "second": "",
            "outcome": REVERSED,
            "effect_at": now,
            "form": writing.encode({"outcome": REVERSED, "why": why}),
            "measures": writing.encode([]),
            "left_out": eu_database.NO_RESTRICTION,
            "undo_until": 0,
            "corrects": row.number,
        },
    )
    said = await writing.everything_said(tx, app, by, made, now)
    state = await cases.get(tx, numbers.case_of(by))
    assert state is not None
    events = writing.decided(state, by, REVERSED)
    await writing.append(tx, app, by, actor, [*events, *said])
    logged = {"reverses": numbers.text(row.number)}
    await audit.note_row(tx, app, "decision", row.number)
    await audit.note_row(tx, app, "decision", by)
    await audit.append(tx, app, actor, "decision.reverse", numbers.text(by), logged)
    await writing.finish_later(tx, by, now)
    if then is not None:
        await then(tx, by)


async def _reversal(
    app: App, state: CaseState, row: DecisionRow, by: int, why: str, remedies: str
) -> Letters:
    writer, notices = await Writer.of(app), Letters([], [], [])
    done = msgspec.msgpack.decode(row.measures, type=list[Done])
    values = {
        "decision": numbers.text(row.number),
        "why": why,
        "again": any(act.kind == "remove" for act in done),
        "remedies": remedies,
    }
    for person in await planning.persons(app, msgspec.msgpack.decode(row.people)):
        writer.to(notices, person, "reversal", by, values)
    for person in await planning.reporters(app, state):
        writer.notifier(notices, state, by, values, person)
    if state.sender and state.kind in kinds.NOTICES:
        writer.notifier(notices, state, by, values, None)
    return notices


class Writer:
    """Short letters that are not part of a plan."""

    def __init__(self, app: App, desk: Desk, overrides: texts.Overrides) -> None:
        self.app, self.desk, self._overrides = app, desk, overrides

    @classmethod
    async def of(cls, app: App) -> Writer:
        """With the operator's particulars and templates."""
        operator = await directory.operator(app.store, app)
        country = operator.country or app.config.country
        return cls(app, Desk(app, operator.name, country), await templates.overrides(app.store))

    def render(
        self, kind: str, language: str, number: int, values: dict[str, object]
    ) -> texts.Letter:
        """One letter."""
        whole = self.desk.always(language, number, int(self.app.clock.now())) | values
        return texts.render(kind, language, whole, self._overrides)

    def to(
        self,
        made: Letters,
        person: Person,
        purpose: str,
        number: int,
        values: dict[str, object],
    ) -> None:
        """To a person: in the service chat, and by e-mail where the address is known."""
        now = int(self.app.clock.now())
        language = texts.language(person.language, *self.app.config.languages)
        letter = self.render(purpose, language, number, values)
        made.told.append(Told(person.id, purpose, language, letter, now))
        if person.email:
            made.mails.append(Mail(person.email, purpose, language, letter, now))

    def notifier(
        self,
        made: Letters,
        state: CaseState,
        number: int,
        values: dict[str, object],
        person: Person | None,
    ) -> None:
        """To who gave notice: a person here, or the sender of the case."""
        now, purpose = int(self.app.clock.now()), "reversal_notifier"
        wished = (person.language, *self.app.config.languages) if person else (state.language,)
        language = texts.language(*wished)
        account = person.id if person else 0
        address = composing.link(self.app, number, account)
        more = self.desk.redress(language, address, now, str(values["remedies"]), order=False)
        received = self.desk.words(language).moment(state.received_at)
        whole = values | more | {"received": received}
        letter = self.render(purpose, language, number, whole)
        if person is not None:
            made.told.append(Told(person.id, purpose, language, letter, now))
        else:
            made.mails.append(Mail(state.sender, purpose, language, letter, now))
