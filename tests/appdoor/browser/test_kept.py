"""What a trusted device keeps: shown at once and without a server until the server has answered."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from petitbleu.cli.dev_client import OUTPUT
from tests.appdoor.browser.looking import look
from tests.appdoor.browser.site import ADA, NO_SOCKETS, Member, Site
from tests.kit.chromium import axe
from tests.kit.waiting import asked_until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

_READY = """navigator.serviceWorker.ready.then((one) => one.active?.state === 'activated')"""
_KEPT = """() => new Promise((resolve) => {
  const asked = indexedDB.open('pb-app-1');
  asked.onsuccess = () => {
    const database = asked.result;
    if (!database.objectStoreNames.contains('kept')) { database.close(); return resolve(''); }
    const all = database.transaction('kept').objectStore('kept').getAll();
    all.onsuccess = () => { database.close(); resolve(JSON.stringify(all.result)); };
  };
})"""
_LEFT = """Promise.all([indexedDB.databases(), caches.keys(),
  navigator.serviceWorker.getRegistrations()]).then((all) => all.flat().length)"""


async def _join(site: Site, name: str) -> Member:
    """Somebody on a device of their own, to whom Ada has written."""
    member = await site.window()
    await member.go("/app")
    await member.page.check("input[type=checkbox]")
    await member.enter_code()
    await member.page.fill("input[name=first]", name)
    await member.page.press("input[name=first]", "Enter")
    await member.arrived()
    await site.telegram.do("contact", ADA, phone=member.phone, name=name)
    for n in range(5):
        await site.telegram.do("say", ADA, to=member.id, text=f"Line {n}")
    await member.open(f"u{site.telegram.ids[ADA]}")
    await member.sees("Line 4")
    await _keeps(member, "Line 4")
    return member


async def _keeps(member: Member, text: str) -> None:
    """Wait until the device has the text, and the page."""

    async def kept() -> bool:
        return text in await member.page.evaluate(_KEPT)

    await asked_until(kept)
    await asked_until(lambda: member.page.evaluate(_READY))


async def _shows_what_ada_has(site: Site, member: Member) -> None:
    async def equal() -> bool:
        rows = await site.telegram.do("read", ADA, of=member.id)
        return await member.texts() == [one["text"] for one in rows]

    await asked_until(equal, 30)


_LINGERS = """(name) => void navigator.locks.request(
  name, () => new Promise((end) => setTimeout(end, 2000)))"""


async def test_the_last_chats_without_a_server(site: Site) -> None:
    telegram = site.telegram
    member = await _join(site, "Ophélie")
    page = member.page
    other = await member.context.new_page()
    await other.goto(member.base + "/app/licences.txt")
    await page.goto("about:blank")
    # What happens meanwhile is not on the device.
    rows = {one["text"]: one["id"] for one in await telegram.do("read", ADA, of=member.id)}
    await telegram.do("edit", ADA, of=member.id, message=rows["Line 1"], text="Line 1, mended")
    await telegram.do("delete", ADA, of=member.id, ids=[rows["Line 2"]])
    await telegram.do("say", ADA, to=member.id, text="Line 5")
    site.server.kill()
    try:
        await member.go("/app")
        await page.wait_for_selector(".chat-row:has-text('Ada')")
        await page.wait_for_selector(".status:has-text('what this device has kept')")
        await member.open(f"u{telegram.ids[ADA]}")
        await member.sees("Line 2")
        assert await axe(page) == []
        await member.see("offline")
        # On a phone the list is away while a chat is open: the chat says it.
        await page.set_viewport_size({"width": 360, "height": 740})
        await page.wait_for_selector(".main .status:has-text('what this device has kept')")
        await member.see("offline-phone")
        await page.set_viewport_size({"width": 1280, "height": 800})
        await member.write("Written on the train")
        await page.wait_for_selector(".message.pending")
        await asyncio.sleep(0.3)
        # The page before a reload may hold its name for a moment: here somebody else does.
        name = await page.evaluate("sessionStorage.getItem('pb-app-tab')")
        await other.evaluate(_LINGERS, f"pb-tab-{name}")
        await page.reload()
        await page.wait_for_selector(".message-list")
        assert await page.evaluate("sessionStorage.getItem('pb-app-tab')") != name
        await page.wait_for_selector(".message.pending:has-text('on the train')")
    finally:
        await asyncio.to_thread(site.server.start)
    await page.wait_for_selector(".status:not(.shown)", state="attached")
    await member.sees("Written on the train")
    await _shows_what_ada_has(site, member)
    await member.close()


@pytest.mark.long
async def test_the_last_chats_in_a_network_with_a_page_of_its_own(site: Site) -> None:
    """The page begins with what is kept, what was typed too, and is signed out by nobody."""
    member = await _join(site, "Quentin")
    page = member.page
    await page.fill("#composer", "half a thought")
    await page.add_init_script(NO_SOCKETS)

    async def portal(route: Any) -> None:
        await route.fulfill(status=401, content_type="text/html", body="<h1>Room number?</h1>")

    for address in ("session", "config.json", "rpc", "events*"):
        await page.route(f"**/app/{address}", portal)
    await page.reload()
    await member.sees("Line 4")
    assert await member.typed() == "half a thought"
    await page.wait_for_selector(".status.shown:has-text('cannot be reached')")
    await member.write("Written in the hotel")
    await page.wait_for_selector(".message.pending")
    await page.unroute_all(behavior="ignoreErrors")
    await member.sees("Written in the hotel")
    await _shows_what_ada_has(site, member)
    await member.close()


@pytest.mark.long
async def test_a_reload_shows_the_list_before_the_server_has_answered(site: Site) -> None:
    member = await _join(site, "Pia")
    page = member.page
    await page.add_init_script("window.WebSocket = class extends EventTarget { close() {} };")
    await page.route("**/app/session", lambda route: asyncio.sleep(3600))
    await page.reload()
    await page.wait_for_selector(".chat-row:has-text('Ada')")
    await member.sees("Line 4")
    print(await page.evaluate("performance.now()"), "ms until the chat was there")
    await page.unroute_all(behavior="ignoreErrors")
    await member.close()


@pytest.fixture
def next_build() -> Iterator[Any]:
    """Serve another build of the page, until the test is over."""
    names = ("index.html", "worker.js", "build.txt")
    before = {name: (OUTPUT / name).read_text("utf-8") for name in names}
    build = before["build.txt"].strip()

    def serve(name: str) -> None:
        for file, text in before.items():
            (OUTPUT / file).write_text(text.replace(build, name), "utf-8")

    yield serve
    for file, text in before.items():
        (OUTPUT / file).write_text(text, "utf-8")


@pytest.mark.long
async def test_a_new_build_replaces_the_old_worker(site: Site, next_build: Any) -> None:
    member = await _join(site, "Rémi")
    page = member.page
    await page.fill("#composer", "not sent yet")
    next_build("feedbeef0123")
    site.server.kill()
    await asyncio.to_thread(site.server.start)
    await page.wait_for_selector(".bar button")
    assert await member.typed() == "not sent yet"
    await look(member, "new-build")
    await page.click(".bar button")
    await page.wait_for_selector("meta[content=feedbeef0123]", state="attached")
    await page.wait_for_selector("#composer")
    await page.wait_for_selector(".status:not(.shown)", state="attached")
    assert await member.typed() == "not sent yet"
    assert not await page.locator(".bar").count()
    names = await page.evaluate("caches.keys()")
    assert [one for one in names if one.endswith("feedbeef0123")] and len(names) <= 2
    await member.close()


@pytest.mark.long
async def test_a_store_of_a_newer_build(site: Site) -> None:
    member = await _join(site, "Sven")
    page = member.page
    await page.fill("#composer", "half a thought")
    await page.evaluate("""() => new Promise((resolve) => {
      const asked = indexedDB.open('pb-app-1', 9);
      asked.onsuccess = () => { asked.result.close(); resolve(); };
    })""")
    await page.wait_for_selector(".status:has-text('newer version') button")
    await page.wait_for_selector("#composer")
    await asyncio.sleep(2.5)  # the server keeps drafts two seconds after the last letter
    await page.reload()
    await page.wait_for_selector(".status:has-text('newer version') button")
    await member.sees("Line 4")
    assert await member.typed() == "half a thought"
    assert "Line 4" in await page.evaluate(_KEPT), "what the newer build has kept stays"
    await member.close()


@pytest.mark.long
async def test_a_device_without_room(site: Site) -> None:
    member = await site.window()
    await member.page.add_init_script(_NO_ROOM)
    await member.go("/app")
    await member.page.check("input[type=checkbox]")
    await member.enter_code()
    await member.page.fill("input[name=first]", "Tess")
    await member.page.press("input[name=first]", "Enter")
    await member.page.wait_for_selector(".status:has-text('storage is full')")
    await site.telegram.do("contact", ADA, phone=member.phone, name="Tess")
    await site.telegram.do("say", ADA, to=await member.me(), text="Still here")
    await member.page.click(".rows a:has-text('Ada')")
    await member.sees("Still here")
    await member.close()


_NO_ROOM = """IDBObjectStore.prototype.put = () => {
  throw new DOMException('full', 'QuotaExceededError');
};"""


@pytest.mark.long
async def test_a_device_that_is_trusted_no_more(site: Site) -> None:
    member = await _join(site, "Ulla")
    page = member.page
    await page.fill("#composer", "a thought to keep")
    await asyncio.sleep(0.4)
    await page.click('a[href="/app/settings"]')
    await page.click('a[href="/app/settings/storage"]')
    await page.click(".page section:has-text('This device') input")
    await page.wait_for_selector(".page section:has-text('This device') input:not(:checked)")

    async def nothing() -> bool:
        return bool(await page.evaluate(_LEFT) == 0)

    await asked_until(nothing)
    await member.open(f"u{site.telegram.ids[ADA]}")
    assert await member.typed() == "a thought to keep"
    cookie = next(one for one in await member.context.cookies() if one["name"].endswith("pb"))
    assert cookie["expires"] == -1
    await member.close()


async def test_signing_out_leaves_nothing(site: Site) -> None:
    member = await _join(site, "Wim")
    await member.sign_out()

    async def nothing() -> bool:
        return bool(await member.page.evaluate(_LEFT) == 0)

    await asked_until(nothing)
    assert await member.page.evaluate("localStorage.getItem('pb-app-kept')") is None
    await member.close()


async def test_the_page_can_be_installed(site: Site) -> None:
    member = await site.window()
    await member.go("/app")
    session = await member.context.new_cdp_session(member.page)
    manifest = await session.send("Page.getAppManifest")
    assert not manifest["errors"]
    assert re.search(r'"name":"Chez nous"', manifest["data"])
    wrong = await session.send("Page.getInstallabilityErrors")
    kinds = {one["errorId"] for one in wrong["installabilityErrors"]}
    assert kinds <= {"in-incognito", "no-matching-service-worker"}, kinds
    assert Path(OUTPUT / "worker.js").stat().st_size < 8000
    await member.close()
