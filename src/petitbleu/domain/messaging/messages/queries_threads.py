"""SQL of ``thread`` and ``thread_read``, and of the messages in a thread."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.domain.messaging.messages.queries import FULL, MessageRow
from petitbleu.store.query import query


class ThreadRow(NamedTuple):
    """The answers to one message, counted."""

    top: int
    replies: int
    last_id: int
    read_out: int
    recent1: int | None
    recent2: int | None
    recent3: int | None


class Answers(NamedTuple):
    """How many messages hang on another."""

    top: int
    n: int


class Read(NamedTuple):
    """How far somebody has read."""

    top: int
    read_in: int


class Said(NamedTuple):
    """Who said a message."""

    sender: int
    id: int


class Count(NamedTuple):
    """A number of rows."""

    n: int


_COLUMNS = "top, replies, last_id, read_out, recent1, recent2, recent3"
_BODY = "join body b on b.author = x.author and b.id = x.body"

ONE = query(f"select {_COLUMNS} from thread where owner = :owner and top = :top", ThreadRow)
OF = query(f"select {_COLUMNS} from thread where owner = :owner and top in (:tops)", ThreadRow)
OLDER = query(
    f"select {FULL} from (select id from box where owner = :owner and top = :top"
    " and id < :below and id > :above order by id desc limit :limit offset :skip) p"
    f" join box x on x.owner = :owner and x.id = p.id {_BODY} order by x.id desc",
    MessageRow,
)
NEWER = query(
    f"select {FULL} from (select id from box where owner = :owner and top = :top"
    " and id >= :from_id and id < :below and id > :above order by id limit :limit offset :skip) p"
    f" join box x on x.owner = :owner and x.id = p.id {_BODY} order by x.id desc",
    MessageRow,
)
ANSWERS = query(
    "select top, count(*) as n from box where owner = :owner and id in (:ids) and top is not null"
    " group by top order by top",
    Answers,
)
FEWER = query(
    "update thread set replies = greatest(replies - :n, 0) where owner = :owner and top = :top"
)
SET_RECENT = query(
    "update thread set last_id = :last_id, recent1 = :recent1, recent2 = :recent2,"
    " recent3 = :recent3 where owner = :owner and top = :top"
)
READ_OF = query(
    "select top, read_in from thread_read where account = :account and owner = :owner"
    " and top in (:tops)",
    Read,
)
SET_READ = query(
    "insert into thread_read (account, owner, top, read_in)"
    " values (:account, :owner, :top, :read_in)"
    " on conflict (account, owner, top) do update set read_in = excluded.read_in"
    " where thread_read.read_in < excluded.read_in"
)
SET_READ_OUT = query(
    "update thread set read_out = :read_out where owner = :owner and top = :top"
    " and read_out < :read_out"
)
UNREAD = query(
    "select count(*) as n from (select 1 as one from box x"
    f" {_BODY} where x.owner = :owner and x.top = :top and x.id > :above"
    " and b.sender <> :account limit :most) as waiting",
    Count,
)
SENDERS = query(
    f"select b.sender, x.id from box x {_BODY} where x.owner = :owner and x.top = :top"
    " and x.id > :above and x.id <= :upto and b.sender <> :account order by x.id desc limit :limit",
    Said,
)
