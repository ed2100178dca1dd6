"""SQL of ``guest_comment``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class GuestRow(NamedTuple):
    """A guest's comment. Times are Unix seconds."""

    id: int
    channel: int
    post: int
    chat: int
    parent: int
    name: str
    sealed: bytes
    language: str
    notify: int
    state: str
    spam_check: int
    message: int
    at: int
    confirmed_at: int | None
    decided_by: str


class RuleRow(NamedTuple):
    """What was decided about the comments of one post."""

    post: int
    rule: str


_ALL = (
    "id, channel, post, chat, parent, name, sealed, language, notify, state, spam_check, message,"
    " at, confirmed_at, decided_by"
)

INSERT = query(
    f"insert into guest_comment ({_ALL}) values (:id, :channel, :post, :chat, :parent, :name,"
    " :sealed, :language, :notify, :state, :spam_check, :message, :at, :confirmed_at, :decided_by)"
)
GET = query(f"select {_ALL} from guest_comment where id = :id", GuestRow)
WAITING = query(
    f"select {_ALL} from guest_comment where state = 'held' and id > :after order by id"
    " limit :limit",
    GuestRow,
)
OF_MESSAGES = query(
    f"select {_ALL} from guest_comment where chat = :chat and message in (:messages)"
    " and message <> 0",
    GuestRow,
)
MOVE = query(
    "update guest_comment set state = :now, decided_by = :by where id = :id and state = :was"
)
CONFIRM = query(
    "update guest_comment set state = :now, confirmed_at = :at where id = :id and state = 'new'"
)
PUBLISHED = query(
    "update guest_comment set state = 'published', message = :message"
    " where id = :id and state = 'approved'"
)
REWRITE = query(
    "update guest_comment set sealed = :sealed, spam_check = :spam_check, state = :now"
    " where id = :id and state = :was"
)
QUIET = query("update guest_comment set notify = 0 where id = :id")
DROP_UNCONFIRMED = query("delete from guest_comment where state = 'new' and at < :before")
DROP_OLD = query(
    "delete from guest_comment where at < :before and state in ('refused', 'withdrawn')"
)

RULES = query("select post, rule from comment_rule where channel = :channel", RuleRow)
PUT_RULE = query(
    "insert into comment_rule (channel, post, rule) values (:channel, :post, :rule)"
    " on conflict (channel, post) do update set rule = excluded.rule"
)
DROP_RULE = query("delete from comment_rule where channel = :channel and post = :post")
