"""SQL of ``passkey`` and ``passkey_challenge``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query

_COLUMNS = "account, id, party, name, public_key, counter, created_at, used_at"


class PasskeyRow(NamedTuple):
    """One passkey. Times are Unix seconds."""

    account: int
    id: str
    party: str
    name: str
    public_key: bytes
    counter: int
    created_at: int
    used_at: int | None


class Asked(NamedTuple):
    """A challenge: whose answer it takes (0: anybody's)."""

    account: int


OF_ACCOUNT = query(
    f"select {_COLUMNS} from passkey where account = :account order by created_at, id", PasskeyRow
)
BY_ID = query(f"select {_COLUMNS} from passkey where id = :id", PasskeyRow)
INSERT = query(
    "insert into passkey (account, id, party, name, public_key, counter, created_at)"
    " values (:account, :id, :party, :name, :public_key, :counter, :now)"
    " on conflict (id) do nothing"
)
USED = query(
    "update passkey set counter = :counter, used_at = :now"
    " where account = :account and id = :id and counter = :before"
)
DELETE = query("delete from passkey where account = :account and id = :id")
DELETE_ALL = query("delete from passkey where account = :account")

ASK = query(
    "insert into passkey_challenge (auth, purpose, account, digest, expires_at)"
    " values (:auth, :purpose, :account, :digest, :expires_at)"
    " on conflict (auth, purpose) do update set account = excluded.account,"
    " digest = excluded.digest, expires_at = excluded.expires_at"
)
TAKE = query(
    "delete from passkey_challenge where auth = :auth and purpose = :purpose"
    " and digest = :digest and expires_at > :now returning account",
    Asked,
)
PRUNE = query("delete from passkey_challenge where expires_at <= :now")
