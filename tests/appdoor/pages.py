"""A page without a browser: HTTP and the socket of the door, in memory, with a cookie jar.

``World`` has no ports: requests go to the routes of ``/app`` as an ASGI application, a socket is a
:class:`Wire` that keeps what it was sent.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette

from petitbleu.appdoor import routes
from petitbleu.appdoor.door import Door
from petitbleu.appdoor.socket import SUBPROTOCOL, Socket, SocketDoor
from petitbleu.gateway.budgets import Origin
from petitbleu.gateway.wheel import TimerWheel
from petitbleu.gateway.ws_text import Handshake
from petitbleu.tl import api, jsonform
from petitbleu.tl.objects import TLObject
from tests.kit.waiting import GUARD
from tests.kit.world import World

HOST = "localhost:8080"
ORIGIN = f"http://{HOST}"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def door_of(world: World) -> Door:
    """The door of a world, with a wheel that tests turn by hand."""
    return Door(world.app, world.dispatcher, world.links, TimerWheel(world.clock.monotonic))


class Reply:
    """One HTTP answer; names of headers are lower case."""

    def __init__(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status = status
        self.headers = dict(headers)
        self.cookies = [value for name, value in headers if name == "set-cookie"]
        self.body = body

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Wire:
    """The connection beneath a socket: what was sent, and how it was closed."""

    def __init__(self) -> None:
        self.deflates = False
        self.texts: list[str] = []
        self.code = 0
        self.aborted = False
        self.paused = False
        self.waiting = 0
        """Bytes that the kernel has not taken."""

    def send_wire(self, data: bytes) -> None:
        assert not self.code
        length = data[1]
        head = 2 if length < 126 else 4 if length == 126 else 10
        assert data[0] == 0x81
        self.texts.append(data[head:].decode("utf-8"))

    def close(self, code: int = 1000) -> None:
        self.code = self.code or code

    def abort(self) -> None:
        self.aborted = True

    def pause_reading(self) -> None:
        self.paused = True

    def resume_reading(self) -> None:
        self.paused = False

    def get_write_buffer_size(self) -> int:
        return self.waiting

    @property
    def frames(self) -> list[Any]:
        return [json.loads(text) for text in self.texts]


class Tab:
    """A socket that is open, as the page sees it."""

    def __init__(self, page: Page, wire: Wire, socket: Socket) -> None:
        self.page, self.wire, self.socket = page, wire, socket

    def send(self, frame: Any) -> None:
        """One frame, as text or as an object."""
        text = frame if isinstance(frame, (str, bytes)) else json.dumps(frame)
        data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        self.socket.text_received(data)

    async def call(self, q: Any, **more: Any) -> Any:
        """A call and its ``ok`` as it stands in the frame. Raises AssertionError for an error."""
        answer = await self.ask(q, **more)
        assert "ok" in answer, answer
        return answer["ok"]

    async def ask(self, q: Any, **more: Any) -> Any:
        """A call and the frame that answers it."""
        number = self.page.next_number(self.opened["session"])
        query = jsonform.to_json(q) if isinstance(q, TLObject) else q
        self.send({"i": number, "q": query} | more)
        return await self.answer(number)

    async def answer(self, number: int) -> Any:
        """The frame that answers a call, once it is there and all others are told."""
        async with asyncio.timeout(GUARD):
            while True:
                found = [frame for frame in self.wire.frames if frame.get("i") == number]
                if found or self.wire.code:
                    break
                await asyncio.sleep(0.001)
        await self.page.world.settle()
        return found[0]

    @property
    def opened(self) -> Any:
        return self.wire.frames[0]["opened"]

    @property
    def counted(self) -> list[Any]:
        """The counted frames, in order."""
        return [one for one in self.wire.frames if "i" in one or "u" in one]

    @property
    def updates(self) -> list[Any]:
        return [one["u"] for one in self.wire.frames if "u" in one]

    def cut(self) -> None:
        """The connection is lost."""
        self.socket.lost()


class Page:
    """A browser with a cookie."""

    def __init__(self, world: World, door: Door, ip: str = "127.0.0.1") -> None:
        self.world, self.door = world, door
        self.ip = ip
        self.cookie = ""
        self.session = ""
        self.user_id = 0
        self.phone = ""
        self._app = Starlette(routes=list(routes.routes(door)))
        self._numbers: dict[str, int] = {}

    def next_number(self, session: str) -> int:
        """The next call of a session."""
        self._numbers[session] = number = self._numbers.get(session, 0) + 1
        return number

    def counted(self, number: int) -> None:
        """The page's session has answered this call; it may be a new one."""
        self._numbers[self.session] = max(number, self._numbers.get(self.session, 0))

    @property
    def origin(self) -> Origin:
        return Origin(self.ip, 5000, ("127.0.0.1", 8080), False, False, self.ip)

    async def request(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
        *,
        plain: bool = False,
    ) -> Reply:
        """One request with the headers that a browser and our page send; ``headers`` go beside or
        in place of them (an empty value takes one away). ``plain``: only those given.
        """
        usual = {"host": HOST, "user-agent": FIREFOX, "cookie": self.cookie}
        if not plain:
            usual["sec-fetch-site"] = "same-origin"
        if not plain and method != "GET":
            usual |= {"origin": ORIGIN, "x-petitbleu-app": "1"}
            usual["content-type"] = (
                "application/octet-stream" if method == "PUT" else "application/json"
            )
        usual |= headers or {}
        named = [(k.encode(), v.encode("latin-1")) for k, v in usual.items() if v]
        named.append((b"content-length", str(len(body)).encode()))
        parts = urlsplit(path)
        scope = {
            "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1", "method": method,
            "scheme": "http", "path": parts.path, "raw_path": parts.path.encode(), "root_path": "",
            "query_string": parts.query.encode(), "headers": named, "server": ("127.0.0.1", 8080),
            "client": (self.ip, 5000), "petitbleu.origin": self.origin,
        }  # fmt: skip
        sent: list[Any] = []
        said = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive() -> Any:
            return next(said, {"type": "http.disconnect"})

        async def send(message: Any) -> None:
            sent.append(message)

        await self._app(scope, receive, send)
        found = [(k.decode().lower(), v.decode("latin-1")) for k, v in sent[0]["headers"]]
        reply = Reply(
            sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:])
        )
        for line in reply.cookies:
            pair = line.partition(";")[0]
            self.cookie = "" if pair.endswith("=") else pair
        return reply

    async def post(self, calls: Any, **headers: str) -> Reply:
        """``POST /app/rpc``, in the page's session."""
        named = {"x-petitbleu-session": self.session} | headers
        reply = await self.request("POST", "/app/rpc", json.dumps(calls).encode(), named)
        self.session = reply.headers.get("x-petitbleu-session", self.session)
        return reply

    async def call(self, q: Any, **more: Any) -> Any:
        """One call by POST: its answer frame."""
        frame = {"i": self.next_number(self.session), "q": jsonform.to_json(q)} | more
        new = not self.session
        reply = await self.post(frame)
        if new:
            self._numbers[self.session] = 1
        assert reply.status == 200, (reply.status, reply.body)
        await self.world.settle()
        (answer,) = reply.json
        return answer

    async def sign_up(self, name: str = "Ada", phone: str = "") -> None:
        """A new account in this browser, with a test number."""
        self.phone = phone or self.world.new_phone()
        proof = await self._code()
        asked = await self.call(
            api.auth.SignIn(
                phone_number=self.phone, phone_code_hash=proof, phone_code=self.phone[5] * 5
            )
        )
        assert asked["ok"]["_"] == "auth.authorizationSignUpRequired"
        signed = await self.call(
            api.auth.SignUp(
                phone_number=self.phone, phone_code_hash=proof, first_name=name, last_name=""
            )
        )
        self.user_id = int(signed["ok"]["user"]["id"])
        await self.confirm()

    async def sign_in(self, phone: str) -> None:
        """Another device of a person."""
        self.phone = phone
        proof = await self._code()
        signed = await self.call(
            api.auth.SignIn(phone_number=phone, phone_code_hash=proof, phone_code=phone[5] * 5)
        )
        self.user_id = int(signed["ok"]["user"]["id"])
        await self.confirm()

    async def _code(self) -> str:
        sent = await self.call(
            api.auth.SendCode(
                phone_number=self.phone, api_id=1, api_hash="", settings=api.CodeSettings()
            )
        )
        return str(sent["ok"]["phone_code_hash"])

    async def confirm(self) -> Reply:
        """Show the cookie, as a page does after each new value."""
        return await self.request("GET", "/app/session")

    async def open(self, session: str = "", got: int = 0, **more: Any) -> Tab:
        """A socket, opened; ``session``: to go on with."""
        tab = self.connect()
        asked = {"v": 1, "build": "test", "session": session, "got": got} | more
        tab.send({"open": asked})
        async with asyncio.timeout(GUARD):
            while not tab.wire.texts and not tab.wire.code:
                await asyncio.sleep(0.001)
        await self.world.settle()
        return tab

    def connect(self, **headers: str) -> Tab:
        """A socket whose page has said nothing yet."""
        wire = Wire()
        named = {"cookie": self.cookie, "origin": ORIGIN, "host": HOST} | headers
        named |= {"sec-websocket-protocol": SUBPROTOCOL, "user-agent": FIREFOX}
        handshake = Handshake(lambda name: [named[name]] if named.get(name) else [], "http")
        door = SocketDoor(self.door)
        assert door.refusal(handshake) == 0
        socket = door.accepted(handshake, wire, self.origin)
        assert isinstance(socket, Socket)
        return Tab(self, wire, socket)
