"""How periods are counted: days and holidays, hours over clock changes, pauses, written dates."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from petitbleu.desk.reference.law import calendar
from petitbleu.desk.reference.law import service as law
from tests.desk.reference.law.test_every_clock import clocks_of, end, shown, unix

BERLIN = law.Place("Europe/Berlin", "DE")


def produce(received: str, place: law.Place | None = None) -> tuple[str | None, str | None]:
    """due and rolled of a production order's ten days (Paris and Berlin show the same hours)."""
    more = {"place": place} if place else {}
    clock = clocks_of("epoc", {"received": unix(received)}, **more)["epoc.produce"]
    return shown(clock.due), shown(clock.rolled)


@pytest.mark.parametrize(
    ("received", "due", "rolled"),
    [
        ("2026-11-25 00:00:00", "2026-12-05", "2026-12-07"),  # Saturday
        ("2026-11-26 23:59:59", "2026-12-06", "2026-12-07"),  # Sunday
        ("2026-12-15 12:00:00", "2026-12-25", "2026-12-28"),  # Christmas, a Friday
        ("2026-12-22 12:00:00", "2027-01-01", "2027-01-04"),  # New Year, a Friday
        ("2027-03-17 12:00:00", "2027-03-27", "2027-03-30"),  # Saturday before Easter Monday
        ("2027-04-21 12:00:00", "2027-05-01", "2027-05-03"),  # a holiday on a Saturday
        ("2027-04-26 12:00:00", "2027-05-06", "2027-05-07"),  # Ascension, a Thursday
        ("2027-07-04 12:00:00", "2027-07-14", "2027-07-15"),  # Bastille Day, a Wednesday
    ],
)
def test_a_last_day_that_is_no_working_day_in_france_shows_both_dates(
    received: str, due: str, rolled: str
) -> None:
    assert produce(received) == (end(due), end(rolled))


@pytest.mark.parametrize(
    ("received", "due", "rolled"),
    [
        ("2027-07-04 12:00:00", "2027-07-14", None),  # no holiday in Germany
        ("2027-03-16 12:00:00", "2027-03-26", "2027-03-30"),  # Good Friday, none in France
        ("2025-09-23 12:00:00", "2025-10-03", "2025-10-06"),  # Unity Day, a Friday
        ("2026-12-16 12:00:00", "2026-12-26", "2026-12-28"),  # second day of Christmas
    ],
)
def test_german_holidays_move_what_a_german_operator_owes(
    received: str, due: str, rolled: str | None
) -> None:
    assert produce(received, BERLIN) == (end(due), end(rolled) if rolled else None)


def test_a_part_of_a_country_has_its_own_holidays() -> None:
    epiphany = date(2027, 1, 6)
    assert calendar.is_working_day(epiphany, "DE")
    assert not calendar.is_working_day(epiphany, "DE-BY")


def test_a_country_without_a_calendar_still_has_weekends() -> None:
    assert not calendar.is_working_day(date(2026, 11, 28), "XX")
    assert calendar.is_working_day(date(2026, 12, 25), "XX")


def test_a_period_over_a_long_weekend_holds_two_working_days() -> None:
    # Annex III on Maundy Thursday in Germany: of the five days only Tuesday is a working day.
    sent = {"received": unix("2027-03-25 09:00:00")}
    sent["Annex III sent for errors or missing information"] = sent["received"]
    clock = clocks_of("epoc", sent, place=BERLIN)["epoc.clarification"]
    assert shown(clock.due) == end("2027-03-30")
    assert shown(clock.rolled) == end("2027-03-31")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2027-03-27T20:00:00+01:00", "2027-03-28T21:00:00+02:00"),  # 24 h over the lost hour
        ("2026-10-24T20:00:00+02:00", "2026-10-25T19:00:00+01:00"),  # over the hour that is twice
    ],
)
def test_hours_run_through_a_clock_change(received: str, due: str) -> None:
    at = int(datetime.fromisoformat(received).timestamp())
    clock = clocks_of("fr_admin_removal", {"received": at})["fr.61.remove"]
    assert clock.due == int(datetime.fromisoformat(due).timestamp()) == at + 86400


@pytest.mark.parametrize("received", ["2027-03-27T23:30:00+01:00", "2026-10-24T23:30:00+02:00"])
def test_a_day_clock_ends_with_the_local_day_whatever_its_length(received: str) -> None:
    at = int(datetime.fromisoformat(received).timestamp())
    clock = clocks_of("bulk_mail", {"received": at})["bulk.sample"]
    first = datetime.fromisoformat(received).date()
    assert clock.due is not None
    local = datetime.fromtimestamp(clock.due, ZoneInfo("Europe/Paris"))
    assert (local.date() - first).days == 7
    assert local.time().isoformat() == "23:59:59"


def test_the_hour_that_comes_twice_keeps_a_one_hour_clock_one_hour_long() -> None:
    first = int(datetime(2026, 10, 25, 0, 30, tzinfo=UTC).timestamp())  # 02:30, the first one
    assert clocks_of("tco_removal_order", {"received": first})["tco.remove"].due == first + 3600


