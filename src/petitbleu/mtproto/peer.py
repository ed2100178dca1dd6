"""The client's half of the protocol, sans-I/O: for tests, the bench and tools.

It says no more than a correct client must, and keeps to the rules a server checks. Powers are
computed in line: nobody waits on this side.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha1
from typing import NamedTuple

from petitbleu.errors import LocalFault, PeerFault
from petitbleu.keys import Random, RsaPublic, power
from petitbleu.mtproto import crypto, exchange, primes, rsa_pad, wire
from petitbleu.mtproto.crypto import TO_CLIENT, TO_SERVER
from petitbleu.mtproto.exchange import Inner, Nonces


class ClientKey(NamedTuple):
    """What a finished key exchange gives."""

    auth_key: bytes
    auth_key_id: int
    salt: int
    time_offset: int
    """Server time less own time, whole seconds."""


class ClientHandshake:
    """One key exchange. ``old_padding``: SHA1 instead of RSA_PAD; ``kind``: form of inner data."""

    __slots__ = (
        "_inner",
        "_key",
        "_kind",
        "_msg_id",
        "_offset",
        "_old_padding",
        "_random",
        "_rsa",
        "_step",
    )

    def __init__(
        self,
        rsa_keys: Mapping[int, RsaPublic],
        random: Random,
        *,
        dc: int = 2,
        expires_in: int | None = None,
        old_padding: bool = False,
        kind: int | None = None,
    ) -> None:
        """``rsa_keys`` by fingerprint; ``expires_in`` seconds makes a temporary key."""
        self._rsa = rsa_keys
        self._random = random
        self._old_padding = old_padding
        usual = exchange.PQ_INNER_DC if expires_in is None else exchange.PQ_INNER_TEMP_DC
        self._kind = usual if kind is None else kind
        self._msg_id = 0
        self._offset = 0
        self._step = 0
        self._key = b""
        self._inner = Inner(0, 0, 0, Nonces(random(16), b""), random(32), dc, expires_in, 0)

    def start(self, now: float) -> bytes:
        """The first payload: req_pq_multi."""
        body = exchange.REQ_PQ_MULTI.to_bytes(4, "little") + self._inner.nonces.nonce
        return self._plain(body, now)

    def receive(self, payload: bytes, now: float) -> bytes | ClientKey:
        """Take the server's payload: gives the next one to send, or the key. PeerFault on a lie."""
        body = exchange.read_plain(payload)
        self._step += 1
        if self._step == 1:
            return self._plain(self._on_res_pq(body), now)
        if exchange.read_nonces(body) != self._inner.nonces:
            raise PeerFault("nonces are not those of this exchange")
        if self._step == 2:
            return self._plain(self._on_dh(body, now), now)
        return self._on_gen(body)

    def _plain(self, body: bytes, now: float) -> bytes:
        self._msg_id = max(int(now * 4294967296) & ~3, self._msg_id + 4)
        return exchange.plain(self._msg_id, body)

    def _on_res_pq(self, body: bytes) -> bytes:
        res_pq = exchange.read_res_pq(body)
        if res_pq.nonces.nonce != self._inner.nonces.nonce:
            raise PeerFault("resPQ answers another exchange")
        key = next((self._rsa[fp] for fp in res_pq.fingerprints if fp in self._rsa), None)
        if key is None:
            raise PeerFault("server has none of our RSA keys")
        p, q = primes.factor(res_pq.pq)
        self._inner = self._inner._replace(pq=res_pq.pq, p=p, q=q, nonces=res_pq.nonces)
        pad = rsa_pad.pad_old if self._old_padding else rsa_pad.pad_new
        encrypted = pad(exchange.pack_inner(self._inner, self._kind), key, self._random)
        request = exchange.ReqDH(res_pq.nonces, p, q, key.fingerprint, encrypted)
        return exchange.req_dh(request)

    def _on_dh(self, body: bytes, now: float) -> bytes:
        if wire.constructor(body) != exchange.DH_OK:
            raise PeerFault("server_DH_params_ok expected")
        nonces, new_nonce = self._inner.nonces, self._inner.new_nonce
        key, iv = exchange.temporary_key(new_nonce, nonces.server_nonce)
        encrypted, _ = wire.read_bytes(body, 36)
        plain = crypto.decrypt_ige(encrypted, key, iv)
        offer = exchange.read_dh_inner(plain[20:])
        digest = sha1(plain[20 : 20 + offer.size], usedforsecurity=False).digest()
        if digest != plain[:20] or offer.nonces != nonces:
            raise PeerFault("server_DH_inner_data does not match its hash")
        if offer.prime != primes.DH_PRIME or not primes.good_public(offer.g_a):
            raise PeerFault("unsafe group")
        self._offset = offer.server_time - int(now)
        b = int.from_bytes(self._random(primes.EXPONENT_BYTES), "big") | 1 << 255
        shared = power(offer.g_a, b, offer.prime)
        self._key = shared.to_bytes(256, "big")
        answer = exchange.client_dh(nonces, 0, power(offer.g, b, offer.prime))
        sealed = crypto.encrypt_ige(exchange.with_hash(answer, self._random(15)), key, iv)
        return exchange.set_dh(nonces, sealed)

    def _on_gen(self, body: bytes) -> ClientKey:
        marks = {exchange.GEN_OK: 1, exchange.GEN_RETRY: 2, exchange.GEN_FAIL: 3}
        mark = marks.get(wire.constructor(body), 0)
        digest = exchange.new_nonce_hash(self._inner.new_nonce, mark, self._key)
        if exchange.read_digest(body) != digest:
            raise PeerFault("new_nonce_hash is wrong")
        if mark != 1:
            raise PeerFault("server refused the key")
        salt = exchange.first_salt(self._inner.new_nonce, self._inner.nonces.server_nonce)
        return ClientKey(self._key, crypto.auth_key_id(self._key), salt, self._offset)


