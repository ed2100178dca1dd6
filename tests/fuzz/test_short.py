"""A second of hostile bytes for each reader, and hypothesis on the smallest ones."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from petitbleu.errors import PeerFault
from petitbleu.mtproto import exchange, wire
from petitbleu.mtproto.service import TABLE
from petitbleu.mtproto.transport import (
    NEED_MORE,
    Abridged,
    Detected,
    Frame,
    Framing,
    Full,
    Intermediate,
    Padded,
    detect,
)
from tests.fuzz import methods
from tests.fuzz.targets import TARGETS, play
from tests.kit.world import World

SECONDS = 1.0
LEAST = 40


@pytest.mark.parametrize("name", TARGETS)
def test_only_its_own_fault_comes_out(name: str) -> None:
    end, rounds, faults = time.monotonic() + SECONDS, 0, 0
    while time.monotonic() < end or rounds < LEAST:
        faults += play(name, rounds)
        rounds += 1
    assert name == "session" or faults > 0, "the damage never reached the target"


READERS = (
    wire.constructor,
    wire.read_container,
    wire.read_copy,
    wire.read_future_salts,
    wire.read_ids,
    lambda data: wire.read_bytes(data, 0),
    lambda data: wire.gunzip_packed(data, 1000),
    exchange.read_plain,
    exchange.read_inner,
    exchange.read_req_dh,
    exchange.read_res_pq,
    exchange.read_dh_inner,
    exchange.read_client_dh,
    exchange.read_digest,
    *(service.read for service in TABLE.values()),
)


@given(st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_readers_of_service_messages(data: bytes) -> None:
    for read in READERS:
        with suppress(PeerFault):
            read(data)


@given(st.binary(max_size=100))
@settings(max_examples=300, deadline=None)
def test_detection_decides_by_72_bytes(data: bytes) -> None:
    with suppress(PeerFault):
        found = detect(data)
        assert isinstance(found, Detected) or (found is NEED_MORE and len(data) < 72)


@pytest.mark.parametrize("kind", (Abridged, Intermediate, Padded, Full))
@pytest.mark.parametrize("client", (False, True))
def test_a_framing_gives_the_same_however_it_is_fed(kind: type[Framing], client: bool) -> None:
    def fed(pieces: list[bytes]) -> tuple[list[Frame], bool]:
        framing = kind(client=client, max_frame=200)
        out: list[Frame] = []
        for piece in pieces:
            try:
                out += framing.feed(piece)
            except PeerFault:
                return out, True
            assert framing.buffered <= 216
        return out, False

    @given(st.lists(st.binary(min_size=1, max_size=40), max_size=12))
    @settings(max_examples=150, deadline=None)
    def check(pieces: list[bytes]) -> None:
        one_by_one = [bytes((byte,)) for piece in pieces for byte in piece]
        slow, slow_fault = fed(one_by_one)
        found, fault = fed(pieces)
        assert fault == slow_fault
        assert found == slow[: len(found)]

    check()


async def test_random_calls_are_answered_or_refused_as_documented(world: World) -> None:
    """See :mod:`tests.fuzz.methods`. The seed is fixed: a failure can be repeated."""
    sent, wrong = await methods.play(world, 20_261_129, time.monotonic() + 60, calls=300)
    world.errors.clear()  # they are among what was wrong
    assert sent == 300
    assert not wrong, wrong
