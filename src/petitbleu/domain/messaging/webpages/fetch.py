"""One GET, with a limit on everything: time, redirects, headers, bytes, unpacked bytes.

A small HTTP/1.1 client of its own (``httptools`` parses): a general one would keep connections,
follow proxies of the environment and resolve names by itself, and none of that may happen here.
"""

from __future__ import annotations

import zlib
from typing import NamedTuple
from urllib.parse import urljoin

import httptools

from petitbleu.domain.messaging.webpages.guard import (
    CHUNK,
    Network,
    Refused,
    Target,
    opened,
    target,
)
from petitbleu.eager import within

REDIRECTS_MAX = 5
HEAD_BYTES = 64 << 10
"""Of status line and headers together."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PACKED = {"gzip": 47, "x-gzip": 47, "deflate": 47}
"""Content-Encoding -> zlib's window, which tells gzip from zlib by itself."""


class Fetched(NamedTuple):
    """What a URL gave."""

    url: str
    """After redirects."""
    type: str
    """Media type in lower case, without parameters."""
    charset: str
    body: bytes
    """Unpacked; cut off at the limit."""
    whole: bool
    """Whether it is all there was."""


class Limits(NamedTuple):
    """What a fetch may cost."""

    seconds: float
    size: int
    """Bytes of a body, as sent and unpacked."""
    ports: tuple[int, ...]
    agent: str
    languages: str
    types: tuple[str, ...]
    """Beginnings of media types; anything else is not read."""


async def fetch(network: Network, url: str, limits: Limits) -> Fetched:
    """Get a URL. Raises Refused (see :mod:`guard`; also for answers that are of no use), OSError,
    TimeoutError."""
    async with within(limits.seconds):
        for _ in range(REDIRECTS_MAX + 1):
            where = target(url, limits.ports)
            answer = await _get(network, where, limits)
            if answer.status not in _REDIRECTS:
                return _fetched(url, answer)
            url = urljoin(url, answer.headers.get("location", "").strip()).partition("#")[0]
    raise Refused("too many redirects")


def _fetched(url: str, answer: _Answer) -> Fetched:
    if answer.status != 200:
        raise Refused(f"status {answer.status}")
    if answer.refusal:
        raise Refused(answer.refusal)
    kind, _, more = answer.headers.get("content-type", "").partition(";")
    charset = ""
    for part in more.split(";"):
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip("\"'")[:40]
    return Fetched(url, kind.strip().lower(), charset, bytes(answer.body), answer.complete)


async def _get(network: Network, where: Target, limits: Limits) -> _Answer:
    answer = _Answer(limits)
    async with opened(network, where) as (reader, writer):
        writer.write(_request(where, limits))
        while not answer.done:
            data = await reader.read(CHUNK)
            if not data:
                break
            answer.feed(data)
    if not answer.headed:
        raise Refused("no answer")
    return answer


def _request(where: Target, limits: Limits) -> bytes:
    return (
        f"GET {where.path} HTTP/1.1\r\nHost: {where.authority}\r\nUser-Agent: {limits.agent}\r\n"
        f"Accept: text/html,application/xhtml+xml,image/*;q=0.8\r\nAccept-Encoding: gzip, deflate"
        f"\r\nAccept-Language: {limits.languages}\r\nConnection: close\r\n\r\n"
    ).encode("ascii", "replace")


class _Answer:
    """An answer on its way in; httptools calls the ``on_`` methods."""

    def __init__(self, limits: Limits) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.body = bytearray()
        self.headed = False
        self.done = False
        self.complete = False
        self.refusal = ""
        self._limits = limits
        self._head = 0
        self._sent = 0
        self._unpack: zlib._Decompress | None = None
        self._parser = httptools.HttpResponseParser(self)

    def feed(self, data: bytes) -> None:
        """Take bytes from the wire. Raises Refused where they are no HTTP, or too many."""
        if not self.headed:
            self._head += len(data)
            if self._head > HEAD_BYTES + CHUNK:
                raise Refused("headers too large")
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            if not self.done:
                raise Refused("not HTTP") from None

    def on_header(self, name: bytes, value: bytes) -> None:
        if len(self.headers) < 100:
            self.headers.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))

    def on_headers_complete(self) -> None:
        self.headed = True
        self.status = self._parser.get_status_code()
        kind = self.headers.get("content-type", "").lower().strip()
        packed = self.headers.get("content-encoding", "").lower().strip()
        if self.status != 200:
            self.done = True
        elif not kind.startswith(self._limits.types):
            self.refusal, self.done = f"type {kind[:80]!r}", True
        elif packed in _PACKED:
            self._unpack = zlib.decompressobj(_PACKED[packed])
        elif packed not in ("", "identity"):
            self.refusal, self.done = f"encoding {packed[:40]!r}", True

    def on_body(self, data: bytes) -> None:
        if self.done:
            return
        self._sent += len(data)
        room = self._limits.size - len(self.body)
        if self._unpack is not None:
            try:
                data = self._unpack.decompress(data, max(room, 1))
            except zlib.error:
                self.refusal, self.done = "broken packing", True
                return
        self.body += data[:room]
        if len(self.body) >= self._limits.size or self._sent >= self._limits.size:
            self.done = True

    def on_message_complete(self) -> None:
        self.complete = not self.done
        self.done = True
