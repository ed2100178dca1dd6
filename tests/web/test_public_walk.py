"""A channel that a Telegram client has filled, walked page by page in Chromium.

Quick: every sort of page, and the posts that differ most. ``TESTS_LENGTH=full``: 200 posts, each
post's own page, axe everywhere. ``DESK_SCREENSHOTS=DIR`` writes what the pages look like.
"""

from __future__ import annotations

import gzip
import os
import re
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser

from petitbleu.bench import haproxy
from tests.kit.chromium import Window, axe, browsing, has_turn
from tests.kit.sizes import FULL, size
from tests.kit.waiting import GUARD
from tests.web.gazette import NAME, Gazette

pytestmark = pytest.mark.browser
POSTS = size(60, 220)
"""Ids: an album has several."""
QUICK = (
    "styles", "code", "seven", "video", "many", "quiz", "answer",
    "preview", "file", "voice", "foreign",
)  # fmt: skip
"""Posts whose own pages the quick run opens."""
THOROUGH = (
    "channel",
    "oldest",
    "media",
    "front",
    "gone",
    "invite",
    "answer-form",
    "post-styles",
    "post-quiz",
)
"""Pages that the quick run shows to axe when they have their turn;
:mod:`tests.web.test_public_browser` has others."""
STILL = 0.001
"""Layout shift that is none: a frame painted while the page was still coming in."""
GONE = {404, 410}
ZOOMED = {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4}
"""A window of 1280 by 1024 at 400 % (WCAG 2.2, 1.4.10)."""
# What moves inside the browser's own players names no element of the page.
SHIFTS = """window.shift = 0; new PerformanceObserver(list => {
  for (const one of list.getEntries())
    if (!one.hadRecentInput && one.sources.some(of => of.node)) window.shift += one.value;
}).observe({type: 'layout-shift', buffered: true});
window.paint = 0; new PerformanceObserver(list => {
  for (const one of list.getEntries()) window.paint = one.startTime;
}).observe({type: 'largest-contentful-paint', buffered: true});"""
SHOTS = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(0, id="one"),
        *([pytest.param(3, id="three", marks=pytest.mark.long)] if haproxy.program() else []),
    ],
)
def gazette(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Gazette]:
    """The channel, at one process or at several, of which each request reaches the next."""
    made = Gazette(tmp_path_factory.mktemp("gazette"), POSTS, request.param)
    yield made
    made.close()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as made:
        yield made


async def walker(gazette: Gazette, browser: Browser, **settings: Any) -> Window:
    """A fresh profile, and a page that notes which hosts it asks."""
    settings = {"locale": "fr", **settings}
    context = await browser.new_context(**settings)
    context.set_default_timeout(GUARD * 1000)
    return Window(gazette.base, context, await context.new_page())


def pages(gazette: Gazette) -> dict[str, tuple[str, int]]:
    """What a page is -> its address, and the status it answers."""
    posts = gazette.posts
    last = max(posts.values())
    found = {
        "channel": (f"/s/{NAME}", 200),
        "channel-en": (f"/s/{NAME}?lang=en", 200),
        "older": (f"/s/{NAME}?before={posts['plain'] - 5}", 200),
        "oldest": (f"/s/{NAME}?before=12", 200),
        "media": (f"/s/{NAME}?before={posts['poll']}", 200),
        "search": (f"/s/{NAME}?q=port", 200),
        "nothing": (f"/s/{NAME}?q=introuvable", 200),
        "tag": (f"/s/{NAME}/tag/transports", 200),
        "tag-everywhere": ("/tag/transports", 200),
        "empty-tag": (f"/s/{NAME}/tag/jamais", 200),
        "front": ("/", 200),
        "front-search": ("/?q=TER", 200),
        "embed": (f"/{NAME}/{posts['styles']}?embed=1", 200),
        "mastodon": (f"/share/mastodon/{NAME}/{posts['styles']}", 200),
        "missing": ("/personne_ici", 404),
        "invite": ("/+PersonneNeLaFait", 200),
        "answer-form": (f"/{NAME}/{posts['styles']}/comment", 200),
        "missing-post": (f"/{NAME}/{last + 5000}", 404),
        "gone": (f"/{NAME}/{posts['deleted']}", 410),
    }
    month = re.search(rf"/s/{NAME}/\d{{4}}/\d{{2}}", read(gazette, f"/s/{NAME}?before=12"))
    assert month is not None
    found["month"] = (month[0], 200)
    found["empty-month"] = (f"/s/{NAME}/2020/01", 200)
    shown = {name: id for name, id in posts.items() if name != "deleted"}
    every = dict.fromkeys(range(3, last + 1)) if FULL else {}
    names = {id: name for name, id in shown.items()}
    for id in every:
        found[f"post-{names.get(id, id)}"] = (f"/{NAME}/{id}", 200)
    for name in QUICK:
        found[f"post-{name}"] = (f"/{NAME}/{posts[name]}", 200)
    return found


