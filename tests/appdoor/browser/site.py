"""A real server, people in Telethon, and browsers that look at ``/app``.

``CLIENT_SCREENSHOTS=DIR`` writes what the pages look like on the way.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import re
import shutil
import sqlite3
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
from playwright.async_api import Browser, Error, Page, Request, Response, async_playwright

from petitbleu.bench.server import HOST, Server
from petitbleu.cli import dev_client
from tests.appdoor.browser.patient import NOBODY
from tests.appdoor.browser.several import Several, web_port
from tests.clients import environments
from tests.desk.stories.people import Telegram
from tests.desk.stories.place import text_of
from tests.kit.chromium import Window
from tests.kit.mail import SmtpSink, smtp_sink
from tests.kit.waiting import GUARD, STALE_SECONDS, asked_until, until

ADA, BEN = "Ada", "Ben"
"""Who write with Telethon: Ada is known to everybody here, Ben is in groups."""
PHONES = {ADA: "33655500021", BEN: "33655500022"}
TIMEOUT_MS = int(os.environ.get("CLIENT_TIMEOUT_MS", GUARD * 1000))
OPENED_AGAIN = 3
SCRIPTS_MS = 300
"""After a page has come: what it imports then is under way."""
MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
SETTINGS = """
name = "Chez nous"
public_url = "http://localhost:{port}"
[smtp]
host = "{host}"
port = {smtp}
security = "none"
sender = "Chez nous <no-reply@example.org>"
"""
DESKTOP = {"viewport": {"width": 1280, "height": 860}}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
NO_SOCKETS = """
window.WebSocket = class extends EventTarget {
  static OPEN = 1;
  readyState = 3;
  constructor() { super(); setTimeout(() => this.onclose({ code: 1006 })); }
  close() {}
};
"""
"""A script by which no socket ever opens."""
TYPED = """(() => {
  const field = document.querySelector("#composer");
  if (field instanceof HTMLTextAreaElement) return field.value;
  const marks = { STRONG: "**", EM: "_", U: "__", S: "~~", CODE: "`" };
  const words = (node) => {
    const inside = [...node.childNodes].map(words).join("");
    if (node.nodeType === Node.TEXT_NODE) return node.nodeValue;
    if (node.className === "link") return `[${inside}](${node.title})`;
    const mark = node.className === "spoiler" ? "||" : (marks[node.nodeName] ?? "");
    return mark + inside + mark;
  };
  const line = (node) => (node.classList.contains("quote") ? "> " : "") + words(node);
  return [...field.children].map(line).join("\\n");
})()"""
"""What stands in the field, as the plain one would show it."""


class Site:
    """The instance; :meth:`join` brings somebody in by the browser. ``sink``: the mail it sent."""

    sink: SmtpSink

    def __init__(self, server: Any, telegram: Telegram, browser: Browser) -> None:
        self.server = server
        self.telegram = telegram
        self.browser = browser
        self.base = f"http://localhost:{web_port(server)}"
        self._numbers = iter(range(33_655_501_000, 33_655_502_000))

    def code(self, phone: str) -> str:
        """The newest code for a number, from the page that a developer looks at."""
        if isinstance(self.server, Several):
            return self.server.code(phone)
        with urllib.request.urlopen(f"http://{HOST}:{self.server.port}/dev") as page:
            text = re.sub(r"<[^>]+>", " ", page.read().decode())
        found = re.findall(rf"{phone}\s+(\d{{5,6}})\b", text)
        return str(found[0]) if found else ""

    async def soon(self, ask: Callable[[], Awaitable[bool]]) -> None:
        """What must be so now; at several workers as soon as the one that is asked has heard of it,
        :data:`tests.kit.waiting.STALE_SECONDS` at most.
        """
        if isinstance(self.server, Several):
            await asked_until(ask, STALE_SECONDS)
        else:
            assert await ask()

    async def sql(self, statement: str, *given: Any) -> list[tuple[Any, ...]]:
        """Run a statement (``?`` stands for a value) in the server's database; its rows."""
        if isinstance(self.server, Several):
            numbers = itertools.count(1)
            named = re.sub(r"\?", lambda _: f"${next(numbers)}", statement)
            conn = await asyncpg.connect(self.server.database)
            try:
                return [tuple(row) for row in await conn.fetch(named, *given)]
            finally:
                await conn.close()
        with sqlite3.connect(self.server.data / "petitbleu.sqlite", timeout=30) as database:
            return database.execute(statement, given).fetchall()

    async def letter(self, to: str, pattern: str) -> str:
        """What a pattern finds in the newest mail to an address, once there is one that has it."""

        def found() -> str:
            for mail in reversed(self.sink.mails):
                hit = re.search(pattern, text_of(mail)) if mail["to"] == to else None
                if hit is not None:
                    return hit[1]
            return ""

        return str(await until(found))

    async def window(self, lang: str = "en", **settings: Any) -> Member:
        """A fresh browser profile."""
        context = await self.browser.new_context(locale=lang, **(settings or DESKTOP))
        context.set_default_timeout(TIMEOUT_MS)
        return Member(self, context, await context.new_page())

    async def join(self, name: str, lang: str = "en", **settings: Any) -> Member:
        """Somebody new, signed up by the page, whose list is there."""
        member = await self.window(lang, **settings)
        await member.sign_up(name)
        return member


