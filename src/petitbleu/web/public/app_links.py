"""Addresses that clients make of what only an app can open: invite links, sets of stickers, lists
of chats, posts of private channels.

The page tells nothing of what is behind an address, not even whether there is anything: who has an
invite link learns the name in the app, as its owner meant it. No page leads to ``tg://``: what
answers there may know another service alone, where the same name is somebody else's.
"""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response

from petitbleu.web.public.door import PublicPages

_WORD = re.compile(r"[A-Za-z0-9_-]{1,64}")
NAMED = ("addstickers", "addemoji", "addlist")
"""First parts of addresses that an app alone can open (core.telegram.org/api/links)."""


class AppLinks:
    """The handlers, for one instance."""

    __slots__ = ("_door",)

    def __init__(self, door: PublicPages) -> None:
        self._door = door

    async def invite(self, request: Request) -> Response:
        """``/+<hash>`` and ``/joinchat/<hash>``"""
        return await self._named(request, "/join/")

    async def named(self, request: Request) -> Response:
        """``/addstickers/<name>`` and its like: the web client does not open these"""
        return await self._named(request, "")

    async def _named(self, request: Request, way: str) -> Response:
        word = str(request.path_params["word"])
        if not _WORD.fullmatch(word):
            return await self._door.nothing(request)
        return self._page(request, way + word if way else "")

    async def private(self, request: Request) -> Response:
        """``/c/<channel>/<post>``"""
        asked = request.path_params
        return self._page(request, f"/c/c{asked['channel']}/{asked['post']}")

    def _page(self, request: Request, way: str) -> Response:
        """``way``: where the web client opens it, below its own address; empty for nowhere."""
        invited = way.startswith("/join/")
        page = self._door.html(request, "public_app.html", invited=invited, way=way)
        page.headers["x-robots-tag"] = "noindex"
        page.headers["cache-control"] = "no-store"
        page.headers["referrer-policy"] = "no-referrer"
        return page
