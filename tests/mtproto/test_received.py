"""The law of a received frame (table in ``mtproto/session.py``)."""

from __future__ import annotations

import zlib

import pytest

from petitbleu.errors import LocalFault, PeerFault
from petitbleu.mtproto import crypto, inbox, wire
from petitbleu.mtproto.messages import Acked, Call, NewSession, QuickAck
from petitbleu.mtproto.salts import Salts
from petitbleu.mtproto.session import MAX_INFLATED, MAX_UNSENT, Session
from tests.mtproto.pair import Pair, calls

CALL = b"\x01\x02\x03\x04\x05\x06\x07\x08"
OTHER_CALL = b"\x09\x02\x03\x04\x05\x06\x07\x08"
PING = wire.with_long(wire.PING, 77)


@pytest.mark.parametrize("low", (1, 2, 3))
def test_18_msg_id_not_divisible_by_four(pair: Pair, low: int) -> None:
    assert pair.send(pair.msg_id() | low, 1, CALL) == []
    assert pair.code() == 18


@pytest.mark.parametrize(
    ("seconds", "code"),
    ((-301, 16), (-299, None), (0, None), (29, None), (32, 17), (-1_700_000_000, 16), (3e8, 17)),
)
def test_16_17_the_time_window(pair: Pair, seconds: float, code: int | None) -> None:
    events = pair.send(pair.msg_id(seconds), 1, CALL)
    assert pair.code() == code
    assert calls(events) == ([] if code else [CALL])


def test_a_negative_msg_id_is_too_low(pair: Pair) -> None:
    assert pair.send(-4, 1, CALL) == []
    assert pair.code() == 16


def test_48_a_wrong_salt_draws_the_right_one_and_nothing_runs(pair: Pair) -> None:
    msg_id = pair.msg_id()
    assert pair.deliver(pair.payload(msg_id, 1, CALL, salt=123)) == []
    ((_, _, body),) = pair.said()
    assert wire.unpack(wire.SALT_NOTE, body) == (msg_id, 1, 48, pair.salts.current(pair.now))
    pair.client.salt = pair.salts.current(pair.now)
    assert calls(pair.send(msg_id, 1, CALL)) == [CALL]


def test_a_frame_with_an_old_salt_is_answered_even_when_it_was_a_container(pair: Pair) -> None:
    pair.born()
    first, second = (pair.client.call(CALL + bytes((n,)) * 4, pair.now) for n in (1, 2))
    pair.client.salt = 5
    assert pair.up() == []
    pair.down()
    assert calls(pair.up()) == [CALL + b"\x01" * 4, CALL + b"\x02" * 4]
    assert pair.client.pending == (first, second)


def test_a_frame_of_another_session_is_our_own_mistake(pair: Pair) -> None:
    payload = pair.payload(pair.msg_id(), 1, CALL)
    envelope = crypto.open(pair.key, payload)
    with pytest.raises(LocalFault):
        pair.server.receive(envelope._replace(session_id=1), pair.now)


def container(*items: tuple[int, int, bytes]) -> bytes:
    return wire.container(items)


def test_a_container_runs_in_its_order(pair: Pair) -> None:
    base = pair.msg_id()
    items = [(base + 4 * n, 2 * n + 1, CALL + bytes((n,)) * 4) for n in range(5)]
    events = pair.send(base + 20, 10, container(*items))
    assert [event.msg_id for event in events if type(event) is Call] == [i[0] for i in items]


