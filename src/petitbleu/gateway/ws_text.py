"""WebSockets of text: what a door and the connection beneath it know of one another, and how a
message looks on the wire.

Messages of a kilobyte and more are packed (RFC 7692) without a window that outlives them: nothing
is kept for a connection between its messages, and a message has the same bytes for all.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from websockets.extensions.base import Extension
from websockets.extensions.permessage_deflate import (
    PerMessageDeflate,
    ServerPerMessageDeflateFactory,
)

from petitbleu.gateway.budgets import Origin

DEFLATE = ServerPerMessageDeflateFactory(
    server_no_context_takeover=True, client_no_context_takeover=True
)
_PACKED_FROM = 1024
_REMEMBERED = 1 << 16
"""Longer messages go to one page: they are not remembered for the next."""
_WINDOW = 15
_TEXT, _PACKED = 0x81, 0xC1
"""First byte of a message in one frame, plain and packed."""


class Handshake(NamedTuple):
    """What a page says when it opens a socket."""

    headers: Callable[[str], list[str]]
    """Name -> values."""
    scheme: str


class TextTransport(Protocol):
    """The connection beneath a :class:`TextEnd`."""

    deflates: bool

    def send_wire(self, data: bytes) -> None:
        """Send a message that :meth:`TextWires.wire` made."""
        ...

    def close(self, code: int = ...) -> None:
        """Say goodbye and close."""
        ...

    def abort(self) -> None:
        """Drop the connection at once."""
        ...

    def pause_reading(self) -> None:
        """Let the page wait."""
        ...

    def resume_reading(self) -> None:
        """Read again."""
        ...

    def get_write_buffer_size(self) -> int:
        """Bytes not yet handed to the kernel."""
        ...


class TextEnd(Protocol):
    """Who reads the messages of one socket."""

    def text_received(self, data: bytes) -> None:
        """A whole message, not yet known to be UTF-8."""
        ...

    def lost(self) -> None:
        """The connection is gone."""
        ...

    def pause_writing(self) -> None:
        """The page takes nothing for now."""
        ...

    def resume_writing(self) -> None:
        """It takes again."""
        ...

    def is_busy(self) -> bool:
        """Whether calls are under way."""
        ...

    def drain(self) -> None:
        """The server is going away, and all calls are answered: close."""
        ...


class TextDoor(Protocol):
    """Who takes the sockets of one address."""

    subprotocol: str
    message_bytes: int

    def is_busy(self) -> bool:
        """Whether calls are under way."""
        ...

    def drain(self) -> None:
        """The server is going away, and all calls are answered: say goodbye, to requests that wait
        for news too."""
        ...

    def refusal(self, handshake: Handshake) -> int:
        """The HTTP status with which a handshake is refused; 0: it is not."""
        ...

    def accepted(self, handshake: Handshake, conn: TextTransport, origin: Origin) -> TextEnd:
        """The socket is open."""
        ...


def can_deflate(extensions: Sequence[Extension]) -> bool:
    """Whether messages may be packed as :func:`_packed` does it."""
    return any(
        isinstance(extension, PerMessageDeflate) and extension.local_max_window_bits == _WINDOW
        for extension in extensions
    )


def _packed(text: bytes) -> bytes:
    packer = zlib.compressobj(1, zlib.DEFLATED, -_WINDOW)
    return (packer.compress(text) + packer.flush(zlib.Z_SYNC_FLUSH))[:-4]


def _framed(first: int, data: bytes) -> bytes:
    size = len(data)
    if size < 126:
        return bytes((first, size)) + data
    if size < 1 << 16:
        return bytes((first, 126)) + size.to_bytes(2, "big") + data
    return bytes((first, 127)) + size.to_bytes(8, "big") + data


class TextWires:
    """Messages on their way to the wire; one that goes to many in turn is made once."""

    __slots__ = ("_packed", "_plain")

    def __init__(self) -> None:
        self._plain: tuple[bytes | None, bytes] = (None, b"")
        self._packed: tuple[bytes | None, bytes] = (None, b"")

    def wire(self, text: bytes, deflates: bool) -> bytes:
        """The message as one unmasked frame."""
        if not deflates or len(text) < _PACKED_FROM:
            if self._plain[0] is text:
                return self._plain[1]
            frame = _framed(_TEXT, text)
            if len(text) < _REMEMBERED:
                self._plain = text, frame
            return frame
        if self._packed[0] is text:
            return self._packed[1]
        small = _packed(text)
        frame = _framed(_PACKED, small) if len(small) < len(text) else _framed(_TEXT, text)
        if len(text) < _REMEMBERED:
            self._packed = text, frame
        return frame
