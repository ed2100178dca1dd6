"""What is attacked. Each target takes a random source and plays one round."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random

from petitbleu.errors import PeerFault
from petitbleu.keys import RsaKey, RsaKeys
from petitbleu.mtproto import crypto, exchange, inbox, outbox, wire
from petitbleu.mtproto.binding import Binding, open_binding, seal_binding
from petitbleu.mtproto.crypto import Envelope
from petitbleu.mtproto.handshake import ServerHandshake
from petitbleu.mtproto.messages import Call, NewKey, Powers, Reply
from petitbleu.mtproto.peer import ClientHandshake, ClientKey
from petitbleu.mtproto.service import TABLE
from petitbleu.mtproto.session import MAX_UNSENT
from petitbleu.mtproto.transport import (
    Abridged,
    AnyFraming,
    Detected,
    Framing,
    Full,
    Intermediate,
    Padded,
    client_framing,
    detect,
)
from petitbleu.tl import codec
from petitbleu.tl.faults import TLError
from tests.fuzz import pages
from tests.fuzz.damage import EDGES, cuts, damaged
from tests.mtproto.pair import Pair

MAX_FRAME = 5000
FRAMINGS: tuple[type[Framing], ...] = (Abridged, Intermediate, Padded, Full)


def _client_stream(random: Random) -> bytes:
    """What an honest client would send: any framing, obfuscated or not."""
    kind = random.choice(FRAMINGS)
    inner, start = kind(client=True), kind.tag
    sender: AnyFraming = inner
    if random.random() < 0.5:
        sender, start = client_framing(inner, random.randint(-5, 5), random.randbytes)
    for _ in range(random.randrange(5)):
        size = 24 + 16 * random.randrange(1, 40)
        body = b"\x01" * 8 + random.randbytes(size - 8)
        start += sender.pack(body, quick_ack=random.random() < 0.2)
    return start


def framing(random: Random) -> None:
    """Streams of all kinds: no more is held than one frame and the piece it came in."""
    stream = _client_stream(random) if random.random() < 0.8 else random.randbytes(200)
    first, found = b"", None
    for piece in cuts(random, damaged(random, stream)):
        if found is None:
            first += piece
            answer = detect(first, max_frame=MAX_FRAME)
            if not isinstance(answer, Detected):
                assert len(first) < 72
                continue
            found, piece = answer.framing, answer.rest
        for frame in found.feed(piece):
            assert 4 <= len(frame.payload) <= MAX_FRAME
        assert found.buffered <= MAX_FRAME + 16


def framing_as_client(random: Random) -> None:
    """The client role reads what a server may send it."""
    kind = random.choice(FRAMINGS)
    server, client = kind(), kind(client=True, max_frame=MAX_FRAME)
    stream = b""
    for _ in range(random.randrange(1, 5)):
        stream += random.choice(
            (
                server.pack(b"\x01" * 8 + random.randbytes(16 + 16 * random.randrange(50))),
                server.pack_error(-404),
                server.pack_quick_ack(random.getrandbits(31) | 1 << 31),
            )
        )
    for piece in cuts(random, damaged(random, stream)):
        client.feed(piece)
        assert client.buffered <= MAX_FRAME + 16


@cache
def _rsa() -> RsaKeys:
    return RsaKeys([RsaKey.generate()])


def handshake(random: Random) -> None:
    """A key exchange in which the client's messages are damaged from some step on."""
    keys = _rsa()
    server = ServerHandshake(keys, random.randbytes)
    key = keys.current
    client = ClientHandshake(
        {key.fingerprint: key.public()},
        random.randbytes,
        old_padding=random.random() < 0.5,
        expires_in=random.choice((None, 60)),
    )
    bad_from, now, step = random.randrange(4), 1_800_000_000.0, 0
    payload: bytes | ClientKey = client.start(now)
    while isinstance(payload, bytes):
        if step >= bad_from:
            payload = payload[:20] + damaged(random, payload[20:])
            if len(payload) >= 20 and random.random() < 0.7:
                length = len(payload) - 20
                payload = payload[:16] + length.to_bytes(4, "little") + payload[20:]
        events = server.receive(payload, now)
        reply = b""
        while events:
            event = events.pop(0)
            if isinstance(event, Powers):
                events += server.resume(event.job, event.job())
            elif isinstance(event, NewKey):
                events += random.choice((server.confirm, server.retry))()
            elif isinstance(event, Reply):
                reply = event.payload
        payload = client.receive(reply, now)
        step += 1


