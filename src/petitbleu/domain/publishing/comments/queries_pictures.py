"""SQL of ``comment_picture``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class PictureRow(NamedTuple):
    """A picture in a comment. Times are Unix seconds."""

    chat: int
    message: int
    channel: int
    photo: int
    state: str
    asked_at: int
    at: int
    decided_by: int


class Last(NamedTuple):
    """When people were asked last; 0: never."""

    at: int


_ALL = "chat, message, channel, photo, state, asked_at, at, decided_by"
_WAITING = "channel = :channel and state = 'waiting'"

PUT = query(
    f"insert into comment_picture ({_ALL}) values (:chat, :message, :channel, :photo, :state,"
    " :asked_at, :at, :decided_by) on conflict (chat, message) do update set"
    " channel = excluded.channel, photo = excluded.photo, state = excluded.state,"
    " asked_at = excluded.asked_at, at = excluded.at, decided_by = excluded.decided_by"
)
GET = query(
    f"select {_ALL} from comment_picture where chat = :chat and message in (:messages)", PictureRow
)
UNASKED = query(
    f"select {_ALL} from comment_picture where {_WAITING} and asked_at = 0"
    " order by message limit :limit",
    PictureRow,
)
ASKED_AT = query(
    f"select {_ALL} from comment_picture where {_WAITING} and asked_at = :asked_at"
    " order by message",
    PictureRow,
)
LAST = query(f"select coalesce(max(asked_at), 0) as at from comment_picture where {_WAITING}", Last)
ASKED = query(
    "update comment_picture set asked_at = :at where chat = :chat and message in (:messages)"
    " and state = 'waiting'"
)
DROP_OLD = query("delete from comment_picture where at < :before and state <> 'shown'")
"""What was shown stays: the comment may stand for years."""
DROP = query("delete from comment_picture where chat = :chat and message in (:messages)")
