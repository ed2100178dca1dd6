"""The hub of a real process that is killed between what it promises and what it does."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from petitbleu.bench.server import HOST, Server
from petitbleu.keys import RsaKeys, Secrets
from petitbleu.store.sqlite import SqliteStore
from tests.domain.publishing.websub import inward
from tests.domain.publishing.websub.kit import CALLBACK, Readers
from tests.kit.world import World, running
from tests.web import public, rules

SECONDS = 20.0


class Inward(Server):
    """The server whose internet are our readers."""

    inside = 0

    def command(self, *words: str) -> list[str]:
        script = [sys.executable, str(inward.__file__), str(self.inside)]
        return [*script, *words, "--data", str(self.data)]


@pytest.fixture
def server(tmp_path: Path, readers: Readers, monkeypatch: pytest.MonkeyPatch) -> Iterator[Inward]:
    """One that is not started yet."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[4]), prepend=":")
    made = Inward(tmp_path / "data")
    made.inside = readers.internet.port
    made.data.mkdir(mode=0o700)
    settings = f'public_url = "http://{HOST}:{made.port}"\n[web]\nwebsub = true\n'
    (made.data / "petitbleu.toml").write_text(settings, "utf-8")
    yield made
    made.kill()


async def filled(data: Path) -> None:
    """A channel with a page and a post, as an instance before this one left it."""
    made = World(SqliteStore(data), data)
    (data / "keys").mkdir(mode=0o700)
    RsaKeys.load_or_create(data / "keys")
    made.app.secrets = Secrets.load_or_create(data / "keys")
    async with running(made) as world:
        world.clock.advance(time.time() - world.clock.now() - 60)
        channel = await public.channel(world)
        await channel.say("Avant")
        await world.settle()
        await world.app.store.close()


async def until(readers: Readers, asked: int, got: int) -> None:
    """Wait until callbacks were asked and sent so often."""
    async with asyncio.timeout(SECONDS):
        while len(readers.asked) < asked or len(readers.got) < got:
            await asyncio.sleep(0.02)


async def until_kept(data: Path) -> None:
    """Wait until the server has kept that a callback agreed: killed before, it would ask again."""
    async with asyncio.timeout(SECONDS):
        with contextlib.closing(sqlite3.connect(data / "petitbleu.sqlite")) as database:
            while not database.execute("select count(*) from websub_subscription").fetchone()[0]:
                await asyncio.sleep(0.02)


async def test_what_was_acknowledged_or_changed_outlives_the_process(
    server: Inward, readers: Readers
) -> None:
    await filled(server.data)
    await asyncio.to_thread(server.start)
    topic = f"http://{HOST}:{server.port}/s/mairie/feed.atom"
    form = {"hub.mode": "subscribe", "hub.topic": topic, "hub.callback": CALLBACK}
    readers.answering.clear()
    async with aiohttp.ClientSession() as session:
        answer = await session.post(f"http://{HOST}:{server.port}/hub", data=form)
        assert answer.status == 202
    server.kill()
    readers.answering.set()
    await asyncio.to_thread(server.start)
    await until(readers, 1, 0)
    await until_kept(server.data)
    readers.answering.clear()
    words = ("admin", "channel", "public", "mairie", "on", "language=fr")
    await asyncio.to_thread(server.run, *words)
    server.kill()  # before it has sent the feed, or in the middle of that
    readers.answering.set()
    await asyncio.to_thread(server.start)
    await until(readers, 1, 1)
    (got,) = readers.got
    assert rules.atom_problems(got.body) == []
    assert rules.xml(got.body).get(rules.LANG) == "fr"
    assert (len(readers.asked), "[error" in server.log().lower()) == (1, False), server.log()
