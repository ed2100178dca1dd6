"""What presses the keys of a picture that is open over the page."""

from __future__ import annotations

from tests.appdoor.browser.site import Member, Site


async def _open_picture(member: Member, number: int) -> None:
    """One of Ben's pictures over the page."""
    page = member.page
    await page.click(".rows .chat-row:has-text('Ben')")
    await page.locator(".message", has_text=f"Picture {number}").locator(".picture").click()
    await _shows(member, f"Picture {number}")
    await page.wait_for_selector(".viewer-step.next[aria-disabled=true]" if number == 2 else
                                 ".viewer-step.next[aria-disabled=false]")  # fmt: skip


async def _shows(member: Member, text: str) -> None:
    await member.page.wait_for_selector(f".viewer-text:has-text('{text}')")


async def _is_size(member: Member, percent: int) -> None:
    await member.page.wait_for_selector(f".viewer output:has-text('{percent}%')")


async def _picture(member: Member, site: Site) -> None:
    await _open_picture(member, 1)
    await member.page.keyboard.press("ArrowRight")
    await _shows(member, "Picture 2")
    await member.page.keyboard.press("ArrowLeft")
    await _shows(member, "Picture 1")
    await _shut(member)


async def _picture_next(member: Member, site: Site) -> None:
    await _open_picture(member, 1)
    await member.page.keyboard.press("+")
    await member.page.keyboard.press("PageDown")
    await _shows(member, "Picture 2")
    await member.page.keyboard.press("PageUp")
    await _shows(member, "Picture 1")
    await _shut(member)


async def _zoom(member: Member, site: Site) -> None:
    await _open_picture(member, 2)
    await member.page.keyboard.press("+")
    await _is_size(member, 150)
    await member.page.keyboard.press("-")
    await _is_size(member, 100)
    await _shut(member)


async def _picture_move(member: Member, site: Site) -> None:
    await _open_picture(member, 2)
    for _ in range(3):
        await member.page.keyboard.press("+")
    await member.page.keyboard.press("ArrowLeft")
    await member.page.wait_for_selector(".stage img[style*='translate(80px, 0px)']")
    await member.page.keyboard.press("ArrowRight")
    await member.page.wait_for_selector(".stage img[style*='translate(0px, 0px)']")
    await _shows(member, "Picture 2")
    await _shut(member)


async def _zoom_off(member: Member, site: Site) -> None:
    await _open_picture(member, 2)
    await member.page.keyboard.press("+")
    await _is_size(member, 150)
    await member.page.keyboard.press("0")
    await _is_size(member, 100)
    await _shut(member)


async def _shut(member: Member) -> None:
    await member.page.keyboard.press("Escape")
    await member.page.wait_for_selector("dialog[open]", state="detached")


VIEWER_WAYS = {
    ("keys.in_viewer", "←"): _picture,
    ("keys.in_viewer", "PageUp"): _picture_next,
    ("keys.in_viewer", "+"): _zoom,
    ("keys.in_viewer", "← ↑ → ↓"): _picture_move,
    ("keys.in_viewer", "0"): _zoom_off,
}
"""Group and first key of a row of the sheet -> what presses it."""
