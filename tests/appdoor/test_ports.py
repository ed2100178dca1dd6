"""The door on a real port: a WebSocket client, the handshake, drain, and a host of its own."""

from __future__ import annotations

import asyncio
import http.client
import json
import signal
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from petitbleu.cli import check
from petitbleu.clock import ManualClock
from petitbleu.config import Web
from petitbleu.web.app import _Guard
from tests.kit.waiting import GUARD
from tests.kit.web import Browser
from tests.run.process import Process

SUBPROTOCOL: Any = "petitbleu.json.1"


class Visitor:
    """A page on the port of a server."""

    def __init__(self, server: Process) -> None:
        self.port = server.address[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        self.cookie = ""
        self.session = ""
        self._number = 0

    def _request(
        self, method: str, path: str, body: bytes = b"", kind: str = "application/json"
    ) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=GUARD)
        headers = {
            "Origin": self.origin, "X-Petitbleu-App": "1", "Content-Type": kind,
            "Cookie": self.cookie, "X-Petitbleu-Session": self.session,
        }  # fmt: skip
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        found = json.loads(answer.read())
        self.session = answer.getheader("x-petitbleu-session") or self.session
        self.cookie = (answer.getheader("set-cookie") or self.cookie).partition(";")[0]
        connection.close()
        return answer.status, found

    def post(self, q: Any) -> Any:
        """One call; its result."""
        self._number += 1
        _, found = self._request(
            "POST", "/app/rpc", json.dumps({"i": self._number, "q": q}).encode()
        )
        return found[0]["ok"]

    def put(self, path: str, data: bytes) -> tuple[int, Any]:
        """A part of a file."""
        return self._request("PUT", path, data, "application/octet-stream")

    def fetch(self, path: str) -> tuple[int, Any]:
        """GET."""
        return self._request("GET", path)

    def poll(self, got: int) -> tuple[int, Any]:
        """The long poll of a page that has dealt with ``got`` frames."""
        return self.fetch(f"/app/events?session={self.session}&got={got}")

    def restart(self) -> None:
        """The next call begins a session."""
        self.session, self._number = "", 0

    def _code(self, phone: str) -> dict[str, str]:
        sent = self.post(
            {"_": "auth.sendCode", "phone_number": phone, "api_id": 1, "api_hash": "",
             "settings": {"_": "codeSettings"}}
        )  # fmt: skip
        return {"phone_number": phone, "phone_code_hash": sent["phone_code_hash"]}

    def sign_up(self, phone: str) -> None:
        named = self._code(phone)
        self.post({"_": "auth.signIn", "phone_code": "22222", **named})
        self.post({"_": "auth.signUp", "first_name": "Ada", "last_name": "", **named})

    def sign_in(self, phone: str) -> None:
        self.post({"_": "auth.signIn", "phone_code": "22222", **self._code(phone)})

    def socket(self, **more: Any) -> Any:
        given = {
            "origin": self.origin,
            "subprotocols": [SUBPROTOCOL],
            "additional_headers": {"Cookie": self.cookie},
        }
        return connect(f"ws://127.0.0.1:{self.port}/app/ws", **(given | more))


async def opened(socket: ClientConnection) -> Any:
    await socket.send(json.dumps({"open": {"v": 1, "build": "x"}}))
    return json.loads(await socket.recv())["opened"]


async def closed(socket: ClientConnection) -> int:
    """The code with which the server closes."""
    with pytest.raises(ConnectionClosed):
        async with asyncio.timeout(GUARD):
            while True:
                await socket.recv()
    return socket.close_code or 0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    process = Process(tmp_path_factory.mktemp("door") / "data", "--dev")
    yield process
    code, errors = process.stop()
    assert code == 0 and "[error" not in errors, errors


@pytest.fixture(scope="module")
def visitor(server: Process) -> Visitor:
    made = Visitor(server)
    made.sign_up("9996620077")
    return made


@pytest.mark.parametrize("compression", ["deflate", None])
async def test_messages_of_every_size(visitor: Visitor, compression: Any) -> None:
    async with visitor.socket(compression=compression) as socket:
        assert not (await opened(socket))["resumed"]
        for n, size in enumerate((1, 200, 4000, 4096), 1):
            query = {"_": "messages.sendMessage", "peer": {"_": "inputPeerSelf"},
                     "message": "ab"[n % 2] * size, "random_id": f"{n}{size}"}  # fmt: skip
            await socket.send(json.dumps({"i": n, "q": query}))
            answer = json.loads(await socket.recv())
            assert answer["i"] == n
            assert len(answer["ok"]["updates"][1]["message"]["message"]) == size


