"""However a session ends, the socket closes at once, the cookie is dead, and nothing of the person
is left in the browser; what belongs to others in the same browser stays.
"""

from __future__ import annotations

import asyncio
import json
import time
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from petitbleu.webpush import base64url
from tests.appdoor.browser.looking import look
from tests.appdoor.browser.patient import fetch
from tests.appdoor.browser.site import Member, Site
from tests.desk.casework.alerts.receivers import Browser
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
  const desk = await navigator.serviceWorker.register("/desk/worker.js");
  while (!desk.active) await new Promise((resume) => setTimeout(resume, 20));
  await desk.showNotification("Alarm");
}"""
_TOLD = """async (endpoint) => {
  const worker = await navigator.serviceWorker.getRegistration("/app");
  while (worker && !worker.active) await new Promise((resume) => setTimeout(resume, 20));
  await worker?.showNotification("A message");
  const keys = { p256dh: "KEY", auth: "AAAAAAAAAAAAAAAAAAAAAA" };
  const token = JSON.stringify({ endpoint, keys });
  const q = { _: "account.registerDevice", token_type: 10, token, app_sandbox: false,
    secret: "", other_uids: [] };
  const headers = { "X-Petitbleu-App": "1", "Content-Type": "application/json" };
  const body = JSON.stringify({ i: 1, q });
  return (await (await fetch("/app/rpc", { method: "POST", headers, body })).json())[0].ok;
}"""
"""A notice is shown, and the server has an address for more (no push service is reached here)."""
_LEFT = """async (files) => ({
  databases: (await indexedDB.databases()).map((one) => one.name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations())
    .map((one) => new URL(one.scope).pathname),
  pushes: (await Promise.all((await navigator.serviceWorker.getRegistrations())
    .map((one) => one.pushManager.getSubscription()))).filter(Boolean).length,
  notices: (await Promise.all((await navigator.serviceWorker.getRegistrations())
    .map((one) => one.getNotifications()))).flat().map((one) => one.title),
  tab: Object.keys(sessionStorage),
  device: Object.keys(localStorage),
  files: (await Promise.all(files.map((file) =>
    fetch(file, { cache: "only-if-cached", mode: "same-origin" }).then((a) => a.ok, () => false)
  ))).filter(Boolean),
})"""
"""All that a page can keep in a browser."""
OTHERS = {
    "databases": ["desk"],
    "caches": ["desk-1"],
    "workers": ["/desk/"],
    "pushes": 0,
    "notices": ["Alarm"],
    "tab": [],
    "device": ["desk-theme"],
    "files": [],
}


class Reader(Member):
    """Somebody who has looked at pictures."""

    files: tuple[str, ...] = ()
    """Their addresses."""

    @property
    def endpoint(self) -> str:
        """Where the browser gets its notices."""
        return f"https://push.example.org/{self.phone}"

    async def left(self) -> dict[str, Any]:
        """What the browser still has."""
        left: dict[str, Any] = await self.page.evaluate(_LEFT, list(self.files))
        # The choice of a theme is of nobody: it stands in the page from its start.
        left["device"] = [one for one in left["device"] if one != "pb-app-theme"]
        return left

    async def nothing_left(self) -> dict[str, Any]:
        """Wait until there is nothing but what is others'. Raises AssertionError with what is."""
        left: dict[str, Any] = {}

        async def empty() -> bool:
            nonlocal left
            left = await self.left()
            return left == OTHERS

        try:
            await asked_until(empty)
        except TimeoutError:
            raise AssertionError(left) from None
        return left

    async def look_anew(self) -> None:
        """In a tab of which the test holds no elements: what is in its memory is the page's own."""
        before, self.page = self.page, await self.context.new_page()
        await before.close()
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("console", self._heard)
        await self.page.goto(f"{self.base}/app/c/u{self.id}")
        await self.sees(SECRET)
        await self.holds("document.querySelector('.picture img').naturalWidth > 100")
        await self.page.fill("#composer", "half a thought")

    async def remembers(self, text: str) -> bool:
        """Whether a text is anywhere in the memory of the page's scripts."""
        session, parts = await self.context.new_cdp_session(self.page), list[str]()
        session.on("HeapProfiler.addHeapSnapshotChunk", lambda one: parts.append(one["chunk"]))
        await session.send("HeapProfiler.collectGarbage")
        await session.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
        await session.detach()
        return text in "".join(parts)


async def _come_in(site: Site, who: str, folder: Path, *, trusted: bool) -> Reader:
    """Somebody with Telethon signs in by the browser too, reads and looks and types."""
    window = await site.window()
    member = Reader(site, window.context, window.page)
    member.phone, member.name = str(next(NUMBERS)), who
    await site.telegram.do("sign_up", who, phone=member.phone, lang="en")
    picture = folder / "secret.jpg"
    Image.linear_gradient("L").resize((800, 500)).convert("RGB").save(picture)
    await site.telegram.do("file", who, to="me", file=str(picture), text="a picture")
    await site.telegram.do("say", who, to="me", text=SECRET)
    await member.page.add_init_script(_SOCKETS)
    await member.context.grant_permissions(["notifications"])
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
    await member.holds("document.querySelector('.picture img').naturalWidth > 100")
    shown = await member.page.eval_on_selector_all(".picture img", "(all) => all.map((i) => i.src)")
    member.files = tuple(shown)
    assert (await member.left())["files"], "what is fetched is kept as long as the session lasts"
    point = base64url(Browser().p256dh)
    assert await member.page.evaluate(_TOLD.replace("KEY", point), member.endpoint) is True
    assert await _subscribed(site, member) == 1
    return member


