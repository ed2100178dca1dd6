"""Intermediate framing: a 32-bit little-endian length, whose top bit asks for a quick ack."""

from __future__ import annotations

from petitbleu.mtproto.transport.framing import Frame, Framing

_BIT = 0x80000000


class Intermediate(Framing):
    """``mtproto-transports#intermediate``."""

    __slots__ = ()

    name = "intermediate"
    tag = b"\xee\xee\xee\xee"

    def _cut(self, data: bytes, at: int, end: int) -> tuple[int, Frame | None]:
        if end - at < 4:
            return 4, None
        length = int.from_bytes(data[at : at + 4], "little")
        asked = length >= _BIT
        if asked:
            if self.client:
                return 4, Frame(data[at : at + 4], True)
            length -= _BIT
        self._check(length)
        if end - at < 4 + length:
            return 4 + length, None
        return 4 + length, Frame(self._strip(data[at + 4 : at + 4 + length]), asked)

    def _strip(self, content: bytes) -> bytes:
        """The payload in the frame's content."""
        return content

    def pack(self, payload: bytes, *, quick_ack: bool = False) -> bytes:
        return (len(payload) | (_BIT if quick_ack else 0)).to_bytes(4, "little") + payload
