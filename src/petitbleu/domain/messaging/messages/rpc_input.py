"""What requests of the messages room have in common: entities, replies, message ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from petitbleu.domain.messaging.messages import entities as stored
from petitbleu.domain.messaging.messages import views
from petitbleu.domain.messaging.messages.contents import Reply
from petitbleu.domain.messaging.messages.entities import Entity
from petitbleu.domain.messaging.messages.entity_kinds import MENTION_NAME
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.errors import Fault
from petitbleu.rpc import coverage
from petitbleu.rpc.ctx import Ctx
from petitbleu.tl import api

MAX_IDS = 100
"""Message ids taken from one request; more are not looked at (as Telegram does)."""
_REPLY_FAULTS = ("REPLY_TO_INVALID", "REPLY_MESSAGE_ID_INVALID", "MESSAGE_ID_INVALID")
"""Under which of these a method documents what is wrong with the message answered to."""


@contextmanager
def reply_faults_as_documented(ctx: Ctx) -> Iterator[None]:
    """Inside, an error about the reply that the called method does not document goes out under the
    name that it does: each method of sending has another.
    """
    try:
        yield
    except Fault as fault:
        if fault.name in ("QUOTE_TEXT_INVALID", *_REPLY_FAULTS):
            raise coverage.fitting(ctx.method, fault, *_REPLY_FAULTS) from None
        raise


async def entities(ctx: Ctx, given: Sequence[Any] | None) -> list[Entity]:
    """Entities of a request, people in them resolved; ENTITY_BOUNDS_INVALID for a stranger."""
    if not given:
        return []
    parsed: list[Entity] = []
    for entity in given[: stored.TOO_MANY_ENTITIES + 1]:
        if type(entity) is api.InputMessageEntityMentionName:
            parsed.append(
                Entity(MENTION_NAME, entity.offset, entity.length, await _named(ctx, entity))
            )
        elif type(entity) is not api.MessageEntityMentionName:
            # That form carries no access hash: believing it would show everybody to everybody.
            parsed.extend(views.entities_from((entity,)))
    return parsed


async def _named(ctx: Ctx, one: Any) -> int:
    try:
        return await peers.input_user(ctx, one.user_id)
    except Fault:
        raise Fault("ENTITY_BOUNDS_INVALID") from None


async def reply(ctx: Ctx, given: Any, chat: int) -> Reply | None:
    """An InputReplyTo; REPLY_TO_INVALID for stories, topics, and single points of
    a list or a poll.

    Raises what :func:`peers.resolve` raises for the other chat that is named. Whether the message
    there may be read and answered elsewhere is asked when it is said (``origins.py``).
    """
    if given is None:
        return None
    if type(given) is not api.InputReplyToMessage:
        raise Fault("REPLY_TO_INVALID")
    if given.monoforum_peer_id is not None or given.todo_item_id or given.poll_option:
        raise Fault("REPLY_TO_INVALID")
    other = 0
    if given.reply_to_peer_id is not None:
        other = await peers.resolve(ctx, given.reply_to_peer_id)
    if not given.reply_to_msg_id:
        return None
    return Reply(
        given.reply_to_msg_id,
        given.quote_text,
        await _quote_entities(ctx, given.quote_entities),
        given.quote_offset,
        other if other != chat else 0,
    )


async def _quote_entities(ctx: Ctx, given: Sequence[Any] | None) -> list[Entity]:
    try:
        return await entities(ctx, given)
    except Fault as fault:
        raise coverage.fitting(ctx.method, fault, "MESSAGE_ID_INVALID") from None


async def speaker(ctx: Ctx, given: Any) -> int:
    """The peer of ``send_as``; 0 where none is named. SEND_AS_PEER_INVALID."""
    if given is None:
        return 0
    try:
        return await peers.resolve(ctx, given)
    except Fault:
        raise Fault("SEND_AS_PEER_INVALID") from None


def ids(given: Sequence[int]) -> list[int]:
    """Positive message ids, each once, in the order given."""
    return [number for number in dict.fromkeys(given) if number > 0][:MAX_IDS]


def refuse_later(q: Any) -> None:
    """Kinds of sending that this server does not have yet.

    Raises QUICK_REPLIES_TOO_MUCH, SUGGESTED_POST_PEER_INVALID, PREMIUM_ACCOUNT_REQUIRED (messages
    that repeat), MESSAGE_EMPTY (rich messages: their text is not looked for), REPLY_MARKUP_INVALID.
    """
    if q.quick_reply_shortcut is not None:
        raise Fault("QUICK_REPLIES_TOO_MUCH")
    if getattr(q, "suggested_post", None) is not None:
        raise Fault("SUGGESTED_POST_PEER_INVALID")
    if getattr(q, "schedule_repeat_period", None):
        raise Fault("PREMIUM_ACCOUNT_REQUIRED")
    if getattr(q, "rich_message", None) is not None:
        raise Fault("MESSAGE_EMPTY")
    refuse_keyboard(getattr(q, "reply_markup", None))


def refuse_keyboard(given: Any) -> None:
    """REPLY_MARKUP_INVALID for buttons and forced replies, which nobody would see.

    A keyboard to be taken away, or an inline one without buttons, is as good as none.
    """
    if given is None or type(given) is api.ReplyKeyboardHide:
        return
    if type(given) is api.ReplyInlineMarkup and not given.rows and not given.force_reply:
        return
    raise Fault("REPLY_MARKUP_INVALID")
