"""Somebody's chats, filled so that each key has something to act on."""

from __future__ import annotations

from typing import Any

from PIL import Image

from tests.appdoor.browser.site import ADA, BEN, Member, Site


async def fill(site: Site, member: Member, tmp_path: Any) -> None:
    """Chats, a folder, an archive, a sound, two pictures."""
    telegram = site.telegram
    for who in (ADA, BEN):
        await telegram.do("contact", who, phone=member.phone, name="Kira")
    await telegram.do("sign_up", "Cara", phone="33655500041", lang="en")
    await telegram.do("contact", "Cara", phone=member.phone, name="Kira")
    await telegram.do("say", "Cara", to=member.id, text="For the archive")
    sound = tmp_path / "tone.wav"
    sound.write_bytes(_tone(30))
    for n in (1, 2):
        picture = tmp_path / f"picture-{n}.jpg"
        Image.linear_gradient("L").resize((900 * n, 600)).convert("RGB").save(picture)
        await telegram.do("file", BEN, to=member.id, file=str(picture), text=f"Picture {n}")
    await telegram.do("say", BEN, to=member.id, text="From Ben")
    await telegram.do("say", ADA, to=member.id, text="First of Ada")
    for n in range(30):
        await telegram.do("say", ADA, to=member.id, text=f"Line {n} of Ada")
    await telegram.do("file", ADA, to=member.id, file=str(sound))
    await telegram.do("say", ADA, to=member.id, text="Last of Ada")
    page = member.page
    await page.locator(".rows a", has_text="Cara").click(button="right")
    await page.click("[role=menuitem]:has-text('Archive')")
    await page.click('a[href="/app/new"]')
    await page.fill(".page input[required]", "Our group")
    await page.locator(".pick-row", has_text="Ada").locator("input").check()
    await page.click(".page .primary")
    await page.wait_for_selector("h1:has-text('Our group')")


def _tone(seconds: int) -> bytes:
    """A sound of that length: 8-bit, 8 kHz."""
    data = bytes(128 + (n % 40) for n in range(8000 * seconds))
    head = (
        b"fmt " + (16).to_bytes(4, "little") + b"\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0"
    )
    body = b"WAVE" + head + b"data" + len(data).to_bytes(4, "little") + data
    return b"RIFF" + len(body).to_bytes(4, "little") + body
