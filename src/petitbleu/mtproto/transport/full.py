"""Full framing: length, packet number, payload, CRC32 (it has no tag; Telethon's default)."""

from __future__ import annotations

from struct import Struct
from zlib import crc32

from petitbleu.errors import PeerFault
from petitbleu.mtproto.transport.framing import MAX_FRAME, Frame, Framing

_HEAD = Struct("<II")
_OVERHEAD = 12


class Full(Framing):
    """``mtproto-transports#full``. Packets are numbered from 0 each way; there is no quick ack."""

    __slots__ = ("_received", "_sent")

    name = "full"

    def __init__(self, *, client: bool = False, max_frame: int = MAX_FRAME) -> None:
        super().__init__(client=client, max_frame=max_frame)
        self._received = 0
        self._sent = 0

    def _cut(self, data: bytes, at: int, end: int) -> tuple[int, Frame | None]:
        if end - at < 8:
            return 8, None
        length, number = _HEAD.unpack_from(data, at)
        self._check(length - _OVERHEAD)
        if number != self._received:
            raise PeerFault("packet number out of order")
        if end - at < length:
            return length, None
        body = at + length - 4
        if crc32(data[at:body]) != int.from_bytes(data[body : body + 4], "little"):
            raise PeerFault("packet checksum is wrong")
        self._received = (number + 1) & 0xFFFFFFFF
        return length, Frame(data[at + 8 : body], False)

    def pack(self, payload: bytes, *, quick_ack: bool = False) -> bytes:
        packet = _HEAD.pack(len(payload) + _OVERHEAD, self._sent) + payload
        self._sent = (self._sent + 1) & 0xFFFFFFFF
        return packet + crc32(packet).to_bytes(4, "little")

    def pack_quick_ack(self, token: int) -> bytes:
        return b""  # this framing has none
