"""The story of an article: posted from a client, read on the web, talked about, and withheld where
the law of one country says so. Everything is what an owner, a reader and the staff see and press.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import feedparser
import pytest
from PIL import Image, ImageDraw
from playwright.async_api import Page, Response

from tests.desk.stories.conftest import Town
from tests.desk.stories.office import FIRST, see
from tests.desk.stories.people import OLGA, RENE, RITA
from tests.desk.stories.place import link_in, number_in, text_of
from tests.kit.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

NAME = "gazette_du_port"
SERVICE = "petitbleu"
BELGIUM, FRANCE = "192.0.2.44", "198.51.100.7"
TITLE = "Halle aux poissons : le chantier à l’arrêt"
ARTICLE = (
    f"<b>{TITLE}</b>\n\n"
    "« On ne nous a rien dit », regrette une poissonnière. Depuis lundi, la halle du quai n’a plus"
    " ni grue ni ouvriers. Selon un ancien salarié, l’entrepreneur Marc Delmas serait parti avec"
    ' l’acompte. <a href="https://mairie.example/halle">Le calendrier des travaux</a>\n\n'
    "#Marché #Sète"
)
SPAM = "Très bel article. Je gagne 900 € par semaine avec https://gains.example, essayez !"
QUESTION = "Savez-vous quand les étals rouvriront ?"
ANSWER = "La mairie annonce le 12 décembre. Nous y serons."
WHY = "La publication présente une personne nommée comme coupable de faits qui n’ont pas été jugés."
LAW = "Code civil, art. 9-1 (présomption d’innocence)"
DECIDED = {
    "measures.0.countries": "FR",
    "law": LAW,
    "why": WHY,
    "facts": "Une publication d’un canal public accuse une personne nommée d’avoir détourné un"
    " acompte, d’après un seul témoin.",
    "topic": "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH/KEYWORD_DEFAMATION",
    "content_language": "fr",
}
UNDO = 601
"""Seconds in which a decision can be taken back, and one more."""


class Article(NamedTuple):
    """What the story is about."""

    town: Town
    post: int
    group: int

    @property
    def url(self) -> str:
        return f"{self.town.place.base}/{NAME}/{self.post}"

    async def asked(self, text: str, *words: str) -> str:
        """Olga writes to the service chat; what it answers."""
        await self.town.people.do("say", OLGA, to=SERVICE, text=text)
        return await self.town.people.told(OLGA, *words)

    async def comments(self, name: str, email: str, text: str) -> Page:
        """A guest writes under the post and confirms by the link that is mailed; their page."""
        page = await self.town.office.public("fr", FRANCE)
        await page.goto(self.url)
        await page.click("a:has-text('Écrire un commentaire')")
        assert TITLE in await page.inner_text("h1")
        await shot(page, "form")
        for field, value in {"name": name, "email": email, "text": text}.items():
            await page.fill(f"#{field}", value)
        await page.check("input[name=notify]")
        await self.town.place.later(20)
        await page.click("main form button[type=submit]")
        await shot(page, "sent")
        letter = await self.town.place.letter(email, "/comment/")
        await page.goto(link_in(text_of(letter), "/comment/"))
        await shot(page, "confirm")
        await page.click("button[value=confirm]")
        await page.wait_for_selector("text=En attente")
        await shot(page, "waiting")
        return page


async def shot(page: Page, called: str) -> None:
    """What it looks like on a desk and in a hand, where somebody wants to know."""
    for size, width, height in (("desktop", 1280, 900), ("phone", 390, 844)):
        await page.set_viewport_size({"width": width, "height": height})
        await see(page, f"article-{called}-{size}")


async def opened(page: Page, url: str) -> Response:
    """Follow a link."""
    answer = await page.goto(url)
    assert answer is not None
    return answer


def photo(folder: Path) -> Path:
    """A quay in the morning, as far as a test can paint it."""
    picture = Image.new("RGB", (1280, 720), "#bcd3e6")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 430, 1280, 720), fill="#2d5f86")
    for at in range(6):
        left = 60 + at * 200
        draw.rectangle((left, 250 + at % 3 * 40, left + 150, 430), fill="#e9c98f")
        draw.polygon(((left, 250 + at % 3 * 40), (left + 75, 190), (left + 150, 250)), "#b5533c")
    picture.save(folder / "quai.jpg", quality=88)
    return folder / "quai.jpg"


async def published(town: Town, folder: Path) -> Article:
    """Olga makes the channel, switches its page on and posts; René and Rita subscribe."""
    people = town.people
    await people.do("channel", OLGA, title="La Gazette du port", name=NAME)
    group = await people.do("discussion", OLGA, channel=NAME, title="Le comptoir")
    for who in (RENE, RITA):
        await people.do("join", who, name=NAME)
    made = Article(town, 0, group["id"])
    assert f"/s/{NAME}" in await made.asked(f"page @{NAME} on", NAME)
    await made.asked(f"page @{NAME} press=on language=fr", "press")
    post = await people.do("picture", OLGA, to=NAME, file=str(photo(folder)), html=ARTICLE)
    return made._replace(post=post)


async def read(article: Article, page: Page) -> None:
    """What a reader finds: the text as it was written, ways to hand it on, a form, no tracker."""
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    answer = await opened(page, article.url)
    assert answer.status == 200
    assert await page.inner_text("h1") == TITLE
    assert (await page.inner_text("article")).count(TITLE) == 1, "the bold line is the headline"
    await shot(page, "post")
    tags = await page.locator("a[rel=tag]").evaluate_all("all => all.map(one => one.pathname)")
    assert [unquote(one) for one in tags] == [f"/s/{NAME}/tag/Marché", f"/s/{NAME}/tag/Sète"]
    shares = await page.locator(".share a").evaluate_all("all => all.map(one => one.href)")
    assert [one.split("/")[2] for one in shares if one.startswith("https")] == [
        "www.facebook.com",
        "x.com",
        "www.linkedin.com",
        "www.pinterest.com",
    ]
    data = json.loads(await page.inner_text("script[type='application/ld+json']"))
    assert (data["@type"], data["headline"], data["inLanguage"]) == ("NewsArticle", TITLE, "fr")
    assert hosts == {article.url.split("/")[2]}
    assert await page.context.cookies() == []
    await opened(page, f"{article.town.place.base}/s/{NAME}/tag/sete")
    assert TITLE in await page.inner_text("main")
    await shot(page, "tag")


async def talked(article: Article) -> None:
    """Spam is held and refused, a question is held, published and answered: all in the app."""
    town = article.town
    spammer = await article.comments("Jackpot", "gains@spam.example", SPAM)
    held = await town.people.told(OLGA, "Jackpot, sous ")
    guest = await article.comments("Aïcha", "aicha@port.example", QUESTION)
    await town.place.later(61)
    asked = await town.people.told(OLGA, QUESTION)
    await article.asked(f"spam {number_of(held, 'Jackpot')}", "(Jackpot)", "comme spam par Olga")
    await article.asked(f"ok {number_of(asked, 'Aïcha')}", "(Aïcha)", "publié par Olga")
    await spammer.reload()
    await shot(spammer, "refused")
    await guest.reload()
    await shot(guest, "published")

    heard = await until(lambda: _new(town, QUESTION))
    await town.people.do("say", OLGA, to=article.group, text=ANSWER, answers=heard)
    notice = await town.place.letter("aicha@port.example", ANSWER)
    await opened(guest, article.url)
    await guest.reload()  # a browser may keep the page for half a minute
    talk = await guest.inner_text("#comments")
    assert QUESTION in talk and ANSWER in talk and "900" not in talk
    await shot(guest, "talk")
    assert f"{article.url}?comment=" in text_of(notice)


def _new(town: Town, text: str) -> int:
    """The number of a message that Olga's client was told of; 0: not yet."""
    seen = (one for one in town.people.seen if (one["event"], one["who"]) == ("new", OLGA))
    return next((int(one["id"]) for one in seen if text in one["text"]), 0)


