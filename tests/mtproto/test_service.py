"""Service messages, each by each."""

from __future__ import annotations

import pytest

from petitbleu.errors import PeerFault
from petitbleu.mtproto import wire
from petitbleu.mtproto.messages import (
    Acked,
    Cancel,
    DestroyKey,
    DestroySession,
    DisconnectIn,
    HttpWait,
)
from petitbleu.mtproto.salts import HALF_HOUR
from tests.mtproto.pair import Pair

CALL = b"\x01\x02\x03\x04\x05\x06\x07\x08"


@pytest.fixture(autouse=True)
def _born(pair: Pair) -> None:
    pair.born()


def tell(pair: Pair, body: bytes, content: bool = True) -> tuple[int, list[object]]:
    msg_id = pair.client.tell(body, pair.now, content=content)
    return msg_id, list(pair.up())


def said(pair: Pair) -> list[bytes]:
    return [body for _, _, body in pair.said()]


@pytest.mark.parametrize("content", (True, False))
def test_ping_draws_pong_and_nothing_else(pair: Pair, content: bool) -> None:
    msg_id, events = tell(pair, wire.with_long(wire.PING, -5), content)
    assert events == []
    assert said(pair) == [wire.pong(msg_id, -5)]
    assert pair.server.next_deadline() is None


@pytest.mark.parametrize(("delay", "seconds"), ((75, 75), (0, 0), (-3, 0)))
def test_ping_delay_disconnect_sets_the_timer(pair: Pair, delay: int, seconds: int) -> None:
    msg_id, events = tell(pair, wire.ping_delay_disconnect(9, delay))
    assert events == [DisconnectIn(seconds)]
    assert said(pair) == [wire.pong(msg_id, 9)]


@pytest.mark.parametrize(("asked", "given"), ((1, 1), (64, 64), (1000, 64), (0, 1), (-7, 1)))
def test_future_salts(pair: Pair, asked: int, given: int) -> None:
    body = wire.INT.pack(wire.GET_FUTURE_SALTS, asked)
    msg_id, _ = tell(pair, body)
    (answer,) = said(pair)
    assert wire.unpack(wire.LONG, answer) == (msg_id,)
    salts = wire.read_future_salts(answer)
    assert len(salts) == given
    assert salts[0][0] <= pair.now < salts[0][1]
    for since, until, salt in salts:
        assert pair.salts.accepts(salt, since)
        assert pair.salts.accepts(salt, until - 1)
        assert not pair.salts.accepts(salt, until + HALF_HOUR)


def test_message_states(pair: Pair) -> None:
    call = pair.client.call(CALL, pair.now)
    other = pair.client.call(CALL, pair.now)
    pair.up()
    pair.server.answer(other, b"done", pair.now)
    pair.said()
    even = pair.client.tell(wire.http_wait(0, 0, 0), pair.now)
    pair.up()
    asked = [call, other, even, call + 2, call - (1 << 40), (1 << 63) - 1]
    msg_id, _ = tell(pair, wire.pack_ids(wire.MSGS_STATE_REQ, asked), content=False)
    (answer,) = said(pair)
    assert wire.unpack(wire.LONG, answer) == (msg_id,)
    info, _ = wire.read_bytes(answer, 12)
    running, answered, service, missing, below, above = info
    assert running & 7 == answered & 7 == service & 7 == 4
    assert running & 32
    assert not running & 64
    assert answered & 32
    assert answered & 64
    assert service & 16
    assert not running & 16
    assert (missing, below, above) == (2, 1, 3)


def test_the_state_of_an_acknowledged_message(pair: Pair) -> None:
    call = pair.client.call(CALL, pair.now)
    pair.up()
    pair.now += 1
    pair.said()
    tell(pair, wire.pack_ids(wire.MSGS_STATE_REQ, [call]), content=False)
    info, _ = wire.read_bytes(said(pair)[0], 12)
    assert info[0] == 4 | 8 | 32


def test_a_fresh_session_knows_of_no_message(pair: Pair) -> None:
    pair.server = pair.fresh_server()
    assert pair.server.statuses((5,)) == b"\x01"


