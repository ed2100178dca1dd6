"""One server session: what a client may send, and what it is owed (both ways, without a socket).

Law of a received frame, in this order; the first flaw ends it with one notification and nothing
runs:

=====================================================  ============================================
msg id not divisible by 4                              bad_msg_notification 18
known msg id                                           answered again from what is kept (19 for a
                                                       container)
older than 300 s, or more than 30 s ahead              16, 17
salt not valid now                                     bad_server_salt 48; before it 20 where the
                                                       msg id is older than the server's start and
                                                       the key is, too
container: malformed, nested, ids not below its own    64
inner id not divisible by 4                            18
id below what is remembered                            20; in a container that message alone
sequence numbers against the order of ids              32, 33
odd where even is due; even for a call                 34, 35
=====================================================  ============================================

A session outlives its connection: :meth:`Session.attach` on a new one makes what was not
acknowledged be said again after the first frame there. A frame that comes on another connection
goes through :meth:`Session.admit` first: only one that is accepted as new may move the session. All
times are given by the caller, in seconds.
"""

from __future__ import annotations

from typing import Any

from petitbleu.errors import LocalFault, PeerFault
from petitbleu.keys import Random
from petitbleu.mtproto import crypto, wire
from petitbleu.mtproto import inbox as flags
from petitbleu.mtproto.bulk import Sealing
from petitbleu.mtproto.crypto import Envelope
from petitbleu.mtproto.inbox import Inbox
from petitbleu.mtproto.messages import Call, Event, NewSession, QuickAck
from petitbleu.mtproto.outbox import ANSWER, OTHER, Item, Out, Outbox
from petitbleu.mtproto.salts import Salts
from petitbleu.mtproto.service import SMALL_ANSWER, TABLE, Service

PAST = 300
AHEAD = 30
ACK_DELAY = 0.5
"""Seconds a request may wait for its answer before it is acknowledged on its own."""
MAX_INFLATED = 4 << 20
"""Bytes the gzip of one frame may unfold to."""
GZIP_FROM = 512
MAX_UNSENT = 8192
"""Messages queued for a client that sends but does not read; then it is cut (-429)."""

_PACKED_ALREADY = frozenset(
    kind.to_bytes(4, "little") for kind in (0x096A18D5, 0xA99FCA4F, 0x21E753BC)
)
"""upload.file, upload.cdnFile, upload.webFile: media does not shrink."""

Message = tuple[int, int, Service | None, Any]

_TOO_OLD = object()
"""Stands for the body of a message that is refused with code 20 while others of its frame run."""


class Refused(Exception):
    """The frame is refused with this code."""

    def __init__(self, code: int) -> None:
        self.code = code


