"""The desk in a real Chromium with virtual authenticators: in, sign, second; looks; keys."""

from __future__ import annotations

import asyncio
import contextlib
import json
from email.message import EmailMessage

import pytest

from petitbleu.desk.intake import service as intake
from petitbleu.desk.records.audit import heads
from petitbleu.domain.safety.case_numbers import service as case_numbers
from tests.desk.adjudication.decisions.deciding import FORM, NOTICE, TCO, scene
from tests.desk.kit import opened
from tests.domain.publishing.comments.kit import talk
from tests.domain.safety.antispam.kit import BAD, train
from tests.kit.chromium import Chromium, look, whole
from tests.kit.desk import add_staff
from tests.kit.waiting import GUARD, asked_until

pytestmark = pytest.mark.browser
NOTIFICATIONS = """navigator.serviceWorker.ready.then((worker) => worker.getNotifications())
  .then((all) => all.map((one) => [one.title, one.body]))"""


async def fill_invitation(window: object, name: str) -> None:
    page = window.page  # type: ignore[attr-defined]
    await page.fill("#f-name", name)
    await page.fill("#f-email", f"{name.lower()}@example.org")
    await page.check("input[name=role][value=legal]")


@pytest.mark.sometimes(2)
async def test_invite_passkey_sign_in_sign_and_second_signature(chromium: Chromium) -> None:
    desk = chromium.desk
    ada = await chromium.enter("director")
    await ada.go("/desk/team")
    await fill_invitation(ada, "Bo")
    await ada.page.click("#invite button")
    await ada.page.wait_for_selector("text=Number 2 is invited")
    bea = await chromium.enter("lead")
    await ada.go("/desk/team")
    await fill_invitation(ada, "Cyd")
    await ada.page.click("#invite button")
    await ada.page.wait_for_selector("text=Request 1 waits")
    await bea.go("/desk/seconds/1")
    assert "under second reading" in await bea.words()
    await bea.page.fill("#f-reason", "We need one.\nAgreed.")
    await bea.page.click("button[value=agree]")
    await bea.page.wait_for_selector("text=Number 4 is invited")
    assert (await desk.actions())[-3:] == ["staff.add", "staff.invite", "view"]
    assert "second.agree" in await desk.actions()
    await bea.page.click("text=Sign out")
    await bea.page.wait_for_url("**/desk/sign-in")
    await bea.go("/desk/team")
    assert "Use my passkey" in await bea.words()
    assert ada.problems == bea.problems == []


async def test_a_device_that_serves_one_person_refuses_a_second(chromium: Chromium) -> None:
    ada = await chromium.enter("director")
    app = chromium.desk.world.app
    _, link = await app.store.write(add_staff, app, "lead")
    await ada.page.goto(link)
    await ada.page.click("form[data-passkey=create] button")
    await ada.page.wait_for_selector("text=already belongs to somebody at the desk")
    assert ada.page.url == link


async def test_a_signature_after_two_minutes_is_refused(chromium: Chromium) -> None:
    ada = await chromium.enter("director")
    await ada.go("/desk/team")
    await fill_invitation(ada, "Bo")
    clock = chromium.desk.world.clock

    async def slow(route: object) -> None:
        answer = await route.fetch()  # type: ignore[attr-defined]
        clock.advance(121)
        await route.fulfill(response=answer)  # type: ignore[attr-defined]

    await ada.page.route("**/desk/touch**", slow)
    await ada.page.click("#invite button")
    await ada.page.wait_for_selector("text=it counts for two minutes")
    assert "staff.invite" not in (await chromium.desk.actions())[5:]
    await ada.page.unroute("**/desk/touch**")
    await ada.page.click("main form button")
    await ada.page.wait_for_selector("text=Number 2 is invited")