def read(gazette: Gazette, path: str) -> str:
    """A page's HTML, without a browser."""
    with urllib.request.urlopen(gazette.base + path, timeout=20) as answer:
        return str(answer.read().decode())


async def walk(
    window: Window, wanted: dict[str, tuple[str, int]], *, scripts: bool
) -> dict[str, list[str]]:
    """Open every page; what is wrong with each."""
    page, hosts = window.page, set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    wrong: dict[str, list[str]] = {}
    for name, (path, status) in wanted.items():
        answer = await page.goto(window.base + path)
        faults = wrong[name] = [*window.problems]
        window.problems.clear()
        assert answer is not None
        faults += [f"status {answer.status}"] if answer.status not in {status, *_also(path)} else []
        faults += [f"{n} h1" for n in [await page.locator("h1").count()] if n != 1]
        if scripts:
            await page.mouse.wheel(0, 20_000)
            faults += [f"shift {n}" for n in [await page.evaluate("window.shift")] if n > STILL]
            if FULL or (name in THOROUGH and has_turn("light", name)):
                faults += await axe(page)
            stored = await page.evaluate("localStorage.length + sessionStorage.length")
            faults += ["storage"] if stored else []
        else:
            wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
            faults += [f"{wide} px too wide"] if wide > 0 else []
        faults += ["cookies"] if await window.context.cookies() else []
    assert hosts == {urlsplit(window.base).netloc}
    return {name: faults for name, faults in wrong.items() if faults}


def _also(path: str) -> set[int]:
    """Numbers between posts may be those of deleted ones."""
    return GONE if re.fullmatch(rf"/{NAME}/\d+", path) else set()


@pytest.mark.sometimes(2)
async def test_every_page_with_a_script(gazette: Gazette, browser: Browser) -> None:
    window = await walker(gazette, browser)
    await window.page.add_init_script(SHIFTS)
    assert await walk(window, pages(gazette), scripts=True) == {}
    if folder := os.environ.get("DESK_SCREENSHOTS"):
        await pictures(gazette, browser, Path(folder))


async def test_every_page_without_a_script_at_400_percent(
    gazette: Gazette, browser: Browser
) -> None:
    window = await walker(gazette, browser, java_script_enabled=False, **ZOOMED)
    assert await walk(window, pages(gazette), scripts=False) == {}


async def test_what_the_client_sent_is_what_the_page_shows(
    gazette: Gazette, browser: Browser
) -> None:
    assert set(gazette.refused) == {"story", "tasks", "game"}
    posts = gazette.posts
    texts = {
        "photo": 'alt="Image sans description"',
        "covered": '<details class="spoiler block">',
        "video": "poster=",
        "round": 'class="round"',
        "voice": "Message vocal",
        "audio": "L’Harmonie du port – La Sétoise",
        "file": "b&gt; cod.exe",
        "animated": "🦀",
        "venue": "Rue Gambetta, 34200 Sète",
        "contact": "Accueil Mairie",
        "quiz": "1666",
        "preview": "Le port, deux siècles d’histoire",
        "forward": "Région Sud",
        "quoting": "<blockquote",
        "signed": "Zoé Martin",
        "markup": "&lt;script&gt;alert(1)&lt;/script&gt;",
        "folded": "Article 8.",
        "code": '<pre tabindex="0">',
    }
    missing = {
        name: text
        for name, text in texts.items()
        if text not in read(gazette, f"/{NAME}/{posts[name]}?lang=fr")
    }
    assert missing == {}
    assert "Réservé" not in read(gazette, f"/{NAME}/{posts['closed']}")


