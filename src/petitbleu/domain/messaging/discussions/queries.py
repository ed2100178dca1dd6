"""SQL of ``discussion``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class Copied(NamedTuple):
    """A post of a channel and its copy in the group (``message`` 0: see :data:`BEGIN`)."""

    channel: int
    post: int
    chat: int
    message: int


class Post(NamedTuple):
    """A post; None: there is none."""

    post: int | None


_COLUMNS = "channel, post, chat, message"

OF_POSTS = query(
    f"select {_COLUMNS} from discussion where channel = :channel and post in (:posts)", Copied
)
OF_MESSAGES = query(
    f"select {_COLUMNS} from discussion where chat = :chat and message in (:messages)"
    " and message > 0",
    Copied,
)
# Where comments begin stands under a number no post has: minus the newest post, minus one.
BEGIN = query(
    f"select {_COLUMNS} from discussion where channel = :channel and chat = :chat"
    " and message = 0 order by post limit 1",
    Copied,
)
NEWEST = query(
    "select max(post) as post from discussion where channel = :channel and chat = :chat"
    " and message > 0",
    Post,
)
PUT = query(
    "insert into discussion (channel, post, chat, message)"
    " values (:channel, :post, :chat, :message) on conflict (channel, post) do update"
    " set chat = excluded.chat, message = excluded.message"
)
