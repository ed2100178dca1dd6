"""Templates of letters: seen, checked while they are written, changed by two people only."""

from __future__ import annotations

import pytest

from petitbleu.desk.adjudication.decisions import templates, texts
from petitbleu.domain.safety.case_numbers import service as case_numbers
from tests.desk.adjudication.decisions.deciding import FORM, NOTICE, scene
from tests.desk.workplace.pages.test_work import flat
from tests.kit.chromium import Chromium, look
from tests.kit.desk import DeskSite, Person

BASE = "/desk/templates/notifier/fr"
OWN = "Objet : Votre signalement {{ case }}\nBonjour, voici notre réponse : {{ why }} {{ law }}"


async def in_force(desk: DeskSite) -> str:
    return await templates.in_force(desk.world.app.store, "notifier", "fr")


async def asked(ada: Person, text: str = OWN) -> None:
    page = await ada.sign(BASE, {"text": text, "why": "plainer", "act": "change"})
    assert page.status == 303, page.words


async def answer(person: Person, request: int, say: str = "agree") -> tuple[int, str]:
    fields = {"answer": say, "reason": "read"}
    page = await person.sign(f"/desk/seconds/{request}/answer", fields)
    return page.status, page.words


async def test_every_letter_is_listed_in_both_languages(desk: DeskSite) -> None:
    ada = await desk.person("legal", language="fr")
    page = await ada.get("/desk/templates")
    for kind in texts.KINDS:
        for language in texts.LANGUAGES:
            assert f'href="/desk/templates/{kind}/{language}"' in page.text
            one = await ada.get(f"/desk/templates/{kind}/{language}")
            assert one.status == 200 and 'class="problem"><p>' not in one.text, (kind, language)
    assert (await ada.get("/desk/templates/notifier/it")).status == 404
    assert (await ada.get("/desk/templates/poem/fr")).status == 404


async def test_a_text_is_checked_before_anybody_is_asked(desk: DeskSite) -> None:
    ada = await desk.person("legal")
    for text, said in (
        ("Objet : x\n{{ salary }}", "have no salary"),
        ("Objet : x\n{% for one in measures %}{{ one.price }}{% endfor %}", "has no price"),
        ("Objet : x\n{% if %}", "Line 2:"),
        ("Bonjour", "first line is the subject"),
        ("Objet : x\n{{ why|nonsense }}", "Line 2:"),
    ):
        checked = await ada.post(f"{BASE}/check", {"text": text})
        assert checked.status == 200 and said in checked.words, text
        refused = await ada.sign(BASE, {"text": text, "why": "x", "act": "change"})
        assert refused.status == 422 and said in refused.words
    good = await ada.post(f"{BASE}/check", {"text": OWN})
    assert "This text can be used" in good.words
    assert "[why]" in good.words and "appeal_url" in good.words, "what is left out is said"
    no_reason = await ada.sign(BASE, {"text": OWN, "why": "", "act": "change"})
    assert no_reason.status == 422 and OWN.splitlines()[1] in no_reason.words
    assert "second.ask" not in await desk.actions()


async def test_a_change_counts_when_a_second_person_agrees(desk: DeskSite) -> None:
    ada, bea = await desk.person("legal"), await desk.person("lead")
    before = await in_force(desk)
    await asked(ada)
    assert await in_force(desk) == before
    assert (await answer(ada, 1))[0] == 422, "not the same person"
    read = await bea.get("/desk/seconds/1")
    assert "+Bonjour, voici notre réponse" in read.words and "plainer" in read.words
    assert (await answer(bea, 1))[0] == 303
    assert await in_force(desk) == OWN
    assert (await desk.actions())[-2:] == ["second.agree", "template.change"]
    page = await ada.get(BASE)
    assert "An own version is in force" in page.words and "staff:1" in page.words
    assert (await ada.sign(BASE, {"text": OWN, "why": "back", "act": "shipped"})).status == 303
    assert (await answer(bea, 2))[0] == 303
    assert await in_force(desk) == before
    assert [
        row.version for row in await templates.versions(desk.world.app.store, "notifier", "fr")
    ] == [2, 1]


async def test_an_agreement_to_what_has_changed_since_does_nothing(desk: DeskSite) -> None:
    ada, bea = await desk.person("legal"), await desk.person("lead")
    await asked(ada)
    await asked(ada, OWN + " {{ received }}")
    assert (await answer(bea, 2))[0] == 303
    status, words = await answer(bea, 1)
    assert status == 422 and "has changed since" in words
    assert "{{ received }}" in await in_force(desk)


async def test_who_may_not_write_templates_sees_none(desk: DeskSite) -> None:
    tim = await desk.person("moderator")
    assert (await tim.get("/desk/templates")).status == 403
    assert (await tim.get(BASE)).status == 403
    assert (await tim.sign(BASE, {"text": OWN, "why": "x", "act": "change"})).status == 403


async def test_a_letter_that_cannot_be_written_stops_the_decision_and_says_so(
    desk: DeskSite,
) -> None:
    at = await scene(desk.world)
    app = desk.world.app
    await templates.change(app, "operator", "notifier", "fr", "Objet : x\n{{ acted + why }}")
    ada = await desk.person("moderator")
    number = await at.open(NOTICE)
    form = flat(FORM | {"measures": [{"kind": "remove", "item": at.link()}]})
    page = await ada.post(f"/desk/cases/{case_numbers.text(number)}/decide/preview", form)
    assert page.status == 422 and "Notifier (fr)" in page.words


@pytest.mark.sometimes(2)
@pytest.mark.browser
async def test_the_check_follows_what_is_written(chromium: Chromium) -> None:
    ada = await chromium.enter("legal")
    await ada.go("/desk/templates")
    await look(ada.page, "templates")
    await ada.go(BASE)
    await look(ada.page, "template")
    await ada.page.fill("#f-text", "Objet : x\n{{ salary }}")
    await ada.page.wait_for_selector("#verdict >> text=have no salary")
    await ada.page.fill("#f-text", OWN)
    await ada.page.wait_for_selector("#verdict >> text=This text can be used")
    await ada.page.fill("#f-why", "plainer")
    await ada.page.click("button[value=change]")
    await ada.page.wait_for_selector("text=A second person is asked")
    bea = await chromium.enter("lead")
    await bea.go("/desk/seconds/1")
    await look(bea.page, "template-second")
    assert ada.problems == bea.problems == []
