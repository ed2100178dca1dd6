"""A client that costs little, so that the load generator does not drown what it measures.

The key exchange is that of ``mtproto/peer.py``; after it, requests are encoded once and only sealed
when sent. One :class:`Connection` is one session: an asyncio Protocol, no task of its own.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from typing import cast

from petitbleu.mtproto import crypto, wire
from petitbleu.mtproto.transport.intermediate import Intermediate

ACK_AFTER = 16
INFLATED_LIMIT = 1 << 24
Push = Callable[[bytes], None]


def _nothing() -> None:
    pass


class CallFailed(Exception):
    """An rpc_error: code and name."""

    def __init__(self, code: int, name: str) -> None:
        super().__init__(f"{code} {name}")
        self.code = code
        self.name = name


class Key:
    """An authorization key and the salt last heard of."""

    __slots__ = ("id", "key", "salt")

    def __init__(self, key: bytes, salt: int) -> None:
        self.key = key
        self.id = crypto.auth_key_id(key)
        self.salt = salt


class Connection(asyncio.Protocol):
    """One session on one TCP connection (intermediate framing).

    ``on_push`` gets the bytes of every Updates the server sends by itself, while they are hot.
    """

    __slots__ = (
        "_acks", "_content", "_framing", "_last_id", "_transport", "_waiting", "closed", "key",
        "on_close", "on_push", "session_id",
    )  # fmt: skip

    def __init__(self, key: Key, on_push: Push | None = None) -> None:
        self.key = key
        self.on_push = on_push
        self.session_id = int.from_bytes(os.urandom(8), "little", signed=True)
        self.closed = False
        self.on_close: Callable[[], None] = _nothing
        """Called once the connection has ended, whoever ended it."""
        self._framing = Intermediate(client=True)
        self._transport: asyncio.Transport | None = None
        self._waiting: dict[int, tuple[asyncio.Future[bytes], bytes]] = {}
        self._acks: list[int] = []
        self._last_id = 0
        self._content = 0

    # ── asyncio.Protocol ──
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(self._framing.tag)

    def data_received(self, data: bytes) -> None:
        for frame in self._framing.feed(data):
            if len(frame.payload) < 24:
                raise ConnectionError(f"transport error {frame.payload.hex()}")
            envelope = crypto.open(self.key.key, frame.payload, crypto.TO_CLIENT)
            self._take(envelope.msg_id, envelope.seqno, envelope.body)

    def connection_lost(self, error: Exception | None) -> None:
        self.closed = True
        for future, _ in self._waiting.values():
            if not future.done():
                future.set_exception(ConnectionError("the server closed the connection"))
        self._waiting.clear()
        self.on_close()

    # ── calls ──
    def send(self, body: bytes) -> asyncio.Future[bytes]:
        """Send an encoded request; its result's bytes, or :class:`CallFailed`."""
        future = asyncio.get_running_loop().create_future()
        if self.closed:  # nobody would answer, nor say so
            future.set_exception(ConnectionError("the server closed the connection"))
        else:
            self._send(body, future)
        return future

    async def call(self, body: bytes) -> bytes:
        """:meth:`send` and wait."""
        return await self.send(body)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def _send(self, body: bytes, future: asyncio.Future[bytes]) -> None:
        msg_id = self._next_id()
        self._waiting[msg_id] = (future, body)
        if len(self._acks) >= ACK_AFTER:
            item = (msg_id, self._seqno(True), body)
            acks = wire.pack_ids(wire.MSGS_ACK, self._acks)
            self._acks.clear()
            ack = (self._next_id(), self._seqno(False), acks)
            self._write(self._next_id(), self._seqno(False), wire.container([item, ack]))
        else:
            self._write(msg_id, self._seqno(True), body)

    def _write(self, msg_id: int, seqno: int, body: bytes) -> None:
        key = self.key
        plain = crypto.head(key.salt, self.session_id, msg_id, seqno, len(body)) + body
        payload = crypto.seal(key.key, key.id, plain, os.urandom, crypto.TO_SERVER)
        assert self._transport is not None
        self._transport.write(self._framing.pack(payload))

    def _next_id(self) -> int:
        msg_id = int(time.time() * 2**32) & ~3
        self._last_id = msg_id = max(msg_id, self._last_id + 4)
        return msg_id

    def _seqno(self, content: bool) -> int:
        seqno = self._content * 2 + content
        self._content += content
        return seqno

    # ── what comes in ──
    def _take(self, msg_id: int, seqno: int, body: bytes) -> None:
        kind = wire.constructor(body)
        if seqno & 1:
            self._acks.append(msg_id)
        if kind == wire.RPC_RESULT:
            self._result(int.from_bytes(body[4:12], "little", signed=True), body[12:])
        elif kind == wire.MSG_CONTAINER:
            for item_id, item_seqno, item in wire.read_container(body) or ():
                self._take(item_id, item_seqno, item)
        elif kind == wire.BAD_SERVER_SALT:
            self.key.salt = int.from_bytes(body[20:28], "little", signed=True)
            bad = int.from_bytes(body[4:12], "little", signed=True)
            if (waiting := self._waiting.pop(bad, None)) is not None:
                self._send(waiting[1], waiting[0])
        elif kind == wire.GZIP_PACKED:
            self._take(msg_id, seqno & ~1, wire.gunzip_packed(body, INFLATED_LIMIT))
        elif kind == wire.BAD_MSG_NOTIFICATION:
            raise ConnectionError(f"bad_msg_notification {body.hex()}")
        elif kind in _SERVICE:
            pass
        elif self.on_push is not None:
            self.on_push(body)

    def _result(self, req_msg_id: int, result: bytes) -> None:
        waiting = self._waiting.pop(req_msg_id, None)
        if waiting is None or waiting[0].done():
            return
        kind = wire.constructor(result)
        if kind == wire.GZIP_PACKED:
            result = wire.gunzip_packed(result, INFLATED_LIMIT)
        if kind == wire.RPC_ERROR:
            code = int.from_bytes(result[4:8], "little", signed=True)
            name, _ = wire.read_bytes(result, 8)
            waiting[0].set_exception(CallFailed(code, name.decode()))
        else:
            waiting[0].set_result(result)


_SERVICE = frozenset(
    {
        wire.NEW_SESSION_CREATED,
        wire.MSGS_ACK,
        wire.PONG,
        wire.MSG_DETAILED_INFO,
        wire.MSG_NEW_DETAILED_INFO,
        wire.MSGS_STATE_INFO,
        wire.FUTURE_SALTS,
    }
)


async def connect(host: str, port: int, key: Key, on_push: Push | None = None) -> Connection:
    """A session of ``key``."""
    loop = asyncio.get_running_loop()
    _, connection = await loop.create_connection(lambda: Connection(key, on_push), host, port)
    return connection
