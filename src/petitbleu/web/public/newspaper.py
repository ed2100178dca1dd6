"""What a newspaper has beside its posts: sections, the masthead page, proof of its domain."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from petitbleu.domain.publishing.pages import service
from petitbleu.domain.publishing.pages.service import Listing, Page, Where
from petitbleu.errors import Fault
from petitbleu.folding import fold
from petitbleu.web.public import presenter, sharing, sites
from petitbleu.web.public.channels import blocked, tag_in, tag_path
from petitbleu.web.public.door import PublicPages, number, of_channel
from petitbleu.web.public.presenter import Look


class NewspaperPages:
    """The handlers, for one instance."""

    __slots__ = ("_door",)

    def __init__(self, door: PublicPages) -> None:
        self._door = door

    @of_channel
    async def section(self, request: Request, page: Page, at: Where) -> Response:
        """``/s/<name>/section/<tag>``: the headlines of a section, the newest first."""
        door, tag = self._door, fold(tag_in(request))
        held = service.held_back(at)
        if held is not None:
            return await blocked(door, request, page, held)
        sections = page.identity.sections
        found = next((one for one in sections if fold(one.tag) == tag), None)
        before = number(request.query_params.get("before", ""))
        if found is None or before is None:
            return door.missing(request, page)

        async def make() -> Response:
            try:
                listing = await service.tagged(door.app, at, found.tag, before)
            except Fault:
                listing = Listing([])
            w = door.writer(request)
            shown = Look(door, page, w, await presenter.names(door))
            return await door.page(
                request,
                "public_section.html",
                channel=page,
                section=found,
                posts=await shown.views(at, listing.posts),
                listing=listing,
                before=before,
                path=f"/s/{page.name}/section/{request.path_params['tag']}",
                feed=tag_path(page, found.tag) + "/feed.atom",
            )

        return await door.kept(request, page, at, make, ready=True)

    @of_channel
    async def about(self, request: Request, page: Page, at: Where) -> Response:
        """``/s/<name>/about``: who makes it, its address, and who answers for it."""
        door, identity = self._door, page.identity
        held = service.held_back(at)
        if held is not None:
            return await blocked(door, request, page, held)
        if not (identity.about or identity.imprint):
            return door.missing(request, page)

        async def make() -> Response:
            picture = sharing.face(page, (), door.file_url("", page))
            paragraphs = [part.split("\n") for part in identity.about.split("\n\n") if part]
            return await door.page(
                request,
                "public_about.html",
                channel=page,
                paragraphs=paragraphs,
                imprint=identity.imprint.split("\n") if identity.imprint else (),
                picture=picture,
            )

        return await door.kept(request, page, at, make, ready=True)

    async def proof(self, request: Request) -> Response:
        """``/.well-known/petitbleu-<token>``: on a verified domain alone. One that is only pointed
        here proves nothing."""
        site = sites.site_of(request.scope)
        claim = await service.claim(self._door.app, site.channel) if site is not None else None
        if claim is None or not claim.verified or not claim.file.endswith(request.url.path):
            return await self._door.nothing(request)
        return PlainTextResponse(claim.value + "\n", headers={"cache-control": "no-cache"})
