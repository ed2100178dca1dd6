"""InputPeer and InputUser -> our peer number, access hash checked; and peer number -> Peer.

The one place where ids that clients send become peer numbers: each goes through
``ids.peer_of_...``, which checks its range.
"""

from __future__ import annotations

from typing import Any

from petitbleu import ids
from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.messaging.peers import service
from petitbleu.errors import Fault
from petitbleu.rpc import coverage
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

    Whether the caller may look into it is asked where its messages lie (``messages.place``) or
    where its rights stand (``members.require``). Raises PEER_ID_INVALID for an empty peer, a wrong
    access hash of a person or a group one has nothing to do with, CHANNEL_INVALID for a channel
    that does not exist or a wrong access hash of one; of these what the method documents.
    """
    try:
        return await _number(ctx, peer, "PEER_ID_INVALID")
    except Fault as fault:
        raise _fitting(ctx, fault) from None


async def input_user(ctx: Ctx, user: Any) -> int:
    """The user id an InputUser (or an InputPeer that must be a user) names; USER_ID_INVALID."""
    try:
        number = await _number(ctx, user, "USER_ID_INVALID")
    except Fault as fault:
        raise _fitting(ctx, fault) from None
    if number <= 0:
        raise _fitting(ctx, Fault("USER_ID_INVALID"))
    return number


async def input_channel(ctx: Ctx, channel: Any) -> int:
    """The peer number an InputChannel names; CHANNEL_INVALID."""
    number = await _number(ctx, channel, "CHANNEL_INVALID")
    if not ids.is_channel(number):
        raise Fault("CHANNEL_INVALID")
    return number


async def chat(ctx: Ctx, chat_id: int) -> int:
    """The peer number of a basic group by its bare id; CHAT_ID_INVALID for one I was never in."""
    number = ids.peer_of_chat(chat_id)
    if not ids.is_chat(number) or await members.load_member(ctx.app, number, ctx.me.id) is None:
        raise Fault("CHAT_ID_INVALID")
    return number


def unproven(ctx: Ctx, peer: Any) -> int | None:
    """The peer number an InputPeer names, its access hash and existence not looked at; None for an
    empty peer or an id that nobody can have.

    For a place in the caller's own lists only, never to say or show anything.
    """
    form = _FORMS.get(type(peer), 0)
    if form == _SELF:
        return ctx.me.id
    if form == _CHAT:
        return ids.peer_of_chat(peer.chat_id) or None
    if form == _CHANNEL:
        return ids.peer_of_channel(peer.channel_id) or None
    if form in (_USER, _FROM_MESSAGE):
        return ids.peer_of_user(peer.user_id) or None
    return None


_NOBODY_THERE = (
    "PEER_ID_INVALID",
    "CHANNEL_INVALID",
    "USER_ID_INVALID",
    "CHAT_ID_INVALID",
    "PARENT_PEER_INVALID",
    "BOT_INVALID",
    "INPUT_USER_DEACTIVATED",
    "LOCATION_INVALID",
    "MSG_ID_INVALID",
)
"""Errors that say that a request names nobody, the best first. A method documents some of them."""


def _fitting(ctx: Ctx, fault: Fault) -> Fault:
    """The one of these errors that the called method documents."""
    if fault.name not in _NOBODY_THERE:
        return fault
    return coverage.fitting(ctx.method, fault, *_NOBODY_THERE)


async def _number(ctx: Ctx, peer: Any, fault: str) -> int:
    form = _FORMS.get(type(peer), 0)
    if form == _USER:
        user = ids.peer_of_user(peer.user_id)
        me = ctx.me
        if not user:
            raise Fault(fault)
        if service.access_hash(ctx.app, me.id, user) != peer.access_hash and not (
            # A bot may name anybody it has met by the bare id (core.telegram.org/api/peers).
            me.bot and peer.access_hash == 0 and await service.has_met(ctx.app, me, user)
        ):
            raise Fault(fault)
        return user
    if form == _SELF:
        return ctx.me.id
    if form == _FROM_MESSAGE:
        where = await _number(ctx, peer.peer, fault)
        user = ids.peer_of_user(peer.user_id)
        shown = await service.seen_in_message(ctx.app, ctx.me, where, peer.msg_id) if user else ()
        if user not in shown:
            raise Fault(fault)
        return user
    if form == _CHANNEL:
        return await _channel(ctx, peer)
    if form == _CHAT:
        try:
            return await chat(ctx, peer.chat_id)
        except Fault:
            raise Fault(fault) from None
    raise Fault(fault)


async def _channel(ctx: Ctx, peer: Any) -> int:
    number = ids.peer_of_channel(peer.channel_id)
    if not ids.is_channel(number):
        raise Fault("CHANNEL_INVALID")
    if type(peer) in (api.InputPeerChannelFromMessage, api.InputChannelFromMessage):
        where = await _number(ctx, peer.peer, "CHANNEL_INVALID")
        seen = number in await service.seen_in_message(ctx.app, ctx.me, where, peer.msg_id)
    else:
        # A bot may name any channel it has met by the bare id, as with people.
        seen = service.access_hash(ctx.app, ctx.me.id, number) == peer.access_hash or (
            ctx.me.bot and peer.access_hash == 0 and await service.has_met(ctx.app, ctx.me, number)
        )
    if not seen or await chats.get(ctx.app, number) is None:
        raise Fault("CHANNEL_INVALID")
    return number


def peer_of(peer: int) -> api.PeerUser | api.PeerChat | api.PeerChannel:
    """Peer number -> TL Peer."""
    if peer > 0:
        return api.PeerUser(user_id=peer)
    if ids.is_channel(peer):
        return api.PeerChannel(channel_id=ids.bare(peer))
    return api.PeerChat(chat_id=ids.bare(peer))


def number(peer: Any) -> int:
    """TL Peer -> peer number."""
    if type(peer) is api.PeerUser:
        return ids.peer_of_user(peer.user_id)
    if type(peer) is api.PeerChat:
        return ids.peer_of_chat(peer.chat_id)
    return ids.peer_of_channel(peer.channel_id)


def input_peer(
    app: App, viewer: int, peer: int
) -> api.InputPeerUser | api.InputPeerChat | api.InputPeerChannel:
    """Peer number -> the InputPeer with which ``viewer`` names it."""
    if peer > 0:
        return api.InputPeerUser(user_id=peer, access_hash=service.access_hash(app, viewer, peer))
    if ids.is_channel(peer):
        return api.InputPeerChannel(
            channel_id=ids.bare(peer), access_hash=service.access_hash(app, viewer, peer)
        )
    return api.InputPeerChat(chat_id=ids.bare(peer))
