"""The pages of a public channel, as somebody without an account reads them."""

from __future__ import annotations

import asyncio
import itertools
from typing import Any

import pytest
from lxml import html

from petitbleu.control import perform
from petitbleu.domain.publishing.pages import service
from petitbleu.domain.safety.moderation import measures
from petitbleu.domain.safety.moderation.effects import Order
from petitbleu.tl import api
from petitbleu.web.public import cache
from petitbleu.web.public.texts import Writer
from tests.domain.files.media.shots import document_input, picture, upload
from tests.kit.world import World
from tests.web.public import Channel, channel, reader

_commands = itertools.count(1)


async def decide(world: World, made: Channel, kind: str, *posts: int, **more: Any) -> int:
    """A measure on posts, or on the channel where none is named."""
    owner = made.peer if posts else 0
    command = f"c{next(_commands)}"
    order = Order(command, kind, "operator", "a reason", subject=made.peer, owner=owner,
                  messages=posts, **more)  # fmt: skip
    return (await measures.apply(world.app, order)).number


async def test_a_channel_has_no_page_until_it_is_switched_on(world: World) -> None:
    made = await channel(world, shown=False)
    browser = reader(world)
    post = await made.say("nobody reads this")
    for path in ("/mairie", "/s/mairie", f"/mairie/{post}", "/s/mairie/2026/11", "/s/mairie/tag/x"):
        page = await browser.get(path)
        assert (page.status, "nobody reads" in page.text) == (404, False), path
    await service.set_shown(world.app, made.peer, True)
    assert (await browser.get("/s/mairie")).status == 200
    await service.set_shown(world.app, made.peer, False)
    assert (await browser.get("/s/mairie")).status == 404


async def test_the_newest_twenty_stand_on_a_page_and_the_others_behind_it(world: World) -> None:
    made = await channel(world)
    ids = [await made.say(f"post number {n}.") for n in range(45)]
    browser = reader(world)
    page = await browser.get("/s/mairie")
    assert page.status == 200
    assert page.text.count("<article") == 20
    assert "post number 44." in page.words and "post number 24." not in page.words
    second = await browser.get(f"/s/mairie?before={ids[25]}")
    assert "post number 24." in second.words and "post number 5." in second.words
    assert f'rel="next" href="/s/mairie?before={ids[25]}"' in page.text
    assert 'rel="prev" href="/s/mairie"' in second.text
    last = await browser.get(f"/mairie?before={ids[5]}")
    assert last.text.count("<article") == 5
    assert f'rel="prev" href="/mairie?before={ids[25]}"' in last.text


async def test_a_post_has_its_own_page_with_its_neighbours(world: World) -> None:
    made = await channel(world)
    first, second, third = [await made.say(f"Line {n}.\nMore of it.") for n in range(3)]
    page = await reader(world).get(f"/mairie/{second}")
    assert page.status == 200
    assert "<title>Line 1 · Mairie</title>" in page.text
    assert f'rel="prev" href="/mairie/{first}"' in page.text
    assert f'rel="next" href="/mairie/{third}"' in page.text
    assert "/signaler?link=" in page.text


async def test_months_and_tags_have_pages(world: World) -> None:
    made = await channel(world)
    await made.say("In the old month #Élections")
    world.clock.advance(40 * 86_400)
    await made.say("In the new month, about #elections and #autre")
    browser = reader(world, language="fr")
    tag = await browser.get("/s/mairie/tag/elections")
    assert tag.text.count("<article") == 2
    assert "#Élections dans Mairie" in tag.words
    everywhere = await browser.get("/tag/ELECTIONS")
    assert everywhere.text.count("<article") == 2
    front = await browser.get("/?q=old+month")
    assert front.text.count("<article") == 1
    now = await browser.get("/s/mairie")
    assert now.headers["content-language"] == "fr"
    newest = world.clock.now()
    local = Writer("fr", world.app.config.timezone).at(int(newest))
    month = await browser.get(f"/s/mairie/{local.year}/{local.month:02}")
    assert month.text.count("<article") == 1
    assert "Avant :" in month.words
    assert (await browser.get("/s/mairie/2026/13")).status == 404


