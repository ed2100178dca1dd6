"""Writing as people know it: marks, styles, suggestions, emoji, input methods.

What is sent is what was seen.
"""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import Error

from tests.appdoor.browser.looking import look
from tests.appdoor.browser.site import ADA, BEN, Member, Site
from tests.kit.waiting import asked_until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

FAMILY = "👨\u200d👩\u200d👧\u200d👦"


async def meet(site: Site, name: str, lang: str = "en", **settings: Any) -> Member:
    """Somebody who has Ada before them, and the rich field."""
    member = await site.join(name, lang, **settings)
    await site.telegram.do("contact", ADA, phone=member.phone, name=name)
    await site.telegram.do("say", ADA, to=member.id, text="begin")
    await member.open(f"u{site.telegram.ids[ADA]}")
    await member.sees("begin")
    await member.page.wait_for_selector(".rich-field")
    await member.page.focus("#composer")
    return member


async def sent(site: Site, member: Member, text: str) -> list[Any]:
    """Press Enter; the entities that Ada sees of the text, once she has it."""
    await member.page.keyboard.press("Enter")

    async def found() -> dict[str, Any] | None:
        rows = await site.telegram.do("read", ADA, of=member.id)
        ids = [one["id"] for one in rows if one["text"] == text]
        if not ids:
            return None
        return dict(await site.telegram.do("seen_by", ADA, of=member.id, message=ids[-1]))

    seen = await asked_until(found)
    assert await member.typed() == ""
    return list(seen["spans"])


async def _keys(member: Member, *keys: str) -> None:
    for one in keys:
        await member.page.keyboard.press(one)


async def test_styles_while_writing(site: Site) -> None:
    """By marks, by keys, by the tools over a selection; one step back, and one forward."""
    member = await meet(site, "Rita")
    page, keyboard = member.page, member.page.keyboard
    await keyboard.type("a **bold** and ")
    await keyboard.press("Control+I")
    await keyboard.type("slanted")
    await keyboard.press("Control+I")
    await keyboard.type(" last")
    await member.holds_typed("a **bold** and _slanted_ last")
    await _keys(member, "Control+Shift+ArrowLeft")
    await page.click(".rich-tools .tool-spoiler")
    await member.holds_typed("a **bold** and _slanted_ ||last||")
    await keyboard.press("Control+Z")
    await member.holds_typed("a **bold** and _slanted_ last")
    await keyboard.press("Control+Shift+Z")
    await member.holds_typed("a **bold** and _slanted_ ||last||")
    spans = await sent(site, member, "a bold and slanted last")
    assert spans == [["Bold", 2, 4], ["Italic", 11, 7], ["Spoiler", 19, 4]]
    await member.close()


@pytest.mark.long
async def test_marks_that_are_undone_stay_marks(site: Site) -> None:
    member = await meet(site, "Udo")
    keyboard = member.page.keyboard
    await keyboard.type("see **this**")
    await member.holds_typed("see **this**")
    assert await member.page.locator("#composer strong").inner_text() == "this"
    await keyboard.press("Control+Z")
    assert await member.page.locator("#composer strong").count() == 0
    assert await sent(site, member, "see **this**") == []
    await member.close()


@pytest.mark.long
async def test_blocks_and_lines(site: Site) -> None:
    """A quotation and a block of code begin by their marks and are left by an empty line."""
    member = await meet(site, "Bela")
    keyboard = member.page.keyboard
    for line in ("> quoted", "more of it", ""):
        await keyboard.type(line)
        await keyboard.press("Shift+Enter")
    await keyboard.type("between")
    await keyboard.press("Shift+Enter")
    await keyboard.type("```py")
    await keyboard.press("Shift+Enter")
    await keyboard.type("x = **1**")
    await member.see("writing-blocks")
    assert await member.page.locator("#composer .quote").count() == 2
    assert await member.page.locator("#composer .pre").count() == 1
    text = "quoted\nmore of it\nbetween\nx = **1**"
    assert await sent(site, member, text) == [["Blockquote", 0, 17], ["Pre", 26, 9, "py"]]
    await member.close()


