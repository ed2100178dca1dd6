"""The one hand on content: a measure is decided here, carried out at once, and ends here.

One transaction writes the decision (with its number, its sealed copy and what its end needs) and
its effect; it may be part of a larger one (:class:`Prepared`). A command id makes a retry
harmless. What is held in memory (marks, standings, views) is fresh when the call returns.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Any

import msgspec

from petitbleu import account_status, jobs
from petitbleu.app import App
from petitbleu.domain.access.devices import service as devices
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.files.media import service as media
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import (
    checks,
    copies,
    effects,
    effects_profile,
    holds,
    notices,
    options,
    texts,
)
from petitbleu.domain.safety.moderation import queries as q
from petitbleu.domain.safety.moderation.effects import Begin, Case, Effect, End, Order
from petitbleu.domain.safety.moderation.queries import MeasureRow
from petitbleu.domain.safety.moderation.refused import Refused
from petitbleu.jobs import Job
from petitbleu.store.api import Conflict, Tx

BY_DATE = "date"
"""Who ended a measure that ran out."""
_DAY = 86_400

_encode = msgspec.msgpack.Encoder().encode

CLOSING = ("remove", "withhold")
"""Measures that take away files with what shows them."""

_EFFECTS: dict[tuple[str, str], tuple[Begin, End]] = {
    ("remove", checks.MESSAGES): (effects.remove, effects.give_back),
    ("remove", checks.ACCOUNT): (effects_profile.take, effects_profile.give_back),
    ("remove", checks.CHAT): (effects_profile.take, effects_profile.give_back),
    ("withhold", checks.MESSAGES): (effects.withhold_messages, effects.show_messages),
    ("withhold", checks.CHAT): (effects.withhold_chat, effects.show_chat),
    ("restrict", checks.MEMBER): (effects.restrict_member, effects.unrestrict_member),
    ("restrict", checks.ACCOUNT): (effects.freeze, effects.thaw),
    ("suspend", checks.ACCOUNT): (effects.suspend, effects.restore),
    ("label", checks.MESSAGES): (effects.label_messages, effects.unlabel_messages),
    ("label", checks.CHAT): (effects.label_chat, effects.unlabel_chat),
    ("label", checks.ACCOUNT): (effects.label_account, effects.restore),
}
"""(kind, what it is about) -> how it begins and ends."""


# ── deciding ────────────────────────────────────────────────────────────────────────────────────


class EndMeasure(Job, tag="moderation.end", frozen=True):
    """A measure ends at its date."""

    number: int


class Prepared:
    """An order that was found sensible, ready to be carried out in somebody's transaction.

    Whoever decides more than one thing at once (the desk: a decision, its measures, its letters)
    writes it inside their own::

        ready = await measures.prepare(app, order)
        with ready.changing():
            await app.store.write(everything)  # calls ``await ready.write(tx)`` somewhere
        await ready.settle()
    """

    __slots__ = ("_about", "_app", "_held", "_print", "number", "order")

    def __init__(self, app: App, order: Order, about: dict[str, Any], held: set[int]) -> None:
        self._app = app
        self.order = order
        self._print = _print(order)
        self._about = about
        self._held = held
        self.number = 0
        """Of the measure, once it was written."""

    def changing(self) -> ExitStack:
        """What must not be remembered around the transaction."""
        return _changing(self._app, self.order, self._held)

    async def write(self, tx: Tx) -> int:
        """Carry it out; the measure's number. The same command again gives the first one's.

        Raises :class:`Refused` (before anything was written by this call or after: the whole
        transaction must not be kept).
        """
        earlier = await tx.row(q.BY_COMMAND, command=self.order.command)
        if earlier is None:
            self.number = await _apply(tx, self._app, self.order, self._print, self._about)
        else:
            self.number = _same(earlier, self._print).number
        return self.number

    async def settle(self) -> None:
        """After the commit: sessions end, people are told."""
        await _settle(self._app, self.order.kind, self.order.subject, begun=True)
        if not self.order.quiet:
            self._app.spawn(notices.send(self._app, notices.DECIDED, self.number))


async def prepare(app: App, order: Order, *, returning: Iterable[int] = ()) -> Prepared:
    """Check an order and gather what its transaction needs. Raises :class:`Refused`.

    ``returning``: measures that end in the same transaction, before this is written. What they took
    is not there yet, and will be.
    """
    await checks.check(app, order)
    owners, people = await _back(app, returning)
    about = await _about(app, order, people)
    return Prepared(app, order, about, await _held(app, order, owners))


async def _back(app: App, returning: Iterable[int]) -> tuple[set[int], set[int]]:
    """Whose boxes get back what measures took, and who said it."""
    owners: set[int] = set()
    people: set[int] = set()
    for number in returning:
        row = await app.store.row(q.MEASURE, number=number)
        if row is None or row.ended_at is not None:
            continue
        undo = msgspec.msgpack.decode(row.undo, type=dict[str, Any])
        owners |= {taken[0] for taken in undo.get("taken", ())}
        people |= {message["sender"] for message in copy_of(app, row)["messages"]}
    return owners, people


async def apply(app: App, order: Order) -> MeasureRow:
    """Carry a decision out. The same command again gives the first measure back.

    Raises :class:`Refused`.
    """
    earlier = await app.store.row(q.BY_COMMAND, command=order.command)
    if earlier is None:
        ready = await prepare(app, order)
        try:
            with ready.changing():
                await app.store.write(ready.write)
        except Conflict:  # the same command from elsewhere was first: now it can be seen
            pass
        earlier = await app.store.row(q.BY_COMMAND, command=order.command)
        assert earlier is not None
        ready.number = earlier.number
        await ready.settle()
    return _same(earlier, _print(order))


def _same(earlier: MeasureRow, mark: bytes) -> MeasureRow:
    if earlier.print != mark:
        raise Refused("other_decision")
    return earlier


async def _about(app: App, order: Order, more: Iterable[int] = ()) -> dict[str, Any]:
    """Rows for the sealed copy, read before the transaction."""
    rows: list[messages.MessageRow] = []
    if order.messages:
        rows = await messages.moderation_access.rows(app.store, order.owner, order.messages)
    named = [
        order.subject,
        order.member,
        *more,
        *(account for row in rows for account in (row.author, row.sender)),
    ]
    people = await accounts.get_many(app, {peer for peer in named if peer > 0})
    chat = await chats.get(app, order.subject) if order.subject < 0 else None
    return {"chat": chat, "people": list(people.values())}


async def _held(app: App, order: Order, owners: Iterable[int] = ()) -> set[int]:
    """Whose marks the transaction changes."""
    held = {order.subject, *owners}
    if order.messages:
        rows = await messages.moderation_access.rows(app.store, order.owner, order.messages)
        held |= set(await messages.moderation_access.copies(app.store, rows))
    return held


def _changing(app: App, order: Order, held: set[int]) -> ExitStack:
    stack = ExitStack()
    stack.enter_context(restrictions.changing(app, held))
    stack.enter_context(media.closed.changing(app))
    if order.subject > 0 and not order.messages:
        stack.enter_context(accounts.changing(app, order.subject))
    if order.subject < 0 and not order.messages:
        stack.enter_context(chats.changing(app, order.subject))
        if order.member:
            stack.enter_context(members.changing(app, order.subject, order.member))
    return stack


async def _apply(tx: Tx, app: App, order: Order, mark: bytes, about: dict[str, Any]) -> int:
    now = int(app.clock.now())
    begin, _ = _EFFECTS[order.kind, checks.about(order)]
    number = await case_numbers.take(tx, app.config, now)
    case = Case(order, number, now, app.config, order.shown or _standing_text(app, order, number))
    effect = await begin(tx, case)
    snapshot = copies.copy(
        at=now,
        chat=about["chat"],
        people=about["people"],
        messages=effect.rows,
        more={"reason": order.reason, "kind": order.kind},
    )
    sealed = copies.seal(app, number, snapshot)
    await _hold(tx, app, order, number, effect, now)
    if order.kind in CLOSING:
        shown = [media.media_id(row.media) for row in effect.rows if row.media is not None]
        await media.closed.close_files(
            tx, number, [*shown, *effect.photos], order.countries, order.until
        )
    await tx.run(
        q.INSERT_MEASURE,
        number=number,
        command=order.command,
        print=mark,
        kind=order.kind,
        subject=order.subject,
        member=order.member,
        owner=order.owner,
        messages=_encode([row.id for row in effect.rows]),
        countries=",".join(order.countries),
        label=order.label,
        shown=case.shown,
        actor=order.actor,
        reason=order.reason,
        report=order.report,
        at=now,
        until=order.until,
        sealed=sealed.sealed,
        digest=sealed.digest,
        undo=_encode(effect.undo | {"quiet": order.quiet}),
    )
    if order.until:
        await jobs.schedule(tx, EndMeasure(number=number), due=order.until, key=str(number))
    if not order.quiet:
        await notices.plan(tx, notices.DECIDED, number, now)
    return number


async def _hold(tx: Tx, app: App, order: Order, number: int, effect: Effect, now: int) -> None:
    """What was touched is kept as long as somebody may appeal, and a day beyond the end."""
    until = max(now + app.config.moderation.evidence_days * _DAY, order.until + _DAY)
    await holds.hold(tx, number, effect.rows, until)
    for photo in effect.photos:
        await holds.hold(tx, number, (), until, photo=photo)


def _standing_text(app: App, order: Order, number: int) -> str:
    lang = options.language(*app.config.languages)
    written = case_numbers.text(number)
    if order.kind == "withhold":
        return texts.withheld(lang, written)
    sensitive = order.kind == "label" and order.label == restrictions.SENSITIVE
    return texts.sensitive(lang, written) if sensitive else ""


def _print(order: Order) -> bytes:
    """What a command said; the same command must always say this."""
    return hashlib.sha256(_encode(order._replace(command=""))).digest()


# ── ending ──────────────────────────────────────────────────────────────────────────────────────


class Lifting:
    """The end of a measure, ready for somebody's transaction; used as :class:`Prepared` is."""

    __slots__ = ("_app", "_held", "_quiet", "_words", "order", "row")

    def __init__(
        self, app: App, row: MeasureRow, words: dict[str, str], held: set[int], *, quiet: bool
    ) -> None:
        self._app = app
        self.row = row
        self.order = order_of(row)
        self._words = words
        self._held = held
        self._quiet = quiet

    def changing(self) -> ExitStack:
        """What must not be remembered around the transaction."""
        return _changing(self._app, self.order, self._held)

    async def write(self, tx: Tx) -> None:
        """End it, where it has not ended yet."""
        await _lift(tx, self._app, self.row.number, quiet=self._quiet, **self._words)

    async def settle(self) -> None:
        """After the commit: sessions hear again, people are told."""
        await _settle(self._app, self.row.kind, self.row.subject, begun=False)
        if not self._quiet:
            self._app.spawn(notices.send(self._app, notices.ENDED, self.row.number))


