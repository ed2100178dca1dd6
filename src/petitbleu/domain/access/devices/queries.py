"""SQL of ``auth`` and ``signin_log``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query

_COLUMNS = (
    "id, account, pending_account, hash, layer, api_id, device, platform, system, app_version,"
    " lang, lang_pack, ip, country, created_at, active_at, confirmed, parent, settings"
)


class AuthRow(NamedTuple):
    """One permanent key and its login. Times are Unix seconds."""

    id: int
    account: int | None
    pending_account: int | None
    hash: int
    layer: int
    api_id: int
    device: str
    platform: str
    system: str
    app_version: str
    lang: str
    lang_pack: str
    ip: str
    country: str
    created_at: int
    active_at: int
    confirmed: int
    parent: int | None
    settings: bytes | None


class Idle(NamedTuple):
    """A login nobody used for longer than its account allows."""

    id: int
    account: int
    active_at: int


class Days(NamedTuple):
    """An account's own limit for unused logins, None where it never set one."""

    days: int | None


class Logged(NamedTuple):
    """One line of the sign-in log."""

    at: int
    auth: int
    event: str
    ip: str
    port: int


BY_ID = query(f"select {_COLUMNS} from auth where id = :id", AuthRow)
BY_HASH = query(
    f"select {_COLUMNS} from auth where account = :account and hash = :hash and parent is null",
    AuthRow,
)
OF_ACCOUNT = query(
    f"select {_COLUMNS} from auth where account = :account and parent is null"
    " order by active_at desc, id",
    AuthRow,
)
PENDING_OF_ACCOUNT = query(
    f"select {_COLUMNS} from auth where pending_account = :account order by active_at desc, id",
    AuthRow,
)
SHARING = query(
    f"select {_COLUMNS} from auth where parent in (:ids) and account = :account", AuthRow
)
# Two indexes, one round trip; whoever has a parent comes by the second.
AROUND_SIGN_IN = query(
    f"select {_COLUMNS} from auth where account = :account and parent is null"
    f" union all select {_COLUMNS} from auth where parent = :auth",
    AuthRow,
)
SIGN_IN = query(
    "insert into auth (id, account, hash, ip, created_at, active_at, confirmed, parent)"
    " values (:id, :account, :hash, :ip, :now, :now, :confirmed, :parent)"
    " on conflict (id) do update set account = excluded.account, pending_account = null,"
    " ip = excluded.ip, created_at = excluded.created_at, active_at = excluded.active_at,"
    " confirmed = excluded.confirmed, parent = excluded.parent, settings = null"
    f" returning {_COLUMNS}",
    AuthRow,
    stamps=(("logins", "id"),),
)
OWE_PASSWORD = query(
    "insert into auth (id, pending_account, hash, ip, created_at, active_at)"
    " values (:id, :account, :hash, :ip, :now, :now)"
    " on conflict (id) do update set account = null, pending_account = excluded.pending_account,"
    " ip = excluded.ip, created_at = excluded.created_at, active_at = excluded.active_at,"
    " parent = null, settings = null",
    stamps=(("logins", "id"),),
)
SIGN_OUT = query(
    "update auth set account = null, pending_account = null, parent = null, settings = null,"
    " hash = :fresh where id = :id",
    stamps=(("logins", "id"),),
)
SET_SETTINGS = query(
    "update auth set settings = :settings,"
    " confirmed = greatest(confirmed, cast(:confirmed as bigint))"
    " where id = :id"
)

LOG = query(
    "insert into signin_log (account, at, n, auth, event, ip, port)"
    " values (:account, :at, :n, :auth, :event, :ip, :port)"
)
LOGGED = query(
    "select at, auth, event, ip, port from signin_log where account = :account"
    " order by at desc, n desc limit :limit",
    Logged,
)
LAST_OF_AUTH = query(
    "select at, auth, event, ip, port from signin_log where account = :account and auth = :auth"
    " order by at desc, n desc limit 1",
    Logged,
)
PRUNE_LOG = query("delete from signin_log where at < :before")
PRUNE_UNUSED = query(
    "delete from auth where active_at < :before and account is null and pending_account is null"
)

DAYS = query("select session_days as days from account where id = :id", Days)
IDLE = query(
    "select a.id, a.account, a.active_at from auth a join account p on p.id = a.account"
    " where a.active_at < :before and a.parent is null and a.active_at"
    " < :now - coalesce(p.session_days, cast(:days as bigint)) * 86400"
    " order by a.active_at, a.id limit 200",
    Idle,
)
STALE_PENDING = query(
    "update auth set pending_account = null where pending_account is not null"
    " and active_at < :before"
)
