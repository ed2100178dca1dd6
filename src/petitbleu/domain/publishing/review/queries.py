"""SQL of ``post_preview``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class PreviewRow(NamedTuple):
    """A link to a post that is not published yet. ``until``: Unix seconds."""

    number: int
    channel: int
    message: int
    random_id: int
    made_by: int
    until: int


_COLUMNS = "number, channel, message, random_id, made_by, until"

ONE = query(f"select {_COLUMNS} from post_preview where number = :number", PreviewRow)
OF_POST = query(
    f"select {_COLUMNS} from post_preview where channel = :channel and message = :message",
    PreviewRow,
)
OF_POSTS = query(
    f"select {_COLUMNS} from post_preview where channel = :channel and message in (:messages)",
    PreviewRow,
)
PUT = query(
    f"insert into post_preview ({_COLUMNS}) values (:number, :channel, :message, :random_id,"
    " :made_by, :until)"
)
DROP = query("delete from post_preview where channel = :channel and message = :message")
FORGET = query("delete from post_preview where until <= :now")
