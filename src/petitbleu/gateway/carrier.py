"""What lies between a session and the wire: the carrier above, the transport below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from petitbleu.gateway.budgets import Origin
from petitbleu.mtproto.messages import HttpWait

if TYPE_CHECKING:
    from petitbleu.gateway.live_session import LiveSession


class Transport(Protocol):
    """The part of an asyncio transport that a connection uses."""

    def write(self, data: bytes) -> None: ...
    def close(self) -> None: ...
    def abort(self) -> None: ...
    def is_closing(self) -> bool: ...
    def pause_reading(self) -> None: ...
    def resume_reading(self) -> None: ...
    def get_write_buffer_size(self) -> int: ...


BULKY_SECONDS = 2.0
"""How long a carrier counts as moving files after a large payload."""


class Carrier(Protocol):
    """What carries a session's payloads: a connection, or one HTTP request."""

    origin: Origin
    dc: int
    single: bool
    """Payloads go out one at a time, where ``takes()`` says so (HTTP)."""
    bulky_until: float
    """It moves files until then (monotonic): its frames are no sign that somebody waits."""

    def takes(self) -> bool:
        """Whether something can be sent now."""
        ...

    def send(self, payloads: list[bytes]) -> None:
        """Frame the payloads and write them as one."""
        ...

    def quick_ack(self, token: int) -> None:
        """Acknowledge a frame at once."""
        ...

    def backlog(self) -> int:
        """Bytes written but not yet taken by the peer's kernel."""
        ...

    def pause(self, live: LiveSession) -> None:
        """The session has as many calls in flight as it may: stop reading."""
        ...

    def resume(self, live: LiveSession) -> None:
        """The session takes calls again."""
        ...

    def disconnect_in(self, seconds: int) -> None:
        """Close after so many seconds unless told again."""
        ...

    def hold(self, wait: HttpWait) -> None:
        """Long poll parameters (HTTP only)."""
        ...

    def finish(self) -> None:
        """Flush and close."""
        ...
