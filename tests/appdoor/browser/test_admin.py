"""Running groups and channels from the page, with Telethon users who see the same."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from tests.appdoor.browser.administering import (
    PHOTO,
    chat_is,
    choose,
    find_way,
    make,
    narrow,
    number,
    stands,
    turn,
)
from tests.appdoor.browser.crowd import Person
from tests.appdoor.browser.looking import look
from tests.appdoor.browser.site import ADA, BEN, Member, Site
from tests.desk.stories.people import Telegram
from tests.kit.chromium import axe
from tests.kit.waiting import asked_until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


async def test_an_admin_is_made_and_somebody_restricted(site: Site) -> None:
    telegram = site.telegram
    owner = await site.join("Olga")
    page = owner.page
    key = await make(owner, "Le jardin")
    way = await find_way(owner)
    for who in (ADA, BEN):
        await telegram.do("enter", who, way=way)
    await page.click(".admin-links a:has-text('Members')")
    await choose(page, "Ada", "Make an admin")
    await page.fill("dialog input:not([type])", "Gardener")
    await page.uncheck("dialog .switch:has-text('Pin messages') input")
    await page.click("dialog .primary")
    await page.wait_for_selector(".members .pick-row:has-text('Gardener')")
    await stands(site, key, ADA, rank="Gardener", **{"is": "Admin"})
    rights = (await telegram.do("about", ADA, of=number(key)))["rights"]
    assert "delete_messages" in rights
    assert not {"pin_messages", "add_admins"} & set(rights)
    await choose(page, "Ben", "Restrict")
    await page.uncheck("dialog .switch:has-text('Send photos') input")
    await page.select_option("dialog select", "week")
    await page.click("dialog .primary")
    await page.wait_for_selector(".members .pick-row:has-text('until')")
    ben = await stands(site, key, BEN, **{"is": "Banned"})
    assert ben["until"] > 0
    assert (await telegram.do("about", BEN, of=number(key)))["banned"] == ["send_photos"]
    await owner.close()


async def _sections(owner: Member, key: str, lang: str) -> None:
    """Each screen of the panel."""
    page = owner.page
    for section, sign in (
        ("members", ".members .pick-row >> nth=2"),
        ("edit", ".photo-field"),
        ("permissions", ".switch >> nth=12"),
        ("invites", ".panel-acts .primary"),
        ("requests", ".admin .hint"),
        ("actions", ".log-event >> nth=2"),
    ):
        await owner.go(f"/app/c/{key}/info/{section}")
        await page.wait_for_selector(sign)
        await look(owner, f"admin-{section}-{lang}")
        await narrow(owner)


@pytest.mark.long
@pytest.mark.parametrize("lang", ["en", "fr"])
async def test_the_screens_of_admins(site: Site, lang: str) -> None:
    """axe on each, nothing too wide, in every dress."""
    telegram = site.telegram
    owner = await site.window(lang)
    await owner.sign_up("Olga")
    page = owner.page
    group = await telegram.do("group", ADA, title="Le jardin partagé de la rue des Lilas")
    await telegram.do("enter", BEN, way=group["way"])
    await owner.go(f"/app/join/{group['way']}")
    await page.click(".page .primary")
    await page.wait_for_selector("#composer")
    key = f"c{str(group['id'])[4:]}"
    every = ["change_info", "delete_messages", "ban_users", "invite_users", "pin_messages"]
    rights = [*every, "add_admins", "anonymous"]
    await telegram.do("promote", ADA, of=group["id"], person=owner.id, rights=rights)
    await telegram.do("rename", ADA, of=group["id"], title="Le jardin des Lilas")
    await owner.go(f"/app/c/{key}/info")
    await page.wait_for_selector(".admin-links a >> nth=4")
    await look(owner, f"admin-info-{lang}")
    await _sections(owner, key, lang)
    await owner.go(f"/app/c/{key}/info/members")
    row = page.locator(".members button.pick-row", has_text="Ben")
    for item, name in ((1, "rights"), (2, "restrict")):
        await row.click()
        assert await axe(page) == []
        await owner.see(f"admin-menu-{lang}")
        await page.click(f"[role=menuitem] >> nth={item}")
        await page.wait_for_selector("dialog[open] .switch")
        await look(owner, f"admin-{name}-{lang}")
        await narrow(owner)
        await page.keyboard.press("Escape")
        await page.wait_for_selector("dialog[open]", state="detached")
    await owner.go(f"/app/c/{key}/info/invites")
    await page.click(".admin .primary")
    await page.wait_for_selector("dialog[open] form")
    await look(owner, f"admin-link-form-{lang}")
    await narrow(owner)
    await page.fill("dialog input[name=link-title]", "Affiche")
    await page.click("dialog .primary")
    await page.click(".admin a.pick-row:has-text('Affiche')")
    await page.click(".panel-link button[aria-expanded]")
    await page.wait_for_selector(".qr path[d^=M]")
    await look(owner, f"admin-link-{lang}")
    await owner.go("/app/new")
    await page.check('.page input[value="public"]')
    await page.fill("input[name=address]", "petit_jardin")
    await page.wait_for_selector(".page .hint[role=status]:not(:empty)")
    await look(owner, f"admin-new-{lang}")
    await narrow(owner)
    await page.set_input_files(".photo-file", PHOTO)
    await page.wait_for_selector("dialog[open] canvas")
    await look(owner, f"admin-crop-{lang}")
    await narrow(owner)
    await owner.close()


async def _address(site: Site, owner: Member, key: str) -> None:
    """Make the group public whose screen is open, and private again."""
    page, telegram = owner.page, site.telegram
    # An address that is taken, one that is none, one that is free.
    await telegram.do("channel", ADA, title="Autre", name="verger_autre")
    for name, said in (("verger_autre", "taken"), ("1x", "begins with"), ("verger_lilas", "free")):
        await page.fill("input[name=address]", name)
        await page.wait_for_selector(f".field [role=status]:has-text('{said}')")
    await page.click(".admin-section .secondary:has-text('Save')")
    await page.wait_for_selector(".panel .hint:has-text('Public: anybody')")
    # Whoever finds it may read it all: that switch is gone, another has come.
    await page.wait_for_selector(".switch:has-text('see the history')", state="detached")
    await chat_is(site, BEN, key, name="verger_lilas", hidden=False)
    await turn(owner, "Admins approve who joins")
    await page.fill("input[name=address]", "")
    await page.click(".admin-section .secondary:has-text('Make it private')")
    await owner.agree()
    await page.wait_for_selector(".panel .hint:has-text('Private: people')")
    await chat_is(site, BEN, key, name="")


@pytest.mark.long
async def test_a_group_is_edited_and_all_see_it(site: Site) -> None:
    telegram = site.telegram
    owner = await site.join("Olga")
    page = owner.page
    key = await make(owner, "Le verger")
    way = await find_way(owner)
    for who in (ADA, BEN):
        await telegram.do("enter", who, way=way)
    await owner.go(f"/app/c/{key}/info/edit")
    await page.fill("input[name=title]", "Le grand verger")
    await page.fill("textarea[name=about]", "Pommes et poires")
    await page.click(".admin-form .primary")
    await page.wait_for_selector(".message.service:has-text('You renamed it')")
    await chat_is(site, ADA, key, title="Le grand verger", about="Pommes et poires", photo=False)
    await page.set_input_files(".photo-file", PHOTO)
    await page.wait_for_selector("dialog canvas")
    await page.focus("dialog canvas")
    await page.keyboard.press("ArrowLeft")
    await page.click("dialog .primary")
    await page.wait_for_selector(".message.service:has-text('You changed the photo')")
    await chat_is(site, ADA, key, photo=True)
    await page.click(".photo-field .danger")
    await page.wait_for_selector(".message.service:has-text('You removed the photo')")
    await chat_is(site, ADA, key, photo=False)
    await turn(owner, "New members see the history", False)
    await turn(owner, "Protect the content")
    await turn(owner, "Spam filter")
    await owner.go(f"/app/c/{key}/info")
    await page.select_option(".timer select", str(7 * 86_400))
    service = ".message.service:has-text('You have messages deleted after 7 days')"
    await page.wait_for_selector(service)
    await owner.go(f"/app/c/{key}/info/edit")
    await page.wait_for_selector(".admin-form")
    assert not await page.locator("select[name=timer]").count()
    await chat_is(site, ADA, key, hidden=True, protected=True, timer=7 * 86_400)
    await _address(site, owner, key)
    await owner.go(f"/app/c/{key}/info/permissions")
    await page.wait_for_selector(".switch >> nth=12")
    await turn(owner, "Send photos", False)
    await turn(owner, "Add people", False)
    await page.select_option("select[name=slow]", "30")
    await chat_is(site, BEN, key, nobody=["invite_users", "send_photos"], slow=30)
    # What others change is seen here.
    rights = ["change_info", "ban_users"]
    await owner.go(f"/app/c/{key}/info/members")
    await choose(page, "Ada", "Make an admin")
    await page.click("dialog .primary")
    await page.wait_for_selector(".members .pick-row:has-text('admin')")
    assert set(rights) < set((await telegram.do("about", ADA, of=number(key)))["rights"])
    await owner.go(f"/app/c/{key}/info/edit")
    await page.wait_for_selector("input[name=title]")
    await telegram.do("rename", ADA, of=number(key), title="Verger d’Ada")
    await owner.holds("document.querySelector('input[name=title]').value === 'Verger d’Ada'")
    await owner.close()


@pytest.mark.long
async def test_a_channel_with_comments_and_signatures(site: Site) -> None:
    telegram = site.telegram
    owner = await site.join("Olga")
    page = owner.page
    group = await make(owner, "Le café")
    key = await make(owner, "La feuille", "channel")
    way = await find_way(owner)
    await telegram.do("enter", ADA, way=way)
    await owner.go(f"/app/c/{key}/info/edit")
    await turn(owner, "Sign posts")
    await page.click(".admin-section button.pick-row:has-text('Le café')")
    await owner.agree()
    await page.wait_for_selector(".admin-section a.pick-row:has-text('Le café')")
    await chat_is(site, ADA, key, signed=True, linked=int(group[1:]))
    await owner.see("admin-channel")
    # The group can be read by readers of the channel: what that means is offered there.
    await owner.go(f"/app/c/{group}/info/edit")
    await turn(owner, "Only members write")
    await turn(owner, "Admins approve who joins")
    await owner.go(f"/app/c/{key}/info/edit")
    await page.click(".admin-section .danger:has-text('End the link')")
    await owner.agree()
    await page.wait_for_selector(".admin-section button.pick-row:has-text('Le café')")
    await chat_is(site, ADA, key, linked=0)
    await owner.go(f"/app/c/{key}/info/members")
    await choose(page, "Ada", "Remove from the channel")
    await owner.agree()
    await page.wait_for_selector(".members .pick-row:has-text('Ada')", state="detached")
    await owner.close()


MAKE_SMALL = """
([title]) => fetch('/app/rpc', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'X-Petitbleu-App': '1' },
  body: JSON.stringify({ i: 1, q: { _: 'messages.createChat', title, users: [] } }),
}).then((answer) => answer.json())
"""
"""The page makes large groups only; apps of others still make these."""


@pytest.mark.long
async def test_a_small_group_of_old_becomes_a_large_one(site: Site) -> None:
    telegram = site.telegram
    owner = await site.join("Olga")
    page = owner.page
    await page.evaluate(MAKE_SMALL, ["Les vieux amis"])
    await page.click(".rows a[href^='/app/c/g']")
    key = page.url.rpartition("/")[2]
    way = await find_way(owner)
    await telegram.do("enter", ADA, way=way)
    await owner.go(f"/app/c/{key}/info/members")
    await choose(page, "Ada", "Make an admin")
    await page.wait_for_selector(".members .pick-row:has-text('admin')")
    await owner.go(f"/app/c/{key}/info/edit")
    await page.fill("input[name=title]", "Les bons amis")
    await page.fill("textarea[name=about]", "Depuis toujours")
    await page.click(".admin-form .primary")
    await page.wait_for_selector(".message.service:has-text('You renamed it')")
    await page.set_input_files(".photo-file", PHOTO)
    await page.click("dialog .primary")
    await page.wait_for_selector(".message.service:has-text('You changed the photo')")
    await owner.see("admin-small")
    await owner.go(f"/app/c/{key}/info/permissions")
    await turn(owner, "Send photos", to=False)
    await owner.go(f"/app/c/{key}/info/edit")
    await page.click(".admin-section .secondary:has-text('Make it a large group')")
    await owner.agree()
    await page.wait_for_selector(".admin-links a:has-text('Recent actions')")
    large = page.url.split("/c/")[1].split("/")[0]
    assert "Les bons amis" in await telegram.do("chats", ADA)
    wanted = {"title": "Les bons amis", "about": "Depuis toujours", "photo": True}
    await chat_is(site, ADA, large, **wanted, nobody=["send_photos"])
    await owner.close()


@pytest.mark.long
async def test_titles_and_a_link_sent_in_a_chat(site: Site) -> None:
    telegram = site.telegram
    owner = await site.join("Olga")
    page = owner.page
    await telegram.do("contact", BEN, phone=owner.phone, name="Olga")
    await telegram.do("say", BEN, to=owner.id, text="Hello")
    await page.wait_for_selector(".chat-row")
    key = await make(owner, "Le moulin")
    await page.click(".chat-head-name")
    await page.click(".admin-links a:has-text('Invitation links')")
    await page.click(".admin .secondary:has-text('Permanent link')")
    await page.click(".admin a.pick-row:has-text('permanent')")
    way = (await page.inner_text(".panel-link .link")).rpartition("+")[2]
    await page.click(".panel-link button:has-text('Send in a chat')")
    await page.click("dialog .pick-row:has-text('Ben')")
    await page.wait_for_selector(".message:not(.pending) .words a")

    async def read() -> bool:
        return any(way in text for text in await telegram.texts(BEN, owner.id))

    await asked_until(read)
    for who in (ADA, BEN):
        await telegram.do("enter", who, way=way)
    await owner.go(f"/app/c/{key}/info/members")
    for name, title in (("Ada", "Meunière"), ("Olga", "Fondatrice")):
        await choose(page, name, "Title")
        await page.fill("dialog input[name=rank]", title)
        await page.click("dialog .primary")
        await page.wait_for_selector(f".members .pick-row:has-text('{title}')")
    await stands(site, key, ADA, rank="Meunière")
    # Found by the beginning of a name, and shown apart by what they are.
    await page.fill(".admin > .input", "be")
    await page.wait_for_selector(".members .pick-row:has-text('Ada')", state="detached")
    await page.fill(".admin > .input", "nobody")
    await page.wait_for_selector(".admin .hint:has-text('Nobody was found')")
    await page.fill(".admin > .input", "")
    await page.click(".chip:has-text('Admins')")
    await page.wait_for_selector(".members .pick-row:has-text('Ben')", state="detached")
    await page.click(".chip:has-text('Restricted')")
    await page.wait_for_selector(".admin .hint:has-text('Nobody is restricted')")
    await page.click(".chip >> nth=0")
    await choose(page, "Ben", "Remove from the group")
    await owner.agree()
    await page.wait_for_selector(".members .pick-row:has-text('Ben')", state="detached")
    # Removed is not banned: with the link they are back.
    await telegram.do("enter", BEN, way=way)
    await choose(page, "Ben", "Ban")
    await owner.agree()
    await page.click(".chip:has-text('Banned')")
    await choose(page, "Ben", "Lift the ban")
    await page.wait_for_selector(".admin .hint:has-text('Nobody is banned')")
    await telegram.do("enter", BEN, way=way)
    # The way back leads to where one came from, the focus too.
    await page.focus(".admin h2")
    await page.keyboard.press("Escape")
    await owner.holds("document.activeElement.getAttribute('href')?.endsWith('/members')")
    await owner.close()


@pytest.mark.long
async def test_ownership_is_handed_over_by_password(site: Site) -> None:
    telegram = site.telegram
    owner = await site.join("Olga")
    page = owner.page
    key = await make(owner, "Le lavoir")
    await telegram.do("enter", ADA, way=await find_way(owner))
    await owner.go(f"/app/c/{key}/info/members")
    await choose(page, "Ada", "Make an admin")
    await page.click("dialog .primary")
    await page.wait_for_selector("dialog", state="detached")
    await choose(page, "Ada", "Hand over ownership")
    await page.wait_for_selector("dialog [role=alert] a[href$='/security']")
    await look(owner, "admin-handover-without")
    await owner.go("/app/settings/security")
    await page.click("button:has-text('Set a password')")
    for field in ("new", "again"):
        await page.fill(f"input[name={field}]", "correct horse")
    await page.click(".settings-form .primary")
    await page.wait_for_selector("button:has-text('Change the password')")
    await owner.go(f"/app/c/{key}/info/members")
    await choose(page, "Ada", "Hand over ownership")
    await page.fill("dialog input[name=password]", "wrong")
    await look(owner, "admin-handover")
    assert await axe(page) == []
    await page.click("dialog .primary")
    await page.wait_for_selector("#urgent:has-text('not right')")
    await page.fill("dialog input[name=password]", "correct horse")
    await page.click("dialog .primary")
    await page.wait_for_selector("#done:has-text('is the owner now')")
    await page.wait_for_selector("dialog", state="detached")
    await stands(site, key, ADA, **{"is": "Creator"})
    await owner.close()


@pytest.mark.long
async def test_a_right_that_was_lost_a_second_ago(site: Site) -> None:
    telegram = site.telegram
    group = await telegram.do("group", ADA, title="Le quai")
    key = f"c{str(group['id'])[4:]}"
    admin = await site.join("Olga")
    page = admin.page
    await admin.go(f"/app/join/{group['way']}")
    await page.click(".page .primary")
    await page.wait_for_selector("#composer")
    await telegram.do("enter", BEN, way=group["way"])
    rights = ["change_info", "ban_users", "invite_users"]
    ask = {"of": group["id"], "person": admin.id}
    await telegram.do("promote", ADA, **ask, rights=rights)
    await admin.go(f"/app/c/{key}/info/members")
    await page.click(".members button.pick-row:has-text('Ben')")
    await page.click("[role=menuitem]:has-text('Restrict')")
    await page.wait_for_selector("dialog .switch")
    await telegram.do("promote", ADA, **ask, rights=[])
    await page.click("dialog .primary")
    await page.wait_for_selector("#urgent:has-text('Only admins')")
    await admin.see("admin-lost")
    # The panel follows: what is no longer possible is no longer offered.
    await page.wait_for_selector(".chip:has-text('Banned')", state="detached")
    await page.click(".members button.pick-row:has-text('Ben')")
    await page.wait_for_selector("[role=menuitem]")
    assert await page.locator("[role=menuitem]").count() == 1
    await page.keyboard.press("Escape")
    for section in ("permissions", "invites", "requests", "actions"):
        await admin.go(f"/app/c/{key}/info/{section}")
        await page.wait_for_selector(".admin .note, .admin [role=alert]")
    await admin.see("admin-no-right")
    await admin.go(f"/app/c/{key}/info")
    await page.wait_for_selector(".panel h3")
    assert not await page.locator(".admin-links a:has-text('Recent actions')").count()
    await admin.close()


async def among(telegram: Telegram, who: str, title: str) -> bool:
    """Whether somebody's app lists such a chat."""
    return title in await telegram.do("chats", who)


