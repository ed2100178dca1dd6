"""The newsroom in a real Chromium: on a phone of 320 pixels, on paper, without a script.

``DESK_SCREENSHOTS=DIR`` writes what the pages look like.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.kit.chromium import Chromium, look
from tests.web import newsroom as press
from tests.web.newsroom import newsroom

pytestmark = pytest.mark.browser
_WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.mark.sometimes(2)
async def test_articles_read_well_on_a_phone_and_on_paper(chromium: Chromium) -> None:
    _, posts = await newsroom(chromium.desk.world)
    window = await chromium.window()
    page = window.page
    walk = {f"press-{name}": f"/lejournal/{posts[name]}?lang=fr"
            for name in ("article", "album", "three", "arabic", "video", "wide",
                         "corrected", "chinese")}  # fmt: skip
    walk["press-list"] = "/s/lejournal?lang=fr"
    walk["press-history"] = f"/lejournal/{posts['corrected']}/history?lang=fr"
    walk["press-author"] = "/s/lejournal/author/zoe?lang=fr"
    for name, path in walk.items():
        await window.go(path)
        await look(page, name)
    assert not window.problems, window.problems
    folder = os.environ.get("DESK_SCREENSHOTS")
    await page.set_viewport_size({"width": 320, "height": 640})
    for name, path in walk.items():
        await window.go(path)
        assert not await page.evaluate(_WIDER), name
        if folder:
            await page.screenshot(path=Path(folder) / f"{name}-320.png", full_page=True)
    await window.go(walk["press-wide"])
    code = page.locator(".text pre")
    assert await code.evaluate("one => one.scrollWidth > one.clientWidth"), "code is scrolled"
    for name in ("article", "album"):
        await window.go(walk[f"press-{name}"])
        paper = await page.pdf(format="A4")
        if folder:
            (Path(folder) / f"press-{name}.pdf").write_bytes(paper)
        first = PdfReader(io.BytesIO(paper)).pages[0].extract_text()
        words = " ".join(first.split())
        assert press.LEDE.split(".", maxsplit=1)[0] in words.replace("’", "’"), (
            "page 1 has the text"
        )
