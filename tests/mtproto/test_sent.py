"""What the server says: numbering, containers, acknowledgements, saying again."""

from __future__ import annotations

import pytest

from petitbleu.mtproto import crypto, outbox, wire
from petitbleu.mtproto.messages import Acked, Call, NewSession
from petitbleu.mtproto.peer import Push, Result, Service
from petitbleu.mtproto.session import ACK_DELAY
from tests.mtproto.pair import Pair, calls

CALL = b"\x01\x02\x03\x04\x05\x06\x07\x08"


def test_a_call_and_its_answer(pair: Pair) -> None:
    call = pair.client.call(CALL, pair.now)
    events = pair.up()
    assert isinstance(events[0], NewSession)
    assert events[1:] == [Call(call, CALL)]
    pair.server.answer(call, b"done", pair.now)
    assert Result(call, b"done") in pair.down()
    assert pair.client.pending == ()
    assert pair.server.running == 0


def test_new_session_created_is_alone_and_first(pair: Pair) -> None:
    first = pair.client.call(CALL, pair.now)
    pair.client.call(CALL, pair.now)
    events = pair.up()
    assert isinstance(events[0], NewSession)
    assert events[0].first_msg_id == first
    pair.server.answer(first, b"done", pair.now)
    payloads = pair.server.data_to_send(pair.now)
    assert len(payloads) == 2
    envelope = crypto.open(pair.key, payloads[0], crypto.TO_CLIENT)
    found = wire.unpack(wire.SESSION, envelope.body)
    assert found == (first, events[0].unique_id, pair.salts.current(pair.now))
    assert envelope.seqno == 1


def test_each_server_session_has_its_own_unique_id(pair: Pair) -> None:
    seen = set()
    for n in range(5):
        pair.server = pair.fresh_server()
        (event,) = pair.send(pair.msg_id(0, n), 0, wire.with_long(wire.PING, 1))
        assert isinstance(event, NewSession)
        seen.add(event.unique_id)
    assert len(seen) == 5


def test_ids_rise_though_the_clock_stands_or_goes_back(pair: Pair) -> None:
    said: list[tuple[int, int, bytes]] = []
    for step in (0, 0, 5, -20, 0, 1):
        pair.now += step
        pair.server.push(b"push", pair.now)
        request = pair.msg_id(0, len(said))
        pair.server.result(request, b"done", pair.now)
        said += pair.said()
    ids = [msg_id for msg_id, _, _ in said]
    assert ids == sorted(set(ids))
    kinds = {wire.constructor(body): msg_id % 4 for msg_id, _, body in said}
    assert kinds[wire.RPC_RESULT] == 1
    assert kinds[int.from_bytes(b"push", "little")] == 3


def test_sequence_numbers_count_content(pair: Pair) -> None:
    pair.server.push(b"aaaa", pair.now)
    pair.server.reply(4, wire.pong(4, 1), pair.now)
    pair.server.push(b"bbbb", pair.now)
    pair.server.reply(4, wire.pong(4, 1), pair.now)
    assert [seqno for _, seqno, _ in pair.said()] == [1, 2, 3, 4]


def test_all_that_is_queued_leaves_in_one_container(pair: Pair) -> None:
    pair.born()
    for n in range(50):
        pair.server.push(b"%04d" % n, pair.now)
    payloads = pair.server.data_to_send(pair.now)
    assert len(payloads) == 1
    events = pair.client.receive(payloads[0], pair.now)
    assert [event.body for event in events] == [b"%04d" % n for n in range(50)]
    assert pair.server.data_to_send(pair.now) == []


def test_a_container_has_a_higher_id_than_its_messages_and_an_even_number(pair: Pair) -> None:
    pair.born()
    pair.server.push(b"aaaa", pair.now)
    pair.server.push(b"bbbb", pair.now)
    (payload,) = pair.server.data_to_send(pair.now)
    envelope = crypto.open(pair.key, payload, crypto.TO_CLIENT)
    items = wire.read_container(envelope.body)
    assert items is not None
    assert envelope.msg_id > max(item[0] for item in items)
    assert envelope.seqno % 2 == 0


def test_large_answers_travel_alone(pair: Pair) -> None:
    pair.born()
    part = pair.random(1 << 20)
    for body in (b"aaaa", part, b"bbbb"):
        pair.server.push(body, pair.now)
    payloads = pair.server.data_to_send(pair.now)
    assert len(payloads) == 3
    bodies = [crypto.open(pair.key, payload, 8).body for payload in payloads]
    assert bodies == [b"aaaa", part, b"bbbb"]