@pytest.mark.long
async def test_people_are_added_by_their_names(site: Site) -> None:
    telegram = site.telegram
    owner = await site.join("Olga")
    page = owner.page
    await telegram.do("name", ADA, name="ada_du_moulin")
    await telegram.do("contact", BEN, phone=owner.phone, name="Olga")
    await telegram.do("say", BEN, to=owner.id, text="Hello")
    await page.wait_for_selector(".chat-row")
    key = await make(owner, "La halle")
    await owner.go(f"/app/c/{key}/info/members")
    await telegram.do("be_added", BEN, anybody=False)
    try:
        await page.click(".admin button:has-text('Add people')")
        await page.check("dialog .pick-row:has-text('Ben') input")
        await page.fill("dialog input[type=search]", "ada_du")
        await page.check("dialog .pick-row:has-text('Ada') input")
        assert await axe(page) == []
        await owner.see("admin-add")
        await page.click("dialog .primary:has-text('Add 2 people')")
        await page.wait_for_selector("#urgent:has-text('Ben could not be added')")
        await page.wait_for_selector(".members .pick-row:has-text('Ada')")
        assert not await page.locator(".members .pick-row:has-text('Ben')").count()
    finally:
        await telegram.do("be_added", BEN, anybody=True)
    await site.soon(partial(among, telegram, ADA, "La halle"))
    await owner.go(f"/app/c/{key}/info")
    await page.click(".panel button:has-text('Add people')")
    await page.check("dialog .pick-row:has-text('Ben') input")
    await page.click("dialog .primary:has-text('Add')")
    await page.wait_for_selector(".panel .pick-row:has-text('Ben')")
    await site.soon(partial(among, telegram, BEN, "La halle"))
    await owner.close()


