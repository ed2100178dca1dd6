"""SQL of ``account`` and of the counters of new ids."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query

_COLUMNS = (
    "id, kind, phone, first_name, last_name, about, birthday, email, country, lang, created_at,"
    " deleted_at, terms_version, ttl_days, last_seen, settings"
)


class AccountRow(NamedTuple):
    """One account as it stands in the database. Times are Unix seconds, ``phone`` digits only."""

    id: int
    kind: int
    """0 person, 1 bot, 2 service."""
    phone: str | None
    first_name: str
    last_name: str
    about: str
    birthday: str | None
    """YYYY-MM-DD, or --MM-DD where the year is not told."""
    email: str | None
    country: str | None
    lang: str
    created_at: int
    deleted_at: int | None
    terms_version: str | None
    ttl_days: int
    last_seen: int
    settings: bytes | None


class Id(NamedTuple):
    """An account's id."""

    id: int


class Value(NamedTuple):
    """A stored value."""

    value: bytes | None


SELECT = f"select {_COLUMNS} from account"
"""For statements whose conditions are chosen at run time."""

BY_ID = query(f"select {_COLUMNS} from account where id = :id", AccountRow)
BY_IDS = query(f"select {_COLUMNS} from account where id in (:ids)", AccountRow)
BY_PHONE = query(f"select {_COLUMNS} from account where phone = :phone", AccountRow)
BY_PHONES = query(f"select {_COLUMNS} from account where phone in (:phones)", AccountRow)
BY_EMAIL = query(f"select {_COLUMNS} from account where email = :email", AccountRow)

INSERT = query(
    "insert into account (id, kind, phone, first_name, last_name, email, country, lang, created_at,"
    " terms_version, terms_at, last_seen)"
    " values (:id, :kind, :phone, :first_name, :last_name, :email, :country, :lang, :at,"
    " :terms_version, :terms_at, :at)"
    f" returning {_COLUMNS}",
    AccountRow,
    stamps=(("accounts", "id"),),
)
TAKE_OVER = query(
    "update account set phone = :phone, first_name = :first_name, last_name = :last_name,"
    " email = :email, country = :country, lang = :lang, created_at = :at, last_seen = :at,"
    " ttl_days = :days, terms_version = :terms_version, terms_at = :terms_at where id = :id"
    f" returning {_COLUMNS}",
    AccountRow,
    stamps=(("accounts", "id"), ("viewers", "id")),
)


SET_PROFILE = query(
    "update account set first_name = :first_name, last_name = :last_name, about = :about"
    " where id = :id",
    stamps=(("accounts", "id"),),
)
SET_BIRTHDAY = query("update account set birthday = :birthday where id = :id")
SET_PHONE = query(
    "update account set phone = :phone, country = :country where id = :id",
    stamps=(("accounts", "id"), ("viewers", "id")),
)
SET_COUNTRY = query(
    "update account set country = :country where id = :id", stamps=(("accounts", "id"),)
)
SET_EMAIL = query("update account set email = :email where id = :id")
SET_TTL = query("update account set ttl_days = :days where id = :id")
SET_TERMS = query("update account set terms_version = :version, terms_at = :at where id = :id")
LOCK_SETTINGS = query(
    "update account set settings = settings where id = :id returning settings as value", Value
)
SET_SESSION_DAYS = query("update account set session_days = :days where id = :id")
SET_SETTINGS = query(
    "update account set settings = :settings where id = :id",
    stamps=(("accounts", "id"), ("bots", "id")),
)
SET_SEEN = query("update account set last_seen = :at where id = :id and last_seen <= :at")
ERASE = query(
    "update account set phone = null, first_name = '', last_name = '', about = '', birthday = null,"
    " email = null, settings = null, deleted_at = :at where id = :id and deleted_at is null",
    stamps=(("accounts", "id"), ("bots", "id")),
)
# The index gives people by their last visit; devices that never say "online" count as visits too.
IDLE = query(
    "select id from account where kind = 0 and deleted_at is null and last_seen < :longest"
    " and last_seen < :now - ttl_days * 86400"
    " and not exists (select 1 from auth where auth.account = account.id"
    " and auth.active_at >= :now - account.ttl_days * 86400)"
    " order by last_seen limit :limit",
    Id,
)
