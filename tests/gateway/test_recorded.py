"""Frames that somebody has recorded and sends again: nothing runs twice, and no session moves.

Whoever listens on the way has the frames as they were, and can send them from anywhere; the key is
not known to them.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from petitbleu.clock import SystemClock
from petitbleu.gateway import sessions, tombstones
from petitbleu.gateway.tombstones import KEPT_SECONDS, Tombstones
from petitbleu.mtproto import crypto
from petitbleu.mtproto import wire as tl
from tests.gateway.conftest import Serve, Server
from tests.gateway.wire import Carrier, Client, Http, Tcp, WebSocket, exchange
from tests.kit.waiting import until

KINDS = ("abridged", "intermediate", "padded", "full", "obfuscated", "ws", "http")


async def carrier(server: Server, kind: str) -> Carrier:
    if kind == "ws":
        return await WebSocket.open(f"ws://127.0.0.1:{server.address[1]}/apiws")
    if kind == "http":
        return Http(f"{server.url}/api")
    if kind == "obfuscated":
        return await Tcp.open(server.address, "padded", obfuscated=True)
    return await Tcp.open(server.address, kind)


class Recorder:
    """A carrier that keeps what was sent."""

    def __init__(self, inner: Carrier, payloads: list[bytes]) -> None:
        self.inner = inner
        self.payloads = payloads

    async def send(self, payload: bytes) -> None:
        self.payloads.append(payload)
        await self.inner.send(payload)

    async def receive(self) -> Any:
        return await self.inner.receive()

    async def close(self) -> None:
        await self.inner.close()


async def victim(server: Server, kind: str = "abridged", **options: Any) -> tuple[Client, Any]:
    """A client whose frames are recorded, and its link: calls answered, in a container, running;
    pings and acknowledgements."""
    setup = await Tcp.open(server.address)
    key = await exchange(setup, server.keys, **options)
    await setup.close()
    recorder = Recorder(await carrier(server, kind), [])
    client = Client(recorder, key)
    await client.call(b"echo0000")
    await client.take_salt()
    await client.call(b"echo0001")
    calls = [client.session.call(b"echo%04d" % n, time.time()) for n in (2, 3)]
    await client.send()
    for call in calls:
        await client.result(call)
    client.session.tell(tl.with_long(tl.PING, 7), time.time())
    await client.send()
    await client.service(tl.PONG)
    await client.send()  # acknowledgements alone
    client.session.tell(tl.pack_ids(tl.MSGS_ACK, [1]), time.time())
    await client.send()
    client.session.tell(tl.with_long(tl.PING, 8), time.time())
    await client.send()
    await client.service(tl.PONG)
    assert len(recorder.payloads) >= 5
    return client, server.rooms.links[0]


async def wait_over_http(client: Client) -> None:
    """Over HTTP a push needs a request that waits."""
    assert isinstance(client.carrier, Recorder)
    if isinstance(client.carrier.inner, Http):
        body = http_wait()
        client.session.tell(body, time.time())
        await client.send()
        await asyncio.sleep(0.05)


def http_wait() -> bytes:
    return b"".join(n.to_bytes(4, "little") for n in (0x9299359F, 0, 0, 20_000))


async def replay(server: Server, payloads: list[bytes], kind: str, *, ms: float = 0.05) -> Carrier:
    """Send the frames from a connection of their own, each over HTTP as one request."""
    attacker = await carrier(server, kind)
    for payload in payloads:
        await attacker.send(payload)
    await asyncio.sleep(ms)
    return attacker


@pytest.mark.parametrize("temp", [False, True])
@pytest.mark.parametrize(
    ("mine", "theirs"),
    [*zip(KINDS, KINDS, strict=True), *zip(KINDS, KINDS[1:] + KINDS[:1], strict=True),
     ("http", "abridged"), ("ws", "abridged"), ("abridged", "http")],
)  # fmt: skip
async def test_pushes_stay_where_the_client_is(
    serve: Serve, mine: str, theirs: str, temp: bool
) -> None:
    async with serve() as server:
        options = {"expires_in": 3600} if temp else {}
        client, link = await victim(server, mine, **options)
        begun, where = server.rooms.begun, (link.ip, link.port)
        recorded = list(client.carrier.payloads)  # type: ignore[attr-defined]
        await wait_over_http(client)
        attackers = [await replay(server, [one], theirs) for one in recorded]
        attackers.append(await replay(server, recorded, theirs))
        assert link.push(b"news")
        assert await client.push() == b"news"
        assert (link.ip, link.port) == where and link.connected
        assert server.rooms.begun == begun, "something ran again"
        for attacker in attackers:
            await attacker.close()
        await asyncio.sleep(0.05)
        assert link.connected, "the end of the other connection is not the end of the client's"
        assert await client.call(b"echo0009") == b"echo0009"
        await client.carrier.close()


@pytest.mark.parametrize("kind", KINDS)
async def test_a_client_that_is_away_stays_away(serve: Serve, kind: str) -> None:
    async with serve() as server:
        client, link = await victim(server)
        recorded = list(client.carrier.payloads)  # type: ignore[attr-defined]
        await client.carrier.close()
        await until(lambda: not link.connected)
        attacker = await replay(server, recorded, kind)
        assert not link.connected
        assert link.push(b"news")
        client.carrier = await carrier(server, kind)
        client.session.tell(tl.with_long(tl.PING, 9), time.time())
        await client.send()
        assert await client.push() == b"news"
        assert len(server.rooms.links) == 1
        await attacker.close()
        await client.carrier.close()


@pytest.mark.parametrize("kind", KINDS)
async def test_a_client_that_says_a_call_again_elsewhere_is_answered_there(
    serve: Serve, kind: str
) -> None:
    async with serve() as server:
        client, _ = await victim(server)
        call = await client.begin(b"hold1234")
        await until(lambda: server.rooms.begun == 5)
        payload = client.carrier.payloads[-1]  # type: ignore[attr-defined]
        await client.carrier.close()
        server.rooms.gate.set()
        await until(lambda: not server.gateway.sessions.running())
        client.carrier = await carrier(server, kind)
        await client.carrier.send(payload)
        assert await client.result(call) == b"hold1234"
        assert server.rooms.begun == 5
        assert await client.call(b"echo0001") == b"echo0001"
        await client.carrier.close()


async def test_recorded_frames_of_many_sessions_cost_no_live_one_its_place(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "SESSIONS_PER_KEY", 4)
    async with serve() as server:
        client = await server.client()
        old = []
        for _ in range(6):
            other = Client(Recorder(await carrier(server, "abridged"), []), client.key)
            await other.call(b"echo0000")
            old += other.carrier.payloads  # type: ignore[attr-defined]
            await other.carrier.close()
        await client.call(b"echo0000")
        live = server.rooms.links[-1]
        before, begun = len(server.gateway.sessions), server.rooms.begun
        for kind in KINDS:
            await replay(server, old, kind)
        assert len(server.gateway.sessions) <= before
        assert live.push(b"news") and await client.push() == b"news"
        assert server.rooms.begun == begun


# ── sessions that were forgotten ────────────────────────────────────────────────────────────────

Forget = Callable[[Server, Client, Any, pytest.MonkeyPatch], Awaitable[None]]


async def _queue_is_full(server: Server, client: Client, link: Any, _: Any) -> None:
    await client.carrier.close()
    await until(lambda: not link.connected)
    while link.push(bytes(1 << 16)):
        pass


async def _destroyed(server: Server, client: Client, link: Any, _: Any) -> None:
    other = Client(await carrier(server, "abridged"), client.key)
    other.session.tell(tl.with_long(0xE7512126, link.session_id), time.time(), content=True)
    await other.send()
    await other.service(tl.DESTROY_SESSION_OK)
    await other.carrier.close()


async def _nobody_came_back(server: Server, client: Client, link: Any, _: Any) -> None:
    await client.carrier.close()
    await until(lambda: not link.connected)
    (live,) = server.gateway.sessions.all()
    live.expired(server.gateway.monotonic())


async def _too_many_of_the_key(
    server: Server, client: Client, link: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "SESSIONS_PER_KEY", 2)
    await client.carrier.close()
    await until(lambda: not link.connected)
    for _ in range(2):
        other = Client(await carrier(server, "abridged"), client.key)
        await other.call(b"echo0000")


async def _too_many_away(
    server: Server, client: Client, link: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "KEPT_DETACHED", 0)
    await client.carrier.close()


@pytest.mark.parametrize(
    "forget",
    [_queue_is_full, _destroyed, _nobody_came_back, _too_many_of_the_key, _too_many_away],
)
async def test_nothing_of_a_forgotten_session_runs_again(
    serve: Serve, forget: Forget, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serve() as server:
        client, link = await victim(server)
        recorded = list(client.carrier.payloads)  # type: ignore[attr-defined]
        await forget(server, client, link, monkeypatch)
        await until(lambda: link in server.rooms.ended)
        begun, live = server.rooms.begun, len(server.gateway.sessions)
        for kind in KINDS:
            await (await replay(server, recorded, kind)).close()
        assert server.rooms.begun == begun
        assert len(server.gateway.sessions) == live
        assert await codes(server, client, recorded[0]) == [20]
        client.carrier = await carrier(server, "abridged")
        client.services.clear()
        assert await client.call(b"echo0009") == b"echo0009"
        await client.service(tl.NEW_SESSION_CREATED)
        begun = server.rooms.begun
        await replay(server, recorded, "abridged")
        assert server.rooms.begun == begun, "the session that came back has forgotten"


async def codes(server: Server, client: Client, payload: bytes) -> list[int]:
    """What the server says to a frame: codes of notifications, 48 for the salt."""
    one = await carrier(server, "intermediate")
    await one.send(payload)
    answer = (await one.receive()).payload
    envelope = crypto.open(client.key.auth_key, answer, crypto.TO_CLIENT)
    items = tl.read_container(envelope.body)
    if tl.constructor(envelope.body) != tl.MSG_CONTAINER or items is None:
        items = [(envelope.msg_id, envelope.seqno, envelope.body)]
    await one.close()
    found = []
    for _, _, body in items:
        if tl.constructor(body) == tl.BAD_MSG_NOTIFICATION:
            found.append(tl.unpack(tl.LONG_INT_INT, body)[2])
        elif tl.constructor(body) == tl.BAD_SERVER_SALT:
            found.append(48)
    return found


@pytest.mark.parametrize("clock", [0, -200, -20, 40, 250])
async def test_nothing_that_was_said_before_a_start_runs_after_it(
    serve: Serve, clock: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``clock``: by how much the server's clock was set between its stop and its start."""
    async with serve() as server:
        client, _ = await victim(server)
        other, _ = await victim(server)
    recorded = list(client.carrier.payloads)  # type: ignore[attr-defined]
    monkeypatch.setattr(SystemClock, "now", lambda _: time.time() + clock)
    async with serve() as server:
        for kind in KINDS:
            await (await replay(server, recorded, kind)).close()
        assert server.rooms.begun == 0 and len(server.gateway.sessions) == 0
        if clock >= 0:
            assert await codes(server, client, recorded[0]) == [20, 48]
        if clock != -200:
            # Its clock is right, slow, or a little fast: it goes on at once all the same.
            other.carrier = await carrier(server, "abridged")
            assert await other.call(b"echo0009") == b"echo0009"
            assert server.rooms.begun == 1
        replayed = await replay(server, recorded, "abridged")
        assert server.rooms.begun == (clock != -200)
        await replayed.close()


