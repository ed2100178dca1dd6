"""Comments as readers see them: under a post, on pages of their own if there are many, as a feed.

A comment's lasting address is ``/<name>/<id>?comment=<number>``, as clients write it too: it leads
to whichever page the comment stands on, or says why it is gone.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from petitbleu import ids
from petitbleu.domain.publishing.comments import service as comments
from petitbleu.domain.publishing.comments.service import Comment, Comments
from petitbleu.domain.publishing.pages import service
from petitbleu.domain.publishing.pages.service import Page, Where
from petitbleu.domain.publishing.pages.views import Rich
from petitbleu.web.public import feeds, presenter, richtext
from petitbleu.web.public.audience import Looked
from petitbleu.web.public.channels import blocked, gone
from petitbleu.web.public.comment_texts import TEXTS
from petitbleu.web.public.door import HERE_ONLY, LIVE, PublicPages, number, of_post
from petitbleu.web.public.feeds import Entry, Feed, Gone
from petitbleu.web.public.presenter import Look
from petitbleu.web.public.richtext import Scene

REL = "noopener nofollow ugc"
_TITLE = 70
WIDTH = 320
"""Pixels: a picture in a comment is shown no wider."""


class Shown(NamedTuple):
    """The picture of a comment, as large as it is shown, and the address of the whole."""

    src: str
    width: int
    height: int
    whole: str


class Said(NamedTuple):
    """A comment, ready for the template, with the answers to it that stand on the same page."""

    comment: Comment
    body: Markup
    path: str
    """Its lasting address."""
    url: str
    """The same with the origin, for the notice form."""
    answers: list[Said]
    picture: Shown | None
    to: str
    """Who is answered, where that does not stand right above; '' else, ``…``: on another page."""
    to_path: str


class Talk(NamedTuple):
    """A page of comments. ``after``: where the next one begins, 0: there is none."""

    said: list[Said]
    total: int
    after: int
    rule: comments.Rule


def build_comments_view(
    found: Comments, name: str, post: int, base: str, scene: Scene, media: str = ""
) -> Talk:
    """Comments in two levels: answers to answers stand below the first of them. ``media``: origin
    of pictures."""
    known = {one.id: one for one in found.list}
    roots: dict[int, int] = {}
    made: dict[int, Said] = {}
    top: list[Said] = []
    for comment in found.list:  # the oldest first: what is answered is known already
        root = roots[comment.id] = roots.get(comment.parent, comment.id)
        above = known.get(comment.parent)
        to = ""
        if comment.parent and above is None:
            to = "…"
        elif above is not None and comment.parent != root:
            to = above.author
        said = made[comment.id] = _said(comment, name, post, base, scene, to, media)
        (top if root == comment.id else made[root].answers).append(said)
    return Talk(top, found.total, found.after, found.rule)


def _picture(one: Comment, folder: str) -> Shown | None:
    if one.picture is None:
        return None
    sizes = one.picture.sizes
    label, width, height, _ = next((size for size in sizes if size[1] >= WIDTH), sizes[-1])
    shown = min(width, WIDTH)
    sides = shown, max(1, height * shown // max(1, width))
    return Shown(f"{folder}/{label}", *sides, f"{folder}/{sizes[-1][0]}")


def _said(one: Comment, name: str, post: int, base: str, scene: Scene, to: str, media: str) -> Said:
    path = f"/{name}/{post}"
    folder = f"{media}/m/{name}/{post}/comment/{one.id}"
    address = f"{path}?comment={one.id}"
    return Said(
        one,
        Markup(richtext.html(Rich(one.text, one.entities), scene)),  # noqa: S704  escaped there
        address,
        base + address,
        [],
        _picture(one, folder),
        to,
        f"{path}?comment={one.parent}",
    )


def _fed(one: Comment, folder: str, scene: Scene, c: Mapping[str, str]) -> str:
    """A comment in a feed: what its page shows of it."""
    said = Markup(richtext.html(Rich(one.text, one.entities), scene))  # noqa: S704  escaped there
    parts = [Markup('<p dir="auto">{}</p>').format(said)] if one.text else []
    shown = _picture(one, folder)
    if shown is not None:
        words = c["picture_by"].format(one.author or c["somebody"])
        image = Markup('<p><a href="{}"><img src="{}" width="{}" height="{}" alt="{}"></a></p>')
        parts.append(image.format(shown.whole, shown.src, shown.width, shown.height, words))
    if one.media:
        parts.append(Markup("<p>{}</p>").format(c["media"]))
    return str(Markup("").join(parts))


class TalkPages:
    """The handlers, for one instance."""

    __slots__ = ("_door",)

    def __init__(self, door: PublicPages) -> None:
        self._door = door

    async def under(self, page: Page, at: Where, post: int, shown_by: Look) -> Talk | None:
        """The first comments of a post; None where it can have none."""
        listing = await comments.of_post(self._door.app, page, post, at.country)
        return self._talk(listing, page, post, shown_by) if listing is not None else None

    def _talk(self, found: Comments, page: Page, post: int, shown_by: Look) -> Talk:
        scene = shown_by.scene()._replace(rel=REL)
        base = self._door.url("", page)
        return build_comments_view(found, page.name, post, base, scene, self._door.media)

    # ── a page of them ──────────────────────────────────────────────────────────────────────────

    @of_post
    async def page(self, request: Request, page: Page, at: Where, post: int) -> Response:
        """``/<name>/<id>/comments``, ``?after=``"""
        door = self._door
        after = number(request.query_params.get("after", ""))
        if after is None:
            return door.missing(request, page)

        async def make() -> Response:
            return await self._page(request, page, at, post, after)

        return await self.kept(request, page, at, post, make)

    async def kept(
        self,
        request: Request,
        page: Page,
        at: Where,
        post: int,
        make: Callable[[], Awaitable[Response]],
        looked: Looked | None = None,
    ) -> Response:
        """:meth:`Door.kept` of what shows a post with its discussion. That is a chat of its own:
        what is said there makes the page anew too."""
        others = await comments.version(self._door.app, page, post, at.country)
        divided = at.divided or others.divided
        return await self._door.kept_as(
            request,
            (at.version, page.looks, others.key),
            make,
            scope=f"{at.classes} {others.classes}" if divided else "",
            control=HERE_ONLY if divided or page.under else LIVE,
            of=page,
            ready=not divided,
            looked=looked,
        )

    async def _page(
        self, request: Request, page: Page, at: Where, post: int, after: int
    ) -> Response:
        door = self._door
        held = at.withheld(post)
        if held is not None:
            return await blocked(door, request, page, held)
        group = await service.with_album(door.app, at, post)
        listing = await comments.of_post(door.app, page, post, at.country, after=after)
        if not group or listing is None:
            return RedirectResponse(f"/{page.name}/{post}", 302)
        w = door.writer(request)
        shown_by = Look(door, page, w, await presenter.names(door))
        (view,) = await shown_by.views(at, [group])
        if view.withheld is not None:
            return await blocked(door, request, page, view.withheld)
        return door.html(
            request,
            "public_talk.html",
            channel=page,
            view=view,
            after=after,
            talk=self._talk(listing, page, post, shown_by),
            c=TEXTS[door.pages.language(request)],
        )

    # ── one ─────────────────────────────────────────────────────────────────────────────────────

    async def one(self, request: Request, page: Page, at: Where, post: int) -> Response:
        """``/<name>/<id>?comment=<number>``: to where it stands, or why it is gone."""
        door = self._door
        comment = number(request.query_params["comment"])
        held = at.withheld(post)
        if held is not None:
            return await blocked(door, request, page, held)
        if not comment:
            return door.missing(request, page)
        why = await comments.find(door.app, page, post, comment, at.country)
        if why is None:
            return await self._lead(request, page, at, post, comment)
        if why.withheld is not None:
            return await blocked(door, request, page, why.withheld, comment=True)
        c = TEXTS[door.pages.language(request)]
        return await gone(
            door,
            request,
            why.removal,
            heading=c["comment_gone"],
            otherwise=c["comment_missing"],
            back=(f"/{page.name}/{post}", c["to_post"]),
            status=404 if why.removal is None else 410,
        )

    async def _lead(
        self, request: Request, page: Page, at: Where, post: int, comment: int
    ) -> Response:
        first = await comments.of_post(self._door.app, page, post, at.country)
        on_post = first is not None and any(one.id == comment for one in first.list)
        path = f"/{page.name}/{post}" if on_post else f"/{page.name}/{post}/comments"
        lang = request.query_params.get("lang", "")
        asked = ({} if on_post else {"after": comment - 1}) | ({"lang": lang} if lang else {})
        query = f"?{urlencode(asked)}" if asked else ""
        headers = {"cache-control": "no-cache"}
        return RedirectResponse(f"{path}{query}#c{comment}", 302, headers)

    # ── the feed ────────────────────────────────────────────────────────────────────────────────

    @of_post
    async def feed(self, request: Request, page: Page, at: Where, post: int) -> Response:
        """``/<name>/<id>/comments.atom``"""
        door = self._door
        held = at.withheld(post)
        if held is not None:
            return await blocked(door, request, page, held)

        async def make() -> Response:
            made = await self._feed(page, at, post)
            if made is None:
                return door.missing(request, page)
            headers = {"content-type": feeds.TYPES["atom"], "access-control-allow-origin": "*"}
            return Response(feeds.write(made, "atom"), headers=headers)

        return await self.kept(request, page, at, post, make)

    async def _feed(self, page: Page, at: Where, post: int) -> Feed | None:
        door = self._door
        group = await service.with_album(door.app, at, post)
        listing = await comments.newest(door.app, page, post, at.country)
        if not group or listing is None:
            return None
        w, origin = door.writer_of(page), door.url("")
        shown_by = Look(door, page, w, await presenter.names(door), absolute=True)
        (view,) = await shown_by.views(at, [group])
        if view.withheld is not None:
            return None
        c = TEXTS[w.lang]
        scene = shown_by.scene()._replace(rel=REL)
        name = ids.bare(page.chat.id)
        folder = door.file_url(f"/m/{page.name}/{post}/comment/{{}}", page)
        entries = [
            Entry(
                feeds.tag_uri(origin, name, post, "comment", one.id),
                f"{view.url}?comment={one.id}",
                c["by"].format(one.author or c["somebody"]),
                _fed(one, folder.format(one.id), scene, c),
                one.at,
                max(one.at, one.edited),
                one.author,
                [],
                [],
            )
            for one in listing.shown
        ]
        gone = [
            Gone(feeds.tag_uri(origin, name, post, "comment", id), when)
            for id, when in listing.gone
        ]
        title = view.title or w.t["permalink"].format(w.full(view.post.date))
        return Feed(
            feeds.tag_uri(origin, name, post, "comments"),
            richtext.cut(c["feed_of"].format(title), 2 * _TITLE),
            "",
            "",
            view.url,
            door.url(f"/{page.name}/{post}/comments", page),
            door.language_of(page),
            0,
            0,
            None,
            feeds.newest(entries, gone, view.post.date),
            entries,
            gone,
        )
