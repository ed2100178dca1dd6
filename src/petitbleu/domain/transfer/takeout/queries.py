"""SQL of ``takeout``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class TakeoutRow(NamedTuple):
    """A person's export that runs, or (id 0) that was asked for and has to wait."""

    id: int
    auth: int
    at: int


OF = query("select id, auth, at from takeout where account = :account", TakeoutRow)
PUT = query(
    "insert into takeout (account, id, auth, at, wants) values (:account, :id, :auth, :at, :wants)"
    " on conflict (account) do update set id = excluded.id, auth = excluded.auth,"
    " at = excluded.at, wants = excluded.wants"
)
DROP = query("delete from takeout where account = :account and id = :id")
FORGET = query("delete from takeout where account = :account")
