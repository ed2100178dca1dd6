"""Finding messages in one chat and in all of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Page, TimeoutError

from tests.appdoor.browser.looking import look
from tests.appdoor.browser.several import Several
from tests.appdoor.browser.site import ADA, Member, Site
from tests.kit.waiting import asked_until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

LOOK_MS = 4000
"""How long a search may take that waits for the worker that keeps the index, and a little."""

_TOP = """[...document.querySelectorAll(".message")]
  .find((one) => one.textContent.includes("Line 20"))?.getBoundingClientRect().top"""


async def _with_ada(site: Site, name: str, *texts: str, lang: str = "en") -> Member:
    """Somebody to whom Ada has written, with that chat open."""
    member = await site.join(name, lang)
    await site.telegram.do("contact", ADA, phone=member.phone, name=name)
    for text in texts:
        await site.telegram.do("say", ADA, to=member.id, text=text)
    await member.open(f"u{site.telegram.ids[ADA]}")
    return member


async def _look_for(site: Site, page: Page, field: str, words: str, found: str) -> None:
    """Search, and wait for what is found. Where the worker that keeps the index was killed, what
    was written last is found when another one has taken over; until then people look again.
    """

    async def there() -> bool:
        await page.fill(field, "")
        await page.fill(field, words)
        try:
            await page.wait_for_selector(found, timeout=LOOK_MS)
        except TimeoutError:
            return False
        return True

    if isinstance(site.server, Several):
        await asked_until(there)
    else:
        await page.fill(field, words)
        await page.wait_for_selector(found)


async def test_search_in_a_chat_and_come_back(site: Site) -> None:
    lines = [f"Line {n} about {'cafés' if n % 10 == 3 else 'nothing'}" for n in range(40)]
    member = await _with_ada(site, "Sofia", *lines)
    page = member.page
    await member.sees("Line 39")
    # Somewhere in the middle of the chat.
    await page.locator(".message", has_text="Line 20").first.scroll_into_view_if_needed()
    await page.wait_for_selector(".jump")
    await page.focus(".messages")
    before = await page.evaluate(_TOP)
    await page.keyboard.press("/")
    await _look_for(site, page, "#chat-search", "cafes", ".chat-search-count:has-text('4 results')")
    await page.keyboard.press("Enter")
    await page.wait_for_selector(".chat-search-count:has-text('1 of 4')")
    await page.wait_for_selector(".message.target:has-text('Line 33')")
    await page.keyboard.press("Enter")
    await page.wait_for_selector(".message.target:has-text('Line 23')")
    await member.holds("CSS.highlights.get('found').size >= 1")
    await member.see("search-hit")
    await page.keyboard.press("Shift+Enter")
    await page.wait_for_selector(".message.target:has-text('Line 33')")
    await page.keyboard.press("Escape")
    await page.wait_for_selector(".chat-search", state="detached")
    await member.holds(f"Math.abs({_TOP} - {before}) <= 1")
    await member.close()


@pytest.mark.long
@pytest.mark.parametrize("lang", ["en", "fr"])
async def test_the_screens_of_searching(site: Site, lang: str) -> None:
    member = await _with_ada(site, "Tilda", "A gazette for all", "The second gazette", lang=lang)
    page = member.page
    await page.click(".chat-head .round[aria-expanded]")
    await page.click(".chat-search-line .round[aria-expanded=false] >> nth=0")
    await page.wait_for_selector(".conditions")
    await _look_for(
        site, page, "#chat-search", "gazette", ".chat-search .long-list button >> nth=1"
    )
    await look(member, f"search-chat-{lang}")
    await page.click(".chat-search-line .round:nth-last-child(2)")
    await page.wait_for_selector(".calendar button[aria-current=date]")
    await look(member, f"search-calendar-{lang}")
    await page.click(".calendar button[aria-current=date]")
    await page.wait_for_selector(".message.target:has-text('A gazette')")
    await page.fill("#chat-search", "nowhere")
    await page.wait_for_selector(".found-none button")
    await look(member, f"search-none-{lang}")
    await page.click(".found-none button")
    await page.wait_for_selector("#search-all:focus")
    await _look_for(site, page, "#search-all", "gazette", ".search-screen .long-list a >> nth=1")
    await look(member, f"search-all-{lang}")
    await page.click(".search-screen .long-list a >> nth=0")
    await page.wait_for_selector(".message.target:has-text('second gazette')")
    # What was found is still there.
    await page.go_back()
    await page.wait_for_selector(".search-screen .long-list a >> nth=1")
    assert await page.input_value("#search-all") == "gazette"
    await member.close()


async def test_what_a_chat_holds(site: Site, tmp_path: Path) -> None:
    """Tabs with counts beside the chat; a picture opens in the viewer."""
    picture, minutes = tmp_path / "place.jpg", tmp_path / "minutes.pdf"
    Image.linear_gradient("L").resize((640, 360)).convert("RGB").save(picture)
    minutes.write_bytes(b"%PDF-1.4 " + bytes(900))
    member = await _with_ada(site, "Ugo", "Look at https://example.org/gazette")
    telegram, page = site.telegram, member.page
    await telegram.do("file", ADA, to=member.id, file=str(picture))
    await telegram.do("file", ADA, to=member.id, file=str(minutes), plain=True)
    await page.click(".chat-head-name")
    await page.wait_for_selector(".shared [role=tab]:has-text('Media 1')")
    await page.wait_for_selector(".shared .tile img")
    await member.see("shared-media")
    await page.click(".shared .tile")
    await page.wait_for_selector(".stage img")
    await page.keyboard.press("Escape")
    await page.focus(".shared [role=tab][aria-selected=true]")
    await page.keyboard.press("ArrowRight")
    await page.wait_for_selector(".shared [role=tabpanel] .file:has-text('minutes.pdf')")
    await page.keyboard.press("ArrowRight")
    await page.wait_for_selector(".shared-link:has-text('example.org/gazette')")
    await look(member, "shared-links-en")
    await member.close()
