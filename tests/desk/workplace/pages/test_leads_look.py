"""What leads write and everybody uses: views, rules, presets; axe, light, dark, on a phone."""

from __future__ import annotations

import pytest

from petitbleu.domain.safety.case_numbers import service as case_numbers
from tests.desk.adjudication.decisions.test_presets import HATE
from tests.desk.kit import opened
from tests.kit.chromium import Chromium, Window, look

pytestmark = pytest.mark.browser


@pytest.mark.sometimes(2)
async def test_views_and_rules_can_be_used_by_everybody(chromium: Chromium) -> None:
    ada = await chromium.enter("lead", language="fr")
    world = chromium.desk.world
    await ada.go("/desk/routing")
    await ada.page.click("#queues > details:last-of-type summary")
    await ada.page.fill("#f-name", "Deutsch")
    await ada.page.click("form[action='/desk/routing/queues'] button")
    await ada.page.wait_for_selector(".said")
    for name, kind, urgency in (("Deutsche Meldungen", "art16_notice", ""), ("Leben", "", "0")):
        await ada.go("/desk/routing/rules/new")
        await ada.page.fill("#f-name", name)
        if kind:
            await ada.page.check(f"input[value={kind}]")
            await ada.page.fill("#f-languages", "de")
            await ada.page.select_option("#f-queue", label="Deutsch")
        else:
            await ada.page.fill("#f-words", "bombe")
        await ada.page.select_option("#f-to_urgency", urgency)
        if name == "Leben":
            await look(ada.page, "rule")
        await ada.page.click("form[action='/desk/routing/rules'] button")
        await ada.page.wait_for_selector(".said")
    await opened(world, "art16_notice", title="Beleidigung", language="de")
    number = await opened(world, "unsorted", title="Eine Bombe", language="de")
    await ada.page.fill("#f-case", case_numbers.text(number))
    await ada.page.click("#test button")
    await ada.page.wait_for_selector("ol.timeline")
    await look(ada.page, "routing")
    await ada.go("/desk/queues?language=de")
    await ada.page.click("main summary")
    await ada.page.fill("#f-name", "Deutsch, alles")
    await ada.page.click("form[action='/desk/views'] button")
    await ada.page.wait_for_selector(".said")
    await ada.page.click("main summary")
    await look(ada.page, "queues")
    await ada.go(f"/desk/cases/{case_numbers.text(number)}")
    assert "Leben" in await ada.words()
    await _presets(ada, base=f"/desk/cases/{case_numbers.text(number)}")
    assert ada.problems == []


async def _presets(ada: Window, base: str) -> None:
    await ada.go("/desk/presets/new")
    fields = ("name_en", "name_fr", "law_en", "law_fr", "why_en", "why_fr")
    for field in fields:
        await ada.page.fill(f"#f-{field}", getattr(HATE, field))
    await ada.page.select_option("#f-measure", HATE.measure)
    await ada.page.select_option("#f-ground", HATE.ground)
    await ada.page.select_option("#f-topic", f"{HATE.category}/{HATE.keyword}")
    await look(ada.page, "preset")
    await ada.page.click("form[action='/desk/presets'] button")
    await ada.page.wait_for_selector(".said")
    await ada.go(f"{base}/decide")
    await ada.page.fill("#f-law", "Règle 7")
    await ada.page.evaluate("document.activeElement.blur()")
    await ada.page.keyboard.press("1")
    await ada.page.wait_for_selector(".said")
    assert await ada.page.input_value("#f-why") == HATE.why_fr
    assert await ada.page.input_value("#f-law") == "Règle 7"
    await look(ada.page, "decide-preset")
    await ada.page.click("button[name=replace]")
    await ada.page.wait_for_selector("button[name=replace]", state="detached")
    assert await ada.page.input_value("#f-law") == HATE.law_fr
