"""``DIR/control.sock``: how the command line talks to the running server. Each of several workers
on one folder has its own, ``control-17.sock``; any of them takes a command.

Mode 0600 in a folder of mode 0700: whoever may open it already owns the data. Newline-delimited
JSON,
``{"command": …, "params": {…}}`` -> ``{"ok": true, "result": {…}}`` or ``{"ok": false, "error":
"…"}``.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any

from petitbleu.app import App
from petitbleu.control import CommandRefused, perform
from petitbleu.errors import StoreUnavailable

NAME = "control.sock"
WORKERS = "control-*.sock"
_NOBODY = (FileNotFoundError, ConnectionRefusedError, NotADirectoryError)
_LINE = 64 << 20
"""Bytes of one request: a letter of 35 MiB as base64 fits."""
_MAX_PATH_BYTES = 100
"""sun_path holds 108 bytes; longer paths are reached through the folder's descriptor."""


class NoServer(Exception):
    """No server listens on the folder's control socket."""


def _reachable(path: Path) -> str:
    """The socket's path, shortened through /proc where it would not fit an address."""
    if len(os.fsencode(path)) <= _MAX_PATH_BYTES:
        return str(path)
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    return f"/proc/self/fd/{folder}/{path.name}"


class ControlSocket:
    """Serves the command table."""

    __slots__ = ("_app", "_path", "_server", "_writers")

    def __init__(self, app: App, data: Path) -> None:
        self._app = app
        self._path = data / (WORKERS.replace("*", str(app.worker)) if app.worker else NAME)
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    async def start(self) -> None:
        """Listen. The data folder's lock is held, so a socket that lies there is a dead one."""
        with suppress(FileNotFoundError):
            self._path.unlink()
        if self._app.worker:
            _sweep(self._path.parent)
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        before = os.umask(0o177)
        try:
            sock.bind(_reachable(self._path))
        finally:
            os.umask(before)
        self._server = await asyncio.start_unix_server(self._serve, sock=sock, limit=_LINE)

    async def stop(self) -> None:
        """Listen no more and remove the socket."""
        if self._server is not None:
            self._server.close()
            for writer in list(self._writers):
                writer.close()
            with suppress(FileNotFoundError):
                self._path.unlink()
            self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            while line := await reader.readline():
                writer.write(
                    json.dumps(await self._answer(line), ensure_ascii=False).encode() + b"\n"
                )
                await writer.drain()
        except (ConnectionError, ValueError):
            pass  # gone, or a line without end
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _answer(self, line: bytes) -> dict[str, Any]:
        try:
            request = json.loads(line)
            name, params = request["command"], request.get("params", {})
            if not (isinstance(name, str) and isinstance(params, dict)):
                raise TypeError
        except (ValueError, TypeError, KeyError):
            return {"ok": False, "error": "the request is not {command, params}"}
        try:
            return {"ok": True, "result": await perform(self._app, name, params)}
        except CommandRefused as refused:
            return {"ok": False, "error": str(refused)}
        except StoreUnavailable as unavailable:  # a full disk, a database that is away
            self._app.log.error("control.unavailable", command=name, reason=str(unavailable))
            return {"ok": False, "error": str(unavailable)}
        except Exception:
            self._app.log.exception("control.failed", command=name)
            return {"ok": False, "error": "the server failed; its log says why"}


def serving(data: Path) -> bool:
    """Whether a server runs on the folder (or somebody else's socket stands in it)."""
    return any(_listens(path) for path in _paths(data))


def _paths(data: Path) -> list[Path]:
    return [data / NAME, *sorted(data.glob(WORKERS))]


def _listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
        try:
            sock.connect(_reachable(path))
        except _NOBODY:
            return False
        except PermissionError:
            return True
    return True


def _sweep(data: Path) -> None:
    """Take away what workers left that were killed."""
    for path in data.glob(WORKERS):
        if not _listens(path):
            with suppress(FileNotFoundError):
                path.unlink()


def _connected(data: Path, timeout: float) -> socket.socket:
    for path in _paths(data):
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        sock.settimeout(timeout)
        try:
            sock.connect(_reachable(path))
        except _NOBODY:
            sock.close()
            continue
        except PermissionError:
            sock.close()
            raise CommandRefused(f"{path} belongs to somebody else: use that account") from None
        return sock
    raise NoServer


def ask(data: Path, name: str, params: dict[str, Any], timeout: float = 120.0) -> dict[str, Any]:
    """Put one command to the running server. Raises NoServer, or CommandRefused with its words."""
    with _connected(data, timeout) as sock:
        sock.sendall(json.dumps({"command": name, "params": params}).encode() + b"\n")
        with sock.makefile("rb") as stream:
            line = stream.readline()
    if not line:
        raise CommandRefused("the server closed the connection without an answer")
    answer = json.loads(line)
    if not answer["ok"]:
        raise CommandRefused(answer["error"])
    result: dict[str, Any] = answer["result"]
    return result
