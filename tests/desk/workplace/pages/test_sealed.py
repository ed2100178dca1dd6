"""The sealed copy of what a letter or notice is about, beside what became of it."""

from __future__ import annotations

import re

import pytest

from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.tl import api
from tests.desk.adjudication.decisions.deciding import FORM, NOTICE, Scene, scene
from tests.desk.adjudication.evidence.test_sealing import delete, edit
from tests.desk.workplace.pages.test_work import flat
from tests.domain.files.media.shots import picture, upload
from tests.kit.chromium import Chromium, look
from tests.kit.desk import DeskSite, Person
from tests.kit.web import Answer
from tests.kit.world import World

MARKUP = "Saluons <script>alert(1)</script> le printemps"


async def filed(world: World) -> tuple[Scene, int, int]:
    """A notice about the post, and the copy that was taken."""
    at = await scene(world)
    number = await at.open(NOTICE)
    await at.settle()
    return at, number, (await at.case(number)).sealed[at.link()]


async def opened(person: Person, number: int, copy: int, why: str = "to decide") -> Answer:
    asked = {"report": case_numbers.text(copy), "why": why}
    return await person.post(f"/desk/cases/{case_numbers.text(number)}/copy", asked)


async def test_an_edit_is_shown_beside_the_copy_and_is_never_markup(desk: DeskSite) -> None:
    at, number, copy = await filed(desk.world)
    ada = await desk.person("moderator")
    page = await ada.get(f"/desk/cases/{case_numbers.text(number)}")
    assert "attentat" not in page.words and "sealed copy taken" in page.words
    assert at.link() in page.words and 'action="/desk/cases/' in page.text
    assert "/target" not in page.text, "what has a copy is looked at by its copy"
    assert (await opened(ada, number, copy, "")).status == 422
    assert "content.target" not in await desk.actions()
    page = await opened(ada, number, copy)
    assert "Saluons l’attentat" in page.words and "Unchanged since." in page.words
    assert f"account {at.ada.user_id}" in page.words
    assert (await desk.actions()).count("content.target") == 1
    await edit(at, MARKUP)
    page = await opened(ada, number, copy)
    assert "Saluons l’attentat" in page.words and "Edited since (" in page.words
    assert "<del> l’attentat</del><ins> &lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert "<script>alert" not in page.text
    await delete(at)
    page = await opened(ada, number, copy)
    assert "Saluons l’attentat" in page.words and "Deleted since." in page.words


async def test_in_french_too(desk: DeskSite) -> None:
    at, number, copy = await filed(desk.world)
    await edit(at, "Saluons le printemps")
    ada = await desk.person("moderator", language="fr")
    page = await ada.get(f"/desk/cases/{case_numbers.text(number)}")
    assert "copie scellée prise" in page.words and "Copies scellées" in page.words
    page = await opened(ada, number, copy)
    assert "Modifié depuis (" in page.words and "Barré : disparu." in page.words
    await delete(at)
    assert "Supprimé depuis." in (await opened(ada, number, copy)).words


async def test_what_was_deleted_meanwhile_is_still_decided_about(desk: DeskSite) -> None:
    at, number, _ = await filed(desk.world)
    await delete(at)
    ada = await desk.person("moderator")
    to = f"/desk/cases/{case_numbers.text(number)}/decide"
    form = flat(FORM | {"measures": [{"kind": "remove", "item": at.link()}]})
    refused = await ada.sign(to, form)
    assert refused.status == 422 and "was deleted since it was filed" in refused.words
    assert f"the account {at.ada.user_id}" in refused.words
    named = flat(FORM | {"measures": [{"kind": "freeze", "item": str(at.ada.user_id),
                                       "until": "2027-03-01"}]})  # fmt: skip
    preview = await ada.post(f"{to}/preview", named)
    assert preview.status == 200, preview.words
    done = await ada.sign(to, flat(FORM | {"outcome": "no_action", "measures": []}))
    assert done.status == 303, done.words
    (row,) = await decisions.of_case(desk.world.app.store, number)
    assert decisions.form_of(row).why == FORM["why"]


