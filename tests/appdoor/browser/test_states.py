"""Screens that are seldom seen: axe finds nothing serious on them, light, dark and on a phone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.appdoor.browser.looking import look
from tests.appdoor.browser.site import ADA, NO_SOCKETS, Member, Site

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.asyncio(loop_scope="package"),
]

_NO_ROOM = """IDBObjectStore.prototype.put = () => {
  throw new DOMException('full', 'QuotaExceededError');
};"""
_NEWER = """() => new Promise((resolve) => {
  const asked = indexedDB.open('pb-app-1', 9);
  asked.onsuccess = () => { asked.result.close(); resolve(); };
})"""
_NO_MICROPHONE = """navigator.mediaDevices.getUserMedia = () =>
  Promise.reject(new DOMException('no', 'NotAllowedError'));"""


async def _in_a_chat(site: Site, name: str, script: str = "") -> Member:
    """Somebody on a device of their own, in the chat with Ada."""
    member = await site.window()
    if script:
        await member.page.add_init_script(script)
    await member.go("/app")
    await member.page.check("input[type=checkbox]")
    await member.enter_code()
    await member.page.fill("input[name=first]", name)
    await member.page.press("input[name=first]", "Enter")
    await member.page.wait_for_selector("#search")
    member.id = await member.me()
    await site.telegram.do("contact", ADA, phone=member.phone, name=name)
    await site.telegram.do("say", ADA, to=member.id, text="begin")
    await member.open(f"u{site.telegram.ids[ADA]}")
    await member.sees("begin")
    return member


async def test_the_second_password(site: Site) -> None:
    member = await site.window()
    member.phone = "33655500051"
    await site.telegram.do("sign_up", "Doris", phone=member.phone, lang="en")
    await site.telegram.do("password", "Doris", password="correct horse")
    await member.go("/app")
    await member.enter_code()
    await member.page.wait_for_selector("input[name=password]")
    await look(member, "password")
    await member.page.fill("input[name=password]", "wrong")
    await member.page.press("input[name=password]", "Enter")
    await member.page.wait_for_selector(".wrong")
    await look(member, "password-wrong")
    await member.close()


async def test_a_device_without_room(site: Site) -> None:
    member = await _in_a_chat(site, "Tessa", _NO_ROOM)
    await member.page.fill("#composer", "half a thought")
    await member.page.wait_for_selector(".status.shown:has-text('storage is full')")
    await look(member, "full")
    await member.close()


async def test_a_store_of_a_newer_build(site: Site) -> None:
    member = await _in_a_chat(site, "Svenja")
    await member.page.evaluate(_NEWER)
    await member.page.wait_for_selector(".status:has-text('newer version') button")
    await look(member, "newer")
    await member.close()


@pytest.mark.parametrize("begins", [False, True], ids=["in-a-chat", "at-the-start"])
async def test_a_network_with_a_page_of_its_own(site: Site, begins: bool) -> None:
    member = await site.window() if begins else await _in_a_chat(site, "Hotelier", NO_SOCKETS)

    async def portal(route: Any) -> None:
        await route.fulfill(status=200, content_type="text/html", body="<h1>Room number?</h1>")

    for address in ("session", "config.json", "rpc", "events*"):
        await member.page.route(f"**/app/{address}", portal)
    if begins:
        await member.go("/app")
        await member.page.wait_for_selector("[role=alert]:has-text('page of its own')")
    else:
        # One request waits at the server: what it is answered, the next is not.
        await site.telegram.do("say", ADA, to=member.id, text="not seen")
        await member.page.wait_for_selector(".status.shown:has-text('page of its own')")
    await look(member, f"portal-{'start' if begins else 'chat'}")
    await member.page.unroute_all(behavior="ignoreErrors")
    await member.close()


@pytest.mark.parametrize("part", ["en", "signin"])
async def test_a_part_of_the_page_is_lost_on_the_way(site: Site, part: str) -> None:
    """Texts or a script do not arrive at first: the page begins anew by itself, and says so where
    they never do.
    """
    member = await site.window()
    left = [1]

    async def lost(route: Any) -> None:
        left[0] -= 1
        if left[0] < 0:
            await route.continue_()
        else:
            await route.fulfill(status=502, content_type="text/html", body="<h1>Bad gateway</h1>")

    await member.page.route(f"**/app/a/{part}.*.js", lost)
    await member.go("/app")
    await member.page.wait_for_selector("input[name=who]")
    assert left[0] < 0
    assert await member.page.evaluate("sessionStorage.getItem('pb-app-anew')") is None
    if part == "signin":
        left[0] = 9
        await member.go("/app")
        await member.page.wait_for_selector("[role=alert] + p button")
    await member.close()


@pytest.mark.parametrize("answered", [False, True])
async def test_the_first_script_is_lost_on_the_way(site: Site, answered: bool) -> None:
    """Nothing of the page runs then: a line that needs no script says so, and begins anew."""
    member = await site.window()
    left = [1]

    async def lost(route: Any) -> None:
        left[0] -= 1
        if left[0] < 0:
            await route.continue_()
        elif answered:
            await route.fulfill(status=502, content_type="text/html", body="<h1>Bad gateway</h1>")
        else:
            await route.abort()

    await member.page.route("**/app/a/main.*.js", lost)
    await member.page.goto(f"{member.base}/app")  # `go` would open it again by itself
    late = member.page.locator("#late")
    assert not await late.is_visible()
    await late.wait_for(state="visible")
    await look(member, f"late-{answered}")
    await late.locator("a").first.click()
    await member.page.wait_for_selector("input[name=who]")
    assert not await late.count()
    await member.close()


async def test_a_blocked_microphone(site: Site) -> None:
    member = await _in_a_chat(site, "Mia", _NO_MICROPHONE)
    page = member.page
    await page.clock.install()
    await page.click("button[aria-label='Record a voice message']")
    said = page.locator("#urgent:has-text('may not use the microphone')")
    await said.wait_for()
    await look(member, "microphone")
    box = await said.bounding_box()
    assert box is not None and box["height"] > 20, "it is not for screen readers alone"
    assert await page.locator(".voice").count() == 0
    await said.click()
    await page.wait_for_selector("#urgent:empty", state="attached")
    await page.click("button[aria-label='Record a voice message']")
    await said.wait_for()
    await page.clock.fast_forward(20_000)
    await page.wait_for_selector("#urgent:empty", state="attached")
    await member.close()
