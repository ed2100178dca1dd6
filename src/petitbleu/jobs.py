"""Deferred and periodic work: rows of the ``job`` table, taken by ``run/jobs.py`` when they are
due.

A leaf over the store. A room declares what its kinds do and schedules rows inside its
transactions::

    @job("messages.erase", every=60)
    async def erase(app: App, data: dict[str, Any]) -> int | None: ...

    await schedule(tx, "auth.expire", due=now + 600, data={"hash": h}, key=h)

A job runs *at least once* (a crash after its work and before its row is deleted repeats it), so it
must be idempotent. It may return the Unix second at which it wants to run again, with the same
data. A failure is logged and tried again later, with growing pauses.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import msgspec

from petitbleu.app import App
from petitbleu.store.api import Tx
from petitbleu.store.query import query

Handler = Callable[[App, dict[str, Any]], Awaitable[int | None]]

_encode = msgspec.msgpack.Encoder().encode


class Kind(NamedTuple):
    """One kind of job: its handler, and the seconds between runs where it is periodic (else 0)."""

    handler: Handler
    every: int


class Planned(NamedTuple):
    """Emitted with a row that was scheduled: the runner need not wait for its next look."""

    due: int


KINDS: dict[str, Kind] = {}
"""Kind -> what it does. Filled at import, read-only afterwards."""

_SCHEDULE = query(
    "insert into job (id, kind, key, due, data, tries) values (:id, :kind, :key, :due, :data, 0)"
    " on conflict (kind, key) where key <> ''"
    " do update set id = excluded.id, due = excluded.due, data = excluded.data, tries = 0",
    apart=("kind", "key"),
)
DONE = query("delete from job where id = :id and due = :due")
AGAIN = query("update job set due = :next, tries = :tries where id = :id and due = :due")
"""What the runner (``run/jobs.py``) writes of jobs that have run."""
_UNSCHEDULE = query(
    "delete from job where kind = :kind and key = :key and key <> ''",
    apart=("kind", "key"),
)


def job(kind: str, *, every: int = 0) -> Callable[[Handler], Handler]:
    """Declare a kind of job. ``every`` (seconds) makes it periodic without anybody scheduling
    it.
    """

    def register(handler: Handler) -> Handler:
        if kind in KINDS:
            raise RuntimeError(f"job kind {kind} is declared twice")
        KINDS[kind] = Kind(handler, every)
        return handler

    return register


async def schedule(
    tx: Tx, kind: str, *, due: int, data: dict[str, Any] | None = None, key: str = ""
) -> None:
    """Plan a run at ``due`` (Unix seconds). With a ``key``, a pending run of that key is
    replaced.
    """
    await tx.later(
        _SCHEDULE,
        id=int.from_bytes(os.urandom(8), "big") >> 1,
        kind=kind,
        key=key,
        due=due,
        data=_encode(data or {}),
    )
    tx.emit(Planned(due))


async def unschedule(tx: Tx, kind: str, key: str) -> None:
    """Forget the pending run of ``key``, if any."""
    await tx.later(_UNSCHEDULE, kind=kind, key=key)
