"""What the transaction of a decision writes, row by row. All of it, or nothing."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from petitbleu import jobs
from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import form as forms
from petitbleu.desk.adjudication.decisions import kinds, numbers
from petitbleu.desk.adjudication.decisions import queries as q
from petitbleu.desk.adjudication.decisions.composing import Letters, Mail, Told
from petitbleu.desk.adjudication.decisions.form import SOURCES
from petitbleu.desk.adjudication.decisions.planning import Plan, telling
from petitbleu.desk.adjudication.decisions.queries import Done
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.casework.secrecy import service as secrecy
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.reference.law import calendar
from petitbleu.jobs import Job
from petitbleu.store.api import Tx

_PRESERVE_MONTHS = 6
"""2021/784 Article 6(1)."""

encode = msgspec.msgpack.Encoder().encode


class TellPerson(Job, tag="desk.tell", frozen=True):
    """A statement goes into the service chat."""

    number: int
    account: int
    purpose: str


class FinishCase(Job, tag="desk.decided", frozen=True):
    """A case ends when its letters have left."""

    number: int


async def decision(
    tx: Tx,
    plan: Plan,
    number: int,
    command: str,
    done: Sequence[Done],
    *,
    corrects: int,
) -> None:
    """The row of the decision, with the fields that statistics count."""
    form, case = plan.form, plan.case
    authority = case.authority
    held = plan.leave_at > plan.at
    await tx.run(
        q.INSERT,
        number=number,
        command=command,
        print=plan.print,
        at=plan.at,
        actor=plan.actor,
        second=plan.second,
        kind=case.kind,
        outcome=form.outcome,
        category=form.category,
        keyword=form.keywords[0] if form.keywords else "",
        ground=form.ground,
        source=SOURCES.get(form.source, ""),
        detected=int(form.found_by_machine == "yes"),
        automated=forms.AUTOMATION.get(form.decided_by_machine, ""),
        country=(authority.country if authority else ""),
        items=len(done) or max(1, len(case.targets)),
        effect_at=plan.at if done else None,
        form=encode(form),
        measures=encode(done),
        people=encode([person.id for person in plan.people]),
        left_out=plan.left_out,
        undo_until=plan.leave_at if held else 0,
        corrects=corrects,
    )


async def measures(tx: Tx, plan: Plan) -> list[Done]:
    """Carry the measures out."""
    done = []
    for target in plan.targets:
        taken = await target.ready.write(tx)
        item, wanted = target.item, target.wanted
        done.append(
            Done(
                wanted.kind,
                taken,
                item.written,
                item.what,
                item.peer,
                item.owner,
                list(item.messages),
                item.report,
                wanted.countries,
                wanted.until,
            )
        )
    return done


async def store_statement(tx: Tx, app: App, number: int, one: Told, at: int) -> None:
    """Keep what a person is told, and plan the telling."""
    await tx.run(
        q.INSERT_STATEMENT,
        number=number,
        account=one.account,
        purpose=one.purpose,
        language=one.language,
        subject=one.letter.subject,
        text=one.letter.text,
        at=at,
        not_before=one.not_before,
    )
    await audit.note_row(tx, app, "statement", number, one.account, one.purpose)
    work = TellPerson(number=number, account=one.account, purpose=one.purpose)
    name = f"{number} {one.account} {one.purpose}"
    await jobs.schedule(tx, work, due=max(at, one.not_before), key=name)


def letter_key(number: int, purpose: str, to: str) -> str:
    """Under which name a decision's letter stands in its case."""
    return f"{numbers.text(number)} {purpose} {to}"


async def mail(tx: Tx, app: App, number: int, one: Mail) -> CaseEvent:
    """Queue a letter; the event of it."""
    case = numbers.case_of(number)
    letter = await letters.queue(
        tx,
        app,
        case=case,
        to=one.to,
        purpose=one.purpose,
        language=one.language,
        subject=one.letter.subject,
        text=one.letter.text,
        attachments=one.attachments,
        not_before=one.not_before,
        headers=_thread(one.answers),
        key=letter_key(number, one.purpose, one.to),
    )
    return cases.make_event(shapes.Letter(letter=letter, purpose=one.purpose, to=one.to))


def _thread(answers: str) -> dict[str, str]:
    thread = f"<{answers}>"
    return {"In-Reply-To": thread, "References": thread} if answers else {}


