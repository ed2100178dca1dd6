"""The service schema (``schema/mtproto.tl``) packed and unpacked by hand, with ``struct``.

It is frozen and small, and these are the bytes of every message, so no general codec stands in the
way. A test compares each form with the schema text. Readers raise PeerFault, never anything else.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from struct import Struct

from petitbleu.errors import PeerFault

VECTOR = 0x1CB5C415
RPC_RESULT = 0xF35C6D01
RPC_ERROR = 0x2144CA19
GZIP_PACKED = 0x3072CFA1
MSG_CONTAINER = 0x73F1F8DC
MSG_COPY = 0xE06046B2
MESSAGE = 0x5BB8E511
MSGS_ACK = 0x62D6B459
BAD_MSG_NOTIFICATION = 0xA7EFF811
BAD_SERVER_SALT = 0xEDAB447B
MSGS_STATE_REQ = 0xDA69FB52
MSGS_STATE_INFO = 0x04DEB57D
MSGS_ALL_INFO = 0x8CC0D131
MSG_DETAILED_INFO = 0x276D3EC6
MSG_NEW_DETAILED_INFO = 0x809DB6DF
MSG_RESEND_REQ = 0x7D861A08
MSG_RESEND_ANS_REQ = 0x8610BAEB
RPC_DROP_ANSWER = 0x58E4A740
RPC_ANSWER_UNKNOWN = 0x5E2AD36E
RPC_ANSWER_DROPPED_RUNNING = 0xCD78E586
RPC_ANSWER_DROPPED = 0xA43AD8B7
GET_FUTURE_SALTS = 0xB921BD04
FUTURE_SALTS = 0xAE500895
PING = 0x7ABE77EC
PING_DELAY_DISCONNECT = 0xF3427B8C
PONG = 0x347773C5
DESTROY_SESSION = 0xE7512126
DESTROY_SESSION_OK = 0xE22045FC
DESTROY_SESSION_NONE = 0x62D350C9
DESTROY_AUTH_KEY = 0xD1435160
DESTROY_AUTH_KEY_OK = 0xF660E1D4
DESTROY_AUTH_KEY_NONE = 0x0A9F2259
DESTROY_AUTH_KEY_FAIL = 0xEA109B13
NEW_SESSION_CREATED = 0x9EC20908
HTTP_WAIT = 0x9299359F

MAX_IDS = 8192
"""msg ids in one acknowledgement or status request."""
MAX_CONTAINER = 1020
"""Messages in one container."""

_U32 = Struct("<I")
_ID_LONG = Struct("<Iq")
_ID_LONG_LONG = Struct("<Iqq")
_ITEM = Struct("<qii")
_LONG_INT_INT = Struct("<Iqii")
_SESSION = Struct("<Iqqq")
_SALT_NOTE = Struct("<Iqiiq")
_DETAILED = Struct("<Iqqii")
_DROPPED = Struct("<Iqii")
_SALTS_HEAD = Struct("<Iqii")
_SALT = Struct("<iiq")
_PING_DELAY = Struct("<Iqi")
_WAIT = Struct("<Iiii")


def constructor(body: bytes) -> int:
    """The id a body begins with. PeerFault where it is shorter than an id."""
    if len(body) < 4:
        raise PeerFault("body shorter than a constructor")
    return int(_U32.unpack_from(body)[0])


def unpack(form: Struct, body: bytes) -> tuple[int, ...]:
    """Fields after the constructor of a fixed-size object. PeerFault where bytes are missing."""
    try:
        return form.unpack_from(body)[1:]
    except struct.error:
        raise PeerFault("service message cut short") from None


def tl_bytes(data: bytes) -> bytes:
    """A TL ``bytes``: length, content, padding to four."""
    size = len(data)
    if size < 254:
        return b"%c%b%b" % (size, data, bytes(-(size + 1) % 4))
    return b"\xfe%b%b%b" % (size.to_bytes(3, "little"), data, bytes(-size % 4))


def read_bytes(body: bytes, at: int) -> tuple[bytes, int]:
    """A TL ``bytes`` at an offset, and the offset after it."""
    if at >= len(body):
        raise PeerFault("string is missing")
    size, start = body[at], at + 1
    if size == 254:
        size, start = int.from_bytes(body[at + 1 : at + 4], "little"), at + 4
    elif size == 255:
        raise PeerFault("string with an impossible length")
    end = start + size
    after = end + (-(end - at) % 4)
    if after > len(body):
        raise PeerFault("string longer than its message")
    return body[start:end], after


def read_longs(body: bytes, at: int) -> tuple[int, ...]:
    """A boxed ``Vector<long>`` of at most 8192 numbers."""
    if len(body) < at + 8:
        raise PeerFault("vector cut short")
    mark, count = int.from_bytes(body[at : at + 4], "little"), _U32.unpack_from(body, at + 4)[0]
    if mark != VECTOR:
        raise PeerFault("vector expected")
    if count > MAX_IDS:
        raise PeerFault("too many message ids", -429)
    if len(body) < at + 8 + 8 * count:
        raise PeerFault("vector longer than its message")
    return tuple(memoryview(body)[at + 8 : at + 8 + 8 * count].cast("q"))


def pack_longs(numbers: Sequence[int]) -> bytes:
    """A boxed ``Vector<long>``."""
    count = len(numbers)
    return Struct(f"<II{count}q").pack(VECTOR, count, *numbers)


def read_ids(body: bytes) -> tuple[int, ...]:
    """The ids of msgs_ack, msgs_state_req, msg_resend_req and their like."""
    return read_longs(body, 4)


def pack_ids(kind: int, msg_ids: Sequence[int]) -> bytes:
    """msgs_ack, msgs_state_req, msg_resend_req, msg_resend_ans_req."""
    return _U32.pack(kind) + pack_longs(msg_ids)


def rpc_result(req_msg_id: int, result: bytes) -> bytes:
    """rpc_result around a TL object."""
    return _ID_LONG.pack(RPC_RESULT, req_msg_id) + result


def rpc_error(code: int, message: str) -> bytes:
    """An rpc_error, to stand inside rpc_result."""
    return Struct("<Ii").pack(RPC_ERROR, code) + tl_bytes(message.encode("utf-8"))


def gzip_packed(data: bytes) -> bytes:
    """gzip_packed with the gzip header all clients read; level 6 costs 20 us for 4 KiB."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return _U32.pack(GZIP_PACKED) + tl_bytes(packer.compress(data) + packer.flush())


