"""Messages that are made to burden the web client: how long each keeps the page busy.

The server would refuse or clean most of them. They are put into the page's socket, as a server that
does not would send them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from typing import Any

from petitbleu.bench import fill
from petitbleu.bench.rig import Figures, Harness, percentile
from petitbleu.bench.tab import chromium, open_tab

LONG = 4096
KINDS = ("file", "card")
"""What a message holds besides its text."""
TASK_MS = 50
_WRITER = 7_000_000
"""The number of somebody whom only the page hears of."""
_BUSY = """(text) => new Promise((done) => {
  const frame = JSON.parse(text);
  for (const one of frame.u.updates) [one.pts, one.pts_count] = [++probe.pts, 1];
  const quiet = (run) => requestAnimationFrame(() => setTimeout(run));
  quiet(() => {
    const began = performance.now();
    probe.sockets.at(-1).onmessage({ data: JSON.stringify(frame) });
    queueMicrotask(() => quiet(() => done(performance.now() - began)));
  });
})"""
_COUNTER = """(() => {
  probe.pts = 0;
  const Probed = WebSocket;
  window.WebSocket = class extends Probed {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => {
        const { u, ok } = JSON.parse(data);
        const own = (u?.updates ?? []).filter((one) => !/Channel/.test(one._));
        probe.pts = Math.max(probe.pts, ok?.pts ?? 0, ...own.map((one) => one.pts ?? 0));
      });
    }
    send(text) {
      if (!text.startsWith('{"a":')) super.send(text); // the server counts its own frames only
    }
  };
})()"""
"""Keeps the counter of updates, so that what is put in is the next."""


def burdens() -> Iterator[tuple[str, str]]:
    """Name and text of each."""
    yield "marks", "Z" + "\u0301" * 10_000
    yield "marks alone", "\u0301" * 3000
    yield "marks of Thai", "ก" + "็" * 4000
    yield (
        "marks everywhere",
        "".join(f"{one}{chr(0x300 + n) * 60}" for n, one in enumerate("word" * 16)),
    )
    yield "overrides", "a\u202eb\u202d" * (LONG // 4)
    yield "isolates", "\u2067" * 126 + "deep"
    yield "emoji", "😀" * LONG
    yield "families", "👨‍👩‍👧‍👦" * 500
    yield "flags", "🇫🇷" * 1000
    yield "joiners", "😀\u200d" * 2000
    yield "one word", "W" * LONG
    yield "wide letters", "﷽" * LONG
    yield "blanks", "\u00a0" * LONG
    yield "no break", "-\u2060" * 2000
    yield "lines", "a\n" * (LONG // 2)


def _entities(text: str) -> list[dict[str, Any]]:
    """Marks over, across and outside the text; many."""
    kinds = ("Bold", "Italic", "Spoiler", "Blockquote", "Url", "Mention", "Hashtag")
    around = [
        {"_": f"messageEntity{kind}", "offset": n - 3, "length": len(text) + 100}
        for n, kind in enumerate(kinds)
    ]
    return around + [
        {"_": "messageEntityBold", "offset": n, "length": 1 + n} for n in range(0, 900, 7)
    ]


def _media(text: str, kind: str) -> dict[str, Any]:
    """A file called so, or somebody's card."""
    if kind == "card":
        names = dict.fromkeys(("first_name", "last_name", "phone_number", "vcard"), text)
        return {"_": "messageMediaContact", "user_id": "0"} | names
    file = {
        "_": "document", "id": "77", "access_hash": "1", "file_reference": "AAAA", "date": 1,
        "mime_type": text, "size": "5", "dc_id": 2,
        "attributes": [{"_": "documentAttributeFilename", "file_name": text}],
    }  # fmt: skip
    return {"_": "messageMediaDocument", "document": file}


def _frame(text: str, number: int, reader: int, kind: str) -> str:
    """A message of somebody called so, with media and a reaction that say it too, in a push."""
    reaction = {"_": "reactionCount", "count": 2,
                "reaction": {"_": "reactionEmoji", "emoticon": text}}  # fmt: skip
    message = {
        "_": "message", "id": number, "date": 1_790_000_000 + number, "message": text,
        "peer_id": {"_": "peerUser", "user_id": str(reader)},
        "from_id": {"_": "peerUser", "user_id": str(_WRITER)}, "entities": _entities(text),
        "post_author": text,
        "fwd_from": {"_": "messageFwdHeader", "from_name": text, "post_author": text, "date": 1},
        "media": _media(text, kind),
        "reactions": {"_": "messageReactions", "results": [reaction]},
    }  # fmt: skip
    writer = {"_": "user", "id": str(_WRITER), "access_hash": "1",
              "first_name": text, "last_name": text}  # fmt: skip
    update = {"_": "updateNewMessage", "message": message, "pts": 0, "pts_count": 0}
    pushed = {"_": "updates", "updates": [update], "users": [writer], "chats": []}
    return json.dumps({"u": pushed})


async def burden(rig: Harness, *, rounds: int = 3) -> Figures:
    """Each burden in the chat that is open, in turn; of each the median of ``rounds``."""
    owner, friend = await rig.crowd(2)
    async with fill.behind(rig) as app:
        await fill.talk(app, [(friend.id, owner.id)], 100)
    async with chromium() as browser:
        tab = await open_tab(browser, rig, owner)
        await tab.page.add_init_script(_COUNTER)
        await tab.go(f"/app/c/u{friend.id}")
        await tab.listed()
        await tab.page.wait_for_selector(".message >> nth=10", state="attached")
        took: dict[str, list[float]] = {}
        number = 1_000_000
        plain = ("plain", "A line of ordinary length, as people write it in a chat.")
        for kind, (name, text) in product(KINDS * rounds, [plain, *burdens()]):
            number += 1
            frame = _frame(text, number, friend.id, kind)
            took.setdefault(f"{name} {kind}", []).append(await tab.run(_BUSY, frame))
    medians = {name: percentile(times, 0.5) for name, times in took.items()}
    plain_ms = max(medians.pop(f"plain {kind}") for kind in KINDS)
    worst = max(medians, key=medians.__getitem__)
    over = sum(one > TASK_MS for one in medians.values())
    return {
        "burden_plain_ms": plain_ms,
        "burden_most_ms": medians[worst],
        "burdens_over": float(over),
        "burdens": float(len(medians)),
    } | {f"burden_{name.replace(' ', '_')}_ms": value for name, value in medians.items()}
