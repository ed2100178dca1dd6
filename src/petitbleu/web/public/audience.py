"""Who reads a page, as far as it is looked at: for views of posts and for the numbers of a page.

Nothing of it is kept; what is counted says nothing of a reader (room ``visits``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from petitbleu.app import App
from petitbleu.domain.publishing.visits import service as visits
from petitbleu.domain.restrictions import readers
from petitbleu.web.public import visitor_limits
from petitbleu.web.public.programs import is_program


class Visitor(NamedTuple):
    """What a request says of who sent it."""

    ip: str
    agent: str
    referrer: str
    host: str
    """The name under which this site was asked."""
    told: str
    """The country that a trusted proxy names."""


Looked = Callable[[Visitor], None]
"""Told of each reader of a page."""


def visitor(scope: Mapping[str, Any], given: Mapping[bytes, bytes]) -> Visitor | None:
    """Who sent a request (ASGI) with these headers; None: a browser that fetches in advance what
    nobody may look at (Sec-Purpose)."""
    if b"sec-purpose" in given or b"purpose" in given:
        return None
    client = scope["client"]
    return Visitor(
        client[0] if client else "",
        given.get(b"user-agent", b"").decode("latin-1"),
        given.get(b"referer", b"").decode("latin-1"),
        given.get(b"host", b"").decode("latin-1"),
        str(scope.get("petitbleu.country") or ""),
    )


def of_page(app: App, channel: int = 0, post: int = 0) -> Looked:
    """Counts readers of a page; ``channel`` 0: of a page that is no channel's."""
    return partial(_read, app, channel, post)


def of_feed(app: App, channel: int) -> Looked:
    """Counts how often a channel's feeds are fetched."""
    return partial(_fetched, app, channel)


def _read(app: App, channel: int, post: int, who: Visitor) -> None:
    if is_program(who.agent):
        return
    counted = app.parts[visits.VISITS]
    if channel:
        counted.count(channel, post, visits.source(who.referrer, who.host))
    counted.read(who.ip, who.agent, lambda: readers.country(app, who.ip, who.told))
    if post:
        visitor_limits.note(app, channel, post, who.ip, who.agent)


def _fetched(app: App, channel: int, who: Visitor) -> None:
    if who.agent:
        app.parts[visits.VISITS].count(channel, 0, visits.FEED)
