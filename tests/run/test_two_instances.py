"""Two instances live in one process and see nothing of each other."""

from __future__ import annotations

import asyncio
import sys
from collections import deque
from collections.abc import AsyncIterator, Iterator, Mapping, Set
from contextlib import AsyncExitStack, asynccontextmanager
from email.message import EmailMessage
from functools import _lru_cache_wrapper
from inspect import signature
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import structlog

from petitbleu import desk, domain
from petitbleu.app import Part
from petitbleu.config import Config
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.intake import service as intake
from petitbleu.desk.records.audit import heads
from petitbleu.domain.safety.antispam import learning
from petitbleu.domain.safety.antispam import service as antispam
from petitbleu.domain.safety.antispam.submission import Submission
from petitbleu.run import parts
from petitbleu.run.instance import opened
from petitbleu.store.postgres import PostgresStore
from petitbleu.tl import api
from tests.domain.safety.antispam.kit import ignorant, train
from tests.kit import chats
from tests.kit.stores import drop_postgres_database, new_postgres_database, open_sqlite
from tests.kit.world import World, running
from tests.web.public import channel, reader

ENGINES = ["sqlite", "postgres"]


@asynccontextmanager
async def instance(engine: str, data: Path) -> AsyncIterator[World]:
    """An instance with a folder and a database of its own."""
    async with AsyncExitStack() as stack:
        if engine == "sqlite":
            store: Any = open_sqlite(data)
        else:
            url = new_postgres_database()
            stack.callback(drop_postgres_database, url)
            store = await PostgresStore.open(url, connections=3)
        stack.push_async_callback(store.close)
        yield await stack.enter_async_context(running(World(store, data)))


class Life:
    """What happened in one instance. ``word`` stands in all that was written there."""

    def __init__(self, world: World, word: str, *, richer: bool = True) -> None:
        self.world = world
        self.word = word
        self.richer = richer
        """With a third person in the group, and people who judge comments."""
        self.seen: dict[str, list[str]] = {}
        """Where somebody looked -> the texts that were there."""

    async def live(self) -> None:
        """Sign up, chat, write to the desk, publish, judge comments."""
        world, word = self.world, self.word
        ada, bob = await chats.people(world, f"Ada {word}", f"Bob {word}")
        to_bob = await ada.peer(bob)
        for n in range(3):
            await chats.say(ada, to_bob, f"message {n} {word}")
        more = [await world.sign_up(f"Eve {word}")] if self.richer else []
        for one in more:
            await ada.peer(one)
        group = await chats.group(ada, bob, *more, title=f"Choir {word}")
        await chats.say(bob, api.InputPeerChat(chat_id=group), f"in the group {word}")
        for one in more:
            self.seen["group of three"] = await chats.texts(one, api.InputPeerChat(chat_id=group))
        self.seen["history"] = await chats.texts(ada, to_bob)
        self.seen["group"] = (await chats.texts(ada, api.InputPeerChat(chat_id=group)))[1:]
        self.seen["dialogs"] = await self._titles(bob)
        self.seen["search"] = await self._search(ada)
        town = await channel(world, "mairie", f"Mairie {word}")
        await town.say(f"the market is open {word}")
        page = await reader(world).get("/s/mairie")
        assert page.status == 200
        self.seen["page"] = [page.words]
        done = await intake.deliver(world.app, self._letter(), channel="smtp")
        case = await cases.get(world.app.store, done.case)
        assert case is not None
        self.seen["case"] = [case.title]
        await self._judge()

    async def _titles(self, client: Any) -> list[str]:
        found = await client.call(
            api.messages.GetDialogs(
                offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=100, hash=0
            )
        )
        names = [one.first_name for one in found.users if one.id != 777000]
        return names + [one.title for one in found.chats]

    async def _search(self, client: Any) -> list[str]:
        found = await client.call(
            api.messages.SearchGlobal(
                q="message", filter=api.InputMessagesFilterEmpty(), min_date=0, max_date=0,
                offset_rate=0, offset_peer=api.InputPeerEmpty(), offset_id=0, limit=100,
            )
        )  # fmt: skip
        return [one.message for one in found.messages]

    def _letter(self) -> bytes:
        made = EmailMessage()
        made["From"], made["To"] = f"clerk@{self.word}.example", "legal@petitbleu.example"
        made["Subject"] = f"Removal order {self.word}"
        made["Message-ID"] = "<1@court.example>"  # the same for both
        made.set_content(f"Remove the post {self.word}.")
        return made.as_bytes()

    async def _judge(self) -> None:
        ignorant(self.world.app)
        if self.richer:
            await train(self.world.app)
            await antispam.put_word(self.world.app, self.word, 100)
        text = Submission(
            "Cheap pills, order now at https://pills.example/buy and win!", author="X"
        )
        looked = await antispam.look(self.world.app, text)
        self.seen["verdict"] = [looked.verdict]
        self.seen["learnt"] = [str(await learning.learnt(self.world.app))]
        self.seen["words"] = [row.word for row in await antispam.words(self.world.app)]


