"""A channel as a newspaper: its header on each page, sections, masthead page, logo and colours."""

from __future__ import annotations

import json
import re

import pytest
from lxml.html import document_fromstring

from petitbleu.domain.publishing.pages import service
from petitbleu.tl import api
from tests.domain.files.media.shots import picture, upload
from tests.kit import chats
from tests.kit.web import Answer
from tests.kit.world import World
from tests.web.public import Channel, channel, reader
from tests.web.test_public import decide
from tests.web.test_public_valid import faults

ARTICLE = "Le port rouvre\n\nDeux ans de travaux s’achèvent samedi. #port"


async def newspaper(world: World, name: str = "mairie", title: str = "Mairie") -> Channel:
    """A channel with everything set."""
    made = await channel(world, name, title)
    for part, value in (
        ("name", "La Gazette du Port"),
        ("background", "#fff1e5"),
        ("accent", "#990f3d"),
        ("sections", "Le port #Port\nCulture #culture"),
        ("about", "Un journal local.\nDepuis 1998.\n\nFait à la main."),
        ("imprint", "1, rue du Port\nResponsable : Zoé Martin"),
    ):
        await service.set_identity(world.app, made.peer, part, value)
    file = await upload(made.owner, picture(640, 320, "PNG"))
    await made.owner.call(api.petitbleu.SetLogo(channel=made.input, file=file))
    return made


def header(page: Answer) -> str:
    found = re.search(r"<header.*?</header>", page.text, re.DOTALL)
    assert found is not None
    return found[0]


async def test_each_page_has_the_newspapers_header_and_we_are_in_the_footer(world: World) -> None:
    made = await newspaper(world)
    post = await made.say(ARTICLE)
    gone = await made.say("Ceci part")
    await made.delete(gone)
    held = await made.say("Ceci est retenu")
    await decide(world, made, "withhold", held)
    browser = reader(world, language="fr")
    paths = {
        "/s/mairie": 200, "/s/mairie?q=port": 200, "/s/mairie/tag/port": 200,
        "/s/mairie/section/port": 200, "/s/mairie/about": 200, f"/mairie/{post}": 200,
        "/mairie/99999": 404, f"/mairie/{gone}": 410, f"/mairie/{held}": 451,
        f"/mairie/{post}?embed=1": 200,
    }  # fmt: skip
    for path, status in paths.items():
        page = await browser.get(path)
        assert page.status == status, path
        policy = page.headers["content-security-policy"]
        assert "--accent:#990f3d" in page.text and "sha256-" in policy, path
        if "embed" in path:
            continue
        shown = header(page)
        assert "La Gazette du Port" in shown and "/m/mairie/logo/" in shown, path
        assert 'href="/s/mairie/section/port"' in shown and ">Le port<" in shown, path
        assert "Petitbleu" not in shown, path
        footer = page.text.partition("<footer>")[2]
        assert "petitbleu" in footer and "/s/mairie/about#imprint" in footer, path
        assert re.search(r'<link rel="icon" href="/m/mairie/logo/\w+"', page.text), path


async def test_a_channel_without_any_looks_as_before_under_its_own_name(world: World) -> None:
    made = await channel(world)
    post = await made.say(ARTICLE)
    for path in ("/s/mairie", f"/mairie/{post}"):
        page = await reader(world).get(path)
        assert "Mairie" in header(page) and "<style>" not in page.text, path
        assert "sha256" not in page.headers["content-security-policy"]
        assert "/static/icon.svg" in page.text
    assert (await reader(world).get("/s/mairie/about")).status == 404
    assert (await reader(world).get("/s/mairie/section/port")).status == 404


async def test_a_section_shows_headlines_of_its_hashtag_alone(world: World) -> None:
    made = await newspaper(world)
    first = await made.say(ARTICLE)
    await made.say("Autre chose\n\nRien à voir. #culture")
    photo = await upload(made.owner, picture(900, 600))
    await made.show(api.InputMediaUploadedPhoto(file=photo), "La jetée\n\nVue du ciel. #port")
    held = await made.say("Secret\n\nRetenu ici. #port")
    await decide(world, made, "withhold", held)
    page = await reader(world).get("/s/mairie/section/port")
    assert re.findall(r"<h1[^>]*><bdi>([^<]*)", page.text) == ["Le port"]
    heads = re.findall(r'<h2 id="line-\d+"[^>]*><a href="[^"]*">([^<]*)', page.text)
    assert "Le port rouvre" in heads and "La jetée" in heads and "Autre chose" not in heads
    assert "Secret" not in page.text and "Retenu ici" not in page.text
    assert f'href="/mairie/{first}"' in page.text
    assert 'aria-current="page"' in header(page)
    assert (await reader(world).get("/s/mairie/section/PORT")).status == 200
    assert (await reader(world).get("/s/mairie/section/other")).status == 404
    await service.set_identity(world.app, made.peer, "sections", "")
    assert (await reader(world).get("/s/mairie/section/port")).status == 404


