"""What a session has to say: numbering, the queue, and what is kept until the client has it.

Server msg ids rise strictly, even where the clock stands, and end in 1 (an answer) or 3 (anything
else) modulo 4. Content-related messages (answers, pushes) are kept until acknowledged and said
again on the next connection. Both the queue and what is kept are bounded.
"""

from __future__ import annotations

from petitbleu.mtproto import wire

ANSWER = 1
OTHER = 3

MAX_KEPT = 1024
MAX_KEPT_BYTES = 4 << 20
"""Sent but unacknowledged: beyond this the oldest are given up."""
MAX_QUEUED = 4096
MAX_QUEUED_BYTES = 4 << 20
"""Unsent: beyond this pushes are refused."""
BATCH_BYTES = 512 << 10
"""Bodies joined in one container; a larger one travels alone."""
STALE = 240
"""Seconds after which a message is said again under a new id: clients refuse ids of 300 s ago."""
FRESH = 60
"""Seconds a message may be old to travel without a container around it, whose id is new."""

Item = tuple[int, int, bytes]


class Out:
    """One outgoing message."""

    __slots__ = ("alone", "body", "msg_id", "queued", "request", "seqno")

    def __init__(self, msg_id: int, seqno: int, body: bytes, request: int, alone: bool) -> None:
        self.msg_id = msg_id
        self.seqno = seqno
        self.body = body
        self.request = request
        """msg_id of the request it answers, else 0."""
        self.alone = alone
        """Never to be put into a container."""
        self.queued = True


