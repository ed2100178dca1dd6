"""Subscribers of feeds on a pretended internet, and the hub of an instance."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web as http

from petitbleu.domain.messaging.webpages import service as webpages
from petitbleu.domain.publishing.websub import following, working
from tests.domain.messaging.webpages.inside import Internet
from tests.kit.web import Answer, Browser
from tests.kit.world import World
from tests.web.public import Channel, channel, reader

BASE = "https://chat.example.org"
TOPIC = f"{BASE}/s/mairie/feed.atom"
CALLBACK = "http://reader.example.com/news?user=7"


class Got:
    """A feed that was delivered."""

    def __init__(self, url: str, headers: Any, body: bytes) -> None:
        self.url, self.headers, self.body = url, headers, body


class Readers:
    """Real HTTP servers of subscribers, all behind one socket. ``agrees`` says what they answer
    when they are asked back, ``status`` what they answer to a feed."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.got: list[Got] = []
        self.agrees = "yes"
        self.status = 204
        self.answering = asyncio.Event()
        """While it is not set, whoever calls waits, and is then forgotten."""
        self.answering.set()
        self.internet: Internet
        self._runner = http.AppRunner(self._app())

    def _app(self) -> http.Application:
        app = http.Application()
        app.router.add_get("/{path:.*}", self._ask)
        app.router.add_post("/{path:.*}", self._take)
        return app

    async def _ask(self, request: http.Request) -> http.Response:
        asked = dict(parse_qsl(request.query_string, keep_blank_values=True))
        await self._awake()
        self.asked.append(asked)
        match self.agrees:
            case "yes":
                return http.Response(text=asked["hub.challenge"])
            case "moved":
                return http.Response(status=302, headers={"location": "http://10.0.0.1/"})
            case "long":
                return http.Response(text=asked["hub.challenge"] + "x" * 9000)
            case "upgrade":
                headers = {"upgrade": "websocket", "connection": "upgrade"}
                return http.Response(status=101, headers=headers)
            case "wrong":
                return http.Response(text="no")
        return http.Response(text=asked["hub.challenge"], status=404)

    async def _take(self, request: http.Request) -> http.Response:
        await self._awake()
        self.got.append(Got(str(request.url), request.headers, await request.read()))
        return http.Response(status=self.status, headers={"location": "http://10.0.0.1/"})

    async def _awake(self) -> None:
        if not self.answering.is_set():
            await self.answering.wait()
            raise http.HTTPServiceUnavailable

    async def start(self) -> None:
        """Listen."""
        await self._runner.setup()
        await http.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.internet = Internet(self._runner.addresses[0][1], {})

    async def close(self) -> None:
        """End."""
        self.answering.set()
        await self._runner.cleanup()


class Hub:
    """An instance with a channel, a reader's browser and the subscribers."""

    def __init__(self, world: World, readers: Readers, made: Channel) -> None:
        self.world, self.readers, self.channel = world, readers, made
        self.browser: Browser = reader(world)
        world.app.parts[webpages.FETCHES].network = readers.internet

    async def ask(self, mode: str = "subscribe", **more: str) -> Answer:
        """POST /hub; ``more`` without ``hub.``."""
        given = {"mode": mode, "topic": TOPIC, "callback": CALLBACK} | more
        return await self.browser.post("/hub", {f"hub.{name}": one for name, one in given.items()})

    async def subscribed(self, mode: str = "subscribe", **more: str) -> None:
        """A subscription that was verified, or the end of one."""
        answer = await self.ask(mode, **more)
        assert answer.status == 202, answer.text
        await working.work(self.world.app)

    async def round(self) -> list[Got]:
        """What comes of what has changed since."""
        before = len(self.readers.got)
        await following.look(self.world.app)
        await working.work(self.world.app)
        return self.readers.got[before:]


async def hub(world: World, readers: Readers) -> Hub:
    """An instance with a channel."""
    return Hub(world, readers, await channel(world))
