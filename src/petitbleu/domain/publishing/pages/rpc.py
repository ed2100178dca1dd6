"""The page of a channel for its people, by methods of our own: what “page @name …” does in the
service chat, by the same functions.
"""

from __future__ import annotations

from petitbleu import acts
from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import INFO, OWNER
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.messaging.second_reader import service as second_reader
from petitbleu.domain.publishing.comments import service as comments
from petitbleu.domain.publishing.pages import rpc_articles, rpc_identity, service
from petitbleu.domain.publishing.pages import switches as switching
from petitbleu.domain.publishing.pages.switches import Switches
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api

__all__ = ["get_page", "rpc_articles", "rpc_identity"]  # imported to be registered

STATES = {service.OFF: "off", service.ON: "on", service.WAITING: "waiting"}
SHOWN = "shown"
"""The switch that puts the page on the web and takes it off."""
SECOND_READER = "second_reader"
"""Whether posts wait for a second reader; the owner's to say."""
POST = "post/"
"""Before a number: the rule for comments of that post."""


@rpc("petitbleu.getPage")
async def get_page(ctx: Ctx, q: api.petitbleu.GetPage) -> api.petitbleu.Page:
    """How the page stands, and every switch it has."""
    return await _page(ctx, await _mine(ctx, q.channel))


@rpc("petitbleu.setPage", limit="write")
async def set_page(ctx: Ctx, q: api.petitbleu.SetPage) -> api.petitbleu.Page:
    """Set one switch; how the page stands then."""
    row = await _mine(ctx, q.channel)
    try:
        await _set(_acting(ctx, row), row.id, q.name, q.value, ctx.me)
    except service.NotYours:  # the right was taken since
        raise Fault("CHAT_ADMIN_REQUIRED") from None
    except service.CannotShow as refused:
        missing = refused.key == "no_name"
        raise Fault("PUBLIC_CHANNEL_MISSING" if missing else "BROADCAST_REQUIRED") from None
    except service.Invalid:
        raise Fault("OPTION_INVALID") from None
    return await _page(ctx, await _mine(ctx, q.channel))


@rpc("petitbleu.getAlt")
async def get_alt(ctx: Ctx, q: api.petitbleu.GetAlt) -> api.petitbleu.Alt:
    """What is said to be seen in the picture of a post; empty: nothing yet."""
    row = await _mine(ctx, q.channel)
    try:
        return api.petitbleu.Alt(text=await service.load_alt(ctx.app, row.id, q.id))
    except service.NoPicture:
        raise Fault("MESSAGE_ID_INVALID") from None


@rpc("petitbleu.setAlt", limit="write")
async def set_alt(ctx: Ctx, q: api.petitbleu.SetAlt) -> bool:
    """Say what is to be seen in the picture of a post; empty: take it back."""
    row = await _mine(ctx, q.channel)
    text = " ".join(q.text.split())
    if len(text) > service.MAX_CHARACTERS:
        raise Fault("MEDIA_CAPTION_TOO_LONG")
    try:
        await service.describe(_acting(ctx, row), row.id, q.id, text, by=ctx.me.id)
    except service.NoPicture:
        raise Fault("MESSAGE_ID_INVALID") from None
    except service.NotYours:
        raise Fault("CHAT_ADMIN_REQUIRED") from None
    except service.EditWaits:
        raise Fault("CHAT_SEND_UNAPPROVED_FORBIDDEN") from None
    return True


async def _mine(ctx: Ctx, channel: api.TypeInputChannel) -> ChatRow:
    """The channel, for whoever may change how it looks."""
    row = await chats.get(ctx.app, await peers.input_channel(ctx, channel))
    if row is None or chats.dead(row):
        raise Fault("CHANNEL_INVALID")
    member = await members.load_member(ctx.app, row.id, ctx.me.id)
    if not members.may(row, member, INFO, ctx.app.clock.now()):
        raise Fault("CHAT_ADMIN_REQUIRED")
    if row.kind != chats.CHANNEL and ctx.method in ("petitbleu.getPage", "petitbleu.setPage"):
        raise Fault("BROADCAST_REQUIRED")
    return row


def _acting(ctx: Ctx, row: ChatRow) -> App:
    act = acts.Act("chat.page", f"person:{ctx.me.id}", subject=f"chat:{row.id}")
    return acts.performing(ctx.app, act)


async def _set(app: App, chat: int, name: str, value: str, me: Actor) -> None:
    """Raises NotYours, CannotShow, Invalid, CHAT_ADMIN_REQUIRED, MESSAGE_ID_INVALID."""
    by = me.id
    if name in (SHOWN, SECOND_READER) and value not in ("on", "off"):
        raise service.Invalid(f"“{value}” is neither on nor off")
    if name == SHOWN:
        await service.set_shown(app, chat, value == "on", by=by)
    elif name == SECOND_READER:
        await second_reader.set_demanded(app, me, chat, on=value == "on")
    elif name.startswith(POST):
        await _rule(app, chat, name.removeprefix(POST), value, by)
    else:
        await service.set_switch(app, chat, name, value, by=by)


async def _rule(app: App, chat: int, typed: str, rule: str, by: int) -> None:
    post = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
    if rule not in (comments.USUAL, *comments.RULES):
        raise service.Invalid(f"“{rule}” is no rule for comments")
    try:
        await comments.set_rule(app, chat, post, rule, by=by)
    except comments.InvalidRule:
        raise Fault("MESSAGE_ID_INVALID") from None


def _value(name: str, switches: Switches) -> str:
    """As ``setPage`` takes it: the charter is its text, also where that is none."""
    return switches.charter if name == "charter" else switching.written(getattr(switches, name))


async def _page(ctx: Ctx, row: ChatRow) -> api.petitbleu.Page:
    app, named = ctx.app, row.username is not None
    stands = await service.settings(app, row.id)
    member = await members.load_member(app, row.id, ctx.me.id)
    rules = await comments.rules_of(app, row.id)
    words = [
        api.petitbleu.PageSwitch(
            name=name,
            value=_value(name, stands.switches),
            values=list(switching.WORDS.get(name, ())),
        )
        for name in switching.NAMES
    ]
    demanded = "on" if second_reader.is_demanded(row) else "off"
    words.append(api.petitbleu.PageSwitch(name=SECOND_READER, value=demanded, values=["on", "off"]))
    words += [
        api.petitbleu.PageSwitch(
            name=f"{POST}{post}", value=rule, values=[comments.USUAL, *comments.RULES]
        )
        for post, rule in sorted(rules.items())[-20:]
    ]
    return api.petitbleu.Page(
        may_show=members.may(row, member, OWNER, app.clock.now()),
        state=STATES[stands.state],
        address=service.address(app, row) if named else None,
        preview=service.preview(app, row) if named and stands.state != service.ON else None,
        switches=words,
        undescribed=await service.undescribed(app, row),
        official=stands.switches.official or None,
    )
