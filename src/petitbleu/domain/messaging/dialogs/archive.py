"""Who has archived what, remembered for all: asked for every new message, so it must cost nothing.

The set may be too large for a moment, never too small: a chat is noted before it is archived, and
taken out after it has come back. Each note has a number, so that a message that came before a chat
was archived, and is looked at only afterwards, does not bring it back.
"""

from __future__ import annotations

from collections.abc import Iterable

from petitbleu.app import App, Part
from petitbleu.domain.messaging.dialogs import queries as q
from petitbleu.stamps import ROOMS_HERE, Change, room

_PAGE = 10_000


class Archived:
    """Owner -> archived chats, and channel -> those who archived it."""

    __slots__ = ("by_channel", "by_owner", "loaded", "noted")

    def __init__(self) -> None:
        self.by_owner: dict[int, dict[int, int]] = {}
        self.by_channel: dict[int, dict[int, int]] = {}
        self.loaded = False
        self.noted = 0
        """The number of the newest note."""

    def add(self, owner: int, peer: int) -> None:
        """``owner`` is about to archive the chat."""
        self.noted += 1
        self._note(owner, peer, self.noted)

    def restore(self, owner: int, peer: int) -> None:
        """``owner`` archived the chat before this process looked."""
        if peer not in self.by_owner.get(owner, ()):
            self._note(owner, peer, 0)

    def _note(self, owner: int, peer: int, number: int) -> None:
        self.by_owner.setdefault(owner, {})[peer] = number
        if peer < 0:
            self.by_channel.setdefault(peer, {})[owner] = number

    def drop(self, owner: int, peer: int) -> None:
        """The chat is back in the list."""
        for table, key, value in ((self.by_owner, owner, peer), (self.by_channel, peer, owner)):
            counts = table.get(key)
            if counts is not None:
                counts.pop(value, None)
                if not counts:
                    del table[key]

    def waiting(self, owner: int, peer: int, noted: int) -> Iterable[int]:
        """Who had archived the chat in which a message came, when ``noted`` was the newest note.

        ``owner`` is a person or a channel.
        """
        if owner < 0:
            channels = self.by_channel.get(owner, {}).items()
            return tuple(one for one, number in channels if number <= noted)
        return (owner,) if self.by_owner.get(owner, {}).get(peer, noted + 1) <= noted else ()


ROOM = room("archive", dialog=("folder",))


def _archived(app: App) -> Archived:
    archived = Archived()

    def take(change: Change) -> None:
        for key in change.keys:  # it may have come back instead: one too many costs a look
            if isinstance(key, tuple):
                archived.add(int(key[0]), int(key[1]))
        if not change.keys:
            archived.loaded = False

    app.parts[ROOMS_HERE].hear(ROOM, take)
    return archived


ARCHIVE: Part[Archived] = Part(_archived)
"""What is remembered so far."""


async def load(app: App) -> Archived:
    """All of it."""
    archived = app.parts[ARCHIVE]
    owner, peer, page = 0, 0, _PAGE
    while not archived.loaded and page == _PAGE:
        rows = await app.store.scan(q.ARCHIVED, owner=owner, peer=peer, limit=_PAGE)
        for owner, peer in rows:
            archived.restore(owner, peer)
        page = len(rows)
    archived.loaded = True
    return archived