async def prepare_lift(
    app: App, number: int, *, command: str, actor: str, reason: str, quiet: bool = False
) -> Lifting:
    """Gather what ending a measure needs. ``quiet``: who lifts it tells whom it concerns.

    Raises :class:`Refused`.
    """
    row = await app.store.row(q.MEASURE, number=number)
    if row is None:
        raise Refused("no_measure", number=case_numbers.text(number))
    owners = [mark.owner for mark in await restrictions.of_measure(app.store, number)]
    words = {"command": command, "actor": actor, "reason": reason}
    held = await _held(app, order_of(row), owners)
    return Lifting(app, row, words, held, quiet=quiet)


async def lift(app: App, number: int, *, command: str, actor: str, reason: str) -> MeasureRow:
    """End a measure. The same command again changes nothing. Raises :class:`Refused`."""
    ending = await prepare_lift(app, number, command=command, actor=actor, reason=reason)
    row = ending.row
    if row.ended_at is None:
        try:
            with ending.changing():
                await app.store.write(ending.write)
        except Conflict:
            raise Refused("other_decision") from None
        measure = await app.store.row(q.MEASURE, number=number)
        assert measure is not None
        row = measure
        await ending.settle()
    if row.ended_command != command:
        raise Refused("ended", number=case_numbers.text(number))
    return row


