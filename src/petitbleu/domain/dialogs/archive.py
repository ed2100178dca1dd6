"""Who has archived what, remembered for all: asked for every new message, so it must cost nothing.

The set may be too large for a moment, never too small: a chat is noted before it is archived, and
taken out after it has come back.
"""

from __future__ import annotations

from collections.abc import Iterable

from petitbleu.app import App
from petitbleu.domain.dialogs import queries as q

_PAGE = 10_000


class Archived:
    """Owner -> archived chats, and channel -> those who archived it."""

    __slots__ = ("by_channel", "by_owner", "loaded")

    def __init__(self) -> None:
        self.by_owner: dict[int, set[int]] = {}
        self.by_channel: dict[int, set[int]] = {}
        self.loaded = False

    def add(self, owner: int, peer: int) -> None:
        """``owner`` is about to archive the chat."""
        self.by_owner.setdefault(owner, set()).add(peer)
        if peer < 0:
            self.by_channel.setdefault(peer, set()).add(owner)

    def drop(self, owner: int, peer: int) -> None:
        """The chat is back in the list."""
        for table, key, value in ((self.by_owner, owner, peer), (self.by_channel, peer, owner)):
            found = table.get(key)
            if found is not None:
                found.discard(value)
                if not found:
                    del table[key]

    def waiting(self, owner: int, peer: int) -> Iterable[int]:
        """Who has archived the chat in which a message came: ``owner`` is a person or a channel."""
        if owner < 0:
            return tuple(self.by_channel.get(owner, ()))
        return (owner,) if peer in self.by_owner.get(owner, ()) else ()


def of(app: App) -> Archived:
    """What is remembered so far."""
    found = app.caches.get("dialogs.archive")
    if found is None:
        found = app.caches["dialogs.archive"] = Archived()
    assert isinstance(found, Archived)
    return found


async def load(app: App) -> Archived:
    """All of it."""
    archived = of(app)
    owner, peer, found = 0, 0, _PAGE
    while not archived.loaded and found == _PAGE:
        rows = await app.store.scan(q.ARCHIVED, owner=owner, peer=peer, limit=_PAGE)
        for owner, peer in rows:
            archived.add(owner, peer)
        found = len(rows)
    archived.loaded = True
    return archived
