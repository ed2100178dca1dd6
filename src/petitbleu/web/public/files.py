"""``/m/…``: pictures and files of public posts, from this host, with ranges (RFC 9110 §14).

A file is served for the post that shows it, and only while that post is shown to the reader: what
is deleted, removed or withheld takes its files along. Whatever is in a file, a browser that opens
its address runs nothing of it (``sandbox``, ``nosniff``; types that could are downloads).
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from petitbleu.domain.files.media import service as media
from petitbleu.domain.publishing.comments import service as comments
from petitbleu.domain.publishing.pages import service, views
from petitbleu.domain.publishing.pages.service import Page, Where
from petitbleu.domain.publishing.pages.views import File
from petitbleu.errors import Fault
from petitbleu.web.public import cache, image_variants, media_types
from petitbleu.web.public.door import HERE_ONLY, PublicPages, marked, number

_WHY = {404: "missing_title", 410: "gone_title", 451: "withheld_post"}
STEP = 1 << 18
_LIVE = "public, max-age=30, stale-if-error=900"
_POLICY = "default-src 'none'; style-src 'none'; sandbox; frame-ancestors 'self'"
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


class FilePages:
    """The handlers, for one instance."""

    __slots__ = ("_door",)

    def __init__(self, door: PublicPages) -> None:
        self._door = door

    async def of_post(self, request: Request) -> Response:
        """``/m/<name>/<id>/<label>``"""
        door = self._door
        busy = door.busy(request, "file")
        if busy is not None:
            return busy
        opened = await door.channel(request)
        if isinstance(opened, Response):
            return opened
        page, at = opened
        id = number(str(request.path_params["id"]))
        if not id or at.withheld(id) is not None:
            return self._nothing(request, 451 if id else 404)
        group = await service.with_album(door.app, at, id)
        row = next((one for one in group if one.id == id), None)
        if row is None:
            gone = await service.gone(door.app, at, id)
            return self._nothing(request, 404 if gone is False else 410)
        if at.held(group) is not None:
            return self._nothing(request, 451)
        label = str(request.path_params["label"])
        return await self._send(request, page, at, await views.carried(door.app, row), label)

    async def of_comment(self, request: Request) -> Response:
        """``/m/<name>/<id>/comment/<number>/<label>``: a picture that an editor agreed to."""
        door = self._door
        busy = door.busy(request, "file")
        if busy is not None:
            return busy
        opened = await door.channel(request)
        if isinstance(opened, Response):
            return opened
        page, at = opened
        post, comment = (number(str(request.path_params[key])) for key in ("id", "comment"))
        if not post or not comment:
            return self._nothing(request, 404)
        group = [] if at.withheld(post) else await service.with_album(door.app, at, post)
        if not group or at.held(group) is not None:
            return self._nothing(request, 451 if at.withheld(post) or group else 410)
        stored = await comments.picture_file(door.app, page, post, comment, at.country)
        if stored is None:
            return self._nothing(request, 404)
        # A measure on the discussion may hold in some countries alone: nobody between keeps it.
        answer = await self._send(request, page, at, stored, str(request.path_params["label"]))
        answer.headers["cache-control"] = HERE_ONLY
        return answer

    async def of_channel(self, request: Request) -> Response:
        """``/m/<name>/photo/<label>``"""
        busy = self._door.busy(request, "file")
        if busy is not None:
            return busy
        opened = await self._door.channel(request)
        if isinstance(opened, Response):
            return opened
        page, at = opened
        if service.held_back(at) is not None:
            return self._nothing(request, 451)
        label = str(request.path_params["label"])
        return await self._send(request, page, at, page.chat.photo, label)

    async def of_newspaper(self, request: Request) -> Response:
        """``/m/<name>/logo/<label>``"""
        busy = self._door.busy(request, "file")
        if busy is not None:
            return busy
        opened = await self._door.channel(request)
        if isinstance(opened, Response):
            return opened
        page, at = opened
        if service.held_back(at) is not None:
            return self._nothing(request, 451)
        label = str(request.path_params["label"])
        return await self._send(request, page, at, page.identity.logo or None, label)

    async def of_author(self, request: Request) -> Response:
        """``/m/<name>/author/<slug>/<label>``: while the author is named, and wants it shown."""
        door = self._door
        busy = door.busy(request, "file")
        if busy is not None:
            return busy
        opened = await door.channel(request)
        if isinstance(opened, Response):
            return opened
        page, at = opened
        if service.held_back(at) is not None:
            return self._nothing(request, 451)
        slug = str(request.path_params["slug"])
        author = next((one for one in at.authors if one.slug == slug), None)
        stored = await service.authors.picture(door.app, author) if author is not None else None
        if stored is None:
            return self._nothing(request, 404)
        return await self._send(request, page, at, stored, str(request.path_params["label"]))

    def _nothing(self, request: Request, status: int) -> Response:
        """For who followed a link to a file: one line. The page of the post says more."""
        text = self._door.writer(request).t[_WHY[status]]
        # Caches may keep these answers where nothing is said, for readers of other countries too.
        headers = {"cache-control": "no-cache", "vary": "accept-language"}
        return PlainTextResponse(text + "\n", status, headers)

    async def unpublished(
        self, request: Request, page: Page, at: Where, stored: bytes | None
    ) -> Response:
        """A file of a post that is not published yet: nobody between keeps it."""
        label = str(request.path_params["label"])
        answer = await self._send(request, page, at, stored, label)
        answer.headers["cache-control"] = "no-store"
        del answer.headers["etag"]
        return answer

    async def _send(
        self, request: Request, page: Page, at: Where, stored: bytes | None, label: str
    ) -> Response:
        suffix = image_variants.suffix(label)
        plain = label.removesuffix(suffix)
        try:
            file = await views.file(self._door.app, stored, plain)
        except Fault:
            file = None
        shown = media.media_id(stored) if stored is not None else 0
        if shown and await media.closed.is_closed_in(self._door.app, at.country, shown):
            return self._nothing(request, 451)
        if file is None or (suffix and file.mime != "image/jpeg"):
            return self._nothing(request, 404)
        variant = self._door.app.parts[image_variants.FORMS].ready(file, suffix) if suffix else None
        tag = f'"{file.row.sha.hex()[:32]}{variant.mime[5:] if variant else ""}"'
        headers = _headers(file) | marked(page)
        headers |= {
            "etag": tag,
            "cache-control": HERE_ONLY if at.divided or page.under else _LIVE,
        }
        if page.switches.robots == "noindex":
            headers["x-robots-tag"] = "noindex"
        if cache.matches(request.headers.get("if-none-match", ""), tag):
            return Response(status_code=304, headers=headers)
        if variant is not None:
            return Response(variant.body, headers=headers | {"content-type": variant.mime})
        wanted = request.headers.get("range", "")
        if request.headers.get("if-range", tag) != tag:
            wanted = ""
        size = int(file.row.size)
        span = _span(wanted, size)
        if span is None:
            return Response(status_code=416, headers=headers | {"content-range": f"bytes */{size}"})
        first, end = span
        status = 200
        if wanted and (first, end) != (0, size):
            status = 206
            headers["content-range"] = f"bytes {first}-{end - 1}/{size}"
        headers["content-length"] = str(end - first)
        if request.method == "HEAD":
            return Response(status_code=status, headers=headers)
        return StreamingResponse(self._pieces(file, first, end), status, headers)

    async def _pieces(self, file: File, first: int, end: int) -> AsyncIterator[bytes]:
        at = first
        while at < end:
            piece = await media.files.read(self._door.app, file.row, at, min(STEP, end - at))
            if not piece:
                return
            yield piece
            at += len(piece)


def _headers(file: File) -> dict[str, str]:
    kind = media_types.served(file.mime)
    headers = {
        "content-type": kind,
        "content-security-policy": _POLICY,
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "cross-origin",
        "accept-ranges": "bytes",
    }
    if not media_types.INLINE.fullmatch(kind):
        name = quote(file.name or "file", safe="")
        headers["content-disposition"] = f"attachment; filename*=UTF-8''{name}"
    return headers


def _span(wanted: str, size: int) -> tuple[int, int] | None:
    """The bytes of a Range header, end exclusive; the whole file where it names none or several;
    None where it lies outside."""
    match = _RANGE.fullmatch(wanted)
    if match is None or not (match[1] or match[2]):
        return 0, size
    if not match[1]:
        last = min(int(match[2]), size)
        return (size - last, size) if last else None
    first = int(match[1])
    end = min(int(match[2]) + 1, size) if match[2] else size
    return (first, end) if first < end else None
