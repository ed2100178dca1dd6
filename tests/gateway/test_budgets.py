"""What an address may take, who is behind a proxy, and the timers that close the silent."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable

import aiohttp
import pytest
from websockets.exceptions import InvalidStatus
from websockets.frames import CloseCode

from petitbleu.config import Limits, Moderation
from petitbleu.errors import PeerFault
from petitbleu.gateway import proxy
from petitbleu.gateway.budgets import Budgets, Origin
from petitbleu.gateway.listener import parse_address
from petitbleu.gateway.wheel import TICK, TimerWheel
from tests.gateway.conftest import Serve
from tests.gateway.wire import Client, Tcp, WebSocket, exchange
from tests.kit.waiting import GUARD, guarded, until


def header(source: str, port: int = 4321, command: int = 1) -> bytes:
    """A PROXY v2 header for TCP over IPv4 or IPv6."""
    family = socket.AF_INET6 if ":" in source else socket.AF_INET
    ends = socket.inet_pton(family, source) * 2 + struct.pack(">HH", port, 443)
    kind = 0x21 if family == socket.AF_INET6 else 0x11
    return proxy.SIGNATURE + struct.pack(">BBH", 0x20 | command, kind, len(ends)) + ends


@pytest.mark.parametrize("source", ["192.0.2.9", "2001:db8::9"])
async def test_proxy_header_names_the_caller(serve: Serve, source: str) -> None:
    async with serve(trusted_proxies=("127.0.0.0/8",)) as server:
        carrier = await Tcp.open(server.address, first=header(source))
        client = Client(carrier, await exchange(carrier, server.keys))
        assert (await client.call(b"addr")).startswith(b"done" + source.encode() + b" 2 443")


async def test_proxy_line_names_the_caller(serve: Serve) -> None:
    async with serve(trusted_proxies=("127.0.0.1",)) as server:
        for line, ip in (
            (b"PROXY TCP4 192.0.2.9 198.51.100.1 4321 443\r\n", b"192.0.2.9 2 443"),
            (b"PROXY TCP6 2001:db8::9 2001:db8::1 4321 443\r\n", b"2001:db8::9 2 443"),
            (b"PROXY UNKNOWN\r\n", b"127.0.0.1 2 "),
        ):
            client = await server.client(first=line)
            assert (await client.call(b"addr")).startswith(b"done" + ip)


@pytest.mark.parametrize(
    "line",
    [b"PROXY TCP4 x y 1 2\r\n", b"PROXY TCP4 1.1.1.1 2.2.2.2 1\r\n", b"PROXY " + b"a" * 120],
)
def test_broken_proxy_lines_are_faults(line: bytes) -> None:
    with pytest.raises(PeerFault):
        proxy.parse(line)


async def test_proxy_header_of_a_stranger_is_no_transport(serve: Serve) -> None:
    async with serve() as server:
        carrier = await Tcp.open(server.address, first=header("192.0.2.9") + b"\x2a" * 64)
        assert await carrier.closed()


async def test_proxy_header_may_be_missing_or_local(serve: Serve) -> None:
    async with serve(trusted_proxies=("127.0.0.1",)) as server:
        client = await server.client()
        assert (await client.call(b"addr")).startswith(b"done127.0.0.1")
        client = await server.client(first=header("192.0.2.9", command=0))
        assert (await client.call(b"addr")).startswith(b"done127.0.0.1")


def test_broken_proxy_headers_are_faults() -> None:
    good = header("192.0.2.9")
    assert proxy.parse(good[:20]) is None
    for bad in (
        good[:12] + b"\x31" + good[13:],
        good[:12] + b"\x2f" + good[13:],
        good[:14] + b"\xff\xff" + good[16:],
        good[:13] + b"\x31" + good[14:],
    ):
        with pytest.raises(PeerFault):
            proxy.parse(bad)


async def test_forwarded_for_is_believed_from_proxies_only(serve: Serve) -> None:
    names = {"X-Forwarded-For": "203.0.113.1, 192.0.2.7"}
    async with serve(trusted_proxies=("127.0.0.1",)) as server, aiohttp.ClientSession() as http:
        async with http.get(f"{server.url}/", headers=names) as response:
            assert await response.text() == "192.0.2.7 False"
        ws = await WebSocket.open(
            f"ws://127.0.0.1:{server.address[1]}/apiws", additional_headers=names
        )
        client = Client(ws, await exchange(ws, server.keys))
        assert (await client.call(b"addr")).startswith(b"done192.0.2.7 ")
        assert server.gateway.budgets._by_key["192.0.2.7"] == 1
        await ws.close()


@pytest.mark.parametrize(
    ("proxies", "header", "expected"),
    [
        (("127.0.0.1",), "CF-IPCountry", "DE"),
        (("127.0.0.1",), "X-Other", ""),
        (("127.0.0.1",), "", ""),
        (("10.0.0.1",), "CF-IPCountry", ""),
    ],
)
async def test_a_country_is_believed_from_proxies_only(
    serve: Serve, proxies: tuple[str, ...], header: str, expected: str
) -> None:
    told = Moderation(country_header=header)
    names = {"CF-IPCountry": "de"}
    async with (
        serve(trusted_proxies=proxies, moderation=told) as server,
        aiohttp.ClientSession() as http,
        http.get(f"{server.url}/country", headers=names) as response,
    ):
        assert await response.text() == expected


def test_the_last_untrusted_address_is_the_caller() -> None:
    proxies = proxy.TrustedProxies(["10.0.0.0/8"])
    assert proxies.caller("10.0.0.1", "198.51.100.1, 192.0.2.7, 10.0.0.2") == "192.0.2.7"
    assert proxies.caller("192.0.2.1", "198.51.100.1") == "192.0.2.1"
    assert proxies.caller("10.0.0.1", "nonsense") == "10.0.0.1"


async def test_connections_per_address_are_bounded(serve: Serve) -> None:
    async with serve(limits=Limits(connections_per_ip=3)) as server:
        held = [await server.client() for _ in range(3)]
        refused = await Tcp.open(server.address)
        assert await refused.closed()
        await held[0].carrier.close()
        await until(lambda: len(server.gateway._open) == 2)
        assert await (await server.client()).call(b"echo0000") == b"echo0000"


async def test_a_proxy_is_not_bounded_but_those_behind_it_are(serve: Serve) -> None:
    limits = Limits(connections_per_ip=2)
    async with serve(limits=limits, trusted_proxies=("127.0.0.1",)) as server:
        plain = [await Tcp.open(server.address) for _ in range(4)]
        behind = [await server.client(first=header("192.0.2.9")) for _ in range(2)]
        for client in behind:
            assert await client.call(b"echo0000") == b"echo0000"
        refused = await Tcp.open(server.address, first=header("192.0.2.9"))
        assert await refused.closed()
        await server.client(first=header("192.0.2.10"))
        for carrier in plain:
            client = Client(carrier, await exchange(carrier, server.keys))
            assert await client.call(b"echo0000") == b"echo0000"


async def test_budgets_are_lifted_on_loopback_with_dev(serve: Serve) -> None:
    limits = Limits(connections_per_ip=1, handshakes_per_ip=1)
    async with serve(dev=True, limits=limits) as server:
        clients = [await server.client() for _ in range(3)]
        for client in clients:
            assert await client.call(b"echo0000") == b"echo0000"


async def test_key_exchanges_per_address_are_bounded(serve: Serve) -> None:
    async with serve(limits=Limits(handshakes_per_ip=2)) as server:
        client = await server.client()
        await server.client()
        carrier = await Tcp.open(server.address)
        with pytest.raises(PeerFault):
            await exchange(carrier, server.keys)
        assert await client.call(b"echo0000") == b"echo0000", "whoever has a key is not concerned"


async def test_unfinished_key_exchange_is_closed(serve: Serve) -> None:
    async with serve(limits=Limits(handshake_seconds=1)) as server:
        carrier = await Tcp.open(server.address)
        with guarded("closed after a second"):
            assert await carrier.closed()


async def test_silent_connection_is_closed_and_its_session_kept(serve: Serve) -> None:
    async with serve(limits=Limits(idle_seconds=1)) as server:
        client = await server.client()
        await client.call(b"echo0000")
        assert isinstance(client.carrier, Tcp)
        assert await client.carrier.closed()
        assert not server.rooms.links[0].connected
        assert len(server.gateway.sessions) == 1


async def test_oversize_frame_is_closed(serve: Serve) -> None:
    async with serve(limits=Limits(frame_bytes=4096)) as server:
        client = await server.client("intermediate")
        await client.begin(b"echo" * 2000)
        assert isinstance(client.carrier, Tcp)
        assert await client.carrier.closed()


async def test_body_that_does_not_come_is_closed(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("petitbleu.gateway.http._BODY_SECONDS", 0.5)
    async with serve() as server:
        reader, writer = await asyncio.open_connection(*server.address)
        writer.write(b"POST /api HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc")
        with contextlib.suppress(ConnectionResetError):
            assert await asyncio.wait_for(reader.read(), GUARD) == b""
        writer.close()


async def test_endless_request_head_is_refused(serve: Serve) -> None:
    async with serve() as server:
        reader, writer = await asyncio.open_connection(*server.address)
        writer.write(b"GET / HTTP/1.1\r\n")
        try:
            for _ in range(200):
                writer.write(b"X-Filler: " + b"a" * 1000 + b"\r\n")
                await writer.drain()
            answer = await asyncio.wait_for(reader.read(), GUARD)
        except ConnectionError:
            answer = b""
        assert answer == b"" or answer.startswith(b"HTTP/1.1 400")
        writer.close()


async def test_the_next_request_of_a_connection_comes_in_time_too(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("petitbleu.gateway.http._HEAD_SECONDS", 1.0)
    async with serve() as server:
        reader, writer = await asyncio.open_connection(*server.address)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), GUARD)
        assert answer.startswith(b"HTTP/1.1 200")
        writer.write(b"GET / HTT")
        await until(lambda: not server.gateway.budgets.open)
        writer.close()


@pytest.mark.parametrize("head", [b"", b"Connection: close\r\n"], ids=["kept", "closed"])
async def test_who_takes_nothing_of_an_answer_is_left(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, head: bytes
) -> None:
    monkeypatch.setattr("petitbleu.gateway.http._STALLED_SECONDS", 1.0)
    async with serve() as server:
        sock = socket.create_connection(server.address)
        sock.sendall(b"GET /much HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n")
        await until(lambda: server.gateway.budgets.open)
        await until(lambda: not server.gateway.budgets.open)
        sock.close()


async def test_who_reads_slowly_gets_all(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("petitbleu.gateway.http._STALLED_SECONDS", 30.0)
    async with serve() as server:
        reader, writer = await asyncio.open_connection(*server.address, limit=1 << 16)
        writer.write(b"GET /much HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        size = 0
        async with asyncio.timeout(GUARD):
            while data := await reader.read(1 << 18):
                size += len(data)
                await asyncio.sleep(0.001)
        assert size > 1 << 24
        writer.close()


async def test_unfinished_bodies_of_one_address_share_a_budget(serve: Serve) -> None:
    limits = Limits(buffered_bytes_per_ip=200_000)
    async with serve(limits=limits, trusted_proxies=("127.0.0.1",)) as server:
        gateway, writers = server.gateway, []

        async def begun(ip: str, path: str = "/form") -> asyncio.StreamReader:
            reader, writer = await asyncio.open_connection(*server.address)
            writers.append(writer)
            head = (
                f"POST {path} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: {ip}\r\n"
                "Content-Length: 100000\r\n\r\n"
            )
            writer.write(head.encode() + bytes(90_000))
            return reader

        held = await begun("192.0.2.7")
        await begun("192.0.2.7", "/api")
        await until(lambda: gateway.buffered == 180_000)
        refused = await begun("192.0.2.7")
        answer = await asyncio.wait_for(refused.read(), GUARD)
        assert answer.startswith(b"HTTP/1.1 503") and b"Retry-After" in answer
        await until(lambda: gateway.buffered == 180_000)
        others = await begun("192.0.2.8")
        await until(lambda: gateway.buffered == 270_000)
        for reader, writer in ((held, writers[0]), (others, writers[-1])):
            writer.write(bytes(10_000))
            assert (await asyncio.wait_for(reader.read(64), GUARD)).startswith(b"HTTP/1.1 200")
        await until(lambda: gateway.buffered == 90_000)
        for writer in writers:
            writer.close()
        await until(lambda: gateway.buffered == 0)
        assert not gateway.buffered_by


async def test_unfinished_messages_of_websockets_share_the_budget(serve: Serve) -> None:
    async with serve(limits=Limits(buffered_bytes_per_ip=200_000)) as server:
        writers = []
        for number in range(3):
            reader, writer = await asyncio.open_connection(*server.address)
            writers.append(writer)
            writer.write(
                b"GET /apiws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
            )
            await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), GUARD)
            # A binary message of a million bytes, masked, of which some come.
            writer.write(b"\x82\xff" + struct.pack(">Q", 1_000_000) + b"mask" + bytes(90_000))
            if number < 2:
                await until(lambda n=number: server.gateway.buffered == 90_000 * (n + 1))
            else:
                said = await asyncio.wait_for(reader.read(), GUARD)
                assert said[2:4] == struct.pack(">H", CloseCode.TRY_AGAIN_LATER)
        for writer in writers:
            writer.close()
        await until(lambda: server.gateway.buffered == 0)


@pytest.mark.parametrize(
    ("begun", "piece"),
    [(b"0\r\n", b"A: b\r\n"), (b"0\r\nA: ", b"bbbbbbbb"), (b"1;", b"name=value;")],
    ids=["fields behind the body", "one long field", "remarks on a piece"],
)
async def test_what_stands_about_a_body_without_end_is_cut_off(
    serve: Serve, begun: bytes, piece: bytes
) -> None:
    async with serve() as server:
        _, writer = await asyncio.open_connection(*server.address)
        writer.write(
            b"POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + begun
        )
        with pytest.raises(ConnectionError):
            for _ in range(2000):
                writer.write(piece * 2000)
                await writer.drain()
        await until(lambda: not server.gateway.budgets.open)
        writer.close()


async def test_fields_behind_a_body_are_passed_over_and_small_pieces_taken(serve: Serve) -> None:
    async with serve() as server:
        reader, writer = await asyncio.open_connection(*server.address)
        body = b"1\r\nx\r\n" * 50_000 + b"0\r\nX-Forwarded-For: 192.0.2.9\r\nA: b\r\n\r\n"
        writer.write(b"POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answers = await asyncio.wait_for(reader.read(), GUARD)
        assert answers.count(b"HTTP/1.1 200") == 2 and b"192.0.2.9" not in answers
        writer.close()


@pytest.mark.parametrize(
    ("text", "found"),
    [("127.0.0.1:80", ("127.0.0.1", 80)), ("[::1]:443", ("::1", 443)), (":8080", ("", 8080))],
)
def test_addresses(text: str, found: tuple[str, int]) -> None:
    assert parse_address(text) == found


@pytest.mark.parametrize("text", ["localhost", "::1:80", "a:b", "a:70000"])
def test_bad_addresses_are_said_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="“"):
        parse_address(text)


@pytest.mark.parametrize(
    ("header", "dialled"),
    [("x-forwarded-for", "::ffff:c000:207"), ("x-forwarded-for", "::ffff:192.0.2.7")],
)
async def test_ipv4_readers_of_a_proxy_with_ipv6_sockets_are_not_one(
    serve: Serve, header: str, dialled: str
) -> None:
    limits = Limits(connections_per_ip=1)
    async with serve(limits=limits, trusted_proxies=("127.0.0.1",)) as server:
        url = f"ws://127.0.0.1:{server.address[1]}/apiws"
        held = [
            await WebSocket.open(url, additional_headers={header: one})
            for one in (dialled, "::ffff:c000:208")
        ]
        for carrier in held:
            await exchange(carrier, server.keys)
        with pytest.raises(InvalidStatus):
            await WebSocket.open(url, additional_headers={header: "192.0.2.7"})
        for carrier in held:
            await carrier.close()


async def test_ipv4_readers_in_a_proxy_header_of_ipv6_are_not_one(serve: Serve) -> None:
    limits = Limits(connections_per_ip=1)
    async with serve(limits=limits, trusted_proxies=("127.0.0.1",)) as server:
        sources = ("::ffff:192.0.2.7", "::ffff:192.0.2.8")
        held = [await server.client(first=header(source)) for source in sources]
        for client, source in zip(held, sources, strict=True):
            said = await client.call(b"addr")
            assert source.removeprefix("::ffff:").encode() in said
        refused = await Tcp.open(server.address, first=header("192.0.2.7"))
        assert await refused.closed()


def test_exchanges_are_counted_by_the_minute() -> None:
    budgets = Budgets(Limits(handshakes_per_ip=2), 100)
    origin = Origin("192.0.2.1", 1, ("", 0), False, False, "192.0.2.1")
    assert [budgets.exchange(origin, 0.0) for _ in range(3)] == [True, True, False]
    assert budgets.exchange(origin, 61.0)


class Item:
    def __init__(self, deadline: float, fired: Callable[[float], None]) -> None:
        self.deadline, self.slot, self.expired = deadline, 0, fired


def test_wheel_fires_late_by_a_tick_at_most_and_never_early() -> None:
    now = 100.0
    fired: list[float] = []
    wheel = TimerWheel(lambda: now)
    wheel.add(Item(103.2, fired.append))
    moved = Item(101.0, fired.append)
    wheel.add(moved)
    moved.deadline = 104.0
    gone = Item(102.0, fired.append)
    wheel.add(gone)
    wheel.remove(gone)
    while now < 110:
        now += 0.1
        wheel.tick(now)
    assert [103.2 <= fired[0] <= 103.2 + TICK + 0.1, 104.0 <= fired[1] <= 104.0 + TICK + 0.1] == [
        True,
        True,
    ]
    assert len(fired) == 2 and len(wheel) == 0


def test_wheel_moves_an_item_to_an_earlier_slot() -> None:
    fired: list[float] = []
    wheel = TimerWheel(lambda: 0.0)
    item = Item(500.0, fired.append)
    wheel.add(item)
    item.deadline = 2.0
    wheel.add(item)
    wheel.tick(3.0)
    assert fired == [3.0]
    wheel.tick(900.0)
    assert fired == [3.0]
