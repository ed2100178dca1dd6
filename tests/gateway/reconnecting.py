"""A client in a browser whose connection is dropped and comes back, many times over, against a
whole server: every call it made must be answered on the socket it has then.

One :class:`Socket` is a WebSocket (plain or TLS) that several sessions of one key may share, as web
apps do. What the server sends is taken apart as it arrives, so that an answer counts only when its
bytes came out of the socket.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from websockets.exceptions import ConnectionClosed

from petitbleu.bench.exchange import Address
from petitbleu.bench.people import opening, request
from petitbleu.mtproto import crypto, wire
from petitbleu.mtproto.binding import Binding, seal_binding
from petitbleu.mtproto.peer import ClientHandshake, ClientKey, ClientSession, Push, Result
from petitbleu.tl import api, codec
from tests.gateway.wire import WebSocket
from tests.kit.waiting import until

ANSWER_SECONDS = 10.0
"""An answer that has not come by then counts as lost: the server needs milliseconds."""
PING = 0x7ABE77EC
BOOL_TRUE = (0x997275B5).to_bytes(4, "little")
UNREGISTERED = b"AUTH_KEY_UNREGISTERED"


class Lost(Exception):
    """An answer or an update did not reach the socket."""


class Server(NamedTuple):
    """Where the server is, and whom a client on ``wss`` trusts."""

    at: Address
    tls: ssl.SSLContext

    async def socket(self, *, secure: bool, framing: str) -> WebSocket:
        """A new WebSocket."""
        name = f"{self.at.host}:{self.at.port}/apiws"
        options = {"ssl": self.tls} if secure else {}
        return await WebSocket.open(f"{'wss' if secure else 'ws'}://{name}", framing, **options)

    async def new_key(self, **options: Any) -> ClientKey:
        """A key exchange over a WebSocket of its own."""
        carrier = await self.socket(secure=False, framing="intermediate")
        handshake = ClientHandshake(self.at.trusted(), os.urandom, **options)
        step: bytes | ClientKey = handshake.start(time.time())
        while isinstance(step, bytes):
            await carrier.send(step)
            step = handshake.receive((await carrier.receive()).payload, time.time())
        await carrier.close()
        return step


class Tab:
    """A session: what it asked, and what came."""

    def __init__(self, key: ClientKey) -> None:
        self.session = ClientSession(key, os.urandom)
        self.results: dict[int, bytes] = {}
        self.pushes: list[bytes] = []

    def ask(self, *queries: Any) -> list[int]:
        """Queue calls; the numbers their answers will have."""
        return [self.session.call(body, time.time()) for body in map(_encoded, queries)]

    def take(self, payload: bytes) -> bool:
        """Take a payload of the server; whether something has to be said again."""
        told_off = False
        for event in self.session.receive(payload, time.time()):
            if isinstance(event, Result):
                self.results[event.call] = event.body
            elif isinstance(event, Push):
                self.pushes.append(event.body)
            elif event.kind in (wire.BAD_SERVER_SALT, wire.BAD_MSG_NOTIFICATION):
                told_off = True
        return told_off


def _encoded(query: Any) -> bytes:
    return query if isinstance(query, bytes) else request(query)


class Socket:
    """One connection, shared by the tabs."""

    def __init__(self, carrier: WebSocket, key: ClientKey, tabs: Iterable[Tab]) -> None:
        self.carrier = carrier
        self.key = key
        self.tabs = {tab.session.session_id: tab for tab in tabs}
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        with contextlib.suppress(ConnectionClosed):
            while True:
                try:
                    payload = (await self.carrier.receive()).payload
                except TimeoutError:
                    continue
                if len(payload) < 24:
                    raise Lost(f"transport error {payload.hex()}")
                session = crypto.open(self.key.auth_key, payload, crypto.TO_CLIENT).session_id
                tab = self.tabs[session]
                if tab.take(payload):
                    await self.say(tab)

    async def say(self, tab: Tab) -> None:
        """Send what the tab has queued."""
        for payload in tab.session.data_to_send(time.time()):
            await self.carrier.send(payload)

    async def answers(self, tab: Tab, calls: list[int]) -> list[bytes]:
        """The answers of these calls. Raises :class:`Lost`."""
        await self.wait(lambda: all(call in tab.results for call in calls), "an answer")
        return [tab.results[call] for call in calls]

    async def wait(self, come: Callable[[], bool], what: str) -> None:
        """Wait until ``come()``. Raises :class:`Lost`."""
        try:
            await until(come, ANSWER_SECONDS)
        except TimeoutError:
            reading = self._reading
            why = repr(reading.exception()) if reading.done() else "the socket is open"
            raise Lost(f"{what} did not come in {ANSWER_SECONDS:g} s; {why}") from None

    def deafen(self) -> None:
        """Read nothing more: what the server says here is lost."""
        self._reading.cancel()

    async def drop(self, how: str) -> None:
        """End the connection: ``abort`` (reset), ``close`` (the WebSocket's own goodbye)."""
        self.deafen()
        if how == "abort":
            self.carrier.socket.transport.abort()
        else:
            closing = asyncio.create_task(self.carrier.close())
            await asyncio.sleep(0)
            _background.add(closing)
            closing.add_done_callback(_background.discard)


_background: set[asyncio.Task[None]] = set()


class Account(NamedTuple):
    """Somebody signed in: the permanent key, a temporary one bound to it, the id."""

    key: ClientKey
    temporary: ClientKey
    id: int


async def sign_in(server: Server, number: int) -> Account:
    """Sign up with a test number as a web app does: ``updates.getState`` before and after, each on
    a connection of its own. Raises :class:`Lost`.
    """
    key = await server.new_key()
    phone = f"99966{1}{number:07d}"
    tab = Tab(key)
    socket = Socket(await server.socket(secure=False, framing="abridged"), key, [tab])

    async def one(body: Any) -> bytes:
        calls = tab.ask(body)
        await socket.say(tab)
        return (await socket.answers(tab, calls))[0]

    refused = await one(opening(api.updates.GetState()))
    if UNREGISTERED not in refused:
        raise Lost("updates.getState before signing in was not refused")
    settings = api.CodeSettings()
    sent = codec.decode(
        await one(api.auth.SendCode(phone_number=phone, api_id=1, api_hash="", settings=settings))
    )
    known = {"phone_number": phone, "phone_code_hash": sent.phone_code_hash}
    await one(api.auth.SignIn(**known, phone_code="11111"))
    done = codec.decode(await one(api.auth.SignUp(**known, first_name="Web", last_name="")))
    # The page is loaded anew right after signing in, before the state was asked for.
    await socket.drop("abort")
    tab = Tab(key)
    socket = Socket(await server.socket(secure=True, framing="padded"), key, [tab])
    state = codec.decode(await one(opening(api.updates.GetState())))
    if not isinstance(state, api.updates.State):
        raise Lost("updates.getState after signing in gave no state")
    await socket.drop("close")
    return Account(key, await _temporary(server, key), done.user.id)


async def _temporary(server: Server, key: ClientKey) -> ClientKey:
    """A temporary key bound to ``key``."""
    made = await server.new_key(expires_in=86_400)
    tab = Tab(made)
    socket = Socket(await server.socket(secure=True, framing="intermediate"), made, [tab])
    expires, nonce = int(time.time()) + 86_400, 7
    # The message inside names the id of the call it travels in: a second ahead, it is the next one.
    call_id = tab.session.next_id(time.time()) + (1 << 32)
    tab.session._last_id = call_id - 4
    binding = Binding(
        call_id, nonce, made.auth_key_id, key.auth_key_id, tab.session.session_id, expires
    )
    sealed = seal_binding(key.auth_key, key.auth_key_id, binding, os.urandom(24))
    query = api.auth.BindTempAuthKey(
        perm_auth_key_id=key.auth_key_id, nonce=nonce, expires_at=expires, encrypted_message=sealed
    )
    calls = tab.ask(query)
    await socket.say(tab)
    (answer,) = await socket.answers(tab, calls)
    if answer != BOOL_TRUE:
        raise Lost(f"the temporary key was not bound: {answer!r}")
    await socket.drop("close")
    return made


def _questions(chosen: random.Random, account: Account) -> list[Any]:
    """What a web app asks when it starts: answers small and large, in any order."""
    asked = [
        api.help.GetConfig(),
        api.updates.GetState(),
        api.updates.GetDifference(pts=chosen.choice((0, 1)), qts=0, date=0),
        api.users.GetUsers(id=[api.InputUserSelf()]),
        api.messages.GetDialogs(
            offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=20, hash=0
        ),
        api.help.GetAppConfig(hash=0),
        api.langpack.GetLangPack(lang_pack="weba", lang_code="en"),
        api.contacts.GetContacts(hash=0),
    ]
    chosen.shuffle(asked)
    return asked[: chosen.randint(2, len(asked))]


class Run(NamedTuple):
    """What one run did, for the printed line."""

    drop: str
    tabs: int
    answers: int
    slowest: float


async def run(server: Server, account: Account, seed: int) -> Run:
    """Load a page, drop its connection somewhere, come back, and have every answer.

    Raises :class:`Lost` where an answer or a push does not come.
    """
    chosen = random.Random(seed)
    key = chosen.choice((account.key, account.temporary))
    secure, framing = chosen.random() < 0.5, chosen.choice(("abridged", "intermediate", "padded"))
    tabs = [Tab(key) for _ in range(chosen.randint(1, 3))]
    first = Socket(await server.socket(secure=secure, framing=framing), key, tabs)
    calls: dict[int, list[int]] = {}
    for number, tab in enumerate(tabs):
        asked = _questions(chosen, account)
        calls[number] = tab.ask(opening(asked[0]), *asked[1:])
        await first.say(tab)
    drop = chosen.choice(("abort", "close", "late", "reload", "between"))
    if chosen.random() < 0.6:
        await first.answers(tabs[0], calls[0][:1])
    try:
        return await _return(server, chosen, account, first, calls, drop)
    except Lost as error:
        raise Lost(f"{'wss' if secure else 'ws'} {drop} {len(tabs)}: {error}") from None


async def _return(
    server: Server,
    chosen: random.Random,
    account: Account,
    first: Socket,
    calls: dict[int, list[int]],
    drop: str,
) -> Run:
    """Lose the connection, and wait for all that was asked before and after."""
    key, tabs = first.key, list(first.tabs.values())
    began = time.monotonic()
    socket = await _back(server, chosen, first, tabs, calls, drop)
    count = 0
    if drop == "reload":
        tabs = [Tab(key)]
        socket.tabs = {tabs[0].session.session_id: tabs[0]}
        asked = _questions(chosen, account)
        calls = {0: tabs[0].ask(opening(asked[0]), *asked[1:])}
        await socket.say(tabs[0])
    for number, tab in enumerate(tabs):
        count += len(await socket.answers(tab, calls[number]))
    slowest = time.monotonic() - began
    await _pushed(server, chosen, account, socket, tabs)
    await socket.drop(chosen.choice(("abort", "close")))
    return Run(drop, len(tabs), count, slowest)


async def _back(
    server: Server,
    chosen: random.Random,
    first: Socket,
    tabs: list[Tab],
    calls: dict[int, list[int]],
    drop: str,
) -> Socket:
    """The connection is lost and another takes its place; the one to go on with.

    ``late``: the old one says something more after the new one was opened, and only then dies, as
    where its last bytes were still on their way. ``between``: both stay open and are used by turns.
    """
    secure, framing = chosen.random() < 0.5, chosen.choice(("abridged", "intermediate", "padded"))
    key = first.key
    if drop in ("abort", "close", "reload"):
        await first.drop("close" if drop == "close" else "abort")
        await asyncio.sleep(chosen.choice((0.0, 0.0, 0.02, 0.3)))
        second = Socket(await server.socket(secure=secure, framing=framing), key, tabs)
        if drop == "reload":
            return second
        for tab in tabs:
            tab.session.reconnected()
            tab.session.tell(wire.with_long(PING, 7), time.time())
            await second.say(tab)
        return second
    second = Socket(await server.socket(secure=secure, framing=framing), key, tabs)
    for number, tab in enumerate(tabs):
        calls[number] += tab.ask(*_questions(chosen, Account(key, key, 0)))
        await second.say(tab)
        if drop == "between":
            calls[number] += tab.ask(api.updates.GetState())
            await first.say(tab)
            calls[number] += tab.ask(api.help.GetConfig())
            await second.say(tab)
        else:
            # These bytes were on their way: what the server says to them it says to nobody.
            first.deafen()
            tab.session.tell(wire.with_long(PING, 8), time.time())
            await first.say(tab)
    if drop == "late":
        await asyncio.sleep(chosen.choice((0.0, 0.01, 0.1)))
        await first.drop(chosen.choice(("abort", "close")))
    return second


async def _pushed(
    server: Server, chosen: random.Random, account: Account, socket: Socket, tabs: list[Tab]
) -> None:
    """A message written on another device shows in every tab that is subscribed."""
    text = f"seen {chosen.getrandbits(60):015x}"
    before = Tab(account.key)
    other = Socket(await server.socket(secure=False, framing="abridged"), account.key, [before])
    state = tabs[0].ask(api.updates.GetState())
    for tab in tabs[1:]:
        state_of_other = tab.ask(api.updates.GetState())
        await socket.say(tab)
        await socket.answers(tab, state_of_other)
    await socket.say(tabs[0])
    await socket.answers(tabs[0], state)
    send = api.messages.SendMessage(
        peer=api.InputPeerSelf(), message=text, random_id=chosen.getrandbits(62) + 1
    )
    calls = before.ask(opening(send))
    await other.say(before)
    await other.answers(before, calls)
    mark = text.encode()
    await socket.wait(
        lambda: all(any(mark in push for push in tab.pushes) for tab in tabs), "an update"
    )
    await other.drop("close")
