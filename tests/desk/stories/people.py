"""The people of the stories: Telethon's clients, of one process."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from petitbleu.bench.server import HOST
from tests.clients import environments
from tests.desk.stories.place import Place
from tests.kit.waiting import GUARD, until

OLGA, RITA, RENE = "Olga", "Rita", "René"
"""Who runs the channel (in France), a reader in Germany, a reader in France."""
PHONES = {OLGA: "33655500011", RITA: "4915155500012", RENE: "33655500013"}
LANGUAGES = {OLGA: "fr", RITA: "en", RENE: "fr"}
CHANNEL = "schwarze_front"


class Telegram:
    """Their clients: ``await do("say", OLGA, to=…, text=…)``; ``seen``: what they were told."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._ids = itertools.count(1)
        self._waits: dict[int, asyncio.Future[Any]] = {}
        self.seen: list[dict[str, Any]] = []
        self.ids: dict[str, int] = {}
        self.channel = 0
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            said = json.loads(line)
            if "event" in said:
                self.seen.append(said)
            elif "wrong" in said:
                self._waits.pop(said["id"]).set_exception(RuntimeError(said["wrong"]))
            else:
                self._waits.pop(said["id"]).set_result(said["is"])
        for one in self._waits.values():
            one.set_exception(RuntimeError("the clients have ended"))

    async def do(self, what: str, who: str = "", **more: Any) -> Any:
        """Let one do something (a method of ``telegram.py``). Raises RuntimeError."""
        id = next(self._ids)
        done = self._waits[id] = asyncio.get_running_loop().create_future()
        asked = {"id": id, "do": what, **({"who": who} if who else {}), **more}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asked).encode() + b"\n")
        return await asyncio.wait_for(done, GUARD)

    async def texts(self, who: str, of: Any = CHANNEL) -> list[str]:
        """What somebody reads in a chat, oldest first."""
        return [one["text"] for one in await self.do("read", who, of=of)]

    async def told(self, who: str, *words: str) -> str:
        """The newest message of the service to somebody with all these words, once it is there."""

        def found() -> str:
            said = [one["text"] for one in self.seen if (one["event"], one["who"]) == ("told", who)]
            return next((t for t in reversed(said) if all(w in t for w in words)), "")

        try:
            return str(await until(found))
        except TimeoutError:
            left = [one["text"] for one in self.seen if one["who"] == who and "text" in one]
            raise AssertionError(f"{who} was not told {words}: {left}") from None

    async def gone(self, who: str, post: int) -> float:
        """When somebody's client heard that a post is gone, once it has."""

        def found() -> list[float]:
            return [
                one["at"]
                for one in self.seen
                if (one["event"], one["who"]) == ("deleted", who) and post in one["ids"]
            ]

        return float((await until(found))[0])

    async def leave(self) -> None:
        """End."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), 15)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        self._reading.cancel()


@asynccontextmanager
async def people(place: Place) -> AsyncIterator[Telegram]:
    """They sign up; all know one another, Olga makes her channel, the others subscribe."""
    await asyncio.to_thread(environments.prepare, "telethon")
    script = Path(__file__).with_name("telegram.py")
    words = [*environments.interpreter("telethon"), str(script), HOST, str(place.server.port)]
    process = await asyncio.create_subprocess_exec(
        *words,
        place.server.public_key(),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    found = Telegram(process)
    try:
        for who, phone in PHONES.items():
            found.ids[who] = await found.do("sign_up", who, phone=phone, lang=LANGUAGES[who])
        found.channel = await found.do("channel", OLGA, title="Schwarze Front", name=CHANNEL)
        for who in (RITA, RENE):
            await found.do("join", who, name=CHANNEL)
        for who in PHONES:
            for other in PHONES.keys() - {who}:
                await found.do("contact", who, phone=PHONES[other], name=other)
        place.followers.append(lambda seconds: found.do("ahead", seconds=seconds))
        yield found
    finally:
        await found.leave()
