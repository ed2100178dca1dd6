"""Feeds, sitemaps, share links, embeds and cards of public channels."""

from __future__ import annotations

import json
import re
import time
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from lxml import html
from PIL import Image

from petitbleu.config import Web
from petitbleu.domain.publishing.pages import service
from petitbleu.store.sqlite import SqliteStore
from petitbleu.tl import api
from petitbleu.web.public import sharing
from tests.domain.files.media.shots import picture, upload
from tests.domain.messaging.polls.test_polls import poll
from tests.kit.world import World, running
from tests.web.public import Channel, channel, reader

ATOM = "{http://www.w3.org/2005/Atom}"
GONE = "{http://purl.org/atompub/tombstones/1.0}"
BASE = "https://chat.example.org"


@pytest.fixture
async def world(sqlite_store: SqliteStore, tmp_path: Path) -> Any:
    """An instance with an address."""
    async with running(World(sqlite_store, tmp_path, public_url=BASE, name="Chez nous")) as made:
        yield made


async def switch(world: World, made: Channel, name: str, value: str) -> None:
    await service.set_switch(world.app, made.peer, name, value)


async def test_three_feeds_say_the_same(world: World) -> None:
    made = await channel(world)
    photo = api.InputMediaUploadedPhoto(file=await upload(made.owner, picture(800, 600)))
    shown = await made.show(photo, "A picture & <b> #Élections")
    dead = await made.say("will be deleted")
    text = await made.say("Second post, https://example.org/?a=1&b=2")
    await made.delete(dead)
    browser = reader(world)
    atom = await browser.get("/s/mairie/feed.atom")
    assert atom.headers["content-type"].startswith("application/atom+xml")
    root = ET.fromstring(atom.body)
    entries = root.findall(ATOM + "entry")
    assert [one.find(ATOM + "link").get("href") for one in entries] == [  # type: ignore[union-attr]
        f"{BASE}/mairie/{text}", f"{BASE}/mairie/{shown}"
    ]  # fmt: skip
    (stone,) = root.findall(GONE + "deleted-entry")
    assert str(stone.get("ref")).endswith(f"/{dead}")
    ids = [one.findtext(ATOM + "id") for one in entries]
    html = [one.findtext(ATOM + "content") for one in entries]
    tags = [[tag.get("term") for tag in one.findall(ATOM + "category")] for one in entries]
    assert tags == [[], ["Élections"]]
    assert "&amp; &lt;b&gt;" in str(html[1]) and f"{BASE}/m/mairie/{shown}/" in str(html[1])
    rss = ET.fromstring((await browser.get("/s/mairie/feed.rss")).body)
    items = rss.findall("channel/item")
    assert [one.findtext("guid") for one in items] == ids
    assert [one.findtext("description") for one in items] == html
    feed = json.loads((await browser.get("/s/mairie/feed.json")).text)
    assert [one["id"] for one in feed["items"]] == ids
    assert [one["content_html"] for one in feed["items"]] == html
    assert feed["items"][1]["attachments"][0]["mime_type"] == "image/jpeg"
    assert feed["_deleted"]["entries"][0]["id"] == stone.get("ref")
    tagged = json.loads((await browser.get("/s/mairie/tag/elections/feed.json")).text)
    assert [one["id"] for one in tagged["items"]] == ids[1:]


async def test_feeds_have_pages_and_can_be_asked_whether_they_changed(world: World) -> None:
    made = await channel(world)
    for n in range(25):
        await made.say(f"number {n}")
    browser = reader(world)
    first = await browser.get("/s/mairie/feed.atom")
    links = {one.get("rel"): one.get("href") for one in ET.fromstring(first.body) if one.get("rel")}
    second = await browser.get(str(links["next"]).removeprefix(BASE))
    root = ET.fromstring(second.body)
    assert len(root.findall(ATOM + "entry")) == 5
    back = {one.get("rel"): one.get("href") for one in root if one.get("rel")}
    assert back["previous"] == links["first"] == f"{BASE}/s/mairie/feed.atom"
    browser.headers["if-none-match"] = first.headers["etag"]
    assert (await browser.get("/s/mairie/feed.atom")).status == 304
    await made.say("news")
    assert (await browser.get("/s/mairie/feed.atom")).status == 200


async def test_hidden_passages_stay_hidden_in_feeds_and_titles(world: World) -> None:
    made = await channel(world)
    spoiler = api.MessageEntitySpoiler(offset=12, length=10)
    post = await made.say("The end is: he dies 🙂!", entities=[spoiler])
    browser = reader(world)
    for path in ("/s/mairie/feed.atom", "/s/mairie/feed.json"):
        assert "dies" not in (await browser.get(path)).text
    page = await browser.get(f"/mairie/{post}")
    assert "dies" not in page.text.partition("</head>")[0]
    assert '<details class="spoiler"><summary>' in page.text


