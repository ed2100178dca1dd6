"""Searches show where their words stand; months and archives show headlines and counts."""

from __future__ import annotations

import pytest
from lxml import html

from petitbleu.domain.publishing.pages import service
from petitbleu.tl import api
from petitbleu.web.public import passages
from petitbleu.web.public.texts import Writer
from tests.kit.world import World
from tests.web.public import channel, reader
from tests.web.test_public import decide

LONG = "Das ist ein langer Satz ohne Belang, der nur den Platz bis zur Stelle füllt. " * 8


async def test_a_search_marks_its_words_in_the_passages_where_they_stand(world: World) -> None:
    made = await channel(world)
    middle = "L’Été à Sète <b>commence</b> demain."
    await made.say(f"Le port\n{LONG}{middle} {LONG}Les élections suivent.")
    browser = reader(world)
    page = html.fromstring((await browser.get("/s/mairie?q=ETE+election+commence")).text)
    (passage,) = page.xpath("//p[@class='passage']")
    assert [one.text for one in passage.iter("mark")] == ["Été", "commence", "élections"]
    words = passage.text_content()
    assert "<b>commence</b>" in words and len(words) < 420 and words.startswith("… ")
    front = html.fromstring((await browser.get("/?q=sete")).text)
    assert [one.text for one in front.xpath("//p[@class='passage']/mark")] == ["Sète"]
    assert html.fromstring((await browser.get("/s/mairie?q=port")).text).xpath("//h3//mark")


async def test_no_word_is_lost_between_title_and_passage(world: World) -> None:
    made = await channel(world)
    for text in ("Am Hafen. Dort gibt es Suppe.", "Am Hafen\nDort gibt es Suppe.",
                 "Am Hafen gibt es nun schon seit vielen Jahren eine sehr gute, sehr heiße Suppe",
                 "Am Hafen. Suppe\nund mehr", "Suppe"):  # fmt: skip
        await made.say(text)
    page = html.fromstring((await reader(world).get("/s/mairie?q=suppe")).text)
    articles = page.xpath("//article")
    assert len(articles) == 5 and all(one.xpath(".//mark") for one in articles)


@pytest.mark.parametrize(
    ("asked", "text", "marks"),
    [
        ("naïve", "Une idee NAIVE et des naïves", ["NAIVE", "naïves"]),
        ("cœur", "Au coeur du Cœur", ["coeur", "Cœur"]),
        ("oeuvre d'art", "Œuvres d’Art", ["Œuvres", "d", "Art"]),
        ("#fete", "Une fête #Fête, #fete_nationale", ["#Fête"]),
        ("fêt", "fete, fêtes, défaite", ["fete", "fêtes"]),
        ("running", "He runs and run", ["runs", "run"]),
        ("e\u0301te\u0301", "l'été", ["été"]),
        ("été", "l'e\u0301te\u0301", ["e\u0301te\u0301"]),
        ("東京", "昨日東京で", ["東", "京"]),
        ("<script>", "a <script>alert(1)</script>", ["script", "script"]),
        ("&amp", "x &amp; y", ["amp"]),
        ("mark", "<mark>mark</mark>", ["mark", "mark", "mark"]),
        ("nichts", "gar nix", []),
    ],
)
def test_words_are_marked_as_the_index_finds_them(asked: str, text: str, marks: list[str]) -> None:
    for written in (passages.marked(asked, text), passages.passages(asked, text)):
        tree = html.fromstring(f"<p>{written}</p>")
        assert [one.text for one in tree.iter("mark")] == marks
        assert tree.text_content() == text
        assert {one.tag for one in tree.iter()} <= {"p", "mark"}


def test_what_is_hostile_takes_little_time_and_room() -> None:
    text = "a " * 100_000
    assert len(passages.passages("a b c d e f g h i j k l m n", text)) < 5000
    assert len(passages.passages("x" * 200, "x" * 100_000)) < 101_000
    assert passages.passages("", "") == ""


async def test_hidden_words_find_a_post_and_are_not_shown(world: World) -> None:
    made = await channel(world)
    spoiler = api.MessageEntitySpoiler(offset=3, length=7)
    await made.say("Er stirbt!! am Ende", entities=[spoiler])
    cruel = await made.say("Grausame Worte")
    await decide(world, made, "label", cruel, label="sensitive", shown="cruel")
    browser = reader(world)
    for path in ("/s/mairie?q=stirbt", "/?q=stirbt"):
        page = await browser.get(path)
        assert "am Ende" in page.words and "stirbt!!" not in page.words
    for path in ("/s/mairie?q=grausame", "/?q=grausame"):
        page = await browser.get(path)
        assert page.text.count("<article") == 1 and "Worte" not in page.words


