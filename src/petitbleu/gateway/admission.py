"""Frames of sessions that are on another connection, or do not live here (any more): which of them
may begin or move one. A recorded frame never does, wherever it comes from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from petitbleu.gateway.tombstones import Tombstones
from petitbleu.mtproto.session import Session

if TYPE_CHECKING:
    from petitbleu.gateway.keys import Key
    from petitbleu.gateway.live_session import LiveSession
    from petitbleu.gateway.sessions import Sessions
    from petitbleu.mtproto.crypto import Envelope
    from petitbleu.mtproto.session import Message


class Admission:
    """Looks at frames before a session is opened or moved for them."""

    __slots__ = ("_last_id", "_sessions", "_tombstones")

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._tombstones = Tombstones()
        self._last_id = 0
        """Newest server msg id said for a session that was not opened."""

    def __len__(self) -> int:
        return len(self._tombstones)

    def admit(
        self, key: Key, live: LiveSession | None, envelope: Envelope, now: float
    ) -> tuple[Session, list[Message] | None, bytes]:
        """The session's state machine and what :meth:`Session.admit` says of the frame.

        That of a session which does not live here is dropped again unless the frame is accepted: a
        recorded one costs no live session its place.
        """
        if live is not None:
            return live.mt, *live.mt.admit(envelope, now)
        mt = self._unknown(key, envelope.session_id, now)
        messages, payload = mt.admit(envelope, now)
        if messages is None:
            self._last_id = mt.outbox.last_id
        return mt, messages, payload

    def _unknown(self, key: Key, session_id: int, now: float) -> Session:
        gateway = self._sessions.gateway
        return Session(
            key.auth_key,
            key.id,
            session_id,
            key.salts,
            self._sessions.padding,
            floor=self._tombstones.floor(key.id, session_id, now, gateway.monotonic()),
            last_id=self._last_id,
        )

    def forgotten(self, live: LiveSession) -> None:
        """The session lives here no more: nothing that it has received may run again."""
        gateway = self._sessions.gateway
        newest = live.mt.inbox.newest
        if newest >= 0:
            now = gateway.app.clock.now()
            self._tombstones.add(live.key.id, live.mt.session_id, newest, now, gateway.monotonic())
