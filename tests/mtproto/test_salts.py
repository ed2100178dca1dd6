from __future__ import annotations

from itertools import pairwise

from petitbleu.mtproto.salts import AHEAD, EARLY, HALF_HOUR, Salts

NOON = 1_800_000_000 // HALF_HOUR * HALF_HOUR


def test_a_salt_is_current_for_half_an_hour_and_taken_for_another() -> None:
    salts = Salts(b"secret", 5)
    salt = salts.current(NOON)
    assert salts.current(NOON + HALF_HOUR - 0.01) == salt
    assert salts.current(NOON + HALF_HOUR) != salt
    for seconds, taken in ((0, True), (1799, True), (1800, True), (3599, True), (3600, False)):
        assert salts.accepts(salt, NOON + seconds) is taken


def test_the_next_salt_is_taken_a_little_early() -> None:
    salts = Salts(b"secret", 5)
    salt = salts.current(NOON)
    assert salts.accepts(salt, NOON - EARLY)
    assert not salts.accepts(salt, NOON - EARLY - 1)


def test_processes_agree_and_keys_and_secrets_differ() -> None:
    assert Salts(b"secret", 5).current(NOON) == Salts(b"secret", 5).current(NOON)
    others = {Salts(b"secret", 6).current(NOON), Salts(b"other", 5).current(NOON)}
    assert Salts(b"secret", 5).current(NOON) not in others


def test_the_salt_of_the_key_exchange_is_good_for_an_hour() -> None:
    salts = Salts(b"secret", 5, first=77, born=NOON)
    assert salts.accepts(77, NOON)
    assert salts.accepts(77, NOON + 3599)
    assert not salts.accepts(77, NOON + 3600)
    assert not Salts(b"secret", 5).accepts(77, NOON)


def test_going_back_in_time_gives_the_same_salts() -> None:
    salts = Salts(b"secret", 5)
    later, earlier = salts.current(NOON + HALF_HOUR), salts.current(NOON)
    assert salts.current(NOON + HALF_HOUR) == later
    assert salts.accepts(earlier, NOON)


def test_future_salts_overlap_and_are_64_at_most() -> None:
    salts = Salts(b"secret", 5)
    found = salts.future(1000, NOON + 5)
    assert len(found) == AHEAD
    assert found[0] == (NOON, NOON + 3600, salts.current(NOON))
    for (since, until, _), (next_since, _, _) in pairwise(found):
        assert next_since == since + HALF_HOUR
        assert until > next_since
    assert len({salt for _, _, salt in found}) == AHEAD