async def test_the_masthead_page_is_text_and_nothing_else(world: World) -> None:
    made = await newspaper(world)
    text = "<script>alert(1)</script> & {{ 7 * 7 }}\n\nDeuxième paragraphe"
    await service.set_identity(world.app, made.peer, "about", text)
    page = await reader(world, language="fr").get("/s/mairie/about")
    assert "<script>alert" not in page.text and "{{ 7 * 7 }}" in page.words
    assert page.text.count('<p class="told"') == 2
    assert "1, rue du Port<br>Responsable" in page.text and 'id="imprint"' in page.text


async def test_machines_are_told_the_name_and_the_logo(world: World) -> None:
    made = await newspaper(world)
    post = await made.say(ARTICLE)
    page = await reader(world).get(f"/mairie/{post}")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)
    assert found is not None
    publisher = json.loads(found[1])["publisher"]
    assert publisher["name"] == "La Gazette du Port" and "/m/mairie/logo/" in publisher["logo"]
    assert '<meta property="og:site_name" content="La Gazette du Port">' in page.text
    for form in ("atom", "rss", "json"):
        feed = await reader(world).get(f"/s/mairie/feed.{form}")
        assert "La Gazette du Port" in feed.text and "/m/mairie/logo/" in feed.text, form


async def test_what_changes_shows_at_once_in_kept_pages_too(world: World) -> None:
    made = await newspaper(world)
    post = await made.say(ARTICLE)
    browser = reader(world)
    for path in ("/s/mairie", f"/mairie/{post}", "/s/mairie/feed.atom"):
        for name in ("Le Phare", "La Vigie"):
            await service.set_identity(world.app, made.peer, "name", name)
            for _ in range(3):
                assert name in (await browser.get(path)).text, path
    before = (await browser.get("/s/mairie")).headers["etag"]
    await service.set_identity(world.app, made.peer, "accent", "#00529b")
    browser.headers = {"if-none-match": before}
    page = await browser.get("/s/mairie")
    assert page.status == 200 and "#00529b" in page.text


@pytest.mark.parametrize("countries", ["", "FR"])
async def test_a_withheld_channel_shows_nothing_of_it(world: World, countries: str) -> None:
    made = await newspaper(world)
    post = await made.say(ARTICLE)
    logo = (await made.owner.call(api.petitbleu.GetIdentity(channel=made.input))).logo
    assert (await reader(world).get(logo)).status == 200
    await decide(world, made, "withhold", **({"countries": (countries,)} if countries else {}))
    for path in ("/s/mairie", "/s/mairie/about", "/s/mairie/section/port", f"/mairie/{post}",
                 "/s/mairie/feed.atom", "/mairie/99999", "/s/mairie?before=x", logo):  # fmt: skip
        page = await reader(world).get(path)
        assert page.status in (451, 404), path
        for secret in ("La Gazette", "/logo/", "990f3d", "Fait à la main", "rue du Port"):
            assert path == logo or secret not in page.text, (path, secret)


async def test_its_pages_are_valid(world: World) -> None:
    made = await newspaper(world)
    post = await made.say(ARTICLE)
    for _ in range(21):
        await made.say(ARTICLE)
    for path in ("/s/mairie", "/s/mairie/section/port", f"/s/mairie/section/port?before={post + 5}",
                 "/s/mairie/section/culture", "/s/mairie/about", f"/mairie/{post}",
                 "/s/mairie/tag/port", "/mairie/99999", "/s/mairie?q=port"):  # fmt: skip
        page = await reader(world).get(path)
        assert faults(page.text) == [], path


async def test_names_of_strangers_do_no_harm(world: World) -> None:
    made = await channel(world)
    name = '"><script>alert(1)</script>\u202e</title>'
    await service.set_identity(world.app, made.peer, "name", name)
    await service.set_identity(world.app, made.peer, "sections", '"><b>x</b> #tag')
    await made.say("Un texte")
    page = await reader(world).get("/s/mairie")
    assert "<script>alert" not in page.text and "<b>x" not in page.text
    assert "\u202e" not in page.text


async def test_a_preview_looks_as_the_page_will(world: World) -> None:
    made = await newspaper(world)
    await made.say(ARTICLE)
    await service.set_shown(world.app, made.peer, False)
    assert (await reader(world).get("/s/mairie")).status == 404
    found = await made.owner.call(
        api.petitbleu.GetPage(channel=chats.input_channel(made.owner, made.number))
    )
    page = await reader(world).get(found.preview)
    assert page.status == 200 and "La Gazette du Port" in header(page)


# ── the front page ──────────────────────────────────────────────────────────────────────────────


async def story(made: Channel, head: str, *, picture_of: int = 0) -> int:
    """Publish an article: a bold headline, a text, and perhaps a picture."""
    text, bold = (
        f"{head}\n\nCe qui s’est passé. #port",
        [api.MessageEntityBold(offset=0, length=len(head))],
    )
    if not picture_of:
        return await made.say(text, entities=bold)
    photo = api.InputMediaUploadedPhoto(file=await upload(made.owner, picture(900, picture_of)))
    said = await chats.shown(made.owner, made.input_peer, photo, text, entities=bold)
    return int(said.id)


