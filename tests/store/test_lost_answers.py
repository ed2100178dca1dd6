"""A commit whose answer was lost: the batch is run again, and nothing is lost or doubled; a call
that creates something is answered by what it created.

``CUTS`` (environment) takes another number of cuts.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

import pytest

from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.peers import service as peers
from petitbleu.errors import StoreUnavailable
from petitbleu.stamps import ROOMS_HERE
from petitbleu.store.api import BatchOp
from petitbleu.store.postgres import PostgresStore
from petitbleu.store.postgres_tx import PostgresTx
from petitbleu.tl import api
from tests.kit import chats
from tests.kit.bus import Air
from tests.kit.cutting import COMMIT, INSERT, SELECT, UPDATE, Cutting, cutting
from tests.kit.pair import Pair
from tests.kit.stores import drop_postgres_database, new_postgres_database
from tests.kit.world import World, running
from tests.rpc.test_once import MAKERS
from tests.store.test_postgres import ALL, _insert_items, _not_sqlite

CUTS = int(os.environ.get("CUTS", "1000"))


class Town(NamedTuple):
    world: World
    proxy: Cutting


@pytest.fixture
async def worker(tmp_path: Path, socket_folder: Path) -> AsyncIterator[Town]:
    """The same as one worker of a cluster, which waits for its database."""
    url, air = new_postgres_database(), Air()
    async with AsyncExitStack() as stack:
        stack.callback(drop_postgres_database, url)
        proxy, way = await stack.enter_async_context(cutting(url, socket_folder))
        store = await PostgresStore.open(way)
        store.patience = 15.0
        stack.push_async_callback(store.close)
        stack.push_async_callback(air.close)
        made = await stack.enter_async_context(running(World(store, tmp_path, bus=air.bus(1))))
        await made.app.parts[ROOMS_HERE].start()
        yield Town(made, proxy)


@pytest.fixture
def socket_folder() -> Iterator[Path]:
    """The path of a socket must be short."""
    with tempfile.TemporaryDirectory(prefix="pb") as folder:
        yield Path(folder)


@pytest.fixture
async def town(tmp_path: Path, socket_folder: Path) -> AsyncIterator[Town]:
    """An instance whose database is reached through the proxy."""
    url = new_postgres_database()
    async with AsyncExitStack() as stack:
        stack.callback(drop_postgres_database, url)
        proxy, way = await stack.enter_async_context(cutting(url, socket_folder))
        store = await PostgresStore.open(way)
        stack.push_async_callback(store.close)
        made = await stack.enter_async_context(running(World(store, tmp_path)))
        yield Town(made, proxy)


async def _say_through_cuts(town: Town, rounds: int) -> None:
    ada, bob = await chats.people(town.world, "Ada", "Bob")
    peer = await ada.peer(bob)
    news = await chats.channel(ada, bob)
    said, channel = [], chats.input_peer(ada, news)
    before = (await ada.call(api.updates.GetState())).pts
    for n in range(rounds):
        town.proxy.cut(COMMIT, INSERT)
        texts = [f"{n}-{one}" for one in range(1 if n % 2 else 6)]
        to = channel if n % 5 == 4 else peer
        calls = [
            ada.call(api.messages.SendMessage(peer=to, message=text, random_id=n * 10 + k + 1))
            for k, text in enumerate(texts)
        ]
        await asyncio.gather(*calls)
        said += texts if to is peer else []
    town.proxy.cut()
    assert town.proxy.cuts >= rounds * 0.9, "the answers were not lost"
    found: list[str] = []
    while len(found) < len(said):
        page = await chats.history(bob, await bob.peer(ada), limit=100, add_offset=len(found))
        if not page.messages:
            break
        found += [one.message for one in page.messages if type(one) is api.Message]
    assert sorted(found) == sorted(said), "lost or doubled"
    after = (await ada.call(api.updates.GetState())).pts
    assert after - before == len(said), "a hole in the numbers"
    got = [one.message.message for one in bob.updates(api.UpdateNewMessage)]
    assert len(got) == len(set(got)), "pushed twice"
    print(f"{town.proxy.cuts} answers lost, {len(said)} messages: 0 lost, 0 doubled")


async def test_nothing_is_lost_or_doubled(town: Town) -> None:
    await _say_through_cuts(town, 10)


@pytest.mark.long
async def test_nothing_is_lost_or_doubled_by_a_thousand_cuts(town: Town) -> None:
    await _say_through_cuts(town, CUTS)


async def _create_through_cuts(
    worker: Town, method: str, rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lose the answer to the commit of each effect."""
    pair = cast("Pair", SimpleNamespace(one=worker.world))
    client, q, effects = await MAKERS[method](pair)
    begin = PostgresTx.once

    async def once(tx: PostgresTx, *form: Any) -> None:
        await begin(tx, *form)
        worker.proxy.cut(COMMIT)

    async def count() -> int:
        (*_, last) = await worker.world.app.store.rows(effects) or [(0,)]
        return int(last[0])

    before = await count()
    for n in range(rounds):
        if n and method.endswith("Photo"):  # an upload is used once
            client, q, _ = await MAKERS[method](pair)
            before = await count()
        with monkeypatch.context() as patched:
            patched.setattr(PostgresTx, "once", once)
            answer = await client.call(q)
        worker.proxy.cut()
        assert worker.proxy.cuts == n + 1, "the answer was not lost"
        now = await count()
        if method == "account.initTakeoutSession":
            assert answer.id == now, "not the one that was made"
        elif method == "auth.exportLoginToken":
            assert answer.token and now == 1, "not the one that was made"
        else:
            assert answer is not None and now - before == 1, "not once"
        before = now
    print(f"{method}: {rounds} answers lost, 0 doubled, each answered")


