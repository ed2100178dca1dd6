"""What a link in a post leads to is shown with its picture, from our own host."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from lxml import html

from petitbleu.store.api import Store
from tests.domain.files.media.shots import picture
from tests.domain.messaging.webpages.inside import Internet, answer
from tests.domain.messaging.webpages.test_previews import previewing, settled
from tests.kit.world import World
from tests.web.public import channel, reader
from tests.web.test_public import decide

_PAGE = (
    b"<title>Le port</title><meta property='og:description' content='Deux si&egrave;cles'>"
    b"<meta property=og:image content='/%s.jpg'>"
)
PAGES = {
    "/story": answer(_PAGE % b"wide"),
    "/wide.jpg": answer(picture(900, 500), "image/jpeg"),
    "/short": answer(_PAGE % b"small"),
    "/small.jpg": answer(picture(200, 200), "image/jpeg"),
    "/plain": answer(b"<title>Sans image</title>"),
}


@pytest.fixture
async def linked(store: Store, tmp_path: Path) -> AsyncIterator[tuple[World, Internet]]:
    """An instance with previews, and the internet it sees."""
    async with previewing(store, tmp_path, PAGES) as made:
        yield made


async def test_a_preview_has_its_picture_and_is_no_picture_of_the_post(
    linked: tuple[World, Internet],
) -> None:
    world, _ = linked
    made = await channel(world)
    browser = reader(world)
    for path, wide in (("story", True), ("short", False)):
        post = await made.say(f"Lisez http://example.org/{path}")
        await settled(world)
        page = html.fromstring((await browser.get(f"/mairie/{post}")).text)
        (aside,) = page.xpath("//aside[starts-with(@class, 'preview')]")
        assert ("wide" in aside.get("class")) is wide
        (image,) = aside.xpath(f".//a[@href='http://example.org/{path}']//img")
        assert image.get("alt") == "", "its link has the words"
        assert image.get("width") and image.get("height"), "its place is kept"
        answer = await browser.get(image.get("src"))
        assert (answer.status, answer.headers["content-type"]) == (200, "image/jpeg")
        assert image.get("src").startswith(f"/m/mairie/{post}/")
        (card,) = page.xpath("//meta[@property='og:image']/@content")
        assert card.endswith(f"/m/mairie/{post}/card.png")
        await decide(world, made, "withhold", post)
        assert (await browser.get(image.get("src"))).status == 451
    post = await made.say("http://example.org/plain")
    await settled(world)
    page = html.fromstring((await browser.get(f"/mairie/{post}")).text)
    assert page.xpath("//aside[@class='preview']") and not page.xpath("//aside//img")
    assert (await browser.get(f"/m/mairie/{post}/m")).status == 404
