"""After the decision: people are told, letters leave, and then the case ends.

A statement is a message of the service chat, said once whatever happens: its name is made from the
decision and the person. A case is not closed before everything that was to be said has been said
with proof (duties: "communications sent with proof").
"""

from __future__ import annotations

import hashlib

import msgspec

from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import (
    composing,
    form,
    kinds,
    numbers,
    reversing,
    suspensions,
    texts,
    writing,
)
from petitbleu.desk.adjudication.decisions import queries as q
from petitbleu.desk.adjudication.decisions.queries import DecisionRow, StatementRow
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent, CaseState
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.casework.letters.service import LetterRow
from petitbleu.desk.casework.secrecy import service as secrecy
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.store.api import Tx

DECISION = "decision"
"""What answers to a statement in the service chat are about: ``[DECISION, number]``."""
_HELD = 86_400
"""Seconds until it is asked again whether people may be told; an answer asks at once."""
_LOOK_AGAIN, _LOOK_AT_LEAST = 30, 3600
"""Seconds between looks at letters that do not leave: rarer the longer it takes."""
_TO_AUTHORITY = {
    "authority_effect", "authority_impossible", "annex2", "annex3", "eevidence3",
}  # fmt: skip
_TO_PERSON = {composing.STATEMENT, composing.STATEMENT_ORDER}
_TO_NOTIFIER = {composing.TO_NOTIFIER}
_ENDINGS = {
    form.MEASURES: "executed",
    form.NO_ACTION: "no_action",
    form.IMPOSSIBLE: "refused",
    form.REFUSED: "refused",
    reversing.REVERSED: "executed",
}


async def tell(app: App, number: int, account: int, purpose: str) -> int | None:
    """Say a statement in the service chat; when to come back, None when it is said."""
    row = await app.store.row(q.STATEMENT, number=number, account=account, purpose=purpose)
    if row is None or row.told_at is not None or row.withdrawn_at is not None:
        return None
    now = int(app.clock.now())
    if row.not_before > now:
        return row.not_before
    verdict = await secrecy.of_case(app.store, app, numbers.case_of(number))
    if not verdict.open:
        await _wake(app, numbers.case_of(number))
        return max(now + 1, min(now + _HELD, verdict.until or now + _HELD))
    person = await accounts.get(app, account)
    if person is not None and person.deleted_at is None:
        text = f"{row.subject}\n\n{row.text}".strip()
        if purpose in _TO_PERSON | _TO_NOTIFIER or purpose.startswith(suspensions.PURPOSE):
            text += f"\n\n{texts.object_here(row.language)}"
        about = _about(row)
        for part, piece in enumerate(_pieces(text)):
            await messages.send_service(app, account, piece, once=_name(row, part), about=about)
    await app.store.write(_told, number, account, purpose, now)
    return None


def _about(row: StatementRow) -> list[str | int]:
    """What answers to it are about."""
    if not row.purpose.startswith(suspensions.PURPOSE):
        return [DECISION, row.number]
    named = suspensions.named(f"{row.subject} {row.text}")
    return [suspensions.SUSPENSION, named] if named else []


async def _wake(app: App, case: int) -> None:
    """Of a case decided before anybody was asked whether people may be told: have it asked."""
    state = await cases.get(app.store, case)
    if state is not None and state.telling is None and secrecy.is_asked(state):
        asked = secrecy.events(app, state, secrecy.Answer(), "system")
        await app.store.write(cases.append, app, case, "system", *asked)


async def _told(tx: Tx, number: int, account: int, purpose: str, at: int) -> None:
    await tx.run(q.TOLD, number=number, account=account, purpose=purpose, at=at)
    await writing.finish_later(tx, number, at)


def _name(row: StatementRow, part: int) -> int:
    said = f"{row.number} {row.account} {row.purpose} {part}".encode()
    return int.from_bytes(hashlib.sha256(said).digest()[:8], "big") >> 1


_MESSAGE = 4000
"""Characters of a message; longer statements are said in parts, cut between paragraphs."""


