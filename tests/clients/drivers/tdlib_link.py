"""TDLib as it is published, told of another server: its key and the way to it.

TDLib has Telegram's RSA keys and addresses compiled in. What ``docs/guide/apps.md`` says is done
here, word for word: in a *copy* of the binary the text of each key is overwritten by the server's,
which is as long; and a SOCKS5 proxy, here one of our own on the loopback, leads every connection to
the server, whatever address TDLib asks for.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import hashlib
import importlib.util
import itertools
import json
import os
import re
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

KEY = re.compile(rb"-----BEGIN RSA PUBLIC KEY-----\n[A-Za-z0-9+/=\n]+-----END RSA PUBLIC KEY-----")
KEY_CHARACTERS = 425
"""And a line feed after it."""
RECEIVE_SECONDS = 1.0
CHUNK = 1 << 16

Json = dict[str, Any]


class TdError(Exception):
    """An error object of TDLib; ``ID`` is its message, as ``lines.py`` passes it on."""

    def __init__(self, error: Json) -> None:
        super().__init__(f"{error['code']} {error['message']}")
        self.seconds: int | None = None
        self.ID = error["message"]
        wait = re.search(r"retry after (\d+)", self.ID)
        if wait:
            self.seconds = int(wait[1])


def binary() -> Path:
    """TDLib's library in the package that is installed here."""
    found = importlib.util.find_spec("tdjson")
    assert found is not None and found.submodule_search_locations is not None
    folder = Path(found.submodule_search_locations[0]).with_name("tdjson.libs")
    (library,) = folder.glob("libtdjson-*.so*")
    return library


def copy_with_key(source: Path, pem: str, folder: Path) -> Path:
    """A copy of TDLib that trusts ``pem`` and no other key; made once for several processes."""
    key = pem.strip().encode()
    text = key.removeprefix(b"-----BEGIN RSA PUBLIC KEY-----").removesuffix(
        b"-----END RSA PUBLIC KEY-----"
    )
    assert len(key) == KEY_CHARACTERS and text != key, f"{len(key)} characters"
    made = folder / f"{source.name}.{hashlib.sha256(key).hexdigest()[:12]}"
    if made.exists():
        return made
    data, overwritten = KEY.subn(
        lambda found: key if len(found[0]) == KEY_CHARACTERS else found[0], source.read_bytes()
    )
    assert overwritten, "no key was found in TDLib"
    draft = made.with_name(f"{made.name}.{os.getpid()}")
    draft.write_bytes(data)
    draft.replace(made)
    return made


class Proxy:
    """A SOCKS5 server that leads every connection to one address and counts the bytes."""

    def __init__(self, host: str, port: int) -> None:
        self._to = (host, port)
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.sent = 0
        """Bytes from TDLib to the server."""
        self.received = 0
        """Bytes from the server to TDLib."""
        self._end = (0, 0)

    def end_process(self, *, sent: int = 0, received: int = 0) -> None:
        """Kill this process when so many bytes more were sent or received."""
        self._end = (self.sent + sent if sent else 0, self.received + received if received else 0)

    def _count(self, sent: int, received: int) -> None:
        self.sent += sent
        self.received += received
        if 0 < self._end[0] <= self.sent or 0 < self._end[1] <= self.received:
            os.kill(os.getpid(), signal.SIGKILL)

    async def start(self) -> int:
        """Listen; the port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await self._greet(reader, writer)
            back, forth = await asyncio.open_connection(*self._to)
            try:
                await asyncio.gather(self._up(reader, forth), self._down(back, writer))
            finally:
                forth.close()
        writer.close()

    async def _greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """RFC 1928: no authentication, CONNECT to whatever address; the answer is always yes."""
        _, methods = await reader.readexactly(2)
        await reader.readexactly(methods)
        writer.write(b"\x05\x00")
        kind = (await reader.readexactly(4))[3]
        length = {1: 4, 4: 16}.get(kind) or (await reader.readexactly(1))[0]
        await reader.readexactly(length + 2)
        writer.write(b"\x05\x00\x00\x01" + bytes(6))

    async def _up(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(CHUNK):
            self._count(len(data), 0)
            writer.write(data)
            await writer.drain()
        writer.close()

    async def _down(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(CHUNK):
            self._count(0, len(data))
            writer.write(data)
            await writer.drain()
        writer.close()


class Link:
    """The JSON interface of one loaded copy: requests out, answers and updates in."""

    def __init__(self, library: Path, log: Path) -> None:
        self._td = ctypes.CDLL(str(library))
        self._td.td_send.argtypes = [ctypes.c_int, ctypes.c_char_p]
        self._td.td_receive.argtypes = [ctypes.c_double]
        self._td.td_execute.argtypes = [ctypes.c_char_p]
        self._td.td_receive.restype = self._td.td_execute.restype = ctypes.c_char_p
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Json]] = {}
        self._updates: dict[int, Callable[[Json], None]] = {}
        self._loop = asyncio.get_running_loop()
        stream = {"@type": "logStreamFile", "path": str(log), "max_file_size": 1 << 28}
        self._execute({"@type": "setLogStream", "log_stream": stream})
        level = int(os.environ.get("TDLIB_LOG_LEVEL", "1"))
        self._execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": level})
        threading.Thread(target=self._receive, daemon=True).start()

    def open(self, on_update: Callable[[Json], None]) -> int:
        """A new instance of TDLib; its number."""
        client = int(self._td.td_create_client_id())
        self._updates[client] = on_update
        return client

    async def ask(self, client: int, request: Json) -> Json:
        """The answer to a request; :class:`TdError` for an error."""
        number = next(self._numbers)
        answer: asyncio.Future[Json] = self._loop.create_future()
        self._waiting[number] = answer
        self._td.td_send(client, json.dumps({**request, "@extra": number}).encode())
        found = await answer
        if found["@type"] == "error":
            raise TdError(found)
        return found

    def _execute(self, request: Json) -> None:
        answer = json.loads(self._td.td_execute(json.dumps(request).encode()))
        assert answer["@type"] == "ok", answer

    def _receive(self) -> None:
        while True:
            data = self._td.td_receive(RECEIVE_SECONDS)
            if data:
                try:
                    self._loop.call_soon_threadsafe(self._take, json.loads(data))
                except RuntimeError:  # the loop is closed: the process ends
                    return

    def _take(self, found: Json) -> None:
        waiting = self._waiting.pop(found.get("@extra", 0), None)
        if waiting is None:
            self._updates[found["@client_id"]](found)
        elif not waiting.done():
            waiting.set_result(found)
