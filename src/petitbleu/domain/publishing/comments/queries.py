"""SQL of ``guest_comment``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class GuestRow(NamedTuple):
    """A guest's comment. Times are Unix seconds; ``score`` in millionths."""

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
    verdict: str
    score: int
    asked_at: int
    ending: str
    decided_at: int
    contested_at: int
    contest: bytes | None


class Count(NamedTuple):
    """How many comments lie in a box, or are of a channel."""

    box: str
    number: int


class RuleRow(NamedTuple):
    """What was decided about the comments of one post."""

    post: int
    rule: str


_ALL = (
    "id, channel, post, chat, parent, name, sealed, language, notify, state, spam_check, message,"
    " at, confirmed_at, decided_by, verdict, score, asked_at, ending, decided_at, contested_at,"
    " contest"
)

INSERT = query(
    f"insert into guest_comment ({_ALL}) values (:id, :channel, :post, :chat, :parent, :name,"
    " :sealed, :language, :notify, :state, :spam_check, :message, :at, :confirmed_at, :decided_by,"
    " :verdict, :score, :asked_at, :ending, :decided_at, :contested_at, :contest)"
)
TWINS = query(
    f"select {_ALL} from guest_comment where at >= :since and channel = :channel and post = :post"
    " and parent = :parent and name = :name"
    " and state in ('new', 'held', 'approved', 'published', 'discarded') order by id limit :limit",
    GuestRow,
)
DROP = query("delete from guest_comment where id = :id and state = 'new'")
GET = query(f"select {_ALL} from guest_comment where id = :id", GuestRow)
WAITING = query(
    f"select {_ALL} from guest_comment where state = 'held' and id > :after order by id"
    " limit :limit",
    GuestRow,
)
GET_MANY = query(f"select {_ALL} from guest_comment where id in (:ids)", GuestRow)
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
    "update guest_comment set sealed = :sealed, spam_check = :spam_check, state = :now,"
    " verdict = :verdict, score = :score"
    " where id = :id and state = :was"
)
QUIET = query("update guest_comment set notify = 0 where id = :id")
DROP_UNCONFIRMED = query("delete from guest_comment where state = 'new' and asked_at < :before")
DROP_DISCARDED = query(
    "delete from guest_comment where at < :before and verdict = 'discard'"
    " and state in ('discarded', 'refused')"
    " and not (ending = 'spam' and contested_at > decided_at)"
)
"""But not while its author waits for a person."""
DROP_REMOVED = query("delete from guest_comment where state = 'removed' and decided_at < :before")
IN_STATE = query(
    f"select {_ALL} from guest_comment where state = :state and id > :after order by id"
    " limit :limit",
    GuestRow,
)
NOTE = query(
    "update guest_comment set state = :now, decided_at = :at where id in (:ids) and state = :was"
)
DROP_OLD = query(
    "delete from guest_comment where at < :before and state in ('refused', 'withdrawn')"
)

# ── whoever judges ──────────────────────────────────────────────────────────────────────────────

_BOX = (
    "case when state = 'held' and verdict in ('spam', 'discard') then 'spam'"
    " when state = 'refused' and ending = 'spam' and contested_at > 0 then 'contested'"
    " when state = 'refused' then 'refused' else state end"
)
_JUDGED = (
    "(state in ('held', 'discarded') or (state = 'refused' and ending in ('spam', 'kept')))"
    f" and {_BOX} = :box and channel >= :low and channel <= :high"
    " and score >= :least and score <= :most"
)
BOXES = query(
    f"select {_BOX} as box, count(*) from guest_comment where state in ('held', 'discarded')"
    " or (state = 'refused' and ending in ('spam', 'kept')) group by 1",
    Count,
)
CHANNELS = query(
    f"select cast(channel as text), count(*) from guest_comment where {_BOX} = :box"
    " and (state in ('held', 'discarded') or (state = 'refused' and ending in ('spam', 'kept')))"
    " group by channel order by 2 desc, 1 limit :limit",
    Count,
)
QUEUE = query(
    f"select {_ALL} from guest_comment where {_JUDGED} and id > :after order by id limit :limit",
    GuestRow,
)
NEWEST_FIRST = query(
    f"select {_ALL} from guest_comment where {_JUDGED} and id < :after"
    " order by id desc limit :limit",
    GuestRow,
)
DECIDE = query(
    "update guest_comment set state = :now, ending = :ending, decided_by = :by, decided_at = :at,"
    " asked_at = :asked_at where id = :id and state = :was and ending = :was_ending"
    " and spam_check = :checked"
)
CONTEST = query(
    "update guest_comment set contested_at = :at, contest = :contest, state = 'refused',"
    " ending = 'spam' where id = :id and contested_at = 0"
    " and (state = 'discarded' or (state = 'refused' and ending = 'spam'))"
)

# ── rules of single posts ───────────────────────────────────────────────────────────────────────

RULES = query("select post, rule from comment_rule where channel = :channel", RuleRow)
PUT_RULE = query(
    "insert into comment_rule (channel, post, rule) values (:channel, :post, :rule)"
    " on conflict (channel, post) do update set rule = excluded.rule",
    stamps=(("comment_rules", "channel"),),
)
DROP_RULE = query(
    "delete from comment_rule where channel = :channel and post = :post",
    stamps=(("comment_rules", "channel"),),
)
