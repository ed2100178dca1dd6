"""Stories of people: who gives notice, who flags, who reports from the app, who contests."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from tests.desk.stories.conftest import Town
from tests.desk.stories.office import FIRST, LEAD, OTHER, REASONS, see
from tests.desk.stories.people import CHANNEL, OLGA, RENE, RITA
from tests.desk.stories.place import link_in, number_in, text_of, until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

UNDO = 601
"""Seconds in which a decision can be taken back, and one more."""
HATE = "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH/KEYWORD_HATE_SPEECH"


async def post(town: Town, text: str) -> tuple[int, str]:
    """Olga writes in her channel; the post, and its link."""
    made = await town.people.do("say", OLGA, to=CHANNEL, text=text)
    return made, f"{town.place.base}/{CHANNEL}/{made}"


async def notify(town: Town, link: str, email: str) -> tuple[Page, str, str]:
    """Somebody without an account fills the form in; their page, the number and the key."""
    page = await town.office.public()
    await page.goto(f"{town.place.base}/signaler?link={link}")
    await page.select_option("#category", HATE)
    await page.fill("#explanation", "The post salutes an attack and calls for more.")
    await page.fill("#name", "Grace Hopper")
    await page.fill("#email", email)
    await page.check("#faith")
    await see(page, "notice")
    await town.place.later(30)
    await page.click("main form button[type=submit]")
    number, key = await page.locator("p.number").all_inner_texts()
    return page, number, key


async def counted(town: Town, before: dict[str, Any], *names: str) -> None:
    """The report counts one more of these, and the log is sound."""
    after = town.place.figures()
    for name in names:
        assert after[name] == (before[name] or 0) + 1, (name, before, after)
    town.place.sound()


def statement(town: Town, number: str) -> dict[str, Any]:
    """What the EU's database was told of the decision of a case; empty: nothing."""
    return next((one for one in town.place.eu.stored.values() if number.lower() in one["puid"]), {})


async def test_a_notice_without_an_account_is_decided_and_followed(town: Town) -> None:
    place, people = town.place, town.people
    before = place.figures()
    made, link = await post(town, "Saluons l’attentat")
    page, number, key = await notify(town, link, "grace@people.example")
    receipt = await place.letter("grace@people.example", number)
    await page.goto(link_in(text_of(receipt), "/signaler/"))
    await see(page, "notice-confirm")
    await page.click("main form button")
    assert number in await page.inner_text("main")

    max_ = town.office[FIRST]
    await max_.open(number)
    await max_.see("notice-case")
    signed = await max_.decide(number, **{"content_language": "fr"})
    seconds = await people.gone(RITA, made) - signed
    print(f"post gone for the subscriber {seconds:.2f} s after the signature (goal 2)")
    assert "Saluons l’attentat" not in await people.texts(RENE)
    told = await people.told(OLGA, number)
    assert REASONS["law"] in told and REASONS["why"] in told
    assert len(place.letters("grace@people.example", number)) == 1, "it can still be taken back"

    await place.later(UNDO)
    answer = await place.letter("grace@people.example", number, REASONS["law"])
    assert answer["Content-Language"] == "en"
    assert "staff" not in text_of(answer) and "Max" not in text_of(answer)
    await page.goto(f"{place.base}/suivi/{number}?secret={key}")
    assert REASONS["law"] in await page.inner_text("main")
    await see(page, "notice-status")
    await page.goto(link_in(text_of(answer), "/decision/"))
    assert number in await page.inner_text("main")
    row = await until(lambda: statement(town, number))
    assert row["source_type"] == "SOURCE_ARTICLE_16"
    clocks = place.clocks(number)
    assert [one for one in clocks.values() if one["due"] and not one["done"]] == []
    await max_.open(number)
    await max_.see("notice-decided")
    await counted(town, before, "notices")


ILLEGAL, HATEFUL = "It is illegal", "Hate, discrimination, defamation"


async def reported(town: Town, who: str, of: Any, ids: list[int], *steps: str) -> str:
    """Somebody reports messages from their client; the number they are told."""
    before = len(town.people.seen)
    done = await town.people.do("report", who, of=of, ids=ids, steps=steps, text="please look")
    assert done == "ReportResultReported"
    await until(lambda: [one for one in town.people.seen[before:] if one["event"] == "told"])
    return number_in(await town.people.told(who))


async def test_who_reports_from_a_client_hears_of_the_outcome(town: Town) -> None:
    place, people, mia = town.place, town.people, town.office[OTHER]
    before = place.figures()
    made, _ = await post(town, "Tod allen Fremden")
    number = await reported(town, RITA, CHANNEL, [made], ILLEGAL, HATEFUL)
    await mia.open(number)
    assert "Tod allen Fremden" not in await mia.main(), "what was reported is shown on request only"
    await mia.page.fill("#f-why", "is it hate?")
    await mia.press("/copy")
    await mia.page.wait_for_selector("text=Tod allen Fremden")
    await mia.see("report-copy")
    await mia.decide(number, topic=HATE)
    await people.gone(RENE, made)
    assert "Tod allen Fremden" not in await people.texts(RITA)
    assert REASONS["law"] in await people.told(OLGA, number)
    await place.later(UNDO)
    assert REASONS["law"] in await people.told(RITA, number)
    row = await until(lambda: statement(town, number))
    assert row["source_type"] == "SOURCE_ARTICLE_16"
    logged = place.logged(number)
    assert logged.index("content.report") < logged.index("decision")
    await counted(town, before, "notices")


async def test_a_whole_channel_is_reported_from_a_client(town: Town) -> None:
    place, people, lou = town.place, town.people, town.office[LEAD]
    assert await people.do("report_peer", RENE, of=CHANNEL, text="calls for violence")
    number = number_in(await people.told(RENE))
    await lou.open(number)
    await lou.see("report-peer")
    assert "calls for violence" in await lou.main()
