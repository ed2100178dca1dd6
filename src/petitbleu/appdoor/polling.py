"""The long poll: the carrier of a session for pages that can open no socket."""

from __future__ import annotations

import asyncio

from petitbleu.eager import within
from petitbleu.gateway.budgets import Origin

HOLD_SECONDS = 25.0
GATHER_SECONDS = 0.02
"""What comes so soon after the first frame leaves with it."""


class Poll:
    """One request that waits for frames."""

    kind = "poll"

    __slots__ = ("_more", "closed", "frames", "origin", "size")

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.frames: list[bytes] = []
        self.size = 0
        self.closed = False
        self._more = asyncio.Event()

    def send(self, frame: bytes) -> None:
        """One more frame for the answer."""
        self.frames.append(frame)
        self.size += len(frame)
        self._more.set()

    def backlog(self) -> int:
        """Bytes that the answer holds."""
        return self.size

    def close(self, code: int) -> None:
        """Nothing follows: the answer leaves."""
        self.closed = True
        self._more.set()

    def pause(self) -> None:
        """Calls come by requests of their own, which wait for their answers."""

    def resume(self) -> None:
        """See :meth:`pause`."""

    async def wait(self, seconds: float) -> list[bytes]:
        """The frames, once there is one or the time is over."""
        try:
            async with within(seconds):
                await self._more.wait()
        except TimeoutError:
            return self.frames
        if not self.closed:
            await asyncio.sleep(GATHER_SECONDS)
        return self.frames
