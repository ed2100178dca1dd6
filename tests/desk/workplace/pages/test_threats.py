"""The page that tells an authority of a threat to life: proposed, seen, signed, sent."""

from __future__ import annotations

import re
from typing import Any

import pytest

from petitbleu.desk.adjudication.decisions import threats
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.reference.directory import service as directory
from petitbleu.domain.safety.case_numbers import service as case_numbers
from tests.desk.adjudication.decisions.deciding import NOTICE, Scene, scene
from tests.desk.adjudication.decisions.test_threats import ABROAD, COURT, EUROPOL, HOME, THREAT
from tests.domain.safety.moderation.place import service_chat
from tests.kit.chromium import Chromium, look
from tests.kit.desk import DeskSite, Fields, Person
from tests.kit.web import Answer

POLICE = "menace@interieur.example"
WORDS = "Je sais où tu habites, ce sera demain."


async def ready(desk: DeskSite, *entries: dict[str, Any], **more: Any) -> tuple[Scene, str]:
    """A case about a post, and the address of its page."""
    await directory.add(desk.world.app, entries or [HOME, ABROAD, EUROPOL, COURT], "operator")
    at = await scene(desk.world)
    number = await at.open(THREAT | more)
    await at.settle()
    return at, f"/desk/cases/{case_numbers.text(number)}"


def proposed(page: Answer) -> dict[str, str | list[str]]:
    """What the form would send as it stands."""
    fields: dict[str, str | list[str]] = {}
    for name in ("seen", "at"):
        (fields[name],) = re.findall(rf'name="{name}" value="([^"]*)"', page.text)
    (fields["authority"],) = re.findall(r'name="authority" value="([^"]+)" checked', page.text)
    for name in ("item", "person"):
        fields[name] = re.findall(rf'name="{name}" value="([^"]+)" checked', page.text)
    (fields["facts"],) = re.findall(r'<textarea id="f-facts"[^>]*>([^<]*)</textarea>', page.text)
    return fields


async def seen(by: Person, base: str, **more: str | list[str]) -> Fields:
    """The form with words, looked at."""
    page = await by.get(f"{base}/threat")
    fields = proposed(page) | {"facts": WORDS} | more
    page = await by.post(f"{base}/threat/preview", fields)
    assert page.status == 200, page.words
    assert WORDS in page.words
    return proposed(page)


async def test_one_person_tells_the_authority_in_one_step(desk: DeskSite) -> None:
    at, base = await ready(desk)
    ada = await desk.person("moderator")
    case = await ada.get(base)
    assert "Tell an authority of a threat" in case.words and 'data-key="w"' in case.text
    fields = await seen(ada, base)
    assert (fields["authority"], fields["item"]) == ("interieur.example", [at.link()])
    assert fields["person"] == [str(at.ada.user_id)]
    assert at.mails(POLICE) == [], "a look sends nothing"
    told = await ada.sign(f"{base}/threat", fields)
    assert told.status == 303, told.words
    await at.settle()
    (mail,) = at.mails(POLICE)
    assert WORDS in mail.text and str(at.ada.user_id) in mail.text and at.link() in mail.text
    assert not [one for one in await service_chat(at.ada) if WORDS in one]
    case = await ada.get(base)
    assert "Authority told of a threat: PHAROS" in case.words
    assert "authority told of a threat to life" in case.words, "in the time line"
    clock = re.findall(r'<ul class="clocks">.*?</ul>', case.text, re.S)[0]
    assert "done" in clock and "Done</button>" not in clock, "the clock of Article 18 has ended"
    assert "threat.inform" in await desk.actions()
    assert "second.ask" not in await desk.actions(), "one person suffices"
    decide = await ada.get(f"{base}/decide")
    assert "PHAROS" in decide.text, "the decision form knows whom was told"


async def test_no_letter_leaves_that_was_not_seen(desk: DeskSite) -> None:
    at, base = await ready(desk)
    ada = await desk.person("legal")
    fields = {**await seen(ada, base), "facts": f"{WORDS} Et sa mère."}
    page = await ada.sign(f"{base}/threat", fields)
    assert page.status == 422 and "not the one you saw" in page.words
    assert "Et sa mère." in page.words, "it is shown now"
    assert await letters.of_case(desk.world.app.store, case_numbers.parse(base[12:]) or 0) == []
    assert (await ada.sign(f"{base}/threat", proposed(page))).status == 303
    await at.settle()
    assert len(at.mails(POLICE)) == 1


