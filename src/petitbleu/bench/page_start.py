"""How soon the web client is there: cold, warm, on a slow machine, and its list of 2,000 chats."""

from __future__ import annotations

from playwright.async_api import Browser

from petitbleu.bench import fill
from petitbleu.bench.people import Person
from petitbleu.bench.rig import Figures, Harness, percentile
from petitbleu.bench.tab import SLOW, Tab, chromium, open_tab

ROW_PX = 68
"""Height of a row of the list."""
SETTLED_MS = 3000
"""After so long the device has kept what it keeps."""
_PAINT = """() => new Promise((done) => new PerformanceObserver((list) => {
  const first = list.getEntries().find((one) => one.name === "first-contentful-paint");
  if (first) done(first.startTime);
}).observe({ type: "paint", buffered: true }))"""
_USABLE = """() => probe.when(() =>
  document.querySelector("#search") && document.querySelector(".chat-row"))"""
_DOOR = "() => probe.when(() => document.querySelector('input[name=who]'))"
_WHOLE = """(height) => probe.when(() =>
  (document.querySelector(".rows > ul")?.offsetHeight ?? 0) >= height)"""
_ASKED = """(() => {
  const Probed = WebSocket;
  window.WebSocket = class extends Probed {
    send(text) {
      if (text.includes("messages.getPinnedDialogs")) probe.asked ??= performance.now();
      super.send(text);
    }
  };
})()"""
"""Notes when the list is asked for."""


async def start(rig: Harness, *, chats: int = 2000, rounds: int = 5) -> Figures:
    """Medians of ``rounds``; the list of somebody in ``chats`` chats."""
    owner, newcomer, friend = await rig.crowd(3)
    async with fill.behind(rig) as app:
        others = await fill.strangers(app, chats)
        await fill.talk(app, [(other, owner.id) for other in others], chats)
        await fill.talk(app, [(friend.id, newcomer.id)], 20)
    async with chromium() as browser:
        figures = await _first(browser, rig, newcomer, rounds)
        return figures | await _list(browser, rig, owner, chats, rounds)


async def _first(browser: Browser, rig: Harness, person: Person, rounds: int) -> Figures:
    """The door, then the page of somebody with an ordinary list: each in a profile of its own."""
    found: dict[str, list[float]] = {}

    def note(name: str, value: float) -> None:
        found.setdefault(name, []).append(value)

    for _ in range(rounds):
        door = await open_tab(browser, rig)
        await door.go()
        note("door_usable_ms", await door.run(_DOOR))
        note("first_paint_ms", await door.run(_PAINT))
        await door.close()
        tab = await open_tab(browser, rig, person)
        await tab.go()
        note("usable_ms", await tab.run(_USABLE))
        await tab.trust()
        await _keep(tab)
        await tab.go()
        note("warm_usable_ms", await tab.run(_USABLE))
        await tab.close()
        slow = await open_tab(browser, rig, person)
        await slow.slow(SLOW)
        await slow.go()
        note("slow_usable_ms", await slow.run(_USABLE))
        await slow.close()
    return {name: percentile(values, 0.5) for name, values in found.items()}


async def _keep(tab: Tab) -> None:
    """Load the page as that of a trusted device and give it time to keep what it shows."""
    await tab.go()
    await tab.listed()
    await tab.page.wait_for_timeout(SETTLED_MS)


async def _list(browser: Browser, rig: Harness, owner: Person, chats: int, rounds: int) -> Figures:
    first, whole, kept = [], [], []
    for _ in range(rounds):
        tab = await open_tab(browser, rig, owner)
        await tab.page.add_init_script(_ASKED)
        await tab.go()
        shown = await tab.run(_USABLE)
        done = await tab.run(_WHOLE, chats * ROW_PX)
        asked = await tab.run("probe.asked")
        first.append(shown - asked)
        whole.append(done - asked)
        await tab.trust()
        await _keep(tab)
        await tab.go()
        shown = await tab.run(_USABLE)
        kept.append(shown - await tab.run(_READY))
        await tab.close()
    return {
        "list_kept_ms": percentile(kept, 0.5),
        "list_first_ms": percentile(first, 0.5),
        "list_whole_ms": percentile(whole, 0.5),
        "list_chats": float(chats),
    }


_READY = "performance.getEntriesByType('navigation')[0].domInteractive"
"""When the page was read and its script began."""
