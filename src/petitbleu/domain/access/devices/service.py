"""Logins of an account: begin, list, change, end.

A login is a row of ``auth`` whose id is the permanent key; the key stays when its login ends.
``rpc/logins.py`` caches the row per process, so whoever changes one here also calls :func:`dropped`
(other devices) or ``rpc.logins.forget`` (the calling device, which must still get its answer).
"""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, NamedTuple

import msgspec

from petitbleu import recipients
from petitbleu.app import Actor, App
from petitbleu.domain.access.devices import queries as q
from petitbleu.domain.access.devices import texts
from petitbleu.domain.access.devices.known import known_device as known_device  # given on
from petitbleu.domain.access.devices.known import logout_token as logout_token
from petitbleu.domain.access.devices.queries import AuthRow as AuthRow  # given on: what callers get
from petitbleu.domain.access.devices.queries import Logged as Logged
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.updates import counters, log
from petitbleu.errors import Fault
from petitbleu.login import LOGINS
from petitbleu.store.api import Reader, Tx

FRESH_SECONDS = 86400
"""A login younger than this cannot end others."""
CONFIRM_SECONDS = 7 * 86400
"""A login counts as confirmed by itself after this (help.getAppConfig names the same)."""
PENDING_SECONDS = 86400
"""How long a key may owe a password before the code it proved is forgotten."""
SHORTEST_DAYS, LONGEST_DAYS = 1, 366

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(dict[str, Any]).decode


class Where(NamedTuple):
    """Where a call comes from: permanent key, session, address."""

    auth: int
    session: int = 0
    ip: str = ""
    port: int = 0


class Begun(NamedTuple):
    """A login just made: its row, how many other devices the account had, and the keys that shared
    the login this key had before, which have ended with it.
    """

    row: AuthRow
    others: int
    ended: list[int]


# ── begin ───────────────────────────────────────────────────────────────────────────────────────


async def sign_in(
    tx: Tx,
    app: App,
    where: Where,
    account: int,
    *,
    event: str,
    trusted: bool = False,
    parent: int | None = None,
) -> Begun:
    """Sign the key in as ``account``, in the caller's transaction.

    ``event`` names how (sign_in, sign_up, password, recovery, qr, import) in the sign-in log.
    ``trusted``: another device of the person allowed it, so it needs no confirming. ``parent``: the
    login whose keys this one shares (auth.importAuthorization): it is no device of its own.
    """
    now = int(app.clock.now())
    around = await tx.rows(q.AROUND_SIGN_IN, account=account, auth=where.auth)
    others = [row for row in around if row.parent is None and row.id != where.auth]
    confirmed = trusted or parent is not None or not others
    ended = [row.id for row in around if row.parent is not None]
    for child in ended:
        await tx.run(q.SIGN_OUT, id=child, fresh=_random_id(app))
    row = await tx.row(
        q.SIGN_IN,
        id=where.auth,
        account=account,
        hash=_random_id(app),
        ip=where.ip,
        now=now,
        confirmed=int(confirmed),
        parent=parent,
    )
    assert row is not None
    await counters.start_device(tx, where.auth)
    await recipients.mark(tx, account, app.clock.month())
    await _log(tx, app, account, where, event)
    if others and parent is None:
        by = Actor(account, auth=where.auth, session=(where.auth, where.session))
        data = {
            "hash": row.hash,
            "date": now,
            "device": _name(row),
            "location": row.ip,
            "unconfirmed": not confirmed,
        }
        # Dated a second back: the new device's own differences begin now and must not tell it.
        await log.state(tx, account, "devices.new", str(row.hash), data, at=now - 1, by=by)
    return Begun(row, len(others), ended)


async def owe_password(tx: Tx, app: App, where: Where, account: int) -> None:
    """The key proved the number; the account's password is still owed."""
    now = int(app.clock.now())
    await tx.run(
        q.OWE_PASSWORD,
        id=where.auth,
        account=account,
        hash=_random_id(app),
        ip=where.ip,
        now=now,
    )
    await _log(tx, app, account, where, "password_owed")


async def pending(reader: Reader, app: App, auth: int) -> int:
    """The account whose password the key owes, 0 where none."""
    row = await reader.row(q.BY_ID, id=auth)
    if row is None or row.pending_account is None:
        return 0
    fresh = row.created_at > app.clock.now() - PENDING_SECONDS
    return row.pending_account if fresh else 0


def announce(app: App, begun: Begun) -> None:
    """After the commit of :func:`sign_in`: end what ended with it, tell the other devices."""
    dropped(app, begun.ended)
    if begun.others and begun.row.parent is None:
        app.spawn(_alert(app, begun))


