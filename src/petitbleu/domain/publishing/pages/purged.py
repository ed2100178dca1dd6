"""News of caches in front of the server, for whoever must show them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from petitbleu import ids
from petitbleu.app import App
from petitbleu.domain.safety.moderation.service import MeasureRow


class Purged(NamedTuple):
    """A cache was told to forget the pages of a channel, or could not be told."""

    name: str
    """Public name of the channel."""
    measures: list[MeasureRow]
    """Those that began or ended since the cache was told before."""
    failed: str
    """Why it could not be told; empty: it was."""


Hook = Callable[[App, Purged], Awaitable[None]]
_HOOKS: list[Hook] = []


def on_purged(hook: Hook) -> Hook:
    """Have ``hook(app, purged)`` called where measures are concerned, at least once for each.

    Hooks register at import.
    """
    _HOOKS.append(hook)
    return hook


async def tell(app: App, news: Purged) -> None:
    """Call the hooks."""
    for hook in _HOOKS:
        await hook(app, news)


def tag(chat: int) -> str:
    """The name under which a cache keeps all pages of a channel (``Cache-Tag``)."""
    return f"channel-{ids.bare(chat)}"
