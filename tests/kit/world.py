"""A whole instance in memory, without sockets: rooms, dispatch and pushes on a real store.

``world`` is the fixture: on SQLite and on PostgreSQL, with a clock that moves by hand. A
:class:`Client` speaks
TL in its own layer: requests are encoded for that layer, answers and pushes decoded from it.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import traceback
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, TypeVar

import pytest
import structlog

from petitbleu import desk, domain, eager
from petitbleu.app import App
from petitbleu.bus.api import Bus
from petitbleu.clock import ManualClock
from petitbleu.config import Config, Previews
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.updates.fanout import FANOUT
from petitbleu.keys import Secrets
from petitbleu.rpc.dispatch import Dispatcher
from petitbleu.rpc.links import Links, RpcSession
from petitbleu.run import parts
from petitbleu.store.api import Store
from petitbleu.tl import api, codec
from tests.kit import calls
from tests.kit.waiting import GUARD

NEWEST = 229
T = TypeVar("T")


class RpcFault(Exception):
    """An rpc_error: ``code`` and ``message`` as on the wire."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code} {message}")
        self.code = code
        self.message = message


class SentMail:
    """One e-mail that the instance sent."""

    def __init__(self, to: str, subject: str, text: str) -> None:
        self.to, self.subject, self.text = to, subject, text
        self.headers: dict[str, str] = {}
        self.message: EmailMessage | None = None
        """The whole message, where it was made by whoever sent it."""
        self.sender = ""
        """Where it returns, if not where all mail does."""


class Outbox:
    """app.Mail that keeps what was sent."""

    def __init__(self) -> None:
        self.sent: list[SentMail] = []

    async def send(self, to: str, subject: str, text: str, **more: Any) -> None:
        self.sent.append(SentMail(to, subject, text))
        self.sent[-1].headers = dict(more.get("headers") or {})

    async def post(self, message: bytes, to: str, *, sender: str = "") -> str:
        parsed = message_from_bytes(message, policy=default)
        body = parsed.get_body(("plain",))
        self.sent.append(SentMail(to, parsed["Subject"], body.get_content() if body else ""))
        self.sent[-1].message = parsed
        self.sent[-1].sender = sender
        return "250 OK"


