"""SQL of ``service_chat``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class HeardRow(NamedTuple):
    """How far somebody was heard. ``puzzled_at`` is Unix seconds."""

    account: int
    heard: int
    puzzled_at: int


GET = query(
    "select account, heard, puzzled_at from service_chat where account = :account", HeardRow
)
PUT = query(
    "insert into service_chat (account, heard, puzzled_at) values (:account, :heard, :puzzled_at)"
    " on conflict (account) do update set heard = excluded.heard,"
    " puzzled_at = excluded.puzzled_at"
)
