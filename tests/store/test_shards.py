"""Which statements would ask more than one shard: a list that may only become shorter."""

from __future__ import annotations

import re
from typing import Any

import asyncpg
import pytest

from petitbleu.store.hot.send import Copy, Outgoing, operation
from petitbleu.store.shards import DISTRIBUTED, LOCAL, REFERENCE
from tests.kit import shards
from tests.kit.stores import drop_postgres_database, new_postgres_database

CHANNEL = -1_000_000_000_007
MESSAGES = "domain.messaging.messages.queries"
OF_ONE_SHARD = (
    # a channel's page, its posts, its news, who is in it
    *(f"{MESSAGES}.{name}" for name in ("ONE", "BY_IDS", "OLDER", "NEWER", "CHANNEL_NOW")),
    *(f"{MESSAGES}.{name}" for name in ("SAID_BY", "SAID_BEFORE", "COUNTERS")),
    *(f"{MESSAGES}_threads.{name}" for name in ("OLDER", "NEWER")),
    *(f"domain.updates.queries.{name}" for name in ("STATE", "SINCE", "NEXT_MESSAGE")),
    *(f"domain.communities.members.queries.{name}" for name in ("ONE", "RECENT", "ADMINS")),
    # a person's chat list, and what is in those chats
    *(f"domain.messaging.dialogs.queries.{name}" for name in ("COUNT", "MARKED", "MESSAGE_DATE")),
    *(f"domain.messaging.dialogs.queries.{name}" for name in ("SET_PIN", "SET_MARK", "LIST")),
    *(f"{MESSAGES}_saved.{name}" for name in ("OLDER", "NEWER")),
    *(f"domain.updates.queries.{name}" for name in ("UNREAD", "GROUP_COPIES_SINCE", "STATE_SINCE")),
)


def _announce(*_: object) -> None:
    """Nobody listens."""


@pytest.fixture
async def conn() -> Any:
    url = new_postgres_database()
    found = await asyncpg.connect(url)
    yield found
    await found.close()
    drop_postgres_database(url)


async def test_every_table_says_where_it_would_lie(conn: Any) -> None:
    rows = await conn.fetch(
        "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
    )
    declared = [*DISTRIBUTED, *REFERENCE, *LOCAL]
    assert sorted(declared) == sorted(row["relname"] for row in rows), (
        "src/petitbleu/store/shards.py"
    )


def test_hot_statements_of_a_channel_and_of_a_chat_list_are_not_listed() -> None:
    assert set(OF_ONE_SHARD) <= set(shards.statements())
    assert not set(OF_ONE_SHARD) & set(shards.committed())


@pytest.mark.sometimes(4)
async def test_the_list_does_not_grow(conn: Any) -> None:
    await shards.partition(conn)
    found = await shards.spreads(conn)
    wrong = shards.differences(found, shards.committed())
    assert not wrong, "\n".join(wrong)


@pytest.mark.sometimes(4)
async def test_what_is_counted(conn: Any) -> None:
    await shards.partition(conn)
    checker = await shards.Checker.begin(conn)

    async def partitions(sql: str, *names: str) -> int:
        return (await checker.spread(shards.Asked(sql, names))).partitions

    assert await partitions("select pts from account_state where owner = $1", "owner") == 1
    assert await partitions("select pts from account_state where pts = $1", "pts") == 8
    assert await partitions("select pts from account_state where owner = any($1)", "owners") == 2
    # owners of two tables, unless it is the same one
    both = "select 1 from box x, dialog d where x.owner = $1 and d.owner = "
    assert await partitions(f"{both} $1", "owner") == 1
    assert await partitions(f"{both} $2", "owner", "other") == 2
    # what a row says, not the caller
    peers = "select 1 from dialog d join dialog c on c.owner = d.peer where d.owner = $1"
    assert await partitions(peers, "owner") == 8
    # writing: one row, and rows of others
    put = "insert into hidden_bar (owner, peer)"
    assert await partitions(f"{put} values ($1, $2)", "owner", "peer") == 1
    assert await partitions(f"{put} select owner, peer from dialog where owner = $1", "owner") == 1
    assert await partitions(f"{put} select peer, owner from dialog where owner = $1", "owner") == 8
    assert await partitions("update dialog set marked = 1 where owner = $1", "owner") == 1
    assert await partitions("delete from dialog where peer = $1", "peer") == 8


@pytest.mark.sometimes(4)
async def test_a_post_is_written_in_one_place(conn: Any) -> None:
    await shards.partition(conn)
    await conn.execute("insert into account_state (owner) values ($1)", CHANNEL)
    post = Outgoing(
        author=CHANNEL,
        peer=CHANNEL,
        date=1,
        random_id=7,
        fingerprint=b"",
        kind=0,
        text="bleu",
        entities=None,
        extra=None,
        copies=(Copy(CHANNEL, CHANNEL, None, 0, 0),),
        session=None,
        sender=1_000_001,
    )
    async with conn.transaction():
        (sent,) = await operation(_announce).postgres(conn, [post])
    assert sent[0].id == 1
    places = set()
    for table in ("account_state", "body", "body_change", "box", "dialog", "event_log"):
        rows = await conn.fetch(f"select tableoid::regclass::text as place from {table}")
        assert rows, table
        places |= {re.sub(r".*_p", "", row["place"]) for row in rows}
    assert len(places) == 1