async def test_the_share_row_is_plain_links_as_the_owner_wants_them(world: World) -> None:
    made = await channel(world)
    post = await made.say("Fête & feux : 100 % gratuit")
    page = await reader(world).get(f"/mairie/{post}")
    assert (
        "https://www.facebook.com/sharer/sharer.php?u="
        f"https%3A%2F%2Fchat.example.org%2Fmairie%2F{post}" in page.text
    )
    assert "text=F%C3%AAte%20%26%20feux%20%3A%20100%20%25%20gratuit" in page.text
    assert "pinterest" not in page.text, "only with a picture"
    label = 'rel="noopener noreferrer" aria-label="Share on X (new window)"'
    (link,) = html.fromstring(page.text).xpath("//a[contains(@href, 'x.com/intent')]")
    assert f'target="_blank" {label}>' in page.text and link.text_content() == "X"
    assert len(link.xpath(".//*[local-name()='svg'][@aria-hidden='true']")) == 1
    await switch(world, made, "share", "mail")
    page = await reader(world).get(f"/mairie/{post}")
    assert "mailto:?" in page.text and "facebook" not in page.text
    await switch(world, made, "share", "none")
    assert "mailto:?" not in (await reader(world).get(f"/mairie/{post}")).text


async def test_mastodon_asks_for_the_server_and_keeps_nothing(world: World) -> None:
    made = await channel(world)
    post = await made.say("Hello")
    browser = reader(world)
    page = await browser.get(f"/share/mastodon/mairie/{post}?server=https://Mastodon.Social/")
    assert 'href="https://mastodon.social/share?text=Hello' in page.text
    assert page.headers["cache-control"] == "no-store"
    wrong = await browser.get(f"/share/mastodon/mairie/{post}?server=javascript:alert(1)")
    assert "is no server name" in wrong.words
    assert 'value="javascript:alert(1)"' in wrong.text and 'href="javascript' not in wrong.text


@pytest.mark.parametrize("server", ["", "localhost", "a b.c", "x.org/path", "é.org", "a..b", "-"])
def test_what_is_no_server_name_makes_no_link(server: str) -> None:
    assert sharing.mastodon(server, "t", "u") is None


async def test_machines_read_what_a_post_is(world: World) -> None:
    made = await channel(world)
    await switch(world, made, "press", "on")
    post = await made.say("Le marché</script><b> rouvre. Les détails suivent. #marché")
    page = await reader(world, language="fr").get(f"/mairie/{post}")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.S)
    assert found is not None
    data = json.loads(found[1])
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "Le marché</script><b> rouvre"
    assert data["keywords"] == ["marché"]
    given = dict(re.findall(r'<meta property="(og:[a-z:]+)" content="(.*?)">', page.text))
    assert unescape(given["og:title"]) == data["headline"]
    assert given["og:url"] == f"{BASE}/mairie/{post}"
    assert given["og:image"] == f"{BASE}/m/mairie/{post}/card.png"


async def test_feeds_of_a_hashtag_are_seen_and_a_search_has_its_own_title(world: World) -> None:
    made = await channel(world)
    await made.say("Le marché #Marché")
    browser = reader(world)
    page = html.fromstring((await browser.get("/s/mairie/tag/MARCHE")).text)
    told = page.xpath("//link[@rel='alternate']/@href")
    seen = [one for one in page.xpath("//main//a/@href") if "/feed." in one]
    assert told == seen == [f"/s/mairie/tag/marche/feed.{one}" for one in ("atom", "rss", "json")]
    everywhere = html.fromstring((await browser.get("/tag/MARCHE")).text)
    (inside,) = everywhere.xpath("//nav[@class='pages']//a")
    assert (inside.get("href"), inside.text) == ("/s/mairie/tag/marche", "#Marché in Mairie")
    for path, title in (("/s/mairie?q=x", "Posts with “x” · Mairie · Chez nous"),
                        ("/?q=x", "Posts with “x” · Chez nous")):  # fmt: skip
        found = html.fromstring((await browser.get(path)).text)
        assert found.xpath("//title")[0].text == title


