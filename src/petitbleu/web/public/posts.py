"""The page of one post, and what stands where one is gone or withheld."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from petitbleu.domain.publishing.pages import service, views
from petitbleu.domain.publishing.pages.service import Page, Where
from petitbleu.web.public import audience, front, presenter, sharing
from petitbleu.web.public.channels import blocked, gone
from petitbleu.web.public.comment_texts import TEXTS as COMMENT_TEXTS
from petitbleu.web.public.comments_view import TalkPages
from petitbleu.web.public.door import PublicPages, number, of_post
from petitbleu.web.public.presenter import Look, View

MIN_WIDTH = 220
"""Pixels: a framed post is never made narrower."""


class PostPages:
    """The handlers, for one instance."""

    __slots__ = ("_door", "_talk")

    def __init__(self, door: PublicPages, talk: TalkPages) -> None:
        self._door = door
        self._talk = talk

    @of_post
    async def post(self, request: Request, page: Page, at: Where, id: int) -> Response:
        """``/<name>/<id>``"""
        door = self._door
        if "comment" in request.query_params:
            return await self._talk.one(request, page, at, id)

        async def make() -> Response:
            return await self._page(request, page, at, id)

        looked = audience.of_page(door.app, page.chat.id, id)
        return await self._talk.kept(request, page, at, id, make, looked)

    async def elsewhere(self, request: Request) -> Response:
        """``/s/<name>/<id>``: where people look for a post who know the page of its channel."""
        name, id = request.path_params["name"], request.path_params["id"]
        query = f"?{request.url.query}" if request.url.query else ""
        headers = {"cache-control": "public, max-age=3600"}
        return RedirectResponse(f"/{quote(str(name))}/{id}{query}", 301, headers)

    async def _page(self, request: Request, page: Page, at: Where, id: int) -> Response:
        door = self._door
        held = at.withheld(id)
        if held is not None:
            return await blocked(door, request, page, held)
        group = await service.with_album(door.app, at, id)
        if not group:
            return await self._gone(request, page, at, id)
        w = door.writer(request)
        shown = Look(door, page, w, await presenter.names(door))
        (view,) = await shown.views(at, [group])
        if view.withheld is not None:
            return await blocked(door, request, page, view.withheld)
        local = w.at(view.post.date)
        base, avatar = door.url("", page), views.avatar(page.chat.photo)
        picture = sharing.picture(view, w)
        if request.query_params.get("embed") == "1":
            return self._embedded(request, page, view)
        beside = await service.neighbours(door.app, at, group)
        previous, following = [
            (await shown.mentions(at, [one]))[0] if one else None for one in beside
        ]
        tags = [tag[1:] for tag, _ in view.tags]
        related = await service.related(door.app, at, group, tags)
        looked = await shown.views(at, related) if page.is_newspaper else []
        return await door.page(
            request,
            "public_post.html",
            channel=page,
            avatar=avatar,
            view=view,
            kicker=front.section_of(view, page.identity.sections),
            previous=previous,
            following=following,
            related=await shown.mentions(at, related),
            faces={one.post.id: one.picture for one in looked if one.picture},
            picture=picture,
            videos=sharing.videos(view),
            shares=sharing.row(sharing.post(view, page, picture), page, w, door.client(page)),
            share_url=view.url,
            folded=False,
            data=sharing.linked_data(
                view, page, w, picture, base, sharing.face(page, avatar, door.file_url("", page))
            ),
            code=sharing.embed_code(view, base, page) if page.switches.frames else "",
            talk=await self._talk.under(page, at, group[0].id, shown),
            after=0,
            c=COMMENT_TEXTS[door.pages.language(request)],
            versions=page.switches.history
            and not view.post.sensitive
            and bool(await service.versions.of_post(door.app, at.chat.id, group)),
            archive=f"/s/{page.name}/{local.year}/{local.month:02}",
        )

    def _embedded(self, request: Request, page: Page, view: View) -> Response:
        """``?embed=1``: the post alone, for a frame on the sites the owner allows; with ``width=``
        (pixels) no wider than that, however wide the frame is."""
        avatar = views.avatar(page.chat.photo)
        width = number(request.query_params.get("width", "")) or 0
        style = page.identity.css
        style += f".embed main {{ max-width: {width}px }}" if width >= MIN_WIDTH else ""
        answer = self._door.html(
            request, "public_embed.html", channel=page, view=view, avatar=avatar, style=style
        )
        frames = " ".join(page.switches.frames) or "'none'"
        answer.headers["content-security-policy"] = self._door.policy(frames, style)
        return answer

    async def _gone(self, request: Request, page: Page, at: Where, id: int) -> Response:
        """410 for what was there, with who took it away; 404 for what never was."""
        door = self._door
        why = await service.gone(door.app, at, id)
        if why is False:
            return door.missing(request, page)
        t = door.writer(request).t
        return await gone(
            door,
            request,
            None if why is True else why,
            heading=t["gone_title"],
            otherwise=t["gone_author"],
            of=page,
            back=(page.home, t["back"].format(page.title)),
        )