@pytest.mark.long
async def test_a_list_longer_than_a_page(site: Site) -> None:
    """Members and recent actions come page by page, and none is missing."""
    owner = await site.join("Olga")
    page = owner.page
    key = await make(owner, "La foule")
    way = await find_way(owner)
    for n in range(60):
        guest = Person(site.server.port)
        await asyncio.to_thread(guest.sign_up, f"99966217{n:02}")
        await guest.enter(way)
    await owner.go(f"/app/c/{key}/info/members")
    rows = page.locator(".members .pick-row")
    await page.wait_for_selector(".members .pick-row >> nth=49")
    assert await rows.count() == 50
    await page.click(".admin .secondary:has-text('Show more')")
    await page.wait_for_selector(".members .pick-row >> nth=60")
    assert await rows.count() == 61
    assert not await page.locator(".admin .secondary:has-text('Show more')").count()
    # Somebody comes: as many stand there as before, and one more.
    await site.telegram.do("enter", BEN, way=way)
    await page.wait_for_selector(".members .pick-row:has-text('Ben')")
    assert await rows.count() == 61
    await page.click(".admin .secondary:has-text('Show more')")
    await page.wait_for_selector(".members .pick-row >> nth=61")
    await page.fill(".admin > .input", "olg")
    await page.wait_for_selector(".members .pick-row:has-text('Ben')", state="detached")
    await page.wait_for_selector(".members .pick-row:has-text('Olga')")
    assert await rows.count() == 1
    await owner.go(f"/app/c/{key}/info/actions")
    events = page.locator(".log-event")
    await page.wait_for_selector(".log-event >> nth=49")
    assert await events.count() == 50
    await page.click(".admin .secondary:has-text('Earlier actions')")
    await page.wait_for_selector(".log-event >> nth=60")
    assert await events.count() == 61
    await owner.close()