async def test_what_is_gone_says_why(world: World) -> None:
    made = await channel(world)
    one, two, three = [await made.say(f"secret {n}") for n in range(3)]
    await made.delete(one)
    browser = reader(world)
    deleted = await browser.get(f"/mairie/{one}")
    assert (deleted.status, "Its author has deleted it." in deleted.words) == (410, True)
    await decide(world, made, "remove", two, shown="Rule 4: no insults.")
    removed = await browser.get(f"/mairie/{two}")
    assert removed.status == 410
    assert "Rule 4: no insults." in removed.words and "PB-" in removed.words
    never = await browser.get("/mairie/9999")
    assert (never.status, "Mairie" in never.words) == (404, True)
    for page in (deleted, removed):
        assert "secret" not in page.text
    assert (await browser.get(f"/mairie/{three}")).status == 200


async def test_a_withheld_post_is_451_where_the_decision_holds(world: World) -> None:
    made = await channel(world)
    post = await made.say("forbidden words")
    abroad, here = reader(world), reader(world)
    abroad.app = _from(abroad.app, "DE")
    here.app = _from(here.app, "FR")
    for browser in (abroad, here):
        assert "forbidden" in (await browser.get("/s/mairie")).text
        assert (await browser.get(f"/mairie/{post}")).status == 200
    text = "Withheld by order of the court of Berlin."
    await decide(world, made, "withhold", post, countries=("DE",), shown=text)
    page = await abroad.get(f"/mairie/{post}")
    assert page.status == 451
    assert text in page.words and "DE" in page.words
    assert 'rel="blocked-by"' in page.headers["link"]
    assert "forbidden" not in page.text
    listed = await abroad.get("/s/mairie")
    assert text in listed.words and "forbidden" not in listed.text
    assert listed.headers["cache-control"].startswith("private")
    still = await here.get(f"/mairie/{post}")
    assert (still.status, "forbidden" in still.text) == (200, True)


async def test_a_withheld_channel_is_451_with_all_its_posts(world: World) -> None:
    made = await channel(world)
    post = await made.say("forbidden words")
    browser = reader(world)
    assert (await browser.get("/s/mairie")).status == 200
    about = "forbidden promises"
    await made.owner.call(api.messages.EditChatAbout(peer=made.input_peer, about=about))
    assert about in (await browser.get("/")).text
    await decide(world, made, "withhold", shown="By order.")
    paths = ["/s/mairie", "/mairie", f"/mairie/{post}", "/s/mairie/tag/x", "/s/mairie/2027/01"]
    paths += [f"/s/mairie/feed.{form}" for form in ("atom", "rss", "json")]
    paths += ["/s/mairie/tag/x/feed.atom", "/s/mairie/sitemap.xml", f"/mairie/{post}?embed=1"]
    paths += [f"/m/mairie/{post}/card.png", "/m/mairie/card.png"]
    for path in paths:
        page = await browser.get(path)
        assert (page.status, b"forbidden" in page.body) == (451, False), path
    for path in ("/", "/mairies", "/tag/x", "/?q=forbidden", "/news-sitemap.xml"):
        assert "promises" not in (await browser.get(path)).text
        assert "Mairie" not in (await browser.get(path)).text


def _from(app: Any, country: str) -> Any:
    async def told(scope: Any, receive: Any, send: Any) -> None:
        await app({**scope, "petitbleu.country": country}, receive, send)

    return told


async def test_a_former_name_leads_on_for_a_year(world: World) -> None:
    made = await channel(world, "oldname")
    post = await made.say("hello")
    await made.rename("newname")
    browser = reader(world)
    moved = await browser.get(f"/oldname/{post}")
    assert (moved.status, moved.headers["location"]) == (301, f"/newname/{post}")
    listing = await browser.get("/s/oldname?before=5")
    assert (listing.status, listing.headers["location"]) == (301, "/s/newname?before=5")
    world.clock.advance(366 * 86_400)
    assert (await browser.get(f"/oldname/{post}")).status == 404


