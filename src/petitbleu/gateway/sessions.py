"""The live MTProto sessions of this process, by (auth key, session id).

A session outlives its connection for a while: answers the client has not acknowledged are sent
again when it comes back (``live_session.py``).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from petitbleu.gateway.admission import Admission
from petitbleu.gateway.carrier import Carrier
from petitbleu.gateway.live_session import LiveSession
from petitbleu.gateway.unwritten import Unwritten
from petitbleu.metrics import Gauge
from petitbleu.mtproto.crypto import Padding
from petitbleu.mtproto.session import Session

if TYPE_CHECKING:
    from petitbleu.gateway.gateway import Gateway
    from petitbleu.gateway.keys import Key

KEPT_SECONDS = 300.0
"""How long a session without a connection is remembered."""
KEPT_DETACHED = 20_000
"""How many of those at most; the ones longest away go first."""
AWAY_BYTES = 64 << 20
"""Unacknowledged answers that all of those hold at most, likewise: each may hold parts of files."""
SESSIONS_PER_KEY = 128


class Sessions:
    """All live sessions, by (key id, session id)."""

    __slots__ = (
        "_away",
        "_away_bytes",
        "_flush_due",
        "_live",
        "_queue",
        "admission",
        "gateway",
        "in_flight",
        "padding",
        "resume_at",
        "unwritten",
    )

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self.padding = Padding(gateway.app.random)
        self._live: dict[tuple[int, int], LiveSession] = {}
        self._away: OrderedDict[LiveSession, int] = OrderedDict()
        self._away_bytes = 0
        self.admission = Admission(self)
        self._queue: list[LiveSession] = []
        self._flush_due = False
        self.unwritten = Unwritten(gateway)
        self.in_flight = gateway.config.limits.calls_in_flight
        self.resume_at = self.in_flight * 3 // 4

    def __len__(self) -> int:
        return len(self._live)

    def get(self, key: Key, session_id: int) -> LiveSession | None:
        """The session, if it lives here."""
        return self._live.get((key.id, session_id))

    def open(self, key: Key, mt: Session, carrier: Carrier) -> LiveSession:
        """A session that was not known: born on this connection."""
        if len(key.sessions) >= SESSIONS_PER_KEY:
            away = [live for live in key.sessions if live.carrier is None]
            self.end((away or key.sessions)[0])
        live = LiveSession(self, key, mt, carrier)
        self._live[key.id, mt.session_id] = live
        key.sessions = (*key.sessions, live)
        if key.perm_id:
            self.gateway.links.add(live.link)
        return live

    def end(self, live: LiveSession) -> None:
        """Forget the session. Calls that still run end by themselves, unheard."""
        key = live.key
        if self._live.get((key.id, live.link.session_id)) is not live:
            return
        del self._live[key.id, live.link.session_id]
        key.sessions = tuple(other for other in key.sessions if other is not live)
        self._back(live)
        self.admission.forgotten(live)
        self.gateway.wheel.remove(live)
        carrier, live.carrier = live.carrier, None
        if carrier is not None:
            self.gateway.call_soon(partial(carrier.resume, live))
        self.unwritten.forget(live)
        live.link.connected = False
        self.gateway.links.remove(live.link)
        self.gateway.dispatcher.closed(live.link)

    def destroy(self, key: Key, session_id: int) -> bool:
        """destroy_session; whether there was one."""
        live = self.get(key, session_id)
        if live is None:
            return False
        self.end(live)
        return True

    def end_key(self, key: Key) -> None:
        """The key is gone: flush, close and forget its sessions and those of keys bound to it."""
        keys = {key, *(live.key for live in self._live.values() if live.key.perm_id == key.id)}
        for live in [live for key in keys for live in key.sessions]:
            live.close()
            self.end(live)

    def attached(self, live: LiveSession) -> None:
        """The session has a connection."""
        if self._back(live):
            self.gateway.wheel.remove(live)

    def detached(self, live: LiveSession) -> None:
        """The session has none; keep it for a while."""
        self._back(live)
        self._away[live] = held = live.mt.outbox.kept_bytes
        self._away_bytes += held
        live.deadline = self.gateway.monotonic() + KEPT_SECONDS
        self.gateway.wheel.add(live)
        while len(self._away) > KEPT_DETACHED or (
            self._away_bytes > AWAY_BYTES and len(self._away) > 1
        ):
            self.end(next(iter(self._away)))

    def _back(self, live: LiveSession) -> bool:
        """The session is not away any more; whether it was."""
        held = self._away.pop(live, None)
        self._away_bytes -= held or 0
        return held is not None

    def to_flush(self, live: LiveSession) -> None:
        """Send for ``live`` at the end of this turn of the loop."""
        self._queue.append(live)
        carrier, gateway = live.carrier, self.gateway
        if carrier is not None and carrier.bulky_until < gateway.monotonic():
            gateway.bulk.hurry()
        if not self._flush_due:
            self._flush_due = True
            self.gateway.call_soon(self.flush)

    def flush(self) -> None:
        """Send everything that waits."""
        self._flush_due = False
        queue, self._queue = self._queue, []
        now = self.gateway.app.clock.now()
        for live in queue:
            live.flush(now)

    def gauges(self) -> Iterator[Gauge]:
        """For ``/metrics``."""
        yield Gauge("sessions", "Live MTProto sessions", len(self._live))
        yield Gauge("sessions_away", "Sessions without a connection", len(self._away))
        yield Gauge("sessions_forgotten", "Forgotten ones remembered", len(self.admission))

    def all(self) -> list[LiveSession]:
        """Every session."""
        return list(self._live.values())

    def running(self) -> list[LiveSession]:
        """Sessions with calls in flight, for the drain."""
        return [live for live in self._live.values() if live.calls]
