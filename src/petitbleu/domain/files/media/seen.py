"""Which file references were found good a moment ago, and for whom (:mod:`references`)."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.cache import Cache

_REMEMBERED = 20_000

Seen = Cache[tuple[int, int, bytes], tuple[int, int]]
"""(caller, media, reference) -> the Unix second until which it need not be asked again, and the
state (``Cache.changes``) of what is remembered elsewhere at that time."""


def get_seen(app: App) -> Seen:
    """The references of this process."""
    found = app.caches.get("media.seen")
    if found is None:
        found = app.caches["media.seen"] = Seen(_REMEMBERED)
    assert isinstance(found, Cache)
    return found


def forget_references(app: App) -> None:
    """A file is gone from where it was shown, or something else is shown there: ask anew."""
    known = get_seen(app)
    known.generation += 1
    known.known.clear()
