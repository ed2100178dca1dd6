"""Each clock of the shipped data with a day worked out by hand; a clock without one fails.

Everything happens on Tuesday 24 November 2026, 10:00:08 in Paris, unless a row says otherwise. The
year's holidays that matter: Wednesday 11 November, Friday 25 December, Friday 1 January, Monday
29 March 2027 (Easter), 1, 6, 8 and 17 May 2027.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from petitbleu.desk.reference.law import service
from petitbleu.desk.reference.law import service as law

PARIS = ZoneInfo("Europe/Paris")
PLACE = law.Place("Europe/Paris", "FR")
AT = "2026-11-24 10:00:08"
LAW = service.read(Path("/nonexistent"))


def unix(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=PARIS).timestamp())


def shown(at: int | None) -> str | None:
    return None if at is None else datetime.fromtimestamp(at, PARIS).strftime("%Y-%m-%d %H:%M:%S")


class Row(NamedTuple):
    kind: str
    clock: str
    due: str | None
    rolled: str | None = None
    given: str = ""
    """A date that the document names."""
    at: str = AT


def end(day: str) -> str:
    return f"{day} 23:59:59"


AT_ONCE = AT
HOUR = "2026-11-24 11:00:08"

TABLE = [
    Row("tco_removal_order", "tco.acknowledge", "2026-11-24 10:15:08"),
    Row("tco_removal_order", "tco.remove", HOUR),
    Row("tco_removal_order", "tco.impossible", AT_ONCE),
    Row("tco_removal_order", "tco.feedback", AT_ONCE),
    Row("tco_removal_order", "tco.preserve", end("2027-05-24")),
    Row("tco_removal_order", "tco.user_info", AT_ONCE),
    Row("tco_removal_order", "tco.scrutiny_request", "2026-11-26 10:00:08"),
    Row("tco_removal_order", "tco.scrutiny_decision", "2026-11-27 10:00:08"),
    Row("tco_removal_order", "fr.tco.redress", "2026-11-26 10:00:08"),
    Row("tco_first_contact", "tco.prior_info", "2026-11-24 22:00:08"),
    Row("tco_complaint", "tco.complaint", end("2026-12-08")),
    Row("imminent_threat_terrorist", "tco.threat", AT_ONCE),
    Row("dsa_art9_order", "dsa9.acknowledge", HOUR),
    Row("dsa_art9_order", "dsa9.order_deadline", None),
    Row("dsa_art9_order", "dsa9.order_deadline", end("2026-11-30"), given="2026-11-30"),
    Row("dsa_art9_order", "dsa9.effect", "2026-11-25 10:00:08"),
    Row("dsa_art9_order", "dsa9.user_info", AT_ONCE),
    Row("dsa_art9_order", "dsa9.user_info", end("2026-12-04"), given="2026-12-04"),
    Row("dsa_art10_order", "dsa10.acknowledge", HOUR),
    Row("dsa_art10_order", "dsa10.order_deadline", None),
    Row(
        "dsa_art10_order",
        "dsa10.order_deadline",
        end("2026-12-05"),
        end("2026-12-07"),
        given="2026-12-05",
    ),
    Row("dsa_art10_order", "dsa10.effect", "2026-11-27 10:00:08"),
    Row("dsa_art10_order", "dsa10.user_info", AT_ONCE),
    Row("epoc", "epoc.preserve", AT_ONCE),
    Row("epoc", "epoc.produce", end("2026-12-04")),
    Row("epoc", "epoc.form3", AT_ONCE),
    Row("epoc", "epoc.clarification", end("2026-11-29"), end("2026-11-30")),
    Row("epoc", "epoc.third_country_objection", end("2026-12-04")),
    Row("epoc_emergency", "epoc.preserve", AT_ONCE),
    Row("epoc_emergency", "epoc_emergency.produce", "2026-11-24 18:00:08"),
    Row("epoc_emergency", "epoc_emergency.validation", "2026-11-26 10:00:08"),
    Row("epoc_emergency", "epoc_emergency.enforcing_objection", "2026-11-28 10:00:08"),
    Row("epoc_pr", "epoc_pr.preserve", AT_ONCE),
    Row("epoc_pr", "epoc_pr.expiry", end("2027-01-23"), end("2027-01-25")),
    Row("epoc_pr", "epoc_pr.extension", end("2027-02-22")),
    Row("epoc_pr", "epoc_pr.subsequent", None),
    Row("fr_requisition", "fr.requisition.acknowledge", HOUR),
    Row("fr_requisition", "fr.requisition.reply", end("2026-12-01")),
    Row("fr_requisition", "fr.requisition.reply", end("2026-12-18"), given="2026-12-18"),
    Row("fr_requisition", "fr.preservation", end("2027-11-24")),
    Row("fr_admin_removal", "fr.61.remove", "2026-11-25 10:00:08"),
    Row("fr_admin_removal", "fr.62.prior_info", "2026-11-24 22:00:08"),
    Row("fr_admin_removal", "fr.62.impossible", AT_ONCE),
    Row("art16_notice", "dsa16.acknowledge", "2026-11-24 10:05:08"),
    Row("art16_notice", "dsa16.decide", "2026-11-27 10:00:08"),
    Row("art16_notice", "dsa16.decision_notice", AT_ONCE),
    Row("trusted_flagger_notice", "dsa16.acknowledge", "2026-11-24 10:05:08"),
    Row("trusted_flagger_notice", "dsa22.decide", "2026-11-25 10:00:08"),
    Row("csam_notice", "csam.restrict", HOUR),
    Row("csam_notice", "csam.report", "2026-11-25 10:00:08"),
    Row("art18_threat", "dsa18.inform", HOUR),
    Row("moderation_decision", "dsa17.statement", AT_ONCE),
    Row("moderation_decision", "dsa24.database", "2026-11-25 10:00:08"),
    Row("complaint_art20", "dsa20.window", end("2027-05-24")),
    Row("complaint_art20", "dsa20.decide", end("2026-12-08")),
    Row("complaint_art20", "dsa20.inform", AT_ONCE),
    Row("ods_dispute", "dsa21.body", end("2027-02-22")),
    Row("ods_dispute", "dsa21.engage", end("2026-12-08")),
    Row("dsar", "gdpr.answer", end("2026-12-24")),
    Row("dsar", "gdpr.extend", end("2027-02-24")),
    Row("personal_data_breach", "gdpr.notify", "2026-11-27 10:00:08"),
    Row("personal_data_breach", "gdpr.persons", AT_ONCE),
    Row("coordinator_request", "dsa24.users", AT_ONCE),
    Row("coordinator_request", "dsc.deadline", None),
    Row("coordinator_request", "dsc.deadline", end("2026-12-10"), given="2026-12-10"),
    Row("transparency_report", "dsa15.publish", end("2027-02-28"), end("2027-03-01")),
    Row("transparency_report", "dsa15.keep", end("2031-11-24")),
    Row("transparency_report", "tco7.publish", end("2027-02-28"), end("2027-03-01")),
    Row("user_numbers", "dsa24.amar", end("2027-02-17")),
    Row("suspected_fraud", "verification", "2026-11-24 10:30:08"),
    Row("bulk_mail", "bulk.sample", end("2026-12-01")),
    Row("unsorted", "unsorted.first_look", "2026-11-24 14:00:08"),
    Row("unsorted", "unsorted.person", "2026-11-24 10:30:08"),
    Row("possible_danger", "danger.look", "2026-11-24 10:15:08"),
]


def clocks_of(
    kind: str,
    moments: dict[str, int],
    given: dict[str, law.Given] | None = None,
    **more: object,
) -> dict[str, law.Clock]:
    values = {"done": {}, "pauses": (), "place": PLACE} | more
    derived = law.derive(LAW, kind, moments=moments, given=given or {}, **values)  # type: ignore[arg-type]
    return {clock.id: clock for clock in derived}


def everything_happened(kind: str, at: int) -> dict[str, int]:
    """All start events of a kind at one moment, those of the calendar left to the calendar."""
    events = {rule.start_event for rule in LAW.kind(kind).clocks} | {"received"}
    return {event: at for event in events if not event[0].isdigit()}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.kind}-{row.clock}-{row.given}")
def test_a_clock_is_due_when_worked_out_by_hand(row: Row) -> None:
    given = {row.clock: law.Given(None, row.given, "the order", True)} if row.given else {}
    clock = clocks_of(row.kind, everything_happened(row.kind, unix(row.at)), given)[row.clock]
    assert (shown(clock.due), shown(clock.rolled)) == (row.due, row.rolled)


def test_every_clock_of_the_data_stands_in_the_table() -> None:
    shipped = {(kind.kind, rule.id) for kind in LAW.kinds.values() for rule in kind.clocks}
    assert {(row.kind, row.clock) for row in TABLE} == shipped


@pytest.mark.parametrize("kind", LAW.kinds)
def test_a_clock_whose_start_event_has_not_happened_has_no_date(kind: str) -> None:
    for clock in clocks_of(kind, {"received": unix(AT)}).values():
        waits = clock.start_event != "received" and not clock.start_event[0].isdigit()
        if waits:
            assert (clock.due, clock.rolled, clock.started, clock.alarms) == (None, None, None, ())
        elif clock.due is not None:
            assert clock.due >= unix(AT)


@pytest.mark.parametrize("kind", LAW.kinds)
def test_every_running_task_rings_before_or_at_its_end(kind: str) -> None:
    for clock in clocks_of(kind, everything_happened(kind, unix(AT))).values():
        if clock.due is not None:
            assert clock.due in clock.alarms
        if clock.role == "task" and clock.due is not None and clock.started is not None:
            assert all(at >= clock.started for at in clock.alarms) or clock.id == "dsa24.amar"


def test_a_kind_without_clocks_gives_none() -> None:
    assert clocks_of("duplicate", {"received": unix(AT)}) == {}


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(LookupError, match="fortune_telling"):
        clocks_of("fortune_telling", {"received": 1})