class Member(Window):
    """Somebody at a browser."""

    def __init__(self, site: Site, context: Any, page: Page) -> None:
        super().__init__(site.base, context, page)
        self.site = site
        self.phone = str(next(site._numbers))
        self.name = ""

    def _heard(self, message: Any) -> None:
        # A server that is killed is no fault of the page.
        if "WebSocket connection to" not in message.text:
            super()._heard(message)

    async def go(self, path: str) -> None:
        """Open an address of the site. Where a worker was killed under the page or a script of it,
        a line says so after a while, or nothing is shown: a person opens it again.
        """
        if not isinstance(self.site.server, Several):
            return await super().go(path)
        told, lost = len(self.problems), await self._lost(path)
        for _ in range(OPENED_AGAIN):
            if not lost or await self.page.locator("#app > :not(:has([role=alert]))").count():
                return None
            print(f"{path} is opened again: {lost}")
            del self.problems[told:]
            lost = await self._lost(path)
        return None

    async def _lost(self, path: str) -> list[str]:
        """Open an address; what of the page itself did not arrive."""
        lost: list[str] = []

        def failed(request: Request) -> None:
            if request.resource_type in ("document", "script"):
                lost.append(request.url)

        def answered(answer: Response) -> None:
            if answer.status in NOBODY:
                failed(answer.request)

        self.page.on("requestfailed", failed)
        self.page.on("response", answered)
        try:
            await super().go(path)
            await self.page.wait_for_timeout(SCRIPTS_MS)
        except Error as error:
            if not lost:
                raise
            print(error)
        finally:
            self.page.remove_listener("requestfailed", failed)
            self.page.remove_listener("response", answered)
        return lost

    async def sign_up(self, name: str) -> None:
        """Through the door with a number, the code and a name."""
        await self.go("/app")
        await self.enter_code()
        await self.page.fill("input[name=first]", name)
        await self.page.press("input[name=first]", "Enter")
        await self.arrived()
        self.name = name

    async def enter_code(self) -> None:
        """Type the number, then the code it got."""
        page = self.page
        await page.fill("input[name=who]", f"+{self.phone}")
        await page.press("input[name=who]", "Enter")
        await page.wait_for_selector("input[name=code]")
        code = await until(lambda: self.site.code(self.phone))
        await page.fill("input[name=code]", str(code))
        await page.press("input[name=code]", "Enter")

    async def arrived(self) -> None:
        """Wait for the list to be there, and the connection."""
        await self.page.wait_for_selector("#search")
        await self.page.wait_for_selector(".status:not(.shown)", state="attached")
        self.id = await self.me()

    async def me(self) -> int:
        """The account's number."""
        answer = await self.page.evaluate("fetch('/app/session').then((a) => a.json())")
        return int(answer["user"])

    async def open(self, chat: str) -> None:
        """Look at a chat."""
        await self.page.click(f'.rows a[href="/app/c/{chat}"]')
        await self.page.wait_for_selector(".message-list")

    async def typed(self) -> str:
        """What stands in the field, with the marks that the plain one shows."""
        return str(await self.page.evaluate(TYPED))

    async def holds_typed(self, text: str) -> None:
        """Wait until that stands in the field."""

        await self.page.wait_for_selector("#composer")

        async def same() -> bool:
            return await self.typed() == text

        await asked_until(same)

    async def write(self, text: str) -> None:
        """Send a text in the chat that is open."""
        await self.page.fill("#composer", text)
        await self.page.click(".send")

    async def attach(self, *files: Path, words: str = "") -> None:
        """Choose files and send them."""
        await self.page.set_input_files(".composer-line input[type=file]", files)
        await self.page.wait_for_selector("dialog .chosen li")
        assert await self.page.locator("dialog .chosen li").count() == len(files)
        if words:
            await self.page.fill("#caption", words)
        await self.page.click("dialog .send")
        await self.page.wait_for_selector("dialog .chosen", state="detached")

    async def texts(self) -> list[str]:
        """The texts in the history, those on their way too."""
        return await self.page.locator(".message .words").all_inner_texts()

    async def sees(self, text: str) -> None:
        """Wait until a text stands in the history."""
        await self.page.locator(".message:not(.pending) .words", has_text=text).first.wait_for()

    async def holds(self, script: str) -> None:
        """Wait until an expression is true in the page (whose policy lets it evaluate nothing)."""
        await asked_until(lambda: self.page.evaluate(script))

    async def agree(self) -> None:
        """Give the first answer to what the page asks."""
        await self.page.click("dialog[open] .dialog-acts .primary")

    async def sign_out(self) -> None:
        """By the button of the settings."""
        await self.go("/app/settings")
        await self.page.click(".settings-out")
        await self.agree()
        await self.page.wait_for_selector("input[name=who]")

    async def see(self, called: str) -> None:
        """Keep what the page looks like, where somebody wants to know."""
        folder = os.environ.get("CLIENT_SCREENSHOTS")
        if folder:
            await self.page.screenshot(path=Path(folder) / f"{called}.png")

    async def close(self) -> None:
        """Go; nothing may have gone wrong in the page."""
        assert self.problems == [], self.problems
        await self.context.close()


