"""HTTP as a transport: one POST body is one payload, one response is one payload.

core.telegram.org/mtproto/transports#http. There is no framing inside the body and no quick ack.
Parsing HTTP is the gateway's; here stand the rules that belong to the protocol. A response may be
empty (nothing to say when a long poll ends); a transport error is the HTTP status of the same
number.
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.errors import PeerFault
from petitbleu.mtproto.transport.framing import MAX_FRAME, MIN_PAYLOAD

DEFAULT_MAX_WAIT = 25.0
"""Seconds a poll is held where http_wait asks for more, or for nothing else."""


class Response(NamedTuple):
    """What to answer: an HTTP status and a body."""

    status: int
    body: bytes


def payload_of(body: bytes, max_frame: int = MAX_FRAME) -> bytes:
    """The payload of a POST. PeerFault where its length cannot be one."""
    if not MIN_PAYLOAD <= len(body) <= max_frame:
        raise PeerFault("request body length out of bounds")
    return body


def check_length(content_length: int, max_frame: int = MAX_FRAME) -> None:
    """Refuse a POST by its Content-Length before its body is read."""
    if not MIN_PAYLOAD <= content_length <= max_frame:
        raise PeerFault("request body length out of bounds")


def answer(payload: bytes = b"") -> Response:
    """One payload, or the empty answer."""
    return Response(200, payload)


def error(code: int) -> Response:
    """A transport error (-404, -429, -444): its absolute value is the status, as in the number."""
    return Response(abs(code), code.to_bytes(4, "little", signed=True))


def hold(max_delay: int, wait_after: int, max_wait: int, queued: bool) -> float:
    """Seconds to hold a poll, from http_wait's milliseconds (service_messages#http-wait-long-poll).

    With something queued: at most ``max_delay``, and ``wait_after`` for more to join it. With
    nothing: ``max_wait``.
    """
    if queued:
        return max(0.0, min(max_delay, wait_after) / 1000)
    return min(max(0.0, max_wait / 1000), DEFAULT_MAX_WAIT)
