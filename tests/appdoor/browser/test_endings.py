"""However a session ends, the socket closes at once, the cookie is dead, and nothing of the person
is left in the browser; what belongs to others in the same browser stays.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable

import pytest

from tests.appdoor.browser.site import Member, Site
from tests.kit.waiting import asked_until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

NUMBERS = iter(range(33_655_502_000, 33_655_503_000))
SECRET = "between you and me"

_SOCKETS = """
const Real = WebSocket;
window.closings = [];
window.WebSocket = class extends Real {
  constructor(...given) {
    super(...given);
    this.addEventListener("close", ({ code }) => closings.push({ code, at: Date.now() }));
  }
};
"""
_OTHERS = """async () => {
  localStorage.setItem("desk-theme", "dark");
  await caches.open("desk-1");
  await new Promise((done) => { indexedDB.open("desk").onsuccess = done; });
  await navigator.serviceWorker.register("/desk/worker.js");
}"""
_LEFT = """async () => ({
  databases: (await indexedDB.databases()).map((one) => one.name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations())
    .map((one) => new URL(one.scope).pathname),
  tab: Object.keys(sessionStorage),
  device: Object.keys(localStorage),
})"""
"""All that a page can keep in a browser."""
OTHERS = {
    "databases": ["desk"],
    "caches": ["desk-1"],
    "workers": ["/desk/"],
    "tab": [],
    "device": ["desk-theme"],
}


async def _come_in(site: Site, who: str, *, trusted: bool) -> Member:
    """Somebody with Telethon signs in by the browser too, reads a chat and types."""
    member = await site.window()
    member.phone, member.name = str(next(NUMBERS)), who
    await site.telegram.do("sign_up", who, phone=member.phone, lang="en")
    await site.telegram.do("say", who, to="me", text=SECRET)
    await member.page.add_init_script(_SOCKETS)
    await member.go("/")
    await member.page.evaluate(_OTHERS)
    await member.go("/app")
    if trusted:
        await member.page.check("input[type=checkbox]")
    await member.enter_code()
    await member.arrived()
    await member.page.click(f'.rows a[href="/app/c/u{member.id}"]')
    await member.sees(SECRET)
    await member.page.fill("#composer", "half a thought")
    return member


async def _cookie(member: Member) -> str:
    found = [one for one in await member.context.cookies() if one["name"].endswith("pb")]
    return f"{found[0]['name']}={found[0]['value']}" if found else ""


def _status(site: Site, cookie: str) -> int:
    """What a call with that cookie is answered."""
    body = json.dumps({"i": 1, "q": {"_": "updates.getState"}}).encode()
    headers = {"Cookie": cookie, "Origin": site.base, "X-Petitbleu-App": "1",
               "Content-Type": "application/json"}  # fmt: skip
    try:
        asked = urllib.request.Request(f"{site.base}/app/rpc", body, headers)
        with urllib.request.urlopen(asked) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


async def _ended(site: Site, member: Member, cookie: str, began: float, how: str) -> None:
    """The socket is closed, the cookie dead, and nothing left but what is others'."""

    async def closed() -> list[dict[str, float]]:
        return [one for one in await member.page.evaluate("closings") if one["code"] == 4401]

    at = (await asked_until(closed))[0]["at"] / 1000
    left: dict[str, object] = {}

    async def empty() -> bool:
        nonlocal left
        left = await member.page.evaluate(_LEFT)
        # The choice of a theme is of nobody: it stands in the page from its start.
        left["device"] = [one for one in left["device"] if one != "pb-app-theme"]  # type: ignore[attr-defined]
        return left == OTHERS

    try:
        await asked_until(empty, 10)
    except TimeoutError:
        raise AssertionError((how, left)) from None
    print(f"\n{how}: socket closed after {at - began:.3f} s, nothing left after "
          f"{time.time() - began:.3f} s (goal 1): {left}")  # fmt: skip
    assert await asyncio.to_thread(_status, site, cookie) == 401
    assert SECRET not in await member.page.content()
    assert SECRET not in await member.page.title()


async def _telethon_ends_it(site: Site, member: Member) -> None:
    assert await site.telegram.do("end_others", member.name) == 1


