"""A client session and a server session that share a key, joined without a transport."""

from __future__ import annotations

import random
from collections.abc import Callable

from petitbleu.keys import RsaKeys
from petitbleu.mtproto import crypto, wire
from petitbleu.mtproto.handshake import ServerHandshake
from petitbleu.mtproto.messages import Call, Event, NewKey, Powers, Reply
from petitbleu.mtproto.peer import ClientEvent, ClientHandshake, ClientKey, ClientSession
from petitbleu.mtproto.salts import Salts
from petitbleu.mtproto.session import Session

START = 1_800_000_123.0


def seeded(seed: int = 1) -> Callable[[int], bytes]:
    return random.Random(seed).randbytes


class Pair:
    """``client`` and ``server``; ``now`` is moved by hand."""

    def __init__(self, seed: int = 1) -> None:
        self.random = seeded(seed)
        self.now = START
        self.key = self.random(256)
        self.key_id = crypto.auth_key_id(self.key)
        self.salts = Salts(b"secret", self.key_id)
        salt = self.salts.current(self.now)
        self.client = ClientSession(ClientKey(self.key, self.key_id, salt, 0), self.random)
        self.server = self.fresh_server()

    def fresh_server(self) -> Session:
        return Session(self.key, self.key_id, self.client.session_id, self.salts, self.random)

    def payload(self, msg_id: int, seqno: int, body: bytes, salt: int | None = None) -> bytes:
        if salt is not None:
            self.client.salt = salt
        return self.client.encrypt(msg_id, seqno, body)

    def deliver(self, payload: bytes, quick_ack: bool = False) -> list[Event]:
        return self.server.receive(crypto.open(self.key, payload), self.now, quick_ack)

    def send(self, msg_id: int, seqno: int, body: bytes) -> list[Event]:
        return self.deliver(self.payload(msg_id, seqno, body))

    def up(self) -> list[Event]:
        events: list[Event] = []
        for payload in self.client.data_to_send(self.now):
            events += self.deliver(payload)
        return events

    def down(self) -> list[ClientEvent]:
        events: list[ClientEvent] = []
        for payload in self.server.data_to_send(self.now):
            events += self.client.receive(payload, self.now)
        return events

    def said(self) -> list[tuple[int, int, bytes]]:
        """What the server sends now, as (msg_id, seqno, body), containers opened."""
        found: list[tuple[int, int, bytes]] = []
        for payload in self.server.data_to_send(self.now):
            envelope = crypto.open(self.key, payload, crypto.TO_CLIENT)
            items = wire.read_container(envelope.body)
            if wire.constructor(envelope.body) == wire.MSG_CONTAINER:
                assert items is not None
                found += items
            else:
                found.append((envelope.msg_id, envelope.seqno, envelope.body))
        return found

    def said_kinds(self) -> list[int]:
        return [wire.constructor(body) for _, _, body in self.said()]

    def msg_id(self, seconds: float = 0.0, low: int = 0) -> int:
        return (int((self.now + seconds) * 4294967296) & ~3) + 4 * low

    def born(self) -> None:
        """Past the first frame: new_session_created said and acknowledged."""
        self.client.tell(wire.with_long(wire.PING, 1), self.now)
        self.up()
        self.down()
        self.up()

    def code(self) -> int | None:
        """The code of the notification the server has just queued."""
        for _, _, body in self.said():
            if wire.constructor(body) == wire.BAD_MSG_NOTIFICATION:
                return wire.unpack(wire.LONG_INT_INT, body)[2]
            if wire.constructor(body) == wire.BAD_SERVER_SALT:
                return 48
        return None


def calls(events: list[Event]) -> list[bytes]:
    return [event.body for event in events if isinstance(event, Call)]


def exchange_keys(
    keys: RsaKeys, client: ClientHandshake, server: ServerHandshake, now: float = START
) -> tuple[NewKey, ClientKey]:
    """Walk a whole key exchange; powers are computed in line."""
    step: bytes | ClientKey = client.start(now)
    agreed: NewKey | None = None
    while not isinstance(step, ClientKey):
        events = server.receive(step, now)
        reply = b""
        while events:
            event = events.pop(0)
            if isinstance(event, Powers):
                events += server.resume(event.job, event.job())
            elif isinstance(event, NewKey):
                agreed = event
                events += server.confirm()
            elif isinstance(event, Reply):
                reply = event.payload
        step = client.receive(reply, now)
    assert agreed is not None
    return agreed, step