def handshake_as_client(random: Random) -> None:
    """The client's half reads damaged answers of a server."""
    keys = _rsa()
    key = keys.current
    client = ClientHandshake({key.fingerprint: key.public()}, random.randbytes)
    now = 1_800_000_000.0
    nonces = exchange.read_nonce(exchange.read_plain(client.start(now))), random.randbytes(16)
    body = exchange.res_pq(
        exchange.Nonces(*nonces), random.choice((15, 0x17ED48941A08F981)), keys.fingerprints
    )
    client.receive(exchange.plain(1, damaged(random, body)), now)
    client.receive(exchange.plain(5, damaged(random, random.randbytes(300))), now)


def envelope(random: Random) -> None:
    """Payloads that somebody altered on their way."""
    key = random.randbytes(256)
    body = random.randbytes(4 * random.randrange(1, 50))
    plain = crypto.head(1, 2, 3, 4, random.choice((len(body), *EDGES[:11]))) + body
    payload = crypto.seal(key, 5, plain, random.randbytes, crypto.TO_SERVER)
    payload = damaged(random, payload)
    crypto.key_id_of(payload)
    crypto.open(key, payload)


def _body(random: Random, depth: int, msg_id: int) -> bytes:
    """A body as a client may send it, mostly well formed."""
    longs = [random.getrandbits(63) for _ in range(random.randrange(4))]
    known = [msg_id - 4 * n for n in range(random.randrange(6))]
    kind = random.choice(list(TABLE))
    choice = random.randrange(8)
    if choice == 0:
        return b"\x99\x88\x77\x66" + random.randbytes(4 * random.randrange(20))
    if choice == 1:
        inner = _body(random, depth, msg_id) if depth else random.randbytes(40)
        return wire.gzip_packed(inner)
    if choice == 2 and depth:
        items = [
            (msg_id - 4 * n - 4, random.randrange(8), _body(random, depth - 1, msg_id))
            for n in range(random.randrange(1, 6))
        ]
        items = [(number, seqno, body + bytes(-len(body) % 4)) for number, seqno, body in items]
        return wire.container(items)
    if choice == 3:
        return wire.pack_ids(kind, longs + known)
    if choice == 4:
        return wire.pack_ids(wire.MSGS_ALL_INFO, known) + wire.tl_bytes(bytes(len(known)))
    if choice == 5:
        return wire.with_long(kind, random.choice(known or [1]))
    return wire.bare(kind) + random.randbytes(random.choice((0, 4, 8, 12, 16, 20)))


