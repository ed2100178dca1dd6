"""SQL of ``admin_log``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class LogRow(NamedTuple):
    """One recent action. ``at`` is Unix seconds, ``data`` msgpack."""

    id: int
    at: int
    actor: int
    kind: str
    data: bytes


class Id(NamedTuple):
    """A single id."""

    id: int


NEXT = query("select coalesce(max(id), 0) + 1 as id from admin_log where chat = :chat", Id)
INSERT = query(
    "insert into admin_log (chat, id, at, actor, kind, sort, message, words, data)"
    " values (:chat, :id, :at, :actor, :kind, :sort, :message, :words, :data)"
)
PAGE = query(
    "select id, at, actor, kind, data from admin_log where chat = :chat and id < :below"
    " and id > :above and hidden = 0 and sort in (:sorts)"
    " and (cast(:anybody as bigint) = 1 or actor in (:actors))"
    " and (:words = '' or words like :words escape '!') order by id desc limit :limit",
    LogRow,
)
HIDE = query(
    "update admin_log set hidden = :hidden where chat = :chat and message in (:messages)"
    " and message > 0"
)
