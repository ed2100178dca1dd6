"""Where a case stands, for whoever brought it: three steps, a date, and what they were told.

Nothing here names other people, staff, or what the desk thinks: only the step, and letters that
went to this very reader.
"""

from __future__ import annotations

import email
import email.policy
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.desk.cases import service as cases
from petitbleu.desk.cases.service import CaseState
from petitbleu.desk.letters import service as letters
from petitbleu.desk.vault import service as vault

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
_DECIDING = ("dsa16.decide", "dsa20.decide", "dsa22.decide")
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


async def of_sender(app: App, state: CaseState) -> Progress:
    """For who sent the case in."""
    step = _STEP[state.state]
    found = cases.clocks(app, state)
    due = next((c.due for c in found if c.id in _DECIDING and c.done is None), None)
    return Progress(
        state.number,
        step,
        state.received_at,
        state.moments.get("decided", state.closed_at) if step == DECIDED else None,
        state.state in ("awaiting_info", "awaiting_authority"),
        due if step != DECIDED else None,
        await _letters(app, state) if state.sender else (),
    )


async def _letters(app: App, state: CaseState) -> tuple[Said, ...]:
    """The letters that went to the case's sender, but receipts."""
    now = app.clock.now()
    found = []
    for row in await letters.of_case(app.store, state.number):
        mine = row.recipient.lower() == state.sender and row.purpose != "receipt"
        if not mine or row.state == "withdrawn" or row.not_before > now:
            continue
        message = email.message_from_bytes(
            await vault.get(app, row.sha), policy=email.policy.default
        )
        body = message.get_body(("plain",))
        text = str(body.get_content()) if body is not None else ""
        found.append(Said(row.queued_at, row.subject, text[:_TEXT_MAX]))
    return tuple(found)
