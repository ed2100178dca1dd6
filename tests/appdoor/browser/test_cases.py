"""Reporting from the page, the number at once, and one's own cases."""

from __future__ import annotations

import asyncio
import re
import time
from pathlib import Path

import pytest
from PIL import Image

from tests.appdoor.browser.looking import look
from tests.appdoor.browser.site import ADA, Member, Site

LONG = pytest.mark.long
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


async def choose(member: Member, text: str) -> None:
    """Choose an answer and go on."""
    await member.page.locator(".report .tick", has_text=text).locator("input").check()
    await member.page.click(".report .dialog-acts .primary")


async def number(member: Member) -> str:
    """The number of the report, once it is there."""
    found = await member.page.locator(".receipt strong").inner_text()
    assert re.fullmatch(r"PB-\d{4}-\d{6}", found), found
    return found


async def menu(member: Member, text: str, item: str) -> None:
    """Do something to a message by its menu."""
    await member.page.locator(".message", has_text=text).click(button="right")
    await member.page.locator("[role=menuitem]", has_text=item).click()


async def test_a_report_has_a_number_at_once_and_is_among_ones_cases(site: Site) -> None:
    telegram = site.telegram
    await telegram.do("channel", ADA, title="Le marché", name="marche_cases")
    await telegram.do("say", ADA, to="marche_cases", text="Cheap watches")
    reader = await site.join("Rita")
    page = reader.page
    await reader.go("/app/r/marche_cases")
    await reader.sees("Cheap watches")
    await menu(reader, "Cheap watches", "Report")
    await choose(reader, "It is illegal")
    await choose(reader, "Scam")
    await page.click(".report .dialog-acts .primary")
    assert "few words" in await page.inner_text(".report .wrong"), "words are asked for"
    await page.fill(".report textarea", "They never send anything.")
    began = time.monotonic()
    await page.click(".report .dialog-acts .primary")
    told = await number(reader)
    print(f"\nnumber after {time.monotonic() - began:.3f} s (goal 2)")
    notice = await page.get_attribute(".report .note a", "href")
    assert notice is not None and "/signaler?report=" in notice
    await reader.see("report-receipt-light")
    await page.locator(".report a", has_text="My cases").click()
    about = page.locator(".case", has_text=told).locator("p", has_text="Le marché")
    assert await about.inner_text() == "It is illegal: Scam, impersonation – Le marché"
    await reader.see("cases-report-light")
    await reader.close()


@LONG
async def test_danger_shows_whom_to_call_and_unwanted_makes_no_case(site: Site) -> None:
    telegram = site.telegram
    reader = await site.join("Dora")
    page = reader.page
    await telegram.do("contact", ADA, phone=reader.phone, name="Dora")
    await telegram.do("say", ADA, to=reader.id, text="I cannot go on")
    await page.click(".chat-row:has-text('Ada')")
    await reader.sees("I cannot go on")
    await menu(reader, "I cannot go on", "Report")
    await choose(reader, "Somebody is in danger")
    await page.locator(".emergency a[href='tel:112']").wait_for()
    await look(reader, "report-danger")
    await page.click(".report .dialog-acts .primary")
    await choose(reader, "self-harm")
    await page.click(".report .dialog-acts .primary")
    await number(reader)
    await page.locator("button", has_text="Block Ada").click()
    await page.locator(".offer-done", has_text="Blocked").wait_for()
    await page.locator(".report .dialog-acts .primary").click()
    await page.locator(".join-bar", has_text="blocked").wait_for()
    await page.click(".join-bar button")
    await menu(reader, "I cannot go on", "Report")
    await choose(reader, "do not want to see")
    await page.locator(".report-end", has_text="Nothing is sent").wait_for()
    await look(reader, "report-unwanted")
    await page.locator("button", has_text="Mute this chat").click()
    await page.locator(".offer-done", has_text="Muted").wait_for()
    await page.keyboard.press("Escape")
    await reader.go("/app/cases")
    await page.wait_for_selector(".case")
    assert await page.locator(".case").count() == 1, "of the one report"
    await reader.close()


@LONG
async def test_several_messages_at_once_and_what_goes_wrong_loses_nothing(site: Site) -> None:
    telegram = site.telegram
    await telegram.do("channel", ADA, title="Le rayon", name="rayon_cases")
    for text in ("Offer one", "Offer two", "Offer three"):
        await telegram.do("say", ADA, to="rayon_cases", text=text)
    reader = await site.join("Sami")
    page = reader.page
    await reader.go("/app/r/rayon_cases")
    await reader.sees("Offer three")
    await menu(reader, "Offer one", "Select")
    await page.locator(".message", has_text="Offer two").focus()
    await page.keyboard.press("s")
    await page.locator(".selection button", has_text="Report").click()
    await page.locator("dialog h2", has_text="Report 2 messages").wait_for()
    await look(reader, "report-choose")
    await choose(reader, "rules")
    await choose(reader, "people who run")
    await page.fill(".report textarea", "All of it is a scam.")
    await reader.context.set_offline(True)
    await page.click(".report .dialog-acts .primary")
    await reader.context.set_offline(False)
    first = await number(reader)
    await page.locator(".report .dialog-acts .primary").click()
    await menu(reader, "Offer one", "Select")
    await page.locator(".message", has_text="Offer two").focus()
    await page.keyboard.press("s")
    await page.locator(".selection button", has_text="Report").click()
    await choose(reader, "rules")
    await choose(reader, "people who run")
    await page.fill(".report textarea", "Look at it, please.")
    await page.click(".report .dialog-acts .primary")
    assert await number(reader) == first
    assert "already" in await page.inner_text(".report-end")
    await reader.close()


