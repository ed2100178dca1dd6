"""SQL of ``desk_danger``, ``desk_danger_name`` and ``desk_danger_seen``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class AlarmRow(NamedTuple):
    """Which alarm counts a case; ``counted``: for how many messages that of a lead stands."""

    number: int
    lead: int
    sender: str
    counted: int


class Number(NamedTuple):
    """A case."""

    number: int


class Seen(NamedTuple):
    """The last post of a channel that was read."""

    chat: int
    message: int


CLAIM = query(
    "insert into desk_danger_name (name, number, at) values (:name, :number, :at)"
    " on conflict (name) do update set at = excluded.at returning number",
    Number,
)
LEAD_NAME = query("update desk_danger_name set number = :number, at = :at where name in (:names)")
MOVE_NAMES = query("update desk_danger_name set number = :into where number = :number")
PRUNE_NAMES = query("delete from desk_danger_name where at < :before")
KEEP = query(
    "insert into desk_danger (number, lead, sender, counted, at)"
    " values (:number, :lead, :sender, 1, :at)"
    " on conflict (number) do update set lead = excluded.lead, at = excluded.at"
)
COUNT = query("update desk_danger set counted = counted + 1 where number = :number")
OF_CASE = query(
    "select number, lead, sender, counted from desk_danger where number = :number", AlarmRow
)
COUNTED_WITH = query(
    "select number, lead, sender, counted from desk_danger where lead = :lead and number <> :lead"
    " order by number limit :limit",
    AlarmRow,
)
_UNREAD = (
    "select d.number from desk_danger d join desk_case c on c.number = d.number"
    " where d.lead = :lead and d.number <> :lead and c.open = 1 and c.looked_at is null"
)
NEXT = query(f"{_UNREAD} order by d.number limit 1", Number)
NEXT_OF_OTHERS = query(f"{_UNREAD} and d.sender <> :sender order by d.number limit 1", Number)
MOVE = query("update desk_danger set lead = :into where lead = :lead and number <> :lead")
SET_COUNTED = query(
    "update desk_danger set lead = :number, counted ="
    " (select count(*) from desk_danger where lead = :number) where number = :number"
)

ALL_SEEN = query("select chat, message from desk_danger_seen order by chat", Seen)
SET_SEEN = query(
    "insert into desk_danger_seen (chat, message) values (:chat, :message)"
    " on conflict (chat) do update set message = excluded.message"
    " where excluded.message > desk_danger_seen.message"
)
