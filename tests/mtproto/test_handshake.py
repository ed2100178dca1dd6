from __future__ import annotations

import pickle
from collections import Counter
from typing import Any

import pytest

from petitbleu.errors import LocalFault, PeerFault
from petitbleu.keys import RsaKeys, power
from petitbleu.mtproto import crypto, exchange, primes, rsa_pad, wire
from petitbleu.mtproto.handshake import LIFETIME, MAX_STARTS, MAX_TRIES, ServerHandshake
from petitbleu.mtproto.messages import Event, NewKey, Powers, Reply
from petitbleu.mtproto.peer import ClientHandshake
from tests.mtproto.pair import START, exchange_keys, seeded

FORMS = {
    exchange.PQ_INNER: (0, None),
    exchange.PQ_INNER_DC: (-10002, None),
    exchange.PQ_INNER_TEMP: (0, 86400),
    exchange.PQ_INNER_TEMP_DC: (-4, 3600),
}


class Walk:
    """A key exchange taken step by step from the client's side."""

    def __init__(self, keys: RsaKeys, seed: int = 1) -> None:
        self.keys = keys
        self.server = ServerHandshake(keys, seeded(seed))
        public = {key.fingerprint: key.public() for key in keys.keys}
        self.client = ClientHandshake(public, seeded(seed + 1))
        self.now = START
        self.payload = self.client.start(self.now)

    def deliver(self, payload: bytes) -> list[Event]:
        """What the server says, powers computed."""
        events = self.server.receive(payload, self.now)
        out: list[Event] = []
        while events:
            event = events.pop(0)
            if isinstance(event, Powers):
                events += self.server.resume(event.job, event.job())
            else:
                out.append(event)
        return out

    def step(self) -> None:
        """Deliver the client's payload and let the client read the reply."""
        (reply,) = self.deliver(self.payload)
        assert isinstance(reply, Reply)
        after = self.client.receive(reply.payload, self.now)
        assert isinstance(after, bytes)
        self.payload = after

    def to_offer(self) -> None:
        """Up to where set_client_DH_params is ready to be sent."""
        self.step()
        self.step()


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("old_padding", (False, True))
@pytest.mark.parametrize("key", (0, 1))
def test_every_inner_form_with_every_padding_on_every_key(
    rsa_keys: RsaKeys, kind: int, old_padding: bool, key: int
) -> None:
    dc, expires_in = FORMS[kind]
    chosen = rsa_keys.keys[key]
    client = ClientHandshake(
        {chosen.fingerprint: chosen.public()},
        seeded(3),
        dc=dc,
        expires_in=expires_in,
        old_padding=old_padding,
        kind=kind,
    )
    agreed, held = exchange_keys(rsa_keys, client, ServerHandshake(rsa_keys, seeded(4)))
    assert agreed.auth_key == held.auth_key
    assert agreed.auth_key_id == held.auth_key_id == crypto.auth_key_id(agreed.auth_key)
    assert agreed.salt == held.salt
    assert (agreed.dc, agreed.temp_expires_in) == (dc, expires_in)


def test_one_connection_makes_a_permanent_and_then_a_temporary_key(rsa_keys: RsaKeys) -> None:
    public = {key.fingerprint: key.public() for key in rsa_keys.keys}
    server = ServerHandshake(rsa_keys, seeded(4))
    first, _ = exchange_keys(rsa_keys, ClientHandshake(public, seeded(5)), server)
    temporary = ClientHandshake(public, seeded(6), expires_in=60)
    second, _ = exchange_keys(rsa_keys, temporary, server)
    assert first.temp_expires_in is None
    assert second.temp_expires_in == 60
    assert first.auth_key != second.auth_key


def test_pq_is_another_one_each_time_and_of_two_31_bit_primes(rsa_keys: RsaKeys) -> None:
    seen: Counter[int] = Counter()
    random = seeded(9)
    for _ in range(50):
        p, q = primes.random_pq(random)
        assert 1 << 30 < p < q < 1 << 31
        assert primes.is_prime(p)
        assert primes.is_prime(q)
        assert primes.factor(p * q) == (p, q)
        seen[p * q] += 1
    assert max(seen.values()) == 1


