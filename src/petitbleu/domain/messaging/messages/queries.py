"""SQL of ``body``, ``box``, ``erase`` and of the counters in ``dialog``.

A message as its owner has it is a box row joined with its body (:class:`MessageRow`). Everything
that changes an owner's boxes first locks that owner's counters (:data:`LOCK`), in ascending id.
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class MessageRow(NamedTuple):
    """One message in one owner's box. Times are Unix seconds."""

    owner: int
    """A person, or the channel whose post it is."""
    id: int
    peer: int
    """The chat as the owner sees it (the owner's own id: Saved Messages)."""
    author: int
    body: int
    """The id in the author's box."""
    reply_to: int | None
    flags: int
    top: int | None
    """First message of the thread, in the owner's box (supergroups)."""
    twin: int
    """The id in the box of the one written to; 0 in Saved Messages."""
    date: int
    edit_date: int | None
    kind: int
    """0 text, 1 service action."""
    text: str
    entities: bytes | None
    extra: bytes | None
    sender: int
    """Who said it: the author, but in channels (where the author is the channel) a person."""
    media: bytes | None


class Uttered(NamedTuple):
    """What somebody wrote, whoever still has it in a box; ``id`` is that of the body."""

    author: int
    id: int
    peer: int
    date: int
    edit_date: int | None
    kind: int
    text: str
    media: bytes | None


class ChatCounters(NamedTuple):
    """What ``dialog`` counts for a chat."""

    top_id: int
    read_in: int
    read_out: int
    unread: int
    total: int
    folder: int
    marked: int


class Dated(NamedTuple):
    """A message id and its date."""

    id: int
    date: int


class Numbered(NamedTuple):
    """A message in its author's box, and the number that the sender gave it."""

    id: int
    random_id: int


class Id(NamedTuple):
    """A single id."""

    id: int


class Moment(NamedTuple):
    """Unix seconds; None: there is nothing."""

    at: int | None


class Count(NamedTuple):
    """A number of rows."""

    n: int


class CountAt(NamedTuple):
    """A number of rows, and the owner's counter at that moment."""

    n: int
    pts: int


class ChannelCounts(NamedTuple):
    """A channel's counter and newest post; its posts above a mark, and those of one sender."""

    pts: int
    top_id: int
    posts: int
    own: int


class BoxRef(NamedTuple):
    """A box row without its body."""

    id: int
    peer: int
    author: int
    body: int
    top: int | None
    pts: int | None
    """The owner's counter when it came; None where that is not known."""


class CopyRef(NamedTuple):
    """One owner's copy of a body."""

    owner: int
    id: int


class Said(NamedTuple):
    """The newest message of somebody."""

    author: int
    body: int


class Draft(NamedTuple):
    """A chat's draft."""

    peer: int
    draft: bytes | None
    draft_at: int


class Timer(NamedTuple):
    """How long messages of a private chat live; 0: for ever."""

    seconds: int


class ReadEvent(NamedTuple):
    """A logged event: the other side has read something."""

    at: int
    data: bytes


class Doomed(NamedTuple):
    """A body that somebody deleted."""

    author: int
    body: int


class BodyPlace(NamedTuple):
    """Where a body's copies lie."""

    peer: int
    twin: int
    media: bytes | None


FULL = (
    "x.owner, x.id, x.peer, x.author, x.body, x.reply_to, x.flags, x.top,"
    " b.twin, b.date, b.edit_date, b.kind, b.text, b.entities, b.extra,"
    " coalesce(b.sender, x.author) as sender, b.media"
)
_JOIN = "box x join body b on b.author = x.author and b.id = x.body"
FULL = FULL
"""The columns of a :class:`MessageRow`, of ``box x`` and ``body b``."""
JOIN = "join body b on b.author = x.author and b.id = x.body"

# ── reading ─────────────────────────────────────────────────────────────────────────────────────

