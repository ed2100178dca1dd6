"""TL methods of privacy (core.telegram.org/api/privacy)."""

from __future__ import annotations

from petitbleu.domain.people.privacy import service, views
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api

MAX_NAMED = 1000
"""People and groups that the exceptions of one key may name."""


@rpc("account.getPrivacy")
async def get_privacy(ctx: Ctx, q: api.account.GetPrivacy) -> api.account.PrivacyRules:
    rules = await service.get(ctx.app, ctx.me.id, views.key_of(q.key))
    return await views.answer(ctx.app, ctx.me.id, rules)


@rpc("account.setPrivacy", limit="write")
async def set_privacy(ctx: Ctx, q: api.account.SetPrivacy) -> api.account.PrivacyRules:
    key = views.key_of(q.key)
    if len(q.rules) > len(service.WEIGHT):
        raise Fault("PRIVACY_VALUE_INVALID")
    rules = await views.rules_of(ctx, q.rules)
    if sum(len(ids) for _, ids in rules) > MAX_NAMED:
        raise Fault("PRIVACY_TOO_LONG")
    await service.set_rules(ctx.app, ctx.me, key, rules)
    return await views.answer(ctx.app, ctx.me.id, rules)
