"""WebSockets. MTProto on ``/apiws``: the obfuscated byte stream inside binary messages.

Messages are a stream: their borders mean nothing, as the spec says. Pings are answered, text is
refused. Spec: core.telegram.org/mtproto/transports#websocket.

Other addresses belong to doors that speak text (``ws_text.py``): there a message is a message.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol, cast

from websockets.exceptions import ProtocolError
from websockets.frames import CloseCode, Frame, Opcode
from websockets.http11 import Request
from websockets.protocol import State
from websockets.server import ServerProtocol
from websockets.typing import Subprotocol

from petitbleu.gateway.budgets import Origin
from petitbleu.gateway.conn import Conn
from petitbleu.gateway.ws_text import DEFLATE, Handshake, TextDoor, TextEnd, can_deflate

if TYPE_CHECKING:
    from petitbleu.gateway.gateway import Gateway

_BINARY = Subprotocol("binary")
_CLOSE_SECONDS = 5.0
_SMALL = 1 << 16
"""Unfinished messages up to this size are always waited for."""


def _choose(protocol: ServerProtocol, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    """The address's own (``binary`` on ``/apiws``) where it is offered; a client that names no
    subprotocol gets none."""
    return next(
        (
            subprotocol
            for subprotocol in protocol.available_subprotocols or ()
            if subprotocol in offered
        ),
        None,
    )


class Sites(Protocol):
    """Tells hosts that are another site on this port, where there is no MTProto. ``scope`` has the
    key ``headers``, as ASGI has it; the answer is None for the instance's own hosts."""

    def known(self, scope: Any) -> object:
        """From memory; False: it has to be looked up."""
        ...

    async def look_up(self, scope: Any) -> object:
        """The same, from the store."""
        ...


