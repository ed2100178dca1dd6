"""Rows of ``channel_page``, remembered."""

from __future__ import annotations

from petitbleu.app import App, Part
from petitbleu.cache import Cache
from petitbleu.domain.publishing.pages import queries as q
from petitbleu.domain.publishing.pages import switches as switching
from petitbleu.domain.publishing.pages.queries import PageRow
from petitbleu.domain.publishing.pages.switches import Switches
from petitbleu.stamps import cache_of, room
from petitbleu.store.api import Reader

_REMEMBERED = 5000


ROOM = room("pages", channel_page=())
PAGES: Part[Cache[int, PageRow]] = Part(lambda app: cache_of(app, ROOM, _REMEMBERED))
"""The pages that were looked at of late."""


async def row(app: App, chat: int) -> PageRow:
    """How the page of a channel stands."""
    known = app.parts[PAGES].get(chat)
    if known is not None:
        return known
    generation = app.parts[PAGES].generation
    page = await row_in(app.store, chat)
    app.parts[PAGES].keep(chat, page, generation)
    return page


async def row_in(reader: Reader, chat: int) -> PageRow:
    """:func:`row` as it is on disk; what holds for every channel at first where there is none."""
    page = await reader.row(q.GET, chat=chat)
    return page or PageRow(chat, q.OFF, 0, switching.encode(Switches()), 0)
