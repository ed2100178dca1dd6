"""What a transaction tells the caches of other workers: stamps that commit with the change.

A write says which rooms remember what it changes, and by which marks their keys are formed
(``query(…, stamps=…)``). In a cluster the transaction bumps the number of each key's bucket as its
last statement, so that a worker which was not told finds the difference by comparing numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any, NamedTuple
from zlib import crc32

from petitbleu.store.query import Query, query

Key = int | str | tuple[int | str, ...]
BUCKETS = 256
"""Of each room."""
WHOLE = -1
"""The bucket of what concerns a whole room."""
MOST_KEYS = 1000
"""More of one room in one transaction concern the whole room."""


class Stamp(NamedTuple):
    """The number of a bucket: it moves with each transaction that concerns a key in it."""

    room: str
    bucket: int
    n: int


class Told(NamedTuple):
    """What a transaction says of one room."""

    room: str
    keys: list[Key]
    """Empty: all of it."""
    numbers: dict[int, int]
    """Bucket -> its new number; empty where the commit may or may not have happened."""


ALL = query("select room, bucket, n from cache_stamp", Stamp)
_BUMP = (
    "insert into cache_stamp (room, bucket, n)"
    " select room, bucket, 1 from unnest($1::text[], $2::bigint[]) with ordinality"
    " as wanted (room, bucket, place) order by place"
    " on conflict (room, bucket) do update set n = cache_stamp.n + 1 returning room, bucket, n"
)


def bucket_of(key: Key) -> int:
    """The bucket of a key: the same in every process and version."""
    return crc32(repr(key).encode()) % BUCKETS


class Gathered:
    """The stamps of one transaction."""

    __slots__ = ("rooms",)

    def __init__(self) -> None:
        self.rooms: dict[str, set[Key] | None] = {}
        """Room -> keys; None: all of it."""

    def note(self, write: Query[Any], params: dict[str, Any]) -> None:
        """Note what a write concerns."""
        for room, *marks in write.stamps:
            self.add(room, keys_of(write, marks, params) if marks else None)

    def add(self, room: str, keys: Iterable[Key] | None) -> None:
        """Note ``keys`` of a room."""
        known = self.rooms.setdefault(room, set())
        if known is None:
            return
        if keys is None or len(known) > MOST_KEYS:
            self.rooms[room] = None
        else:
            known.update(keys)

    async def bump(self, conn: Any) -> dict[tuple[str, int], int]:
        """Move the numbers, in ascending order: one statement, the last locks of a transaction."""
        wanted = sorted(
            (room, bucket)
            for room, keys in self.rooms.items()
            for bucket in ({WHOLE} if keys is None else {bucket_of(key) for key in keys})
        )
        rows = await conn.fetch(_BUMP, [room for room, _ in wanted], [one for _, one in wanted])
        return {(room, bucket): n for room, bucket, n in rows}

    def told(self, numbers: dict[tuple[str, int], int]) -> list[Told]:
        """What the other workers are to hear."""
        return [
            Told(
                room,
                sorted(keys, key=repr) if keys is not None else [],
                {bucket: n for (of, bucket), n in numbers.items() if of == room},
            )
            for room, keys in self.rooms.items()
            if keys is None or keys
        ]


def keys_of(write: Query[Any], marks: Iterable[str], params: dict[str, Any]) -> Iterable[Key]:
    """The keys that the values of ``marks`` form; a mark with a list forms several."""
    values = [list(params[one]) if one in write.lists else [params[one]] for one in marks]
    if len(values) == 1:
        return values[0]
    return product(*values)