async def test_a_message_in_several_frames(visitor: Visitor) -> None:
    async with visitor.socket() as socket:
        await socket.send(iter(['{"open":', '{"v"', ":1}}"]))
        assert "opened" in json.loads(await socket.recv())
        await socket.send(iter(['{"ping":', "7}"]))
        assert json.loads(await socket.recv()) == {"pong": 7}


@pytest.mark.parametrize(
    ("message", "code"),
    [(b"binary", 1003), (" " * (300 << 10), 4413), (" " * (2 << 20), 1009), ("no json", 4400)],
)
async def test_messages_that_are_none(visitor: Visitor, message: Any, code: int) -> None:
    async with visitor.socket() as socket:
        await socket.send(message)
        assert await closed(socket) == code


@pytest.mark.parametrize(
    "more",
    [
        {"origin": "https://evil.example"},
        {"origin": None},
        {"subprotocols": None},
        {"subprotocols": ["other"]},
    ],
)
async def test_sockets_from_elsewhere(visitor: Visitor, more: Any) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with visitor.socket(**more):
            pass
    assert refused.value.response.status_code == 403


class _Proxy(BaseHTTPRequestHandler):
    """Answers all with one status."""

    status = 426

    def do_GET(self) -> None:
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


def test_check_opens_the_socket_as_a_browser_does(visitor: Visitor) -> None:
    assert check.problem_of_socket(visitor.origin, visitor.origin) == ""
    assert "answers 403" in check.problem_of_socket(visitor.origin, "https://other.example")
    proxy = ThreadingHTTPServer(("127.0.0.1", 0), _Proxy)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{proxy.server_port}"
    try:
        assert "drops the Upgrade header" in check.problem_of_socket(url, url)
    finally:
        proxy.shutdown()
        proxy.server_close()
    assert "cannot be reached from this machine" in check.problem_of_socket(url, url)


async def test_mtproto_has_its_socket_still(server: Process) -> None:
    async with connect(f"ws://127.0.0.1:{server.address[1]}/apiws", subprotocols=["binary"]) as one:  # type: ignore[list-item]
        assert one.subprotocol == "binary"
    with pytest.raises(InvalidStatus):
        async with connect(f"ws://127.0.0.1:{server.address[1]}/app/other"):
            pass


async def test_a_server_that_goes_away_says_so(tmp_path: Path) -> None:
    server = Process(tmp_path / "data", "--dev")
    visitor = Visitor(server)
    visitor.sign_up("9996620078")
    async with visitor.socket() as socket:
        await opened(socket)
        server.process.send_signal(signal.SIGTERM)
        assert json.loads(await socket.recv()) == {"bye": "draining"}
        assert await closed(socket) == 1012
    assert server.stop()[0] == 0


async def _last_answer(visitor: Visitor, got: int) -> list[Any]:
    """Polls until the server says why it ends; what comes before, such as a message of the service
    chat, is counted."""
    while True:
        found = (await asyncio.to_thread(visitor.poll, got))[1]
        if any("bye" in frame for frame in found):
            return list(found)
        got += len(found)


async def test_a_server_that_goes_away_waits_for_no_poll(tmp_path: Path) -> None:
    server = Process(tmp_path / "data", "--dev")
    visitor = Visitor(server)
    visitor.sign_up("9996620079")
    found = (await asyncio.to_thread(visitor.poll, 0))[1]
    assert "opened" in found[0]
    waiting = asyncio.create_task(_last_answer(visitor, len(found) - 1))
    async with asyncio.timeout(GUARD):
        while "petitbleu_app_polls 1" not in server.get("/metrics")[1]:
            await asyncio.sleep(0.05)
    server.process.send_signal(signal.SIGTERM)
    assert (await waiting)[-1] == {"bye": "draining"}
    assert server.stop()[0] == 0


async def test_the_client_may_have_a_host_of_its_own() -> None:
    app = PlainTextResponse("here")
    guard = _Guard(app, Web(app_url="https://app.example.org"), ManualClock())
    browser = Browser(guard)
    own, other = "https://app.example.org", "https://chat.example.org"
    for path, status in (("/app", 200), ("/app/c/1", 200), ("/desk", 404), ("/apples", 404)):
        assert (await browser.get(own + path)).status == status
    root = await browser.get(f"{own}/")
    assert (root.status, root.headers["location"]) == (302, f"{own}/app")
    moved = await browser.get(f"{other}/app/c/1")
    assert (moved.status, moved.headers["location"]) == (302, f"{own}/app/c/1")
    assert (await browser.post(f"{other}/app/rpc")).status == 404
    assert (await browser.get(f"{other}/desk")).status == 200
    plain = Browser(_Guard(app, Web(), ManualClock()))
    assert (await plain.get(f"{other}/app")).status == 200