class World:
    """One instance and the clients connected to it."""

    def __init__(
        self,
        store: Store,
        data: Path,
        *,
        bus: Bus | None = None,
        secrets: Secrets | None = None,
        clock: ManualClock | None = None,
        **settings: Any,
    ) -> None:
        """``bus``, ``secrets``, ``clock``: of a cluster (``tests/kit/cluster.py``)."""
        domain.load_rooms()
        desk.load_rooms()
        self.clock = clock or ManualClock()
        self.errors: list[dict[str, Any]] = []
        self.clients: list[Client] = []
        self.mail = Outbox()
        self.links = Links()
        self.patient = True
        """Whether a call gives its answer only once all that follows from it is done."""
        self._tasks: set[asyncio.Task[Any]] = set()
        worker = 0 if bus is None else bus.me
        self._numbers = itertools.count(1 + worker * 1000)
        self._keys = itertools.count(1001 + worker * 100_000)
        self._random = random.Random(7)
        settings = {"dev": True, "data": data, "previews": Previews(enabled=False)} | settings
        self.app = App(
            store=store,
            clock=self.clock,
            config=Config(**settings),
            secrets=secrets or Secrets.create(),
            random=os.urandom,
            log=structlog.wrap_logger(structlog.PrintLogger(), [self._log]),
            spawn=self._spawn,
            mail=self.mail,
            sessions=self.links,
            bus=bus,
        )
        parts.start(self.app)
        self.fanout = self.app.parts[FANOUT]
        self.dispatcher = Dispatcher(self.app)

    def _log(self, _: Any, method: str, event: dict[str, Any]) -> Any:
        if method in ("error", "exception", "critical"):
            self.errors.append(event | {"trace": traceback.format_exc()})
        raise structlog.DropEvent

    def _spawn(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def start(self) -> None:
        await accounts.ensure_service_account(self.app)
        await domain.begin(self.app)
        await desk.begin(self.app)

    async def settle(self) -> None:
        """Wait until background work and pushes are done."""
        for _ in range(20):
            await asyncio.sleep(0)
            if self._tasks:
                await asyncio.wait(set(self._tasks), timeout=GUARD)
        async with asyncio.timeout(GUARD):
            while self.fanout.busy:  # on PostgreSQL a rendering waits for its reads
                await asyncio.sleep(0.001)
        for task in list(self._tasks):
            if task.done() and (error := task.exception()):
                raise error

    def connect(
        self, layer: int = NEWEST, *, key: int | None = None, ip: str = "127.0.0.1"
    ) -> Client:
        """A client with a fresh permanent key (or another session on ``key``)."""
        made = Client(self, layer, key if key is not None else next(self._keys), ip)
        self.clients.append(made)
        return made

    def heard(self, speaker: Client) -> int:
        """How much everybody but one person has been pushed so far."""
        return sum(one.heard for one in self.clients if one.user_id != speaker.user_id)

    def new_phone(self) -> str:
        """A reserved test number; its code is 22222."""
        return f"999662{next(self._numbers):04d}"

    async def sign_up(
        self, name: str = "Ada", layer: int = NEWEST, *, phone: str | None = None
    ) -> Client:
        """A new person signed up through the real methods, subscribed to updates."""
        client = self.connect(layer)
        await client.sign_up(phone or self.new_phone(), name)
        return client

    async def sign_in(self, phone: str, layer: int = NEWEST) -> Client:
        """Another device of a person."""
        client = self.connect(layer)
        await client.sign_in(phone)
        return client


async def eagerly(call: Coroutine[Any, Any, T]) -> T:
    """The result of a call that is started as the gateway starts it: outside any task."""
    loop = asyncio.get_running_loop()
    answered: asyncio.Future[T] = loop.create_future()
    tasks: list[asyncio.Task[None] | None] = []

    def done(result: T | None, error: BaseException | None) -> None:
        if answered.done():
            return
        if error is None:
            answered.set_result(result)  # type: ignore[arg-type]
        elif isinstance(error, asyncio.CancelledError):
            answered.cancel()
        else:
            answered.set_exception(error)

    loop.call_soon(lambda: tasks.append(eager.start(call, done)))
    try:
        return await answered
    finally:
        if not answered.done() or answered.cancelled():
            for task in filter(None, tasks):
                task.cancel()


class Client:
    """One session. ``updates`` gathers the TL updates that were pushed, in order."""

    def __init__(self, world: World, layer: int, key: int, ip: str) -> None:
        self.world = world
        self.layer = layer
        self.lang = "en"
        """Of the app; said with the first call."""
        self.device = "kit"
        """What the app says that it runs on."""
        self.phone = ""
        self.user_id = 0
        self.pushed: list[Any] = []
        """Pushed containers, decoded."""
        self.heard = 0
        """How many containers were pushed in all."""
        self.open = True
        self.full = False
        """Pretend that the send queue is full."""
        self._ids = itertools.count(4_000_000 * 4 + key * 4_000_000, 4)
        self._initialised = False
        self.link = RpcSession(
            auth_key_id=key,
            session_id=next(self.world._keys) << 20,
            push=self._push,
            close=self._close,
            ip=ip,
        )
        world.links.add(self.link)

    def _push(self, body: bytes) -> bool:
        if self.full:
            return False
        self.pushed.append(codec.decode(body))
        self.heard += 1
        return True

    def _close(self) -> None:
        self.open = False

    def disconnect(self) -> None:
        """The session ends on the server."""
        self.world.links.remove(self.link)
        self.world.dispatcher.closed(self.link)
        self.link.wants_updates = False

    async def call(self, q: Any) -> Any:
        """Call a method; its decoded result. Raises RpcFault."""
        method, wrappers = _innermost(q).NAME, _wrappers(q)
        if not self._initialised:
            self._initialised = True
            q = api.InvokeWithLayer(
                layer=self.layer,
                query=api.InitConnection(
                    api_id=1,
                    device_model=self.device,
                    system_version="1",
                    app_version="1",
                    system_lang_code="en",
                    lang_pack="",
                    lang_code=self.lang,
                    query=q,
                ),
            )
        try:
            result = await self.raw(codec.encode(q, self.layer), method)
        except RpcFault as fault:
            calls.note_wrappers(wrappers, fault.message)
            raise
        calls.note_wrappers(wrappers)
        return result

    async def raw(self, body: bytes, method: str) -> Any:
        """Send the bytes of a query; the decoded result of ``method``."""
        patient = self.world.patient
        heard = self.world.heard(self) if patient else 0
        answer = await eagerly(
            self.world.dispatcher.call(self.link, next(self._ids), body, self.world.clock.now())
        )
        if answer[:4] == b"\x19\xca\x44\x21":
            message = codec.decode_bytes(answer, 8).decode()
            calls.note(method, message)
            raise RpcFault(int.from_bytes(answer[4:8], "little"), message)
        result = codec.decode_result(method, answer, self.layer)
        if patient:
            await self.world.settle()
            calls.note(method, told=self.world.heard(self) > heard)
        return result

    async def sign_up(self, phone: str, name: str) -> Any:
        """sendCode, signIn, signUp with a test number."""
        self.phone = phone
        sent = await self.send_code(phone)
        await self.call(
            api.auth.SignIn(
                phone_number=phone, phone_code_hash=sent.phone_code_hash, phone_code=phone[5] * 5
            )
        )
        signed = await self.call(
            api.auth.SignUp(
                phone_number=phone,
                phone_code_hash=sent.phone_code_hash,
                first_name=name,
                last_name="",
            )
        )
        return await self._signed(signed)

    async def sign_in(self, phone: str) -> Any:
        """sendCode and signIn of an existing person."""
        self.phone = phone
        sent = await self.send_code(phone)
        signed = await self.call(
            api.auth.SignIn(
                phone_number=phone, phone_code_hash=sent.phone_code_hash, phone_code=phone[5] * 5
            )
        )
        return await self._signed(signed)

    async def send_code(self, phone: str) -> Any:
        """auth.sendCode"""
        return await self.call(
            api.auth.SendCode(
                phone_number=phone, api_id=1, api_hash="x" * 32, settings=api.CodeSettings()
            )
        )

    async def _signed(self, signed: Any) -> Any:
        self.user_id = signed.user.id
        await self.call(api.updates.GetState())
        return signed

    async def peer(self, other: Client) -> Any:
        """The other person as an inputPeerUser of this viewer, by phone."""
        found = await self.call(
            api.contacts.ImportContacts(
                contacts=[
                    api.InputPhoneContact(
                        client_id=1, phone=other.phone, first_name="Peer", last_name=""
                    )
                ]
            )
        )
        user = next(u for u in found.users if u.id == other.user_id)
        self.pushed.clear()
        return api.InputPeerUser(user_id=user.id, access_hash=user.access_hash)

    def updates(self, kind: Callable[..., Any] | None = None) -> list[Any]:
        """All single updates pushed so far (of one class, if given), in order."""
        single: list[Any] = []
        for container in self.pushed:
            single.extend(getattr(container, "updates", None) or [container])
        return [u for u in single if kind is None or type(u) is kind]


def _innermost(q: Any) -> Any:
    """The query inside invoke* wrappers."""
    while hasattr(q, "query"):
        q = q.query
    return q


def _wrappers(q: Any) -> list[str]:
    """The invoke* wrappers around a query."""
    names = []
    while hasattr(q, "query"):
        names.append(q.NAME)
        q = q.query
    return names


@asynccontextmanager
async def running(made: World) -> AsyncIterator[World]:
    """An instance from its start to its end; fails the test if an error was logged.

    What rooms look up once at the start is done before the test begins: some count statements.
    """
    await made.start()
    await made.settle()
    yield made
    await made.settle()
    await made.app.parts.close()
    assert not made.errors, made.errors


@pytest.fixture
async def world(store: Store, tmp_path: Path, file_place: dict[str, Any]) -> AsyncIterator[World]:
    """An instance in developer mode on each engine (and with each of ``file_places.py``)."""
    async with running(World(store, tmp_path, **file_place)) as made:
        yield made
