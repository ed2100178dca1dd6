"""TL handlers: messages with media, albums."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from petitbleu.domain.communities.members import service as members
from petitbleu.domain.files.media import views as media
from petitbleu.domain.files.media.views import Taken
from petitbleu.domain.messaging.messages import first_contact, links, media_rights, rpc_input, send
from petitbleu.domain.messaging.messages.contents import Draft, Reply
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.messaging.scheduled import views as scheduled
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.accounts.service import PERSON
from petitbleu.domain.people.privacy import service as privacy
from petitbleu.domain.updates import views as updates
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api

ALBUM_MAX = 10
_TOGETHER = (
    frozenset({"photo", "video"}),
    frozenset({"file"}),
    frozenset({"audio"}),
)
"""Sorts that may share an album."""
_PREVIEW = members.rights.LINKS._replace(
    banned=members.rights.LINKS.banned | members.rights.WRITE.banned,
    fault="CHAT_SEND_MEDIA_FORBIDDEN",
)
"""What sendMedia documents for whoever may not embed links."""


@rpc("messages.sendMedia", who=USER | BOT, limit="send")
async def send_media(ctx: Ctx, q: api.messages.SendMedia) -> Any:
    """Updates: updateMessageID, then the message."""
    chat = await peers.resolve(ctx, q.peer)
    rpc_input.refuse_later(q)
    await first_contact.admit(ctx.app, ctx.me, chat, ctx.ip)
    if type(q.media) is api.InputMediaWebPage:
        draft = await _link(ctx, q, chat, q.media)
    else:
        if getattr(q.media, "ttl_seconds", None):
            await _for_a_time(ctx, chat, q.schedule_date)
        taken = await media.take(ctx, q.media)
        await _may(ctx, chat, [taken])
        draft = await _draft(ctx, q, chat, taken, q.message, q.entities, q.random_id)
    with rpc_input.reply_faults_as_documented(ctx):
        if q.schedule_date is not None:
            kept = await scheduled.accept(ctx, chat, [draft], q.schedule_date)
            if kept is not None:
                return kept
        composed = await send.compose(ctx.app, ctx.me, chat, draft)
    item, sent = await send.say(ctx.app, composed)
    first = [api.UpdateMessageID(id=sent.id, random_id=q.random_id)]
    return await updates.answer(ctx, send.own_events(item, sent), first=first)


@rpc("messages.sendMultiMedia", who=USER | BOT, limit="send")
async def send_multi_media(ctx: Ctx, q: api.messages.SendMultiMedia) -> Any:
    """An album: up to ten photos and videos, files or sounds with one ``grouped_id``."""
    chat = await peers.resolve(ctx, q.peer)
    rpc_input.refuse_later(q)
    await first_contact.admit(ctx.app, ctx.me, chat, ctx.ip)
    taken = await _album(ctx, q.multi_media)
    await _may(ctx, chat, taken)
    grouped = _group_number(ctx.me.id, q.multi_media[0].random_id)
    first, events = [], []
    drafts = []
    for one, given in zip(taken, q.multi_media, strict=True):
        draft = await _draft(ctx, q, chat, one, given.message, given.entities, given.random_id)
        drafts.append(draft._replace(more={"grouped": grouped}))
    with rpc_input.reply_faults_as_documented(ctx):
        if q.schedule_date is not None:
            kept = await scheduled.accept(ctx, chat, drafts, q.schedule_date)
            if kept is not None:
                return kept
        items = [await send.compose(ctx.app, ctx.me, chat, draft) for draft in drafts]
    for composed, given in zip(items, q.multi_media, strict=True):
        item, sent = await send.say(ctx.app, composed)
        first.append(api.UpdateMessageID(id=sent.id, random_id=given.random_id))
        events += send.own_events(item, sent)
    return await updates.answer(ctx, events, first=first)


async def _album(ctx: Ctx, given: Sequence[api.InputSingleMedia]) -> list[Taken]:
    """The media of an album, all of sorts that go together."""
    if not given:
        raise Fault("MEDIA_EMPTY")
    if len(given) > ALBUM_MAX:
        raise Fault("MULTI_MEDIA_TOO_LONG")
    if not all(one.random_id for one in given):
        raise Fault("RANDOM_ID_EMPTY")
    taken = []
    for number, item in enumerate(given):
        try:
            taken.append(await media.take(ctx, item.media, ttl_fault="MEDIA_INVALID"))
        except Fault as fault:
            if fault.name.startswith("FILE_REFERENCE_"):
                # The client asks anew for the one that is numbered.
                name = fault.name.replace("FILE_REFERENCE_", "FILE_REFERENCE_X_")
                raise Fault(name, number) from None
            raise
    sorts = {medium.sort for medium in taken}
    if len(taken) > 1 and not any(sorts <= allowed for allowed in _TOGETHER):
        raise Fault("MEDIA_INVALID")
    return taken


def _group_number(sender: int, random_id: int) -> int:
    """The album's ``grouped_id``: the same for a repeated call."""
    seed = sender.to_bytes(8, "big") + random_id.to_bytes(8, "big", signed=True)
    return int.from_bytes(blake2b(seed, digest_size=8).digest(), "big") >> 1