def test_resend_request_for_kept_messages(pair: Pair) -> None:
    pair.server.push(b"aaaa", pair.now)
    pair.server.push(b"bbbb", pair.now)
    first, second = (item[0] for item in pair.said())
    tell(pair, wire.pack_ids(wire.MSG_RESEND_REQ, [second, first, second]), content=False)
    assert said(pair) == [b"bbbb", b"aaaa"]


def test_resend_request_for_a_forgotten_message_draws_states(pair: Pair) -> None:
    pair.server.push(b"aaaa", pair.now)
    ((first, _, _),) = pair.said()
    msg_id, _ = tell(pair, wire.pack_ids(wire.MSG_RESEND_REQ, [first, 77]), content=False)
    bodies = said(pair)
    assert bodies[0] == b"aaaa"
    assert wire.unpack(wire.LONG, bodies[1]) == (msg_id,)
    assert len(wire.read_bytes(bodies[1], 12)[0]) == 2


def test_resend_answers(pair: Pair) -> None:
    call = pair.client.call(CALL, pair.now)
    pair.up()
    pair.server.answer(call, b"done", pair.now)
    pair.said()
    tell(pair, wire.pack_ids(wire.MSG_RESEND_ANS_REQ, [call, 77]), content=False)
    bodies = said(pair)
    assert bodies[0] == wire.rpc_result(call, b"done")
    assert wire.constructor(bodies[1]) == wire.MSGS_STATE_INFO


def test_all_info_acknowledges_what_was_received(pair: Pair) -> None:
    pair.server.push(b"aaaa", pair.now)
    pair.server.push(b"bbbb", pair.now)
    first, second = (item[0] for item in pair.said())
    body = wire.pack_ids(wire.MSGS_ALL_INFO, [first, second]) + wire.tl_bytes(b"\x02\x04")
    assert tell(pair, body, content=False)[1] == [Acked((second,))]


@pytest.mark.parametrize(
    "body",
    (
        wire.state_info(5, b"\x04"),
        wire.detailed_info(5, 6, 7),
        wire.new_detailed_info(6, 7),
    ),
)
def test_notices_that_tell_a_server_nothing_are_taken(pair: Pair, body: bytes) -> None:
    assert tell(pair, body, content=False)[1] == []
    assert said(pair) == []


# rpc_drop_answer and its three answers


def test_dropping_a_running_call_cancels_it(pair: Pair) -> None:
    call = pair.client.call(CALL, pair.now)
    pair.up()
    msg_id, events = tell(pair, wire.with_long(wire.RPC_DROP_ANSWER, call))
    assert events == [Cancel(call)]
    assert pair.server.running == 0
    running = wire.bare(wire.RPC_ANSWER_DROPPED_RUNNING)
    assert said(pair) == [wire.rpc_result(call, running), wire.rpc_result(msg_id, running)]
    pair.server.answer(call, b"too late", pair.now)
    assert said(pair) == []
    assert pair.server.running == 0


def test_dropping_an_answer_takes_it_back(pair: Pair) -> None:
    call = pair.client.call(CALL, pair.now)
    pair.up()
    pair.server.answer(call, b"done", pair.now)
    ((answer_id, seqno, body),) = pair.said()
    msg_id, events = tell(pair, wire.with_long(wire.RPC_DROP_ANSWER, call))
    assert events == []
    dropped = wire.answer_dropped(answer_id, seqno, len(body))
    assert said(pair) == [wire.rpc_result(msg_id, dropped)]
    assert pair.server.outbox.get(answer_id) is None


def test_dropping_an_answer_that_was_not_sent_yet(pair: Pair) -> None:
    call = pair.client.call(CALL, pair.now)
    pair.up()
    pair.server.answer(call, b"done", pair.now)
    tell(pair, wire.with_long(wire.RPC_DROP_ANSWER, call))
    (body,) = said(pair)
    assert wire.constructor(body[12:]) == wire.RPC_ANSWER_DROPPED


