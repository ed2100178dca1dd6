"""Who a key is signed in as: the cache of ``auth`` rows that every call looks at.

One entry per permanent key, shared by its sessions. A room that changes a login (sign-in, log-out,
password owed) calls :func:`forget` after its commit, or :meth:`Links.close_auth` where the login
has ended.
"""

from __future__ import annotations

import secrets
from typing import Any, NamedTuple

from petitbleu import account_status, recipients
from petitbleu.app import Actor, App
from petitbleu.login import LOGINS, AuthRow, Login
from petitbleu.rpc.links import RpcSession
from petitbleu.stamps import ROOMS_HERE, Change, room
from petitbleu.store.api import Tx
from petitbleu.store.query import query

TOUCH_SECONDS = 300
"""How often at most ``auth.active_at`` is written."""


_LOAD = query(
    "select a.account, a.pending_account, p.kind, a.layer, a.api_id, a.device, a.system,"
    " a.app_version, a.lang, a.lang_pack, a.active_at, p.active_month"
    " from auth a left join account p on p.id = a.account where a.id = :id",
    AuthRow,
)
_INIT = query(
    "insert into auth (id, hash, layer, api_id, device, platform, system, app_version, lang,"
    " lang_pack, ip, created_at, active_at) values (:id, :hash, :layer, :api_id, :device,"
    " :platform, :system, :app_version, :lang, :lang_pack, :ip, :now, :now)"
    " on conflict (id) do update set layer = excluded.layer, api_id = excluded.api_id,"
    " device = excluded.device, platform = excluded.platform, system = excluded.system,"
    " app_version = excluded.app_version, lang = excluded.lang, lang_pack = excluded.lang_pack,"
    " ip = excluded.ip, active_at = excluded.active_at"
)
_LAYER = query("update auth set layer = :layer where id = :id")
_TOUCH = query("update auth set active_at = :now, ip = :ip where id = :id")


class Device(NamedTuple):
    """What initConnection says of a client."""

    api_id: int
    device: str
    system: str
    app_version: str
    lang: str
    lang_pack: str


async def of_link(app: App, link: RpcSession) -> Login:
    """The login of a session's key, from the cache or the database."""
    auth_id = link.auth_key_id
    logins = app.parts[LOGINS]
    login = logins.get(auth_id)
    while login is None:
        await account_status.ready(app)
        generation = logins.generation
        row = await app.store.row(_LOAD, id=auth_id)
        if generation == logins.generation:
            login = logins.setdefault(auth_id, Login(auth_id, row))
    if link.login is not login:
        _attach(app, link, login)
    return login


def _attach(app: App, link: RpcSession, login: Login) -> None:
    link.login = login
    link.set_layer(login.layer or link.layer)
    link.actor = (
        Actor(
            login.user_id,
            bot=login.bot,
            auth=login.auth_id,
            session=(link.auth_key_id, link.session_id),
        )
        if login.user_id
        else None
    )
    if app.sessions is not None:
        # Whoever is suspended hears nothing; the refusal comes with the next call (dispatch).
        standing = account_status.load_standing(app, login.user_id, app.clock.now())
        silent = standing is not None and standing.kind == account_status.SUSPENDED
        app.sessions.sign(link, 0 if silent else login.user_id)


ROOM = room("logins", auth=("account", "pending_account"))


def install(app: App) -> None:
    """Hear of logins that other workers change."""
    app.parts[ROOMS_HERE].hear(ROOM, lambda change: _outside(app, change))


def _outside(app: App, change: Change) -> None:
    """Nothing more goes to an old login from now on; then its sessions are signed in anew, or
    closed where the login has ended.
    """
    logins = app.parts[LOGINS]
    logins.generation += 1
    for auth_id in list(change.of(logins)):
        links = app.sessions.of_auth(auth_id) if app.sessions is not None else []
        signed = any(link.user_id for link in links)
        forget(app, auth_id)
        if links:
            app.spawn(_renew(app, auth_id, signed=signed))


async def _renew(app: App, auth_id: int, *, signed: bool) -> None:
    if app.sessions is None:
        return
    for link in app.sessions.of_auth(auth_id):
        login = await of_link(app, link)
        if signed and not login.user_id:
            app.sessions.close_auth(auth_id)
            return


def forget(app: App, auth_id: int) -> None:
    """The ``auth`` row has changed: the next call reads it again; live sessions are re-signed then.

    Sessions of the key are signed out of the push tables at once, so that nothing more goes to an
    old login.
    """
    app.parts[LOGINS].pop(auth_id, None)
    if app.sessions is not None:
        for link in app.sessions.of_auth(auth_id):
            link.login = None
            link.actor = None
            app.sessions.sign(link, 0)


def release(app: App, auth_id: int) -> None:
    """The last session of the key is gone: its entry need not stay in memory."""
    app.parts[LOGINS].pop(auth_id, None)


async def init_connection(
    app: App, link: RpcSession, layer: int, device: Device, now: float
) -> None:
    """initConnection: remember layer and device of the key (written only where something is
    new).
    """
    login = await of_link(app, link)
    if login.layer == layer and login.device == tuple(device):
        link.set_layer(layer)
        return
    login.layer = layer
    link.set_layer(layer)
    login.device = tuple(device)
    login.lang = device.lang
    await app.store.write(
        _write_init,
        id=link.auth_key_id,
        hash=secrets.randbits(62) + 1,
        layer=layer,
        platform=_platform(device),
        ip=link.ip,
        now=int(now),
        **device._asdict(),
    )
    login.active_at = max(login.active_at, int(now))  # written with it


async def introduce(tx: Tx, auth: int, layer: int, device: Device, *, ip: str, now: int) -> None:
    """A device that has no key of MTProto: its row, before anybody signs in on it."""
    await _write_init(
        tx,
        id=auth,
        hash=secrets.randbits(62) + 1,
        layer=layer,
        platform=_platform(device),
        ip=ip,
        now=now,
        **device._asdict(),
    )


async def _write_init(tx: Tx, /, **values: Any) -> None:
    await tx.later(_INIT, **values)


def _platform(device: Device) -> str:
    """A guess for the session list; clients name their platform only through their language
    pack.
    """
    return device.lang_pack or ""


async def raise_layer(app: App, link: RpcSession, layer: int) -> None:
    """A bare invokeWithLayer: the layer of a key may go up at any call."""
    login = await of_link(app, link)
    if layer <= login.layer:
        return
    login.layer = layer
    link.set_layer(layer)
    await app.store.write(_write_layer, id=link.auth_key_id, layer=layer)


async def _write_layer(tx: Tx, /, **values: Any) -> None:
    await tx.later(_LAYER, **values)


def note_use(app: App, login: Login, link: RpcSession, now: float) -> None:
    """Note that the device is in use: seldom, in the background."""
    login.active_at = int(now)
    month = app.clock.month()
    mark = month if login.user_id and login.active_month != month else 0
    login.active_month = mark or login.active_month
    app.spawn(
        app.store.write(
            _write_touch, id=login.auth_id, user=login.user_id, ip=link.ip, now=int(now), month=mark
        )
    )


async def _write_touch(tx: Tx, *, id: int, user: int, ip: str, now: int, month: int) -> None:
    await tx.later(_TOUCH, id=id, ip=ip, now=now)
    if month:
        await recipients.mark(tx, user, month)
