"""Deciding a complaint, asking the complainant, and what the complainant answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import msgspec

from petitbleu.app import App
from petitbleu.desk.adjudication.appeals import answering
from petitbleu.desk.adjudication.appeals import queries as q
from petitbleu.desk.adjudication.appeals.answering import Complainant
from petitbleu.desk.adjudication.appeals.lodging import LONGEST, excluded, ledgers
from petitbleu.desk.adjudication.appeals.queries import AppealRow
from petitbleu.desk.adjudication.appeals.refused import Excluded, Refused
from petitbleu.desk.adjudication.decisions import misuse
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.adjudication.decisions.service import DecisionRow, Form
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.records.vault import service as vault
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Tx

MAINTAIN, REVERSE, CHANGE, ASK, OMIT = "maintain", "reverse", "change", "ask", "omit"
MOST_ADDED = 20
"""How often somebody may add to a complaint without being asked."""
OUTCOMES = (MAINTAIN, REVERSE, CHANGE, ASK, OMIT)
Then = Callable[[Tx, int], Awaitable[None]]
_ENDED = {MAINTAIN: "maintained", REVERSE: "reversed", CHANGE: "changed", OMIT: "omitted"}


async def may_decide(app: App, actor: str, number: int) -> bool:
    """Whether ``actor`` (``staff:7``) may decide the complaint: no part in the decision itself, in
    what it corrected, or in a person's other role.
    """
    row = await app.store.row(q.GET, number=number)
    if row is None:
        return False
    decision = await decisions.get(app.store, row.decision)
    while decision is not None:
        if actor in excluded(decision):
            return False
        earlier = decision.corrects
        decision = await decisions.get(app.store, earlier) if earlier else None
    return True


async def decide(
    app: App,
    actor: str,
    number: int,
    outcome: str,
    text: str,
    *,
    command: str,
    form: Form | None = None,
    second: str = "",
    unfounded: bool = False,
    then: Then | None = None,
) -> AppealRow:
    """Decide a complaint. The same command again changes nothing.

    ``text`` is what the complainant reads. ``form`` with *change*: the decision that takes the
    place of the old one; ``second``: who agreed to it, and had no part in the old one either;
    ``then`` is written with it. ``unfounded`` with *maintain*: manifestly so, which is counted
    (Article 23(2)). Raises Refused, Excluded, and what ``decisions.decide`` raises.
    """
    row = await app.store.row(q.GET, number=number)
    if row is None:
        raise Refused("no_complaint", number=case_numbers.text(number))
    if outcome not in OUTCOMES:
        raise Refused("outcome", outcomes=", ".join(OUTCOMES))
    if not text.strip():
        raise Refused("why")
    if not await may_decide(app, actor, number):
        raise Excluded("took_part")
    if second and not await may_decide(app, second, number):
        raise Excluded("second_took_part")
    if row.outcome:
        if row.decided_by == actor and row.outcome == _ENDED.get(outcome):
            return row
        raise Refused("decided", number=case_numbers.text(number))
    decision = await decisions.get(app.store, row.decision)
    assert decision is not None
    if outcome in (MAINTAIN, ASK, OMIT):
        counted = unfounded and outcome == MAINTAIN
        await _answer(app, actor, row, outcome, text.strip(), counted=counted)
    else:
        await _carry_out(
            app, actor, row, decision, outcome, text.strip(), command, form, second, then
        )
    appeal = await app.store.row(q.GET, number=number)
    assert appeal is not None
    return appeal


async def _carry_out(
    app: App,
    actor: str,
    row: AppealRow,
    decision: DecisionRow,
    outcome: str,
    text: str,
    command: str,
    form: Form | None,
    second: str,
    also: Then | None,
) -> None:
    if outcome == REVERSE:
        if decision.outcome == "no_action":
            raise Refused("nothing_done")
        try:
            await decisions.reverse(
                app,
                actor,
                row.decision,
                command=command,
                why=text,
                then=_finish(app, actor, row, outcome, text, restricted=False),
            )
        except decisions.CannotUndo as error:
            raise Refused("cannot_undo", why=error) from None
        return
    if form is None:
        raise Refused("no_form")
    newly = decision.outcome != "measures" and form.outcome == "measures"
    try:
        await decisions.decide(
            app,
            actor,
            row.about,
            form,
            command=command,
            second=second,
            corrects=row.decision,
            then=_finish(app, actor, row, outcome, text, restricted=newly, also=also),
        )
    except decisions.CannotUndo as error:
        raise Refused("cannot_undo", why=error) from None


def _finish(
    app: App,
    actor: str,
    row: AppealRow,
    outcome: str,
    text: str,
    *,
    restricted: bool,
    also: Then | None = None,
) -> Then:
    """What is written in the transaction that reverses or changes the decision."""

    async def then(tx: Tx, made: int) -> None:
        if also is not None:
            await also(tx, made)
        await _close(tx, app, actor, row, outcome, text, restricted=restricted, made=made)

    return then


async def _close(
    tx: Tx,
    app: App,
    actor: str,
    row: AppealRow,
    outcome: str,
    text: str,
    *,
    restricted: bool = False,
    made: int = 0,
) -> None:
    locked = await tx.row(q.LOCK, number=row.number)
    if locked is None or locked.outcome:
        raise Refused("decided", number=case_numbers.text(row.number))
    now = int(app.clock.now())
    await tx.run(
        q.DECIDED,
        number=row.number,
        outcome=_ENDED[outcome],
        answer=text,
        actor=actor,
        at=now,
        restricted=int(restricted),
    )
    await answering.end(
        tx,
        app,
        actor,
        row.number,
        _ENDED[outcome],
        text,
        case=row.about,
        about=row.decision,
        made=made,
    )


async def _answer(
    app: App, actor: str, row: AppealRow, outcome: str, text: str, *, counted: bool
) -> None:
    """A letter to the complainant: the decision stays, a question, or nothing is decided."""
    name = {MAINTAIN: "maintained", ASK: "question", OMIT: "omitted"}[outcome]
    try:
        letter = await decisions.complaint_letter(
            app,
            row.decision,
            row.language,
            complaint=case_numbers.text(row.number),
            outcome=name,
            why=text,
        )
    except decisions.BadLetter as error:
        raise Refused("letter", why=error) from None

    async def write(tx: Tx) -> None:
        if outcome == ASK:
            await _ask(tx, app, actor, row, text)
        else:
            await _close(tx, app, actor, row, outcome, text)
        now = int(app.clock.now())
        for who in ledgers(row.account, row.email) if counted else ():
            await misuse.count(tx, who, misuse.COMPLAINT, row.decision, now)
        purpose = f"complaint {row.number} {name}" + (f" {row.asked}" if outcome == ASK else "")
        to = Complainant(row.account, row.email, row.language)
        await answering.tell(tx, app, row.number, row.decision, to, purpose, letter)

    await app.store.write(write)


async def _ask(tx: Tx, app: App, actor: str, row: AppealRow, text: str) -> None:
    locked = await tx.row(q.LOCK, number=row.number)
    if locked is None or locked.outcome or locked.asked != row.asked:
        raise Refused("faster")
    await tx.run(q.ASKED, number=row.number)
    await cases.append(
        tx,
        app,
        row.number,
        actor,
        cases.make_event(shapes.Appeal(id=row.number, outcome="question", text=text)),
        cases.make_event(shapes.State(state="awaiting_info")),
    )


async def answer(app: App, number: int, text: str) -> None:
    """What the complainant says to a question: the case is at work again. Raises Refused."""
    if not text.strip() or len(text) > LONGEST:
        raise Refused("length", most=LONGEST)
    await app.store.write(_answered, app, number, text.strip())


async def add(app: App, number: int, text: str) -> bool:
    """Further reasons of the complainant, in an open complaint. False where they change nothing: it
    is decided, there are too many, or the same words are there.
    """
    text = text.strip()[:LONGEST]
    return bool(text) and await app.store.write(_added, app, number, text)


async def _added(tx: Tx, app: App, number: int, text: str) -> bool:
    row = await tx.row(q.LOCK, number=number)
    state = await cases.get(tx, number)
    if row is None or state is None or row.outcome or state.closed_at is not None:
        return False
    events = [
        msgspec.msgpack.decode(event.data)
        for event in await cases.timeline(tx, number)
        if event.kind == "appeal"
    ]
    said = [state.facts.get("text"), *(event.get("text") for event in events)]
    if text in said or len(said) > MOST_ADDED:
        return False
    await _say(tx, app, row, state, text)
    return True


async def _answered(tx: Tx, app: App, number: int, text: str) -> None:
    row = await tx.row(q.LOCK, number=number)
    state = await cases.get(tx, number)
    if row is None or state is None or row.outcome:
        raise Refused("decided_meanwhile")
    await _say(tx, app, row, state, text)


async def _say(tx: Tx, app: App, row: AppealRow, state: CaseState, text: str) -> None:
    """What a complainant says; a case that waited for it is at work again."""
    actor = f"person:{row.account}" if row.account > 0 else "sender"
    sha = await vault.put(tx, app, text.encode())
    said = shapes.Appeal(id=row.number, answer=True, text=text, sha256=sha.hex())
    events = [cases.make_event(said)]
    if state.state == "awaiting_info":
        events.append(cases.make_event(shapes.State(state="review" if state.owner else "triaged")))
    await cases.append(tx, app, row.number, actor, *events)
