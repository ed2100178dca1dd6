"""SQL of ``post_count``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class PostCount(NamedTuple):
    """What is counted of one post."""

    channel: int
    id: int
    views: int
    forwards: int


OF = query(
    "select channel, id, views, forwards from post_count where channel = :channel and id in (:ids)",
    PostCount,
)
SEEN = query(
    "insert into post_count (channel, id, views, forwards)"
    " values (:channel, :id, 1 + cast(:readers as bigint), 0)"
    " on conflict (channel, id) do update set views = post_count.views + cast(:readers as bigint)"
)
FORWARDED = query(
    "insert into post_count (channel, id, views, forwards) values (:channel, :id, 1, 1)"
    " on conflict (channel, id) do update set forwards = post_count.forwards + 1"
)
DROP = query("delete from post_count where channel = :channel and id = :id")
