"""The media room as other rooms see it. A photo or document is used by whoever *holds* it, in the
holder's own transaction; messages need not: what ``body.media`` shows is found by an index.
"""

from __future__ import annotations

from petitbleu.domain.files.media import closed, files, local
from petitbleu.domain.files.media import queries as q
from petitbleu.domain.files.media.making import Asked, picture
from petitbleu.domain.files.media.seen import SEEN, forget_references
from petitbleu.domain.files.media.storage import STORAGE
from petitbleu.domain.files.media.stored import (
    VIEW_ONCE,
    Document,
    Photo,
    Stored,
    attribute,
    document_sort,
    expired,
    is_passing,
    key_of,
    media_id,
    pack,
    people,
    sort_of,
    ttl_of,
    unpack,
)
from petitbleu.domain.files.media.sweep import ask_first, release_id, released
from petitbleu.store.api import Reader, Tx

__all__ = [
    "SEEN",
    "STORAGE",
    "VIEW_ONCE",
    "Asked",
    "Document",
    "Photo",
    "Stored",
    "ask_first",
    "attribute",
    "closed",
    "document_sort",
    "expired",
    "files",
    "forget_references",
    "held",
    "hold",
    "is_held_by",
    "is_passing",
    "key_of",
    "let_go",
    "local",
    "media_id",
    "pack",
    "people",
    "picture",
    "released",
    "sort_of",
    "ttl_of",
    "unpack",
]


async def hold(tx: Tx, stored: bytes, holder: str, key: int) -> None:
    """From now on ``holder`` (``profile``, ``chat``, ...) number ``key`` shows ``stored``."""
    media = media_id(stored)
    if media:
        await tx.run(q.HOLD, media=media, holder=holder, key=key)


async def held(reader: Reader, media: int) -> bool:
    """Whether anybody holds ``media``: a photo, a document, or what else messages show."""
    return bool(await reader.rows(q.HELD, media=media))


async def is_held_by(reader: Reader, media: int, holder: str, key: int) -> bool:
    """Whether ``holder`` number ``key`` shows ``media``."""
    return await reader.row(q.HELD_BY, media=media, holder=holder, key=key) is not None


async def let_go(tx: Tx, stored: bytes, holder: str, key: int, *, at: int) -> None:
    """It shows it no more; unused otherwise, it is erased an hour later."""
    media = media_id(stored)
    if media and await tx.run(q.RELEASE, media=media, holder=holder, key=key):
        await release_id(tx, media, at)
