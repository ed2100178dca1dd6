"""TL methods of usernames (core.telegram.org/api/usernames)."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.people.accounts import views as accounts
from petitbleu.domain.people.usernames import service
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api


@rpc("account.checkUsername", limit="resolve")
async def check_username(ctx: Ctx, q: api.account.CheckUsername) -> bool:
    return await service.free(ctx.app, ctx.me, q.username)


@rpc("account.updateUsername", limit="write")
async def update_username(ctx: Ctx, q: api.account.UpdateUsername) -> Any:
    await service.update(ctx.app, ctx.me, q.username)
    return await accounts.user(ctx.app, ctx.me.id, ctx.me.id)


@rpc("account.reorderUsernames", limit="write")
async def reorder_usernames(ctx: Ctx, q: api.account.ReorderUsernames) -> bool:
    """There is one name at most, so the only order is the present one."""
    if [name.lower() for name in q.order] != await _mine(ctx):
        raise Fault("ORDER_INVALID")
    raise Fault("USERNAME_NOT_MODIFIED")


@rpc("account.toggleUsername", limit="write")
async def toggle_username(ctx: Ctx, q: api.account.ToggleUsername) -> bool:
    """The one name is always active; only additional (collectible) names could be switched off."""
    if q.username.lower() not in await _mine(ctx):
        raise Fault("USERNAME_INVALID")
    if q.active:
        raise Fault("USERNAME_NOT_MODIFIED")
    raise Fault("USERNAME_INVALID")


async def _mine(ctx: Ctx) -> list[str]:
    name = (await service.load_usernames(ctx.app.store, (ctx.me.id,))).get(ctx.me.id)
    return [] if name is None else [name.lower()]