def session(random: Random) -> None:
    """A session whose client is mad but holds the key; the server goes on serving it."""
    pair = Pair(random.getrandbits(32))
    server, asked = pair.server, []
    for _ in range(random.randrange(1, 40)):
        pair.now += random.choice((0, 0, 0.3, 40, -1))
        msg_id = pair.msg_id(random.choice((0, 0, 0, 5, -5, -400, 60)), random.randrange(3))
        msg_id |= random.choice((0, 0, 0, 0, 0, 0, 1, 3))
        body = _body(random, 2, msg_id)
        if random.random() < 0.3:
            body = damaged(random, body)
        body = body[: len(body) & ~3] or bytes(4)
        salt = random.choice((pair.salts.current(pair.now), 5))
        seqno = random.choice((0, 1, 2, 3, random.randrange(40), -1))
        frame = Envelope(salt, server.session_id, msg_id, seqno, body, 1 << 31)
        try:
            events = server.receive(frame, pair.now, random.random() < 0.1)
        except PeerFault:
            server.attach()
            continue
        asked += [event.msg_id for event in events if isinstance(event, Call)]
        if asked and random.random() < 0.5:
            result = random.randbytes(random.choice((4, 600, 70_000)))
            server.answer(asked.pop(random.randrange(len(asked))), result, pair.now)
        if random.random() < 0.3:
            server.push(random.randbytes(40), pair.now)
        if random.random() < 0.6:
            pair.down()
        assert len(server.inbox) <= inbox.KEPT
        assert server.outbox.kept <= outbox.MAX_KEPT
        assert server.outbox.kept_bytes <= outbox.MAX_KEPT_BYTES
        assert server.outbox.queued <= MAX_UNSENT + wire.MAX_CONTAINER
        assert 0 <= server.running <= len(asked) + 1000
    pair.down()
    assert server.outbox.queued == server.outbox.queued_bytes == 0


def session_as_client(random: Random) -> None:
    """The client's half reads what a mad server seals with the right key."""
    pair = Pair(random.getrandbits(32))
    pair.client.call(b"call", pair.now)
    for _ in range(random.randrange(1, 10)):
        msg_id = pair.msg_id() | random.choice((1, 3, 3, 0))
        body = _body(random, 1, msg_id)
        body = body[: len(body) & ~3] or bytes(4)
        head = crypto.head(1, pair.client.session_id, msg_id, random.randrange(9), len(body))
        payload = crypto.seal(pair.key, pair.key_id, head + body, random.randbytes)
        pair.client.receive(payload, pair.now)
        pair.client.data_to_send(pair.now)


def binding(random: Random) -> None:
    """auth.bindTempAuthKey's inner message, damaged."""
    key = random.randbytes(256)
    agreed = Binding(1, 2, 3, 4, 5, 6)
    sealed = seal_binding(key, 4, agreed, random.randbytes(24))
    found = open_binding(key, 4, damaged(random, sealed))
    if found is None:
        raise PeerFault("refused")
    assert found == agreed


@cache
def _ids() -> list[int]:
    return sorted(codec.SCHEMA.by_id)


def tl(random: Random) -> None:
    """Words that look like TL: known constructors, vectors, small counts, short strings."""
    ids = _ids()
    words = [random.choice(ids).to_bytes(4, "little")]
    for _ in range(random.randrange(60)):
        words.append(
            random.choice(
                (
                    random.choice(ids).to_bytes(4, "little"),
                    wire.VECTOR.to_bytes(4, "little"),
                    random.choice(EDGES).to_bytes(4, "little"),
                    random.randrange(8).to_bytes(4, "little"),
                    wire.tl_bytes(random.randbytes(random.randrange(6))),
                    random.randbytes(4),
                )
            )
        )
    codec.decode(b"".join(words))


Target = tuple[Callable[[Random], None], type[Exception] | tuple[type[Exception], ...]]

TARGETS: dict[str, Target] = {
    "framing": (framing, PeerFault),
    "framing_as_client": (framing_as_client, PeerFault),
    "handshake": (handshake, PeerFault),
    "handshake_as_client": (handshake_as_client, PeerFault),
    "envelope": (envelope, PeerFault),
    "session": (session, PeerFault),
    "session_as_client": (session_as_client, PeerFault),
    "binding": (binding, PeerFault),
    "tl": (tl, TLError),
    "frames_of_pages": (pages.frames_of_pages, pages.FAULTS),
}
"""Name -> what to run, and the only exception it may end in."""


def play(name: str, seed: int) -> bool:
    """One round; whether it ended in the target's fault. Any other exception comes out."""
    run, fault = TARGETS[name]
    try:
        run(Random(f"{name} {seed}"))
    except fault:
        return True
    return False