async def _subscribed(site: Site, member: Reader) -> int:
    """How many of the browser's subscriptions the server has."""
    asked = "select count(*) from push_subscription where endpoint = ?"
    return int((await site.sql(asked, member.endpoint))[0][0])


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
        return fetch(asked, lambda answer: answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


async def _ended(site: Site, member: Reader, cookie: str, began: float, how: str) -> None:
    """The socket is closed, the cookie dead, and nothing left but what is others'."""

    async def closed() -> list[dict[str, float]]:
        return [one for one in await member.page.evaluate("closings") if one["code"] == 4401]

    at = (await asked_until(closed))[0]["at"] / 1000
    left = await member.nothing_left()
    print(f"\n{how}: socket closed after {at - began:.3f} s, nothing left after "
          f"{time.time() - began:.3f} s (goal 1): {left}")  # fmt: skip
    assert await asyncio.to_thread(_status, site, cookie) == 401
    assert await _subscribed(site, member) == 0
    for file in member.files:
        assert (
            await member.page.evaluate("(file) => fetch(file).then((a) => a.status)", file) == 401
        )
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
    await site.sql("update web_session set former_until = 1 where former is not null")
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
    site: Site, how: Callable[[Site, Member], Awaitable[None]], trusted: bool, tmp_path: Path
) -> None:
    member = await _come_in(site, f"{how.__name__}{trusted}", tmp_path, trusted=trusted)
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
    if trusted and how is _telethon_ends_it:
        await look(member, "ended")
    await member.page.click(".primary")
    await member.page.wait_for_selector("input[name=who]")
    assert await _cookie(member) == ""
    await member.close()


async def test_ended_while_no_page_was_open(site: Site, tmp_path: Path) -> None:
    """The first answer to a dead cookie takes away what the browser has fetched."""
    member = await _come_in(site, "Simone", tmp_path, trusted=True)
    await member.page.goto("about:blank")
    await _telethon_ends_it(site, member)
    await member.go("/app")
    await member.page.wait_for_selector("h1:has-text('Signed out'), input[name=who]")
    await member.nothing_left()
    await member.close()


async def test_signed_out_by_the_person(site: Site, tmp_path: Path) -> None:
    member = await _come_in(site, "Sonia", tmp_path, trusted=True)
    cookie = await _cookie(member)
    await member.page.evaluate("() => { window.stay = true; }")
    await member.page.click("a[href='/app/settings']")
    await member.page.click(".settings-out")
    began = time.time()
    await member.agree()
    await member.page.wait_for_selector("input[name=who]")
    left = await member.left()
    print(f"\nsigned out: after {time.time() - began:.3f} s: {left}")
    assert left == OTHERS
    assert await asyncio.to_thread(_status, site, cookie) == 401
    assert await _cookie(member) == ""
    await member.close()


async def _suspend(site: Site, member: Member) -> None:
    words = ("admin", "measure", "apply", "suspend", "--account", f"+{member.phone}")
    await asyncio.to_thread(site.server.run, *words, "--reason", "RG 1: two warnings, no answer")


async def _suspended(member: Reader) -> None:
    """The page says why and where to contest it, and nothing else is left."""
    page = member.page
    await page.locator("h1:has-text('suspended')").wait_for()
    reasons = await page.inner_text(".reasons")
    assert "RG 1: two warnings, no answer" in reasons and "contest" in reasons
    assert await page.get_attribute(".reasons", "lang") == "en"
    assert not await page.locator(".chat-row, .message").count()
    assert SECRET not in await page.content()
    assert await page.locator("a[href='/mes-dossiers']").count() == 1
    await page.locator(".ended-cases .case", has_text="Decided").wait_for()
    await member.nothing_left()


async def test_a_suspension_leaves_nothing_but_its_page(site: Site, tmp_path: Path) -> None:
    member = await _come_in(site, "Selma", tmp_path, trusted=True)
    await member.look_anew()
    assert await member.remembers(SECRET)
    frames: list[str] = []
    member.page.on("websocket", lambda one: one.on("framereceived", frames.append))
    await _suspend(site, member)
    began = time.time()
    await _suspended(member)
    print(f"\nsuspended: all this {time.time() - began:.3f} s after the command (goal 1)")

    async def forgotten() -> bool:
        return not await member.remembers(SECRET)

    await asked_until(forgotten)
    assert await member.page.input_value("textarea") == "half a thought"
    # The cookie is good for signing out only.
    assert await asyncio.to_thread(_status, site, await _cookie(member)) == 200
    await look(member, "suspended")
    await member.page.reload()
    await _suspended(member)
    assert frames == [], "no socket was opened again"
    await member.page.click(".secondary:has-text('Sign out')")
    await member.page.wait_for_selector("input[name=who]")
    assert await _cookie(member) == ""
    await member.close()


async def test_suspended_while_there_was_no_connection(site: Site, tmp_path: Path) -> None:
    member = await _come_in(site, "Sabine", tmp_path, trusted=True)
    await member.context.set_offline(True)
    await _suspend(site, member)
    await member.context.set_offline(False)
    await _suspended(member)
    assert await member.page.input_value("textarea") == "half a thought"
    await member.close()
