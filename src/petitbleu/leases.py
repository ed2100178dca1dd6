"""What only one of several workers does at a time: ``app.leases``. A leaf.

A lease has a name, and a term that moves whenever another worker gets it. Work that belongs to a
lease runs ``with app.leases.under(name)``: on PostgreSQL each of its transactions then begins with
the question whether the lease is still of this term, so a worker that was frozen and wakes up
writes nothing (``store/fence.py``). A server alone (:class:`Alone`) holds them all.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

JOBS, INDEX, MAIL, DESK, FOLLOW = "jobs", "index", "mail", "desk", "follow"
NAMES = (JOBS, INDEX, MAIL, DESK, FOLLOW)
"""Deferred work; the search index; the mailbox of the desk; what the desk does by itself; feeds and
caches that are told of changes.
"""
ANY = "any"
"""In place of a lease: whichever worker claims it first."""
GONE_SECONDS = 8
"""Silent for so long a worker counts as gone: the others take it off."""
OF_ROLE = {"jobs": (JOBS, INDEX, FOLLOW), "desk": (DESK, MAIL)}
"""Role of a worker -> the leases it asks for."""


class Leases(Protocol):
    """The leases of this worker."""

    worker: int
    """Number of this worker; 0: a server alone."""

    @property
    def workers(self) -> int:
        """How many workers there are, this one included."""
        ...

    def holds(self, name: str) -> bool:
        """Whether this worker may begin what belongs to the lease."""
        ...

    def under(self, name: str) -> AbstractContextManager[object]:
        """What is written inside is written only while the lease is held (``any``: only while this
        worker counts as alive). Writes raise ``store.fence.Fenced`` otherwise.
        """
        ...

    def follow(self, name: str, begin: Callable[[], None], end: Callable[[], None]) -> None:
        """Have ``begin`` called when the lease comes (at once where it is held), ``end`` when it
        goes.
        """
        ...


class Alone:
    """The leases of a server that is alone: all of them, for good."""

    worker = 0
    workers = 1

    def holds(self, name: str) -> bool:
        """Always."""
        return True

    def under(self, name: str) -> AbstractContextManager[object]:
        """Nothing to ask."""
        return nullcontext()

    def follow(self, name: str, begin: Callable[[], None], end: Callable[[], None]) -> None:
        """It is held already."""
        begin()
