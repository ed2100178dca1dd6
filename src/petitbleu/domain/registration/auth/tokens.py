"""Logins without a code: QR login, and an authorization carried to another key.

QR (core.telegram.org/api/qr-login): the new device shows a token that lives 30 seconds; a signed-in
device accepts it; the new device asks again and is signed in. A token works for the key that asked
for it only: whoever photographs the screen gains nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple, cast

import msgspec

from petitbleu.app import Actor, App
from petitbleu.domain.access.devices import service as devices
from petitbleu.domain.access.devices.service import AuthRow, Begun, Where
from petitbleu.domain.registration.auth import queries as q
from petitbleu.domain.registration.auth.service import Outcome, proved, signed
from petitbleu.errors import Fault
from petitbleu.store.api import Tx
from petitbleu.store.forms import Form

TOKEN_SECONDS = 30
ACCEPTED_SECONDS = 300
"""Time the new device has to come back after somebody accepted."""
EXPORT_SECONDS = 600
DCS = range(1, 6)
"""Data centre numbers clients know: here they all are this server."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[int]).decode


class Token(NamedTuple):
    """A token to show as a QR code until ``expires`` (Unix seconds)."""

    token: bytes
    expires: int


class Waiting(NamedTuple):
    """The device whose token was accepted, and the session in which it waits for the news."""

    row: AuthRow | None
    auth: int
    session: int


async def export_token(
    app: App, where: Where, api_id: int, except_ids: Sequence[int]
) -> Token | int:
    """A fresh token, or the account the key is signed in as now because somebody accepted one.

    Raises SESSION_PASSWORD_NEEDED where the accepting account has a two-step password.
    """
    token = app.random(32)
    excluded = _encode(list(except_ids[:50]))
    exported = await app.store.write(_export_token, app, where, api_id, excluded, token)
    return exported if isinstance(exported, Token) else signed(app, exported)


_Found = tuple[Token | None, Outcome | None]


def _either(found: _Found) -> Token | Outcome:
    token, outcome = found
    assert token is not None or outcome is not None
    return token or cast("Outcome", outcome)


_TOKEN: Form[Token | Outcome] = Form(
    _Found, lambda one: (one, None) if isinstance(one, Token) else (None, one), _either
)


async def _export_token(
    tx: Tx, app: App, where: Where, api_id: int, excluded: bytes, token: bytes
) -> Token | Outcome:
    await tx.once(_TOKEN)
    now = int(app.clock.now())
    row = await tx.row(q.TOKEN_OF_AUTH, auth=where.auth, now=now)
    await tx.run(q.DROP_TOKENS, auth=where.auth)
    if row is not None and row.accepted_by is not None:
        return await proved(tx, app, row.accepted_by, where, event="qr", trusted=True)
    await tx.run(q.PRUNE_TOKENS, now=now)
    expires = now + TOKEN_SECONDS
    await tx.run(
        q.PUT_TOKEN,
        token=token,
        auth=where.auth,
        session=where.session,
        api_id=api_id,
        except_ids=excluded,
        expires_at=expires,
    )
    return Token(token, expires)


async def import_token(app: App, where: Where, token: bytes) -> Token | int:
    """Finish with a known token: the account, or the token again while nobody accepted it.

    Raises AUTH_TOKEN_INVALID, AUTH_TOKEN_EXPIRED, SESSION_PASSWORD_NEEDED.
    """
    imported = await app.store.write(_import_token, app, where, token)
    return imported if isinstance(imported, Token) else signed(app, imported)


async def _import_token(tx: Tx, app: App, where: Where, token: bytes) -> Token | Outcome:
    row = await tx.row(q.TOKEN, token=token)
    if row is None or row.auth != where.auth:
        raise Fault("AUTH_TOKEN_INVALID")
    if row.expires_at <= app.clock.now():
        raise Fault("AUTH_TOKEN_EXPIRED")
    if row.accepted_by is None:
        return Token(token, row.expires_at)
    await tx.run(q.DROP_TOKENS, auth=where.auth)
    return await proved(tx, app, row.accepted_by, where, event="qr", trusted=True)


async def accept_token(app: App, me: Actor, token: bytes) -> Waiting:
    """A signed-in person lets the device in that shows ``token``; the waiting device.

    Raises AUTH_TOKEN_INVALIDX, AUTH_TOKEN_EXPIRED, AUTH_TOKEN_ALREADY_ACCEPTED, and
    AUTH_TOKEN_EXCEPTION where that device is signed in as me already.
    """
    return await app.store.write(_accept_token, app, me, token)


async def _accept_token(tx: Tx, app: App, me: Actor, token: bytes) -> Waiting:
    now = int(app.clock.now())
    row = await tx.row(q.TOKEN, token=token)
    if row is None:
        raise Fault("AUTH_TOKEN_INVALIDX")
    if row.accepted_by is not None:
        raise Fault("AUTH_TOKEN_ALREADY_ACCEPTED")
    if row.expires_at <= now:
        raise Fault("AUTH_TOKEN_EXPIRED")
    if me.id in _decode(row.except_ids) or row.auth == me.auth:
        raise Fault("AUTH_TOKEN_EXCEPTION")
    until = now + ACCEPTED_SECONDS
    if not await tx.run(q.ACCEPT_TOKEN, token=token, account=me.id, expires_at=until):
        raise Fault("AUTH_TOKEN_ALREADY_ACCEPTED")
    return Waiting(await devices.of_auth(tx, row.auth), row.auth, row.session)


# ── an authorization carried to another key (core.telegram.org/api/datacenter) ───────────────────


async def export_authorization(app: App, me: Actor, dc: int) -> bytes:
    """A secret that signs another key in as me, once, within ten minutes. Raises DC_ID_INVALID."""
    if dc not in DCS:
        raise Fault("DC_ID_INVALID")
    return await app.store.write(_export, app, me, app.random(64))


_SECRET: Form[bytes] = Form(bytes)


async def _export(tx: Tx, app: App, me: Actor, secret: bytes) -> bytes:
    await tx.once(_SECRET)
    now = int(app.clock.now())
    own = await devices.of_auth(tx, me.auth)
    root = me.auth if own is None or own.parent is None else own.parent
    await tx.run(q.PRUNE_EXPORTS, now=now)
    token, expires_at = hashlib.sha256(secret).digest(), now + EXPORT_SECONDS
    await tx.run(q.PUT_EXPORT, token=token, account=me.id, auth=root, expires_at=expires_at)
    return secret


async def import_authorization(app: App, where: Where, account: int, secret: bytes) -> int:
    """Sign the key in with such a secret; the account.

    The key shares the login it came from: it is no device of its own, and ends with it.
    Raises USER_ID_INVALID, AUTH_BYTES_INVALID.
    """
    if account <= 0:
        raise Fault("USER_ID_INVALID")
    digest = hashlib.sha256(secret).digest()
    begun = await app.store.write(_import, app, where, account, digest)
    if begun is None:
        raise Fault("AUTH_BYTES_INVALID")
    devices.announce(app, begun)
    return account


async def _import(tx: Tx, app: App, where: Where, account: int, digest: bytes) -> Begun | None:
    """The login, None where it cannot be; a secret is used up even by a wrong account."""
    row = await tx.row(q.TAKE_EXPORT, token=digest)
    if row is None or row.account != account or row.expires_at <= app.clock.now():
        return None
    source = await devices.of_auth(tx, row.auth)
    if source is None or source.account != account:
        return None
    if where.auth == row.auth:
        return Begun(source, 0, [])
    return await devices.sign_in(tx, app, where, account, event="import", parent=row.auth)
