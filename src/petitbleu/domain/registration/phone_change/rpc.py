"""TL methods of changing one's telephone number."""

from __future__ import annotations

from typing import Any

from petitbleu import phones
from petitbleu.domain.people.accounts import views as accounts
from petitbleu.domain.people.contacts import service as contacts
from petitbleu.domain.registration.phone_change import service
from petitbleu.errors import Fault
from petitbleu.rpc import limits
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.limits import Claim
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api


@rpc("account.sendChangePhoneCode", limit="code")
async def send_change_phone_code(ctx: Ctx, q: api.account.SendChangePhoneCode) -> api.auth.SentCode:
    phone = _phone(q.phone_number)
    claims = [
        Claim("code_phone", (phone,)),
        Claim("code_phone_day", (phone,)),
        # Who asks is known here: counted by account, wherever it connects from.
        Claim("code_ip", (str(ctx.me.id),)),
        Claim("code_day"),
    ]
    # The refusal of a number that somebody has tells that they are a member.
    await contacts.ask_about(ctx.app, ctx.me, phone, ip=ctx.ip, also=claims)
    local = limits.lifted(ctx.app, ctx.ip)
    told = await service.send_code(ctx.app, ctx.me, phone, local=local, lang=ctx.lang)
    return api.auth.SentCode(
        type=api.auth.SentCodeTypeSms(length=told.length), phone_code_hash=told.hash
    )


@rpc("account.changePhone", limit="code")
async def change_phone(ctx: Ctx, q: api.account.ChangePhone) -> Any:
    phone = _phone(q.phone_number)
    await service.change(ctx.app, ctx.me, phone, q.phone_code_hash, q.phone_code, ip=ctx.ip)
    return await accounts.user(ctx.app, ctx.me.id, ctx.me.id)


def _phone(typed: str) -> str:
    phone = phones.canonical(typed)
    if phone is None:
        raise Fault("PHONE_NUMBER_INVALID")
    return phone