async def test_every_answer_says_whether_it_may_be_mined(world: World) -> None:
    made = await channel(world)
    photo = api.InputMediaUploadedPhoto(file=await upload(made.owner, picture(900, 600)))
    post = await made.show(photo, "Le marché #marché")
    browser = reader(world)
    paths = ("/s/mairie", f"/mairie/{post}", "/s/mairie/feed.rss", f"/m/mairie/{post}/x",
             "/s/mairie/tag/marche", f"/mairie/{post}/comments.atom")  # fmt: skip
    for value, told in (("off", "1"), ("on", "0")):
        await switch(world, made, "ai", value)
        for path in paths:
            answer = await browser.get(path)
            assert answer.headers["tdm-reservation"] == told, path
            assert answer.headers["cache-tag"].startswith("channel-"), path


async def test_older_pages_are_pages_of_their_own(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "HEADLINES", 20)
    made = await channel(world)
    for n in range(22):
        await made.say(f"Post {n} #marché")
    browser = reader(world)
    local = time.gmtime(world.app.clock.now())
    for path in (
        "/s/mairie",
        "/s/mairie/tag/marche",
        f"/s/mairie/{local.tm_year}/{local.tm_mon:02}",
    ):
        first = html.fromstring((await browser.get(path)).text)
        (older,) = first.xpath("//link[@rel='next']/@href")
        second = html.fromstring((await browser.get(older)).text)
        canonical = [one.xpath("//link[@rel='canonical']/@href") for one in (first, second)]
        assert canonical == [[BASE + path], [BASE + older]]
        titles = [one.xpath("//title")[0].text for one in (first, second)]
        assert titles[0] != titles[1] and str(local.tm_year) in titles[1]


async def test_search_engines_get_pictures_that_are_wide_enough(
    world: World, tmp_path: Path
) -> None:
    made = await channel(world)
    file = await upload(made.owner, picture(2000, 1000))
    wide = await made.show(api.InputMediaUploadedPhoto(file=file))
    album = await made.album("Three of them", 3)
    browser = reader(world)

    async def images(post: int) -> tuple[list[str], str]:
        page = html.fromstring((await browser.get(f"/mairie/{post}")).text)
        (data,) = page.xpath("//script[@type='application/ld+json']")
        told = json.loads(data.text)
        assert page.xpath("//meta[@property='og:image']/@content")[0] == told["image"][0]
        return told["image"], told["publisher"]["logo"]

    (shown,), logo = await images(wide)
    assert logo == f"{BASE}/m/mairie/card.png"
    (tmp_path / "shown.jpg").write_bytes((await browser.get(shown)).body)
    with Image.open(tmp_path / "shown.jpg") as image:
        assert 1200 <= image.width < 2000
    several, _ = await images(album)
    assert len({one.split("/")[-2] for one in several}) == len(several) == 3


async def test_a_poll_is_called_by_its_question(world: World) -> None:
    made = await channel(world)
    asked = poll("Oui", "Non", question="Faut-il <fermer> la rue ?")
    post = await made.show(api.InputMediaPoll(poll=asked))
    page = html.fromstring((await reader(world).get(f"/mairie/{post}")).text)
    told = "Faut-il <fermer> la rue ?"
    assert page.xpath("//title")[0].text == f"{told} · Mairie"
    assert page.xpath("//meta[@property='og:title']/@content") == [told]
    assert page.xpath("//h1")[0].text == told
    (data,) = page.xpath("//script[@type='application/ld+json']")
    assert json.loads(data.text)["headline"] == told


async def test_a_card_is_painted_where_a_post_has_no_picture(world: World, tmp_path: Path) -> None:
    made = await channel(world)
    post = await made.say("Élections à Sète : l’œuvre " + "x" * 500 + " \u202e\U0001f4a5")
    answer = await reader(world).get(f"/m/mairie/{post}/card.png")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    (tmp_path / "card.png").write_bytes(answer.body)
    with Image.open(tmp_path / "card.png") as image:
        assert image.size == (1200, 630)
        assert len(image.getcolors(1 << 20) or ()) > 20, "something is written on it"
    await made.delete(post)
    for id, status in ((post, 410), (post + 9, 404)):
        assert (await reader(world).get(f"/m/mairie/{id}/card.png")).status == status
    front = html.fromstring((await reader(world).get("/")).text)
    assert front.xpath("//meta[@property='og:title']/@content") == ["Chez nous"]


