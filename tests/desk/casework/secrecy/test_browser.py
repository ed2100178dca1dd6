"""The question in a browser: axe, light, dark, on a phone; nothing is chosen beforehand."""

from __future__ import annotations

import pytest

from petitbleu.domain.safety.case_numbers import service as case_numbers
from tests.desk.adjudication.decisions.deciding import ORDER, scene
from tests.kit.chromium import Chromium, look

pytestmark = pytest.mark.browser


async def test_the_question_stands_first_and_can_be_used_by_everybody(chromium: Chromium) -> None:
    at = await scene(chromium.desk.world)
    found = {
        "confidentiality": {"until": None, "words": "Der Kontoinhaber darf nichts erfahren."},
        "form_box": [{"mark": "H", "answer": "no", "words": "the authority will delay informing"}],
    }
    case = await at.open(ORDER | {"kind": "epoc"}, facts=found)
    lea = await chromium.enter("legal")
    base = f"/desk/cases/{case_numbers.text(case)}"
    await lea.go(f"{base}/decide")
    assert await lea.page.locator("input[name=tell]:checked").count() == 0
    await look(lea.page, "tell")
    await lea.go(base)
    await lea.page.click("summary:has-text('May the person be told?')")
    await look(lea.page, "tell-case")
    assert lea.problems == []