async def _may(ctx: Ctx, chat: int, taken: Sequence[Taken]) -> None:
    """Whether the other side of a private chat takes voice messages."""
    if chat <= 0 or chat == ctx.me.id:
        return
    if any(medium.sort in media_rights.LISTENED for medium in taken) and not await privacy.allows(
        ctx.app, "voice_messages", chat, ctx.me.id
    ):
        raise Fault("VOICE_MESSAGES_FORBIDDEN")


async def _for_a_time(ctx: Ctx, chat: int, later: int | None) -> None:
    """Only between two people, and not planned: TTL_MEDIA_INVALID."""
    other = await accounts.get(ctx.app, chat) if chat > 0 else None
    if other is None or other.kind != PERSON or chat == ctx.me.id or ctx.me.bot or later:
        raise Fault("TTL_MEDIA_INVALID")


async def _link(ctx: Ctx, q: Any, chat: int, given: api.InputMediaWebPage) -> Draft:
    """A text with a link that the sender chose for the preview."""
    more = links.chosen(given.url, large=given.force_large_media, small=given.force_small_media)
    if not more and not given.optional:
        raise Fault("WEBPAGE_URL_INVALID")
    draft = await _draft(ctx, q, chat, None, q.message, q.entities, q.random_id)
    # Whoever insists on the preview is refused where they may not have one; else it is text.
    return draft._replace(more=more or None, right=None if given.optional else _PREVIEW)


async def _reply(ctx: Ctx, q: Any, chat: int) -> Reply | None:
    """What is answered, refused as the method documents it."""
    try:
        return await rpc_input.reply(ctx, q.reply_to, chat)
    except Fault as fault:
        if type(q) is api.messages.SendMedia and fault.name == "REPLY_TO_INVALID":
            raise Fault("REPLY_MESSAGE_ID_INVALID") from None
        raise


async def _draft(
    ctx: Ctx, q: Any, chat: int, taken: Taken | None, text: str, marked: Any, random_id: int
) -> Draft:
    """What both methods say alike."""
    return Draft(
        text=text,
        entities=await rpc_input.entities(ctx, marked) if marked else (),
        reply_to=await _reply(ctx, q, chat) if q.reply_to else None,
        random_id=random_id or None,
        silent=q.silent,
        noforwards=q.noforwards,
        invert_media=q.invert_media,
        clear_draft=q.clear_draft,
        effect=q.effect or 0,
        send_as=await rpc_input.speaker(ctx, q.send_as),
        media=None if taken is None else taken.stored,
        media_key=b"" if taken is None else taken.key,
        right=None if taken is None else media_rights.right_of(taken.stored),
    )