async def test_a_channel_without_a_picture_is_shown_by_a_painted_card(
    world: World, tmp_path: Path
) -> None:
    made = await channel(world, title="Gazette & <b>port</b>")
    await made.say("Le marché #marché")
    browser = reader(world)

    async def told(path: str) -> dict[str, str]:
        page = html.fromstring((await browser.get(path)).text)
        found = page.xpath("//meta[starts-with(@property, 'og:') or @name='twitter:card']")
        return {one.get("property") or one.get("name"): one.get("content") for one in found}

    month = world.app.clock.now()
    local = time.gmtime(month)
    paths = ["/s/mairie", "/s/mairie/tag/marche", f"/s/mairie/{local.tm_year}/{local.tm_mon:02}"]
    for path in paths:
        given = await told(path)
        assert given["og:url"] == BASE + path
        assert given["og:title"].endswith("Gazette & <b>port</b>")
        assert given["og:image"] == f"{BASE}/m/mairie/card.png"
        assert (given["og:image:width"], given["og:image:height"]) == ("1200", "630")
        assert given["twitter:card"] == "summary_large_image"
    card = await browser.get("/m/mairie/card.png")
    assert (card.status, card.headers["content-type"]) == (200, "image/png")
    await made.owner.call(
        api.messages.EditChatAbout(peer=made.input_peer, about="Ce qui se passe au port. " * 9)
    )
    (tmp_path / "card.png").write_bytes((await browser.get("/m/mairie/card.png")).body)
    with Image.open(tmp_path / "card.png") as image:
        assert image.size == (1200, 630)
        assert image.crop((0, 500, 1200, 512)).getcolors(9) is not None, (
            "nothing runs into the foot"
        )
    assert (tmp_path / "card.png").read_bytes() != card.body, "the card says what the channel says"
    shot = api.InputChatUploadedPhoto(file=await upload(made.owner, picture(640, 640)))
    await made.owner.call(api.channels.EditPhoto(channel=made.input, photo=shot))
    for path in paths:
        given = await told(path)
        assert given["twitter:card"] == "summary"
        image = await browser.get(given["og:image"])
        (tmp_path / "own.jpg").write_bytes(image.body)
        with Image.open(tmp_path / "own.jpg") as own:
            assert own.size == (int(given["og:image:width"]), int(given["og:image:height"]))


async def test_a_post_can_be_shown_in_a_frame_where_the_owner_allows(world: World) -> None:
    made = await channel(world)
    post = await made.say("Framed words")
    browser = reader(world)
    frame = await browser.get(f"/mairie/{post}?embed=1")
    assert "frame-ancestors *" in frame.headers["content-security-policy"]
    assert "Framed words" in frame.words and "<script" not in frame.text
    told = json.loads((await browser.get(f"/oembed?url={BASE}/mairie/{post}&maxwidth=320")).text)
    assert (told["type"], told["version"], told["width"]) == ("rich", "1.0", 320)
    assert f'src="{BASE}/mairie/{post}?embed=1"' in told["html"] and "sandbox=" in told["html"]
    xml = await browser.get(f"/oembed?url={BASE}/mairie/{post}&format=xml")
    assert ET.fromstring(xml.body).findtext("author_name") == "Mairie"
    await switch(world, made, "frames", "https://www.example.org")
    frame = await browser.get(f"/mairie/{post}?embed=1")
    assert frame.headers["content-security-policy"].endswith(
        "frame-ancestors https://www.example.org"
    )
    await switch(world, made, "frames", "none")
    frame = await browser.get(f"/mairie/{post}?embed=1")
    assert frame.headers["content-security-policy"].endswith("frame-ancestors 'none'")
    for url in (f"{BASE}/mairie/999", "https://other.example/mairie/1", f"{BASE}/s/mairie"):
        assert (await browser.get(f"/oembed?url={url}")).status == 404
    assert (await browser.get(f"/oembed?url={BASE}/mairie/{post}&format=yaml")).status == 501


async def test_sitemaps_hold_what_may_be_found(world: World) -> None:
    made, hidden = await channel(world), await channel(world, "hidden_one")
    await switch(world, hidden, "robots", "noindex")
    await switch(world, made, "press", "on")
    post = await made.say("Findable\n\n" + "A sentence of an article. " * 20)
    await hidden.say("Not findable")
    browser = reader(world)
    index = (await browser.get("/sitemap.xml")).text
    assert f"<loc>{BASE}/s/mairie/sitemap-0.xml</loc>" in index and "hidden" not in index
    urls = ET.fromstring((await browser.get("/s/mairie/sitemap-0.xml")).body)
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert [one.findtext(space + "loc") for one in urls] == [f"{BASE}/mairie/{post}"]
    assert (await browser.get("/s/hidden_one/sitemap.xml")).status == 404
    assert "noindex" in (await browser.get("/s/hidden_one")).text
    assert f"{BASE}/mairie/{post}" in (await browser.get("/news-sitemap.xml")).text
    world.clock.advance(3 * 86_400)
    assert f"{BASE}/mairie/{post}" not in (await browser.get("/news-sitemap.xml")).text