class Result(NamedTuple):
    """The answer to a call, inflated: TL of a result or of an rpc_error."""

    call: int
    body: bytes


class Push(NamedTuple):
    """A message of the server that is no service message: updates."""

    msg_id: int
    body: bytes


class Service(NamedTuple):
    """Any service message, as it came (also those the session has acted upon by itself)."""

    kind: int
    msg_id: int
    body: bytes


ClientEvent = Result | Push | Service


class ClientSession:
    """One session of a client. Calls go by the msg id they first had, however often resent."""

    __slots__ = (
        "_acks",
        "_auth_key",
        "_containers",
        "_content",
        "_last_id",
        "_pending",
        "_queue",
        "_random",
        "_sent",
        "auth_key_id",
        "offset",
        "salt",
        "seen",
        "session_id",
    )

    def __init__(self, key: ClientKey, random: Random, *, session_id: int | None = None) -> None:
        self._auth_key = key.auth_key
        self._random = random
        self._last_id = 0
        self._content = 0
        self._queue: list[tuple[int, int, bytes]] = []
        self._pending: dict[int, bytes] = {}
        self._sent: dict[int, tuple[int, int]] = {}
        self._containers: dict[int, list[int]] = {}
        self._acks: list[int] = []
        self.auth_key_id = key.auth_key_id
        self.salt = key.salt
        self.offset = float(key.time_offset)
        self.seen: dict[int, None] = {}
        """Ids of content messages received, the last 1000."""
        fresh = int.from_bytes(random(8), "little", signed=True)
        self.session_id = fresh if session_id is None else session_id

    @property
    def pending(self) -> tuple[int, ...]:
        """Calls without an answer."""
        return tuple(self._pending)

    def next_id(self, now: float) -> int:
        """The next client msg id; also where the clock went back, none that waits for an answer."""
        self._last_id = max(int((now + self.offset) * 4294967296) & ~3, self._last_id + 4)
        while self._last_id in self._sent:
            self._last_id += 4
        return self._last_id

    def call(self, body: bytes, now: float) -> int:
        """Queue a call; gives its number, by which :class:`Result` names it."""
        msg_id = self.next_id(now)
        self._pending[msg_id] = body
        self._enqueue(msg_id, msg_id, body)
        return msg_id

    def _enqueue(self, call: int, msg_id: int, body: bytes) -> None:
        seqno = self._content * 2 + 1
        self._content += 1
        self._sent[msg_id] = call, seqno
        self._queue.append((msg_id, seqno, body))

    def tell(self, body: bytes, now: float, *, content: bool = False) -> int:
        """Queue a service message; gives its msg id."""
        msg_id = self.next_id(now)
        self._queue.append((msg_id, self._content * 2 + content, body))
        self._content += content
        return msg_id

    def repeat(self, call: int) -> None:
        """Queue an unanswered call again, exactly as it was sent."""
        for msg_id, (number, seqno) in self._sent.items():
            if number == call:
                self._queue.append((msg_id, seqno, self._pending[call]))
                return
        raise LocalFault("no such call is pending")

    def reconnected(self) -> None:
        """The connection was lost: say again what has no answer, and nothing else."""
        self._queue = []
        for call in self._pending:
            self.repeat(call)

    def data_to_send(self, now: float) -> list[bytes]:
        """All that is queued and all acknowledgements, as one encrypted payload."""
        items = self._queue
        if self._acks:
            acks, self._acks = wire.pack_ids(wire.MSGS_ACK, self._acks), []
            items.append((self.next_id(now), self._content * 2, acks))
        if not items:
            return []
        self._queue = []
        if len(items) == 1:
            return [self.encrypt(*items[0])]
        outer = self.next_id(now)
        self._containers[outer] = [msg_id for msg_id, _, _ in items]
        if len(self._containers) > 100:
            del self._containers[next(iter(self._containers))]
        return [self.encrypt(outer, self._content * 2, wire.container(items))]

    def encrypt(self, msg_id: int, seqno: int, body: bytes) -> bytes:
        """One payload as given, right or wrong."""
        head = crypto.head(self.salt, self.session_id, msg_id, seqno, len(body))
        return crypto.seal(self._auth_key, self.auth_key_id, head + body, self._random, TO_SERVER)

    def receive(self, payload: bytes, now: float) -> list[ClientEvent]:
        """Take an encrypted payload of the server."""
        envelope = crypto.open(self._auth_key, payload, TO_CLIENT)
        if envelope.session_id != self.session_id:
            raise PeerFault("payload of another session")
        events: list[ClientEvent] = []
        items = [(envelope.msg_id, envelope.seqno, envelope.body)]
        if wire.constructor(envelope.body) == wire.MSG_CONTAINER:
            container = wire.read_container(envelope.body)
            if container is None:
                raise PeerFault("malformed container")
            items = container
        for msg_id, seqno, body in items:
            if not msg_id & 1:
                raise PeerFault("even msg id from a server")
            if seqno & 1:
                self._acks.append(msg_id)
                if msg_id in self.seen:
                    continue
                self.seen[msg_id] = None
                if len(self.seen) > 1000:
                    del self.seen[next(iter(self.seen))]
            self._one(msg_id, body, now, events)
        return events

    def _one(self, msg_id: int, body: bytes, now: float, events: list[ClientEvent]) -> None:
        kind = wire.constructor(body)
        if kind == wire.RPC_RESULT:
            self._on_result(body, events)
        elif kind in (wire.BAD_SERVER_SALT, wire.BAD_MSG_NOTIFICATION):
            self._on_bad(msg_id, kind, body, now)
            events.append(Service(kind, msg_id, body))
        elif kind in _KINDS:
            events.append(Service(kind, msg_id, body))
        else:
            if kind == wire.GZIP_PACKED:
                body = wire.gunzip_packed(body, 16 << 20)
            events.append(Push(msg_id, body))

    def _on_result(self, body: bytes, events: list[ClientEvent]) -> None:
        (request,) = wire.unpack(wire.LONG, body)
        call, _ = self._sent.pop(request, (None, 0))
        result = body[12:]
        if wire.constructor(result) == wire.GZIP_PACKED:
            result = wire.gunzip_packed(result, 16 << 20)
        if call is not None and self._pending.pop(call, None) is not None:
            events.append(Result(call, result))
        elif call is None:
            events.append(Service(wire.RPC_RESULT, request, result))

    def _on_bad(self, msg_id: int, kind: int, body: bytes, now: float) -> None:
        """Mend salt or clock and say the refused messages again; other codes are the caller's.

        A new salt does not ask for new ids, and with the old ones nothing can run twice.
        """
        if kind == wire.BAD_SERVER_SALT:
            bad_id, _, _, self.salt = wire.unpack(wire.SALT_NOTE, body)
        else:
            bad_id, _, code = wire.unpack(wire.LONG_INT_INT, body)
            if code not in (16, 17):
                return
            self.offset = (msg_id >> 32) - now
            self._last_id = 0
        for sent in self._containers.pop(bad_id, [bad_id]):
            call, seqno = self._sent.get(sent, (0, 0))
            if call not in self._pending:
                continue
            if kind == wire.BAD_SERVER_SALT:
                self._queue.append((sent, seqno, self._pending[call]))
            else:
                del self._sent[sent]
                self._enqueue(call, self.next_id(now), self._pending[call])


_KINDS = frozenset(
    (
        wire.NEW_SESSION_CREATED,
        wire.MSGS_ACK,
        wire.PONG,
        wire.FUTURE_SALTS,
        wire.MSGS_STATE_INFO,
        wire.MSG_DETAILED_INFO,
        wire.MSG_NEW_DETAILED_INFO,
        wire.DESTROY_SESSION_OK,
        wire.DESTROY_SESSION_NONE,
        wire.DESTROY_AUTH_KEY_OK,
        wire.DESTROY_AUTH_KEY_NONE,
        wire.DESTROY_AUTH_KEY_FAIL,
    )
)
