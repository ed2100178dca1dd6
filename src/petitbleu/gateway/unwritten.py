"""Answers that were not written to a connection for :data:`LATE_SECONDS`: a log line names each
session's oldest, and why it waits.

Nothing is timed for one answer: the msg id of an answer says when it was made. A session is noted
when something stays behind in its queue at the end of a turn of the loop, and looked at when the
wheel comes round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from petitbleu.metrics import counter

if TYPE_CHECKING:
    from petitbleu.gateway.gateway import Gateway
    from petitbleu.gateway.live_session import LiveSession

LATE_SECONDS = 5.0
LATE = counter("answers_late_total", "Answers not written for 5 s, by why they waited", "why")
_MAX_SESSIONS = 10_000
"""Sessions noted at once; more are not looked at."""


class Unwritten:
    """The sessions with something left to write, oldest first, and one timer for all of them."""

    __slots__ = ("_gateway", "_noted", "deadline", "slot")

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._noted: dict[LiveSession, float] = {}
        self.deadline = 0.0
        self.slot = 0

    def __len__(self) -> int:
        return len(self._noted)

    def note(self, live: LiveSession) -> None:
        """Something of the session waits: look again after :data:`LATE_SECONDS`."""
        if live in self._noted or len(self._noted) >= _MAX_SESSIONS:
            return
        due = self._gateway.monotonic() + LATE_SECONDS
        self._noted[live] = due
        if not self.slot:
            self.deadline = due
            self._gateway.wheel.add(self)

    def forget(self, live: LiveSession) -> None:
        """The session has ended."""
        self._noted.pop(live, None)

    def expired(self, now: float) -> None:
        """Look at those that are due; wait for the next."""
        for live, due in list(self._noted.items()):
            if due > now:
                self.deadline = due
                self._gateway.wheel.add(self)
                return
            del self._noted[live]
            self._look(live)

    def _look(self, live: LiveSession) -> None:
        clock = self._gateway.app.clock.now()
        why = _why(live)
        outbox = live.mt.outbox
        late = outbox.oldest_answer(written=False)
        if late is None and why == "not_read":
            late = outbox.oldest_answer(written=True)
        if late is None:
            return
        waited = clock - late.msg_id / (1 << 32)
        if waited < LATE_SECONDS:  # made since: looked at in its own time
            self.note(live)
            return
        LATE.add(why)
        log = self._gateway.app.log
        # Whoever went away asks again when they come back: that is no fault.
        say = log.info if why in ("no_connection", "no_request") else log.warning
        say(
            "gateway.answer_not_written",
            why=why,
            seconds=round(waited),
            call=f"{late.request:016x}",
            bytes=len(late.body),
            waiting=outbox.queued,
            session=f"{live.link.session_id & (1 << 64) - 1:016x}",
            layer=live.link.layer,
        )


def _why(live: LiveSession) -> str:
    carrier = live.carrier
    if carrier is None:
        return "no_connection"
    if carrier.single:
        return "no_request"
    if not carrier.takes():
        return "closing"
    return "not_read" if carrier.backlog() else "not_sent"
