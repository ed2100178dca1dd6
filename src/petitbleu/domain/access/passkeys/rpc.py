"""TL methods of one's own passkeys."""

from __future__ import annotations

from petitbleu.domain.access.passkeys import service, views
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api


@rpc("account.getPasskeys")
async def get_passkeys(ctx: Ctx, q: api.account.GetPasskeys) -> api.account.Passkeys:
    """The passkeys of the person; none are told to clients that could not use them."""
    rows = await service.of_account(ctx.app, ctx.me.id) if views.is_browser(ctx) else []
    return api.account.Passkeys(passkeys=[views.passkey(row) for row in rows])


@rpc("account.initPasskeyRegistration", limit="write")
async def init_passkey_registration(
    ctx: Ctx, q: api.account.InitPasskeyRegistration
) -> api.account.PasskeyRegistrationOptions:
    """What the browser is asked to make."""
    views.require_browser(ctx)
    fields = await service.begin_registration(ctx.app, ctx.me)
    return api.account.PasskeyRegistrationOptions(options=views.options(fields))


@rpc("account.registerPasskey", limit="write")
async def register_passkey(ctx: Ctx, q: api.account.RegisterPasskey) -> api.Passkey:
    """What it has made; all devices are told."""
    answer = views.answer(q.credential)
    views.require_browser(ctx)
    row = await service.register(ctx.app, ctx.me, answer)
    return views.passkey(row)


@rpc("account.deletePasskey", limit="write")
async def delete_passkey(ctx: Ctx, q: api.account.DeletePasskey) -> bool:
    """Forget one: it signs nobody in any more; all devices are told."""
    views.require_browser(ctx)
    return await service.remove(ctx.app, ctx.me, q.id)
