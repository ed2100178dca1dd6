"""TL methods of notification settings (core.telegram.org/api/push-updates)."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.communities.chats import service as chats_room
from petitbleu.domain.communities.chats import views as chat_views
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.messaging.notifications import service, views
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api

_SCOPES: dict[type[Any], str] = {
    api.InputNotifyUsers: "users",
    api.InputNotifyChats: "chats",
    api.InputNotifyBroadcasts: "broadcasts",
}


@rpc("account.getNotifySettings")
async def get_notify_settings(ctx: Ctx, q: api.account.GetNotifySettings) -> api.PeerNotifySettings:
    scope = _SCOPES.get(type(q.peer))
    if scope is not None:
        return views.scope(await service.of_scope(ctx.app, ctx.me.id, scope))
    peer = await _peer(ctx, q.peer)
    return views.settings((await service.of_peers(ctx.app, ctx.me.id, (peer,))).get(peer, {}))


@rpc("account.updateNotifySettings", limit="write")
async def update_notify_settings(ctx: Ctx, q: api.account.UpdateNotifySettings) -> bool:
    settings = views.settings_of(q.settings)
    scope = _SCOPES.get(type(q.peer))
    if scope is not None:
        await service.set_scope(ctx.app, ctx.me, scope, settings)
    else:
        await service.set_peer(ctx.app, ctx.me, await _peer(ctx, q.peer), settings)
    return True


@rpc("account.resetNotifySettings", limit="write")
async def reset_notify_settings(ctx: Ctx, q: api.account.ResetNotifySettings) -> bool:
    await service.reset(ctx.app, ctx.me)
    return True


@rpc("account.getNotifyExceptions")
async def get_notify_exceptions(ctx: Ctx, q: api.account.GetNotifyExceptions) -> api.Updates:
    """The chats with settings of their own: all, of one scope, or of one chat."""
    kept = await service.exceptions(ctx.app, ctx.me.id)
    scope = _SCOPES.get(type(q.peer))
    if scope is not None:
        rows = await chats_room.get_many(ctx.app, kept)
        kept = {peer: one for peer, one in kept.items() if _scope_of(peer, rows) == scope}
    elif isinstance(q.peer, api.InputNotifyPeer):
        try:
            only = await _peer(ctx, q.peer)
        except Fault:  # no error is documented: nobody has no settings
            only = 0
        kept = {peer: one for peer, one in kept.items() if peer == only}
    elif q.peer is not None:  # topics and communities have no settings of their own
        kept = {}
    users, chats = await chat_views.named(ctx.app, ctx.me.id, kept)
    return api.Updates(
        updates=[
            api.UpdateNotifySettings(
                peer=api.NotifyPeer(peer=peers.peer_of(peer)), notify_settings=views.settings(one)
            )
            for peer, one in kept.items()
        ],
        users=users,
        chats=chats,
        date=int(ctx.now),
        seq=0,
    )


@rpc("account.getContactSignUpNotification")
async def get_contact_sign_up_notification(
    ctx: Ctx, q: api.account.GetContactSignUpNotification
) -> bool:
    """True: the person wants no notice when a contact signs up."""
    return bool((await accounts.settings(ctx.app, ctx.me.id)).get("sign_up_silent"))


@rpc("account.setContactSignUpNotification", limit="write")
async def set_contact_sign_up_notification(
    ctx: Ctx, q: api.account.SetContactSignUpNotification
) -> bool:
    silent = True if q.silent else None
    await accounts.change_settings(ctx.app, ctx.me.id, {"sign_up_silent": silent})
    return True


def _scope_of(peer: int, rows: dict[int, ChatRow]) -> str:
    if peer > 0:
        return "users"
    return "broadcasts" if peer in rows and rows[peer].kind == chats_room.CHANNEL else "chats"


async def _peer(ctx: Ctx, notify: Any) -> int:
    if isinstance(notify, api.InputNotifyPeer):
        return await peers.resolve(ctx, notify.peer)
    raise Fault("PEER_ID_INVALID")
