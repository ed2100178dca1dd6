"""A channel with every sort of post in a real Chromium: with a script and without, big and small.

``DESK_SCREENSHOTS=DIR`` writes what the pages look like.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.tl import api
from petitbleu.web.public import image_variants
from tests.desk.adjudication.decisions.deciding import ORDER, scene
from tests.domain.files.media.shots import document_input, photograph, picture, upload
from tests.domain.messaging.polls.test_polls import poll, vote
from tests.kit.chromium import Chromium, look
from tests.kit.world import World
from tests.web.public import Channel, channel

pytestmark = pytest.mark.browser

RICH = (
    "Le conseil vote le budget 2027. Gras, italique, souligné, barré, code() et un secret.\n"
    "Voici https://example.org/une/adresse/vraiment/tres/longue/qui/ne/tient/pas/sur/un/telephone"
    "?avec=des&parametres=nombreux et @mairie, écrire à contact@example.org\n"
    "def budget():\n    return {'écoles': 12_400_000, 'voirie': 3_100_000, 'culture': 900_000}\n"
    "Ce qui se conçoit bien s’énonce clairement.\n"
    "#Budget #Élections 🎉"
)


def _at(text: str) -> tuple[int, int]:
    """Offset and length of a passage in UTF-16 units."""
    start = RICH.index(text)
    return len(RICH[:start].encode("utf-16-le")) // 2, len(text.encode("utf-16-le")) // 2


def _entities() -> list[Any]:
    forms = {
        "Gras": api.MessageEntityBold,
        "italique": api.MessageEntityItalic,
        "souligné": api.MessageEntityUnderline,
        "barré": api.MessageEntityStrike,
        "code()": api.MessageEntityCode,
        "un secret": api.MessageEntitySpoiler,
        "Ce qui se conçoit bien s’énonce clairement.": api.MessageEntityBlockquote,
    }
    made = [form(offset=_at(text)[0], length=_at(text)[1])
            for text, form in forms.items()]  # fmt: skip
    block = RICH[RICH.index("def budget") : RICH.index("Ce qui se")].rstrip()
    offset, length = _at(block)
    made.append(api.MessageEntityPre(offset=offset, length=length, language="python"))
    offset, length = _at("budget 2027")
    url = "javascript:alert(document.cookie)"
    made.append(api.MessageEntityTextUrl(offset=offset, length=length, url=url))
    return made


async def fill(made: Channel) -> dict[str, int]:
    """One post of each sort; what it shows -> its id."""
    owner = made.owner
    posts: dict[str, int] = {}

    async def photo(width: int, height: int, text: str = "", **more: Any) -> int:
        file = await upload(owner, picture(width, height, mode="RGB"))
        return await made.show(api.InputMediaUploadedPhoto(file=file, **more), text)

    async def file(data: bytes, mime: str, *attributes: Any) -> int:
        return await made.show(document_input(await upload(owner, data), mime, *attributes))

    posts["wide"] = await photo(2000, 1100, "La place, vue de la mairie.")
    posts["tall"] = await photo(600, 1800)
    posts["spoiler"] = await photo(800, 600, spoiler=True)
    posts["album"] = await made.album("Trois images")
    video = api.DocumentAttributeVideo(duration=61.0, w=640, h=360, supports_streaming=True)
    posts["video"] = await file(b"\x00" * 4000, "video/mp4", video)
    name = api.DocumentAttributeFilename(file_name="Compte rendu <du> conseil.pdf")
    posts["file"] = await file(b"%PDF-1.7" + b"\x00" * 123_456, "application/pdf", name)
    audio = api.DocumentAttributeAudio(duration=187, title="Fanfare", performer="L’Harmonie")
    posts["audio"] = await file(b"ID3" + b"\x00" * 2000, "audio/mpeg", audio)
    asked = await made.show(api.InputMediaPoll(poll=poll("Oui", "Non", "Ne sait pas")), "")
    await vote(owner, made.input_peer, asked, b"0")
    posts["poll"] = asked
    posts["place"] = await made.show(
        api.InputMediaVenue(
            geo_point=api.InputGeoPoint(lat=43.4, long=3.69),
            title="Halles", address="Rue Gambetta", provider="", venue_id="", venue_type="",
        )
    )  # fmt: skip
    posts["rtl"] = await made.say("مرحبا بكم في المدينة \u202egpj.exe (1)")
    posts["huge"] = await made.say("Unlongmotsansfin" * 256)
    posts["rich"] = await made.say(RICH, entities=_entities())
    await owner.call(
        api.messages.SendReaction(
            peer=made.input_peer, msg_id=posts["rich"], reaction=[api.ReactionEmoji(emoticon="👍")]
        )
    )
    edited = api.messages.EditMessage(
        peer=made.input_peer, id=posts["rich"], message=RICH, entities=_entities()[:-1]
    )
    await owner.call(edited)
    return posts


async def _withheld(world: World) -> tuple[int, str]:
    """A post of another channel withheld by order; its number and that of the decision."""
    at = await scene(world)
    await pages.set_shown(world.app, at.place.peer, True)
    measure = {"kind": "country", "item": at.link(), "countries": ["FR", "DE"]}
    form = at.form(measures=[measure], source="other", source_identity="x")
    row = await at.decide(await at.open(ORDER), form)
    return at.post, decisions.number_text(row.number)


def watch(page: Any) -> list[str]:
    """The hosts that a page asks, as it is loaded."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).netloc))
    return asked


