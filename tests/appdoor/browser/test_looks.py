"""How the screens look and read: axe on each, nothing too wide; texts that mean harm are text."""

from __future__ import annotations

from typing import Any

import pytest

from tests.appdoor.browser.looking import look
from tests.appdoor.browser.site import ADA, BEN, Member, Site
from tests.kit.chromium import axe

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


@pytest.mark.parametrize("lang", ["en", pytest.param("fr", marks=pytest.mark.long)])
async def test_each_screen(site: Site, lang: str) -> None:
    member = await site.window(lang)
    page, telegram = member.page, site.telegram
    await member.go("/app")
    await page.wait_for_selector("input[name=who]")
    await look(member, f"who-{lang}")
    await page.click("form .plain")
    await page.wait_for_selector(".qr path[d^=M]")
    await look(member, f"qr-{lang}")
    await page.click(".secondary")
    await member.enter_code()
    await page.wait_for_selector("input[name=first]")
    await look(member, f"name-{lang}")
    await page.fill("input[name=first]", "Inès")
    await page.press("input[name=first]", "Enter")
    await member.arrived()
    await page.wait_for_selector(".list-empty")
    await look(member, f"empty-{lang}")
    await _talk(telegram, member)
    await page.wait_for_selector(".chat-row >> nth=1")
    await look(member, f"list-{lang}")
    await member.open(f"u{telegram.ids[ADA]}")
    await member.sees("Une réponse")
    await look(member, f"chat-{lang}")
    await page.locator(".message").last.focus()
    await page.keyboard.press("Enter")
    await page.wait_for_selector("[role=menu]")
    assert await axe(page) == []
    await member.see(f"menu-{lang}")
    await page.keyboard.press("Escape")
    await page.click(".chat-head-name")
    await page.wait_for_selector(".panel-acts")
    await look(member, f"info-{lang}")
    await page.keyboard.press("Escape")
    for press, name in (("Control+K", "palette"), ("?", "keys")):
        await page.focus(".messages")
        await page.keyboard.press(press)
        await page.wait_for_selector("dialog[open]")
        await look(member, f"{name}-{lang}")
        await page.keyboard.press("Escape")
        await page.wait_for_selector("dialog[open]", state="detached")
    for screen in ("new", "settings", "link"):
        await page.click(f'a[href="/app/{screen}"]')
        await page.wait_for_selector(".page")
        await page.wait_for_timeout(200)
        await look(member, f"{screen}-{lang}")
        if screen == "settings":
            await page.click('a[href="/app/settings/devices"]')
    await member.close()


async def _talk(telegram: Any, member: Member) -> None:
    for who in (ADA, BEN):
        await telegram.do("contact", who, phone=member.phone, name="Inès")
    say = telegram.do
    await say("say", BEN, to=member.id, text="Ça va ?")
    text = "Bonjour **Inès**, on se voit samedi au marché ? https://example.org/agenda"
    first = await say("say", ADA, to=member.id, text=text)
    await say("say", ADA, to=member.id, text="Il y a `du code` et ~~une faute~~.")
    await say("poll", ADA, to=member.id, question="Quand ?", answers=["Samedi", "Dimanche"])
    await say("say", ADA, to=member.id, text="Une réponse", answers=first)
    await say("react", ADA, of=member.id, message=first, emoji="👍")


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "<script>window.ran = 1</script>",
    "javascript:alert(1)",
    "[click](javascript:window.ran=1)",
    "\u202egnp.exe\u202c",
    "a" + "\u0301" * 3000,
    "🙂" * 2000,
    "{{constructor.constructor('window.ran=1')()}}",
    "${window.ran=1}",
    "]]><!--<svg/onload=window.ran=1>",
    "W" * 4000,
    "مرحبا <b>x</b> \u2066\u2067",
]


async def test_texts_that_mean_harm(site: Site) -> None:
    member = await site.join("<b>Bobby</b> \u202e'\"")
    page, telegram = member.page, site.telegram
    await telegram.do("contact", ADA, phone=member.phone, name="x")
    await telegram.do("say", ADA, to=member.id, text="begin")
    await member.open(f"u{telegram.ids[ADA]}")
    for text in HOSTILE:
        await telegram.do("say", ADA, to=member.id, text=text)
    await telegram.do("say", ADA, to=member.id, text="the end")
    await member.sees("the end")
    assert await page.evaluate("window.ran === undefined && !document.querySelector('.words img')")
    links = await page.eval_on_selector_all(".words a", "all => all.map((one) => one.protocol)")
    assert set(links) <= {"https:", "http:"}
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await page.evaluate(
        "[...document.querySelectorAll('.bubble')].every((one) => one.offsetWidth < innerWidth)"
    )
    await member.see("hostile")
    await member.close()  # which says so if the policy had to stop anything