def number_of(told: str, name: str) -> str:
    """The number of somebody's comment in a message that shows it."""
    found = re.search(rf"^(\d+)\. {name}", told, re.MULTILINE)
    assert found is not None, told
    return found[1]


async def noticed(article: Article) -> str:
    """A reader follows the link under the post and confirms by mail; the number of the notice."""
    town = article.town
    page = await town.office.public("fr", FRANCE)
    await page.goto(article.url)
    await page.click("article a:has-text('Signaler')")
    assert await page.input_value("#links") == article.url
    await page.select_option("#category", DECIDED["topic"])
    await page.fill("#explanation", "Je suis Marc Delmas. Aucun tribunal ne m’a condamné.")
    await page.fill("#name", "Marc Delmas")
    await page.fill("#email", "marc@delmas.example")
    await page.check("#faith")
    await shot(page, "notice")
    await town.place.later(30)
    await page.click("main form button[type=submit]")
    number = number_in(await page.inner_text("p.number >> nth=0"))
    await shot(page, "noticed")
    receipt = await town.place.letter("marc@delmas.example", number)
    await page.goto(link_in(text_of(receipt), "/signaler/"))
    await page.click("main form button")
    await shot(page, "confirmed")
    return number


async def withheld(article: Article, number: str) -> None:
    """In France alone: the page, the feeds, the clients; elsewhere nothing has changed."""
    town = article.town
    await people_see(article)
    page = await town.office.public("fr", FRANCE)
    answer = await opened(page, article.url)
    assert answer.status == 451
    assert answer.headers["link"] == f'<{town.place.base}>; rel="blocked-by"'
    assert answer.headers["cache-control"] == "no-cache"
    words = await page.inner_text("main")
    assert "France" in words and LAW in words and "Petitbleu SAS" in words
    assert TITLE not in await page.content() and "Delmas" not in await page.content()
    await shot(page, "withheld")
    await page.click("main a[href*='/decision/']")
    words = await page.inner_text("main")
    assert number in words and LAW in words and "Delmas" not in words
    await shot(page, "decision")
    elsewhere = await town.office.public("fr", BELGIUM)
    assert (await opened(elsewhere, article.url)).status == 200
    assert TITLE in await elsewhere.inner_text("main")
    listed, stones = await feeds(article, elsewhere)
    assert (len(listed), stones) == (1, set())
    assert await feeds(article, page) == (set(), listed)
    for there, reader in ((False, page), (True, elsewhere)):
        await opened(reader, f"{town.place.base}/s/{NAME}")
        assert (TITLE in await reader.inner_text("main")) is there
    assert await page.get_attribute("main .danger a", "href") == f"/{NAME}/{article.post}"
    await shot(page, "channel")


