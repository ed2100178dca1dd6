"""A tab of the web client that nobody looks at: eight hours of messages, fifty sleeps."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Sequence

import psutil
from playwright.async_api import ViewportSize

from petitbleu.bench import people
from petitbleu.bench.messages import Sender
from petitbleu.bench.people import Person, Template
from petitbleu.bench.rig import Figures, Harness
from petitbleu.bench.tab import Tab, chromium, open_tab
from petitbleu.bench.wire_client import Connection

CHATS = 20
IN_FLIGHT = 2
EACH_SLEEP = 20
"""Messages that come while the tab sleeps."""
SLEEP_SECONDS = 0.5
WAIT_SECONDS = 60.0
ALL_ROWS: ViewportSize = {"width": 1280, "height": 1600}
"""Only rows that can be seen are in the page."""
_HIDDEN = """(() => {
  for (const [name, value] of [["hidden", true], ["visibilityState", "hidden"]])
    Object.defineProperty(document, name, { get: () => value });
  document.hasFocus = () => false;
})()"""
"""Headless Chromium shows every tab as looked at: this one is not."""
_UNREAD = """() => {
  const rows = [...document.querySelectorAll('.chat-row:not([href="/app/c/u777000"])')];
  const said = (row) => row.querySelector(".badge .unseen")?.textContent ?? "";
  return rows.map((row) => Number(/[\\d,]+/.exec(said(row))?.[0].replaceAll(",", "") ?? 0));
}"""
"""What the rows say is unread, but for what the service itself writes."""
_CUT = "() => probe.sockets.at(-1).close()"
_SOCKETS = "() => [probe.sockets.length, probe.sockets.filter((one) => one.readyState < 2).length]"


class Writers:
    """People who write to one tab, each in a chat of their own."""

    def __init__(self, connections: Sequence[Connection], to: Sequence[Template]) -> None:
        self._connections = connections
        self._to = to
        self.sent = 0

    @classmethod
    async def of(cls, rig: Harness, crowd: Sequence[Person], reader: Person) -> Writers:
        """Everybody of the crowd, ready to write to the reader."""
        connections = [await people.online(rig.at, one) for one in crowd]
        to = [Template(await people.befriend(one, reader)) for one in connections]
        return cls(connections, to)

    async def write(self, count: int) -> None:
        """So many messages, dealt out to the chats."""
        share = count // len(self._to)
        both = zip(self._connections, self._to, strict=True)
        senders = [Sender(connection, to, share) for connection, to in both]
        await asyncio.gather(*(one.start(min(IN_FLIGHT, share)) for one in senders))
        self.sent += share * len(self._to)

    def close(self) -> None:
        """Go."""
        for one in self._connections:
            one.close()


async def hours(rig: Harness, *, messages: int = 28_800, sleeps: int = 50) -> Figures:
    """``messages`` in 20 chats as fast as the tab takes them, then ``sleeps``, in each of which
    messages come; every second one ends its socket too."""
    reader, *crowd = await rig.crowd(CHATS + 1)
    writers = await Writers.of(rig, crowd, reader)
    async with chromium() as browser:
        tab = await open_tab(browser, rig, reader)
        await tab.page.add_init_script(_HIDDEN)
        await tab.page.set_viewport_size(ALL_ROWS)
        await writers.write(CHATS * 2)
        await tab.go()
        await tab.listed()
        await _has(tab, writers.sent)
        before = await tab.heap_mib()
        began = time.perf_counter()
        # In parts, so that the tab is not behind by more than the server keeps for it.
        for _ in range(0, messages, PART):
            await writers.write(min(PART, messages))
            await _has(tab, writers.sent)
        took = time.perf_counter() - began
        figures = {
            "hours_heap_grown_mib": await tab.heap_mib() - before,
            "hours_heap_mib": await tab.heap_mib(),
            "hours_missing": writers.sent - sum(await tab.run(_UNREAD)),
            "hours_messages": float(writers.sent - CHATS * 2),
            "hours_per_second": messages / took,
        }
        figures |= await _sleeping(rig, tab, writers, sleeps)
    writers.close()
    return figures


PART = 1440
"""Messages that come at once."""


async def _has(tab: Tab, count: int) -> None:
    """Wait until the rows say so many; what is missing after a while is told by the figures."""
    ends = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < ends and sum(await tab.run(_UNREAD)) < count:
        await tab.page.wait_for_timeout(50)


async def _sleeping(rig: Harness, tab: Tab, writers: Writers, sleeps: int) -> Figures:
    before = await tab.heap_mib()
    sockets = _connections(rig)
    waking: list[float] = []
    for n in range(sleeps):
        if n % 2:
            await tab.run(_CUT)
        await tab.devtools.send("Page.setWebLifecycleState", {"state": "frozen"})
        await writers.write(EACH_SLEEP)
        await asyncio.sleep(SLEEP_SECONDS)
        began = time.perf_counter()
        await tab.devtools.send("Page.setWebLifecycleState", {"state": "active"})
        await _has(tab, writers.sent)
        waking.append(time.perf_counter() - began)
    made, live = await tab.run(_SOCKETS)
    return {
        "sleeps": float(sleeps),
        "sleeps_heap_grown_mib": await tab.heap_mib() - before,
        "sleeps_missing": float(writers.sent - sum(await tab.run(_UNREAD))),
        "sleeps_sockets": float(live),
        "sleeps_sockets_made": float(made),
        "sleeps_connections_grown": float(_connections(rig) - sockets),
        "sleeps_caught_up_ms": max(waking) * 1e3,
    }


def _connections(rig: Harness) -> int:
    """Connections that the server holds."""
    with contextlib.suppress(psutil.Error):
        found = psutil.Process(rig.server.pid).net_connections("tcp")
        return sum(one.status == psutil.CONN_ESTABLISHED for one in found)
    return 0
