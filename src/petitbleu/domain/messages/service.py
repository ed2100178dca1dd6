"""The messages room as other rooms see it. The rules stand in the module of each capability."""

from __future__ import annotations

from petitbleu.domain.messages.contents import Draft, Forward, Reply
from petitbleu.domain.messages.delete import delete_history
from petitbleu.domain.messages.drafts import Saved as SavedDraft
from petitbleu.domain.messages.drafts import decode as decode_draft
from petitbleu.domain.messages.entities import Entity, normalize
from petitbleu.domain.messages.history import by_ids
from petitbleu.domain.messages.queries import MessageRow
from petitbleu.domain.messages.send import send, send_service

__all__ = [
    "Draft",
    "Entity",
    "Forward",
    "MessageRow",
    "Reply",
    "SavedDraft",
    "by_ids",
    "decode_draft",
    "delete_history",
    "normalize",
    "send",
    "send_service",
]
