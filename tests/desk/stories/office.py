"""The staff of the stories in one Chromium: a context and a passkey each, and what they do by hand.

``DESK_SCREENSHOTS=DIR`` writes what they see on the way.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Download, Page, async_playwright

from tests.desk.stories.place import Place, link_in, text_of
from tests.kit.chromium import Window
from tests.kit.waiting import GUARD

LEGAL, LEAD, FIRST, OTHER = "Léa", "Lou", "Max", "Mia"
"""A legal officer and a moderator who work in French, a lead and a moderator in English."""
STAFF = {
    LEGAL: ("legal,child_safety", "fr"),
    LEAD: ("lead", "en"),
    FIRST: ("moderator", "fr"),
    OTHER: ("moderator", "en"),
}
SAID = "main .said[role=status]"
"""What a page says of what was just done."""
WRONG = "main .problem[role=alert]:not([hidden])"
TERRORISM = "STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY/KEYWORD_TERRORIST_CONTENT"
REASONS = {
    "law": "Code pénal, art. 421-2-5",
    "why": "La publication fait l’apologie d’un attentat.",
    "facts": "Une publication d’un canal public salue un attentat et appelle à l’imiter.",
}


class Colleague(Window):
    """Somebody of the desk: their window, and their hands."""

    def __init__(self, place: Place, name: str, window: Window) -> None:
        self.__dict__.update(window.__dict__)
        self.place = place
        self.name = name

    async def see(self, called: str) -> None:
        """Keep what the page looks like, where somebody wants to know."""
        await see(self.page, called)

    async def said(self) -> str:
        """Wait for what a page says of what was done."""
        await self.page.wait_for_selector(f"{SAID}, {WRONG}")
        wrong = await self.page.query_selector(WRONG)
        assert wrong is None, await wrong.inner_text()
        return await self.page.inner_text(SAID)

    async def wrong(self) -> str:
        """Wait for what a page says is wrong."""
        await self.page.wait_for_selector(WRONG)
        return await self.page.inner_text(WRONG)

    async def main(self) -> str:
        """The words of the page."""
        return await self.page.inner_text("main")

    async def keys(self, *keys: str) -> None:
        """Press keys, not in a field."""
        await self.page.evaluate("document.activeElement.blur()")
        for key in keys:
            await self.page.keyboard.press(key)

    async def open(self, number: str) -> None:
        """Open a case by its number, as it is found: in the field that ``/`` reaches."""
        if not self.page.url.startswith(f"{self.base}/desk"):
            await self.go("/desk")
        await self.keys("/")
        await self.page.keyboard.type(number)
        async with self.page.expect_navigation():
            await self.page.keyboard.press("Enter")
        assert self.page.url.endswith(f"/desk/cases/{number}"), self.page.url

    async def take(self, number: str) -> None:
        """Open a case and take it."""
        await self.open(number)
        async with self.page.expect_navigation():
            await self.keys("a")
        await self.said()

    async def fill(self, **fields: Any) -> None:
        """Fill a form in: words, lists and dates by their kind."""
        for name, value in fields.items():
            place = self.page.locator(f'[id="f-{name}"]')
            if await place.evaluate("one => one.tagName") == "SELECT":
                await place.select_option(value)
            else:
                await place.fill(value)

    async def press(self, action: str) -> None:
        """Press the button of the form whose address ends so; it is signed where it has to be."""
        async with self.page.expect_navigation():
            await self.page.click(f"form[action$='{action}'] button:not([formaction])")

    async def unfold(self, action: str) -> None:
        """Open the part of the page that holds a form."""
        await self.page.evaluate(
            "form => document.querySelector(form).closest('details').open = true",
            f"form[action$='{action}']",
        )

    async def write_decision(self, number: str, kind: str = "remove", **more: Any) -> None:
        """Take a case and fill the decision form in, all by its fields."""
        await self.take(number)
        async with self.page.expect_navigation():
            await self.keys("m")
        given = {
            "measures.0.kind": kind,
            "ground": "illegal",
            "topic": TERRORISM,
            "content_date": self.place.today(),
            "threat_to_life": "no",
            **REASONS,
            **more,
        }
        await self.fill(**given)
        await self.page.check("input[name=content_types][value=CONTENT_TYPE_TEXT]")
        await self.let_know()

    async def let_know(self, tell: str = "yes") -> None:
        """Answer whether the person may be told, where the page asks."""
        answers = self.page.locator("input[name=tell]")
        if await answers.count():
            await self.page.check(f"input[name=tell][value={tell}]")

    async def decide(self, number: str, kind: str = "remove", **more: Any) -> float:
        """Decide a case: fill in, look at the letters (t), sign (g); when it was signed."""
        await self.write_decision(number, kind, **more)
        return await self.finish(number)

    async def finish(self, number: str) -> float:
        """Look at the letters of the decision that is filled in (t), sign it (n); when."""
        async with self.page.expect_navigation():
            await self.keys("t")
        wrong = await self.page.query_selector(WRONG)
        assert wrong is None, await wrong.inner_text()
        await self.see("preview")
        signed = float(await self.page.evaluate("Date.now() / 1000"))
        await self.keys("n")
        await self.page.wait_for_url(f"**/desk/cases/{number}?**")
        await self.said()
        return signed

    async def hold(self) -> None:
        """Hold what the case that is open on the page targets (h, then Enter)."""
        await self.keys("h")
        await self.press("/hold")
        await self.said()

    async def close(self, end: str, why: str) -> None:
        """Close the case that is open on the page, without a decision."""
        await self.unfold("/close")
        await self.fill(**{"end": end, "why-close": why})
        await self.press("/close")
        await self.said()

    async def agree(self, subject: str, reason: str = "read") -> None:
        """Read what waits for a second person about a case, and sign."""
        await self.go("/desk/seconds")
        await self.page.click(f"tr:has-text('{subject}') a, li:has-text('{subject}') a")
        await self.page.fill("#f-reason", reason)
        await self.see("second")
        async with self.page.expect_navigation():
            await self.page.click("button[value=agree]")
        await self.said()

    async def order(self, number: str, issuer: str, *, judge: bool, secret: str = "") -> None:
        """Open the page of disclosures of a case (d) and record who issued the order."""
        await self.open(number)
        async with self.page.expect_navigation():
            await self.keys("d")
        await self.fill(issuer=issuer, secret=secret)
        await self.page.set_checked("input[name=judge]", judge)
        await self.press("/order")
        await self.said()

    async def check_key(self, key: str) -> None:
        """On the page of disclosures: the authority read its key out on the telephone."""
        assert key in await self.main()
        await self.fill(age_key=key, key_with="Greffe, Mme Roth")
        await self.press("/key")
        await self.said()

    async def propose(
        self, account: int, *fields: str, key: str, tell: str = "yes", **more: str
    ) -> None:
        """Fill in what is given, on the page of disclosures, and sign."""
        given = {
            "account": str(account),
            "since": self.place.today(-30),
            "until": self.place.today(),
            "key": key,
            "minimised": "L’ordre nomme ces champs et ce mois.",
        }
        await self.fill(**given, **more)
        for field in fields:
            await self.page.check(f"input[name=field][value={field}]")
        await self.let_know(tell)
        await self.press("/disclose")

    async def make(self, number: str) -> None:
        """Make the disclosure of a case that waits, from the list of them."""
        await self.go("/desk/disclosures")
        async with self.page.expect_navigation():
            await self.page.click(f"tr:has-text('{number}') a")


async def see(page: Page, called: str) -> None:
    """A picture of a page, where somebody wants to know."""
    if folder := os.environ.get("DESK_SCREENSHOTS"):
        await page.screenshot(path=Path(folder) / f"{called}.png", full_page=True)


class Office:
    """The browser, and who is in it."""

    def __init__(self, place: Place, browser: Browser) -> None:
        self.place = place
        self.browser = browser
        self.staff: dict[str, Colleague] = {}

    async def window(self, locale: str = "en", **settings: Any) -> Window:
        """A fresh profile with an authenticator of its own."""
        context = await self.browser.new_context(locale=locale, **settings)
        context.set_default_timeout(GUARD * 1000)
        window = Window(self.place.base, context, await context.new_page())
        await window.device()
        return window

    async def public(self, locale: str = "en", ip: str = "") -> Page:
        """Somebody without an account or a script, at an address that a proxy names."""
        headers = {"X-Forwarded-For": ip} if ip else {}
        context = await self.browser.new_context(
            locale=locale, java_script_enabled=False, extra_http_headers=headers
        )
        context.set_default_timeout(GUARD * 1000)
        return await context.new_page()

    async def enter(self, name: str, link: str) -> None:
        """Somebody follows their invitation: a passkey, then in."""
        one = Colleague(self.place, name, await self.window())
        await one.page.goto(link)
        await one.page.click("form[data-passkey=create] button")
        await one.page.wait_for_url("**/desk/sign-in**")
        self.staff[name] = one
        await self.sign_in(name)

    async def sign_in(self, name: str) -> None:
        """Come in by passkey."""
        page = self.staff[name].page
        if "/desk/sign-in" not in page.url:
            await page.goto(f"{self.place.base}/desk/sign-in")
        await page.click("form[data-passkey=get] button")
        await page.wait_for_url(f"{self.place.base}/desk")

    def __getitem__(self, name: str) -> Colleague:
        return self.staff[name]


async def downloaded(page: Page, button: str) -> bytes:
    """Press a button that hands over a file."""
    async with page.expect_download() as started:
        await page.click(button)
    file: Download = await started.value
    return Path(await file.path()).read_bytes()


def _invite(place: Place, name: str, role: str, language: str) -> str:
    made = place.ask(
        "staff.invite",
        name=name,
        email=f"{name.lower().replace('é', 'e')}@petitbleu.example",
        roles=role.split(","),
        language=language,
        queues=[],
        measures=[],
        on_call=False,
        seconds=0,
    )
    link: str = made["link"]
    return link


@asynccontextmanager
async def office(place: Place) -> AsyncIterator[Office]:
    """All are invited (the first by the operator's command line) and have come in."""
    links = {name: _invite(place, name, *what) for name, what in STAFF.items()}
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        made = Office(place, browser)
        for name, link in links.items():
            await made.enter(name, link or await _mailed(place, name))
        yield made
        for one in made.staff.values():
            assert one.problems == [], (one.name, one.problems)
        await browser.close()


async def _mailed(place: Place, name: str) -> str:
    address = f"{name.lower().replace('é', 'e')}@petitbleu.example"
    return link_in(text_of(await place.letter(address, "/desk/")), "/desk/")
