"""A real Chromium for pages: served over HTTP on localhost, with virtual authenticators and axe.

Fixture ``chromium`` gives a :class:`Chromium`, whose ``desk`` is the DeskSite it looks at::

    ada = await chromium.enter("lead")      # a Window: invited, passkey made, signed in
    await ada.go("/desk/team")
    await look(ada.page, "team")            # axe in light, dark and on a phone; screenshots

``DESK_SCREENSHOTS=DIR`` writes what the pages look like.
"""

from __future__ import annotations

import asyncio
import atexit
import functools
import json
import os
import shutil
import socket
import subprocess
import tempfile
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn

from petitbleu.store.sqlite import SqliteStore
from tests.clients import environments
from tests.kit import engines
from tests.kit.desk import DeskSite, add_staff
from tests.kit.waiting import GUARD
from tests.kit.world import World

if TYPE_CHECKING:  # every process that tests reads this module, few look at pages
    from playwright.async_api import Browser, BrowserContext, Page

SIZES = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
    "phone": {"color_scheme": "light", "viewport": {"width": 360, "height": 740}},
}
SERIOUS = ("serious", "critical")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"light": TAGS, "dark": ["color-contrast"], "phone": ["target-size"]}
"""What axe looks for: everything once, then what another scheme or size can change."""
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


_CUT = """([what, media]) => [...document.querySelectorAll(what)].filter((one) => {
  const box = one.getBoundingClientRect();
  if (!box.width) return false;
  for (let around = one.parentElement; around; around = around.parentElement) {
    const how = getComputedStyle(around).overflowX;
    if (how === "auto" && around.tabIndex === 0 && media === "screen") return false;
    if (how !== "visible" && around.getBoundingClientRect().right < box.right - 1) return true;
  }
  return box.right > innerWidth + 1 || box.left < -1;
}).map((one) => `${one.tagName} ${one.textContent.trim().slice(0, 60)}`)"""
"""What is cut off or leaves the window, and stands in nothing that can be scrolled."""


class Window:
    """One person's browser with a device of its own. ``page`` is playwright's."""

    def __init__(self, base: str, context: BrowserContext, page: Page) -> None:
        self.base = base
        self.context = context
        self.page = page
        self.id = 0
        self.problems: list[str] = []
        """Script errors and what the content policy stopped."""
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", self._heard)

    def _heard(self, message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.problems.append(message.text)

    async def device(self) -> None:
        """Plug in an authenticator."""
        session = await self.context.new_cdp_session(self.page)
        await session.send("WebAuthn.enable")
        await session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})

    async def go(self, path: str) -> None:
        """Open an address of the site."""
        await self.page.goto(self.base + path)

    async def words(self) -> str:
        """What the page says."""
        return await self.page.inner_text("body")


class Chromium:
    """The browser, and the desk it looks at."""

    def __init__(self, browser: Browser, desk: DeskSite, base: str) -> None:
        self.browser = browser
        self.desk = desk
        self.base = base

    async def window(self, **settings: Any) -> Window:
        """A fresh profile with its own authenticator."""
        context = await self.browser.new_context(locale="en", **settings)
        context.set_default_timeout(GUARD * 1000)
        window = Window(self.base, context, await context.new_page())
        await window.device()
        return window

    async def enter(self, *roles: str, **more: Any) -> Window:
        """Somebody new with these roles, through invitation, passkey and sign-in."""
        app = self.desk.world.app
        id, link = await app.store.write(add_staff, app, *roles, **more)
        window = await self.window()
        window.id = id
        await window.page.goto(link)
        await window.page.click("form[data-passkey=create] button")
        await window.page.wait_for_url("**/desk/sign-in**")
        await window.page.click("form[data-passkey=get] button")
        await window.page.wait_for_url(self.base + "/desk")
        return window


