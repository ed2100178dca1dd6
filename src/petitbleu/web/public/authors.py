"""The page of who is named in bylines of a channel: everything they signed there."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from petitbleu.domain.publishing.pages import service, views
from petitbleu.domain.publishing.pages.service import Author, Page, Where
from petitbleu.web.public import presenter, sharing
from petitbleu.web.public.channels import blocked, gone
from petitbleu.web.public.door import PublicPages, number, of_channel
from petitbleu.web.public.presenter import Look

SLUG_MAX = 100


class AuthorPages:
    """The handlers, for one instance."""

    __slots__ = ("_door",)

    def __init__(self, door: PublicPages) -> None:
        self._door = door

    @of_channel
    async def page(self, request: Request, page: Page, at: Where) -> Response:
        """``/s/<name>/author/<slug>``: 410 once the agreement does not hold any more."""
        door, slug = self._door, str(request.path_params["slug"])
        held = service.held_back(at)
        if held is not None:
            return await blocked(door, request, page, held)
        before = number(request.query_params.get("before", ""))
        author = next((one for one in at.authors if one.slug == slug), None)
        known = author is not None or len(slug) > SLUG_MAX
        if not known and await service.authors.is_gone(door.app, at.chat.id, slug):
            return await self._gone(request, page)
        if author is None or before is None:
            return door.missing(request, page)

        async def make() -> Response:
            return await self._page(request, page, at, author, before)

        return await door.kept(request, page, at, make, ready=True)

    async def _page(
        self, request: Request, page: Page, at: Where, author: Author, before: int
    ) -> Response:
        door = self._door
        w, base = door.writer(request), door.url("", page)
        listing = await service.signed(door.app, at, author, before)
        shown = Look(door, page, w, await presenter.names(door))
        path = f"/s/{page.name}/author/{author.slug}"
        sizes = views.avatar(await service.authors.picture(door.app, author))
        folder = f"/m/{page.name}/author/{author.slug}"
        image = door.file_url(f"{folder}/{sizes[-1][0]}", page) if sizes else ""
        return await door.page(
            request,
            "public_author.html",
            channel=page,
            author=author,
            path=path,
            face=f"{door.media}{folder}/{sizes[0][0]}" if sizes else "",
            side=sizes[0][1] if sizes else 0,
            image=image,
            posts=await shown.views(at, listing.posts),
            listing=listing,
            before=before,
            data=sharing.author_data(author, page, base + path, base, image),
        )

    async def _gone(self, request: Request, page: Page) -> Response:
        t = self._door.writer(request).t
        return await gone(
            self._door,
            request,
            None,
            heading=t["author_gone_title"],
            otherwise=t["author_gone"],
            of=page,
            back=(page.home, t["back"].format(page.title)),
        )
