"""Texts for the tests of the filter, and a service that speaks the Akismet protocol."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qsl

from msgspec import structs

from petitbleu.app import App
from petitbleu.domain.safety.antispam import service
from petitbleu.domain.safety.antispam.submission import Submission

GOOD = "Merci pour le compte rendu du conseil, la rue des Lilas attend son trottoir depuis {} ans."
BAD = "Cheap pills and easy loans, order now at https://pills{}.example/buy and win money!"


def good(n: int, **more: str) -> Submission:
    """A comment as people write them."""
    return Submission(GOOD.format(n), author="Ada", email=f"ada{n}@example.org", **more)


def bad(n: int, **more: str) -> Submission:
    """A comment as nobody wants them."""
    return Submission(BAD.format(n), author="Best Pills", email=f"x{n}@pills.example", **more)


def ignorant(app: App) -> None:
    """An instance that begins knowing nothing, as the setting has it."""
    settings = structs.replace(app.config.antispam, seed=False)
    app.config = structs.replace(app.config, antispam=settings)


async def train(app: App, times: int = 12) -> None:
    """Have people judge that many good and bad texts."""
    for n in range(times):
        for text, spam in ((good(n), False), (bad(n), True)):
            checked = await service.check(app, text, door=service.FORM)
            await service.judge(app, checked.id, spam=spam, by="test")


class Outside:
    """A real HTTP server in the role of the outside service. ``answers``: call -> what it says;
    ``asked``: (method, path, host, fields) of each call.
    """

    def __init__(self) -> None:
        self.answers = {
            "verify-key": "valid",
            "comment-check": "false",
            "submit-spam": "Thanks for making the web a better place.",
            "submit-ham": "Thanks for making the web a better place.",
            "usage-limit": '{"limit": 500, "usage": 3, "percentage": "0.60", "throttled": false}',
            "key-sites": '{"2026-11": [], "limit": 500, "offset": 0, "total": 0}',
        }
        self.headers = ""
        self.status = "200 OK"
        self.wait = 0.0
        self.raw: list[bytes] = []
        """Said instead of an answer, as pieces a tenth of a second apart; then the end."""
        self.asked: list[tuple[str, str, str, dict[str, str]]] = []
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.split("\r\n")
        named = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
        method, target, _ = first.split(" ")
        path, _, query = target.partition("?")
        body = (await reader.readexactly(int(named.get("content-length", 0)))).decode()
        self.asked.append((method, path, named["host"], dict(parse_qsl(body or query))))
        await asyncio.sleep(self.wait)
        if self.raw:
            await self._lie(writer)
            return
        text = self.answers[path.rpartition("/")[2]].encode()
        writer.write(
            f"HTTP/1.1 {self.status}\r\n{self.headers}Content-Length: {len(text)}\r\n"
            "Connection: close\r\n\r\n".encode()
            + text
        )
        await writer.drain()
        writer.close()

    async def _lie(self, writer: asyncio.StreamWriter) -> None:
        for piece in self.raw:
            writer.write(piece)
            try:
                await writer.drain()
            except ConnectionError:
                break
            await asyncio.sleep(0.1)
        writer.close()


@asynccontextmanager
async def outside() -> AsyncIterator[Outside]:
    """The service, listening on this machine."""
    made = Outside()
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield made
    finally:
        server.close()
