"""Facts between people: contacts and blocks. No rules here, and no other room."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import NamedTuple

from petitbleu.app import App, Part
from petitbleu.cache import Cache
from petitbleu.domain.people.social_graph import queries as q
from petitbleu.domain.people.social_graph.queries import Contact
from petitbleu.stamps import cache_of, room
from petitbleu.store.api import Reader, Tx

__all__ = [
    "Contact",
    "Ties",
    "acquainted",
    "blocked",
    "blocking",
    "circle",
    "link",
    "ties",
    "unlink",
]

CIRCLE_LIMIT = 2_000
"""Nobody's change is told to more people at once; the others see it when they next look."""
ACQUAINTED_LIMIT = 10_000
_CACHE_LIMIT = 50_000


class Ties(NamedTuple):
    """How ``viewer`` and a set of people stand to each other."""

    mine: dict[int, Contact]
    """The viewer's own contact line for each, where there is one."""
    theirs: set[int]
    """Those who have the viewer in their contacts."""
    blockers: set[int]
    """Those who have blocked the viewer."""


async def ties(reader: Reader, viewer: int, people: Iterable[int]) -> Ties:
    """The facts between ``viewer`` and ``people``: three indexed reads, however many people."""
    ids = list(people)
    if not ids:
        return Ties({}, set(), set())
    mine = await reader.rows(q.MINE, owner=viewer, ids=ids)
    theirs = await reader.rows(q.THEIRS, target=viewer, ids=ids)
    blockers = await reader.rows(q.BLOCKERS, target=viewer, ids=ids)
    return Ties({row.target: row for row in mine}, {r.id for r in theirs}, {r.id for r in blockers})


async def acquainted(reader: Reader, account: int) -> list[int]:
    """Whom ``account`` knows: contacts and its private chats, up to :data:`ACQUAINTED_LIMIT`."""
    rows = await reader.rows(q.ACQUAINTED, owner=account, limit=ACQUAINTED_LIMIT)
    return [row.id for row in rows if row.id != account]


async def circle(reader: Reader, account: int) -> list[int]:
    """Who is to hear when ``account`` changes or comes online: those who have it in their contacts
    and its private chats, in ascending order, at most :data:`CIRCLE_LIMIT`.
    """
    rows = await reader.rows(q.CIRCLE, target=account, limit=CIRCLE_LIMIT)
    return sorted(row.id for row in rows if row.id != account)


async def link(tx: Tx, phone: str, account: int) -> None:
    """A phone has a new account: lines that waited for it now point to it."""
    await tx.later(q.LINK, phone=phone, target=account)


async def unlink(tx: Tx, account: int) -> None:
    """The account is gone: lines with its phone wait for whoever gets it next, others go."""
    await tx.run(q.UNLINK, target=account)
    await tx.run(q.DROP, target=account)


ROOM = room("blocks", blocked=())
BLOCKS: Part[Cache[tuple[int, int], bool]] = Part(lambda app: cache_of(app, ROOM, _CACHE_LIMIT))


async def blocked(app: App, owner: int, target: int) -> bool:
    """Whether ``owner`` has blocked ``target`` (asked for every private message: remembered)."""
    cache = app.parts[BLOCKS]
    key = (owner, target)
    known = cache.get(key)
    if known is not None:
        return known
    generation = cache.generation
    present = await app.store.row(q.IS_BLOCKED, owner=owner, target=target) is not None
    cache.keep(key, present, generation)
    return present


def blocking(app: App, owner: int, targets: Iterable[int]) -> AbstractContextManager[None]:
    """Around a transaction that changes which of ``targets`` the owner blocks."""
    return app.parts[BLOCKS].changing((owner, target) for target in targets)
