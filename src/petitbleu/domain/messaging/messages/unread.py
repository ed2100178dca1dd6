"""Unread messages as a device counts them that has taken a difference."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from petitbleu.app import Actor, App
from petitbleu.domain.messaging.messages import queries as q
from petitbleu.domain.messaging.messages.delete import DELETED
from petitbleu.domain.updates import service as updates
from petitbleu.domain.updates.service import Reach


class _Gone(NamedTuple):
    """An incoming message that was deleted after the end of the difference."""

    peer: int
    id: int
    pts: int
    """The counter when it had come; 0 where that is not known."""


class UnreadAtEnd:
    """Unread messages at the end of one difference, for each chat that it tells of.

    What was deleted after the end of the difference is still there for the device, if it was told
    of it: before, or as one of the new messages. The log of these deletions is read once, as far as
    the counts need it.
    """

    __slots__ = ("_app", "_fresh", "_gone", "_me", "_reach", "_read")

    def __init__(self, app: App, me: Actor, reach: Reach, fresh: Container[int]) -> None:
        """``fresh``: ids of the new messages that the difference gives."""
        self._app = app
        self._me = me
        self._reach = reach
        self._fresh = fresh
        self._gone: list[_Gone] = []
        self._read = reach.upto

    async def count(self, peer: int, above: int) -> int:
        """Incoming messages of a private chat or basic group with an id above ``above``."""
        if peer == self._me.id:
            return 0
        newest = self._reach.newest
        counted = await self._app.store.row(
            q.UNREAD_BETWEEN, owner=self._me.id, peer=peer, above=above, upto=newest
        )
        if counted is None:
            return 0
        await self._read_deletions(counted.pts)
        return counted.n + sum(
            gone.peer == peer and above < gone.id <= newest and self._is_known(gone)
            for gone in self._gone
        )

    def _is_known(self, one: _Gone) -> bool:
        return one.pts <= self._reach.since or one.id in self._fresh

    async def _read_deletions(self, upto: int) -> None:
        """Those up to ``upto``, which never falls from one count to the next."""
        if upto <= self._read:
            return
        events = await updates.logged_of_kind(self._app, self._me.id, DELETED, self._read, upto)
        self._read = upto
        self._gone += [
            _Gone(peer, message, pts)
            for event in events
            for peer, ids, came in event.data.get("incoming", ())
            for message, pts in zip(ids, came, strict=True)
        ]
