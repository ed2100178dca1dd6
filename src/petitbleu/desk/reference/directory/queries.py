"""SQL of the directory and of settings."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class AuthorityRow(NamedTuple):
    """An authority or trusted flagger; ``more`` is msgpack of names we do not know."""

    domain: str
    name: str
    country: str
    trusted_flagger: int
    phone: str
    language: str
    age_key: str
    added_at: int
    more: bytes


class Value(NamedTuple):
    """A setting."""

    value: bytes


_ROW = (
    "select domain, name, country, trusted_flagger, phone, language, age_key, added_at, more"
    " from desk_authority"
)
OF_DOMAINS = query(f"{_ROW} where domain in (:domains)", AuthorityRow)
ALL = query(f"{_ROW} where domain > :after order by domain limit :limit", AuthorityRow)
PUT = query(
    "insert into desk_authority"
    " (domain, name, country, trusted_flagger, phone, language, age_key, added_at, more)"
    " values (:domain, :name, :country, :trusted_flagger, :phone, :language, :age_key, :at, :more)"
    " on conflict (domain) do update set name = excluded.name, country = excluded.country,"
    " trusted_flagger = excluded.trusted_flagger, phone = excluded.phone,"
    " language = excluded.language, age_key = excluded.age_key, more = excluded.more"
)
SETTING = query("select value from desk_setting where name = :name", Value)
SET = query(
    "insert into desk_setting (name, value, changed_at) values (:name, :value, :at)"
    " on conflict (name) do update set value = excluded.value, changed_at = excluded.changed_at"
)