async def axe(page: Page, tags: list[str] = TAGS) -> list[str]:
    """What axe finds serious or critical on a page: rule, and where."""
    if not await page.evaluate("'axe' in window"):
        environments.prepare("axe")
        script = environments.ENVIRONMENTS / "axe/node_modules/axe-core/axe.min.js"
        await page.evaluate(script.read_text("utf-8"))  # evaluated: the page's policy stays
    kind = "tag" if tags is TAGS else "rule"
    found = await page.evaluate(
        "([kind, tags]) => axe.run(document, {runOnly: {type: kind, values: tags}})", [kind, tags]
    )
    return [
        f"{one['id']}: {one['help']}: {[node['target'] for node in one['nodes']]}"
        for one in found["violations"]
        if one["impact"] in SERIOUS
    ]


def has_turn(size: str, name: str) -> bool:
    """Whether axe looks at a page in this size: in all; in ``make test`` in light (all rules), or
    in the two others (contrast, size of targets), by the seed of the run.
    """
    seed = os.environ.get(engines.SEED, "")
    in_light = zlib.crc32(f"{seed} {name}".encode()) % 2 == 0
    return not seed or (size == "light") == in_light


async def look(page: Page, name: str) -> None:
    """Light (all rules of axe), dark (contrast), phone (size of targets, nothing too wide)."""
    folder = os.environ.get("DESK_SCREENSHOTS")
    for size, how in SIZES.items():
        await page.emulate_media(color_scheme=how["color_scheme"])  # type: ignore[arg-type]
        await page.set_viewport_size(how["viewport"])  # type: ignore[arg-type]
        if has_turn(size, name):
            assert await axe(page, RULES[size]) == [], (name, size)
        wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{name} on {size} is {wide} px wider than the window"
        if folder:
            path = Path(folder) / f"{name}-{size}.png"
            await page.screenshot(path=path, full_page=True)


async def whole(page: Page, what: str, name: str) -> None:
    """Nothing of ``what`` is cut or reaches out of the window, from 320 px to 1440 px and on paper.

    A table too broad for a phone may be scrolled in a box of its own, by the keyboard too.
    """
    folder = os.environ.get("DESK_SCREENSHOTS")
    for media, width in (*(("screen", one) for one in (320, 768, 1024, 1440)), ("print", 718)):
        await page.emulate_media(media=media, color_scheme="light")  # type: ignore[arg-type]
        await page.set_viewport_size({"width": width, "height": 900})
        cut = await page.evaluate(_CUT, [what, media])
        assert cut == [], f"{name} at {width} px ({media})"
        if folder:
            path = Path(folder) / f"{name}-{media}-{width}.png"
            await page.screenshot(path=path, full_page=True)
    await page.emulate_media(media="screen")


@functools.cache
def _address() -> str:
    """Where the Chromium of this process listens. It lives as long as the process: to start one for
    each test costs as much as most of them do with it.
    """
    from playwright._impl._driver import compute_driver_executable

    options = {"executablePath": shutil.which("chromium"), "args": ["--no-sandbox"]}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(options, file)
        file.flush()
        server = subprocess.Popen(
            [*compute_driver_executable(), "launch-server", "--browser=chromium",
             f"--config={file.name}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        assert server.stdout is not None
        found = server.stdout.readline().strip()

    @atexit.register
    def end() -> None:
        server.terminate()  # which ends its Chromium
        server.communicate()

    assert found.startswith("ws://"), found
    return found


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    """The Chromium of this process; what was opened in it is closed afterwards."""
    from playwright.async_api import Error, async_playwright

    async with async_playwright() as playwright:
        try:
            browser = await playwright.chromium.connect(await asyncio.to_thread(_address))
        except Error:  # it has crashed in the test before, which has failed for that
            _address.cache_clear()
            browser = await playwright.chromium.connect(await asyncio.to_thread(_address))
        yield browser
        await browser.close()


@pytest.fixture
async def chromium(sqlite_store: SqliteStore, tmp_path: Path) -> AsyncIterator[Chromium]:
    """A desk on ``http://localhost:PORT`` and a browser to look at it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        base = f"http://localhost:{listener.getsockname()[1]}"
        world = World(sqlite_store, tmp_path, public_url=base, name="Chez nous")
        await world.start()
        desk = DeskSite(world)
        config = uvicorn.Config(desk.site, log_level="error", lifespan="off")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        async with browsing() as browser:
            yield Chromium(browser, desk, base)
        server.should_exit = True
        await serving
    await world.settle()
    assert not world.errors, world.errors
