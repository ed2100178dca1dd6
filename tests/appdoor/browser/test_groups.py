"""Groups, channels and the ways into them."""

from __future__ import annotations

import pytest

from tests.appdoor.browser.looking import look
from tests.appdoor.browser.site import ADA, BEN, Site
from tests.kit.waiting import asked_until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


async def test_make_a_group_invite_by_a_link_and_chat(site: Site) -> None:
    telegram = site.telegram
    maker = await site.join("Olga")
    page = maker.page
    await telegram.do("contact", ADA, phone=maker.phone, name="Olga")
    await telegram.do("say", ADA, to=maker.id, text="Hello")
    await page.wait_for_selector(".chat-row")
    await page.click('a[href="/app/new"]')
    await page.fill(".page input[required]", "Les amis")
    await page.locator(".pick-row", has_text="Ada").locator("input").check()
    await page.click(".page .primary")
    await page.wait_for_selector("h1:has-text('Les amis')")
    await maker.write("Welcome, all")
    await maker.sees("Welcome, all")
    await page.click(".chat-head-name")
    await page.wait_for_selector(".panel .pick-row:has-text('Ada')")
    await page.click(".panel button:has-text('Invite')")
    link = await page.inner_text(".panel-link .link")
    await page.click(".panel-link button")
    await page.wait_for_selector("#done:has-text('Copied'), #urgent:has-text('copy it yourself')")
    await maker.see("copied")
    way = link.rpartition("/")[2].lstrip("+")

    await telegram.do("enter", BEN, way=way)
    await page.wait_for_selector(".message.service:has-text('Ben')")

    guest = await site.join("Paul")
    await guest.go(f"/app/join/{way}")
    await guest.page.wait_for_selector("h1:has-text('Les amis')")
    await look(guest, "join")
    await guest.page.click(".page .primary")
    await guest.page.wait_for_selector("#composer")
    await guest.sees("Welcome, all")
    await guest.write("Thank you, Olga")
    await maker.sees("Thank you, Olga")
    chat = int("-100" + page.url.split("/c/c")[1].split("/")[0])

    async def read() -> bool:
        return "Thank you, Olga" in await telegram.texts(BEN, chat)

    await asked_until(read)
    await guest.page.click(".chat-head-name")
    members = ".panel h3:has-text('{} members')"
    await page.wait_for_selector(members.format(4))
    await guest.page.click(".panel .plain.danger:has-text('Leave')")
    await guest.agree()
    await guest.page.wait_for_selector(".nothing", state="attached")
    await guest.page.wait_for_selector(".chat-row:has-text('Les amis')", state="detached")
    # The panel follows, and whoever owns the group is not offered what cannot be done.
    await page.wait_for_selector(members.format(3))
    await page.wait_for_selector(".panel .plain.danger:has-text('Delete the group')")
    assert not await page.locator(".panel button:has-text('Leave')").count()
    await maker.close()
    await guest.close()


async def test_a_public_channel_by_its_name(site: Site) -> None:
    telegram = site.telegram
    channel = await telegram.do("channel", ADA, title="La gazette", name="gazette_club")
    post = await telegram.do("say", ADA, to="gazette_club", text="First post")
    reader = await site.join("Rosa")
    page = reader.page
    await reader.go(f"/app/r/gazette_club/{post}")
    await page.wait_for_selector(".message.target:has-text('First post')")
    await look(reader, "channel-before")
    await page.click(".join-bar .primary")
    await page.wait_for_selector(".no-composer")
    await telegram.do("say", ADA, to="gazette_club", text="Second post")
    await reader.sees("Second post")
    await page.locator(".message", has_text="Second post").click(button="right")
    await page.click("[role=menuitem]:has-text('Report')")
    # Back closes the dialog and leaves the page as it is.
    await page.wait_for_selector(".report input")
    await page.go_back()
    await page.wait_for_selector("dialog[open]", state="detached")
    await reader.sees("Second post")
    await page.locator(".message", has_text="Second post").click(button="right")
    await page.click("[role=menuitem]:has-text('Report')")
    await page.click(".report input >> nth=0")
    while not await page.locator(".report [role=status]").count():
        if await page.locator(".report input:not(:checked) >> nth=0").count():
            await page.click(".report input >> nth=0")
        await page.click(".report .primary")
        await page.wait_for_timeout(200)
    await look(reader, "reported")
    await page.click(".report .primary")
    await page.wait_for_selector(".chat-row .badge")  # the number, by the chat of the service
    await page.fill("#search", "gazette")
    await page.wait_for_selector(f'.rows a[href="/app/c/c{channel}"]')
    # A message is found without its accents, and opened where it stands; then the search is over.
    await page.fill("#search", "sécond")
    await page.wait_for_selector(".found-messages a")
    await look(reader, "found")
    await page.click(".found-messages a:has-text('Second post')")
    await page.wait_for_selector(".message.target:has-text('Second post')")
    assert await page.input_value("#search") == ""
    await reader.close()
