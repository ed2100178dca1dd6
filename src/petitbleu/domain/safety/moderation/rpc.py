"""TL methods of reporting (core.telegram.org/api/report)."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.messaging.reactions import service as reactions
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.safety.moderation import options, reports, rpc_cases
from petitbleu.domain.safety.moderation.options import SAID
from petitbleu.domain.safety.moderation.reports import What
from petitbleu.errors import Fault
from petitbleu.rpc import limits
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api

__all__ = ["rpc_cases"]

_OF_REACTIONS = {"MESSAGE_REQUIRED": "MSG_ID_INVALID", "CHANNEL_PRIVATE": "PEER_ID_INVALID"}
"""What is documented for messages.reportReaction in the place of other refusals."""


def _lang(ctx: Ctx) -> str:
    return options.language(ctx.lang, *ctx.app.config.languages)


async def _count(ctx: Ctx) -> None:
    await limits.durable(ctx.app, "report", str(ctx.me.id), ip=ctx.ip)


@rpc("messages.report", limit="write", once=True)
async def report(ctx: Ctx, q: api.messages.Report) -> Any:
    """Walk the tree of reasons; at its end the report is taken."""
    chat = await peers.resolve(ctx, q.peer)
    if not q.id:
        raise Fault("MESSAGE_REQUIRED")
    what = await reports.of_messages(ctx.app, ctx.me, chat, q.id)
    try:
        given = q.option.decode("ascii")
    except UnicodeDecodeError:
        raise Fault("OPTION_INVALID") from None
    asked = options.question(given, _lang(ctx), ctx.app.config, group=chat < 0)
    if asked is not None:
        return api.ReportResultChooseOption(
            title=asked.title,
            options=[
                api.MessageReportOption(text=text, option=option) for option, text in asked.options
            ],
        )
    leaf = options.leaf(given.removesuffix(SAID))
    if leaf is None or (leaf.to == ("admins",) and chat > 0):
        raise Fault("OPTION_INVALID")
    if not leaf.to:
        await reports.unwanted(ctx.app, ctx.me, ctx.lang)
        return api.ReportResultReported()
    words = q.message.strip()
    if not words and (
        leaf.comment == "required" or (leaf.comment == "optional" and not given.endswith(SAID))
    ):
        return api.ReportResultAddComment(
            optional=leaf.comment == "optional", option=(leaf.reason + SAID).encode()
        )
    await _count(ctx)
    await reports.take(ctx.app, ctx.me, what, leaf, words, method="messages.report", lang=ctx.lang)
    return api.ReportResultReported()


async def _take(ctx: Ctx, what: What, reason: str, words: str, method: str) -> bool:
    leaf = options.leaf(reason)
    assert leaf is not None
    await _count(ctx)
    await reports.take(ctx.app, ctx.me, what, leaf, words, method=method, lang=ctx.lang)
    return True


def _reason(given: Any) -> str:
    """``inputReportReasonChildAbuse`` -> ``childAbuse``."""
    tail: str = given.NAME.removeprefix("inputReportReason")
    return tail[:1].lower() + tail[1:]


async def _somebody_else(ctx: Ctx, peer: Any) -> int:
    """The person or chat; PEER_ID_INVALID for oneself and for whom there is not."""
    number = await peers.resolve(ctx, peer)
    if number == ctx.me.id or (number > 0 and await accounts.get(ctx.app, number) is None):
        raise Fault("PEER_ID_INVALID")
    return number


@rpc("account.reportPeer", limit="write", once=True)
async def report_peer(ctx: Ctx, q: api.account.ReportPeer) -> bool:
    """A person or chat as a whole."""
    peer = await _somebody_else(ctx, q.peer)
    what = await reports.of_chat(ctx.app, ctx.me, peer)
    return await _take(ctx, what, _reason(q.reason), q.message, "account.reportPeer")


@rpc("account.reportProfilePhoto", limit="write", once=True)
async def report_profile_photo(ctx: Ctx, q: api.account.ReportProfilePhoto) -> bool:
    """The picture of a person or chat."""
    peer = await _somebody_else(ctx, q.peer)
    what = await reports.of_chat(ctx.app, ctx.me, peer)
    photo = getattr(q.photo_id, "id", 0)
    what = what._replace(context=(), photo=photo)
    return await _take(ctx, what, _reason(q.reason), q.message, "account.reportProfilePhoto")


@rpc("messages.reportSpam", limit="write", once=True)
async def report_spam(ctx: Ctx, q: api.messages.ReportSpam) -> bool:
    """A chat somebody began with me, or that I was added to."""
    peer = await _somebody_else(ctx, q.peer)
    what = await reports.of_chat(ctx.app, ctx.me, peer)
    return await _take(ctx, what, "spam", "", "messages.reportSpam")


@rpc("channels.reportSpam", limit="write", once=True)
async def report_spam_in_channel(ctx: Ctx, q: api.channels.ReportSpam) -> bool:
    """What a member wrote in a supergroup, by one of its admins."""
    channel = await peers.input_channel(ctx, q.channel)
    try:
        sender = await peers.resolve(ctx, q.participant)
    except Fault:
        raise Fault("USER_ID_INVALID") from None
    what = await reports.by_sender(ctx.app, ctx.me, channel, sender, q.id)
    return await _take(ctx, what, "spam", "", "channels.reportSpam")


@rpc("messages.reportReaction", limit="write", once=True)
async def report_reaction(ctx: Ctx, q: api.messages.ReportReaction) -> bool:
    """Somebody's reaction to a message. USER_ID_INVALID for whoever has none there."""
    chat = await peers.resolve(ctx, q.peer)
    try:
        reacted = await peers.resolve(ctx, q.reaction_peer)
    except Fault:
        raise Fault("USER_ID_INVALID") from None
    try:
        what = await reports.of_messages(ctx.app, ctx.me, chat, [q.id])
    except Fault as fault:
        raise Fault(_OF_REACTIONS.get(fault.name, fault.name)) from None
    if not await reactions.given(ctx.app, what.rows[0], reacted):
        raise Fault("USER_ID_INVALID")
    what = what._replace(author=reacted)
    return await _take(ctx, what, "reaction", "", "messages.reportReaction")
