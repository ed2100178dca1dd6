"""Whatever people write, pages, feeds, cards and sitemaps of a channel stay whole and harmless."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from lxml import html as lxml_html
from PIL import Image

from petitbleu.store.sqlite import SqliteStore
from petitbleu.tl import api
from petitbleu.web.public import card_worker, links
from petitbleu.web.public.characters import clean
from petitbleu.web.public.links import leads_elsewhere, target
from tests.domain.files.media.shots import document_input, picture, upload
from tests.domain.messaging.polls.test_polls import poll
from tests.kit.web import Answer, Browser
from tests.kit.world import RpcFault, World, running
from tests.web import hostile, rules
from tests.web.public import Channel, channel, reader
from tests.web.test_public_feeds import CHECKS, FORMS, told
from tests.web.test_public_machines import BASE

ACTIVE = {"object", "embed", "applet", "base", "form", "frame", "math"}
SCRIPTS = {"/static/public.js"}


@pytest.fixture
async def world(sqlite_store: SqliteStore, tmp_path: Path) -> Any:
    """An instance with an address."""
    async with running(World(sqlite_store, tmp_path, public_url=BASE, name="Chez nous")) as made:
        yield made


def harmless(page: Answer) -> Any:
    """Read a page as a browser would, and find nothing in it that runs, loads or turns."""
    assert page.status == 200
    root = lxml_html.document_fromstring(page.body, parser=lxml_html.HTMLParser(encoding="utf-8"))
    for one in root.iter():
        if not isinstance(one.tag, str):
            raise AssertionError("a comment or an instruction")
        assert not [name for name in one.attrib if name.startswith("on") or name == "style"]
        for name in ("href", "src", "action", "poster", "data"):
            link = one.get(name)
            if link is None:
                continue
            assert urlsplit(link).scheme in ("", "http", "https", "mailto", "tg"), link
            if name != "href":
                assert link.startswith("/") and not link.startswith("//"), link
            assert "@" not in urlsplit(link).netloc
    for one in root.iter("script"):
        loaded = one.get("src") in SCRIPTS
        assert loaded or (one.get("type") == "application/ld+json" and json.loads(one.text))
    forms = [one for one in root.iter("form") if one.get("role") != "search"]
    assert not forms and len(root.findall(".//main")) == 1 == len(root.findall(".//h1"))
    assert not [one for one in root.iter() if one.tag in ACTIVE - {"form"}]
    assert not root.xpath("//img[@onerror or @src='x']|//style")
    # The site's own marks, beside its links, are one path each.
    assert not root.xpath("//svg[not(@class = 'icon' and count(.//*) = 1 and path)]")
    assert not root.xpath("//article//*[@dir = 'auto']//svg")
    text = page.text
    assert clean(text.replace("\n", "")) == text.replace("\n", ""), "characters that turn or pile"
    assert "set-cookie" not in page.headers
    return root


async def machines(browser: Browser) -> None:
    """Everything for machines is well-formed, keeps its rules and agrees."""
    found = {}
    for form in FORMS:
        answer = await browser.get(f"/s/mairie/feed.{form}")
        assert answer.status == 200
        assert CHECKS[form](answer.body) == [], form
        found[form] = told(answer.body, form)
    assert found["atom"] == found["rss"] == found["json"]
    for one in found["json"]:
        inside = lxml_html.fromstring(f"<div>{one['html']}</div>")
        assert not inside.xpath("//script|//style|//svg|//iframe|//*[@onerror]")
    for path in ("/sitemap.xml", "/s/mairie/sitemap.xml", "/news-sitemap.xml"):
        answer = await browser.get(path)
        assert rules.schema_problems(answer.body, "sitemap.xsd") == []


async def say(made: Channel, text: str, **more: Any) -> int:
    """Publish a text, unless the door for messages refuses it already."""
    try:
        return await made.say(text, **more)
    except RpcFault as fault:
        assert fault.message in ("MESSAGE_EMPTY", "MESSAGE_TOO_LONG", "ENTITY_BOUNDS_INVALID")
        return 0


async def test_any_text_of_a_post_is_only_text(world: World) -> None:
    made = await channel(world)
    browser = reader(world)
    posts = {sort: await say(made, text) for sort, text in hostile.TEXTS.items()}
    for sort, id in posts.items():
        assert id, sort
        harmless(await browser.get(f"/mairie/{id}"))
        frame = await browser.get(f"/mairie/{id}?embed=1")
        assert frame.status == 200 and "<script" not in frame.text.replace("&lt;script", "")
        for form in ("json", "xml"):
            answer = await browser.get(f"/oembed?url={BASE}/mairie/{id}&format={form}")
            if form == "xml":
                given = {one.tag: one.text for one in rules.xml(answer.body)}
            else:
                given = json.loads(answer.body)
            assert rules.oembed_problems(given) == []
            (inside,) = lxml_html.fragments_fromstring(given["html"])
            assert inside.tag == "iframe" and inside.get("src") == f"{BASE}/mairie/{id}?embed=1"
    for path in ("/s/mairie", "/?q=x", "/mairie?q=script", "/s/mairie/tag/x", "/tag/x"):
        harmless(await browser.get(path))
    await machines(browser)


async def test_a_word_that_is_looked_for_is_only_text(world: World) -> None:
    await channel(world)
    browser = reader(world)
    for text in hostile.NAMES.values():
        word = quote(text.replace("\n", " "))
        for path in (f"/s/mairie?q={word}", f"/?q={word}"):
            harmless(await browser.get(path))
        browser.ip = f"198.51.{len(text)}.1"


async def test_any_title_and_description_are_only_text(world: World) -> None:
    made = await channel(world)
    post = await made.say("fine")
    browser = reader(world)
    for text in hostile.NAMES.values():
        await made.owner.call(api.channels.EditTitle(channel=made.input, title=text[:128]))
        about = api.messages.EditChatAbout(peer=made.input_peer, about=text[:250])
        await made.owner.call(about)
        for path in ("/s/mairie", f"/mairie/{post}", "/"):
            harmless(await browser.get(path))
        missing = await browser.get("/mairie/9999")
        assert missing.status == 404 and "<script>" not in missing.text
        await machines(browser)


async def test_any_name_of_a_file_is_only_a_name(world: World) -> None:
    made = await channel(world)
    browser = reader(world)
    for text in hostile.NAMES.values():
        name = api.DocumentAttributeFilename(file_name=text)
        song = api.DocumentAttributeAudio(duration=3, title=text, performer=text)
        for mime, more in (("application/x-msdownload", ()), ("audio/mpeg", (song,))):
            file = await upload(made.owner, b"MZ<html>")
            post = await made.show(document_input(file, mime, name, *more))
            harmless(await browser.get(f"/mairie/{post}"))
            answer = await browser.get(f"/m/mairie/{post}/o")
            assert answer.status == 200 and "set-cookie" not in answer.headers
            assert "sandbox" in answer.headers["content-security-policy"]
            assert mime == "audio/mpeg" or re.fullmatch(
                r"attachment; filename\*=UTF-8''[A-Za-z0-9._~%-]+",
                answer.headers["content-disposition"],
            )
    await machines(browser)


async def test_any_answer_of_a_poll_is_only_text(world: World) -> None:
    made = await channel(world)
    browser = reader(world)
    for text in hostile.NAMES.values():
        asked = poll(text[:100] + "1", text[:100] + "2", question=text[:200])
        post = await made.show(api.InputMediaPoll(poll=asked), "")
        harmless(await browser.get(f"/mairie/{post}"))
    await machines(browser)


FORMS_OF_TEXT = (
    api.MessageEntityBold,
    api.MessageEntitySpoiler,
    api.MessageEntityBlockquote,
    api.MessageEntityCode,
    api.MessageEntityItalic,
    api.MessageEntityUrl,
    api.MessageEntityHashtag,
    api.MessageEntityMention,
)


async def test_entities_may_lie_anywhere(world: World) -> None:
    made = await channel(world)
    browser = reader(world)
    text = "abcdefg \U0001f4a5b <i> #t\U0001f4a5g @mairie https://x.example/\U0001f4a5 c" * 3
    units = len(text.encode("utf-16-le")) // 2
    deep = [form(offset=n % 7, length=units - n) for n in range(48) for form in FORMS_OF_TEXT]
    halves = [api.MessageEntityBold(offset=9, length=3), api.MessageEntityCode(offset=0, length=9)]
    outside = [
        api.MessageEntityBold(offset=offset, length=length)
        for offset, length in ((-5, 10), (units, 5), (units - 1, 1 << 30), (1 << 30, 1), (3, -2))
    ]
    evil = [
        api.MessageEntityTextUrl(offset=0, length=5, url=url)
        for url in ("javascript:alert(1)", "data:text/html,x", "https://u:p@x.example", "//x", "")
    ]
    for entities in (deep[:100], evil, deep[:90] + evil):
        harmless(await browser.get(f"/mairie/{await made.say(text, entities=entities)}"))
    for one in halves + outside:
        assert await say(made, text, entities=[one]) == 0, "refused at the door"
    await machines(browser)


async def test_broken_pictures_are_refused_or_harmless(world: World) -> None:
    made = await channel(world)
    browser = reader(world)
    whole = picture(300, 200)
    broken = [b"", b"GIF89a", whole[:200], whole[:-50], b"<svg onload=alert(1)>", b"\xff\xd8" * 99]
    for data in broken:
        file = await upload(made.owner, data, "x.jpg")
        for media in (
            api.InputMediaUploadedPhoto(file=file),
            document_input(file, "image/jpeg", api.DocumentAttributeImageSize(w=1 << 30, h=1)),
        ):
            try:
                post = await made.show(media)
            except RpcFault as fault:
                assert fault.code == 400
                continue
            harmless(await browser.get(f"/mairie/{post}"))
            for label in ("o", "x", "m"):
                answer = await browser.get(f"/m/mairie/{post}/{label}")
                assert answer.status in (200, 404)
    harmless(await browser.get("/s/mairie"))
    await machines(browser)


@pytest.mark.turns(4)
@pytest.mark.parametrize("sort", hostile.TEXTS)
def test_a_card_is_painted_of_any_text(sort: str) -> None:
    text = hostile.TEXTS[sort]
    made = card_worker.handle({"title": text, "channel": text, "site": text})
    with Image.open(io.BytesIO(made["png"])) as image:
        assert image.size == (card_worker.WIDTH, card_worker.HEIGHT)


def test_a_card_has_no_gaps_where_the_font_lacks_letters() -> None:
    def card(title: str, channel: str = "Mairie") -> bytes:
        made = card_worker.handle({"title": title, "channel": channel, "site": "x"})
        return bytes(made["png"])

    assert card("Fête \U0001f389 日本語 au parc") == card("Fête au parc")
    assert card("日本語") == card("Mairie") == card("\U0001f389")


@pytest.mark.parametrize(
    ("url", "words", "host"),
    [
        ("https://evil.example/", "https://bank.example", "evil.example"),
        ("https://evil.example/", "bank.example/login", "evil.example"),
        ("https://bank.example/a", "www.bank.example", ""),
        ("https://bank.example/a", "our bank", ""),
        ("https://\u0430\u0440\u0440\u04cf\u0435.com/", "a link", "xn--80ak6aa92e.com"),
        ("https://p\u0430ypal.com/", "p\u0430ypal.com", "xn--pypal-4ve.com"),
        ("https://\u00e9cole.example/", "\u00e9cole.example", ""),
        ("https://\u0440\u043e\u0441\u0441\u0438\u044f.\u0440\u0444/", "a", ""),
    ],
)
def test_a_link_that_leads_elsewhere_says_where(url: str, words: str, host: str) -> None:
    address = target(url)
    assert address is not None and address.isascii()
    assert leads_elsewhere(address, words) == host


@pytest.mark.parametrize(
    "url",
    [
        "https://www.bank.example@evil.example/",
        "https://user:pass@evil.example/",
        "https://%65vil.example/",
        "https://" + "\u0430" * 70 + ".com/",
        "https://x.example/" + "a" * links.MAX_URL_CHARACTERS,
    ],
)
def test_addresses_that_hide_their_host_are_no_links(url: str) -> None:
    assert target(url) is None


def test_marks_are_piled_as_high_as_languages_do() -> None:
    assert clean("Z" + "\u0315" * 99 + "a") == "Z" + "\u0315" * 3 + "a"
    for word in ("Vi\u1ec7t e\u0302\u0323", "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd", "ก็ที่นี่"):
        assert clean(word) == word
