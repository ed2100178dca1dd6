"""What assistive technology is told: the tree of a long chat, announcements. Zoom and spacing.

``RENEW_GOLDEN=1`` writes the tree anew; read it before it is committed.
"""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path

import pytest
from PIL import Image

from tests.appdoor.browser.site import ADA, BEN, DESKTOP, Member, Site
from tests.kit.chromium import axe
from tests.kit.waiting import asked_until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

TREE = Path(__file__).with_name("chat-of-200.yaml")
SUBJECTS = ("the market", "Saturday", "the train", "the garden", "the choir", "the bread")
REMARKS = (
    "Has anybody heard about {}?",
    "I can take care of {}.",
    "{} was lovely last time, thank you all!",
    "Nothing new about {} here.",
)


async def _long_chat(site: Site, folder: Path) -> Member:
    """A group of three in which 200 messages of all kinds were written."""
    do = site.telegram.do
    member = await site.join("Nora")
    page = member.page
    for who in (ADA, BEN):
        await do("contact", who, phone=member.phone, name="Nora")
        await do("say", who, to=member.id, text="Hello")
    await page.wait_for_selector(".chat-row >> nth=1")
    await page.click('a[href="/app/new"]')
    await page.fill(".page input[required]", "Neighbours")
    for who in (ADA, BEN):
        await page.locator(".pick-row", has_text=who).locator("input").check()
    await page.click(".page .primary")
    await page.wait_for_selector("h1:has-text('Neighbours')")
    group = int("-100" + page.url.split("/c/c")[1].split("/")[0])

    async def both_are_in() -> bool:
        return all(["Neighbours" in await do("chats", who) for who in (ADA, BEN)])

    await asked_until(both_are_in)
    for n in range(170):
        text = REMARKS[n % 4].format(SUBJECTS[n % 6])
        last = await do("say", (ADA, BEN)[n // 3 % 2], to=group, text=text[0].upper() + text[1:])
    await member.sees("The choir was lovely")
    await member.write("I have read it all.")
    await member.sees("I have read it all.")
    answer = await do("say", BEN, to=group, text="Then **decide**, `please`.", answers=last)
    await do("react", ADA, of=group, message=answer, emoji="👍")
    mended = await do("say", ADA, to=group, text="On Sunday: https://example.org/plan")
    await do("edit", ADA, of=group, message=mended, text="On Saturday: https://example.org/plan")
    picture = folder / "plan.jpg"
    Image.linear_gradient("L").resize((640, 360)).convert("RGB").save(picture)
    await do("file", ADA, to=group, file=str(picture), text="The plan")
    (folder / "list.txt").write_text("bread\n")
    await do("file", BEN, to=group, file=str(folder / "list.txt"), plain=True)
    await do("poll", ADA, to=group, question="When?", answers=["At ten", "At noon"])
    for n in range(24):
        await do("say", (BEN, ADA)[n // 4 % 2], to=group, text=f"Point {n + 1} of the list")
    await member.sees("Point 24 of the list")
    return member


def _told(tree: str) -> str:
    """Without what differs from one run to the next; of the messages, the last hundred."""
    tree = re.sub(r"\b\d{1,2}:\d{2}\s?[AP]M\b", "TIME", tree)
    tree = re.sub(r"(?m)(, |- text: )(?:read|sent)(?=\"'|$)", r"\1STATE", tree)
    lines = (line for line in tree.splitlines() if not re.match(r"\s*- /url:", line))
    before, *items = re.split(r"(?m)^(?=      - '?listitem)", "\n".join(lines))
    return before + "".join(items[-100:]) + "\n"


@pytest.mark.long
async def test_a_chat_of_200_messages(site: Site, tmp_path: Path) -> None:
    member = await _long_chat(site, tmp_path)
    page = member.page
    # All is read: else a mark stands where the new ones begin.
    await page.wait_for_selector(".chat-row.here .badge", state="detached")
    await page.reload()
    await member.sees("Point 24 of the list")
    await page.focus(".messages")

    async def many() -> bool:
        await page.keyboard.press("Home")
        return bool(await page.locator(".message").count() > 100)

    await asked_until(many)
    await page.wait_for_selector(".rich-field")
    assert await axe(page) == []
    tree = _told(await page.locator("#main").aria_snapshot())
    await member.see("chat-of-200")
    if os.environ.get("RENEW_GOLDEN"):
        TREE.write_text(tree, "utf-8")
    assert tree == TREE.read_text("utf-8")
    await member.close()


_HEAR = """() => {
  window.heard = [];
  const places = '[role=status], [role=alert], [aria-live]';
  new MutationObserver((all) => {
    const found = new Set();
    for (const { target, addedNodes } of all) {
      const element = target instanceof Element ? target : target.parentElement;
      found.add(element?.closest(places));
      for (const one of addedNodes) {
        if (one instanceof Element) [one, ...one.querySelectorAll('*')]
          .filter((inner) => inner.matches(places)).forEach((inner) => found.add(inner));
      }
    }
    for (const place of found) {
      const text = place?.textContent.trim();
      const entry = place && `${place.getAttribute('role')}: ${text}`;
      if (text && heard.at(-1) !== entry) heard.push(entry);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


@pytest.mark.long
async def test_what_is_announced(site: Site) -> None:
    do = site.telegram.do
    member = await site.join("Otto")
    page = member.page
    for who in (ADA, BEN):
        await do("contact", who, phone=member.phone, name="Otto")
        await do("say", who, to=member.id, text="begin")
    await member.open(f"u{site.telegram.ids[ADA]}")
    await member.sees("begin")
    await page.evaluate(_HEAR)

    async def hears(what: str) -> None:
        await asked_until(lambda: page.evaluate(f"heard.includes({what!r})"))

    await do("say", ADA, to=member.id, text="One at a time")
    await hears("status: Ada: One at a time")
    await do("say", BEN, to=member.id, text="In a chat that is not open")
    await asyncio.gather(*(do("say", ADA, to=member.id, text=f"Quick {n}") for n in range(5)))
    await member.holds("heard.some((one) => /^status: [2-5] new messages$/.test(one))")
    await member.write("x" * 3900)
    await page.fill("#composer", "y" * 4097)
    await hears("status: This text is too long.")
    await page.press("#composer", "Enter")
    await hears("alert: This text is too long.")
    await page.fill("#composer", "")
    site.server.kill()
    await hears("status: No connectionTry again")
    await asyncio.to_thread(site.server.start)
    await page.wait_for_selector(".status:not(.shown)", state="attached")
    log = await page.evaluate("heard")
    print("\n".join(log))
    assert not [one for one in log if "not open" in one]
    assert not [one for one in log if "typing" in one], "typing is shown, not said"
    assert log.count("status: No connectionTry again") == 1, "each try is not said"
    await member.close()


_CLIPPED = """() => [...document.querySelectorAll('body *')].filter((one) => {
  const how = getComputedStyle(one);
  const hides = how.overflowY === 'hidden' || how.overflowY === 'clip';
  const unseen = one.closest('.unseen, [hidden], svg, .avatar');
  const told = !unseen && one.clientHeight > 0 && one.textContent.trim();
  return hides && told && one.scrollHeight > one.clientHeight + 4;
}).map((one) => `${one.className} ${one.scrollHeight}>${one.clientHeight}`)"""
_SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
_WIDE = "document.documentElement.scrollWidth - innerWidth"


async def _screens(site: Site, member: Member) -> list[str]:
    return ["/app", f"/app/c/u{site.telegram.ids[ADA]}", "/app/settings", "/app/new", "/app/link"]


@pytest.mark.long
async def test_zoom_spacing_colours_and_motion(site: Site) -> None:
    do = site.telegram.do
    member = await site.join("Petra")
    page = member.page
    await do("contact", ADA, phone=member.phone, name="Petra")
    await do(
        "say", ADA, to=member.id, text="A **long** message about https://example.org/a/b/c " * 6
    )
    await do("poll", ADA, to=member.id, question="Which?", answers=["This one", "That one"])
    await page.wait_for_selector(".chat-row")
    # 1280 × 1024 at 400 %.
    await page.set_viewport_size({"width": 320, "height": 256})
    for path in await _screens(site, member):
        await member.go(path)
        await page.wait_for_selector("#search", state="attached")
        await page.wait_for_timeout(250)
        assert await page.evaluate(_WIDE) <= 0, path
        await member.see(f"zoom{path.replace('/', '-')[:14]}")
    await page.set_viewport_size(DESKTOP["viewport"])  # type: ignore[arg-type]
    for path in await _screens(site, member):
        await member.go(path)
        await page.wait_for_selector("#search")
        await page.wait_for_timeout(250)
        await page.evaluate(_SPACED)
        assert await page.evaluate(_CLIPPED) == [], path
        assert await page.evaluate(_WIDE) <= 0, path
        await member.see(f"spaced{path.replace('/', '-')[:14]}")
    await page.emulate_media(forced_colors="active", reduced_motion="reduce")
    for path in await _screens(site, member):
        await member.go(path)
        await page.wait_for_selector("#search")
        await page.wait_for_timeout(250)
        await member.see(f"forced{path.replace('/', '-')[:14]}")
        assert await page.evaluate(_MOVES) == [], path
    await page.emulate_media(forced_colors="none", reduced_motion="no-preference")
    await member.go("/app/c/u" + str(site.telegram.ids[ADA]))
    await page.wait_for_selector(".message")
    await page.evaluate("document.documentElement.dir = 'rtl'")
    for width in (1280, 360):
        await page.set_viewport_size({"width": width, "height": 740})
        await page.wait_for_timeout(150)
        assert await page.evaluate(_WIDE) <= 0
        await member.see(f"rtl-{width}")
    await member.close()


_MOVES = """[...document.querySelectorAll('body *')].filter((one) => {
  const how = getComputedStyle(one);
  return parseFloat(how.animationDuration) > .02 || parseFloat(how.transitionDuration) > .02;
}).map((one) => one.className)"""
