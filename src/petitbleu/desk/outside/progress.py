"""Where a case stands, for whoever brought it: three steps, a date, and what they were told.

Nothing here names other people, staff, or what the desk thinks: only the step, and letters that
went to this very reader.
"""

from __future__ import annotations

import email
import email.policy
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.casework.letters.service import LetterRow
from petitbleu.desk.records.vault import service as vault
from petitbleu.desk.reference.law import kinds

RECEIVED, REVIEW, DECIDED = "received", "review", "decided"
STEPS = (RECEIVED, REVIEW, DECIDED)
_STEP = {
    "new": RECEIVED,
    "triaged": RECEIVED,
    "review": REVIEW,
    "awaiting_info": REVIEW,
    "awaiting_second": REVIEW,
    "awaiting_authority": REVIEW,
    "decided": DECIDED,
    "notified": DECIDED,
    "closed": DECIDED,
}
_DECIDING = kinds.clocks_about("decision")
"""Clocks that a reader is promised."""
_TEXT_MAX = 50_000


class Said(NamedTuple):
    """Something that was sent to the reader."""

    at: int
    subject: str
    text: str


class Progress(NamedTuple):
    """What the page shows. Times are Unix seconds."""

    number: int
    step: str
    received_at: int
    decided_at: int | None
    waiting: bool
    """We wait for somebody outside."""
    due: int | None
    """By when we mean to decide; None where nothing is promised or it is decided."""
    said: tuple[Said, ...]


def step_of(state: CaseState) -> str:
    """One of :data:`STEPS`."""
    return _STEP[state.state]


async def of_sender(app: App, state: CaseState, *, letters_too: bool = True) -> Progress:
    """For who sent the case in; ``letters_too``: with the letters that went to its sender."""
    first = await cases.get(app.store, state.facts.get(cases.INTO, 0)) or state
    step = step_of(first)
    clocks = cases.clocks(app, first)
    due = next((c.due for c in clocks if c.id in _DECIDING and c.done is None), None)
    return Progress(
        state.number,
        step,
        state.received_at,
        first.moments.get("decided", first.closed_at) if step == DECIDED else None,
        first.state in ("awaiting_info", "awaiting_authority"),
        due if step != DECIDED else None,
        await _letters(app, first, state.sender) if state.sender and letters_too else (),
    )


async def _letters(app: App, state: CaseState, sender: str) -> tuple[Said, ...]:
    """The letters that went to the case's sender, but receipts."""
    now = app.clock.now()
    rows = []
    for row in await letters.of_case(app.store, state.number):
        mine = row.recipient.lower() == sender and row.purpose != "receipt"
        if not mine or row.state == "withdrawn" or row.not_before > now:
            continue
        if not await letters.may_leave(app, row):
            continue
        rows.append(Said(row.queued_at, row.subject, await letter_text(app, row)))
    return tuple(rows)


async def letter_text(app: App, row: LetterRow) -> str:
    """What a letter that left says."""
    raw = await vault.get(app, row.sha)
    body = email.message_from_bytes(raw, policy=email.policy.default).get_body(("plain",))
    return str(body.get_content())[:_TEXT_MAX] if body is not None else ""
