"""Parts of uploads as they come, and the finished file (core.telegram.org/api/files)."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.app import Actor, App
from petitbleu.blobs.api import MAX_PART, MAX_PARTS, Missing, Unfit, Upload, Whole
from petitbleu.domain.files.media import storage, unused
from petitbleu.errors import Fault

SMALL_PART = 1024
PHOTO_BYTES = 10 << 20
"""Most bytes of a photo as it is uploaded; larger pictures travel as documents."""


class FileRef(NamedTuple):
    """An ``inputFile`` or ``inputFileBig``."""

    id: int
    parts: int
    name: str
    md5: str
    """Hexadecimal; empty: not told."""


async def save_part(
    app: App, me: Actor, file_id: int, part: int, data: bytes, *, ip: str | None = None
) -> None:
    """One part of a file whose number of parts is not told yet.

    ``ip``: the caller's address; None: unused files are not counted. Raises FILE_PART_EMPTY,
    FILE_PART_INVALID and what :func:`storage.admit` and :func:`unused.admit` raise.
    """
    if not data:
        raise Fault("FILE_PART_EMPTY")
    if not 0 <= part < MAX_PARTS or len(data) > MAX_PART:
        raise Fault("FILE_PART_INVALID")
    try:
        await _save(app, me, file_id, part, data, -1, ip)
    except Unfit:
        raise Fault("FILE_PART_INVALID") from None


_BIG_FAULTS = {
    "invalid": "FILE_PART_INVALID",
    "size": "FILE_PART_SIZE_INVALID",
    "changed": "FILE_PART_SIZE_CHANGED",
}


async def save_big_part(
    app: App,
    me: Actor,
    file_id: int,
    part: int,
    total: int,
    data: bytes,
    *,
    ip: str | None = None,
) -> None:
    """One part of a file of ``total`` parts (-1: not known yet, told with the last part).

    Raises FILE_PARTS_INVALID, FILE_PART_EMPTY, FILE_PART_INVALID, FILE_PART_TOO_BIG,
    FILE_PART_TOO_SMALL, FILE_PART_SIZE_INVALID, FILE_PART_SIZE_CHANGED and what
    :func:`storage.admit` and :func:`unused.admit` raise.
    """
    if total != -1 and not 1 <= total <= MAX_PARTS:
        raise Fault("FILE_PARTS_INVALID")
    if not data:
        raise Fault("FILE_PART_EMPTY")
    if not 0 <= part < (MAX_PARTS if total == -1 else total):
        raise Fault("FILE_PART_INVALID")
    if len(data) > MAX_PART:
        raise Fault("FILE_PART_TOO_BIG")
    if part < total - 1:
        if len(data) < SMALL_PART:
            raise Fault("FILE_PART_TOO_SMALL")
        if len(data) % SMALL_PART or MAX_PART % len(data):
            raise Fault("FILE_PART_SIZE_INVALID")
        if (total - 1) * len(data) >= app.config.storage.upload_bytes + MAX_PART:
            raise Fault("FILE_PARTS_INVALID")
    try:
        await _save(app, me, file_id, part, data, total, ip)
    except Unfit as unfit:
        raise Fault(_BIG_FAULTS[unfit.name]) from None


async def _save(
    app: App, me: Actor, file_id: int, part: int, data: bytes, total: int, ip: str | None
) -> None:
    parts = app.parts[storage.STORAGE].parts
    upload = await parts.upload(me.id, file_id)
    if upload.received + len(data) > app.config.storage.upload_bytes:
        raise Fault("FILE_PARTS_INVALID" if total != -1 else "FILE_PART_INVALID")
    await storage.admit(app, me.id, len(data))
    await unused.admit(app, me.id, upload, ip)
    try:
        await parts.add(upload, part, data, total)
    except OSError as error:
        app.log.warning("media.spool_failed", reason=str(error))
        raise Fault("STORAGE_FULL") from None


async def whole(app: App, upload: Upload, file: FileRef) -> Whole:
    """The finished file; the caller holds ``alone`` of the upload.

    Raises FILE_PARTS_INVALID, FILE_PART_X_MISSING, MD5_CHECKSUM_INVALID.
    """
    if not 1 <= file.parts <= MAX_PARTS:
        raise Fault("FILE_PARTS_INVALID")
    try:
        parts = app.parts[storage.STORAGE].parts
        joined = await parts.whole(upload, file.parts, bool(file.md5))
    except Missing as missing:
        raise Fault("FILE_PART_X_MISSING", missing.part) from None
    except Unfit:
        raise Fault("FILE_PARTS_INVALID") from None
    if file.md5 and joined.md5.hex() != file.md5.lower():
        raise Fault("MD5_CHECKSUM_INVALID")
    return joined
