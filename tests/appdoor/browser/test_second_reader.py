"""A second pair of eyes: an admin of any app schedules, another approves in the web client."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.appdoor.browser.looking import look
from tests.appdoor.browser.site import BEN, Member, Site
from tests.appdoor.browser.test_page import DIALOG, open_page, owner

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]
LONG = pytest.mark.long


async def newsroom(site: Site, who: str, name: str, lang: str = "en") -> tuple[Member, str]:
    """The owner at a channel that demands a second reader, whose page is on the web and in which
    Ben may post; the channel's address.
    """
    member = await owner(site, who, name, lang)
    page = member.page
    await open_page(member)
    show, demand = (
        ("Put it on the web", "A second person") if lang == "en" else
        ("Mettre sur le web", "Une deuxième personne")
    )  # fmt: skip
    await page.locator(f"{DIALOG} button", has_text=show).click()
    await page.locator(f"{DIALOG} a[target=_blank]").wait_for()
    await page.locator(f"{DIALOG} .tick", has_text=demand).locator("input").check()
    await page.locator(f"{DIALOG} .page-said").filter(has_text=".").wait_for()
    address = await page.inner_text(f"{DIALOG} .page-address span")
    await page.keyboard.press("Escape")
    await page.locator(DIALOG).wait_for(state="detached")
    await site.telegram.do("join", BEN, name=name)
    rights = ["post_messages", "edit_messages"]
    await site.telegram.do("promote", who, of=name, person=site.telegram.ids[BEN], rights=rights)
    return member, address


async def to_scheduled(member: Member) -> None:
    """What waits in the chat that is open."""
    key = member.page.url.split("/app/c/")[1].split("/")[0]
    await member.go(f"/app/c/{key}/scheduled")


async def test_what_one_schedules_another_approves_and_readers_see(site: Site) -> None:
    member, address = await newsroom(site, "Sidonie", "ville_sidonie")
    page = member.page
    await site.telegram.do("later", BEN, to="ville_sidonie", text="The library opens on Sunday")
    await to_scheduled(member)
    row = page.locator(".scheduled-row", has_text="The library opens")
    await row.locator(".review-no", has_text="Waits for a second reader").wait_for()
    assert not await row.locator("button", has_text="Send now").count()
    await row.locator("button", has_text="Approve").click()
    await row.locator(".review-yes", has_text="Approved by").wait_for()
    await row.locator("button", has_text="Send now").click()
    await member.sees("The library opens on Sunday")
    stranger = await (await site.browser.new_context()).new_page()
    await stranger.goto(address)
    await stranger.locator("text=The library opens on Sunday").wait_for()
    await stranger.context.close()
    await member.close()


async def opens_the_change(member: Member) -> None:
    """The page as it would be with the change that waits, then its link taken back."""
    row = member.page.locator(".review-edits .scheduled-row")
    await row.wait_for()
    make = row.locator("button:has(svg)").filter(has_text=re.compile("Preview link|Lien d’aperçu"))
    await make.click()
    shown = row.locator(".page-address a")
    await shown.wait_for()
    await look(member, f"review-edit-{await member.page.get_attribute('html', 'lang')}")
    async with member.context.expect_page() as opened:
        await shown.click()
    preview = await opened.value
    await preview.locator("p", has_text="The pool is open, and warm").wait_for()
    take = re.compile("Take the link back|Retirer le lien")
    await row.locator("button", has_text=take).click()
    await shown.wait_for(state="detached")
    gone = await preview.reload()
    assert gone is not None and gone.status == 404
    await preview.close()


@LONG
@pytest.mark.parametrize("lang", ["en", "fr"])
async def test_previews_edits_and_publishing_alone(site: Site, lang: str) -> None:
    name = f"ville_thea_{lang}"
    member, _ = await newsroom(site, f"Thea{lang}", name, lang)
    page = member.page
    text = "Le pont rouvre lundi\n\nLes travaux sont finis : le pont rouvre lundi à huit heures."
    await site.telegram.do("later", BEN, to=name, text=text)
    await site.telegram.do("later", f"Thea{lang}", to=name, text="Avis de tempête pour cette nuit")
    key = page.url.split("/app/c/")[1].split("/")[0]
    await page.locator(".message", has_text="The pool is open").click(button="right")
    await (
        page.locator("[role=menuitem]:has(svg)")
        .filter(has_text="Edit" if lang == "en" else "Modifier")
        .click()
    )
    await page.fill("#composer", "The pool is open, and warm")
    await page.keyboard.press("Enter")
    await page.locator("#done", has_text="waits" if lang == "en" else "attend").wait_for()
    assert await page.locator(".message", has_text="warm").count() == 0
    await member.go(f"/app/c/{key}/scheduled")
    await opens_the_change(member)
    row = page.locator(".scheduled-row", has_text="Le pont rouvre")
    await row.locator(".review button:has(svg)").last.click()
    await row.locator(".page-address a").wait_for()
    await look(member, f"review-{lang}")
    async with member.context.expect_page() as opened:
        await row.locator(".page-address a").click()
    preview = await opened.value
    await preview.locator("h1", has_text="Le pont rouvre").wait_for()
    folder = os.environ.get("CLIENT_SCREENSHOTS")
    if folder:
        await preview.screenshot(path=Path(folder) / f"review-preview-{lang}.png")
    storm = page.locator(".scheduled-row", has_text="Avis de temp")
    await storm.locator("button", has_text="…").click()
    await page.fill(f"{DIALOG} input", "Everybody else is asleep")
    await look(member, f"review-alone-{lang}")
    await page.click(f"{DIALOG} .primary")
    await storm.locator(".review-yes", has_text="asleep").wait_for()
    await row.locator(".review button:has(svg)").last.click()
    await row.locator(".page-address a").wait_for(state="detached")
    gone = await preview.reload()
    assert gone is not None and gone.status == 404
    await preview.close()
    await member.close()