def test_more_than_a_container_holds_leaves_in_several(pair: Pair) -> None:
    pair.born()
    for n in range(2500):
        assert pair.server.push(b"%04d" % n, pair.now)
    payloads = pair.server.data_to_send(pair.now)
    assert len(payloads) == 3
    events = [event for payload in payloads for event in pair.client.receive(payload, pair.now)]
    assert [event.body for event in events] == [b"%04d" % n for n in range(2500)]


# acknowledgements


def test_a_quick_answer_is_the_acknowledgement(pair: Pair) -> None:
    pair.born()
    call = pair.client.call(CALL, pair.now)
    pair.up()
    pair.server.answer(call, b"done", pair.now)
    assert pair.said_kinds() == [wire.RPC_RESULT]
    assert pair.server.next_deadline() is None


def test_a_slow_call_is_acknowledged_when_due(pair: Pair) -> None:
    pair.born()
    call = pair.client.call(CALL, pair.now)
    pair.up()
    assert pair.server.next_deadline() == pair.now + ACK_DELAY
    assert pair.server.data_to_send(pair.now) == []
    pair.now += ACK_DELAY
    ((_, seqno, body),) = pair.said()
    assert wire.read_ids(body) == (call,)
    assert seqno % 2 == 0
    assert pair.server.next_deadline() is None


def test_acknowledgements_ride_along(pair: Pair) -> None:
    pair.born()
    call = pair.client.call(CALL, pair.now)
    pair.up()
    pair.server.push(b"push", pair.now)
    found = pair.said()
    assert [body for _, _, body in found] == [b"push", wire.pack_ids(wire.MSGS_ACK, [call])]


def test_acknowledged_messages_are_forgotten_and_told(pair: Pair) -> None:
    pair.born()
    pair.server.push(b"push", pair.now)
    ((msg_id, _, _),) = pair.said()
    assert pair.server.outbox.kept_bytes == 4
    ack = wire.pack_ids(wire.MSGS_ACK, [msg_id, 999, msg_id])
    assert pair.send(pair.msg_id(0, 9), 2, ack) == [Acked((msg_id,))]
    assert (pair.server.outbox.kept, pair.server.outbox.kept_bytes) == (0, 0)


def test_an_acknowledgement_before_sending_takes_it_off_the_queue(pair: Pair) -> None:
    pair.born()
    out = pair.server.outbox.content(b"push", pair.now, outbox.OTHER)
    assert pair.server.acknowledged(out.msg_id)
    assert pair.server.data_to_send(pair.now) == []
    assert pair.server.outbox.queued_bytes == 0


# connections come and go


def test_unacknowledged_messages_are_said_again_on_the_next_connection(pair: Pair) -> None:
    pair.born()
    call = pair.client.call(CALL, pair.now)
    pair.up()
    pair.server.answer(call, b"done", pair.now)
    pair.server.push(b"push", pair.now)
    lost = pair.said()
    assert pair.said() == []
    pair.server.attach()
    assert pair.said() == []  # not before the client has spoken
    pair.client.tell(wire.with_long(wire.PING, 1), pair.now)
    pair.up()
    again = pair.said()
    assert again[1:] == lost
    assert wire.constructor(again[0][2]) == wire.PONG


def test_what_the_client_acknowledges_on_return_is_not_said_again(pair: Pair) -> None:
    pair.born()
    pair.server.push(b"aaaa", pair.now)
    pair.server.push(b"bbbb", pair.now)
    (first, _) = pair.said()
    pair.server.attach()
    pair.send(pair.msg_id(0, 9), 2, wire.pack_ids(wire.MSGS_ACK, [first[0]]))
    assert [body for _, _, body in pair.said()] == [b"bbbb"]


def test_a_refusal_meant_for_the_old_connection_is_not_said_on_the_new_one(pair: Pair) -> None:
    pair.born()
    pair.send(pair.msg_id(-400), 1, CALL)
    pair.server.push(b"push", pair.now)
    pair.server.attach()
    assert [body for _, _, body in pair.said()] == [b"push"]
    assert pair.server.outbox.queued_bytes == 0


def test_a_client_sees_what_is_said_twice_once(pair: Pair) -> None:
    pair.born()
    pair.server.push(b"push", pair.now)
    assert [event for event in pair.down() if isinstance(event, Push)]
    pair.client._acks.clear()
    pair.server.attach()
    pair.client.tell(wire.with_long(wire.PING, 1), pair.now)
    pair.up()
    assert [event for event in pair.down() if isinstance(event, Push)] == []


