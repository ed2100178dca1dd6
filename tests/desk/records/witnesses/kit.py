"""Logs with forks, witnesses in processes of their own, and servers that are none."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from aiohttp import ClientSession, web
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from petitbleu.desk.records.audit import merkle, notes
from petitbleu.desk.records.audit.notes import Checkpoint
from petitbleu.desk.records.witnesses import requests

NAME = "witness.example.org/w1"


class Log:
    """A log of its own: leaves, a key, signed heads."""

    def __init__(self, origin: str = "desk.example.org/journal", fork: bytes = b"") -> None:
        self.origin = origin
        self.key = Ed25519PrivateKey.generate()
        self.fork = fork

    def vkey(self) -> str:
        return notes.verifier(self.origin, self.key.public_key())

    def leaves(self, size: int) -> list[bytes]:
        """Leaf hashes; a fork differs from line 5 on."""
        return [merkle.node(b"%d" % n, self.fork if n >= 5 else b"") for n in range(size)]

    def note(self, size: int) -> str:
        root = merkle.Tree(self.leaves(size)).root() if size else merkle.EMPTY
        return notes.sign(Checkpoint(self.origin, size, root), self.key)

    def body(self, old: int, size: int) -> bytes:
        proof = merkle.Tree(self.leaves(size)).consistency(old) if 0 < old <= size else []
        return requests.write(old, proof, self.note(size))

    def forked(self) -> Log:
        """The same log with other lines from the fifth."""
        other = Log(self.origin, b"another")
        other.key = self.key
        return other


class Running(NamedTuple):
    """A witness in another process."""

    process: asyncio.subprocess.Process
    url: str
    key: str

    @property
    def setting(self) -> str:
        return f"{self.url} {self.key}"

    async def post(self, body: bytes) -> tuple[int, str, str]:
        """Status, text, content type."""
        async with (
            ClientSession() as session,
            session.post(f"{self.url}/add-checkpoint", data=body) as answer,
        ):
            return answer.status, await answer.text(), answer.headers["content-type"]

    async def newest(self, name: str) -> tuple[int, str]:
        async with ClientSession() as session, session.get(f"{self.url}/{name}") as answer:
            return answer.status, await answer.text()


def _arguments(folder: Path, *logs: str) -> list[str]:
    found = [sys.executable, "-c", "from petitbleu.cli import main; main()", "witness", "--json"]
    found += ["--listen", "127.0.0.1:0", "--data", str(folder), "--name", NAME]
    return [*found, *(word for log in logs for word in ("--log", log))]


async def begin(folder: Path, *logs: str) -> Running:
    """Start a witness."""
    process = await asyncio.create_subprocess_exec(
        *_arguments(folder, *logs), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    said = json.loads(await process.stdout.readline())
    return Running(process, said["address"], said["key"])


async def refused(folder: Path, *logs: str) -> str:
    """What a start says that is refused."""
    process = await asyncio.create_subprocess_exec(
        *_arguments(folder, *logs), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert process.returncode == 1
    return str(json.loads(out)["error"])


@asynccontextmanager
async def running(folder: Path, *logs: str) -> AsyncIterator[Running]:
    """A witness in another process, ended afterwards."""
    made = await begin(folder, *logs)
    try:
        yield made
    finally:
        if made.process.returncode is None:
            made.process.terminate()
            await made.process.wait()


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def serving(handler: Handler) -> AsyncIterator[str]:
    """A server in this process that answers everything with ``handler``; its address."""
    made = web.Application(client_max_size=1 << 20)
    made.router.add_route("*", "/{rest:.*}", handler)
    runner = web.AppRunner(made, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
