"""Devices, and a wire that loses, delays and repeats what it carries; all in memory."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from typing import Any, cast

from petitbleu.errors import PeerFault
from petitbleu.gateway.budgets import Origin
from petitbleu.gateway.conn import Conn
from petitbleu.gateway.gateway import Gateway
from petitbleu.mtproto import crypto, wire
from petitbleu.mtproto.peer import ClientKey, ClientSession, Push, Result, Service
from petitbleu.mtproto.transport import Intermediate
from petitbleu.tl import api, codec
from tests.kit.world import NEWEST, World

LOOPBACK = Origin("127.0.0.1", 5000, ("127.0.0.1", 443), False, True, "127.0.0.1")
ROUNDS = 200
"""Exchanges after which two ends that still talk are taken to be stuck."""


class Wire:
    """One connection. What either end says waits here until it is carried."""

    def __init__(self, gateway: Gateway) -> None:
        self.up: list[bytes] = []
        self.down: list[bytes] = []
        self.closed = False
        self._paused = False
        self._client = Intermediate(client=True)
        assert gateway.budgets.admit(LOOPBACK.key, free=LOOPBACK.free)
        self._conn = Conn(gateway, LOOPBACK)
        self._conn.connection_made(cast(asyncio.BaseTransport, self))
        self.carry_up([self._client.tag])

    # The server's transport.
    def write(self, data: bytes) -> None:
        self.down.append(data)

    def close(self) -> None:
        self.cut()

    def abort(self) -> None:
        self.cut()

    def is_closing(self) -> bool:
        return self.closed

    def pause_reading(self) -> None:
        self._paused = True

    def resume_reading(self) -> None:
        self._paused = False

    def get_write_buffer_size(self) -> int:
        return 0

    # The client's end.
    def send(self, payload: bytes) -> None:
        self.up.append(self._client.pack(payload))

    def carry_up(self, data: list[bytes]) -> None:
        """Hand bytes to the server, unless it has closed."""
        for part in data:
            if not self.closed:
                self._conn.data_received(part)

    def carry_down(self) -> list[bytes]:
        """The payloads that reach the client."""
        data, self.down = b"".join(self.down), []
        return [frame.payload for frame in self._client.feed(data)]

    def cut(self) -> None:
        """The connection is gone; what was in flight is lost."""
        if not self.closed:
            self.closed = True
            self._conn.connection_lost(None)


class Device:
    """A client app: a session, a picture of the box kept in pts order, and what it waits for."""

    def __init__(self, net: Network, key: ClientKey, owner: int, name: str) -> None:
        self.net = net
        self.key = key
        self.owner = owner
        self.name = name
        self.session = self._new_session()
        self.wire: Wire | None = None
        self.pts = 0
        self.picture: dict[int, str] = {}
        self.answers: dict[int, Any] = {}
        """random_id of a send -> id it was given."""
        self.waiting: dict[int, tuple[str, Any, bytes]] = {}
        """Call -> (kind, what it was about, the request)."""
        self.recorded: list[bytes] = []
        """Frames somebody in between has copied."""

    def _new_session(self) -> ClientSession:
        return ClientSession(self.key, self.net.random_bytes)

    # ── connections ──
    def connect(self, *, fresh: bool) -> None:
        """Come back, on the same session or on a new one; say again what has no answer."""
        self.cut()
        self.wire = Wire(self.net.gateway)
        if fresh:
            self.session = self._new_session()
            open_calls, self.waiting = list(self.waiting.values()), {}
            self._call("state", None, opening(api.updates.GetState()))
            for kind, about, body in open_calls:
                if kind in ("send", "edit", "delete"):
                    self._call(kind, about, body)
            self.ask_difference()
        else:
            self.session.reconnected()

    def cut(self) -> None:
        """Lose the connection and all that is on it."""
        if self.wire is not None:
            self.wire.cut()
        self.wire = None

    # ── calls ──
    def do(self, kind: str, about: Any, query: Any) -> None:
        """Queue a request."""
        self._call(kind, about, codec.encode(query, NEWEST))

    def _call(self, kind: str, about: Any, body: bytes) -> None:
        number = self.session.call(body, self.net.world.clock.now())
        self.waiting[number] = (kind, about, body)

    def ask_difference(self) -> None:
        """Ask for what is missing, unless that has been asked already."""
        asked = any(kind == "difference" for kind, _, _ in self.waiting.values())
        if self.pts and not asked:
            query = api.updates.GetDifference(pts=self.pts, date=1, qts=1)
            self.do("difference", None, query)

    # ── the wire, one step ──
    def push_out(self) -> None:
        """Put what is queued on the wire."""
        if self.wire is None or self.wire.closed:
            return
        for payload in self.session.data_to_send(self.net.world.clock.now()):
            self.wire.send(payload)

    def take_in(self) -> bool:
        """Read what has arrived; whether it was anything."""
        if self.wire is None:
            return False
        payloads = self.wire.carry_down()
        for payload in payloads:
            try:
                events = self.session.receive(payload, self.net.world.clock.now())
            except PeerFault as fault:
                # A replayed frame woke an old session of ours: not for this one.
                assert fault.reason == "payload of another session", fault.reason
                continue
            for event in events:
                self._event(event)
        return bool(payloads)

    def _event(self, event: Result | Push | Service) -> None:
        if isinstance(event, Result):
            self._result(*self.waiting.pop(event.call), event.body)
        elif isinstance(event, Push):
            self._apply(codec.decode(event.body), "")
        elif event.kind == wire.NEW_SESSION_CREATED:
            self.ask_difference()

    def _result(self, kind: str, about: Any, body: bytes, answer: bytes) -> None:
        assert wire.constructor(answer) != wire.RPC_ERROR or kind in ("edit", "delete"), answer
        if wire.constructor(answer) == wire.RPC_ERROR:
            return  # edited or deleted meanwhile by the other device
        result = codec.decode(answer)
        if kind == "ask":
            about.append(result)
        elif kind == "send":
            random_id, text = about
            given = sent_id(result)
            assert self.answers.setdefault(random_id, given) == given, "a resend got another id"
            self._apply(result, text)
        elif kind == "delete":
            self._step(result.pts, result.pts_count, {}, about)
        elif kind == "edit":
            self._apply(result, "")
        elif kind == "state" and not self.pts:
            self.pts = result.pts
        elif kind == "difference":
            self._difference(result)

    # ── the picture ──
    def _apply(self, news: Any, own_text: str) -> None:
        if isinstance(news, api.UpdateShortSentMessage):
            self._step(news.pts, news.pts_count, {news.id: own_text}, [])
        elif isinstance(news, api.UpdateShortMessage):
            self._step(news.pts, news.pts_count, {news.id: news.message}, [])
        elif isinstance(news, api.UpdatesTooLong):
            self.ask_difference()
        else:
            for update in getattr(news, "updates", [getattr(news, "update", None)]):
                self._update(update)

    def _update(self, update: Any) -> None:
        if isinstance(update, api.UpdateNewMessage | api.UpdateEditMessage):
            message: Any = update.message
            self._step(update.pts, update.pts_count, {message.id: message.message}, [])
        elif isinstance(update, api.UpdateDeleteMessages):
            self._step(update.pts, update.pts_count, {}, update.messages)
        elif getattr(update, "pts_count", 0):
            self._step(update.pts, update.pts_count, {}, [])

    def _step(self, pts: int, count: int, texts: dict[int, str], gone: Sequence[int]) -> None:
        """One numbered change: the next one is applied, a known one ignored, a gap asks."""
        if pts - count == self.pts:
            self.picture.update(texts)
            for id in gone:
                self.picture.pop(id, None)
            self.pts = pts
        elif pts > self.pts:
            self.ask_difference()

    def _difference(self, found: Any) -> None:
        if isinstance(found, api.updates.DifferenceEmpty):
            return
        for message in found.new_messages:
            self.picture[message.id] = message.message
        for update in found.other_updates:
            if isinstance(update, api.UpdateEditMessage):
                changed: Any = update.message
                self.picture[changed.id] = changed.message
            elif isinstance(update, api.UpdateDeleteMessages):
                for id in update.messages:
                    self.picture.pop(id, None)
        last = isinstance(found, api.updates.Difference)
        self.pts = found.state.pts if last else found.intermediate_state.pts
        if not last:
            self.ask_difference()


class Network:
    """The instance and every device."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self._random = random.Random(seed)
        self.gateway = Gateway(world.app, world.dispatcher, world.links, cast(Any, None))
        self.gateway.call_soon = asyncio.get_running_loop().call_soon
        self.devices: list[Device] = []
        self.phones: dict[Device, str] = {}

    def random_bytes(self, size: int) -> bytes:
        return self._random.randbytes(size)

    def random_id(self) -> int:
        return self._random.getrandbits(62)

    async def device(self, phone: str, name: str) -> Device:
        """A new device signed in (or up) with a test number, connected."""
        auth_key = self.random_bytes(256)
        key_id = crypto.auth_key_id(auth_key)
        salt = int.from_bytes(self.random_bytes(8), "little", signed=True)
        assert await self.gateway.keys.add(key_id, auth_key, salt=salt, expires_at=None)
        made = Device(self, ClientKey(auth_key, key_id, salt, 0), 0, name)
        made.connect(fresh=False)
        made.owner = await self._sign(made, phone, name)
        made._call("state", None, codec.encode(api.updates.GetState(), NEWEST))
        await self.carry(made)
        self.devices.append(made)
        self.phones[made] = phone
        return made

    async def _sign(self, device: Device, phone: str, name: str) -> int:
        settings = api.CodeSettings()
        send = api.auth.SendCode(phone_number=phone, api_id=1, api_hash="", settings=settings)
        sent = await self.ask(device, send, first=True)
        known = {"phone_number": phone, "phone_code_hash": sent.phone_code_hash}
        done = await self.ask(device, api.auth.SignIn(**known, phone_code=phone[5] * 5))
        if isinstance(done, api.auth.AuthorizationSignUpRequired):
            up = api.auth.SignUp(**known, first_name=name, last_name="")
            done = await self.ask(device, up)
        return int(done.user.id)

    async def ask(self, device: Device, query: Any, *, first: bool = False) -> Any:
        """A call and its answer, on a wire that behaves."""
        body = opening(query) if first else codec.encode(query, NEWEST)
        number = device.session.call(body, self.world.clock.now())
        kept: list[Any] = []
        device.waiting[number] = ("ask", kept, body)
        await self.carry(device)
        return kept[0]

    async def befriend(self, pairs: dict[str, str]) -> dict[int, api.InputPeerUser]:
        """Owner -> the input peer of the person they write to, for phones that write to phones."""
        found: dict[int, api.InputPeerUser] = {}
        for device in self.devices:
            contact = api.InputPhoneContact(
                client_id=1, phone=pairs[self.phones[device]], first_name="Friend", last_name=""
            )
            answer = await self.ask(device, api.contacts.ImportContacts(contacts=[contact]))
            user = answer.users[0]
            # Access hashes belong to the viewer, so both of a person's devices get the same.
            found[device.owner] = api.InputPeerUser(user_id=user.id, access_hash=user.access_hash)
        return found

    async def start_picture(self, device: Device) -> None:
        """From here on the device keeps its picture."""
        await self.carry(device)
        device.pts = (await self.ask(device, api.updates.GetState())).pts
        device.picture.clear()

    async def stored(self, device: Device, chat: api.InputPeerUser) -> dict[int, str]:
        """The conversation as a fresh device would read it: id -> text."""
        query = api.messages.GetHistory(
            peer=chat,
            offset_id=0,
            offset_date=0,
            add_offset=0,
            limit=100,
            max_id=0,
            min_id=0,
            hash=0,
        )
        found = await self.ask(device, query)
        return {message.id: message.message for message in found.messages}

    def close(self) -> None:
        """Everybody leaves, for good."""
        for device in self.devices:
            device.cut()
        for live in self.gateway.sessions.all():
            self.gateway.sessions.end(live)

    async def settle(self) -> None:
        """Let the server do all it can do now."""
        for _ in range(3):
            await self.world.settle()
            while self.gateway.sessions.running():
                await asyncio.sleep(0)
            await asyncio.sleep(0)

    async def carry_up(self, device: Device) -> bool:
        """What the device has to say reaches the server; whether it was anything."""
        device.push_out()
        link = device.wire
        if link is None or link.closed:
            return False
        up, link.up = link.up, []
        link.carry_up(up)
        device.recorded = (device.recorded + up)[-20:]
        await self.settle()
        return bool(up)

    async def carry(self, device: Device) -> None:
        """Carry in both directions until neither end has more to say."""
        for _ in range(ROUNDS):
            said = await self.carry_up(device)
            if not device.take_in() and not said:
                return
        raise AssertionError(f"{device.name} and the server never stop talking")


def opening(query: Any) -> bytes:
    """The first request of a session."""
    return codec.encode(
        api.InvokeWithLayer(
            layer=NEWEST,
            query=api.InitConnection(
                api_id=1,
                device_model="schedule",
                system_version="1",
                app_version="1",
                system_lang_code="en",
                lang_pack="",
                lang_code="en",
                query=query,
            ),
        ),
        NEWEST,
    )


def sent_id(result: Any) -> int:
    """The id a send was given, whichever form of Updates tells it."""
    if isinstance(result, api.UpdateShortSentMessage):
        return int(result.id)
    return next(u.id for u in result.updates if isinstance(u, api.UpdateMessageID))
