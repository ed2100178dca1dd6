"""Abridged framing: one length byte (in words of four), or 0x7f and three bytes."""

from __future__ import annotations

from petitbleu.errors import LocalFault
from petitbleu.mtproto.transport.framing import Frame, Framing


class Abridged(Framing):
    """``mtproto-transports#abridged``. The top bit of the first byte asks for a quick ack."""

    __slots__ = ()

    name = "abridged"
    tag = b"\xef"

    def _cut(self, data: bytes, at: int, end: int) -> tuple[int, Frame | None]:
        first = data[at]
        if self.client and first >= 0x80:
            if end - at < 4:
                return 4, None
            return 4, Frame(data[at : at + 4][::-1], True)
        words, head = first & 0x7F, 1
        if words == 0x7F:
            if end - at < 4:
                return 4, None
            words, head = int.from_bytes(data[at + 1 : at + 4], "little"), 4
        length = words * 4
        self._check(length)
        if end - at < head + length:
            return head + length, None
        return head + length, Frame(data[at + head : at + head + length], first >= 0x80)

    def pack(self, payload: bytes, *, quick_ack: bool = False) -> bytes:
        words, rest = divmod(len(payload), 4)
        if rest:
            raise LocalFault("payload is not a multiple of four bytes")
        bit = 0x80 if quick_ack else 0
        if words < 0x7F:
            return bytes((words | bit,)) + payload
        return bytes((0x7F | bit,)) + words.to_bytes(3, "little") + payload

    def pack_quick_ack(self, token: int) -> bytes:
        # The order is turned round so that the marking bit stands in the first byte.
        return token.to_bytes(4, "big")
