"""Addresses that clients make of what only an app can open: invite links, sets of stickers, lists
of chats, posts of private channels.

The page tells nothing of what is behind an address, not even whether there is anything: who has an
invite link learns the name in the app, as its owner meant it.
"""

from __future__ import annotations

import re
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from petitbleu.web.public.door import PublicPages

_WORD = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LINKS = {
    "join": ("join", "invite"),
    "addstickers": ("addstickers", "set"),
    "addemoji": ("addemoji", "set"),
    "addlist": ("addlist", "slug"),
}
"""First part of an address -> what follows ``tg://``, and the name of its parameter
(core.telegram.org/api/links)."""
NAMED = tuple(link for link in _LINKS if link != "join")


class AppLinks:
    """The handlers, for one instance."""

    __slots__ = ("_door",)

    def __init__(self, door: PublicPages) -> None:
        self._door = door

    async def invite(self, request: Request) -> Response:
        """``/+<hash>`` and ``/joinchat/<hash>``"""
        return await self._named(request, "join")

    async def named(self, request: Request) -> Response:
        """``/addstickers/<name>`` and its like"""
        return await self._named(request, request.url.path.split("/")[1])

    async def _named(self, request: Request, kind: str) -> Response:
        word = str(request.path_params["word"])
        if not _WORD.fullmatch(word):
            return await self._door.nothing(request)
        verb, parameter = _LINKS[kind]
        way = f"/join/{word}" if kind == "join" else ""
        return self._page(request, f"tg://{verb}?" + urlencode({parameter: word}), way)

    async def private(self, request: Request) -> Response:
        """``/c/<channel>/<post>``"""
        asked = {name: request.path_params[name] for name in ("channel", "post")}
        way = f"/c/c{asked['channel']}/{asked['post']}"
        return self._page(request, "tg://privatepost?" + urlencode(asked), way)

    def _page(self, request: Request, address: str, way: str) -> Response:
        """``way``: where the web client opens it, below its own address; empty for nowhere."""
        invited = way.startswith("/join/")
        page = self._door.html(
            request, "public_app.html", address=address, invited=invited, way=way
        )
        page.headers["x-robots-tag"] = "noindex"
        page.headers["cache-control"] = "no-store"
        page.headers["referrer-policy"] = "no-referrer"
        return page
