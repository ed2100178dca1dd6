"""The frames of a JSON session, without sockets and clocks: text in, events out, and the stream of
counted frames.

A frame is one JSON text. From the page: ``{"open": …}`` first, then calls ``{"i": 17, "q": …}``
(several as an array), ``{"a": n}``, ``{"drop": i}``, ``{"ping": n}``. Frames that answer or push
are *counted* by both sides; nothing in them says their number, so that a push has the same bytes
for all sessions. What the page has not acknowledged is kept for a while and said again when it
comes back (as XEP-0198 does).
"""

from __future__ import annotations

from collections import deque
from typing import Any, NamedTuple

import msgspec

from petitbleu.rpc.dispatch import Failure, JsonCall

VERSION = 1
FRAME_BYTES = 256 << 10
"""Largest frame that a page may send."""
BATCH = 16
"""Calls in one frame."""
KEPT_FRAMES, KEPT_BYTES = 512, 256 << 10
"""Unacknowledged counted frames of a session that are kept."""
NAME_LENGTH = 64
"""Characters of anything that the page names: a session, its build, a language."""
MOST = (1 << 53) - 1
"""The largest number that a page counts exactly."""

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


class BadFrame(Exception):
    """The text is no frame at all; ``reason`` says why, for whoever wrote the page."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class Open(NamedTuple):
    """``open``: the page begins a session, or goes on with one."""

    version: int
    build: str
    lang: str
    session: str
    """Empty: a new one."""
    got: int


class Call(NamedTuple):
    """A call; ``fault`` where something beside its query is wrong."""

    asked: JsonCall
    fault: str = ""

    @property
    def method(self) -> str:
        """The name that the query gives; empty where it gives none."""
        query = self.asked.query
        return str(query.get("_", "")) if isinstance(query, dict) else ""


class Ack(NamedTuple):
    """So many counted frames have been dealt with."""

    frames: int


class Drop(NamedTuple):
    """The answer of this call is not wanted."""

    call: int


class Ping(NamedTuple):
    """The page asks whether anybody is there."""

    number: int


Event = Open | Call | Ack | Drop | Ping


def read(text: bytes) -> list[Event]:
    """The events of one frame. Raises BadFrame."""
    if len(text) > FRAME_BYTES:
        raise BadFrame("too large")
    try:
        data = _decode(text)
    except (msgspec.DecodeError, ValueError, RecursionError) as wrong:
        raise BadFrame(f"no JSON: {wrong}") from None
    if isinstance(data, list):
        if not 1 <= len(data) <= BATCH:
            raise BadFrame(f"1 to {BATCH} calls in an array")
        events: list[Event] = []
        for one in data:
            events += _call(one)
        return events
    if not isinstance(data, dict):
        raise BadFrame("an object or an array of calls was expected")
    if "q" in data:
        return _call(data)
    if "open" in data and len(data) == 1:
        return [_open(data["open"])]
    if len(data) == 1:
        ((key, value),) = data.items()
        if key == "a":
            return [Ack(_count(value, key))]
        if key == "drop":
            return [Drop(_count(value, key))]
        if key == "ping":
            return [Ping(_count(value, key))]
    raise BadFrame("neither open, a call, a, drop nor ping")


def _count(value: Any, what: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST:
        raise BadFrame(f"{what}: a number from 0 to {MOST} was expected")
    return value


def _name(data: dict[str, Any], key: str) -> str:
    value = data.get(key, "")
    if not isinstance(value, str) or len(value) > NAME_LENGTH or not value.isascii():
        raise BadFrame(f"open.{key}: at most {NAME_LENGTH} plain characters were expected")
    return value


_OPEN_FIELDS = {"v", "build", "lang", "session", "got"}


def _open(data: Any) -> Open:
    if not isinstance(data, dict):
        raise BadFrame("open: an object was expected")
    if unknown := data.keys() - _OPEN_FIELDS:
        raise BadFrame(f"open.{min(unknown)[:NAME_LENGTH]}: an unknown field")
    version = _count(data.get("v"), "open.v")
    got = _count(data.get("got", 0), "open.got")
    return Open(version, _name(data, "build"), _name(data, "lang"), _name(data, "session"), got)


_CALL_FIELDS = {"i", "q", "after", "quiet", "takeout", "a"}


def _call(data: Any) -> list[Event]:
    if not isinstance(data, dict):
        raise BadFrame("a call is an object")
    number = _count(data.get("i"), "i")
    events: list[Event] = [Ack(_count(data["a"], "a"))] if "a" in data else []
    try:
        return [*events, Call(_asked(number, data))]
    except _Fault as fault:
        return [*events, Call(JsonCall(number, None), str(fault))]


class _Fault(Exception):
    """A field of a call is wrong: the call fails, the frame does not."""


def _asked(number: int, data: dict[str, Any]) -> JsonCall:
    if unknown := data.keys() - _CALL_FIELDS:
        raise _Fault(f"{min(unknown)[:NAME_LENGTH]}: an unknown field")
    after = data.get("after")
    if after is not None and (isinstance(after, bool) or not isinstance(after, int)):
        raise _Fault("after: the number of a call was expected")
    quiet = data.get("quiet", False)
    if not isinstance(quiet, bool):
        raise _Fault("quiet: a boolean was expected")
    takeout = data.get("takeout")
    if takeout is not None:
        takeout = _takeout(takeout)
    return JsonCall(number, data.get("q"), after, quiet, takeout)


def _takeout(value: Any) -> int:
    try:
        if not isinstance(value, str) or len(value) > 20 or not value.isascii():
            raise ValueError
        number = int(value)
    except ValueError:
        raise _Fault("takeout: an integer of 64 bits as text was expected") from None
    if not -1 << 63 <= number < 1 << 63:
        raise _Fault("takeout: an integer of 64 bits as text was expected")
    return number


# ── out ─────────────────────────────────────────────────────────────────────────────────────────


def opened(**fields: Any) -> bytes:
    """``{"opened": …}``: the session is there. Not counted."""
    return _encode({"opened": fields})


def pong(number: int) -> bytes:
    """``{"pong": n}``. Not counted."""
    return b'{"pong":%d}' % number


def bye(reason: str, **more: str) -> bytes:
    """``{"bye": "signed-out"}``: the carrier closes now, and why. Not counted. ``more``: what is
    told with it.
    """
    return _encode({"bye": reason} | more)


def bad(reason: str) -> bytes:
    """``{"bad": …}``: what the page said was no frame. Not counted."""
    return _encode({"bad": reason[:200]})


ROTATE = b'{"rotate":true}'
"""The page is to fetch a new cookie. Not counted."""


def answer(call: int, result: bytes | Failure) -> bytes:
    """The answer of a call: ``{"i":17,"ok":…}``, or ``{"i":17,"err":[name,code,value,detail]}``."""
    if isinstance(result, bytes):
        return b'{"i":%d,"ok":%b}' % (call, result)
    told = [result.name, result.code, result.value, result.detail[:500]]
    return b'{"i":%d,"err":%b}' % (call, _encode(told))


class Stream:
    """The counted frames of a session: how many went out, and those not acknowledged yet."""

    __slots__ = ("_kept", "kept_bytes", "sent")

    def __init__(self) -> None:
        self.sent = 0
        """Counted frames so far."""
        self._kept: deque[bytes] = deque()
        self.kept_bytes = 0

    def add(self, frame: bytes) -> bool:
        """One more frame goes out; False where an older one that was not acknowledged had to be
        forgotten for it (coming back is not possible then, unless it arrived)."""
        self.sent += 1
        kept = self._kept
        kept.append(frame)
        self.kept_bytes += len(frame)
        whole = True
        while len(kept) > KEPT_FRAMES or (self.kept_bytes > KEPT_BYTES and kept):
            self.kept_bytes -= len(kept.popleft())
            whole = False
        return whole

    def acknowledge(self, count: int) -> bool:
        """The page has dealt with ``count`` frames; False for more than were sent. A number that
        is known already says nothing."""
        if count > self.sent:
            return False
        kept = self._kept
        while kept and self.sent - len(kept) < count:
            self.kept_bytes -= len(kept.popleft())
        return True

    def resume(self, got: int) -> list[bytes] | None:
        """What to say again to a page that has dealt with ``got`` frames; None where that is not
        known any more, or never was."""
        if not self.sent - len(self._kept) <= got <= self.sent:
            return None
        self.acknowledge(got)
        return list(self._kept)
