"""Photos and documents made of local files (imports), and their contents copied out (exports).

The same as of uploads (``making.py``): pictures are written anew, documents kept as they are. The
file given is left where it is.
"""

from __future__ import annotations

import asyncio
import hashlib
import shutil
from pathlib import Path
from typing import Any

from petitbleu.app import Actor, App
from petitbleu.blobs.api import BlobMissing, Whole
from petitbleu.domain.files.media import making, storage
from petitbleu.domain.files.media import queries as q
from petitbleu.domain.files.media.making import Asked
from petitbleu.domain.files.media.stored import DOCUMENT, PHOTO, Document, Photo, pack, unpack
from petitbleu.domain.files.media.uploads import PHOTO_BYTES
from petitbleu.errors import Fault

_CHUNK = 1 << 20


async def photo(app: App, owner: int, path: Path, more: dict[str, Any]) -> bytes:
    """The stored form of a message's photo. Raises OSError and what :func:`making.photo` raises."""
    copied = await _copied(app, path)
    try:
        if copied.size > PHOTO_BYTES:
            raise Fault("PHOTO_SAVE_FILE_INVALID")
        await storage.admit(app, owner, copied.size)
        result = await storage.work(app, "photo", copied.path)
        files, sizes = await making._kept(app, result["sizes"])
        media, access_hash = making._numbers(app)
        what = Photo(media, access_hash, media >> 32, result["stripped"], sizes)
        await making._insert(app, Actor(owner), PHOTO, what, copied.sha, files)
        return pack("photo", list(what), more)
    finally:
        await asyncio.to_thread(copied.path.unlink, True)


async def document(app: App, owner: int, path: Path, asked: Asked, more: dict[str, Any]) -> bytes:
    """The stored form of a message's document. Raises OSError, STORAGE_QUOTA_EXCEEDED,
    STORAGE_FULL."""
    copied = await _copied(app, path)
    try:
        await storage.admit(app, owner, copied.size)
        attributes = await making._attributes(app, asked, asked.mime, "", copied)
        preview = None
        if asked.mime in making._PICTURES and copied.size <= making.THUMB_BYTES:
            preview = await making._preview(app, copied.path, alpha=False)
        files, sizes = await making._kept(app, preview["sizes"] if preview else [])
        files.append(("", await storage.adopt(app, copied.path, copied.sha, copied.size)))
        media, access_hash = making._numbers(app)
        what = Document(
            media, access_hash, media >> 32, asked.mime, copied.size, attributes,
            preview["stripped"] if preview else b"", sizes,
        )  # fmt: skip
        await making._insert(app, Actor(owner), DOCUMENT, what, copied.sha, files)
        return pack("document", list(what), more)
    finally:
        await asyncio.to_thread(copied.path.unlink, True)


async def _copied(app: App, path: Path) -> Whole:
    return await asyncio.to_thread(_copy, path, app.config.data.absolute() / "spool", app.random(8))


def _copy(path: Path, folder: Path, salt: bytes) -> Whole:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / f"import-{salt.hex()}"
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as source, target.open("wb") as copy:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                copy.write(chunk)
                size += len(chunk)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return Whole(target, size, digest.digest(), b"")


async def copy_out(app: App, stored: bytes, to: Path) -> int:
    """Write the whole photo (its largest size) or document to ``to``; bytes written.

    -1 where its contents are gone, or it has none.
    """
    kind, what, _ = unpack(stored)
    label = ""
    if kind == "photo":
        label = max(what.sizes, key=lambda size: size[1] * size[2])[0]
    elif kind != "document":
        return -1
    row = await app.store.row(q.FILE, media=what.id, label=label)
    if row is None:
        return -1
    free = await asyncio.to_thread(shutil.disk_usage, to.parent)
    if free.free < row.size:
        raise OSError(28, "No space left on device", str(to))
    files = app.parts[storage.STORAGE].blobs
    with to.open("xb") as file:
        for offset in range(0, row.size, _CHUNK):
            try:
                data = await files.read(row.sha, row.gen, offset, _CHUNK)
            except BlobMissing:
                return -1
            await asyncio.to_thread(file.write, data)
    return int(row.size)
