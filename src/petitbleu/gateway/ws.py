"""MTProto over WebSocket (``/apiws``): the obfuscated byte stream inside binary messages.

Messages are a stream: their borders mean nothing, as the spec says. Pings are answered, text is
refused. Spec: core.telegram.org/mtproto/transports#websocket.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from websockets.exceptions import ProtocolError
from websockets.frames import CloseCode, Frame, Opcode
from websockets.http11 import Request
from websockets.protocol import State
from websockets.server import ServerProtocol
from websockets.typing import Subprotocol

from petitbleu.gateway.budgets import Origin
from petitbleu.gateway.conn import Conn

if TYPE_CHECKING:
    from petitbleu.gateway.gateway import Gateway

_BINARY = Subprotocol("binary")
_CLOSE_SECONDS = 5.0
_SMALL = 1 << 16
"""Unfinished messages up to this size are always waited for."""


def _choose(_: ServerProtocol, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    """``binary`` where it is offered; a client that names no subprotocol gets none."""
    return _BINARY if _BINARY in offered else None


class WsConn(asyncio.Protocol):
    """One WebSocket: the protocol of its transport and the transport of a :class:`Conn`."""

    __slots__ = (
        "_buffered",
        "_conn",
        "_gateway",
        "_held",
        "_origin",
        "_protocol",
        "_refuse",
        "_transport",
        "deadline",
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
        if self._conn is not None:
            self._conn.lost()
            self._conn = None

    def data_received(self, data: bytes) -> None:
        protocol = self._protocol
        protocol.receive_data(data)
        for event in protocol.events_received():
            if isinstance(event, Request):
                self._accept(event)
            elif isinstance(event, Frame):
                self._frame(event)
        if not self._counted(len(protocol.reader.buffer)):
            protocol.fail(CloseCode.TRY_AGAIN_LATER, "too many unfinished messages")
        self._flush()

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
        if self._conn is not None:
            self._conn.pause_writing()

    def resume_writing(self) -> None:
        if self._conn is not None:
            self._conn.resume_writing()

    def _accept(self, request: Request) -> None:
        if self._refuse:
            self._protocol.send_response(self._protocol.reject(429, "Too many connections.\n"))
            return
        path = request.path.partition("?")[0]
        if not path.startswith("/apiws"):
            self._protocol.send_response(self._protocol.reject(404, "Nothing here.\n"))
            return
        response = self._protocol.accept(request)
        self._protocol.send_response(response)
        if response.status_code == 101:
            self._conn = Conn(self._gateway, self._origin)
            self._conn.carried_by(self)

    def _frame(self, frame: Frame) -> None:
        if frame.opcode in (Opcode.BINARY, Opcode.CONT):
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

    def drain(self) -> None:
        """Everything is answered: close."""
        if self._protocol.state is State.OPEN:
            self._protocol.send_close(CloseCode.GOING_AWAY)
            self._flush()
        else:
            self._transport.close()

    # The carrier of the connection inside.

    def write(self, data: bytes) -> None:
        """Send one binary message."""
        if self._protocol.state is State.OPEN:
            try:
                self._protocol.send_binary(data)
            except ProtocolError:
                return
            self._flush()

    def close(self) -> None:
        """Say goodbye and close."""
        if self._protocol.state is State.OPEN:
            self._protocol.send_close(CloseCode.NORMAL_CLOSURE)
            self._flush()
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
        if not self._transport.is_closing():
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
