"""A client over real sockets: every framing, WebSocket and HTTP, with or without TLS."""

from __future__ import annotations

import asyncio
import os
import ssl
import time
from typing import Any, Protocol

import aiohttp
from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as ws_connect

from petitbleu.keys import RsaKeys
from petitbleu.mtproto.peer import ClientHandshake, ClientKey, ClientSession, Push, Result, Service
from petitbleu.mtproto.transport import (
    Abridged,
    Frame,
    Framing,
    Full,
    Intermediate,
    Obfuscated,
    Padded,
    client_framing,
)

FRAMINGS: dict[str, type[Framing]] = {
    "abridged": Abridged,
    "intermediate": Intermediate,
    "padded": Padded,
    "full": Full,
}
SECONDS = 10.0
"""No single wait of a test is longer."""


class Carrier(Protocol):
    """Payloads to and from the server."""

    async def send(self, payload: bytes) -> None: ...
    async def receive(self) -> Frame: ...
    async def close(self) -> None: ...


class Tcp:
    """A framing over a stream."""

    def __init__(
        self,
        framing: Framing | Obfuscated,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self.framing, self.reader, self.writer = framing, reader, writer
        self._frames: list[Frame] = []

    @classmethod
    async def open(
        cls,
        address: tuple[str, int],
        kind: str = "abridged",
        *,
        obfuscated: bool = False,
        dc: int = 2,
        tls: ssl.SSLContext | None = None,
        first: bytes = b"",
    ) -> Tcp:
        """Connect; ``first`` is said before anything else (a PROXY header)."""
        reader, writer = await asyncio.open_connection(*address)
        framing: Framing | Obfuscated = FRAMINGS[kind](client=True)
        tag = framing.tag
        if obfuscated:
            framing, tag = client_framing(FRAMINGS[kind](client=True), dc, os.urandom)
        if tls is not None:
            writer.write(first)
            await writer.start_tls(tls, server_hostname="localhost")
            first = b""
        writer.write(first + tag)
        return cls(framing, reader, writer)

    async def send(self, payload: bytes, quick_ack: bool = False) -> None:
        self.writer.write(self.framing.pack(payload, quick_ack=quick_ack))
        await self.writer.drain()

    async def receive(self) -> Frame:
        while not self._frames:
            data = await asyncio.wait_for(self.reader.read(65536), SECONDS)
            if not data:
                raise ConnectionResetError("closed by the server")
            self._frames += self.framing.feed(data)
        return self._frames.pop(0)

    async def closed(self) -> bool:
        """Whether the server closes without saying anything more."""
        try:
            return not await asyncio.wait_for(self.reader.read(65536), SECONDS)
        except ConnectionResetError:
            return True

    async def close(self) -> None:
        self.writer.close()


class WebSocket:
    """The obfuscated stream inside binary messages."""

    def __init__(self, framing: Obfuscated, socket: ClientConnection) -> None:
        self.framing, self.socket = framing, socket
        self._frames: list[Frame] = []

    @classmethod
    async def open(cls, url: str, kind: str = "intermediate", **options: Any) -> WebSocket:
        framing, tag = client_framing(FRAMINGS[kind](client=True), 2, os.urandom)
        options = {"subprotocols": ["binary"], "compression": None} | options
        socket = await ws_connect(url, **options)
        await socket.send(tag)
        return cls(framing, socket)

    async def send(self, payload: bytes) -> None:
        data = self.framing.pack(payload)
        half = len(data) // 2  # borders of messages mean nothing
        await self.socket.send(data[:half])
        await self.socket.send(data[half:])

    async def receive(self) -> Frame:
        while not self._frames:
            data = await asyncio.wait_for(self.socket.recv(), SECONDS)
            assert isinstance(data, bytes)
            self._frames += self.framing.feed(data)
        return self._frames.pop(0)

    async def close(self) -> None:
        await self.socket.close()


class Http:
    """One POST, one payload back."""

    def __init__(self, url: str, tls: ssl.SSLContext | None = None) -> None:
        self.url = url
        self._client = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(ssl=tls if tls is not None else True)
        )
        self._answers: asyncio.Queue[bytes] = asyncio.Queue()
        self._posts: set[asyncio.Task[None]] = set()
        self.statuses: list[int] = []

    async def send(self, payload: bytes) -> None:
        task = asyncio.create_task(self._post(payload))
        self._posts.add(task)
        task.add_done_callback(self._posts.discard)

    async def _post(self, payload: bytes) -> None:
        async with self._client.post(self.url, data=payload) as response:
            self.statuses.append(response.status)
            body = await response.read()
        if body:
            self._answers.put_nowait(body)

    async def receive(self) -> Frame:
        return Frame(await asyncio.wait_for(self._answers.get(), SECONDS), False)

    async def close(self) -> None:
        for task in list(self._posts):
            task.cancel()
        await self._client.close()


async def exchange(carrier: Carrier, keys: RsaKeys, **options: Any) -> ClientKey:
    """A whole key exchange on the carrier."""
    known = {key.fingerprint: key.public() for key in keys.keys}
    handshake = ClientHandshake(known, os.urandom, **options)
    payload: bytes | ClientKey = handshake.start(time.time())
    while isinstance(payload, bytes):
        await carrier.send(payload)
        payload = handshake.receive((await carrier.receive()).payload, time.time())
    return payload


class Client:
    """A session on a carrier: calls, pushes and service messages in the order they come."""

    def __init__(self, carrier: Carrier, key: ClientKey, session_id: int | None = None) -> None:
        self.carrier = carrier
        self.key = key
        self.session = ClientSession(key, os.urandom, session_id=session_id)
        self.pushes: list[bytes] = []
        self.services: list[Service] = []
        self._results: dict[int, bytes] = {}

    async def send(self) -> None:
        """Send what is queued."""
        for payload in self.session.data_to_send(time.time()):
            await self.carrier.send(payload)

    async def begin(self, body: bytes) -> int:
        """Send a call without waiting for its answer."""
        call = self.session.call(body, time.time())
        await self.send()
        return call

    async def call(self, body: bytes) -> bytes:
        """Send a call; its answer."""
        return await self.result(await self.begin(body))

    async def result(self, call: int) -> bytes:
        """The answer of a call that was begun."""
        while call not in self._results:
            await self.read()
        return self._results.pop(call)

    async def push(self) -> bytes:
        """The next push."""
        while not self.pushes:
            await self.read()
        return self.pushes.pop(0)

    async def service(self, kind: int) -> Service:
        """The next service message of a kind."""
        while True:
            for n, event in enumerate(self.services):
                if event.kind == kind:
                    return self.services.pop(n)
            await self.read()

    async def take_salt(self) -> None:
        """Use the salt that the server names at the begin of the session: the one of the key
        exchange is good for its first hour only."""
        body = (await self.service(0x9EC20908)).body
        self.session.salt = int.from_bytes(body[20:28], "little", signed=True)

    async def read(self) -> None:
        """Take one payload of the server, and say again what it asked for."""
        frame = await self.carrier.receive()
        for event in self.session.receive(frame.payload, time.time()):
            if isinstance(event, Result):
                self._results[event.call] = event.body
            elif isinstance(event, Push):
                self.pushes.append(event.body)
            else:
                self.services.append(event)
        if self.session.pending and self.services and self.services[-1].kind == 0xEDAB447B:
            await self.send()
