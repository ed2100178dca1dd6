"""The settings: sections with addresses, and what each of them changes, seen from outside too."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.appdoor.browser.looking import look
from tests.appdoor.browser.site import ADA, BEN, PHONE, Member, Site
from tests.kit.waiting import asked_until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

NUMBERS = iter(range(33_655_503_200, 33_655_504_000))
SECTIONS = ("account", "devices", "security", "privacy", "data", "appearance", "accessibility")
SECTIONS += ("language", "storage", "about")


async def test_sections_have_addresses(site: Site) -> None:
    member = await site.join("Yasmine", **PHONE)
    page = member.page
    await page.click('a[href="/app/settings"]')
    await page.click('a[href="/app/settings/appearance"]')
    await page.wait_for_selector("h1:has-text('Appearance'):focus")
    await page.check("input[name=theme] >> nth=2")
    await page.fill("input[type=range]", "20")
    await page.reload()
    await page.wait_for_selector("input[name=theme] >> nth=2")
    assert await page.is_checked("input[name=theme] >> nth=2")
    assert await page.evaluate("document.documentElement.style.fontSize") == "125%"
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
    await site.telegram.do("contact", ADA, phone=member.phone, name="Yasmine")
    await site.telegram.do("say", ADA, to=member.id, text="Bonjour")
    for section in SECTIONS:
        await page.click(f'a[href="/app/settings/{section}"]')
        await page.wait_for_selector(f'a[href="/app/settings/{section}"][aria-current]')
        await page.wait_for_selector(".settings-section .page > :not(.hint) >> nth=0")
        await page.wait_for_timeout(200)
        await look(member, f"settings-{section}-{lang}")
    for place in ("account/delete", "privacy/groups", "privacy/blocked"):
        await member.go(f"/app/settings/{place}")
        await page.wait_for_selector(".settings-section .page > :not(.hint) >> nth=0")
        await look(member, f"settings-{place.replace('/', '-')}-{lang}")
    await member.close()


async def _also_in_telegram(site: Site, who: str) -> Member:
    """Somebody with Telethon who signs in by the browser too."""
    member = await site.window()
    member.phone, member.name = str(next(NUMBERS)), who
    await site.telegram.do("sign_up", who, phone=member.phone, lang="en")
    await member.go("/app")
    await member.enter_code()
    await member.arrived()
    return member


async def _sees(site: Site, who: str, of: Any, **wanted: Any) -> None:
    """Wait until somebody with Telethon sees this of a person."""

    async def seen() -> bool:
        found = await site.telegram.do("person", who, of=of)
        return all(found[name] == value for name, value in wanted.items())

    await asked_until(seen)


@pytest.mark.long
async def test_what_others_see_of_me(site: Site, tmp_path: Path) -> None:
    member = await site.join("Zoe")
    page, telegram = member.page, site.telegram
    await telegram.do("contact", ADA, phone=member.phone, name="Zoe")
    await telegram.do("say", ADA, to=member.id, text="Hello Zoe")
    await member.go("/app/settings/account")
    await page.fill("input[name=first]", "Zoé")
    await page.fill("textarea[name=about]", "I grow tomatoes")
    await page.click("form:has(textarea[name=about]) button")
    await page.wait_for_selector("form:has(textarea[name=about]) [role=status]:has-text('Saved')")
    await page.fill("input[name=username]", "x")
    await page.wait_for_selector("p[role=status]:has-text('5 to 32')")
    await page.fill("input[name=username]", "zoe_tomatoes")
    await page.wait_for_selector("p[role=status]:has-text('is free')")
    await page.click("form:has(input[name=username]) button")
    await page.wait_for_selector(".settings-link:has-text('/zoe_tomatoes')")
    await page.fill("input[autocomplete=bday-day]", "31")
    await page.select_option("select[autocomplete=bday-month]", "2")
    await page.click("form:has(select) button")
    await page.wait_for_selector(".wrong:has-text('no day')")
    await page.fill("input[autocomplete=bday-day]", "28")
    await page.click("form:has(select) button")
    await page.wait_for_selector("form:has(select) [role=status]:has-text('Saved')")
    picture = tmp_path / "me.png"
    Image.linear_gradient("L").resize((900, 500)).convert("RGB").save(picture)
    await page.set_input_files(".settings-file input", picture)
    await page.wait_for_selector("dialog .settings-cut")
    await member.see("settings-photo")
    await page.click("dialog .primary")
    await page.wait_for_selector("dialog", state="detached")
    await page.wait_for_selector(".settings-photo img")
    seen = {"about": "I grow tomatoes", "username": "zoe_tomatoes", "photo": True}
    await _sees(site, ADA, member.id, **seen, birthday=None)
    # The birthday is for contacts; then for nobody, but for Ada.
    await member.go("/app/settings/privacy/birthday")
    await page.check("input[name=who] >> nth=2")
    await page.click(".page section button:has-text('Add somebody')")
    await page.click("dialog .pick-row:has-text('Ada')")
    await page.wait_for_selector(".page section .device:has-text('Ada')")
    await member.see("settings-exception")
    await _sees(site, ADA, member.id, birthday=[28, 2, None])
    await member.go("/app/settings/privacy/photo")
    await page.check("input[name=who] >> nth=2")
    await member.go("/app/settings/privacy")
    await page.wait_for_selector(".settings-line:has-text('Picture'):has-text('Nobody')")
    await page.wait_for_selector(".settings-line:has-text('Birthday'):has-text('1 exception')")
    await _sees(site, ADA, member.id, photo=False, birthday=[28, 2, None])
    await page.uncheck("input[name=read]")
    await page.reload()
    await page.wait_for_selector("input[name=read]:not(:checked)")
    await member.close()


@pytest.mark.long
async def test_a_second_password_from_first_to_last(site: Site) -> None:
    member = await _also_in_telegram(site, "Pia")
    page, telegram = member.page, site.telegram
    await member.go("/app/settings/security")
    await page.click("button:has-text('Set a password')")
    await page.fill("input[name=new]", "first secret")
    await page.fill("input[name=again]", "another")
    await page.fill("input[name=hint]", "the garden")
    address = page.get_by_label("Recovery address (e-mail, optional)")
    assert not await address.evaluate("field => field.required")
    await address.fill("pia@example.org")
    await page.click(".settings-form .primary")
    await page.wait_for_selector(".wrong:has-text('differ')")
    await look(member, "settings-password")
    await page.fill("input[name=again]", "first secret")
    await page.click(".settings-form .primary")
    await page.wait_for_selector("p:has-text('A code was sent to')")
    await page.fill("input[name=code]", await site.letter("pia@example.org", r"\b(\d{6})\b"))
    await page.click(".settings-form .primary")
    await page.wait_for_selector("strong:has-text('It is set')")
    await look(member, "settings-password-set")
    assert await telegram.do("proves", "Pia", password="first secret")
    before = await _cookie(member)
    await page.click("button:has-text('Change the password')")
    await page.fill("input[name=old]", "wrong one")
    await page.fill("input[name=new]", "second secret")
    await page.fill("input[name=again]", "second secret")
    await page.click(".settings-form .primary")
    await page.wait_for_selector(".wrong:has-text('not right')")
    await page.fill("input[name=old]", "first secret")
    await page.click(".settings-form .primary")
    await page.wait_for_selector("strong:has-text('It is set')")
    assert await _cookie(member) != before
    # Nothing has ended: both devices are there.
    assert await telegram.do("proves", "Pia", password="second secret")
    assert not await telegram.do("proves", "Pia", password="first secret")
    await page.click("button:has-text('Remove it after a week')")
    await member.agree()
    await page.click("button:has-text('Call it off')")
    await page.click("button:has-text('Remove it after a week')")
    await member.agree()
    await page.wait_for_selector("p[role=status]:has-text('again on')")
    await page.click("button:has-text('Remove the password')")
    await page.fill("input[name=old]", "second secret")
    await page.click(".settings-form .primary")
    await page.wait_for_selector("strong:has-text('It is not set')")
    await member.close()


async def _cookie(member: Member) -> str:
    found = [one["value"] for one in await member.context.cookies() if one["name"] == "pb"]
    return str(found[0])


@pytest.mark.long
async def test_other_devices_and_people_one_does_not_want(site: Site) -> None:
    member = await _also_in_telegram(site, "Quentin")
    page, telegram = member.page, site.telegram
    await telegram.do("contact", BEN, phone=member.phone, name="Quentin")
    await telegram.do("say", BEN, to=member.id, text="Buy this")
    await member.open(f"u{telegram.ids[BEN]}")
    await page.click(".chat-head-name")
    await page.click(".panel button:has-text('Block')")
    await member.agree()
    await page.wait_for_selector(".join-bar")
    await member.go("/app/settings/privacy")
    await page.click(".settings-line:has-text('Blocked'):has-text('1 person')")
    await page.click(".device:has-text('Ben') button")
    await page.wait_for_selector(".page:has-text('You have blocked nobody')")
    await member.go("/app/settings/devices")
    await page.select_option(".page select", label="1 week")
    await page.reload()
    await page.wait_for_selector(".page select")
    assert await page.input_value(".page select") == "7"
    await member.see("settings-two-devices")
    await page.click("button:has-text('Sign out all others')")
    await page.wait_for_selector("dialog:has-text('takes effect at once')")
    await member.agree()
    # The browser has just signed in: for a day it may not end others, except on this machine.
    await page.wait_for_selector(".page:has-text('on no other device')")
    with pytest.raises(RuntimeError):
        await telegram.do("say", "Quentin", to="me", text="am I here?")
    await member.close()


@pytest.mark.long
async def test_an_account_ends(site: Site) -> None:
    member = await site.join("Urs")
    page = member.page
    await site.telegram.do("contact", ADA, phone=member.phone, name="Urs")
    await member.go("/app/settings/account")
    await page.select_option("select:has(option:text-is('3 months'))", label="3 months")
    await page.click('a[href="/app/settings/account/delete"]')
    await page.click(".settings-form .primary.danger")
    await page.wait_for_selector("dialog:has-text('cannot be undone')")
    await member.see("settings-delete-asked")
    await member.agree()
    await page.wait_for_selector("h1:has-text('Signed out')")
    found = await site.telegram.do("person", ADA, of=member.id)
    assert found["phone"] is None and found["username"] is None
    await member.close()


@pytest.mark.long
async def test_a_copy_of_ones_own_data(site: Site, tmp_path: Path) -> None:
    member = await site.join("Yann")
    page, telegram = member.page, site.telegram
    await telegram.do("contact", ADA, phone=member.phone, name="Yann")
    await telegram.do("say", ADA, to=member.id, text="Keep this well")
    await member.go("/app/settings/data")
    await member.see("settings-data")
    await page.click(".settings-form .primary")
    await page.wait_for_selector(".settings-ready a")
    await member.see("settings-data-ready")
    # The service chat has told it.
    await page.wait_for_selector(".chat-row:has-text('copy of your data is ready')")
    async with page.expect_download() as saved:
        await page.click(".settings-ready a")
    file = tmp_path / "data.zip"
    await (await saved.value).save_as(file)
    with zipfile.ZipFile(file) as packed:
        found = json.loads(packed.read("result.json"))
    (ada,) = [one for one in found["chats"]["list"] if one.get("name") == "Ada"]
    assert ada["messages"][-1]["text"] == "Keep this well"
    link = await page.get_attribute(".settings-ready a", "href")
    other = await site.window("fr")
    await other.page.goto(f"{site.base}{link}")
    await other.page.wait_for_selector("text=Cette adresse ne s’ouvre que pour la personne")
    await other.see("settings-data-refused")
    await other.context.close()
    await page.wait_for_selector("p:has-text('Another copy can be made from')")
    await member.close()