def broken(pair: Pair, kind: str) -> bytes:
    base = pair.msg_id()
    good = container((base - 8, 1, CALL), (base - 4, 3, CALL))
    match kind:
        case "nested":
            return container((base - 8, 1, CALL), (base - 4, 2, container((base - 12, 3, CALL))))
        case "id of its own":
            return container((base - 8, 1, CALL), (base, 3, CALL))
        case "higher id":
            return container((base - 8, 1, CALL), (base + 4, 3, CALL))
        case "too many":
            return container(*((base - 4 * n, 0, PING) for n in range(1021, 0, -1)))
        case "empty":
            return container()
        case "cut":
            return good[:-4]
        case "longer than its items":
            return good + bytes(4)
        case "inner length odd":
            return good[:20] + b"\x07" + good[21:]
        case "inner length huge":
            return good[:20] + b"\xfc\xff\xff\x7f" + good[24:]
        case "inner length zero":
            return good[:20] + bytes(4) + good[24:]
        case "packed container":
            return container((base - 8, 1, CALL), (base - 4, 2, wire.gzip_packed(good)))
    raise AssertionError(kind)


KINDS = (
    "nested",
    "id of its own",
    "higher id",
    "too many",
    "empty",
    "cut",
    "longer than its items",
    "inner length odd",
    "inner length huge",
    "inner length zero",
    "packed container",
)


@pytest.mark.parametrize("kind", KINDS)
def test_64_an_invalid_container_runs_not_even_its_good_messages(pair: Pair, kind: str) -> None:
    msg_id = pair.msg_id()
    assert pair.send(msg_id, 4, broken(pair, kind)) == []
    assert pair.code() == 64
    assert len(pair.server.inbox) == 0
    assert calls(pair.send(msg_id, 4, container((msg_id - 8, 1, CALL)))) == [CALL]


def test_1020_messages_fit(pair: Pair) -> None:
    base = pair.msg_id()
    events = pair.send(base, 0, container(*((base - 4 * n, 0, PING) for n in range(1020, 0, -1))))
    assert isinstance(events[0], NewSession)
    assert pair.said_kinds().count(wire.PONG) == 1020


def test_18_inside_a_container(pair: Pair) -> None:
    base = pair.msg_id()
    assert pair.send(base, 4, container((base - 8, 1, CALL), (base - 3, 3, CALL))) == []
    assert pair.code() == 18


def test_19_the_same_container_again(pair: Pair) -> None:
    base = pair.msg_id()
    body = container((base - 4, 1, CALL))
    assert calls(pair.send(base, 2, body)) == [CALL]
    pair.said()
    assert pair.send(base, 2, body) == []
    assert pair.code() == 19


def test_20_below_what_is_remembered(pair: Pair) -> None:
    base = pair.msg_id()
    for n in range(1, inbox.KEPT + 2):
        pair.send(base + 4 * n, 0, PING)
    assert len(pair.server.inbox) <= inbox.KEPT
    pair.said()
    assert pair.send(base + 8, 0, PING) == []
    assert pair.code() == 20


@pytest.mark.parametrize(
    ("offset", "seqno", "code"),
    (
        (4, 3, None),
        (4, 1, 32),  # equal and odd, higher id
        (4, -1, 32),
        (-4, 1, 33),  # equal and odd, lower id
        (-4, 3, 33),
    ),
)
def test_32_33_sequence_numbers_go_with_ids(
    pair: Pair, offset: int, seqno: int, code: int | None
) -> None:
    base = pair.msg_id()
    pair.send(base, 1, CALL)
    pair.said()
    events = pair.send(base + offset, seqno, CALL)
    assert pair.code() == code
    assert calls(events) == ([] if code else [CALL])


def test_a_late_message_fits_between_its_neighbours(pair: Pair) -> None:
    base = pair.msg_id()
    pair.send(base, 1, CALL)
    pair.send(base + 8, 5, CALL)
    assert calls(pair.send(base + 4, 3, CALL)) == [CALL]


def test_equal_even_sequence_numbers_are_usual(pair: Pair) -> None:
    base = pair.msg_id()
    for n in range(3):
        pair.send(base + 4 * n, 2, PING)
    assert pair.said_kinds().count(wire.PONG) == 3


def test_34_a_container_is_even(pair: Pair) -> None:
    base = pair.msg_id()
    assert pair.send(base, 3, container((base - 4, 1, CALL))) == []
    assert pair.code() == 34


