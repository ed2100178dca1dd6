"""``/hub``: where programs ask to have a feed sent to them (WebSub), if the operator wants that."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.publishing.pages.service import Moved, Page
from petitbleu.domain.publishing.websub import service
from petitbleu.domain.publishing.websub.service import Asked, Feed, Full, Refused
from petitbleu.web import forms
from petitbleu.web.public import feeds
from petitbleu.web.public.door import PublicPages

_FORM_BYTES = 8192
_TOPIC = re.compile(r"/s/([A-Za-z0-9_]{1,64})/feed\.([a-z]{1,8})")
_LEASE = re.compile(r"\d{1,12}")
_WAIT = "600"
"""Seconds after which there may be room again."""


class HubPages:
    """The handler, for one instance."""

    __slots__ = ("_door",)

    def __init__(self, door: PublicPages) -> None:
        self._door = door

    async def hub(self, request: Request) -> Response:
        """``POST /hub``: 202 where the request was taken in (W3C WebSub §5.2), else why it was not.
        Parameters that we do not know are passed over."""
        door = self._door
        if not door.app.config.web.websub:
            return await door.nothing(request)
        busy = door.busy(request, "hub")
        if busy is not None:
            return busy
        try:
            typed = await forms.fields(request, _FORM_BYTES)
        except forms.TooLong:
            return PlainTextResponse("The request is too long.\n", 413)
        except ClientDisconnect:
            return Response(status_code=400)
        try:
            feed = await self._feed(typed.get("hub.topic", ""))
            lease = typed.get("hub.lease_seconds", "")
            if lease and not _LEASE.fullmatch(lease):
                raise Refused("hub.lease_seconds must be a number")
            asked = Asked(
                typed.get("hub.mode", ""),
                typed.get("hub.callback", ""),
                typed.get("hub.secret", ""),
                int(lease or 0),
                request.client.host if request.client is not None else "",
            )
            await service.request(door.app, feed, asked)
        except Refused as why:
            return PlainTextResponse(f"{why}\n", 400)
        except Full:
            text = "There are too many subscriptions of that host, of yours, or in all.\n"
            return PlainTextResponse(text, 503, {"retry-after": _WAIT})
        return PlainTextResponse("Your callback will be asked.\n", 202)

    async def _feed(self, topic: str) -> Feed:
        """The feed that a topic names, of a channel that everybody may read. Raises Refused."""
        door = self._door
        parts = urlsplit(topic)
        asked = topic.removeprefix(f"{parts.scheme}://{parts.netloc}")
        path = _TOPIC.fullmatch(asked) if asked != topic else None
        if path is None:
            raise Refused("hub.topic must be the feed of a channel here, as it names itself")
        page = await pages.find(door.app, path[1]) if path[2] in feeds.TYPES else None
        if page is None or (isinstance(page, Page) and page.under):
            raise Refused("hub.topic: there is no such feed")
        here = page if isinstance(page, Page) else None
        itself = door.url(f"/s/{page.name}/feed.{path[2]}", here)
        if isinstance(page, Moved) or topic != itself:  # one feed, one topic
            raise Refused(f"hub.topic has moved to {itself}")
        return Feed(page, path[2], topic)
