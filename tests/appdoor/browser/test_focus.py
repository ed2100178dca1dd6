"""The keyboard's place, where what had the focus goes: it is never lost to the top of the page."""

from __future__ import annotations

from typing import Any

import pytest

from tests.appdoor.browser.site import ADA, PHONE, Member, Site
from tests.appdoor.browser.test_passkeys import PASSKEYS, add, plug_in
from tests.kit.waiting import asked_until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

PLACE = "document.activeElement?.closest('{}') !== null && document.activeElement !== document.body"


async def _press(member: Member, selector: str) -> None:
    """By the keyboard alone."""
    await member.page.locator(selector).first.focus()
    await member.page.keyboard.press("Enter")


async def _is_in(member: Member, selector: str) -> None:
    """Wait until the focus is there."""
    await member.holds(PLACE.format(selector))


async def _group(site: Site, member: Member) -> Any:
    telegram = site.telegram
    await telegram.do("contact", ADA, phone=member.phone, name=member.name)
    made = await telegram.do("group", ADA, title=f"{member.name} and all", people=[member.id])
    await member.page.click(f".chat-row:has-text('{member.name} and all')")
    await member.page.wait_for_selector("#composer")
    return made["id"]


async def test_where_an_answer_was_given(site: Site) -> None:
    """A vote, its end, a choice that takes its time, an answer to a dialog whose row goes."""
    member = await site.join("Fiona")
    page = member.page
    group = await _group(site, member)
    await site.telegram.do("poll", ADA, to=group, question="When?", answers=["Now", "Later"])
    await _press(member, ".poll-option:has-text('Later')")
    await page.wait_for_selector(".poll-result:has-text('100%')")
    await _is_in(member, ".poll-result[aria-label^=Later]")
    await _press(member, ".poll button:has-text('Take back')")
    await page.wait_for_selector(".poll-option")
    await _is_in(member, ".message:has(.poll)")
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.closest('.main') !== null")
    await member.close()


@pytest.mark.long
async def test_in_the_settings(site: Site) -> None:
    """Forms that come and go, and rows that are deleted."""
    member = await site.join("Faye")
    page = member.page
    await plug_in(member)
    await add(member)
    await _press(member, f"{PASSKEYS} .device .danger")
    await page.wait_for_selector("dialog[open]")
    await page.keyboard.press("Enter")
    await page.wait_for_selector(f"{PASSKEYS} .device", state="detached")
    await _is_in(member, PASSKEYS)
    await _press(member, "button:has-text('Set a password')")
    await member.holds("document.activeElement.name === 'new'")
    for _ in range(2):
        await page.keyboard.type("correct horse")
        await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("section:has-text('It is set.')")
    await _is_in(member, "section")
    await _press(member, "button:has-text('Change the password')")
    await member.holds("document.activeElement.name === 'old'")
    await _press(member, "form button:has-text('Cancel')")
    await page.wait_for_selector("section:has-text('It is set.')")
    await _is_in(member, "section")
    await member.close()


@pytest.mark.long
async def test_a_choice_that_takes_its_time(site: Site) -> None:
    member = await site.join("Flavia")
    page = member.page
    await site.telegram.do("contact", ADA, phone=member.phone, name="Flavia")
    await site.telegram.do("say", ADA, to=member.id, text="Hello")
    await page.click(f'.rows a[href="/app/c/u{site.telegram.ids[ADA]}"]')
    await page.click(".chat-head-name")
    field = page.locator(".timer select")
    await field.focus()
    for _ in range(3):  # faster than the server answers
        await page.keyboard.press("ArrowDown")
    await page.wait_for_selector(".message.service >> nth=2")
    assert await field.input_value() == str(31 * 86_400)
    await _is_in(member, ".timer")
    await member.close()


@pytest.mark.long
async def test_asked_from_the_panel_of_a_phone(site: Site) -> None:
    """Whoever asks a poll there sees it; the panel's Mute asks for how long, as the list does."""
    member = await site.join("Flora", **PHONE)
    page = member.page
    group = await _group(site, member)
    await page.click(".chat-head-name")
    await page.click(".panel button:has-text('Mute')")
    await page.click("dialog[open] button:has-text('8 hours')")
    await page.wait_for_selector(".panel button:has-text('Unmute')")
    await page.click(".panel button:has-text('New poll')")
    await page.fill(".poll-form .field input", "Who comes?")
    for at, answer in enumerate(("I", "Not I")):
        await page.locator(".poll-options input[type=text]").nth(at).fill(answer)
    await page.click(".poll-form .primary")
    await page.wait_for_selector(".message:not(.pending) .poll:has-text('Who comes?')")
    assert await page.locator(".panel").count() == 0

    async def there() -> bool:
        return bool(await site.telegram.do("polls", ADA, of=group))

    await asked_until(there)
    await member.close()
