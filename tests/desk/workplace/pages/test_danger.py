"""What the page of a case says of danger and of the messages that its alarm counts."""

from __future__ import annotations

from petitbleu.desk.intake.danger.service import DANGER
from petitbleu.domain.safety.case_numbers import service as case_numbers
from tests.desk.intake.danger.kit import told
from tests.kit.desk import DeskSite


async def test_a_case_names_the_cases_that_its_alarm_counts(desk: DeskSite) -> None:
    first = await told(desk.world, DANGER, "account:1", text="one")
    second = await told(desk.world, DANGER, "account:1", text="two")
    ada = await desk.person("lead")
    page = await ada.get(f"/desk/cases/{case_numbers.text(first)}")
    assert page.status == 200
    assert "2 messages" in page.words and case_numbers.text(second) in page.words
    other = await ada.get(f"/desk/cases/{case_numbers.text(second)}")
    assert "The alert of another case counts this one" in other.words
