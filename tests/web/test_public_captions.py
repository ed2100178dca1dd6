"""Each picture of an album keeps its caption: on pages, in feeds, for search and for machines."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lxml import html

from petitbleu.domain.publishing.pages import service
from petitbleu.tl import api
from tests.kit.world import World
from tests.web.public import Channel, channel, reader
from tests.web.test_public import decide
from tests.web.test_public_valid import faults

TEXTS = (
    "La fête du port\n\nTrois jours de joutes et de musique.",
    "Les jouteurs au départ. Photo : Léa Martin #joutes",
    "La criée à l’aube <photo : Noé>",
)


async def newspaper(world: World, *texts: str) -> tuple[Channel, int]:
    """A channel, and its album with these texts, one on each picture."""
    made = await channel(world)
    return made, await made.album(texts or TEXTS)


def page_of(answer: Any) -> Any:
    assert answer.status == 200
    assert faults(answer.text) == []
    return html.fromstring(answer.text)


@pytest.mark.parametrize("language", ["en", "fr", "de"])
@pytest.mark.parametrize("path", ["/mairie/{}", "/s/mairie", "/mairie/{}?embed=1"])
async def test_each_picture_has_its_caption_and_its_name(
    world: World, path: str, language: str
) -> None:
    made, album = await newspaper(world)
    await service.describe(world.app, made.peer, album + 2, "Des caisses de sardines")
    page = page_of(await reader(world, language=language).get(path.format(album)))
    figures = page.xpath("//article//figure")
    assert len(figures) == 3
    captions = [one.xpath("string(figcaption)") for one in figures]
    assert captions == ["", *TEXTS[1:]]
    named = figures[1].xpath(".//img")[0]
    (caption,) = page.xpath(f"//*[@id='{named.get('aria-labelledby')}']")
    assert caption.text_content() == TEXTS[1], "named by the caption, not said twice"
    assert named.get("alt") is None
    described = figures[2].xpath(".//img")[0]
    assert described.get("alt") == "Des caisses de sardines"
    assert described.get("aria-labelledby") is None


async def test_where_each_picture_has_a_caption_the_first_is_named_too(world: World) -> None:
    _, album = await newspaper(world, "La place, vue de la mairie.", *TEXTS[1:])
    page = page_of(await reader(world).get(f"/mairie/{album}"))
    named = page.xpath("//article//figure//img/@aria-labelledby")
    assert len(named) == 3
    assert page.xpath(f"string(//*[@id='{named[0]}'])").strip() == "La place, vue de la mairie."


async def test_one_text_is_that_of_the_album_wherever_it_stands(world: World) -> None:
    _, album = await newspaper(world, "", "La place, vue de la mairie.", "")
    page = page_of(await reader(world).get(f"/mairie/{album}"))
    assert page.xpath("//figcaption") == []
    assert page.xpath("string(//article//div[@class='text'])").strip().startswith("La place")
    assert page.xpath("//article//figure//img/@aria-labelledby") == []


async def test_a_pinned_album_stands_twice_and_no_id_does(world: World) -> None:
    made, album = await newspaper(world)
    await made.owner.call(
        api.messages.UpdatePinnedMessage(peer=made.input_peer, id=album, silent=True)
    )
    page = page_of(await reader(world).get("/s/mairie"))
    assert len(page.xpath("//figcaption")) == 4


async def test_feeds_search_and_tags_know_captions(world: World) -> None:
    _, album = await newspaper(world)
    browser = reader(world)
    for form in ("atom", "rss", "json"):
        feed = (await browser.get(f"/s/mairie/feed.{form}")).text
        assert feed.count("Photo : Léa Martin") == 2, "in words and as what names the picture"
        assert "joutes" in feed
    feed = json.loads((await browser.get("/s/mairie/feed.json")).text)
    (item,) = feed["items"]
    assert item["tags"] == ["joutes"]
    content = html.fromstring(item["content_html"])
    assert content.xpath("//figcaption")[1].text_content() == TEXTS[2]
    assert content.xpath("//figure/img/@alt") == [TEXTS[1], TEXTS[2]]
    for path in ("/s/mairie?q=jouteurs", "/s/mairie/tag/joutes", "/tag/joutes", "/?q=jouteurs"):
        page = page_of(await browser.get(path))
        assert page.xpath(f"//article//a[starts-with(@href, '/mairie/{album}')]"), path
        assert len(page.xpath("//article")) == 1, path
    page = page_of(await browser.get(f"/mairie/{album}"))
    assert page.xpath("//a[@rel='tag']//bdi/text()") == ["#joutes"]


async def test_machines_are_told_what_pictures_show(world: World) -> None:
    _, album = await newspaper(world)
    page = page_of(await reader(world).get(f"/mairie/{album}"))
    told = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))
    assert [one.get("caption") for one in told["associatedMedia"]] == [None, *TEXTS[1:]]
    assert [one["contentUrl"] for one in told["associatedMedia"]] == told["image"]


async def test_captions_alone_are_a_post_too(world: World) -> None:
    _, album = await newspaper(world, "", *TEXTS[1:])
    page = page_of(await reader(world).get(f"/mairie/{album}"))
    assert [one.text_content() for one in page.xpath("//figcaption")] == list(TEXTS[1:])
    assert page.xpath("string(//h1)").startswith("Les jouteurs au départ")
    (alt,) = page.xpath("//meta[@property='og:image:alt']/@content")
    assert alt and "description" not in alt.lower()


@pytest.mark.parametrize("which", [0, 1, 2])
async def test_a_withheld_album_leaves_no_caption(world: World, which: int) -> None:
    made, album = await newspaper(world)
    other = await made.say("Autre chose #joutes")
    browser = reader(world)
    for path in ("/s/mairie", f"/mairie/{album}"):  # they are in memory before
        assert "Léa Martin" in (await browser.get(path)).text
    await decide(world, made, "withhold", album + which)
    for path in (
        "/s/mairie", f"/mairie/{album}", f"/mairie/{other}", f"/mairie/{album}?embed=1",
        f"/mairie/{album + 1}", "/s/mairie/feed.atom", "/s/mairie/feed.rss",
        "/s/mairie/feed.json", "/s/mairie?q=jouteurs", "/?q=jouteurs", "/s/mairie/tag/joutes",
        "/tag/joutes", "/s/mairie/tag/joutes/feed.atom", "/news-sitemap.xml",
    ):  # fmt: skip
        text = (await browser.get(path)).text
        assert "Léa Martin" not in text, path
        assert "criée" not in text, path