async def _alert(app: App, begun: Begun) -> None:
    """Tell the account's other devices of a login, in the service chat."""
    account = await accounts.get(app, begun.row.account or 0)
    if account is None:
        return
    zone = zoneinfo.ZoneInfo(app.config.timezone)
    when = datetime.datetime.fromtimestamp(begun.row.created_at, tz=zone)
    text = texts.new_login(
        texts.language(account.lang, *app.config.languages),
        name=account.first_name,
        instance=app.config.name,
        when=when,
        device=" ".join(_name(begun.row).split()) or "?",
        ip=begun.row.ip or "?",
    )
    # The device is named by whoever signs in.
    await messages.send_service(app, account.id, text, find=False)


async def _log(tx: Tx, app: App, account: int, where: Where, event: str) -> None:
    await tx.later(
        q.LOG,
        account=account,
        at=int(app.clock.now()),
        n=_random_id(app),
        auth=where.auth,
        event=event,
        ip=where.ip,
        port=where.port,
    )


# ── list and change ─────────────────────────────────────────────────────────────────────────────


async def of_auth(reader: Reader, auth: int) -> AuthRow | None:
    """The login of one key."""
    return await reader.row(q.BY_ID, id=auth)


async def own(app: App, me: Actor) -> int:
    """The device the caller is: its key, or the one whose login its key shares."""
    row = await of_auth(app.store, me.auth)
    return me.auth if row is None or row.parent is None else row.parent


async def devices(app: App, account: int) -> list[AuthRow]:
    """Signed-in devices, newest in use first, then those that still owe the password."""
    return await app.store.rows(q.OF_ACCOUNT, account=account) + await app.store.rows(
        q.PENDING_OF_ACCOUNT, account=account
    )


async def signed_in(app: App, account: int) -> bool:
    """Whether a device is signed in to the account (one that owes its password is not)."""
    return bool(await app.store.rows(q.OF_ACCOUNT, account=account))


async def sign_ins(app: App, account: int, limit: int = 100) -> list[Logged]:
    """The newest lines of the sign-in log."""
    return await app.store.rows(q.LOGGED, account=account, limit=limit)


async def days(app: App, account: int) -> int:
    """After how many days without use a login of the account ends."""
    row = await app.store.row(q.DAYS, id=account)
    return row.days if row is not None and row.days is not None else app.config.session_days


async def set_days(app: App, me: Actor, days: int, *, local: bool) -> None:
    """Change that number. Raises TTL_DAYS_INVALID, FRESH_RESET_AUTHORISATION_FORBIDDEN."""
    if not SHORTEST_DAYS <= days <= LONGEST_DAYS:
        raise Fault("TTL_DAYS_INVALID")
    await _not_fresh(app, me, local)
    await app.store.write(_set_days, account=me.id, days=days)


async def _set_days(tx: Tx, *, account: int, days: int) -> None:
    await accounts.set_session_days(tx, account, days)


def flags(row: AuthRow) -> dict[str, Any]:
    """Settings of one login: encrypted_requests_disabled, call_requests_disabled."""
    return _decode(row.settings) if row.settings else {}


def unconfirmed(app: App, row: AuthRow) -> bool:
    """Whether the person should still be asked if this login is theirs."""
    return not row.confirmed and row.created_at > app.clock.now() - CONFIRM_SECONDS


async def change(app: App, me: Actor, hash: int, changes: dict[str, bool], confirm: bool) -> None:
    """Change settings of one login (hash 0: the calling one). Raises HASH_INVALID."""
    await app.store.write(_change, me=me, hash=hash, changes=changes, confirm=confirm)


async def _change(tx: Tx, *, me: Actor, hash: int, changes: dict[str, bool], confirm: bool) -> None:
    if hash:
        row = await tx.row(q.BY_HASH, account=me.id, hash=hash)
    else:
        row = await tx.row(q.BY_ID, id=me.auth)
    if row is None or row.account != me.id:
        raise Fault("HASH_INVALID")
    settings = _encode(flags(row) | changes)
    await tx.run(q.SET_SETTINGS, id=row.id, settings=settings, confirmed=int(confirm))


# ── end ─────────────────────────────────────────────────────────────────────────────────────────


async def end_one(app: App, me: Actor, hash: int, *, local: bool) -> None:
    """End another login of mine. Raises HASH_INVALID, FRESH_RESET_AUTHORISATION_FORBIDDEN."""
    kept = await own(app, me)
    rows = [row for row in await devices(app, me.id) if row.hash == hash and row.id != kept]
    if not rows:
        raise Fault("HASH_INVALID")
    await _not_fresh(app, me, local)
    await _end(app, me.id, [row.id for row in rows], "ended")


async def end_others(app: App, me: Actor, *, local: bool) -> int:
    """End all logins of mine but the calling one; how many.

    Raises FRESH_RESET_AUTHORISATION_FORBIDDEN.
    """
    await _not_fresh(app, me, local)
    kept = await own(app, me)
    ended = [row.id for row in await devices(app, me.id) if row.id != kept]
    await _end(app, me.id, ended, "ended")
    return len(ended)


