"""Files of the page: parts up, files down. Bytes never travel in JSON.

A part is a PUT, which may be repeated and come in any order; what has come is asked for after a
reload. A file is a GET with ranges; whether the person of the cookie may have it is asked each
time. Nothing that somebody sent is ever rendered as a page of ours: it is an attachment, sandboxed,
and of a kind that only pictures, sounds and videos have; anything else is bytes.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import AsyncIterator
from typing import NamedTuple
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from petitbleu import ids
from petitbleu.app import Actor, App
from petitbleu.appdoor.door import Door
from petitbleu.appdoor.requests import Refused, answer, body, origin_of, recognise
from petitbleu.blobs.api import MAX_PART
from petitbleu.domain.files.media import closed, files, storage, uploads
from petitbleu.domain.files.media.queries import FileRow
from petitbleu.domain.files.media.rpc_files import peer_photo
from petitbleu.domain.messaging.file_references import service as references
from petitbleu.errors import Fault
from petitbleu.metrics import counter
from petitbleu.rpc import frozen, limits
from petitbleu.rpc.registry import METHODS

PARTS = counter("app_upload_parts_total", "Parts that pages sent, by outcome", "outcome")
RESUMED = counter("app_uploads_resumed_total", "Uploads that a page asked to go on with")
STEP = 256 << 10
"""Bytes of a file that are read at once."""
_HEAD = 32
_ID = re.compile(r"-?[0-9]{1,19}")
_LABEL = re.compile(r"-|[a-z]")
_PEER = re.compile(r"([ugc])([0-9]{1,18})")
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
_PEERS = {"u": ids.peer_of_user, "g": ids.peer_of_chat, "c": ids.peer_of_channel}
_MOST = 1 << 63
BYTES = "application/octet-stream"
HEADERS = {
    # The browser asks each time: a file outlives neither the session nor what withholds it.
    "cache-control": "private, no-cache",
    "content-security-policy": "sandbox; default-src 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "accept-ranges": "bytes",
}
_STATUS = {"FILE_REFERENCE_EXPIRED": 410, "LOCATION_INVALID": 404, "STORAGE_FULL": 507}


class Asker(NamedTuple):
    """Whose files these are to be."""

    user_id: int
    ip: str
    me: Actor


async def asker_of(door: Door, request: Request, method: str) -> Asker:
    """The person of the cookie, who may call ``method`` now."""
    browser = await recognise(door, request)
    if browser.account is None:
        raise Refused(401, "NOT_SIGNED_IN", reason="open")
    app, now, ip = door.app, door.app.clock.now(), origin_of(request).ip
    asker = Asker(browser.account, ip, Actor(browser.account, auth=browser.auth))
    try:
        frozen.judge(app, browser.account, METHODS[method], now)
        if not limits.lifted(app, ip):
            app.parts[limits.LIMITS].check("web_file", asker, now)
    except Fault as fault:
        raise _refused(fault) from None
    return asker


def _refused(fault: Fault) -> Refused:
    if fault.code == 420:
        return Refused(429, fault.message, seconds=fault.value or 0)
    return Refused(_STATUS.get(fault.name, fault.code), fault.message)


def _number(request: Request, name: str) -> int:
    text = request.path_params[name]
    if not _ID.fullmatch(text) or not -_MOST <= int(text) < _MOST:
        raise Refused(400, "FILE_ID_INVALID")
    return int(text)


# ── up ──────────────────────────────────────────────────────────────────────────────────────────


async def put(door: Door, request: Request) -> Response:
    """``PUT /app/up/ID/PART?total=N``: one part. It may be sent again."""
    asker = await asker_of(door, request, "upload.saveBigFilePart")
    file, part = _number(request, "id"), _number(request, "part")
    total = request.query_params.get("total", "")
    if not (total.isascii() and total.isdigit() and len(total) < 6):
        raise Refused(400, "FILE_PARTS_INVALID")
    data = await body(request, MAX_PART)
    try:
        await uploads.save_big_part(door.app, asker.me, file, part, int(total), data, ip=asker.ip)
    except Fault as fault:
        PARTS.add("refused")
        raise _refused(fault) from None
    PARTS.add("taken")
    return answer({"ok": True})


async def status(door: Door, request: Request) -> Response:
    """``GET /app/up/ID``: which parts have come."""
    asker = await asker_of(door, request, "upload.saveBigFilePart")
    parts = door.app.parts[storage.STORAGE].parts
    upload = await parts.upload(asker.user_id, _number(request, "id"))
    if upload.received:
        RESUMED.add()
    return answer(
        {"size": upload.part_size, "total": upload.total, "got": _bits(await parts.got(upload))}
    )


def _bits(came: bytes) -> str:
    """A byte for each part -> a bit for each, the lowest first, as base64."""
    packed = bytearray((len(came) + 7) // 8)
    for part, has_come in enumerate(came):
        if has_come:
            packed[part // 8] |= 1 << part % 8
    return base64.b64encode(packed).decode("ascii")


# ── down ────────────────────────────────────────────────────────────────────────────────────────


async def get(door: Door, request: Request) -> Response:
    """``GET /app/f/ID/LABEL?r=REFERENCE``: a photo's size, a document (``-``) or its preview."""
    asker = await asker_of(door, request, "upload.getFile")
    media, label = _number(request, "id"), request.path_params["label"]
    if not _LABEL.fullmatch(label):
        raise Refused(404, "LOCATION_INVALID")
    reference, app = _reference(request.query_params.get("r", "")), door.app
    try:
        row = await files.locate(app, media, "" if label == "-" else label, None)
        await references.check(app, asker.me, reference, media)
    except Fault as fault:
        if fault.name == "FILE_REFERENCE_EXPIRED" and await closed.is_closed(
            app, asker.user_id, media
        ):
            raise Refused(451, "WITHHELD") from None
        raise _refused(fault) from None
    told = await files.mime_of(app, media) if label == "-" and row.kind else ""
    return await _file(app, request, row, told)


