"""SQL of ``attention`` and of the two counters of it in ``dialog``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class Id(NamedTuple):
    """A message id."""

    id: int


class Mark(NamedTuple):
    """A message that concerns somebody."""

    id: int
    unread: int


class Gone(NamedTuple):
    """A mark that was taken away."""

    account: int
    peer: int
    kind: int
    id: int
    unread: int


class Count(NamedTuple):
    """How many."""

    n: int


PUT = query(
    "insert into attention (account, peer, kind, id, unread)"
    " values (:account, :peer, :kind, :id, 1)"
    " on conflict (account, peer, kind, id) do update set unread = 1 where attention.unread = 0"
)
OF = query(
    "select id, unread from attention where account = :account and peer = :peer and kind = :kind"
    " and id in (:ids)",
    Mark,
)
OLDER = query(
    "select id from attention where account = :account and peer = :peer and kind = :kind"
    " and unread = 1 and id < :below and id > :above order by id desc limit :limit offset :skip",
    Id,
)
NEWER = query(
    "select id from attention where account = :account and peer = :peer and kind = :kind"
    " and unread = 1 and id >= :from_id and id < :below and id > :above"
    " order by id limit :limit offset :skip",
    Id,
)
READ = query(
    "update attention set unread = 0 where account = :account and peer = :peer and kind = :kind"
    " and id in (:ids) and unread = 1 returning id",
    Id,
)
DROP = query(
    "delete from attention where account = :account and peer = :peer and kind = :kind"
    " and id in (:ids) returning account, peer, kind, id, unread",
    Gone,
)
GONE = query(
    "delete from attention where account = :account and peer = :peer and id in (:ids)"
    " returning account, peer, kind, id, unread",
    Gone,
)
POSTS_GONE = query(
    "delete from attention where peer = :peer and peer < -1000000000000 and id in (:ids)"
    " returning account, peer, kind, id, unread",
    Gone,
)
LEFT = query(
    "delete from attention where account = :account and peer = :peer"
    " returning account, peer, kind, id, unread",
    Gone,
)
COUNT_MENTIONS = query(
    "update dialog set mentions = greatest(mentions + :by, 0)"
    " where owner = :account and peer = :peer"
)
COUNT_REACTIONS = query(
    "update dialog set reactions = greatest(reactions + :by, 0)"
    " where owner = :account and peer = :peer"
)
UNREAD_MENTIONS = query(
    "select mentions as n from dialog where owner = :account and peer = :peer", Count
)
UNREAD_REACTIONS = query(
    "select reactions as n from dialog where owner = :account and peer = :peer", Count
)
