"""SQL of ``password``, ``password_pending`` and ``srp_challenge``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class PasswordRow(NamedTuple):
    """A two-step password. Times are Unix seconds; ``version`` is another after each change."""

    account: int
    verifier: bytes
    salt1: bytes
    salt2: bytes
    hint: str
    email: str | None
    reset_at: int | None
    declined_at: int | None
    secure: bytes | None
    version: int


class Moment(NamedTuple):
    """A time."""

    at: int


class PendingRow(NamedTuple):
    """A change that waits for its recovery address; ``verifier`` None: only the address changes."""

    account: int
    verifier: bytes | None
    salt1: bytes | None
    salt2: bytes | None
    hint: str
    email: str


class ChallengeRow(NamedTuple):
    """One SRP exchange in progress."""

    id: int
    account: int
    sealed: bytes
    version: int
    expires_at: int


_PASSWORD = "account, verifier, salt1, salt2, hint, email, reset_at, declined_at, secure, version"  # noqa: S105
_PENDING = "account, verifier, salt1, salt2, hint, email"
_CHALLENGE = "id, account, sealed, version, expires_at"

CHANGED_AT = query("select changed_at as at from password where account = :account", Moment)
GET = query(f"select {_PASSWORD} from password where account = :account", PasswordRow)
SET = query(
    "insert into password (account, verifier, salt1, salt2, hint, email, secure, version,"
    " changed_at) values (:account, :verifier, :salt1, :salt2, :hint, :email, :secure, :version,"
    " :now) on conflict (account) do update set verifier = excluded.verifier,"
    " salt1 = excluded.salt1, salt2 = excluded.salt2, hint = excluded.hint, email = excluded.email,"
    " secure = excluded.secure, version = excluded.version, changed_at = excluded.changed_at,"
    " reset_at = null, declined_at = null where password.version = :old"
)
SET_EMAIL = query("update password set email = :email where account = :account")
SET_SECURE = query("update password set secure = :secure where account = :account")
SET_RESET = query(
    "update password set reset_at = :reset_at, declined_at = :declined_at"
    " where account = :account and version = :version"
)
REMOVE = query("delete from password where account = :account")

PENDING = query(f"select {_PENDING} from password_pending where account = :account", PendingRow)
PUT_PENDING = query(
    f"insert into password_pending ({_PENDING}, created_at)"
    " values (:account, :verifier, :salt1, :salt2, :hint, :email, :now)"
    " on conflict (account) do update set verifier = excluded.verifier, salt1 = excluded.salt1,"
    " salt2 = excluded.salt2, hint = excluded.hint, email = excluded.email,"
    " created_at = excluded.created_at"
)
DROP_PENDING = query("delete from password_pending where account = :account")

PUT_CHALLENGE = query(
    f"insert into srp_challenge ({_CHALLENGE})"
    " values (:id, :account, :sealed, :version, :expires_at)"
)
TAKE_CHALLENGE = query(
    f"delete from srp_challenge where id = :id and account = :account returning {_CHALLENGE}",
    ChallengeRow,
)
PRUNE_CHALLENGES = query("delete from srp_challenge where expires_at <= :now")