async def test_pages_are_kept_until_something_they_show_changes(world: World) -> None:
    made = await channel(world)
    post = await made.say("first words")
    browser = reader(world)
    page = await browser.get("/s/mairie")
    tag = page.headers["etag"]
    assert page.headers["cache-control"].startswith("public, max-age=30")
    browser.headers["if-none-match"] = tag
    assert (await browser.get("/s/mairie")).status == 304
    await made.owner.call(
        api.messages.EditMessage(peer=made.input_peer, id=post, message="quite new")
    )
    fresh = await browser.get("/s/mairie")
    assert (fresh.status, "quite new" in fresh.text, fresh.headers["etag"] != tag) == (
        200,
        True,
        True,
    )
    await made.delete(post)
    assert "quite new" not in (await browser.get("/s/mairie")).text


async def test_pictures_come_from_here_with_their_sizes(world: World) -> None:
    made = await channel(world)
    photo = api.InputMediaUploadedPhoto(file=await upload(made.owner, picture(1600, 900)))
    post = await made.show(photo, "look")
    browser = reader(world)
    page = await browser.get(f"/mairie/{post}")
    assert f'src="/m/mairie/{post}/' in page.text
    assert 'width="1600" height="900"' in page.text and "srcset=" in page.text
    file = await browser.get(f"/m/mairie/{post}/x")
    assert (file.status, file.headers["content-type"]) == (200, "image/jpeg")
    assert "sandbox" in file.headers["content-security-policy"]
    assert file.headers["x-content-type-options"] == "nosniff"
    browser.headers["range"] = "bytes=2-5"
    part = await browser.get(f"/m/mairie/{post}/x")
    assert (part.status, part.body) == (206, file.body[2:6])
    assert part.headers["content-range"] == f"bytes 2-5/{len(file.body)}"
    browser.headers["range"] = "bytes=99999999-"
    assert (await browser.get(f"/m/mairie/{post}/x")).status == 416
    del browser.headers["range"]
    await made.delete(post)
    assert (await browser.get(f"/m/mairie/{post}/x")).status == 410


async def test_files_that_could_run_are_downloads(world: World) -> None:
    made = await channel(world)
    file = await upload(made.owner, b"<svg onload=alert(1)>", 'a"b.svg')
    name = api.DocumentAttributeFilename(file_name='a"b.svg')
    post = await made.show(document_input(file, "image/svg+xml", name))
    answer = await reader(world).get(f"/m/mairie/{post}/o")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.body == b"<svg onload=alert(1)>"


async def test_no_cookie_no_script_no_other_host(world: World) -> None:
    made = await channel(world)
    await made.say("see https://example.org/x and #tag")
    page = await reader(world).get("/s/mairie")
    assert "set-cookie" not in page.headers
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'") and "http" not in policy
    assert 'href="https://example.org/x" rel="noopener"' in page.text
    assert 'src="http' not in page.text and 'href="/s/mairie/tag/tag"' in page.text


async def test_a_reader_counts_once_a_day_and_programs_never(world: World) -> None:
    made = await channel(world)
    post = await made.say("read me")
    browser = reader(world)

    async def views(agent: str) -> str:
        browser.headers["user-agent"] = agent
        await browser.get(f"/mairie/{post}")
        await world.settle()
        world.clock.advance(31)  # what is kept shows views of half a minute ago
        page = (await reader(world).get(f"/mairie/{post}")).text
        return next(one for one in ("1 view", "2 views", "3 views") if f"<li>{one}</li>" in page)

    assert await views("Examplebot/1.0") == "1 view"
    assert await views("Firefox") == "2 views"
    assert await views("Firefox") == "2 views"
    world.clock.advance(86_400)
    assert await views("Firefox") == "3 views"