async def end_all(app: App, account: int, *, event: str = "ended_by_operator") -> int:
    """End every login of an account (operator, deletion); how many."""
    ended = [row.id for row in await devices(app, account)]
    await _end(app, account, ended, event)
    return len(ended)


async def log_out(app: App, me: Actor) -> None:
    """End the calling login. The key stays, and so does the connection: its answer must go out."""
    shared = await app.store.rows(q.SHARING, ids=[me.auth], account=me.id)
    ended = [me.auth, *(row.id for row in shared)]
    await app.store.write(_write_end, app=app, account=me.id, ids=ended, event="log_out")
    app.bus.all("end", me.auth)
    dropped(app, ended[1:])


async def end_browser(app: App, account: int, auth: int, event: str) -> None:
    """End the login of a browser that was not asked for it: ``expired`` (unused for too long), or
    ``cookie_reused``: somebody else has a copy of its cookie, and the person is told.
    """
    await _end(app, account, [auth], event)
    if event == "cookie_reused":
        person = await accounts.get(app, account)
        if person is not None:
            lang = texts.language(person.lang, *app.config.languages)
            text = texts.cookie_reused(lang, name=person.first_name, instance=app.config.name)
            await messages.send_service(app, account, text, find=False)


async def forget_pending(tx: Tx, app: App, auth: int) -> None:
    """The key owes no password any more (log-out before it was given)."""
    await tx.run(q.SIGN_OUT, id=auth, fresh=_random_id(app))


async def end_idle(app: App) -> int:
    """End logins unused for longer than their account allows; how many. For the daily job."""
    now = int(app.clock.now())
    ended = 0
    while rows := await app.store.scan(
        q.IDLE, now=now, before=now - SHORTEST_DAYS * 86400, days=app.config.session_days
    ):
        of_account: dict[int, list[int]] = {}
        for row in rows:
            of_account.setdefault(row.account, []).append(row.id)
        for account, ids in of_account.items():
            await _end(app, account, ids, "expired")
        ended += len(rows)
    return ended


async def _end(app: App, account: int, ids: list[int], event: str) -> None:
    if not ids:
        return
    shared = await app.store.rows(q.SHARING, ids=ids, account=account)
    ids = ids + [row.id for row in shared]
    await app.store.write(_write_end, app=app, account=account, ids=ids, event=event)
    dropped(app, ids)


Ending = Callable[[Tx, int], Awaitable[None]]
"""``ending(tx, auth)``: the login of a key ends; what belongs to it goes with it."""
_ENDINGS: list[Ending] = []


def on_end(ending: Ending) -> Ending:
    """Register what is done in the transaction that ends a login."""
    _ENDINGS.append(ending)
    return ending


async def _write_end(tx: Tx, *, app: App, account: int, ids: list[int], event: str) -> None:
    for auth in sorted(ids):
        for ending in _ENDINGS:
            await ending(tx, auth)
        await tx.run(q.SIGN_OUT, id=auth, fresh=_random_id(app))
        await counters.drop_device(tx, auth)
        await _log(tx, app, account, Where(auth), event)


def dropped(app: App, ids: Iterable[int]) -> None:
    """After the commit that ended these logins: close their sessions, forget what is cached."""
    logins = app.parts[LOGINS]
    for auth in ids:
        logins.pop(auth, None)
        app.bus.all("end", auth)
        if app.sessions is not None:
            app.sessions.close_auth(auth)


async def _not_fresh(app: App, me: Actor, local: bool) -> None:
    """``local``: the caller is a developer on this machine, for whom the rule is off."""
    row = await of_auth(app.store, me.auth)
    if row is None or local:
        return
    if row.created_at > app.clock.now() - FRESH_SECONDS:
        raise Fault("FRESH_RESET_AUTHORISATION_FORBIDDEN")


# ── housekeeping ────────────────────────────────────────────────────────────────────────────────


async def prune(tx: Tx, *, now: int, log_days: int) -> None:
    """Forget old sign-ins, passwords owed too long, and keys that never signed in for a month."""
    await tx.run(q.PRUNE_LOG, before=now - log_days * 86400)
    await tx.run(q.STALE_PENDING, before=now - PENDING_SECONDS)
    await tx.run(q.PRUNE_UNUSED, before=now - 30 * 86400)


def _random_id(app: App) -> int:
    """A random positive 62-bit number, never 0 (hash 0 means the calling login)."""
    return (int.from_bytes(app.random(8), "big") >> 2) + 1


def _name(row: AuthRow) -> str:
    return ", ".join(part for part in (row.device, row.system) if part)
