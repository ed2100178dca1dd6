"""Firefox and WebKitGTK: signing in, reading, sending, an input method, a refused microphone.

Each by its own WebDriver (:mod:`tests.appdoor.browser.engines`); a browser that the machine lacks
is skipped with a line that says so.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.appdoor.browser import engines
from tests.appdoor.browser.engines import CONTROL, ENTER, LEFT, SHIFT, Engine
from tests.appdoor.browser.site import ADA, TYPED, Site
from tests.kit.waiting import asked_until, until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.asyncio(loop_scope="package"),
    pytest.mark.parametrize(
        "name",
        [
            pytest.param(
                one,
                marks=pytest.mark.skipif(not engines.is_there(one), reason=engines.MISSING[one]),
            )
            for one in (engines.FIREFOX, engines.WEBKIT)
        ],
    ),
]

NUMBERS = iter(range(33_655_504_000, 33_655_505_000))
COMPOSE = """
const field = document.querySelector("#composer");
const [order, steps, accepted] = arguments;
const tell = (kind, data) =>
  field.dispatchEvent(new CompositionEvent(kind, { data, bubbles: true }));
const announce = (event, inputType, data, isComposing) =>
  field.dispatchEvent(new InputEvent(event, { inputType, data, isComposing, bubbles: true }));
const key = (key, keyCode, isComposing) => {
  const how = { key, keyCode, isComposing, bubbles: true, cancelable: true };
  field.dispatchEvent(new KeyboardEvent("keydown", how));
};
const selection = getSelection();
let node = selection.anchorNode, at = selection.anchorOffset, length = 0;
if (node.nodeType !== Node.TEXT_NODE) {
  const made = document.createTextNode("");
  node.insertBefore(made, node.childNodes[at] ?? null);
  [node, at] = [made, 0];
}
const write = (text) => {
  node.replaceData(at, length, text);
  length = text.length;
  selection.collapse(node, at + length);
};
key("Process", 229, false);
tell("compositionstart", "");
for (const step of steps) {
  key("Process", 229, true);
  if (order === "firefox") tell("compositionupdate", step);
  announce("beforeinput", "insertCompositionText", step, true);
  if (order !== "firefox") tell("compositionupdate", step);
  write(step);
  announce("input", "insertCompositionText", step, true);
}
if (order === "firefox") {
  key("Enter", 229, true);
  announce("beforeinput", "insertCompositionText", accepted, true);
  write(accepted);
  tell("compositionend", accepted);
  announce("input", "insertCompositionText", accepted, false);
} else {
  announce("beforeinput", "deleteCompositionText", null, true);
  write("");
  announce("input", "deleteCompositionText", null, true);
  announce("beforeinput", "insertFromComposition", accepted, true);
  write(accepted);
  announce("input", "insertFromComposition", accepted, true);
  tell("compositionend", accepted);
  key("Enter", 229, false);
}
"""
"""What an input method does to a field: the events of each engine, in its order."""


async def _typed(page: Engine, text: str) -> None:
    """Wait until that stands in the field, with its marks."""
    await asked_until(lambda: _same(page, text))


async def _same(page: Engine, text: str) -> bool:
    return bool(await page.script(f"return {TYPED}") == text)


async def _sent(site: Site, of: int, text: str) -> list[Any]:
    """The entities of a text, once Ada has it."""

    async def found() -> dict[str, Any] | None:
        rows = await site.telegram.do("read", ADA, of=of)
        ids = [one["id"] for one in rows if one["text"] == text]
        return dict(await site.telegram.do("seen_by", ADA, of=of, message=ids[-1])) if ids else None

    return list((await asked_until(found))["spans"])


async def _sign_up(site: Site, page: Engine, name: str) -> tuple[str, int]:
    """Through the door with a number; the number, and the account's."""
    phone = str(next(NUMBERS))
    await page.go("/app")
    await page.click("input[name=who]")
    await page.keys([*f"+{phone}", ENTER])
    await page.shows("input[name=code]")
    code = str(await until(lambda: site.code(phone)))
    await page.keys([*code, ENTER])
    await page.shows("input[name=first]")
    await page.keys([*name, ENTER])
    await page.shows("#search")
    answer = await page.script("return fetch('/app/session').then((one) => one.json())")
    return phone, int(answer["user"])


async def test_sign_in_read_send_compose_and_record(site: Site, tmp_path: Path, name: str) -> None:
    telegram = site.telegram
    async with engines.started(name, tmp_path, site.base) as page:
        phone, id = await _sign_up(site, page, "Flora")
        await telegram.do("contact", ADA, phone=phone, name="Flora")
        await telegram.do("say", ADA, to=id, text="Hello from Telegram")
        chat = f"u{telegram.ids[ADA]}"
        await page.click(f'.rows a[href="/app/c/{chat}"]')
        await page.shows(".message .words", "Hello from Telegram")
        await page.shows(".rich-field")
        await page.see("engine-chat")

        await page.click("#composer")
        await page.keys("a **bold** word")
        await _typed(page, "a **bold** word")
        await page.chord(CONTROL, SHIFT, LEFT)
        await page.click(".rich-tools .tool-spoiler")
        await _typed(page, "a **bold** ||word||")
        await page.chord(CONTROL, "z")
        await _typed(page, "a **bold** word")
        await page.keys([ENTER])
        await page.shows(".message.own .words", "a bold word")
        assert await _sent(site, id, "a bold word") == [["Bold", 2, 4]]

        await page.keys("**a** ")
        await _typed(page, "**a** ")
        await page.script(COMPOSE, name, ["k", "か", "かn", "かんじ", "漢字"], "漢字")
        await _typed(page, "**a** 漢字")
        await page.script(COMPOSE, name, ["^"], "ê")
        await _typed(page, "**a** 漢字ê")
        await page.script(COMPOSE, name, ["x", "xy"], "")
        await page.keys("!")
        await _typed(page, "**a** 漢字ê!")
        await page.keys([ENTER])
        assert await _sent(site, id, "a 漢字ê!") == [["Bold", 0, 1]]

        await page.chord(SHIFT, ENTER)
        await page.keys("first")
        await page.chord(SHIFT, ENTER)
        await page.keys("second")
        await _typed(page, "\nfirst\nsecond")
        await page.keys([ENTER])
        await _sent(site, id, "first\nsecond")

        # WebKitGTK records nothing that a voice note is made of, and asks nobody.
        said = "may not use the microphone" if name == engines.FIREFOX else "cannot record"
        await page.click("button[aria-label='Record a voice message']")
        await page.shows("#urgent", said)
        await page.see("engine-microphone")
        await page.script("location.reload()")
        await page.shows(".message.own .words", "second")