async def test_what_is_not_ticked_does_not_go_along(desk: DeskSite) -> None:
    at, base = await ready(desk)
    ada = await desk.person("moderator")
    fields = await seen(ada, base, person=[], item=[])
    assert (await ada.sign(f"{base}/threat", fields)).status == 303
    await at.settle()
    (mail,) = at.mails(POLICE)
    assert str(at.ada.user_id) not in mail.text and at.link() not in mail.text
    assert base[12:] in mail.text


async def test_the_words_of_the_sealed_copy_are_taken_and_the_look_is_logged(
    desk: DeskSite,
) -> None:
    at, base = await ready(desk)
    ada = await desk.person("moderator")
    page = await ada.get(f"{base}/threat")
    assert "Saluons" not in page.words and "content.target" not in await desk.actions()
    (copy,) = (await at.case(case_numbers.parse(base[12:]) or 0)).sealed.values()
    taken = await ada.post(f"{base}/threat/words", {"report": case_numbers.text(copy)})
    assert "Saluons l’attentat" in taken.words and "content.target" in await desk.actions()
    assert (await ada.sign(f"{base}/threat", proposed(taken))).status == 303, "one step more"
    other = await ada.post(f"{base}/threat/words", {"report": "PB-2027-999999"})
    assert other.status == 404


async def test_who_may_not_decide_may_not_tell(desk: DeskSite) -> None:
    at, base = await ready(desk)
    ada, tim = await desk.person("moderator"), await desk.person("triage")
    fields = await seen(ada, base)
    assert "/threat" not in (await tim.get(base)).text
    assert (await tim.get(f"{base}/threat")).status == 403
    assert (await tim.sign(f"{base}/threat", fields)).status == 403
    assert (await ada.post(f"{base}/threat", fields)).status == 403, "it is signed"
    await at.settle()
    assert at.mails(POLICE) == []


async def test_a_case_that_somebody_else_has_can_be_told_of_all_the_same(desk: DeskSite) -> None:
    at, base = await ready(desk, kind=NOTICE["kind"])
    bea, ada = await desk.person("moderator"), await desk.person("moderator")
    assert (await bea.post(f"{base}/take")).status == 303
    assert (await ada.sign(f"{base}/threat", await seen(ada, base))).status == 303
    await at.settle()
    assert len(at.mails(POLICE)) == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "telephone the police now (112"), ("fr", "téléphonez à la police maintenant (112")],
)
async def test_without_an_authority_the_page_says_how_to_add_one(
    desk: DeskSite, language: str, said: str
) -> None:
    _, base = await ready(desk, COURT)
    ada = await desk.person("legal", language=language)
    page = await ada.get(f"{base}/threat")
    words = page.words.replace("\u00a0", " ")
    assert said in words and "petitbleu desk authorities import" in words
    assert "<textarea" not in page.text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("facts", "", "Say what is known"),
        ("at", "tomorrow", "Say when it was written"),
        ("authority", "evil.example", "Choose an authority of the directory"),
        ("item", ["https://x.example/"], "Only what the case itself names"),
        ("person", ["1"], "Only what the case itself names"),
        ("person", ["9" * 40, "-", "x"], ""),
    ],
)
async def test_what_is_missing_is_said_and_every_word_stays(
    desk: DeskSite, field: str, value: str | list[str], said: str
) -> None:
    _, base = await ready(desk)
    ada = await desk.person("legal")
    fields = {**await seen(ada, base), field: value}
    page = await ada.post(f"{base}/threat/preview", fields)
    assert page.status == (422 if said else 200) and said in page.words
    assert field == "facts" or WORDS in page.text
    assert field != "at" or 'value="tomorrow"' in page.text


@pytest.mark.browser
async def test_the_walk_by_keyboard_in_a_browser(chromium: Chromium) -> None:
    at, base = await ready(chromium.desk)
    ada = await chromium.enter("moderator")
    await ada.go(base)
    await ada.page.keyboard.press("w")
    await ada.page.wait_for_url("**/threat")
    await look(ada.page, "threat")
    await ada.page.fill("#f-facts", WORDS)
    await ada.page.evaluate("document.activeElement.blur()")
    async with ada.page.expect_navigation():
        await ada.page.keyboard.press("t")
    assert WORDS in await ada.page.inner_text("section.card")
    async with ada.page.expect_navigation():
        await ada.page.keyboard.press("n")
    await ada.page.wait_for_selector("text=The authority is told")
    await at.settle()
    assert len(at.mails(POLICE)) == 1
    (told,) = await threats.informed(
        chromium.desk.world.app.store, case_numbers.parse(base[12:]) or 0
    )
    assert told.name == "PHAROS"
    assert ada.problems == []
