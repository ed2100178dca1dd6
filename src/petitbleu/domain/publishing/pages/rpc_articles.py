"""Bylines and corrections by methods of our own: what “author @name” and “correction LINK TEXT” do
in the service chat, by the same functions.
"""

from __future__ import annotations

from petitbleu import acts
from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import EDIT, WRITE, Right
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.publishing.pages import authors, corrections, owners
from petitbleu.domain.publishing.pages.authors import CannotSign
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api

_REFUSED = {
    "may_not": "CHAT_ADMIN_REQUIRED",
    "nameless": "FIRSTNAME_INVALID",
    "taken": "USERNAME_OCCUPIED",
}


@rpc("petitbleu.getAuthor")
async def get_author(ctx: Ctx, q: api.petitbleu.GetAuthor) -> api.petitbleu.Author:
    """Whether I am named as the author of what I sign in a channel, and how."""
    return await _author(ctx, await _channel(ctx, q.channel))


@rpc("petitbleu.setAuthor", limit="write")
async def set_author(ctx: Ctx, q: api.petitbleu.SetAuthor) -> api.petitbleu.Author:
    """Agree to that, or take it back: also where I may not post any more."""
    row = await _channel(ctx, q.channel)
    app = _acting(ctx, row, "page.author")
    if not q.shown:
        await authors.withdraw(app, row.id, ctx.me.id)
        return await _author(ctx, row)
    try:
        await authors.agree(app, row.id, ctx.me.id, about=bool(q.about), photo=bool(q.photo))
    except CannotSign as refused:
        raise Fault(_REFUSED[refused.key]) from None
    return await _author(ctx, row)


async def _channel(ctx: Ctx, channel: api.TypeInputChannel) -> ChatRow:
    row = await _alive(ctx, channel)
    if row.kind != chats.CHANNEL:
        raise Fault("BROADCAST_REQUIRED")
    agreed = await authors.agreed(ctx.app, row.id, ctx.me.id)
    if agreed is None:
        await _require(ctx, row, WRITE)
    return row


async def _alive(ctx: Ctx, channel: api.TypeInputChannel) -> ChatRow:
    row = await chats.get(ctx.app, await peers.input_channel(ctx, channel))
    if row is None or chats.dead(row):
        raise Fault("CHANNEL_INVALID")
    return row


async def _require(ctx: Ctx, row: ChatRow, right: Right) -> None:
    member = await members.load_member(ctx.app, row.id, ctx.me.id)
    if not members.may(row, member, right, ctx.app.clock.now()):
        raise Fault("CHAT_ADMIN_REQUIRED")


def _acting(ctx: Ctx, row: ChatRow, what: str) -> App:
    act = acts.Act(what, f"person:{ctx.me.id}", subject=f"chat:{row.id}")
    return acts.performing(ctx.app, act)


async def _author(ctx: Ctx, row: ChatRow) -> api.petitbleu.Author:
    app = ctx.app
    mine = await authors.agreed(app, row.id, ctx.me.id)
    holding = await authors.of_channel(app, row.id)
    found = next((one for one in holding if one.account == ctx.me.id), None)
    address = owners.address(app, row) if row.username is not None else ""
    return api.petitbleu.Author(
        shown=mine is not None,
        holds=found is not None,
        about=mine is not None and bool(mine.about),
        photo=mine is not None and bool(mine.photo),
        unsigned=not row.flags & chats.SIGNATURES,
        name=mine.name if mine is not None else "",
        address=f"{address}/author/{found.slug}" if found is not None and address else None,
    )


# ── corrections ─────────────────────────────────────────────────────────────────────────────────


@rpc("petitbleu.getCorrections")
async def get_corrections(ctx: Ctx, q: api.petitbleu.GetCorrections) -> api.petitbleu.Corrections:
    """The notes under a post, for whoever may edit it."""
    return await _notes(ctx, await _edited(ctx, q.channel), q.id)


@rpc("petitbleu.addCorrection", limit="write")
async def add_correction(ctx: Ctx, q: api.petitbleu.AddCorrection) -> api.petitbleu.Corrections:
    """Say under a post what was wrong in it."""
    row = await _edited(ctx, q.channel)
    text = " ".join(q.text.split())
    if not text:
        raise Fault("MESSAGE_EMPTY")
    if len(text) > corrections.NOTE_MAX:
        raise Fault("MEDIA_CAPTION_TOO_LONG")
    try:
        app = _acting(ctx, row, "page.correct")
        await corrections.correct(app, row.id, q.id, text, by=ctx.me.id)
    except corrections.NoPost:
        raise Fault("MESSAGE_ID_INVALID") from None
    except corrections.TooMany:
        raise Fault("MEDIA_CAPTION_TOO_LONG") from None
    except owners.NotYours:
        raise Fault("CHAT_ADMIN_REQUIRED") from None
    return await _notes(ctx, row, q.id)


@rpc("petitbleu.deleteCorrection", limit="write")
async def delete_correction(
    ctx: Ctx, q: api.petitbleu.DeleteCorrection
) -> api.petitbleu.Corrections:
    """Take a note away."""
    row = await _edited(ctx, q.channel)
    try:
        app = _acting(ctx, row, "page.correct")
        await corrections.take_back(app, row.id, q.id, q.date, by=ctx.me.id)
    except corrections.NoPost:
        raise Fault("MESSAGE_ID_INVALID") from None
    except owners.NotYours:
        raise Fault("CHAT_ADMIN_REQUIRED") from None
    return await _notes(ctx, row, q.id)


async def _edited(ctx: Ctx, channel: api.TypeInputChannel) -> ChatRow:
    row = await _alive(ctx, channel)
    if row.kind != chats.CHANNEL:
        raise Fault("CHANNEL_INVALID")
    await _require(ctx, row, EDIT)
    return row


async def _notes(ctx: Ctx, row: ChatRow, message: int) -> api.petitbleu.Corrections:
    try:
        _, notes = await corrections.of_post(ctx.app, row.id, message)
    except corrections.NoPost:
        raise Fault("MESSAGE_ID_INVALID") from None
    made = [api.petitbleu.Correction(date=one.at, text=one.note) for one in notes]
    return api.petitbleu.Corrections(notes=made)
