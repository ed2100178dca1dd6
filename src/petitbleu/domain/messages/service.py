"""The messages room as other rooms see it. The rules stand in the module of each capability."""

from __future__ import annotations

from petitbleu.domain.messages import changes, custody, past
from petitbleu.domain.messages.actions import act, say_in
from petitbleu.domain.messages.boxes import copies, lock
from petitbleu.domain.messages.contents import (
    TEXT,
    Draft,
    Forward,
    Reply,
    action_of,
    saved_from,
    speaker,
)
from petitbleu.domain.messages.contents import decode as decode_extra
from petitbleu.domain.messages.contents import encode as encode_extra
from petitbleu.domain.messages.delete import (
    Affected,
    delete,
    delete_history,
    delete_posts,
    drop_posts,
)
from petitbleu.domain.messages.drafts import Saved as SavedDraft
from petitbleu.domain.messages.drafts import decode as decode_draft
from petitbleu.domain.messages.edit import EDITED
from petitbleu.domain.messages.entities import Entity, has_link, normalize
from petitbleu.domain.messages.entities import decode as decode_entities
from petitbleu.domain.messages.entities import encode as encode_entities
from petitbleu.domain.messages.erase import ask_first, when_erased
from petitbleu.domain.messages.flags import POST
from petitbleu.domain.messages.history import (
    END,
    Offsets,
    Page,
    by_ids,
    in_place,
    newest,
    newest_below,
    newest_pin,
    page_size,
    pinned_ids,
    start,
)
from petitbleu.domain.messages.notices import first_author, signed_up
from petitbleu.domain.messages.places import Place, place
from petitbleu.domain.messages.queries import MessageRow
from petitbleu.domain.messages.read import unread
from petitbleu.domain.messages.send import send, send_service

__all__ = [
    "EDITED",
    "END",
    "POST",
    "TEXT",
    "Affected",
    "Draft",
    "Entity",
    "Forward",
    "MessageRow",
    "Offsets",
    "Page",
    "Place",
    "Reply",
    "SavedDraft",
    "act",
    "action_of",
    "ask_first",
    "by_ids",
    "changes",
    "copies",
    "custody",
    "decode_draft",
    "delete",
    "delete_history",
    "delete_posts",
    "drop_posts",
    "first_author",
    "in_place",
    "lock",
    "newest",
    "newest_below",
    "has_link",
    "newest_pin",
    "normalize",
    "place",
    "say_in",
    "send",
    "send_service",
    "open_in",
    "page_size",
    "past",
    "pinned_ids",
    "signed_up",
    "unread",
    "when_erased",
]
    "speaker",
    "start",