def test_service_messages_may_be_numbered_either_way(pair: Pair) -> None:
    # mtcute numbers its acknowledgements as content; they are taken, and not acknowledged in turn.
    pair.born()
    pair.send(pair.msg_id(0, 9), 2 * pair.client._content + 1, wire.pack_ids(wire.MSGS_ACK, [5]))
    assert pair.server.next_deadline() is None


def test_35_a_call_is_odd(pair: Pair) -> None:
    assert pair.send(pair.msg_id(), 2, CALL) == []
    assert pair.code() == 35


def test_a_flaw_deep_in_a_container_leaves_no_trace(pair: Pair) -> None:
    base = pair.msg_id()
    items = [(base - 40, 1, CALL), (base - 36, 2, PING), (base - 32, 2, CALL)]
    assert pair.send(base, 4, container(*items)) == []
    assert pair.code() == 35
    assert len(pair.server.inbox) == 0
    assert pair.server.running == 0


def test_a_broken_service_message_closes_and_leaves_no_trace(pair: Pair) -> None:
    base = pair.msg_id()
    items = [(base - 40, 1, CALL), (base - 36, 2, PING[:8])]
    with pytest.raises(PeerFault):
        pair.send(base, 4, container(*items))
    assert len(pair.server.inbox) == 0


def test_more_than_8192_ids_are_a_flood(pair: Pair) -> None:
    with pytest.raises(PeerFault) as caught:
        pair.send(pair.msg_id(), 0, wire.pack_ids(wire.MSGS_ACK, range(8193)))
    assert caught.value.transport_code == -429


# repeated messages


def test_a_running_call_is_not_run_twice(pair: Pair) -> None:
    msg_id = pair.msg_id()
    assert calls(pair.send(msg_id, 1, CALL)) == [CALL]
    assert pair.send(msg_id, 1, CALL) == []
    assert pair.server.running == 1


def test_a_finished_call_is_answered_again_from_what_is_kept(pair: Pair) -> None:
    pair.born()
    call = pair.client.call(CALL, pair.now)
    pair.up()
    pair.server.answer(call, b"done", pair.now)
    (first,) = pair.said()
    pair.client.repeat(call)
    assert calls(pair.up()) == []
    (again,) = pair.said()
    assert again == first


def test_a_repeated_call_inside_a_container_is_answered_again(pair: Pair) -> None:
    msg_id = pair.msg_id()
    pair.send(msg_id, 1, CALL)
    pair.server.answer(msg_id, b"done", pair.now)
    pair.said()
    events = pair.send(msg_id + 8, 4, container((msg_id, 1, CALL), (msg_id + 4, 3, CALL)))
    assert [event.msg_id for event in events if type(event) is Call] == [msg_id + 4]
    assert pair.said()[0][2] == wire.rpc_result(msg_id, b"done")


def test_a_large_answer_is_told_of_and_sent_when_asked_for(pair: Pair) -> None:
    msg_id = pair.msg_id()
    pair.send(msg_id, 1, CALL)
    large = pair.random(100_000)
    pair.server.answer(msg_id, large, pair.now)
    answer_id = pair.said()[-1][0]
    pair.send(msg_id, 1, CALL)
    ((_, _, body),) = pair.said()
    assert wire.unpack(wire.DETAILED, body) == (msg_id, answer_id, len(large) + 12, 0)
    pair.send(msg_id + 4, 2, wire.pack_ids(wire.MSG_RESEND_REQ, [answer_id]))
    assert [body for _, _, body in pair.said()] == [wire.rpc_result(msg_id, large)]


def test_a_call_whose_answer_was_received_is_only_acknowledged(pair: Pair) -> None:
    pair.born()
    call = pair.client.call(CALL, pair.now)
    pair.up()
    pair.server.answer(call, b"done", pair.now)
    answer_id = pair.said()[0][0]
    seqno = 2 * pair.client._content
    acked = pair.send(pair.msg_id(0, 50), seqno, wire.pack_ids(wire.MSGS_ACK, [answer_id]))
    assert acked == [Acked((answer_id,))]
    assert pair.send(call, seqno - 1, CALL) == []
    pair.now += 1
    assert pair.said_kinds() == [wire.MSGS_ACK]


