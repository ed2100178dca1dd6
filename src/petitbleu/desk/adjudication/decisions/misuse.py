"""Measures against misuse (Article 23 DSA): counted, warned of, then suspended for a time.

Three ledgers are kept apart: manifestly illegal content, manifestly unfounded notices, manifestly
unfounded complaints. :func:`standing` says what was counted and which step comes next; a person
takes it, nothing here acts by itself, and closing an account is not on the ladder. Somebody whose
notices are not worked any more is still heard about a threat to life or the abuse of children.
"""

from __future__ import annotations

import datetime
from contextlib import ExitStack
from typing import ClassVar, NamedTuple

from petitbleu.app import App
from petitbleu.catalogues import Catalogue
from petitbleu.desk.adjudication.decisions import (
    composing,
    kinds,
    numbers,
    planning,
    suspensions,
    texts,
    writing,
)
from petitbleu.desk.adjudication.decisions import queries as q
from petitbleu.desk.adjudication.decisions.composing import Letters, Mail
from petitbleu.desk.adjudication.decisions.planning import Person
from petitbleu.desk.adjudication.decisions.queries import MisuseRow
from petitbleu.desk.adjudication.decisions.reversing import Writer
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent, CaseState
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.reference.law import calendar
from petitbleu.desk.reference.law import kinds as table
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import measures
from petitbleu.domain.safety.moderation.effects import Order, Refused
from petitbleu.refusals import Refusal, Sentences
from petitbleu.store.api import Conflict, Reader, Tx

CONTENT, NOTICE, COMPLAINT = "content", "notice", "complaint"
KINDS = (CONTENT, NOTICE, COMPLAINT)
WARNING, SUSPENSION = "warning", "suspension"

WINDOW_DAYS = 365
"""What is older does not count."""
ENOUGH = 3
"""So many in the window are "frequently" (policy; part of the rules of the service)."""
LADDER_DAYS = (7, 30, 90)
"""The first, the second and every later suspension. A person may choose another length."""
MAX_SUSPENSION_DAYS = 180
ALWAYS_HEARD = table.DANGERS
"""Kinds of cases that no suspension keeps from being worked."""

_SUSPENDABLE = kinds.NOTICES - ALWAYS_HEARD


class Denied(Refusal):
    """The step cannot be taken; one sentence says why."""

    SAID: ClassVar[Sentences] = Catalogue("desk", "refusals.decisions.misuse.denied")


class Standing(NamedTuple):
    """Where somebody stands on one of the ladders."""

    counted: int
    """In the window, reversed decisions left out."""
    history: list[MisuseRow]
    """Warnings and suspensions, newest first."""
    next: str
    """``warning``, ``suspension``, or empty: nothing yet."""
    days: int
    """How long a suspension would be by the ladder."""
    suspended_until: int
    """Unix seconds; 0: not suspended."""


def person(account: int) -> str:
    """Somebody with an account, as the ledgers name them."""
    return f"person:{account}"


def address(email: str) -> str:
    """Somebody who writes by e-mail."""
    return f"mail:{email.strip().lower()}"


async def standing(app: App, who: str, kind: str) -> Standing:
    """What was counted of somebody, and which step comes next."""
    now = int(app.clock.now())
    since = now - WINDOW_DAYS * 86_400
    row = await app.store.row(q.STRIKES, who=who, kind=kind, since=since)
    assert row is not None
    history = await app.store.rows(q.MISUSE, who=who, kind=kind)
    steps = [one for one in history if one.at >= since]
    warned = next((one for one in steps if one.step == WARNING), None)
    suspensions = [one for one in steps if one.step == SUSPENSION]
    last = steps[0] if steps else None
    fresh = await app.store.row(q.STRIKES, who=who, kind=kind, since=last.at + 1 if last else since)
    assert fresh is not None
    step = ""
    if warned is None and row.times >= ENOUGH:
        step = WARNING
    elif warned is not None and fresh.times:
        step = SUSPENSION
    days = LADDER_DAYS[min(len(suspensions), len(LADDER_DAYS) - 1)]
    running = [
        suspension.until
        for suspension in suspensions
        if suspension.until > now and suspension.ended_at is None
    ]
    return Standing(row.times, history, step, days, max(running, default=0))


async def suspended(reader: Reader, who: str, kind: str, now: int) -> MisuseRow | None:
    """The suspension that runs now, if any. Intake asks it of notices (see ALWAYS_HEARD)."""
    return await reader.row(q.SUSPENDED, who=who, kind=kind, now=now)


