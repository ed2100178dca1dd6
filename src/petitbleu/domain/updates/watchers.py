"""Which people with live sessions here are to hear the events of which channels.

A person's channels are read when their first session subscribes; from then on every join and leave
(:class:`~petitbleu.domain.updates.log.Watch`, in commit order) keeps the table. People without a
session are dropped when an event would have gone to them.
"""

from __future__ import annotations

import asyncio

from petitbleu import ids
from petitbleu.app import App
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.updates.log import Watch
from petitbleu.stamps import ROOMS_HERE, Change

_NOBODY: frozenset[int] = frozenset()


class Watchers:
    """Channel -> people, and back. One per process."""

    __slots__ = ("_app", "_channels", "_loading", "_people")

    def __init__(self, app: App) -> None:
        self._app = app
        self._people: dict[int, set[int]] = {}
        self._channels: dict[int, set[int]] = {}
        self._loading: dict[int, tuple[asyncio.Event, list[Watch]]] = {}
        """Whose channels are being read, and what changed meanwhile."""
        app.parts[ROOMS_HERE].hear(members.ROOM, self._outside)

    async def load(self, account: int) -> None:
        """Know the channels of ``account``: before its session's first answer leaves."""
        if account in self._channels:
            return
        running = self._loading.get(account)
        if running is not None:
            await running[0].wait()
            return
        done = asyncio.Event()
        changes: list[Watch] = []
        self._loading[account] = (done, changes)
        try:
            channels = set(await members.channels_of(self._app.store, account))
            self._channels[account] = channels
            for channel in channels:
                self._people.setdefault(channel, set()).add(account)
        finally:
            del self._loading[account]
            done.set()
        for change in changes:
            self.note(change)

    def _outside(self, change: Change) -> None:
        """Another worker let people in, or kept them out."""
        here = {*self._channels, *self._loading}
        if change.keys:
            for key in change.keys:
                if isinstance(key, tuple) and key[1] in here and ids.is_channel(int(key[0])):
                    self._app.spawn(self._look_again(int(key[0]), int(key[1])))
        else:
            self._app.spawn(self._read_again(sorted(here)))

    async def _look_again(self, channel: int, account: int) -> None:
        row = await members.of_in(self._app.store, channel, account)
        self.note(Watch(account, channel, row is not None and row.role > 0))

    async def _read_again(self, people: list[int]) -> None:
        for account in people:
            known = self._channels.get(account, set())
            channels = set(await members.channels_of(self._app.store, account))
            for channel in known ^ channels:
                self.note(Watch(account, channel, channel in channels))

    def note(self, change: Watch) -> None:
        """Somebody joined or left."""
        loading = self._loading.get(change.account)
        if loading is not None:
            loading[1].append(change)
            return
        channels = self._channels.get(change.account)
        if channels is None:
            return
        if change.on:
            channels.add(change.channel)
            self._people.setdefault(change.channel, set()).add(change.account)
        else:
            channels.discard(change.channel)
            self._drop(change.channel, change.account)

    def _drop(self, channel: int, account: int) -> None:
        people = self._people.get(channel)
        if people is not None:
            people.discard(account)
            if not people:
                del self._people[channel]

    def knows(self, account: int) -> bool:
        """Whether the account's channels have been read."""
        return account in self._channels

    def channels_of(self, account: int) -> frozenset[int]:
        """The channels that an account with sessions here hears."""
        return frozenset(self._channels.get(account, ()))

    def people(self) -> list[int]:
        """Everybody whose channels have been read."""
        return list(self._channels)

    def of(self, channel: int) -> set[int] | frozenset[int]:
        """People who may have a live session here and are in the channel."""
        return self._people.get(channel, _NOBODY)

    def forget(self, account: int) -> None:
        """The account has no session here any more."""
        for channel in self._channels.pop(account, ()):
            self._drop(channel, account)
