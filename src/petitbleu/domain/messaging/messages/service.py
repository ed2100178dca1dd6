"""The messages room as other rooms see it. The rules stand in the module of each capability."""

from __future__ import annotations

from petitbleu.domain.messaging.messages import (
    albums,
    backfill,
    changes,
    first_contact,
    links,
    moderation_access,
    quotes,
    replies,
    threads,
    timed_media,
    timers,
)
from petitbleu.domain.messaging.messages.actions import act, say_in
from petitbleu.domain.messaging.messages.boxes import copies, given_out, last_id, lock
from petitbleu.domain.messaging.messages.chat_scope import Place, place, unguarded
from petitbleu.domain.messaging.messages.contents import (
    ABOUT,
    LINKED_POST,
    TEXT,
    Draft,
    Forward,
    Reply,
    action_of,
    named_peers,
    saved_from,
    speaker,
)
from petitbleu.domain.messaging.messages.contents import decode as decode_extra
from petitbleu.domain.messaging.messages.contents import encode as encode_extra
from petitbleu.domain.messaging.messages.delete import (
    DELETED,
    Affected,
    delete,
    delete_history,
    delete_posts,
    drop_posts,
    forget_chat,
    take_posts,
)
from petitbleu.domain.messaging.messages.drafts import Saved as SavedDraft
from petitbleu.domain.messaging.messages.drafts import clear as clear_draft
from petitbleu.domain.messaging.messages.drafts import decode as decode_draft
from petitbleu.domain.messaging.messages.edit import (
    EDITED,
    announce,
    editable,
    on_edit,
    replace,
    resay_service,
    rewrite,
)
from petitbleu.domain.messaging.messages.entities import Entity, caption, has_link, normalize
from petitbleu.domain.messaging.messages.entities import decode as decode_entities
from petitbleu.domain.messaging.messages.entities import encode as encode_entities
from petitbleu.domain.messaging.messages.erase import ask_first, when_erased
from petitbleu.domain.messaging.messages.flags import MEDIA_UNREAD, MENTIONED, PINNED, POST, REACTED
from petitbleu.domain.messaging.messages.group_copies import GroupMessage
from petitbleu.domain.messaging.messages.history import (
    END,
    PAGE,
    Offsets,
    Page,
    by_ids,
    in_box,
    in_place,
    last_dated,
    newest,
    newest_below,
    newest_pin,
    newest_posts,
    page_size,
    pinned_ids,
    start,
)
from petitbleu.domain.messaging.messages.history_for_new_members import share
from petitbleu.domain.messaging.messages.notices import first_author, notice, signed_up
from petitbleu.domain.messaging.messages.queries import MessageRow, Uttered
from petitbleu.domain.messaging.messages.read import (
    channel_now,
    hides_reading,
    open_in,
    read_out,
    seen_of,
)
from petitbleu.domain.messaging.messages.send import (
    Hear,
    extra_of,
    on_post,
    random_ids,
    said_before,
    say,
    send,
    send_service,
)
from petitbleu.domain.messaging.messages.speakers import sign
from petitbleu.domain.messaging.messages.threads import Reading
from petitbleu.store.hot.send import Copy, Outgoing, Sent

__all__ = [
    "ABOUT",
    "DELETED",
    "EDITED",
    "END",
    "LINKED_POST",
    "MEDIA_UNREAD",
    "MENTIONED",
    "PAGE",
    "PINNED",
    "POST",
    "REACTED",
    "TEXT",
    "Affected",
    "Copy",
    "Draft",
    "Entity",
    "Forward",
    "GroupMessage",
    "Hear",
    "MessageRow",
    "Offsets",
    "Outgoing",
    "Page",
    "Place",
    "Reading",
    "Reply",
    "SavedDraft",
    "Sent",
    "Uttered",
    "act",
    "action_of",
    "albums",
    "announce",
    "ask_first",
    "backfill",
    "by_ids",
    "caption",
    "changes",
    "channel_now",
    "clear_draft",
    "copies",
    "decode_draft",
    "decode_entities",
    "decode_extra",
    "delete",
    "delete_history",
    "delete_posts",
    "drop_posts",
    "editable",
    "encode_entities",
    "encode_extra",
    "extra_of",
    "first_author",
    "first_contact",
    "forget_chat",
    "given_out",
    "has_link",
    "hides_reading",
    "in_box",
    "in_place",
    "last_dated",
    "last_id",
    "links",
    "lock",
    "moderation_access",
    "named_peers",
    "newest",
    "newest_below",
    "newest_pin",
    "newest_posts",
    "normalize",
    "notice",
    "on_edit",
    "on_post",
    "open_in",
    "page_size",
    "pinned_ids",
    "place",
    "quotes",
    "random_ids",
    "read_out",
    "replace",
    "replies",
    "resay_service",
    "rewrite",
    "said_before",
    "saved_from",
    "say",
    "say_in",
    "seen_of",
    "send",
    "send_service",
    "share",
    "sign",
    "signed_up",
    "speaker",
    "start",
    "take_posts",
    "threads",
    "timed_media",
    "timers",
    "unguarded",
    "when_erased",
]