async def test_programs_that_train_are_kept_out_unless_the_owner_lets_them(world: World) -> None:
    made = await channel(world)
    browser = reader(world)
    lines = (await browser.get("/robots.txt")).text.splitlines()
    group = lines[: lines.index("")]
    assert "User-agent: GPTBot" in group and group[-1] == "Disallow: /"
    assert not any(one.startswith("Allow:") for one in lines)
    await switch(world, made, "ai", "on")
    lines = (await browser.get("/robots.txt")).text.splitlines()
    allowed = [one.removeprefix("Allow: ") for one in lines if one.startswith("Allow:")]
    for path in ("/s/mairie", "/mairie"):
        assert {path + end for end in "$/?"} <= set(allowed)
    # Rules are beginnings: none may speak for channels whose names begin alike.
    others = ("/s/mairie_annexe", "/mairie_annexe/7", "/m/mairie_annexe/7/x")
    assert not any(one.startswith(tuple(allowed)) for one in others)


async def test_no_rule_for_programs_shuts_out_a_channel_by_the_beginning_of_its_name(
    world: World,
) -> None:
    text = (await reader(world).get("/robots.txt")).text
    rules = [one.removeprefix("Disallow: ") for one in text.splitlines() if "Disallow" in one]
    for_all = [one for one in rules if "*" not in one and one != "/"]
    assert "/desk/" in for_all and "/suivi$" in for_all
    for path in ("/desk_des_sports", "/suivi_travaux/12", "/signaler_un_trou"):
        assert not path.startswith(tuple(for_all))


async def test_the_script_learns_how_many_posts_are_new(world: World) -> None:
    made = await channel(world)
    first = await made.say("one")
    await made.say("two")
    await made.say("three")
    answer = await reader(world).get(f"/s/mairie/new?before={first}")
    assert json.loads(answer.text) == {"count": 2}


async def test_a_channel_is_handed_on_like_a_post(world: World) -> None:
    made = await channel(world)
    post = await made.say("Hello")
    browser = reader(world)
    page = await browser.get("/s/mairie")
    there = "https%3A%2F%2Fchat.example.org%2Fs%2Fmairie"
    assert f"https://www.facebook.com/sharer/sharer.php?u={there}" in page.text
    assert f'href="/mairie/{post}#share-title"' in page.text
    asked = await browser.get("/share/mastodon/mairie?server=mastodon.social")
    assert f'href="https://mastodon.social/share?text=Mairie%0A%0A{there}"' in asked.text
    await switch(world, made, "share", "none")
    page = await browser.get("/s/mairie")
    assert "facebook" not in page.text and "#share-title" not in page.text


async def test_pictures_may_have_a_host_of_their_own(
    sqlite_store: SqliteStore, tmp_path: Path
) -> None:
    media = "https://media.example.org"
    world = World(sqlite_store, tmp_path, public_url=BASE, web=Web(media_url=media))
    await world.start()
    made = await channel(world)
    face = api.InputChatUploadedPhoto(file=await upload(made.owner, picture(640, 640), "a.jpg"))
    await made.owner.call(api.channels.EditPhoto(channel=made.input, photo=face))
    photo = api.InputMediaUploadedPhoto(file=await upload(made.owner, picture(800, 600)))
    post = await made.show(photo, "A picture #tag")
    browser = reader(world)
    for path in ("/s/mairie", f"/mairie/{post}", "/", f"/mairie/{post}?embed=1"):
        page = await browser.get(path)
        policy = page.headers["content-security-policy"]
        assert f"img-src 'self' {media}; media-src 'self' {media};" in policy
        assert "script-src 'self';" in policy
        sources = re.findall(r'src="([^"]+)"', page.text)
        files = [one for one in sources if "/m/" in one]
        assert files and all(one.startswith(media) for one in files)
    feed = (await browser.get("/s/mairie/feed.atom")).text
    assert f'href="{media}/m/mairie/{post}/' in feed and f"{BASE}/m/" not in feed
    assert f'content="{media}/m/mairie/{post}/' in (await browser.get(f"/mairie/{post}")).text
    assert (await browser.get(f"{media}/m/mairie/{post}/x")).status == 200
    for path in ("/", "/s/mairie", f"/mairie/{post}", "/signaler", "/static/page.css"):
        assert (await browser.get(media + path)).status == 404
    await world.settle()
