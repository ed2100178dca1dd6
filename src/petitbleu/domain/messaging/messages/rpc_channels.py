"""TL handlers of channels: deleting much at once, links to posts."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.client.config import service as config
from petitbleu.domain.messaging.messages import chat_scope, contents, history, purge
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.updates import service as counters
from petitbleu.domain.updates import views as updates
from petitbleu.errors import Fault
from petitbleu.ids import bare
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api


@rpc("channels.deleteParticipantHistory", who=USER | BOT, limit="write")
async def delete_participant_history(ctx: Ctx, q: api.channels.DeleteParticipantHistory) -> Any:
    """messages.affectedHistory, complete: the server itself goes on with what is left"""
    channel = await peers.input_channel(ctx, q.channel)
    try:
        speaker = await peers.resolve(ctx, q.participant)
    except Fault:
        raise Fault("PARTICIPANT_ID_INVALID") from None
    affected = await purge.participant(ctx.app, ctx.me, channel, speaker)
    pts = affected.pts or (await counters.counters(ctx.app, [channel]))[channel]
    return api.messages.AffectedHistory(pts=pts, pts_count=affected.moved, offset=0)


@rpc("channels.deleteHistory", limit="write")
async def delete_history(ctx: Ctx, q: api.channels.DeleteHistory) -> Any:
    """Updates with updateChannelAvailableMessages; for everybody, posts go as others delete them"""
    channel = await peers.input_channel(ctx, q.channel)
    wipe = purge.everybody if q.for_everyone else purge.for_me
    events = await wipe(ctx.app, ctx.me, channel, q.max_id)
    return await updates.answer(ctx, events, also=[channel])


@rpc("channels.exportMessageLink")
async def export_message_link(ctx: Ctx, q: api.channels.ExportMessageLink) -> Any:
    """exportedMessageLink: with the public name where there is one"""
    channel = await peers.input_channel(ctx, q.channel)
    where = await chat_scope.place(ctx.app, ctx.me, channel)
    assert where.chat is not None
    row = (await history.in_place(ctx.app, where, [q.id])).get(q.id)
    if row is None:
        raise Fault("MESSAGE_ID_INVALID")
    name = where.chat.username or f"c/{bare(channel)}"
    extra = contents.decode(row.extra) if row.extra is not None else {}
    marks = []
    if q.thread and row.top is not None:
        marks.append(f"thread={row.top}")
    if "grouped" in extra and not q.grouped:
        marks.append("single")
    query = "?" + "&".join(marks) if marks else ""
    link = f"{config.public_url(ctx.app, ctx.local_address)}{name}/{q.id}{query}"
    return api.ExportedMessageLink(link=link, html=_embed(link))


def _embed(link: str) -> str:
    return f'<a href="{link}">{link}</a>'
