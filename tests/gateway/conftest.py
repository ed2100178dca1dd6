"""A real gateway on a real SQLite store and real sockets; only the rooms are stood in for."""

from __future__ import annotations

import asyncio
import contextlib
import os
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import structlog
import uvloop

from petitbleu.app import App
from petitbleu.clock import SystemClock
from petitbleu.config import Config
from petitbleu.gateway.gateway import Gateway
from petitbleu.gateway.polling import HttpCarrier
from petitbleu.keys import RsaKey, RsaKeys, Secrets
from petitbleu.rpc.links import Links, RpcSession
from petitbleu.store.sqlite import SqliteStore
from tests.gateway.wire import Client, Tcp, exchange

OK = b"done"


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Carriers are tried on uvloop and on plain asyncio, the rest on what a server runs on."""
    both = {"uvloop": uvloop.new_event_loop, "asyncio": asyncio.new_event_loop}
    return both if item.path.name == "test_carriers.py" else {"uvloop": both["uvloop"]}


class Rooms:
    """A dispatcher whose calls do what their first four bytes say."""

    def __init__(self) -> None:
        self.links: list[RpcSession] = []
        self.gate = asyncio.Event()
        self.begun = 0
        self.cancelled = 0
        self.ended: list[RpcSession] = []

    async def call(self, link: RpcSession, msg_id: int, body: bytes, now: float) -> bytes:
        """``echo``: the body; ``hold``: after the gate opens; ``push``: push the rest, then OK."""
        if link not in self.links:
            self.links.append(link)
        self.begun += 1
        word = body[:4]
        if word == b"hold":
            try:
                await self.gate.wait()
            except asyncio.CancelledError:
                self.cancelled += 1
                raise
        elif word == b"push":
            link.push(body[4:])
            return OK
        elif word == b"end!":  # the login of this very session
            await asyncio.sleep(0)
            link.close()
            await asyncio.sleep(0.01)
            return OK
        elif word == b"bind":
            assert link.bound is not None
            link.bound(int.from_bytes(body[4:12], "little", signed=True))
            return OK
        elif word == b"who?":
            return OK + link.auth_key_id.to_bytes(8, "little", signed=True)
        elif word == b"addr":
            text = f"{link.ip} {link.dc} {link.local_address[1]}".encode()
            return OK + text + bytes(-len(text) % 4)
        return body

    def closed(self, link: RpcSession) -> None:
        self.ended.append(link)


class Server:
    """A running gateway."""

    def __init__(
        self, gateway: Gateway, rooms: Rooms, links: Links, address: tuple[str, int]
    ) -> None:
        self.gateway, self.rooms, self.links, self.address = gateway, rooms, links, address
        self.keys = gateway.rsa_keys

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.address[1]}"

    async def client(self, kind: str = "abridged", **options: Any) -> Client:
        """A client that has its key, on one TCP connection."""
        carrier = await Tcp.open(self.address, kind, **options)
        return Client(carrier, await exchange(carrier, self.keys))

    async def again(self, client: Client, kind: str = "abridged") -> None:
        """Move a client's session to a new connection."""
        client.carrier = await Tcp.open(self.address, kind)


@pytest.fixture(scope="session")
def rsa_keys() -> RsaKeys:
    return RsaKeys([RsaKey.generate()])


async def page(scope: Any, receive: Any, send: Any) -> None:
    """The web application's stand-in: says who calls; ``/api`` is the gateway's."""
    if scope["path"].startswith("/api"):
        await scope["state"]["carrier"](scope, receive, send)
        return
    text = f"{scope['client'][0]} {scope['petitbleu.loopback']}".encode()
    if scope["path"] == "/country":
        text = scope["petitbleu.country"].encode()
    if scope["path"] == "/much":
        text = bytes(1 << 24)
    if scope["path"] == "/form":
        while (await receive()).get("more_body"):
            pass
    headers = [(b"content-length", str(len(text)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": text})


Serve = Callable[..., contextlib.AbstractAsyncContextManager[Server]]


@pytest.fixture
def serve(tmp_path: Path, rsa_keys: RsaKeys) -> Serve:
    """``async with serve(**settings) as server``; ``limits=Limits(…)`` and the like."""

    secrets = Secrets.create()  # of the instance: a second start has them too

    @contextlib.asynccontextmanager
    async def run(**settings: Any) -> AsyncIterator[Server]:
        settings = {"data": tmp_path, "listen": ("127.0.0.1:0",)} | settings
        config = Config(**settings)
        store = SqliteStore(tmp_path, synchronous="NORMAL")
        links, rooms = Links(), Rooms()
        tasks: set[asyncio.Task[Any]] = set()

        def spawn(work: Any) -> None:
            task = asyncio.ensure_future(work)
            tasks.add(task)
            task.add_done_callback(tasks.discard)

        app = App(
            store=store,
            clock=SystemClock(),
            config=config,
            secrets=secrets,
            random=os.urandom,
            log=structlog.get_logger(),
            spawn=spawn,
            sessions=links,
        )
        gateway = Gateway(app, rooms, links, rsa_keys)
        carrier = HttpCarrier(gateway)

        async def asgi(scope: Any, receive: Any, send: Any) -> None:
            scope["state"] = {"carrier": carrier}
            await page(scope, receive, send)

        addresses = await gateway.start(asgi)
        try:
            yield Server(gateway, rooms, links, addresses[0])
        finally:
            rooms.gate.set()
            await gateway.stop(2.0)
            await store.close()

    return run


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A self-signed certificate for localhost: (certificate, key)."""
    folder = tmp_path_factory.mktemp("tls")
    return make_certificate(folder, "localhost")


def make_certificate(folder: Path, name: str) -> tuple[Path, Path]:
    import datetime

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    cert = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    cert_file, key_file = folder / "cert.pem", folder / "key.pem"
    cert_file.write_bytes(cert.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return cert_file, key_file


@pytest.fixture
def trusting(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    """A client context that trusts the test certificate."""
    return ssl.create_default_context(cafile=str(certificate[0]))
