"""What people write to run script, to mislead or to break the page: shown, and never run."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.appdoor.browser.dressing import MEDIA, Dresser
from tests.appdoor.browser.hostile import FAMILIES, corpus
from tests.appdoor.browser.site import ADA, Member, Site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

TASK_MS = 50
SHOWN = 60
"""Messages that a page of history has."""

_WATCH = """
window.reports = [];
window.tasks = [];
document.addEventListener("securitypolicyviolation", (event) => reports.push(event.violatedDirective + " " + event.blockedURI));
new PerformanceObserver((list) => tasks.push(...list.getEntries().map((one) => one.duration))).observe({ type: "longtask", buffered: true });
"""


_FAULTS = r"""() => {
  const wrong = [];
  // What is cut off by something around it, inside the row, is not seen beyond it.
  const cutOff = (inner, row) => {
    for (let around = inner.parentElement; around && around !== row; around = around.parentElement)
      if (getComputedStyle(around).overflowX !== "visible") return true;
    return false;
  };
  const cut = (one) => `${one.tagName}.${one.className} ${JSON.stringify(one.textContent.slice(0, 40))}`;
  if (window.hacked) wrong.push("something ran");
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) wrong.push(`the page is ${wide} px wider than the window`);
  for (const place of document.querySelectorAll(".messages, .rows, .panel, .side, .main"))
    if (place.scrollWidth > place.clientWidth + 1) wrong.push(`${cut(place)} is ${place.scrollWidth - place.clientWidth} px too wide`);
  for (const one of document.querySelectorAll(".message, .chat-row")) {
    const box = one.getBoundingClientRect();
    for (const inner of one.querySelectorAll("*")) {
      const size = inner.getBoundingClientRect();
      const unseen = inner.closest(".unseen, pre, [hidden], svg, .message-more") || cutOff(inner, one);
      if (!unseen && size.width && (size.right > box.right + 2 || size.left < box.left - 2)) { wrong.push(`out of its row: ${cut(inner)}`); break; }
    }
  }
  for (const link of document.querySelectorAll("[href], [src], [action], [formaction]"))
    for (const name of ["href", "src", "action", "formaction"]) {
      const value = link.getAttribute(name);
      if (value && !/^(https?|mailto|tel|tg):|^\/|^blob:|^data:image|^#main$/i.test(value)) wrong.push(`${name}=${value.slice(0, 60)}`);
    }
  for (const one of document.querySelectorAll("script:not([src]), style, iframe, object, embed, base, meta[http-equiv], [style*=position], [onload], [onerror], [onclick]"))
    if (!one.closest("head")) wrong.push(`planted ${cut(one)}`);
  // A text that turns the direction stands in an element of its own, so that it turns nothing beside it.
  const turns = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u0590-\u08ff]/;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (!turns.test(node.data)) continue;
    const held = node.parentElement.closest("bdi, [dir], option, textarea, .avatar");
    if (!held || held === document.documentElement) wrong.push(`turns its surroundings: ${cut(node.parentElement)}`);
  }
  return [...new Set(wrong)].slice(0, 12);
}"""


_TO_THE_LIST = """() => {
  history.pushState(null, "", "/app");
  dispatchEvent(new PopStateEvent("popstate"));
}"""


class _Frames:
    """Between the page's socket and the server."""

    def __init__(self) -> None:
        self.dresser: Dresser | None = None

    def route(self, socket: Any) -> None:
        """Everything through; what comes is dressed."""
        server = socket.connect_to_server()
        socket.on_message(server.send)

        def heard(message: Any) -> None:
            dresser = self.dresser
            socket.send(dresser.dress(message) if dresser and isinstance(message, str) else message)

        server.on_message(heard)


async def _room(site: Site, member: Member) -> str:
    """A group with plain messages to be dressed; its key."""
    telegram = site.telegram
    await telegram.do("channel", ADA, title="Hostile", name="hostile_channel")
    made = await telegram.do("discussion", ADA, channel="hostile_channel", title="QX0X")
    for n in range(SHOWN):
        await telegram.do("say", ADA, to=made["id"], text=f"QX{n}X")
    await member.go(f"/app/join/{made['way']}")
    await member.page.click(".join-bar .primary")
    await member.page.wait_for_selector("#composer")
    return "c" + str(made["id"])[4:]


async def test_the_corpus() -> None:
    strings = corpus()
    print(f"\n{len(strings)} strings of {len(FAMILIES)} families")
    assert len(strings) >= 300