def inflate(packed: bytes, limit: int) -> bytes:
    """Inflate gzip, zlib or raw-headed data to at most ``limit`` bytes. PeerFault otherwise."""
    unpacker = zlib.decompressobj(
        47
    )  # 47: gzip or zlib, told apart by the header (TDLib sends zlib)
    try:
        data = unpacker.decompress(packed, limit + 1)
    except zlib.error:
        raise PeerFault("gzip data is broken") from None
    if len(data) > limit:
        raise PeerFault("gzip data is too large")
    if not unpacker.eof:
        raise PeerFault("gzip data is cut short")
    return data


def gunzip_packed(body: bytes, limit: int) -> bytes:
    """The object inside a gzip_packed."""
    return inflate(read_bytes(body, 4)[0], limit)


def container(items: Sequence[tuple[int, int, bytes]]) -> bytes:
    """msg_container of ``(msg_id, seqno, body)``."""
    parts = [Struct("<II").pack(MSG_CONTAINER, len(items))]
    for msg_id, seqno, body in items:
        parts.append(_ITEM.pack(msg_id, seqno, len(body)))
        parts.append(body)
    return b"".join(parts)


def read_container(body: bytes) -> list[tuple[int, int, bytes]] | None:
    """``(msg_id, seqno, body)`` of a msg_container; None where it is malformed (code 64)."""
    if len(body) < 8:
        return None
    count = _U32.unpack_from(body, 4)[0]
    if not 1 <= count <= MAX_CONTAINER:
        return None
    items: list[tuple[int, int, bytes]] = []
    at, end = 8, len(body)
    for _ in range(count):
        if end - at < 20:
            return None
        msg_id, seqno, length = _ITEM.unpack_from(body, at)
        at += 16
        if length < 4 or length % 4 or length > end - at:
            return None
        items.append((msg_id, seqno, body[at : at + length]))
        at += length
    return items if at == end else None


