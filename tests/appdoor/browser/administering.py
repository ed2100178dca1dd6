"""What the flows of those who run groups and channels have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.async_api import Page

from tests.appdoor.browser.site import ADA, Member, Site
from tests.kit.waiting import asked_until

PHOTO = Path(__file__).parents[3] / "client/src/icons/icon-512.png"


async def make(member: Member, title: str, kind: str = "group") -> str:
    """A group or channel made on the page; its key."""
    page = member.page
    await page.click('a[href="/app/new"]')
    await page.check(f'.page input[value="{kind}"]')
    await page.fill(".page input[required]", title)
    await page.click(".page .primary:has-text('Make')")
    await page.wait_for_selector(f"h1:has-text('{title}')")
    return "c" + page.url.split("/c/c")[1].split("/")[0]


def number(key: str) -> int:
    """A chat as Telethon names it."""
    return int(f"-100{key[1:]}")


async def find_way(member: Member) -> str:
    """A way into the chat that is open, from its panel."""
    page = member.page
    await page.click(".chat-head-name")
    await page.click(".panel button:has-text('Invite')")
    link = await page.inner_text(".panel-link .link")
    return link.rpartition("/")[2].lstrip("+")


async def choose(page: Page, name: str, item: str) -> None:
    """An entry of a member's menu."""
    await page.click(f".members button.pick-row:has-text('{name}')")
    await page.click(f"[role=menuitem]:has-text('{item}')")


async def chat_is(site: Site, who: str, key: str, **wanted: Any) -> None:
    """Wait until a chat is to somebody as it is wanted."""

    async def so() -> bool:
        found = await site.telegram.do("about", who, of=number(key))
        return all(found[name] == value for name, value in wanted.items())

    await asked_until(so)


async def stands(site: Site, key: str, person: str, **wanted: Any) -> dict[str, Any]:
    """Wait until somebody stands to a chat as is wanted, as Ada or the person sees it."""
    found: dict[str, Any] = {}
    whom = site.telegram.ids[person]

    async def so() -> bool:
        found.update(await site.telegram.do("standing", ADA, of=number(key), person=whom))
        return all(found[name] == value for name, value in wanted.items())

    await asked_until(so)
    return found


async def turn(member: Member, label: str, to: bool = True) -> None:
    """Turn a switch, and wait for the server's answer."""
    switch = member.page.locator(".admin .switch", has_text=label).locator("input")
    await switch.set_checked(to)
    await member.page.wait_for_selector(".admin [aria-busy=true]", state="detached")
    assert await switch.is_checked() is to


async def reads(member: Member, selector: str, text: str) -> None:
    """Wait until an element says a text; the marks that keep names apart do not count."""
    marks = dict.fromkeys(range(0x2066, 0x206A))

    async def so() -> bool:
        found = await member.page.locator(selector).all_inner_texts()
        return any(text in one.translate(marks) for one in found)

    await asked_until(so)


async def narrow(member: Member) -> None:
    """At 320 px nothing has to be scrolled sideways: the page, a panel, a dialog over it."""
    page = member.page
    await page.set_viewport_size({"width": 320, "height": 640})
    wide = "one => one.scrollWidth > one.clientWidth + 1"
    found = (
        f"[document.documentElement, ...document.querySelectorAll('.panel, dialog')].some({wide})"
    )
    assert not await page.evaluate(found), page.url
    await page.set_viewport_size({"width": 1280, "height": 860})
