"""Notices: the settings, the worker while no page is open, and what the person has switched off."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.appdoor.browser.looking import look
from tests.appdoor.browser.site import ADA, Member, Site
from tests.kit.waiting import asked_until, until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

NOTICES = "section[aria-labelledby=notices-title]"
SHOWN = """navigator.serviceWorker.getRegistration('/app')
  .then((one) => one.getNotifications())
  .then((all) => all.map(({ title, body, tag, data }) => (
    { title, body, tag, path: data.path }
  )))"""


async def on_a_device_of_their_own(site: Site, name: str, lang: str = "en") -> Member:
    """Somebody whose worker is in place and who allows notices."""
    member = await site.window(lang)
    await member.context.grant_permissions(["notifications"])
    await member.go("/app")
    await member.page.check(".signin-form .tick input")
    await member.enter_code()
    await member.page.fill("input[name=first]", name)
    await member.page.press("input[name=first]", "Enter")
    await member.arrived()
    ready = "navigator.serviceWorker.ready.then((one) => one.active?.state === 'activated')"
    await asked_until(lambda: member.page.evaluate(ready))
    return member


class Service:
    """The push service, as the browser's debugging protocol plays it."""

    def __init__(self, member: Member, session: Any, registration: str) -> None:
        self.member, self._session, self._registration = member, session, registration

    @classmethod
    async def of(cls, member: Member) -> Service:
        session = await member.context.new_cdp_session(member.page)
        found: list[str] = []

        def updated(event: Any) -> None:
            found.extend(
                one["registrationId"]
                for one in event["registrations"]
                if one["scopeURL"].endswith("/app")
            )

        session.on("ServiceWorker.workerRegistrationUpdated", updated)
        await session.send("ServiceWorker.enable")
        return cls(member, session, (await until(lambda: found))[0])

    async def deliver(self, data: Any) -> None:
        """Wake the worker with a message."""
        told = data if isinstance(data, str) else json.dumps(data)
        params = {"origin": self.member.base, "registrationId": self._registration, "data": told}
        await self._session.send("ServiceWorker.deliverPushMessage", params)

    async def shows(self, *expected: dict[str, str]) -> None:
        """Wait until these notices are shown, and no others."""

        async def equal() -> bool:
            return bool(await self.member.page.evaluate(SHOWN) == list(expected))

        await asked_until(equal)


async def test_the_worker_shows_one_notice_for_a_chat_and_takes_it_away(site: Site) -> None:
    member = await on_a_device_of_their_own(site, "Thierry")
    service = await Service.of(member)
    told = {"v": 1, "chat": "u5", "id": 7, "at": 1_790_000_000, "title": "Ada", "text": "Hello"}
    await service.deliver(told)  # somebody looks at the page: it says so itself
    await member.go("/")
    await service.deliver(told | {"text": "Hello again", "id": 8})
    notice = {"title": "Ada", "body": "Hello again", "tag": "u5", "path": "/app/c/u5/8"}
    await service.shows(notice)
    await service.deliver({"v": 1, "chat": "u5", "read": 7})
    await service.deliver(told | {"chat": "c9", "id": 3, "title": "Les amis", "text": "Ada: Yes"})
    other = {"title": "Les amis", "body": "Ada: Yes", "tag": "c9", "path": "/app/c/c9/3"}
    await asked_until(lambda: _has(member, notice, other))
    await service.deliver({"v": 1, "chat": "u5", "read": 8})
    await service.shows(other)
    # What is no message of ours says only that something came.
    await service.deliver("no JSON")
    plain = {"title": "petitbleu", "body": "", "tag": "petitbleu", "path": "/app"}
    await asked_until(lambda: _has(member, other, plain))
    await member.close()


async def _has(member: Member, *expected: dict[str, str]) -> bool:
    shown = await member.page.evaluate(SHOWN)
    return sorted(map(str, shown)) == sorted(map(str, expected))


