"""SQL of ``dialog``: the chat list. (Its message counters are kept by the messages room.)"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class DialogRow(NamedTuple):
    """One chat in somebody's list. ``top_id`` is 0 where there is no message.

    Of a channel the newest message and ``read_out`` are the channel's own; ``unread`` is not kept.
    """

    peer: int
    top_id: int
    top_date: int
    read_in: int
    read_out: int
    unread: int
    marked: int
    pin_order: int
    folder: int
    draft: bytes | None
    draft_at: int
    notify: bytes | None
    mentions: int = 0
    """Unread mentions."""
    reactions: int = 0
    """Own messages with reactions not seen yet."""
    ttl: int = 0
    """Private chats: seconds after which messages go by themselves."""


class Count(NamedTuple):
    """A number of chats."""

    n: int


class Archived(NamedTuple):
    """A chat in somebody's archive."""

    owner: int
    peer: int


class Peer(NamedTuple):
    """A chat."""

    peer: int


class Date(NamedTuple):
    """The date of a message."""

    date: int


# The newest message of a channel stands in the channel's own row (owner = peer = the channel).
_OF_CHANNEL = (
    "left join dialog c on d.peer < -1000000000000 and c.owner = d.peer and c.peer = d.peer"
)
_ROWS = (
    "select d.peer, coalesce(c.top_id, d.top_id) as top_id,"
    " coalesce(c.top_date, d.top_date) as top_date, d.read_in,"
    " coalesce(c.read_out, d.read_out) as read_out, d.unread, d.marked, d.pin_order, d.folder,"
    f" d.draft, d.draft_at, d.notify, d.mentions, d.reactions, d.ttl from dialog d {_OF_CHANNEL}"
)

PAGE = query(
    f"select * from ({_ROWS} where d.owner = :owner and d.top_id > 0 and d.folder in (:folders)"
    " and d.pin_order = 0) as listed"
    " where top_date < :date or (top_date = :date and top_id < :top_id)"
    " order by top_date desc, top_id desc, peer limit :limit",
    DialogRow,
)
PINNED = query(
    f"{_ROWS} where d.owner = :owner and d.pin_order > 0 and d.folder in (:folders)"
    " order by d.pin_order desc",
    DialogRow,
)
OF_PEERS = query(f"{_ROWS} where d.owner = :owner and d.peer in (:peers)", DialogRow)
COUNT = query(
    "select count(*) as n from dialog where owner = :owner and top_id > 0 and folder in (:folders)",
    Count,
)
ARCHIVED = query(
    "select owner, peer from dialog where folder = 1 and (owner, peer) > (:owner, :peer)"
    " order by owner, peer limit :limit",
    Archived,
)
OF_FOLDER = query(
    f"{_ROWS} where d.owner = :owner and d.folder = :folder and d.top_id > 0 limit :limit",
    DialogRow,
)
MARKED = query("select peer from dialog where owner = :owner and marked = 1 order by peer", Peer)
MESSAGE_DATE = query(
    "select b.date from box x join body b on b.author = x.author and b.id = x.body"
    " where x.owner = :owner and x.id = :id",
    Date,
)
SET_PIN = query("update dialog set pin_order = :pin_order where owner = :owner and peer = :peer")
SET_MARK = query(
    "update dialog set marked = :marked where owner = :owner and peer = :peer and marked <> :marked"
)
SET_FOLDER = query(
    "update dialog set folder = :folder, pin_order = 0"
    " where owner = :owner and peer = :peer and folder <> :folder",
    stamps=(("archive", "owner", "peer"),),
)
# A channel in somebody's list: its newest message stands in the channel's own row.
LIST = query(
    "insert into dialog (owner, peer, top_id, read_in) values (:owner, :peer, 1, :read_in)"
    " on conflict (owner, peer) do update set top_id = 1,"
    " read_in = greatest(dialog.read_in, excluded.read_in)"
)
UNLIST = query(
    "delete from dialog where owner = :owner and peer = :peer",
    stamps=(("timers", "owner", "peer"),),
)
# What somebody set for the old group holds for the supergroup it became.
INHERIT = query(
    "update dialog set (folder, notify, draft, draft_at) = (select o.folder, o.notify, o.draft,"
    " o.draft_at from dialog o where o.owner = :owner and o.peer = :old)"
    " where owner = :owner and peer = :new and exists (select 1 from dialog o"
    " where o.owner = :owner and o.peer = :old)",
    stamps=(("archive", "owner", "new"),),
)

# The upsert that changes nothing locks the row on PostgreSQL, so that ids are given out one by one.
