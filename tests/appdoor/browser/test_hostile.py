"""What people write to run script, to mislead or to break the page: shown, and never run."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.appdoor.browser.dressing import Dresser
from tests.appdoor.browser.hostile import FAMILIES, corpus
from tests.appdoor.browser.site import ADA, Site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

TASK_MS = 50

_WATCH = """
window.reports = [];
window.tasks = [];
document.addEventListener("securitypolicyviolation", (event) => reports.push(event.violatedDirective + " " + event.blockedURI));
new PerformanceObserver((list) => tasks.push(...list.getEntries().map((one) => one.duration))).observe({ type: "longtask", buffered: true });
"""


async def test_the_corpus() -> None:
    strings = corpus()
    print(f"\n{len(strings)} strings of {len(FAMILIES)} families")
    assert len(strings) >= 300


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
