"""Presets on their page, and in the decision form."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from petitbleu.domain.safety.case_numbers import service as case_numbers
from tests.desk.adjudication.decisions.deciding import FORM, NOTICE, scene
from tests.desk.adjudication.decisions.test_presets import HATE
from tests.desk.workplace.pages.test_work import flat
from tests.kit.desk import DeskSite

TYPED: dict[str, Any] = {
    **{name: value for name, value in msgspec.to_builtins(HATE).items() if isinstance(value, str)},
    "topic": f"{HATE.category}/{HATE.keyword}",
    "kinds": ["art16_notice"],
    "days": "",
    "countries": "",
}


async def test_a_preset_is_written_ordered_and_deleted(desk: DeskSite) -> None:
    lead, bo = await desk.person("lead"), await desk.person("moderator")
    assert (await bo.get("/desk/presets")).status == 403
    assert (await bo.post("/desk/presets", TYPED)).status == 403
    assert "There is no preset" in (await lead.get("/desk/presets")).words
    wrong = await lead.post("/desk/presets", {**TYPED, "ground_url": "here", "why_fr": "Haine."})
    assert wrong.status == 422 and "Link to the text: Give a whole address" in wrong.words
    assert "Haine." in wrong.text, "what was typed is there"
    wrong = await lead.post("/desk/presets", {**TYPED, "why_fr": ""})
    assert "in both languages" in wrong.words
    for name in ("Hate", "Hate again"):
        assert (await lead.post("/desk/presets", {**TYPED, "name_en": name})).status == 303
    assert (await lead.post("/desk/presets/2/act", {"act": "up"})).status == 303
    page = await lead.get("/desk/presets")
    assert page.words.index("Hate again") < page.words.rindex("Hate ")
    assert "remove the content" in page.words and "Act of 29 July 1881" in page.words
    form = await lead.get("/desk/presets/2")
    assert 'value="art16_notice" checked' in form.text
    changed = {**TYPED, "name_en": "Hatred", "measure": "suspend", "days": "7"}
    assert (await lead.post("/desk/presets/2/change", changed)).status == 303
    assert "7 days" in (await lead.get("/desk/presets")).words
    assert (await lead.post("/desk/presets/2/act", {"act": "delete"})).status == 303
    assert (await lead.post("/desk/presets/2/act", {"act": "up"})).status == 422
    assert (await lead.get("/desk/presets/2")).status == 404
    actions = await desk.actions()
    assert actions.count("preset.keep") == 3 and actions.count("preset.delete") == 1


async def test_a_preset_fills_the_form_and_the_decision_is_still_checked(desk: DeskSite) -> None:
    at = await scene(desk.world)
    lead, bo = await desk.person("lead"), await desk.person("moderator")
    await lead.post("/desk/presets", TYPED)
    await lead.post("/desk/presets", {**TYPED, "name_en": "Orders", "kinds": ["dsa_art9_order"]})
    number = await at.open(NOTICE)
    base = f"/desk/cases/{case_numbers.text(number)}/decide"
    page = await bo.get(base)
    assert 'data-key="1"' in page.text and 'data-key="2"' not in page.text
    assert re.search(r'<option value="fr" selected>', page.text), "the notice is in French"
    sent = flat({"measures": [{"kind": "", "item": at.link()}], "law": "Rule 7"})
    sent |= {"preset_language": "fr", "use": "1"}
    filled = await bo.post(f"{base}/preview", sent)
    assert filled.status == 200 and "Filled in by “Hate”" in filled.words
    assert "it stays: Law and article, or clause of the rules" in filled.words
    assert "Le propos incite à la haine." in filled.text and "Rule 7" in filled.text
    assert '<option value="remove" selected>' in filled.text
    again = {name: one for name, one in filled.values().items() if name not in ("csrf", "touch")}
    replaced = await bo.post(f"{base}/preview", {**sent, "use": "", "replace": "1", **again})
    assert "29 juillet 1881" in replaced.text and "Rule 7" not in replaced.text
    unfinished = await bo.post(f"{base}/preview", {**sent, "use": ""})
    assert unfinished.status == 422 and "Say which facts" in unfinished.words
    gone = await bo.post(f"{base}/preview", {**sent, "use": "2"})
    assert "not there any more" in gone.words and "Rule 7" in gone.text
    strange = await bo.post(f"{base}/preview", {**sent, "preset": "1", "preset_said": "xx"})
    assert strange.status == 200 and "Rule 7" in strange.text
    whole = flat(FORM | {"measures": [{"kind": "remove", "item": at.link()}]})
    assert (await bo.sign(base, {**whole, "preset": "1", "preset_said": "fr"})).status == 303
