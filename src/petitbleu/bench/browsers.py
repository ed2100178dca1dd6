"""A page without a browser, for the load: signs in over HTTP, then speaks frames over a socket."""

from __future__ import annotations

import asyncio
import base64
import json
import os
from collections.abc import Callable
from typing import Any

from petitbleu.bench.exchange import Address
from petitbleu.bench.people import Person
from petitbleu.tl import jsonform
from petitbleu.tl.objects import TLObject

SOCKETS = 8
"""Sockets that one device may have."""
_CODE = "11111"
_JSON = "application/json"


async def _exchange(at: Address, head: str, body: bytes = b"") -> tuple[str, bytes]:
    """One request on a connection of its own: head and body of the answer."""
    reader, writer = await asyncio.open_connection(at.host, at.port)
    writer.write(head.encode() + body)
    told = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    length = next(
        int(line.partition(":")[2])
        for line in told.split("\r\n")
        if line.lower().startswith("content-length")
    )
    answer = await reader.readexactly(length)
    writer.close()
    return told, answer


async def sign_in(at: Address, person: Person) -> str:
    """A new browser of the person; its cookie."""
    cookie, session, origin = "", "", f"http://{at.host}:{at.port}"
    known: dict[str, Any] = {"phone_number": person.phone}
    code = {"_": "auth.sendCode", "api_id": 1, "api_hash": "", "settings": {"_": "codeSettings"}}
    for number, query in ((1, code), (2, {"_": "auth.signIn", "phone_code": _CODE})):
        body = json.dumps({"i": number, "q": query | known}).encode()
        head = (
            f"POST /app/rpc HTTP/1.1\r\nHost: {at.host}:{at.port}\r\nOrigin: {origin}\r\n"
            f"X-Petitbleu-App: 1\r\nContent-Type: {_JSON}\r\nCookie: {cookie}\r\n"
            f"X-Petitbleu-Session: {session}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        told, answer = await _exchange(at, head, body)
        for line in told.split("\r\n"):
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                cookie = value.partition(";")[0]
            elif name.lower() == "x-petitbleu-session":
                session = value
        known["phone_code_hash"] = json.loads(answer)[0]["ok"].get("phone_code_hash", "")
    return cookie


class Page(asyncio.Protocol):
    """One socket. Answers are waited for; what is pushed goes to ``on_push`` as it came."""

    def __init__(self, on_push: Callable[[bytes], None] | None = None) -> None:
        self._on_push = on_push
        self._buffer = bytearray()
        self._handshake = True
        self._waiting: dict[int, asyncio.Future[bytes]] = {}
        self._number = 0
        self._counted = 0
        self._transport: asyncio.Transport
        self.closed = False
        self.opened: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True

    def data_received(self, data: bytes) -> None:
        buffer = self._buffer
        buffer += data
        if self._handshake:
            end = buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            self._handshake = False
            del buffer[: end + 4]
            self.send(b'{"open":{"v":1,"build":"bench","lang":"en"}}')
        while len(buffer) > 1:
            size, start = buffer[1], 2
            if size == 126:
                size, start = int.from_bytes(buffer[2:4], "big"), 4
            elif size == 127:
                size, start = int.from_bytes(buffer[2:10], "big"), 10
            if len(buffer) < start + size:
                return
            frame = bytes(buffer[start : start + size])
            del buffer[: start + size]
            self._frame(frame)

    def _frame(self, frame: bytes) -> None:
        if frame.startswith(b'{"i":'):
            number = int(frame[5 : frame.index(b",")])
            self._waiting.pop(number).set_result(frame)
        elif frame.startswith(b'{"u":'):
            if self._on_push is not None:
                self._on_push(frame)
        elif frame.startswith(b'{"opened"'):
            self.opened.set_result(frame)
            return
        self._counted += 1
        if self._counted % 64 == 0:
            self.send(b'{"a":%d}' % self._counted)

    def send(self, text: bytes) -> None:
        """One message. The mask of zeros is one too (RFC 6455 §5.3 asks for a random one)."""
        head = bytes((0x81, 0x80 | len(text))) if len(text) < 126 else b""
        head = head or bytes((0x81, 0xFE)) + len(text).to_bytes(2, "big")
        self._transport.write(head + bytes(4) + text)

    async def call(self, query: TLObject) -> bytes:
        """The frame that answers a call."""
        self._number += 1
        future = asyncio.get_running_loop().create_future()
        self._waiting[self._number] = future
        self.send(b'{"i":%d,"q":%b}' % (self._number, jsonform.encode(query)))
        frame: bytes = await future
        if b'"ok"' not in frame[:24]:
            raise RuntimeError(frame[:200].decode())
        return frame

    def close(self) -> None:
        """Drop the connection."""
        self._transport.close()


async def open_page(
    at: Address, cookie: str, on_push: Callable[[bytes], None] | None = None
) -> Page:
    """A socket of the browser with this cookie, opened."""
    _, page = await asyncio.get_running_loop().create_connection(
        lambda: Page(on_push), at.host, at.port
    )
    key = base64.b64encode(os.urandom(16)).decode()
    page._transport.write(
        f"GET /app/ws HTTP/1.1\r\nHost: {at.host}:{at.port}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nOrigin: http://{at.host}:{at.port}\r\nCookie: {cookie}\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n"
        "Sec-WebSocket-Protocol: petitbleu.json.1\r\n\r\n".encode()
    )
    await page.opened
    return page