PLAIN = (type(None), bool, int, float, str, bytes, tuple, frozenset)
"""What cannot be changed may be the same in both."""


def _shared(one: World, two: World) -> list[object]:
    """Parts that are one thing for both instances."""
    return [
        part
        for part, made in one.app.parts.items()
        if made is two.app.parts.get(part) and not (isinstance(made, PLAIN) or callable(made))
    ]


@pytest.mark.parametrize("engine", ENGINES)
async def test_two_instances_live_beside_each_other(engine: str, tmp_path: Path) -> None:
    async with (
        instance(engine, tmp_path / "one") as one,
        instance(engine, tmp_path / "two") as two,
    ):
        lives = Life(one, "lavande", richer=False), Life(two, "tilleul")
        await asyncio.gather(*(life.live() for life in lives))
        for mine, other in (lives, lives[::-1]):
            for place in ("history", "group", "dialogs", "search", "page", "case"):
                texts = mine.seen[place]
                assert texts and all(mine.word in text for text in texts), (place, texts)
                assert not any(other.word in text for text in texts), (place, texts)
        lavande, tilleul = (life.seen for life in lives)
        assert tilleul["group of three"][-1] == "in the group tilleul"
        assert (lavande["verdict"], tilleul["verdict"]) == (["publish"], ["spam"])
        assert lavande["learnt"] != tilleul["learnt"]
        assert (lavande["words"], tilleul["words"]) == ([], ["tilleul"])
        assert _shared(one, two) == []
        # The end of one is not that of the other.
        await one.app.parts.close()
        again = Life(two, "tilleul")
        bob = await two.sign_up("Bob tilleul")
        zoe = await two.sign_up("Zoé tilleul")
        await chats.say(bob, await bob.peer(zoe), "after the end of the other")
        done = await intake.deliver(two.app, again._letter() + b"\n", channel="smtp")
        assert done.case


@pytest.mark.parametrize("engine", ENGINES)
async def test_one_process_opens_and_closes_two(engine: str, tmp_path: Path) -> None:
    """As ``run/instance.py`` does it, keys and folders included."""
    urls = ["sqlite", "sqlite"]
    if engine == "postgres":
        urls = [new_postgres_database(), new_postgres_database()]
    log = structlog.get_logger()
    config = [
        Config(data=tmp_path / name, database=url)
        for name, url in zip(("one", "two"), urls, strict=True)
    ]
    try:
        async with AsyncExitStack() as second:
            async with opened(config[0], log) as one:
                two = await second.enter_async_context(opened(config[1], log))
                keys = [heads.key(both.app).private_bytes_raw() for both in (one, two)]
                assert keys[0] != keys[1]
                assert one.app.parts.keys() >= set(parts.STARTED)
                await antispam.put_word(one.app, "lavande", 50)
                assert one.rsa_keys.current.fingerprint != two.rsa_keys.current.fingerprint
            assert list(one.app.parts) == []
            assert two.app.parts.keys() >= set(parts.STARTED)
            assert await antispam.words(two.app) == []
    finally:
        for url in urls:
            if url != "sqlite":
                drop_postgres_database(url)


