"""TL handlers: previews of links before they are said, and pages by their address."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.views import entities_from
from petitbleu.domain.messaging.webpages import service, views
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api

WAIT_SECONDS = 4.0
"""So long a call waits for a page; then the page is pending, and the client asks again."""


@rpc("messages.getWebPagePreview", limit="resolve")
async def get_web_page_preview(ctx: Ctx, q: api.messages.GetWebPagePreview) -> Any:
    """What the first link of a text would show; messageMediaEmpty where nothing."""
    try:
        marked = entities_from([entity for entity in q.entities or () if _plain(entity)])
        text, normalized = messages.normalize(q.message, marked)
    except Fault as fault:
        raise (
            fault
            if fault.name in ("ENTITY_BOUNDS_INVALID", "MESSAGE_EMPTY")
            else Fault("MESSAGE_EMPTY")
        ) from None
    extra: dict[str, Any] = {}
    messages.links.attach(ctx.app, extra, text, normalized, media=False)
    link = extra.get(messages.links.KEY)
    media: Any = api.MessageMediaEmpty()
    if link is not None:
        row = await service.now(ctx.app, link[0], link[1], WAIT_SECONDS)
        if row is not None and row.state != service.NONE:
            media = views.media_of(ctx.app, row, link)
    return api.messages.WebPagePreview(media=media, chats=[], users=[])


def _plain(one: Any) -> bool:
    """Mentions by input user are of no use here."""
    return type(one) is not api.InputMessageEntityMentionName


@rpc("messages.getWebPage", limit="resolve")
async def get_web_page(ctx: Ctx, q: api.messages.GetWebPage) -> Any:
    """A page by its address. WC_CONVERT_URL_INVALID for what is no web address."""
    url = messages.links.normal(q.url)
    if not url:
        raise Fault("WC_CONVERT_URL_INVALID")
    number = messages.links.number(url)
    row = None
    if ctx.app.config.previews.enabled:
        row = await service.now(ctx.app, number, url, WAIT_SECONDS)
    page: Any = api.WebPageEmpty(id=number, url=q.url)
    if row is not None and q.hash and q.hash == row.version and row.state == service.READY:
        page = api.WebPageNotModified()
    elif row is not None:
        page = views.page(ctx.app, row, number, url)
    return api.messages.WebPage(webpage=page, chats=[], users=[])
