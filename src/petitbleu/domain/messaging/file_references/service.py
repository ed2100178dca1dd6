"""File references: proof that somebody was shown a file somewhere, for a while
(core.telegram.org/api/file-references).

30 bytes: form, kind of origin, two numbers that name the origin, the second it ends, and a MAC over
these and the photo or document it is for. The same for every viewer, so that a channel's post is
rendered once; whether *this* caller still sees the origin, and whether a measure has closed the
file, is asked at each use. The pieces of one download ask once: the answer is remembered for a
minute at most, and only while nothing that it follows from changes (a measure, a membership, a
rule, a deleted message). A reference ends after one to two days: refetching the origin gives a new
one.
"""

from __future__ import annotations

import hmac
import struct

from petitbleu.app import Actor, App
from petitbleu.cache import Cache
from petitbleu.domain.files.media import service as media_files
from petitbleu.domain.files.media.service import SEEN, forget_references, key_of, media_id
from petitbleu.domain.messaging.file_references import sight
from petitbleu.domain.messaging.file_references.sight import may_see_chat as may_see_chat
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.updates import log
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault

UPLOAD, MESSAGE, PROFILE, CHAT, PERSONAL, WEBPAGE = range(6)
"""Origins: an upload of (account, 0); message (owner of the box, id); profile photo of (account,
list); photo of (chat, 0); photo of a contact as (viewer, contact) sees it."""
DAY = 86_400
_FORM = 1
_HEAD = struct.Struct("<BBqqI")
_MAC = 8
_SEEN_SECONDS = 60
_SIZE = _HEAD.size + _MAC


def make(app: App, origin: int, a: int, b: int, media: int) -> bytes:
    """A reference for ``media``, shown at this origin."""
    ends = (int(app.clock.now()) // DAY + 2) * DAY
    head = _HEAD.pack(_FORM, origin, a, b, ends)
    return head + app.secrets.hmac("file-reference", head, key_of(media))[:_MAC]


async def check(
    app: App, me: Actor, reference: bytes, media: int, *, sending: bool = False
) -> None:
    """Whether ``me`` may use ``media`` by this reference; ``sending``: not only fetch it, but show
    it to others.

    Raises FILE_REFERENCE_EMPTY, FILE_REFERENCE_INVALID, FILE_REFERENCE_EXPIRED also where the
    origin is gone, not to be seen any more, or the file is closed by a measure (the client then
    asks for the origin again), and CHAT_FORWARDS_RESTRICTED for sending on from a protected chat.
    """
    if not reference:
        raise Fault("FILE_REFERENCE_EMPTY")
    if len(reference) != _SIZE or reference[0] != _FORM:
        raise Fault("FILE_REFERENCE_INVALID")
    seen, key, now = app.parts[SEEN], (me.id, media, reference), int(app.clock.now())
    known = seen.get(key)
    if not sending and known is not None and now < known[0] and known[1] == Cache.changes:
        return
    generation, changes = seen.generation, Cache.changes
    head, mac = reference[: _HEAD.size], reference[_HEAD.size :]
    good = app.secrets.hmacs("file-reference", head, key_of(media))
    if not any(hmac.compare_digest(one[:_MAC], mac) for one in good):
        raise Fault("FILE_REFERENCE_INVALID")
    _, origin, a, b, ends = _HEAD.unpack(head)
    if ends <= now or await media_files.closed.is_closed(app, me.id, media):
        raise Fault("FILE_REFERENCE_EXPIRED")
    if origin == MESSAGE:
        row = await sight.message(app, me, a, b)
        if row is None or row.media is None or media_id(row.media) != media:
            raise Fault("FILE_REFERENCE_EXPIRED")
        if sending and await sight.is_protected(app, row):
            raise Fault("CHAT_FORWARDS_RESTRICTED")
    elif not await _visible(app, me, origin, a, b, media):
        raise Fault("FILE_REFERENCE_EXPIRED")
    if not sending:
        seen.keep(key, (min(ends, now + _SEEN_SECONDS), changes), generation)


def message_of(reference: bytes) -> tuple[int, int] | None:
    """The message (owner of the box, id) that a checked reference names; None for other origins."""
    _, origin, a, b, _ = _HEAD.unpack(reference[: _HEAD.size])
    return (a, b) if origin == MESSAGE else None


@log.taps(messages.DELETED)
def _deleted(app: App, _: Event) -> None:
    forget_references(app)


@log.taps(messages.EDITED)
def _edited(app: App, _: Event) -> None:
    forget_references(app)


async def _visible(app: App, me: Actor, origin: int, a: int, b: int, media: int) -> bool:
    if origin == UPLOAD:
        return a == me.id
    if origin == WEBPAGE:
        holder, seen = "webpage", True
    elif origin == PERSONAL:
        holder, seen = "personal", a == me.id
    elif origin == PROFILE:
        holder = "fallback" if b else "profile"
        seen = await sight.may_see_photo(app, me, a, b)
    else:
        holder, seen = "chat", await sight.may_see_chat(app, me, a)
    return seen and await media_files.is_held_by(app.store, media, holder, a)
