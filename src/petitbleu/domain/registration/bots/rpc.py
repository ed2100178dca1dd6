"""TL methods of bots."""

from __future__ import annotations

from petitbleu import account_status
from petitbleu.domain.access.devices.views import where
from petitbleu.domain.registration.auth import views
from petitbleu.domain.registration.bots import service
from petitbleu.errors import Fault
from petitbleu.rpc import logins
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import ANYONE, rpc
from petitbleu.tl import api


@rpc("auth.importBotAuthorization", who=ANYONE, limit="code")
async def import_bot_authorization(
    ctx: Ctx, q: api.auth.ImportBotAuthorization
) -> api.auth.Authorization:
    """Sign the key in as the bot whose token this is."""
    if q.api_id <= 0:
        raise Fault("API_ID_INVALID")
    try:
        bot = await service.sign_in(ctx.app, q.bot_auth_token, where(ctx))
    finally:
        logins.forget(ctx.app, ctx.auth_key_id)
    standing = account_status.load_standing(ctx.app, bot, ctx.now)
    if standing is not None and standing.kind == account_status.SUSPENDED:
        raise Fault("USER_DEACTIVATED_BAN")
    return await views.authorization(ctx, bot)
