"""SQL of ``reaction``, ``reaction_count`` and ``reaction_use``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class ReactionRow(NamedTuple):
    """One reaction of somebody to a message."""

    author: int
    body: int
    account: int
    emoji: str
    place: int
    """Order among the account's own on this message."""
    at: int
    big: int
    unread: int


class CountRow(NamedTuple):
    """How many people reacted with ``emoji``, and when the first did."""

    author: int
    body: int
    emoji: str
    n: int
    since: int


class Emoji(NamedTuple):
    """An emoji."""

    emoji: str


class Body(NamedTuple):
    """What was reacted to."""

    author: int
    body: int


class Number(NamedTuple):
    """How many."""

    n: int


_COLUMNS = "author, body, account, emoji, place, at, big, unread"

MINE = query(
    f"select {_COLUMNS} from reaction where author = :author and body = :body"
    " and account = :account order by place",
    ReactionRow,
)
COUNTS = query(
    "select author, body, emoji, n, since from reaction_count where author = :author"
    " and body = :body and n > 0",
    CountRow,
)
PUT = query(
    f"insert into reaction ({_COLUMNS}) values (:author, :body, :account, :emoji, :place, :at,"
    " :big, :unread) on conflict (author, body, account, emoji)"
    " do update set place = excluded.place"
)
DROP = query(
    "delete from reaction where author = :author and body = :body and account = :account"
    " and emoji in (:emojis)"
)
COUNT = query(
    "insert into reaction_count (author, body, emoji, n, since)"
    " values (:author, :body, :emoji, :by, :at) on conflict (author, body, emoji)"
    " do update set n = reaction_count.n + excluded.n"
)
SWEEP_COUNTS = query("delete from reaction_count where author = :author and body = :body and n < 1")
UNREAD = query(
    "select count(*) as n from reaction where author = :author and body = :body and unread = 1",
    Number,
)
SEEN = query(
    "update reaction set unread = 0 where author = :author and body = :body and unread = 1"
)
MARK = query(
    "update box set flags = (flags | 8) where owner = :owner and id = :id and (flags & 8) = 0"
)
UNMARK = query(
    "update box set flags = flags - 8 where owner = :owner and id = :id and (flags & 8) = 8"
)

# Of many messages at once. A page has few authors: the pairs that do not exist cost nothing.
COUNTS_OF = query(
    "select author, body, emoji, n, since from reaction_count where author in (:authors)"
    " and body in (:bodies) and n > 0 order by n desc, since, emoji",
    CountRow,
)
MINE_OF = query(
    f"select {_COLUMNS} from reaction where author in (:authors) and body in (:bodies)"
    " and account = :account order by place",
    ReactionRow,
)
RECENT_OF = query(
    f"select {_COLUMNS} from (select {_COLUMNS}, row_number() over (partition by author, body"
    " order by at desc, account desc) as n from reaction where author in (:authors)"
    " and body in (:bodies)) as ranked where n <= :most order by at desc, account desc",
    ReactionRow,
)
RECENT = query(
    f"select {_COLUMNS} from reaction where author = :author and body = :body"
    " order by at desc, account desc limit :limit",
    ReactionRow,
)
LIST = query(
    f"select {_COLUMNS} from reaction where author = :author and body = :body"
    " and (at < :at or (at = :at and account < :account)) order by at desc, account desc"
    " limit :limit",
    ReactionRow,
)
LIST_OF = query(
    f"select {_COLUMNS} from reaction where author = :author and body = :body and emoji = :emoji"
    " and (at < :at or (at = :at and account < :account)) order by at desc, account desc"
    " limit :limit",
    ReactionRow,
)
ERASE = query("delete from reaction where author = :author and body = :body")
ERASE_COUNTS = query("delete from reaction_count where author = :author and body = :body")

REACTED_TO = query(
    "select author, body from reaction where account = :account group by author, body"
    " order by author, body limit :limit",
    Body,
)

# ── what somebody reacts with ───────────────────────────────────────────────────────────────────

USED = query(
    "insert into reaction_use (account, emoji, n, at) values (:account, :emoji, 1, :at)"
    " on conflict (account, emoji) do update set n = reaction_use.n + 1,"
    " at = greatest(reaction_use.at, excluded.at)"
)
RECENTLY = query(
    "select emoji from reaction_use where account = :account and at > 0"
    " order by at desc, n desc, emoji limit :limit",
    Emoji,
)
MOSTLY = query(
    "select emoji from reaction_use where account = :account order by n desc, at desc, emoji"
    " limit :limit",
    Emoji,
)
FORGET = query("update reaction_use set at = 0 where account = :account and at > 0")
FORGET_USE = query("delete from reaction_use where account = :account")
PUT_PAST = query(
    "insert into reaction (author, body, account, emoji, place, at)"
    " values (:author, :body, :account, :emoji, :place, :at) on conflict do nothing"
)
PUT_PAST_COUNT = query(
    "insert into reaction_count (author, body, emoji, n, since)"
    " values (:author, :body, :emoji, :n, :since) on conflict do nothing"
)
