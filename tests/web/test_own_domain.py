"""A channel on its own domain: what answers there, what does not, and what is the same."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.routing import Mount, Route

from petitbleu import desk
from petitbleu.domain.publishing.pages import domains, service
from petitbleu.domain.safety.moderation import measures
from petitbleu.tl import api
from petitbleu.web import app as web
from petitbleu.web.public.sites import COPIES
from tests.domain.publishing.comments.kit import talk
from tests.domain.publishing.pages.test_domains import DOMAIN, give, zone
from tests.kit.web import Answer, Browser
from tests.kit.world import World
from tests.web import newsroom
from tests.web.public import Channel, channel, reader
from tests.web.test_newspaper import ARTICLE, header, newspaper
from tests.web.test_public import decide

HERE = f"http://{DOMAIN}"
MAIN = "http://chat.example.org"


async def settled(world: World) -> Channel:
    """A newspaper that has proved its domain."""
    made = await newspaper(world)
    async with zone(world) as dns:
        await give(world, made, dns)
    return made


def whole(world: World) -> Browser:
    """A reader of an instance with the desk, the web client's addresses and MTProto's HTTP."""

    async def taken(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError("this is not reached by a channel's domain")

    async def healthy() -> web.Report:
        return web.Report(True, [])

    async def no_metrics() -> bytes:
        return b""

    async def none() -> list[dict[str, str]]:
        return []

    app = web.create(
        web.Site(
            world.app, mtproto=taken, health=healthy, metrics=no_metrics, start_info=dict,
            codes=none,
            more=lambda app, pages: [
                *(Route(path, taken) for path in ("/app", "/app/rpc", "/app/{path:path}")),
                *desk.routes(app, pages),
            ],
        )
    )  # fmt: skip
    return Browser(app)


ANSWERED = {
    "/": 200, "/static": 200, "/favicon.ico": 301, "/robots.txt": 200, "/sitemap.xml": 200,
    "/news-sitemap.xml": 200, "/oembed": 404,  # without an address to look at
    "/contact": 200, "/signaler": 200, "/regles": 200, "/transparence": 200,
    "/confidentialite": 200, "/accessibilite": 200, "/mentions-legales": 200,
    "/signaler/adresse/{token}": 410, "/transparence/{first}/{last}/{version:int}/{name}": 404,
    "/s/{name}": 301, "/s/{name}/{id:int}": 301, "/s/{name}/{year:int}/{month:int}": 200,
    "/s/{name}/tag/{tag}": 200, "/s/{name}/section/{tag}": 200, "/s/{name}/about": 200,
    "/s/{name}/feed.{form}": 200, "/s/{name}/tag/{tag}/feed.{form}": 200,
    "/s/{name}/{year:int}/{month:int}/feed.{form}": 302,
    "/s/{name}/{year:int}/{month:int}/feed-{block:int}.{form}": 404,
    "/s/{name}/tag/{tag}/{year:int}/{month:int}/feed-{block:int}.{form}": 404,
    "/s/{name}/archive": 200, "/s/{name}/author/{slug}": 404, "/{name}/{id:int}/history": 404,
    "/m/{name}/author/{slug}/{label}": 404,
    "/s/{name}/new": 200, "/s/{name}/sitemap.xml": 200, "/s/{name}/sitemap-{part:int}.xml": 200,
    "/share/mastodon/{name}": 200, "/share/mastodon/{name}/{id}": 200,
    "/m/{name}/photo/{label}": 404, "/m/{name}/logo/{label}": 200, "/m/{name}/card.png": 200,
    "/m/{name}/{id}/card.png": 200, "/m/{name}/{id}/{label}": 404,
    "/{name}": 301, "/{name}/{id:int}": 200, "/{name}/newsletter": 404,
    "/{name}/{id:int}/comment": 403, "/{name}/{id:int}/comments": 302,
    "/{name}/{id:int}/comments.atom": 404,
    "/.well-known/petitbleu-{token}": 200,
}  # fmt: skip
"""Each route that is served on a channel's domain, and what it answers there to the channel below;
whatever is not named here is 404."""
OF_EVERYBODY = {"/", "/static", "/favicon.ico", "/robots.txt", "/sitemap.xml", "/news-sitemap.xml",
                "/oembed", "/.well-known/petitbleu-{token}", "/signaler/adresse/{token}",
                "/transparence/{first}/{last}/{version:int}/{name}", *COPIES}  # fmt: skip


def paths(routes: Any) -> Iterator[tuple[str, set[str]]]:
    """The template and methods of each route; of what is mounted, the folder."""
    for route in routes:
        if isinstance(route, Mount):
            yield route.path, {"GET"}
        elif isinstance(route, Route):
            yield route.path, set(route.methods or {"GET", "POST"}) - {"HEAD"}


def filled(template: str, **values: Any) -> str:
    if template in ("/static", "/desk/static"):
        return f"{template}/page.css"
    return re.sub(r"{(\w+)(:\w+)?}", lambda mark: str(values.get(mark[1], "x")), template)


async def test_every_route_on_a_channels_domain(world: World) -> None:
    made = await settled(world)
    await channel(world, "rivale", "La Rivale")
    post = await made.say(ARTICLE)
    claim = await domains.claim(world.app, made.peer)
    assert claim is not None
    token = claim.file.rpartition("-")[2]
    page = await service.load_page(world.app, made.peer)
    assert page is not None
    logo = (await made.owner.call(api.petitbleu.GetIdentity(channel=made.input))).logo
    known = {"id": post, "tag": "port", "form": "atom", "year": 2027, "month": "01", "part": 0,
             "block": 0, "token": token, "label": logo.rpartition("/")[2]}  # fmt: skip
    browser = whole(world)
    browser.headers = {"cookie": "__Host-pb=1; desk=2"}
    seen, wrong = set(), []
    for template, methods in paths(browser.app._app.routes):
        seen.add(template)
        for method in sorted(methods):
            for name in ("mairie", "rivale"):
                path = filled(template, name=name, **known)
                got = await browser._send(method, HERE + path, b"")
                said = (method, path, got.status)
                assert "set-cookie" not in got.headers, said
                assert b"La Rivale" not in got.body, said
                foreign = name == "rivale" and "{name}" in template and template not in OF_EVERYBODY
                if template not in ANSWERED or foreign:
                    assert got.status == 404, said
                elif method == "GET":
                    wrong += [said] if got.status != ANSWERED[template] else []
    assert not wrong, wrong
    assert seen >= ANSWERED.keys(), "a route of the table is gone"
    assert {"/desk", "/dev", "/healthz", "/join/{token}", "/api", "/app", "/hub"} <= seen


async def test_other_ways_to_write_an_address_are_no_ways_in(world: World) -> None:
    await settled(world)
    await channel(world, "rivale", "La Rivale")
    browser = whole(world)
    for path in ("/desk/", "//desk", "/DESK", "/desk%2f", "/s/../desk", "/./desk", "/%64esk/cases",
                 "/s/rivale/", "/S/rivale", "/m/rivale/card.png", "/s/Rivale", "/rivale?x=/mairie",
                 "/apiw1", "/api/", "/app/ws", "/metrics", "/domains/ask?domain=" + DOMAIN,
                 "/akismet/1.2/key-sites", "/s/mairie/../../desk"):  # fmt: skip
        for host in (DOMAIN, DOMAIN.upper(), DOMAIN + ":443", DOMAIN + ".", DOMAIN + ".:8443"):
            got = await browser.get(f"http://{host}{path}")
            assert got.status in (404, 308), (host, path, got.status)
            assert "La Rivale" not in got.text and "set-cookie" not in got.headers
    got = await browser.get(f"http://{DOMAIN}.:8443/")
    assert got.status == 200, "a browser with a dot behind the name sees the newspaper"


async def test_a_host_nobody_claimed_gets_what_it_got(world: World) -> None:
    made = await newspaper(world)
    post = await made.say(ARTICLE)
    await domains.ask(world.app, made.peer, DOMAIN)  # asked for, not proved
    browser = whole(world)
    for host in (DOMAIN, "elsewhere.example", "192.0.2.1", "localhost", "x" * 300):
        for path, status in (("/s/mairie", 200), (f"/mairie/{post}", 200), ("/dev", 404)):
            got = await browser.get(f"http://{host}{path}")
            assert got.status == status, (host, path)
            assert DOMAIN not in got.text


async def test_the_domain_is_the_one_address_of_each_page(world: World) -> None:
    made = await newspaper(world)
    post = await made.say(ARTICLE)
    feed_before = await reader(world).get("/s/mairie/feed.atom")
    async with zone(world) as dns:
        await give(world, made, dns)
    for path, to in (("/s/mairie", "/"), ("/mairie", "/"), ("/s/mairie?before=7", "/?before=7"),
                     (f"/mairie/{post}", f"/mairie/{post}"), ("/s/mairie/tag/port",) * 2,
                     ("/s/mairie/feed.atom",) * 2, ("/s/mairie/section/port",) * 2,
                     ("/s/mairie/about",) * 2):  # fmt: skip
        got = await reader(world).get(path)
        assert (got.status, got.headers.get("location")) == (301, HERE + to), path
    sent = await reader(world).post(f"/mairie/{post}/comment", {"text": "x"})
    assert (sent.status, sent.headers["location"]) == (308, f"{HERE}/mairie/{post}/comment")
    browser = reader(world)
    first = await browser.get(HERE + "/")
    assert first.status == 200 and f'rel="canonical" href="{HERE}/"' in first.text
    page = await browser.get(f"{HERE}/mairie/{post}")
    url = f"{HERE}/mairie/{post}"
    assert f'rel="canonical" href="{url}"' in page.text
    assert f'property="og:url" content="{url}"' in page.text
    data = json.loads(re.search(r"ld\+json\">(.*?)</script>", page.text, re.S)[1])  # type: ignore[index]
    assert data["url"] == url and data["publisher"]["url"] == HERE + "/"
    assert data["publisher"]["logo"].startswith(HERE)
    for inside in (first, page):
        for link in re.findall(r'(?:content|href)="(http[^"]*)"', inside.text):
            if MAIN in link:
                assert re.match(MAIN + r"/(app|suivi|mes-dossiers|autorites|join|$)", link), link
    feed = await browser.get(f"{HERE}/s/mairie/feed.atom")
    assert f'href="{url}"' in feed.text and f"{HERE}/s/mairie/feed.atom" in feed.text
    ids = [re.findall(r"<id>(.*?)</id>", one.text) for one in (feed_before, feed)]
    assert ids[0] == ids[1], "a reader of feeds must not see all posts anew"


async def test_machines_find_the_channel_on_its_domain_alone(world: World) -> None:
    made = await settled(world)
    await service.set_switch(world.app, made.peer, "press", "on")
    other = await channel(world, "rivale", "La Rivale")
    await service.set_switch(world.app, other.peer, "press", "on")
    post = await made.say(newsroom.ARTICLE)
    await other.say("Un autre\n\nArticle")
    browser = reader(world)
    for path in ("/sitemap.xml", "/news-sitemap.xml", "/robots.txt", "/s/mairie/sitemap.xml"):
        here, main = await browser.get(HERE + path), await browser.get(path)
        assert here.status == 200 and "rivale" not in here.text and MAIN not in here.text, path
        assert "mairie" not in main.text, path
    assert f"{HERE}/mairie/{post}" in (await browser.get(f"{HERE}/s/mairie/sitemap.xml")).text
    assert f"{HERE}/mairie/{post}" in (await browser.get(f"{HERE}/news-sitemap.xml")).text
    assert f"Sitemap: {HERE}/sitemap.xml" in (await browser.get(f"{HERE}/robots.txt")).text
    for host in ("", HERE):
        asked = await browser.get(f"{host}/oembed?url={HERE}/mairie/{post}")
        assert asked.status == 200 and json.loads(asked.text)["provider_url"] == HERE, host
    foreign = await browser.get(f"{HERE}/oembed?url={MAIN}/rivale/1")
    assert foreign.status == 404


async def test_legal_pages_are_copied_and_cases_stay_where_they_are(world: World) -> None:
    await settled(world)
    browser = whole(world)
    for path in COPIES:
        page = await browser.get(HERE + path)
        assert page.status == 200, path
        assert "La Gazette du Port" in header(page), path
        footer = page.text.partition("<footer")[2]
        for kept in ("/suivi", "/mes-dossiers", "/autorites"):
            assert re.search(rf'href="http://[^"/]+(:\d+)?{kept}', footer), (path, kept)


# ── kept pages ──────────────────────────────────────────────────────────────────────────────────


async def shown(browser: Browser, url: str, **headers: str) -> Answer:
    browser.headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return await browser.get(url)


async def test_hosts_do_not_share_kept_pages(world: World) -> None:
    made = await settled(world)
    other = await channel(world, "rivale", "La Rivale")
    async with zone(world) as dns:
        await give(world, other, dns, "rivale.example")
    await made.say(ARTICLE)
    await other.say("De la rivale\n\nAutre texte")
    browser = reader(world)
    for _ in range(3):
        for form in ("", "gzip"):
            for host, mine, theirs in ((HERE, "Gazette", "Rivale"),
                                       ("http://rivale.example", "Rivale", "Gazette")):  # fmt: skip
                got = await shown(browser, host + "/", accept_encoding=form)
                text = gzip.decompress(got.body).decode() if form else got.text
                assert mine in text and theirs not in text, (host, form)
            main = await shown(browser, "/", accept_encoding=form)
            text = gzip.decompress(main.body).decode() if form else main.text
            assert "La Gazette" not in text or "Rivale" in text


async def test_what_is_withheld_is_withheld_in_each_form(world: World) -> None:
    made = await settled(world)
    post = await made.say("Le texte secret\n\nPersonne ne lira ce secret. #port")
    stays = await made.say(ARTICLE)
    urls = [f"{HERE}{path}" for path in
            ("/", "/s/mairie/tag/port", "/s/mairie/section/port", "/s/mairie/feed.atom",
             "/s/mairie/feed.rss", "/s/mairie/feed.json", f"/mairie/{post}", f"/mairie/{stays}",
             f"/mairie/{post}?embed=1", f"/oembed?url={HERE}/mairie/{post}",
             f"/m/mairie/{post}/card.png", "/?q=secret", "/s/mairie/2027/01",
             "/sitemap.xml")]  # fmt: skip
    changed = urls[:6]
    browser = reader(world)
    tags: dict[str, str] = {}
    for url in urls:
        for form in ("", "gzip", "br"):
            got = await shown(browser, url, accept_encoding=form)
            tags[url + form] = got.headers.get("etag", "")
    await decide(world, made, "withhold", post)
    for url in urls:
        for form in ("", "gzip", "br"):
            tag = tags[url + form]
            got = await shown(browser, url, accept_encoding=form, if_none_match=tag or '"x"')
            again = await shown(browser, url, accept_encoding="")
            assert "ne lira" not in again.text and "texte secret" not in again.text, url
            if url.partition("?")[0].endswith(f"/{post}") or "/m/" in url or "oembed" in url:
                assert got.status in (404, 451), (url, form, got.status)
            elif url in changed:
                assert got.status == 200, (url, form, got.status)


@pytest.mark.parametrize("how", ["off", "suspended", "withheld", "deleted", "renamed", "given up"])
async def test_what_ends_a_page_ends_it_on_the_domain(world: World, how: str) -> None:
    made = await settled(world)
    post = await made.say(ARTICLE)
    browser = reader(world)
    urls = [
        f"{HERE}/",
        f"{HERE}/mairie/{post}",
        f"{HERE}/s/mairie/feed.atom",
        f"{HERE}/s/mairie/about",
    ]
    tags = []
    for url in urls:
        for _ in range(2):
            got = await shown(browser, url)
            assert got.status == 200, url
        tags.append(got.headers["etag"])
    expected = 404
    if how == "off":
        await service.set_shown(world.app, made.peer, False)
    elif how == "suspended":
        await suspend(world, made)
    elif how == "withheld":
        await decide(world, made, "withhold")
        expected = 451
    elif how == "deleted":
        await made.owner.call(api.channels.DeleteChannel(channel=made.input))
    elif how == "renamed":
        await made.rename("gazette_du_port")
        expected = 301
    else:
        await domains.give_up(world.app, made.peer)
        expected = 0
    for url, tag in zip(urls, tags, strict=True):
        for headers in ({}, {"if_none_match": tag}, {"accept_encoding": "br"}):
            got = await shown(browser, url, **headers)
            got.body = b"" if "content-encoding" in got.headers else got.body
            if how == "given up":
                # A host that nobody claims: the page stands on the instance's host.
                assert HERE not in got.text, url
            elif how == "renamed" and url.endswith("/"):
                assert got.status == 200 and ("gazette_du_port" in got.text or "br" in str(headers))
            else:
                assert got.status == expected, (how, url, got.status)
            if expected in (404, 451):
                assert "La Gazette" not in got.text, (how, url)


async def suspend(world: World, made: Channel) -> None:
    """The owner is suspended."""
    order = measures.Order("s1", "suspend", "operator", "a reason", subject=made.owner.user_id)
    await measures.apply(world.app, order)


async def test_a_proxy_learns_which_names_may_have_certificates(world: World) -> None:
    made = await newspaper(world)
    await domains.ask(world.app, made.peer, DOMAIN)
    browser = whole(world)

    async def ask(domain: str, host: str = "127.0.0.1:8080", *, here: bool = True) -> int:
        scoped = browser.app

        async def from_loopback(scope: Any, receive: Any, send: Any) -> None:
            await scoped(scope | ({"petitbleu.loopback": True} if here else {}), receive, send)

        got = await Browser(from_loopback).get(f"http://{host}/domains/ask?domain={domain}")
        return got.status

    assert await ask(DOMAIN) == 404, "it is not proved yet"
    async with zone(world) as dns:
        await give(world, made, dns)
    assert await ask(DOMAIN) == await ask(DOMAIN.upper()) == 200
    for other in (
        "rivale.example",
        "chat.example.org",
        "127.0.0.1",
        "",
        "x" * 400,
        "a%00b.example",
    ):
        assert await ask(other) == 404, other
    assert await ask(DOMAIN, here=False) == 404
    assert await ask(DOMAIN, host="chat.example.org") == 404
    assert await ask(DOMAIN, host=DOMAIN) == 404
    await domains.give_up(world.app, made.peer)
    assert await ask(DOMAIN) == 404


async def test_forms_work_on_the_domain(world: World) -> None:
    here = await talk(world)
    async with zone(world) as dns:
        await give(world, here.channel, dns)
    here.page = f"{HERE}/mairie/{here.post}"
    sent = await here.form(text="Bravo pour les lilas")
    assert sent.status in (200, 303) and "set-cookie" not in sent.headers, sent.words
    assert MAIN not in sent.headers.get("location", "")
    await here.act("confirm")
    await service.set_switch(world.app, here.channel.peer, "comments", "direct")
    await here.wrote("Et pour les roses aussi")
    page = await reader(world).get(here.page)
    assert "Et pour les roses aussi" in page.text
    shown = await reader(world).get(f"{here.page}/comments.atom")
    assert shown.status == 200 and f"{HERE}/mairie/{here.post}?comment=" in shown.text
    found = await reader(world).get(f"{HERE}/?q=lilas")
    assert found.status == 200 and 'action="/"' in found.text
    report = re.search(r'href="(/signaler\?link=[^"]*)"', page.text)
    assert report is not None
    notice = await whole(world).get(HERE + report[1].replace("&amp;", "&"))
    assert notice.status == 200 and f"mairie/{here.post}" in notice.text
