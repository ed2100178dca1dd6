"""A tab of Chromium that shows the web client of a rig, with probes in it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import (
    Browser,
    BrowserContext,
    CDPSession,
    Page,
    ViewportSize,
    async_playwright,
)

from petitbleu.bench import browsers
from petitbleu.bench.people import Person
from petitbleu.bench.rig import Harness
from petitbleu.cli import dev_client

WINDOW: ViewportSize = {"width": 1280, "height": 860}
WAIT_MS = 60_000
SLOW = 4
"""How many times slower than this machine the slow one is."""
MIB = 1 << 20
PROBES = """(() => {
  const probe = (window.probe = { tasks: [], sockets: [], frames: [], keys: [] });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) probe.tasks.push(duration);
  }).observe({ type: "longtask", buffered: true });
  // After the frame in which something is shown, the browser paints; then this runs.
  const painted = (run) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => run(performance.now());
    requestAnimationFrame(() => channel.port2.postMessage(0));
  };
  probe.when = (what) =>
    new Promise((done) => {
      const watcher = new MutationObserver(look);
      function look() {
        if (!what()) return false;
        watcher.disconnect();
        painted(done);
        return true;
      }
      const all = { subtree: true, childList: true, attributes: true, characterData: true };
      if (!look()) watcher.observe(document, all);
    });
  /** Do something; the milliseconds until something is painted. */
  probe.from = async (act, what) => {
    await new Promise((done) => painted(done));
    const began = performance.now();
    act();
    return (await probe.when(what)) - began;
  };
  const pressed = (event) => painted((now) => probe.keys.push(now - event.timeStamp));
  probe.keysOn = () => addEventListener("keydown", pressed, true);
  probe.scrolling = (on) => {
    if (!on) return (probe.moving = false);
    probe.moving = true;
    probe.tasks.length = probe.frames.length = 0;
    let before = 0;
    const next = (now) => {
      if (before) probe.frames.push(now - before);
      before = now;
      if (probe.moving) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  };
  const Real = WebSocket;
  window.WebSocket = class extends Real {
    constructor(...given) {
      super(...given);
      probe.sockets.push(this);
    }
  };
})()"""
"""``probe`` of the page: long tasks, frames, keys, sockets, and when something is painted."""


class Tab:
    """One tab; ``page`` is playwright's, ``devtools`` its debugging session."""

    def __init__(
        self, context: BrowserContext, page: Page, devtools: CDPSession, base: str
    ) -> None:
        self.context = context
        self.page = page
        self.devtools = devtools
        self.base = base

    async def go(self, path: str = "/app") -> None:
        """Open an address of the client."""
        await self.page.goto(self.base + path, wait_until="commit")

    async def run(self, script: str, given: Any = None) -> Any:
        """The value of an expression, or of a function given something."""
        return await self.page.evaluate(script, given)

    async def listed(self) -> None:
        """Wait until the whole list is there, and the connection."""
        await self.page.wait_for_selector(".chat-row")
        await self.page.wait_for_selector(".status:not(.shown)", state="attached")

    async def slow(self, times: float) -> None:
        """Make the processor so many times slower."""
        await self.devtools.send("Emulation.setCPUThrottlingRate", {"rate": times})

    async def heap_mib(self) -> float:
        """What the page's script holds, after its garbage has been collected."""
        for _ in range(2):
            await self.devtools.send("HeapProfiler.collectGarbage")
        used = await self.devtools.send("Runtime.getHeapUsage")
        return float(used["usedSize"]) / MIB

    async def trust(self) -> None:
        """Say that the device is one's own: it may keep something."""
        await self.run(
            """() => fetch("/app/session", {method: "POST", body: '{"trusted": true}',
            headers: {"Content-Type": "application/json", "X-Petitbleu-App": "1"}})"""
        )

    async def close(self) -> None:
        """Forget the tab and all that its profile holds."""
        await self.context.close()


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A browser, for as long as needed; the client is built first."""
    dev_client.build()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        try:
            yield browser
        finally:
            await browser.close()


async def open_tab(browser: Browser, rig: Harness, person: Person | None = None) -> Tab:
    """A tab of a fresh profile, with a session of the person if one is given; it is empty yet."""
    base = f"http://{rig.at.host}:{rig.at.port}"
    context = await browser.new_context(viewport=WINDOW, locale="en")
    context.set_default_timeout(WAIT_MS)
    if person is not None:
        name, _, value = (await browsers.sign_in(rig.at, person)).partition("=")
        await context.add_cookies([{"name": name, "value": value, "url": base}])
    page = await context.new_page()
    await page.add_init_script(PROBES)
    return Tab(context, page, await context.new_cdp_session(page), base)