@pytest.mark.sometimes(2)
async def test_keys_do_what_buttons_do_and_can_be_turned_off(chromium: Chromium) -> None:
    ada = await chromium.enter("director")
    await chromium.enter("triage")
    await ada.go("/desk/team")
    await ada.page.keyboard.press("?")
    await ada.page.wait_for_url("**/desk/keys")
    await ada.go("/desk/team")
    await ada.page.keyboard.press("j")
    await ada.page.keyboard.press("j")
    assert await ada.page.evaluate("document.querySelector('.here td').textContent") == "2"
    await ada.page.keyboard.press("o")
    await ada.page.wait_for_url("**/desk/team/2")
    await ada.page.focus("#f-name")
    await ada.page.keyboard.type("b?")
    assert ada.page.url.endswith("/desk/team/2"), "keys are letters in a field"
    await ada.page.evaluate("document.activeElement.blur()")
    await ada.page.keyboard.press("b")
    await ada.page.wait_for_url("**/desk/rest")
    await ada.page.click("button")
    await ada.page.wait_for_url("**/desk")
    await ada.go("/desk/settings")
    await ada.page.uncheck("input[name=keys]")
    await ada.page.click("form[action='/desk/settings/own'] button")
    await ada.page.wait_for_selector("text=Saved.")
    await ada.page.keyboard.press("?")
    await ada.page.wait_for_timeout(200)
    assert "/desk/settings" in ada.page.url
    assert ada.problems == []


@pytest.mark.sometimes(2)
async def test_without_script_all_but_passkeys_works(chromium: Chromium) -> None:
    ada = await chromium.enter("director")
    cookies = await ada.context.cookies()
    bare = await chromium.window(java_script_enabled=False)
    await bare.context.add_cookies(cookies)  # type: ignore[arg-type]
    await bare.go("/desk/settings")
    assert "needs JavaScript" in await bare.words()
    await bare.page.select_option("#f-language", "fr")
    await bare.page.click("form[action='/desk/settings/own'] button")
    assert "Enregistré" in await bare.words()
    out = await chromium.window(java_script_enabled=False)
    await out.go("/desk/sign-in")
    assert "Passkeys need JavaScript" in await out.words()


@pytest.mark.sometimes(2)
async def test_pages_are_accessible_and_fit_a_phone(chromium: Chromium) -> None:
    app = chromium.desk.world.app
    ada = await chromium.enter("director", "lead")
    await chromium.enter("lead", on_call=True)
    await chromium.enter("triage", queues=["art16_notice"], name="Zoë")
    await ada.go("/desk/team/3")
    await ada.page.check("input[name=role][value=legal]")
    await ada.page.click("form[action$=change] button")
    await ada.page.wait_for_selector(".said")
    for name in ("", "team", "team/2", "seconds", "seconds/1", "log", "settings", "keys", "rest"):
        await ada.go(f"/desk/{name}".rstrip("/"))
        await look(ada.page, name.replace("/", "-") or "home")
    out = await chromium.window()
    _, link = await app.store.write(add_staff, app, "legal")
    for name, url in (("invitation", link), ("sign-in", f"{chromium.base}/desk/sign-in")):
        await out.page.goto(url)
        await look(out.page, name)
    assert ada.problems == out.problems == []


@pytest.mark.sometimes(2)
async def test_hashes_keys_addresses_and_file_names_are_never_cut(chromium: Chromium) -> None:
    world = chromium.desk.world
    await heads.sign(world.app)
    ada = await chromium.enter("director", "lead", "legal", "dpo", "triage", language="fr")
    address = f"greffe.correctionnel.urgences.penales@{'tribunal-judiciaire.' * 3}example"
    await chromium.enter("lead", email=address, name="Bo", language="fr")
    await ada.go("/desk/team/2")
    await ada.page.check("input[name=role][value=legal]")
    await ada.page.click("form[action$=change] button")
    await ada.page.wait_for_selector(".said")
    letter = EmailMessage()
    letter["From"] = f"Greffe <{address}>"
    letter["To"] = "contact@chat.example.org"
    letter["Subject"] = "Signalement"
    letter["Message-ID"] = "<1@tribunal.example>"
    letter.set_content(f"https://chat.example.org/{'c' * 120}")
    letter.add_attachment(b"%PDF-1.4", "application", "pdf", filename=f"{'ordonnance_' * 20}.pdf")
    number = (await intake.deliver(world.app, bytes(letter), channel="smtp")).case
    for name in ("team", "seconds/1", "log", "settings", f"cases/{case_numbers.text(number)}"):
        await ada.go(f"/desk/{name}")
        await whole(ada.page, "main :is(code, td, th, dd, li, p)", f"long-{name.partition('/')[0]}")
    assert ada.problems == []


