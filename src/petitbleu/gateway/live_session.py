"""One live MTProto session: calls in, answers and pushes out, over the connection it is on.

What a turn of the event loop produces for a session leaves in one encrypted container and one
``write``.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from petitbleu import eager
from petitbleu.errors import PeerFault
from petitbleu.gateway import binding
from petitbleu.gateway.bulk import Step
from petitbleu.gateway.carrier import BULKY_SECONDS, Carrier
from petitbleu.metrics import counter
from petitbleu.mtproto.bulk import BIG, Sealing
from petitbleu.mtproto.crypto import Envelope
from petitbleu.mtproto.messages import (
    Acked,
    Call,
    Cancel,
    DestroyKey,
    DestroySession,
    DisconnectIn,
    Event,
    HttpWait,
    NewSession,
    QuickAck,
)
from petitbleu.mtproto.outbox import Item
from petitbleu.mtproto.session import Session
from petitbleu.rpc.links import RpcSession

if TYPE_CHECKING:
    from petitbleu.gateway.gateway import Gateway
    from petitbleu.gateway.keys import Key
    from petitbleu.gateway.polling import Polls
    from petitbleu.gateway.sessions import Sessions

OTHERS = 3
"""Open connections a session is remembered to have come on, beside the one it speaks on."""
CALL_BYTES = 2 << 20
"""Size of a session's unanswered calls before reading pauses: parts of files wait for the disk."""
DETACHED_BYTES = 256 << 10
"""Pushes kept for a session without a connection; beyond, it is forgotten and the client starts
anew (new_session_created makes it ask for the difference)."""

CALLS = counter("calls_total", "RPC calls begun")
CALLS.values[""] = 0
PUSHES = counter("pushes_total", "Server messages pushed, by outcome", "outcome")


def calls_begun() -> int:
    """RPC calls begun by this process so far."""
    return CALLS.values[""]


