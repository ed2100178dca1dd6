"""Contacts, what is shown of a person, and sending to several chats."""

from __future__ import annotations

import pytest

from tests.appdoor.browser.looking import look
from tests.appdoor.browser.site import ADA, BEN, PHONES, Site
from tests.kit.waiting import asked_until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


async def test_add_a_contact_by_number_and_write(site: Site) -> None:
    member = await site.join("Vera")
    page = member.page
    await page.click('a[href="/app/people"]')
    await page.click(".found-none .secondary")
    await page.fill("input[name=who]", f"+{PHONES[BEN]}")
    await page.fill("input[name=first]", "Benoît")
    await page.click(".card .primary")
    await page.wait_for_selector("h1:has-text('Benoît')")
    await member.write("Good evening")

    async def heard() -> bool:
        return "Good evening" in await site.telegram.texts(BEN, member.id)

    await asked_until(heard)
    await page.click('a[href="/app/people"]')
    await page.click(".contact .round")
    await page.click("[role=menuitem]:has-text('Change the name')")
    await page.fill("input[name=first]", "Ben of the shop")
    await page.click(".card .primary")
    await page.wait_for_selector(".contact:has-text('Ben of the shop')")
    await look(member, "people-en")
    await page.click(".contact .round")
    await page.click("[role=menuitem]:has-text('Delete from contacts')")
    await member.agree()
    await page.wait_for_selector(".contact", state="detached")
    await member.close()


@pytest.mark.long
async def test_a_person_and_forwarding_to_several(site: Site) -> None:
    telegram = site.telegram
    member = await site.join("Walid", "fr")
    page = member.page
    for who in (ADA, BEN):
        await telegram.do("contact", who, phone=member.phone, name="Walid")
        await telegram.do("say", who, to=member.id, text=f"From {who}")
    made = await telegram.do("group", ADA, title="Le jardin", people=[member.id])
    group = made["id"]
    await page.wait_for_selector(".chat-row:has-text('Le jardin')")
    await member.open(f"u{telegram.ids[ADA]}")
    await page.click(".chat-head-name")
    await page.wait_for_selector(".common-chats:has-text('Le jardin')")
    await look(member, "person-fr")
    await page.locator(".message", has_text="From Ada").click(button="right")
    await page.click("[role=menuitem]:has-text('Transférer')")
    for name in ("Ben", "Le jardin"):
        await page.locator("dialog .pick-row", has_text=name).locator("input").check()
    await page.fill("dialog .field input", "Lisez ceci")
    await page.locator("dialog .tick input").check()
    await look(member, "forward-fr")
    await page.click("dialog .forward-send")
    await page.wait_for_selector("#done:has-text('2 discussions')")

    async def came() -> bool:
        texts = await telegram.texts(BEN, member.id)
        return texts[-2:] == ["Lisez ceci", "From Ada"]

    await asked_until(came)
    assert (await telegram.texts(ADA, group))[-2:] == ["Lisez ceci", "From Ada"]
    await member.close()