@cases.on_change
async def _noticed(tx: Tx, app: App, state: CaseState, events: tuple[CaseEvent, ...]) -> None:
    """A notice of somebody whose notices are not worked now is marked as such when it comes.

    A person still looks: what it says may be about a life or a child.
    """
    if events[0].kind != "opened" or not state.sender or state.kind not in _SUSPENDABLE:
        return
    now = int(app.clock.now())
    if await suspended(tx, address(state.sender), NOTICE, now) is not None:
        marked = shapes.Fact(warnings=[*state.warnings, "notifier_suspended"])
        await cases.append(tx, app, state.number, "system", cases.make_event(marked))


async def between(reader: Reader, first: int, last: int, limit: int = 10_000) -> list[MisuseRow]:
    """Suspensions of a period, for the report (Article 24(1)(b))."""
    return await reader.rows(q.MISUSE_BETWEEN, first=first, last=last, limit=limit)


async def count(tx: Tx, who: str, kind: str, decision: int, at: int) -> None:
    """Count one; appeals count manifestly unfounded complaints so."""
    await tx.run(q.STRIKE, who=who, kind=kind, number=decision, at=at)


# ── steps ───────────────────────────────────────────────────────────────────────────────────────


async def warn(app: App, actor: str, who: str, kind: str, *, case: int) -> MisuseRow:
    """Warn somebody, in writing. Raises Denied where there is nothing to warn of."""
    situation = await standing(app, who, kind)
    if situation.next != WARNING:
        raise Denied("too_few", counted=situation.counted, enough=ENOUGH)
    values = {"days": LADDER_DAYS[0], "policy": f"{joining.base_url(app)}/regles"}
    at = int(app.clock.now())
    row = MisuseRow(who, kind, at, WARNING, 0, case, actor, situation.counted, 0, "", None, 0)
    return await _step(app, row, await _letters(app, row, values), None)


async def suspend(
    app: App,
    actor: str,
    who: str,
    kind: str,
    *,
    case: int,
    reason: str,
    days: int = 0,
) -> MisuseRow:
    """Suspend somebody who went on after the warning; ``days`` 0: by the ladder.

    Suspended for content: the account may read, not act, until the end. For notices or complaints:
    they are not worked until the end, but for what ALWAYS_HEARD names. Raises Denied.
    """
    situation = await standing(app, who, kind)
    if not any(one.step == WARNING for one in situation.history):
        raise Denied("unwarned")
    if situation.next != SUSPENSION:
        raise Denied("nothing_new")
    if not reason.strip():
        raise Denied("why")
    days = days or situation.days
    if not 1 <= days <= MAX_SUSPENSION_DAYS:
        raise Denied("days", most=MAX_SUSPENSION_DAYS)
    last = planning.today(app) + datetime.timedelta(days=days)
    until = calendar.end_of(last, app.config.timezone) + 1
    ready = await _freeze(app, actor, who, kind, case, until, reason) if kind == CONTENT else None
    values = {"until": last, "why": reason.strip()}
    before = await app.store.row(q.SUSPENSIONS_OF, number=case)
    nth = (before.times if before is not None else 0) + 1
    why, at = reason.strip(), int(app.clock.now())
    row = MisuseRow(
        who, kind, at, SUSPENSION, until, case, actor, situation.counted, 0, why, None, nth
    )
    return await _step(app, row, await _letters(app, row, values), ready)


async def _freeze(
    app: App, actor: str, who: str, kind: str, case: int, until: int, reason: str
) -> measures.Prepared:
    prefix, _, account = who.partition(":")
    if prefix != "person":
        raise Denied("account")
    order = Order(
        command=f"misuse {who} {kind} {case} {until}",
        kind="restrict",
        actor=actor,
        reason=reason,
        subject=int(account),
        until=until,
        quiet=True,
    )
    try:
        return await measures.prepare(app, order)
    except Refused as error:
        raise Denied("refused", why=error) from None


async def _step(
    app: App, row: MisuseRow, made: Letters, ready: measures.Prepared | None
) -> MisuseRow:
    try:
        if ready is None:
            await app.store.write(_write, app, row, made, None)
        else:
            with ready.changing():
                await app.store.write(_write, app, row, made, ready)
            await ready.settle()
    except Conflict:
        raise Denied("again") from None
    except Refused as error:
        raise Denied("refused", why=error) from None
    return row


