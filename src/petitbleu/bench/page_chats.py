"""What one feels in a chat of the web client: opening it, a key, a message of one's own."""

from __future__ import annotations

from petitbleu.bench import fill
from petitbleu.bench.rig import Figures, Harness, percentile
from petitbleu.bench.tab import Tab, chromium, open_tab

MESSAGES = 120
"""In each chat: more than a page of history."""
KEY_MS = 45
"""Between two keys of a fast typist."""
WORDS = "Somebody writes a sentence of ordinary length, with a few words more. "
_OPEN = """(at) => {
  const row = () => document.querySelectorAll(".chat-row")[at];
  const filled = () => document.querySelectorAll(".message").length > 20;
  return probe.from(() => row().click(), () => row().classList.contains("here") && filled());
}"""
_KEYS = "() => probe.keys.splice(0)"
_SEND = """(text) => {
  const own = () => [...document.querySelectorAll(".message.own .words")];
  const shown = () => own().some((one) => one.textContent === text);
  return probe.from(() => document.querySelector(".send").click(), shown);
}"""


async def chats(rig: Harness, *, chats: int = 40, keys: int = 400, messages: int = 30) -> Figures:
    """Chats opened, keys typed and messages sent by somebody who talks with ``chats`` people."""
    (owner,) = await rig.crowd(1)
    async with fill.behind(rig) as app:
        others = await fill.strangers(app, chats)
        for other in others:
            await fill.talk(app, [(other, owner.id)], MESSAGES)
    async with chromium() as browser:
        tab = await open_tab(browser, rig, owner)
        await tab.go()
        await tab.listed()
        figures = await _opening(tab, chats)
        return figures | await _typing(tab, keys) | await _sending(tab, messages)


async def _opening(tab: Tab, chats: int) -> Figures:
    """The chats whose rows are in the page: for the first time, then again."""
    count = min(chats, await tab.run("document.querySelectorAll('.chat-row').length"))
    took: list[list[float]] = [[], []]
    for times in took:
        for row in range(1, count):
            times.append(await tab.run(_OPEN, row))
    new, again = took
    return {
        "open_cached_ms": percentile(again, 0.5),
        "open_cached_p95_ms": percentile(again, 0.95),
        "open_new_ms": percentile(new, 0.5),
        "open_new_p95_ms": percentile(new, 0.95),
    }


async def _typing(tab: Tab, keys: int) -> Figures:
    """Keys of a real keyboard, as far as the browser knows, until the letter is painted."""
    await tab.page.wait_for_selector("#composer[contenteditable]")
    await tab.page.click("#composer")
    await tab.run("() => probe.keysOn()")
    text = (WORDS * (1 + keys // len(WORDS)))[:keys]
    for at in range(0, keys, len(WORDS)):
        # A new message each time: a text of a few thousand letters is no ordinary one.
        await tab.page.keyboard.type(text[at : at + len(WORDS)], delay=KEY_MS)
        await tab.page.fill("#composer", "")
    took = await tab.run(_KEYS)
    return {"key_p50_ms": percentile(took, 0.5), "key_p95_ms": percentile(took, 0.95)}


async def _sending(tab: Tab, messages: int) -> Figures:
    took = []
    for n in range(messages):
        await tab.page.fill("#composer", f"Message {n}")
        took.append(await tab.run(_SEND, f"Message {n}"))
    return {"own_ms": percentile(took, 0.5), "own_p95_ms": percentile(took, 0.95)}