class WsConn(asyncio.Protocol):
    """One WebSocket: the protocol of its transport and the transport of a :class:`Conn`."""

    __slots__ = (
        "_asking",
        "_buffered",
        "_conn",
        "_early",
        "_gateway",
        "_held",
        "_origin",
        "_over",
        "_parts",
        "_protocol",
        "_refuse",
        "_text",
        "_transport",
        "deadline",
        "deflates",
        "slot",
    )

    def __init__(
        self, gateway: Gateway, origin: Origin, held: Origin, *, refuse: bool = False
    ) -> None:
        self._gateway = gateway
        self._origin = origin
        self._held = held
        """Under which address the connection is counted."""
        self._refuse = refuse
        self._buffered = 0
        """Bytes of an unfinished message that are counted."""
        self._conn: Conn | None = None
        self._text: TextEnd | None = None
        """Whoever reads text messages, instead of a connection of MTProto."""
        self._parts: bytearray | None = None
        """Of a text message that is not whole yet."""
        self._asking: asyncio.Task[None] | None = None
        """Looks up whether there is MTProto on the host that was named."""
        self._early: list[Any] = []
        """What came meanwhile."""
        self._over = False
        """Whether we have said goodbye: nothing more is taken, but the answer to that."""
        self.deflates = False
        """Whether text messages may be sent packed."""
        self._protocol = ServerProtocol(
            subprotocols=[_BINARY],
            select_subprotocol=_choose,
            max_size=(None, gateway.config.limits.frame_bytes),
            logger=gateway.quiet,
        )
        self._transport: asyncio.Transport
        self.deadline = 0.0
        self.slot = 0

    # The protocol of the transport.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport = cast(asyncio.Transport, transport)  # uvloop has classes of its own
        self._transport = transport
        self._gateway.opened(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._gateway.wheel.remove(self)
        self._gateway.closed(self, self._held)
        self._gateway.buffer(-self._buffered, self._origin)
        self._buffered = 0
        if self._asking is not None:
            self._asking.cancel()
        if self._conn is not None:
            self._conn.lost()
            self._conn = None
        if self._text is not None:
            self._text.lost()
            self._text = None

    def data_received(self, data: bytes) -> None:
        protocol = self._protocol
        protocol.receive_data(data)
        for event in protocol.events_received():
            self._take(event)
        if not self._counted(len(protocol.reader.buffer) + len(self._parts or b"")):
            protocol.fail(CloseCode.TRY_AGAIN_LATER, "too many unfinished messages")
        self._flush()

    def _take(self, event: Any) -> None:
        if self._asking is not None:
            self._early.append(event)
        elif isinstance(event, Request):
            self._accept(event)
        elif isinstance(event, Frame):
            self._frame(event)

    def _counted(self, size: int) -> bool:
        """Count what is held of an unfinished message as unfinished frames are; False where there
        is no room for it."""
        if size == self._buffered:
            return True
        taken = self._gateway.buffer(size - self._buffered, self._origin)
        self._buffered = size
        return taken or size <= _SMALL

    def eof_received(self) -> bool | None:
        self._protocol.receive_eof()
        return None

    def pause_writing(self) -> None:
        inside = self._conn or self._text
        if inside is not None:
            inside.pause_writing()

    def resume_writing(self) -> None:
        inside = self._conn or self._text
        if inside is not None:
            inside.resume_writing()

    def _accept(self, request: Request) -> None:
        if self._refuse:
            self._protocol.send_response(self._protocol.reject(429, "Too many connections.\n"))
            return
        path = request.path.partition("?")[0]
        door = self._gateway.text_doors.get(path)
        if door is not None:
            self._accept_text(request, door)
            return
        if not path.startswith("/apiws"):
            self._protocol.send_response(self._protocol.reject(404, "Nothing here.\n"))
            return
        sites = self._gateway.sites
        if sites is None:
            self._accept_mtproto(request)
            return
        named = [value.encode("latin-1", "replace") for value in request.headers.get_all("host")]
        scope = {"headers": [(b"host", value) for value in named]}
        site = sites.known(scope)
        if site is False:
            self._transport.pause_reading()
            self._asking = asyncio.get_running_loop().create_task(self._ask(request, sites, scope))
        else:
            self._accept_mtproto(request, elsewhere=site is not None)

    async def _ask(self, request: Request, sites: Sites, scope: Any) -> None:
        elsewhere = await sites.look_up(scope) is not None
        self._asking = None
        early, self._early = self._early, []
        self._accept_mtproto(request, elsewhere=elsewhere)
        for event in early:
            self._take(event)
        self._transport.resume_reading()
        self._flush()

    def _accept_mtproto(self, request: Request, *, elsewhere: bool = False) -> None:
        if elsewhere:
            self._protocol.send_response(self._protocol.reject(404, "Nothing here.\n"))
            return
        response = self._protocol.accept(request)
        self._protocol.send_response(response)
        if response.status_code == 101:
            self._conn = Conn(self._gateway, self._origin)
            self._conn.carried_by(self)

    def _accept_text(self, request: Request, door: TextDoor) -> None:
        """A door of its own: what it refuses is no WebSocket."""
        protocol = self._protocol
        secure = self._transport.get_extra_info("sslcontext") is not None
        handshake = Handshake(request.headers.get_all, "https" if secure else "http")
        status = door.refusal(handshake)
        if status:
            protocol.send_response(protocol.reject(status, "Not from here.\n"))
            return
        protocol.available_subprotocols = [Subprotocol(door.subprotocol)]
        protocol.available_extensions = [DEFLATE]
        protocol.max_message_size, protocol.max_fragment_size = door.message_bytes, None
        response = protocol.accept(request)
        protocol.send_response(response)
        if response.status_code == 101:
            self.deflates = can_deflate(protocol.extensions)
            self._text = door.accepted(handshake, self, self._origin)

    def _text_frame(self, frame: Frame, text: TextEnd) -> None:
        """A message may come in several frames; the protocol bounds them together."""
        if frame.opcode is Opcode.BINARY:
            self._protocol.fail(CloseCode.UNSUPPORTED_DATA, "text messages only")
        elif frame.opcode is Opcode.TEXT and frame.fin:
            text.text_received(bytes(frame.data))
        elif frame.opcode is Opcode.TEXT:
            self._parts = bytearray(frame.data)
        elif frame.opcode is Opcode.CONT and self._parts is not None:
            self._parts += frame.data
            if frame.fin:
                whole, self._parts = bytes(self._parts), None
                text.text_received(whole)

    def _frame(self, frame: Frame) -> None:
        if self._over:
            return
        if self._text is not None:
            self._text_frame(frame, self._text)
        elif frame.opcode in (Opcode.BINARY, Opcode.CONT):
            if self._conn is not None:
                self._conn.data_received(bytes(frame.data))
        elif frame.opcode is Opcode.TEXT:
            self._protocol.fail(CloseCode.UNSUPPORTED_DATA, "binary messages only")

    def _flush(self) -> None:
        for data in self._protocol.data_to_send():
            if data:
                if not self._transport.is_closing():
                    self._transport.write(data)
            else:
                self._transport.close()
        if self._protocol.close_expected() and not self.slot:
            self.deadline = self._gateway.monotonic() + _CLOSE_SECONDS
            self._gateway.wheel.add(self)

    def expired(self, now: float) -> None:
        """The other side did not finish closing."""
        self._transport.abort()

    def stop_reading(self) -> None:
        """The server is going away: take no more calls."""
        if self._conn is not None:
            self._conn.stop_reading()
        elif self._text is not None:
            self.pause_reading()

    def is_busy(self) -> bool:
        """Whether calls are under way."""
        inside = self._conn if self._text is None else self._text
        return inside is not None and inside.is_busy()

    def drain(self) -> None:
        """Everything is answered: close."""
        if self._text is not None:
            self._text.drain()
        elif self._protocol.state is State.OPEN:
            self._say_goodbye(CloseCode.GOING_AWAY)
        else:
            self._transport.close()

    def _say_goodbye(self, code: int) -> None:
        self._protocol.send_close(code)
        # Whoever was told to wait answers too: unread, the connection would end by the clock.
        self._over = True
        self.resume_reading()
        self._flush()

    # The carrier of what is inside.

    def send_wire(self, data: bytes) -> None:
        """Send what is a text message on the wire already (:meth:`TextWires.wire`)."""
        if self._protocol.state is State.OPEN and not self._transport.is_closing():
            self._transport.write(data)

    def write(self, data: bytes) -> None:
        """Send one binary message."""
        if self._protocol.state is State.OPEN:
            try:
                self._protocol.send_binary(data)
            except ProtocolError:
                return
            self._flush()

    def close(self, code: int = CloseCode.NORMAL_CLOSURE) -> None:
        """Say goodbye and close."""
        if self._protocol.state is State.OPEN:
            self._say_goodbye(code)
        elif not self._protocol.close_expected():
            self._transport.close()

    def abort(self) -> None:
        """Drop the connection at once."""
        self._transport.abort()

    def is_closing(self) -> bool:
        """Whether nothing more can be sent."""
        return self._protocol.state is not State.OPEN or self._transport.is_closing()

    def pause_reading(self) -> None:
        """Let the peer wait."""
        if not self._over and not self._transport.is_closing():
            self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Read again."""
        if not self._transport.is_closing():
            self._transport.resume_reading()

    def get_write_buffer_size(self) -> int:
        """Bytes not yet handed to the kernel."""
        return self._transport.get_write_buffer_size()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """As asyncio transports have it."""
        return self._transport.get_extra_info(name, default)
