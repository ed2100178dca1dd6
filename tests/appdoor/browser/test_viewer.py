"""A picture over the page: through those of the chat, larger and smaller, by keys and fingers."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.appdoor.browser.looking import look
from tests.appdoor.browser.site import ADA, PHONE, Member, Site

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,  # test_keys.py opens pictures in each run
    pytest.mark.asyncio(loop_scope="package"),
]

_VIDEO = """async () => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [160, 120];
  const pen = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm" });
  const parts = [];
  const done = new Promise((resume) => (recorder.onstop = resume));
  recorder.ondataavailable = ({ data }) => parts.push(data);
  recorder.start();
  for (let n = 0; n < 20; n++) {
    pen.fillStyle = n % 2 ? "teal" : "navy";
    pen.fillRect(0, 0, 160, 120);
    await new Promise((resume) => setTimeout(resume, 40));
  }
  recorder.stop();
  await done;
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(""));
}"""
"""A film of a second."""
_INSIDE = "document.activeElement.closest('dialog') !== null"
_PLACE = "(one) => one.getBoundingClientRect().left + one.getBoundingClientRect().width / 2"
_LIES = "document.querySelector('.stage img').style.transform"
_WHEEL = """(stage, by) => stage.dispatchEvent(new WheelEvent("wheel", {
  deltaY: by, clientX: innerWidth / 2, clientY: innerHeight / 2, bubbles: true, cancelable: true,
}))"""


def _picture(folder: Path, name: str, tone: str) -> str:
    path = folder / f"{name}.jpg"
    made = Image.radial_gradient("L").resize((1280, 800)).convert("RGB")
    Image.blend(made, Image.new("RGB", made.size, tone), 0.5).save(path)
    return str(path)


async def _chat(site: Site, member: Member, folder: Path) -> None:
    """Ada has sent three pictures, a film between them, and something that is neither."""
    do = site.telegram.do
    await do("contact", ADA, phone=member.phone, name=member.name)
    data = base64.b64decode(await member.page.evaluate(_VIDEO))
    (folder / "film.webm").write_bytes(data)
    sent: dict[str, dict[str, Any]] = {
        "The sea": {"file": _picture(folder, "sea", "teal")},
        "The wood": {"file": _picture(folder, "wood", "green")},
        "A film": {"file": str(folder / "film.webm")},
        "A paper": {"file": __file__, "plain": True},
        "The town": {"file": _picture(folder, "town", "maroon")},
    }
    for text, what in sent.items():
        await do("file", ADA, to=member.id, text=text, **what)
    await member.open(f"u{site.telegram.ids[ADA]}")
    await member.sees("The town")


async def _open(member: Member, text: str) -> None:
    picture = member.page.locator(".message", has_text=text).locator(".picture")
    await picture.click()
    await _shows(member, text)


async def _shows(member: Member, text: str) -> None:
    await member.page.wait_for_selector(f".viewer-text:has-text('{text}')")


async def _is_size(member: Member, percent: int) -> None:
    await member.page.wait_for_selector(f".viewer output:has-text('{percent}%')")


async def test_through_the_pictures_of_a_chat(site: Site, tmp_path: Path) -> None:
    member = await site.join("Vita")
    page, keys = member.page, member.page.keyboard
    await _chat(site, member, tmp_path)
    await _open(member, "The wood")
    await member.holds("document.querySelector('.stage img').naturalWidth >= 1280")
    assert await page.get_attribute("dialog[open] img", "alt") == (
        await page.inner_text(".viewer [role=status]")
    )
    assert (await page.inner_text(".viewer [role=status]")).startswith("Photo, Ada")
    await keys.press("ArrowRight")
    await _shows(member, "A film")
    await member.holds("document.querySelector('.viewer-video').readyState >= 1")
    assert (await page.inner_text(".viewer [role=status]")).startswith("Video, Ada")
    await page.focus(".viewer-video")
    await keys.press("ArrowRight")
    assert await page.inner_text(".viewer-text") == "A film", "there it is the film's own key"
    await page.click(".viewer-step.next")
    await _shows(member, "The town")
    await page.wait_for_selector(".viewer-step.next[aria-disabled=true]")
    await keys.press("ArrowRight")
    await _shows(member, "The town")
    for text in ("A film", "The wood", "The sea"):
        await page.click(".viewer-step.previous")
        await _shows(member, text)
    await page.wait_for_selector(".viewer-step.previous[aria-disabled=true]")
    for _ in range(14):
        await keys.press("Tab")
        if not await page.evaluate("document.activeElement === document.body"):
            assert await page.evaluate(_INSIDE), "the focus stays inside"
    await look(member, "viewer")
    async with page.expect_download() as waiting:
        await page.click(".viewer a[download]")
    assert (await waiting.value).suggested_filename.endswith(".jpg")
    await keys.press("Escape")
    await page.wait_for_selector("dialog", state="detached")
    await member.holds("document.activeElement.matches('.picture')")
    await keys.press("Enter")
    await _shows(member, "The wood")
    await page.click("[aria-label='Go to the message']")
    await page.wait_for_selector("dialog", state="detached")
    await page.wait_for_selector(".message.target, .message:focus")
    await member.close()


async def test_larger_and_smaller(site: Site, tmp_path: Path) -> None:
    member = await site.join("Zoe")
    page, keys = member.page, member.page.keyboard
    await _chat(site, member, tmp_path)
    await page.emulate_media(reduced_motion="reduce")
    await _open(member, "The wood")
    await member.holds("document.querySelector('.stage img').naturalWidth >= 1280")
    await _is_size(member, 100)
    for press, percent in (("+", 150), ("=", 225), ("-", 150), ("-", 100), ("-", 100), ("+", 150)):
        await keys.press(press)
        await _is_size(member, percent)
    await keys.press("ArrowRight")
    await _shows(member, "The wood")
    await page.wait_for_selector(".stage img[style*='translate(-']")
    await keys.press("PageDown")
    await _shows(member, "A film")
    await keys.press("PageUp")
    await _shows(member, "The wood")
    await _is_size(member, 100)
    await page.click("[aria-label=Larger]")
    await _is_size(member, 150)
    await page.click("[aria-label=Smaller]")
    await _is_size(member, 100)
    await page.dblclick(".stage")
    await _is_size(member, 250)
    await page.dblclick(".stage")
    await _is_size(member, 100)
    await page.eval_on_selector(".stage", _WHEEL, -350)
    await _is_size(member, 201)
    await page.eval_on_selector(".stage", _WHEEL, 9000)
    await _is_size(member, 100)
    assert await page.evaluate("document.getAnimations().length") == 0, "nothing moves by itself"
    await keys.press("Escape")
    await page.wait_for_selector("dialog", state="detached")
    await member.close()


async def test_on_a_phone_and_from_right_to_left(site: Site, tmp_path: Path) -> None:
    member = await site.join("Phil", **PHONE)
    page = member.page
    await _chat(site, member, tmp_path)
    await _open(member, "The wood")
    await member.holds("document.querySelector('.stage img').naturalWidth >= 1280")
    touch = await member.context.new_cdp_session(page)

    async def fingers(*path: list[tuple[int, int]]) -> None:
        kinds = ["touchStart", *["touchMove"] * (len(path) - 1)]
        for kind, points in zip(kinds, path, strict=True):
            at = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(points)]
            await touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})
        await touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    await fingers([(300, 300)], [(180, 302)], [(60, 304)])
    await _shows(member, "A film")
    await page.click(".viewer-step.previous")
    await _shows(member, "The wood")
    await fingers([(150, 300), (210, 300)], [(120, 300), (240, 300)])
    await _is_size(member, 200)
    before = await page.evaluate(_LIES)
    await fingers([(180, 300)], [(150, 300)], [(120, 300)])
    await member.holds(f"({_LIES}) !== {before!r}")
    await _shows(member, "The wood")
    await page.keyboard.press("0")
    await page.evaluate("document.documentElement.dir = 'rtl'")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    previous, following = [
        await page.eval_on_selector(f".viewer-step.{one}", _PLACE) for one in ("previous", "next")
    ]
    assert previous > following
    await member.see("viewer-rtl")
    for press, text in (("ArrowLeft", "A film"), ("PageDown", "The town"), ("ArrowRight", "A film"),
                        ("ArrowRight", "The wood")):  # fmt: skip
        await page.keyboard.press(press)
        await _shows(member, text)
    await fingers([(60, 300)], [(180, 302)], [(300, 304)])
    await _shows(member, "A film")
    await page.click("dialog header button")
    await page.wait_for_selector("dialog", state="detached")
    await member.close()


async def test_a_hundred_pictures(site: Site, tmp_path: Path) -> None:
    """They come by forty: from the middle to both ends, without a hole or a double."""
    member = await site.join("Cent")
    page = member.page
    await site.telegram.do("contact", ADA, phone=member.phone, name="Cent")
    for n in range(100):
        file = tmp_path / f"{n}.jpg"
        Image.new("RGB", (40, 30), (n, 2 * n, 200)).save(file)
        await site.telegram.do("file", ADA, to=member.id, file=str(file), text=f"No. {n};")
    await member.open(f"u{site.telegram.ids[ADA]}")
    await member.sees("No. 0;")
    await page.focus(".messages")
    await page.keyboard.press("End")
    await member.sees("No. 99;")
    await _open(member, "No. 95;")
    older = [("previous", "PageUp", n) for n in range(94, -1, -1)]
    for side, press, n in older + [("next", "PageDown", n) for n in range(1, 100)]:
        await page.wait_for_selector(f".viewer-step.{side}[aria-disabled=false]")
        await page.keyboard.press(press)
        await _shows(member, f"No. {n};")
    await page.wait_for_selector(".viewer-step.next[aria-disabled=true]")
    await member.close()