@asynccontextmanager
async def opened(folder: Path, kind: type[Server | Several] = Server) -> AsyncIterator[Site]:
    """Build the client, start server, people and browser."""
    await asyncio.to_thread(dev_client.build)
    server = kind(folder / "data")
    server.data.mkdir(mode=0o700)
    async with smtp_sink() as sink:
        settings = SETTINGS.format(port=web_port(server), host=HOST, smtp=sink.port)
        (server.data / "petitbleu.toml").write_text(settings, "utf-8")
        await asyncio.to_thread(server.start)
        try:
            async with _people(server) as telegram, async_playwright() as playwright:
                browser = await playwright.chromium.launch(
                    executable_path=shutil.which("chromium"), args=["--no-sandbox", *MICROPHONE]
                )
                site = Site(server, telegram, browser)
                site.sink = sink
                if isinstance(server, Several):
                    server.kill_often()
                yield site
                await browser.close()
        finally:
            await asyncio.to_thread(server.stop)


@asynccontextmanager
async def _people(server: Server | Several) -> AsyncIterator[Telegram]:
    await asyncio.to_thread(environments.prepare, "telethon")
    script = Path(__file__).parents[2] / "desk/stories/telegram.py"
    words = [*environments.interpreter("telethon"), str(script), HOST, str(server.port)]
    if isinstance(server, Several):
        more = [server.public_key(), *map(str, server.developer_ports)]
    else:
        more = [server.public_key()]
    process = await asyncio.create_subprocess_exec(
        *words,
        *more,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    telegram = Telegram(process)
    try:
        for who, phone in PHONES.items():
            telegram.ids[who] = await telegram.do("sign_up", who, phone=phone, lang="en")
        yield telegram
    finally:
        await telegram.leave()