@pytest.mark.sometimes(2)
async def test_longer_french_words_fit_a_phone_too(chromium: Chromium) -> None:
    ada = await chromium.enter("director", "lead", language="fr")
    await ada.page.set_viewport_size({"width": 320, "height": 700})
    for name in ("", "/team", "/seconds", "/log", "/settings", "/keys"):
        await ada.go(f"/desk{name}")
        assert await ada.page.evaluate("document.documentElement.lang") == "fr"
        wide = await ada.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, name


async def test_a_pushed_alarm_is_shown_without_names(chromium: Chromium) -> None:
    ada = await chromium.enter("lead")
    await ada.context.grant_permissions(["notifications"])
    await ada.go("/desk/settings")
    await ada.page.evaluate("navigator.serviceWorker.register('/desk/worker.js')")
    await ada.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    session = await ada.context.new_cdp_session(ada.page)
    registered = asyncio.get_running_loop().create_future()

    def seen(event: dict[str, list[dict[str, str]]]) -> None:
        if event["registrations"] and not registered.done():
            registered.set_result(event["registrations"][0]["registrationId"])

    session.on("ServiceWorker.workerRegistrationUpdated", seen)
    await session.send("ServiceWorker.enable")
    message = {"title": "PB-2026-000001", "text": "1 h", "urgency": "critical"}
    pushed = {
        "origin": chromium.base,
        "registrationId": await registered,
        "data": json.dumps(message),
    }
    shown: list[list[str]] = []
    async with asyncio.timeout(GUARD):
        while not shown:  # a push service, too, says again what a browser did not take
            await session.send("ServiceWorker.deliverPushMessage", pushed)
            with contextlib.suppress(TimeoutError):
                shown = await asked_until(lambda: ada.page.evaluate(NOTIFICATIONS), 5)
    assert {tuple(one) for one in shown} == {("PB-2026-000001", "1 h")}


@pytest.mark.sometimes(2)
async def test_the_workplace_looks_right(chromium: Chromium) -> None:
    world = chromium.desk.world
    at = await scene(world)
    name = case_numbers.text(await at.open(NOTICE))
    order = await opened(
        world,
        "tco_removal_order",
        urgency=0,
        title="Removal order under Regulation (EU) 2021/784",
        reference="AT-2026-0093",
        targets=[at.link()],
        warnings=["no_prior_information"],
        authority={"name": "DSN", "country": "AT", "domain": "dsn.example", "trust": "unknown"},
    )
    ada = await chromium.enter("legal")
    for path, called in (
        ("/desk/mail", "mail"),
        ("/desk/queues", "queues"),
        (f"/desk/cases/{case_numbers.text(order)}", "case"),
        (f"/desk/cases/{name}/decide", "decide"),
        (f"/desk/cases/{case_numbers.text(order)}/disclose", "disclose"),
        ("/desk/holds", "holds"),
        ("/desk/disclosures", "disclosures"),
        ("/desk/search?q=removal", "search"),
    ):
        await ada.go(path)
        await look(ada.page, called)
    assert ada.problems == []


@pytest.mark.sometimes(2)
async def test_a_case_is_decided_by_keyboard(chromium: Chromium) -> None:
    at = await scene(chromium.desk.world)
    name = case_numbers.text(await at.open(NOTICE))
    ada = await chromium.enter("legal")
    page = ada.page
    await ada.go("/desk/queues?kind=art16_notice")
    for key in ("j", "o"):
        await page.keyboard.press(key)
    await page.wait_for_url(f"**/desk/cases/{name}")
    await page.keyboard.press("a")
    await page.wait_for_selector("text=The case is yours")
    await page.keyboard.press("m")
    await page.wait_for_url("**/decide")
    for field, words in (("law", FORM["law"]), ("why", FORM["why"]), ("facts", FORM["facts"])):
        await page.focus(f"#f-{field}")
        await page.keyboard.type(words)
    for field, value in (
        ("measures\\.0\\.kind", "remove"),
        ("ground", "illegal"),
        ("topic", f"{FORM['category']}/{FORM['keywords'][0]}"),
        ("source", "notice"),
        ("threat_to_life", "no"),
    ):
        await page.select_option(f"#f-{field}", value)
    await page.check("input[name=content_types][value=CONTENT_TYPE_TEXT]")
    await page.fill("#f-content_date", FORM["content_date"])
    await page.focus("h1 a")
    await page.keyboard.press("t")
    await page.wait_for_selector("text=Row of the EU database")
    await look(page, "preview")
    await page.focus("h1 a")
    await page.keyboard.press("n")
    await page.wait_for_selector("text=Decided. The measure is in force.")
    await look(page, "decided")
    assert await at.place.history(at.bob) == []
    assert ada.problems == []


