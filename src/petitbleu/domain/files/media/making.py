"""Photos and documents made of finished uploads.

Photos are decoded and written anew in the sizes clients know: nothing of the uploaded bytes but the
pixels is ever served (no camera data, no second file hidden behind the picture). Documents are kept
as they came. An upload makes one thing: a repeated call, after a lost answer, gets it again.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import re
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from petitbleu.app import Actor, App
from petitbleu.blobs.api import FilesUnavailable, Upload, Whole
from petitbleu.blobs.threads import in_thread
from petitbleu.domain.files.media import queries as q
from petitbleu.domain.files.media import storage, uploads
from petitbleu.domain.files.media.queries import MediaRow
from petitbleu.domain.files.media.storage import Content
from petitbleu.domain.files.media.stored import DOCUMENT, PHOTO, Document, Photo, pack
from petitbleu.domain.files.media.uploads import PHOTO_BYTES, FileRef
from petitbleu.errors import Fault
from petitbleu.ids import SERVICE_USER
from petitbleu.store.api import Tx

THUMB_BYTES = 20 << 20
"""Pictures sent as files get a preview up to this size."""
CALL_BYTES = 10 << 20
"""Larger uploads to a server with several workers are finished beside the call."""
CALL_SECONDS = 20.0
"""So long the call waits for it."""
_REMEMBERED = 5000
_MIME = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}")
_PICTURES = ("image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp")
_MEASURED = ("video/", "audio/", "application/ogg")

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Any]).decode

Files = list[tuple[str, Content]]
"""Label and content of each file of a photo or document."""


class Asked(NamedTuple):
    """What the sender says of a document."""

    mime: str
    attributes: list[Any]
    thumb: FileRef | None = None
    force_file: bool = False


def photo_of(row: MediaRow) -> Photo:
    """What clients are told of a photo."""
    return Photo(*_decode(row.data))


def document_of(row: MediaRow) -> Document:
    """What clients are told of a document."""
    return Document(*_decode(row.data))


async def photo(app: App, me: Actor, file: FileRef, *, square: bool = False) -> MediaRow:
    """A photo with the sizes clients know; ``square``: a profile photo (a, b, c).

    Raises what :func:`uploads.whole` and :func:`storage.admit` raise, PHOTO_SAVE_FILE_INVALID,
    PHOTO_EXT_INVALID, PHOTO_INVALID_DIMENSIONS, PHOTO_CROP_SIZE_SMALL, IMAGE_PROCESS_FAILED.
    """

    async def make(found: Whole) -> MediaRow:
        if found.size > PHOTO_BYTES:
            raise Fault("PHOTO_SAVE_FILE_INVALID")
        result = await storage.work(app, "square" if square else "photo", found.path)
        files, sizes = await _kept(app, result["sizes"])
        media, access_hash = _numbers(app)
        what = Photo(media, access_hash, media >> 32, result["stripped"], sizes)
        return await _insert(app, me, PHOTO, what, found.sha, files)

    return await _once(app, me, file, "square" if square else "photo", make)


async def document(app: App, me: Actor, file: FileRef, asked: Asked) -> MediaRow:
    """A document: the uploaded bytes, with a preview and measures where that can be had.

    Raises what :func:`uploads.whole` and :func:`storage.admit` raise.
    """
    thumb = await _given_thumb(app, me, asked)

    async def make(found: Whole) -> MediaRow:
        mime = asked.mime.lower()
        if not _MIME.fullmatch(mime):
            mime = "application/octet-stream"
        attributes = await _attributes(app, asked, mime, file.name, found)
        result = thumb
        if result is None and mime in _PICTURES and found.size <= THUMB_BYTES:
            sticker = any(attribute[0] == "sticker" for attribute in attributes)
            result = await _preview(app, found.path, alpha=sticker)
            if result and not any(attribute[0] == "size" for attribute in attributes):
                attributes.append(["size", result["width"], result["height"]])
        files, sizes = await _kept(app, result["sizes"] if result else [])
        files.append(("", await storage.adopt(app, found.path, found.sha, found.size)))
        media, access_hash = _numbers(app)
        what = Document(
            media, access_hash, media >> 32, mime, found.size, attributes,
            result["stripped"] if result else b"", sizes,
        )  # fmt: skip
        return await _insert(app, me, DOCUMENT, what, found.sha, files)

    row = await _once(app, me, file, "document", make)
    if asked.thumb is not None:
        parts = app.parts[storage.STORAGE].parts
        upload = await parts.upload(me.id, asked.thumb.id)
        async with parts.alone(upload):
            await parts.drop(upload)
    return row


async def picture(app: App, data: bytes) -> bytes:
    """A photo of bytes that the server itself has fetched; the stored form, held by nobody yet.

    It counts as the service account's, whose quota so bounds all such pictures. Raises what
    :func:`photo` raises.
    """
    await storage.admit(app, SERVICE_USER, len(data))
    with tempfile.NamedTemporaryFile(prefix="petitbleu-") as file:
        await in_thread(file.write, data)
        file.flush()
        result = await storage.work(app, "photo", Path(file.name))
    files, sizes = await _kept(app, result["sizes"])
    media, access_hash = _numbers(app)
    what = Photo(media, access_hash, media >> 32, result["stripped"], sizes)
    total = sum(content.size for _, content in files)
    sha = hashlib.sha256(data).digest()
    row = MediaRow(
        media, PHOTO, SERVICE_USER, access_hash, what.date, total, sha, _encode(list(what))
    )
    await app.store.write(_put, row, files, int(app.clock.now()) + storage.CHECK_SECONDS, 0)
    return pack("photo", list(what))


# ── parts ───────────────────────────────────────────────────────────────────────────────────────


async def _once(
    app: App, me: Actor, file: FileRef, purpose: str, make: Callable[[Whole], Awaitable[MediaRow]]
) -> MediaRow:
    """``make(file)``, or what it gave the first time."""
    kept = app.parts[storage.STORAGE]
    key = (me.id, file.id, purpose)
    upload = await kept.parts.upload(me.id, file.id)
    if not kept.parts.shared or upload.received <= CALL_BYTES:
        return await _make_once(app, me, file, upload, key, make)
    # No call is held for what takes long: it goes on without it, and the repeated call finds it.
    task = kept.finishing.get(key)
    if task is None:
        task = asyncio.ensure_future(_make_once(app, me, file, upload, key, make))
        kept.finishing[key] = task
        task.add_done_callback(lambda done: _finished(kept, key, done))
    done, _ = await asyncio.wait([task], timeout=CALL_SECONDS)
    if not done:
        raise FilesUnavailable("a large upload is still being finished")
    return task.result()


def _finished(kept: storage.Storage, key: tuple[int, int, str], task: asyncio.Task[Any]) -> None:
    del kept.finishing[key]
    if not task.cancelled():
        task.exception()  # whoever asks again is told


async def _make_once(
    app: App,
    me: Actor,
    file: FileRef,
    upload: Upload,
    key: tuple[int, int, str],
    make: Callable[[Whole], Awaitable[MediaRow]],
) -> MediaRow:
    kept, purpose = app.parts[storage.STORAGE], key[2]
    async with kept.parts.alone(upload):
        known = kept.made.get(key)
        if known is not None and await app.store.row(q.ONE, id=known.id) is not None:
            return known
        try:
            whole = await uploads.whole(app, upload, file)
        except Fault as fault:
            # A server that was killed in between remembers by the note in the spool.
            if fault.name != "FILE_PART_X_MISSING":
                raise
            noted = await kept.parts.made(upload, purpose)
            first = await app.store.row(q.ONE, id=noted)
            if first is None or first.owner != me.id:
                raise
            return first
        await _quota(app, me, whole.size)
        row = await make(whole)
        if len(kept.made) >= _REMEMBERED:
            for old in list(kept.made)[: _REMEMBERED // 2]:
                del kept.made[old]
        kept.made[key] = row
        await kept.parts.drop(upload, purpose, row.id)
    return row


async def _quota(app: App, me: Actor, size: int) -> None:
    limit = app.config.storage.account_bytes
    if limit and await storage.used(app, me.id) + size > limit:
        raise Fault("STORAGE_QUOTA_EXCEEDED")


def _numbers(app: App) -> tuple[int, int]:
    """A new id, which begins with the second, and an access hash."""
    media = int(app.clock.now()) << 32 | int.from_bytes(app.random(4), "big")
    return media, int.from_bytes(app.random(8), "big", signed=True)


async def _kept(app: App, made: list[Any]) -> tuple[Files, list[Any]]:
    """Put the sizes a worker made on disk; the files, and the sizes as clients are told."""
    files: Files = []
    sizes: list[Any] = []
    for label, width, height, data in made:
        content = await storage.keep(app, data)
        files.append((label, content))
        sizes.append([label, width, height, content.size])
    return files, sizes


async def _insert(
    app: App, me: Actor, kind: int, what: Photo | Document, sha: bytes, files: Files
) -> MediaRow:
    row = MediaRow(
        what.id, kind, me.id, what.access_hash, what.date,
        sum(content.size for _, content in files), sha, _encode(list(what)),
    )  # fmt: skip
    check_at = int(app.clock.now()) + storage.CHECK_SECONDS
    await app.store.write(_put, row, files, check_at, app.config.storage.account_bytes)
    return row


async def _put(tx: Tx, row: MediaRow, files: Files, check_at: int, limit: int) -> None:
    total = await tx.row(q.ADD_USE, account=row.owner, bytes=row.size)
    if limit and total is not None and total.bytes > limit:
        raise Fault("STORAGE_QUOTA_EXCEEDED")
    await tx.run(q.INSERT, **row._asdict(), check_at=check_at)
    for label, (sha, gen, size) in files:
        await tx.run(q.INSERT_FILE, media=row.id, label=label, sha=sha, size=size)
        if not await tx.run(q.USE_BLOB, sha=sha, gen=gen):
            raise RuntimeError("a content was erased while it was being used")


async def _given_thumb(app: App, me: Actor, asked: Asked) -> dict[str, Any] | None:
    """The preview the sender gave, made anew; a broken one is no reason to refuse the file."""
    if asked.thumb is None:
        return None
    parts = app.parts[storage.STORAGE].parts
    upload = await parts.upload(me.id, asked.thumb.id)
    async with parts.alone(upload):
        try:
            whole = await uploads.whole(app, upload, asked.thumb)
        except Fault:
            return None
        if whole.size > PHOTO_BYTES:
            return None
        sticker = any(attribute[0] == "sticker" for attribute in asked.attributes)
        return await _preview(app, whole.path, alpha=sticker)


async def _preview(app: App, path: Path, *, alpha: bool) -> dict[str, Any] | None:
    try:
        return await storage.work(app, "thumb", path, alpha=alpha)
    except Fault:
        return None


async def _attributes(app: App, asked: Asked, mime: str, name: str, found: Whole) -> list[Any]:
    """What the sender said, completed by what a measurement finds."""
    said = {attribute[0]: attribute for attribute in asked.attributes}
    if asked.force_file:
        for kind in ("video", "animated"):
            said.pop(kind, None)
    if name and "filename" not in said:
        said["filename"] = ["filename", name]
    program = app.config.storage.ffprobe
    if program and mime.startswith(_MEASURED) and not asked.force_file:
        with contextlib.suppress(Fault):
            _measure(said, await storage.measure(app, found.path, program))
    return list(said.values())


def _measure(said: dict[str, Any], measured: dict[str, Any]) -> None:
    """Fill in what the sender left at nothing."""
    if "codec" in measured and "audio" not in said:
        video = said.setdefault("video", ["video", False, False, False, 0.0, 0, 0, ""])
        video[4] = video[4] or measured.get("duration", 0.0)
        if not (video[5] and video[6]):
            video[5], video[6] = measured["width"], measured["height"]
        video[7] = video[7] or measured["codec"]
        video[3] = video[3] or not measured.get("sound")
    elif "sound" in measured and "video" not in said:
        audio = said.setdefault("audio", ["audio", False, 0, "", "", b""])
        audio[2] = audio[2] or int(measured.get("duration", 0.0))
        audio[3] = audio[3] or measured.get("title", "")
        audio[4] = audio[4] or measured.get("performer", "")