@LONG
async def test_a_person_is_blocked_and_reported_from_the_panel(site: Site) -> None:
    telegram = site.telegram
    reader = await site.join("Bea")
    page = reader.page
    await telegram.do("contact", ADA, phone=reader.phone, name="Bea")
    await telegram.do("say", ADA, to=reader.id, text="Hello you")
    await page.click(".chat-row:has-text('Ada')")
    await reader.sees("Hello you")
    await page.click(".chat-head-name")
    await page.locator(".panel button", has_text="Block").click()
    await page.locator("dialog button", has_text="Block and report").click()
    await page.locator("dialog h2", has_text="Report this person").wait_for()
    await look(reader, "report-person")
    await choose(reader, "pretends")
    await page.click(".report .dialog-acts .primary")
    await number(reader)
    assert not await page.locator("button", has_text="Block Ada").count(), "that is done already"
    await look(reader, "report-receipt")
    await reader.close()


@LONG
@pytest.mark.parametrize("lang", ["en", "fr"])
async def test_the_screen_of_cases(site: Site, lang: str) -> None:
    telegram = site.telegram
    name = f"salle_cases_{lang}"
    await telegram.do("channel", ADA, title="La salle", name=name)
    await telegram.do("say", ADA, to=name, text="Cheap tickets")
    reader = await site.join("Cora", lang)
    page = reader.page
    await reader.go("/app/settings/cases")
    await page.locator("a[href='/app/cases']").first.click()
    await page.wait_for_selector(".cases-none")
    await look(reader, f"cases-none-{lang}")
    await reader.go(f"/app/r/{name}")
    await reader.sees("Cheap tickets")
    await page.locator(".message", has_text="Cheap tickets").focus()
    await page.keyboard.press("!")
    for answer in (1, 7):  # illegal, fraud
        await page.locator(".report .tick input").nth(answer).check()
        await page.click(".report .dialog-acts .primary")
        await page.wait_for_selector(".report .tick input:checked", state="detached")
    await page.fill(".report textarea", "They never came.")
    await page.click(".report .dialog-acts .primary")
    await number(reader)
    await look(reader, f"report-notice-{lang}")
    await page.keyboard.press("Escape")
    words = ("admin", "measure", "apply", "restrict", "--account", f"+{reader.phone}")
    await asyncio.to_thread(site.server.run, *words, "--reason", "RG 2: a warning")
    await reader.go("/app/cases")
    await page.locator(".case").nth(1).wait_for()
    await look(reader, f"cases-{lang}")
    await reader.close()


@LONG
async def test_what_is_gone_meanwhile_is_said_and_the_words_stay(site: Site) -> None:
    telegram = site.telegram
    await telegram.do("channel", ADA, title="Le coin", name="coin_cases")
    post = await telegram.do("say", ADA, to="coin_cases", text="Soon gone")
    reader = await site.join("Gina")
    page = reader.page
    await reader.go("/app/r/coin_cases")
    await reader.sees("Soon gone")
    await menu(reader, "Soon gone", "Report")
    await choose(reader, "rules")
    await choose(reader, "people who run")
    await page.fill(".report textarea", "What I have to say.")
    await telegram.do("delete", ADA, of="coin_cases", ids=[post])
    await page.click(".report .dialog-acts .primary")
    await page.locator(".report .wrong").wait_for()
    assert await page.input_value(".report textarea") == "What I have to say."
    await reader.close()


@LONG
async def test_a_picture_is_reported_from_where_it_is_looked_at(site: Site, tmp_path: Path) -> None:
    telegram = site.telegram
    reader = await site.join("Vera")
    page = reader.page
    picture = tmp_path / "picture.jpg"
    Image.linear_gradient("L").resize((400, 300)).convert("RGB").save(picture)
    await telegram.do("contact", ADA, phone=reader.phone, name="Vera")
    await telegram.do("file", ADA, to=reader.id, file=str(picture), text="Look")
    await page.click(".chat-row:has-text('Ada')")
    await page.click(".message .picture")
    await page.locator(".viewer-tools button[aria-label='Report']").click()
    await choose(reader, "It is illegal")
    await choose(reader, "Something else illegal")
    await page.fill(".report textarea", "A picture that may not be shown.")
    await page.click(".report .dialog-acts .primary")
    await number(reader)
    await look(reader, "report-viewer")
    await page.locator(".report .dialog-acts .primary").click()
    await page.wait_for_selector(".viewer")
    await reader.close()
