"""``/preview/…``: a post before it is published, as it will look, for whoever was sent the link.

Made for each request, never kept: no cache, no search engine, no address in a Referer. A link that
is over, taken back or wrong is answered like one that never was.
"""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from petitbleu.domain.publishing.pages import views
from petitbleu.domain.publishing.review import service as review
from petitbleu.domain.publishing.review.service import Published, Shown
from petitbleu.web.public import presenter
from petitbleu.web.public.door import PLAIN, PublicPages
from petitbleu.web.public.files import FilePages
from petitbleu.web.public.presenter import Look

_HEADERS = {
    "cache-control": "no-store",
    "x-robots-tag": "noindex, nofollow, noarchive",
    "referrer-policy": "no-referrer",
}


class PostPreviews:
    """The handlers, for one instance."""

    __slots__ = ("_door", "_files")

    def __init__(self, door: PublicPages, files: FilePages) -> None:
        self._door = door
        self._files = files

    async def page(self, request: Request) -> Response:
        """``/preview/<token>``; on to the article once it is published."""
        door = self._door
        request = door.request(request, PLAIN)
        opened = await self._open(request)
        if isinstance(opened, Published):
            return RedirectResponse(opened.path, 302, _HEADERS)
        if opened is None:
            missing = door.html(request, "public_missing.html", status=404, channel=None, near=())
            missing.headers.update(_HEADERS)
            return missing
        page, at, rows, due, is_edit, described = opened
        w = door.writer(request)
        token = quote(str(request.path_params["token"]), safe="")
        shown = Look(
            door, page, w, await presenter.names(door), folder=f"/m/preview/{token}"
        )  # fmt: skip
        (post,) = await views.posts(door.app, [rows], described)
        view = shown.view(post, at)
        view = view._replace(url=door.url(page.home, page))  # it has no address of its own yet
        answer = await door.page(
            request, "public_preview.html", channel=page, view=view, due=due, is_edit=is_edit,
            avatar=views.avatar(page.chat.photo),
        )  # fmt: skip
        answer.headers.update(_HEADERS)
        return answer

    async def file(self, request: Request) -> Response:
        """``/m/preview/<token>/<id>/<label>``: what such a post carries."""
        door = self._door
        busy = door.busy(request, "file")
        if busy is not None:
            return busy
        opened = await self._open(request)
        id = request.path_params["id"]
        row = None
        if isinstance(opened, Shown):
            row = next((one for one in opened.post if one.id == id), None)
        if not isinstance(opened, Shown) or row is None:
            text = door.writer(request).t["missing_title"]
            return PlainTextResponse(text + "\n", 404, _HEADERS)
        stored = await views.carried(door.app, row)
        answer = await self._files.unpublished(request, opened.page, opened.at, stored)
        answer.headers.update(_HEADERS)
        return answer

    async def _open(self, request: Request) -> Shown | Published | None:
        token = str(request.path_params["token"])[:100]
        return await review.open_link(self._door.app, token, self._door.country(request))
