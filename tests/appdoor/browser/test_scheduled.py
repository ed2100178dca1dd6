"""Sending without a sound and later; what waits; timers."""

from __future__ import annotations

import pytest

from tests.appdoor.browser.looking import look
from tests.appdoor.browser.site import ADA, Member, Site
from tests.kit.waiting import asked_until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


async def _by(member: Member, text: str, way: str) -> None:
    """Write something and send it in another way."""
    await member.page.fill("#composer", text)
    await member.page.click(".send-more")
    await member.page.click(f"[role=menuitem]:has-text('{way}')")


async def test_send_later_and_then_now(site: Site) -> None:
    telegram = site.telegram
    member = await site.join("Xenia")
    page = member.page
    await telegram.do("contact", ADA, phone=member.phone, name="Xenia")
    await telegram.do("say", ADA, to=member.id, text="Are you there?")
    await member.open(f"u{telegram.ids[ADA]}")
    await _by(member, "A quiet word", "without a sound")
    await member.sees("A quiet word")
    await _by(member, "For tomorrow", "Send later")
    await member.see("send-later")
    await page.click(".when .primary")
    await page.wait_for_selector("#done:has-text('UTC')")
    await member.holds_typed("")
    assert "For tomorrow" not in await telegram.texts(ADA, member.id)
    await _by(member, "x", "Scheduled messages")
    await page.wait_for_selector(".scheduled-row:has-text('For tomorrow')")
    await look(member, "scheduled-en")
    await page.click(".scheduled-row button:has-text('Edit')")
    await page.fill("dialog textarea", "For today after all")
    await page.click("dialog .primary")
    await page.click(".scheduled-row:has-text('after all') button:has-text('Send now')")
    await member.sees("For today after all")

    async def heard() -> bool:
        return "For today after all" in await telegram.texts(ADA, member.id)

    await asked_until(heard)
    await member.close()


@pytest.mark.long
async def test_a_timer_and_another_name(site: Site) -> None:
    telegram = site.telegram
    member = await site.join("Yann", "fr")
    page = member.page
    await telegram.do("contact", ADA, phone=member.phone, name="Yann")
    await telegram.do("say", ADA, to=member.id, text="Hello")
    await member.open(f"u{telegram.ids[ADA]}")
    await page.click(".chat-head-name")
    await page.select_option(".timer select", "86400")
    await page.wait_for_selector(".message.service")
    await look(member, "timer-fr")

    async def timed() -> bool:
        return int(await telegram.do("timer", ADA, of=member.id)) == 86_400

    await asked_until(timed)
    await page.click(".chat-tools a")
    await page.wait_for_selector(".found-none")
    await look(member, "scheduled-none-fr")
    await member.close()
