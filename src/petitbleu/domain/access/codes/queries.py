"""SQL of ``login_code``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query

_COLUMNS = (
    "hash, purpose, phone, account, auth, sealed, channel, shown, email, tries, created_at,"
    " expires_at, verified, known"
)


class CodeRow(NamedTuple):
    """A pending code. Times are Unix seconds; ``account``, ``auth``: 0 where they do not matter."""

    hash: str
    purpose: str
    phone: str
    account: int
    auth: int
    sealed: bytes
    channel: str
    shown: str
    email: str | None
    tries: int
    created_at: int
    expires_at: int
    verified: int
    known: int
    """Whether the device that asked for it had signed in to the account before."""


BY_HASH = query(
    f"select {_COLUMNS} from login_code"
    " where hash = :hash and purpose = :purpose and expires_at > :now",
    CodeRow,
)
PUT = query(
    f"insert into login_code ({_COLUMNS})"
    " values (:hash, :purpose, :phone, :account, :auth, :sealed, :channel, :shown, :email, 0,"
    " :created_at, :expires_at, 0, :known)"
    " on conflict (hash) do update set phone = excluded.phone, account = excluded.account,"
    " auth = excluded.auth, sealed = excluded.sealed, channel = excluded.channel,"
    " shown = excluded.shown, email = excluded.email, tries = 0, verified = 0,"
    " created_at = excluded.created_at, expires_at = excluded.expires_at, known = excluded.known",
    apart=("hash",),
)
# Apart from PUT of the same code, whose row it leaves alone.
DROP_EARLIER = query(
    "delete from login_code"
    " where phone = :phone and purpose = :purpose and auth = :auth and hash <> :hash",
    apart=("phone", "purpose", "auth"),
)
COUNT_TRY = query(
    "update login_code set tries = tries + 1"
    " where hash = :hash and purpose = :purpose and auth in (0, :auth)"
    f" and expires_at > :now and tries < :limit returning {_COLUMNS}",
    CodeRow,
)
VERIFY = query(
    "update login_code set verified = 1, email = :email, expires_at = :expires_at"
    " where hash = :hash"
)
REDIRECT = query(
    "update login_code set channel = :channel, shown = :shown, email = :email,"
    " expires_at = :expires_at where hash = :hash"
)
DROP = query("delete from login_code where hash = :hash and purpose = :purpose")
PRUNE = query("delete from login_code where expires_at <= :now")
NEWEST = query(
    f"select {_COLUMNS} from login_code where expires_at > :now and purpose = :purpose"
    " and channel not in ('decoy', 'setup') order by created_at desc, hash limit :limit",
    CodeRow,
)
NEWEST_OF_PHONE = query(
    f"select {_COLUMNS} from login_code where phone = :phone and expires_at > :now"
    " and purpose = :purpose and channel not in ('decoy', 'setup') and verified = 0"
    " and tries < :tries"
    " order by created_at desc, hash limit 1",
    CodeRow,
)
