"""SQL of ``invite``, ``invite_use`` and ``entry_request``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class InviteRow(NamedTuple):
    """One link. Times are Unix seconds; 0 where there is none."""

    chat: int
    id: int
    hash: str
    admin: int
    at: int
    starts_at: int
    expires_at: int
    most: int
    """How many may come by it; 0: any number."""
    used: int
    asks: int
    """1: an admin lets people in."""
    requested: int
    """How many wait for that."""
    title: str
    permanent: int
    revoked: int


class Use(NamedTuple):
    """Somebody who came by a link, or waits (then ``approved_by`` is 0)."""

    account: int
    invite: int
    at: int
    approved_by: int
    about: str


class Held(NamedTuple):
    """How many links an admin has."""

    admin: int
    invites: int
    revoked: int


class Count(NamedTuple):
    """A number of rows."""

    n: int


_COLUMNS = (
    "chat, id, hash, admin, at, starts_at, expires_at, most, used, asks, requested, title,"
    " permanent, revoked"
)

BY_HASH = query(f"select {_COLUMNS} from invite where hash = :hash", InviteRow)
BY_ID = query(f"select {_COLUMNS} from invite where chat = :chat and id = :id", InviteRow)
PERMANENT = query(
    f"select {_COLUMNS} from invite where chat = :chat and admin = :admin and permanent = 1"
    " and revoked = 0",
    InviteRow,
)
NEXT = query("select coalesce(max(id), 0) + 1 as n from invite where chat = :chat", Count)
INSERT = query(
    "insert into invite (chat, id, hash, admin, at, starts_at, expires_at, most, asks, title,"
    " permanent) values (:chat, :id, :hash, :admin, :at, :starts_at, :expires_at, :most, :asks,"
    " :title, :permanent)"
)
UPDATE = query(
    "update invite set starts_at = :starts_at, expires_at = :expires_at, most = :most,"
    " asks = :asks, title = :title, revoked = :revoked where chat = :chat and id = :id"
)
COUNT = query(
    "update invite set used = used + :used, requested = greatest(requested + :requested, 0)"
    " where chat = :chat and id = :id"
)
DELETE = query("delete from invite where chat = :chat and id = :id")
PAGE = query(
    f"select {_COLUMNS} from invite where chat = :chat and admin = :admin and revoked = :revoked"
    " and (at < :before or (at = :before and id < :below)) order by at desc, id desc limit :limit",
    InviteRow,
)
TOTAL = query(
    "select count(*) as n from invite where chat = :chat and admin = :admin and revoked = :revoked",
    Count,
)
HOLDERS = query(
    "select admin, count(case when revoked = 0 then 1 end) as invites,"
    " count(case when revoked = 1 then 1 end) as revoked from invite"
    " where chat = :chat group by admin order by admin",
    Held,
)
OPEN = query(
    "select count(*) as n from invite where chat = :chat and revoked = 0 and asks = 0"
    " and (expires_at = 0 or expires_at > :now) and (most = 0 or used < most)",
    Count,
)

MOVE = query("update invite set chat = :new where chat = :old")

# ── who came ────────────────────────────────────────────────────────────────────────────────────

USED = query(
    "insert into invite_use (chat, invite, account, at, approved_by)"
    " values (:chat, :invite, :account, :at, :approved_by)"
    " on conflict (chat, invite, account) do update set at = excluded.at,"
    " approved_by = excluded.approved_by"
)
USES = query(
    "select account, invite, at, approved_by, '' as about from invite_use"
    " where chat = :chat and invite = :invite"
    " and (at < :before or (at = :before and account < :below))"
    " order by at desc, account desc limit :limit",
    Use,
)
USES_TOTAL = query(
    "select count(*) as n from invite_use where chat = :chat and invite = :invite", Count
)
FORGET_USES = query("delete from invite_use where chat = :chat and invite = :invite")

MOVE_USES = query("update invite_use set chat = :new where chat = :old")

# ── who waits ───────────────────────────────────────────────────────────────────────────────────

ASK = query(
    "insert into entry_request (chat, account, invite, at, about)"
    " values (:chat, :account, :invite, :at, :about) on conflict (chat, account) do nothing"
)
UNASK = query(
    "delete from entry_request where chat = :chat and account = :account"
    " returning account, invite, at, 0 as approved_by, about",
    Use,
)
ASKED = query(
    "select account, invite, at, 0 as approved_by, about from entry_request"
    " where chat = :chat and account = :account",
    Use,
)
REQUESTS = query(
    "select account, invite, at, 0 as approved_by, about from entry_request where chat = :chat"
    " and (cast(:invite as bigint) < 0 or invite = :invite)"
    " and (at < :before or (at = :before and account < :below))"
    " order by at desc, account desc limit :limit",
    Use,
)
REQUESTS_TOTAL = query(
    "select count(*) as n from entry_request where chat = :chat"
    " and (cast(:invite as bigint) < 0 or invite = :invite)",
    Count,
)
FORGET_REQUESTS = query("delete from entry_request where chat = :chat and invite = :invite")
MOVE_REQUESTS = query("update entry_request set chat = :new where chat = :old")
