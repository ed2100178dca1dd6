"""``/newsletter/list/<token>``: where a channel's owner takes addresses out and brings them in."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse

from petitbleu.catalogues import Catalogue
from petitbleu.domain.publishing.newsletter import service
from petitbleu.domain.publishing.newsletter.service import Brought, NotYours, Opened, WrongPassword
from petitbleu.errors import Fault
from petitbleu.web import forms
from petitbleu.web.public.door import PublicPages

TEXTS = Catalogue("readers", "newsletter_list")
LIST_BYTES = 64 << 20
"""Of a file; what is more than a part of it lies on disk, not in memory."""
_FIELD_BYTES = 4096
_CHUNK = 64 << 10
_LINE = 4096


class ListPages:
    """The handlers, for one instance."""

    __slots__ = ("_door",)

    def __init__(self, door: PublicPages) -> None:
        self._door = door

    async def page(self, request: Request) -> Response:
        """The forms; what was sent with one of them is done."""
        app = self._door.app
        try:
            opened = await service.open_link(app, str(request.path_params["token"]))
        except NotYours:
            n = TEXTS[self._door.pages.language(request)]
            return self._safe(
                self._door.html(request, "newsletter_over.html", status=404, n=n, key="over")
            )
        if request.method != "POST":
            return self._html(request, opened)
        try:
            return await self._act(request, opened)
        except WrongPassword as wrong:
            return self._html(request, opened, 403, problem=wrong.key)
        except forms.TooLong:
            return self._html(request, opened, 413, problem="too_long")
        except (ClientDisconnect, MultiPartException, LookupError):
            return Response(status_code=400)
        except Fault as fault:
            seconds = fault.value or 60
            answer = self._html(
                request, opened, 429, problem="too_many", minutes=(seconds + 59) // 60
            )
            answer.headers["retry-after"] = str(seconds)
            return answer

    def _html(
        self,
        request: Request,
        opened: Opened,
        status: int = 200,
        *,
        problem: str = "",
        minutes: int = 0,
        brought: Brought | None = None,
    ) -> Response:
        n = TEXTS[self._door.pages.language(request)]
        return self._safe(
            self._door.html(
                request, "newsletter_list.html", status=status, n=n, opened=opened,
                problem=problem, minutes=minutes, brought=brought,
            )
        )  # fmt: skip

    def _safe(self, page: Response) -> Response:
        page.headers["cache-control"] = "no-store"
        page.headers["referrer-policy"] = "no-referrer"
        page.headers["x-robots-tag"] = "noindex"
        return page

    async def _act(self, request: Request, opened: Opened) -> Response:
        """Raises WrongPassword, TooLong, FLOOD_WAIT_X, MultiPartException, ClientDisconnect."""
        app = self._door.app
        if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
            typed = await forms.fields(request, _FIELD_BYTES)
            lines = await service.export(app, opened, typed.get("password", ""))
            return StreamingResponse(
                lines,
                media_type="text/csv; charset=utf-8",
                headers={
                    "content-disposition": f'attachment; filename="{opened.page.name}.csv"',
                    "cache-control": "no-store",
                },
            )
        parser = MultiPartParser(
            request.headers, _bounded(request), max_files=1, max_fields=5,
            max_part_size=_FIELD_BYTES,
        )  # fmt: skip
        form = await parser.parse()
        try:
            await service.check_password(app, opened.account, str(form.get("password") or ""))
            file: Any = form.get("file")
            if not isinstance(file, UploadFile) or not file.size:
                return self._html(request, opened, 422, problem="no_file")
            lang = self._door.pages.language(request)
            brought = await service.bring_in(app, opened, _lines(file), lang=lang)
        finally:
            await form.close()
        return self._html(request, opened, brought=brought)


async def _bounded(request: Request) -> AsyncGenerator[bytes, None]:
    """The body, up to the most that a list may have. Raises TooLong."""
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > LIST_BYTES:
            raise forms.TooLong
        yield chunk


async def _lines(file: UploadFile) -> AsyncIterator[bytes]:
    """The lines of a file; of one that has no end only its beginning is held."""
    rest = b""
    while chunk := await file.read(_CHUNK):
        *lines, rest = (rest + chunk).replace(b"\r", b"\n").split(b"\n")
        rest = rest[:_LINE]
        for line in lines:
            yield line
    if rest:
        yield rest
