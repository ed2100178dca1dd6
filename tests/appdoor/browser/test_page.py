"""The page of a channel on the web: looked at before it is on, then read by a stranger."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Locator

from tests.appdoor.browser.looking import look
from tests.appdoor.browser.site import Member, Site
from tests.kit.waiting import asked_until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]
LONG = pytest.mark.long
NUMBERS = iter(range(33_655_503_000, 33_655_503_100))
DIALOG = "dialog[open]"


async def owner(site: Site, who: str, name: str, lang: str = "en") -> Member:
    """Somebody of Telethon who has a channel with a public name, and comes in by the browser."""
    member = await site.window(lang)
    member.phone, member.name = str(next(NUMBERS)), who
    await site.telegram.do("sign_up", who, phone=member.phone, lang="en")
    await site.telegram.do("channel", who, title=f"Ville de {who}", name=name)
    await site.telegram.do("say", who, to=name, text="The pool is open")
    await member.go("/app")
    await member.enter_code()
    await member.arrived()
    await member.page.click(f".chat-row:has-text('Ville de {who}')")
    await member.sees("The pool is open")
    return member


async def open_page(member: Member) -> None:
    """The panel of the channel that is open, and its page."""
    await member.page.click(".chat-head-name")
    await member.page.locator(".panel button:has(svg)", has_text="web").click()
    await member.page.locator(f"{DIALOG} .page-address").wait_for()


async def test_a_page_is_previewed_switched_on_and_read_by_a_stranger(site: Site) -> None:
    member = await owner(site, "Odile", "ville_odile")
    page = member.page
    await open_page(member)
    await page.locator(DIALOG, has_text="nobody can read it").wait_for()
    async with member.context.expect_page() as opened:
        await page.locator(f"{DIALOG} a", has_text="See how it will look").click()
    preview = await opened.value
    await preview.locator("text=The pool is open").wait_for()
    await preview.close()
    stranger = await (await site.browser.new_context()).new_page()
    address = await page.inner_text(f"{DIALOG} .page-address span")
    gone = await stranger.goto(address)
    assert gone is not None and gone.status == 404
    await page.locator(f"{DIALOG} button", has_text="Put it on the web").click()
    await page.locator(DIALOG, has_text="everybody can read it").wait_for()
    await stranger.goto(address)
    await stranger.locator("text=The pool is open").wait_for()
    await stranger.context.close()
    await page.locator(f"{DIALOG} h3", has_text="Visits").wait_for()
    async with member.context.expect_page() as opened:
        await page.locator(f"{DIALOG} a", has_text="Visits by day").click()
    visits = await opened.value
    await visits.locator("text=Readers of Ville de Odile").wait_for()
    await member.see("page-visits")
    await member.close()


@LONG
async def test_every_switch_by_hand(site: Site) -> None:
    member = await owner(site, "Paule", "ville_paule")
    page = member.page
    await open_page(member)
    await look(member, "page-en")
    dialog = page.locator(DIALOG)
    await dialog.get_by_label("Search engines").select_option("noindex")
    await dialog.get_by_label("Posts are news articles").check()
    await dialog.get_by_label("Facebook").uncheck()
    await dialog.get_by_label("Who can comment").select_option("closed")
    for label, text in (("A line above", "Be kind."), ("Guests can comment", "30")):
        await dialog.get_by_label(label).fill(text)
        await page.keyboard.press("Enter")
        await dialog.locator(".page-said", has_text="Saved").wait_for()
    await dialog.get_by_label("Language of the posts").fill("klingon")
    await page.keyboard.press("Enter")
    await dialog.locator(".wrong", has_text="cannot be set").wait_for()
    await page.keyboard.press("Escape")
    await open_page(member)
    assert await dialog.get_by_label("Search engines").input_value() == "noindex"
    assert not await dialog.get_by_label("Facebook").is_checked()
    assert await dialog.get_by_label("A line above").input_value() == "Be kind."
    await member.close()


@LONG
async def test_a_picture_is_described_from_its_menu(site: Site, tmp_path: Path) -> None:
    member = await owner(site, "Quitterie", "ville_quitterie")
    page = member.page
    picture = tmp_path / "harbour.jpg"
    Image.linear_gradient("L").resize((400, 300)).convert("RGB").save(picture)
    await site.telegram.do(
        "picture", "Quitterie", to="ville_quitterie", file=str(picture), html="The harbour"
    )
    await member.sees("The harbour")
    await open_page(member)
    await page.locator(f"{DIALOG} h3", has_text="Pictures without a description").wait_for()
    await page.keyboard.press("Escape")
    await page.locator(".message", has_text="The harbour").click(button="right")
    await page.locator("[role=menuitem]", has_text="Describe the picture").click()
    await page.fill(f"{DIALOG} textarea", "A harbour at dawn, seen from the pier")
    await look(member, "page-describe")
    await page.click(f"{DIALOG} .primary")
    await page.wait_for_selector("#done:has-text('described')")
    await page.locator(".panel button:has(svg)", has_text="web").click()
    await page.locator(f"{DIALOG} .page-address").wait_for()
    assert not await page.locator(f"{DIALOG} h3", has_text="Pictures").count()
    await member.close()


@LONG
async def test_a_post_is_put_on_top_and_closed_from_its_menu(site: Site) -> None:
    member = await owner(site, "Tiphaine", "ville_tiphaine")
    page = member.page
    await page.locator(".message", has_text="The pool is open").click(button="right")
    await page.locator("[role=menuitem]", has_text="On the web page").click()
    dialog = page.locator(DIALOG)
    await dialog.get_by_label("Comments on post").select_option("closed")
    await page.wait_for_selector("#done:has-text('Saved')")
    await dialog.get_by_label("Pinned on top").check()
    await look(member, "page-post")
    await page.keyboard.press("Escape")
    await dialog.wait_for(state="detached")
    await page.locator(".pinned", has_text="The pool is open").wait_for()
    await open_page(member)
    assert await dialog.get_by_label("Comments on post").input_value() == "closed"
    await member.close()


@LONG
async def test_switched_off_elsewhere_while_somebody_looks(site: Site) -> None:
    member = await owner(site, "Reine", "ville_reine", "fr")
    page = member.page
    await open_page(member)
    await page.locator(f"{DIALOG} button", has_text="Mettre sur le web").click()
    await page.locator(DIALOG, has_text="tout le monde peut la lire").wait_for()
    await look(member, "page-fr")
    words = ("admin", "channel", "public", "ville_reine", "off")
    await asyncio.to_thread(site.server.run, *words)

    async def seen() -> bool:
        await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        return bool(await page.locator(".page-said", has_text="retirée du web").count())

    await asked_until(seen)
    await member.close()


async def open_identity(member: Member, label: str = "Name, looks and domain") -> None:
    await open_page(member)
    await member.page.locator(f"{DIALOG} button", has_text=label).click()
    await member.page.locator(f"{DIALOG} input[type=color]").first.wait_for()


def part(member: Member, label: str) -> Locator:
    """The field of a part of the identity, in the dialog on top."""
    return member.page.locator(f"{DIALOG} .field", has_text=label).last.locator("input,textarea")


async def test_a_newspaper_is_named_and_asks_for_its_domain(site: Site) -> None:
    member = await owner(site, "Rosa", "ville_rosa")
    page = member.page
    await open_identity(member)
    await part(member, "Name of the newspaper").fill("The Rosa Times")
    await page.keyboard.press("Enter")
    await page.locator(f"{DIALOG} .page-said", has_text="Saved").wait_for()
    await part(member, "Own domain").fill("127.0.0.1")
    await page.keyboard.press("Enter")
    await page.locator(f"{DIALOG} [role=alert]", has_text="no domain").wait_for()
    await part(member, "Own domain").fill("rosa.example")
    await page.keyboard.press("Enter")
    await page.locator(f"{DIALOG} .page-address", has_text="_petitbleu.rosa.example").wait_for()
    await member.close()


@LONG
async def test_all_of_a_newspaper_by_hand(site: Site, tmp_path: Path) -> None:
    member = await owner(site, "Sacha", "ville_sacha")
    page = member.page
    await open_identity(member)
    await look(member, "paper-en")
    accent = part(member, "Colour of links")
    await accent.fill("#ffee00")
    await page.locator(f"{DIALOG} [role=alert]", has_text="1.05:1").wait_for()
    assert await accent.input_value() == "#1d5fa8", "as it was"
    await accent.fill("#990f3d")
    await page.locator(f"{DIALOG} .page-said", has_text="Saved").wait_for()
    await part(member, "Sections").fill("Harbour #harbour\nCulture #culture")
    await page.locator(f"{DIALOG} form", has_text="Sections").last.locator("button").click()
    await page.locator(f"{DIALOG} .page-said", has_text="Saved").wait_for()
    Image.new("RGB", (600, 200), "#990f3d").save(tmp_path / "logo.png")
    async with page.expect_file_chooser() as asked:
        await page.locator(f"{DIALOG} button", has_text="Choose a logo").click()
    await (await asked.value).set_files(tmp_path / "logo.png")
    await page.locator(f"{DIALOG} .paper-logo").wait_for()
    await part(member, "Own domain").fill("sacha.example")
    await page.keyboard.press("Enter")
    await page.locator(f"{DIALOG} button", has_text="Look for the record").wait_for()
    await look(member, "paper-asked")
    await page.locator(f"{DIALOG} button", has_text="Give the domain up").click()
    await part(member, "Own domain").wait_for()
    await page.locator(f"{DIALOG} button", has_text="Remove the logo").click()
    await page.locator(f"{DIALOG} button", has_text="Choose a logo").wait_for()
    await member.close()


@LONG
async def test_a_newspaper_in_french(site: Site) -> None:
    member = await owner(site, "Tilda", "ville_tilda", "fr")
    await open_identity(member, "Nom, apparence et domaine")
    await look(member, "paper-fr")
    await part(member, "Couleur de fond").fill("#808080")
    await member.page.locator(f"{DIALOG} [role=alert]", has_text="4.50:1").wait_for()
    await member.close()
