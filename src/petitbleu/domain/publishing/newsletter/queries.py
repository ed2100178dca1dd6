"""SQL of subscribers, of those who left, and of plain numbers."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class SubscriberRow(NamedTuple):
    """Somebody who asked for a newsletter. Times are Unix seconds."""

    id: int
    channel: int
    address: str
    sealed: bytes
    domain: str
    state: str
    frequency: str
    zone: str
    tags: str
    language: str
    consent: str
    page: str
    asked_at: int
    mailed_at: int
    confirmed_at: int
    seen: int
    digest_at: int | None
    digested_at: int
    soft: int
    soft_at: int


class EndedRow(NamedTuple):
    """What is left of somebody who left."""

    at: int
    why: str


class Figure(NamedTuple):
    """So many of something."""

    what: str
    n: int


class Address(NamedTuple):
    """What an address is found by."""

    address: str


_ALL = ", ".join(SubscriberRow._fields)

GET = query(f"select {_ALL} from newsletter_subscriber where id = :id", SubscriberRow)
GET_MANY = query(f"select {_ALL} from newsletter_subscriber where id in (:ids)", SubscriberRow)
OF_ADDRESS = query(
    f"select {_ALL} from newsletter_subscriber"
    " where channel = :channel and address in (:addresses)",
    SubscriberRow,
)
INSERT = query(
    f"insert into newsletter_subscriber ({_ALL})"
    f" values ({', '.join(f':{name}' for name in SubscriberRow._fields)})"
)
RENEW = query(
    "update newsletter_subscriber set frequency = :frequency, zone = :zone, tags = :tags,"
    " language = :language, consent = :consent, page = :page, asked_at = :asked_at where id = :id"
)
MAILED = query("update newsletter_subscriber set mailed_at = :at where id = :id")
CONFIRM = query(
    "update newsletter_subscriber set state = 'active', confirmed_at = :at, seen = :seen,"
    " digest_at = :digest_at, digested_at = :at where id = :id and state = 'new'"
)
CHANGE = query(
    "update newsletter_subscriber set frequency = :frequency, zone = :zone, tags = :tags,"
    " seen = :seen, digest_at = :digest_at where id = :id"
)
DROP = query("delete from newsletter_subscriber where id = :id")
DROP_UNCONFIRMED = query(
    "delete from newsletter_subscriber where state = 'new' and asked_at < :before"
)
END_UNCONFIRMED = query(
    "insert into newsletter_ended (channel, address, at, why)"
    " select channel, address, :now, 'unconfirmed' from newsletter_subscriber"
    " where state = 'new' and asked_at < :before and consent = ''"
    " on conflict (channel, address) do nothing"
)
"""Of an imported list: nobody is asked twice."""
DROP_CHANNEL = query("delete from newsletter_subscriber where channel = :channel")
SOFT = query("update newsletter_subscriber set soft = :soft, soft_at = :at where id = :id")

DIGESTS = query(
    f"select {_ALL} from newsletter_subscriber where digest_at <= :now order by digest_at"
    " limit :limit",
    SubscriberRow,
)
DIGESTED = query(
    "update newsletter_subscriber set seen = :seen, digest_at = :digest_at, digested_at = :at"
    " where id = :id"
)

KNOWN = query(
    "select address from newsletter_subscriber"
    " where channel = :channel and address in (:addresses) union"
    " select address from newsletter_ended"
    " where channel = :channel and address in (:addresses)",
    Address,
)
EXPORTED = query(
    f"select {_ALL} from newsletter_subscriber where channel = :channel and state = 'active'"
    " and frequency = :frequency and id > :after order by id limit :limit",
    SubscriberRow,
)

# ── who left ────────────────────────────────────────────────────────────────────────────────────

END = query(
    "insert into newsletter_ended (channel, address, at, why)"
    " values (:channel, :address, :at, :why)"
    " on conflict (channel, address) do update set at = excluded.at, why = excluded.why"
)
ENDED = query(
    "select at, why from newsletter_ended where channel = :channel and address in (:addresses)",
    EndedRow,
)
FORGET_END = query(
    "delete from newsletter_ended where channel = :channel and address in (:addresses)"
)
DROP_ENDED = query("delete from newsletter_ended where channel = :channel")

# ── figures ─────────────────────────────────────────────────────────────────────────────────────

COUNT = query(
    "insert into newsletter_count (channel, day, what, n) values (:channel, :day, :what, :n)"
    " on conflict (channel, day, what) do update set n = newsletter_count.n + excluded.n"
)
COUNTS = query(
    "select what, cast(sum(n) as bigint) as n from newsletter_count"
    " where channel = :channel and day > :after group by what",
    Figure,
)
DROP_COUNTS = query("delete from newsletter_count where channel = :channel")
SUBSCRIBERS = query(
    "select case when state = 'new' then 'new' else frequency end as what, count(*) as n"
    " from newsletter_subscriber where channel = :channel group by 1",
    Figure,
)