def test_the_day_of_receipt_is_that_of_the_operators_zone() -> None:
    late = int(datetime(2026, 11, 24, 23, 30, tzinfo=UTC).timestamp())  # 00:30 on the 25th in Paris
    assert shown(clocks_of("bulk_mail", {"received": late})["bulk.sample"].due) == end("2026-12-02")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2027-01-31 12:00:00", "2027-02-28"),
        ("2028-01-31 12:00:00", "2028-02-29"),
        ("2028-01-29 12:00:00", "2028-02-29"),
        ("2028-02-29 12:00:00", "2028-03-29"),
        ("2026-12-31 12:00:00", "2027-01-31"),
    ],
)
def test_a_month_ends_on_the_same_date_or_the_last_of_a_shorter_month(
    received: str, due: str
) -> None:
    assert shown(clocks_of("dsar", {"received": unix(received)})["gdpr.answer"].due) == end(due)


def test_five_years_from_a_leap_day_end_on_the_twenty_eighth() -> None:
    published = {"received": unix("2028-02-29 09:00:00"), "published": unix("2028-02-29 09:00:00")}
    clock = clocks_of("transparency_report", published)["dsa15.keep"]
    assert shown(clock.due) == end("2033-02-28")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2027-02-28 23:59:59", "2027-02-28"),  # still the report of 2026
        ("2027-03-01 00:00:00", "2028-02-29"),  # that of 2027, due in a leap year
    ],
)
def test_the_yearly_report_belongs_to_the_period_whose_end_is_still_ahead(
    received: str, due: str
) -> None:
    clocks = clocks_of("transparency_report", {"received": unix(received)})
    assert shown(clocks["dsa15.publish"].due) == shown(clocks["tco7.publish"].due) == end(due)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2027-02-17 08:00:00", "2027-02-17"),
        ("2027-02-18 08:00:00", "2027-08-17"),
        ("2027-08-18 08:00:00", "2028-02-17"),
    ],
)
def test_user_numbers_are_due_every_six_months(received: str, due: str) -> None:
    clock = clocks_of("user_numbers", {"received": unix(received)})["dsa24.amar"]
    assert shown(clock.due) == end(due)
    assert clock.alarms[0] < unix(f"{due} 00:00:00") - 29 * 86400


def test_an_extension_is_added_to_the_end_of_the_preservation() -> None:
    moments = {"received": unix("2026-10-01 09:00:00")}
    before = clocks_of("epoc_pr", moments)
    assert (shown(before["epoc_pr.expiry"].due), before["epoc_pr.extension"].due) == (
        end("2026-11-30"),
        None,
    )
    moments["Annex VI received"] = unix("2026-11-24 11:00:08")
    assert shown(clocks_of("epoc_pr", moments)["epoc_pr.extension"].due) == end("2026-12-30")


def test_a_shorter_default_holds_for_grave_categories() -> None:
    moments = {"received": unix("2026-11-24 10:00:00")}
    grave = clocks_of("art16_notice", moments, category="STATEMENT_CATEGORY_VIOLENCE")
    other = clocks_of("art16_notice", moments, category="STATEMENT_CATEGORY_SCAMS_AND_FRAUD")
    assert shown(grave["dsa16.decide"].due) == "2026-11-25 10:00:00"
    assert shown(other["dsa16.decide"].due) == "2026-11-27 10:00:00"


NOON = unix("2026-11-24 12:00:00")


def given(at: str, *, confirmed: bool) -> dict[str, law.Given]:
    return {"epoc.produce": law.Given(unix(at), None, "section C", confirmed)}


def test_a_confirmed_date_of_the_order_beats_the_period_of_the_law() -> None:
    for at in ("2026-11-26 12:00:00", "2026-12-24 12:00:00"):
        clock = clocks_of("epoc", {"received": NOON}, given(at, confirmed=True))["epoc.produce"]
        assert (shown(clock.due), clock.rolled) == (at, None)
        assert clock.source.en == "Regulation (EU) 2023/1543, Article 10(2) and (3); section C"


def test_a_date_nobody_confirmed_may_shorten_a_period_and_never_lengthen_it() -> None:
    early = given("2026-11-26 12:00:00", confirmed=False)
    late = given("2026-12-24 12:00:00", confirmed=False)
    assert shown(clocks_of("epoc", {"received": NOON}, early)["epoc.produce"].due) == (
        "2026-11-26 12:00:00"
    )
    assert shown(clocks_of("epoc", {"received": NOON}, late)["epoc.produce"].due) == end(
        "2026-12-04"
    )


def test_done_is_kept_beside_the_date() -> None:
    clock = clocks_of("epoc", {"received": NOON}, done={"epoc.produce": NOON + 60})["epoc.produce"]
    assert clock.done == NOON + 60
    assert clock.due is not None


def test_a_confirmed_date_of_the_order_moves_what_only_our_default_dates() -> None:
    moments = {"received": NOON}
    plain = clocks_of("dsa_art9_order", moments)
    assert shown(plain["dsa9.effect"].due) == "2026-11-25 12:00:00"
    for confirmed, due in ((False, "2026-11-25 12:00:00"), (True, "2026-11-27 12:00:00")):
        order = law.Given(unix("2026-11-27 12:00:00"), None, "72 h", confirmed)
        clocks = clocks_of("dsa_art9_order", moments, {"dsa9.order_deadline": order})
        assert shown(clocks["dsa9.effect"].due) == due
        assert clocks["dsa9.acknowledge"].due == plain["dsa9.acknowledge"].due
