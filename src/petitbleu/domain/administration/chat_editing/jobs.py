"""Deferred work of the chats room."""

from __future__ import annotations

from petitbleu import leases
from petitbleu.app import App
from petitbleu.domain.administration.chat_editing import creating
from petitbleu.jobs import job


@job(creating.EmptyChat, at=leases.ANY)
async def empty(app: App, data: creating.EmptyChat) -> None:
    """Drop the messages of a deleted group or channel."""
    await creating.empty(app, data.chat)