@pytest.mark.turns(2)
@pytest.mark.parametrize("pq", (0, 3, 2**61 - 1, 1 << 63, 1 << 2000))
def test_a_pq_without_two_factors_is_a_fault_of_the_server(pq: int) -> None:
    with pytest.raises(PeerFault):
        primes.factor(pq)


def test_is_prime_agrees_with_a_sieve() -> None:
    sieve = [True] * 5000
    for n in range(2, 71):
        sieve[n * n :: n] = [False] * len(sieve[n * n :: n])
    assert [primes.is_prime(n) for n in range(2, 5000)] == sieve[2:]
    for pseudo in (3215031751, 2047, 1373653, 25326001, 4759123141 - 2):
        assert not primes.is_prime(pseudo)


def test_the_group_is_a_safe_prime_with_three_of_the_right_order() -> None:
    assert primes.DH_PRIME.bit_length() == 2048
    assert primes.DH_PRIME % 3 == 2
    half = (primes.DH_PRIME - 1) // 2
    for base in (2, 3, 5, 7):
        assert power(base, primes.DH_PRIME - 1, primes.DH_PRIME) == 1
        assert power(base, half - 1, half) == 1
    assert power(primes.G, half, primes.DH_PRIME) == 1


@pytest.mark.parametrize("first_id", (0, 1, 0x51E57AC42770964A, -5))
def test_odd_msg_ids_of_plain_messages_are_taken(rsa_keys: RsaKeys, first_id: int) -> None:
    body = exchange.REQ_PQ.to_bytes(4, "little") + bytes(16)
    (reply,) = ServerHandshake(rsa_keys, seeded()).receive(exchange.plain(first_id, body), START)
    assert isinstance(reply, Reply)
    found = exchange.read_res_pq(exchange.read_plain(reply.payload))
    assert found.fingerprints == rsa_keys.fingerprints


def test_server_ids_of_plain_messages_end_in_one_and_rise(rsa_keys: RsaKeys) -> None:
    server, ids = ServerHandshake(rsa_keys, seeded()), []
    body = exchange.REQ_PQ.to_bytes(4, "little") + bytes(16)
    for _ in range(3):
        (reply,) = server.receive(exchange.plain(0, body), START)
        assert isinstance(reply, Reply)
        ids.append(int.from_bytes(reply.payload[8:16], "little"))
    assert [number % 4 for number in ids] == [1, 1, 1]
    assert ids == sorted(set(ids))
    assert ids[0] >> 32 == int(START)


def test_plain_acknowledgements_are_let_pass_at_any_time(rsa_keys: RsaKeys) -> None:
    walk = Walk(rsa_keys)
    ack = exchange.plain(0, wire.pack_ids(wire.MSGS_ACK, [5]))
    assert walk.deliver(ack) == []
    walk.step()
    assert walk.deliver(ack) == []
    walk.step()
    assert isinstance(walk.deliver(walk.payload)[0], NewKey)


def test_dh_gen_ok_leaves_only_after_confirm(rsa_keys: RsaKeys) -> None:
    walk = Walk(rsa_keys)
    walk.to_offer()
    (key,) = walk.deliver(walk.payload)
    assert isinstance(key, NewKey)
    (reply,) = walk.server.confirm()
    assert isinstance(reply, Reply)
    assert wire.constructor(exchange.read_plain(reply.payload)) == exchange.GEN_OK
    with pytest.raises(LocalFault):
        walk.server.confirm()


def test_a_taken_key_id_is_retried_with_another_g_b(rsa_keys: RsaKeys) -> None:
    walk = Walk(rsa_keys)
    walk.to_offer()
    (first,) = walk.deliver(walk.payload)
    assert isinstance(first, NewKey)
    (reply,) = walk.server.retry()
    assert isinstance(reply, Reply)
    body = exchange.read_plain(reply.payload)
    assert wire.constructor(body) == exchange.GEN_RETRY
    inner = walk.client._inner
    expected = exchange.new_nonce_hash(inner.new_nonce, 2, first.auth_key)
    assert exchange.read_digest(body) == expected
    second = set_dh(walk, power(primes.G, 3 << 300, primes.DH_PRIME))
    (key,) = walk.deliver(second)
    assert isinstance(key, NewKey)
    assert key.auth_key != first.auth_key


