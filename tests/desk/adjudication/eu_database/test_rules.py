"""The rules of the EU database: each field's each rule, accepted and refused."""

from __future__ import annotations

import pytest

from petitbleu.desk.adjudication.eu_database import rules
from tests.desk.adjudication.eu_database import statement_cases as cases
from tests.desk.adjudication.eu_database import statement_checker as checker
from tests.desk.adjudication.eu_database.statement_cases import Example

ACCEPTED, REFUSED = list(cases.accepted()), list(cases.refused())


def _name(one: Example) -> str:
    return f"{one.field or 'example'}: {one.why}"


@pytest.mark.parametrize("one", ACCEPTED, ids=_name)
def test_what_the_rules_allow_is_accepted(one: Example) -> None:
    assert rules.check(one.statement) == []
    assert checker.faults(cases.DATA, one.statement) == []


@pytest.mark.parametrize("one", REFUSED, ids=_name)
def test_what_the_rules_forbid_is_refused(one: Example) -> None:
    found = rules.check(one.statement)
    assert found
    assert one.field in ("", *(problem.field for problem in found))
    assert checker.faults(cases.DATA, one.statement) != []


def test_every_field_of_the_data_is_in_both_tables() -> None:
    asked = {name for name, field in cases.FIELDS.items() if not field.get("endpoint")}
    assert asked == {one.field for one in ACCEPTED if one.field}
    assert asked <= {one.field for one in REFUSED}


def test_every_condition_of_the_data_is_known_to_the_rules() -> None:
    for name, field in cases.FIELDS.items():
        condition = field.get("condition", "")
        if condition.startswith("required iff"):
            assert name in rules.REQUIRED_IF
        if field.get("dropped_when") or condition.startswith("meaningful only"):
            assert name in rules.ALLOWED_IF
        if condition.startswith("required when none"):
            assert name in rules.DECISIONS
        if name.startswith("end_date"):
            assert name in rules.END_DATES


def test_keywords_of_another_category_are_refused() -> None:
    wrong = cases.GIVEN | {"category_specification": ["KEYWORD_PHISHING"]}
    assert [one.field for one in rules.check(wrong)] == ["category_specification"]
    added = wrong | {"category_addition": ["STATEMENT_CATEGORY_SCAMS_AND_FRAUD"]}
    assert rules.check(added) == []


def test_the_end_of_a_restriction_that_was_not_taken_is_refused() -> None:
    wrong = cases.GIVEN | {"end_date_account_restriction": "2027-01-01"}
    assert [one.field for one in rules.check(wrong)] == ["end_date_account_restriction"]
