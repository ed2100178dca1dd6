"""SQL of the public pages: who is concerned by which case, codes, what forms brought."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class Id(NamedTuple):
    """A new row's id."""

    id: int


class Code(NamedTuple):
    """A code that opens "My cases"."""

    code: bytes
    tries: int
    expires_at: int


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
