"""SQL of ``admitted``, ``join_invite`` and ``join_request``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class Admitted(NamedTuple):
    """A number that may sign up; ``account`` once it has."""

    phone: str
    email: str | None
    name: str
    invite: str | None
    at: int
    account: int | None


class Invite(NamedTuple):
    """A link to ``/join/{token}``. ``uses_left`` None: unlimited; times are Unix seconds."""

    token: str
    uses_left: int | None
    expires_at: int | None
    created_at: int
    used: int


class Request(NamedTuple):
    """What an invited person typed, until the e-mail is confirmed."""

    token: str
    invite: str
    name: str
    email: str
    phone: str | None
    lang: str
    created_at: int
    expires_at: int
    number: str | None
    """What the person got, once the e-mail is confirmed."""


_ADMITTED = "phone, email, name, invite, at, account"
_INVITE = "token, uses_left, expires_at, created_at, used"
_REQUEST = "token, invite, name, email, phone, lang, created_at, expires_at, number"

ADMITTED = query(f"select {_ADMITTED} from admitted where phone = :phone", Admitted)
ADMITTED_EMAIL = query(f"select {_ADMITTED} from admitted where email = :email", Admitted)
ADMIT = query(
    "insert into admitted (phone, email, name, invite, at, account)"
    " values (:phone, :email, :name, :invite, :at, null) on conflict (phone) do nothing"
)
SIGNED_UP = query("update admitted set account = :account where phone = :phone")
FORGET = query("delete from admitted where phone = :phone")
SELECT_ADMITTED = f"select {_ADMITTED} from admitted"
"""For statements whose conditions are chosen at run time."""

INVITE = query(f"select {_INVITE} from join_invite where token = :token", Invite)
ALL_INVITES = query(f"select {_INVITE} from join_invite order by created_at, token", Invite)
NEW_INVITE = query(
    "insert into join_invite (token, uses_left, expires_at, created_at, used)"
    " values (:token, :uses_left, :expires_at, :created_at, 0)"
)
USE_INVITE = query(
    "update join_invite set used = used + 1, uses_left = uses_left - 1 where token = :token"
    " and (uses_left is null or uses_left > 0)"
)
REVOKE_INVITE = query("delete from join_invite where token = :token")

REQUEST = query(f"select {_REQUEST} from join_request where token = :token", Request)
NEW_REQUEST = query(
    "insert into join_request (token, invite, name, email, phone, lang, created_at, expires_at)"
    " values (:token, :invite, :name, :email, :phone, :lang, :created_at, :expires_at)"
)
LOCK_REQUEST = query(
    f"update join_request set token = token where token = :token returning {_REQUEST}", Request
)
CONFIRMED = query("update join_request set number = :number where token = :token")
DROP_REQUEST = query("delete from join_request where token = :token")
PRUNE_REQUESTS = query("delete from join_request where expires_at <= :now")
