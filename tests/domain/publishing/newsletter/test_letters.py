"""A letter as a mail program shows it: rendered in Chromium, light, dark and narrow."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from petitbleu.tl import api
from tests.domain.files.media.shots import picture, upload
from tests.domain.publishing.newsletter.kit import paper, subscribe
from tests.domain.publishing.newsletter.test_sending import html_of, later
from tests.kit.chromium import browsing
from tests.kit.world import SentMail, World
from tests.web.public import Channel

ARTICLE = """Der Stadtrat beschließt den neuen Radweg

Am Dienstagabend hat der Rat mit 24 zu 11 Stimmen entschieden: Zwischen Bahnhof und Altem Markt \
entsteht ein Radweg, der auf beiden Seiten zwei Meter breit ist. Gebaut wird ab März, zuerst der \
Abschnitt vor der Schule; im Herbst soll alles fertig sein.

„Wir haben zehn Jahre darüber gesprochen“, sagte die Bürgermeisterin nach der Sitzung. Die Gegner \
fürchten um Parkplätze vor den Läden; siebzehn fallen weg, neun entstehen neu. Der Handelsverein \
will die Zahlen prüfen lassen und hat eine Versammlung für den kommenden Montag einberufen.

Bezahlt wird der Weg zu zwei Dritteln vom Land. Die Pläne liegen im Rathaus aus. #Radweg"""
SHOTS = os.environ.get("NEWSLETTER_SCREENSHOTS", "")


async def _article(made: Channel) -> int:
    bold = api.MessageEntityBold(offset=0, length=len(ARTICLE.partition("\n")[0]))
    at = ARTICLE.index("Die Pläne")
    link = api.MessageEntityTextUrl(offset=at, length=9, url="https://stadt.example/plan?a=1&b=2")
    return await made.say(ARTICLE, entities=[bold, link])


async def _letters(world: World) -> dict[str, SentMail]:
    """One of each kind, with pictures, an album, a poll, long words, hostile ones."""
    made = await paper(world, title="Der Bote vom Fluss")
    await subscribe(world, "post@example.net")
    await _article(made)
    (single,) = await later(world)
    for name, language in (("day", "de"), ("week", "fr"), ("day", "en")):
        email = f"{name}-{language}@example.net"
        await subscribe(world, email, language=language, frequency=name, zone="UTC")
    await _article(made)
    await made.album("Drei Bilder vom Markt am Samstag.")
    file = await upload(made.owner, picture(1200, 800))
    await made.show(api.InputMediaUploadedPhoto(file=file), "Eis auf dem Fluss.")
    await made.say(
        '<script>alert(1)</script> & "Zitat" <b>nicht fett</b> ' + "Donaudampfschiff" * 12
    )
    letters = await later(world, 3 * 86_400)
    return {"post": single} | {one.to.partition("@")[0]: one for one in letters if one.message}


async def test_letters_are_safe_and_complete(world: World) -> None:
    letters = await _letters(world)
    digest = html_of(letters["day-de"])
    assert "<script" not in digest and "&lt;script&gt;" in digest and "<b>nicht" not in digest
    assert "https://chat.example.org/m/gazette/" in digest, "pictures are of our host"
    assert 'alt=""' not in digest and digest.count("<img") == 2
    assert "?" not in "".join(part.split('"')[0] for part in digest.split('src="')[1:])
    assert "https://stadt.example/plan?a=1&amp;b=2" in html_of(letters["post"])
    assert "Die Pläne <https://stadt.example/plan?a=1&b=2>" in letters["post"].text
    assert letters["post"].subject == "Der Stadtrat beschließt den neuen Radweg"
    assert "Weiterlesen" in letters["day-de"].text and "Lire la suite" in letters["week-fr"].text
    for one in letters.values():
        assert one.message is not None
        for line in one.message.as_bytes().splitlines():
            assert len(line) <= 998


@pytest.mark.browser
@pytest.mark.long
async def test_letters_fit_where_they_are_read(world: World, tmp_path: Path) -> None:
    letters = await _letters(world)
    async with browsing() as browser:
        await _look(browser, letters, tmp_path)


async def _pictured(route: Any) -> None:
    """What our host would answer."""
    await route.fulfill(body=picture(1200, 800), content_type="image/jpeg")


async def _look(browser: Any, letters: dict[str, SentMail], tmp_path: Path) -> None:
    folder = Path(SHOTS) if SHOTS else tmp_path
    folder.mkdir(exist_ok=True)
    for name, letter in letters.items():
        path = tmp_path / f"{name}.html"
        path.write_text(html_of(letter), "utf-8")
        for size, width in (("wide", 900), ("phone", 320)):
            for scheme in ("light", "dark"):
                context = await browser.new_context(
                    viewport={"width": width, "height": 900}, color_scheme=scheme
                )
                page = await context.new_page()
                await page.route("https://**/*", _pictured)
                await page.goto(path.as_uri())
                over = await page.evaluate(
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                )
                assert over <= 0, (name, size)
                if SHOTS:
                    shot = folder / f"{name}-{size}-{scheme}.png"
                    await page.screenshot(path=str(shot), full_page=True)
                await context.close()
