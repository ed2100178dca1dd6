"""What a session remembers of received messages: ids, sequence numbers, what became of them.

Three parallel arrays sorted by msg id (13 bytes a message), because ten thousand idle sessions must
stay small. At most ``KEPT`` are kept; below ``floor`` nothing can be said any more (code 20).
Rules: core.telegram.org/mtproto/service_messages_about_messages.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left

KEPT = 512

CONTENT = 1
"""Odd sequence number: wants an acknowledgement."""
RUNNING = 2
"""A call whose answer is awaited."""
ANSWERED = 4
"""A call that was answered (or dropped)."""
ACKED = 8
"""We have acknowledged it."""
DELIVERED = 16
"""The client has acknowledged our answer."""
DROPPED = 32
"""rpc_drop_answer came while it ran."""
QUERY = 64
"""A call, not a service message."""

_UNKNOWN = 1
_NOT_RECEIVED = 2
_TOO_HIGH = 3
_RECEIVED = 4


class Inbox:
    """Received messages of one session."""

    __slots__ = ("_flags", "_ids", "_seqnos", "floor", "newest_ack")

    def __init__(self, floor: int = -1) -> None:
        """``floor``: newest id that an earlier life of the session has received."""
        self._ids = array("q")
        self._seqnos = array("i")
        self._flags = bytearray()
        self.floor = floor
        """Newest id that was forgotten."""
        self.newest_ack = -1
        """Newest id of an acknowledgement that came alone; those are not noted one by one."""

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def newest(self) -> int:
        """Newest id received; -1: none."""
        return max(self._ids[-1] if self._ids else -1, self.floor, self.newest_ack)

    def find(self, msg_id: int) -> int:
        """Flags of a message, -1 where it is not known."""
        ids = self._ids
        at = bisect_left(ids, msg_id)
        if at < len(ids) and ids[at] == msg_id:
            return self._flags[at]
        return -1

    def add(self, msg_id: int, seqno: int, flags: int) -> int:
        """Take a new message; 0, or the code (20, 32, 33) for which it is refused."""
        ids, seqnos = self._ids, self._seqnos
        if msg_id <= self.floor:
            return 20
        at = len(ids)
        if at and msg_id < ids[-1]:
            at = bisect_left(ids, msg_id)
            after = seqnos[at]
            if after < seqno or (after == seqno and seqno & 1):
                return 33
        if at:
            before = seqnos[at - 1]
            if before > seqno or (before == seqno and seqno & 1):
                return 32
        ids.insert(at, msg_id)
        seqnos.insert(at, seqno)
        self._flags.insert(at, flags)
        return 0

    def remove(self, msg_id: int) -> None:
        """Take back what :meth:`add` did: the frame it came in was refused."""
        at = bisect_left(self._ids, msg_id)
        del self._ids[at], self._seqnos[at], self._flags[at]

    def trim(self) -> None:
        """Forget the older half when there are too many."""
        extra = len(self._ids) - KEPT // 2
        if extra <= KEPT // 2:
            return
        self.floor = self._ids[extra - 1]
        del self._ids[:extra], self._seqnos[:extra], self._flags[:extra]

    def change(self, msg_id: int, add: int, drop: int = 0) -> int:
        """Set and clear flags; give those before, -1 where the message is not known."""
        ids = self._ids
        at = bisect_left(ids, msg_id)
        if at == len(ids) or ids[at] != msg_id:
            return -1
        before = self._flags[at]
        self._flags[at] = before & ~drop | add
        return before

    def status(self, msg_id: int) -> int:
        """The status byte of msgs_state_info."""
        flags = self.find(msg_id)
        if flags < 0:
            if not self._ids or msg_id < self._ids[0]:
                return _UNKNOWN
            return _TOO_HIGH if msg_id > self._ids[-1] else _NOT_RECEIVED
        status = _RECEIVED
        if flags & ACKED:
            status |= 8
        if not flags & CONTENT:
            status |= 16
        if flags & QUERY:
            status |= 32
        if flags & ANSWERED:
            status |= 64
        return status
