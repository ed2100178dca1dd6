"""SQL of the directory and of settings."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class AuthorityRow(NamedTuple):
    """An authority or trusted flagger; ``more`` is msgpack of names we do not know.

    ``key_checked_at``: when somebody had the key confirmed by calling ``key_phone``; 0: nobody has.
    """

    domain: str
    name: str
    country: str
    trusted_flagger: int
    phone: str
    language: str
    age_key: str
    added_at: int
    more: bytes
    key_checked_at: int
    key_checked_by: str
    key_phone: str


class Value(NamedTuple):
    """A setting."""

    value: bytes


_ROW = (
    "select domain, name, country, trusted_flagger, phone, language, age_key, added_at, more,"
    " key_checked_at, key_checked_by, key_phone from desk_authority"
)
OF_DOMAINS = query(f"{_ROW} where domain in (:domains)", AuthorityRow)
ALL = query(f"{_ROW} where domain > :after order by domain limit :limit", AuthorityRow)
PUT = query(
    "insert into desk_authority"
    " (domain, name, country, trusted_flagger, phone, language, age_key, added_at, more)"
    " values (:domain, :name, :country, :trusted_flagger, :phone, :language, :age_key, :at, :more)"
    " on conflict (domain) do update set name = excluded.name, country = excluded.country,"
    " trusted_flagger = excluded.trusted_flagger, phone = excluded.phone,"
    " language = excluded.language, age_key = excluded.age_key, more = excluded.more,"
    # a key, or a number to call, that is another one has to be checked anew
    " key_checked_at = case when desk_authority.age_key = excluded.age_key"
    " and desk_authority.phone = excluded.phone then desk_authority.key_checked_at else 0 end"
)
CHECKED = query(
    "update desk_authority set key_checked_at = :at, key_checked_by = :by, key_phone = :phone"
    " where domain = :domain and age_key = :age_key and phone = :phone"
)
SETTING = query("select value from desk_setting where name = :name", Value)
SET = query(
    "insert into desk_setting (name, value, changed_at) values (:name, :value, :at)"
    " on conflict (name) do update set value = excluded.value, changed_at = excluded.changed_at"
)
