"""Ways in: the second password, the keyboard alone, wrong codes."""

from __future__ import annotations

import asyncio
import re
import time

import pytest

from tests.appdoor.browser.site import ADA, DESKTOP, PHONE, Site
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
    await page.wait_for_selector("[role=combobox]:focus")
    await keys.type("ada")
    await page.wait_for_selector("[role=option][aria-selected=true]:has-text('Ada')")
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


@pytest.mark.parametrize(
    ("lang", "screen"), [("fr", PHONE), pytest.param("en", DESKTOP, marks=pytest.mark.long)]
)
async def test_the_first_minute(site: Site, lang: str, screen: dict[str, object]) -> None:
    """Invited by mail, in the group, heard by its members: clicks and seconds are printed."""
    telegram = site.telegram
    await telegram.do("channel", ADA, title="Les voisins", name=f"voisins_{lang}")
    group = await telegram.do("discussion", ADA, channel=f"voisins_{lang}", title="Le quartier")
    created = await asyncio.to_thread(site.server.run, "admin", "invite", "create", "--json")
    invitation = str(re.search(r"http[^\"]*/join/[^\"]+", created)[0])
    address = f"nina-{lang}@example.org"
    member = await site.window(lang, **screen)
    page = member.page
    began, clicks = time.monotonic(), 0

    async def press(what: str) -> None:
        nonlocal clicks
        clicks += 1
        await page.click(what)

    await page.goto(invitation)
    await page.fill("input[name=name]", "Nina")
    await page.fill("input[name=email]", address)
    await press("main button")
    await page.goto(await site.letter(address, r"(http\S+/join/confirm/\S+)"))
    site.sink.mails.clear()  # the port in its links looks like a code
    await press("main button")
    await member.see(f"invited-{lang}")
    await press("a.button[href*='/app/signin']")
    await press(".primary")
    await page.wait_for_selector("input[name=code]")
    await page.fill("input[name=code]", await site.letter(address, r"\b(\d{5,6})\b"))
    await press(".primary")
    await page.wait_for_selector("input[name=first]")
    assert await page.input_value("input[name=first]") == "Nina"
    await press(".primary")
    await member.arrived()
    await page.goto(f"{site.base}/+{group['way']}")
    await press("a.button[href*='/app/join/']")
    await press("main .primary")
    await page.fill("#composer", "Bonjour, je suis Nina")
    await press(".send")
    await member.sees("Bonjour, je suis Nina")
    said = time.monotonic()
    while "Bonjour, je suis Nina" not in await telegram.texts(ADA, group["id"]):
        await asyncio.sleep(0.05)
    heard = time.monotonic() - said
    print(f"{lang}: {clicks} clicks, {said - began:.1f} s, heard after {heard:.2f} s")
    await member.sign_out()
    await member.close()
    await _sign_in_by_address(site, address, lang, screen)


async def _sign_in_by_address(
    site: Site, address: str, lang: str, screen: dict[str, object]
) -> None:
    """Signed out, the next time the address is enough."""
    site.sink.mails.clear()
    again = await site.window(lang, **screen)
    await again.go("/app")
    await again.page.fill("input[name=who]", address)
    await again.page.click(".primary")
    await again.page.wait_for_selector("input[name=code]")
    await again.page.fill("input[name=code]", await site.letter(address, r"\b(\d{5,6})\b"))
    await again.page.click(".primary")
    await again.arrived()
    await again.close()


async def test_a_clock_that_is_wrong_by_a_day(site: Site) -> None:
    member = await site.window()
    page = member.page
    await page.add_init_script("const real = Date.now; Date.now = () => real() + 86_400_000;")
    await member.go("/app")
    await member.enter_code()
    await page.fill("input[name=first]", "Tim")
    await page.press("input[name=first]", "Enter")
    await page.wait_for_selector(".status:has-text('clock')")
    await site.telegram.do("contact", ADA, phone=member.phone, name="Tim")
    await site.telegram.do("say", ADA, to=await member.me(), text="Now")
    await page.click(".rows a")
    await member.sees("Now")
    assert await page.inner_text(".day h2") in ("today", "Today")
    await member.close()