async def test_a_profile_shows_what_it_said_and_says(desk: DeskSite) -> None:
    at = await scene(desk.world)
    await at.bob.call(api.account.UpdateUsername(username="bob_barbier"))
    await at.bob.call(api.account.UpdateProfile(first_name="Bob", about="Je vends des armes"))
    number = await at.open(NOTICE, targets=["@bob_barbier"])
    await at.settle()
    copy = (await at.case(number)).sealed["@bob_barbier"]
    await at.bob.call(api.account.UpdateProfile(about="Je vends des fleurs"))
    ada = await desk.person("moderator")
    page = await opened(ada, number, copy)
    assert "<del> armes</del><ins> fleurs</ins>" in page.text and "Changed since." in page.words
    await at.bob.call(api.account.UpdateUsername(username=""))
    page = await opened(ada, number, copy)
    assert "Je vends des armes" in page.words and "fleurs" not in page.words
    assert "Not public" in page.words


async def test_the_appeal_leads_to_the_same_copy(desk: DeskSite) -> None:
    at, number, copy = await filed(desk.world)
    row = await at.decide(number)
    await at.pass_time(601)
    lodged = await appeals.lodge(
        desk.world.app, row, at.ada.user_id, email="", text="Satire, see the date.", language="en"
    )
    bea = await desk.person("moderator")
    page = await bea.get(f"/desk/cases/{case_numbers.text(lodged.number)}/appeal")
    choices = dict(re.findall(r'<option value="(PB-[^"]+)">([^<]+)<', page.text))
    (measure,) = (case_numbers.text(one.measure) for one in decisions.measures_of(row))
    assert choices == {case_numbers.text(copy): at.link(), measure: measure}
    page = await opened(bea, number, copy)
    assert "Saluons l’attentat" in page.words and "Deleted since." in page.words


async def test_a_picture_of_child_abuse_stays_closed_in_every_case(desk: DeskSite) -> None:
    at = await scene(desk.world)
    photo = api.InputMediaUploadedPhoto(file=await upload(at.ada, picture(900, 600), "p.jpg"))
    posted = await at.ada.call(
        api.messages.SendMedia(
            peer=await at.place.named(at.ada), media=photo, message="x", random_id=5
        )
    )
    (post,) = [one.message.id for one in posted.updates if type(one) is api.UpdateNewChannelMessage]
    number = await at.open(NOTICE, targets=[at.link(post)])
    await at.settle()
    (copy,) = (await at.case(number)).sealed.values()
    still = f"/desk/cases/{case_numbers.text(number)}/media/{case_numbers.text(copy)}/1"
    ada = await desk.person("moderator")
    assert "1. Photo · 900 × 600" in (await opened(ada, number, copy)).words
    assert (await ada.post(still, {"why": "triage"})).status == 200
    await at.open(NOTICE | {"kind": "csam_notice"}, targets=[at.link(post)])
    await at.settle()
    assert (await ada.post(still, {"why": "triage"})).status == 403


@pytest.mark.browser
async def test_the_copy_beside_now_looks_right(chromium: Chromium) -> None:
    at, number, copy = await filed(chromium.desk.world)
    await edit(at, "Saluons le printemps et " + "encore une longue phrase " * 6)
    ada = await chromium.enter("moderator")
    base = f"/desk/cases/{case_numbers.text(number)}"
    await ada.go(base)
    await ada.page.fill("#f-why", "to decide")
    await ada.page.click(f"form[action='{base}/copy'] button")
    await ada.page.wait_for_selector(".since del")
    assert case_numbers.text(copy) in await ada.page.inner_text("main")
    await look(ada.page, "case-sealed")
    assert ada.problems == []