async def test_a_framed_post_is_no_wider_than_asked(gazette: Gazette, browser: Browser) -> None:
    window = await walker(gazette, browser)
    path = f"{gazette.base}/{NAME}/{gazette.posts['tall']}?embed=1"
    widths = {}
    for asked in ("", "&width=320", "&width=0", "&width=9", "&width=x"):
        await window.page.goto(path + asked)
        widths[asked] = await window.page.evaluate("document.querySelector('main').clientWidth")
    assert widths.pop("&width=320") == 320
    assert set(widths.values()) == {1280}
    assert window.problems == []


async def test_paper_says_where_it_is_from_and_pictures_keep_their_shape(
    gazette: Gazette, browser: Browser
) -> None:
    window = await walker(gazette, browser, viewport={"width": 794, "height": 1123})
    await window.page.emulate_media(media="print")
    for name in ("tall", "album"):
        path = f"/{NAME}/{gazette.posts[name]}"
        await window.page.goto(gazette.base + path, wait_until="networkidle")
        assert await window.page.locator(".paper").inner_text() == gazette.base + path
        assert not await window.page.locator("footer").is_visible()
        shapes = await window.page.evaluate(
            """() => Promise.all([...document.querySelectorAll('.post img:not(.avatar)')].map(
                async one => (one.loading = 'eager', await one.decode(), [one.clientWidth,
                  one.clientHeight, one.naturalWidth, one.naturalHeight])))"""
        )
        assert shapes
        for width, height, own_width, own_height in shapes:
            assert abs(width / height - own_width / own_height) < 0.02, (name, shapes)


async def test_budgets(gazette: Gazette, browser: Browser) -> None:
    """Printed, as they depend on the machine; what does not is in ``dev bench public``."""
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', read(gazette, f"/s/{NAME}"))
    for name, path in {"plain": f"/s/{NAME}", "media": f"/s/{NAME}?before=46"}.items():
        window = await walker(gazette, browser)
        await window.page.add_init_script(SHIFTS)
        session = await window.context.new_cdp_session(window.page)
        await session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        await window.page.goto(gazette.base + path, wait_until="networkidle")
        shift, paint = await window.page.evaluate("[window.shift, window.paint]")
        html = read(gazette, path)
        weight = sum(len(gzip.compress(one.encode()))
                     for one in (html, *(read(gazette, sheet) for sheet in sheets)))  # fmt: skip
        count = html.count("<article ")
        print(f"{name}: {count} posts, HTML and CSS {weight / 1024:.1f} KiB gzip (45), largest"
              f" contentful paint {paint / 1000:.2f} s at a quarter of the speed (0.8), layout"
              f" shift {shift:.3f} (0)")  # fmt: skip
        assert count >= 15
        assert shift < STILL
    script = len(gzip.compress(read(gazette, "/static/public.js").encode()))
    print(f"script: {script} bytes gzip (8192)")


async def pictures(gazette: Gazette, browser: Browser, folder: Path) -> None:
    """What every page looks like: sizes, schemes, paper."""
    loaded = "one => (one.loading = 'eager', one.decode())"
    for screen, settings in SHOTS.items():
        window = await walker(gazette, browser, **settings)
        for name, (path, _) in pages(gazette).items():
            await window.page.goto(gazette.base + path, wait_until="networkidle")
            await window.page.evaluate(f"Promise.all([...document.images].map({loaded}))")
            await window.page.screenshot(path=folder / f"{name}-{screen}.png", full_page=True)
            if screen == "desktop":
                await window.page.emulate_media(media="print")
                await window.page.screenshot(path=folder / f"{name}-print.png", full_page=True)
                await window.page.emulate_media(media="screen")
