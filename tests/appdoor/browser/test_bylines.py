"""A byline is agreed to and taken back, and an article corrected, in the web client."""

from __future__ import annotations

import asyncio

import pytest

from tests.appdoor.browser.looking import look
from tests.appdoor.browser.site import Site
from tests.appdoor.browser.test_page import DIALOG, owner

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]
LONG = pytest.mark.long


async def test_a_byline_is_agreed_to_and_taken_back(site: Site) -> None:
    member = await owner(site, "Simone", "ville_simone")
    page = member.page
    await page.click(".chat-head-name")
    await page.locator(".panel button", has_text="My byline").click()
    await page.locator(DIALOG, has_text="plain text, and leads nowhere").wait_for()
    await page.locator(f"{DIALOG} button", has_text="Name me as the author").click()
    await page.locator(f"{DIALOG} .page-address", has_text="/ville_simone/author/simone").wait_for()
    await page.locator(DIALOG).get_by_label("Show my profile picture").check()
    await page.locator(f"{DIALOG} .page-said", has_text="Saved").wait_for()
    await page.locator(f"{DIALOG} button", has_text="Take it back").click()
    await page.locator(f"{DIALOG} .page-said", has_text="your page is gone").wait_for()
    assert not await page.locator(f"{DIALOG} .page-address").count()
    await member.close()


@LONG
@pytest.mark.parametrize("lang", ["en", "fr"])
async def test_a_post_is_corrected_from_its_menu(site: Site, lang: str) -> None:
    who = {"en": "Tamara", "fr": "Ursule"}[lang]
    name = f"ville_{who.lower()}"
    member = await owner(site, who, name, lang)
    page = member.page
    words = ("admin", "channel", "public", name, "on")
    await asyncio.to_thread(site.server.run, *words)
    await page.click(".chat-head-name")
    mine = {"en": "My byline", "fr": "Ma signature"}[lang]
    await page.locator(".panel button", has_text=mine).click()
    await page.locator(f"{DIALOG} .primary").click()
    await page.locator(f"{DIALOG} .page-address").wait_for()
    await look(member, f"byline-{lang}")
    address = await page.inner_text(f"{DIALOG} .page-address span")
    await page.keyboard.press("Escape")
    menu = {"en": "Correct", "fr": "Rectifier"}[lang]
    await page.locator(".message", has_text="The pool is open").click(button="right")
    await page.locator("[role=menuitem]", has_text=menu).click()
    field = page.locator(f"{DIALOG} textarea")
    for text in ("It opens on Monday.", "At nine."):
        await field.fill(text)
        await page.click(f"{DIALOG} .primary")
        await page.locator(f"{DIALOG} .page-notes", has_text=text).wait_for()
        assert await field.input_value() == ""
    await look(member, f"correct-{lang}")
    await page.locator(f"{DIALOG} .page-notes button").last.click()
    await page.locator(f"{DIALOG} .page-notes li").nth(1).wait_for(state="detached")
    stranger = await (await site.browser.new_context()).new_page()
    gone = await stranger.goto(address)
    assert gone is not None and gone.status == 200
    await stranger.goto(address.partition("/author/")[0])
    await stranger.locator("article h3 a").first.click()
    await stranger.locator(".corrections", has_text="It opens on Monday.").wait_for()
    assert not await stranger.locator("text=At nine.").count()
    await stranger.context.close()
    await member.close()
