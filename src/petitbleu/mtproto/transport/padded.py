"""Padded intermediate framing: as intermediate, with 0 to 15 random bytes after the payload."""

from __future__ import annotations

import os
from collections.abc import Callable

from petitbleu.errors import PeerFault
from petitbleu.mtproto.transport.framing import MAX_FRAME
from petitbleu.mtproto.transport.intermediate import Intermediate


class Padded(Intermediate):
    """``mtproto-transports#padded-intermediate``; the payload itself tells where it ends.

    A server adds three bytes at most: Telethon and gotd take only the length modulo 4 for padding.
    """

    __slots__ = ("_random",)

    name = "padded"
    tag = b"\xdd\xdd\xdd\xdd"

    def __init__(
        self,
        *,
        client: bool = False,
        max_frame: int = MAX_FRAME,
        random: Callable[[int], bytes] = os.urandom,
    ) -> None:
        super().__init__(client=client, max_frame=max_frame)
        self._random = random

    def _strip(self, content: bytes) -> bytes:
        size = len(content)
        if size < 20:
            return content[:4]  # a transport error; only a server sends something so short
        if content[:8] != bytes(8):
            return content[: size - (size - 24) % 16] if size >= 24 else content
        length = 20 + int.from_bytes(content[16:20], "little")
        if not length <= size <= length + 15:
            raise PeerFault("padding does not fit the plain message")
        return content[:length]

    def pack(self, payload: bytes, *, quick_ack: bool = False) -> bytes:
        most = 15 if self.client else 3
        return super().pack(payload + self._random(self._random(1)[0] & most), quick_ack=quick_ack)
