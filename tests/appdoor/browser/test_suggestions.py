"""What helps in writing: suggestions, emoji, reactions; how it looks, how soon a key is seen."""

from __future__ import annotations

import pytest

from tests.appdoor.browser.looking import look
from tests.appdoor.browser.site import ADA, BEN, PHONE, Site
from tests.appdoor.browser.test_writing import meet, sent
from tests.kit.chromium import axe

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


@pytest.mark.long
@pytest.mark.parametrize("plain", [False, True], ids=["rich", "plain"])
async def test_suggestions(site: Site, plain: bool) -> None:
    """People with and without a username, hashtags, emoji: Tab or Enter takes one, Escape none."""
    member = await site.join(f"Suggest{plain:d}")
    page, keyboard, telegram = member.page, member.page.keyboard, site.telegram
    if plain:
        await page.evaluate("localStorage.setItem('pb-app-plain-field', 'on')")
        await page.reload()
    for who in (ADA, BEN):
        await telegram.do("contact", who, phone=member.phone, name=member.name)
        await telegram.do("say", who, to=member.id, text=f"I am {who}, #summer2026")
    await member.open(f"u{telegram.ids[ADA]}")
    await member.sees("I am Ada")
    await page.focus("#composer")
    field = page.locator("#composer")
    await keyboard.type("hi @a")
    await page.wait_for_selector(".suggest [role=option]:has-text('Ada')")
    assert await field.get_attribute("aria-activedescendant")
    assert await axe(page) == []
    await member.see(f"suggest-people-{plain:d}")
    await keyboard.press("Escape")
    await page.wait_for_selector(".suggest", state="detached")
    assert await member.typed() == "hi @a"
    await keyboard.press("Backspace")
    await keyboard.press("Backspace")
    await keyboard.type("@ad")
    await page.wait_for_selector(".suggest")
    await keyboard.press("Enter")
    await page.wait_for_selector(".suggest", state="detached")
    await keyboard.type("see #su")
    await page.wait_for_selector(".suggest [role=option]:has-text('#summer2026')")
    await keyboard.press("Tab")
    await keyboard.type(":thumbs")
    await page.wait_for_selector(".suggest [role=option]:has-text('👍')")
    await keyboard.press("Enter")
    text = "hi Ada see #summer2026 👍"
    spans = await sent(site, member, text)
    ada = str(telegram.ids[ADA])
    assert spans == [["MentionName", 3, 3, ada], ["Hashtag", 11, 11]]
    await page.wait_for_selector(f".message.own a.mention[href='/app/c/u{ada}']")
    await member.close()


@pytest.mark.long
async def test_emoji_and_reactions(site: Site) -> None:
    """The panel by keyboard alone, what was used comes first; any reaction the server takes."""
    member = await meet(site, "Emma")
    page, keyboard = member.page, member.page.keyboard
    await page.focus("[data-opens-emoji]")
    await keyboard.press("Enter")
    await page.wait_for_selector(".emoji-panel input:focus")
    await page.wait_for_selector(".emoji-grid .emoji >> nth=100")
    await keyboard.type("party pop")
    await page.wait_for_selector(".emoji-grid .emoji:has-text('🎉')")
    await keyboard.press("ArrowDown")
    await page.wait_for_selector(".emoji-grid .emoji:focus")
    await keyboard.press("Enter")
    await member.holds_typed("🎉")
    await page.fill(".emoji-panel input", "")
    await page.wait_for_selector(".emoji-group:has-text('Used recently') .emoji:has-text('🎉')")
    assert await axe(page) == []
    await member.see("emoji-panel")
    await keyboard.press("Escape")
    await page.wait_for_selector(".emoji-panel", state="detached")
    await page.focus("#composer")
    await sent(site, member, "🎉")
    await page.locator(".message", has_text="begin").last.focus()
    await keyboard.press("Enter")
    await page.click("[role=menu] .emoji.more")
    await page.wait_for_selector("dialog .emoji-grid .emoji:has-text('🦄')")
    assert await axe(page) == []
    await member.see("reactions")
    await page.fill("dialog .emoji-panel input", "unicorn")
    await keyboard.press("Enter")
    await page.wait_for_selector(".reaction:has-text('🦄 1')")
    await member.close()


