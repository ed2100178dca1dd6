"""The messages of the key exchange, packed and read (core.telegram.org/mtproto/auth_key).

Plain messages carry key id 0, a msg id and a length. The msg ids of clients are not looked at:
TDLib numbers them 0 and 1.
"""

from __future__ import annotations

from hashlib import sha1
from struct import Struct
from typing import NamedTuple

from petitbleu.errors import PeerFault
from petitbleu.mtproto.wire import constructor, pack_longs, read_bytes, read_longs, tl_bytes

REQ_PQ = 0x60469778
REQ_PQ_MULTI = 0xBE7E8EF1
RES_PQ = 0x05162463
PQ_INNER = 0x83C95AEC
PQ_INNER_DC = 0xA9F55F95
PQ_INNER_TEMP = 0x3C6A84D4
PQ_INNER_TEMP_DC = 0x56FDDF88
REQ_DH = 0xD712E4BE
DH_FAIL = 0x79CB045D
DH_OK = 0xD0E8075C
DH_INNER = 0xB5890DBA
SET_DH = 0xF5045F1F
CLIENT_DH_INNER = 0x6643B654
GEN_OK = 0x3BCBF734
GEN_RETRY = 0x46DC1FB9
GEN_FAIL = 0xA69DAE02

_PLAIN = Struct("<qqi")
_TWO = Struct("<I16s16s")
_THREE = Struct("<I16s16s16s")
_Q = Struct("<q")
_I = Struct("<i")


def plain(msg_id: int, body: bytes) -> bytes:
    """A plain payload."""
    return _PLAIN.pack(0, msg_id, len(body)) + body


def read_plain(payload: bytes) -> bytes:
    """The body of a plain payload; whatever its msg id. PeerFault where the length is wrong."""
    if len(payload) < 24:
        raise PeerFault("plain message too short")
    key_id, _, length = _PLAIN.unpack_from(payload)
    if key_id or not 4 <= length <= len(payload) - 20:
        raise PeerFault("plain message with a wrong length")
    return payload[20 : 20 + length]


class Nonces(NamedTuple):
    """The pair that names one exchange."""

    nonce: bytes
    server_nonce: bytes


def read_nonce(body: bytes) -> bytes:
    """Of req_pq and req_pq_multi."""
    if len(body) < 20:
        raise PeerFault("key exchange message cut short")
    return body[4:20]


def read_nonces(body: bytes) -> Nonces:
    """The two nonces most messages begin with."""
    if len(body) < 36:
        raise PeerFault("key exchange message cut short")
    return Nonces(body[4:20], body[20:36])


class ResPQ(NamedTuple):
    """resPQ."""

    nonces: Nonces
    pq: int
    fingerprints: tuple[int, ...]