def set_dh(walk: Walk, g_b: int, retry_id: int = 0) -> bytes:
    inner = walk.client._inner
    key, iv = exchange.temporary_key(inner.new_nonce, inner.nonces.server_nonce)
    answer = exchange.client_dh(inner.nonces, retry_id, g_b)
    sealed = crypto.encrypt_ige(exchange.with_hash(answer, bytes(15)), key, iv)
    return exchange.plain(0, exchange.set_dh(inner.nonces, sealed))


LOW = 1 << (2048 - 64)


@pytest.mark.parametrize(
    "g_b",
    (0, 1, 2, LOW - 1, primes.DH_PRIME - LOW + 1, primes.DH_PRIME - 1, primes.DH_PRIME, 1 << 2100),
)
def test_a_bad_g_b_draws_dh_gen_fail_and_makes_no_key(rsa_keys: RsaKeys, g_b: int) -> None:
    walk = Walk(rsa_keys)
    walk.to_offer()
    (reply,) = walk.deliver(set_dh(walk, g_b))
    assert isinstance(reply, Reply)
    body = exchange.read_plain(reply.payload)
    assert wire.constructor(body) == exchange.GEN_FAIL
    shared = power(g_b, walk.server._a, primes.DH_PRIME).to_bytes(256, "big")
    digest = exchange.new_nonce_hash(walk.client._inner.new_nonce, 3, shared)
    assert exchange.read_digest(body) == digest
    (key,) = walk.deliver(walk.payload)  # an honest one is still taken
    assert isinstance(key, NewKey)


@pytest.mark.parametrize("g_b", (LOW, primes.DH_PRIME - LOW))
def test_the_bounds_of_g_b_are_inclusive(rsa_keys: RsaKeys, g_b: int) -> None:
    walk = Walk(rsa_keys)
    walk.to_offer()
    (key,) = walk.deliver(set_dh(walk, g_b))
    assert isinstance(key, NewKey)


def test_tries_in_one_exchange_are_counted(rsa_keys: RsaKeys) -> None:
    walk = Walk(rsa_keys)
    walk.to_offer()
    for _ in range(MAX_TRIES):
        walk.deliver(set_dh(walk, 1))
    with pytest.raises(PeerFault):
        walk.deliver(set_dh(walk, 1))


def test_too_many_exchanges_begun_are_a_flood(rsa_keys: RsaKeys) -> None:
    server = ServerHandshake(rsa_keys, seeded())
    start = exchange.plain(0, exchange.REQ_PQ_MULTI.to_bytes(4, "little") + bytes(16))
    for _ in range(MAX_STARTS):
        server.receive(start, START)
    with pytest.raises(PeerFault) as caught:
        server.receive(start, START)
    assert caught.value.transport_code == -429


def test_a_nonce_expires(rsa_keys: RsaKeys) -> None:
    walk = Walk(rsa_keys)
    walk.step()
    walk.now += LIFETIME + 1
    with pytest.raises(PeerFault):
        walk.deliver(walk.payload)


def test_messages_out_of_turn_are_refused(rsa_keys: RsaKeys) -> None:
    walk = Walk(rsa_keys)
    with pytest.raises(PeerFault):
        walk.deliver(set_dh(walk, 5))
    walk.step()
    request = walk.payload
    with pytest.raises(PeerFault):
        walk.deliver(set_dh(walk, 5))
    walk.step()
    with pytest.raises(PeerFault):
        walk.deliver(request)


