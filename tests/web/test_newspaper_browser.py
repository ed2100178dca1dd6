"""A newspaper on its own domain in a real Chromium: without a script, on a phone, on paper.

``DESK_SCREENSHOTS=DIR`` writes what the pages look like.
"""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader

from petitbleu.domain.publishing.pages import service
from petitbleu.tl import api
from tests.domain.files.media.shots import upload
from tests.domain.publishing.pages.test_domains import DOMAIN, give, zone
from tests.kit.chromium import Chromium, Window, look
from tests.web import newsroom as press
from tests.web.newsroom import newsroom
from tests.web.public import Channel

pytestmark = pytest.mark.browser
NAME = "La Gazette du Port"
ABOUT = (
    "La Gazette du Port paraît chaque matin depuis 1998. Cinq journalistes y racontent les"
    " quais et la ville.\n\nElle n’appartient à personne d’autre que ses lectrices et lecteurs."
)
IMPRINT = "12, quai de la Résistance\n34200 Sète\nResponsable de la publication : Zoé Martin"
_WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def _logo() -> bytes:
    image = Image.new("RGB", (640, 240), "#ffffff")
    draw = ImageDraw.Draw(image)
    draw.polygon([(40, 200), (150, 30), (260, 200)], fill="#990f3d")
    draw.rectangle((300, 90, 600, 150), fill="#16202c")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


async def dressed(made: Channel, chromium: Chromium, *, logo: bool = True) -> None:
    """Give a channel all that makes a newspaper, and its domain."""
    world = chromium.desk.world
    for part, value in (
        ("name", NAME), ("accent", "#990f3d"), ("background", "#fff1e5"),
        ("sections", "Le port #port\nTravaux #travaux\nLes arbres #arbres\nÀ table #table"),
        ("about", ABOUT), ("imprint", IMPRINT),
    ):  # fmt: skip
        await service.set_identity(world.app, made.peer, part, value)
    if logo:
        file = await upload(made.owner, _logo())
        await made.owner.call(api.petitbleu.SetLogo(channel=made.input, file=file))
    async with zone(world) as dns:
        await give(world, made, dns)


@asynccontextmanager
async def reading(chromium: Chromium, *, script: bool = True) -> AsyncIterator[Window]:
    """A browser for which the domain leads to the server."""
    from playwright.async_api import async_playwright

    port = urlsplit(chromium.base).port
    rules = f"--host-resolver-rules=MAP {DOMAIN} 127.0.0.1:{port}"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", rules]
        )
        context = await browser.new_context(locale="fr", java_script_enabled=script)
        yield Window(f"http://{DOMAIN}", context, await context.new_page())
        await browser.close()


async def test_a_reader_walks_through_a_newspaper_on_its_domain(chromium: Chromium) -> None:
    made, posts = await newsroom(chromium.desk.world)
    await dressed(made, chromium)
    async with reading(chromium, script=False) as window:
        page = window.page
        await window.go("/")
        assert page.url == f"http://{DOMAIN}/"
        await page.click(".sections a >> text=Le port")
        assert await page.inner_text("h1") == "Le port"
        await page.click(f".line >> text={press.HEADLINE}")
        assert page.url.endswith(f"/lejournal/{posts['article']}")
        await page.click("footer >> text=À propos")
        assert "Cinq journalistes" in await page.inner_text("main")
        await page.click(".nameplate a")
        assert page.url == f"http://{DOMAIN}/"
        assert not await window.context.cookies()
        folder = os.environ.get("DESK_SCREENSHOTS")
        await page.set_viewport_size({"width": 320, "height": 640})
        article = f"/lejournal/{posts['article']}"
        for path in ("/", "/s/lejournal/section/port", article, "/s/lejournal/about"):
            await window.go(path)
            if folder:
                name = path.strip("/").replace("/", "-") or "home"
                await page.screenshot(path=Path(folder) / f"paper-320-{name}.png", full_page=True)
        await window.go(article)
        paper = await page.pdf(format="A4")
        if folder:
            (Path(folder) / "paper-article.pdf").write_bytes(paper)
        first = " ".join(PdfReader(io.BytesIO(paper)).pages[0].extract_text().split())
        assert NAME in first and DOMAIN in first
        assert press.LEDE.split(".", maxsplit=1)[0][:30] in first


@pytest.mark.long
async def test_each_page_of_a_newspaper_looks_right_everywhere(chromium: Chromium) -> None:
    made, posts = await newsroom(chromium.desk.world)
    await dressed(made, chromium)
    async with reading(chromium) as window:
        walk = {"home": "/", "section": "/s/lejournal/section/port", "about": "/s/lejournal/about",
                "article": f"/lejournal/{posts['article']}", "tag": "/s/lejournal/tag/port",
                "missing": "/lejournal/99999", "search": "/?q=port", "legal": "/regles",
                "album": f"/lejournal/{posts['album']}"}  # fmt: skip
        for name, path in walk.items():
            await window.go(path)
            await look(window.page, f"paper-{name}")
            await window.page.set_viewport_size({"width": 320, "height": 640})
            assert not await window.page.evaluate(_WIDER), name
        assert not window.problems, window.problems
