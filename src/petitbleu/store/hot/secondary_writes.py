"""What few messages of a batch bring with them: mentions, timers, answers in threads, jobs.

Written after the messages, in the same transaction, and only where there is any (``send.py``).
"""

from __future__ import annotations

import os
from typing import Any

import msgspec

_encode = msgspec.msgpack.Encoder().encode


class Beside:
    """The rows that a batch writes beside the messages themselves."""

    __slots__ = ("attention", "expiry", "jobs", "threads")

    def __init__(self) -> None:
        self.attention: list[tuple[int, int, int]] = []
        """(account, chat, id) of each mention"""
        self.expiry: list[tuple[int, int, int]] = []
        """(due, author, body) of messages with a timer"""
        self.threads: list[tuple[int, int, int, int]] = []
        """(channel, top, id, speaker) of each answer in a thread of a supergroup"""
        self.jobs: dict[tuple[str, str], tuple[int, bytes]] = {}
        """(kind, key) -> (due, data) of each job that hears a message"""

    def wake(self, kind: str, author: int, message: int, at: int) -> None:
        """Plan the job of an author: it begins at the earliest message that waits."""
        self.jobs.setdefault(
            (kind, str(author)), (at, _encode({"account": author, "since": message}))
        )


_LITE_ATTENTION = "insert into attention (account, peer, kind, id) values (?1, ?2, 0, ?3)"
_LITE_MENTIONS = "update dialog set mentions = mentions + 1 where owner = ?1 and peer = ?2"
_LITE_THREAD = """
insert into thread (owner, top, replies, last_id, recent1) values (?1, ?2, 1, ?3, ?4)
on conflict (owner, top) do update set replies = replies + 1, last_id = excluded.last_id,
  recent3 = case when excluded.recent1 = recent1 or excluded.recent1 = recent2 then recent3
    else recent2 end,
  recent2 = case when excluded.recent1 = recent1 then recent2 else recent1 end,
  recent1 = excluded.recent1
"""
_LITE_EXPIRY = "insert into expiry (due, author, body) values (?1, ?2, ?3)"
# What waits already began earlier: its data stays. A new id: it is not crossed off while it runs.
_LITE_JOB = """
insert into job (id, kind, key, due, data, tries) values (?1, ?2, ?3, ?4, ?5, 0)
on conflict (kind, key) where key <> '' do update
  set id = excluded.id, due = excluded.due, tries = 0
"""


def sqlite(db: Any, made: Beside) -> None:
    """On the writer thread; ``db`` is an open cursor."""
    if made.attention:
        db.executemany(_LITE_ATTENTION, made.attention)
        db.executemany(_LITE_MENTIONS, [pair[:2] for pair in made.attention])
    if made.expiry:
        db.executemany(_LITE_EXPIRY, made.expiry)
    if made.threads:
        db.executemany(_LITE_THREAD, made.threads)
    if made.jobs:
        db.executemany(_LITE_JOB, _jobs(made))


# The dialogs of the mentioned are locked in order: they are not among the owners locked above.
_PG_MENTIONS = """
with marked as (
  insert into attention (account, peer, kind, id)
  select account, peer, 0, id from unnest($1::bigint[], $2::bigint[], $3::bigint[])
    m(account, peer, id)
), wanted as (
  select account, peer, count(*) as n from unnest($1::bigint[], $2::bigint[]) m(account, peer)
  group by account, peer
), locked as materialized (
  select d.owner, d.peer, w.n from dialog d join wanted w on w.account = d.owner
    and w.peer = d.peer
  order by d.owner, d.peer for update of d
)
update dialog d set mentions = d.mentions + l.n from locked l
where d.owner = l.owner and d.peer = l.peer
"""
_PG_THREAD = """
insert into thread as t (owner, top, replies, last_id, recent1) values ($1, $2, 1, $3, $4)
on conflict (owner, top) do update set replies = t.replies + 1, last_id = excluded.last_id,
  recent3 = case when excluded.recent1 = t.recent1 or excluded.recent1 = t.recent2 then t.recent3
    else t.recent2 end,
  recent2 = case when excluded.recent1 = t.recent1 then t.recent2 else t.recent1 end,
  recent1 = excluded.recent1
"""
_PG_EXPIRY = """
insert into expiry (due, author, body)
select * from unnest($1::bigint[], $2::bigint[], $3::bigint[])
"""
_PG_JOB = """
insert into job (id, kind, key, due, data, tries) values ($1, $2, $3, $4, $5, 0)
on conflict (kind, key) where key <> '' do update
  set id = excluded.id, due = excluded.due, tries = 0
"""


async def postgres(db: Any, made: Beside) -> None:
    """On an asyncpg connection that has a transaction open."""
    if made.attention:
        await db.execute(_PG_MENTIONS, *_columns(made.attention))
    if made.expiry:
        await db.execute(_PG_EXPIRY, *_columns(made.expiry))
    if made.threads:  # one at a time: a statement cannot count one thread twice
        await db.executemany(_PG_THREAD, made.threads)
    if made.jobs:
        await db.executemany(_PG_JOB, _jobs(made))


def _jobs(made: Beside) -> list[tuple[int, str, str, int, bytes]]:
    return [
        (int.from_bytes(os.urandom(8), "big") >> 1, kind, key, due, data)
        for (kind, key), (due, data) in sorted(made.jobs.items())
    ]


def _columns(rows: list[tuple[int, int, int]]) -> list[list[int]]:
    return [list(column) for column in zip(*rows, strict=True)]