async def test_a_digit_picks_the_kind_and_enter_sorts(chromium: Chromium) -> None:
    number = case_numbers.text(await opened(chromium.desk.world, "unsorted", title="Hello"))
    ada = await chromium.enter("triage")
    await ada.go(f"/desk/cases/{number}")
    await ada.page.keyboard.press("6")
    assert await ada.page.input_value("#f-kind") == "dsar"
    async with ada.page.expect_navigation():
        await ada.page.keyboard.press("Enter")
    assert "Data-subject request" in await ada.page.inner_text("h1")
    assert ada.problems == []


async def test_comments_are_judged_by_keys_one_after_the_other(chromium: Chromium) -> None:
    here = await talk(chromium.desk.world)
    await train(chromium.desk.world.app)
    for text in ("Un mot pour la voirie.", "Le marché déborde.", "La fontaine fuit."):
        await here.wrote(text)
    await here.wrote(BAD.format(77), "Best Pills")
    ada = await chromium.enter("comments")
    await ada.go("/desk/comments")
    await look(ada.page, "comments")
    await ada.page.set_viewport_size({"width": 1280, "height": 900})
    await ada.page.keyboard.press("j")
    await ada.page.keyboard.press("j")
    await ada.page.keyboard.press("s")
    await ada.page.wait_for_url("**/desk/comments?*done=comment_spam*")
    assert "fontaine" in await ada.page.inner_text("[data-row].here")
    await ada.page.keyboard.press("h")
    await ada.page.wait_for_url("**/desk/comments?*done=comment_ham*")
    assert [one.message.partition("\n")[2] for one in await here.said()] == ["La fontaine fuit."]
    await ada.go("/desk/comments?box=spam")
    await ada.page.fill("#f-score", "60")
    await ada.page.click("text=Look")
    await ada.page.wait_for_selector("text=with 60 % and more: 1")
    await look(ada.page, "comments-bulk")
    await ada.page.click("button[name=confirmed]")
    await ada.page.wait_for_url("**/desk/comments?*done=comments_bulk*")
    assert ada.problems == []


async def test_letters_typing_and_people_are_legible_everywhere(chromium: Chromium) -> None:
    at = await scene(chromium.desk.world)
    case = await at.open(NOTICE)
    await at.decide(case, at.form(manifest="yes"))
    order = case_numbers.text(await at.open(TCO))
    ada = await chromium.enter("legal", language="fr")
    for path, name in (
        ("/desk/mail/new", "typing"),
        (f"/desk/cases/{order}/letter", "letter"),
        (f"/desk/cases/{case_numbers.text(case)}/people", "people"),
    ):
        await ada.go(path)
        await look(ada.page, name)
    assert ada.problems == []


async def test_time_left_of_my_case_is_announced_and_a_lost_connection_loses_no_word(
    chromium: Chromium,
) -> None:
    world = chromium.desk.world
    ada = await chromium.enter("legal")
    soon = int(world.clock.now()) + 3  # the acknowledgement is due in 15 minutes and 3 seconds
    number = await opened(world, "tco_removal_order", urgency=0, received_at=soon)
    page = f"/desk/cases/{case_numbers.text(number)}"
    await ada.go(page)
    assert await ada.page.locator("[data-left]").count() == 0, "nobody's case says nothing aloud"
    await ada.page.click("button[data-key=a]")
    await ada.page.wait_for_url(f"**{page}*")
    place = ada.page.locator("[data-left]")
    assert await place.get_attribute("aria-live") == "polite"
    await ada.page.wait_for_selector("text=15 minutes are left in this case.")
    await ada.page.click("summary[data-key=c]")
    await ada.page.fill("#f-text", "Called the ministry.")
    button = ada.page.locator("form[action$='/note'] button")
    await ada.page.context.set_offline(True)
    await ada.page.wait_for_selector("text=The connection is lost.")
    assert await button.is_disabled()
    await ada.page.context.set_offline(False)
    await ada.page.wait_for_selector("#lost", state="hidden")
    assert await ada.page.input_value("#f-text") == "Called the ministry."
    await button.click()
    await ada.page.wait_for_selector("text=Called the ministry.")
    assert ada.problems == []
