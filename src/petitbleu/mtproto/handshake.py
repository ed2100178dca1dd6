"""The server's half of the key exchange, as a state table (core.telegram.org/mtproto/auth_key).

====================  ======================  =====================================  =========
state                 message                 what happens                           then
====================  ======================  =====================================  =========
any                   req_pq, req_pq_multi    new pq and nonce, resPQ                ASKED
any                   msgs_ack                nothing (Android acknowledges these)   the same
ASKED                 req_DH_params           RSA and g^a asked for as Powers        OPENING
OPENING               resume(job, …)          server_DH_params_ok                    OFFERED
OFFERED               set_client_DH_params    g_b^a asked for as Powers              AGREEING
OFFERED               the same, g_b too small g_b^a asked for, only for the hash     REFUSING
AGREEING              resume(job, …)          NewKey                                 AGREED
REFUSING              resume(job, …)          dh_gen_fail                            OFFERED
AGREED                confirm()               dh_gen_ok                              START
AGREED                retry()                 dh_gen_retry                           OFFERED
====================  ======================  =====================================  =========

Anything else is a PeerFault. Nothing here computes a 2048-bit power: those are jobs for a worker
thread, and picklable for a worker process. A job overtaken by a new req_pq is forgotten: its result
is ignored.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from functools import partial
from hashlib import sha1
from typing import Any, Final

from petitbleu.errors import LocalFault, PeerFault
from petitbleu.keys import Random, RsaKey, RsaKeys, power
from petitbleu.mtproto import exchange, primes, rsa_pad
from petitbleu.mtproto.crypto import auth_key_id, decrypt_ige, encrypt_ige
from petitbleu.mtproto.exchange import Inner, Nonces
from petitbleu.mtproto.messages import Event, NewKey, Powers, Reply
from petitbleu.mtproto.wire import MSGS_ACK, constructor, read_bytes

START: Final = "start"
ASKED: Final = "asked"
OPENING: Final = "opening"
OFFERED: Final = "offered"
AGREEING: Final = "agreeing"
AGREED: Final = "agreed"
REFUSING: Final = "refusing"

LIFETIME = 600.0
"""Seconds a nonce is good for."""
MAX_STARTS = 8
"""req_pq on one connection without a key coming of it; more is a flood (-429)."""
MAX_TRIES = 5
"""set_client_DH_params refused in one exchange before the connection is closed."""
MAX_TEMP_LIFE = 7 * 86400
"""Longest life of a temporary key in seconds (clients ask for a day)."""

Opened = tuple[int, int, int]
Job = Callable[[], Any]


class ServerHandshake:
    """Key exchanges of one connection, one after the other."""

    __slots__ = (
        "_a",
        "_born",
        "_inner",
        "_job",
        "_key",
        "_last_id",
        "_nonces",
        "_now",
        "_p",
        "_q",
        "_random",
        "_rsa",
        "_starts",
        "_tries",
        "state",
    )

    def __init__(self, rsa_keys: RsaKeys, random: Random) -> None:
        self._rsa = rsa_keys
        self._random = random
        self._starts = 0
        self._tries = 0
        self._last_id = 0
        self._born = 0.0
        self._now = 0.0
        self._nonces = Nonces(b"", b"")
        self._p = 0
        self._q = 0
        self._a = 0
        self._inner: Inner | None = None
        self._key = b""
        self._job: Job | None = None
        self.state = START

    def receive(self, payload: bytes, now: float) -> list[Event]:
        """Take one plain payload (key id 0)."""
        body = exchange.read_plain(payload)
        kind = constructor(body)
        self._now = now
        if kind in (exchange.REQ_PQ, exchange.REQ_PQ_MULTI):
            return self._on_req_pq(body)
        if kind == MSGS_ACK:
            return []
        handler = _TABLE.get((self.state, kind))
        if handler is None:
            raise PeerFault("key exchange message out of turn", -404)
        if now - self._born > LIFETIME:
            raise PeerFault("key exchange took too long", -404)
        if exchange.read_nonces(body) != self._nonces:
            raise PeerFault("nonces are not those of this exchange", -404)
        return handler(self, body)

    def resume(self, job: Job, result: Any) -> list[Event]:
        """Go on with the result of a Powers job; one that was overtaken gives nothing."""
        if job is not self._job:
            return []
        self._job = None
        if self.state == OPENING:
            return self._opened(result)
        return self._agreed(result)

    def confirm(self) -> list[Event]:
        """The key of NewKey is stored: tell the client."""
        self._check_agreed()
        events = self._finish(exchange.GEN_OK, 1)
        self._forget()
        return events

    def retry(self) -> list[Event]:
        """The id of the key is taken: ask the client for another g_b."""
        self._check_agreed()
        events = self._finish(exchange.GEN_RETRY, 2)
        self._count_try()
        self.state = OFFERED
        return events

    def _reply(self, body: bytes) -> list[Event]:
        msg_id = max(int(self._now * 4294967296) & ~3, self._last_id + 4)
        self._last_id = msg_id
        return [Reply(exchange.plain(msg_id | 1, body))]

    def _forget(self) -> None:
        self._a = 0
        self._key = b""
        self._inner = None
        self._job = None
        self._nonces = Nonces(b"", b"")
        self._starts = 0
        self.state = START

    def _on_req_pq(self, body: bytes) -> list[Event]:
        self._starts += 1
        if self._starts > MAX_STARTS:
            raise PeerFault("too many key exchanges begun", -429)
        nonce = exchange.read_nonce(body)
        self._job = None
        self._inner = None
        self._tries = 0
        self._born = self._now
        self._nonces = Nonces(nonce, self._random(16))
        self._p, self._q = primes.random_pq(self._random)
        self.state = ASKED
        return self._reply(exchange.res_pq(self._nonces, self._p * self._q, self._rsa.fingerprints))

    def _on_req_dh(self, body: bytes) -> list[Event]:
        request = exchange.read_req_dh(body)
        if (request.p, request.q) != (self._p, self._q):
            raise PeerFault("pq was not factored", -404)
        key = self._rsa.find(request.fingerprint)
        if key is None:
            raise PeerFault("unknown RSA key", -404)
        value = int.from_bytes(request.encrypted, "big")
        if len(request.encrypted) > 256 or value >= key.n:
            raise PeerFault("RSA block out of range", -404)
        self.state = OPENING
        return self._ask(partial(open_block, key, value, self._random))

    def _ask(self, job: Job) -> list[Event]:
        self._job = job
        return [Powers(job)]

    def _opened(self, result: Opened) -> list[Event]:
        value, self._a, g_a = result
        inner = self._read_inner(value.to_bytes(256, "big"))
        pq = self._p * self._q
        if inner.nonces != self._nonces or (inner.pq, inner.p, inner.q) != (pq, self._p, self._q):
            raise PeerFault("inner data belongs to another exchange", -404)
        if inner.expires_in is not None and not 0 < inner.expires_in <= MAX_TEMP_LIFE:
            raise PeerFault("life of the temporary key out of range", -404)
        self._inner = inner
        self.state = OFFERED
        offer = exchange.dh_inner(self._nonces, primes.G, primes.DH_PRIME, g_a, int(self._now))
        key, iv = exchange.temporary_key(inner.new_nonce, self._nonces.server_nonce)
        sealed = encrypt_ige(exchange.with_hash(offer, self._random(15)), key, iv)
        return self._reply(exchange.dh_ok(self._nonces, sealed))

    def _read_inner(self, block: bytes) -> Inner:
        data = rsa_pad.unpad_new(block)
        if data is None:
            data = rsa_pad.unpad_old(block, lambda content: exchange.read_inner(content).size)
        if data is None:
            raise PeerFault("RSA block fits no padding", -404)
        return exchange.read_inner(data)

    def _on_set_dh(self, body: bytes) -> list[Event]:
        inner = self._inner
        assert inner is not None
        encrypted, _ = read_bytes(body, 36)
        if not encrypted or len(encrypted) % 16:
            raise PeerFault("encrypted data is not whole blocks", -404)
        key, iv = exchange.temporary_key(inner.new_nonce, self._nonces.server_nonce)
        plain = decrypt_ige(encrypted, key, iv)
        answer = exchange.read_client_dh(plain[20:])
        digest = sha1(plain[20 : 20 + answer.size], usedforsecurity=False).digest()
        if not hmac.compare_digest(digest, plain[:20]) or len(plain) - 20 - answer.size > 15:
            raise PeerFault("client_DH_inner_data does not match its hash", -404)
        if answer.nonces != self._nonces:
            raise PeerFault("inner data belongs to another exchange", -404)
        if primes.good_public(answer.g_b):
            self.state = AGREEING
        else:
            self._count_try()
            self.state = REFUSING
        return self._ask(partial(power, answer.g_b, self._a, primes.DH_PRIME))

    def _count_try(self) -> None:
        self._tries += 1
        if self._tries > MAX_TRIES:
            raise PeerFault("too many tries in one key exchange", -404)

    def _agreed(self, shared: int) -> list[Event]:
        inner = self._inner
        assert inner is not None
        self._key = shared.to_bytes(256, "big")
        if self.state == REFUSING:
            self.state = OFFERED
            return self._finish(exchange.GEN_FAIL, 3)
        self.state = AGREED
        salt = exchange.first_salt(inner.new_nonce, self._nonces.server_nonce)
        return [NewKey(self._key, auth_key_id(self._key), salt, inner.dc, inner.expires_in)]

    def _check_agreed(self) -> None:
        if self.state != AGREED:
            raise LocalFault("no key was agreed")

    def _finish(self, kind: int, mark: int) -> list[Event]:
        assert self._inner is not None
        digest = exchange.new_nonce_hash(self._inner.new_nonce, mark, self._key)
        return self._reply(exchange.gen(kind, self._nonces, digest))


def open_block(key: RsaKey, value: int, random: Random) -> Opened:
    """The job after req_DH_params: open the RSA block, choose a and g^a (1.2 ms)."""
    plain = key.decrypt(value, random)
    while True:
        a = int.from_bytes(random(primes.EXPONENT_BYTES), "big") | 1 << 255
        g_a = power(primes.G, a, primes.DH_PRIME)
        if primes.good_public(g_a):
            return plain, a, g_a


_TABLE: dict[tuple[str, int], Callable[[ServerHandshake, bytes], list[Event]]] = {
    (ASKED, exchange.REQ_DH): ServerHandshake._on_req_dh,
    (OFFERED, exchange.SET_DH): ServerHandshake._on_set_dh,
}