@pytest.mark.long
async def test_hostile_strings_in_every_field(site: Site) -> None:
    frames = _Frames()
    member = await site.window()
    page = member.page
    elsewhere: list[str] = []
    own = (site.base, "blob:", "data:image", site.base.replace("http", "ws", 1))
    page.on("request", lambda one: None if one.url.startswith(own) else elsewhere.append(one.url))
    page.on("dialog", lambda one: elsewhere.append(f"dialog {one.message}"))
    member.context.on("page", lambda one: elsewhere.append(f"window {one.url}"))
    await page.add_init_script(_WATCH)
    await page.route_web_socket(lambda url: url.endswith("/app/ws"), frames.route)
    await member.sign_up("Reader")
    key = await _room(site, member)
    strings, worst, calm, looks = corpus(), list[float](), list[float](), 0
    faults: dict[str, tuple[int, int, int]] = {}
    plain = [f"Plain {n}" for n in range(len(strings))]
    turns = range(0, len(MEDIA), 3)
    for turn in turns:
        for first in range(0, len(strings), SHOWN):
            for texts, tasks in ((plain, calm), (strings, worst)):
                if texts is plain and first:
                    continue
                frames.dresser = Dresser(texts, first + turn * 7, turn)
                await page.set_viewport_size({"width": 1280, "height": 860})
                await member.go(f"/app/c/{key}/info")
                await page.wait_for_selector(".message >> nth=20", state="attached")
                await page.wait_for_selector(".panel-top")
                await page.wait_for_timeout(150)
                tasks.append(max(await page.evaluate("tasks"), default=0))
                for width in (1280, 360, 320):
                    await page.set_viewport_size({"width": width, "height": 760})
                    found = await page.evaluate(_FAULTS)
                    faults.update(dict.fromkeys(found, (first, turn, width)))
                await page.set_viewport_size({"width": 360, "height": 760})
                await page.evaluate(_TO_THE_LIST)
                await page.wait_for_selector(".chat-row >> nth=10")
                faults.update(dict.fromkeys(await page.evaluate(_FAULTS), (first, turn, 0)))
                looks += 1
                reports = await page.evaluate("reports")
                assert reports == [] and elsewhere == [] and member.problems == [], (first, turn)
            await member.see(f"hostile-{turn}-{first}")
    assert faults == {}, "\n".join(f"{where}: {what}" for what, where in faults.items())
    print(f"\n{len(strings)} strings, {looks} pages of {SHOWN} messages, {len(turns)} kinds of media each: "
          f"0 reports of the policy, nothing ran; longest task {max(worst):.0f} ms "
          f"(median of pages {sorted(worst)[len(worst) // 2]:.0f}, plain texts {max(calm):.0f}, goal {TASK_MS})")  # fmt: skip
    await member.close()


@pytest.mark.parametrize("each", [7, pytest.param(1, marks=pytest.mark.long)])
async def test_each_string_is_shown_and_never_run(site: Site, each: int) -> None:
    """Each string (in ``make test`` one in seven) comes as a new message into the open chat; what the page is busy for is measured."""
    member = await site.window()
    page = member.page
    await page.add_init_script(_WATCH + _INJECT)
    await member.sign_up("Watcher")
    await site.telegram.do("contact", ADA, phone=member.phone, name="Watcher")
    last = await site.telegram.do("say", ADA, to=member.id, text="begin")
    await member.open(f"u{site.telegram.ids[ADA]}")
    await member.sees("begin")
    slow: list[tuple[float, str]] = []
    for n, string in enumerate(corpus()[::each]):
        dresser = Dresser([string], 0, n)
        one: dict[str, Any] = {
            "_": "message", "id": last + 1000 + n, "date": 1_790_000_000 + n, "message": "QX0X",
            "peer_id": {"_": "peerUser", "user_id": str(site.telegram.ids[ADA])},
        }  # fmt: skip
        dresser._message(one, 0)
        one["from_id"] = one["peer_id"]
        update = {"_": "updateNewMessage", "message": one, "pts": 0, "pts_count": 0}
        users = [dresser.person(0), dresser.person(1)]
        pushed = {"_": "updates", "updates": [update], "users": users, "chats": []}
        took = await page.evaluate("(text) => push(text)", json.dumps({"u": pushed}))
        slow.append((took, string[:30]))
    slow.sort(reverse=True)
    over = [one for one in slow if one[0] > TASK_MS]
    print(f"\n{len(slow)} strings one by one: longest {slow[0][0]:.0f} ms {slow[0][1]!a}, "
          f"{len(over)} over {TASK_MS} ms: {[(round(ms), ascii(text)) for ms, text in over[:8]]}")  # fmt: skip
    shown = await page.locator(".message").count()
    assert shown > min(50, len(slow) // 2), f"{shown} are shown"
    assert await page.evaluate("reports") == [] and not await page.evaluate("window.hacked")
    await member.close()


_INJECT = """
const Real = WebSocket;
let socket;
let pts = 0;
const counted = (text) => {
  const { u, ok } = JSON.parse(text);
  for (const one of u?.updates ?? []) if (one.pts && !/Channel/.test(one._)) pts = Math.max(pts, one.pts);
  if (/state$/i.test(ok?._ ?? "") || ok?.pts) pts = Math.max(pts, ok.pts);
};
window.WebSocket = class extends Real {
  constructor(...given) {
    super(...given);
    socket = this;
    this.addEventListener("message", ({ data }) => counted(data));
  }
  send(text) {
    if (!text.startsWith('{"a":')) super.send(text); // the server counts its own frames only
  }
};
window.push = async (text) => {
  const frame = JSON.parse(text);
  for (const one of frame.u.updates) [one.pts, one.pts_count] = [++pts, 1];
  const quiet = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  await quiet();
  const began = performance.now();
  socket.onmessage({ data: JSON.stringify(frame) });
  await Promise.resolve();
  await quiet();
  return performance.now() - began;
};
"""
