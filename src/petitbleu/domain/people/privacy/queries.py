"""SQL of ``privacy``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class RuleRow(NamedTuple):
    """The rules of one key, as msgpack ``[[rule, [ids]], ...]``."""

    owner: int
    key: str
    rules: bytes


OF = query("select owner, key, rules from privacy where owner in (:ids)", RuleRow)
SET = query(
    "insert into privacy (owner, key, rules) values (:owner, :key, :rules)"
    " on conflict (owner, key) do update set rules = excluded.rules",
    stamps=(("privacy", "owner"), ("accounts", "owner"), ("viewers", "owner")),
)
FORGET = query(
    "delete from privacy where owner = :owner",
    stamps=(("privacy", "owner"), ("accounts", "owner"), ("viewers", "owner")),
)
