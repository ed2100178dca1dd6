"""What an article said before it was edited, where the channel's owner lets readers see it."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from petitbleu.domain.publishing.pages import service
from petitbleu.domain.publishing.pages.service import Page, Where
from petitbleu.turns import Slices
from petitbleu.web.public import diffs, paragraphs, presenter
from petitbleu.web.public.channels import blocked, gone
from petitbleu.web.public.door import PublicPages, of_post
from petitbleu.web.public.presenter import Look


class Change(NamedTuple):
    """One change of a text. Times are Unix seconds."""

    at: int
    since: int
    picture: int
    """Whose caption it was, counted from 1; 0: it was the text."""
    lang: str
    dir: str
    html: Markup


class HistoryPages:
    """The handlers, for one instance."""

    __slots__ = ("_door",)

    def __init__(self, door: PublicPages) -> None:
        self._door = door

    @of_post
    async def page(self, request: Request, page: Page, at: Where, id: int) -> Response:
        """``/<name>/<id>/history``"""
        door = self._door
        if not page.switches.history:
            return door.missing(request, page)

        async def make() -> Response:
            made = await self._page(request, page, at, id)
            made.headers["x-robots-tag"] = "noindex"
            return made

        return await door.kept(request, page, at, make, ready=True)

    async def _page(self, request: Request, page: Page, at: Where, id: int) -> Response:
        door = self._door
        w = door.writer(request)
        held = at.withheld(id)
        if held is not None:
            return await blocked(door, request, page, held)
        group = await service.with_album(door.app, at, id)
        if not group:
            why = await service.gone(door.app, at, id)
            if why is False:
                return door.missing(request, page)
            back = (page.home, w.t["back"].format(page.title))
            return await gone(
                door, request, None if why is True else why, heading=w.t["gone_title"],
                otherwise=w.t["gone_author"], of=page, back=back,
            )  # fmt: skip
        (view,) = await Look(door, page, w, await presenter.names(door)).views(at, [group])
        if view.withheld is not None:
            return await blocked(door, request, page, view.withheld)
        versions = []
        if not view.post.sensitive:
            versions = await service.versions.of_post(door.app, at.chat.id, group)
        slices = Slices(lambda: door.app.store.writing)
        numbers = {row.id: n for n, row in enumerate(group, 1)}
        body = next((row.id for row in group if row.text == view.post.body.text), group[0].id)
        changes = []
        for one in versions:
            lang = paragraphs.language_of(one.text, door.language_of(page))
            words = diffs.html(one.text, one.after, w)
            number = 0 if one.message == body else numbers[one.message]
            direction = paragraphs.direction(one.text)
            changes.append(Change(one.until, one.since, number, lang, direction, words))
            await slices.rest()
        return await door.page(
            request, "public_history.html", channel=page, view=view, changes=changes
        )
