"""Frames as hostile input, and the stream and the answers of a session against models of them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from websockets.client import ClientProtocol
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame
from websockets.protocol import State
from websockets.uri import parse_uri

from petitbleu.appdoor import answers, frames, sessions
from petitbleu.appdoor.answers import Answers
from petitbleu.appdoor.frames import Ack, BadFrame, Call, Drop, Open, Ping, Stream
from petitbleu.gateway.ws_text import TextWires
from petitbleu.rpc.dispatch import Failure, JsonCall
from petitbleu.rpc.registry import METHODS
from petitbleu.tl import jsonform
from petitbleu.tl.faults import TLError
from tests.appdoor.pages import Page
from tests.kit.sizes import size
from tests.kit.world import World

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.sampled_from(["_", "i", "q", "open", "a", "messages.sendMessage", "peerUser", "after"])
)
KEYS = st.sampled_from(
    ["_", "i", "q", "a", "open", "drop", "ping", "after", "quiet", "takeout", "v", "session",
     "got", "build", "lang", "peer", "message", "random_id", "id", "user_id"]
) | st.text(max_size=8)  # fmt: skip
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=25,
)


def read(data: Any) -> list[frames.Event]:
    return frames.read(json.dumps(data).encode())


def swallow(text: bytes) -> None:
    """A frame gives events or BadFrame, and what it asks for an object or TLError."""
    try:
        events = frames.read(text)
    except BadFrame:
        return
    for event in events:
        assert isinstance(event, (Open, Call, Ack, Drop, Ping))
        if isinstance(event, Call) and not event.fault:
            try:
                jsonform.from_json(event.asked.query)
            except TLError as wrong:
                assert wrong.told()


@given(JSON)
@settings(max_examples=size(400, 3000), deadline=None)
def test_any_json_raises_nothing_but_what_is_documented(data: Any) -> None:
    swallow(json.dumps(data).encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=300))
@settings(max_examples=size(400, 2000), deadline=None)
def test_any_bytes(data: bytes) -> None:
    swallow(data)


@given(JSON, st.integers(0, 300), st.binary(min_size=1, max_size=3))
@settings(max_examples=size(200, 1000), deadline=None)
def test_damaged_json(data: Any, at: int, noise: bytes) -> None:
    text = json.dumps(data).encode()
    swallow(text[:at] + noise + text[at + len(noise) :])


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"null",
        b"5",
        b'"open"',
        b"[]",
        b"[1]",
        b"{}",
        b'{"open":{"v":1}} x',
        b'{"open":5}',
        b'{"open":{"v":"1"}}',
        b'{"open":{"v":1,"more":2}}',
        b'{"open":{"v":1,"got":-1}}',
        b'{"open":{"v":1,"got":true}}',
        b'{"open":{"v":1,"session":"' + b"x" * 65 + b'"}}',
        b'{"open":{"v":1},"a":1}',
        b'{"a":-1}',
        b'{"a":1.5}',
        b'{"a":"1"}',
        b'{"a":9007199254740993}',
        b'{"ping":null}',
        b'{"drop":[]}',
        b'{"i":"1","q":{}}',
        b'{"q":{}}',
        b'{"i":-1,"q":{}}',
        b'[{"i":1,"q":{}},{"a":5}]',
        b'{"a":1,"ping":2}',
        b"\xff\xfe",
        b'{"ping":1}\x00',
        b'{"i":1,"q":"\\ud800"}',
        b'{"i":1,"q":NaN}',
        b"[" * 100_000,
        b'{"i":1,"q":' + b'{"a":' * 20_000,
        b"[" + b",".join(b'{"i":%d,"q":{}}' % n for n in range(17)) + b"]",
        b'{"i":1,"q":"' + b"x" * (256 << 10) + b'"}',
        b'{"i":' + b"9" * 200_000 + b',"q":{}}',
    ],
)
def test_what_is_no_frame(text: bytes) -> None:
    with pytest.raises(BadFrame) as bad:
        frames.read(text)
    assert len(frames.bad(bad.value.reason)) < 1000


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"more": 1}, "more"),
        ({"after": "1"}, "after"),
        ({"after": True}, "after"),
        ({"quiet": 1}, "quiet"),
        ({"takeout": 5}, "takeout"),
        ({"takeout": "x"}, "takeout"),
        ({"takeout": "9223372036854775808"}, "takeout"),
        ({"takeout": "1" * 40}, "takeout"),
    ],
)
def test_a_bad_field_fails_its_call_and_names_itself(more: Any, path: str) -> None:
    (call,) = read({"i": 3, "q": {"_": "updates.getState"}} | more)
    assert isinstance(call, Call) and call.asked.id == 3
    assert call.fault.startswith(f"{path}: ")


def test_calls_and_what_stands_around_them() -> None:
    query = {"_": "updates.getState"}
    found = read([{"i": 1, "q": query, "a": 7}, {"i": 2, "q": query, "after": 1, "quiet": True,
                                                 "takeout": "-5"}])  # fmt: skip
    assert found == [
        Ack(7), Call(JsonCall(1, query)), Call(JsonCall(2, query, 1, True, -5)),
    ]  # fmt: skip
    assert read({"open": {"v": 1, "build": "b", "lang": "fr"}}) == [Open(1, "b", "fr", "", 0)]


def test_answers_are_json() -> None:
    assert json.loads(frames.answer(3, b'{"_":"x"}')) == {"i": 3, "ok": {"_": "x"}}
    failure = Failure(420, "FLOOD_WAIT_30", "FLOOD_WAIT_X", 30)
    assert json.loads(frames.answer(3, failure)) == {"i": 3, "err": ["FLOOD_WAIT_X", 420, 30, ""]}


# ── the stream ──────────────────────────────────────────────────────────────────────────────────

STEPS = st.lists(
    st.tuples(st.just("add"), st.integers(1, 90_000))
    | st.tuples(st.just("ack"), st.integers(0, 40))
    | st.tuples(st.just("resume"), st.integers(0, 40)),
    max_size=40,
)


@given(STEPS)
@settings(max_examples=size(400, 2000), deadline=None)
def test_the_stream_against_a_model(steps: list[tuple[str, int]]) -> None:
    """The model keeps all frames that were ever sent; what is said again is always the rest of
    them, and never a part of it."""
    stream = Stream()
    sent: list[bytes] = []
    for what, number in steps:
        if what == "add":
            frame = b"%08d" % len(sent) + bytes(number)
            sent.append(frame)
            stream.add(frame)
        elif what == "ack":
            assert stream.acknowledge(number) is (number <= len(sent))
        else:
            again = stream.resume(number)
            assert again is None or again == sent[number:]
            if number > len(sent):
                assert again is None
        assert stream.sent == len(sent)
        assert stream.kept_bytes <= frames.KEPT_BYTES
    assert stream.resume(len(sent)) == []


def test_a_page_that_was_cut_anywhere_gets_the_rest() -> None:
    stream = Stream()
    sent = [b"%d" % n for n in range(frames.KEPT_FRAMES)]
    for frame in sent:
        assert stream.add(frame)
    for got in range(0, len(sent) + 1, 17):
        assert stream.resume(got) == sent[got:]
    assert stream.resume(0) is None, "they were acknowledged"
    while stream.add(b"x"):
        pass
    assert stream.resume(stream.sent - frames.KEPT_FRAMES - 1) is None


@given(st.lists(st.integers(1, 60), max_size=120))
@settings(max_examples=size(200, 1000), deadline=None)
def test_no_call_is_made_twice(numbers: list[int]) -> None:
    made: list[int] = []
    known = Answers()
    for number in numbers:
        if known.find(number) is None:
            made.append(number)
            known.add(number, b"%d" % number, len(made))
    assert sorted(made) == sorted(set(numbers))


def test_what_is_remembered_of_calls_is_bounded() -> None:
    known = Answers()
    for number in range(10, 40_000, 3):
        assert known.find(number) is None
        known.add(number, bytes(5000), 0)
    assert len(known._made) <= answers.SEEN and known._bytes <= answers.MOST_BYTES
    assert known.find(11) is not None, "far behind: taken as made"
    for number in range(1, 30_000):
        Answers().find(number)
    tidy = Answers()
    for number in range(1, 5000):
        assert tidy.find(number) is None
    assert not tidy._made


# ── on the wire ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65535, 65536, 300_000])
@pytest.mark.parametrize("deflates", [False, True])
def test_the_wire_is_what_a_websocket_client_reads(size: int, deflates: bool) -> None:
    client = ClientProtocol(parse_uri("ws://localhost/"), max_size=None, state=State.OPEN)
    if deflates:
        client.extensions = [PerMessageDeflate(True, True, 15, 15)]
    text = (b"0123456789" * (size // 10 + 1))[:size]
    wires = TextWires()
    wire = wires.wire(text, deflates)
    assert wires.wire(text, deflates) is wire or size >= 1 << 16
    client.receive_data(wire)
    (frame,) = client.events_received()
    assert isinstance(frame, Frame) and bytes(frame.data) == text and frame.fin
    if deflates and size > 2000:
        assert len(wire) < size / 5


# ── a whole session ─────────────────────────────────────────────────────────────────────────────


async def test_three_bad_frames_end_a_session(world: World, page: Page) -> None:
    await page.sign_up()
    tab = await page.open()
    other = await page.open()
    for n in range(3):
        tab.send("nonsense")
        assert (tab.wire.code == 4400) is (n == 2)
    assert [list(one) for one in tab.wire.frames[1:]] == [["bad"]] * 3
    assert other.wire.code == 0
    assert not (await page.open(tab.opened["session"], 0)).opened["resumed"]


async def test_open_comes_first_and_once(world: World, page: Page) -> None:
    await page.sign_up()
    for first in ({"ping": 1}, {"i": 1, "q": {"_": "updates.getState"}}, "x", {"a": 0}):
        tab = page.connect()
        tab.send(first)
        assert tab.wire.code == 4400 and tab.wire.texts == []
    tab = await page.open()
    tab.send({"open": {"v": 1}})
    assert list(tab.wire.frames[-1]) == ["bad"]
    old = page.connect()
    old.send({"open": {"v": 2}})
    assert old.wire.frames == [{"bye": "version"}] and old.wire.code == 4400


async def test_a_socket_that_says_nothing_ends(world: World, page: Page) -> None:
    await page.sign_up()
    silent, opened = page.connect(), await page.open()
    world.clock.advance(6)
    page.door.sessions.wheel.tick(world.clock.monotonic())
    assert silent.wire.code == 4400 and opened.wire.code == 0
    for _ in range(200):
        world.clock.advance(1)
        page.door.sessions.wheel.tick(world.clock.monotonic())
    assert opened.wire.aborted


async def test_a_socket_without_a_cookie(world: World, page: Page) -> None:
    tab = page.connect()
    tab.send({"open": {"v": 1}})
    await world.settle()
    assert tab.wire.frames == [{"bye": "signed-out"}] and tab.wire.code == 4401


@pytest.mark.sometimes(2)
async def test_too_many_calls_at_once_wait(world: World, page: Page) -> None:
    await page.sign_up()
    tab = await page.open()
    query = {"_": "messages.sendMessage", "peer": {"_": "inputPeerSelf"}, "message": "x"}
    for n in range(1, 401):
        tab.send({"i": n, "q": query | {"random_id": n}})
    session = page.door.sessions.find(tab.opened["session"], tab.socket._session.link.auth_key_id)  # type: ignore[union-attr]
    assert session is not None and len(session._running) == sessions.IN_FLIGHT
    assert tab.wire.paused
    for n in range(1, 401):
        assert "ok" in await tab.answer(n)
    assert not tab.wire.paused
    tab.send({"ping": 1})
    assert tab.wire.frames[-1] == {"pong": 1}


async def test_many_calls_that_are_answered_at_once_behind_slow_ones(
    world: World, page: Page
) -> None:
    await page.sign_up()
    tab = await page.open()
    query = {"_": "messages.sendMessage", "peer": {"_": "inputPeerSelf"}, "message": "x"}
    for n in range(1, 3001):
        slow = query | {"random_id": n}
        tab.send({"i": n, "q": slow if n <= sessions.IN_FLIGHT else {"_": "messages.makeTea"}})
    assert tab.wire.paused
    for n in range(1, sessions.IN_FLIGHT + 1):
        assert "ok" in await tab.answer(n)
    assert "err" in await tab.answer(3000)
    numbers = [frame["i"] for frame in tab.counted if frame["i"] > sessions.IN_FLIGHT]
    assert numbers == list(range(sessions.IN_FLIGHT + 1, 3001))
    assert not tab.wire.paused


async def test_frames_after_a_bad_one_are_read(world: World, page: Page) -> None:
    await page.sign_up()
    tab = await page.open()
    tab.send({"a": 5000})
    assert list(tab.wire.frames[-1]) == ["bad"]
    tab.send({"ping": 3})
    assert tab.wire.frames[-1] == {"pong": 3}
    tab.send(b'{"ping":4}' + b" " * (256 << 10))
    assert tab.wire.code == 4413


async def test_a_faulty_query_names_the_place(world: World, page: Page) -> None:
    await page.sign_up()
    tab = await page.open()
    deep: Any = {"_": "inputPeerSelf"}
    for _ in range(60):
        deep = {"_": "inputReplyToMessage", "reply_to_msg_id": 1, "reply_to_peer_id": deep}
    for wrong, detail in (
        ({"message": 5}, "message: a string was expected"),
        ({"message": "\ud800"}, None),
        ({"random_id": True}, "random_id: an integer of 64 bits was expected"),
        ({"peer": {"_": "peerUser"}}, "peer: peerUser where InputPeer was expected"),
        ({"entities": [{"_": "messageEntityBold", "offset": "0", "length": 1}]},
         "entities.0.offset: an integer of 32 bits was expected"),
        ({"surplus": 1}, "messages.sendMessage has a field that the schema has not"),
    ):  # fmt: skip
        good = {"_": "messages.sendMessage", "peer": {"_": "inputPeerSelf"}, "message": "x",
                "random_id": "1"}  # fmt: skip
        if detail is None:
            before = len(tab.wire.texts)
            tab.send(json.dumps({"i": 90, "q": good | wrong}))
            assert list(tab.wire.frames[before]) == ["bad"]
            continue
        answer = await tab.ask(good | wrong)
        assert answer["err"] == ["INPUT_FETCH_ERROR", 400, 0, detail]
    answer = await tab.ask({"_": "messages.sendMessage", "reply_to": deep})
    assert answer["err"][0] in ("INPUT_FETCH_ERROR", "INPUT_CONSTRUCTOR_INVALID")


async def test_a_bug_of_ours_has_a_number_to_quote(
    world: World, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    await page.sign_up()
    tab = await page.open()

    async def broken(ctx: Any, q: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(METHODS["updates.getState"], "handler", broken)
    name, code, _, incident = (await tab.ask({"_": "updates.getState"}))["err"]
    assert (name, code) == ("INTERNAL", 500)
    assert world.errors.pop()["incident"] == incident
    assert "Zero" not in " ".join(tab.wire.texts)