async def test_a_month_has_its_headlines_and_their_number(world: World) -> None:
    made = await channel(world)
    said = [await made.say(f"Titre {n}\nEt ce qui suit {n}.") for n in range(130)]
    await made.album("Un album", 3)
    held = await made.say("Un Verbe")
    await decide(world, made, "withhold", held)
    browser = reader(world)
    local = Writer("en", world.app.config.timezone).at(int(world.clock.now()))
    path = f"/s/mairie/{local.year}/{local.month:02}"
    page = await browser.get(path)
    assert "131 posts" in page.words and "Verbe" not in page.text
    assert page.text.count("<article") == 100
    tree = html.fromstring(page.text)
    assert tree.xpath("//h3//a/text()")[:2] == ["Un album", "Titre 129"]
    assert "Et ce qui suit 129." in page.words
    (older,) = tree.xpath("/html/head/link[@rel='next']/@href")
    rest = html.fromstring((await browser.get(older)).text)
    assert rest.xpath("//h3//a/@href") == [f"/mairie/{id}" for id in said[30::-1]]
    (newer,) = rest.xpath("/html/head/link[@rel='prev']/@href")
    assert newer == path
    for odd in ("?before=0", "?before=1", "?before=99999999"):
        assert (await browser.get(path + odd)).status in (200, 404), odd


async def test_the_archive_counts_posts_by_month_and_hashtag(world: World) -> None:
    made = await channel(world)
    for n in range(3):
        await made.say(f"Numéro {n} #Port #ete")
    world.clock.advance(40 * 86_400)
    await made.say("Encore #PORT " + " ".join(f"#mur{n}" for n in range(30)))
    await made.album("Trois vues #ete", 3)
    held = await made.say("#interdit")
    await decide(world, made, "withhold", held)
    page = await reader(world).get("/s/mairie/archive")
    tree = html.fromstring(page.text)
    rows = [" ".join(one.text_content().split()) for one in tree.xpath("//ul[@class='counted']/li")]
    assert rows[0].endswith(" 2 posts") and rows[1].endswith(" 3 posts")
    assert "#Port 4 posts" in rows and "#ete 4 posts" in rows
    assert "interdit" not in page.text
    assert sum("#mur" in one for one in rows) == 4, "the others of a wall are not what it is about"
    links = tree.xpath("//ul[@class='counted']//a/@href")
    for link in links:
        assert (await reader(world).get(link)).status == 200, link
    tag = await reader(world).get("/s/mairie/tag/port")
    assert "4 posts" in tag.words
    assert "Archive" in (await reader(world).get(links[0])).words


async def test_walls_of_hashtags_lead_nowhere(world: World) -> None:
    made = await channel(world)
    wall = " ".join(f"#t{n}" for n in range(40))
    near = await made.say("Le chantier du tramway avance #tramway #ville")
    for n in range(6):
        await made.say(f"Réclame {n} {wall} #tramway #ville")
    far = await made.say("La piscine rouvre #ville")
    post = await made.say("Un nouveau chantier de tramway #ville #tramway")
    page = html.fromstring((await reader(world).get(f"/mairie/{post}")).text)
    related = page.xpath("//section[@class='related']//a/@href")
    assert related == [f"/mairie/{near}", f"/mairie/{far}"]


async def test_the_news_sitemap_has_articles_of_two_days_alone(world: World) -> None:
    made = await channel(world)
    await service.set_switch(world.app, made.peer, "press", "on")
    old = await made.say("Ancien titre\n\n" + LONG)
    world.clock.advance(49 * 3600)
    note = await made.say("Merci à tous !")
    article = await made.say("Le titre\n\n" + LONG)
    sitemap = (await reader(world).get("/news-sitemap.xml")).text
    assert f"/mairie/{article}<" in sitemap
    assert f"/mairie/{note}<" not in sitemap and f"/mairie/{old}<" not in sitemap


async def test_a_caption_finds_its_album_and_is_shown(world: World) -> None:
    made = await channel(world)
    await made.album(["Trois vues", "Le phare <de> Sète", "La criée"])
    for path in ("/s/mairie?q=phare", "/?q=PHARES"):
        page = html.fromstring((await reader(world).get(path)).text)
        assert [one.text for one in page.xpath("//p[@class='passage']/mark")] == ["phare"]
        assert page.xpath("//article//a/@href")
        assert "Le phare <de> Sète" in page.xpath("string(//p[@class='passage'])")