async def peer(door: Door, request: Request) -> Response:
    """``GET /app/f/p/PEER/PHOTO/a|c``: the picture of a person or chat, small or large."""
    asker = await asker_of(door, request, "upload.getFile")
    found, size = _PEER.fullmatch(request.path_params["peer"]), request.path_params["size"]
    if not found or size not in ("a", "c"):
        raise Refused(404, "LOCATION_INVALID")
    number, photo = _PEERS[found[1]](int(found[2])), _number(request, "photo")
    try:
        row = await peer_photo(door.app, asker.me, number, photo, big=size == "c")
    except Fault as fault:
        raise _refused(fault) from None
    return await _file(door.app, request, row, "")


def _reference(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text[:200] + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise Refused(400, "FILE_REFERENCE_INVALID") from None


_MARKS = (
    ("image/jpeg", 0, b"\xff\xd8\xff"),
    ("image/png", 0, b"\x89PNG\r\n\x1a\n"),
    ("image/gif", 0, b"GIF8"),
    ("image/webp", 8, b"WEBP"),
    ("image/avif", 4, b"ftypavif"),
    ("image/avif", 4, b"ftypavis"),
    ("video/mp4", 4, b"ftyp"),
    ("audio/mp4", 4, b"ftyp"),
    ("audio/x-m4a", 4, b"ftyp"),
    ("video/webm", 0, b"\x1aE\xdf\xa3"),
    ("audio/webm", 0, b"\x1aE\xdf\xa3"),
    ("audio/ogg", 0, b"OggS"),
    ("video/ogg", 0, b"OggS"),
    ("audio/mpeg", 0, b"ID3"),
    ("audio/mpeg", 0, b"\xff\xfb"),
    ("audio/mpeg", 0, b"\xff\xf3"),
    ("audio/mpeg", 0, b"\xff\xf2"),
)
"""Kinds that are told as they are, where the file begins as such a file does: kind, place, mark."""


def kind_of(told: str, head: bytes) -> str:
    """The Content-Type of a file that is said to be ``told`` (empty: a picture, by its first
    bytes). What is no picture, sound or video, or lies, is bytes."""
    told = told.partition(";")[0].strip().lower()
    for kind, at, mark in _MARKS:
        if head[at : at + len(mark)] == mark and kind == (told or kind):
            return kind
    return BYTES


_DROPPED = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
"""Categories of characters that hide or turn round what a name says."""


def clean_name(name: str) -> str:
    """A file's name that says what it is: no control or direction marks, no folders."""
    kept = "".join(one for one in name if unicodedata.category(one) not in _DROPPED)
    return re.sub(r'[\\/:*?"<>|]', "_", kept).strip(" .")[:180] or "file"


class Part(NamedTuple):
    """The bytes that are asked for."""

    start: int
    length: int


def range_of(header: str, size: int) -> Part | None:
    """One range of a file of ``size`` bytes; None: all of it. Raises Refused with 416."""
    found = _RANGE.fullmatch(header.strip())
    if not found or not (found[1] or found[2]):
        return None  # several ranges, or another unit: as if none were asked for (RFC 9110 §14.2)
    if not found[1]:
        length = min(int(found[2]), size)
        start = size - length
    else:
        start = int(found[1])
        length = min(int(found[2]) if found[2] else size - 1, size - 1) - start + 1
    if length <= 0 or start >= size:
        raise Refused(416, "RANGE", size=size)
    return Part(start, length)


async def _file(app: App, request: Request, row: FileRow, told: str) -> Response:
    etag = f'"{row.sha.hex()[:32]}"'
    name = quote(clean_name(request.query_params.get("n", "")[:400]))
    headers = HEADERS | {
        "etag": etag,
        "content-disposition": f"attachment; filename*=UTF-8''{name}",
    }
    if request.headers.get("if-none-match", "") == etag:
        return Response(status_code=304, headers=headers)
    headers["content-type"] = kind_of(told, await files.read(app, row, 0, _HEAD))
    wanted = request.headers.get("range", "")
    if request.headers.get("if-range", etag) != etag:
        wanted = ""
    part = range_of(wanted, row.size) if wanted else None
    start, length = part or Part(0, row.size)
    headers["content-length"] = str(length)
    if part is not None:
        headers["content-range"] = f"bytes {start}-{start + length - 1}/{row.size}"
    code = 200 if part is None else 206
    if request.method == "HEAD":
        return Response(status_code=code, headers=headers)
    return StreamingResponse(_pieces(app, row, start, length), code, headers)


async def _pieces(app: App, row: FileRow, start: int, length: int) -> AsyncIterator[bytes]:
    end = start + length
    while start < end:
        data = await files.read(app, row, start, min(STEP, end - start))
        if not data:
            return
        start += len(data)
        yield data
