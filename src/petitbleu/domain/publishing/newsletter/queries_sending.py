"""SQL of what is to be sent."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class ChannelRow(NamedTuple):
    """A channel whose newsletter is on."""

    channel: int
    seen: int
    since: int
    import_day: int
    imported: int


class IssueRow(NamedTuple):
    """A post that is mailed, or was. Times are Unix seconds."""

    channel: int
    post: int
    at: int
    after: int
    filled: int
    sent_at: int
    withdrawn_at: int


class DeliveryRow(NamedTuple):
    """One mail that is to leave."""

    id: int
    subscriber: int
    channel: int
    domain: str
    kind: str
    first: int
    last: int
    since: int
    at: int
    due: int
    slot: int
    tries: int


class ReaderRow(NamedTuple):
    """A subscriber who gets each post."""

    id: int
    domain: str
    tags: str


class Moment(NamedTuple):
    """Unix seconds; None: never."""

    at: int | None


class Count(NamedTuple):
    """How many there are."""

    n: int


_CHANNEL = ", ".join(ChannelRow._fields)
_ISSUE = ", ".join(IssueRow._fields)
_DELIVERY = ", ".join(DeliveryRow._fields)

# ── channels ────────────────────────────────────────────────────────────────────────────────────

CHANNELS = query(f"select {_CHANNEL} from newsletter_channel", ChannelRow)
CHANNEL = query(f"select {_CHANNEL} from newsletter_channel where channel = :channel", ChannelRow)
BEGIN = query(
    f"insert into newsletter_channel ({_CHANNEL}) values (:channel, :seen, :since, 0, 0)"
    " on conflict (channel) do nothing"
)
LOOKED = query("update newsletter_channel set seen = :seen where channel = :channel")
IMPORTED = query(
    "update newsletter_channel set import_day = :day, imported = :imported where channel = :channel"
)
STOP = query("delete from newsletter_channel where channel = :channel")

# ── issues ──────────────────────────────────────────────────────────────────────────────────────

ISSUE = query(
    f"insert into newsletter_issue ({_ISSUE}) values (:channel, :post, :at, 0, :filled, 0, 0)"
    " on conflict (channel, post) do nothing"
)
UNFILLED = query(
    f"select {_ISSUE} from newsletter_issue where channel = :channel and filled = 0"
    " order by post limit :limit",
    IssueRow,
)
FILLED = query(
    "update newsletter_issue set after = :after, filled = :filled"
    " where channel = :channel and post = :post"
)
SENT = query(
    "update newsletter_issue set sent_at = :at where channel = :channel and post = :post"
    " and sent_at = 0"
)
SENT_SINCE = query(
    f"select {_ISSUE} from newsletter_issue where channel = :channel and sent_at > :since"
    " and withdrawn_at = 0 order by post",
    IssueRow,
)
WITHDRAWN = query(
    "update newsletter_issue set withdrawn_at = :at where channel = :channel and post = :post"
)
WITHDRAWN_SINCE = query(
    f"select {_ISSUE} from newsletter_issue where channel = :channel and withdrawn_at > :since"
    " and sent_at >= :since_sent order by post limit 50",
    IssueRow,
)
DROP_OLD_ISSUES = query("delete from newsletter_issue where channel = :channel and at < :before")
DROP_ISSUES = query("delete from newsletter_issue where channel = :channel")

# ── deliveries ──────────────────────────────────────────────────────────────────────────────────

QUEUE = query(
    f"insert into newsletter_delivery ({_DELIVERY})"
    f" values ({', '.join(f':{name}' for name in DeliveryRow._fields)})"
)
DUE = query(
    f"select {_DELIVERY} from newsletter_delivery where due <= :now order by due, id limit :limit",
    DeliveryRow,
)
NEXT = query("select min(due) as at from newsletter_delivery", Moment)
OF_CHANNEL = query("select count(*) as n from newsletter_delivery where channel = :channel", Count)
LATER = query(
    "update newsletter_delivery set due = :due, slot = :slot, tries = :tries where id = :id"
)
DROP_DELIVERY = query("delete from newsletter_delivery where id = :id")
DROP_OF_SUBSCRIBER = query("delete from newsletter_delivery where subscriber = :subscriber")
DROP_OF_CHANNEL = query("delete from newsletter_delivery where channel = :channel")

READERS = query(
    "select id, domain, tags from newsletter_subscriber where channel = :channel"
    " and frequency = 'post' and state = 'active' and id > :after order by id limit :limit",
    ReaderRow,
)
