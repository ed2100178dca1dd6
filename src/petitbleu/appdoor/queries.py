"""SQL of ``web_session``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query

CURRENT, NEXT, FORMER = 0, 1, 2
"""Which value of its cookie a browser showed."""


class BrowserRow(NamedTuple):
    """A browser with the login of its device. Times are Unix seconds."""

    auth: int
    account: int | None
    pending_account: int | None
    former_until: int
    rotated_at: int
    created_at: int
    used_at: int
    signed_in: int
    trusted: int
    shown: int


class Taken(NamedTuple):
    """A number that stands for something already."""

    id: int


class Unused(NamedTuple):
    """A browser nobody used for a while."""

    auth: int
    account: int | None


def _by(column: str, shown: int) -> str:
    return (
        "select w.auth, a.account, a.pending_account, w.former_until, w.rotated_at, w.created_at,"
        f" w.used_at, w.signed_in, w.trusted, {shown} as shown"
        " from web_session w left join auth a on a.id = w.auth"
        f" where w.{column} in (:digests)"
    )


FIND = query(
    " union all ".join([_by("digest", CURRENT), _by("next_digest", NEXT), _by("former", FORMER)]),
    BrowserRow,
)
TAKEN = query(
    "select id from auth where id = :id union all select id from auth_key where id = :id", Taken
)
INSERT = query(
    "insert into web_session (auth, digest, rotated_at, created_at, used_at)"
    " values (:auth, :digest, :now, :now, :now)"
)
OFFER = query("update web_session set next_digest = :digest where auth = :auth")
CONFIRM = query(
    "update web_session set former = digest, former_until = :until, digest = next_digest,"
    " next_digest = null, rotated_at = :now, used_at = :now"
    " where auth = :auth and next_digest in (:digests)"
)
SIGNED_IN = query("update web_session set signed_in = 1 where auth = :auth")
USED = query("update web_session set used_at = :now where auth = :auth")
TRUST = query("update web_session set trusted = :trusted where auth = :auth")
DELETE = query("delete from web_session where auth = :auth")
UNUSED = query(
    "select w.auth, a.account from web_session w left join auth a on a.id = w.auth"
    " where w.used_at < :before and (w.trusted = 0 or w.used_at < :long_before)"
    " order by w.used_at, w.auth limit 200",
    Unused,
)
