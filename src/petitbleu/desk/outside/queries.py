"""SQL of the public pages: who is concerned by which case, codes, what forms brought."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class Id(NamedTuple):
    """A new row's id."""

    id: int


class Concern(NamedTuple):
    """A case that concerns a person, and as whom."""

    number: int
    role: str
    at: int


class Code(NamedTuple):
    """A code that opens "My cases"."""

    code: bytes
    tries: int
    expires_at: int


INBOUND = query(
    "insert into desk_inbound (sha, channel, received_at, stored_at, sender, number, state)"
    " values (:sha, :channel, :at, :at, :sender, :number, 'worked') returning id",
    Id,
)
CONCERNS = query(
    "insert into desk_concern (person, number, role, at) values (:person, :number, :role, :at)"
    " on conflict (person, number, role) do nothing"
)
CASES_OF = query(
    "select number, role, at from desk_concern where person in (:persons)"
    " order by at desc, number desc limit :limit",
    Concern,
)
ROLES = query(
    "select number, role, at from desk_concern where person in (:persons) and number = :number",
    Concern,
)
PUT_CODE = query(
    "insert into desk_code (address, code, tries, expires_at) values (:address, :code, 0, :until)"
    " on conflict (address) do update set code = excluded.code, tries = 0,"
    " expires_at = excluded.expires_at"
)
TRY_CODE = query(
    "update desk_code set tries = tries + 1 where address = :address"
    " returning code, tries, expires_at",
    Code,
)
DROP_CODE = query("delete from desk_code where address = :address")
OLD_CODES = query("delete from desk_code where expires_at < :now")