async def front(world: World, path: str = "/s/mairie") -> dict[str, list[str]]:
    """Headlines of the front page by where they stand, and what is in brief."""
    tree = document_fromstring((await reader(world, language="fr").get(path)).text)
    return {
        "lead": tree.xpath("//article[contains(@class,'lead')]//h2/a/text()"),
        "stories": tree.xpath("//article[@class='story' or @class='story pictured']//h2/a/text()"),
        "briefs": tree.xpath("//div[@class='rail']/section/article/@id"),
        "kickers": tree.xpath("//p[@class='kicker']/a/@href"),
        "days": tree.xpath("//h2[@class='day']/text()"),
    }


async def test_a_newspapers_front_page_has_a_lead_stories_and_briefs(world: World) -> None:
    made = await newspaper(world)
    first = await story(made, "Le premier")
    assert (await front(world))["lead"] == [], "one article makes no front page"
    await story(made, "Avec image", picture_of=601)
    brief = await made.say("Demain, pluie.")
    await story(made, "Le dernier")
    held = await story(made, "Ceci est secret", picture_of=602)
    seen = await front(world)
    assert seen["lead"] == ["Ceci est secret"], "the newest with a picture leads"
    await decide(world, made, "withhold", held)
    seen = await front(world)
    assert (seen["lead"], seen["stories"]) == (["Avec image"], ["Le dernier", "Le premier"])
    assert seen["briefs"] == [f"p{held}", f"p{brief}"] and seen["days"] == []
    assert seen["kickers"] == ["/s/mairie/section/port"] * 3
    page = await reader(world).get("/s/mairie")
    assert "secret" not in page.text and faults(page.text) == []
    pin = api.messages.UpdatePinnedMessage(peer=made.input_peer, id=first, silent=True)
    await made.owner.call(pin)
    seen = await front(world)
    assert (seen["lead"], seen["stories"]) == (["Le premier"], ["Le dernier", "Avec image"])
    assert 'class="pinned"' not in (await reader(world).get("/s/mairie")).text
    for other in (f"/s/mairie?before={held}", "/s/mairie?q=image", "/s/mairie/tag/port"):
        assert (await front(world, other))["lead"] == [], other
    article = await reader(world).get(f"/mairie/{first}")
    assert 'aria-current="true"' in header(article) and 'class="kicker"' in article.text


async def test_a_channel_that_is_no_newspaper_keeps_its_posts_in_a_row(world: World) -> None:
    made = await channel(world)
    for head in ("Un", "Deux", "Trois"):
        await story(made, f"Article {head}")
    seen = await front(world)
    assert seen["lead"] == seen["kickers"] == [] and len(seen["days"]) == 1


async def test_related_articles_have_their_pictures(world: World) -> None:
    made = await newspaper(world)
    article = await story(made, "Le port rouvre")
    shown = await story(made, "Avec image", picture_of=601)
    photo = api.InputMediaUploadedPhoto(
        file=await upload(made.owner, picture(900, 604)), spoiler=True
    )
    hidden = int((await chats.shown(made.owner, made.input_peer, photo, "Cachée. #port")).id)
    held = await story(made, "Retenue", picture_of=602)

    async def pictured() -> dict[str, list[str]]:
        tree = document_fromstring((await reader(world).get(f"/mairie/{article}")).text)
        rows = tree.xpath("//section[@class='related']//li")
        return {row.xpath(".//a/@href")[0]: row.xpath(".//img/@src") for row in rows}

    seen = await pictured()
    assert set(seen) == {f"/mairie/{one}" for one in (shown, hidden, held)}
    assert seen[f"/mairie/{hidden}"] == [], "what its post covers is covered"
    (address,) = seen[f"/mairie/{shown}"]
    assert address.startswith(f"/m/mairie/{shown}/") and seen[f"/mairie/{held}"]
    page = (await reader(world).get(f"/mairie/{article}")).text
    assert faults(page) == [] and page.count('loading="lazy"') == 2
    await decide(world, made, "withhold", held)
    assert f"/m/mairie/{held}/" not in (await reader(world).get(f"/mairie/{article}")).text


async def test_the_lead_is_introduced_by_a_whole_paragraph(world: World) -> None:
    made = await newspaper(world)
    await story(made, "Le premier")
    lede = "Les quais, fermés depuis l’an dernier, rouvrent samedi. " * 4
    text = f"Le port rouvre\n\n{lede}\n\nLa suite est longue. #port"
    bold = [api.MessageEntityBold(offset=0, length=len("Le port rouvre"))]
    post = await made.say(text, entities=bold)
    browser = reader(world)
    tree = document_fromstring((await browser.get("/s/mairie")).text)
    (said,) = tree.xpath("//article[contains(@class,'lead')]//p[@class='standfirst']/text()")
    assert said == lede.strip()
    page = (await browser.get(f"/mairie/{post}")).text
    (told,) = document_fromstring(page).xpath("//meta[@name='description']/@content")
    assert len(told) <= 160, "search engines get what they have room for"
