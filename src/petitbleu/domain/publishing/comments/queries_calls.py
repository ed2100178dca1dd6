"""SQL of ``comment_call``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class CallRow(NamedTuple):
    """A held comment that people were asked about. ``told_at`` is Unix seconds."""

    number: int
    comment: int
    """Negative: it was changed since, and asked about again under another number."""
    channel: int
    told_at: int
    told: int


class Id(NamedTuple):
    """A number, 0 where there is none."""

    id: int


_ALL = "number, comment, channel, told_at, told"

GET = query(f"select {_ALL} from comment_call where number = :number", CallRow)
OF_COMMENT = query(f"select {_ALL} from comment_call where comment = :comment", CallRow)
OF_MESSAGE = query(
    f"select {_ALL} from comment_call where channel = :channel and told_at = :told_at"
    " order by number",
    CallRow,
)
UNTOLD = query(
    f"select {_ALL} from comment_call where channel = :channel and told = 0 order by number",
    CallRow,
)
LAST = query("select coalesce(max(told_at), 0) from comment_call where channel = :channel", Id)
LAST_NUMBER = query("select coalesce(max(number), 0) from comment_call", Id)
UNCALLED = query(
    "select id from guest_comment where state = 'held' and channel = :channel and not exists"
    " (select 1 from comment_call c where c.comment = guest_comment.id) order by id limit :limit",
    Id,
)
INSERT = query(
    f"insert into comment_call ({_ALL}) values (:number, :comment, :channel, :told_at, :told)"
)
TOLD = query("update comment_call set told = 1 where channel = :channel and told_at = :told_at")
# The number stays taken: what was asked under it is nobody's any more.
FORGET = query("update comment_call set comment = -number where comment = :comment")
DROP_OLD = query("delete from comment_call where told_at < :before")
