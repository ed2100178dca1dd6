"""Ways in: the second password, the keyboard alone, wrong codes."""

from __future__ import annotations

import pytest

from tests.appdoor.browser.site import ADA, Site
from tests.kit.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


async def test_the_second_password(site: Site) -> None:
    member = await site.window()
    member.phone = "33655500031"
    await site.telegram.do("sign_up", "Dora", phone=member.phone, lang="en")
    await site.telegram.do("password", "Dora", password="correct horse")
    page = member.page
    await member.go("/app")
    await member.enter_code()
    await page.fill("input[name=password]", "wrong")
    await page.press("input[name=password]", "Enter")
    await page.wait_for_selector(".wrong")
    await page.reload()  # the half-way session is still there
    await page.fill("input[name=password]", "correct horse")
    await page.press("input[name=password]", "Enter")
    await member.arrived()
    await member.close()


async def test_by_the_keyboard_alone_and_a_wrong_code(site: Site) -> None:
    member = await site.window()
    page, keys = member.page, member.page.keyboard
    await member.go("/app")
    await page.wait_for_selector("input[name=who]:focus")
    await keys.type("+" + member.phone)
    await keys.press("Enter")
    await page.wait_for_selector("input[name=code]:focus")
    code = str(await until(lambda: site.code(member.phone)))
    await keys.type("1" * len(code) if code[0] != "1" else "2" * len(code))
    await keys.press("Enter")
    await page.wait_for_selector(".wrong")
    await keys.press("Control+A")
    await keys.type(code)
    await keys.press("Enter")
    await page.wait_for_selector("input[name=first]:focus")
    await keys.type("Kim")
    await keys.press("Enter")
    await member.arrived()
    await site.telegram.do("contact", ADA, phone=member.phone, name="Kim")
    await site.telegram.do("say", ADA, to=member.id, text="Hello Kim")
    await page.wait_for_selector(".chat-row")
    await keys.press("Control+K")
    await keys.press("ArrowDown")
    await keys.press("Enter")
    await page.wait_for_selector("#composer:focus")
    await keys.type("Hello Ada")
    await keys.press("Enter")
    await member.sees("Hello Ada")
    await keys.press("F6")
    await keys.press("F6")
    await keys.press("F6")
    await page.wait_for_selector("#composer:focus, #search:focus, .messages:focus")
    await page.focus(".messages")
    await keys.press("ArrowUp")
    await keys.press("ArrowUp")
    await keys.press("Enter")
    await page.wait_for_selector("[role=menu]")
    await keys.press("ArrowDown")
    await keys.press("Escape")
    await page.wait_for_selector(".message:focus:has-text('Hello Kim')")
    await keys.press("r")
    await page.wait_for_selector("#composer:focus")
    await keys.type("An answer")
    await keys.press("Enter")
    await member.sees("An answer")
    assert await page.locator(".replied").count() == 1
    await keys.press("Escape")
    await page.wait_for_selector(".chat-row")
    assert page.url.endswith("/app")
    await member.close()