@pytest.mark.long
@pytest.mark.parametrize("lang", ["en", "fr"])
async def test_how_writing_looks(site: Site, lang: str) -> None:
    member = await meet(site, f"Mira{lang}", lang)
    page, keyboard = member.page, member.page.keyboard
    await keyboard.type("> **Bold**, _slanted_, __under__, ~~struck~~, ||hidden||")
    await keyboard.press("Shift+Enter")
    await keyboard.type("`code` [link](https://example.org/)")
    await look(member, f"writing-{lang}")
    await keyboard.press("Control+A")
    await page.wait_for_selector(".rich-tools")
    await look(member, f"writing-tools-{lang}")
    await keyboard.press("Delete")
    await keyboard.type("@")
    await page.wait_for_selector(".suggest")
    await look(member, f"writing-people-{lang}")
    await keyboard.press("Backspace")
    await page.click("[data-opens-emoji]")
    await page.wait_for_selector(".emoji-grid .emoji >> nth=100")
    await look(member, f"writing-emoji-{lang}")
    await keyboard.press("Escape")
    await page.click("a[href='/app/settings']")
    await page.click("a[href='/app/settings/accessibility']")
    await page.wait_for_selector(".page .tick")
    await look(member, f"writing-settings-{lang}")
    await member.close()


@pytest.mark.long
async def test_writing_on_a_phone(site: Site) -> None:
    """Enter begins a line there, the button sends; the panel leaves the keyboard closed."""
    member = await meet(site, "Fona", "fr", **PHONE)
    page, keyboard = member.page, member.page.keyboard
    await page.tap("#composer")
    await keyboard.type("première")
    await keyboard.press("Enter")
    await keyboard.type("seconde")
    await member.holds_typed("première\nseconde")
    await page.tap("[data-opens-emoji]")
    await page.wait_for_selector(".emoji-grid .emoji >> nth=100")
    await member.see("writing-phone-emoji")
    await page.tap(".emoji-grid .emoji >> nth=0")
    await member.holds_typed("première\nseconde😀")
    await page.tap(".send")
    await member.sees("seconde😀")
    await member.close()


_TAKES = """() => {
  window.took = { key: [], bubble: [] };
  const painted = (from, list) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => list.push(performance.now() - from);
    port2.postMessage(0);
  });
  let sent = 0;
  document.querySelector("#composer").addEventListener("keydown", (event) => {
    if (event.key === "Enter") sent = event.timeStamp;
    else painted(event.timeStamp, window.took.key);
  }, true);
  new MutationObserver(() => {
    if (sent && document.querySelector(".message.pending, .message.own")) {
      painted(sent, window.took.bubble);
      sent = 0;
    }
  }).observe(document.querySelector(".message-list"), { childList: true, subtree: true });
}"""


@pytest.mark.long
async def test_how_soon_a_key_is_painted(site: Site) -> None:
    """Print what it took, in milliseconds: the machine decides, nothing fails by it."""
    member = await meet(site, "Tempo")
    page, keyboard = member.page, member.page.keyboard
    await page.evaluate(_TAKES)
    for n in range(12):
        await keyboard.type(f"line {n} with **bold** words and :some @of the signs")
        await keyboard.press("Enter")
        await member.holds_typed("")
    await page.fill("#composer", "word " * 600)
    await keyboard.press("End")
    await keyboard.type("at the end of a long text")
    took = await page.evaluate("window.took")
    for name, goal in (("key", 50), ("bubble", 100)):
        each = sorted(took[name])
        assert each
        p95 = each[int(len(each) * 0.95) - 1]
        middle = each[len(each) // 2]
        print(
            f"{name} to paint: p50 {middle:.1f} p95 {p95:.1f} ms (goal {goal}), {len(each)} times"
        )
    await page.fill("#composer", "")
    await member.close()


@pytest.mark.long
async def test_escape_closes_the_panel_and_not_the_chat(site: Site) -> None:
    member = await meet(site, "Oona")
    page = member.page
    await page.click("[data-opens-emoji]")
    await page.wait_for_selector(".emoji-panel input:focus")
    await page.click(".emoji-grid button >> nth=0")
    await page.wait_for_selector("#composer:focus")
    await page.keyboard.press("Escape")
    await page.wait_for_selector(".emoji-panel", state="detached")
    assert await page.is_visible("#composer")
    await member.close()