async def _lift(
    tx: Tx, app: App, number: int, *, command: str, actor: str, reason: str, quiet: bool
) -> None:
    now = int(app.clock.now())
    row = await tx.row(q.LOCK_MEASURE, number=number)
    assert row is not None
    if row.ended_at is not None:
        return
    order = order_of(row)
    undo = msgspec.msgpack.decode(row.undo, type=dict[str, Any])
    _, end = _EFFECTS[row.kind, checks.about(order)]
    await end(tx, Case(order, number, now, app.config, row.shown), undo)
    await media.closed.open_files(tx, number)
    await tx.run(q.END_MEASURE, number=number, at=now, actor=actor, reason=reason, command=command)
    await jobs.unschedule(tx, EndMeasure, str(number))
    if not (quiet or undo["quiet"]):
        await notices.plan(tx, notices.ENDED, number, now)


async def say_nothing(app: App, number: int) -> None:
    """Let the standing sentence stand in the content's place: an authority forbids to say more."""
    row = await app.store.row(q.MEASURE, number=number)
    if row is None or row.ended_at is not None:
        return
    order = order_of(row)
    text = _standing_text(app, order, number)
    if row.shown == text:
        return
    owners = [mark.owner for mark in await restrictions.of_measure(app.store, number)]
    with _changing(app, order, await _held(app, order, owners)):
        await app.store.write(_reword, number, text)