def test_a_stale_message_is_said_again_under_a_new_id_and_in_order(pair: Pair) -> None:
    pair.born()
    pair.server.push(b"push", pair.now)
    ((old_id, _, _),) = pair.said()
    pair.now += 3600
    pair.client.salt = pair.salts.current(pair.now)
    pair.server.attach()
    pair.client.tell(wire.with_long(wire.PING, 1), pair.now)
    pair.up()
    found = {body: msg_id for msg_id, _, body in pair.said()}
    assert found[b"push"] >> 32 == int(pair.now)
    assert not pair.server.acknowledged(old_id)
    assert pair.server.acknowledged(found[b"push"])


def test_an_old_message_said_again_comes_in_a_fresh_container(pair: Pair) -> None:
    pair.born()
    pair.server.push(b"push", pair.now)
    ((old_id, _, _),) = pair.said()
    pair.now += 100
    pair.server.attach()
    pair.send(pair.msg_id(), 2, wire.pack_ids(wire.MSGS_ACK, [1]))
    (payload,) = pair.server.data_to_send(pair.now)
    envelope = crypto.open(pair.key, payload, crypto.TO_CLIENT)
    assert envelope.msg_id >> 32 == int(pair.now)
    items = wire.read_container(envelope.body)
    assert items is not None
    assert [item[0] for item in items] == [old_id]


def test_what_is_kept_is_bounded_by_number_and_bytes(pair: Pair) -> None:
    pair.born()
    for n in range(outbox.MAX_KEPT + 100):
        pair.server.push(b"%04d" % n, pair.now)
        pair.said()
    assert pair.server.outbox.kept <= outbox.MAX_KEPT
    for _ in range(20):
        pair.server.push(bytes(1 << 20), pair.now)
        pair.said()
    assert pair.server.outbox.kept_bytes <= outbox.MAX_KEPT_BYTES


def test_pushes_are_refused_when_the_queue_is_full_but_answers_are_not(pair: Pair) -> None:
    pair.born()
    call = pair.client.call(CALL, pair.now)
    pair.up()
    taken = 0
    while pair.server.push(bytes(1 << 16), pair.now):
        taken += 1
    assert taken == outbox.MAX_QUEUED_BYTES // (1 << 16) + 1
    pair.server.answer(call, b"done", pair.now)
    assert Result(call, b"done") in pair.down()
    assert pair.server.push(b"push", pair.now)


def test_many_small_pushes_fill_the_queue_too(pair: Pair) -> None:
    taken = 0
    while pair.server.push(b"push", pair.now):
        taken += 1
    assert taken == outbox.MAX_QUEUED


# gzip


def test_a_compressible_answer_is_packed(pair: Pair) -> None:
    call = pair.client.call(CALL, pair.now)
    pair.up()
    pair.server.answer(call, b"same" * 1000, pair.now)
    body = pair.said()[-1][2]
    assert wire.constructor(body[12:]) == wire.GZIP_PACKED
    assert len(body) < 200
    assert wire.gunzip_packed(body[12:], 1 << 20) == b"same" * 1000


@pytest.mark.parametrize(
    ("result", "compress"),
    (
        (b"same" * 128, True),  # short
        (bytes(range(256)) * 4, True),
        ((0x096A18D5).to_bytes(4, "little") + bytes(4096), True),  # upload.file
        (b"same" * 1000, False),
    ),
)
def test_short_random_and_media_answers_are_not_packed(
    pair: Pair, result: bytes, compress: bool
) -> None:
    if result[4:8] == bytes((4, 5, 6, 7)):
        result = pair.random(1024)
    call = pair.client.call(CALL, pair.now)
    pair.up()
    pair.server.answer(call, result, pair.now, compress=compress)
    assert pair.said()[-1][2] == wire.rpc_result(call, result)


# the client's side


def test_the_client_mends_its_clock(pair: Pair) -> None:
    pair.client.offset = -4000.0
    call = pair.client.call(CALL, pair.now)
    assert pair.up() == []
    (note,) = pair.down()
    assert isinstance(note, Service)
    assert calls(pair.up()) == [CALL]
    (request,) = list(pair.client._sent)
    pair.server.answer(request, b"done", pair.now)
    assert Result(call, b"done") in pair.down()


def test_calls_survive_a_change_of_salt_after_hours(pair: Pair) -> None:
    pair.born()
    pair.now += 7200
    call = pair.client.call(CALL, pair.now)
    assert pair.up() == []
    pair.down()
    (event,) = [event for event in pair.up() if type(event) is Call]
    pair.server.answer(event.msg_id, b"done", pair.now)
    assert Result(call, b"done") in pair.down()
