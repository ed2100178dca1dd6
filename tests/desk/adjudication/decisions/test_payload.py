"""A form as the EU database reads it: every measure, alone and together."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from petitbleu.desk.adjudication.decisions.form import ACTS, BY_COUNTRY, read
from petitbleu.desk.adjudication.decisions.payload import FIELDS, payload, territory
from petitbleu.desk.adjudication.eu_database import rules
from tests.desk.adjudication.decisions.deciding import FORM
from tests.desk.adjudication.eu_database import statement_checker as checker

DATA = checker.load()


def _row(*measures: dict[str, Any], **more: Any) -> dict[str, Any]:
    made = payload(read(FORM | {"measures": list(measures)} | more), "pb-1", "2027-01-15")
    assert rules.check(made) == []
    assert checker.faults(DATA, made) == []
    return made


def _measure(kind: str, **more: Any) -> dict[str, Any]:
    return (
        {"kind": kind, "item": "x"} | ({"countries": ["FR"]} if kind in BY_COUNTRY else {}) | more
    )


@pytest.mark.parametrize("pair", list(itertools.combinations_with_replacement(ACTS, 2)), ids=str)
def test_any_two_measures_make_a_valid_row(pair: tuple[str, str]) -> None:
    one, other = pair
    row = _row(_measure(one, until="2027-06-01"), _measure(other))
    for kind in pair:
        act = ACTS[kind]
        same = [ACTS[name] for name in pair if ACTS[name].field == act.field]
        harshest = max(same, key=lambda found: found.severity)
        expected = act if act.field == "decision_visibility" else harshest
        assert expected.value in row[act.field]


def test_the_latest_end_stands_and_none_where_one_has_none() -> None:
    row = _row(_measure("freeze", until="2027-02-01"), _measure("suspend", until="2027-03-01"))
    assert row["end_date_account_restriction"] == "2027-03-01"
    row = _row(_measure("remove", until="2027-02-01"), _measure("age_limit"))
    assert "end_date_visibility_restriction" not in row
    row = _row(_measure("suspend", until="2027-02-01"), _measure("close"))
    assert row["decision_account"] == "DECISION_ACCOUNT_TERMINATED"
    assert "end_date_account_restriction" not in row


def test_countries_count_where_every_measure_names_some() -> None:
    german = _measure("country", countries=["DE", "CH"])
    assert _row(german)["territorial_scope"] == ["DE"]
    both = read({"measures": [german, _measure("country", countries=["AT"])]})
    assert territory(both) == ["AT", "DE"]
    assert len(_row(german, _measure("remove"))["territorial_scope"]) == 30


def test_a_breach_of_the_rules_says_whether_it_is_illegal_only_if_somebody_said() -> None:
    told = _row(_measure("remove"), ground="rule", also_illegal="no")
    assert told["incompatible_content_illegal"] == "No"
    silent = _row(_measure("remove"), ground="rule")
    assert "incompatible_content_illegal" not in silent
    assert "illegal_content_explanation" not in silent


def test_what_we_found_ourselves_names_nobody() -> None:
    row = _row(_measure("remove"), source="own", source_identity="Somebody")
    assert "source_identity" not in row
    assert _row(_measure("remove"), source_identity="Police")["source_identity"] == "Police"


def test_every_field_of_the_database_leads_back_to_the_form() -> None:
    names = set(read({}).__struct_fields__)
    assert set(FIELDS.values()) <= names
    assert set(FIELDS) <= set(rules.rules().fields)
