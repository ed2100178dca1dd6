"""Whose events are on their way to sessions, and waiting until they have been handed over.

What a read answers may already hold an event that the same session has not been pushed: a client
that is told "no unread messages" and then "this unread message was deleted" counts below nothing.
So the answer of a read waits for the events that were announced before it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Set

MANY_WATCHERS = 50
"""A channel with more of them is not waited for: its deliveries take long, and clients tell by its
own pts what of an answer is newer."""


class Pending:
    """The owners whose events are on their way. One per process."""

    __slots__ = ("_waiting", "_watching")

    def __init__(self, watching: Callable[[int], Set[int]]) -> None:
        """``watching(channel)`` -> the people with live sessions who hear its events."""
        self._watching = watching
        self._waiting: dict[int, list[asyncio.Future[None]]] = {}
        """Owner -> who waits for the end of the delivery that runs or is about to."""

    def begun(self, owner: int) -> None:
        """An event of ``owner`` is to be delivered."""
        if owner not in self._waiting:
            self._waiting[owner] = []

    def ended(self, owner: int, more: bool) -> None:
        """A delivery has ended; ``more``: events have come meanwhile, and are next."""
        waiting = self._waiting.pop(owner, [])
        if more:
            self._waiting[owner] = []
        for waiter in waiting:
            if not waiter.done():
                waiter.set_result(None)

    def delivered(self, account: int) -> Awaitable[None] | None:
        """What ends once all that was announced to ``account`` has been handed to its sessions;
        None where nothing is on its way.
        """
        if not self._waiting:
            return None
        owners = [owner for owner in self._waiting if self._concerns(owner, account)]
        return self._wait(owners) if owners else None

    def _concerns(self, owner: int, account: int) -> bool:
        if owner > 0:
            return owner == account
        watching = self._watching(owner)
        return account in watching and len(watching) <= MANY_WATCHERS

    async def _wait(self, owners: list[int]) -> None:
        for owner in owners:
            # One delivery may be running, with what was announced since for the next.
            for _ in range(2):
                waiting = self._waiting.get(owner)
                if waiting is None:
                    break
                waiter = asyncio.get_running_loop().create_future()
                waiting.append(waiter)
                await waiter