@pytest.mark.long
async def test_a_link_by_the_tools(site: Site) -> None:
    member = await meet(site, "Lina")
    page, keyboard = member.page, member.page.keyboard
    await keyboard.type("read this")
    await keyboard.press("Control+Shift+ArrowLeft")
    await page.wait_for_selector(".rich-tools")
    await keyboard.press("Tab")
    await page.wait_for_selector(".rich-tools button:focus")
    await keyboard.press("End")
    await keyboard.press("Enter")
    await page.wait_for_selector(".rich-tools input:focus")
    await keyboard.type("javascript:alert(1)")
    await keyboard.press("Enter")
    await page.wait_for_selector("#urgent:has-text('not an address')")
    await page.fill(".rich-tools input", "example.org/a")
    await keyboard.press("Enter")
    await member.holds_typed("read [this](https://example.org/a)")
    spans = await sent(site, member, "read this")
    assert spans == [["TextUrl", 5, 4, "https://example.org/a"]]
    await member.close()


@pytest.mark.long
async def test_an_edit_keeps_its_styles(site: Site) -> None:
    member = await meet(site, "Edda")
    keyboard = member.page.keyboard
    await keyboard.type("half a thought")
    await keyboard.press("Control+A")
    await keyboard.press("Control+B")
    await member.holds_typed("**half a thought**")
    await keyboard.press("Control+A")
    await keyboard.press("Delete")
    await keyboard.type("an **old** word")
    await sent(site, member, "an old word")
    await keyboard.type("")
    await keyboard.press("ArrowUp")
    await member.holds_typed("an **old** word")
    await keyboard.type("s")
    assert await sent(site, member, "an old words") == [["Bold", 3, 3]]
    await member.close()


@pytest.mark.long
async def test_input_methods(site: Site) -> None:
    """What is composed stands in the field and is sent as it was accepted, inside styles too."""
    member = await meet(site, "Kana")
    page, keyboard = member.page, member.page.keyboard
    session = await member.context.new_cdp_session(page)

    async def compose(*steps: str) -> None:
        for step in steps:
            at = {"text": step, "selectionStart": len(step), "selectionEnd": len(step)}
            await session.send("Input.imeSetComposition", at)

    await keyboard.type("**a** ")
    await compose("k", "か", "かn", "かんじ", "漢字")
    await session.send("Input.insertText", {"text": "漢字"})
    await member.holds_typed("**a** 漢字")
    await keyboard.type("!")
    await keyboard.press("Control+Z")
    await keyboard.press("Control+Z")
    await member.holds_typed("**a** ")
    await keyboard.press("Control+Shift+Z")
    await member.holds_typed("**a** 漢字")
    # Inside a bold word, and given up in the middle.
    await keyboard.press("Home")
    await keyboard.press("ArrowRight")
    await compose("に", "日")
    await session.send("Input.insertText", {"text": "日"})
    await member.holds_typed("**a日** 漢字")
    await compose("x", "xy", "")
    await member.holds_typed("**a日** 漢字")
    # Dead keys of a French keyboard: the accent is a composition of its own.
    await keyboard.press("End")
    await compose("^")
    await session.send("Input.insertText", {"text": "ê"})
    await member.holds_typed("**a日** 漢字ê")
    assert await sent(site, member, "a日 漢字ê") == [["Bold", 0, 2]]
    await member.close()


@pytest.mark.long
async def test_what_a_keyboard_does_by_itself(site: Site) -> None:
    """A correction, a dictation, nodes that were changed without a word: the model follows."""
    member = await meet(site, "Korra")
    page, keyboard = member.page, member.page.keyboard
    await keyboard.type("a **helo** world")
    await page.evaluate(
        """() => {
          const field = document.querySelector("#composer");
          const word = field.querySelector("strong").firstChild;
          const ends = { startContainer: word, startOffset: 0, endContainer: word, endOffset: 4 };
          const targetRanges = [new StaticRange(ends)];
          const how = { inputType: "insertReplacementText", data: "hello", targetRanges };
          field.dispatchEvent(new InputEvent("beforeinput", { ...how, cancelable: true }));
        }"""
    )
    await member.holds_typed("a **hello** world")
    await page.evaluate(
        """() => {
          const field = document.querySelector("#composer");
          const tail = field.firstChild.lastChild;
          tail.nodeValue = " world, said";
          getSelection().collapse(tail, tail.length);
          const line = document.createElement("div");
          line.append("by dictation");
          field.append(line);
          field.dispatchEvent(new InputEvent("input", { inputType: "insertText", bubbles: true }));
        }"""
    )
    await member.holds_typed("a **hello** world, said\nby dictation")
    assert await sent(site, member, "a hello world, said\nby dictation") == [["Bold", 2, 5]]
    await member.close()