def test_a_call_whose_answer_was_given_up_must_be_sent_anew(pair: Pair) -> None:
    msg_id = pair.msg_id()
    pair.send(msg_id, 1, CALL)
    pair.server.answer(msg_id, b"done", pair.now)
    pair.said()
    for n in range(1, 1100):
        pair.server.push(b"push%04d" % n, pair.now)
        pair.said()
    pair.send(msg_id, 1, CALL)
    assert pair.code() == 20


def test_a_message_copy_counts_as_the_original(pair: Pair) -> None:
    msg_id = pair.msg_id(-200)

    def copy(body: bytes) -> bytes:
        head = (wire.MSG_COPY.to_bytes(4, "little"), wire.MESSAGE.to_bytes(4, "little"))
        numbers = (msg_id.to_bytes(8, "little"), (1).to_bytes(4, "little"))
        return b"".join((*head, *numbers, len(body).to_bytes(4, "little"), body))

    events = pair.send(pair.msg_id(), 1, copy(CALL))
    assert [event.msg_id for event in events if type(event) is Call] == [msg_id]
    assert calls(pair.send(pair.msg_id() + 4, 3, copy(CALL))) == []
    assert pair.send(pair.msg_id() + 8, 3, copy(CALL)[:-4]) == []
    assert pair.code() == 64


# gzip


@pytest.mark.parametrize("wbits", (31, 15))
def test_packed_calls_are_inflated_in_gzip_and_zlib_form(pair: Pair, wbits: int) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    packed = packer.compress(CALL * 500) + packer.flush()
    body = wire.GZIP_PACKED.to_bytes(4, "little") + wire.tl_bytes(packed)
    assert calls(pair.send(pair.msg_id(), 1, body)) == [CALL * 500]


def test_a_packed_service_message_is_served(pair: Pair) -> None:
    pair.send(pair.msg_id(), 1, wire.gzip_packed(PING))
    assert wire.PONG in pair.said_kinds()


def bad_gzip(kind: str) -> bytes:
    good = wire.gzip_packed(CALL * 100)
    match kind:
        case "noise":
            return good[:4] + wire.tl_bytes(b"no gzip at all")
        case "cut":
            return good[:4] + wire.tl_bytes(wire.read_bytes(good, 4)[0][:-12])
        case "bomb":
            return wire.gzip_packed(bytes(MAX_INFLATED + 1))
        case "string too long":
            return good[:4] + b"\xfe\xff\xff\xff" + good[8:]
    raise AssertionError(kind)


@pytest.mark.parametrize("kind", ("noise", "cut", "bomb", "string too long"))
def test_broken_gzip_is_answered_with_an_error_and_its_neighbours_run(
    pair: Pair, kind: str
) -> None:
    base = pair.msg_id()
    items = [(base - 8, 1, bad_gzip(kind)), (base - 4, 3, CALL)]
    assert calls(pair.send(base, 4, container(*items))) == [CALL]
    bodies = [body for _, _, body in pair.said()]
    assert wire.rpc_result(base - 8, wire.rpc_error(400, "INPUT_FETCH_ERROR")) in bodies


