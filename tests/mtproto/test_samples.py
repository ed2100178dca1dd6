"""The published example of a key exchange, step by step; and the AES-IGE vectors of OpenSSL."""

from __future__ import annotations

from hashlib import sha1

from petitbleu.keys import power
from petitbleu.mtproto import crypto, exchange, primes
from petitbleu.mtproto.exchange import Inner, Nonces
from tests.mtproto import samples

NONCES = Nonces(samples.NONCE, samples.SERVER_NONCE)


def test_res_pq_is_packed_as_published() -> None:
    assert exchange.read_nonce(exchange.read_plain(samples.REQ_PQ)) == samples.NONCE
    body = exchange.res_pq(NONCES, samples.PQ, (samples.FINGERPRINT,))
    assert exchange.plain(0x51E57AC91E83C801, body) == samples.RES_PQ
    assert exchange.read_res_pq(body) == (NONCES, samples.PQ, (samples.FINGERPRINT,))


def test_pq_is_factored() -> None:
    assert primes.factor(samples.PQ) == (samples.P, samples.Q)
    assert primes.is_prime(samples.P)
    assert primes.is_prime(samples.Q)


def test_inner_data_has_the_published_hash() -> None:
    inner = Inner(samples.PQ, samples.P, samples.Q, NONCES, samples.NEW_NONCE, 0, None, 96)
    data = exchange.pack_inner(inner, exchange.PQ_INNER)
    assert sha1(data).digest() == samples.INNER_SHA1
    assert exchange.read_inner(data + b"filling") == inner


def test_the_offer_is_opened_with_the_temporary_key() -> None:
    key, iv = exchange.temporary_key(samples.NEW_NONCE, samples.SERVER_NONCE)
    assert (key, iv) == (samples.TMP_AES_KEY, samples.TMP_AES_IV)
    plain = crypto.decrypt_ige(samples.ENCRYPTED_ANSWER, key, iv)
    offer = exchange.read_dh_inner(plain[20:])
    assert plain[:20] == sha1(plain[20 : 20 + offer.size]).digest()
    assert offer.nonces == NONCES
    assert offer.prime == primes.DH_PRIME
    assert offer.g_a == int.from_bytes(samples.G_A, "big")
    assert offer.server_time == samples.SERVER_TIME
    packed = exchange.dh_inner(NONCES, offer.g, offer.prime, offer.g_a, offer.server_time)
    assert packed == plain[20 : 20 + offer.size]
    assert crypto.encrypt_ige(plain, key, iv) == samples.ENCRYPTED_ANSWER


def test_the_clients_answer_and_the_shared_key() -> None:
    plain = crypto.decrypt_ige(
        samples.ENCRYPTED_CLIENT_DATA, samples.TMP_AES_KEY, samples.TMP_AES_IV
    )
    answer = exchange.read_client_dh(plain[20:])
    assert answer.g_b == int.from_bytes(samples.G_B, "big")
    assert (answer.nonces, answer.retry_id) == (NONCES, 0)
    assert exchange.client_dh(NONCES, 0, answer.g_b) == plain[20 : 20 + answer.size]
    b = int.from_bytes(samples.B, "big")
    shared = power(int.from_bytes(samples.G_A, "big"), b, primes.DH_PRIME)
    assert shared == int.from_bytes(samples.AUTH_KEY, "big")


def test_the_hash_that_ends_it() -> None:
    digest = exchange.new_nonce_hash(samples.NEW_NONCE, 1, samples.AUTH_KEY)
    assert digest == samples.NEW_NONCE_HASH1
    assert exchange.read_digest(exchange.gen(exchange.GEN_OK, NONCES, digest)) == digest


def test_the_first_salt_mixes_the_nonces() -> None:
    mixed = bytes(
        a ^ b for a, b in zip(samples.NEW_NONCE[:8], samples.SERVER_NONCE[:8], strict=True)
    )
    salt = exchange.first_salt(samples.NEW_NONCE, samples.SERVER_NONCE)
    assert salt.to_bytes(8, "little", signed=True) == mixed


def test_ige_against_known_vectors() -> None:
    # OpenSSL's igetest vectors are for 128-bit keys; this one is IGE written out over AES-ECB.
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import AES
    from cryptography.hazmat.primitives.ciphers.modes import ECB

    key, iv, data = bytes(range(32)), bytes(range(32, 64)), bytes(range(96))
    ecb = Cipher(AES(key), ECB()).encryptor()

    def xor(a: bytes, b: bytes) -> bytes:
        return bytes(x ^ y for x, y in zip(a, b, strict=True))

    before, plain_before, out = iv[:16], iv[16:], b""
    for at in range(0, len(data), 16):
        block = data[at : at + 16]
        before = xor(ecb.update(xor(block, before)), plain_before)
        plain_before = block
        out += before
    assert crypto.encrypt_ige(data, key, iv) == out
    assert crypto.decrypt_ige(out, key, iv) == data
