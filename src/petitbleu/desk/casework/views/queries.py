"""SQL of saved views."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class ViewRow(NamedTuple):
    """A filter somebody keeps; ``filter`` is the query of the page's address."""

    id: int
    staff: int
    shared: int
    name: str
    filter: str
    made_at: int


_VIEW = "select id, staff, shared, name, filter, made_at from desk_view"
VIEWS = query(f"{_VIEW} where staff = :staff or shared = 1 order by shared, name, id", ViewRow)
VIEW = query(f"{_VIEW} where id = :id", ViewRow)
KEEP = query(
    "insert into desk_view (staff, shared, name, filter, made_at)"
    " values (:staff, :shared, :name, :filter, :at)"
    " on conflict (staff, shared, name) do update set filter = :filter, made_at = :at"
)
DELETE = query("delete from desk_view where id = :id")