def read_copy(body: bytes) -> tuple[int, int, bytes] | None:
    """``(msg_id, seqno, body)`` inside a msg_copy; None where it is malformed."""
    if len(body) < 28 or int.from_bytes(body[4:8], "little") != MESSAGE:
        return None
    msg_id, seqno, length = _ITEM.unpack_from(body, 8)
    if length < 4 or length % 4 or length != len(body) - 24:
        return None
    return msg_id, seqno, body[24:]


def bad_msg(msg_id: int, seqno: int, code: int) -> bytes:
    """bad_msg_notification."""
    return _LONG_INT_INT.pack(BAD_MSG_NOTIFICATION, msg_id, seqno, code)


def bad_salt(msg_id: int, seqno: int, salt: int) -> bytes:
    """bad_server_salt (code 48)."""
    return _SALT_NOTE.pack(BAD_SERVER_SALT, msg_id, seqno, 48, salt)


def new_session(first_msg_id: int, unique_id: int, salt: int) -> bytes:
    """new_session_created."""
    return _SESSION.pack(NEW_SESSION_CREATED, first_msg_id, unique_id, salt)


def pong(msg_id: int, ping_id: int) -> bytes:
    """pong."""
    return _ID_LONG_LONG.pack(PONG, msg_id, ping_id)


def state_info(req_msg_id: int, info: bytes) -> bytes:
    """msgs_state_info: one status byte for each id asked."""
    return _ID_LONG.pack(MSGS_STATE_INFO, req_msg_id) + tl_bytes(info)


def detailed_info(msg_id: int, answer_msg_id: int, size: int) -> bytes:
    """msg_detailed_info: the answer to a request exists, large, under another id."""
    return _DETAILED.pack(MSG_DETAILED_INFO, msg_id, answer_msg_id, size, 0)


def new_detailed_info(answer_msg_id: int, size: int) -> bytes:
    """msg_new_detailed_info: a large message that answers nothing waits to be asked for."""
    return _LONG_INT_INT.pack(MSG_NEW_DETAILED_INFO, answer_msg_id, size, 0)


def answer_dropped(msg_id: int, seqno: int, size: int) -> bytes:
    """rpc_answer_dropped."""
    return _DROPPED.pack(RPC_ANSWER_DROPPED, msg_id, seqno, size)


def bare(kind: int) -> bytes:
    """A constructor without fields."""
    return _U32.pack(kind)


def with_long(kind: int, number: int) -> bytes:
    """A constructor with one long: destroy_session_ok, rpc_drop_answer, ping and others."""
    return _ID_LONG.pack(kind, number)


def ping_delay_disconnect(ping_id: int, delay: int) -> bytes:
    """ping_delay_disconnect."""
    return _PING_DELAY.pack(PING_DELAY_DISCONNECT, ping_id, delay)


def http_wait(max_delay: int, wait_after: int, max_wait: int) -> bytes:
    """http_wait, milliseconds."""
    return _WAIT.pack(HTTP_WAIT, max_delay, wait_after, max_wait)


def future_salts(req_msg_id: int, now: int, salts: Sequence[tuple[int, int, int]]) -> bytes:
    """future_salts: a bare vector of bare future_salt."""
    parts = [_SALTS_HEAD.pack(FUTURE_SALTS, req_msg_id, now, len(salts))]
    parts.extend([_SALT.pack(*salt) for salt in salts])
    return b"".join(parts)


def read_future_salts(body: bytes) -> list[tuple[int, int, int]]:
    """``(valid_since, valid_until, salt)`` of a future_salts."""
    _, _, count = unpack(_SALTS_HEAD, body)
    if not 0 <= count <= MAX_IDS or len(body) < 20 + 16 * count:
        raise PeerFault("future_salts cut short")
    return [_SALT.unpack_from(body, 20 + 16 * n) for n in range(count)]


LONG = _ID_LONG
LONG_INT = _PING_DELAY
LONG_INT_INT = _LONG_INT_INT
THREE_INTS = _WAIT
INT = Struct("<Ii")
SESSION = _SESSION
SALT_NOTE = _SALT_NOTE
DETAILED = _DETAILED