class LiveSession:
    """One session: its state machine, its link for the layers above, its connection."""

    __slots__ = (
        "_alternates",
        "_closing",
        "_dirty",
        "_others",
        "_sealing",
        "_sessions",
        "_waiting",
        "call_bytes",
        "calls",
        "carrier",
        "deadline",
        "kept_bytes",
        "key",
        "link",
        "mt",
        "polls",
        "slot",
    )

    def __init__(self, sessions: Sessions, key: Key, mt: Session, carrier: Carrier) -> None:
        self._sessions = sessions
        self._closing: set[int] | None = None
        """Calls whose answers leave before the connection is dropped."""
        self._dirty = False
        self._others: tuple[Carrier, ...] = ()
        """Other connections that it came on, the newest first."""
        self._alternates = False
        """Whether it went back to one of them: its answers were written to several."""
        self._sealing: Sealing | None = None
        """A large message being encrypted in steps; what comes after it waits."""
        self._waiting: list[Item] = []
        self.key = key
        self.mt = mt
        self.carrier: Carrier | None = None
        self.calls: dict[int, asyncio.Task[None] | None] = {}
        self.call_bytes = 0
        """Size of the calls that wait for something."""
        self.polls: Polls | None = None
        """What waits for it over HTTP, once it came that way."""
        self.kept_bytes = 0
        self.deadline = 0.0
        self.slot = 0
        self.link = RpcSession(
            auth_key_id=key.perm_id,
            temp_key_id=key.id if key.temp else 0,
            session_id=mt.session_id,
            push=self.push,
            close=self.close_after_calls,
            bound=self.bound,
            open_binding=partial(binding.open_binding, sessions),
            backlog=self.backlog,
        )
        self.attach(carrier)

    @property
    def gateway(self) -> Gateway:
        """Where it lives."""
        return self._sessions.gateway

    # Connections come and go.

    def attach(self, carrier: Carrier, *, fresh: bool = True) -> None:
        """Frames of the session arrive on this connection now: answers go there.

        ``fresh``: it was never on this connection; what it has not acknowledged is said again.
        """
        before, self.carrier = self.carrier, carrier
        if before is not None and before is not carrier:
            self._others = (before, *(other for other in self._others if other is not carrier))[
                :OTHERS
            ]
            # Later: what waits there may be for this session, which is just moving.
            self._sessions.gateway.call_soon(partial(before.resume, self))
        self._alternates = self._alternates or not fresh
        if fresh:
            self._sealing = None
            self._waiting = []
            self.mt.attach()
        self.kept_bytes = 0
        link, origin = self.link, carrier.origin
        link.ip, link.port, link.local_address = origin.ip, origin.port, origin.local
        link.dc = carrier.dc
        link.connected = True
        self._sessions.attached(self)

    def detach(self, carrier: Carrier) -> None:
        """The connection is gone. Where the session came on another that is open, it goes on there:
        bytes that were still on their way must not take it along.
        """
        self._others = tuple(
            other for other in self._others if other is not carrier and other.takes()
        )
        left = self._others[0] if self._others else None
        if self.carrier is not carrier:
            left = self.carrier if self._alternates else None
        elif left is None:
            self.carrier = None
            self._sealing = None
            self._waiting = []
            self.link.connected = False
            self._sessions.detached(self)
        else:
            self.attach(left)
        if left is not None:
            self._alternates = bool(self._others)
            self.mt.repeat(self._sessions.gateway.app.clock.now())
            self.mark()

    def close(self) -> None:
        """Drop the connection, after what is queued has been written."""
        self._others = ()
        if self.carrier is not None:
            self.flush(self._sessions.gateway.app.clock.now())
            while self._sealing is not None:
                if self._sealing.step():
                    self._sealed(self._sealing, None)
            self.carrier.finish()

    def close_after_calls(self) -> None:
        """The same, once the calls that run now are answered: one of them may be what ended the
        login, and its client repeats a call whose answer it did not see.
        """
        if self.calls:
            self._closing = set(self.calls)
        else:
            self.close()

    def bound(self, perm_id: int) -> None:
        """auth.bindTempAuthKey has succeeded: the session's key now stands for ``perm_id``."""
        binding.bound(self._sessions, self.key, perm_id)

    # In.

    def receive(self, envelope: Envelope, now: float, quick_ack: bool) -> None:
        """Take one decrypted frame of the connection it is on. Raises PeerFault where it breaks the
        protocol.
        """
        self.take(self.mt.receive(envelope, now, quick_ack), now)

    def take(self, events: list[Event], now: float) -> None:
        """Do what the frame just received asks for."""
        carrier = self.carrier
        assert carrier is not None
        self.link.heard_at = now
        for event in events:
            kind = type(event)
            if kind is Call:
                self._call(event.msg_id, event.body, now)  # type: ignore[union-attr]
            elif kind is not Acked:
                self._other(event, carrier, now)
        self.mark()

    def _other(self, event: object, carrier: Carrier, now: float) -> None:
        if isinstance(event, QuickAck):
            carrier.quick_ack(event.token)
        elif isinstance(event, Cancel):
            task = self.calls.get(event.req_msg_id)
            if task is not None:
                task.cancel()
        elif isinstance(event, DisconnectIn):
            carrier.disconnect_in(event.seconds)
        elif isinstance(event, HttpWait):
            carrier.hold(event)
        elif isinstance(event, DestroySession):
            destroyed = self._sessions.destroy(self.key, event.session_id)
            self.mt.session_destroyed(event.msg_id, event.session_id, destroyed, now)
        elif isinstance(event, DestroyKey):
            eager.start(
                self._sessions.gateway.destroy_key(self.key), partial(self._destroyed, event.msg_id)
            )
        elif not isinstance(event, NewSession):
            raise TypeError(f"unexpected event {event!r}")

    def _destroyed(self, msg_id: int, _: None, error: BaseException | None) -> None:
        done = error is None
        self.mt.key_destroyed(msg_id, done, self._sessions.gateway.app.clock.now())
        if error is None:
            self._sessions.end_key(self.key)
        else:
            self._sessions.gateway.app.log.error("gateway.key_not_destroyed", exc_info=error)
            self.mark()

    def _call(self, msg_id: int, body: bytes, now: float) -> None:
        CALLS.values[""] += 1
        calls = self.calls
        calls[msg_id] = None
        task = eager.start(
            self._sessions.gateway.dispatcher.call(self.link, msg_id, body, now),
            partial(self._answered, msg_id, len(body)),
        )
        if task is not None:
            calls[msg_id] = task
            self.call_bytes += len(body)
            if self.loaded and self.carrier is not None:
                self.carrier.pause(self)

    @property
    def loaded(self) -> bool:
        """Whether it has as many calls under way as it may."""
        return len(self.calls) >= self._sessions.in_flight or self.call_bytes > CALL_BYTES

    def _answered(
        self, msg_id: int, size: int, result: bytes | None, error: BaseException | None
    ) -> None:
        if self.calls.pop(msg_id, None) is not None:
            self.call_bytes -= size
        if result is not None:
            self.mt.answer(msg_id, result, self._sessions.gateway.app.clock.now())
            self.mark()
        elif not isinstance(error, asyncio.CancelledError):
            self._sessions.gateway.app.log.error("gateway.call_failed", exc_info=error)
        if self._closing is not None:
            self._closing.discard(msg_id)
            if not self._closing:
                self._closing = None
                self.close()
        if (
            len(self.calls) == self._sessions.resume_at
            or self.call_bytes <= CALL_BYTES < self.call_bytes + size
        ) and self.carrier is not None:
            self.carrier.resume(self)

    # Out.

    def push(self, body: bytes) -> bool:
        """Send one content-related message; False where the peer does not keep up."""
        carrier = self.carrier
        sessions = self._sessions
        if carrier is None:
            self.kept_bytes += len(body)
            if self.kept_bytes > DETACHED_BYTES:
                PUSHES.add("forgotten")
                sessions.end(self)
                return False
        elif carrier.backlog() > sessions.gateway.config.limits.send_queue_bytes:
            PUSHES.add("refused")
            return False
        if not self.mt.push(body, sessions.gateway.app.clock.now()):
            PUSHES.add("refused")
            return False
        PUSHES.add("queued")
        self.mark()
        return True

    def mark(self) -> None:
        """Something may have to be sent at the end of this turn."""
        if not self._dirty:
            self._dirty = True
            self._sessions.to_flush(self)

    def flush(self, now: float) -> None:
        """Send what is queued, if there is a connection."""
        self._dirty = False
        carrier, mt = self.carrier, self.mt
        held = carrier is None or carrier.single or self._sealing is not None or carrier.backlog()
        if held and mt.outbox.queued:
            self._sessions.unwritten.note(self)
        if carrier is None:
            return
        if carrier.single:
            # Bare acknowledgements are not worth ending a long poll.
            while mt.outbox.queued and carrier.takes():
                carrier.send(mt.data_to_send(now, together=True))
            return
        if self._sealing is not None:
            return
        if mt.outbox.queued_bytes > BIG:
            self._send(mt.items_to_send(now), now)
        elif payloads := mt.data_to_send(now):
            carrier.send(payloads)
        due = mt.next_deadline()
        if due is not None:
            self.deadline = self._sessions.gateway.monotonic() + due - now
            self._sessions.gateway.wheel.add(self)

    def _send(self, items: list[Item], now: float) -> None:
        """Encrypt and send; a large message in steps, what follows it afterwards."""
        carrier = self.carrier
        assert carrier is not None
        payloads = []
        for n, item in enumerate(items):
            if len(item[2]) > BIG:
                carrier.bulky_until = self._sessions.gateway.monotonic() + BULKY_SECONDS
                self._sealing = self.mt.sealing(item, now)
                self._waiting = items[n + 1 :]
                self._sessions.gateway.bulk.add(self._sealing, self._sealed)
                break
            payloads.append(self.mt.seal(item, now))
        if payloads:
            carrier.send(payloads)

    def _sealed(self, job: Step, error: PeerFault | None) -> None:
        if job is not self._sealing or self.carrier is None:
            return  # the connection it was for is gone; it is said again on the next
        payload, waiting = self._sealing.payload, self._waiting
        self._sealing = None
        self._waiting = []
        self.carrier.send([payload])
        self._send(waiting, self._sessions.gateway.app.clock.now())
        self.mark()

    def backlog(self) -> int:
        """Bytes that wait to be sent to the peer."""
        waiting = self.mt.outbox.queued_bytes + sum(len(item[2]) for item in self._waiting)
        if self.carrier is not None:
            waiting += self.carrier.backlog()
        return waiting

    def expired(self, now: float) -> None:
        """Acknowledgements are due; or, without a connection, nobody came back."""
        if self.carrier is None:
            self._sessions.end(self)
        else:
            self.mark()
