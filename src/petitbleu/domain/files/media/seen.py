"""Which file references were found good a moment ago, and for whom (:mod:`references`)."""

from __future__ import annotations

from petitbleu.app import App, Part
from petitbleu.cache import Cache

_REMEMBERED = 20_000

Seen = Cache[tuple[int, int, bytes], tuple[int, int]]
"""(caller, media, reference) -> the Unix second until which it need not be asked again, and the
state (``Cache.changes``) of what is remembered elsewhere at that time."""


SEEN: Part[Seen] = Part(lambda _: Seen(_REMEMBERED))
"""The references of this process."""


def forget_references(app: App) -> None:
    """A file is gone from where it was shown, or something else is shown there: ask anew."""
    known = app.parts[SEEN]
    known.generation += 1
    known.known.clear()