async def test_who_searches_too_much_is_told_when_to_come_again(world: World) -> None:
    await channel(world)
    browser = reader(world, ip="198.51.100.7")
    answers = [await browser.get(f"/s/mairie?q=word{n}") for n in range(31)]
    assert [one.status for one in answers] == [200] * 30 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0
    assert "Try again in" in answers[-1].words
    assert (await reader(world, ip="203.0.113.9").get("/s/mairie?q=x")).status == 200
    world.clock.advance(int(answers[-1].headers["retry-after"]))
    assert (await browser.get("/s/mairie?q=x")).status == 200


async def test_an_unknown_name_leads_to_those_that_look_like_it(world: World) -> None:
    made = await channel(world, "ville_de_lyon", title="Lyon")
    await channel(world, "hidden_lyon", title="Hidden", shown=False)
    browser = reader(world, language="fr")
    for path in ("/s/villedelyon", "/ville_de_lion", "/ville_lyon/12", "/Ville_de_Lyonn/x/y"):
        page = await browser.get(path)
        assert page.status == 404
        assert 'href="/s/ville_de_lyon"' in page.text and "Vouliez-vous dire" in page.words
        assert "hidden_lyon" not in page.text
        assert 'role="search"' in page.text
    far = await browser.get("/s/quite_another")
    assert far.status == 404 and "Vouliez-vous dire" not in far.words
    await service.set_shown(world.app, made.peer, False)
    assert "Lyon" not in (await browser.get("/s/villedelyon")).text


@pytest.mark.parametrize("data", [b"GIF89a", b"<html>" * 100, b"\xff\xd8\xff" + b"x" * 999])
async def test_broken_media_do_no_harm(world: World, data: bytes) -> None:
    made = await channel(world)
    file = await upload(made.owner, data, "../../x\r\nset-cookie: a=b.png")
    video = api.DocumentAttributeVideo(duration=1e12, w=2_000_000_000, h=1)
    name = api.DocumentAttributeFilename(file_name="../../x\r\nset-cookie: a=b.png")
    post = await made.show(document_input(file, "video/mp4", video, name))
    page = await reader(world).get("/s/mairie")
    assert page.status == 200
    answer = await reader(world).get(f"/m/mairie/{post}/o")
    assert (answer.status, answer.body) == (200, data)
    assert "set-cookie" not in answer.headers
    for label in ("..%2f..", "x", "zzz", "0"):
        assert (await reader(world).get(f"/m/mairie/{post}/{label}")).status == 404


async def test_what_everybody_opens_at_once_is_written_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await channel(world)
    await made.say("viral")
    listing, written = service.listing, []

    async def slow(*args: Any, **more: Any) -> Any:
        written.append(args)
        await asyncio.sleep(0.05)
        return await listing(*args, **more)

    monkeypatch.setattr(service, "listing", slow)
    browser = reader(world)
    answers = await asyncio.gather(*(browser.get("/s/mairie") for _ in range(20)))
    assert {one.status for one in answers} == {200}
    assert len({one.body for one in answers}) == 1
    assert len(written) == 1


async def test_pages_are_numbered_and_lead_to_those_beside_them(world: World) -> None:
    made = await channel(world)
    said = [await made.say(f"post {n}") for n in range(65)]
    browser = reader(world)
    walked: list[int] = []
    address = "/s/mairie"
    for number in range(1, 5):
        page = await browser.get(address)
        root = html.fromstring(page.text)
        walked += [int(one.get("id")[1:]) for one in root.xpath("//article")]
        assert root.xpath("//*[@aria-current='page'][not(ancestor::footer)]/text()") == [
            str(number)
        ]
        numbered = root.xpath("//nav[@class='pages']//a[starts-with(@aria-label, 'Page ')]")
        assert len(numbered) == 3
        for rel, there in (("prev", number > 1), ("next", number < 4)):
            heads = root.xpath(f"/html/head/link[@rel='{rel}']/@href")
            assert heads == root.xpath(f"//nav//a[@rel='{rel}']/@href") and bool(heads) == there
        if number < 4:
            (address,) = root.xpath("/html/head/link[@rel='next']/@href")
            assert numbered[number - 1].get("href") == address
    assert walked == said[::-1]


