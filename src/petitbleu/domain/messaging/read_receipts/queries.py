"""SQL of ``read_mark``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class Reading(NamedTuple):
    """Who has read a message, and since when (Unix seconds)."""

    account: int
    at: int


PUT = query(
    "insert into read_mark (peer, account, upto, at) values (:peer, :account, :upto, :at)"
    " on conflict (peer, account, upto) do nothing"
)
OF_POST = query(
    "select account, min(at) as at from read_mark where peer = :peer and upto >= :id"
    " group by account order by 2, account",
    Reading,
)
# In a basic group everybody has their own number of the message.
OF_COPIES = query(
    "select r.account, min(r.at) as at from read_mark r join box x on x.owner = r.account"
    " and x.author = :author and x.body = :body and x.peer < 0"
    " where r.peer = :peer and r.upto >= x.id group by r.account order by 2, r.account",
    Reading,
)
SWEEP = query("delete from read_mark where at < :before")