def number(value: int) -> bytes:
    """A positive number as big-endian TL bytes, shortest form."""
    return tl_bytes(value.to_bytes((value.bit_length() + 7) // 8 or 1, "big"))


def res_pq(nonces: Nonces, pq: int, fingerprints: tuple[int, ...]) -> bytes:
    """Pack resPQ."""
    return _TWO.pack(RES_PQ, *nonces) + number(pq) + pack_longs(fingerprints)


def read_res_pq(body: bytes) -> ResPQ:
    """Read resPQ (client)."""
    if constructor(body) != RES_PQ:
        raise PeerFault("resPQ expected")
    nonces = read_nonces(body)
    pq, at = read_bytes(body, 36)
    return ResPQ(nonces, int.from_bytes(pq, "big"), read_longs(body, at))


class Inner(NamedTuple):
    """p_q_inner_data in any of its forms. ``dc`` is 0 where it names none."""

    pq: int
    p: int
    q: int
    nonces: Nonces
    new_nonce: bytes
    dc: int
    expires_in: int | None
    size: int
    """Bytes read."""


_INNER_FORMS = {
    PQ_INNER: (False, False),
    PQ_INNER_DC: (True, False),
    PQ_INNER_TEMP: (False, True),
    PQ_INNER_TEMP_DC: (True, True),
}


def read_inner(data: bytes) -> Inner:
    """Read any p_q_inner_data; what follows it is filling. PeerFault where it is none."""
    form = _INNER_FORMS.get(constructor(data))
    if form is None:
        raise PeerFault("p_q_inner_data expected")
    with_dc, with_expiry = form
    pq, at = read_bytes(data, 4)
    p, at = read_bytes(data, at)
    q, at = read_bytes(data, at)
    if len(data) < at + 64 + 4 * with_dc + 4 * with_expiry:
        raise PeerFault("p_q_inner_data cut short")
    nonces = Nonces(data[at : at + 16], data[at + 16 : at + 32])
    new_nonce = data[at + 32 : at + 64]
    at += 64
    dc, expires_in = 0, None
    if with_dc:
        dc = int(_I.unpack_from(data, at)[0])
        at += 4
    if with_expiry:
        expires_in = int(_I.unpack_from(data, at)[0])
        at += 4
    big = int.from_bytes
    return Inner(
        big(pq, "big"), big(p, "big"), big(q, "big"), nonces, new_nonce, dc, expires_in, at
    )


def pack_inner(inner: Inner, kind: int) -> bytes:
    """Pack p_q_inner_data in the form named by its constructor (client)."""
    with_dc, with_expiry = _INNER_FORMS[kind]
    parts = [kind.to_bytes(4, "little"), number(inner.pq), number(inner.p), number(inner.q)]
    parts += [*inner.nonces, inner.new_nonce]
    if with_dc:
        parts.append(_I.pack(inner.dc))
    if with_expiry:
        parts.append(_I.pack(inner.expires_in or 0))
    return b"".join(parts)


class ReqDH(NamedTuple):
    """req_DH_params."""

    nonces: Nonces
    p: int
    q: int
    fingerprint: int
    encrypted: bytes


def read_req_dh(body: bytes) -> ReqDH:
    """Read req_DH_params."""
    nonces = read_nonces(body)
    p, at = read_bytes(body, 36)
    q, at = read_bytes(body, at)
    if len(body) < at + 8:
        raise PeerFault("req_DH_params cut short")
    fingerprint = int(_Q.unpack_from(body, at)[0])
    encrypted, _ = read_bytes(body, at + 8)
    return ReqDH(nonces, int.from_bytes(p, "big"), int.from_bytes(q, "big"), fingerprint, encrypted)


def req_dh(request: ReqDH) -> bytes:
    """Pack req_DH_params (client)."""
    return b"".join(
        (
            _TWO.pack(REQ_DH, *request.nonces),
            number(request.p),
            number(request.q),
            _Q.pack(request.fingerprint),
            tl_bytes(request.encrypted),
        )
    )


def temporary_key(new_nonce: bytes, server_nonce: bytes) -> tuple[bytes, bytes]:
    """tmp_aes_key and tmp_aes_iv of the second half of the exchange."""
    a = sha1(new_nonce + server_nonce, usedforsecurity=False).digest()
    b = sha1(server_nonce + new_nonce, usedforsecurity=False).digest()
    c = sha1(new_nonce + new_nonce, usedforsecurity=False).digest()
    return a + b[:12], b[12:] + c + new_nonce[:4]


def with_hash(data: bytes, filling: bytes) -> bytes:
    """SHA1(data) + data + filling up to a multiple of 16 (``filling``: 15 random bytes)."""
    text = sha1(data, usedforsecurity=False).digest() + data
    return text + filling[: -len(text) % 16]


def new_nonce_hash(new_nonce: bytes, mark: int, auth_key: bytes) -> bytes:
    """new_nonce_hash1, 2 or 3."""
    aux = sha1(auth_key, usedforsecurity=False).digest()[:8]
    return sha1(new_nonce + bytes((mark,)) + aux, usedforsecurity=False).digest()[4:]


def first_salt(new_nonce: bytes, server_nonce: bytes) -> int:
    """new_nonce[:8] xor server_nonce[:8], signed."""
    mixed = int.from_bytes(new_nonce[:8], "little") ^ int.from_bytes(server_nonce[:8], "little")
    return mixed - (mixed >> 63 << 64)


def dh_ok(nonces: Nonces, encrypted_answer: bytes) -> bytes:
    """Pack server_DH_params_ok."""
    return _TWO.pack(DH_OK, *nonces) + tl_bytes(encrypted_answer)


def dh_inner(nonces: Nonces, g: int, prime: int, g_a: int, now: int) -> bytes:
    """Pack server_DH_inner_data."""
    head = _TWO.pack(DH_INNER, *nonces) + _I.pack(g)
    return head + number(prime) + tl_bytes(g_a.to_bytes(256, "big")) + _I.pack(now)


class DHInner(NamedTuple):
    """server_DH_inner_data."""

    nonces: Nonces
    g: int
    prime: int
    g_a: int
    server_time: int
    size: int


def read_dh_inner(data: bytes) -> DHInner:
    """Read server_DH_inner_data (client)."""
    if constructor(data) != DH_INNER or len(data) < 40:
        raise PeerFault("server_DH_inner_data expected")
    prime, at = read_bytes(data, 40)
    g_a, at = read_bytes(data, at)
    if len(data) < at + 4:
        raise PeerFault("server_DH_inner_data cut short")
    g, when = _I.unpack_from(data, 36)[0], _I.unpack_from(data, at)[0]
    big = int.from_bytes
    return DHInner(read_nonces(data), g, big(prime, "big"), big(g_a, "big"), when, at + 4)


class ClientDH(NamedTuple):
    """client_DH_inner_data."""

    nonces: Nonces
    retry_id: int
    g_b: int
    size: int


def read_client_dh(data: bytes) -> ClientDH:
    """Read client_DH_inner_data."""
    if constructor(data) != CLIENT_DH_INNER or len(data) < 44:
        raise PeerFault("client_DH_inner_data expected")
    g_b, at = read_bytes(data, 44)
    retry_id = int(_Q.unpack_from(data, 36)[0])
    return ClientDH(read_nonces(data), retry_id, int.from_bytes(g_b, "big"), at)


def client_dh(nonces: Nonces, retry_id: int, g_b: int) -> bytes:
    """Pack client_DH_inner_data (client)."""
    head = _TWO.pack(CLIENT_DH_INNER, *nonces) + _Q.pack(retry_id)
    return head + number(g_b)


def set_dh(nonces: Nonces, encrypted: bytes) -> bytes:
    """Pack set_client_DH_params (client)."""
    return _TWO.pack(SET_DH, *nonces) + tl_bytes(encrypted)


def gen(kind: int, nonces: Nonces, digest: bytes) -> bytes:
    """Pack dh_gen_ok, dh_gen_retry, dh_gen_fail or server_DH_params_fail."""
    return _THREE.pack(kind, *nonces, digest)


def read_digest(body: bytes) -> bytes:
    """The hash of a dh_gen answer (client)."""
    if len(body) < 52:
        raise PeerFault("key exchange message cut short")
    return body[36:52]
