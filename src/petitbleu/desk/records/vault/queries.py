"""SQL of the vault."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class Sealed(NamedTuple):
    """What is kept of some bytes."""

    sealed: bytes
    size: int
    at: int


PUT = query(
    "insert into vault (sha, at, size, sealed) values (:sha, :at, :size, :sealed)"
    " on conflict (sha) do nothing"
)
GET = query("select sealed, size, at from vault where sha = :sha", Sealed)
