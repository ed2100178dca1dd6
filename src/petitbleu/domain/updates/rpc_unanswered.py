"""updateMessageID in a difference: a device that asks for one before it has the answer to its
sending learns which message is the one it sends (core.telegram.org/constructor/updateMessageID).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from petitbleu.domain.messaging.messages import service as messages
from petitbleu.rpc.ctx import Ctx
from petitbleu.tl import api

SECONDS = 60
"""Older messages have been answered, or the device sends them again."""


async def announced(ctx: Ctx, author: int, shown: Sequence[Any]) -> list[api.UpdateMessageID]:
    """For what the caller said lately among ``shown``. ``author``: the caller, or the channel."""
    recent = [
        one.id
        for one in shown
        if type(one) is api.Message and one.out and one.date >= ctx.now - SECONDS
    ]
    if not recent:
        return []
    numbers = await messages.random_ids(ctx.app, author, recent)
    return [api.UpdateMessageID(id=one, random_id=numbers[one]) for one in recent if one in numbers]
