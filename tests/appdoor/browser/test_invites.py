"""Links into a chat, requests to join, recent actions, and a chat made on one page."""

from __future__ import annotations

import pytest

from tests.appdoor.browser.administering import (
    PHOTO,
    chat_is,
    choose,
    find_way,
    make,
    number,
    reads,
    stands,
)
from tests.appdoor.browser.site import ADA, BEN, Site
from tests.kit.chromium import axe

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


@pytest.mark.long
async def test_links_and_requests_to_join(site: Site) -> None:
    telegram = site.telegram
    owner = await site.join("Olga")
    page = owner.page
    key = await make(owner, "La cave")
    await owner.go(f"/app/c/{key}/info/invites")
    await page.click(".admin .primary")
    await page.fill("dialog input[name=link-title]", "Affiche")
    await page.check("dialog .switch input")
    await page.select_option("dialog select", "week")
    await page.click("dialog .primary")
    await page.click(".admin a.pick-row:has-text('Affiche')")
    way = (await page.inner_text(".panel-link .link")).rpartition("+")[2]
    for who in (ADA, BEN):
        await telegram.do("request", who, way=way)
    # The mark in the head comes by itself.
    await page.wait_for_selector(".requests-mark .badge:has-text('2')")
    await owner.see("admin-mark")
    await page.click(".requests-mark")
    await page.click("button[aria-label='Let in: Ada']")
    await page.wait_for_selector(".asking:has-text('Ada')", state="detached")
    await reads(owner, ".message.service", "Ada was let in")
    assert (await stands(site, key, ADA, **{"is": "Self"}))["rank"] == ""
    await page.click("button[aria-label='Refuse: Ben']")
    await page.wait_for_selector(".requests-mark", state="detached")
    await page.wait_for_selector(".admin .hint:has-text('Nobody asks')")
    # Who came by the link stands with it; it is changed, revoked, deleted.
    await owner.go(f"/app/c/{key}/info/invites")
    await page.click(".admin a.pick-row:has-text('Affiche')")
    await page.wait_for_selector(".pick[aria-label='Who came by it'] .pick-row:has-text('Ada')")
    await page.click(".admin .secondary:has-text('Change the link')")
    await page.fill("dialog input[name=link-title]", "Flyer")
    await page.uncheck("dialog .switch input")
    await page.fill("dialog input[name=uses]", "2")
    await page.click("dialog .primary")
    await page.wait_for_selector(".panel-name:has-text('Flyer')")
    await telegram.do("enter", BEN, way=way)
    await reads(owner, ".message.service", "Ben joined by a link")
    await page.click(".admin .danger:has-text('Revoke')")
    await owner.agree()
    revoked = ".admin-section:has-text('Revoked links')"
    await page.click(f"{revoked} a.pick-row:has-text('Flyer')")
    await page.wait_for_selector(".link.struck")
    await page.click(".admin .danger:has-text('Delete the link')")
    await owner.agree()
    await page.wait_for_selector(".admin .hint:has-text('There is no link yet')")
    await page.wait_for_selector(revoked, state="detached")
    # Back and a reload come to the same screen.
    await page.reload()
    await page.wait_for_selector(".admin h2:has-text('Invitation links')")
    await owner.close()


@pytest.mark.long
async def test_who_asked_is_led_in_and_whoever_is_put_out_is_told(site: Site) -> None:
    owner, guest = await site.join("Olga"), await site.join("Paul")
    page = owner.page
    key = await make(owner, "Le cellier")
    await owner.go(f"/app/c/{key}/info/invites")
    await page.click(".admin .primary")
    await page.fill("dialog input[name=link-title]", "Porte")
    await page.check("dialog .switch input")
    await page.click("dialog .primary")
    await page.click(".admin a.pick-row:has-text('Porte')")
    way = (await page.inner_text(".panel-link .link")).rpartition("+")[2]
    await guest.go(f"/app/join/{way}")
    await guest.page.click(".page .primary")
    await guest.page.wait_for_selector("[role=status]:has-text('Your request was sent')")
    await page.click(".requests-mark")
    await page.click("button[aria-label='Let in: Paul']")
    # The chat opens where the request was waiting.
    await guest.page.wait_for_selector("#composer")
    await guest.page.locator("#composer").press_sequentially("Bonjour")
    await reads(owner, ".chat-state.typing", "Paul is typing")
    await owner.go(f"/app/c/{key}/info/members")
    await choose(page, "Paul", "Ban")
    # The question is read to its end, also where it takes two lines.
    title = "document.querySelector('dialog[open] h2')"
    await owner.holds(f"{title}.scrollWidth <= {title}.clientWidth")
    await owner.agree()
    await guest.page.wait_for_selector(".nothing:has-text('no longer in this group')")
    await page.click(".chip:has-text('Banned')")
    await choose(page, "Paul", "Add back")
    await guest.page.wait_for_selector(".message.service:has-text('Olga')")
    await guest.page.wait_for_selector("#composer")
    await owner.close()
    await guest.close()


