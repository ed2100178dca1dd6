"""Every way in: key exchange and calls over each framing, WebSocket, HTTP and TLS, on one port."""

from __future__ import annotations

import asyncio
import os
import ssl
import time
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from websockets.client import ClientProtocol
from websockets.exceptions import InvalidStatus
from websockets.protocol import State
from websockets.uri import parse_uri

from petitbleu.mtproto.transport import client_framing
from tests.gateway.conftest import OK, Serve, make_certificate
from tests.gateway.wire import FRAMINGS, Client, Http, Tcp, WebSocket, exchange
from tests.kit.waiting import GUARD, until


@pytest.mark.parametrize("obfuscated", [False, True], ids=["plain", "obfuscated"])
@pytest.mark.parametrize("kind", sorted(FRAMINGS))
async def test_key_exchange_and_call_over_tcp(serve: Serve, kind: str, obfuscated: bool) -> None:
    async with serve() as server:
        client = await server.client(kind, obfuscated=obfuscated)
        assert await client.call(b"echo1234") == b"echo1234"
        assert await client.call(b"push" + b"news" * 3) == OK
        assert await client.push() == b"news" * 3


async def test_frames_cut_anywhere_are_joined(serve: Serve) -> None:
    async with serve() as server:
        client = await server.client("intermediate")
        tcp = client.carrier
        assert isinstance(tcp, Tcp)
        call = client.session.call(b"echo" * 50, time.time())
        for payload in client.session.data_to_send(time.time()):
            for byte in tcp.framing.pack(payload):
                tcp.writer.write(bytes((byte,)))
                await asyncio.sleep(0)
        assert await client.result(call) == b"echo" * 50


@pytest.mark.parametrize("kind", ["abridged", "intermediate", "padded"])
async def test_websocket(serve: Serve, kind: str) -> None:
    async with serve() as server:
        carrier = await WebSocket.open(f"ws://127.0.0.1:{server.address[1]}/apiws", kind)
        assert carrier.socket.subprotocol == "binary"
        client = Client(carrier, await exchange(carrier, server.keys))
        assert await client.call(b"echo1234") == b"echo1234"
        assert await client.call(b"push" + b"news") == OK
        assert await client.push() == b"news"
        await carrier.close()


@pytest.mark.parametrize("cut", [0, 40, 64, 90])
async def test_what_is_said_with_the_handshake_of_a_websocket_is_heard(
    serve: Serve, cut: int
) -> None:
    """A client that does not wait for our answer; ``cut``: where its bytes come in two pieces."""
    async with serve() as server:
        ready = await server.client()
        ws = ClientProtocol(parse_uri(f"ws://127.0.0.1:{server.address[1]}/apiws"))
        framing, tag = client_framing(FRAMINGS["abridged"](client=True), 2, os.urandom)
        client = Client(ready.carrier, ready.key)
        client.session.call(b"echo1234", time.time())
        (payload,) = client.session.data_to_send(time.time())
        ws.send_request(ws.connect())
        head = b"".join(ws.data_to_send())
        ws.state = State.OPEN
        ws.send_binary(tag + framing.pack(payload))
        early = b"".join(ws.data_to_send())
        reader, writer = await asyncio.open_connection(*server.address)
        writer.write(head + early[:cut])
        await asyncio.sleep(0.1)
        writer.write(early[cut:])
        async with asyncio.timeout(GUARD):
            await reader.readuntil(b"\r\n\r\n")
            assert (await reader.readexactly(2))[0] == 0x82, "a binary message comes back"
        writer.close()


async def test_websocket_elsewhere_is_refused(serve: Serve) -> None:
    async with serve() as server:
        with pytest.raises(InvalidStatus) as refused:
            await WebSocket.open(f"ws://127.0.0.1:{server.address[1]}/elsewhere")
        assert refused.value.response.status_code == 404


class Elsewhere:
    """Says of one host that it is another site, at once or when it is asked."""

    def __init__(self, *, remembers: bool) -> None:
        self.remembers = remembers

    def known(self, scope: Any) -> object:
        return self._is(scope) if self.remembers else False

    async def look_up(self, scope: Any) -> object:
        await asyncio.sleep(0.01)
        return self._is(scope)

    @staticmethod
    def _is(scope: Any) -> object:
        return object() if (b"host", b"gazette.example") in scope["headers"] else None


@pytest.mark.parametrize("remembers", [True, False])
async def test_there_is_no_websocket_on_the_host_of_another_site(
    serve: Serve, remembers: bool
) -> None:
    async with serve() as server:
        server.gateway.sites = Elsewhere(remembers=remembers)
        for host, status in (("gazette.example", b"404"), ("chat.example.org", b"101")):
            reader, writer = await asyncio.open_connection(*server.address)
            writer.write(
                b"GET /apiws HTTP/1.1\r\nHost: %b\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Version: 13\r\n\r\n"
                % host.encode()
            )
            async with asyncio.timeout(GUARD):
                line = await reader.readline()
            assert line.split()[1] == status, host
            writer.close()
        ws = await WebSocket.open(f"ws://127.0.0.1:{server.address[1]}/apiws")
        client = Client(ws, await exchange(ws, server.keys))
        assert await client.call(b"echo1234") == b"echo1234"
        await ws.close()


