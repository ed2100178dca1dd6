"""Feeds, sitemaps, oEmbed and what machines read of a page, as programs of others read them."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import extruct
import feedparser
import micawber
import pytest
import uvicorn

from petitbleu.store.sqlite import SqliteStore
from petitbleu.tl import api
from tests.domain.files.media.shots import document_input, picture, upload
from tests.domain.messaging.polls.test_polls import poll
from tests.kit.web import Browser
from tests.kit.world import World, running
from tests.web import rules
from tests.web.public import Channel, channel, reader
from tests.web.test_public import decide
from tests.web.test_public_machines import BASE, switch

NASTY = "Mairie <b>&\u202e \x08Ω]]>"
FORMS = ("atom", "rss", "json")
CHECKS = {
    "atom": rules.atom_problems,
    "rss": rules.rss_problems,
    "json": rules.json_feed_problems,
}


@pytest.fixture
async def world(sqlite_store: SqliteStore, tmp_path: Path) -> Any:
    """An instance with an address."""
    async with running(World(sqlite_store, tmp_path, public_url=BASE, name="Chez nous")) as made:
        yield made


async def filled(world: World) -> tuple[Channel, dict[str, int]]:
    """A channel with a post of each sort that feeds tell in a way of its own; what -> id."""
    made = await channel(world, title=NASTY)
    owner = made.owner
    await owner.call(api.channels.ToggleSignatures(signatures_enabled=True, channel=made.input))
    about = "Nouvelles\x0b de la mairie & <i>plus</i>\ud7ff"
    await owner.call(api.messages.EditChatAbout(peer=made.input_peer, about=about))
    face = api.InputChatUploadedPhoto(file=await upload(owner, picture(640, 640), "a.jpg"))
    await owner.call(api.channels.EditPhoto(channel=made.input, photo=face))
    posts = {"album": await made.album("Trois images #fête")}
    photo = api.InputMediaUploadedPhoto(file=await upload(owner, picture(2000, 1100)))
    posts["photo"] = await made.show(photo, "La place & <b>. #Élections #élections")
    hidden = api.InputMediaUploadedPhoto(file=await upload(owner, picture(60, 60)), spoiler=True)
    posts["hidden"] = await made.show(hidden)
    name = api.DocumentAttributeFilename(file_name='Compte\u202e "rendu" <du> conseil.pdf')
    file = document_input(await upload(owner, b"%PDF" + b"\0" * 1234), "application/pdf", name)
    posts["file"] = await made.show(file, "Compte rendu ]]> \x01\x0b\x1f")
    posts["poll"] = await made.show(api.InputMediaPoll(poll=poll("Oui & non", "<i>")), "")
    bold = api.MessageEntityBold(offset=0, length=5)
    link = api.MessageEntityTextUrl(offset=6, length=4, url="https://example.org/?a=1&b=2")
    posts["text"] = await made.say("Texte gras\r\n@mairie\ufffe", entities=[bold, link])
    posts["edited"] = await made.say("Avant")
    posts["deleted"] = await made.say("Disparu")
    posts["removed"] = await made.say("Retiré")
    posts["withheld"] = await made.say("Retenu")
    world.clock.advance(3600)
    await made.edit(posts["edited"], "Après")
    await made.delete(posts["deleted"])
    await decide(world, made, "remove", posts["removed"])
    await decide(world, made, "withhold", posts["withheld"])
    return made, posts


async def feeds(browser: Browser) -> dict[str, bytes]:
    found = {}
    for form in FORMS:
        answer = await browser.get(f"/s/mairie/feed.{form}")
        assert answer.status == 200
        found[form] = answer.body
    return found


def told(body: bytes, form: str) -> list[dict[str, Any]]:
    """The entries of a feed in one form: Atom and RSS as feedparser reads them."""
    if form == "json":
        return [
            {
                "id": one["id"],
                "link": one["url"],
                "title": one["title"],
                "html": one["content_html"],
                "published": one["date_published"],
                "updated": one["date_modified"],
                "author": [author["name"] for author in one.get("authors", ())],
                "tags": one["tags"],
                "files": [
                    (file["url"], file["mime_type"], file["size_in_bytes"])
                    for file in one.get("attachments", ())
                ],
            }
            for one in json.loads(body)["items"]
        ]
    read = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    assert not read.bozo, read.get("bozo_exception")
    return [
        {
            "id": one.id,
            "link": one.link,
            "title": one.title,
            "html": one.content[0].value if "content" in one else one.description,
            "published": _iso(one.published_parsed),
            "updated": _iso(one.updated_parsed),
            "author": [one.author] if "author" in one else [],
            "tags": [tag.term for tag in one.get("tags", ())],
            "files": [(file.href, file.type, int(file.length)) for file in one.enclosures],
        }
        for one in read.entries
    ]


def _iso(parsed: Any) -> str:
    return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*parsed[:6])


async def test_each_feed_keeps_its_specification_and_all_say_the_same(world: World) -> None:
    _, posts = await filled(world)
    browser = reader(world)
    found = await feeds(browser)
    for form, body in found.items():
        assert CHECKS[form](body) == [], form
    atom, rss, plain = (told(found[form], form) for form in FORMS)
    assert atom == rss == plain
    shown = {one["link"]: one for one in atom}
    assert list(shown) == [
        f"{BASE}/mairie/{posts[one]}"
        for one in ("edited", "text", "poll", "file", "hidden", "photo", "album")
    ]
    by_sort = {sort: shown.get(f"{BASE}/mairie/{id}") for sort, id in posts.items()}
    edited = by_sort["edited"]
    assert edited["updated"] > edited["published"] and "Après" in edited["html"]
    assert by_sort["photo"]["tags"] == ["Élections"]
    assert [len(one["files"]) for one in (by_sort["album"], by_sort["hidden"])] == [3, 0]
    assert by_sort["text"]["author"] == ["Zoé"]
    assert f'<a href="{BASE}/mairie" rel="noopener">@mairie</a>' in by_sort["text"]["html"]


async def test_enclosures_are_as_long_as_they_say(world: World) -> None:
    await filled(world)
    browser = reader(world)
    files = [file for one in told((await feeds(browser))["atom"], "atom") for file in one["files"]]
    assert len(files) == 5
    for url, form, length in files:
        answer = await browser.get(url)
        assert (answer.status, len(answer.body)) == (200, length)
        assert form == "application/pdf" or answer.headers["content-type"] == form


async def test_what_is_about_the_channel_is_the_same_too(world: World) -> None:
    made, posts = await filled(world)
    await switch(world, made, "language", "br")
    browser = reader(world, language="fr")
    found = await feeds(browser)
    atom, rss = (feedparser.parse(found[form]).feed for form in ("atom", "rss"))
    feed = json.loads(found["json"])
    assert atom.title == rss.title
    assert feed["title"] == "Mairie <b>& Ω]]>"
    assert feed["description"] == "Nouvelles de la mairie & <i>plus</i>\ud7ff"
    assert atom.subtitle == rss.subtitle
    assert rules.xml(found["atom"]).get(rules.LANG) == rss.language == feed["language"] == "br"
    assert atom.logo == rss.image.href == feed["icon"]
    picture_ = await browser.get(feed["icon"])
    assert (picture_.status, picture_.headers["content-type"]) == (200, "image/jpeg")
    gone = {one.get("ref"): one.get("when") for one in rules.xml(found["atom"]).iter(rules.GONE)}
    ends = {str(ref).rpartition("/")[2] for ref in gone}
    assert {str(posts[one]) for one in ("deleted", "removed", "withheld")} <= ends
    assert gone == {one["id"]: one["when"] for one in feed["_deleted"]["entries"]}
    assert gone == {
        one.get("ref"): one.get("when") for one in rules.xml(found["rss"]).iter(rules.GONE)
    }
    assert found == await feeds(reader(world, language="en")), "the reader's language is no matter"


async def test_pages_of_a_feed_are_walked_without_loss(world: World) -> None:
    made = await channel(world)
    said = [await made.say(f"post {n} #tag") for n in range(45)]
    browser = reader(world)
    for path in ("/s/mairie/feed", "/s/mairie/tag/tag/feed"):
        for form in FORMS:
            address: str | None = f"{path}.{form}"
            walked: list[str] = []
            while address is not None:
                body = (await browser.get(address)).body
                assert CHECKS[form](body) == []
                walked += [one["link"] for one in told(body, form)]
                address = _next(body, form)
            assert walked == [f"{BASE}/mairie/{id}" for id in reversed(said)]
    last = rules.xml((await browser.get(f"/s/mairie/feed.atom?before={said[5]}")).body)
    links = {one.get("rel"): one.get("href") for one in last.findall(rules.A + "link")}
    assert "next" not in links and links["first"] == f"{BASE}/s/mairie/feed.atom"
    back = await browser.get(links["previous"])
    assert said[5] in [int(one["link"].rpartition("/")[2]) for one in told(back.body, "atom")]


def _next(body: bytes, form: str) -> str | None:
    if form == "json":
        return json.loads(body).get("next_url")
    links = feedparser.parse(body).feed.links
    return next((one.href for one in links if one.rel == "next"), None)


async def test_a_feed_says_whether_it_changed(world: World) -> None:
    made = await channel(world)
    post = await made.say("erst")
    browser = reader(world)
    for form in FORMS:
        first = await browser.get(f"/s/mairie/feed.{form}")
        browser.headers["if-none-match"] = first.headers["etag"]
        again = await browser.get(f"/s/mairie/feed.{form}")
        assert (again.status, again.body, again.headers["etag"]) == (
            304, b"", first.headers["etag"]
        )  # fmt: skip
        await made.edit(post, f"dann {form}")
        assert (await browser.get(f"/s/mairie/feed.{form}")).status == 200
        del browser.headers["if-none-match"]


async def test_an_album_is_one_entry_in_the_feed_of_its_tag_too(world: World) -> None:
    made = await channel(world)
    await made.say("before")
    post = await made.album("Trois images #fête")
    browser = reader(world)
    whole = told((await browser.get("/s/mairie/feed.json")).body, "json")[0]
    tagged = told((await browser.get("/s/mairie/tag/fete/feed.json")).body, "json")
    assert tagged == [whole] and whole["link"] == f"{BASE}/mairie/{post}"


# ── sitemaps ────────────────────────────────────────────────────────────────────────────────────


async def test_sitemaps_keep_their_schemas(world: World) -> None:
    made, posts = await filled(world)
    await switch(world, made, "press", "on")
    await switch(world, made, "language", "fr")
    await made.say("Un article\n\n" + "Une phrase de cet article. " * 20)
    browser = reader(world)
    for path in ("/sitemap.xml", "/s/mairie/sitemap.xml", "/news-sitemap.xml"):
        answer = await browser.get(path)
        assert answer.headers["content-type"].startswith("application/xml")
        assert rules.schema_problems(answer.body, "sitemap.xsd") == [], path
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9",
             "i": "http://www.google.com/schemas/sitemap-image/1.1",
             "n": "http://www.google.com/schemas/sitemap-news/0.9"}  # fmt: skip
    urls = rules.xml((await browser.get("/s/mairie/sitemap.xml")).body)
    known = urls.xpath("//s:url/s:loc/text()", namespaces=space)
    assert f"{BASE}/mairie/{posts['album']}" in known
    for gone in ("deleted", "removed", "withheld"):
        assert f"{BASE}/mairie/{posts[gone]}" not in known
    pictures = urls.xpath("//i:loc/text()", namespaces=space)
    assert len(pictures) == 4, "three of the album, one alone; what is hidden is not listed"
    for url in pictures:
        assert (await browser.get(url)).status == 200
    news = rules.xml((await browser.get("/news-sitemap.xml")).body)
    assert set(news.xpath("//n:language/text()", namespaces=space)) == {"fr"}
    assert news.xpath("//n:title/text()", namespaces=space) == ["Un article"]


async def test_the_news_sitemap_holds_two_days_however_many_posts_they_had(world: World) -> None:
    made = await channel(world)
    await switch(world, made, "press", "on")
    await made.say("older")
    world.clock.advance(49 * 3600)
    article = "A sentence of an article. " * 20
    said = {await made.say(f"news {n}\n\n{article}") for n in range(30)}
    await made.say("only a note")
    news = rules.xml((await reader(world).get("/news-sitemap.xml")).body)
    assert {int(one[0].text.rpartition("/")[2]) for one in news} == said


# ── what a page says to machines ────────────────────────────────────────────────────────────────


async def test_open_graph_and_linked_data_are_read_by_a_parser(world: World) -> None:
    made, posts = await filled(world)
    await switch(world, made, "language", "fr")
    browser = reader(world)
    for sort in ("photo", "text", "poll", "hidden", "album", "file"):
        page = await browser.get(f"/mairie/{posts[sort]}")
        read = extruct.extract(
            page.text, base_url=f"{BASE}/mairie/{posts[sort]}", syntaxes=["opengraph", "json-ld"]
        )
        (graph,) = read["opengraph"]
        given = dict(graph["properties"])
        assert given["og:url"] == f"{BASE}/mairie/{posts[sort]}"
        assert given["og:type"] == "article" and given["og:title"] and given["og:description"]
        assert given["og:site_name"] == "Mairie <b>& Ω]]>"
        assert given["og:locale"] == "fr_FR"
        image = await browser.get(given["og:image"])
        assert image.status == 200 and image.headers["content-type"].startswith("image/")
        (data,) = read["json-ld"]
        assert data["@type"] == "SocialMediaPosting" and data["inLanguage"] == "fr"
        assert data["headline"] == given["og:title"]
        assert data["image"][0] == given["og:image"]
        assert len(data["image"]) == (3 if sort == "album" else 1)
        assert data["datePublished"] == given["article:published_time"]
        assert data["author"] == {"@type": "Person", "name": "Zoé"}
    assert "▒" not in page.text and "Compte rendu ]]>" in data["articleBody"]


@pytest.fixture
async def served(sqlite_store: SqliteStore, tmp_path: Path) -> AsyncIterator[tuple[World, str]]:
    """The same over real HTTP, for consumers that bring their own client."""
    listening = socket.create_server(("127.0.0.1", 0))
    base = f"http://127.0.0.1:{listening.getsockname()[1]}"
    made = World(sqlite_store, tmp_path, public_url=base, name="Chez nous")
    await made.start()
    config = uvicorn.Config(reader(made).app, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve([listening]))
    yield made, base
    server.should_exit = True
    await task
    await made.settle()


async def test_a_consumer_of_oembed_shows_a_post(served: tuple[World, str]) -> None:
    world, base = served
    made = await channel(world, title="Mairie <&>")
    photo = api.InputMediaUploadedPhoto(file=await upload(made.owner, picture(1000, 700)))
    post = await made.show(photo, 'Une "place" <b>')
    consumer = micawber.ProviderRegistry()
    consumer.register(rf"{base}/\w+/\d+", micawber.Provider(f"{base}/oembed"))
    found = await asyncio.to_thread(
        consumer.request, f"{base}/mairie/{post}", maxwidth=400, maxheight=300
    )
    assert rules.oembed_problems(found) == []
    assert (found["type"], found["author_name"]) == ("rich", "Mairie <&>")
    assert found["thumbnail_width"] <= 400 and found["thumbnail_height"] <= 300
    html = await asyncio.to_thread(micawber.parse_text, f"{base}/mairie/{post}", consumer)
    assert html.startswith("<iframe src=") and "<b>" not in html
    unknown = f"{base}/mairie/999"
    with pytest.raises(micawber.ProviderException):
        await asyncio.to_thread(consumer.request, unknown)


def test_the_rules_find_what_is_wrong() -> None:
    assert rules.rss_problems(b"<rss version='2.0'><channel><title>x</title></channel></rss>")
    assert rules.atom_problems(
        b'<feed xmlns="http://www.w3.org/2005/Atom"><updated>yesterday</updated></feed>'
    )
    assert rules.json_feed_problems(
        b'{"version": "1", "title": "", "items": [], "home_page_url": "/", "feed_url": "/"}'
    )
    assert rules.security_txt_problems("Contact: http://x\n", "x", 0)
    space = b"http://www.sitemaps.org/schemas/sitemap/0.9"
    sitemap = b'<urlset xmlns="%s"><url><loc>/x</loc></url></urlset>' % space
    assert rules.schema_problems(sitemap, "sitemap.xsd")
