"""TL methods of QR login, carried authorizations and temporary keys."""

from __future__ import annotations

from petitbleu.domain.access.devices import views as device_views
from petitbleu.domain.access.devices.views import where
from petitbleu.domain.registration.auth import keys, tokens, views
from petitbleu.domain.registration.auth.tokens import Token
from petitbleu.errors import Fault
from petitbleu.rpc import links, logins
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.links import encoded
from petitbleu.rpc.registry import ANYONE, BOT, USER, rpc
from petitbleu.tl import api


@rpc("auth.exportLoginToken", who=ANYONE, limit="read", once=True)
async def export_login_token(ctx: Ctx, q: api.auth.ExportLoginToken) -> api.auth.TypeLoginToken:
    """A token to show as a QR code; once somebody accepted it, the login."""
    if q.api_id <= 0:
        raise Fault("API_ID_INVALID")
    try:
        token = await tokens.export_token(ctx.app, where(ctx), q.api_id, q.except_ids)
    except Fault:
        logins.forget(ctx.app, ctx.auth_key_id)
        raise
    return await _answer(ctx, token)


@rpc("auth.importLoginToken", who=ANYONE, limit="read")
async def import_login_token(ctx: Ctx, q: api.auth.ImportLoginToken) -> api.auth.TypeLoginToken:
    """Ask by the token itself."""
    try:
        token = await tokens.import_token(ctx.app, where(ctx), q.token)
    except Fault:
        logins.forget(ctx.app, ctx.auth_key_id)
        raise
    return await _answer(ctx, token)


async def _answer(ctx: Ctx, found: Token | int) -> api.auth.TypeLoginToken:
    if isinstance(found, Token):
        return api.auth.LoginToken(expires=found.expires, token=found.token)
    logins.forget(ctx.app, ctx.auth_key_id)
    return api.auth.LoginTokenSuccess(authorization=await views.authorization(ctx, found))


@rpc("auth.acceptLoginToken", limit="write")
async def accept_login_token(ctx: Ctx, q: api.auth.AcceptLoginToken) -> api.Authorization:
    """Let the device in that shows the code, and tell it to come back."""
    waiting = await tokens.accept_token(ctx.app, ctx.me, q.token)
    _wake(ctx, waiting)
    if waiting.row is None:
        raise Fault("AUTH_TOKEN_INVALIDX")
    return device_views.authorization(ctx.app, waiting.row)


def _wake(ctx: Ctx, waiting: tokens.Waiting) -> None:
    """updateLoginToken to the session that waits: nobody is signed in there, so no log carries it.

    A lost one costs latency only: clients ask again when their token expires.
    """
    if ctx.app.sessions is None:
        return
    ctx.app.bus.all("auth", (waiting.auth, waiting.session))
    update = api.UpdateShort(update=api.UpdateLoginToken(), date=int(ctx.now))
    for link in links.waiting(ctx.app.sessions.of_auth(waiting.auth), waiting.session):
        link.push(encoded(update, link, {}))


@rpc("auth.exportAuthorization", who=USER | BOT, limit="write", once=True)
async def export_authorization(
    ctx: Ctx, q: api.auth.ExportAuthorization
) -> api.auth.ExportedAuthorization:
    """A secret with which the same client signs another key in (another DC number)."""
    secret = await tokens.export_authorization(ctx.app, ctx.me, q.dc_id)
    return api.auth.ExportedAuthorization(id=ctx.me.id, bytes=secret)


@rpc("auth.importAuthorization", who=ANYONE, limit="write")
async def import_authorization(ctx: Ctx, q: api.auth.ImportAuthorization) -> api.auth.Authorization:
    """Sign this key in with such a secret."""
    account = await tokens.import_authorization(ctx.app, where(ctx), q.id, q.bytes)
    logins.forget(ctx.app, ctx.auth_key_id)
    return await views.authorization(ctx, account)


@rpc("auth.bindTempAuthKey", who=ANYONE, limit="write")
async def bind_temp_auth_key(ctx: Ctx, q: api.auth.BindTempAuthKey) -> bool:
    """This session's temporary key stands for a permanent one (core.telegram.org/api/pfs)."""
    link = ctx.link
    if not ctx.temp_key_id or link is None or link.bound is None or link.open_binding is None:
        raise Fault("TEMP_AUTH_KEY_EMPTY")
    inner = await link.open_binding(q.perm_auth_key_id, q.encrypted_message)
    asked = keys.Binding(
        ctx.msg_id,
        q.nonce,
        ctx.temp_key_id,
        q.perm_auth_key_id,
        link.session_id,
        q.expires_at,
    )
    await keys.bind(ctx.app, asked, inner)
    link.bound(q.perm_auth_key_id)
    logins.forget(ctx.app, q.perm_auth_key_id)
    return True


@rpc("auth.dropTempAuthKeys", who=ANYONE, limit="write")
async def drop_temp_auth_keys(ctx: Ctx, q: api.auth.DropTempAuthKeys) -> bool:
    """Forget the temporary keys of this permanent key, but for the named and the calling one."""
    kept = {*q.except_auth_keys, ctx.temp_key_id}
    dropped = await keys.drop(ctx.app, ctx.auth_key_id, kept)
    for key in dropped:
        ctx.app.bus.all("end", (ctx.auth_key_id, key))
    if ctx.app.sessions is not None:
        for link in ctx.app.sessions.of_auth(ctx.auth_key_id):
            if link.temp_key_id in dropped and link.bound is not None:
                link.bound(0)  # the gateway forgets the key with its row
                link.close()
    return True
