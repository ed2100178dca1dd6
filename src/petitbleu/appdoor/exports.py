"""``GET /app/f/export/ID``: the copy of somebody's own data, to their own session alone.

It may be opened from outside the page (another client shows its address), so the rule is another
than for what the page fetches: nothing is answered to a request that another site makes, and none
of those carries the cookie. Whoever it does not belong to reads why, in words.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from petitbleu.appdoor.door import Door
from petitbleu.appdoor.files import HEADERS, STEP, asker_of, range_of
from petitbleu.appdoor.requests import Refused, answer
from petitbleu.blobs.threads import in_thread
from petitbleu.domain.transfer.exports import own, texts

NAME = "data.zip"
_ID = re.compile(r"[0-9]{1,19}")
_SITES = {"same-origin", "none"}
_CLOSED = {"cache-control": "no-store", "referrer-policy": "no-referrer"}


async def get(door: Door, request: Request) -> Response:
    """The file, in ranges too; else 403 or 404 with a sentence, 429."""
    try:
        id = _number(request)
        asker = await asker_of(door, request, "petitbleu.getExport")
        row = await own.load(door.app, asker.user_id)
    except Refused as refused:
        if refused.status == 429:
            return answer({"error": refused.error}, 429)
        return _refusal(door, request, 403)
    if row is None or row.id != id or row.state != own.READY:
        return _refusal(door, request, 404)
    try:
        return _file(request, own.file_of(door.app, id), row.size)
    except Refused as refused:
        return answer({"error": refused.error}, refused.status)


def _number(request: Request) -> int:
    sites = request.headers.getlist("sec-fetch-site")
    if len(sites) > 1 or not _SITES.issuperset(sites) or request.headers.get("origin"):
        raise Refused(403, "SITE")
    text = request.path_params["id"]
    if not _ID.fullmatch(text):
        raise Refused(404, "LOCATION_INVALID")
    return int(text)


def _refusal(door: Door, request: Request, status: int) -> Response:
    wishes = re.findall(r"[a-zA-Z]{2}", request.headers.get("accept-language", "")[:100])
    said = texts.refusal(*wishes, *door.app.config.languages)
    return PlainTextResponse(said + "\n", status, _CLOSED)


def _file(request: Request, path: Path, size: int) -> Response:
    wanted = request.headers.get("range", "")
    etag = f'"{path.stem}"'
    if request.headers.get("if-range", etag) != etag:
        wanted = ""
    part = range_of(wanted, size) if wanted else None
    start, length = part or (0, size)
    headers = HEADERS | {
        "etag": etag,
        "content-type": "application/zip",
        "content-disposition": f'attachment; filename="{NAME}"',
        "content-length": str(length),
    }
    if part is not None:
        headers["content-range"] = f"bytes {start}-{start + length - 1}/{size}"
    return StreamingResponse(_pieces(path, start, length), 206 if part else 200, headers)


async def _pieces(path: Path, start: int, length: int) -> AsyncIterator[bytes]:
    """A piece at a time. A file that is deleted meanwhile is cut short."""
    end = start + length
    while start < end:
        data = await in_thread(_read, path, start, min(STEP, end - start))
        if not data:
            return
        start += len(data)
        yield data


def _read(path: Path, start: int, length: int) -> bytes:
    try:
        with path.open("rb") as file:
            file.seek(start)
            return file.read(length)
    except FileNotFoundError:
        return b""
