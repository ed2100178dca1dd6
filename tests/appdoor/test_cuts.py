"""A page whose connection is cut after any number of bytes, and a server that is killed: in the end
it has every message once, in order."""

from __future__ import annotations

import asyncio
import json
import random
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, WebSocketException

from tests.appdoor.test_ports import SUBPROTOCOL, Visitor
from tests.kit.waiting import GUARD
from tests.run.process import Process

LOST = (WebSocketException, InvalidHandshake, OSError, EOFError, asyncio.TimeoutError)


class Cutter:
    """Between a page and the server: each connection dies after a random number of bytes."""

    def __init__(self, server: tuple[str, int], dice: random.Random) -> None:
        self.server, self._dice = server, dice
        self.cuts = 0
        self.whole = False
        """Let everything through from now on."""

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            inside, out = await asyncio.open_connection(*self.server)
        except OSError:
            writer.transport.abort()
            return
        left = [self._dice.choice((200, 900, 3000, 9000)) + self._dice.randrange(900)]

        async def pipe(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
            with suppress(*LOST):
                while data := await source.read(4096):
                    if not self.whole and len(data) > left[0]:
                        sink.write(data[: left[0]])
                        self.cuts += 1
                        break
                    left[0] -= len(data)
                    sink.write(data)
            for side in (writer, out):
                side.transport.abort() if not self.whole else side.close()

        await asyncio.gather(pipe(reader, out), pipe(inside, writer))


class Reader:
    """A page that keeps what it was told: applies by pts, asks where one is missing."""

    def __init__(self, visitor: Visitor, port: int) -> None:
        self.visitor, self.port = visitor, port
        self.texts: list[str] = []
        self.pts = 0
        self.session, self.got, self.number = "", 0, 0
        self.resumed = self.lost = 0
        self._asking = 0

    async def run(self) -> None:
        """Come back for ever."""
        while True:
            with suppress(*LOST):
                async with connect(
                    f"ws://127.0.0.1:{self.port}/app/ws",
                    origin=self.visitor.origin,  # type: ignore[arg-type]
                    subprotocols=[SUBPROTOCOL],
                    additional_headers={"Cookie": self.visitor.cookie},
                    open_timeout=5,
                ) as socket:
                    await self._live(socket)
            self._asking = 0
            await asyncio.sleep(0.01)

    async def _live(self, socket: ClientConnection) -> None:
        asked = {"v": 1, "session": self.session, "got": self.got}
        await socket.send(json.dumps({"open": asked}))
        async for text in socket:
            frame = json.loads(text)
            if "opened" in frame:
                await self._opened(socket, frame["opened"])
            elif "bye" in frame:
                return
            else:
                self.got += 1
                await self._counted(socket, frame)
                if self.got % 3 == 0:
                    await socket.send(json.dumps({"a": self.got}))

    async def _opened(self, socket: ClientConnection, opened: Any) -> None:
        if opened["resumed"]:
            self.resumed += 1
            return
        self.lost += bool(self.session)
        self.session, self.got, self.number = opened["session"], 0, 0
        self._asking = 0
        await self._ask(socket)

    async def _ask(self, socket: ClientConnection) -> None:
        """The difference; before the first state, where things stand."""
        if self._asking:
            return
        self.number += 1
        self._asking = self.number
        q: dict[str, Any] = {"_": "updates.getState"}
        if self.pts:
            q = {"_": "updates.getDifference", "pts": self.pts, "date": 1, "qts": 0}
        await socket.send(json.dumps({"i": self.number, "q": q, "a": self.got}))

    async def _counted(self, socket: ClientConnection, frame: Any) -> None:
        if "u" in frame:
            for update in frame["u"].get("updates", ()):
                if update["_"] == "updateNewMessage" and self.pts:
                    await self._new(socket, update)
            return
        self._asking = 0
        ok = frame["ok"]
        if ok["_"] == "updates.state":
            self.pts = ok["pts"]
            return
        self.texts += [one["message"] for one in ok.get("new_messages", ())]
        state = ok.get("state") or ok.get("intermediate_state")
        self.pts = self.pts if state is None else max(self.pts, state["pts"])
        if "intermediate_state" in ok:
            await self._ask(socket)

    async def _new(self, socket: ClientConnection, update: Any) -> None:
        if update["pts"] <= self.pts:
            return
        if update["pts"] - update["pts_count"] > self.pts or self._asking:
            await self._ask(socket)
            return
        self.texts.append(update["message"]["message"])
        self.pts = update["pts"]


@asynccontextmanager
async def cut(server: Process, dice: random.Random) -> AsyncIterator[tuple[Cutter, int]]:
    cutter = Cutter(server.address, dice)
    listening = await asyncio.start_server(cutter.handle, "127.0.0.1", 0)
    yield cutter, listening.sockets[0].getsockname()[1]
    listening.close()


async def talk(visitor: Visitor, reader: Reader, enough: Any) -> list[str]:
    """Messages by another browser of the person, until it is enough; their texts."""
    said: list[str] = []
    while not enough():
        text = f"line {len(said)}"
        said.append(text)
        query = {"_": "messages.sendMessage", "peer": {"_": "inputPeerSelf"}, "message": text,
                 "random_id": str(random.getrandbits(62))}  # fmt: skip
        await asyncio.to_thread(visitor.post, query)
    return said


@pytest.mark.parametrize(
    "cuts", [25, pytest.param(500, marks=pytest.mark.long)], ids=["few", "many"]
)
async def test_cuts_at_random_bytes(tmp_path: Path, cuts: int) -> None:
    dice = random.Random(cuts)
    server = Process(tmp_path / "data", "--dev")
    try:
        writer = Visitor(server)
        writer.sign_up("9996620101")
        page = Visitor(server)
        page.sign_in("9996620101")
        async with cut(server, dice) as (cutter, port):
            page.origin = f"http://127.0.0.1:{port}"
            reader = Reader(page, port)
            running = asyncio.create_task(reader.run())
            async with asyncio.timeout(GUARD * (1 + cuts / 50)):
                while not reader.pts:
                    await asyncio.sleep(0.01)
                said = await talk(writer, reader, lambda: cutter.cuts >= cuts)
                cutter.whole = True
                while len(reader.texts) < len(said):
                    await asyncio.sleep(0.01)
            running.cancel()
        print(f"{cutter.cuts} cuts, {len(said)} messages, {reader.resumed} went on, "
              f"{reader.lost} began anew")  # fmt: skip
        assert reader.texts == said
        assert reader.resumed > 0
    finally:
        server.stop()


async def test_a_server_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    """And a part of a file that it had taken is there when it comes back."""
    server = Process(tmp_path / "data", "--dev")
    writer, page = Visitor(server), Visitor(server)
    writer.sign_up("9996620102")
    page.sign_in("9996620102")
    part = bytes(range(256)) * 2048
    assert (await asyncio.to_thread(page.put, "/app/up/7/0?total=2", part))[0] == 200
    reader = Reader(page, server.address[1])
    running = asyncio.create_task(reader.run())
    async with asyncio.timeout(GUARD):
        while not reader.pts:
            await asyncio.sleep(0.01)
    said = await talk(writer, reader, lambda: len(reader.texts) > 5)
    server.process.send_signal(signal.SIGKILL)
    server.process.wait()
    server.process.communicate()
    again = Process(tmp_path / "data", "--dev")
    for one in (writer, page, reader):
        one.port = again.address[1]
    writer.origin = page.origin = f"http://127.0.0.1:{again.address[1]}"
    writer.session = ""
    writer.restart()
    said += await talk(writer, reader, lambda: len(reader.texts) > len(said) + 3)
    async with asyncio.timeout(GUARD):
        while len(reader.texts) < len(said):
            await asyncio.sleep(0.01)
    running.cancel()
    assert reader.texts == said and reader.lost == 1
    status, state = await asyncio.to_thread(page.fetch, "/app/up/7")
    assert status == 200 and state == {"size": 524288, "total": 2, "got": "AQ=="}
    assert again.stop()[0] == 0
