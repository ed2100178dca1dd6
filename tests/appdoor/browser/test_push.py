"""Web Push from a message to the notice: server, a push service that checks, worker.

The push service stands on this machine: the server is started by :mod:`push_server`, which lets its
calls through. The subscription is put into the page, and what the service decrypts wakes the worker
by the browser's debugging protocol: no machine here reaches a real push service.
"""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from petitbleu.webpush import base64url
from tests.appdoor.browser.push_server import PORT, PushServer
from tests.appdoor.browser.site import ADA, BEN, Member, Site, opened
from tests.appdoor.browser.test_notices import NOTICES, Service, on_a_device_of_their_own
from tests.desk.casework.alerts.receivers import Browser, Receiver, receiver
from tests.kit.waiting import asked_until, until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.asyncio(loop_scope="package"),
]

ENDPOINT = "http://push.example/browser"
SUBSCRIBED = """(told) => {
  const on = "test-subscribed";
  const found = { endpoint: told.endpoint, toJSON: () => told, unsubscribe: async () => {
    localStorage.removeItem(on);
    return true;
  } };
  PushManager.prototype.subscribe = async () => (localStorage.setItem(on, "1"), found);
  PushManager.prototype.getSubscription = async () => (localStorage.getItem(on) ? found : null);
}"""


class Subscribed:
    """Somebody whose browser is subscribed, its keys, and the push service."""

    def __init__(self, member: Member, taken: Receiver, service: Service) -> None:
        self.member, self.taken, self.service = member, taken, service
        self.browser = Browser()
        self.key = ""
        self.read = 0

    async def subscribe(self) -> None:
        """By the switch of the settings; the browser's part is put in."""
        keys = {"p256dh": base64url(self.browser.p256dh), "auth": base64url(self.browser.auth)}
        page = self.member.page
        given = json.dumps({"endpoint": ENDPOINT, "keys": keys})
        await page.add_init_script(f"({SUBSCRIBED})({given})")
        await self.member.go("/app/settings/notifications")
        told = await page.evaluate("fetch('/app/config.json').then((one) => one.json())")
        self.key = str(told["vapid"])
        switch = page.locator(f"{NOTICES} .tick input").first
        await asked_until(switch.is_enabled)
        await switch.click()
        await asked_until(switch.is_checked)

    async def leave(self) -> None:
        """No page is open any more."""
        await self.member.go("/")

    async def told(self) -> dict[str, Any]:
        """The next call to the push service, opened as the browser does it: its seal and the
        server's signature are right."""
        await until(lambda: len(self.taken.calls) > self.read)
        head, body, _ = self.taken.calls[self.read]
        self.read += 1
        return self.browser.read(head, body, self.key)


@pytest_asyncio.fixture(loop_scope="package")
async def pushed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Site, Subscribed]]:
    async with receiver() as taken:
        taken.status = 201
        monkeypatch.setenv(PORT, taken.url.rpartition(":")[2].partition("/")[0])
        async with opened(tmp_path, PushServer) as site:
            member = await on_a_device_of_their_own(site, "Thierry")
            made = Subscribed(member, taken, await Service.of(member))
            await made.subscribe()
            yield site, made


class Calls:
    """What a page asks of the server, and which of it was answered."""

    def __init__(self, page: Any) -> None:
        self.sent: list[str] = []
        self.got: list[str] = []
        page.on("websocket", self._watch)

    def _watch(self, socket: Any) -> None:
        socket.on("framesent", lambda frame: self.sent.append(str(frame)))
        socket.on("framereceived", lambda frame: self.got.append(str(frame)))

    async def answered(self, *words: str) -> None:
        """Wait until a call with these words has its answer."""

        def so() -> bool:
            asked = [one for one in self.sent if all(word in one for word in words)]
            numbers = {json.loads(one)["i"] for one in asked if one.startswith("{")}
            return any(one.startswith(f'{{"i":{n},"ok"') for n in numbers for one in self.got)

        await until(so)


def _notice(who: str, id: int, text: str, chat: str) -> dict[str, str]:
    return {"title": who, "body": text, "tag": chat, "path": f"/app/c/{chat}/{id}"}


async def test_a_message_becomes_a_notice_where_no_page_is_open(
    pushed: tuple[Site, Subscribed],
) -> None:
    """≤ 2 s, none with a page open, none of a muted chat, no text where the person wants none; gone
    once it is read elsewhere."""
    site, here = pushed
    member, telegram = here.member, site.telegram
    page, ada, ben = member.page, f"u{telegram.ids[ADA]}", f"u{telegram.ids[BEN]}"
    for who in (ADA, BEN):
        await telegram.do("contact", who, phone=member.phone, name="Thierry")
    # A page is open.
    await telegram.do("say", ADA, to=member.id, text="You see this")
    await page.wait_for_selector(".chat-row:has-text('You see this')")
    await here.leave()
    # None is.
    began = time.monotonic()
    await telegram.do("say", ADA, to=member.id, text="Are you there?")
    told = await here.told()
    assert (told["title"], told["text"]) == (ADA, "Are you there?"), "the first was seen"
    await here.service.deliver(told)
    await here.service.shows(_notice(ADA, told["id"], "Are you there?", ada))
    print(f"from the message to the notice: {time.monotonic() - began:.2f} s (goal 2)")
    # A chat that is muted.
    await member.go("/app")
    await page.locator(".chat-row", has_text=ADA).click(button="right")
    await page.click("[role=menuitem]:has-text('Mute')")
    await page.click("dialog[open] button:has-text('8 hours')")
    await page.wait_for_selector("dialog", state="detached")
    # Neither names nor texts.
    await member.go("/app/settings/notifications")
    await page.locator(f"{NOTICES} .device", has_text=ADA).wait_for()
    calls = Calls(page)
    await page.reload()
    switch = page.locator(f"{NOTICES} .tick input").nth(1)
    await asked_until(switch.is_enabled)
    await switch.uncheck()
    await calls.answered("account.registerDevice", '\\"text\\":false')
    await here.leave()
    await telegram.do("say", ADA, to=member.id, text="Muted")
    await telegram.do("say", BEN, to=member.id, text="Something private")
    told = await here.told()
    assert "private" not in json.dumps(told) and BEN not in json.dumps(told)
    assert told["chat"] == ben, "nothing of the muted chat"
    await here.service.deliver(told)
    assert here.read == len(here.taken.calls)
    await _read_elsewhere(site, here)
    await member.close()


async def _read_elsewhere(site: Site, here: Subscribed) -> None:
    """What is read on Telethon is taken away."""
    tags = "navigator.serviceWorker.getRegistration('/app')"
    tags += ".then((one) => one.getNotifications()).then((all) => all.map((one) => one.tag))"
    page, telegram = here.member.page, site.telegram
    chats = {f"u{telegram.ids[who]}": telegram.ids[who] for who in (ADA, BEN)}

    async def there() -> bool:
        return chats.keys() <= set(await page.evaluate(tags))

    await asked_until(there)
    await telegram.do("sign_up", "Thierry", phone=here.member.phone, lang="en")
    for chat, id in chats.items():
        await telegram.do("seen", "Thierry", of=id)
        told = await here.told()
        while "read" not in told:  # that somebody signs in was told too
            told = await here.told()
        assert told["chat"] == chat
        await here.service.deliver(told)

    async def gone() -> bool:
        return not chats.keys() & set(await page.evaluate(tags))

    await asked_until(gone)