@pytest.mark.turns(8)
@pytest.mark.parametrize("method", MAKERS)
async def test_what_is_created_is_answered(
    worker: Town, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _create_through_cuts(worker, method, 2, monkeypatch)


@pytest.mark.long
@pytest.mark.parametrize("method", MAKERS)
async def test_what_is_created_through_a_thousand_cuts_is_answered(
    worker: Town, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _create_through_cuts(worker, method, -(-CUTS // len(MAKERS)), monkeypatch)


async def test_a_write_that_lost_its_connection_before_its_commit_is_run_again(
    worker: Town,
) -> None:
    ada, bob = await chats.people(worker.world, "Ada", "Bob")
    choir = await chats.group(ada, bob)
    worker.proxy.cut(UPDATE)
    await ada.call(api.messages.EditChatTitle(chat_id=choir, title="Chorale"))
    worker.proxy.cut()
    assert worker.proxy.cuts == 1
    (chat,) = (await bob.call(api.messages.GetChats(id=[choir]))).chats
    assert chat.title == "Chorale"


async def test_a_read_that_lost_its_connection_is_run_again(worker: Town) -> None:
    ada = await worker.world.sign_up("Ada")
    worker.proxy.cut(SELECT)
    assert await ada.call(api.help.GetNearestDc())
    assert (await ada.call(api.contacts.GetContacts(hash=0))).users == []
    assert worker.proxy.cuts == 1


async def test_what_the_server_says_itself_is_said_once(town: Town) -> None:
    ada, bob = await chats.people(town.world, "Ada", "Bob")
    group = api.InputPeerChat(chat_id=await chats.group(ada, bob))
    before = len((await chats.history(bob, group)).messages)
    town.proxy.cut(COMMIT, INSERT)
    await messages.send_service(town.world.app, bob.user_id, "Une fois")
    town.proxy.cut()
    assert town.proxy.cuts == 1
    service = api.InputPeerUser(
        user_id=777000, access_hash=peers.access_hash(town.world.app, bob.user_id, 777000)
    )
    told = [one.message for one in (await chats.history(bob, service)).messages]
    assert told.count("Une fois") == 1
    assert len((await chats.history(bob, group)).messages) == before


async def test_other_batches_are_told(town: Town) -> None:
    """What cannot be run twice is not run again: who asked is told that nobody knows."""
    store = town.world.app.store
    once = BatchOp("insert", _not_sqlite, _insert_items)
    town.proxy.cut(COMMIT)
    with pytest.raises(StoreUnavailable):
        await store.batch(once, "x")
    assert "x" in [row.name for row in await store.rows(ALL)]
