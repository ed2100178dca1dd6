"""SQL of ``login_token``, ``auth_export`` and of what binds temporary keys."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class TokenRow(NamedTuple):
    """A QR login in progress: which key waits, and who accepted it."""

    token: bytes
    auth: int
    session: int
    api_id: int
    accepted_by: int | None
    except_ids: bytes
    expires_at: int


class ExportRow(NamedTuple):
    """An authorization on its way to another key."""

    account: int
    auth: int
    expires_at: int


class KeyRow(NamedTuple):
    """One auth key: whether it is temporary and to which permanent key it is bound."""

    id: int
    perm_id: int | None
    temp: int
    expires_at: int | None


_COLUMNS = "token, auth, session, api_id, accepted_by, except_ids, expires_at"

TOKEN = query(f"select {_COLUMNS} from login_token where token = :token", TokenRow)
TOKEN_OF_AUTH = query(
    f"select {_COLUMNS} from login_token where auth = :auth and expires_at > :now"
    " order by accepted_by is null, expires_at desc limit 1",
    TokenRow,
)
PUT_TOKEN = query(
    "insert into login_token (token, auth, session, api_id, except_ids, expires_at)"
    " values (:token, :auth, :session, :api_id, :except_ids, :expires_at)"
)
ACCEPT_TOKEN = query(
    "update login_token set accepted_by = :account, expires_at = :expires_at"
    " where token = :token and accepted_by is null"
)
DROP_TOKENS = query("delete from login_token where auth = :auth")
PRUNE_TOKENS = query("delete from login_token where expires_at <= :now")

PUT_EXPORT = query(
    "insert into auth_export (token, account, auth, expires_at)"
    " values (:token, :account, :auth, :expires_at)"
)
TAKE_EXPORT = query(
    "delete from auth_export where token = :token returning account, auth, expires_at", ExportRow
)
PRUNE_EXPORTS = query("delete from auth_export where expires_at <= :now")

KEY = query("select id, perm_id, temp, expires_at from auth_key where id = :id", KeyRow)
BIND = query(
    "update auth_key set perm_id = :perm_id, expires_at = :expires_at"
    " where id = :id and temp = 1 and (perm_id is null or perm_id = :perm_id)",
    stamps=(("keys", "id"),),
)
TEMPORARY_OF = query(
    "select id, perm_id, temp, expires_at from auth_key where perm_id = :perm_id and temp = 1",
    KeyRow,
)
DROP_KEY = query("delete from auth_key where id = :id and temp = 1", stamps=(("keys", "id"),))