async def people_see(article: Article) -> None:
    """Subscribers read it where it may be read."""
    people = article.town.people
    await people.gone(RENE, article.post)
    assert not [one for one in await people.texts(RENE, NAME) if TITLE in one]
    assert [one for one in await people.texts(RITA, NAME) if TITLE in one]


async def feeds(article: Article, reader: Page) -> tuple[set[str], set[str]]:
    """What the three feeds list, and whose tombstones Atom and RSS carry; they agree."""
    base = f"{article.town.place.base}/s/{NAME}/feed"
    atom, rss, told = [
        await (await reader.request.get(f"{base}.{form}")).text()
        for form in ("atom", "rss", "json")
    ]
    listed = [{one.id for one in feedparser.parse(text).entries} for text in (atom, rss)]
    assert listed == [{one["id"] for one in json.loads(told)["items"]}] * 2
    stones = [set(re.findall(r'deleted-entry ref="([^"]+)"', text)) for text in (atom, rss)]
    assert stones[0] == stones[1]
    return listed[0], stones[0]


async def test_an_article_from_its_post_to_one_country_that_may_not_read_it(
    town: Town, tmp_path: Path
) -> None:
    article = await published(town, tmp_path)
    await read(article, await town.office.public("fr", FRANCE))
    await talked(article)
    number = await noticed(article)
    max_ = town.office[FIRST]
    await max_.decide(number, "country", **DECIDED)
    told = await town.people.told(OLGA, number)
    assert LAW in told and WHY in told
    await withheld(article, number)
    await town.place.later(UNDO)
    letter = text_of(await town.place.letter("marc@delmas.example", number, LAW))
    assert "France" in letter and "Max" not in letter
    town.place.sound()