async def _account_deleted(site: Site, member: Member) -> None:
    await site.telegram.do("delete_account", member.name)


async def _old_cookie_comes_back(site: Site, member: Member) -> None:
    """A copy was made; the browser has gone on to the next value, and its minute has passed."""
    old = await _cookie(member)
    await member.page.evaluate(
        """async () => {
          const headers = { "X-Petitbleu-App": "1", "Content-Type": "application/json" };
          await fetch("/app/session", { method: "POST", headers, body: "{}" });
          await fetch("/app/session");
        }"""
    )
    assert await _cookie(member) != old
    with sqlite3.connect(site.server.data / "petitbleu.sqlite", timeout=30) as database:
        database.execute("update web_session set former_until = 1 where former is not null")
    assert await asyncio.to_thread(_status, site, old) == 401


LONG = pytest.mark.long


@pytest.mark.parametrize(
    ("how", "trusted"),
    [
        (_telethon_ends_it, True),
        (_telethon_ends_it, False),
        (_account_deleted, True),
        pytest.param(_account_deleted, False, marks=LONG),
        (_old_cookie_comes_back, True),
        pytest.param(_old_cookie_comes_back, False, marks=LONG),
    ],
    ids=lambda one: getattr(one, "__name__", "trusted" if one else "not-trusted"),
)
async def test_ended_from_elsewhere(
    site: Site, how: Callable[[Site, Member], Awaitable[None]], trusted: bool
) -> None:
    member = await _come_in(site, f"{how.__name__}{trusted}", trusted=trusted)
    cookie, began = await _cookie(member), time.time()
    if how is _old_cookie_comes_back:
        await how(site, member)
        cookie = await _cookie(member) or cookie
    else:
        await how(site, member)
    await _ended(site, member, cookie, began, f"{how.__name__}, trusted {trusted}")
    await member.page.wait_for_selector("h1:has-text('Signed out')")
    assert await member.page.input_value("textarea") == "half a thought"
    assert not await member.page.locator(".chat-row, .message").count()
    await member.page.click(".primary")
    await member.page.wait_for_selector("input[name=who]")
    assert await _cookie(member) == ""
    await member.close()


async def test_signed_out_by_the_person(site: Site) -> None:
    member = await _come_in(site, "Sonia", trusted=True)
    cookie = await _cookie(member)
    await member.page.evaluate("() => { window.stay = true; }")
    member.page.on("dialog", lambda dialog: dialog.accept())
    await member.page.click("a[href='/app/settings']")
    began = time.time()
    await member.page.click(".page .secondary.danger")
    await member.page.wait_for_selector("input[name=who]")
    left = await member.page.evaluate(_LEFT)
    left["device"] = [one for one in left["device"] if one != "pb-app-theme"]
    print(f"\nsigned out: after {time.time() - began:.3f} s: {left}")
    assert left == OTHERS
    assert await asyncio.to_thread(_status, site, cookie) == 401
    assert await _cookie(member) == ""
    await member.close()


async def test_a_suspension_leaves_nothing_but_its_page(site: Site) -> None:
    member = await _come_in(site, "Selma", trusted=True)
    words = ("admin", "measure", "apply", "suspend", "--account", f"+{member.phone}")
    await asyncio.to_thread(site.server.run, *words, "--reason", "RG 1")
    began = time.time()
    await member.page.wait_for_selector("h1:has-text('suspended')")
    print(f"\nsuspended: the page says so {time.time() - began:.3f} s after the command (goal 1)")
    assert not await member.page.locator(".chat-row, .message").count()
    assert SECRET not in await member.page.content()
    assert await member.page.locator("a[href='/mes-dossiers']").count() == 1
    assert await member.page.input_value("textarea") == "half a thought"

    async def empty() -> bool:
        left = await member.page.evaluate(_LEFT)
        left["device"] = [one for one in left["device"] if one != "pb-app-theme"]
        return bool(left == OTHERS)

    await asked_until(empty, 10)
    # The cookie is good for signing out only.
    assert await asyncio.to_thread(_status, site, await _cookie(member)) == 200
    await member.page.click(".secondary")
    await member.page.wait_for_selector("input[name=who]")
    assert await _cookie(member) == ""
    await member.close()