async def everything_said(tx: Tx, app: App, number: int, made: Letters, at: int) -> list[CaseEvent]:
    """Statements and letters; their events."""
    for told in made.told:
        await store_statement(tx, app, number, told, at)
    events = [await mail(tx, app, number, one) for one in made.mails]
    return events + [cases.make_event(shapes.Note(text=note)) for note in made.notes]


async def strikes(tx: Tx, plan: Plan, number: int) -> None:
    """Count manifestly illegal content and manifestly unfounded notices (Article 23 DSA)."""
    form = plan.form
    if form.manifest == "yes" and form.outcome == forms.MEASURES and form.ground == forms.ILLEGAL:
        for person in plan.people:
            guest = person.id < 0
            who = f"mail:{person.email.lower()}" if guest else f"person:{person.id}"
            await tx.run(q.STRIKE, who=who, kind="content", number=number, at=plan.at)
    if form.unfounded == "yes" and form.outcome == forms.NO_ACTION:
        notifiers = [f"person:{person.id}" for person in plan.reporters]
        notifiers += [f"mail:{plan.case.sender}"] if plan.case.sender else []
        for who in notifiers:
            await tx.run(q.STRIKE, who=who, kind="notice", number=number, at=plan.at)


def events(app: App, plan: Plan, number: int, done: Sequence[Done]) -> list[CaseEvent]:
    """What happened to the case; its clocks end with it."""
    added = decided(plan.case, number, plan.form.outcome, final=plan.leave_at)
    acts = [kinds.DECIDED]
    if plan.second:
        added.append(cases.make_event(shapes.Second(id=numbers.text(number), by=plan.second)))
    if done or plan.form.outcome == forms.NO_ACTION:
        acts.append(kinds.EFFECT)
    if done:
        moments = ("effect given", "restriction imposed", "decision taken")
        added += [cases.make_event(shapes.Moment(event=moment, at=plan.at)) for moment in moments]
    if plan.form.outcome in (forms.IMPOSSIBLE, forms.REFUSED):
        added.append(cases.make_event(shapes.Moment(event="obstacle known", at=plan.at)))
    if waits(plan.form):
        added.append(cases.make_event(shapes.ClockPaused(ground=plan.form.obstacle)))
    added += [
        cases.make_event(shapes.ClockDone(clock=clock, at=plan.at))
        for clock in kinds.ended(plan.clocks, *acts)
    ]
    if done and plan.case.kind == kinds.TCO:
        added.append(_hold(app, plan, number, done))
    if secrecy.is_asked(plan.case):
        added += secrecy.events(app, plan.case, telling(plan.form), plan.actor, plan.second)
    return added


def decided(case: cases.CaseState, number: int, outcome: str, *, final: int = 0) -> list[CaseEvent]:
    """The decision as an event; a closed case (it is corrected, or reversed) opens again for it.

    ``final``: from when on it cannot be taken back; 0: from now on.
    """
    opens = case.closed_at is not None
    again = [cases.make_event(shapes.Reopened(why=numbers.text(number)))] if opens else []
    return [
        *again,
        cases.make_event(shapes.Decided(decision=number, outcome=outcome, final=final)),
    ]


def waits(form: forms.Form) -> bool:
    """Whether the case goes on once the authority has answered."""
    return form.outcome == forms.IMPOSSIBLE and form.obstacle in forms.CURABLE


def _hold(app: App, plan: Plan, number: int, done: Sequence[Done]) -> CaseEvent:
    """Removed terrorist content and what belongs to it is kept six months (2021/784 Article 6)."""
    end = calendar.after(plan.today, _PRESERVE_MONTHS, "month", "")
    data = shapes.Hold(
        id=numbers.text(number),
        ground="2021/784 Art 6(1)",
        until=calendar.end_of(end, app.config.timezone),
        measures=[act.measure for act in done],
        items=[act.written for act in done],
    )
    return cases.make_event(data)


async def finish_later(tx: Tx, number: int, at: int) -> None:
    """Look after the letters until all have left, then end the case."""
    await jobs.schedule(tx, FinishCase(number=number), due=at, key=str(number))


async def append(
    tx: Tx, app: App, number: int, actor: str, said: Sequence[CaseEvent]
) -> cases.CaseState:
    """Add events to the case of a decision."""
    return await cases.append(tx, app, numbers.case_of(number), actor, *said)