@pytest.mark.sometimes(2)
async def test_every_page_reads_well_big_and_small(chromium: Chromium) -> None:
    world = chromium.desk.world
    made = await channel(world, title="Mairie de Sète")
    posts = await fill(made)
    for n in range(21):
        await made.say(f"Le budget, article {n + 1}. #Budget")
    await pages.set_official(world.app, made.peer, "la préfecture de l’Hérault")
    decided = await _withheld(world)
    window = await chromium.window()
    hosts = watch(window.page)
    walk = {
        "public-channel": "/s/mairie?lang=fr",
        "public-post": f"/mairie/{posts['rich']}?lang=fr",
        "public-album": f"/mairie/{posts['album']}",
        "public-poll": f"/mairie/{posts['poll']}",
        "public-tag": "/s/mairie/tag/budget",
        "public-front": "/",
        "public-older": "/s/mairie?before={}".format(posts["rich"] + 1),
        "public-missing": "/mairie_unknown",
        "public-withheld": f"/bassin/{decided[0]}?lang=fr",
        "public-decision": f"/decision/{decided[1]}?lang=fr",
        "public-embed": f"/mairie/{posts['rich']}?embed=1",
        "public-mastodon": f"/share/mastodon/mairie/{posts['rich']}?server=nowhere",
    }
    for name, path in walk.items():
        await window.go(path)
        await look(window.page, name)
    assert set(hosts) == {urlsplit(chromium.base).netloc}
    assert not window.problems, window.problems
    assert await window.context.cookies() == []
    assert await window.page.evaluate("localStorage.length + sessionStorage.length") == 0


async def test_all_of_it_is_there_without_a_script(chromium: Chromium) -> None:
    made = await channel(chromium.desk.world, title="Mairie de Sète")
    posts = await fill(made)
    window = await chromium.window(java_script_enabled=False)
    await window.go("/s/mairie")
    page = window.page
    assert await page.locator("article").count() == len(posts)
    hidden = page.locator(".text details.spoiler")
    assert "un secret" in str(await hidden.text_content())
    assert await hidden.get_attribute("open") is None
    await hidden.locator("summary").click()
    assert await hidden.get_attribute("open") == ""
    await page.fill("#q", "conseil")
    await page.click("form.search button")
    assert "?q=conseil" in page.url
    assert await page.locator("article").count() == 1
    await page.click("article .headline a")
    assert page.url.split("?")[0] == f"{chromium.base}/mairie/{posts['rich']}"
    await page.click("a[aria-label='Share on Mastodon']")
    assert "/share/mastodon/" in page.url
    folder = os.environ.get("DESK_SCREENSHOTS")
    if folder:
        await window.go("/s/mairie")
        await page.emulate_media(media="print")
        await page.screenshot(path=Path(folder) / "public-print.png", full_page=True)


async def test_new_posts_are_told_of_and_nothing_moves(chromium: Chromium) -> None:
    made = await channel(chromium.desk.world, "en_direct", title="En direct")
    await made.say("First")
    window = await chromium.window()
    await window.go("/s/en_direct")
    page = window.page
    places = (
        "[document.querySelector('article').getBoundingClientRect().top,"
        " document.documentElement.scrollHeight]"
    )
    before = await page.evaluate(places)
    await made.say("Second")
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    told = page.locator("#new-posts a")
    await told.wait_for()
    assert await page.evaluate(places) == before
    await told.click()
    await page.get_by_text("Second").wait_for()


async def test_a_browser_shows_the_smallest_form_of_a_picture(chromium: Chromium) -> None:
    world = chromium.desk.world
    made = await channel(world)
    photo = api.InputMediaUploadedPhoto(file=await upload(made.owner, photograph(1600, 900)))
    post = await made.show(photo)
    types: dict[str, str] = {}
    for form in ("image/jpeg", "image/avif"):  # nobody waits for it
        window = await chromium.window()
        window.page.on(
            "response", lambda one: types.update({one.url: one.headers.get("content-type", "")})
        )
        await window.go(f"/mairie/{post}")
        shown = window.page.locator("article picture img")
        address = str(await shown.evaluate("img => img.decode().then(() => img.currentSrc)"))
        assert (address[-5:], types[address]) == (".avif", form)
        async with asyncio.timeout(20):
            while not world.app.parts[image_variants.FORMS]._kept:  # the sandbox starts
                await asyncio.sleep(0.02)


async def test_new_posts_are_told_and_nothing_moves_by_itself(chromium: Chromium) -> None:
    made = await channel(chromium.desk.world)
    await made.say("first")
    window = await chromium.window()
    await window.go("/s/mairie")
    await made.say("second")
    await made.say("third")
    await window.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    link = window.page.get_by_role("link", name="2 new posts: show")
    await link.wait_for()
    assert "third" not in await window.words()
    await link.click()
    await window.page.locator("article >> text=third").wait_for()
    assert "third" in await window.words()
    assert not window.problems, window.problems
