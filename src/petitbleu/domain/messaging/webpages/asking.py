"""One request to an address that a stranger gave: for rooms that must call back.

The address goes through :mod:`guard` like that of a preview; redirects are not followed, little
of the answer is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import httptools

from petitbleu.domain.messaging.webpages.guard import CHUNK, Network, Refused, opened, target
from petitbleu.eager import within

_HEAD_BYTES = 64 << 10


class Reply(NamedTuple):
    """An answer: ``body`` is its beginning."""

    status: int
    body: bytes


class Call(NamedTuple):
    """A request. Names and values of ``headers`` are ours: nobody else's words stand in them."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""
    address: str = ""
    """Where the host lies, if that was looked up (as numbers); empty: it is looked up now."""


async def ask(
    network: Network, call: Call, *, ports: tuple[int, ...], seconds: float, keep: int
) -> Reply:
    """Make a call; at most ``keep`` bytes of the answer. Raises Refused, OSError, TimeoutError."""
    where = target(call.url, ports)
    async with within(seconds):
        answer = _Answer(keep)
        async with opened(network, where, call.address) as (reader, writer):
            lines = [f"{call.method} {where.path} HTTP/1.1", f"Host: {where.authority}"]
            lines += [f"{name}: {value}" for name, value in call.headers.items()]
            lines += [f"Content-Length: {len(call.body)}", "Connection: close", "", ""]
            writer.write("\r\n".join(lines).encode("ascii", "replace") + call.body)
            await writer.drain()
            while not answer.done:
                data = await reader.read(CHUNK)
                if not data:
                    break
                answer.feed(data)
    if not answer.status:
        raise Refused("no answer")
    return Reply(answer.status, bytes(answer.body))


class _Answer:
    """An answer on its way in; httptools calls the ``on_`` methods."""

    def __init__(self, keep: int) -> None:
        self.status = 0
        self.body = bytearray()
        self.done = False
        self._keep = keep
        self._came = 0
        self._parser = httptools.HttpResponseParser(self)

    def feed(self, data: bytes) -> None:
        """Take bytes from the wire. Raises Refused where they are no HTTP, or too many."""
        self._came += len(data)
        if self._came > _HEAD_BYTES + self._keep:
            self.done = True
            return
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            if not self.done:
                raise Refused("not HTTP") from None

    def on_headers_complete(self) -> None:
        self.status = self._parser.get_status_code()

    def on_body(self, data: bytes) -> None:
        self.body += data[: self._keep - len(self.body)]
        if len(self.body) >= self._keep:
            self.done = True

    def on_message_complete(self) -> None:
        self.done = self.done or self.status >= 200  # behind 1xx comes the answer itself
