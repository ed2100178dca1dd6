"""The examples for nginx and Caddy, run with the programs themselves: pages, HTTP, WebSocket.

Only what has to differ on a test machine is changed in the example: addresses, and the certificate.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from petitbleu.bench import nginx, people, public
from petitbleu.bench.exchange import Address
from petitbleu.bench.server import HOST, Server
from petitbleu.bench.wire_client import Connection
from petitbleu.keys import RsaKeys
from petitbleu.tl import api, codec
from tests.gateway.wire import Carrier, Client, Http, WebSocket, exchange
from tests.kit.waiting import asked_until
from tests.run.process import Process, with_layer

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
_PATH = os.environ.get("PATH", "") + ":/usr/sbin"
PRESENT = {name: found for name in ("nginx", "caddy") if (found := shutil.which(name, path=_PATH))}


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


def caddy_command(folder: Path, port: int, upstream: int) -> list[str]:
    text = (DEPLOY / "Caddyfile").read_text("utf-8")
    text = text.replace("reverse_proxy 127.0.0.1:8080", f"reverse_proxy 127.0.0.1:{upstream}")
    text = text.replace("\nchat.example.org {", f"\nhttp://127.0.0.1:{port} {{")
    config = folder / "Caddyfile"
    config.write_text("{\n\tadmin off\n\tauto_https off\n}\n" + text, "utf-8")
    return [PRESENT["caddy"], "run", "--config", str(config), "--adapter", "caddyfile"]


COMMANDS = {"nginx": nginx.command, "caddy": caddy_command}


@contextlib.contextmanager
def proxied(name: str, folder: Path, upstream: int) -> Iterator[int]:
    """The port of a running proxy in front of ``upstream``."""
    port = free_port()
    environment = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    process = subprocess.Popen(
        COMMANDS[name](folder, port, upstream),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
    )
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            assert process.poll() is None, process.stdout and process.stdout.read()
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.communicate(timeout=10)


async def calls(carrier: Carrier, keys: RsaKeys) -> None:
    client = Client(carrier, await exchange(carrier, keys))
    config = codec.decode(await client.call(with_layer(api.help.GetConfig())))
    assert isinstance(config, api.Config)
    await carrier.close()


class Writer:
    """Somebody with a channel that has a public page."""

    def __init__(self, connection: Connection, peer: api.InputPeerChannel) -> None:
        self._connection = connection
        self._peer = peer

    @classmethod
    async def of(cls, server: Server) -> Writer:
        at = Address(HOST, server.port, server.public_key())
        connection = await people.online(at, await people.sign_up(at, 1))
        return cls(connection, await public.channel(connection, server))

    async def say(self, text: str) -> None:
        saying = api.messages.SendMessage(peer=self._peer, message=text, random_id=hash(text))
        await self._connection.call(people.request(saying))


if PRESENT:

    @pytest.mark.deploy
    @pytest.mark.parametrize("name", sorted(PRESENT))
    async def test_example_passes_pages_http_and_websocket(name: str, tmp_path: Path) -> None:
        data = tmp_path / "data"
        data.mkdir()
        (data / "petitbleu.toml").write_text('trusted_proxies = ["127.0.0.1"]\n')
        server = Process(data, "--dev")
        keys = RsaKeys.load_or_create(data / "keys")
        try:
            with proxied(name, tmp_path, server.address[1]) as port:
                async with aiohttp.ClientSession() as http:
                    for path, status in (
                        ("/?q=words", 200), ("/healthz", 404), ("/dev", 404), ("/join/a-key", 410),
                        ("/s/mairie~a-key", 404),
                    ):  # fmt: skip
                        async with http.get(f"http://127.0.0.1:{port}{path}") as response:
                            assert response.status == status, path
                await calls(Http(f"http://127.0.0.1:{port}/api"), keys)
                await calls(await WebSocket.open(f"ws://127.0.0.1:{port}/apiws"), keys)
        finally:
            code, errors = server.stop()
        assert code == 0 and "[error" not in errors, errors
        if name == "nginx":
            log = (tmp_path / "petitbleu.log").read_text()
            assert log.startswith("127.0.0.0 [")
            for path in ("/", "/join/...", "/s/mairie~..."):
                assert f'"GET {path}"' in log
            assert "127.0.0.1" not in log and "words" not in log and "a-key" not in log


if "nginx" in PRESENT:

    @pytest.mark.deploy
    async def test_nginx_keeps_public_pages_for_two_seconds_and_nothing_else(
        tmp_path: Path,
    ) -> None:
        server = Server(tmp_path / "data")
        server.data.mkdir()
        settings = 'trusted_proxies = ["127.0.0.1"]\npublic_url = "http://chat.example.org"\n'
        (server.data / "petitbleu.toml").write_text(settings, "utf-8")
        server.start()
        try:
            with proxied("nginx", tmp_path, server.port) as port:
                writer = await Writer.of(server)
                await writer.say("Première nouvelle")

                async def get(path: str, language: str = "fr") -> tuple[str, str]:
                    asked = {"Accept-Language": language}
                    url = f"http://127.0.0.1:{port}{path}"
                    async with http.get(url, headers=asked) as answer:
                        return answer.headers.get("X-Cache", ""), await answer.text()

                async with aiohttp.ClientSession() as http:
                    assert (await get("/s/gazette"))[0] == "MISS"
                    assert (await get("/s/gazette"))[0] == "HIT"
                    kept, page = await get("/s/gazette", "en-GB")
                    assert kept == "MISS" and "Open in the app" in page
                    assert (await get("/s/gazette", "en-US,fr"))[0] == "HIT"
                    await writer.say("Deuxième nouvelle")

                    async def shows_it() -> bool:
                        return "Deuxième" in (await get("/s/gazette"))[1]

                    await asked_until(shows_it)  # what is kept is kept for two seconds
                    assert (await get("/"))[0] == "MISS"

                    async def is_kept() -> bool:
                        return (await get("/"))[0] == "HIT"

                    await asked_until(is_kept)
                    for path in ("/signaler", "/gazette/999"):
                        assert "HIT" not in {(await get(path))[0] for _ in range(2)}, path
        finally:
            server.stop()