def test_the_gzip_budget_is_one_for_the_whole_frame(pair: Pair) -> None:
    base = pair.msg_id()
    half = wire.gzip_packed(bytes(MAX_INFLATED * 2 // 5))
    items = [(base - 40 + 4 * n, 2 * n + 1, half) for n in range(5)]
    events = pair.send(base, 10, container(*items))
    assert len(calls(events)) == 2
    assert [body[:4] for _, _, body in pair.said()].count(
        wire.RPC_RESULT.to_bytes(4, "little")
    ) == 3


# quick acknowledgements, slow readers


def test_a_quick_ack_confirms_an_accepted_frame_only(pair: Pair) -> None:
    payload = pair.payload(pair.msg_id(), 1, CALL)
    token = crypto.open(pair.key, payload).token
    assert token >> 31 == 1
    assert QuickAck(token) in pair.deliver(payload, quick_ack=True)
    assert pair.deliver(pair.payload(pair.msg_id() + 4, 2, CALL), quick_ack=True) == []


def test_a_client_that_never_reads_is_cut(pair: Pair) -> None:
    base = pair.msg_id()
    for n in range(0, 9 * 1024, 1024):
        items = [(base + 4 * (n + k), 0, PING) for k in range(1020)]
        pair.send(base + 4 * (n + 1021), 0, container(*items))
    assert pair.server.outbox.queued > MAX_UNSENT
    with pytest.raises(PeerFault) as caught:
        pair.send(base + 4 * 20000, 0, PING)
    assert caught.value.transport_code == -429


def test_20_of_one_message_in_a_container_leaves_the_others(pair: Pair) -> None:
    base = pair.msg_id()
    pair.server = Session(
        pair.key, pair.key_id, pair.client.session_id, pair.salts, pair.random, floor=base + 4
    )
    events = pair.send(base + 40, 6, container((base + 4, 1, CALL), (base + 8, 3, OTHER_CALL)))
    assert calls(events) == [OTHER_CALL]
    said = pair.said()
    refused = [body for _, _, body in said if wire.constructor(body) == wire.BAD_MSG_NOTIFICATION]
    assert [wire.unpack(wire.LONG_INT_INT, body)[0::2] for body in refused] == [(base + 4, 20)]
    born = next(body for _, _, body in said if wire.constructor(body) == wire.NEW_SESSION_CREATED)
    assert int.from_bytes(born[4:12], "little") == base + 8, "what is below it is said again"
    assert pair.send(base, 1, CALL) == [] and pair.code() == 20


def test_20_for_what_is_older_than_the_start_unless_its_salt_is_newer(pair: Pair) -> None:
    now = pair.now
    pair.salts = Salts(b"after the start", pair.key_id, since=now + 60)
    pair.server = pair.fresh_server()
    old, slow = pair.msg_id(), pair.msg_id(2)
    pair.now = now + 65
    assert pair.send(old, 1, CALL) == []
    kinds = pair.said_kinds()
    assert kinds == [wire.BAD_MSG_NOTIFICATION, wire.BAD_SERVER_SALT]
    assert pair.send(pair.msg_id(), 1, CALL) == [] and pair.code() == 48
    pair.client.salt = pair.salts.current(pair.now)
    assert calls(pair.send(slow, 1, CALL)) == [CALL], "its clock is slow, but it knows the salt"


def test_only_what_is_new_is_admitted_from_another_connection(pair: Pair) -> None:
    def admit(msg_id: int, seqno: int, body: bytes, salt: int | None = None) -> bool:
        payload = pair.payload(msg_id, seqno, body, salt)
        messages, _ = pair.server.admit(crypto.open(pair.key, payload), pair.now)
        return messages is not None

    base, good = pair.msg_id(), pair.client.salt
    ack = wire.pack_ids(wire.MSGS_ACK, [1])
    frames = [
        (base + 4, 1, CALL), (base + 8, 2, ack), (base + 12, 2, PING),
        (base + 24, 2, container((base + 16, 2, PING), (base + 20, 3, OTHER_CALL))),
        (base + 28, 4, ack), (base + 32, 5, OTHER_CALL),
    ]  # fmt: skip
    for frame in frames:
        pair.send(*frame)
    pair.server.answer(base + 4, b"done", pair.now)
    queued = len(pair.said())
    assert queued
    for frame in frames:
        assert not admit(*frame), frame
        assert not admit(*frame, salt=1), frame
        pair.client.salt = good
    assert pair.said() == [], "what it says there is nothing of the session's queue"
    for wrong in ((base + 37, 6, PING), (pair.msg_id(-400), 6, PING), (pair.msg_id(99), 6, PING)):
        assert not admit(*wrong)
    assert admit(base + 36, 6, ack), "newer than all: its client has said it"
    assert admit(base + 40, 6, PING)
