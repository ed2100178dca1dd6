"""Bytes and JSON from an enemy raise TLError and nothing else, quickly and in little memory."""

from __future__ import annotations

import base64
import gzip
import json
import struct
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from petitbleu.errors import LocalFault
from petitbleu.tl import api, codec, jsonform
from petitbleu.tl.faults import TLError, UnknownConstructor
from petitbleu.tl.inflate import inflate
from petitbleu.tl.objects import TLObject
from petitbleu.tl.program import program
from petitbleu.tl.wire import MAX_DEPTH, get_bytes, put_bytes
from tests.tl.plain import Plain, Samples

SCHEMA = codec.SCHEMA
NEWEST = Plain(SCHEMA, SCHEMA.layers[-1])


def swallow(data: bytes) -> None:
    """Decoding gives an object or TLError."""
    try:
        codec.decode(data)
    except TLError:
        pass


@given(st.sampled_from(sorted(SCHEMA.by_id)), st.binary(max_size=200))
@settings(max_examples=3000, deadline=None)
def test_random_fields_behind_any_id_raise_nothing_but_tl_error(id_: int, rest: bytes) -> None:
    swallow(struct.pack("<I", id_) + rest)


@given(
    st.sampled_from(sorted(NEWEST.by_name)),
    st.integers(0, 1 << 16),
    st.binary(min_size=1, max_size=8),
)
@settings(max_examples=2000, deadline=None)
def test_damaged_objects_raise_nothing_but_tl_error(name: str, at: int, patch: bytes) -> None:
    data = NEWEST.write(Samples(NEWEST).make(name, True))
    at %= len(data)
    swallow(data[:at] + patch + data[at + len(patch) :])
    swallow(data[:at] + patch + data[at:])
    swallow(data[:at])


def test_a_cut_object_is_never_read() -> None:
    """Also where only the padding of the last string is missing."""
    obj = api.messages.SendMessage(
        peer=api.InputPeerChat(chat_id=1),
        message="hello",
        random_id=2,
        entities=[api.MessageEntityTextUrl(offset=0, length=1, url="ab")],
    )
    data = codec.encode(obj)
    for end in range(len(data)):
        with pytest.raises(TLError):
            codec.decode(data[:end])


def test_bytes_after_the_object_are_refused_unless_asked_for() -> None:
    data = codec.encode(api.help.GetConfig())
    with pytest.raises(TLError):
        codec.decode(data + b"\0\0\0\0")
    assert codec.decode_from(data + b"rest") == (api.help.GetConfig(), 4)
    assert codec.decode(b"head" + data, 4) == api.help.GetConfig()


def nested(depth: int) -> bytes:
    """jsonArray in jsonArray."""
    obj = api.JsonNull()
    for _ in range(depth - 1):
        obj = api.JsonArray(value=[obj])
    pieces = []
    while isinstance(obj, api.JsonArray):
        pieces.append(struct.pack("<III", 0xF7444763, 0x1CB5C415, 1))
        obj = obj.value[0]
    return b"".join(pieces) + codec.encode(obj)


def test_nesting_has_a_limit() -> None:
    codec.decode(nested(MAX_DEPTH))
    with pytest.raises(TLError):
        codec.decode(nested(MAX_DEPTH + 2))
    with pytest.raises(TLError):
        codec.decode(nested(100_000))


def test_a_vector_cannot_announce_more_than_it_brings() -> None:
    head = struct.pack("<I", codec.ids_of("messages.getMessages")[-1])
    vector = struct.pack("<I", 0x1CB5C415)
    for count in (1, 1000, 0x7FFFFFFF, 0xFFFFFFFF):
        with pytest.raises(TLError):
            codec.decode(head + vector + struct.pack("<I", count))
    with pytest.raises(TLError):
        codec.decode(head + struct.pack("<II", 0x1CB5C416, 0))


def test_strings_must_be_utf8_and_lie_within_the_data() -> None:
    head = struct.pack("<I", codec.ids_of("contacts.resolvePhone")[-1])
    for bad in (
        b"\x02\xff\xfe\0",
        b"\x03\xed\xa0\x80",
        b"\xff" + bytes(7),
        b"\xfe\xff\xff\xff",
        b"\x09ab\0",
    ):
        with pytest.raises(TLError):
            codec.decode(head + bad)


def test_unknown_ids_say_whether_the_method_or_something_in_it_is_unknown() -> None:
    with pytest.raises(UnknownConstructor) as method:
        codec.decode(struct.pack("<I", 0xDEADBEEF))
    assert method.value.constructor_id == 0xDEADBEEF and not method.value.nested
    reads = struct.pack("<I", codec.ids_of("messages.readHistory")[-1])
    with pytest.raises(UnknownConstructor) as inner:
        codec.decode(reads + struct.pack("<Ii", 0xDEADBEEF, 0))
    assert inner.value.nested


def test_an_object_of_another_type_is_refused() -> None:
    reads = struct.pack("<I", codec.ids_of("messages.readHistory")[-1])
    for wrong in (api.UpdatesTooLong(), api.help.GetConfig(), api.PeerUser(user_id=1)):
        with pytest.raises(TLError):
            codec.decode(reads + codec.encode(wrong) + bytes(4))


def test_long_strings_keep_their_length_and_padding() -> None:
    for size in (0, 1, 3, 253, 254, 255, 256, 70_000):
        packed = put_bytes(b"x" * size)
        assert len(packed) % 4 == 0
        assert get_bytes(packed, 0) == (b"x" * size, len(packed))


