"""Typed text survives a crash of the tab, a full disk, the store of a newer build, a network
that answers with a page of its own, and a wrong clock; what is the matter is said.
"""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.appdoor.browser.site import ADA, NO_SOCKETS, Member, Site
from tests.kit.waiting import asked_until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

DAY = 86_400_000
TEXT = "half a thought, kept"


async def _meet(
    site: Site, name: str, script: str = "", *, trusted: bool = True, said: str = ""
) -> Member:
    """Somebody on a device of their own, with Ada. ``said``: what the status line says."""
    member = await site.window()
    if script:
        await member.page.add_init_script(script)
    await member.go("/app")
    if trusted:
        await member.page.check("input[type=checkbox]")
    await member.enter_code()
    await member.page.fill("input[name=first]", name)
    await member.page.press("input[name=first]", "Enter")
    if said:
        await _says(member, said)
        member.id = await member.me()
    else:
        await member.arrived()
    await site.telegram.do("contact", ADA, phone=member.phone, name=name)
    await site.telegram.do("say", ADA, to=member.id, text="begin")
    await member.open(f"u{site.telegram.ids[ADA]}")
    await member.sees("begin")
    return member


async def _typed(member: Member) -> str:
    await member.page.wait_for_selector("#composer")
    return await member.typed()


async def _says(member: Member, words: str) -> None:
    """The line under the list says what is the matter."""
    await member.page.wait_for_selector(f".status.shown:has-text('{words}')")


async def _once(site: Site, member: Member, text: str) -> None:
    """Ada has the message, once."""

    async def found() -> int:
        rows = await site.telegram.do("read", ADA, of=member.id)
        return sum(one["text"] == text for one in rows)

    await asked_until(found)
    assert await found() == 1


_OFFLINE = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}


@pytest.mark.long
async def test_a_tab_that_crashes(site: Site) -> None:
    member = await _meet(site, "Cora")
    page = member.page
    session = await member.context.new_cdp_session(page)
    # The whole context could not be told that it is online again: a page of it is dead.
    await session.send("Network.emulateNetworkConditions", _OFFLINE)
    await page.wait_for_selector(".status.offline")
    await member.write("written offline")
    await page.fill("#composer", TEXT)
    await asyncio.sleep(0.3)
    crashed = page.wait_for_event("crash")
    crashing = asyncio.ensure_future(session.send("Page.crash"))
    await crashed
    crashing.cancel()
    member.page = await member.context.new_page()
    await member.go(f"/app/c/u{site.telegram.ids[ADA]}")
    assert await _typed(member) == TEXT
    await member.sees("written offline")
    await _once(site, member, "written offline")
    await member.close()


async def test_a_disk_that_is_full(site: Site) -> None:
    member = await _meet(site, "Fulvia")
    page = member.page
    session = await member.context.new_cdp_session(page)
    quota: dict[str, Any] = {"origin": member.base, "quotaSize": 1}
    await session.send("Storage.overrideQuotaForOrigin", quota)
    said = page.locator(".status.shown:has-text('storage is full')")

    async def full() -> bool:
        # Chromium remembers for half a minute how much room there was.
        await page.fill("#composer", "")
        await page.fill("#composer", TEXT)
        return await said.count() > 0

    await asked_until(full)
    await member.see("full-disk")
    await member.context.set_offline(True)
    await page.fill("#composer", TEXT + "!")
    await asyncio.sleep(0.3)
    await member.context.set_offline(False)
    page.on("dialog", lambda dialog: dialog.accept())
    await page.reload()
    assert await _typed(member) == TEXT + "!"
    await page.close(run_before_unload=False)
    await member.context.close()


async def test_the_store_of_a_newer_build(site: Site) -> None:
    member = await _meet(site, "Nova")
    page, key = member.page, f"u{site.telegram.ids[ADA]}"
    await page.evaluate(
        """([key, text]) => new Promise((done, fail) => {
          const asked = indexedDB.open("pb-app-1", 7);
          asked.onupgradeneeded = () => asked.result.createObjectStore("of a later day");
          asked.onerror = fail;
          asked.onsuccess = () => {
            const at = Math.floor(Date.now() / 1000);
            const change = asked.result.transaction("kept", "readwrite");
            change.objectStore("kept").put({ text, replyTo: 0, at }, `draft-${key}`);
            change.oncomplete = () => { asked.result.close(); done(); };
          };
        })""",
        [key, TEXT],
    )
    await page.reload()
    assert await _typed(member) == TEXT
    await _says(member, "A newer version")
    await page.fill("#composer", TEXT + "!")
    await asyncio.sleep(0.3)
    await page.reload()
    assert await _typed(member) == TEXT + "!"
    names = await page.evaluate("indexedDB.databases()")
    assert {"name": "pb-app-1", "version": 7} in names, "the newer build's store stays"
    await member.close()


