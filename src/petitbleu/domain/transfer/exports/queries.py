"""SQL of the reactions that go out with messages (the tables are the reactions room's)."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class Counted(NamedTuple):
    """How many chose an emoji."""

    body: int
    emoji: str
    n: int


class Reacted(NamedTuple):
    """Somebody who did."""

    body: int
    emoji: str
    account: int
    at: int


COUNTS = query(
    "select body, emoji, n from reaction_count where author = :author and body in (:bodies)"
    " and n > 0 order by body, since, emoji",
    Counted,
)
RECENT = query(
    "select body, emoji, account, at from reaction where author = :author and body in (:bodies)"
    " order by body, emoji, at desc, account",
    Reacted,
)


class OwnRow(NamedTuple):
    """What somebody asked for by themselves."""

    account: int
    id: int
    state: int
    asked_at: int
    chats: int
    all_chats: int
    messages: int
    files: int
    size: int
    expires_at: int


class Number(NamedTuple):
    """Which export."""

    id: int


_OWN = (
    "account, id, state, asked_at, chats, all_chats, messages, files, size, expires_at"
    " from own_export"
)
OWN = query(f"select {_OWN} where account = :account", OwnRow)
OWN_PRESENT = query("select id from own_export where id in (:ids)", Number)
OWN_BEGIN = query(
    "insert into own_export (account, id, state, asked_at) values (:account, :id, 0, :now)"
    " on conflict (account) do nothing"
)
OWN_PROGRESS = query(
    "update own_export set chats = :chats, all_chats = :all_chats, messages = :messages,"
    " files = :files where account = :account and id = :id"
)
OWN_END = query(
    "update own_export set state = :state, size = :size, expires_at = :expires_at"
    " where account = :account and id = :id and state = 0"
)
OWN_DROP = query("delete from own_export where account = :account and id = :id")
