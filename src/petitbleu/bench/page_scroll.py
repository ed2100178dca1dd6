"""A long history in the web client: scrolled, jumped in, and what the page holds afterwards."""

from __future__ import annotations

import time

from petitbleu.bench import fill, people
from petitbleu.bench.rig import Figures, Harness, percentile
from petitbleu.bench.tab import SLOW, Tab, chromium, open_tab
from petitbleu.tl import api

SPEED = 5400
"""Pixels a second: as fast as a hand turns a wheel."""
FRAME_MS = 17.5
TASK_MS = 50
_RUSH = """(count) => new Promise((done) => {
  const list = document.querySelector(".messages");
  const ends = performance.now() + 200_000;
  const step = () => {
    const first = Number(document.querySelector(".message")?.dataset.id ?? 0);
    probe.newest ??= first;
    const passed = probe.newest - first;
    if (passed >= count || first <= 1 || performance.now() > ends) return done(passed);
    list.scrollTop = 0;
    setTimeout(step);
  };
  step();
})"""
"""Scroll as fast as pages come, until so many messages have passed; how many have."""
_JUMP = """() => {
  const before = location.pathname;
  const target = () => document.querySelector(`#m${location.pathname.split("/").at(-1)}.target`);
  const day = [...document.querySelectorAll(".calendar button")].at(-1);
  return probe.from(() => day.click(), () => location.pathname !== before && target());
}"""
"""Choose the last day that the calendar shows."""


async def scroll(
    rig: Harness, *, stored: int = 100_000, seconds: float = 15.0, rush: int = 100_000
) -> Figures:
    """A conversation of ``stored`` messages: ``seconds`` of scrolling as people do, at two speeds
    of the machine; then ``rush`` messages as fast as they come, and jumps to days."""
    owner, friend = await rig.crowd(2)
    async with fill.behind(rig) as app:
        await fill.talk(app, [(friend.id, owner.id)], stored)
    connection = await people.online(rig.at, owner)
    chat = await people.befriend(connection, friend)
    read = api.messages.ReadHistory(peer=chat, max_id=0)
    await connection.call(people.request(read))
    connection.close()
    async with chromium() as browser:
        tab = await open_tab(browser, rig, owner)
        await tab.go(f"/app/c/u{friend.id}")
        await tab.page.wait_for_selector(".message >> nth=30", state="attached")
        figures = {"heap_before_mib": await tab.heap_mib()}
        figures |= await _scrolled(tab, seconds, "")
        await tab.slow(SLOW)
        figures |= await _scrolled(tab, seconds, "slow_")
        await tab.slow(1)
        began = time.perf_counter()
        figures["rushed_messages"] = await tab.run(_RUSH, rush)
        figures["rush_s"] = time.perf_counter() - began
        return figures | await _jumps(tab)


async def _scrolled(tab: Tab, seconds: float, name: str) -> Figures:
    """Up, by the browser's own gesture."""
    await tab.run("() => probe.scrolling(true)")
    await tab.devtools.send(
        "Input.synthesizeScrollGesture",
        {
            "x": 800,
            "y": 400,
            "yDistance": int(SPEED * seconds),
            "speed": SPEED,
            "gestureSourceType": "mouse",
            "preventFling": True,
        },
    )
    frames = await tab.run("() => (probe.scrolling(false), probe.frames)")
    tasks = await tab.run("probe.tasks")
    in_time = sum(frame <= FRAME_MS for frame in frames)
    return {
        f"{name}frames_in_time_percent": 100 * in_time / max(1, len(frames)),
        f"{name}frame_p95_ms": percentile(frames, 0.95),
        f"{name}frames": float(len(frames)),
        f"{name}long_tasks": float(sum(task > TASK_MS for task in tasks)),
        f"{name}longest_task_ms": max(tasks, default=0.0),
    }


async def _jumps(tab: Tab, times: int = 5) -> Figures:
    """To the days of the calendar's months, each further back."""
    took: list[float] = []
    await tab.page.click('.chat-head button[title="Search in this chat"]')
    for n in range(times):
        await tab.page.click('.chat-search button[title="Go to a date"]')
        for _ in range(n + 1):
            await tab.page.click(".calendar-head button >> nth=0")
        took.append(await tab.run(_JUMP))
    return {
        "jump_ms": percentile(took, 0.5),
        "jump_most_ms": max(took),
        "heap_after_mib": await tab.heap_mib(),
        "messages_held": await tab.run("document.querySelectorAll('.message').length"),
    }