# ── what modules keep ───────────────────────────────────────────────────────────────────────────

ATOMS = (type(None), bool, int, float, str, bytes)
COUNTED = {
    "petitbleu.cache.Cache.changes": "only says that anything at all may have changed",
    "petitbleu.metrics.COUNTERS": "numbers of the process, without names in them",
    "petitbleu.metrics.HISTOGRAMS": "the same",
    "petitbleu.run.exposition.HISTOGRAMS": "the same",
    "petitbleu.store.postgres_tx._BATCH_SECONDS": "the same",
    "petitbleu.store.postgres_tx._BATCH_SIZE": "the same",
    "petitbleu.wordmarks._SPLIT": "words with their pieces, which follow from the words alone",
}
"""What modules keep of all instances together, and why it tells none of another."""


def _modules() -> Iterator[tuple[str, ModuleType]]:
    """All of ours but ``tl``, which makes encoders of the schema as they are needed."""
    for name, module in sorted(sys.modules.items()):
        if name.startswith("petitbleu.") and not name.startswith(
            ("petitbleu.bench", "petitbleu.tl")
        ):
            yield name, module


def _frozen(value: Any, depth: int = 6) -> Any:
    """What ``value`` holds, to be compared later; of what is neither a container nor ours, which
    object it is."""
    if isinstance(value, ATOMS):
        return value
    if depth == 0:
        return id(value)
    if isinstance(value, Mapping):
        return {_frozen(k, 1): _frozen(v, depth - 1) for k, v in value.items()}.__repr__()
    if isinstance(value, list | tuple | deque):
        return [_frozen(one, depth - 1) for one in value].__repr__()
    if isinstance(value, Set):
        return sorted(map(repr, value))
    if type(value).__module__.startswith("petitbleu.") and not isinstance(value, Part | type):
        names = {name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())}
        names |= getattr(value, "__dict__", {}).keys()
        return [(name, _frozen(getattr(value, name, None), depth - 1)) for name in sorted(names)]
    return id(value)


def _kept() -> dict[str, Any]:
    """Name of a module's or a class's variable -> what it holds."""
    found = {}
    for module, values in _modules():
        for name, value in list(vars(values).items()):
            if name.startswith("__"):
                continue
            found[f"{module}.{name}"] = _frozen(value)
            if isinstance(value, type) and value.__module__ == module:
                for inner, kept in vars(value).items():
                    if not inner.startswith("__") and isinstance(kept, int | dict | list | set):
                        found[f"{module}.{name}.{inner}"] = _frozen(kept)
    return found


@pytest.mark.parametrize("engine", ENGINES)
async def test_modules_keep_nothing_of_an_instance(engine: str, tmp_path: Path) -> None:
    """After one instance has had its life, that of a second one changes no variable of a module."""
    async with instance(engine, tmp_path / "one") as one:
        await Life(one, "lavande").live()
    before = _kept()
    async with instance(engine, tmp_path / "two") as two:
        ada, bob, *_ = await chats.people(two, "Their", "Numbers", "Are", "Others")
        await chats.group(ada, bob)
        await Life(two, "tilleul").live()
        after = _kept()
    changed = {name for name, kept in after.items() if name in before and before[name] != kept}
    assert "petitbleu.cache.Cache.changes" in changed, "else nothing was compared"
    assert changed - COUNTED.keys() == set()


def test_functions_that_remember_answers_are_given_no_instance() -> None:
    """What ``functools.cache`` remembers it remembers for the process."""
    domain.load_rooms()
    desk.load_rooms()
    wrong = []
    for module, values in _modules():
        for name, function in vars(values).items():
            if isinstance(function, _lru_cache_wrapper):
                asked = {str(one.annotation) for one in signature(function).parameters.values()}
                if asked & {"App", "Store", "Tx", "Reader", "Config"}:
                    wrong.append(f"{module}.{name}")
    assert wrong == []
