"""The public pages in a real Chromium: how they look, axe, the keyboard, and without any script."""

from __future__ import annotations

import pytest

from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.parties import links
from petitbleu.desk.casework.parties.service import Person
from petitbleu.desk.records.audit import heads
from petitbleu.desk.reference.directory import service as directory
from petitbleu.domain.safety.case_numbers import service as case_numbers
from tests.desk.adjudication.decisions.deciding import NOTICE, scene
from tests.desk.outside.conftest import OPERATOR
from tests.kit.chromium import Chromium, Window, look, whole
from tests.kit.world import World

pytestmark = pytest.mark.browser

PLAIN = (
    "contact",
    "signaler",
    "suivi",
    "mes-dossiers",
    "autorites",
    "transparence",
    "regles",
    "confidentialite",
    "accessibilite",
    "mentions-legales",
)


async def a_case(world: World) -> dict[str, str]:
    """A decided notice with an objection: the addresses of the pages about it."""
    app = world.app
    await directory.set_operator(app, OPERATOR, "operator")
    await heads.sign(app)
    at = await scene(world)
    row = await at.decide(await at.open(NOTICE))
    await at.pass_time(601)
    case = decisions.case_of(row.number)
    ada = at.ada.user_id
    open_case = await at.open(NOTICE | {"sender": "other@people.example"})
    made = {
        "status-open": f"/suivi/{case_numbers.text(open_case)}"
        f"?secret={cases.secret(app, open_case)}",
        "status": f"/suivi/{case_numbers.text(case)}?secret={cases.secret(app, case)}",
        "decision": f"/decision/{decisions.number_text(row.number)}"
        f"?key={decisions.key(app, row.number, ada)}",
    }
    made["contest"] = made["decision"].replace("?", "/contester?")
    why = "The post quotes a newspaper and condemns the attack."
    lodged = await appeals.lodge(app, row, ada, email="", text=why, language="fr")
    await appeals.decide(app, "staff:8", lodged.number, "ask", "Which paper?", command="q")
    token = links.mine(app, Person(ada))
    made["mine"] = f"/mes-dossiers/{token}"
    made["mine-case"] = f"/mes-dossiers/{token}/{case_numbers.text(lodged.number)}"
    return made


def in_language(path: str, lang: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={lang}"


@pytest.mark.sometimes(2)
@pytest.mark.turns(2)
@pytest.mark.parametrize("lang", ["en", "fr"])
async def test_every_page_looks_right_in_light_dark_and_on_a_phone(
    chromium: Chromium, lang: str
) -> None:
    pages = {name: f"/{name}" for name in PLAIN} | await a_case(chromium.desk.world)
    window = await chromium.window()
    for name, path in pages.items():
        await window.go(in_language(path, lang))
        assert await window.page.get_attribute("html", "lang") == lang
        await look(window.page, f"{name}-{lang}")
    assert window.problems == []


@pytest.mark.sometimes(2)
async def test_errors_and_receipts_look_right_too(chromium: Chromium) -> None:
    await directory.set_operator(chromium.desk.world.app, OPERATOR, "operator")
    window = await chromium.window()
    page = window.page
    await window.go("/signaler?lang=fr")
    await page.click("button")
    await look(page, "signaler-errors-fr")
    await fill(window)
    await look(page, "signaler-filled-fr")
    chromium.desk.world.clock.advance(30)
    await page.click("button")
    assert "Nous avons votre signalement" in await window.words()
    await look(page, "signaler-receipt-fr")
    await window.go("/suivi?lang=fr")
    await page.fill("#number", "PB-2027-000999")
    await page.fill("#key", "x")
    await page.click("button")
    await look(page, "suivi-wrong-fr")
    await upload(window, chromium.desk.world)
    await look(page, "autorites-receipt-fr")
    await whole(page, "li, code", "autorites-receipt-fr")
    assert window.problems == []


async def fill(window: Window) -> None:
    """The notice form, filled in; a while passes."""
    page = window.page
    await page.fill("#links", "https://chat.example.org/canal/12")
    await page.select_option("#category", "STATEMENT_CATEGORY_SCAMS_AND_FRAUD/KEYWORD_PHISHING")
    await page.fill("#explanation", "Une fausse banque demande des codes à des clients.")
    await page.fill("#name", "Grace Hopper")
    await page.fill("#email", "grace@example.org")
    await page.check("#faith")


async def upload(window: Window, world: World) -> None:
    """An order on the authorities' page."""
    page = window.page
    await window.go("/autorites?lang=fr")
    await page.fill("#authority", "Tribunal judiciaire de Paris")
    await page.fill("#authority_email", "greffe@justice.example")
    order = {
        "name": f"{'ordonnance-de-retrait-' * 8}.txt",
        "mimeType": "text/plain",
        "buffer": b"Ordonnance.",
    }
    await page.set_input_files("#files", order)  # type: ignore[arg-type]
    world.clock.advance(30)
    await page.click("button")


async def test_a_notice_and_an_upload_need_no_script(chromium: Chromium) -> None:
    world = chromium.desk.world
    window = await chromium.window(java_script_enabled=False)
    page = window.page
    await window.go("/signaler")
    world.clock.advance(30)
    await fill(window)
    await page.click("button")
    await page.wait_for_selector("text=We have your report")
    await page.click("text=Follow the report")
    await page.wait_for_selector("text=Being looked at")
    await upload(window, world)
    await page.wait_for_selector("text=Heure de réception")
    found = [one async for one in cases.received(world.app, "art16_notice", 0, 1 << 60)]
    assert len(found) == 1


async def test_the_notice_form_works_by_keyboard_alone(chromium: Chromium) -> None:
    window = await chromium.window()
    page = window.page
    await window.go("/signaler")
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.className") == "skip"
    await page.keyboard.press("Enter")
    await page.wait_for_function("document.activeElement.id === 'main'")
    seen: list[str] = []
    for _ in range(40):
        await page.keyboard.press("Tab")
        name = await page.evaluate("document.activeElement.id || document.activeElement.type")
        seen.append(str(name))
        if name == "submit":
            break
    fields = ["links", "category", "explanation", "law", "name", "email", "anonymous"]
    assert [one for one in seen if one in fields] == fields
    assert "website" not in seen, "nobody lands in the field that must stay empty"
    chromium.desk.world.clock.advance(30)
    await page.keyboard.press("Enter")
    await page.wait_for_selector("text=The report has not been sent yet")
    await page.click("text=Say where it is. >> nth=0")
    assert await page.evaluate("document.activeElement.id") in ("links", "main", "")


async def test_text_can_be_enlarged_and_reflows(chromium: Chromium) -> None:
    window = await chromium.window(viewport={"width": 320, "height": 640})
    for name in ("contact", "signaler", "transparence", "autorites"):
        await window.go(f"/{name}?lang=fr")
        wide = await window.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{name} at 320 px (400 % of 1280) is {wide} px too wide"
