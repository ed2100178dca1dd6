"""TL methods of signing in with a passkey, for the web client alone."""

from __future__ import annotations

from petitbleu.domain.access.devices.views import where
from petitbleu.domain.access.passkeys import service as passkeys
from petitbleu.domain.access.passkeys import views as passkey_views
from petitbleu.domain.registration.auth import passkey_login, views
from petitbleu.errors import Fault
from petitbleu.rpc import logins
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import ANYONE, rpc
from petitbleu.tl import api


@rpc("auth.initPasskeyLogin", who=ANYONE, limit="code")
async def init_passkey_login(
    ctx: Ctx, q: api.auth.InitPasskeyLogin
) -> api.auth.PasskeyLoginOptions:
    """What the browser is asked to sign."""
    passkey_views.require_browser(ctx)
    if q.api_id <= 0:
        raise Fault("API_ID_INVALID")
    fields = await passkeys.begin_sign_in(ctx.app, ctx.auth_key_id)
    return api.auth.PasskeyLoginOptions(options=passkey_views.options(fields))


@rpc("auth.finishPasskeyLogin", who=ANYONE, limit="code")
async def finish_passkey_login(ctx: Ctx, q: api.auth.FinishPasskeyLogin) -> api.auth.Authorization:
    """What a passkey has signed. A two-step password is owed as after a code."""
    answer = passkey_views.answer(q.credential)
    passkey_views.require_browser(ctx)
    try:
        account = await passkey_login.sign_in(ctx.app, where(ctx), answer)
    finally:
        logins.forget(ctx.app, ctx.auth_key_id)
    return await views.authorization(ctx, account)