_PASTE = """([html, plain]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  data.setData("text/plain", plain);
  const how = { clipboardData: data, bubbles: true, cancelable: true };
  document.querySelector("#composer").dispatchEvent(new ClipboardEvent("paste", how));
}"""


@pytest.mark.long
async def test_pasting(site: Site) -> None:
    """Styles, links, lists and lines come along; copied from the field it is the same again."""
    member = await meet(site, "Pia")
    page = member.page
    html = (
        "<p>One <b>two</b> <a href='https://example.org/'>three</a></p>"
        "<ul><li>four<li>five</ul><img src=x onerror='window.ran=1'>"
    )
    await page.evaluate(_PASTE, [html, "no"])
    wanted = "One **two** [three](https://example.org/)\n\n• four\n• five"
    await member.holds_typed(wanted)
    await _keys(member, "Control+A", "Control+C", "ArrowRight", "Control+V")
    await member.holds_typed(wanted + wanted)
    await _keys(member, "Control+Z", "Control+A", "Control+X")
    await member.holds_typed("")
    await _keys(member, "Control+Shift+V")
    await member.holds_typed("One two three\n\n• four\n• five")
    await _keys(member, "Control+A", "Delete")
    await page.evaluate(_PASTE, ["", "first\r\nsecond\n\n**fourth**"])
    await member.holds_typed("first\nsecond\n\n**fourth**")
    assert await page.locator("#composer strong").count() == 0
    assert await page.evaluate("window.ran === undefined")
    assert await sent(site, member, "first\nsecond\n\n**fourth**") == []
    await member.close()


@pytest.mark.long
async def test_characters_of_all_kinds(site: Site) -> None:
    """Families are deleted as one, the caret never cuts a character, right to left stands right."""
    member = await meet(site, "Rami")
    page, keyboard = member.page, member.page.keyboard
    await keyboard.insert_text(f"a{FAMILY}🙂e\u0301")
    for left in (f"a{FAMILY}🙂", f"a{FAMILY}", "a"):
        await keyboard.press("Backspace")
        if left == f"a{FAMILY}🙂" and await member.typed() == f"a{FAMILY}🙂e":
            await keyboard.press("Backspace")
        await member.holds_typed(left)
    await _keys(member, "Control+A", "Delete")
    await keyboard.insert_text("שלום **עולם** 🙂")
    await member.holds_typed("שלום **עולם** 🙂")
    shown = "getComputedStyle(document.querySelector('#composer .line')).direction"
    assert await page.evaluate(shown) == "rtl"
    await member.see("writing-rtl")
    spans = await sent(site, member, "שלום עולם 🙂")
    assert spans == [["Bold", 5, 4]]
    await page.fill("#composer", "y" * 4096)
    assert await sent(site, member, "y" * 4096) == []
    await page.fill("#composer", "y" * 4097)
    await page.wait_for_selector(".count.over")
    await keyboard.press("Enter")
    await page.wait_for_selector("#urgent:not(:empty)")
    assert await member.typed() == "y" * 4097
    await page.fill("#composer", "")
    await member.close()


