"""Saved messages by chat, pins that all go, the timer of new chats."""

from __future__ import annotations

import pytest

from tests.appdoor.browser.looking import look
from tests.appdoor.browser.site import ADA, BEN, Site
from tests.kit.waiting import asked_until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.asyncio(loop_scope="package"),
]


async def test_saved_messages_by_chat(site: Site) -> None:
    telegram = site.telegram
    member = await site.join("Sacha")
    page = member.page
    for who in (ADA, BEN):
        await telegram.do("contact", who, phone=member.phone, name="Sacha")
        await telegram.do("say", who, to=member.id, text=f"Kept from {who}")
        await member.open(f"u{telegram.ids[who]}")
        await page.locator(".message", has_text=f"Kept from {who}").click(button="right")
        await page.click("[role=menuitem]:has-text('Forward')")
        await page.locator("dialog .pick-row", has_text="Saved messages").locator("input").check()
        await page.click("dialog .forward-send")
        await page.wait_for_selector("dialog", state="detached")
    own = f"u{member.id}"
    await page.wait_for_selector(f'.rows a[href="/app/c/{own}"]')
    await member.open(own)
    await member.write("A note of mine")
    await member.sees("A note of mine")
    await page.click(".chat-head-name")
    for name in ("My notes", "Ada", "Ben"):
        await page.wait_for_selector(f".saved .pick-row:has-text('{name}')")
    await look(member, "saved-en")
    await page.click(".saved .pick-row:has-text('Ada')")
    await page.wait_for_selector(".panel h2:has-text('Ada'):focus")
    await page.wait_for_selector(".panel .pick-row:has-text('Kept from Ada')")
    assert await page.locator(".panel .pick-row").count() == 1
    await page.click(".panel button:has-text('Pin to the top')")
    await page.wait_for_selector(".panel button:has-text('Unpin')")
    await look(member, "saved-from-en")
    await page.click(".panel .pick-row:has-text('Kept from Ada')")
    await page.wait_for_selector(".message.target:has-text('Kept from Ada')")
    await page.click(".chat-head-name")
    await page.wait_for_selector(".saved .pick-row >> nth=0 >> text=Ada")
    await page.click(".saved .pick-row:has-text('Ben')")
    await page.click(".panel button:has-text('Delete all of these')")
    await member.agree()
    await page.wait_for_selector("#done:has-text('Deleted')")
    await page.wait_for_selector(".saved .pick-row:has-text('Ada')")
    await page.wait_for_selector(".saved .pick-row:has-text('Ben')", state="detached")
    await member.sees("A note of mine")
    assert await page.locator(".message", has_text="Kept from Ben").count() == 0
    await member.close()


async def test_all_pins_of_a_chat_go(site: Site) -> None:
    telegram = site.telegram
    member = await site.join("Solenn")
    page = member.page
    await telegram.do("contact", ADA, phone=member.phone, name="Solenn")
    for n in range(3):
        await telegram.do("say", ADA, to=member.id, text=f"Line {n}")
    await member.open(f"u{telegram.ids[ADA]}")
    for n in range(3):
        await page.locator(".message", has_text=f"Line {n}").click(button="right")
        await page.click("[role=menuitem]:has-text('Pin')")
        await page.wait_for_selector(f".pinned:has-text('Line {n}')")
    await page.click(".pinned button")
    await look(member, "unpin-en")
    await page.click("dialog .dialog-acts button:has-text('Unpin all')")
    await page.wait_for_selector(".pinned", state="detached")
    await page.reload()
    await member.sees("Line 2")
    await page.locator(".message", has_text="Line 0").click(button="right")
    await page.wait_for_selector("[role=menuitem]:text-is('Pin')")
    await member.close()


async def test_the_timer_of_new_chats(site: Site) -> None:
    telegram = site.telegram
    member = await site.join("Sixte")
    page = member.page
    await telegram.do("name", BEN, name="ben_of_the_timer")
    await member.go("/app/settings/privacy")
    timer = page.locator("section", has_text="delete themselves").locator("select")
    await timer.select_option(label="1 week")
    await page.reload()
    await timer.wait_for()
    assert await timer.input_value() == str(7 * 86_400)
    await member.go("/app/r/ben_of_the_timer")
    await page.wait_for_selector("#composer")
    await member.write("For a week")
    await member.sees("For a week")

    async def timed() -> bool:
        return int(await telegram.do("timer", BEN, of=member.id)) == 7 * 86_400

    await asked_until(timed)
    await member.close()
