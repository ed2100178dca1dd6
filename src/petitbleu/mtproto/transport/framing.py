"""What all framings share: buffering, limits, the two roles (core.telegram.org/mtproto/mtproto-
transports).

A framing turns a byte stream into payloads and back. It knows nothing of sockets. Bytes are copied
once into a payload; a frame that arrives whole is never buffered.
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.errors import PeerFault

MAX_FRAME = 1 << 21
"""Largest payload taken unless told otherwise: 2 MiB, a 1 MiB file part fits with room."""

MIN_PAYLOAD = 20
"""A plain message without a body; what is shorter is no payload a client sends."""


class Frame(NamedTuple):
    """One payload. In the client role a quick acknowledgement is the token's 4 bytes, little-
    endian.
    """

    payload: bytes
    quick_ack: bool


class Framing:
    """Base of the four framings. ``client``: reads what a server writes and the other way round."""

    __slots__ = ("_buffer", "_need", "client", "max_frame")

    name = ""
    tag = b""
    """What a client sends first."""

    def __init__(self, *, client: bool = False, max_frame: int = MAX_FRAME) -> None:
        self.client = client
        self.max_frame = max_frame
        self._buffer: bytearray | None = None
        self._need = 0

    def feed(self, data: bytes) -> list[Frame]:
        """Take bytes of the stream, give the frames they complete. PeerFault on a broken stream."""
        buffer = self._buffer
        if buffer is not None:
            buffer += data
            if len(buffer) < self._need:
                return []
            data = bytes(buffer)
            self._buffer = None
        frames: list[Frame] = []
        at, end = 0, len(data)
        while at < end:
            step, frame = self._cut(data, at, end)
            if frame is None:
                self._buffer = bytearray(data[at:]) if at else bytearray(data)
                self._need = step
                break
            frames.append(frame)
            at += step
        return frames

    @property
    def buffered(self) -> int:
        """Bytes of an unfinished frame held."""
        return len(self._buffer) if self._buffer is not None else 0

    def _cut(self, data: bytes, at: int, end: int) -> tuple[int, Frame | None]:
        """The frame at ``at`` and its whole length; or the bytes needed and None."""
        raise NotImplementedError

    def pack(self, payload: bytes, *, quick_ack: bool = False) -> bytes:
        """Wrap one payload; ``quick_ack`` (client role) asks for an acknowledgement."""
        raise NotImplementedError

    def pack_error(self, code: int) -> bytes:
        """A transport error, e.g. -404: four bytes in the place of a payload."""
        return self.pack(code.to_bytes(4, "little", signed=True))

    def pack_quick_ack(self, token: int) -> bytes:
        """A quick acknowledgement; ``token`` has bit 31 set."""
        return token.to_bytes(4, "little")

    def _check(self, length: int) -> None:
        """Refuse a payload length no honest peer sends."""
        if not (4 if self.client else MIN_PAYLOAD) <= length <= self.max_frame:
            raise PeerFault("frame length out of bounds")
