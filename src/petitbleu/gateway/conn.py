"""One raw connection: framing, key exchange, and the sessions whose frames come in on it.

A connection costs no task: bytes are worked through as they arrive, and reading pauses while a key
is looked up, while too many calls are in flight, or while the peer does not take its answers.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, cast

from petitbleu import eager
from petitbleu.errors import PeerFault
from petitbleu.gateway.budgets import Origin
from petitbleu.gateway.bulk import Step
from petitbleu.gateway.carrier import BULKY_SECONDS, Transport
from petitbleu.gateway.exchange import Exchange
from petitbleu.gateway.keys import Key
from petitbleu.gateway.live_session import LiveSession
from petitbleu.metrics import counter
from petitbleu.mtproto.bulk import BIG, Opening
from petitbleu.mtproto.crypto import Envelope, key_id_of, open
from petitbleu.mtproto.messages import HttpWait
from petitbleu.mtproto.transport.detect import AnyFraming, NeedMore, detect
from petitbleu.mtproto.transport.framing import Frame

if TYPE_CHECKING:
    from petitbleu.gateway.gateway import Gateway
    from petitbleu.mtproto.session import Session

FAULTS = counter(
    "connection_faults_total", "Connections closed because the peer broke the protocol"
)
UNKNOWN_KEY, FLOOD = -404, -429

_CALLS, _WRITES, _LOOKUP, _DRAIN, _OPENING = 1, 2, 4, 8, 16
"""Why reading is paused."""
_MAX_DELAY = 3600
_SMALL = 1 << 16
"""Unfinished frames up to this size are always waited for."""


class Conn(asyncio.Protocol):
    """A raw MTProto connection: on TCP a protocol itself, on WebSocket carried by one."""

    single = False

    __slots__ = (
        "_buffered",
        "_counted",
        "_exchange",
        "_first",
        "_framing",
        "_gateway",
        "_held",
        "_paused",
        "_sessions",
        "_told",
        "_transport",
        "bulky_until",
        "dc",
        "deadline",
        "origin",
        "slot",
    )

    def __init__(self, gateway: Gateway, origin: Origin) -> None:
        self._gateway = gateway
        self.origin = origin
        self.bulky_until = 0.0
        self.dc = gateway.config.dc
        self.deadline = 0.0
        self.slot = 0
        self._buffered = 0
        self._counted = False
        self._first = b""
        self._framing: AnyFraming | None = None
        self._exchange: Exchange | None = None
        self._held: deque[Frame] | None = None
        self._paused = 0
        self._sessions: tuple[LiveSession, ...] = ()
        self._told = False
        """The client governs our closing with ping_delay_disconnect."""
        self._transport: Transport

    # The protocol of the transport.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport = cast(asyncio.Transport, transport)  # uvloop has classes of its own
        self._counted = True
        self._gateway.opened(self)
        self.carried_by(transport)

    def carried_by(self, transport: Transport) -> None:
        """Begin on ``transport``."""
        self._transport = transport
        self.deadline = self._gateway.monotonic() + self._gateway.config.limits.handshake_seconds
        self._gateway.wheel.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._counted:
            self._gateway.closed(self, self.origin)
        self.lost()

    def lost(self) -> None:
        """The transport is gone."""
        self._gateway.wheel.remove(self)
        self._gateway.buffer(-self._buffered, self.origin)
        self._buffered = 0
        sessions, self._sessions = self._sessions, ()
        self._exchange = self._held = None
        for live in sessions:
            live.detach(self)

    def eof_received(self) -> bool | None:
        return None

    def pause_writing(self) -> None:
        self._pause(_WRITES)
        for live in self._sessions:
            self._gateway.sessions.unwritten.note(live)

    def resume_writing(self) -> None:
        self._resume(_WRITES)

    def data_received(self, data: bytes) -> None:
        try:
            framing = self._framing
            if framing is None:
                first = self._first + data
                detected = detect(first, max_frame=self._gateway.config.limits.frame_bytes)
                if isinstance(detected, NeedMore):
                    self._first = first
                    return
                framing = self._framing = detected.framing
                self._first = b""
                if detected.dc is not None:
                    self._name_dc(detected.dc)
                data = detected.rest
            frames = framing.feed(data)
            if framing.buffered != self._buffered:
                self._count_buffered(framing.buffered)
            for frame in frames:
                if self._paused or self._held:
                    if self._held is None:
                        self._held = deque()
                    self._held.append(frame)
                else:
                    self._frame(frame)
        except PeerFault as fault:
            self._fault(fault)

    def _count_buffered(self, size: int) -> None:
        """Unfinished frames of all connections share one budget."""
        taken = self._gateway.buffer(size - self._buffered, self.origin)
        self._buffered = size
        if size > _SMALL and not taken:
            raise PeerFault("too many unfinished frames", FLOOD)

    # Frames.

    def _frame(self, frame: Frame) -> None:
        payload = frame.payload
        key_id = key_id_of(payload)
        if not key_id:
            self._plain(payload)
            return
        now = self._gateway.app.clock.now()
        key = self._gateway.keys.known(key_id, now)
        if key is not None:
            if len(payload) > BIG:
                self._open_in_steps(key, frame)
            else:
                if self.bulky_until < self._gateway.monotonic():
                    self._gateway.bulk.hurry()
                self._opened(key, open(key.auth_key, payload), frame.quick_ack, now)
            return
        self._pause(_LOOKUP)
        eager.start(self._gateway.keys.load(key_id, now), lambda k, e: self._found(frame, k, e))

    def _found(self, frame: Frame, key: Key | None, error: BaseException | None) -> None:
        if self._transport.is_closing():
            return
        try:
            if error is not None:
                self._gateway.app.log.error("gateway.key_lookup_failed", exc_info=error)
                raise PeerFault("key lookup failed")
            if key is None:
                raise PeerFault("unknown key", UNKNOWN_KEY)
            envelope = open(key.auth_key, frame.payload)
            self._opened(key, envelope, frame.quick_ack, self._gateway.app.clock.now())
        except PeerFault as fault:
            self._fault(fault)
            return
        self._resume(_LOOKUP)

    def _plain(self, payload: bytes) -> None:
        if self._exchange is None:
            if not self._gateway.budgets.exchange(self.origin, self._gateway.monotonic()):
                self._gateway.refused("handshakes")
                raise PeerFault("too many key exchanges from this address", FLOOD)
            self._exchange = Exchange(self._gateway, self.origin, self._reply, self._fault)
            self.deadline = (
                self._gateway.monotonic() + self._gateway.config.limits.handshake_seconds
            )
            self._gateway.wheel.add(self)
        self._exchange.receive(payload)

    def _reply(self, payload: bytes) -> None:
        self.send([payload])

    def _open_in_steps(self, key: Key, frame: Frame) -> None:
        """A part of a file: decrypted between other work, later frames wait for it."""
        self.bulky_until = self._gateway.monotonic() + BULKY_SECONDS
        opening = Opening(key.auth_key, frame.payload)
        self._pause(_OPENING)

        def opened(job: Step, error: PeerFault | None) -> None:
            if self._transport.is_closing():
                return
            try:
                if error is not None:
                    raise error
                now = self._gateway.app.clock.now()
                self._opened(key, opening.envelope, frame.quick_ack, now)
            except PeerFault as fault:
                self._fault(fault)
                return
            self._resume(_OPENING)

        self._gateway.bulk.add(opening, opened)

    def _opened(self, key: Key, envelope: Envelope, quick_ack: bool, now: float) -> None:
        sessions = self._gateway.sessions
        live = sessions.get(key, envelope.session_id)
        if live is not None and live.carrier is self:
            self._heard()
            live.receive(envelope, now, quick_ack)
            return
        # A recorded frame takes no session away from where its client is.
        mt, messages, payload = sessions.admission.admit(key, live, envelope, now)
        if messages is None:
            if payload:
                self.send([payload])
            return
        self._heard()
        live = self._adopt(key, mt, live)
        self._gateway.wheel.add(self)
        live.take(mt.run(messages, envelope, now, quick_ack), now)

    def _heard(self) -> None:
        """The peer is there: wait for it anew."""
        if not self._told:
            self.deadline = self._gateway.monotonic() + self._gateway.config.limits.idle_seconds

    def _adopt(self, key: Key, mt: Session, live: LiveSession | None) -> LiveSession:
        """The session's frames come in here from now on."""
        if self._exchange is not None:
            self._name_dc(self._exchange.dc)
            key.dc = self.dc
            self._exchange = None
        elif key.dc:
            self.dc = key.dc
        if live is None:
            live = self._gateway.sessions.open(key, mt, self)
        else:
            # A session that alternates between two open connections has lost nothing.
            live.attach(self, fresh=live not in self._sessions)
        others = [other for other in self._sessions if other.carrier is self and other is not live]
        self._sessions = (*others, live)
        return live

    def _name_dc(self, named: int) -> None:
        """What the client calls this DC: media DCs come negative, test ones with 10000 added."""
        dc = abs(named) % 10000
        if 0 < dc < 1000:
            self.dc = dc

    def _fault(self, fault: PeerFault) -> None:
        """Tell the peer if there is a code for it, and close."""
        FAULTS.add()
        self._gateway.app.log.debug("gateway.fault", reason=fault.reason, ip=self.origin.ip)
        if self._transport.is_closing():
            return
        if fault.transport_code is not None and self._framing is not None:
            self._transport.write(self._framing.pack_error(fault.transport_code))
        self._transport.close()

    # The carrier of its sessions.

    def takes(self) -> bool:
        """Whether something can be sent now."""
        return not self._transport.is_closing()

    def send(self, payloads: list[bytes]) -> None:
        """Frame the payloads and write them as one."""
        framing = self._framing
        if framing is None or self._transport.is_closing():
            return
        if len(payloads) == 1:
            self._transport.write(framing.pack(payloads[0]))
        else:
            self._transport.write(b"".join([framing.pack(payload) for payload in payloads]))

    def quick_ack(self, token: int) -> None:
        """Acknowledge a frame at once."""
        if self._framing is not None and not self._transport.is_closing():
            self._transport.write(self._framing.pack_quick_ack(token))

    def backlog(self) -> int:
        """Bytes written but not yet taken by the peer's kernel."""
        return self._transport.get_write_buffer_size()

    def pause(self, live: LiveSession) -> None:
        """A session has too many calls in flight."""
        self._pause(_CALLS)

    def resume(self, live: LiveSession) -> None:
        """Fewer again: read on, unless another session of the connection has too many."""
        if not any(other.loaded and other.carrier is self for other in self._sessions):
            self._resume(_CALLS)

    def disconnect_in(self, seconds: int) -> None:
        """ping_delay_disconnect: close after so many seconds without another one."""
        self._told = True
        self.deadline = self._gateway.monotonic() + min(max(seconds, 1), _MAX_DELAY)
        self._gateway.wheel.add(self)

    def hold(self, wait: HttpWait) -> None:
        """http_wait means nothing on a connection that pushes."""

    def finish(self) -> None:
        """Flush and close."""
        if not self._transport.is_closing():
            self._transport.close()

    def stop_reading(self) -> None:
        """The server is going away: take no more calls."""
        self._pause(_DRAIN)

    def is_busy(self) -> bool:
        """Whether calls are under way."""
        return any(live.calls for live in self._sessions)

    def drain(self) -> None:
        """Everything is answered: close."""
        self.finish()

    def expired(self, now: float) -> None:
        """Silent for too long, or the handshake took too long."""
        self._transport.abort()

    def _pause(self, why: int) -> None:
        if not self._paused:
            self._transport.pause_reading()
        self._paused |= why

    def _resume(self, why: int) -> None:
        if not self._paused & why:
            return
        self._paused &= ~why
        try:
            while self._held and not self._paused:
                self._frame(self._held.popleft())
        except PeerFault as fault:
            self._fault(fault)
            return
        if not self._paused and not self._transport.is_closing():
            self._transport.resume_reading()
