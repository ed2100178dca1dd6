"""The settings: sections with addresses, and what each of them changes, seen from outside too."""

from __future__ import annotations

import pytest

from tests.appdoor.browser.looking import look
from tests.appdoor.browser.site import PHONE, Site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

SECTIONS = ("account", "devices", "appearance", "accessibility", "language", "storage", "about")


async def test_sections_have_addresses(site: Site) -> None:
    member = await site.join("Yasmine", **PHONE)
    page = member.page
    await page.click('a[href="/app/settings"]')
    await page.click('a[href="/app/settings/appearance"]')
    await page.wait_for_selector("h1:has-text('Appearance'):focus")
    await page.check("input[name=theme] >> nth=2")
    await page.reload()
    await page.wait_for_selector("input[name=theme] >> nth=2")
    assert await page.is_checked("input[name=theme] >> nth=2")
    await page.click(".settings-back")
    await page.wait_for_selector('a[href="/app/settings/appearance"]:focus')
    await page.go_back()
    await page.wait_for_selector("#search")
    await page.go_forward()
    await page.wait_for_selector("h1:has-text('Settings')")
    await member.close()


@pytest.mark.long
@pytest.mark.parametrize("lang", ["en", "fr"])
async def test_each_section(site: Site, lang: str) -> None:
    member = await site.join("Yasmine", lang)
    page = member.page
    await member.go("/app/settings")
    await page.wait_for_selector(".settings-list")
    await look(member, f"settings-list-{lang}")
    for section in SECTIONS:
        await page.click(f'a[href="/app/settings/{section}"]')
        await page.wait_for_selector(f'a[href="/app/settings/{section}"][aria-current]')
        await page.wait_for_selector(".settings-section .page > * >> nth=0")
        await page.wait_for_timeout(200)
        await look(member, f"settings-{section}-{lang}")
    await member.close()
