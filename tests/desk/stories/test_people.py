"""Stories of people: who gives notice, who flags, who reports from the app, who contests."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from playwright.async_api import Page

from tests.desk.stories.conftest import Town
from tests.desk.stories.office import FIRST, LEAD, OTHER, REASONS, Colleague, see
from tests.desk.stories.people import CHANNEL, OLGA, RENE, RITA
from tests.desk.stories.place import link_in, number_in, text_of
from tests.kit.waiting import GUARD, until

SERVICE = "petitbleu"

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
    return next(iter(town.place.rows_of(number)), {})


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
    assert "The post salutes an attack" in await max_.main(), "what the notifier wrote"
    await max_.page.fill("#f-why", "de quoi s’agit-il ?")
    await max_.press("/copy")
    await max_.page.wait_for_selector("text=Saluons l’attentat")
    await max_.see("notice-case")
    signed = await max_.decide(number, content_language="fr")
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
    await place.looked_at_again(lambda: place.case(number)["state"] == "closed")
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
    return await told_number(town, who, before)


async def told_number(town: Town, who: str, before: int) -> str:
    """The number that the service tells somebody, in what was told since ``before``."""
    said = await until(
        lambda: [
            one["text"]
            for one in town.people.seen[before:]
            if (one["event"], one["who"]) == ("told", who)
        ]
    )
    return number_in(said[0])


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
    await people.told(OLGA, number, REASONS["law"])
    await place.later(UNDO)
    await people.told(RITA, number, REASONS["law"])
    row = await until(lambda: statement(town, number))
    assert row["source_type"] == "SOURCE_ARTICLE_16"
    logged = place.logged(number)
    assert logged.index("content.report") < logged.index("case.decided"), logged
    await counted(town, before, "notices")


async def test_a_whole_channel_is_reported_from_a_client(town: Town) -> None:
    place, people, lou = town.place, town.people, town.office[LEAD]
    before = len(people.seen)
    assert await people.do("report_peer", RENE, of=CHANNEL, text="calls for violence")
    number = await told_number(town, RENE, before)
    await lou.open(number)
    await lou.see("report-peer")
    assert "calls for violence" in await lou.main(), "what the reporter wrote"
    await lou.decide(
        number,
        kind="",
        outcome="no_action",
        why="Le canal ne contient rien de tel.",
        topic="STATEMENT_CATEGORY_VIOLENCE/KEYWORD_OTHER",
        keyword_other="appels à la violence",
    )
    await place.later(UNDO)
    await people.told(RENE, number, "Le canal ne contient rien de tel.")
    assert statement(town, number) == {}, "nothing was restricted"
    place.sound()


FLAGGER = "Point de contact <alerte@pointdecontact.example>"


async def test_a_trusted_flagger_goes_first_and_is_answered(town: Town) -> None:
    place, people, mia = town.place, town.people, town.office[OTHER]
    before = place.figures()
    ordinary, _ = await post(town, "Rien de grave")
    await reported(town, RITA, CHANNEL, [ordinary], ILLEGAL, HATEFUL)
    made, link = await post(town, "Gloire aux tireurs")
    number = await place.arrives(
        FLAGGER,
        "Signalement de contenu illicite PDC-77",
        f"En qualité de signaleur de confiance, nous vous signalons {link} : apologie d'actes de"
        " terrorisme, article 421-2-5 du code pénal. Nous déclarons de bonne foi que ces"
        " informations sont exactes et complètes.",
    )
    case = place.case(number)
    assert (case["kind"], case["urgency"]) == ("trusted_flagger_notice", "high")
    assert case["authority"]["trust"] == "trusted-flagger-list" and case["targets"] == [link]
    await mia.go("/desk")
    async with mia.page.expect_navigation():
        await mia.page.goto(f"{place.base}/desk/next")
    assert mia.page.url.endswith(number), "before the report that waits for longer"
    await mia.see("flagger")
    await mia.decide(number, content_language="fr")
    await people.gone(RITA, made)
    await people.told(OLGA, number, REASONS["law"])
    await place.later(UNDO)
    answer = await place.letter("alerte@pointdecontact.example", number, REASONS["law"])
    assert answer["Content-Language"] == "fr" and answer["In-Reply-To"]
    row = await until(lambda: statement(town, number))
    assert row["source_type"] == "SOURCE_TRUSTED_FLAGGER"
    await counted(town, before, "notices_trusted")


async def test_an_appeal_that_reverses_brings_the_content_back(town: Town) -> None:
    place, people = town.place, town.people
    max_, mia = town.office[FIRST], town.office[OTHER]
    before = place.figures()
    made, link = await post(town, "„Tod den Tyrannen“, schrieb er 1819")
    page, number, _ = await notify(town, link, "hopper@people.example")
    receipt = await place.letter("hopper@people.example", number)
    await page.goto(link_in(text_of(receipt), "/signaler/"))
    await page.click("main form button")
    await max_.decide(number)
    await people.gone(RITA, made)
    told = await people.told(OLGA, number)
    await place.later(UNDO)
    await place.letter("hopper@people.example", number, REASONS["law"])

    complaint = await contested(town, told, "C’est une citation d’histoire, et je la condamne.")

    await max_.go(f"/desk/cases/{complaint}/appeal")
    await max_.see("appeal-refused")
    assert "C’est une citation" not in await max_.words(), "who decided does not decide again"
    await mia.go("/desk/appeals")
    await mia.see("appeals")
    async with mia.page.expect_navigation():
        await mia.page.click(f"text={complaint}")
    async with mia.page.expect_navigation():
        await mia.keys("m")
    assert "C’est une citation" in await mia.main()
    assert "Tod den Tyrannen" not in await mia.main(), "a sealed copy, opened on request"
    await mia.page.fill("form[action$='/copy'] input[name=why]", "is it a quotation?")
    await mia.press("/copy")
    assert "Tod den Tyrannen" in await mia.main()
    await mia.page.go_back()
    await mia.fill(outcome="reverse", text="You are right: it is a quotation.")
    await mia.see("appeal")
    async with mia.page.expect_navigation():
        await mia.keys("n")
    await mia.said()
    texts = await people.texts(RITA)
    assert "„Tod den Tyrannen“, schrieb er 1819" in texts
    await people.told(OLGA, "You are right: it is a quotation.")
    await place.letter("hopper@people.example", "You are right: it is a quotation.")
    assert place.case(complaint)["ending"] == "executed"

    assert "You are right" in await my_case(town, "hopper@people.example", number)
    await counted(town, before, "complaints")


async def test_an_objection_from_where_the_notice_is_read(town: Town) -> None:
    place, people = town.place, town.people
    max_ = town.office[FIRST]
    made, link = await post(town, "„Nieder mit den Tyrannen“, sang man 1848")
    page, number, _ = await notify(town, link, "curie@people.example")
    receipt = await place.letter("curie@people.example", number)
    await page.goto(link_in(text_of(receipt), "/signaler/"))
    await page.click("main form button")
    await max_.decide(number)
    await people.gone(RITA, made)
    await people.told(OLGA, number, "CONTESTER")
    notice = next(one["id"] for one in reversed(people.seen) if number in one.get("text", ""))
    await people.do("say", OLGA, to=SERVICE, text="Que dit cette décision ?", answers=notice)
    told = await people.told(OLGA, "répondez CONTESTER", "/contester?key=")
    assert f"{number}-1" in told
    await people.do("say", OLGA, to=SERVICE, text="Contester : c’est une chanson de 1848.")
    told = await people.told(OLGA, "Nous avons reçu votre réclamation", f"{number}-1")
    complaint = re.findall(r"PB-\d{4}-\d+", told.partition("numéro est")[2])[0]
    case = place.case(complaint)
    assert case["kind"] == "complaint_art20" and case["targets"] == [f"{number}-1"]
    await people.do("say", RITA, to=SERVICE, text=f"object {number}-1")
    await people.told(RITA, "no decision", "concerns you")
    await people.do("say", OLGA, to=SERVICE, text=f"contester {number}-1")
    await people.told(OLGA, "déjà contesté", complaint)


async def contested(town: Town, told: str, why: str) -> str:
    """The person concerned follows the link of their letter and objects; the complaint."""
    page = await town.office.public("fr")
    await page.goto(link_in(told, "/decision/"))
    await see(page, "appeal-decision")
    await page.click("a.button")
    await page.fill("#text", why)
    await see(page, "appeal-form")
    await town.place.later(30)
    await page.click("main form button")
    complaint, _ = await page.locator("p.number").all_inner_texts()
    return complaint


async def my_case(town: Town, email: str, number: str) -> str:
    """What "My cases" says of one, reached by a code that came by e-mail."""
    page = await town.office.public()
    await page.goto(f"{town.place.base}/mes-dossiers")
    await page.fill("#email", email)
    await page.click("main form:has(#email) button")
    code = str((await town.place.letter(email, "your code"))["Subject"])[:6]
    await page.fill("#code", code)
    await page.click("main form:has(#code) button")
    await page.click(f"a:has-text('{number}')")
    await see(page, "my-case")
    return await page.inner_text("main")


async def test_an_in_app_report_of_a_private_message(town: Town) -> None:
    place, people = town.place, town.people
    mia, lou = town.office[OTHER], town.office[LEAD]
    before = place.figures()
    for text in ("see you at six", "I know where you live", "sorry"):
        await people.do("say", OLGA, to=people.ids[RITA], text=text)
    olga = people.ids[OLGA]
    threat = await until_read(town, RITA, olga, "I know where you live")
    number = await reported(town, RITA, olga, [threat], ILLEGAL, "Violence, trafficking")
    await mia.open(number)
    assert "I know where you live" not in await mia.main()
    await mia.page.fill("#f-why", "is it a threat?")
    await mia.press("/copy")
    await mia.page.wait_for_selector("text=I know where you live")
    assert "see you at six" not in await mia.main()
    await mia.see("private-copy")
    await tell_of_threat(mia, number)

    await ask_context(mia)
    await mia.said()
    await mia.see("private-asked")
    assert "see you at six" not in await mia.main(), "asking opens nothing"
    await lou.agree(number)
    await mia.open(number)
    await ask_context(mia)
    await mia.page.wait_for_selector("text=see you at six")
    await mia.see("private-context")
    await mia.open(number)
    await ask_context(mia)
    await mia.said()
    assert "see you at six" not in await mia.main(), "each look needs two people anew"
    logged = place.logged(number)
    assert logged.count("content.context") == 1
    assert logged.index("second.use") < logged.index("content.context"), logged

    await mia.decide(
        number, topic="STATEMENT_CATEGORY_VIOLENCE/KEYWORD_OTHER", keyword_other="threats"
    )
    await until(lambda: [one for one in people.seen if one["event"] == "deleted"])
    for who, other in ((OLGA, RITA), (RITA, OLGA)):
        assert await people.texts(who, people.ids[other]) == ["see you at six", "sorry"]
    await place.later(UNDO)
    await people.told(RITA, number, REASONS["law"])
    assert statement(town, number) == {}, "what is said in private is no platform"
    await counted(town, before, "notices")


async def tell_of_threat(by: Colleague, number: str) -> None:
    """Tell the authority of the words of the report: by keyboard, alone, seen before it leaves."""
    await by.open(number)
    async with by.page.expect_navigation():
        await by.keys("w")
    await by.page.click("summary:has-text('Words of the sealed copy')")
    async with by.page.expect_navigation():
        await by.page.click("button[formaction$='/words']")
    assert "I know where you live" in await by.page.inner_text("section.card"), "the letter"
    await by.see("threat")
    async with by.page.expect_navigation():
        await by.keys("n")
    assert "The authority is told" in await by.said()
    letter = text_of(await by.place.letter("menace@pharos.example", number))
    assert "I know where you live" in letter
    assert "see you at six" not in letter, "what is necessary and no more"
    assert "Authority told of a threat: PHAROS" in await by.main()


async def ask_context(by: Colleague) -> None:
    """Ask for what was said around a report, or see it where it was agreed to."""
    await by.unfold("/context")
    await by.page.fill("#f-context-why", "a threat, or a joke?")
    async with by.page.expect_navigation():
        await by.press("/context")


async def until_read(town: Town, who: str, of: int, text: str) -> int:
    """The number of a message in somebody's own chat, once it is there."""
    async with asyncio.timeout(GUARD):
        while True:
            for one in await town.people.do("read", who, of=of):
                if one["text"] == text:
                    return int(one["id"])
