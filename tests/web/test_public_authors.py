"""Bylines, corrections, earlier versions and reading time, as readers and machines have them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from lxml import html

from petitbleu.domain.publishing.pages import service
from petitbleu.domain.publishing.pages.versions import GRACE
from petitbleu.domain.registration.deletion import service as deletion
from petitbleu.domain.safety.moderation import measures
from petitbleu.tl import api
from petitbleu.web.public import diffs, reading
from petitbleu.web.public.texts import Writer
from tests.domain.files.media.shots import picture, upload
from tests.domain.publishing.pages.test_articles import agreeing, newspaper, rename, sign
from tests.domain.publishing.pages.test_commands import promote
from tests.kit import chats
from tests.kit.servicechat import ask
from tests.kit.world import Client, World
from tests.web import newsroom as press
from tests.web.public import Channel, channel, reader
from tests.web.rules import atom_problems, json_feed_problems, rss_problems
from tests.web.test_public import decide
from tests.web.test_public_articles import linked, meta, read
from tests.web.test_public_coding import UNPACK, asked

ATOM, DC = "{http://www.w3.org/2005/Atom}", "{http://purl.org/dc/elements/1.1/}"
PAGE = "/s/mairie/author/lea-martin"


async def signed(here: Channel, client: Client, text: str) -> int:
    """Publish as somebody else of the channel."""
    peer = chats.input_peer(client, here.number)
    return int((await chats.said(client, peer, text)).id)


async def with_byline(world: World) -> tuple[Channel, Client, int]:
    here, lea = await newspaper(world)
    post = await signed(here, lea, press.ARTICLE)
    await lea.call(agreeing(here, lea, shown=True, about=True, photo=True))
    return here, lea, post


def bylines(page: Any) -> list[tuple[str, str]]:
    return [(one.text_content(), one.get("href")) for one in page.xpath("//a[@rel='author']")]


async def test_a_signature_alone_is_text_and_an_agreement_makes_it_a_byline(world: World) -> None:
    here, lea = await newspaper(world)
    post = await signed(here, lea, press.ARTICLE)
    browser = reader(world)
    page = await read(browser, f"/mairie/{post}")
    assert bylines(page) == [] and "Léa Martin" in page.text_content()
    assert linked(page)["author"] == {"@type": "Person", "name": "Léa Martin"}
    assert (await browser.get(PAGE)).status == 404
    await lea.call(agreeing(here, lea, shown=True))
    page = await read(browser, f"/mairie/{post}")
    assert bylines(page) == [("Léa Martin", PAGE)]
    url = page.xpath("string(//link[@rel='canonical']/@href)").replace(f"/mairie/{post}", PAGE)
    assert linked(page)["author"] == {
        "@type": "Person", "@id": url, "name": "Léa Martin", "url": url,
    }  # fmt: skip
    assert meta(page, "article:author") == url and meta(page, "author") == "Léa Martin"
    for path in ("/s/mairie", "/s/mairie/tag/port", "/tag/port", "/?q=port"):
        assert bylines(await read(browser, path)) == [("Léa Martin", PAGE)], path
    feed = await browser.get("/s/mairie/feed.atom")
    assert atom_problems(feed.body) == []
    entry = ET.fromstring(feed.body).find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Léa Martin"
    assert entry.findtext(f"{ATOM}author/{ATOM}uri") == url
    feed = await browser.get("/s/mairie/feed.rss")
    assert rss_problems(feed.body) == []
    assert ET.fromstring(feed.body).findtext(f"channel/item/{DC}creator") == "Léa Martin"
    feed = await browser.get("/s/mairie/feed.json")
    assert json_feed_problems(feed.body) == []
    assert json.loads(feed.text)["items"][0]["authors"] == [{"name": "Léa Martin", "url": url}]
    assert str(lea.user_id) not in (await browser.get(f"/mairie/{post}")).text


@pytest.mark.parametrize("language", ["en", "fr", "de"])
async def test_the_page_of_an_author(world: World, language: str) -> None:
    here, lea, post = await with_byline(world)
    await lea.call(api.account.UpdateProfile(about="Le port, ses gens & <leurs> bateaux."))
    file = await upload(lea, picture(600, 600))
    await lea.call(api.photos.UploadProfilePhoto(file=file))
    for n in range(25):
        await signed(here, lea, f"Brève {n}.")
    await here.say("Zoé a écrit ceci.")
    forwarded = await here.say("Zoé encore.")
    await lea.call(
        api.messages.ForwardMessages(
            from_peer=chats.input_peer(lea, here.number), id=[forwarded], random_id=[987654321987],
            to_peer=chats.input_peer(lea, here.number),
        )
    )  # fmt: skip
    await sign(here, False)
    await signed(here, lea, "Sans signature.")
    browser = reader(world, language=language)
    page = await read(browser, PAGE)
    assert page.xpath("string(//h1)") == "Léa Martin"
    assert "Le port, ses gens & <leurs> bateaux." in page.text_content()
    assert len(page.xpath("//article")) == 20
    for text in ("Zoé a écrit", "Zoé encore", "Sans signature"):
        assert text not in page.text_content(), text
    (older,) = page.xpath("//a[@rel='next']/@href")
    page2 = await read(browser, older)
    assert len(page2.xpath("//article")) == 6
    assert page2.xpath(f"//article//a[@href='/mairie/{post}']") and not page2.xpath(
        "//a[@rel='next']"
    )
    data = linked(page)
    assert data["@type"] == "ProfilePage" and data["mainEntity"]["name"] == "Léa Martin"
    assert data["mainEntity"]["url"] == data["url"] == data["mainEntity"]["@id"]
    (face,) = page.xpath("//main//img[@class='avatar']/@src")
    assert (await browser.get(face)).headers["content-type"] == "image/jpeg"
    assert data["mainEntity"]["image"].rpartition("/")[0].endswith("/m/mairie/author/lea-martin")
    await lea.call(agreeing(here, lea, shown=True))
    plain = await read(browser, PAGE)
    assert not plain.xpath("//main//img[@class='avatar']") and "bateaux" not in plain.text_content()
    assert (await browser.get(face)).status == 404


async def _withdrawn(world: World, here: Channel, lea: Client) -> None:
    await lea.call(agreeing(here, lea))


async def _deleted(world: World, here: Channel, lea: Client) -> None:
    await deletion.delete(world.app, lea.user_id)


async def _suspended(world: World, here: Channel, lea: Client) -> None:
    order = measures.Order("s1", "suspend", "operator", "a reason", subject=lea.user_id)
    await measures.apply(world.app, order)


async def _name_taken(world: World, here: Channel, lea: Client) -> None:
    order = measures.Order(
        "s2", "remove", "operator", "a reason", subject=lea.user_id, label="name"
    )
    await measures.apply(world.app, order)


async def _renamed(world: World, here: Channel, lea: Client) -> None:
    await rename(lea, "Lucie", "Martin")


async def _ended_by_the_owner(world: World, here: Channel, lea: Client) -> None:
    await ask(here.owner, "author @mairie off lea-martin")


@pytest.mark.parametrize(
    "end", [_withdrawn, _ended_by_the_owner, _deleted, _suspended, _name_taken, _renamed]
)
async def test_an_agreement_that_ends_is_out_of_every_kept_form_at_once(
    world: World, end: Callable[[World, Channel, Client], Awaitable[None]]
) -> None:
    here, lea, post = await with_byline(world)
    browser = reader(world)
    pages = (f"/mairie/{post}", f"/mairie/{post}?embed=1", "/s/mairie", "/s/mairie/tag/port",
             "/tag/port", "/?q=port", "/s/mairie/feed.atom", "/s/mairie/feed.rss",
             "/s/mairie/feed.json", "/s/mairie/2027/01")  # fmt: skip
    for path in (*pages, PAGE):
        for form in UNPACK:
            for _ in range(2):  # the second one from memory
                answer = await asked(browser, path, form)
                text = UNPACK[answer.headers.get("content-encoding", "")](answer.body)
                assert answer.status == 200, path
                assert b"/author/lea-martin" in text or path.endswith(
                    ("feed.rss", "/2027/01")
                )  # headlines alone, path
    tags = {path: (await asked(browser, path, "br")).headers["etag"] for path in (*pages, PAGE)}
    await end(world, here, lea)
    for path in pages:
        for form in UNPACK:
            answer = await asked(browser, path, form)
            text = UNPACK[answer.headers.get("content-encoding", "")](answer.body)
            assert answer.status == 200 and b"/author/" not in text, (path, form)
            if not path.endswith(("feed.rss", "/2027/01")):
                assert (await asked(browser, path, "br", tags[path])).status == 200, path
    browser.headers = {}
    page = await read(browser, f"/mairie/{post}")
    assert linked(page)["author"] == {"@type": "Person", "name": "Léa Martin"}
    for form in UNPACK:
        gone = await asked(browser, PAGE, form, tags[PAGE])
        assert (gone.status, "Léa" in gone.text) == (410, False)
    assert (await browser.get("/m/mairie/author/lea-martin/a")).status == 404


async def test_a_byline_is_no_name_but_a_person(world: World) -> None:
    here, lea, post = await with_byline(world)
    bob = await world.sign_up("Bob")
    await promote(here, bob, post_messages=True)
    await rename(bob, "Léa", "Martin")
    forged = await signed(here, bob, "Je suis Léa.")
    browser = reader(world)
    assert bylines(await read(browser, f"/mairie/{forged}")) == []
    assert "Je suis Léa" not in (await read(browser, PAGE)).text_content()
    # What she signed as somebody else is not hers to readers either.
    await rename(lea, "Zoé", "Petit")
    other = await signed(here, lea, "Sous un autre nom.")
    await rename(lea, "Léa", "Martin")
    assert bylines(await read(browser, f"/mairie/{other}")) == []
    assert "Sous un autre nom" not in (await read(browser, PAGE)).text_content()
    assert bylines(await read(browser, f"/mairie/{post}")) == [("Léa Martin", PAGE)]


async def test_what_is_withheld_or_gone_is_not_on_an_authors_page(world: World) -> None:
    here, lea, post = await with_byline(world)
    other = await signed(here, lea, "Le secret du port.")
    browser = reader(world)
    assert "secret" in (await read(browser, PAGE)).text_content()
    await decide(world, here, "withhold", other)
    assert "secret" not in (await read(browser, PAGE)).text_content()
    await decide(world, here, "remove", post)
    page = await read(browser, PAGE)
    assert not page.xpath("//article")
    await decide(world, here, "withhold")
    assert (await browser.get(PAGE)).status == 451
    assert (await browser.get("/m/mairie/author/lea-martin/a")).status == 451


# ── updates and corrections ─────────────────────────────────────────────────────────────────────


async def test_a_slip_is_mended_in_silence_and_an_update_is_said_with_its_time(
    world: World,
) -> None:
    here = await channel(world)
    post = await here.say(press.ARTICLE)
    browser = reader(world, language="fr")
    begun = linked(await read(browser, f"/mairie/{post}"))
    world.clock.advance(GRACE - 1)
    await here.edit(post, press.ARTICLE.replace("quais", "quai"))
    page = await read(browser, f"/mairie/{post}")
    assert "Mis à jour" not in page.text_content()
    assert linked(page)["dateModified"] == begun["datePublished"]
    entry = ET.fromstring((await browser.get("/s/mairie/feed.atom")).body).find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}updated") != entry.findtext(f"{ATOM}published"), "refetched"
    world.clock.advance(1)
    await here.edit(post, press.ARTICLE)
    page = await read(browser, f"/mairie/{post}")
    (said,) = page.xpath("//li[starts-with(., 'Mis à jour le')]/time/@datetime")
    assert said == linked(page)["dateModified"] == meta(page, "article:modified_time")
    assert said > begun["datePublished"]
    assert (await read(browser, "/s/mairie")).xpath("//li[starts-with(., 'Mis à jour le')]/time")


async def test_corrections_stand_under_the_article_and_in_what_machines_read(world: World) -> None:
    here = await channel(world)
    post = await here.say(press.ARTICLE)
    world.clock.advance(86_400)
    text = "Le budget est de 17 millions & non <16>."
    await service.corrections.correct(world.app, here.peer, post, text, by=here.owner.user_id)
    browser = reader(world, language="fr")
    page = await read(browser, f"/mairie/{post}")
    (line,) = page.xpath("//section[@class='corrections']/p")
    assert line.text_content().startswith("Correction du ")
    assert line.text_content().endswith(text)
    (when,) = line.xpath(".//time/@datetime")
    data = linked(page)
    assert data["correction"] == [{"@type": "CorrectionComment", "text": text, "dateCreated": when}]
    assert data["dateModified"] == when
    feed = await browser.get("/s/mairie/feed.atom")
    entry = ET.fromstring(feed.body).find(f"{ATOM}entry")
    assert atom_problems(feed.body) == [] and entry is not None
    assert "&amp; non &lt;16&gt;." in str(entry.findtext(f"{ATOM}content"))
    assert entry.findtext(f"{ATOM}updated") != entry.findtext(f"{ATOM}published")
    for path in ("/s/mairie/sitemap-0.xml", "/sitemap.xml"):
        assert str(entry.findtext(f"{ATOM}updated")) in (await browser.get(path)).text, path
    await decide(world, here, "withhold", post)
    for path in (f"/mairie/{post}", "/s/mairie", "/s/mairie/feed.atom"):
        assert "17 millions &" not in html.fromstring((await browser.get(path)).body).text_content()


async def test_a_feed_tells_of_the_correction_of_an_old_post(world: World) -> None:
    here = await channel(world)
    post = await here.say("Le budget est de seize millions.")
    for n in range(22):
        await here.say(f"Brève {n}.")
    browser = reader(world)
    for path in ("/s/mairie/feed.atom", "/s/mairie/feed.rss", "/s/mairie/feed.json"):
        assert "seize" not in (await browser.get(path)).text, path
    text = "Le budget est de dix-sept millions."
    await service.corrections.correct(world.app, here.peer, post, text, by=here.owner.user_id)
    for path in ("/s/mairie/feed.atom", "/s/mairie/feed.rss", "/s/mairie/feed.json"):
        assert text in (await browser.get(path)).text, path
    await decide(world, here, "withhold", post)
    for path in ("/s/mairie/feed.atom", "/s/mairie/feed.rss", "/s/mairie/feed.json"):
        assert text not in (await browser.get(path)).text, path


# ── earlier versions ────────────────────────────────────────────────────────────────────────────


async def edited(world: World, here: Channel, *texts: str) -> int:
    """A post that said these, one after the other, each for an hour."""
    post = await here.say(texts[0])
    for text in texts[1:]:
        world.clock.advance(3600)
        await here.edit(post, text)
    return post


async def test_the_history_is_shown_where_the_owner_wants_it(world: World) -> None:
    here = await channel(world)
    browser = reader(world, language="fr")
    post = await edited(world, here, "Le budget est de seize millions.", "Encore un texte.")
    assert (await browser.get(f"/mairie/{post}/history")).status == 404
    await service.set_switch(world.app, here.peer, "history", "on")
    page = await read(browser, f"/mairie/{post}")
    assert not page.xpath("//a[contains(@href, '/history')]"), "nothing was kept"
    assert (
        "Il n’y a pas de version" in (await read(browser, f"/mairie/{post}/history")).text_content()
    )
    post = await edited(
        world, here, "Le budget est de seize millions.\n\nLa ville paie.",
        "Le budget est de dix-sept millions.\n\nLa ville paie.",
        "Le budget est de dix-sept millions.\n\nLa ville & la <région> paient.",
    )  # fmt: skip
    page = await read(browser, f"/mairie/{post}")
    (path,) = page.xpath("//article//a[contains(@href, '/history')]/@href")
    answer = await browser.get(path)
    assert answer.headers["x-robots-tag"] == "noindex"
    assert (await browser.get(path)).headers["x-robots-tag"] == "noindex", "from memory too"
    page = await read(browser, path)
    assert meta(page, "robots") == "noindex"
    changes = [one.text_content() for one in page.xpath("//section//del | //section//ins")]
    assert changes == [
        "[supprimé\u00a0: paie.]", "[ajouté\u00a0: & la <région> paient.]",
        "[supprimé\u00a0: seize]", "[ajouté\u00a0: dix-sept]",
    ]  # fmt: skip
    assert len(page.xpath("//section/h2/time")) == 2
    assert "/history" not in (await browser.get("/s/mairie/sitemap-0.xml")).text


async def test_captions_of_an_album_have_their_history(world: World) -> None:
    here = await channel(world)
    await service.set_switch(world.app, here.peer, "history", "on")
    post = await here.album(press.CAPTIONS)
    world.clock.advance(3600)
    await here.edit(post + 1, "Les arbres. Photo : Zoé Roux")
    page = await read(reader(world), f"/mairie/{post}/history")
    assert "Caption of picture 2" in page.xpath("string(//section/h2)")
    assert "[removed: " in page.text_content() and "Noé Roux" in page.text_content()


@pytest.mark.parametrize("kind", ["withhold", "remove", "label"])
async def test_what_a_decision_was_about_is_never_shown_again(world: World, kind: str) -> None:
    here = await channel(world)
    await service.set_switch(world.app, here.peer, "history", "on")
    post = await edited(world, here, "Une diffamation ancienne.", "Une diffamation nouvelle.")
    browser = reader(world)
    path = f"/mairie/{post}/history"
    assert "ancienne" in (await read(browser, path)).text_content()
    more = {"label": "sensitive"} if kind == "label" else {}
    number = await decide(world, here, kind, post, **more)
    answer = await browser.get(path)
    assert answer.status == {"withhold": 451, "remove": 410, "label": 200}[kind]
    assert "diffamation" not in answer.text
    world.clock.advance(3600)
    if kind != "remove":
        await here.edit(post, "Un texte rectifié, pendant la mesure.")
    await measures.lift(world.app, number, command="l1", actor="operator", reason="mended")
    world.clock.advance(3600)
    await here.edit(post, "Un texte rectifié, après la mesure.")
    world.clock.advance(3600)
    await here.edit(post, "Un texte rectifié, plus tard encore.")
    for form in UNPACK:
        answer = await asked(browser, path, form)
        text = UNPACK[answer.headers.get("content-encoding", "")](answer.body).decode()
        assert answer.status == 200
        assert "diffamation" not in text and "pendant" not in text, form
        assert "plus" in text and "après" in text


async def test_a_measure_on_the_channel_bars_all_that_stood_then(world: World) -> None:
    here = await channel(world)
    await service.set_switch(world.app, here.peer, "history", "on")
    post = await edited(world, here, "Avant la mesure.", "Pendant la mesure.")
    number = await decide(world, here, "withhold")
    browser = reader(world)
    assert (await browser.get(f"/mairie/{post}/history")).status == 451
    await measures.lift(world.app, number, command="l1", actor="operator", reason="over")
    page = await read(browser, f"/mairie/{post}/history")
    assert "Avant" not in page.text_content() and not page.xpath("//section[@class='change']")
    await here.delete(post)
    answer = await browser.get(f"/mairie/{post}/history")
    assert (answer.status, "mesure" in answer.text) == (410, False)


# ── reading time, differences ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "lang", "minutes"),
    [
        ("", "en", 1), ("word " * 228, "en", 1), ("word " * 228 * 4, "en", 4),
        ("mot " * 195 * 3, "fr", 3), ("l’eau d’aujourd’hui " * 390, "fr", 4),
        ("كلمة " * 138 * 5, "ar", 5), ("漢字" * 255, "zh", 2), ("かな" * 357, "ja", 2),
        ("word " * 184, "xx", 1), ("🙂 " * 5000, "en", 1), ("… — " * 5000, "en", 1),
    ],
)  # fmt: skip
def test_minutes_by_language(text: str, lang: str, minutes: int) -> None:
    assert reading.minutes(text, lang) == minutes


async def test_articles_say_how_long_they_take(world: World) -> None:
    here = await channel(world)
    post = await here.say(press.ARTICLE)
    short = await here.say("Demain, la météo.")
    browser = reader(world, language="fr")
    page = await read(browser, f"/mairie/{post}")
    words = reading.words(press.ARTICLE)
    shown = f"{round(words / 195)}\u00a0min de lecture"
    assert shown in page.xpath("//li/text()")
    data = linked(page)
    assert data["timeRequired"] == f"PT{round(words / 195)}M" and data["wordCount"] == words
    assert (await read(browser, "/s/mairie")).xpath("//li/text()").count(shown) == 1
    page = await read(browser, f"/mairie/{short}")
    assert "lecture" not in page.text_content() and "wordCount" not in linked(page)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("a b c", "a b c", "a b c"),
        ("a b", "a <b>", "a [removed: b][added: <b>]"),
        ("", "a", "[added: a]"), ("a", "", "[removed: a]"),
        ("漢字仮名", "漢字片仮名", "漢字[added: 片]仮名"),
        ("a\nb", "a\n\nb", "ab"),
    ],
)  # fmt: skip
def test_differences_are_marked_in_words(before: str, after: str, shown: str) -> None:
    made = diffs.html(before, after, Writer("en", "UTC"))
    assert html.fromstring(f"<p>{made}</p>").text_content() == shown


def test_long_texts_that_stay_are_left_out_and_hostile_ones_take_no_time() -> None:
    w = Writer("en", "UTC")
    long = " ".join(f"word{n}" for n in range(500))
    made = str(diffs.html(f"{long} end", f"{long} ending", w))
    assert " […] " in made and len(made) < 800
    for before, after in (("a b " * 1000, "b a " * 1000), ("\n" * 4000, "\n" * 3999 + "x")):
        assert diffs.html(before, after, w)