async def test_a_post_leads_to_others_under_its_hashtags(world: World) -> None:
    made = await channel(world)
    first = await made.say("Old news. #École")
    await made.say("nothing of it")
    await made.say("hidden #ecole")
    hidden = await made.say("Withheld #ecole")
    await decide(world, made, "withhold", hidden)
    post = await made.say("New news. #ecole #other")
    page = html.fromstring((await reader(world).get(f"/mairie/{post}")).text)
    related = page.xpath("//section[@class='related']//a/@href")
    assert related == [f"/mairie/{hidden - 1}", f"/mairie/{first}"]
    lonely = html.fromstring((await reader(world).get(f"/mairie/{first + 1}")).text)
    assert not lonely.xpath("//section[@class='related']")


async def test_the_operator_says_who_vouches_for_a_channel(world: World) -> None:
    made = await channel(world)
    browser = reader(world, language="fr")
    assert "officiel" not in (await browser.get("/s/mairie")).words
    await perform(
        world.app, "channel.official", {"channel": "mairie", "who": "la préfecture <du> X"}
    )
    page = await browser.get("/s/mairie")
    assert "Canal officiel, attesté par la préfecture <du> X" in page.words
    with pytest.raises(service.Invalid):
        await service.set_switch(world.app, made.peer, "official", "me")
    await perform(world.app, "channel.official", {"channel": "mairie", "who": ""})
    assert "officiel" not in (await browser.get("/s/mairie")).words


async def test_when_too_many_pages_wait_to_be_written_readers_are_told_when_to_come_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await channel(world)
    await made.say("bonjour")
    browser = reader(world)
    assert (await browser.get("/s/mairie")).status == 200
    monkeypatch.setattr(cache, "WAITING_MAX", 0)
    assert (await browser.get("/s/mairie")).status == 200, "a kept page needs no writing"
    turned_away = await browser.get("/mairie/2")
    assert turned_away.status == 503
    assert turned_away.headers["retry-after"] == "5"
    assert turned_away.headers["cache-control"] == "no-store"
    assert "few seconds" in turned_away.text


async def test_what_is_sensitive_or_hidden_is_not_told_where_others_lead_to_it(
    world: World,
) -> None:
    made = await channel(world)
    cruel = await made.say("Cruel words #tag")
    spoiler = api.MessageEntitySpoiler(offset=0, length=11)
    await made.say("He dies now #tag", entities=[spoiler])
    await decide(world, made, "label", cruel, label="sensitive", shown="cruel")
    post = await made.say("Innocent #tag")
    page = await reader(world).get(f"/mairie/{post}")
    related = html.fromstring(page.text).xpath("//section[@class='related']//a/text()")
    assert len(related) == 2 and "dies" not in page.text and "Cruel" not in page.text


async def test_a_search_has_pages_that_stay_in_the_search(world: World) -> None:
    made = await channel(world)
    said = [await made.say(f"needle {n}") for n in range(23)]
    await made.say("hay")
    browser = reader(world)
    page = html.fromstring((await browser.get("/s/mairie?q=needle&lang=en")).text)
    (older,) = page.xpath("/html/head/link[@rel='next']/@href")
    assert older in page.xpath("//nav//a[@rel='next']/@href") and "q=needle" in older
    rest = html.fromstring((await browser.get(older)).text)
    ids = [int(one.get("id")[1:]) for one in rest.xpath("//article")]
    assert ids == said[2::-1]
    (newer,) = rest.xpath("/html/head/link[@rel='prev']/@href")
    assert "q=needle" in newer and "before" not in newer


async def test_a_crowd_of_readers_is_counted_whole_in_few_writes(world: World) -> None:
    made = await channel(world)
    post = await made.say("bonjour")
    readers = [reader(world, ip=f"198.51.{n}.7") for n in range(40)]
    for one in readers:
        one.headers["user-agent"] = "Firefox"
        await one.get(f"/mairie/{post}")
    await world.settle()
    world.clock.advance(31)
    page = await readers[0].get(f"/mairie/{post}")
    assert "41 views" in page.text, "and the author's own"
