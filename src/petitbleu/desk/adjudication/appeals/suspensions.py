"""Objecting to a suspension for misuse (DSA 20(1), 23): a complaint of its own, about no decision.

A person looks at it as at every complaint, but for whoever suspended; the suspension stays or ends,
and the answer says why.
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.app import App
from petitbleu.desk.adjudication.appeals import answering
from petitbleu.desk.adjudication.appeals.answering import ENDING, Complainant
from petitbleu.desk.adjudication.appeals.lodging import (
    AUTHOR,
    KIND,
    LEAST,
    NOTIFIER,
    Lodged,
    Window,
    acknowledge,
    window_from,
)
from petitbleu.desk.adjudication.appeals.refused import Excluded, Refused
from petitbleu.desk.adjudication.decisions import misuse, numbers, suspensions
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.adjudication.decisions.suspensions import MisuseRow
from petitbleu.desk.adjudication.decisions.texts import Letter
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.queues import CHILD
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.casework.parties import service as parties
from petitbleu.desk.casework.parties.service import Person
from petitbleu.desk.records.vault import service as vault
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Reader, Tx


def open_until(app: App, row: MisuseRow) -> Window:
    """Until when one can object to it."""
    return window_from(app, row.at)


def _name(row: MisuseRow) -> str:
    return f"suspension:{suspensions.text(row.number, row.nth)}"


async def objection(reader: Reader, row: MisuseRow) -> CaseState | None:
    """The complaint about it, once there is one."""
    number = await cases.find(reader, _name(row))
    return await cases.get(reader, number) if number is not None else None


class Objection(NamedTuple):
    """An objection as the transparency report counts it. Times are Unix seconds."""

    number: int
    kind: str
    """Of the suspension: one of ``misuse.KINDS``."""
    outcome: str
    """maintained, reversed, omitted (closed without an answer); empty while it is open."""
    filed_at: int
    told_at: int | None


async def objections(app: App, first: int, last: int) -> list[Objection]:
    """Those that were lodged in a period (first <= filed_at < last)."""
    found = []
    async for state in cases.received(app, KIND, first, last):
        row = await _objected(app.store, state)
        if row is not None:
            told = state.moments.get("decided")
            found.append(
                Objection(state.number, row.kind, _outcome(state), state.received_at, told)
            )
    return found


async def _objected(reader: Reader, state: CaseState) -> MisuseRow | None:
    """The suspension that a complaint is about, if it is about one."""
    named = suspensions.parse(str(state.facts.get("suspension", "")))
    return await suspensions.get(reader, *named) if named is not None else None


def _outcome(state: CaseState) -> str:
    if state.closed_at is None:
        return ""
    return {end: outcome for outcome, end in ENDING.items()}.get(state.ending, "omitted")


async def object_to(
    app: App, row: MisuseRow, *, email: str, text: str, language: str, least: int = LEAST
) -> Lodged:
    """Open the case of a complaint about a suspension; the second time gives the first one's.
    ``least`` as in ``lodging.lodge``. Raises Refused.
    """
    if len(text.strip()) < least:
        raise Refused("short", least=least)
    if not open_until(app, row).open:
        raise Refused("late")
    about = await cases.get(app.store, row.number)
    assert about is not None
    return await app.store.write(
        _lodge, app, row, about, email or suspensions.address(row), text.strip(), language
    )


async def _lodge(
    tx: Tx, app: App, row: MisuseRow, about: CaseState, email: str, text: str, language: str
) -> Lodged:
    first = await cases.find(tx, _name(row))
    if first is not None:
        return Lodged(first, True)
    now, account = int(app.clock.now()), suspensions.account(row)
    written = suspensions.text(row.number, row.nth)
    who = NOTIFIER if row.kind == misuse.NOTICE else AUTHOR
    number = await case_numbers.take(tx, app.config, now)
    sha = await vault.put(tx, app, text.encode())
    await cases.open_case(
        tx,
        app,
        actor=f"person:{account}" if account else "sender",
        kind=KIND,
        urgency=2,
        number=number,
        received_at=now,
        channel="form",
        sender=email,
        language=language,
        targets=[written],
        category=about.category,
        title="" if about.kind == CHILD else about.title,
        reasons=[f"complaint_form={written}"],
        moments={"received": now, "recipient informed": row.at},
        facts={
            "about": row.number,
            "suspension": written,
            "who": who,
            "account": account,
            "excluded": [row.actor],
            "text": text,
            "text_sha256": sha.hex(),
        },
    )
    await cases.name(tx, number, _name(row))
    await parties.concerns(tx, app, number, Person(account, email), parties.COMPLAINANT)
    appeal = cases.make_event(shapes.Appeal(id=number, more={"suspension": written, "who": who}))
    await cases.append(tx, app, row.number, "sender", appeal)
    if email:
        await acknowledge(tx, app, number, email, written, language)
    return Lodged(number, False)


# ── the answer ──────────────────────────────────────────────────────────────────────────────────


async def answer_objection(app: App, actor: str, number: int, *, ends: bool, text: str) -> None:
    """Let the suspension stand, or end it, and say why; the complaint is closed.

    Raises Refused, Excluded (whoever suspended), misuse.Denied.
    """
    state = await cases.get(app.store, number)
    row = await _objected(app.store, state) if state is not None else None
    if state is None or row is None or state.closed_at is not None:
        raise Refused("no_open_complaint")
    if actor in state.facts["excluded"]:
        raise Excluded("took_part")
    text = text.strip()
    if not text:
        raise Refused("why")
    try:
        letter = await decisions.objection_letter(
            app,
            row.number,
            state.language,
            suspension=suspensions.text(row.number, row.nth),
            complaint=number,
            ends=ends,
            why=text,
        )
    except decisions.BadLetter as error:
        raise Refused("letter", why=error) from None
    if ends:
        await _end(app, actor, row, text)
    await app.store.write(_answered, app, actor, state, row, ends, text, letter)


async def _end(app: App, actor: str, row: MisuseRow, why: str) -> None:
    """End it, unless it has ended: an answer that was cut off is given once more."""
    running = await misuse.suspended(app.store, row.who, row.kind, int(app.clock.now()))
    if running is None:
        return
    if (running.number, running.nth) != (row.number, row.nth):
        raise Refused("newer")
    await misuse.end(app, actor, row.who, row.kind, reason=why)


async def _answered(
    tx: Tx,
    app: App,
    actor: str,
    state: CaseState,
    row: MisuseRow,
    ends: bool,
    text: str,
    letter: Letter,
) -> None:
    again = await cases.get(tx, state.number)
    if again is None or again.closed_at is not None:
        raise Refused("decided", number=case_numbers.text(state.number))
    outcome = "reversed" if ends else "maintained"
    await answering.end(tx, app, actor, state.number, outcome, text, case=row.number)
    to = Complainant(suspensions.account(row), state.sender, state.language)
    purpose = f"complaint {state.number} {outcome}"
    about = numbers.number(row.number, 0)
    await answering.tell(tx, app, state.number, about, to, purpose, letter)