def _pieces(text: str) -> list[str]:
    pieces = [""]
    for paragraph in text.split("\n\n"):
        for start in range(0, max(1, len(paragraph)), _MESSAGE):
            piece = paragraph[start : start + _MESSAGE]
            if pieces[-1] and len(pieces[-1]) + len(piece) + 2 > _MESSAGE:
                pieces.append("")
            pieces[-1] += ("\n\n" if pieces[-1] else "") + piece
    return pieces


# ── the end of the case ─────────────────────────────────────────────────────────────────────────


async def finish(app: App, number: int) -> int | None:
    """End the case of a decision when all has been said; when to look again, None when done."""
    row = await app.store.row(q.GET, number=number)
    if row is None or row.undone_at is not None or row.replaced_by:
        return None
    state = await cases.get(app.store, numbers.case_of(number))
    if state is None or state.closed_at is not None or state.decisions[-1] != number:
        return None
    mine = [
        letter
        for letter in await letters.of_case(app.store, state.number)
        if letter.key.startswith(f"{numbers.text(number)} ")
    ]
    told = await app.store.rows(q.STATEMENTS, number=number)
    await app.store.write(_finish, app, row, mine, told)
    waiting = [one.not_before for one in mine if one.state == "queued"]
    waiting += [one.not_before for one in told if _open(one)]
    now = int(app.clock.now())
    held = [row.undo_until] if row.undo_until > now else []
    if not waiting and not held:
        return None
    pause = min(max(_LOOK_AGAIN, (now - row.at) // 4), _LOOK_AT_LEAST)
    return max(now + pause, min(waiting + held))


def _open(one: StatementRow) -> bool:
    return one.told_at is None and one.withdrawn_at is None


async def _finish(
    tx: Tx, app: App, row: DecisionRow, mine: list[LetterRow], told: list[StatementRow]
) -> None:
    state = await cases.get(tx, numbers.case_of(row.number))
    if state is None or state.closed_at is not None:
        return
    now = int(app.clock.now())
    events = _clocks(app, state, mine, told)
    if _told_all(mine, told) and row.undo_until <= now:
        unanswered = state.kind in kinds.ORDERS | kinds.REQUESTS and not state.sender
        failed = any(one.state == "failed" for one in mine)
        if unanswered or failed or _waits(row):
            events += [] if state.state == "awaiting_authority" else [_state("awaiting_authority")]
        else:
            reason = numbers.text(row.number)
            events += [_state("notified"), _closed(row.outcome, reason)]
    if events:
        await cases.append(tx, app, state.number, "system", *events)


def _waits(row: DecisionRow) -> bool:
    if row.outcome == reversing.REVERSED:
        return False
    return writing.waits(msgspec.msgpack.decode(row.form, type=form.Form))


def _state(name: str) -> CaseEvent:
    return cases.make_event(shapes.State(state=name))


def _closed(outcome: str, reason: str) -> CaseEvent:
    return cases.make_event(shapes.Closed(end=_ENDINGS[outcome], reason=reason))


def _told_all(mine: list[LetterRow], told: list[StatementRow]) -> bool:
    return not any(one.state == "queued" for one in mine) and not any(_open(one) for one in told)


def _clocks(
    app: App, state: CaseState, mine: list[LetterRow], told: list[StatementRow]
) -> list[CaseEvent]:
    """Clocks end when the letter they ask for has left, or the person was told."""
    events, running = [], cases.clocks(app, state)
    for act, purposes in (
        (kinds.AUTHORITY, _TO_AUTHORITY),
        (kinds.PERSON, _TO_PERSON),
        (kinds.NOTIFIER, _TO_NOTIFIER),
    ):
        times = [one.sent_at for one in mine if one.purpose in purposes]
        times += [one.told_at for one in told if one.purpose in purposes]
        left = [at for at in times if at is not None]
        if times and len(left) == len(times):
            at = max(left)
            events += [
                cases.make_event(shapes.ClockDone(clock=clock, at=at))
                for clock in kinds.ended(running, act)
            ]
            if act == kinds.PERSON and "recipient informed" not in state.moments:
                events.append(cases.make_event(shapes.Moment(event="recipient informed", at=at)))
    return events
