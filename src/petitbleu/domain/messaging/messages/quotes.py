"""The message that another one answers, and the part of it that is quoted
(core.telegram.org/constructor/inputReplyToMessage).
"""

from __future__ import annotations

from typing import Any

from petitbleu.app import Actor, App
from petitbleu.domain.messaging.messages import entities, origins
from petitbleu.domain.messaging.messages import queries as q
from petitbleu.domain.messaging.messages.chat_scope import Place
from petitbleu.domain.messaging.messages.contents import Reply
from petitbleu.domain.messaging.messages.entity_kinds import CUSTOM_EMOJI, STYLE_KINDS
from petitbleu.domain.messaging.messages.queries import MessageRow
from petitbleu.errors import Fault

QUOTE_MAX = 1024
"""Characters of a quote (``quote_length_max`` of help.getAppConfig)."""
_KINDS = STYLE_KINDS | {CUSTOM_EMOJI}


async def answered(
    app: App, me: Actor, at: Place, peer: int, reply: Reply
) -> tuple[MessageRow, list[Any] | None]:
    """The message that ``reply`` names, and what of it is quoted: ``[text, entities, offset]``.

    ``at`` is the chat ``peer`` that the answer is said in. Raises REPLY_MESSAGE_ID_INVALID,
    QUOTE_TEXT_INVALID, and CHAT_FORWARDS_RESTRICTED of a message in another chat.
    """
    if reply.peer:
        row = await origins.answered(app, me, reply)
    else:
        row = await _here(app, me, at, peer, reply.id)
    return row, None if reply.quote is None else _quote(row, reply)


async def _here(app: App, me: Actor, at: Place, peer: int, number: int) -> MessageRow:
    row = await app.store.row(q.ONE, owner=at.owner or me.id, id=number)
    # A message that is not shown must not be quoted: that it can be tells what it says.
    hidden = number <= at.hidden or (at.veil is not None and at.veil.hides(number))
    if row is None or row.peer != peer or hidden:
        raise Fault("REPLY_MESSAGE_ID_INVALID")
    return row


def _quote(answered: MessageRow, reply: Reply) -> list[Any]:
    """``[text, entities, offset]``; QUOTE_TEXT_INVALID where the message does not say that."""
    if not reply.quote or not reply.quote.strip():
        raise Fault("QUOTE_TEXT_INVALID")
    text, marked = entities.normalize(reply.quote, reply.quote_entities, find=False)
    marked = [entity for entity in marked if entity.kind in _KINDS]
    if len(text) > QUOTE_MAX:
        raise Fault("QUOTE_TEXT_INVALID")
    wanted = text.encode("utf-16-le")
    said = answered.text.encode("utf-16-le")
    offset = reply.quote_offset
    if offset is not None and offset >= 0 and said[2 * offset :].startswith(wanted):
        return [text, marked, offset]
    at = said.find(wanted)
    while at > 0 and at % 2:
        at = said.find(wanted, at + 1)
    if at < 0:
        raise Fault("QUOTE_TEXT_INVALID")
    return [text, marked, at // 2]
