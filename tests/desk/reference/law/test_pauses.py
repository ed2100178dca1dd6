"""Pauses with a lawful ground: what they move, what they do not, and that they are looked at."""

from __future__ import annotations

from tests.desk.reference.law.test_every_clock import clocks_of, end, shown, unix

HOUR = 3600
DAY = 86400
AT = unix("2026-11-24 10:00:00")


def test_hours_are_later_by_what_the_pause_took() -> None:
    pause = [(AT + HOUR, AT + 3 * HOUR)]
    clock = clocks_of("epoc_emergency", {"received": AT}, pauses=pause)["epoc_emergency.produce"]
    assert clock.due == AT + 10 * HOUR


def test_two_pauses_add_up_and_overlapping_ones_count_once() -> None:
    pauses = [(AT + 4 * HOUR, AT + 5 * HOUR), (AT + HOUR, AT + 2 * HOUR)]
    pauses += [(AT + HOUR, AT + 2 * HOUR)]
    clock = clocks_of("epoc_emergency", {"received": AT}, pauses=pauses)["epoc_emergency.produce"]
    assert clock.due == AT + 10 * HOUR


def test_a_pause_counts_from_the_start_of_the_clock_and_not_after_its_end() -> None:
    pauses = [(AT - HOUR, AT + HOUR), (AT + 30 * HOUR, AT + 40 * HOUR)]
    clock = clocks_of("epoc_emergency", {"received": AT}, pauses=pauses)["epoc_emergency.produce"]
    assert clock.due == AT + 9 * HOUR


def test_days_are_later_by_whole_days_of_pause() -> None:
    for seconds, day, rolled in [
        (23 * HOUR, "2026-12-04", None),
        (2 * DAY + HOUR, "2026-12-06", "2026-12-07"),
        (3 * DAY, "2026-12-07", None),
    ]:
        pause = [(AT + DAY, AT + DAY + seconds)]
        clock = clocks_of("epoc", {"received": AT}, pauses=pause)["epoc.produce"]
        assert (shown(clock.due), shown(clock.rolled)) == (end(day), rolled and end(rolled))


def test_a_removal_order_begins_anew_when_the_obstacle_is_gone() -> None:
    pause = [(AT + 600, AT + 5 * HOUR)]
    clock = clocks_of("tco_removal_order", {"received": AT}, pauses=pause)["tco.remove"]
    assert (clock.started, clock.due) == (AT + 5 * HOUR, AT + 6 * HOUR)


def test_an_obstacle_found_when_the_hour_is_over_moves_nothing() -> None:
    pause = [(AT + 2 * HOUR, AT + 5 * HOUR)]
    clock = clocks_of("tco_removal_order", {"received": AT}, pauses=pause)["tco.remove"]
    assert clock.due == AT + HOUR


def test_a_pause_that_runs_hides_the_date_and_rings_at_the_old_one() -> None:
    pause = [(AT + 600, None)]
    removal = clocks_of("tco_removal_order", {"received": AT}, pauses=pause)["tco.remove"]
    produce = clocks_of("epoc", {"received": AT}, pauses=pause)["epoc.produce"]
    for clock in (removal, produce):
        assert clock.paused
        assert (clock.due, clock.rolled) == (None, None)
    assert removal.alarms == (AT + HOUR,)
    assert [shown(at) for at in produce.alarms] == [end("2026-12-04")]


def test_what_must_be_kept_or_frozen_is_never_paused() -> None:
    pause = [(AT, AT + 3 * DAY)]
    moments = {"received": AT, "effect given": AT}
    calm = clocks_of("tco_removal_order", moments)
    paused = clocks_of("tco_removal_order", moments, pauses=pause)
    for clock in ("tco.acknowledge", "tco.preserve", "tco.feedback"):
        assert paused[clock] == calm[clock]
    assert clocks_of("epoc", {"received": AT}, pauses=pause)["epoc.preserve"].due == AT


def test_the_authoritys_own_time_runs_during_the_pause_it_caused() -> None:
    moments = {"received": AT, "Annex III sent for errors or missing information": AT + HOUR}
    clock = clocks_of("epoc", moments, pauses=[(AT + HOUR, None)])["epoc.clarification"]
    assert shown(clock.due) == end("2026-11-29")
