"""The hand-written forms against ``schema/mtproto.tl``, field by field."""

from __future__ import annotations

import re
import struct

import pytest

from petitbleu.errors import PeerFault
from petitbleu.mtproto import exchange, wire
from petitbleu.mtproto.binding import BIND_AUTH_KEY_INNER
from petitbleu.resources import schema_text

LINE = re.compile(r"^(\w+)#([0-9a-f]+)((?: \w+:\S+)*) = ")


def schema() -> dict[str, tuple[int, list[str]]]:
    found = {}
    for line in schema_text("mtproto.tl").splitlines():
        match = LINE.match(line)
        if match:
            name, number, fields = match.groups()
            found[name] = (int(number, 16), [field.split(":")[1] for field in fields.split()])
    return found


def by_schema(name: str, *values: object) -> bytes:
    """A plain interpreter of the schema's own words."""
    number, types = schema()[name]
    out = struct.pack("<I", number)
    for kind, value in zip(types, values, strict=True):
        out += field(kind, value)
    return out


def field(kind: str, value: object) -> bytes:
    if kind == "int":
        return struct.pack("<i", value)
    if kind == "long":
        return struct.pack("<q", value)
    if kind in ("int128", "int256", "Object", "Message"):
        assert isinstance(value, bytes)
        return value
    if kind in ("string", "bytes"):
        assert isinstance(value, bytes)
        head = (
            bytes((len(value),))
            if len(value) < 254
            else b"\xfe" + struct.pack("<I", len(value))[:3]
        )
        return (head + value).ljust(-(-(len(head) + len(value)) // 4) * 4, b"\0")
    if kind == "Vector<long>":
        assert isinstance(value, list | tuple)
        return struct.pack(f"<II{len(value)}q", 0x1CB5C415, len(value), *value)
    if kind == "vector<future_salt>":
        assert isinstance(value, list)
        rows = (by_schema("future_salt", *row)[4:] for row in value)
        return struct.pack("<I", len(value)) + b"".join(rows)
    if kind == "vector<message>":
        assert isinstance(value, list)
        rows = (by_schema("message", a, b, len(c), c)[4:] for a, b, c in value)
        return struct.pack("<I", len(value)) + b"".join(rows)
    raise AssertionError(kind)


NONCES = exchange.Nonces(b"n" * 16, b"s" * 16)
INNER_DATA = exchange.Inner(15, 3, 5, NONCES, b"N" * 32, -2, 60, 0)
LONG_TEXT = b"x" * 300

FORMS = [
    ("msgs_ack", wire.pack_ids(wire.MSGS_ACK, [1, -2]), ([1, -2],)),
    ("msgs_state_req", wire.pack_ids(wire.MSGS_STATE_REQ, []), ([],)),
    ("msg_resend_req", wire.pack_ids(wire.MSG_RESEND_REQ, [3]), ([3],)),
    ("msg_resend_ans_req", wire.pack_ids(wire.MSG_RESEND_ANS_REQ, [3]), ([3],)),
    ("rpc_result", wire.rpc_result(-9, b"abcd"), (-9, b"abcd")),
    ("rpc_error", wire.rpc_error(420, "FLOOD_WAIT_3"), (420, b"FLOOD_WAIT_3")),
    ("bad_msg_notification", wire.bad_msg(1, 2, 3), (1, 2, 3)),
    ("bad_server_salt", wire.bad_salt(1, 2, -5), (1, 2, 48, -5)),
    ("new_session_created", wire.new_session(1, -2, 3), (1, -2, 3)),
    ("pong", wire.pong(1, 2), (1, 2)),
    ("msgs_state_info", wire.state_info(1, LONG_TEXT), (1, LONG_TEXT)),
    ("msg_detailed_info", wire.detailed_info(1, 2, 3), (1, 2, 3, 0)),
    ("msg_new_detailed_info", wire.new_detailed_info(1, 2), (1, 2, 0)),
    ("rpc_answer_dropped", wire.answer_dropped(1, 2, 3), (1, 2, 3)),
    ("rpc_answer_unknown", wire.bare(wire.RPC_ANSWER_UNKNOWN), ()),
    ("rpc_answer_dropped_running", wire.bare(wire.RPC_ANSWER_DROPPED_RUNNING), ()),
    ("destroy_session_ok", wire.with_long(wire.DESTROY_SESSION_OK, 4), (4,)),
    ("destroy_session_none", wire.with_long(wire.DESTROY_SESSION_NONE, 4), (4,)),
    ("destroy_auth_key", wire.bare(wire.DESTROY_AUTH_KEY), ()),
    ("destroy_auth_key_ok", wire.bare(wire.DESTROY_AUTH_KEY_OK), ()),
    ("destroy_auth_key_none", wire.bare(wire.DESTROY_AUTH_KEY_NONE), ()),
    ("destroy_auth_key_fail", wire.bare(wire.DESTROY_AUTH_KEY_FAIL), ()),
    ("destroy_session", wire.with_long(wire.DESTROY_SESSION, 4), (4,)),
    ("rpc_drop_answer", wire.with_long(wire.RPC_DROP_ANSWER, 4), (4,)),
    ("ping", wire.with_long(wire.PING, 4), (4,)),
    ("ping_delay_disconnect", wire.ping_delay_disconnect(4, 75), (4, 75)),
    ("http_wait", wire.http_wait(1, 2, 3), (1, 2, 3)),
    ("future_salts", wire.future_salts(1, 2, [(3, 4, -5)]), (1, 2, [(3, 4, -5)])),
    (
        "msg_container",
        wire.container([(1, 2, b"abcd"), (3, 4, b"efghijkl")]),
        ([(1, 2, b"abcd"), (3, 4, b"efghijkl")],),
    ),
    ("resPQ", exchange.res_pq(NONCES, 15, (7, -8)), (*NONCES, b"\x0f", [7, -8])),
    (
        "req_DH_params",
        exchange.req_dh(exchange.ReqDH(NONCES, 3, 5, -7, LONG_TEXT)),
        (*NONCES, b"\x03", b"\x05", -7, LONG_TEXT),
    ),
    ("server_DH_params_ok", exchange.dh_ok(NONCES, LONG_TEXT), (*NONCES, LONG_TEXT)),
    (
        "server_DH_inner_data",
        exchange.dh_inner(NONCES, 3, 23, 5, 99),
        (*NONCES, 3, b"\x17", bytes(255) + b"\x05", 99),
    ),
    ("client_DH_inner_data", exchange.client_dh(NONCES, -1, 300), (*NONCES, -1, b"\x01\x2c")),
    ("set_client_DH_params", exchange.set_dh(NONCES, b"abc"), (*NONCES, b"abc")),
    ("dh_gen_ok", exchange.gen(exchange.GEN_OK, NONCES, b"h" * 16), (*NONCES, b"h" * 16)),
    ("dh_gen_retry", exchange.gen(exchange.GEN_RETRY, NONCES, b"h" * 16), (*NONCES, b"h" * 16)),
    ("dh_gen_fail", exchange.gen(exchange.GEN_FAIL, NONCES, b"h" * 16), (*NONCES, b"h" * 16)),
]
PQ = (b"\x0f", b"\x03", b"\x05", *NONCES, b"N" * 32)
INNER_FORMS = [
    ("p_q_inner_data", exchange.PQ_INNER, PQ),
    ("p_q_inner_data_dc", exchange.PQ_INNER_DC, (*PQ, -2)),
    ("p_q_inner_data_temp", exchange.PQ_INNER_TEMP, (*PQ, 60)),
    ("p_q_inner_data_temp_dc", exchange.PQ_INNER_TEMP_DC, (*PQ, -2, 60)),
]


@pytest.mark.parametrize(("name", "packed", "values"), FORMS, ids=[form[0] for form in FORMS])
def test_form(name: str, packed: bytes, values: tuple[object, ...]) -> None:
    assert packed == by_schema(name, *values)


@pytest.mark.parametrize(("name", "kind", "values"), INNER_FORMS)
def test_inner_form(name: str, kind: int, values: tuple[object, ...]) -> None:
    packed = exchange.pack_inner(INNER_DATA, kind)
    assert packed == by_schema(name, *values)
    assert exchange.read_inner(packed).size == len(packed)


def test_every_constant_stands_in_the_schema() -> None:
    known = {number for number, _ in schema().values()} | {wire.VECTOR}
    ours = {
        value
        for module in (wire, exchange)
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, int) and value > 1 << 20
    }
    assert ours <= known
    assert BIND_AUTH_KEY_INNER in known
    assert len(ours) > 45


def test_gzip_forms() -> None:
    packed = wire.gzip_packed(LONG_TEXT)
    number, content = schema()["gzip_packed"][0], wire.read_bytes(packed, 4)[0]
    assert packed == by_schema("gzip_packed", content)
    assert wire.constructor(packed) == number
    assert wire.gunzip_packed(packed, 300) == LONG_TEXT
    with pytest.raises(PeerFault):
        wire.gunzip_packed(packed, 299)


@pytest.mark.parametrize("size", (0, 1, 2, 3, 4, 252, 253, 254, 255, 256, 1000, 70000))
def test_strings_of_every_length(size: int) -> None:
    packed = wire.tl_bytes(b"z" * size)
    assert packed == field("bytes", b"z" * size)
    assert wire.read_bytes(b"head" + packed + b"more", 4) == (b"z" * size, 4 + len(packed))
    with pytest.raises(PeerFault):
        wire.read_bytes(packed[:-1], 0)


def test_reading_what_was_packed() -> None:
    items = [(4, 1, b"abcd"), (8, 3, b"efghijkl")]
    assert wire.read_container(wire.container(items)) == items
    salts = [(1, 2, 3), (4, 5, -6)]
    assert wire.read_future_salts(wire.future_salts(1, 2, salts)) == salts
    with pytest.raises(PeerFault):
        wire.read_future_salts(wire.future_salts(1, 2, salts)[:-1])
    assert wire.read_ids(wire.pack_ids(wire.MSGS_ACK, [1, -1 << 63])) == (1, -1 << 63)
