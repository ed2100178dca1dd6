"""Asking the machine's resolver for TXT records (RFC 1035), for advice about a sending domain."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Callable
from pathlib import Path

from petitbleu.app import Part
from petitbleu.eager import within

SECONDS = 2.0
"""Time for an answer."""
_RESOLVERS = Path("/etc/resolv.conf")
_TXT, _IN, _RECURSE = 16, 1, 0x0100
_NO_SUCH_NAME = 3
_LABEL_MAX = 63


class NoAnswer(OSError):
    """No resolver can be asked, or it has no answer now."""


Server = tuple[str, int]


def resolver() -> Server | None:
    """The first resolver of this machine; None: it names none."""
    try:
        lines = _RESOLVERS.read_text("utf-8", "replace").splitlines()
    except OSError:
        return None
    words = [line.split() for line in lines]
    named = [word[1] for word in words if len(word) > 1 and word[0] == "nameserver"]
    return (named[0].partition("%")[0], 53) if named else None


RESOLVER: Part[Callable[[], Server | None]] = Part(lambda _: resolver)
"""Who is asked."""


async def texts(server: Server, name: str, *, query: int) -> list[str]:
    """The TXT records of a name; none where there is no such name. ``query``: a number that the
    answer has to bear. Raises NoAnswer.
    """
    loop = asyncio.get_running_loop()
    answered: asyncio.Future[bytes] = loop.create_future()

    class Asking(asyncio.DatagramProtocol):
        def datagram_received(self, data: bytes, addr: object) -> None:
            if not answered.done() and data[:2] == struct.pack(">H", query):
                answered.set_result(data)

        def error_received(self, exc: Exception) -> None:
            if not answered.done():
                answered.set_exception(NoAnswer(str(exc)))

    try:
        transport, _ = await loop.create_datagram_endpoint(Asking, remote_addr=server)
    except OSError as error:
        raise NoAnswer(str(error)) from error
    try:
        transport.sendto(question(name, query))
        async with within(SECONDS):
            return read(await answered)
    except TimeoutError:
        raise NoAnswer("it did not answer in time") from None
    finally:
        transport.close()


def question(name: str, query: int) -> bytes:
    """A question for the TXT records of a name."""
    labels = [label.encode("idna") for label in name.strip(".").split(".")]
    if not all(0 < len(label) <= _LABEL_MAX for label in labels):
        raise NoAnswer(f"“{name}” is no name")
    written = b"".join(bytes([len(label)]) + label for label in labels) + b"\0"
    return struct.pack(">6H", query, _RECURSE, 1, 0, 0, 0) + written + struct.pack(">2H", _TXT, _IN)


def read(data: bytes) -> list[str]:
    """The TXT records of an answer. Raises NoAnswer."""
    try:
        _, flags, questions, answers, _, _ = struct.unpack_from(">6H", data)
        if flags & 0x0F == _NO_SUCH_NAME:
            return []
        if flags & 0x0F:
            raise NoAnswer(f"the resolver answered with error {flags & 0x0F}")
        at = 12
        for _ in range(questions):
            at = _behind_name(data, at) + 4
        found = []
        for _ in range(answers):
            at = _behind_name(data, at)
            kind, _, _, size = struct.unpack_from(">2HIH", data, at)
            at += 10
            if kind == _TXT:
                found.append(_joined(data[at : at + size]))
            at += size
    except (struct.error, IndexError) as error:
        raise NoAnswer("the resolver's answer cannot be read") from error
    return found


def _behind_name(data: bytes, at: int) -> int:
    while data[at] and data[at] < 0xC0:
        at += data[at] + 1
    return at + (2 if data[at] >= 0xC0 else 1)


def _joined(record: bytes) -> str:
    """The strings of a record, one after the other (RFC 7208 §3.3)."""
    parts, at = b"", 0
    while at < len(record):
        parts += record[at + 1 : at + 1 + record[at]]
        at += record[at] + 1
    return parts.decode("utf-8", "replace")
