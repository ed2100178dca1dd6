"""Previews as TL, and into the messages that show them."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.domain.files.media import service as media
from petitbleu.domain.files.media import views as media_views
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.messaging.messages.views import decorates
from petitbleu.domain.messaging.webpages import service
from petitbleu.domain.messaging.webpages.queries import Row
from petitbleu.tl import api

ASK_AGAIN = 30
"""Seconds after which a client may ask anew about a page that is being fetched."""
_TODAY = 86_400


def page(app: App, row: Row | None, number: int, url: str) -> Any:
    """webPage, webPagePending, webPageEmpty"""
    if row is None or row.state == service.PENDING:
        return api.WebPagePending(id=number, url=url, date=int(app.clock.now()) + ASK_AGAIN)
    shown = service.preview(row)
    if shown is None:
        return api.WebPageEmpty(id=number, url=url)
    photo = None
    if shown.photo is not None:
        what: Any = media.unpack(shown.photo).what
        photo = media_views.photo(app, what, media_views.of_webpage(number))
    return api.WebPage(
        id=number,
        url=row.url,
        display_url=row.url.partition("://")[2].rstrip("/"),
        hash=row.version,
        has_large_media=photo is not None,
        type=shown.type,
        site_name=shown.site or None,
        title=shown.title or None,
        description=shown.description or None,
        photo=photo,
        author=shown.author or None,
    )


def media_of(app: App, row: Row | None, link: list[Any], large: bool = False) -> Any:
    """messageMediaWebPage of a message's link (``messages/links.py``)."""
    number, url, flags = link
    return api.MessageMediaWebPage(
        webpage=page(app, row, number, url),
        force_large_media=bool(flags & messages.links.LARGE) or large,
        force_small_media=bool(flags & messages.links.SMALL),
        manual=bool(flags & messages.links.MANUAL),
        safe=bool(flags & messages.links.SAFE),
    )


@decorates(lambda row: row.extra is not None and messages.links.MARK in row.extra)
async def add(app: App, viewer: int, pairs: list[tuple[MessageRow, Any]]) -> None:
    """The preview of each message's link; what is not known yet is fetched."""
    links = [messages.decode_extra(row.extra or b"\x80").get("webpage") for row, _ in pairs]
    known = await service.known(app, {link[0] for link in links if link})
    today = app.clock.now() - _TODAY
    for (row, message), link in zip(pairs, links, strict=True):
        if link is None:
            continue
        preview = known.get(link[0])
        said = row.edit_date or row.date
        coming = preview is None or preview.state == service.PENDING
        if said > today and service.stale(app, preview, said):
            coming = service.wish(app, link[0], link[1], row) and coming
        elif coming and said > today:
            coming = service.follow(app, link[0], row)
        if (preview is not None and preview.state == service.READY) or (coming and said > today):
            message.media = media_of(app, preview, link)
