"""TL handlers: messages that wait for their time."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.messaging.scheduled import service, views
from petitbleu.domain.messaging.second_reader import gate
from petitbleu.domain.updates import views as updates
from petitbleu.errors import Fault
from petitbleu.rpc import coverage
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api

MAX_IDS = 100
_SAID_AS_IT_IS = (
    "PEER_ID_INVALID", "MESSAGE_ID_INVALID", "RANDOM_ID_DUPLICATE", gate.REFUSED,
)  # fmt: skip


def _ids(given: Any) -> list[int]:
    return [number for number in dict.fromkeys(given) if number > 0][:MAX_IDS]


@rpc("messages.getScheduledHistory")
async def get_scheduled_history(ctx: Ctx, q: api.messages.GetScheduledHistory) -> Any:
    """All that waits in a chat, the last first."""
    chat = await peers.resolve(ctx, q.peer)
    rows = await service.waiting(ctx.app, ctx.me, chat)
    return await views.page(ctx, chat, rows[::-1], q.hash)


@rpc("messages.getScheduledMessages")
async def get_scheduled_messages(ctx: Ctx, q: api.messages.GetScheduledMessages) -> Any:
    """Those of the ids that wait."""
    chat = await peers.resolve(ctx, q.peer)
    try:
        waiting = await service.waiting(ctx.app, ctx.me, chat, _ids(q.id))
    except Fault as fault:
        raise coverage.fitting(ctx.method, fault, "PEER_ID_INVALID") from None
    return await views.page(ctx, chat, waiting)


@rpc("messages.sendScheduledMessages", limit="send")
async def send_scheduled_messages(ctx: Ctx, q: api.messages.SendScheduledMessages) -> Any:
    """Updates: the messages as they were said, and updateDeleteScheduledMessages."""
    chat = await peers.resolve(ctx, q.peer)
    try:
        events = await service.send(ctx.app, ctx.me, chat, _ids(q.id))
    except Fault as fault:
        if fault.name in _SAID_AS_IT_IS:
            raise
        # What forbids it now is not among this method's errors.
        raise Fault("PEER_ID_INVALID") from fault
    return await updates.answer(ctx, events, also=[chat])


@rpc("messages.deleteScheduledMessages", who=USER | BOT, limit="write")
async def delete_scheduled_messages(ctx: Ctx, q: api.messages.DeleteScheduledMessages) -> Any:
    """Updates with updateDeleteScheduledMessages."""
    chat = await peers.resolve(ctx, q.peer)
    try:
        events = await service.delete(ctx.app, ctx.me, chat, _ids(q.id))
    except Fault as fault:
        if fault.name == "CHAT_ADMIN_REQUIRED":
            raise Fault("MESSAGE_DELETE_FORBIDDEN") from None
        raise
    return await updates.answer(ctx, events, also=[chat])