class Session:
    """A session of one authorization key."""

    __slots__ = (
        "_ack_at",
        "_acks",
        "_auth_key",
        "_born",
        "_key_id",
        "_random",
        "_resend",
        "inbox",
        "outbox",
        "running",
        "salts",
        "session_id",
    )

    def __init__(
        self,
        auth_key: bytes,
        auth_key_id: int,
        session_id: int,
        salts: Salts,
        random: Random,
        *,
        floor: int = -1,
        last_id: int = 0,
    ) -> None:
        """``floor``: newest id that an earlier life of the session has received; ``last_id``:
        newest server msg id that it has said.
        """
        self._auth_key = auth_key
        self._key_id = auth_key_id
        self._random = random
        self._acks: list[int] | None = None
        self._ack_at = 0.0
        self._born = False
        self._resend = False
        self.session_id = session_id
        self.salts = salts
        self.inbox = Inbox(floor)
        self.outbox = Outbox(last_id)
        self.running = 0
        """Calls that wait for their answer."""

    # ── receiving ────────────────────────────────────────────────────────────────────────────────

    def receive(self, envelope: Envelope, now: float, quick_ack: bool = False) -> list[Event]:
        """Take one decrypted frame. ``quick_ack``: the frame asked for one.

        PeerFault: close the connection (with its transport code, if any).
        """
        try:
            messages = self._accept(envelope, now)
        except Refused as refusal:
            for body in self._refusal(envelope, refusal.code, now):
                self.outbox.service(body, now)
            return []
        return self.run(messages, envelope, now, quick_ack)

    def admit(self, envelope: Envelope, now: float) -> tuple[list[Message] | None, bytes]:
        """Look at a frame that came on another connection than the session's.

        Accepted as new: its messages, for :meth:`run` once the session has moved there. Else None,
        and the payload that answers it there, if any: refused, seen before, or acknowledgements
        that may have been recorded (those are taken note of, but say nothing of where the client
        is). PeerFault: close the connection.
        """
        msg_id, newest = envelope.msg_id, self.inbox.newest
        known = self.inbox.find(msg_id)
        try:
            messages = self._accept(envelope, now)
        except Refused as refusal:
            return None, self._aside(self._refusal(envelope, refusal.code, now), None, now)
        if known >= 0:
            return None, self._repeated_aside(msg_id, envelope.seqno, known, now)
        if self.inbox.find(msg_id) < 0 and msg_id <= newest:
            if self._born:
                self.run(messages, envelope, now)
            return None, b""
        return messages, b""

    def _aside(self, bodies: list[bytes], again: Out | None, now: float) -> bytes:
        return self.seal(self.outbox.aside(bodies, again, now), now)

    def _repeated_aside(self, msg_id: int, seqno: int, known: int, now: float) -> bytes:
        """What :meth:`_repeated` says, as a payload for another connection."""
        if known & flags.QUERY and known & flags.ANSWERED and not known & flags.DELIVERED:
            out = self.outbox.answer_to(msg_id)
            if out is None:
                return self._aside([wire.bad_msg(msg_id, seqno, 20)], None, now)
            if len(out.body) > SMALL_ANSWER:
                body = wire.detailed_info(msg_id, out.msg_id, len(out.body))
                return self._aside([body], None, now)
            return self._aside([], out, now)
        return self._aside([wire.pack_ids(wire.MSGS_ACK, [msg_id])], None, now)

    def _accept(self, envelope: Envelope, now: float) -> list[Message]:
        """The messages of a frame that may run. Raises Refused, which leaves no trace."""
        if envelope.session_id != self.session_id:
            raise LocalFault("frame of another session")
        if self.outbox.queued > MAX_UNSENT:
            raise PeerFault("client does not read", -429)
        msg_id, seqno = envelope.msg_id, envelope.seqno
        known = self.inbox.find(msg_id)
        if known < 0:
            self._check_time(msg_id, now)
        if not self.salts.accepts(envelope.salt, now):
            raise Refused(48)
        if known >= 0:
            return self._known(msg_id, seqno, envelope.body)
        return self._inspect(msg_id, seqno, envelope.body)

    def _refusal(self, envelope: Envelope, code: int, now: float) -> list[bytes]:
        """The service messages that refuse a frame."""
        msg_id, seqno = envelope.msg_id, envelope.seqno
        if code != 48:
            return [wire.bad_msg(msg_id, seqno, code)]
        bad_salt = wire.bad_salt(msg_id, seqno, self.salts.current(now))
        if msg_id >= int(self.salts.since * 4294967296.0):
            return [bad_salt]
        # It may have run before the start: only its client can say it anew, under a new id. The
        # salt lets that pass even where the client's clock is slow.
        return [wire.bad_msg(msg_id, seqno, 20), bad_salt]

    def run(
        self, messages: list[Message], envelope: Envelope, now: float, quick_ack: bool = False
    ) -> list[Event]:
        """Do what the messages of an accepted frame say."""
        events: list[Event] = []
        if quick_ack:
            events.append(QuickAck(envelope.token))
        if not self._born:
            taken = [message[0] for message in messages if message[3] is not _TOO_OLD]
            first = min([envelope.msg_id, *taken])
            self._begin(first, now, events)
        for message in messages:
            self._run(message, now, events)
        if self._resend:
            self._resend = False
            self.outbox.all_again(now)
        return events

    def _known(self, msg_id: int, seqno: int, body: bytes) -> list[Message]:
        """A frame seen before: nothing of it runs again, a call's answer is looked for."""
        if wire.constructor(body) == wire.MSG_CONTAINER:
            raise Refused(19)
        return [(msg_id, seqno, None, None)]

    def _check_time(self, msg_id: int, now: float) -> None:
        if msg_id & 3:
            raise Refused(18)
        seconds = msg_id >> 32
        if seconds < now - PAST:
            raise Refused(16)
        if seconds > now + AHEAD:
            raise Refused(17)

    def _inspect(self, msg_id: int, seqno: int, body: bytes) -> list[Message]:
        """Read the whole frame and note its ids; Refused leaves no trace."""
        taken: list[int] = []
        messages: list[Message] = []
        budget = MAX_INFLATED
        try:
            if wire.constructor(body) != wire.MSG_CONTAINER:
                budget = self._read(msg_id, seqno, body, budget, taken, messages)
                if not taken and msg_id > self.inbox.newest_ack:
                    self.inbox.newest_ack = msg_id
            else:
                if seqno & 1:
                    raise Refused(34)
                items = wire.read_container(body)
                if items is None:
                    raise Refused(64)
                for inner_id, inner_seqno, inner_body in items:
                    if inner_id >= msg_id:
                        raise Refused(64)
                    try:
                        budget = self._read(
                            inner_id, inner_seqno, inner_body, budget, taken, messages
                        )
                    except Refused as refusal:
                        if refusal.code != 20:
                            raise
                        messages.append((inner_id, inner_seqno, None, _TOO_OLD))
                self._take(msg_id, seqno, 0, taken)
        except (Refused, PeerFault):
            for number in taken:
                self.inbox.remove(number)
            raise
        self.inbox.trim()
        return messages

    def _read(
        self,
        msg_id: int,
        seqno: int,
        body: bytes,
        budget: int,
        taken: list[int],
        messages: list[Message],
    ) -> int:
        """Read one message; gives what is left of the gzip budget."""
        kind = wire.constructor(body)
        if kind == wire.MSG_COPY:
            copied = wire.read_copy(body)
            if copied is None or copied[0] >= msg_id:
                raise Refused(64)
            msg_id, seqno, body = copied
            kind = wire.constructor(body)
        if msg_id & 3:
            raise Refused(18)
        if kind == wire.GZIP_PACKED:
            try:
                body = wire.gunzip_packed(body, budget)
                budget -= len(body)
                kind = wire.constructor(body)
            except PeerFault:
                kind, body = wire.GZIP_PACKED, b""  # a call that is answered with an error
        if kind in (wire.MSG_CONTAINER, wire.MSG_COPY):
            raise Refused(64)
        service = TABLE.get(kind)
        if service is not None:
            parsed = service.read(body)
            if kind == wire.MSGS_ACK or self._take(msg_id, seqno, seqno & 1, taken):
                messages.append((msg_id, seqno, service, parsed))
            return budget
        if not seqno & 1:
            raise Refused(35)
        new = self._take(msg_id, seqno, flags.CONTENT | flags.QUERY, taken)
        messages.append((msg_id, seqno, None, body if new else None))
        return budget

    def _take(self, msg_id: int, seqno: int, kind: int, taken: list[int]) -> bool:
        """Note a message; False where it is known already (a repeated one inside a container)."""
        if self.inbox.find(msg_id) >= 0:
            return False
        code = self.inbox.add(msg_id, seqno, kind)
        if code:
            raise Refused(code)
        taken.append(msg_id)
        return True

    def _begin(self, first_msg_id: int, now: float, events: list[Event]) -> None:
        """The first accepted frame: say new_session_created, alone and before any result."""
        self._born = True
        unique_id = int.from_bytes(self._random(8), "little", signed=True)
        body = wire.new_session(first_msg_id, unique_id, self.salts.current(now))
        self.outbox.content(body, now, OTHER, alone=True)
        events.append(NewSession(first_msg_id, unique_id))

    def _run(self, message: Message, now: float, events: list[Event]) -> None:
        msg_id, seqno, service, parsed = message
        if service is not None:
            service.run(self, msg_id, parsed, now, events)
            if seqno & 1 and not self.inbox.find(msg_id) & flags.ANSWERED:
                self._want_ack(msg_id, now)
        elif parsed is _TOO_OLD:
            self.outbox.service(wire.bad_msg(msg_id, seqno, 20), now)
        elif parsed is None:
            self._repeated(msg_id, seqno, now)
        elif parsed:
            self.inbox.change(msg_id, flags.RUNNING)
            self.running += 1
            self._want_ack(msg_id, now)
            events.append(Call(msg_id, parsed))
        else:
            self.answer(msg_id, wire.rpc_error(400, "INPUT_FETCH_ERROR"), now)

    def _repeated(self, msg_id: int, seqno: int, now: float) -> None:
        """A message that came before: acknowledge, and answer it from what is kept."""
        known = self.inbox.find(msg_id)
        if known & flags.QUERY and known & flags.ANSWERED and not known & flags.DELIVERED:
            out = self.outbox.answer_to(msg_id)
            if out is None:
                self.outbox.service(wire.bad_msg(msg_id, seqno, 20), now)
            elif len(out.body) > SMALL_ANSWER and not out.queued:
                self.outbox.service(wire.detailed_info(msg_id, out.msg_id, len(out.body)), now)
            else:
                self.outbox.again(out, now)
        elif known & flags.CONTENT:
            self._want_ack(msg_id, now)

    def _want_ack(self, msg_id: int, now: float) -> None:
        if not self._acks:
            self._acks = []
            self._ack_at = now + ACK_DELAY
        self._acks.append(msg_id)

    def _responded(self, msg_id: int) -> None:
        """A response acknowledges what it responds to."""
        if self._acks and msg_id in self._acks:
            self._acks.remove(msg_id)

    # ── for service messages and the code around ─────────────────────────────────────────────────

    def acknowledged(self, msg_id: int) -> bool:
        """The client has one of our messages; False where it is not known (any more)."""
        out = self.outbox.acknowledge(msg_id)
        if out is None:
            return False
        if out.request:
            self.inbox.change(out.request, flags.DELIVERED)
        return True

    def statuses(self, msg_ids: tuple[int, ...]) -> bytes:
        """Status bytes for msgs_state_info."""
        status = self.inbox.status
        return bytes([status(msg_id) for msg_id in msg_ids])

    def reply(self, msg_id: int, body: bytes, now: float) -> None:
        """Queue a service answer that names the message it answers (and so acknowledges it)."""
        self.inbox.change(msg_id, flags.ANSWERED)
        self._responded(msg_id)
        self.outbox.service(body, now)

    def result(self, msg_id: int, result: bytes, now: float) -> None:
        """Queue an rpc_result; it is kept until acknowledged."""
        self.inbox.change(msg_id, flags.ANSWERED)
        self.outbox.content(wire.rpc_result(msg_id, result), now, ANSWER, msg_id)

    def session_destroyed(self, msg_id: int, session_id: int, existed: bool, now: float) -> None:
        """Answer DestroySession."""
        kind = wire.DESTROY_SESSION_OK if existed else wire.DESTROY_SESSION_NONE
        self.reply(msg_id, wire.with_long(kind, session_id), now)

    def key_destroyed(self, msg_id: int, done: bool | None, now: float) -> None:
        """Answer DestroyKey: whether it was done; None: there was none any more.

        Send the answer before the connection is closed: it is sealed with the key itself.
        """
        if done is None:
            kind = wire.DESTROY_AUTH_KEY_NONE
        else:
            kind = wire.DESTROY_AUTH_KEY_OK if done else wire.DESTROY_AUTH_KEY_FAIL
        self.reply(msg_id, wire.bare(kind), now)

    # ── sending ──────────────────────────────────────────────────────────────────────────────────

    def answer(self, req_msg_id: int, result: bytes, now: float, *, compress: bool = True) -> None:
        """Queue the answer to a Call: TL of the result or of an rpc_error, packed where it shrinks.

        The answer to a call that was dropped meanwhile goes nowhere.
        """
        before = self.inbox.change(req_msg_id, flags.ANSWERED, flags.RUNNING)
        if self.running and (before < 0 or before & flags.RUNNING):
            self.running -= 1
        if before >= 0 and before & flags.DROPPED:
            return
        self._responded(req_msg_id)
        if compress and len(result) > GZIP_FROM and result[:4] not in _PACKED_ALREADY:
            packed = wire.gzip_packed(result)
            if len(packed) < len(result):
                result = packed
        self.outbox.content(wire.rpc_result(req_msg_id, result), now, ANSWER, req_msg_id)

    def push(self, body: bytes, now: float) -> bool:
        """Queue a message that answers nothing (updates); False where the queue is full."""
        if self.outbox.full:
            return False
        self.outbox.content(body, now, OTHER)
        return True

    def attach(self) -> None:
        """The session has a new connection: what the old one may have lost is said again.

        Not at once but after the first frame, whose acknowledgements come first. Service messages
        that waited for the old connection are dropped: a refusal that came late would make the
        client send again what it has repeated already.
        """
        self.outbox.drop_service()
        self._resend = self.outbox.kept > 0

    def repeat(self, now: float) -> None:
        """Say again at once what is not acknowledged: a connection that it went to is gone, and the
        client need not speak first on the one that is left.
        """
        self._resend = False
        self.outbox.all_again(now)

    def next_deadline(self) -> float | None:
        """When :meth:`data_to_send` has something to say though nothing else happens; or None."""
        return self._ack_at if self._acks else None

    def data_to_send(self, now: float, *, together: bool = False) -> list[bytes]:
        """All that is queued, as encrypted payloads to be framed, most often one container.

        Acknowledgements ride along; they go alone only when due. ``together``: as few payloads as
        possible, for HTTP.
        """
        return [self.seal(item, now) for item in self.items_to_send(now, together=together)]

    def items_to_send(self, now: float, *, together: bool = False) -> list[Item]:
        """What :meth:`data_to_send` gives, before it is encrypted."""
        acks = self._acks or []
        if not self.outbox.queued and (not acks or now < self._ack_at):
            return []
        if acks:
            self._acks = acks[wire.MAX_IDS :] or None
            acks = acks[: wire.MAX_IDS]
            for msg_id in acks:
                self.inbox.change(msg_id, flags.ACKED)
        return self.outbox.batches(acks, now, together)

    def seal(self, item: Item, now: float) -> bytes:
        """One of :meth:`items_to_send`, encrypted."""
        return crypto.seal(
            self._auth_key, self._key_id, self._head(item, now) + item[2], self._random
        )

    def sealing(self, item: Item, now: float) -> Sealing:
        """The same in steps, for a large one."""
        return Sealing(self._auth_key, self._key_id, self._head(item, now), item[2], self._random)

    def _head(self, item: Item, now: float) -> bytes:
        msg_id, seqno, body = item
        return crypto.head(self.salts.current(now), self.session_id, msg_id, seqno, len(body))
