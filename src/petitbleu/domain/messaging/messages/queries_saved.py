"""SQL of Saved Messages by the chat they came from: ``box.top`` is that chat's peer number."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.domain.messaging.messages.queries import FULL, JOIN, Count, Id, MessageRow
from petitbleu.store.query import query


class Chat(NamedTuple):
    """A chat that something is saved from, with the newest message of it."""

    peer: int
    top_id: int


class Pin(NamedTuple):
    """A pinned one; higher positions first."""

    peer: int
    position: int


# One step of the index for each chat, not one for each message.
CHATS = query(
    "with recursive saved(peer) as ("
    " select min(top) from box where owner = :owner and top is not null"
    " union all"
    " select (select min(top) from box where owner = :owner and top is not null"
    " and top > saved.peer) from saved where saved.peer is not null)"
    " select peer, (select max(id) from box where owner = :owner and top is not null"
    " and top = saved.peer) as top_id from saved where peer is not null",
    Chat,
)
OLDER = query(
    f"select {FULL} from (select id from box where owner = :owner and top = :top"
    " and top is not null and id < :below and id > :above order by id desc"
    " limit :limit offset :skip) p"
    " join box x on x.owner = :owner and x.id = p.id"
    f" {JOIN} order by x.id desc",
    MessageRow,
)
NEWER = query(
    f"select {FULL} from (select id from box where owner = :owner and top = :top"
    " and top is not null and id >= :from_id and id < :below and id > :above order by id"
    " limit :limit offset :skip) p"
    " join box x on x.owner = :owner and x.id = p.id"
    f" {JOIN} order by x.id desc",
    MessageRow,
)
COUNT = query(
    "select count(*) as n from box where owner = :owner and top = :top and top is not null", Count
)
SLICE = query(
    f"select x.id from box x {JOIN} where x.owner = :owner and x.top = :top and x.top is not null"
    " and x.id <= :upto and b.date >= :since and b.date <= :until order by x.id desc limit :limit",
    Id,
)
PINS = query(
    "select peer, position from saved_pin where owner = :owner order by position desc", Pin
)
PUT_PIN = query(
    "insert into saved_pin (owner, peer, position) values (:owner, :peer, :position)"
    " on conflict (owner, peer) do update set position = excluded.position"
)
DROP_PIN = query("delete from saved_pin where owner = :owner and peer = :peer")