def test_dropping_what_is_unknown(pair: Pair) -> None:
    msg_id, _ = tell(pair, wire.with_long(wire.RPC_DROP_ANSWER, 44))
    assert said(pair) == [wire.rpc_result(msg_id, wire.bare(wire.RPC_ANSWER_UNKNOWN))]


def test_a_dropped_call_repeated_is_not_run(pair: Pair) -> None:
    call = pair.client.call(CALL, pair.now)
    pair.up()
    tell(pair, wire.with_long(wire.RPC_DROP_ANSWER, call))
    pair.said()
    pair.client.repeat(call)
    assert pair.up() == []
    running = wire.bare(wire.RPC_ANSWER_DROPPED_RUNNING)
    assert said(pair) == [wire.rpc_result(call, running)]


# sessions and keys


@pytest.mark.parametrize(
    ("existed", "kind"), ((True, wire.DESTROY_SESSION_OK), (False, wire.DESTROY_SESSION_NONE))
)
def test_destroying_another_session(pair: Pair, existed: bool, kind: int) -> None:
    msg_id, events = tell(pair, wire.with_long(wire.DESTROY_SESSION, -12))
    assert events == [DestroySession(msg_id, -12)]
    pair.server.session_destroyed(msg_id, -12, existed, pair.now)
    assert said(pair) == [wire.with_long(kind, -12)]


def test_a_session_cannot_destroy_itself(pair: Pair) -> None:
    own = pair.client.session_id
    _, events = tell(pair, wire.with_long(wire.DESTROY_SESSION, own))
    assert events == []
    assert said(pair) == [wire.with_long(wire.DESTROY_SESSION_NONE, own)]


@pytest.mark.parametrize(
    ("done", "kind"),
    (
        (True, wire.DESTROY_AUTH_KEY_OK),
        (False, wire.DESTROY_AUTH_KEY_FAIL),
        (None, wire.DESTROY_AUTH_KEY_NONE),
    ),
)
def test_destroying_the_key(pair: Pair, done: bool | None, kind: int) -> None:
    msg_id, events = tell(pair, wire.bare(wire.DESTROY_AUTH_KEY))
    assert events == [DestroyKey(msg_id)]
    pair.server.key_destroyed(msg_id, done, pair.now)
    assert said(pair) == [wire.bare(kind)]


def test_http_wait_is_told_in_milliseconds(pair: Pair) -> None:
    _, events = tell(pair, wire.http_wait(500, 150, 25000), content=False)
    assert events == [HttpWait(500, 150, 25000)]


@pytest.mark.parametrize(
    "body",
    (
        wire.bare(wire.PING),
        wire.ping_delay_disconnect(1, 2)[:-4],
        wire.bare(wire.GET_FUTURE_SALTS),
        wire.bare(wire.MSGS_ACK),
        wire.pack_ids(wire.MSGS_ACK, [1, 2])[:-8],
        wire.bare(wire.MSGS_ACK) + bytes(8),
        wire.bare(wire.MSGS_STATE_REQ),
        wire.bare(wire.MSG_RESEND_REQ) + b"\x15\xc4\xb5\x1c\xff\xff\xff\xff",
        wire.pack_ids(wire.MSGS_ALL_INFO, [1, 2]) + wire.tl_bytes(b"\x04"),
        wire.pack_ids(wire.MSGS_ALL_INFO, [1, 2]),
        wire.with_long(wire.MSGS_STATE_INFO, 5),
        wire.with_long(wire.MSGS_STATE_INFO, 5) + b"\xff\x00\x00\x00",
        wire.with_long(wire.MSGS_STATE_INFO, 5) + b"\xfe\xff\xff\xff",
        wire.bare(wire.DESTROY_SESSION),
        wire.bare(wire.HTTP_WAIT),
        wire.bare(wire.RPC_DROP_ANSWER),
    ),
)
def test_cut_service_messages_are_faults(pair: Pair, body: bytes) -> None:
    with pytest.raises(PeerFault):
        tell(pair, body, content=False)
