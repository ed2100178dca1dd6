"""SQL of disclosures."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class DisclosureRow(NamedTuple):
    """One disclosure; ``plan`` is msgpack (service.Plan)."""

    id: int
    number: int
    state: str
    plan: bytes
    digest: bytes
    emergency: int
    request: int
    first: str
    second: str
    at: int
    made_at: int | None
    sha: bytes | None
    plain_sha: bytes | None
    manifest: bytes | None
    expires_at: int | None
    fetched_at: int | None
    fetched_from: str
    agreed_at: int
    begun: int


class Id(NamedTuple):
    """The id of a row."""

    id: int


_COLUMNS = (
    "id, number, state, plan, digest, emergency, request, first, second, at, made_at, sha,"
    " plain_sha, manifest, expires_at, fetched_at, fetched_from,"
    " agreed_at, begun"
)
_ROW = f"select {_COLUMNS} from desk_disclosure"
INSERT = query(
    "insert into desk_disclosure"
    " (number, state, plan, digest, emergency, request, first, at)"
    " values (:number, 'proposed', :plan, :digest, :emergency, :request, :first, :at)"
    " returning id",
    Id,
)
GET = query(f"{_ROW} where id = :id", DisclosureRow)
OF_CASE = query(f"{_ROW} where number = :number order by id", DisclosureRow)
OPEN = query(
    f"{_ROW} where state in ('proposed', 'agreed', 'made') order by id desc limit :limit",
    DisclosureRow,
)
BEGIN = query(
    "update desk_disclosure set state = 'agreed', begun = 1,"
    " second = case when second = '' then :second else second end"
    " where id = :id and state in ('proposed', 'agreed') and begun = 0"
)
AGREED = query(
    "update desk_disclosure set state = 'agreed', second = :second, agreed_at = :at"
    " where number = :number and request = :request and state = 'proposed' returning id",
    Id,
)
WITHDRAW = query("update desk_disclosure set state = 'withdrawn' where id = :id and state = :state")
NOT_MADE = query(
    f"{_ROW} where state in ('proposed', 'agreed') and number = :number order by id", DisclosureRow
)
AGREED_ONES = query(f"{_ROW} where state = 'agreed' order by agreed_at, id", DisclosureRow)
REFUSED = query(
    "update desk_disclosure set state = :state where number = :number and request = :request"
    " and state = 'proposed' returning id",
    Id,
)
PROPOSED = query(f"{_ROW} where number = :number and state = 'proposed' limit 1", DisclosureRow)
MADE = query(
    "update desk_disclosure set state = 'made', made_at = :at, sha = :sha, plain_sha = :plain_sha,"
    " manifest = :manifest, token = :token, expires_at = :expires_at"
    " where id = :id and state = 'agreed'"
)
BY_TOKEN = query(f"{_ROW} where token = :token", DisclosureRow)
FETCHED = query(
    "update desk_disclosure set state = 'fetched', fetched_at = :at, fetched_from = :ip"
    " where id = :id and state = 'made'"
)
EXPIRE = query("update desk_disclosure set state = 'expired' where id = :id and state = 'made'")