@pytest.mark.parametrize(
    "status", [200, *(pytest.param(code, marks=pytest.mark.long) for code in (401, 403, 502))]
)
async def test_a_network_with_a_page_of_its_own(site: Site, status: int) -> None:
    """Whatever it answers, nobody is signed out by it, and it goes on by itself."""
    member = await _meet(site, f"Hotel{status}", NO_SOCKETS)
    page = member.page

    async def portal(route: Any) -> None:
        await route.fulfill(status=status, content_type="text/html", body="<h1>Room number?</h1>")

    # A request that waits already is answered by the server: the next one is not.
    await page.route("**/app/**", portal)
    await site.telegram.do("say", ADA, to=member.id, text="you do not get this yet")
    await _says(member, "page of its own" if status == 200 else "cannot be reached")
    await member.write("written in the hotel")
    await page.fill("#composer", TEXT)
    await member.see(f"portal-{status}")
    assert await page.locator(".message.pending").count() == 1
    await page.unroute("**/app/**")
    await member.sees("you do not get this yet")
    await member.sees("written in the hotel")
    await _once(site, member, "written in the hotel")
    assert await _typed(member) == TEXT
    await member.close()


async def test_what_waits_is_sent_by_the_next_page(site: Site) -> None:
    """A reload keeps it, though the page then knows nothing of the chat yet."""
    member = await _meet(site, "Greta", NO_SOCKETS, trusted=False)
    page, is_new = member.page, False

    async def old_page(route: Any) -> None:
        await (route.continue_() if is_new else route.abort())

    def begun(frame: Any) -> None:
        nonlocal is_new
        is_new = True

    await page.route("**/app/rpc", old_page)
    await page.route("**/app/events*", old_page)
    await member.write("written before")
    await page.wait_for_selector(".message.pending")
    await member.holds("JSON.stringify({ ...sessionStorage }).includes('written before')")
    page.on("framenavigated", begun)
    await page.reload()
    await member.sees("written before")
    await _once(site, member, "written before")
    await member.close()


@pytest.mark.long
async def test_a_page_that_begins_in_such_a_network(site: Site) -> None:
    """A device that keeps nothing has nothing to show (one that does: ``test_kept.py``)."""
    member = await _meet(site, "Motel", trusted=False)
    page = member.page
    await page.fill("#composer", TEXT)
    await asyncio.sleep(0.3)

    async def portal(route: Any) -> None:
        await route.fulfill(status=200, content_type="text/html", body="<h1>Room number?</h1>")

    for address in ("**/app/session", "**/app/config.json"):
        await page.route(address, portal)
    await page.reload()
    await page.wait_for_selector("[role=alert]:has-text('page of its own')")
    for address in ("**/app/session", "**/app/config.json"):
        await page.unroute(address)
    await page.click(".primary")
    assert await _typed(member) == TEXT
    await member.close()


@pytest.mark.parametrize(
    "shift", [pytest.param(DAY, marks=pytest.mark.long), -DAY], ids=["ahead", "behind"]
)
async def test_a_clock_that_is_wrong_by_a_day(site: Site, shift: int) -> None:
    script = f"const now = Date.now; Date.now = () => now() + {shift};"
    name, said = f"Clock{'ahead' if shift > 0 else 'behind'}", "clock of this device is wrong"
    member = await _meet(site, name, script, said=said)
    page = member.page
    await page.fill("#composer", TEXT)
    await asyncio.sleep(2.5)  # the server has it as a draft too, dated by its own clock
    await member.context.set_offline(True)
    await page.fill("#composer", TEXT + " and more")
    await asyncio.sleep(0.3)
    await member.context.set_offline(False)
    await page.reload()
    assert await _typed(member) == TEXT + " and more"
    await page.wait_for_selector(".status:not(.offline)")
    await asyncio.sleep(0.5)
    assert await _typed(member) == TEXT + " and more"
    await member.write("sent now")
    await member.sees("sent now")
    assert await page.locator("li.day").count() == 1, "a message of now stands under today"
    await member.close()
