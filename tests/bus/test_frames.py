"""The bytes between workers: what is made is read, anything else is refused."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petitbleu.bus import frames
from petitbleu.bus.frames import Sealer, Unreadable

SECRET = bytes(range(32))
WORKERS = st.integers(1, 2**24 - 1)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
ITEMS = st.lists(st.tuples(st.text(max_size=8), VALUES), min_size=1, max_size=6)


def _sealer(me: int, *, secret: bytes = SECRET, cluster: str = "main") -> Sealer:
    return Sealer(secret, cluster, me, os.urandom)


def _encoded(items: list[tuple[str, Any]]) -> list[bytes]:
    made = [frames.encoded(kind, item) for kind, item in items]
    return [data for data in made if data is not None]


@given(WORKERS, WORKERS | st.just(0), st.integers(0, 2**48 - 1), ITEMS)
def test_what_was_sealed_is_opened(
    sender: int, to: int, n: int, items: list[tuple[str, Any]]
) -> None:
    sealed = _sealer(sender).seal(to, n, _encoded(items))
    opened = _sealer(to or 77).open(sealed)
    assert (opened.sender, opened.to, opened.n) == (sender, to, n)
    assert opened.items == [list(item) for item in items]


@given(st.data())
def test_one_bit_changed_anywhere_is_not_opened(data: st.DataObject) -> None:
    sealed = bytearray(_sealer(3).seal(4, 9, _encoded([("ev", [1, 2, "text"])])))
    place = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[place // 8] ^= 1 << place % 8
    with pytest.raises(Unreadable):
        _sealer(4).open(bytes(sealed))


@given(st.binary(max_size=200))
def test_anything_else_is_not_opened(data: bytes) -> None:
    with pytest.raises(Unreadable):
        _sealer(4).open(data)
    with pytest.raises(Unreadable):
        _sealer(4).open(b"\x01" + data)


@pytest.mark.parametrize(
    "sealer",
    [_sealer(3, secret=bytes(32)), _sealer(3, cluster="other")],
    ids=["other keys", "other name"],
)
def test_frames_of_another_cluster_are_not_opened(sealer: Sealer) -> None:
    with pytest.raises(Unreadable):
        _sealer(4).open(sealer.seal(4, 1, _encoded([("ev", 1)])))


def test_a_frame_for_another_worker_is_not_opened() -> None:
    sealed = _sealer(3).seal(4, 1, _encoded([("end", 99)]))
    with pytest.raises(Unreadable):
        _sealer(5).open(sealed)


def test_each_start_of_a_worker_has_a_key_of_its_own() -> None:
    items = _encoded([("ev", "the same")])
    one, other = _sealer(3).seal(4, 1, items), _sealer(3).seal(4, 1, items)
    assert one[frames._HEAD :] != other[frames._HEAD :]


@given(st.lists(st.integers(1, 90_000), min_size=1, max_size=30))
def test_items_are_split_into_frames_that_fit(sizes: list[int]) -> None:
    items = _encoded([("ev", bytes(size)) for size in sizes])
    parts = list(frames.split(items))
    assert [item for part in parts for item in part] == items
    sealer, reader = _sealer(3), _sealer(4)
    for n, part in enumerate(parts, 1):
        sealed = sealer.seal(4, n, part)
        assert len(sealed) <= frames.MAX_BYTES
        assert len(reader.open(sealed).items) == len(part)


def test_an_item_that_fits_into_no_frame_is_none() -> None:
    assert frames.encoded("ev", bytes(frames.MAX_BYTES)) is None
