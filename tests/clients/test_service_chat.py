"""Telethon writes to 777000 and a channel is on the web; kill -9 loses and doubles no answer."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from petitbleu.bench.server import HOST, Server
from tests.clients import environments
from tests.clients.driver import Driver

pytestmark = pytest.mark.asyncio(loop_scope="module")

SERVICE = 777000
KILLED_AMONG = 8


class Town:
    """A server, and somebody with a client."""

    def __init__(self, folder: Path) -> None:
        environments.prepare("telethon")
        self.server = Server(folder / "data")
        self.server.start()
        told = {"host": HOST, "port": self.server.port, "key": self.server.public_key()}
        self.driver = Driver("telethon", "zoe", told, folder / "zoe")

    async def status(self, path: str) -> int:
        """What the site answers."""

        def ask() -> int:
            try:
                with urllib.request.urlopen(f"http://{HOST}:{self.server.port}{path}") as page:
                    return int(page.status)
            except urllib.error.HTTPError as error:
                return error.code

        return await asyncio.to_thread(ask)

    async def texts(self) -> list[str]:
        """What 777000 said, oldest first."""
        found = await self.driver.call("history", peer=SERVICE, limit=100)
        return [one["text"] for one in sorted(found, key=lambda one: one["id"]) if not one["out"]]

    async def answers(self, count: int) -> list[str]:
        """:meth:`texts` when there are so many."""
        async with asyncio.timeout(30):
            while len(found := await self.texts()) < count:
                await asyncio.sleep(0.1)
        return found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    made = Town(tmp_path_factory.mktemp("service-chat"))
    try:
        await made.driver.start()
        await made.driver.call("connect", session="main")
        await made.driver.call("sign_up", phone="9996614201", code="11111", first="Zoé")
        yield made
    finally:
        await made.driver.stop()
        made.server.stop()


async def test_a_page_is_switched_on_by_a_message_and_read_by_anybody(town: Town) -> None:
    channel = await town.driver.call("create_channel", title="Mairie", group=False)
    await town.driver.call("publish", chat=channel, name="mairie")
    await town.driver.call("send", peer=channel, text="Le marché est ouvert.")
    assert await town.driver.call("resolve", name="petitbleu") == SERVICE
    assert await town.status("/s/mairie") == 404
    await town.driver.call("send", peer=SERVICE, text="page @mairie on")
    (answer,) = await town.answers(1)
    assert "/s/mairie" in answer
    assert await town.status("/s/mairie") == 200


async def test_each_message_is_answered_once_though_the_server_is_killed(town: Town) -> None:
    before = len(await town.texts())
    for number in range(KILLED_AMONG):
        await town.driver.call("send", peer=SERVICE, text=f"page @nowhere{number}")
        if number % 4 == 3:
            town.server.kill()
            await asyncio.to_thread(town.server.start)
    said = (await town.answers(before + KILLED_AMONG))[before:]
    await asyncio.sleep(1)
    assert (await town.texts())[before:] == said
    wanted = [f"@nowhere{number}." for number in range(KILLED_AMONG)]
    assert [one in answer for one, answer in zip(wanted, said, strict=True)] == [True] * len(said)
