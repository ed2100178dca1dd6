"""The page of one post, and what stands where one is gone or withheld."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from petitbleu.domain.pages import service
from petitbleu.domain.pages.service import Page, Where
from petitbleu.domain.references import service as references
from petitbleu.web.public import look
from petitbleu.web.public.channels import blocked, number
from petitbleu.web.public.door import Door
from petitbleu.web.public.look import Look


class PostPages:
    """The handlers, for one instance."""

    __slots__ = ("_door",)

    def __init__(self, door: Door) -> None:
        self._door = door

    async def post(self, request: Request) -> Response:
        """``/<name>/<id>``"""
        door, request = self._door, self._door.request(request)
        found = await door.channel(request)
        if isinstance(found, Response):
            return found
        page, at = found
        id = number(str(request.path_params["id"]))
        if not id:
            return door.missing(request, page)

        async def make() -> Response:
            return await self._page(request, page, at, id)

        return await door.kept(request, page, at, make)

    async def _page(self, request: Request, page: Page, at: Where, id: int) -> Response:
        door = self._door
        held = at.withheld(id)
        if held is not None:
            return blocked(door, request, page, held, post=held.id == id)
        group = await service.with_album(door.app, at, id)
        if not group:
            return await self._gone(request, page, at, id)
        w = door.writer(request)
        shown = Look(door, page, w, await look.names(door))
        (view,) = await shown.views(at, [group])
        if view.withheld is not None:
            return blocked(door, request, page, view.withheld, post=True)
        local = w.at(view.post.date)
        return door.html(
            request,
            "public_post.html",
            channel=page,
            view=view,
            beside=await service.neighbours(door.app, at, group),
            archive=f"/s/{page.name}/{local.year}/{local.month:02}",
        )

    async def _gone(self, request: Request, page: Page, at: Where, id: int) -> Response:
        """410 for what was there, with who took it away; 404 for what never was."""
        door = self._door
        why = await service.gone(door.app, at, id)
        if why is False:
            return door.missing(request, page)
        removal = None if why is True else why
        answer = door.html(
            request,
            "public_gone.html",
            status=410,
            channel=page,
            removal=removal,
            number=references.text(removal.number) if removal is not None else "",
        )
        answer.headers["cache-control"] = "no-cache"
        return answer
