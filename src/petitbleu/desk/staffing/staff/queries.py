"""SQL of ``staff``, ``staff_invite``, ``staff_passkey``, ``staff_session`` and ``staff_touch``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class StaffRow(NamedTuple):
    """One person who works at the desk. Times are Unix seconds, 0 for never."""

    id: int
    name: str
    email: str
    language: str
    roles: str
    queues: str
    measures: str
    on_call: int
    on_duty: int
    keys: int
    rest_until: int
    until: int
    made_at: int
    made_by: str
    revoked_at: int
    vouched_by: str
    vouched_at: int
    head_ended_at: int


class InviteRow(NamedTuple):
    """A one-time link."""

    id: int
    staff: int
    made_at: int
    expires_at: int
    used_at: int


class PasskeyRow(NamedTuple):
    """A passkey."""

    credential: bytes
    staff: int
    public_key: bytes
    print: bytes
    counter: int
    label: str
    transports: str
    synced: int
    made_at: int
    used_at: int
    revoked_at: int


class SessionRow(NamedTuple):
    """A browser that is signed in."""

    id: int
    staff: int
    passkey: bytes
    made_at: int
    expires_at: int
    seen_at: int
    agent: str
    place: str
    revoked_at: int


class Seen(NamedTuple):
    """When somebody was last there; None: never."""

    at: int | None


class Id(NamedTuple):
    """A number."""

    id: int


class Credential(NamedTuple):
    """The id of a passkey."""

    credential: bytes


_STAFF = (
    "id, name, email, language, roles, queues, measures, on_call, on_duty, keys, rest_until,"
    " until, made_at, made_by, revoked_at, vouched_by, vouched_at, head_ended_at"
)
_PASSKEY = (
    "credential, staff, public_key, print, counter, label, transports, synced, made_at, used_at,"
    " revoked_at"
)
_SESSION = "id, staff, passkey, made_at, expires_at, seen_at, agent, place, revoked_at"

# ── people ──────────────────────────────────────────────────────────────────────────────────────

INSERT_STAFF = query(
    "insert into staff (name, email, language, roles, queues, measures, on_call, until, made_at,"
    " made_by) values (:name, :email, :language, :roles, :queues, :measures, :on_call, :until,"
    " :at, :by) returning id",
    Id,
)
STAFF = query(f"select {_STAFF} from staff where id = :id", StaffRow)
# Changes nothing and locks the row on PostgreSQL; on SQLite the writer is alone anyway.
LOCK_STAFF = query(
    f"update staff set made_at = made_at where id = :id returning {_STAFF}", StaffRow
)
BY_EMAIL = query(f"select {_STAFF} from staff where email = :email and revoked_at = 0", StaffRow)
ALL_STAFF = query(f"select {_STAFF} from staff order by id", StaffRow)
CHANGE_STAFF = query(
    "update staff set name = :name, roles = :roles, queues = :queues, measures = :measures,"
    " on_call = :on_call, until = :until where id = :id"
)
SET_OWN = query("update staff set language = :language, keys = :keys where id = :id")
SET_DUTY = query("update staff set on_duty = :on_duty where id = :id")
SET_REST = query("update staff set rest_until = :until where id = :id")
VOUCH = query("update staff set vouched_by = :by, vouched_at = :at where id = :id")
END_HEAD = query("update staff set head_ended_at = :at where id = :id")
REVOKE_STAFF = query(
    "update staff set revoked_at = :at, on_call = 0, on_duty = 0 where id = :id and revoked_at = 0"
)

# ── invitations ─────────────────────────────────────────────────────────────────────────────────

INSERT_INVITE = query(
    "insert into staff_invite (id, staff, made_at, expires_at)"
    " values (:id, :staff, :at, :expires_at)"
)
INVITE = query(
    "select id, staff, made_at, expires_at, used_at from staff_invite where id = :id", InviteRow
)
USE_INVITE = query(
    "update staff_invite set used_at = :at where id = :id and used_at = 0 and expires_at > :at"
)
END_INVITES = query("update staff_invite set expires_at = 0 where staff = :staff and used_at = 0")
OPEN_INVITES = query(
    "select id, staff, made_at, expires_at, used_at from staff_invite"
    " where staff = :staff and used_at = 0 and expires_at > :now",
    InviteRow,
)

# ── passkeys ────────────────────────────────────────────────────────────────────────────────────

INSERT_PASSKEY = query(
    f"insert into staff_passkey ({_PASSKEY}) values (:credential, :staff, :public_key, :print,"
    " :counter, :label, :transports, :synced, :at, 0, 0) on conflict do nothing"
)
PASSKEY = query(f"select {_PASSKEY} from staff_passkey where credential = :credential", PasskeyRow)
PASSKEYS = query(
    f"select {_PASSKEY} from staff_passkey where staff = :staff and revoked_at = 0"
    " order by made_at, credential",
    PasskeyRow,
)
ALL_CREDENTIALS = query("select credential from staff_passkey", Credential)
USE_PASSKEY = query(
    "update staff_passkey set counter = :counter, used_at = :at"
    " where credential = :credential and revoked_at = 0 and (:counter > counter or counter = 0)"
)
REVOKE_PASSKEY = query(
    "update staff_passkey set revoked_at = :at"
    " where credential = :credential and staff = :staff and revoked_at = 0"
)
REVOKE_PASSKEYS = query(
    "update staff_passkey set revoked_at = :at where staff = :staff and revoked_at = 0"
)
EVER_WITH_PASSKEY = query(
    f"select {_STAFF} from staff"
    " where exists (select 1 from staff_passkey p where p.staff = staff.id)",
    StaffRow,
)
HEADS_WITH_PASSKEY = query(
    f"select {_STAFF} from staff where revoked_at = 0 and exists"
    " (select 1 from staff_passkey p where p.staff = staff.id and p.revoked_at = 0)",
    StaffRow,
)

# ── sessions ────────────────────────────────────────────────────────────────────────────────────

INSERT_SESSION = query(
    "insert into staff_session (id, digest, staff, passkey, made_at, expires_at, seen_at, agent,"
    " place) values (:id, :digest, :staff, :passkey, :at, :expires_at, :at, :agent, :place)"
)
SESSION = query(f"select {_SESSION} from staff_session where digest = :digest", SessionRow)
SESSION_BY_ID = query(f"select {_SESSION} from staff_session where id = :id", SessionRow)
SESSIONS = query(
    f"select {_SESSION} from staff_session where staff = :staff and expires_at > :now"
    " and revoked_at = 0 order by expires_at desc",
    SessionRow,
)
LAST_SEEN = query("select max(seen_at) from staff_session", Seen)
SEE_SESSION = query("update staff_session set seen_at = :at where id = :id")
END_SESSION = query(
    "update staff_session set revoked_at = :at where id = :id and staff = :staff and revoked_at = 0"
)
END_SESSIONS = query(
    "update staff_session set revoked_at = :at"
    " where staff = :staff and id <> :but and expires_at > :at and revoked_at = 0"
)
END_SESSIONS_OF_PASSKEY = query(
    "update staff_session set revoked_at = :at where staff = :staff and passkey = :passkey"
    " and expires_at > :at and revoked_at = 0"
)

# ── what was answered and signed ────────────────────────────────────────────────────────────────

INSERT_TOUCH = query(
    "insert into staff_touch (nonce, purpose, staff, session, passkey, digest, at, client_data,"
    " authenticator_data, signature) values (:nonce, :purpose, :staff, :session, :passkey,"
    " :digest, :at, :client_data, :authenticator_data, :signature)"
    " on conflict (nonce) do nothing"
)

# ── what is over ────────────────────────────────────────────────────────────────────────────────

PRUNE_SESSIONS = query("delete from staff_session where expires_at < :before")
PRUNE_INVITES = query("delete from staff_invite where expires_at < :before and used_at < :before")
PRUNE_TOUCHES = query("delete from staff_touch where purpose <> 'sign' and at < :before")