ONE = query(f"select {FULL} from {_JOIN} where x.owner = :owner and x.id = :id", MessageRow)
BY_IDS = query(f"select {FULL} from {_JOIN} where x.owner = :owner and x.id in (:ids)", MessageRow)
OLDER = query(
    f"select {FULL} from (select id from box where owner = :owner and peer = :peer"
    " and id < :below and id > :above order by id desc limit :limit offset :skip) p"
    " join box x on x.owner = :owner and x.id = p.id"
    " join body b on b.author = x.author and b.id = x.body order by x.id desc",
    MessageRow,
)
NEWER = query(
    f"select {FULL} from (select id from box where owner = :owner and peer = :peer"
    " and id >= :from_id and id < :below and id > :above order by id limit :limit offset :skip) p"
    " join box x on x.owner = :owner and x.id = p.id"
    " join body b on b.author = x.author and b.id = x.body order by x.id desc",
    MessageRow,
)
AT_OR_BELOW = query(
    f"select x.id, b.date from {_JOIN} where x.owner = :owner and x.peer = :peer and x.id <= :id"
    " order by x.id desc limit 1",
    Dated,
)
PINNED_REFS = query(
    "select id, peer, author, body, top, pts from box"
    " where owner = :owner and peer = :peer and flags % 2 = 1 order by id",
    BoxRef,
)
NEWEST_PIN = query(
    "select id from box where owner = :owner and peer = :peer and flags % 2 = 1"
    " order by id desc limit 1",
    Id,
)
# Of a channel, whose messages are named by their ids: when the newest of a span was said or edited.
LAST_DATED = query(
    "select max(greatest(date, coalesce(edit_date, date))) as at from body"
    " where author = :author and id > :above and id <= :upto",
    Moment,
)
SAID_BEFORE = query("select id from body where author = :author and random_id = :random_id", Id)
RANDOM_IDS = query(
    "select id, random_id from body where author = :author and id in (:ids)"
    " and random_id is not null",
    Numbered,
)
# What one person said in a channel, newest first.
SAID_BY = query(
    f"select {FULL} from body b join box x on x.owner = b.author and x.id = b.id"
    " where b.author = :channel and b.sender = :sender and b.id < :below"
    " order by b.id desc limit :limit",
    MessageRow,
)
COUNTERS = query(
    "select top_id, read_in, read_out, unread, total, folder, marked from dialog"
    " where owner = :owner and peer = :peer",
    ChatCounters,
)

# The copies of a basic group's message; other chats know theirs without asking.
COPIES_OF = query(
    "select owner, id from box where owner in (:owners) and author = :author and body = :body"
    " and peer < 0 and owner > 0",
    CopyRef,
)
SHOWN = query(
    "select count(*) as n from (select 1 as one from box where owner = :owner and peer = :peer"
    " and id > :above limit :most) as shown",
    Count,
)
# A channel's counter and newest post, and the posts above a mark: one statement, as clients hold
# the number of unread posts against those they know at this very pts.
CHANNEL_NOW = query(
    "select s.pts, coalesce(d.top_id, 0) as top_id,"
    " (select count(*) from (select 1 as one from box where owner = :channel"
    " and peer = :channel and id > :above limit :most) as waiting) as posts,"
    " (select count(*) from (select 1 as one from body b join box x on x.owner = b.author"
    " and x.id = b.id where b.author = :channel and b.sender = :account and b.id > :above"
    " limit :most) as mine) as own"
    " from account_state s left join dialog d on d.owner = s.owner and d.peer = s.owner"
    " where s.owner = :channel",
    ChannelCounts,
)

# ── locking ─────────────────────────────────────────────────────────────────────────────────────


# ── changing ────────────────────────────────────────────────────────────────────────────────────

EDIT = query(
    "update body set text = :text, entities = :entities, extra = :extra, media = :media,"
    " edit_date = :edit_date where author = :author and id = :id"
)
SET_FLAGS = query("update box set flags = :flags where owner = :owner and id = :id")
OPEN = query(
    "update box set flags = flags - 4 where owner = :owner and id = :id and (flags & 4) = 4"
)
UNPIN = query(
    "update box set flags = flags - 1 where owner = :owner and id in (:ids) and flags % 2 = 1"
)
DELETE = query(
    "delete from box where owner = :owner and id in (:ids)"
    " returning id, peer, author, body, top, pts",
    BoxRef,
)
BODY_PLACE = query(
    "select peer, twin, media from body where author = :author and id = :id", BodyPlace
)
UTTERED = query(
    "select author, id, peer, date, edit_date, kind, text, media from body"
    " where author = :author and id > :after and date >= :since and date < :until"
    " order by id limit :limit",
    Uttered,
)
SLICE = query(
    f"select {FULL} from {_JOIN}"
    " where x.owner = :owner and x.peer = :peer and x.id <= :upto"
    " and b.date >= :since and b.date <= :until order by x.id desc limit :limit",
    MessageRow,
)
NEWEST_OF_BOX = query("select id from box where owner = :owner order by id desc limit :limit", Id)
PUT_BODY = query(
    "insert into body (author, id, pts, peer, twin, date, kind, text, entities, extra, sender,"
    " media) values (:author, :id, :pts, :peer, :twin, :date, :kind, :text, :entities, :extra,"
    " :sender, :media)"
)
PUT_BOX = query(
    "insert into box (owner, id, peer, author, body, reply_to, flags, top)"
    " values (:owner, :id, :peer, :author, :body, :reply_to, :flags, :top)"
)
PUT_NUMBERED_BOX = query(
    "insert into box (owner, id, peer, author, body, reply_to, flags, top, pts)"
    " values (:owner, :id, :peer, :author, :body, :reply_to, :flags, :top, :pts)"
)
PUT_DIALOG = query(
    "insert into dialog (owner, peer, top_id, top_date, unread, total)"
    " values (:owner, :peer, :top_id, :top_date, :unread, :total)"
    " on conflict (owner, peer) do update set top_id = excluded.top_id,"
    " top_date = excluded.top_date, unread = dialog.unread + excluded.unread,"
    " total = dialog.total + excluded.total"
)
NEW_BODY = query(
    "insert into body (author, id, peer, date, kind, text, extra)"
    " values (:author, :id, :peer, :date, :kind, '', :extra)"
)
NEW_BOX = query(
    "insert into box (owner, id, peer, author, body, reply_to, flags, top)"
    " values (:owner, :id, :peer, :author, :body, null, 0, :top)"
)
TOP = query(
    f"select x.id, b.date from {_JOIN} where x.owner = :owner and x.peer = :peer"
    " order by x.id desc limit 1",
    Dated,
)
UNREAD_ABOVE = query(
    "select count(*) as n from box where owner = :owner and peer = :peer and id > :above"
    " and author <> owner",
    Count,
)
UNREAD_BETWEEN = query(
    "select count(*) as n, (select pts from account_state where owner = :owner) as pts"
    " from box where owner = :owner and peer = :peer and id > :above and id <= :upto"
    " and author <> owner",
    CountAt,
)