@pytest.mark.parametrize("loaded", [False, True])
@pytest.mark.parametrize("slow", [1.0, 200.0])
async def test_what_a_key_of_this_start_seals_was_not_said_before_it(
    serve: Serve, slow: float, loaded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telethon takes the server's time in whole seconds, and no salt, from the key exchange: its
    first message may look a second older than a server that has just started. Only the salt is told
    then; with code 20 it would give its caller an error.
    """
    began = time.time()
    async with serve() as server:
        monkeypatch.setattr(SystemClock, "now", lambda _: began + 1.5)
        setup = await Tcp.open(server.address)
        key = await exchange(setup, server.keys)
        await setup.close()
        if loaded:
            known = server.gateway.keys.known(key.auth_key_id, began)
            assert known is not None
            server.gateway.keys.forget(known)
        client = Client(await carrier(server, "abridged"), key)
        client.session.salt = 0
        client.session.offset = began - slow - time.time()
        assert await client.call(b"echo0009") == b"echo0009"
        assert not [event for event in client.services if event.kind == tl.BAD_MSG_NOTIFICATION]


# ── the bounds ──────────────────────────────────────────────────────────────────────────────────


def test_tombstones_are_bounded_and_what_goes_leaves_its_floor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tombstones, "PER_KEY", 4)
    monkeypatch.setattr(tombstones, "IN_ALL", 10)
    made, now, numbers = Tombstones(), 1_800_000_000.0, itertools.count(1_800_000_000 << 32)
    said: list[tuple[int, int, int]] = []
    for n in range(400):
        key, session, newest = n % 23, n, next(numbers)
        made.add(key, session, newest, now, 5.0)
        said.append((key, session, newest))
        assert len(made) <= 10
        assert len(made._by_key) <= 10 and len(made._floors) <= 10
        for key, session, newest in said:
            assert made.floor(key, session, now, 6.0) >= newest, "a recorded call would run"
    later = now + KEPT_SECONDS + 1
    assert made.floor(1, 1, later, 5.0 + KEPT_SECONDS + 1) == -1
    assert made.floor(1, 1, now - 500, 5.0 + KEPT_SECONDS + 1) > 0, "the clock was set back"


def test_one_key_with_many_sessions_costs_others_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tombstones, "PER_KEY", 4)
    made, now = Tombstones(), 1_800_000_000.0
    made.add(1, 1, int(now - 100) << 32, now, 0.0)
    for n in range(1000):
        made.add(2, n, int(now) << 32, now, 0.0)
    assert made.floor(1, 1, now, 0.0) == int(now - 100) << 32
    assert made.floor(1, 2, now, 0.0) == -1
    assert len(made) == 5
