"""How the screens look and read: axe on each, nothing too wide; texts that mean harm are text."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.appdoor.browser.site import ADA, BEN, DESKTOP, Member, Site
from tests.kit.chromium import RULES, SIZES, axe, has_turn

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


async def _look(member: Member, name: str) -> None:
    """All rules of axe in light, contrast in dark, targets on a phone; nothing wider than it."""
    page = member.page
    folder = os.environ.get("CLIENT_SCREENSHOTS")
    for size, how in SIZES.items():
        await page.emulate_media(color_scheme=how["color_scheme"])  # type: ignore[arg-type]
        await page.set_viewport_size(how["viewport"])  # type: ignore[arg-type]
        await page.wait_for_timeout(100)
        if has_turn(size, name):
            assert await axe(page, RULES[size]) == [], (name, size)
        wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{name} on {size} is {wide} px wider than the window"
        if folder:
            await page.screenshot(path=Path(folder) / f"{name}-{size}.png")
    await page.emulate_media(color_scheme="light")
    await page.set_viewport_size(DESKTOP["viewport"])  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", ["en", pytest.param("fr", marks=pytest.mark.long)])
async def test_each_screen(site: Site, lang: str) -> None:
    member = await site.window(lang)
    page, telegram = member.page, site.telegram
    await member.go("/app")
    await page.wait_for_selector("input[name=who]")
    await _look(member, f"who-{lang}")
    await page.click("form .plain")
    await page.wait_for_selector(".qr path[d^=M]")
    await _look(member, f"qr-{lang}")
    await page.click(".secondary")
    await member.enter_code()
    await page.wait_for_selector("input[name=first]")
    await _look(member, f"name-{lang}")
    await page.fill("input[name=first]", "Inès")
    await page.press("input[name=first]", "Enter")
    await member.arrived()
    await page.wait_for_selector(".list-empty")
    await _look(member, f"empty-{lang}")
    await _talk(telegram, member)
    await page.wait_for_selector(".chat-row >> nth=1")
    await _look(member, f"list-{lang}")
    await member.open(f"u{telegram.ids[ADA]}")
    await member.sees("Une réponse")
    await _look(member, f"chat-{lang}")
    await page.locator(".message").last.focus()
    await page.keyboard.press("Enter")
    await page.wait_for_selector("[role=menu]")
    assert await axe(page) == []
    await member.see(f"menu-{lang}")
    await page.keyboard.press("Escape")
    await page.click(".chat-head-name")
    await page.wait_for_selector(".panel-acts")
    await _look(member, f"info-{lang}")
    await page.keyboard.press("Escape")
    for press, name in (("Control+K", "palette"), ("?", "keys")):
        await page.focus(".messages")
        await page.keyboard.press(press)
        await page.wait_for_selector("dialog[open]")
        await _look(member, f"{name}-{lang}")
        await page.keyboard.press("Escape")
        await page.wait_for_selector("dialog[open]", state="detached")
    for screen in ("new", "settings", "link"):
        await page.click(f'a[href="/app/{screen}"]')
        await page.wait_for_selector(".page")
        await page.wait_for_timeout(200)
        await _look(member, f"{screen}-{lang}")
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