class Outbox:
    """Outgoing messages of one session."""

    __slots__ = ("_content", "_kept", "_last_id", "_queue", "kept_bytes", "queued_bytes")

    def __init__(self, last_id: int = 0) -> None:
        """``last_id``: server msg id that was said last, for a session that is only asked."""
        self._last_id = last_id
        self._content = 0
        self._queue: list[Out] | None = None
        self._kept: dict[int, Out] | None = None
        self.queued_bytes = 0
        self.kept_bytes = 0

    @property
    def queued(self) -> int:
        """Messages not yet sent."""
        return len(self._queue) if self._queue else 0

    @property
    def kept(self) -> int:
        """Messages sent or to be sent that the client has not acknowledged."""
        return len(self._kept) if self._kept else 0

    @property
    def full(self) -> bool:
        """Whether no push may be queued."""
        return self.queued_bytes > MAX_QUEUED_BYTES or self.queued >= MAX_QUEUED

    def next_id(self, now: float, parity: int) -> int:
        """The next server msg id."""
        msg_id = int(now * 4294967296.0) & -4 | parity
        if msg_id <= self._last_id:
            msg_id = (self._last_id & -4) + 4 | parity
        self._last_id = msg_id
        return msg_id

    def service(self, body: bytes, now: float, parity: int = ANSWER) -> None:
        """Queue a message that needs no acknowledgement."""
        self._put(Out(self.next_id(now, parity), self._content * 2, body, 0, False))

    def content(
        self,
        body: bytes,
        now: float,
        parity: int,
        request: int = 0,
        alone: bool = False,
    ) -> Out:
        """Queue a message that is kept until acknowledged."""
        out = Out(self.next_id(now, parity), self._content * 2 + 1, body, request, alone)
        self._content += 1
        self._put(out)
        if self._kept is None:
            self._kept = {}
        self._kept[out.msg_id] = out
        self.kept_bytes += len(body)
        if self.kept_bytes > MAX_KEPT_BYTES or len(self._kept) > MAX_KEPT:
            self._give_up()
        return out

    def _put(self, out: Out) -> None:
        if self._queue is None:
            self._queue = []
        self._queue.append(out)
        self.queued_bytes += len(out.body)

    def _give_up(self) -> None:
        """Forget the oldest that were sent at least once."""
        kept = self._kept or {}
        while self.kept_bytes > MAX_KEPT_BYTES or len(kept) > MAX_KEPT:
            oldest = next((out for out in kept.values() if not out.queued), None)
            if oldest is None:
                return
            del kept[oldest.msg_id]
            self.kept_bytes -= len(oldest.body)

    def acknowledge(self, msg_id: int) -> Out | None:
        """The client has it: forget it. None where it is not known (any more)."""
        if not self._kept:
            return None
        out = self._kept.pop(msg_id, None)
        if out is not None:
            self.kept_bytes -= len(out.body)
            if out.queued and self._queue is not None:
                self._queue.remove(out)
                self.queued_bytes -= len(out.body)
            if not self._kept:
                self._kept = None
        return out

    def get(self, msg_id: int) -> Out | None:
        """A kept message by its id."""
        return self._kept.get(msg_id) if self._kept else None

    def answer_to(self, request: int) -> Out | None:
        """The kept answer to a request."""
        if self._kept:
            for out in self._kept.values():
                if out.request == request:
                    return out
        return None

    def oldest_answer(self, *, written: bool) -> Out | None:
        """The oldest kept answer to a call that was written already, or that was not."""
        for out in (self._kept or {}).values():
            if out.request and out.queued is not written:
                return out
        return None

    def again(self, out: Out, now: float) -> None:
        """Queue a kept message once more; under a new id where the old one has grown stale."""
        if out.queued:
            return
        if (out.msg_id >> 32) + STALE < now and self._kept is not None:
            del self._kept[out.msg_id]
            out.msg_id = self.next_id(now, out.msg_id & 3)
            self._kept[out.msg_id] = out
        out.queued = True
        self._put(out)

    def all_again(self, now: float) -> None:
        """Queue everything unacknowledged: the connection it went to is gone."""
        for out in list((self._kept or {}).values()):
            self.again(out, now)

    @property
    def last_id(self) -> int:
        """The newest server msg id."""
        return self._last_id

    def aside(self, bodies: list[bytes], again: Out | None, now: float) -> Item:
        """One message with service messages and a kept one, which stays as it is: for another
        connection than the session's.
        """
        items = [(self.next_id(now, ANSWER), self._content * 2, body) for body in bodies]
        if again is not None:
            items.append((again.msg_id, again.seqno, again.body))
        if len(items) == 1 and again is None:
            return items[0]
        return self.next_id(now, OTHER), self._content * 2, wire.container(items)

    def drop_service(self) -> None:
        """Take what is not kept off the queue: it was meant for a connection that is gone."""
        if self._queue:
            self._queue = [out for out in self._queue if self.get(out.msg_id) is out]
            self.queued_bytes = sum(len(out.body) for out in self._queue)

    def batches(self, acks: list[int], now: float, together: bool = False) -> list[Item]:
        """Take the queue as messages to encrypt: single ones, and containers of what fits.

        ``together``: also what should stand alone joins the others (HTTP: one payload a response).
        """
        queue, self._queue = self._queue or [], None
        items: list[Item] = []
        batch: list[Out] = []
        size = 0
        for out in queue:
            length = len(out.body)
            if batch and (size + length > BATCH_BYTES or len(batch) >= wire.MAX_CONTAINER - 1):
                items.append(self._join(batch, acks, now))
                batch, size, acks = [], 0, []
            out.queued = False
            self.queued_bytes -= length
            if out.alone and not batch and not together:
                items.append((out.msg_id, out.seqno, out.body))
                continue
            batch.append(out)
            size += length
        if batch or acks:
            items.append(self._join(batch, acks, now))
        return items

    def _join(self, batch: list[Out], acks: list[int], now: float) -> Item:
        """One message of several; acknowledgements ride along."""
        items = [(out.msg_id, out.seqno, out.body) for out in batch]
        if acks:
            ack_id = self.next_id(now, OTHER)
            items.append((ack_id, self._content * 2, wire.pack_ids(wire.MSGS_ACK, acks)))
        if len(items) == 1 and (items[0][0] >> 32) + FRESH >= now:
            return items[0]
        return self.next_id(now, OTHER), self._content * 2, wire.container(items)
