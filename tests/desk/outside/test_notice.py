"""The notice form, as somebody without an account, a script or a cookie sees it."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent, CaseState
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.outside import shield
from petitbleu.desk.outside.door import TEXTS
from petitbleu.desk.records.vault import service as vault
from petitbleu.desk.reference.directory import service as directory
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.query import query
from tests.kit.web import Answer, Browser
from tests.kit.world import World

HATE = "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH/KEYWORD_HATE_SPEECH"
CHILD = "STATEMENT_CATEGORY_PROTECTION_OF_MINORS/KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL"
NOTICE = {
    "links": "https://chat.example.org/canal/12\n@canal",
    "category": HATE,
    "explanation": "The post calls for violence against a group of people <b>.",
    "law": "French Penal Code, article R625-7",
    "name": "Grace Hopper",
    "email": "Grace@example.org",
    "language": "fr",
    "faith": "1",
}
_CASES = query("select count(*) from desk_case")
_INBOUND = query("select sha, channel, number, state from desk_inbound order by id")


def hidden(page: Answer) -> dict[str, str]:
    """The fields of a form that nobody fills in."""
    return {name: page.values()[name] for name in (shield.TRAP, shield.TIME)}


async def filled(world: World, browser: Browser, **more: str) -> dict[str, str]:
    """A form somebody has opened, read and filled in."""
    form = await browser.get("/signaler")
    world.clock.advance(30)
    return hidden(form) | NOTICE | more


async def sent(world: World, browser: Browser, **more: str) -> Answer:
    return await browser.post("/signaler", await filled(world, browser, **more))


def number_and_key(page: Answer) -> tuple[str, str]:
    found = re.findall(r'<p class="number">([^<]+)</p>', page.text)
    assert len(found) == 2, page.words
    return found[0], found[1]


async def case_of(world: World, page: Answer) -> CaseState:
    number = case_numbers.parse(number_and_key(page)[0])
    assert number is not None
    state = await cases.get(world.app.store, number)
    assert state is not None
    return state


async def count(world: World) -> int:
    rows = await world.app.store.rows(_CASES)
    return int(rows[0][0])


async def letter(world: World, state: CaseState) -> str:
    row = (await letters.of_case(world.app.store, state.number))[-1]
    return (await vault.get(world.app, row.sha)).decode()


async def test_a_notice_becomes_a_case_with_number_and_key(world: World, browser: Browser) -> None:
    page = await sent(world, browser)
    assert page.status == 200
    state = await case_of(world, page)
    assert (state.kind, state.urgency, state.channel) == ("art16_notice", 2, "form")
    assert state.sender == "grace@example.org"
    assert state.targets == ["https://chat.example.org/canal/12", "@canal"]
    assert state.category == "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH"
    assert state.facts["keyword"] == "KEYWORD_HATE_SPEECH"
    assert state.facts["explanation"] == NOTICE["explanation"]
    assert "dsa16.acknowledge" not in state.done, "the receipt is written, not sent"
    (receipt,) = await letters.of_case(world.app.store, state.number)
    await letters.send(world.app, receipt.id)
    assert "dsa16.acknowledge" in (await case_of(world, page)).done
    assert any(c.id == "dsa16.decide" and c.due for c in cases.clocks(world.app, state))
    assert page.headers["cache-control"] == "no-store"
    assert "noindex" in page.headers["x-robots-tag"]


async def test_the_raw_form_is_kept_as_it_was_typed(world: World, browser: Browser) -> None:
    state = await case_of(world, await sent(world, browser))
    [(sha, channel, number, at)] = await world.app.store.rows(_INBOUND)
    assert (channel, number, at) == ("form", state.number, "worked")
    raw = await vault.get(world.app, sha)
    assert b"calls for violence against a group of people <b>." in raw


async def test_the_receipt_asks_to_confirm_the_address(world: World, browser: Browser) -> None:
    state = await case_of(world, await sent(world, browser))
    text = await letter(world, state)
    assert "Votre signalement" in text, "in the language that was asked for"
    found = re.search(r"https://chat\.example\.org(/signaler/adresse/\S+)", text.replace("=\n", ""))
    assert found is not None
    link = found[1]
    opened = await browser.get(link)
    assert "Yes, this is my address" in opened.words
    fresh = await cases.get(world.app.store, state.number)
    assert fresh is not None
    assert fresh.facts["contact_confirmed"] is False, "opening a link alone confirms nothing"
    assert (await browser.post(link)).status == 200
    fresh = await cases.get(world.app.store, state.number)
    assert fresh is not None
    assert fresh.facts["contact_confirmed"] is True
    assert (await browser.post(link)).status == 200, "twice is once"


async def test_a_trusted_flagger_is_one_once_the_address_is_confirmed(
    world: World, browser: Browser
) -> None:
    flagger = {"name": "e-Enfance", "country": "FR", "domain": "example.org", "trusted_flagger": 1}
    await directory.add(world.app, [flagger], "operator")
    state = await case_of(world, await sent(world, browser))
    assert state.kind == "art16_notice", "anybody can type an address"
    text = (await letter(world, state)).replace("=\n", "")
    link = re.search(r"/signaler/adresse/\S+", text)
    assert link is not None
    await browser.post(link[0])
    fresh = await cases.get(world.app.store, state.number)
    assert fresh is not None
    assert (fresh.kind, fresh.urgency) == ("trusted_flagger_notice", 1)
    assert fresh.authority is not None
    assert fresh.authority.trust == "trusted-flagger-list"


@pytest.mark.parametrize("path", ["/signaler/adresse/nonsense", "/signaler/adresse/" + "A" * 900])
async def test_a_link_that_is_not_ours_says_what_to_do(browser: Browser, path: str) -> None:
    for page in (await browser.get(path), await browser.post(path)):
        assert page.status == 410
        assert "The report itself is not lost" in page.words


async def test_child_abuse_may_be_reported_anonymously(world: World, browser: Browser) -> None:
    page = await sent(world, browser, category=CHILD, name="", email="", anonymous="1")
    state = await case_of(world, page)
    assert (state.kind, state.urgency, state.sender) == ("csam_notice", 0, "")
    assert state.facts["anonymous"] is True
    assert await letters.of_case(world.app.store, state.number) == []
    form = await browser.get("/signaler")
    assert 'type="file"' not in form.text, "no upload"
    assert "Do not send us files" in form.words


async def test_an_anonymous_notice_keeps_no_name_that_was_typed(
    world: World, browser: Browser
) -> None:
    state = await case_of(world, await sent(world, browser, category=CHILD, anonymous="1"))
    assert (state.sender, state.facts["notifier"]) == ("", "")
    [(sha, *_)] = await world.app.store.rows(_INBOUND)
    assert b"Hopper" not in await vault.get(world.app, sha)


WRONG = {
    "links": ("", "links.missing"),
    "category": ("STATEMENT_CATEGORY_NONSENSE", "category.missing"),
    "explanation": ("Too short.", "explanation.short"),
    "law": ("x" * 301, "law.long"),
    "name": (" ", "name.missing"),
    "email": ("grace@", "email.invalid"),
    "anonymous": ("1", "anonymous.other"),
    "faith": ("", "faith.missing"),
}


@pytest.mark.parametrize("field", WRONG)
async def test_a_refused_form_keeps_every_word(lite: Browser, field: str) -> None:
    value, reason = WRONG[field]
    typed = hidden(await lite.get("/signaler")) | NOTICE | {field: value}
    page = await lite.post("/signaler", typed)
    assert page.status == 422
    words = TEXTS["en"][reason].format(least=20, longest=20000, most=100, law=300)
    assert page.words.count(words) == 2, "at the top, and at its field"
    assert f'href="#{field}"' in page.text
    assert page.text.count('aria-invalid="true"') == 1
    shown = page.values()
    for name in ("law", "name", "email"):
        assert shown[name] == typed[name]
    assert "against a group of people &lt;b&gt;." in page.text or field == "explanation"


async def test_everything_wrong_is_said_at_once_in_the_order_of_the_form(
    browser: Browser,
) -> None:
    page = await browser.post("/signaler", {})
    found = re.findall(r'<li><a href="#(\w+)">', page.text)
    assert found == ["links", "category", "explanation", "name", "email", "faith"]


async def test_a_link_prefills_the_form(browser: Browser) -> None:
    page = await browser.get("/signaler?link=https%3A%2F%2Fx.example%2F%22%3E%3Cb%3E")
    assert "https://x.example/&#34;&gt;&lt;b&gt;</textarea>" in page.text


async def test_the_same_notice_twice_is_one_case(world: World, browser: Browser) -> None:
    typed = await filled(world, browser)
    first, again = [await browser.post("/signaler", typed) for _ in range(2)]
    assert number_and_key(first) == number_and_key(again)
    assert "You reported this before" in again.words
    assert await count(world) == 1
    events = await cases.timeline(world.app.store, (await case_of(world, first)).number)
    assert [e.kind for e in events].count("inbound") == 2


async def test_a_double_click_is_one_case(world: World, browser: Browser) -> None:
    typed = await filled(world, browser)
    pages = await asyncio.gather(*(browser.post("/signaler", typed) for _ in range(4)))
    assert len({number_and_key(page) for page in pages}) == 1
    assert await count(world) == 1


async def test_machines_are_told_to_try_again_and_people_lose_nothing(
    world: World, browser: Browser
) -> None:
    form = hidden(await browser.get("/signaler")) | NOTICE
    quick = await browser.post("/signaler", form)
    assert quick.status == 422
    assert TEXTS["en"]["shield.quick"] in quick.words
    world.clock.advance(3)
    trapped = await browser.post("/signaler", form | {"website": "https://spam.example"})
    assert TEXTS["en"]["shield.trap"] in trapped.words
    world.clock.advance(2 * 86_400)
    old = await browser.post("/signaler", form)
    assert TEXTS["en"]["shield.stale"] in old.words
    forged = await browser.post("/signaler", form | {shield.TIME: "1800000000.00"})
    assert TEXTS["en"]["shield.stale"] in forged.words
    assert await count(world) == 0
    world.clock.advance(3)
    assert (await browser.post("/signaler", hidden(old) | NOTICE)).status == 200


async def test_a_flood_from_one_place_is_told_when_to_try_again(
    world: World, browser: Browser
) -> None:
    form = await filled(world, browser)
    for n in range(20):
        more = {"explanation": f"Something is wrong here: {n}", "email": f"a{n}@example.org"}
        assert (await browser.post("/signaler", form | more)).status == 200
    form |= {"explanation": "One more of these, please look at it"}
    page = await browser.post("/signaler", form)
    assert page.status == 429
    assert int(page.headers["retry-after"]) > 0
    assert "One more of these" in page.text, "words are kept"
    assert "call 112 or write to legal@chez-nous.example" in page.words
    other = Browser(browser.app, ip="192.0.2.99")
    assert (await other.post("/signaler", form)).status == 200


async def test_an_endless_form_is_not_read(world: World, browser: Browser) -> None:
    page = await browser.post("/signaler", {"explanation": "x" * 300_000})
    assert page.status == 413


async def test_undecodable_bytes_are_words_that_cannot_be_taken(browser: Browser) -> None:
    page = await browser._send("POST", "/signaler", b"links=%ff%00&category=\xff&=&&x")
    assert page.status == 422


# ── following it ────────────────────────────────────────────────────────────────────────────────


async def test_number_and_key_show_where_it_stands(world: World, browser: Browser) -> None:
    page = await sent(world, browser)
    number, key = number_and_key(page)
    link = re.search(r'href="(/suivi/[^"]+)"', page.text)
    assert link is not None
    shown = await browser.get(link[1].replace("&amp;", "&"))
    assert shown.status == 200
    assert f"Case {number}" in shown.words
    assert 'aria-current="step">Received' in shown.text
    assert "We mean to decide by" in shown.words
    assert "noindex" in shown.headers["x-robots-tag"]
    state = await case_of(world, page)
    events = [CaseEvent("owner", {"staff": 7})]
    await world.app.store.write(cases.append, world.app, state.number, "staff:7", *events)
    again = await browser.get(f"/suivi/{number}?secret={key}")
    assert 'aria-current="step">Being looked at' in again.text
    assert "staff" not in again.words


async def test_the_typed_form_leads_to_the_page(world: World, browser: Browser) -> None:
    number, key = number_and_key(await sent(world, browser))
    answer = await browser.post("/suivi", {"number": f" {number.lower()} ", "key": key})
    assert answer.status == 303
    assert answer.headers["location"] == f"/suivi/{number}?secret={key}"


async def test_a_wrong_key_an_unknown_number_and_nonsense_get_the_same_answer(
    world: World, browser: Browser
) -> None:
    number, key = number_and_key(await sent(world, browser))

    async def answer(number: str, key: str) -> tuple[Any, ...]:
        page = await browser.post("/suivi", {"number": number, "key": key})
        words = page.words.replace(number, "#").replace(key, "#")
        return page.status, words, sorted(page.headers)

    unknown = await answer("PB-2026-999999", key)
    assert unknown[0] == 404
    assert await answer(number, "wrong") == unknown
    assert await answer("nonsense", "x") == unknown
    by_link = await browser.get(f"/suivi/{number}?secret=wrong")
    assert by_link.status == 404
    assert by_link.words == (await browser.get("/suivi/PB-2026-999999?secret=wrong")).words


async def test_keys_cannot_be_tried_without_end(browser: Browser) -> None:
    answers = [(await browser.get(f"/suivi/PB-2026-000001?secret={n}")).status for n in range(62)]
    assert answers[0] == 404
    assert answers[-1] == 429
