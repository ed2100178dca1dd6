"""SQL of ``expiry``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class Expiring(NamedTuple):
    """A message whose time is over."""

    due: int
    author: int
    body: int


DUE = query(
    "select due, author, body from expiry where due <= :now order by due, author, body"
    " limit :limit",
    Expiring,
)
DONE = query("delete from expiry where due = :due and author = :author and body = :body")
