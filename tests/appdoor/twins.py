"""Two worlds that are the same but for the door by which one person calls.

Chance is thrown with the same dice in both (random numbers, keys, tokens), the clock moves by hand:
whatever differs then differs by the door. The worlds run one after the other; :class:`Record` keeps
what was answered and pushed.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from petitbleu.errors import LocalFault
from petitbleu.keys import Secrets
from petitbleu.rpc.wrappers import is_served_as_json
from petitbleu.store.api import Store
from petitbleu.tl import api, codec, jsonform
from tests.appdoor.pages import Page, Tab, door_of
from tests.kit.requests import Maker, Scene, scene
from tests.kit.stores import empty_postgres_store, open_sqlite
from tests.kit.world import NEWEST, Client, World, running


class Dice:
    """os.urandom that can be wound back."""

    def __init__(self) -> None:
        self._random = random.Random(1)

    def __call__(self, size: int) -> bytes:
        return self._random.randbytes(size)

    def wind(self, seed: int) -> None:
        self._random.seed(seed)


@asynccontextmanager
async def world_of(engine: str, folder: Path, dice: Dice) -> AsyncIterator[World]:
    """A world whose chance is that of ``dice``."""
    async with _store(engine, folder) as store:
        made = World(store, folder)
        dice.wind(0)
        made.app.secrets = Secrets.create(dice)
        async with running(made):
            yield made


@asynccontextmanager
async def _store(engine: str, folder: Path) -> AsyncIterator[Store]:
    if engine == "postgres":
        async with empty_postgres_store() as store:
            yield store
        return
    lite = open_sqlite(folder)
    yield lite
    await lite.close()


def loaded_dice(monkeypatch: pytest.MonkeyPatch) -> Dice:
    """Dice in the place of everything that is thrown in this process."""
    dice = Dice()
    monkeypatch.setattr(os, "urandom", dice)
    monkeypatch.setattr(random, "_urandom", dice)
    return dice


class Record:
    """What one caller was answered, call by call, and pushed between them; as JSON objects."""

    def __init__(self) -> None:
        self.answers: list[tuple[str, Any]] = []
        """(what was asked, ``{"ok": …}`` or ``{"err": [name, value, code]}``)."""
        self.pushed: list[Any] = []
        self.heard: list[Any] = []
        """What the other person was pushed."""


class Caller:
    """The person who calls: a second device of the scene's first, by one of the doors."""

    def __init__(self, world: World, dice: Dice) -> None:
        self.world, self.dice = world, dice
        self.record = Record()
        self.scene: Scene
        self.maker: Maker
        self._number = 0

    async def prepare(self) -> None:
        """The scene, and the device."""
        self.scene = await scene(self.world)
        self.maker = Maker(self.scene)
        await self.enter()
        await self.world.settle()
        self.scene.other.pushed.clear()
        self.scene.me.pushed.clear()

    async def enter(self) -> None:
        raise NotImplementedError

    async def ask(self, method: str, request: Any) -> Any:
        raise NotImplementedError

    def pushed(self) -> list[Any]:
        raise NotImplementedError

    async def send(self, method: str, what: str, request: Any) -> None:
        """One call, and what came of it."""
        self._number += 1
        self.dice.wind(self._number)
        answer = await self.ask(method, request)
        self.record.answers.append((f"{method} {what}", answer))
        await self.world.settle()
        self.record.pushed.append((f"{method} {what}", self.pushed()))
        told = [jsonform.to_json(one) for one in self.scene.other.pushed]
        self.record.heard.append((f"{method} {what}", told))
        self.scene.other.pushed.clear()
        self.scene.me.pushed.clear()


class ByMtproto(Caller):
    """In bytes."""

    async def enter(self) -> None:
        self.client: Client = await self.world.sign_in(self.scene.me.phone)

    async def ask(self, method: str, request: Any) -> Any:
        link = self.client.link
        link.set_layer(NEWEST)
        answer = await self.world.dispatcher.call(
            link, (1 << 62) + 4 * self._number, codec.encode(request), self.world.clock.now()
        )
        if answer[:4] == b"\x19\xca\x44\x21":
            code = int.from_bytes(answer[4:8], "little")
            return {"err": [codec.decode_bytes(answer, 8).decode(), code]}
        return {"ok": jsonform.result_to_json(method, codec.decode_result(method, answer))}

    def pushed(self) -> list[Any]:
        told = [jsonform.to_json(one) for one in self.client.pushed]
        self.client.pushed.clear()
        return told


class ByJson(Caller):
    """In JSON, by the socket of a page."""

    async def enter(self) -> None:
        self.page = Page(self.world, door_of(self.world))
        await self.page.sign_in(self.scene.me.phone)
        self.tab: Tab = await self.page.open(lang="en")
        await self.tab.call(api.updates.GetState())
        self._taken = 0

    async def ask(self, method: str, request: Any) -> Any:
        answer = await self.tab.ask(request)
        if "err" in answer:
            name, code, value, _ = answer["err"]
            return {"err": [_message(name, value), code]}
        return {"ok": answer["ok"]}

    def pushed(self) -> list[Any]:
        texts, self.tab.wire.texts = self.tab.wire.texts, self.tab.wire.texts[:1]
        self.tab.send({"a": self.tab.socket._session.stream.sent})  # type: ignore[union-attr]
        return [one["u"] for one in map(json.loads, texts) if "u" in one]


def _message(name: str, value: int) -> str:
    """The error as MTProto says it."""
    return re.sub(r"_X(?=_|$)", f"_{value}", name)


def askable(method: str, request: Any) -> bool:
    """Whether both doors can say the request."""
    if not is_served_as_json(method):
        return False
    try:
        jsonform.to_json(request)
        # What bytes cannot say (one of two fields of a flag) JSON refuses: test_hostile.py.
        return bool(codec.decode(codec.encode(request)) == request)
    except (codec.Inexpressible, LocalFault, codec.TLError):
        return False
