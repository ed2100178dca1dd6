"""Articles as readers and machines have them: headings, paragraphs, languages, descriptions."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from lxml import html

from petitbleu.tl import api
from tests.domain.files.media.shots import document_input, upload
from tests.kit.web import Browser
from tests.kit.world import World
from tests.web import newsroom as press
from tests.web.newsroom import newsroom
from tests.web.public import channel, reader
from tests.web.test_public import decide
from tests.web.test_public_machines import switch
from tests.web.test_public_valid import faults


async def read(browser: Browser, path: str) -> Any:
    """A page that is there, and valid."""
    answer = await browser.get(path)
    assert answer.status == 200, path
    assert faults(answer.text) == [], path
    return html.fromstring(answer.text)


def meta(page: Any, name: str) -> str:
    (content,) = page.xpath(f"//meta[@property='{name}' or @name='{name}']/@content")
    return str(content)


def linked(page: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))
    return found


# ── lists ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["en", "fr", "de"])
async def test_every_post_of_a_list_has_a_heading_that_leads_to_it(
    world: World, language: str
) -> None:
    made, posts = await newsroom(world)
    await made.owner.call(
        api.messages.UpdatePinnedMessage(peer=made.input_peer, id=posts["article"], silent=True)
    )
    browser = reader(world, language=language)
    for path in ("/s/lejournal", "/s/lejournal/tag/port", "/tag/port", "/?q=port",
                 "/s/lejournal?q=port", "/s/lejournal/2027/01"):  # fmt: skip
        page = await read(browser, path)
        articles = page.xpath("//article")
        assert articles, path
        names = set()
        for one in articles:
            (heading,) = one.xpath(".//*[self::h2 or self::h3][@id]")
            assert one.get("aria-labelledby") == heading.get("id")
            (link,) = heading.xpath("./a/@href")
            assert link.startswith("/lejournal/")
            names.add((link, heading[0].get("aria-label") or heading.text_content()))
        assert len({name for _, name in names}) == len({link for link, _ in names}), path
        levels = [int(one.tag[1]) for one in page.xpath("//h1 | //h2 | //h3")]
        assert all(b - a <= 1 for a, b in pairwise(levels)), levels


async def test_links_of_posts_of_one_minute_differ(world: World) -> None:
    made = await channel(world)
    for text in ("Un", "Deux", "Trois"):
        await made.say(text)
    await made.album("", 2)
    await made.album("", 2)
    page = await read(reader(world), "/s/mairie")
    for links in (page.xpath("//article//li/a/@aria-label"), page.xpath("//article//h3/@id")):
        assert links and len(links) == len(set(links))


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Read on"), ("fr", "Lire la suite"), ("de", "Weiterlesen")],
)
async def test_long_articles_are_begun_and_led_to(world: World, language: str, words: str) -> None:
    _, posts = await newsroom(world)
    browser = reader(world, language=language)
    page = await read(browser, "/s/lejournal")
    (article,) = page.xpath(f"//article[@id='p{posts['article']}']")
    (more,) = article.xpath(".//p[@class='more']/a")
    assert more.text == words
    assert more.get("aria-label").startswith(words) and press.HEADLINE in more.get("aria-label")
    assert more.get("href").startswith(f"/lejournal/{posts['article']}")
    begun = article.xpath("string(.//div[@class='text'])")
    assert press.LEDE in begun and len(begun) < 900
    assert len(page.xpath("//p[@class='more']")) == 2, "that in Chinese is the other"
    whole = await read(browser, f"/lejournal/{posts['article']}")
    assert "août, les joutes" in whole.xpath("string(//div[@class='text'])")
    assert whole.xpath("//p[@class='more']") == []


async def test_neighbours_are_named_and_nothing_of_withheld_ones(world: World) -> None:
    made, posts = await newsroom(world)
    browser = reader(world)
    path = f"/lejournal/{posts['album']}"
    for withheld in (False, True):
        page = await read(browser, path)
        (before,) = page.xpath("//nav//a[@rel='prev']")
        assert before.get("href") == f"/lejournal/{posts['article']}"
        assert (press.HEADLINE in before.text_content()) is not withheld
        (after,) = page.xpath("//nav//a[@rel='next']")
        assert press.CAPTIONS[0].partition(".")[0] in after.text_content()
        if not withheld:
            await decide(world, made, "withhold", posts["article"])


# ── the text ────────────────────────────────────────────────────────────────────────────────────


async def test_a_text_is_paragraphs_lists_and_quotes(world: World) -> None:
    _, posts = await newsroom(world)
    page = await read(reader(world), f"/lejournal/{posts['article']}")
    (text,) = page.xpath("//div[@class='text']")
    assert (
        page.xpath("string(//h1)") == press.HEADLINE and press.HEADLINE not in text.text_content()
    )
    assert text[0].tag == "p" and text[0].text_content() == press.LEDE
    assert [len(one) for one in text.xpath("./ul | ./ol")] == [3, 3]
    assert text.xpath("string(./ul/li[1])") == "les voitures passent par l’arrière ;"
    (quote,) = text.xpath("./blockquote")
    assert quote.text_content().startswith("Nous n’y croyions plus")
    assert not text.xpath(".//br[preceding-sibling::*[1][self::br]]"), "no gap made of lines"
    feed = json.loads((await reader(world).get("/s/lejournal/feed.json")).text)
    (item,) = [one for one in feed["items"] if one["url"].endswith(f"/{posts['article']}")]
    content = html.fromstring(item["content_html"])
    assert len(content.xpath("//p")) >= 12 and item["title"] == press.HEADLINE
    assert press.HEADLINE not in content.text_content()


async def test_the_language_and_direction_of_a_text_are_marked(world: World) -> None:
    made, posts = await newsroom(world)
    await switch(world, made, "language", "fr")
    browser = reader(world)
    for path in (f"/lejournal/{posts['three']}", "/s/lejournal"):
        page = await read(browser, path)
        (text,) = [
            one for one in page.xpath("//div[@class='text']") if press.RUSSIAN in one.text_content()
        ]
        marked = [(one.get("lang"), one.get("dir")) for one in text.xpath("./p")]
        own = (text.get("lang"), text.get("dir"))
        spoken = [lang or own[0] for lang, _ in marked]
        assert spoken == ["fr", "ru", "ar"]
        assert marked[2][1] == "rtl" or own[1] == "rtl"
    page = await read(browser, f"/lejournal/{posts['arabic']}")
    (text,) = page.xpath("//div[@class='text']")
    assert (text.get("lang"), text.get("dir")) == ("ar", "rtl")
    assert page.xpath("//h1/@lang") == ["ar"] and linked(page)["inLanguage"] == "ar"


# ── the page of an article ──────────────────────────────────────────────────────────────────────


async def test_an_article_opens_with_its_picture_and_ends_with_the_others(world: World) -> None:
    _, posts = await newsroom(world)
    page = await read(reader(world), f"/lejournal/{posts['album']}")
    (article,) = page.xpath("//article")
    order = [one.get("class") for one in article.iter("h1", "figure", "div") if one.tag != "div"
             or one.get("class") in ("text", "album captioned")]  # fmt: skip
    assert order[:3] == [None, "cover", "text"]
    assert order[3] == "album captioned" and len(order) == 6
    assert article.get("class") == "post alone"


async def test_an_album_of_captions_has_all_of_them(world: World) -> None:
    _, posts = await newsroom(world)
    page = await read(reader(world), f"/lejournal/{posts['captions']}")
    shown = page.xpath("string(//article)")
    assert all(shown.count(caption) == 1 for caption in press.CAPTIONS[1:])
    assert press.CAPTIONS[0] in shown


# ── what machines are told ──────────────────────────────────────────────────────────────────────


async def test_descriptions_go_on_where_the_headline_ends(world: World) -> None:
    made, posts = await newsroom(world)
    browser = reader(world)
    for sort in ("article", "first", "video", "last", "corrected"):
        page = await read(browser, f"/lejournal/{posts[sort]}")
        title, told = meta(page, "og:title"), meta(page, "og:description")
        assert not told.startswith(title), sort
        assert "#" not in told, sort
        data = linked(page)
        assert data["headline"] == title
        assert data.get("description", told) == told
        assert page.xpath("//meta[@name='description']/@content") in ([told], [])
    assert meta(await read(browser, f"/lejournal/{posts['article']}"), "og:description").startswith(
        press.LEDE[:100]
    )
    body = linked(await read(browser, f"/lejournal/{posts['article']}"))["articleBody"]
    assert body.count("\n\n") >= 12 and body.startswith(press.LEDE)
    tags = await made.say("#port #travaux")
    assert meta(await read(browser, f"/lejournal/{tags}"), "og:description")


@pytest.mark.parametrize("language", ["en", "fr", "de"])
async def test_no_missing_description_is_told_as_one(world: World, language: str) -> None:
    made, posts = await newsroom(world)
    bare = await made.album("")
    browser = reader(world, language=language)
    missing = ("Picture without", "Image sans", "Bild ohne")
    for id in (*posts.values(), bare):
        page = await read(browser, f"/lejournal/{id}")
        for name in ("og:image:alt", "og:description", "og:title"):
            assert meta(page, name) and not meta(page, name).startswith(missing), (id, name)


async def test_a_film_is_told_with_its_picture(world: World) -> None:
    made, posts = await newsroom(world)
    browser = reader(world)
    page = await read(browser, f"/lejournal/{posts['video']}")
    (film,) = linked(page)["video"]
    assert film["@type"] == "VideoObject" and film["duration"] == "PT61S"
    for name in ("name", "description", "uploadDate", "thumbnailUrl", "contentUrl"):
        assert film[name], name
    assert (film["width"], film["height"]) == (1280, 720)
    assert meta(page, "og:video") == film["contentUrl"]
    assert (meta(page, "og:video:type"), meta(page, "og:video:width")) == ("video/mp4", "1280")
    base = meta(page, "og:url").removesuffix(f"/lejournal/{posts['video']}")
    poster = film["thumbnailUrl"][0].removeprefix(base)
    assert poster.startswith(f"/m/lejournal/{posts['video']}/") and "card" not in poster
    (shown,) = page.xpath("//video/@poster")
    for path in (poster, shown):
        answer = await browser.get(path)
        assert (answer.status, answer.headers["content-type"]) == (200, "image/jpeg")
    hidden = api.InputMediaUploadedDocument(
        file=await upload(made.owner, b"\0" * 40), mime_type="video/mp4", spoiler=True,
        attributes=[api.DocumentAttributeVideo(duration=3.0, w=64, h=36)],
    )  # fmt: skip
    page = await read(browser, f"/lejournal/{await made.show(hidden)}")
    assert "video" not in linked(page) and not page.xpath("//meta[@property='og:video']")


@pytest.mark.parametrize(
    "mime",
    ["application/pdf", "video/mp4", "audio/mpeg", "text/html", "image/svg+xml", "application/zip",
     "application/xhtml+xml", "text/plain", "VIDEO/MP4", "application/x-unknown"],
)  # fmt: skip
async def test_a_feed_and_the_file_agree_on_its_type(world: World, mime: str) -> None:
    made = await channel(world)
    name = api.DocumentAttributeFilename(file_name="a.bin")
    await made.show(document_input(await upload(made.owner, b"x" * 40), mime, name))
    browser = reader(world)
    feed = json.loads((await browser.get("/s/mairie/feed.json")).text)
    (file,) = feed["items"][0]["attachments"]
    answer = await browser.get("/m/" + file["url"].partition("/m/")[2])
    assert answer.headers["content-type"].partition(";")[0] == file["mime_type"]
    if mime in ("text/html", "image/svg+xml", "application/xhtml+xml"):
        assert file["mime_type"] == "application/octet-stream"