def test_a_new_req_pq_overtakes_powers_that_still_run(rsa_keys: RsaKeys) -> None:
    walk = Walk(rsa_keys)
    walk.step()
    (powers,) = walk.server.receive(walk.payload, walk.now)
    assert isinstance(powers, Powers)
    start = exchange.plain(0, exchange.REQ_PQ.to_bytes(4, "little") + bytes(16))
    assert len(walk.server.receive(start, walk.now)) == 1
    assert walk.server.resume(powers.job, powers.job()) == []


def test_jobs_can_be_sent_to_a_worker_process(rsa_keys: RsaKeys) -> None:
    import os

    server = ServerHandshake(rsa_keys, os.urandom)
    walk = Walk(rsa_keys)
    walk.server = server
    walk.step()
    (powers,) = server.receive(walk.payload, walk.now)
    assert isinstance(powers, Powers)
    result = pickle.loads(pickle.dumps(powers.job))()
    assert isinstance(server.resume(powers.job, result)[0], Reply)


def changed(walk: Walk, **fields: Any) -> bytes:
    request = exchange.read_req_dh(exchange.read_plain(walk.payload))
    return exchange.plain(0, exchange.req_dh(request._replace(**fields)))


@pytest.mark.parametrize(
    "fields",
    (
        {"p": 3},
        {"q": 5},
        {"fingerprint": 7},
        {"encrypted": b"\xff" * 256},
        {"encrypted": b"\x01" * 257},
        {"encrypted": b"\x01" * 255},
        {"encrypted": b""},
        {"nonces": exchange.Nonces(bytes(16), bytes(16))},
    ),
)
def test_a_wrong_req_dh_params_is_refused(rsa_keys: RsaKeys, fields: dict[str, Any]) -> None:
    walk = Walk(rsa_keys)
    walk.step()
    with pytest.raises(PeerFault) as caught:
        walk.deliver(changed(walk, **fields))
    assert caught.value.transport_code == -404


@pytest.mark.parametrize("old_padding", (False, True))
@pytest.mark.parametrize(
    "fields",
    (
        {"pq": 15},
        {"p": 3, "q": 5},
        {"nonces": exchange.Nonces(bytes(16), bytes(16))},
        {"expires_in": 0},
        {"expires_in": -1},
        {"expires_in": 1 << 30},
    ),
)
def test_wrong_inner_data_is_refused(
    rsa_keys: RsaKeys, fields: dict[str, Any], old_padding: bool
) -> None:
    walk = Walk(rsa_keys)
    walk.step()
    inner = walk.client._inner._replace(expires_in=60)._replace(**fields)
    data = exchange.pack_inner(inner, exchange.PQ_INNER_TEMP_DC)
    pad = rsa_pad.pad_old if old_padding else rsa_pad.pad_new
    encrypted = pad(data, rsa_keys.current.public(), seeded(8))
    with pytest.raises(PeerFault):
        walk.deliver(changed(walk, encrypted=encrypted))


def test_a_temporary_key_hash_that_was_touched_is_refused(rsa_keys: RsaKeys) -> None:
    walk = Walk(rsa_keys)
    walk.step()
    key = rsa_keys.current
    data = exchange.pack_inner(walk.client._inner, exchange.PQ_INNER_DC)
    block = key.decrypt(int.from_bytes(rsa_pad.pad_new(data, key, seeded(8)), "big"))
    touched = key.encrypt(block ^ (1 << 40)).to_bytes(256, "big")
    with pytest.raises(PeerFault):
        walk.deliver(changed(walk, encrypted=touched))


@pytest.mark.parametrize("cut", (0, 1, 3, 19, 23, 24, 40, 59))
def test_cut_plain_payloads_are_refused(rsa_keys: RsaKeys, cut: int) -> None:
    walk = Walk(rsa_keys)
    with pytest.raises(PeerFault):
        walk.deliver(walk.payload[:cut] if cut < len(walk.payload) else b"")


def test_a_touched_client_answer_is_refused(rsa_keys: RsaKeys) -> None:
    walk = Walk(rsa_keys)
    walk.to_offer()
    for at in (100, 200, len(walk.payload) - 30):
        touched = bytearray(walk.payload)
        touched[at] ^= 1
        with pytest.raises(PeerFault):
            walk.deliver(bytes(touched))
