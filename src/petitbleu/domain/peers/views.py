"""InputPeer and InputUser -> our peer number, access hash checked; and peer number -> Peer."""

from __future__ import annotations

from typing import Any

from petitbleu import ids
from petitbleu.domain.peers import service
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.tl import api

_USER = 1
_SELF = 2
_FROM_MESSAGE = 3
_CHAT = 4
_CHANNEL = 5

_FORMS: dict[type[Any], int] = {
    api.InputPeerUser: _USER,
    api.InputUser: _USER,
    api.InputPeerSelf: _SELF,
    api.InputUserSelf: _SELF,
    api.InputPeerUserFromMessage: _FROM_MESSAGE,
    api.InputUserFromMessage: _FROM_MESSAGE,
    api.InputPeerChat: _CHAT,
    api.InputPeerChannel: _CHANNEL,
    api.InputPeerChannelFromMessage: _CHANNEL,
    api.InputChannel: _CHANNEL,
    api.InputChannelFromMessage: _CHANNEL,
}


async def resolve(ctx: Ctx, peer: Any) -> int:
    """The peer number an InputPeer names.

    Raises PEER_ID_INVALID for an empty peer, a wrong access hash or a group that does not exist,
    CHANNEL_INVALID for a channel that does not exist.
    """
    return await _number(ctx, peer, "PEER_ID_INVALID")


async def input_user(ctx: Ctx, user: Any) -> int:
    """The user id an InputUser (or an InputPeer that must be a user) names; USER_ID_INVALID."""
    number = await _number(ctx, user, "USER_ID_INVALID")
    if number <= 0:
        raise Fault("USER_ID_INVALID")
    return number


async def _number(ctx: Ctx, peer: Any, fault: str) -> int:
    form = _FORMS.get(type(peer), 0)
    if form == _USER:
        user: int = peer.user_id
        me = ctx.me
        if service.access_hash(ctx.app, me.id, user) != peer.access_hash and not (
            # A bot may name anybody it has met by the bare id (core.telegram.org/api/peers).
            me.bot and peer.access_hash == 0
        ):
            raise Fault(fault)
        return user
    if form == _SELF:
        return ctx.me.id
    if form == _FROM_MESSAGE:
        chat = await _number(ctx, peer.peer, fault)
        if not await service.seen_in_message(ctx.app, ctx.me.id, chat, peer.msg_id, peer.user_id):
            raise Fault(fault)
        return int(peer.user_id)
    if form == _CHANNEL:
        raise Fault("CHANNEL_INVALID")
    raise Fault(fault)


def peer_of(peer: int) -> api.PeerUser | api.PeerChat | api.PeerChannel:
    """Peer number -> TL Peer."""
    if peer > 0:
        return api.PeerUser(user_id=peer)
    if ids.is_channel(peer):
        return api.PeerChannel(channel_id=ids.bare(peer))
    return api.PeerChat(chat_id=ids.bare(peer))
