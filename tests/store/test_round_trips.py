"""What signing in and one message ask of PostgreSQL: round trips and commits, no time.

A limit that is met is not a goal: lower it when an operation needs less.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from petitbleu.domain.search.indexer import Indexer
from petitbleu.gateway.keys import Keys
from petitbleu.store.hot import send as hot
from petitbleu.store.postgres import PostgresStore
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.kit.statements import Asked, counted
from tests.kit.world import Client, World, running

WARM = 3
"""Runs before the counted one: caches are filled and statements prepared."""


@pytest.fixture
async def on_postgres(
    postgres_store: PostgresStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    # What the index reads a moment after each message is not part of the operations counted.
    monkeypatch.setattr(Indexer, "wake", lambda self: None)
    async with running(World(postgres_store, tmp_path)) as made:
        yield made


async def code_of(client: Client, phone: str) -> Any:
    return await client.send_code(phone)


async def sign_in(client: Client, phone: str, sent: Any) -> Any:
    return await client.call(
        api.auth.SignIn(
            phone_number=phone, phone_code_hash=sent.phone_code_hash, phone_code=phone[5] * 5
        )
    )


async def sign_up(client: Client, phone: str, sent: Any) -> Any:
    return await client.call(
        api.auth.SignUp(
            phone_number=phone, phone_code_hash=sent.phone_code_hash, first_name="A", last_name=""
        )
    )


def within(asked: Asked, most: int, commits: int | None = None) -> None:
    listed = "\n".join(" ".join(text.split())[:120] for text in asked.texts)
    assert len(asked.texts) <= most, f"{len(asked.texts)} round trips:\n{listed}"
    assert commits is None or asked.commits <= commits, f"{asked.commits} commits:\n{listed}"


async def test_signing_up_and_in(on_postgres: World) -> None:
    world = on_postgres
    for _ in range(WARM):
        phone, client = world.new_phone(), world.connect()
        with counted() as codes:
            sent = await code_of(client, phone)
            await world.settle()
        with counted() as unknown:
            await sign_in(client, phone, sent)
            await world.settle()
        with counted() as new:
            await sign_up(client, phone, sent)
            await world.settle()
    within(codes, 5, commits=2)
    within(unknown, 5, commits=1)
    within(new, 22, commits=1)
    for _ in range(WARM):
        client = world.connect()
        with counted() as known:
            sent = await code_of(client, phone)
            await world.settle()
        with counted() as again:
            await sign_in(client, phone, sent)
            await world.settle()
    within(known, 6, commits=2)
    within(again, 12, commits=2)


async def test_a_new_key(on_postgres: World) -> None:
    keys = Keys(on_postgres.app)
    for n in range(1, WARM + 1):
        with counted() as asked:
            assert await keys.add(n, bytes([n]) * 256, salt=n, expires_at=None)
    within(asked, 1, commits=1)
    assert not await keys.add(1, bytes(256), salt=1, expires_at=None)
    kept = await Keys(on_postgres.app).load(1, 0)
    assert kept is not None
    assert kept.auth_key == bytes([1]) * 256


async def test_a_lone_message(on_postgres: World) -> None:
    world = on_postgres
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    to_bob = await ada.peer(bob)
    for n in range(WARM):
        with counted() as asked:
            await ada.call(api.messages.SendMessage(peer=to_bob, message="hello", random_id=n + 1))
            await world.settle()
    within(asked, 2)


async def test_a_difference_asks_as_much_for_many_chats_as_for_one(on_postgres: World) -> None:
    """Bars above chats (updatePeerSettings), of contacts and of strangers who wrote first."""
    world = on_postgres

    async def asked_for(others: int) -> Asked:
        ada = await world.sign_up("Ada")
        for n in range(others):
            friend, stranger = await world.sign_up(f"F{n}"), await world.sign_up(f"S{n}")
            await ada.peer(friend)
            named = await ada.peer(stranger)
            to_ada = await stranger.peer(ada)
            await stranger.call(api.messages.SendMessage(peer=to_ada, message="hi", random_id=1))
            someone = api.InputUser(user_id=named.user_id, access_hash=named.access_hash)
            await ada.call(api.contacts.DeleteContacts(id=[someone]))
        await world.settle()
        query = api.updates.GetDifference(pts=1, date=1, qts=1)
        await ada.call(query)
        with counted() as asked:
            found = await ada.call(query)
        bars = [one for one in found.other_updates if isinstance(one, api.UpdatePeerSettings)]
        assert len(bars) == 2 * others
        assert sum(one.settings.report_spam for one in bars) == others
        return asked

    one, many = await asked_for(1), await asked_for(12)
    within(many, len(one.texts))


async def test_a_write_of_one_statement_is_one_round_trip(on_postgres: World) -> None:
    put = query("insert into setting (name, value) values (:name, :value)")
    look = query("select value from setting where name = :name")

    async def one(tx: Any, name: str) -> None:
        await tx.row(look, name=name)
        await tx.later(put, name=name, value=b"1")

    async def fails(tx: Any, name: str) -> None:
        await tx.run(put, name=name, value=b"1")
        raise LookupError

    store = on_postgres.app.store
    await store.write(one, "first")
    with counted() as asked:
        await store.write(one, "second")
    within(asked, 2)  # the look, and the write
    with pytest.raises(LookupError):
        await store.write(fails, "third")
    assert await store.row(look, name="second") is not None
    assert await store.row(look, name="third") is None


async def test_counters_that_move_meanwhile_are_not_overwritten(
    on_postgres: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another connection takes a number between the two statements of a lone message."""
    world = on_postgres
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    to_bob, to_ada = await ada.peer(bob), await bob.peer(ada)
    await ada.call(api.messages.SendMessage(peer=to_bob, message="first", random_id=1))
    bump = query("update account_state set pts = pts + 1 where owner = :owner")
    planned = hot._pg_planned
    moved: list[None] = []

    async def move(tx: Any) -> None:
        await tx.run(bump, owner=bob.user_id)

    async def with_company(db: Any, *rest: Any) -> Any:
        found = await planned(db, *rest)
        if not db.is_in_transaction() and len(moved) < 3:
            moved.append(None)
            await world.app.store.write(move)
        return found

    before = (await bob.call(api.updates.GetState())).pts
    monkeypatch.setattr(hot, "_pg_planned", with_company)
    numbers = itertools.count(2)
    for n in range(5):
        await asyncio.gather(
            *(
                one.call(
                    api.messages.SendMessage(peer=to, message=f"m{n}", random_id=next(numbers))
                )
                for one, to in ((ada, to_bob), (bob, to_ada))
            )
        )
    await world.settle()
    assert moved
    state = await bob.call(api.updates.GetState())
    assert state.pts == before + 10 + len(moved)
    history = await bob.call(
        api.messages.GetHistory(
            peer=to_ada,
            offset_id=0,
            offset_date=0,
            add_offset=0,
            limit=50,
            max_id=0,
            min_id=0,
            hash=0,
        )
    )
    ids = [message.id for message in history.messages]
    assert len(ids) == len(set(ids)) == 11
    world.errors.clear()
