"""Files for download: where a location points, and the bytes."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from petitbleu.app import Actor, App, Part
from petitbleu.blobs.api import BlobMissing
from petitbleu.blobs.threads import in_thread
from petitbleu.cache import Cache
from petitbleu.domain.files.media import queries as q
from petitbleu.domain.files.media import storage
from petitbleu.domain.files.media.making import document_of
from petitbleu.domain.files.media.queries import FileRow, MediaRow
from petitbleu.errors import Fault
from petitbleu.stamps import ROOMS_HERE, Change, room

MEBIBYTE = 1 << 20
HASH_STEP = 131_072
"""Bytes of one hash of getFileHashes; eight of them are told at once."""
_REMEMBERED = 10_000


class Piece(NamedTuple):
    """A hash of part of a file."""

    offset: int
    limit: int
    hash: bytes


def check_range(offset: int, limit: int, *, precise: bool) -> None:
    """The rules of core.telegram.org/api/files#downloading-files: OFFSET_INVALID, LIMIT_INVALID."""
    step = 1024 if precise else 4096
    if offset < 0 or offset % step:
        raise Fault("OFFSET_INVALID")
    if not 0 < limit <= MEBIBYTE or limit % step:
        raise Fault("LIMIT_INVALID")
    if not precise and MEBIBYTE % limit:
        raise Fault("LIMIT_INVALID")
    if offset // MEBIBYTE != (offset + limit - 1) // MEBIBYTE:
        raise Fault("LIMIT_INVALID")


async def locate(app: App, media: int, label: str, access_hash: int | None) -> FileRow:
    """The file of a photo or document; LOCATION_INVALID. ``access_hash`` None: proved otherwise."""
    known = app.parts[FILES]
    key = (media, label)
    row = known.get(key)
    if row is None:
        generation = known.generation
        row = await app.store.row(q.FILE, media=media, label=label)
        if row is None:
            raise Fault("LOCATION_INVALID")
        known.keep(key, row, generation)
    if access_hash is not None and row.access_hash != access_hash:
        raise Fault("LOCATION_INVALID")
    return row


async def read(app: App, row: FileRow, offset: int, limit: int) -> bytes:
    """Bytes of the file; fewer at its end, none beyond."""
    if offset >= row.size:
        return b""
    try:
        return await app.parts[storage.STORAGE].blobs.read(
            row.sha, row.gen, offset, min(limit, row.size - offset)
        )
    except BlobMissing:
        app.log.error("media.blob_missing", sha=row.sha.hex())
        raise Fault("LOCATION_INVALID") from None


async def mime_of(app: App, media: int) -> str:
    """What a document was said to be when it was uploaded; empty for one that is gone."""
    row = await app.store.row(q.ONE, id=media)
    return "" if row is None else document_of(row).mime


async def hashes(app: App, row: FileRow, offset: int) -> list[Piece]:
    """Hashes of the pieces of the mebibyte from the piece that ``offset`` lies in."""
    start = offset // HASH_STEP * HASH_STEP
    data = await read(app, row, start, MEBIBYTE)
    return await in_thread(_pieces, start, data)


def _pieces(start: int, data: bytes) -> list[Piece]:
    view = memoryview(data)
    return [
        Piece(start + at, len(piece), hashlib.sha256(piece).digest())
        for at in range(0, len(data), HASH_STEP)
        for piece in [view[at : at + HASH_STEP]]
    ]


async def mine(app: App, me: Actor, sha: bytes, size: int, mime: str) -> MediaRow | None:
    """A document I once uploaded with this content (never somebody else's: knowing a hash is no
    right to a file)."""
    for row in await app.store.rows(q.MINE, owner=me.id, sha=sha):
        document = document_of(row)
        if document.size == size and document.mime == mime.lower():
            return row
    return None


ROOM = room("files", media=("sha", "size"), media_file=())
"""By the number of the photo or document."""


def _files(app: App) -> Cache[tuple[int, str], FileRow]:
    known: Cache[tuple[int, str], FileRow] = Cache(_REMEMBERED)

    def take(change: Change) -> None:
        gone = set(change.of({media for media, _ in known.known}))
        known.outside([key for key in known.known if key[0] in gone])

    app.parts[ROOMS_HERE].hear(ROOM, take)
    return known


FILES: Part[Cache[tuple[int, str], FileRow]] = Part(_files)


def forget(app: App) -> None:
    """Something was erased: remember nothing."""
    known = app.parts[FILES]
    known.generation += 1
    known.known.clear()