def test_a_wrapper_gives_its_query_as_bytes() -> None:
    query = api.help.GetConfig()
    wrapped = api.InvokeWithLayer(layer=158, query=query)
    read = codec.decode(codec.encode(wrapped))
    assert read.layer == 158 and codec.decode(read.query) == query
    with pytest.raises(TLError):
        codec.decode(codec.encode(api.InvokeWithLayer(layer=158, query=b"")))


def test_inflate_is_bounded_and_takes_gzip_and_zlib() -> None:
    plain = b"hello " * 100
    assert inflate(gzip.compress(plain), 600) == plain
    assert inflate(zlib.compress(plain), 600) == plain
    for bad in (gzip.compress(plain)[:-9], b"nonsense", b"", gzip.compress(bytes(1 << 20))):
        with pytest.raises(TLError):
            inflate(bad, 599)


def test_raw_bytes_stand_for_an_object() -> None:
    user = api.User(id=1, first_name="Ann")
    for layer in (158, 229):
        raw = api.Raw(codec.encode(user, layer))
        one = api.contacts.Contacts(contacts=[], saved_count=0, users=[user])
        two = api.contacts.Contacts(contacts=[], saved_count=0, users=[raw])
        assert codec.encode(one, layer) == codec.encode(two, layer)


def test_json_carries_every_object_of_the_newest_layer() -> None:
    samples = Samples(NEWEST)
    for name in NEWEST.by_name:
        for full in (False, True):
            obj = codec.decode(NEWEST.write(samples.make(name, full)))
            assert codec.encode(jsonform.from_json(jsonform.to_json(obj))) == codec.encode(obj), (
                name
            )


@pytest.mark.parametrize(
    "bad",
    [
        None,
        [],
        {},
        {"_": "nothing"},
        {"_": 5},
        {"_": "messageUserVote"},
        {"_": "peerUser"},
        {"_": "peerUser", "user_id": None},
        {"_": "peerUser", "user_id": "1e3"},
        {"_": "peerUser", "user_id": "９"},
        {"_": "peerUser", "user_id": 1 << 63},
        {"_": "peerUser", "user_id": True},
        {"_": "peerUser", "user_id": 1.0},
        {"_": "peerUser", "user_id": 1, "more": 2},
        {"_": "textPlain", "text": "\ud800"},
        {"_": "textPlain", "text": 5},
        {"_": "messages.getMessages", "id": {}},
        {"_": "messages.getMessages", "id": [{"_": "peerUser", "user_id": 1}]},
        {"_": "jsonNumber", "value": float("nan")},
        {"_": "jsonNumber", "value": 10**400},
        {"_": "jsonBool", "value": 1},
        {"_": "messages.translateText", "to_lang": "fr", "id": [1]},
        {"_": "upload.saveFilePart", "file_id": 1, "file_part": 0, "bytes": "not base64!"},
    ],
)
def test_bad_json_raises_tl_error(bad: object) -> None:
    with pytest.raises(TLError):
        jsonform.from_json(bad)


def test_what_is_wrong_in_json_is_named() -> None:
    peer = {"_": "inputPeerUser", "user_id": "1", "access_hash": "x"}
    with pytest.raises(TLError) as wrong:
        jsonform.from_json({"_": "messages.getHistory", "peer": peer})
    assert wrong.value.told() == "peer.access_hash: an integer of 64 bits was expected"
    with pytest.raises(TLError) as wrong:
        jsonform.from_json({"_": "messages.getMessages", "id": [{"_": "inputMessageID"}]})
    assert wrong.value.told() == "id.0.id: a value is needed"


def test_compiled_json_is_that_of_the_table() -> None:
    """The functions made for each constructor against a walk through its fields."""
    samples = Samples(NEWEST)
    for name in NEWEST.by_name:
        for full in (False, True):
            obj = codec.decode(NEWEST.write(samples.make(name, full)))
            told = jsonform.to_json(obj)
            assert json.dumps(told) == json.dumps(_walked(obj)), name
            assert json.loads(jsonform.encode(obj)) == json.loads(json.dumps(told))


def _walked(value: Any, kind: Any = None) -> Any:
    if isinstance(value, TLObject):
        out: dict[str, Any] = {"_": value.NAME}
        for step in program(codec.SCHEMA.newest(value.NAME)):
            found = None if step.is_word else getattr(value, step.attr)
            if found is not None and not (found is False and step.kind.code == "true"):
                out[step.name] = _walked(found, step.kind)
        return out
    if kind.code == "vector":
        return [_walked(one, kind.item) for one in value]
    if kind.code == "rest":
        return _walked(codec.decode(value))
    if kind.pack == "q":
        return str(value)
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def test_an_object_that_lacks_something_is_not_written_as_json() -> None:
    for broken in (api.PeerUser(user_id=None), api.TextPlain(text=None)):  # type: ignore[arg-type]
        with pytest.raises(LocalFault):
            jsonform.encode(broken)
    with pytest.raises(LocalFault):
        jsonform.encode(api.TextPlain(text="\ud800"))


def test_json_nesting_has_a_limit() -> None:
    data: dict[str, object] = {"_": "jsonNull"}
    for _ in range(MAX_DEPTH):
        data = {"_": "jsonArray", "value": [data]}
    with pytest.raises(TLError):
        jsonform.from_json(data)
