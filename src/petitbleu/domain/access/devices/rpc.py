"""TL methods about one's own devices."""

from __future__ import annotations

from petitbleu.domain.access.devices import service, views
from petitbleu.errors import Fault
from petitbleu.rpc import limits
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api


def _local(ctx: Ctx) -> bool:
    return limits.lifted(ctx.app, ctx.ip)


@rpc("account.getAuthorizations")
async def get_authorizations(
    ctx: Ctx, q: api.account.GetAuthorizations
) -> api.account.Authorizations:
    """The devices signed in, the calling one first."""
    app, me = ctx.app, ctx.me
    own = await service.own(app, me)
    rows = await service.devices(app, me.id)
    rows.sort(key=lambda row: row.id != own)
    return api.account.Authorizations(
        authorization_ttl_days=await service.days(app, me.id),
        authorizations=[views.authorization(app, row, current=row.id == own) for row in rows],
    )


@rpc("account.resetAuthorization", limit="write")
async def reset_authorization(ctx: Ctx, q: api.account.ResetAuthorization) -> bool:
    """End one other device."""
    await service.end_one(ctx.app, ctx.me, q.hash, local=_local(ctx))
    return True


@rpc("auth.resetAuthorizations", limit="write")
async def reset_authorizations(ctx: Ctx, q: api.auth.ResetAuthorizations) -> bool:
    """End all other devices."""
    await service.end_others(ctx.app, ctx.me, local=_local(ctx))
    return True


@rpc("account.setAuthorizationTTL", limit="write")
async def set_authorization_ttl(ctx: Ctx, q: api.account.SetAuthorizationTTL) -> bool:
    """After how many days without use a device is signed out."""
    await service.set_days(ctx.app, ctx.me, q.authorization_ttl_days, local=_local(ctx))
    return True


@rpc("account.changeAuthorizationSettings", limit="write")
async def change_authorization_settings(
    ctx: Ctx, q: api.account.ChangeAuthorizationSettings
) -> bool:
    """Whether a device takes calls and secret chats; that it is mine."""
    changes = {
        "encrypted_requests_disabled": q.encrypted_requests_disabled,
        "call_requests_disabled": q.call_requests_disabled,
    }
    given = {name: value for name, value in changes.items() if value is not None}
    await service.change(ctx.app, ctx.me, q.hash, given, q.confirmed)
    return True


@rpc("account.updateDeviceLocked", stub=True)
async def update_device_locked(ctx: Ctx, q: api.account.UpdateDeviceLocked) -> bool:
    """A pass code hides the app: Web Push, the only one there is, hides its texts otherwise."""
    return True


@rpc("account.getWebAuthorizations", stub=True)
async def get_web_authorizations(
    ctx: Ctx, q: api.account.GetWebAuthorizations
) -> api.account.WebAuthorizations:
    """Web sites signed in with the account: there is no such login here."""
    return api.account.WebAuthorizations(authorizations=[], users=[])


@rpc("account.resetWebAuthorization", limit="write", stub=True)
async def reset_web_authorization(ctx: Ctx, q: api.account.ResetWebAuthorization) -> bool:
    """There is no such login, so none has this hash."""
    raise Fault("HASH_INVALID")


@rpc("account.resetWebAuthorizations", limit="write", stub=True)
async def reset_web_authorizations(ctx: Ctx, q: api.account.ResetWebAuthorizations) -> bool:
    """There is none to end."""
    return True
