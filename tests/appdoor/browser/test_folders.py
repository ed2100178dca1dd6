"""Folders are made here and seen elsewhere; the order of pinned chats."""

from __future__ import annotations

import pytest

from tests.appdoor.browser.looking import look
from tests.appdoor.browser.site import ADA, BEN, Member, Site
from tests.kit.waiting import asked_until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


async def _menu(member: Member, chat: str, item: str) -> None:
    await member.page.locator(".rows .chat-row", has_text=chat).click(button="right")
    await member.page.click(f"[role=menuitem]:has-text('{item}')")


async def _chats(site: Site, name: str, lang: str) -> Member:
    member = await site.join(name, lang)
    for who in (ADA, BEN):
        await site.telegram.do("contact", who, phone=member.phone, name=name)
        await site.telegram.do("say", who, to=member.id, text=f"From {who}")
    await member.page.wait_for_selector(".rows .chat-row:has-text('From Ben')")
    await member.page.wait_for_selector(".rows .chat-row:has-text('From Ada')")
    return member


async def test_make_a_folder_and_move_chats(site: Site) -> None:
    member = await _chats(site, "Dora", "en")
    page = member.page
    await _menu(member, "From Ada", "Folders")
    await page.click("dialog .secondary")
    await page.click(".page .secondary:has-text('New folder')")
    await page.fill("dialog .field input", "Work")
    await page.select_option(".folder-chat:has-text('Ada') select", "in")
    await look(member, "folder-new-en")
    await page.click("dialog .primary")
    await page.wait_for_selector(".tab:has-text('Work')")
    await page.wait_for_selector(".folder-list li:has-text('Work'):has-text('1 chat')")
    await page.click(".tab:has-text('Work')")
    await page.wait_for_selector(".rows .chat-row:has-text('From Ben')", state="detached")
    await page.click(".tab:has-text('All')")
    await _menu(member, "From Ben", "Folders")
    await page.locator("dialog .tick", has_text="Work").locator("input").check()
    await page.keyboard.press("Escape")
    await page.wait_for_selector(".folder-list li:has-text('Work'):has-text('2 chats')")
    # It is there after a reload: the server has it.
    await page.reload()
    await page.wait_for_selector(".folder-list li:has-text('Work'):has-text('2 chats')")
    await member.close()


@pytest.mark.long
async def test_folders_in_order_and_pinned_chats(site: Site) -> None:
    member = await _chats(site, "Edwige", "fr")
    page = member.page
    await member.go("/app/folders")
    await page.wait_for_selector(".page .secondary")
    await look(member, "folders-none-fr")
    for title, kind in (("Gens", "Autres personnes"), ("Salons", "Groupes")):
        await page.click(".page .secondary:has-text('Nouveau dossier')")
        await page.fill("dialog .field input", title)
        await page.locator("dialog .tick", has_text=kind).first.locator("input").check()
        await page.click("dialog .primary")
        await page.wait_for_selector(f".folder-list li:has-text('{title}')")
    names = ["Gens", "Salons"]
    await page.click(f"[aria-label='Descendre {names[0]}']")
    await page.wait_for_selector(f".folder-list li:first-child:has-text('{names[1]}')")
    await look(member, "folders-fr")
    await page.reload()
    await page.wait_for_selector(f".folder-list li:first-child:has-text('{names[1]}')")
    await page.click(f"[aria-label='Supprimer {names[0]}']")
    await member.agree()
    await page.wait_for_selector(f".folder-list li:has-text('{names[0]}')", state="detached")
    for who in ("From Ada", "From Ben"):
        await _menu(member, who, "Épingler")
    await page.wait_for_selector(".rows li:first-child:has-text('From Ben')")
    await _menu(member, "From Ben", "Descendre")
    await page.wait_for_selector(".rows li:first-child:has-text('From Ada')")
    await page.reload()
    await page.wait_for_selector(".rows li:first-child:has-text('From Ada')")
    await _menu(member, "From Ben", "Supprimer la discussion")
    await member.see("delete-chat-fr")
    await page.click("dialog .dialog-acts button:has-text('pour les deux')")
    await page.wait_for_selector(".rows .chat-row:has-text('From Ben')", state="detached")

    async def gone() -> bool:
        return "From Ben" not in await site.telegram.texts(BEN, member.id)

    await asked_until(gone)
    await member.close()