@pytest.mark.long
async def test_what_is_typed_while_the_field_is_loaded(site: Site) -> None:
    """Text, caret and an input method at work come over; nothing is lost over a change of chats."""
    member = await site.join("Lade")
    page, keyboard, telegram = member.page, member.page.keyboard, site.telegram
    for who in (ADA, BEN):
        await telegram.do("contact", who, phone=member.phone, name="Lade")
        await telegram.do("say", who, to=member.id, text="begin")
    gate = asyncio.Event()

    async def hold(route: Any) -> None:
        await gate.wait()
        with contextlib.suppress(Error):  # of the page before this one
            await route.continue_()

    await page.route("**/app/a/parts.*.js", hold)
    await page.reload()
    await member.open(f"u{telegram.ids[ADA]}")
    await page.wait_for_selector("textarea#composer")
    await page.focus("#composer")
    await keyboard.type("one **two** three")
    await member.open(f"u{telegram.ids[BEN]}")
    await page.wait_for_selector("textarea#composer")
    assert await member.typed() == ""
    await member.open(f"u{telegram.ids[ADA]}")
    await member.holds_typed("one **two** three")
    for _ in range(len(" three")):
        await keyboard.press("ArrowLeft")
    gate.set()
    await page.wait_for_selector(".rich-field:focus")
    await keyboard.type(" and a half")
    await member.holds_typed("one **two** and a half three")
    await page.wait_for_selector("#composer strong")
    await page.reload()
    await member.holds_typed("one **two** and a half three")
    await page.wait_for_selector(".rich-field:focus")
    await member.open(f"u{telegram.ids[BEN]}")
    await page.wait_for_selector(".rich-field")
    assert await member.typed() == ""
    await member.open(f"u{telegram.ids[ADA]}")
    await member.holds_typed("one **two** and a half three")
    await page.focus("#composer")
    assert await sent(site, member, "one two and a half three") == [["Bold", 4, 3]]
    await member.close()


@pytest.mark.long
async def test_the_words_of_a_picture(site: Site, tmp_path: Path) -> None:
    """They are written as a message is: styles, tools, suggestions, emoji, the plain field."""
    member = await meet(site, "Paula")
    page, keyboard = member.page, member.page.keyboard
    picture = tmp_path / "well.png"
    Image.linear_gradient("L").resize((640, 400)).save(picture)
    await keyboard.type("the **well**")
    await member.holds_typed("the **well**")
    await page.set_input_files(".composer-line input[type=file]", picture)
    await page.wait_for_selector("dialog .chosen img")
    await page.wait_for_selector("#caption.rich-field:focus strong:has-text('well')")
    await keyboard.type(" of @a")
    await page.wait_for_selector(".caption .suggest [role=option]:has-text('Ada')")
    await look(member, "caption-suggestions")
    await keyboard.press("Escape")  # waves away the list, not the picture
    await page.wait_for_selector(".caption .suggest", state="detached")
    for _ in range(2):
        await keyboard.press("Backspace")
    await keyboard.type("Ada")
    await _keys(member, "Control+Shift+ArrowLeft")
    await page.wait_for_selector(".caption .rich-tools")
    await look(member, "caption-tools")
    await page.click(".caption .rich-tools .tool-italic")
    await keyboard.press("End")
    await page.click(".caption [data-opens-emoji]")
    await page.fill(".emoji-panel input", "rocket")
    await look(member, "caption-emoji")
    await keyboard.press("Enter")
    await keyboard.press("Escape")
    await page.wait_for_selector("#caption:focus:has-text('🚀')")
    spans = await sent(site, member, "the well of Ada🚀")
    # The emoji stands in the style of the word that it follows.
    assert spans == [["Bold", 4, 4], ["Italic", 12, 5]]
    await page.wait_for_selector("dialog", state="detached")
    await member.close()


@pytest.mark.long
async def test_the_plain_field_is_a_choice(site: Site) -> None:
    """It shows the marks, of a text that the rich one has begun too."""
    member = await meet(site, "Plana")
    page = member.page
    await page.keyboard.type("some **bold** text")
    await page.wait_for_selector("#composer strong")
    await page.click("a[href='/app/settings']")
    await page.click("a[href='/app/settings/accessibility']")
    await page.check("label:has-text('Plain writing field') input")
    await page.click(f'.rows a[href="/app/c/u{site.telegram.ids[ADA]}"]')
    await page.wait_for_selector("textarea#composer")
    assert await page.input_value("#composer") == "some **bold** text"
    await page.press("#composer", "End")
    await page.keyboard.type("!")
    assert await sent(site, member, "some bold text!") == [["Bold", 5, 4]]
    await member.close()