async def test_text_message_closes_the_websocket(serve: Serve) -> None:
    async with serve() as server:
        carrier = await WebSocket.open(f"ws://127.0.0.1:{server.address[1]}/apiws")
        await carrier.socket.send("hello")
        await asyncio.wait_for(carrier.socket.wait_closed(), GUARD)
        assert carrier.socket.close_code == 1003


async def test_http_exchange_call_and_long_poll(serve: Serve) -> None:
    async with serve() as server:
        carrier = Http(f"{server.url}/api")
        client = Client(carrier, await exchange(carrier, server.keys))
        assert await client.call(b"echo1234") == b"echo1234"
        held = await client.begin(b"hold1234")
        await client.begin(b"echo5678")
        server.rooms.gate.set()
        assert await client.result(held) == b"hold1234"
        assert set(carrier.statuses) == {200}
        await carrier.close()


async def test_http_poll_ends_after_max_wait(serve: Serve) -> None:
    async with serve() as server:
        carrier = Http(f"{server.url}/apiw1")
        client = Client(carrier, await exchange(carrier, server.keys))
        await client.call(b"echo1234")
        wait = (0x9299359F).to_bytes(4, "little") + b"".join(
            number.to_bytes(4, "little") for number in (0, 0, 200)
        )
        client.session.tell(wait, time.time())
        carrier.statuses.clear()
        await client.send()
        assert await until(lambda: list(carrier.statuses)) == [200]
        await carrier.close()


async def test_http_unknown_key_is_404_and_cors_is_open(serve: Serve) -> None:
    async with serve() as server, aiohttp.ClientSession() as http:
        async with http.post(f"{server.url}/api", data=b"\x01" * 104) as response:
            assert response.status == 404
            assert await response.read() == (-404).to_bytes(4, "little", signed=True)
            assert response.headers["access-control-allow-origin"] == "*"
        async with http.options(f"{server.url}/apiw1") as response:
            assert response.status == 200
            assert "POST" in response.headers["access-control-allow-methods"]
        async with http.get(f"{server.url}/api") as response:
            assert response.status == 405


async def test_tls_carries_http_websocket_and_raw(
    serve: Serve, certificate: tuple[Path, Path], trusting: ssl.SSLContext
) -> None:
    cert, key = map(str, certificate)
    async with serve(tls_cert=cert, tls_key=key) as server:
        port = server.address[1]
        ws = await WebSocket.open(f"wss://localhost:{port}/apiws", ssl=trusting)
        client = Client(ws, await exchange(ws, server.keys))
        assert await client.call(b"echo" * 30000) == b"echo" * 30000
        await ws.close()
        http = Http(f"https://localhost:{port}/api", trusting)
        client = Client(http, await exchange(http, server.keys))
        assert await client.call(b"echo1234") == b"echo1234"
        await http.close()
        raw = await server.client("abridged", tls=trusting)
        assert await raw.call(b"echo1234") == b"echo1234"
        # The same port still takes plain connections, and those whose first byte looks like TLS.
        assert await (await server.client("full")).call(b"echo1234") == b"echo1234"


async def test_a_renewed_certificate_is_served_without_restart(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("petitbleu.gateway.tls._RECHECK", 0.0)
    folder = tmp_path / "tls"
    folder.mkdir()
    cert, key = make_certificate(folder, "localhost")

    async def served(port: int) -> bytes:
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        _, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context)
        found = writer.get_extra_info("ssl_object").getpeercert(True)
        writer.close()
        assert isinstance(found, bytes)
        return found

    async with serve(tls_cert=str(cert), tls_key=str(key)) as server:
        first = await served(server.address[1])
        make_certificate(folder, "localhost")
        second = await served(server.address[1])
        assert second != first
        key.write_bytes(b"broken")
        assert await served(server.address[1]) == second


async def test_pages_share_the_port(serve: Serve) -> None:
    async with serve() as server, aiohttp.ClientSession() as http:
        async with http.get(f"{server.url}/") as response:
            assert await response.text() == "127.0.0.1 True"
        async with http.get(f"{server.url}/", headers={"X-Forwarded-For": "192.0.2.7"}) as response:
            assert await response.text() == "127.0.0.1 False"


async def test_what_is_no_transport_is_closed(serve: Serve) -> None:
    async with serve() as server:
        reader, writer = await asyncio.open_connection(*server.address)
        writer.write(b"\x2a" * 200)
        assert await asyncio.wait_for(reader.read(), GUARD) == b""
        writer.close()


async def test_obfuscated_header_names_the_dc(serve: Serve) -> None:
    async with serve() as server:
        carrier = await Tcp.open(server.address, "padded", obfuscated=True, dc=-4)
        client = Client(carrier, await exchange(carrier, server.keys, dc=-4))
        assert (await client.call(b"addr")).startswith(b"done127.0.0.1 4 ")
