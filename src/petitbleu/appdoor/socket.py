"""A socket of the page: the carrier of a session over a WebSocket of text frames."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from petitbleu import eager
from petitbleu.appdoor import browsers, frames, guards, sessions
from petitbleu.appdoor.browsers import Ended
from petitbleu.appdoor.sessions import Entered, JsonSession
from petitbleu.gateway.budgets import Origin
from petitbleu.gateway.ws_text import Handshake, TextTransport, TextWires

if TYPE_CHECKING:
    from petitbleu.appdoor.door import Door

SUBPROTOCOL = "petitbleu.json.1"
OPEN_SECONDS = 5.0
"""Time for the first frame."""
_WRITES, _CALLS = 1, 2
"""Why reading is paused."""
SILENT_SECONDS = 150.0
"""A page pings every 25 s, a hidden one every minute; one silent for so long is gone."""


class SocketDoor:
    """What the gateway asks about ``/app/ws``."""

    subprotocol = SUBPROTOCOL
    message_bytes = 4 * frames.FRAME_BYTES  # what is larger than one frame is refused by us

    def __init__(self, door: Door) -> None:
        self._door = door

    def is_busy(self) -> bool:
        """Whether calls are under way."""
        return self._door.sessions.is_busy()

    def drain(self) -> None:
        """The server is going away."""
        self._door.sessions.drain()

    def refusal(self, handshake: Handshake) -> int:
        """The HTTP status with which a handshake is refused; 0: it is not."""
        config = self._door.app.config
        origins = handshake.headers("origin")
        if len(origins) != 1 or not guards.is_own_origin(
            config, origins[0], handshake.headers("host"), handshake.scheme
        ):
            return 403
        offered = ",".join(handshake.headers("sec-websocket-protocol"))
        return 0 if SUBPROTOCOL in [one.strip() for one in offered.split(",")] else 403

    def accepted(self, handshake: Handshake, conn: TextTransport, origin: Origin) -> Socket:
        """The socket is open."""
        return Socket(self._door, handshake, conn, origin)


class Socket:
    """One socket. It carries nothing until ``open`` has come and the cookie is known."""

    kind = "socket"

    __slots__ = (
        "_agent",
        "_conn",
        "_cookie",
        "_door",
        "_held",
        "_opening",
        "_paused",
        "_resuming",
        "_session",
        "_waiting",
        "_wires",
        "deadline",
        "origin",
        "slot",
    )

    def __init__(
        self, door: Door, handshake: Handshake, conn: TextTransport, origin: Origin
    ) -> None:
        self._door = door
        self._conn: TextTransport | None = conn
        self._cookie = door.cookie_of(handshake.headers("cookie"), handshake.scheme)
        self._wires: TextWires = door.wires
        self._session: JsonSession | None = None
        self._agent = " ".join(handshake.headers("user-agent"))
        self._opening: frames.Open | None = None
        self._waiting: list[frames.Event] = []
        """What came while the cookie was looked up."""
        self._held: deque[bytes] = deque()
        """Messages that came while too many calls are under way."""
        self._paused = 0
        self._resuming = False
        self.origin = origin
        self.deadline = door.sessions.monotonic() + OPEN_SECONDS
        self.slot = 0
        door.sessions.wheel.add(self)
        sessions.OPENED.add("socket")

    # What the WebSocket tells.

    def text_received(self, data: bytes) -> None:
        """One message of the page."""
        if len(data) > frames.FRAME_BYTES:
            sessions.REFUSED.add("too_large")
            self.close(sessions.TOO_LARGE)
            return
        if self._held or self._resuming or self._paused & _CALLS:
            self._held.append(data)  # it came before reading could be paused
            return
        self._read(data)

    def _read(self, data: bytes) -> None:
        now = self._door.sessions.monotonic()
        try:
            events = frames.read(data)
        except frames.BadFrame as bad:
            self._bad(bad.reason)
            return
        if self._opening is not None:
            self.deadline = now + SILENT_SECONDS
            if self._session is not None:
                self._session.heard_at = now
                self._session.link.heard_at = self._door.sessions.app.clock.now()
        for event in events:
            self._event(event)

    def _event(self, event: frames.Event) -> None:
        session = self._session
        if session is not None:
            self._take(session, event)
        elif self._opening is not None:
            self._waiting.append(event)
            if len(self._waiting) > sessions.IN_FLIGHT:
                self.close(sessions.TOO_MANY)
        elif isinstance(event, frames.Open):
            self._open(event)
        else:
            self._bad("open comes first")

    def _take(self, session: JsonSession, event: frames.Event) -> None:
        if isinstance(event, frames.Call):
            session.call(event)
        elif isinstance(event, frames.Ack):
            if not session.acknowledge(event.frames):
                self._bad("a: more than was sent")
        elif isinstance(event, frames.Ping):
            self.send(frames.pong(event.number))
        elif isinstance(event, frames.Drop):
            session.drop(event.call)
        else:
            self._bad("open comes once")

    def lost(self) -> None:
        """The connection is gone."""
        self._conn = None
        self._door.sessions.wheel.remove(self)
        session, self._session = self._session, None
        if session is not None:
            session.detach(self)

    def pause_writing(self) -> None:
        """The page takes nothing for now: neither do we."""
        self._pause(_WRITES)

    def resume_writing(self) -> None:
        """It takes again."""
        self._resume(_WRITES)

    def is_busy(self) -> bool:
        """Whether calls are under way."""
        return self._session is not None and self._session.busy

    def drain(self) -> None:
        """The server is going away: whoever has opened was told so."""
        self.close(sessions.DRAINING)

    # Opening.

    def _open(self, event: frames.Open) -> None:
        if event.version != frames.VERSION:
            self.send(frames.bye("version"))
            self.close(sessions.BAD)
            return
        self._opening = event
        self.deadline = self._door.sessions.monotonic() + SILENT_SECONDS
        eager.start(self._enter(event), self._entered)

    async def _enter(self, event: frames.Open) -> Entered:
        browser = await browsers.recognise(self._door.app, self._cookie)
        return await self._door.enter(browser, event, self.origin, self._agent)

    def _entered(self, found: Entered | None, error: BaseException | None) -> None:
        if self._conn is None:
            return
        if isinstance(error, Ended):
            self.send(frames.bye("signed-out"))
            self.close(sessions.SIGNED_OUT)
            return
        if found is None:
            self._door.app.log.error("appdoor.open_failed", exc_info=error)
            self.close(sessions.DRAINING)
            return
        session, opening = found.session, self._opening
        assert opening is not None
        missing = session.resume(opening.got) if found.resumed else []
        if session.ended or missing is None:  # meanwhile: the page comes again
            self.close(sessions.DRAINING)
            return
        self._session = session
        session.attach(self)
        for frame in (self._door.opened(found), *missing):
            self.send(frame)
        waiting, self._waiting = self._waiting, []
        for event in waiting:
            self._event(event)

    def _bad(self, reason: str) -> None:
        """The page said something that is no frame: the third time in a session ends it."""
        sessions.REFUSED.add("bad")
        session = self._session
        if session is None:
            self.close(sessions.BAD)
            return
        session.bad_frames += 1
        self.send(frames.bad(reason))
        if session.bad_frames >= sessions.BAD_FRAMES:
            session.end("", sessions.BAD)

    # The carrier.

    def send(self, frame: bytes) -> None:
        """Write one text message."""
        if self._conn is not None:
            self._conn.send_wire(self._wires.wire(frame, self._conn.deflates))

    def backlog(self) -> int:
        """Bytes not yet handed to the kernel."""
        return 0 if self._conn is None else self._conn.get_write_buffer_size()

    def close(self, code: int) -> None:
        """Say goodbye."""
        if self._conn is not None:
            self._conn.close(code)

    def pause(self) -> None:
        """Too many calls are under way."""
        self._pause(_CALLS)

    def resume(self) -> None:
        """There is room again: first for what came already."""
        self._paused &= ~_CALLS
        if self._resuming:  # a call that was answered at once: the loop below goes on
            return
        self._resuming = True
        while self._held and not self._paused & _CALLS:
            self._read(self._held.popleft())
        self._resuming = False
        if not self._paused and self._conn is not None:
            self._conn.resume_reading()

    def _pause(self, why: int) -> None:
        if not self._paused and self._conn is not None:
            self._conn.pause_reading()
        self._paused |= why

    def _resume(self, why: int) -> None:
        before, self._paused = self._paused, self._paused & ~why
        if before and not self._paused and self._conn is not None:
            self._conn.resume_reading()

    def expired(self, now: float) -> None:
        """Nothing was heard for too long."""
        if self._conn is None:
            return
        if self._opening is None:
            self._conn.close(sessions.BAD)
        else:
            self._conn.abort()
