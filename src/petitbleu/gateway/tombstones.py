"""What is remembered of forgotten sessions, so that a recorded frame of theirs runs nothing.

A frame is taken while its msg_id is at most 300 s old (and 30 s ahead). A live session knows what
it has received; of one that was forgotten the newest msg_id stays for as long as a frame of it may
still be taken, and a session that comes back refuses everything up to it with code 20.

The number of entries is bounded, for each key and in all. What has to go leaves its msg_id behind
as the floor of its key, below which sessions nobody remembers begin nothing; the oldest floors
merge into one for all keys.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

from petitbleu.mtproto.session import AHEAD, PAST

KEPT_SECONDS = PAST + AHEAD
PER_KEY = 128
IN_ALL = 50_000


class Tombstone(NamedTuple):
    """The newest msg_id received, and until when (monotonic) it is kept."""

    msg_id: int
    until: float


class Tombstones:
    """Newest msg_ids of forgotten sessions by (key id, session id)."""

    __slots__ = ("_by_key", "_floor", "_floors", "_sessions")

    def __init__(self) -> None:
        self._sessions: OrderedDict[tuple[int, int], Tombstone] = OrderedDict()
        self._by_key: dict[int, OrderedDict[int, None]] = {}
        self._floors: OrderedDict[int, Tombstone] = OrderedDict()
        self._floor = Tombstone(-1, 0.0)

    def __len__(self) -> int:
        return len(self._sessions)

    def add(self, key_id: int, session_id: int, msg_id: int, now: float, monotonic: float) -> None:
        """The session is forgotten; ``msg_id`` is the newest it has received."""
        self._forget_old(now, monotonic)
        tombstone = Tombstone(msg_id, monotonic + KEPT_SECONDS)
        self._remove(key_id, session_id)
        self._sessions[key_id, session_id] = tombstone
        of_key = self._by_key.setdefault(key_id, OrderedDict())
        of_key[session_id] = None
        if len(of_key) > PER_KEY:
            self._lower(key_id, next(iter(of_key)))
        while len(self._sessions) > IN_ALL:
            self._lower(*next(iter(self._sessions)))

    def floor(self, key_id: int, session_id: int, now: float, monotonic: float) -> int:
        """Newest msg_id that a session which is not live must refuse; -1: none."""
        floors = (self._sessions.get((key_id, session_id)), self._floors.get(key_id), self._floor)
        return max(
            (
                tombstone.msg_id
                for tombstone in floors
                if tombstone is not None and not _is_over(tombstone, now, monotonic)
            ),
            default=-1,
        )

    def _forget_old(self, now: float, monotonic: float) -> None:
        while self._sessions:
            (key_id, session_id), tombstone = next(iter(self._sessions.items()))
            if not _is_over(tombstone, now, monotonic):
                break
            self._remove(key_id, session_id)
        while self._floors and _is_over(next(iter(self._floors.values())), now, monotonic):
            self._floors.popitem(last=False)

    def _remove(self, key_id: int, session_id: int) -> Tombstone | None:
        tombstone = self._sessions.pop((key_id, session_id), None)
        if tombstone is not None:
            of_key = self._by_key[key_id]
            del of_key[session_id]
            if not of_key:
                del self._by_key[key_id]
        return tombstone

    def _lower(self, key_id: int, session_id: int) -> None:
        """There are too many: only the key's floor remembers this one."""
        tombstone = self._remove(key_id, session_id)
        assert tombstone is not None
        self._floors[key_id] = _higher(self._floors.pop(key_id, None), tombstone)
        if len(self._floors) > IN_ALL:
            self._floor = _higher(self._floor, self._floors.popitem(last=False)[1])


def _is_over(tombstone: Tombstone, now: float, monotonic: float) -> bool:
    """Long enough ago, also where the clock was set back meanwhile."""
    return tombstone.until <= monotonic and (tombstone.msg_id >> 32) + PAST < now


def _higher(one: Tombstone | None, other: Tombstone) -> Tombstone:
    if one is None:
        return other
    return Tombstone(max(one.msg_id, other.msg_id), max(one.until, other.until))
