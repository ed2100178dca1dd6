"""When the ladder of a clock rings, as the data write it."""

from __future__ import annotations

from tests.desk.reference.law.test_every_clock import clocks_of, end, shown, unix

AT = unix("2026-11-24 10:00:00")
MINUTE, HOUR, DAY = 60, 3600, 86400


def after(kind: str, clock: str, moments: dict[str, int] | None = None) -> list[int]:
    found = clocks_of(kind, {"received": AT} | (moments or {}))[clock]
    assert found.started is not None
    return [at - found.started for at in found.alarms]


def test_a_removal_order_rings_at_0_10_30_50_and_60_minutes() -> None:
    assert after("tco_removal_order", "tco.remove") == [n * MINUTE for n in (0, 10, 30, 50, 60)]


def test_an_emergency_production_rings_hourly_from_the_fourth_hour() -> None:
    minutes = (0, 30, 240, 300, 360, 420, 480)
    assert after("epoc_emergency", "epoc_emergency.produce") == [n * MINUTE for n in minutes]


def test_a_national_removal_rings_at_0_6_20_and_24_hours() -> None:
    assert after("fr_admin_removal", "fr.61.remove") == [n * HOUR for n in (0, 6, 20, 24)]


def test_shares_of_the_time_are_counted_to_the_earlier_date() -> None:
    clock = clocks_of("epoc", {"received": AT})["epoc.produce"]
    assert clock.due is not None
    whole = clock.due - AT
    assert [at - AT for at in clock.alarms] == [whole * n // 100 for n in (50, 75, 90, 100)]


def test_a_clock_without_steps_rings_at_half_at_four_fifths_and_at_its_end() -> None:
    assert after("art16_notice", "dsa16.decide") == [36 * HOUR, 72 * HOUR * 4 // 5, 72 * HOUR]


def test_a_duty_without_delay_rings_at_once() -> None:
    assert after("art16_notice", "dsa16.decision_notice", {"decided": AT + HOUR}) == [0]


def test_same_as_another_clock_takes_its_steps() -> None:
    steps = after("tco_removal_order", "tco.impossible", {"obstacle known": AT + 5 * MINUTE})
    assert steps == [n * MINUTE for n in (0, 10, 30, 50)]


def test_days_of_a_preservation_ring_in_the_morning() -> None:
    clock = clocks_of("epoc_pr", {"received": unix("2026-10-01 22:00:00")})["epoc_pr.expiry"]
    assert [shown(at) for at in clock.alarms] == [
        "2026-11-20 09:00:00",
        "2026-11-28 09:00:00",
        "2026-11-30 09:00:00",
        end("2026-11-30"),
    ]
    assert [step.what for step in clock.steps][:2] == ["day 50: remind authority", "day 58: owner"]


def test_the_yearly_report_rings_on_its_dates() -> None:
    clock = clocks_of("transparency_report", {"received": AT})["dsa15.publish"]
    assert [shown(at) for at in clock.alarms] == [
        "2027-01-01 09:00:00",
        "2027-02-01 09:00:00",
        "2027-02-15 09:00:00",
        "2027-02-28 09:00:00",
        end("2027-02-28"),
    ]


def test_what_is_kept_rings_a_week_before_its_end() -> None:
    clock = clocks_of("tco_removal_order", {"received": AT, "effect given": AT})["tco.preserve"]
    assert [shown(at) for at in clock.alarms] == ["2027-05-17 09:00:00", end("2027-05-24")]
