"""How a screen looks: axe on it, nothing too wide, and pictures for whoever wants to see them."""

from __future__ import annotations

import os
from pathlib import Path

from tests.appdoor.browser.site import DESKTOP, Member
from tests.kit.chromium import RULES, SIZES, axe, has_turn

_CUT = """() => [...document.querySelectorAll("select")].filter((one) => {
  if (!one.checkVisibility() || !one.selectedOptions.length) return false;
  const twin = one.cloneNode();
  twin.append(...[...one.options].map((option) => option.cloneNode(true)));
  Object.assign(twin.style, { position: "absolute", width: "auto", minWidth: 0, maxWidth: "none" });
  one.after(twin);
  const whole = twin.offsetWidth;
  twin.remove();
  return whole > one.offsetWidth + 1;
}).map((one) => [...one.options].map((option) => option.text).join(" | "))"""
"""The lists with a choice that could not be read to its end."""


async def look(member: Member, name: str) -> None:
    """All rules of axe in light, contrast in dark, targets on a phone. Nothing is wider
    than it, and each choice of a list can be read."""
    page = member.page
    folder = os.environ.get("CLIENT_SCREENSHOTS")
    for size, how in SIZES.items():
        await page.emulate_media(color_scheme=how["color_scheme"])  # type: ignore[arg-type]
        await page.set_viewport_size(how["viewport"])  # type: ignore[arg-type]
        await page.wait_for_timeout(100)
        if has_turn(size, name):
            against = await axe(page, RULES[size])
            assert against == [], f"{against} in {name} on {size}"
        wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{name} on {size} is {wide} px wider than the window"
        cut = await page.evaluate(_CUT)
        assert cut == [], f"{cut} cannot be read in {name} on {size}"
        if folder:
            await page.screenshot(path=Path(folder) / f"{name}-{size}.png")
    await page.emulate_media(color_scheme="light")
    await page.set_viewport_size(DESKTOP["viewport"])  # type: ignore[arg-type]