async def _write(
    tx: Tx, app: App, row: MisuseRow, made: Letters, ready: measures.Prepared | None
) -> None:
    measure = await ready.write(tx) if ready is not None else 0
    fields = row._asdict() | {"measure": measure}
    del fields["ended_at"]
    await tx.run(q.INSERT_MISUSE, **fields)
    number = numbers.number(row.number, 0)
    said = [await writing.mail(tx, app, number, mail) for mail in made.mails]
    for told in made.told:
        await writing.store_statement(tx, app, number, told, row.at)
    data = {"who": row.who, "kind": row.kind, "until": row.until, "measure": measure}
    await cases.append(tx, app, row.number, row.actor, CaseEvent(f"misuse.{row.step}", data), *said)
    await _logged(tx, app, row, row.actor, row.step)


async def _logged(tx: Tx, app: App, row: MisuseRow, actor: str, what: str) -> None:
    """The log names the case; a digest stands for who it is, which may be an e-mail address."""
    said = {"kind": row.kind, "who": audit.digest(row.who)}
    await audit.append(tx, app, actor, f"misuse.{what}", case_numbers.text(row.number), said)


async def _letters(app: App, row: MisuseRow, values: dict[str, object]) -> Letters:
    state = await cases.get(app.store, row.number)
    if state is None:
        raise Denied("case")
    writer, letters = await Writer.of(app), Letters([], [], [])
    prefix, _, rest = row.who.partition(":")
    number = numbers.number(row.number, 0)
    people = await planning.persons(app, [int(rest)]) if prefix == "person" else []
    receivers: list[Person | str] = [*people] if people else [rest] * (prefix == "mail")
    purpose = "warning" if row.step == WARNING else "misuse"
    contact = composing.contact(app)
    if row.nth:  # a suspension has a page of its own, where one objects to it
        contact = suspensions.link(app, row.number, row.nth, row.who)
        values = values | {"number": suspensions.text(row.number, row.nth)}
    for receiver in receivers:
        wrote = state.language if receiver == state.sender else ""
        wished = receiver.language if isinstance(receiver, Person) else wrote
        language = texts.language(wished, *app.config.languages)
        said = writer.desk.words(language)
        whole = values | {"kind": row.kind, "what": said.misuse(row.kind), "count": row.counted}
        if isinstance(last := values.get("until"), datetime.date):
            whole["until"] = said.day(last)
        whole |= writer.desk.redress(language, contact, row.at, "", order=False)
        if isinstance(receiver, Person):
            writer.to(letters, receiver, purpose, number, whole)
        else:
            letter = writer.render(purpose, language, number, whole)
            letters.mails.append(Mail(receiver, purpose, language, letter, row.at))
    # The same step may be taken again, on the same case.
    name = suspensions.purpose(row.kind, row.at)
    name = name if row.nth else f"{purpose}.{row.kind}.{row.at}"
    return Letters(
        [mail._replace(purpose=name) for mail in letters.mails],
        [told._replace(purpose=name) for told in letters.told],
        [],
    )


# ── ending one early ────────────────────────────────────────────────────────────────────────────


async def end(app: App, actor: str, who: str, kind: str, *, reason: str) -> MisuseRow:
    """End the suspension that runs, for instance after a complaint. Raises Denied."""
    row = await suspended(app.store, who, kind, int(app.clock.now()))
    if row is None:
        raise Denied("none_runs")
    if not reason.strip():
        raise Denied("why_end")
    ending = None
    if row.measure:
        command = f"misuse end {row.measure}"
        ending = await measures.prepare_lift(
            app, row.measure, command=command, actor=actor, reason=reason
        )
    with ending.changing() if ending is not None else ExitStack():
        await app.store.write(_end, app, actor, row, reason.strip(), ending)
    if ending is not None:
        await ending.settle()
    return row


async def _end(
    tx: Tx, app: App, actor: str, row: MisuseRow, reason: str, ending: measures.Lifting | None
) -> None:
    now = int(app.clock.now())
    if ending is not None:
        await ending.write(tx)
    await tx.run(q.END_MISUSE, who=row.who, kind=row.kind, begun=row.at, at=now)
    told = cases.make_event(shapes.MisuseEnded(who=row.who, kind=row.kind, text=reason))
    await cases.append(tx, app, row.number, actor, told)
    await _logged(tx, app, row, actor, "ended")
