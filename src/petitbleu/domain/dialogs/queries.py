"""SQL of ``dialog``: the chat list. (Its message counters are kept by the messages room.)"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class DialogRow(NamedTuple):
    """One chat in somebody's list. ``top_id`` is 0 where there is no message."""

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


class Count(NamedTuple):
    """A number of chats."""

    n: int


class Peer(NamedTuple):
    """A chat."""

    peer: int


class Date(NamedTuple):
    """The date of a message."""

    date: int


_ROW = (
    "peer, top_id, top_date, read_in, read_out, unread, marked, pin_order, folder, draft, draft_at,"
    " notify"
)

PAGE = query(
    f"select {_ROW} from dialog where owner = :owner and top_id > 0 and folder in (:folders)"
    " and pin_order = 0 and (top_date < :date or (top_date = :date and top_id < :top_id))"
    " order by top_date desc, top_id desc limit :limit",
    DialogRow,
)
PINNED = query(
    f"select {_ROW} from dialog where owner = :owner and pin_order > 0 and folder in (:folders)"
    " order by pin_order desc",
    DialogRow,
)
OF_PEERS = query(f"select {_ROW} from dialog where owner = :owner and peer in (:peers)", DialogRow)
COUNT = query(
    "select count(*) as n from dialog where owner = :owner and top_id > 0 and folder in (:folders)",
    Count,
)
MARKED = query("select peer from dialog where owner = :owner and marked = 1 order by peer", Peer)
MESSAGE_DATE = query(
    "select b.date from box x join body b on b.author = x.author and b.id = x.body"
    " where x.owner = :owner and x.id = :id",
    Date,
)
# The row lock of PostgreSQL: changes to the order of one list wait for one another.
LOCK = query("update account_state set pts = pts where owner = :owner")
SET_PIN = query("update dialog set pin_order = :pin_order where owner = :owner and peer = :peer")
SET_MARK = query(
    "update dialog set marked = :marked where owner = :owner and peer = :peer and marked <> :marked"
)
SET_FOLDER = query(
    "update dialog set folder = :folder, pin_order = 0"
    " where owner = :owner and peer = :peer and folder <> :folder"
)