SET_TOP = query(
    "update dialog set top_id = :top_id, top_date = :top_date, unread = :unread, total = :total"
    " where owner = :owner and peer = :peer"
)
EMPTY = query(
    "update dialog set top_id = 0, top_date = 0, unread = 0, total = 0, marked = 0, pin_order = 0"
    " where owner = :owner and peer = :peer"
)
SET_READ_IN = query(
    "update dialog set read_in = :read_in, unread = :unread, marked = 0"
    " where owner = :owner and peer = :peer"
)
SET_READ_OUT = query(
    "update dialog set read_out = :read_out"
    " where owner = :owner and peer = :peer and read_out < :read_out"
)
LAST_FROM = query(
    "select body as id from box where owner = :owner and peer = :peer and id <= :upto"
    " and author = :author order by id desc limit 1",
    Id,
)

# Of each of the others, the newest message in a stretch of a group's history as one member has it.
LAST_OF_EACH = query(
    "select author, max(body) as body from box where owner = :owner and peer = :peer"
    " and id > :above and id <= :upto and author <> :owner group by author order by author",
    Said,
)
# ... and of a channel's, newest first.
LAST_POSTS = query(
    "select b.sender as author, b.id as body from box x join body b on b.author = x.author"
    " and b.id = x.body where x.owner = :channel and x.peer = :channel and x.id > :above"
    " and x.id <= :upto and b.sender <> :account order by x.id desc limit :limit",
    Said,
)
READ_CHANNEL = query(
    "update dialog set read_in = :read_in, marked = 0"
    " where owner = :owner and peer = :peer and (read_in < :read_in or marked = 1)"
)

# Kept as long as the log is: seven days, the time a read date can be asked for.
READ_EVENTS = query(
    "select at, data from event_log where owner = :owner and kind = 'read.outbox' and at >= :since"
    " order by pts",
    ReadEvent,
)

# ── timers ──────────────────────────────────────────────────────────────────────────────────────

TIMER = query("select ttl as seconds from dialog where owner = :owner and peer = :peer", Timer)
SET_TIMER = query(
    "insert into dialog (owner, peer, ttl) values (:owner, :peer, :ttl)"
    " on conflict (owner, peer) do update set ttl = excluded.ttl",
    stamps=(("timers", "owner", "peer"),),
)

# ── drafts ──────────────────────────────────────────────────────────────────────────────────────

DRAFT = query(
    "select peer, draft, draft_at from dialog where owner = :owner and peer = :peer", Draft
)
DRAFTS = query(
    "select peer, draft, draft_at from dialog where owner = :owner and draft_at > 0"
    " order by draft_at, peer",
    Draft,
)
SAVE_DRAFT = query(
    "insert into dialog (owner, peer, draft, draft_at) values (:owner, :peer, :draft, :at)"
    " on conflict (owner, peer) do update set draft = excluded.draft, draft_at = excluded.draft_at"
)
CLEAR_DRAFT = query(
    "update dialog set draft = null, draft_at = 0"
    " where owner = :owner and peer = :peer and draft_at > 0"
)

# ── erasing ─────────────────────────────────────────────────────────────────────────────────────

DOOM = query(
    "insert into erase (author, body, due) values (:author, :body, :due)"
    " on conflict (author, body) do update set due = excluded.due"
)
DUE = query("select author, body from erase where due <= :now order by due limit :limit", Doomed)
COPIES = query(
    "select count(*) as n from box where author = :author and body = :body"
    " and ((owner = :author and id = :body) or (owner = :peer and id = :twin))",
    Count,
)
COPIES_IN_GROUP = query(
    "select count(*) as n from member m join box x on x.owner = m.account and x.author = :author"
    " and x.body = :body and x.peer < 0 and x.owner > 0 where m.chat = :chat",
    Count,
)
SET_MEDIA = query("update body set media = :media where author = :author and id = :id")
ERASE_BODY = query("delete from body where author = :author and id = :id")
SPARE = query("delete from erase where author = :author and body = :body")
POSTPONE = query("update erase set due = :due where author = :author and body = :body")
