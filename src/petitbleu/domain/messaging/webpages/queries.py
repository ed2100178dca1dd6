"""SQL of ``webpage``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class Row(NamedTuple):
    """What is known of a link. ``state``: 0 being fetched, 1 there is a preview, 2 there is none.

    Times are Unix seconds; after ``due`` somebody who says the link anew has it fetched anew.
    """

    id: int
    url: str
    state: int
    fetched_at: int
    due: int
    version: int
    data: bytes | None


_COLUMNS = "id, url, state, fetched_at, due, version, data"

OF = query(f"select {_COLUMNS} from webpage where id in (:ids)", Row)
CLAIM = query(
    "insert into webpage (id, url, state, fetched_at, due) values (:id, :url, 0, :at, :at)"
    " on conflict (id) do update set fetched_at = excluded.fetched_at"
)
PUT = query(
    "update webpage set state = :state, fetched_at = :at, due = :due, version = version + 1,"
    " data = :data where id = :id"
)
AFTER = query(f"select {_COLUMNS} from webpage where id > :after order by id limit :limit", Row)
DROP = query("delete from webpage where id = :id and fetched_at = :fetched_at")
LATER = query("update webpage set fetched_at = :at, due = :due where id = :id")