@pytest.mark.long
async def test_the_settings_are_kept_at_the_server(site: Site) -> None:
    member = await on_a_device_of_their_own(site, "Sylvain")
    page = member.page
    await site.telegram.do("contact", ADA, phone=member.phone, name="Sylvain")
    await site.telegram.do("say", ADA, to=member.id, text="Hello")
    row = page.locator(".chat-row", has_text="Ada")
    await row.click(button="right")
    await page.click("[role=menuitem]:has-text('Mute')")
    await look(member, "mute-for")
    await page.click("dialog[open] button:has-text('8 hours')")
    await member.go("/app/settings/notifications")
    groups = page.locator(f"{NOTICES} fieldset", has_text="Groups")
    on = groups.locator("input").first
    await on.wait_for()
    await asked_until(on.is_enabled)
    assert await on.is_checked()
    await on.uncheck()
    await page.wait_for_selector(f"{NOTICES} .device:has-text('Ada'):has-text('Muted until')")
    await page.reload()
    await asked_until(on.is_enabled)
    assert not await on.is_checked()
    await page.click(f"{NOTICES} .device:has-text('Ada') button")
    await page.wait_for_selector(f"{NOTICES} .device", state="detached")
    # Where the browser reaches no push service, that is said and the switch stays off.
    await page.evaluate(
        "() => { PushManager.prototype.subscribe = () => Promise.reject(new Error('no service')); }"
    )
    switch = page.locator(f"{NOTICES} .tick input").first
    await switch.click()
    await page.wait_for_selector(f"{NOTICES} [role=alert]:has-text('cannot be reached')")
    await asked_until(lambda: _is_off(member))
    await member.close()


async def _is_off(member: Member) -> bool:
    return not await member.page.locator(f"{NOTICES} .tick input").first.is_checked()


@pytest.mark.long
async def test_a_page_that_nobody_looks_at_tells_of_messages(site: Site) -> None:
    """And one that is looked at does not; a notice leads to its message."""
    member = await on_a_device_of_their_own(site, "Régis")
    page = member.page
    await site.telegram.do("contact", ADA, phone=member.phone, name="Régis")
    await page.evaluate(
        """() => {
          const seen = { get: () => window.sight ?? 'visible' };
          Object.defineProperty(document, 'visibilityState', seen);
        }"""
    )
    await page.wait_for_timeout(1500)  # the parts that are loaded after the start
    await page.evaluate("window.sight = 'hidden'")
    await site.telegram.do("say", ADA, to=member.id, text="Are you there?")

    async def told() -> bool:
        shown = await page.evaluate(SHOWN)
        return [one["body"] for one in shown] == ["Are you there?"]

    await asked_until(told)
    await member.holds("document.title === '(1) Chez nous'")
    path = (await page.evaluate(SHOWN))[0]["path"]
    await page.evaluate("window.sight = 'visible'")
    (worker,) = member.context.service_workers
    await worker.evaluate(
        """(path) => clients.matchAll({ type: 'window', includeUncontrolled: true })
          .then((all) => all[0].postMessage({ open: path }))""",
        path,
    )
    await page.wait_for_selector(".message:has-text('Are you there?')")
    await member.close()


@pytest.mark.long
@pytest.mark.parametrize("lang", ["en", "fr"])
async def test_how_it_looks(site: Site, lang: str) -> None:
    member = await on_a_device_of_their_own(site, "Quitterie", lang)
    page = member.page
    await member.go("/app/settings/notifications")
    await page.locator(f"{NOTICES} .tick input").nth(3).check()
    await page.wait_for_selector(f"{NOTICES} input[type=time]")
    await page.evaluate(f"document.querySelector('{NOTICES}').scrollIntoView()")
    await look(member, f"notices-{lang}")
    await page.evaluate(f"document.querySelector('{NOTICES}').scrollIntoView()")
    await member.see(f"notices-section-{lang}")
    await member.close()


@pytest.mark.long
async def test_what_the_browser_does_not_allow_is_explained(site: Site) -> None:
    member = await site.join("Pascaline")
    await member.page.add_init_script(
        "Object.defineProperty(Notification, 'permission', { get: () => 'denied' });"
    )
    await member.go("/app/settings/notifications")
    await member.page.wait_for_selector(f"{NOTICES} .note:has-text('blocks notifications')")
    assert await member.page.locator(f"{NOTICES} .tick input").first.is_disabled()
    await member.close()


async def test_it_can_be_installed(site: Site) -> None:
    member = await site.window()
    await member.go("/app")
    told = await member.page.evaluate("fetch('/app/manifest.webmanifest').then((a) => a.json())")
    assert (told["name"], told["display"], told["start_url"]) == ("Chez nous", "standalone", "/app")
    icons = {(one["sizes"], one["purpose"]) for one in told["icons"]}
    assert {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")} <= icons
    for one in [*(icon["src"] for icon in told["icons"]), *(s["url"] for s in told["shortcuts"])]:
        status = await member.page.evaluate("(one) => fetch(one).then((a) => a.status)", one)
        assert status == 200, one
    await member.close()
