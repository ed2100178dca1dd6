"""SQL of what arrived, of receipts, canaries and mailboxes."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import either, query


class Id(NamedTuple):
    """The id of a row."""

    id: int


class InboundRow(NamedTuple):
    """One thing that arrived. ``received_at``: as far as it was known when it was stored.

    ``state``: stored, worked, canary. ``parsed``: msgpack of the letter as it was read.
    """

    id: int
    sha: bytes
    channel: str
    received_at: int
    stored_at: int
    message_id: str
    sender: str
    number: int
    state: str
    parsed: bytes | None


class Sent(NamedTuple):
    """Receipts to one sender: how many, and when the last left."""

    total: int
    last: int | None


class CanaryRow(NamedTuple):
    """One canary."""

    token: str
    door: str
    sent_at: int
    seen_at: int | None
    alarmed: int


class MailboxRow(NamedTuple):
    """How far a mailbox was read."""

    uidvalidity: int
    uid: int


_ROW = (
    "select id, sha, channel, received_at, stored_at, message_id, sender, number, state, parsed"
    " from desk_inbound"
)
STORE = query(
    "insert into desk_inbound (sha, channel, received_at, stored_at)"
    " values (:sha, :channel, :received, :at) returning id",
    Id,
)
TYPED = query(
    "insert into desk_inbound (sha, channel, received_at, stored_at, sender, number, state)"
    " values (:sha, :channel, :at, :at, :sender, :number, 'worked') returning id",
    Id,
)
GET = query(f"{_ROW} where id = :id", InboundRow)
OF_SHA = query(f"{_ROW} where sha = :sha order by id limit 1", InboundRow)
OF_CASE = query(f"{_ROW} where number = :number order by id", InboundRow)
OPEN = query("select id from desk_inbound where state = 'stored' order by id limit 1000", Id)
LOCK = either(
    sqlite=f"{_ROW} where id = :id",
    postgres="update desk_inbound set state = state where id = :id returning id, sha, channel,"
    " received_at, stored_at, message_id, sender, number, state, parsed",
    row=InboundRow,
)
"""For whoever files it: on PostgreSQL the others wait, on SQLite nobody else writes meanwhile."""
WORKED = query(
    "update desk_inbound set state = :state, number = :number, message_id = :message_id,"
    " sender = :sender, received_at = :received, parsed = :parsed where id = :id"
)
MOVE = query("update desk_inbound set number = :into where number = :number")

RECEIPT = query("insert into desk_receipt (sender, at, inbound) values (:sender, :at, :inbound)")
RECEIPTS = query(
    "select count(*) as total, max(at) as last from desk_receipt"
    " where sender = :sender and at > :since",
    Sent,
)
FORGET_RECEIPTS = query(
    "delete from desk_receipt where (sender, at, inbound) in"
    " (select sender, at, inbound from desk_receipt where at < :before order by at limit :limit)"
)

CANARY = query("insert into desk_canary (token, door, sent_at) values (:token, :door, :at)")
CANARY_SEEN = query(
    "update desk_canary set seen_at = :at where token = :token and seen_at is null returning token,"
    " door, sent_at, seen_at, alarmed",
    CanaryRow,
)
CANARY_GET = query(
    "select token, door, sent_at, seen_at, alarmed from desk_canary where token = :token", CanaryRow
)
CANARIES_OF = query(
    "select token, door, sent_at, seen_at, alarmed from desk_canary where door = :door"
    " order by sent_at desc limit 1",
    CanaryRow,
)
CANARY_ALARMED = query("update desk_canary set alarmed = 1 where token = :token and alarmed = 0")

MAILBOX = query("select uidvalidity, uid from desk_mailbox where name = :name", MailboxRow)
MAILBOX_SET = query(
    "insert into desk_mailbox (name, uidvalidity, uid) values (:name, :uidvalidity, :uid)"
    " on conflict (name) do update set uidvalidity = excluded.uidvalidity, uid = excluded.uid"
)
