"""Photos and files, both ways."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.appdoor.browser.looking import look
from tests.appdoor.browser.site import ADA, Member, Site
from tests.kit.waiting import asked_until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


async def test_photos_and_files_both_ways(site: Site, tmp_path: Path) -> None:
    telegram = site.telegram
    member = await site.join("Lea")
    page = member.page
    await telegram.do("contact", ADA, phone=member.phone, name="Lea")
    picture = tmp_path / "place.jpg"
    Image.linear_gradient("L").resize((1600, 900)).convert("RGB").save(picture, exif=b"Exif\0\0")
    await telegram.do("file", ADA, to=member.id, file=str(picture), text="The place")
    await member.open(f"u{telegram.ids[ADA]}")
    await page.wait_for_selector(".picture img")
    await member.holds("document.querySelector('.picture img').naturalWidth > 300")
    await member.see("photo")
    await page.click(".picture")
    await page.wait_for_selector("dialog .viewer img")
    await member.holds("document.querySelector('.viewer img').naturalWidth >= 1280")
    await page.keyboard.press("Escape")

    data = bytes(range(256)) * 3000
    (tmp_path / "notes <1>.bin").write_bytes(data)
    await member.attach(tmp_path / "notes <1>.bin")
    await page.wait_for_selector(".message:not(.pending) .file")

    async def newest() -> dict[str, object]:
        rows = await telegram.do("files", ADA, of=member.id)
        return next((one for one in rows if one["name"] == "notes <1>.bin"), {})

    got = await asked_until(newest)
    assert await telegram.do("fetch", ADA, of=member.id, message=got["id"]) == (
        hashlib.sha256(data).hexdigest()
    )
    async with page.expect_download() as waiting:
        await page.click(".message .file")
    download = await waiting.value
    assert hashlib.sha256(Path(await download.path()).read_bytes()).digest() == (
        hashlib.sha256(data).digest()
    )
    await member.attach(picture, words="The **well** is here")

    async def photos() -> list[object]:
        return [one for one in await telegram.do("files", ADA, of=member.id) if one["photo"]][1:]

    assert await asked_until(photos)
    await page.wait_for_selector(".message.own:not(.pending) .picture")
    await member.sees("The well is here")
    told = [one["text"] for one in await telegram.do("read", ADA, of=member.id)]
    assert "The well is here" in told
    await _choose_again(member, picture)

    await member.attach(picture, picture, picture)
    await member.holds("document.querySelectorAll('.album .picture').length === 3")
    albums = {one["album"] for one in await telegram.do("files", ADA, of=member.id)}
    assert len(albums - {None}) == 1
    await member.see("album")
    await member.close()


async def _choose_again(member: Member, picture: Path) -> None:
    """What was chosen by mistake goes nowhere, and the words stay in the field."""
    page, field = member.page, "#composer"
    before = await page.locator(".message").count()
    await page.fill(field, "Not this one")
    await page.set_input_files(".composer-line input[type=file]", picture)
    await page.wait_for_selector("dialog .chosen img")
    assert await page.inner_text("#caption") == "Not this one"
    await look(member, "chosen")
    await page.keyboard.press("Escape")
    await page.wait_for_selector("dialog", state="detached")
    assert await member.typed() == "Not this one"
    await page.fill(field, "")
    assert not await page.locator(".uploads").count()
    assert await page.locator(".message").count() == before


async def test_a_voice_message(site: Site) -> None:
    telegram = site.telegram
    member = await site.join("Vera")
    page = member.page
    await telegram.do("contact", ADA, phone=member.phone, name="Vera")
    await telegram.do("say", ADA, to=member.id, text="begin")
    await member.open(f"u{telegram.ids[ADA]}")
    await page.click("button[aria-label='Record a voice message']")
    await page.wait_for_selector(".voice-clock:has-text('0:02')")
    await page.click(".voice .stop")
    await page.wait_for_selector(".voice audio")
    await look(member, "voice")
    await page.click(".voice .send")
    await page.wait_for_selector(".message.own:not(.pending) .sound audio")

    async def voices() -> list[dict[str, Any]]:
        return [one for one in await telegram.do("files", ADA, of=member.id) if one["voice"]]

    assert 1 <= (await asked_until(voices))[0]["voice"] <= 4
    # What came back from the server plays.
    await page.eval_on_selector(".message .sound audio", "one => { one.muted = true; one.play(); }")
    await member.holds("document.querySelector('.message .sound audio').duration > 1")
    await member.close()
