"""The hand-written adapters between old and new forms. See ``adapt.py`` for what the decorators mean."""

from __future__ import annotations

from typing import Any

from petitbleu.tl import api
from petitbleu.tl.adapt import upgrade


@upgrade(
    "messages.sendMessage",
    "messages.sendMedia",
    "messages.sendMultiMedia",
    "messages.sendInlineBotResult",
    "messages.saveDraft",
    "messages.requestWebView",
    "messages.prolongWebView",
    fields=("reply_to_msg_id", "top_msg_id"),
)
def _reply_to(obj: Any, old: dict[str, Any]) -> None:
    """Until layer 158 (drafts: 165) a reply was a message id, and its topic another."""
    topic = old.get("top_msg_id")
    message = old.get("reply_to_msg_id") or topic
    if message is not None:
        obj.reply_to = api.InputReplyToMessage(reply_to_msg_id=message, top_msg_id=topic)
