"""A suspension for misuse has its own page for whom it concerns, where one objects to it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.adjudication.decisions import misuse, suspensions
from petitbleu.desk.adjudication.decisions.suspensions import MisuseRow
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.outside import shield
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Store
from tests.desk.adjudication.decisions.deciding import NOTICE, OTHER, STAFF, Scene, scene
from tests.desk.adjudication.decisions.test_misuse import strikes
from tests.desk.outside import conftest
from tests.domain.safety.moderation.place import service_chat
from tests.kit.web import Browser
from tests.kit.world import World

WHY = "Je n’ai pas écrit ces messages : mon téléphone avait été volé ce jour-là."
URL = "https://chat.example.org"


@pytest.fixture
async def world(store: Store, tmp_path: Path) -> AsyncIterator[World]:
    """On both engines, in developer mode: people sign up with the code everybody knows."""
    world = await conftest.made(store, tmp_path, dev=True)
    yield world
    await world.settle()
    assert not world.errors


async def suspended(at: Scene) -> MisuseRow:
    """Ada, warned after three and suspended for the fourth."""
    who = misuse.person(at.ada.user_id)
    case = await strikes(at, 3)
    await misuse.warn(at.world.app, STAFF, who, misuse.CONTENT, case=case)
    at.world.clock.advance(60)
    case = await strikes(at, 1)
    row = await misuse.suspend(
        at.world.app, STAFF, who, misuse.CONTENT, case=case, reason="Quatre appels"
    )
    await at.settle()
    return row


def address(text: str) -> str:
    """The page a letter names."""
    found = re.search(rf"{URL}(/decision/\S+)", text)
    assert found is not None, text
    return found[1]


async def test_the_letter_leads_to_a_page_that_its_key_alone_opens(
    world: World, browser: Browser
) -> None:
    at = await scene(world)
    row = await suspended(at)
    url = address((await service_chat(at.ada))[0])
    written = f"{case_numbers.text(row.number)}-M1"
    assert url.startswith(f"/decision/{written}?key=")
    page = await browser.get(url)
    assert page.status == 200 and f"Suspension {written}" in page.words
    assert "Quatre appels" in page.words and "It lasts until" in page.words
    assert "noindex" in page.headers["x-robots-tag"]
    for other in (f"/decision/{written}", url[:-1], url.replace("-M1", "-M2")):
        assert (await browser.get(other)).status == 404
    french = await browser.get(f"{url}&lang=fr")
    assert "Elle dure jusqu’au" in french.words
    await misuse.end(world.app, STAFF, row.who, row.kind, reason="Réclamation fondée")
    assert "It was ended early" in (await browser.get(url)).words


async def test_an_objection_is_a_case_of_its_own_for_somebody_else(
    world: World, browser: Browser
) -> None:
    at = await scene(world)
    row = await suspended(at)
    url = address((await service_chat(at.ada))[0])
    contest = url.replace("?", "/contester?")
    form = await browser.get(contest)
    hidden = {name: form.values()[name] for name in (shield.TRAP, shield.TIME)}
    world.clock.advance(10)
    short = await browser.post(contest, hidden | {"text": "No", "contest_email": ""})
    assert short.status == 422
    sent = hidden | {"text": WHY, "contest_email": "ada@people.example"}
    done = await browser.post(contest, sent)
    complaint = await appeals.objection(world.app.store, row)
    assert complaint is not None and case_numbers.text(complaint.number) in done.words
    assert complaint.kind == "complaint_art20"
    facts = complaint.facts
    assert (facts["about"], facts["excluded"], facts["text"]) == (row.number, [STAFF], WHY)
    again = await browser.post(contest, sent)
    assert case_numbers.text(complaint.number) in again.words
    about = await cases.timeline(world.app.store, row.number)
    assert [one.kind for one in about][-1] == "appeal"
    page = await browser.get(url)
    assert case_numbers.text(complaint.number) in page.words and "/contester" not in page.text
    await at.settle()
    assert suspensions.text(row.number, row.nth) in at.mails("ada@people.example")[-1].text
    await appeals.answer_objection(
        world.app, OTHER, complaint.number, ends=False, text="The log names your own device."
    )
    await at.settle()
    answered = await browser.get(url)
    assert "The log names your own device." in answered.words
    assert "You contest this decision" not in answered.words.partition("The log names")[0]
    assert "The log names your own device." in at.mails("ada@people.example")[-1].text
    with pytest.raises(appeals.Refused):
        await appeals.answer_objection(world.app, OTHER, complaint.number, ends=True, text="Again")


async def test_who_is_suspended_by_mail_has_a_page_and_the_window_closes(
    world: World, browser: Browser
) -> None:
    at = await scene(world)
    who = misuse.address("notifier@people.example")
    for step in (misuse.warn, None):
        for _ in range(3 if step else 1):
            case = await at.open(NOTICE)
            form = at.form(outcome="no_action", measures=[], unfounded="yes", manifest="yes")
            await at.decide(case, form)
        if step:
            await step(world.app, STAFF, who, misuse.NOTICE, case=case)
            world.clock.advance(60)
    for nth in (1, 2):
        row = await misuse.suspend(
            world.app, STAFF, who, misuse.NOTICE, case=case, reason="Encore", days=14
        )
        assert row.nth == nth
        world.clock.advance(60)
        other = await at.open(NOTICE)
        await at.decide(other, at.form(outcome="no_action", measures=[], unfounded="yes"))
    await at.settle()
    told = [one.text for one in at.mails("notifier@people.example") if "-M1" in one.text]
    url = address(told[0])
    assert "menace pour la vie" in (await browser.get(url)).words
    await at.pass_time(200 * 86_400)
    page = await browser.get(url)
    assert "It ended on" in page.words and "/contester" not in page.text
    assert (await browser.get(url.replace("?", "/contester?"))).status == 410
