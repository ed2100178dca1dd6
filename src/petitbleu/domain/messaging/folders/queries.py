"""SQL of ``dialog_filter``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class FolderRow(NamedTuple):
    """One folder of somebody's chat list; id 0 stands for the list of all chats."""

    id: int
    position: int
    data: bytes


class Count(NamedTuple):
    """A number of chats."""

    n: int


ALL = query(
    "select id, position, data from dialog_filter where owner = :owner order by position, id",
    FolderRow,
)
PUT = query(
    "insert into dialog_filter (owner, id, position, data) values (:owner, :id, :position, :data)"
    " on conflict (owner, id) do update set data = excluded.data"
)
PLACE = query(
    "insert into dialog_filter (owner, id, position, data) values (:owner, :id, :position, :data)"
    " on conflict (owner, id) do update set position = excluded.position"
)
DROP = query("delete from dialog_filter where owner = :owner and id = :id")
FORGET = query("delete from dialog_filter where owner = :owner")
CHATS = query(
    "select count(*) as n from (select 1 as one from dialog where owner = :owner and top_id > 0"
    " limit :limit) as listed",
    Count,
)