async def _reword(tx: Tx, number: int, text: str) -> None:
    await tx.run(q.REWORD_MEASURE, number=number, shown=text)
    await restrictions.reword(tx, number, text)


async def end_by_date(app: App, number: int) -> None:
    """The job: its date has come."""
    row = await app.store.row(q.MEASURE, number=number)
    if row is not None and row.ended_at is None:
        command = f"{BY_DATE}-{number}"
        await lift(app, number, command=command, actor=BY_DATE, reason="")


async def _settle(app: App, kind: str, subject: int, *, begun: bool) -> None:
    """After the commit: what the process knows of an account, and its sessions."""
    if subject <= 0 or kind not in ("restrict", "suspend"):
        return
    standing = await account_status.refresh(app, subject)
    suspended = standing is not None and standing.kind == account_status.SUSPENDED
    if kind == "suspend" and begun == suspended:
        # Begun: they are to hear nothing more. Ended: they are to be heard again.
        devices.dropped(app, [row.id for row in await devices.devices(app, subject)])


def order_of(row: MeasureRow) -> Order:
    """The decision a row holds."""
    return Order(
        command=row.command,
        kind=row.kind,
        actor=row.actor,
        reason=row.reason,
        subject=row.subject,
        member=row.member,
        owner=row.owner,
        messages=tuple(msgspec.msgpack.decode(row.messages, type=list[int])),
        countries=tuple(row.countries.split(",")) if row.countries else (),
        label=row.label,
        shown=row.shown,
        until=row.until,
        report=row.report,
    )


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


async def get(app: App, number: int) -> MeasureRow | None:
    """One measure."""
    return await app.store.row(q.MEASURE, number=number)


async def by_command(app: App, command: str) -> MeasureRow | None:
    """The measure that a command decided."""
    return await app.store.row(q.BY_COMMAND, command=command)


async def listed(
    app: App, *, subject: int = 0, before: int = 1 << 60, limit: int = 50
) -> list[MeasureRow]:
    """Measures, newest first."""
    if subject:
        return await app.store.rows(q.MEASURES_ABOUT, subject=subject, before=before, limit=limit)
    return await app.store.rows(q.MEASURES, before=before, limit=limit)


def copy_of(app: App, row: MeasureRow) -> dict[str, Any]:
    """The sealed copy of what a measure touched."""
    return copies.open_sealed(app, row.number, row.sealed, row.digest)
