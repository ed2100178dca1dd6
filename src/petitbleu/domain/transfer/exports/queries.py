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
