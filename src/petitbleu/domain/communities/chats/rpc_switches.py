"""TL handlers: switches and public names of supergroups and channels."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from petitbleu.domain.communities.chats import names, service, switches, views
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.updates import views as updates
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api

Turn = Callable[[Ctx, int, Any], Awaitable[list[Event]]]
"""Turns a switch of one supergroup or channel as a request says."""


def _signatures(ctx: Ctx, channel: int, q: Any) -> Awaitable[list[Event]]:
    names, profiles = q.signatures_enabled, q.profiles_enabled
    return switches.signatures(ctx.app, ctx.me, channel, names=names, profiles=profiles)


def _join_request(ctx: Ctx, channel: int, q: Any) -> Awaitable[list[Event]]:
    if q.guard_bot is not None:
        raise Fault("CHAT_NOT_MODIFIED")  # no bot decides here who comes in
    links = q.apply_to_invites
    return switches.join_request(ctx.app, ctx.me, channel, on=q.enabled, links=links)


def _slow_mode(ctx: Ctx, channel: int, q: Any) -> Awaitable[list[Event]]:
    return switches.slow(ctx.app, ctx.me, channel, q.seconds)


def _on_or_off(turn: Callable[..., Awaitable[list[Event]]]) -> Turn:
    return lambda ctx, channel, q: turn(ctx.app, ctx.me, channel, on=q.enabled)


SWITCHES: dict[str, Turn] = {
    "channels.toggleAntiSpam": _on_or_off(switches.antispam),
    "channels.toggleJoinRequest": _join_request,
    "channels.toggleJoinToSend": _on_or_off(switches.join_to_send),
    "channels.toggleParticipantsHidden": _on_or_off(switches.hide_members),
    "channels.togglePreHistoryHidden": _on_or_off(switches.hide_prehistory),
    "channels.toggleSignatures": _signatures,
    "channels.toggleSlowMode": _slow_mode,
}
"""The methods that turn one switch; each answers Updates with updateChannel."""


def _serve(name: str, turn: Turn) -> None:
    @rpc(name, limit="write")
    async def toggle(ctx: Ctx, q: Any) -> Any:
        channel = await peers.input_channel(ctx, q.channel)
        return await updates.answer(ctx, await turn(ctx, channel, q), also=[channel])


for _name, _turn in SWITCHES.items():
    _serve(_name, _turn)


@rpc("messages.toggleNoForwards", who=USER | BOT, limit="write")
async def toggle_no_forwards(ctx: Ctx, q: api.messages.ToggleNoForwards) -> Any:
    """Updates with updateChannel or updateChat. Private chats are not protected: they answer
    PEER_ID_INVALID.
    """
    chat = await peers.resolve(ctx, q.peer)
    if chat > 0 or q.request_msg_id:
        raise Fault("PEER_ID_INVALID")
    events = await switches.protect(ctx.app, ctx.me, chat, on=q.enabled)
    return await updates.answer(ctx, events, also=[chat])


# ── public names ────────────────────────────────────────────────────────────────────────────────


@rpc("channels.checkUsername", limit="resolve")
async def check_username(ctx: Ctx, q: api.channels.CheckUsername) -> bool:
    """Whether the name is free; inputChannelEmpty stands for a chat yet to be made"""
    channel = 0
    if type(q.channel) is not api.InputChannelEmpty:
        channel = await peers.input_channel(ctx, q.channel)
    return await names.free(ctx.app, ctx.me, channel, q.username)


@rpc("channels.updateUsername", limit="write")
async def update_username(ctx: Ctx, q: api.channels.UpdateUsername) -> bool:
    """True"""
    channel = await peers.input_channel(ctx, q.channel)
    await names.set_name(ctx.app, ctx.me, channel, q.username)
    return True


@rpc("channels.getAdminedPublicChannels")
async def get_admined_public_channels(ctx: Ctx, q: api.channels.GetAdminedPublicChannels) -> Any:
    """messages.chats: the public supergroups and channels I created"""
    if q.by_location or q.for_community_peer:
        return api.messages.Chats(chats=[])
    if q.check_limit:
        await names.room(ctx.app, ctx.me.id)
    channels = await service.public_of(ctx.app, ctx.me.id)
    shown = await views.chats(ctx.app, ctx.me.id, channels)
    if q.for_personal:
        shown = [chat for chat in shown if chat.broadcast]
    return api.messages.Chats(chats=shown)


@rpc("channels.deactivateAllUsernames", limit="write")
async def deactivate_all_usernames(ctx: Ctx, q: api.channels.DeactivateAllUsernames) -> bool:
    """True: there are no additional names that could be switched off"""
    await peers.input_channel(ctx, q.channel)
    return True


@rpc("channels.reorderUsernames", limit="write")
async def reorder_usernames(ctx: Ctx, q: api.channels.ReorderUsernames) -> bool:
    """There is one name at most, so the only order is the present one: CHAT_NOT_MODIFIED."""
    await peers.input_channel(ctx, q.channel)
    raise Fault("CHAT_NOT_MODIFIED")


@rpc("channels.toggleUsername", limit="write")
async def toggle_username(ctx: Ctx, q: api.channels.ToggleUsername) -> bool:
    """The one name is always active; only additional (collectible) names could be switched off."""
    channel = await peers.input_channel(ctx, q.channel)
    row = await service.get(ctx.app, channel)
    name = row.username if row is not None else None
    if name is None or name.lower() != q.username.lower() or not q.active:
        raise Fault("USERNAME_INVALID")
    raise Fault("USERNAME_NOT_MODIFIED")


@rpc("channels.getChannelRecommendations", stub=True)
async def get_channel_recommendations(ctx: Ctx, q: api.channels.GetChannelRecommendations) -> Any:
    """messages.chats: none are recommended"""
    if q.channel is not None:
        await peers.input_channel(ctx, q.channel)
    return api.messages.Chats(chats=[])