@pytest.mark.long
async def test_all_requests_at_once(site: Site) -> None:
    telegram = site.telegram
    owner = await site.join("Olga")
    page = owner.page
    key = await make(owner, "Le grenier")
    await owner.go(f"/app/c/{key}/info/invites")
    await page.click(".admin .primary")
    await page.check("dialog .switch input")
    await page.click("dialog .primary")
    await page.click(".admin .pick a.pick-row >> nth=0")
    way = (await page.inner_text(".panel-link .link")).rpartition("+")[2]
    for who in (ADA, BEN):
        await telegram.do("request", who, way=way)
    await page.click(".requests-mark")
    await page.wait_for_selector(".asking >> nth=1")
    await owner.see("admin-asking")
    assert await axe(page) == []
    await page.fill(".admin > .input", "ada")
    await page.wait_for_selector(".asking:has-text('Ben')", state="detached")
    await page.fill(".admin > .input", "")
    await page.wait_for_selector(".asking >> nth=1")
    await page.click(".admin .secondary:has-text('Let all in')")
    await owner.agree()
    await page.wait_for_selector(".requests-mark", state="detached")
    for who in (ADA, BEN):
        assert "Le grenier" in await telegram.do("chats", who)
        await chat_is(site, who, key, count=3)
    await owner.close()


@pytest.mark.long
async def test_recent_actions_are_sentences(site: Site) -> None:
    telegram = site.telegram
    owner = await site.join("Olga")
    page = owner.page
    key = await make(owner, "Le port")
    chat = number(key)
    way = await find_way(owner)
    for who in (ADA, BEN):
        await telegram.do("enter", who, way=way)
    rights = ["change_info", "delete_messages", "ban_users"]
    await owner.go(f"/app/c/{key}/info/members")
    await choose(page, "Ada", "Make an admin")
    await page.click("dialog .primary")
    await page.wait_for_selector(".members .pick-row:has-text('admin')")
    assert set(rights) <= set((await telegram.do("about", ADA, of=chat))["rights"])
    for n in range(3):
        await telegram.do("rename", ADA, of=chat, title=f"Le port {n}")
    said = await telegram.do("say", BEN, to=chat, text="Buy cheap boats")
    await telegram.do("edit", BEN, of=chat, message=said, text="Buy cheap ships")
    await telegram.do("delete", ADA, of=chat, ids=[said])
    await choose(page, "Ben", "Ban")
    await owner.agree()
    await page.click(".chip:has-text('Banned')")
    await page.wait_for_selector(".members .pick-row:has-text('Ben')")
    await owner.go(f"/app/c/{key}/info/actions")
    for text in (
        "Olga banned Ben",
        "Ada deleted a message of Ben",
        "Ben edited their own message",
        "Ada changed the name",
        "Olga made Ada an admin",
        "Ben joined by a link",
    ):
        await reads(owner, ".log-event", text)
    assert "Buy cheap ships" in await page.inner_text(".log-event:has-text('deleted')")
    await owner.see("admin-log")
    events = page.locator(".log-event")
    await page.select_option("select[name=kind]", "settings")
    await page.wait_for_selector(".log-event:has-text('banned')", state="detached")
    assert await events.count() == 3
    await page.select_option("select[name=kind]", "all")
    await page.select_option("select[name=admin]", label="Ada")
    await page.wait_for_selector(".log-event:has-text('deleted')")
    assert not await page.locator(".log-event:has-text('banned')").count()
    await page.fill(".admin > .input", "ships")
    await page.wait_for_selector(".log-event:has-text('changed the name')", state="detached")
    assert await events.count() == 1
    await page.fill(".admin > .input", "nothing like it")
    await page.wait_for_selector(".admin .hint:has-text('No such action')")
    await owner.close()


@pytest.mark.long
async def test_a_public_channel_with_a_photo_made_on_one_page(site: Site) -> None:
    telegram = site.telegram
    owner = await site.join("Olga")
    page = owner.page
    await telegram.do("contact", BEN, phone=owner.phone, name="Olga")
    await telegram.do("say", BEN, to=owner.id, text="Hello")
    await page.wait_for_selector(".chat-row")
    await page.click('a[href="/app/new"]')
    await page.fill(".page input[required]", "La plage")
    await page.set_input_files(".photo-file", PHOTO)
    await page.wait_for_selector("dialog canvas")
    await page.click("dialog .primary")
    await page.wait_for_selector(".photo-line img")
    await page.check('.page input[value="public"]')
    await page.click(".page .primary:has-text('Make')")
    await page.wait_for_selector(".wrong:has-text('give it an address')")
    await page.fill("input[name=address]", "la_plage_ici")
    await page.check('.page input[value="admins"]')
    await page.locator(".pick-row", has_text="Ben").locator("input").check()
    await page.wait_for_selector(".field [role=status]:has-text('free')")
    await page.click(".page .primary:has-text('Make')")
    await page.wait_for_selector("h1:has-text('La plage')")
    await telegram.do("join", ADA, name="la_plage_ici")
    found = await telegram.do("about", ADA, of="la_plage_ici")
    assert found["photo"]
    assert found["count"] == 3
    assert {"send_messages", "send_plain", "send_photos"} <= set(found["nobody"])
    await owner.close()
