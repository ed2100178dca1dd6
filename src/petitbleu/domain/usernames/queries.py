"""SQL of ``username``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class UsernameRow(NamedTuple):
    """A name in use, or resting. ``name`` is lower case, ``display`` as typed."""

    name: str
    display: str
    peer: int | None
    rests_until: int | None


GET = query(
    "select name, display, peer, rests_until from username where name = :name", UsernameRow
)
OF = query(
    "select name, display, peer, rests_until from username where peer in (:ids)", UsernameRow
)
