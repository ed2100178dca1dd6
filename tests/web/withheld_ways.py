"""The ways by which a post that is on the web could still be read after it was withheld.

A row of :data:`WAYS` is a name and what somebody without an account gets by it: all bytes that
reach them. A row shows the post if :data:`WORD` is in them. Before a measure every row shows it
(which proves that the row works), afterwards none (``test_public_withheld_ways.py``). To add a way,
add a line; ``{post}`` and the other names stand for attributes of :class:`Site`.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import brotli

from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.publishing.pages.versions import GRACE
from petitbleu.domain.publishing.visits import service as visits
from petitbleu.domain.publishing.websub import service as websub
from petitbleu.tl import api
from petitbleu.web.public.texts import Writer
from tests.domain.files.media.shots import picture, upload
from tests.domain.publishing.comments.kit import Talk
from tests.domain.publishing.newsletter.kit import BASE, run, subscribe
from tests.domain.publishing.review.test_previews import link
from tests.kit import chats
from tests.kit.web import Answer, Browser
from tests.kit.world import SentMail, World
from tests.web.newsroom import signatures
from tests.web.public import Channel, channel, reader

WORD = "Quittensaft"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"
LETTERS = {
    "post": {"frequency": "post"},
    "tag": {"frequency": "post", "tags": "#obst"},
    "day": {"frequency": "day"},
    "week": {"frequency": "week"},
}


class Site:
    """A newspaper with the post that is to be withheld, and what leads to it."""

    def __init__(self, world: World, made: Channel, here: Talk, post: int) -> None:
        self.world, self.made, self.here, self.post = world, made, here, post
        self.after = self.before = self.reply = self.comment = 0
        self.month = self.host = self.preview = ""
        self.visits = self.mine = ""
        self.kept: dict[str, str] = {}
        """Path -> validator of what a reader has."""
        self.mails: list[SentMail] = []
        self._asked = 0

    def path(self, pattern: str) -> str:
        return pattern.format(**{n: v for n, v in vars(self).items() if isinstance(v, int | str)})

    async def get(self, pattern: str, method: str = "GET", **headers: str) -> Answer:
        """What an address leads to in the end. Keyword ``if_none_match`` is ``If-None-Match``."""
        self._asked += 1
        path, host = self.path(pattern), headers.get("host", self.host)
        for _ in range(4):
            browser = _Reader(self.world, host)
            browser.ip = f"198.51.{self._asked // 250}.{self._asked % 250}"  # nobody asks too often
            browser.headers = {"user-agent": FIREFOX} | {
                name.replace("_", "-"): value for name, value in headers.items() if name != "host"
            }
            answer = await browser._send(method, path, b"")
            if answer.status not in (301, 302, 307, 308):
                break
            target = urlsplit(answer.headers["location"])
            path = target.path + (f"?{target.query}" if target.query else "")
            host = target.netloc or host
        return answer


class _Reader(Browser):
    """Somebody who may name this site otherwise."""

    def __init__(self, world: World, host: str) -> None:
        super().__init__(reader(world).app)
        self._host = host

    async def _send(self, method: str, url: str, body: bytes) -> Answer:
        return await super()._send(
            method, f"https://{self._host}{url}" if self._host else url, body
        )


async def site(world: World) -> Site:
    """Other posts, a picture, comments, readers by mail, a former name, an earlier version, a
    link to it from before it was published."""
    reader(world)  # the site is there: it writes the letters
    made = await channel(world, "gazette_old", "La Gazette")
    group = await chats.supergroup(made.owner, title="Discussion")
    await made.owner.call(
        api.channels.SetDiscussionGroup(
            broadcast=made.input, group=chats.input_channel(made.owner, group)
        )
    )
    for name, value in (("newsletter", "on"), ("comments", "direct"), ("press", "on"),
                        ("history", "on")):  # fmt: skip
        await pages.set_switch(world.app, made.peer, name, value)
    await pages.set_identity(world.app, made.peer, "sections", "Obst #obst")
    await signatures(made, True)
    await made.owner.call(api.petitbleu.SetAuthor(channel=made.input, shown=True))
    await made.rename("gazette")
    await run(world)
    for name, more in LETTERS.items():
        await subscribe(world, f"{name}@{name}.example.net", name="gazette", **more)
    before = await made.say("Hier war ein anderer Tag. #obst")
    file = await upload(made.owner, picture(900, 600))
    bold = [api.MessageEntityBold(offset=0, length=len(f"Ein Glas {WORD}"))]
    text = f"Ein Glas {WORD}\n\nDas Rezept für {WORD} ist alt. #obst #{WORD} {'Es kocht. ' * 30}"
    photo = api.InputMediaUploadedPhoto(file=file)
    post, preview = await _published(world, made, photo, text, bold)
    await pages.describe(world.app, made.peer, post, f"Eine Flasche {WORD}")
    world.clock.advance(GRACE)
    await made.edit(post, f"{text} Neu.", entities=bold)
    note = f"{WORD} ist kein Wein."
    await made.owner.call(api.petitbleu.AddCorrection(channel=made.input, id=post, text=note))
    other = [api.MessageEntityBold(offset=0, length=len("Kein Glas mehr"))]
    await made.say("Kein Glas mehr\n\nDas Obst ist weg.", entities=other)
    site = Site(world, made, Talk(world, made, group, post), post)
    site.preview = preview
    site.before, site.after = before, await made.say("Morgen ist noch ein Tag. #obst")
    await world.settle()
    await site.here.wrote("Wie lange muss das kochen?")
    site.mine = site.here.mine
    (said,) = await site.here.said()
    site.comment = int(said.id)
    for n in range(16):
        await made.say(f"Nachricht {n}. #wetter")
    await made.owner.call(
        api.messages.UpdatePinnedMessage(peer=made.input_peer, id=post, silent=True)
    )
    local = Writer("en", world.app.config.timezone).at(int(world.clock.now()))
    site.month = f"{local.year}/{local.month:02}"
    site.visits = urlsplit(visits.link(world.app, made.owner.user_id, made.peer)).path
    await site.get("/gazette/{post}")
    await world.app.parts[visits.VISITS].write()
    await world.settle()
    return site


async def _published(
    world: World, made: Channel, photo: Any, text: str, bold: list[Any]
) -> tuple[int, str]:
    """A post that was scheduled: its id, and the path of the link to it from before."""
    waiting = await made.owner.call(
        api.messages.SendMedia(
            peer=made.input_peer, media=photo, message=text, entities=bold, random_id=88_000_000,
            schedule_date=int(world.clock.now()) + 3600,
        )
    )  # fmt: skip
    preview = await link(made, int(waiting.updates[0].id))
    world.clock.advance(3601)
    await run(world)
    to = (await reader(world)._send("GET", preview, b"")).headers["location"]
    return int(to.rpartition("/")[2]), preview


Way = Callable[[Site], Awaitable[bytes]]


def told(answer: Answer) -> bytes:
    """All that an answer says, as a reader has it."""
    body = answer.body
    if answer.status not in (204, 304):
        match answer.headers.get("content-encoding", ""):
            case "br":
                body = brotli.decompress(body)
            case "gzip":
                body = gzip.decompress(body)
    return repr(answer.headers).encode() + body


def page(path: str, **headers: str) -> Way:
    """The words of a page or document."""

    async def way(site: Site) -> bytes:
        return told(await site.get(path, **headers))

    return way


def piece(path: str, pattern: str) -> Way:
    """What a part of a page says, which a regular expression finds."""

    async def way(site: Site) -> bytes:
        text = (await site.get(path)).text
        return " ".join(re.findall(pattern, text, re.DOTALL)).encode()

    return way


def file(path: str, **headers: str) -> Way:
    """The bytes of a picture."""

    async def way(site: Site) -> bytes:
        answer = await site.get(path, **headers)
        return WORD.encode() if answer.status in (200, 206, 304) else answer.body

    return way


def there(path: str) -> Way:
    """HEAD: whether there is something."""

    async def way(site: Site) -> bytes:
        answer = await site.get(path, "HEAD")
        return WORD.encode() if answer.status == 200 else repr(answer.headers).encode()

    return way


def listed(path: str) -> Way:
    """Whether a machine is sent to the post."""

    async def way(site: Site) -> bytes:
        text = (await site.get(path)).text
        return WORD.encode() if site.path("/gazette/{post}<") in text else text.encode()

    return way


def known(path: str, **headers: str) -> Way:
    """Asking again with the validator of what one has: 304 would say that it still holds."""

    async def way(site: Site) -> bytes:
        key = path + repr(headers)
        tag = site.kept.get(key, "")
        answer = await site.get(path, if_none_match=tag, **headers)
        if not tag:
            site.kept[key] = answer.headers.get("etag", "")
        is_picture = answer.headers.get("content-type", "").startswith("image/")
        return WORD.encode() if answer.status == 304 or is_picture else told(answer)

    return way


def leads(path: str, attribute: str) -> Way:
    """The picture to which a page leads machines, or led them."""

    async def way(site: Site) -> bytes:
        found = re.search(attribute, (await site.get(path)).text)
        address = site.kept.setdefault(path + attribute, found[1] if found else "")
        answer = await site.get(urlsplit(address).path)
        return WORD.encode() if answer.status == 200 else answer.body

    return way


async def pushed(site: Site) -> bytes:
    """What subscribers of the feed are sent."""
    shown = await pages.load_page(site.world.app, site.made.peer)
    write = site.world.app.parts[websub.WRITTEN]
    if shown is None or write is None:
        return b""
    made = await write(shown, "atom", "192.0.2.7")
    return made[1] if made is not None else b""


def mailed(name: str) -> Way:
    """The mails of somebody who gets the newsletter (they leave after the measure)."""

    async def way(site: Site) -> bytes:
        mails = [one for one in site.mails if one.to.startswith(f"{name}@")]
        return b"".join(
            f"{one.subject} {one.text} {one.message}".encode()
            + b"".join(part.get_content().encode() for part in one.message.walk()
                       if part.get_content_maintype() == "text")
            for one in mails
        )  # fmt: skip

    return way


P, S, M = "/gazette/{post}", "/s/gazette", "/m/gazette/{post}"
WAYS: dict[str, Way] = {
    # the post
    "its page": page(P),
    "its page in French": page(P, accept_language="fr"),
    "its page by ?lang=de": page(P + "?lang=de"),
    "its page with words that mean nothing": page(P + "?utm_source=x"),
    "its page in Brotli": page(P, accept_encoding="br"),
    "its page in gzip": page(P, accept_encoding="gzip"),
    "its page, asked for again": known(P),
    "its page in Brotli, asked for again": known(P, accept_encoding="br"),
    "its page in gzip, asked for again": known(P, accept_encoding="gzip"),
    "its page since a time": page(P, if_modified_since="Sat, 01 Jan 2000 00:00:00 GMT"),
    "a range of its page": page(P, range="bytes=0-100000"),
    "the head of its page": there(P),
    "its page below /s/": page("/s/gazette/{post}"),
    "its page with another case": page("/GaZette/{post}"),
    "its page, percent-encoded": page("/%67azett%65/{post}"),
    "its page with zeros": page("/gazette/00{post}"),
    "its page with a slash": page(P + "/"),
    "its page under the former name": page("/gazette_old/{post}"),
    "its page under another host": page(P, host="other.example.net"),
    "its page under the host with a port": page(P, host="chat.example.org:443"),
    "its page under a forwarded host": page(P, x_forwarded_host="other.example.net"),
    "its frame": page(P + "?embed=1"),
    "its frame of a width": page(P + "?embed=1&width=400"),
    "its frame in gzip": page(P + "?embed=1", accept_encoding="gzip"),
    "its title": piece(P, r"<title>(.*?)</title>"),
    "its description": piece(P, r'og:title" content="(.*?)"'),
    "its linked data": piece(P, r"ld\+json\">(.*?)</script>"),
    "its picture's description": piece(P, r'alt="(.*?)"'),
    "its page on paper": piece(P, r"<body.*</body>"),
    "its corrections": piece(P, r'class="corrections"(.*?)</section>'),
    "what it said before": page(P + "/history"),
    "what it said before, in gzip": page(P + "/history", accept_encoding="gzip"),
    "the link by which it was seen before": page("{preview}"),
    "its code for other sites": piece(P, r"&lt;iframe(.*?)iframe"),
    # what stands beside it
    "the channel": page(S),
    "the channel by its short address": page("/gazette"),
    "the channel in Brotli": page(S, accept_encoding="br"),
    "the channel, asked for again": known(S),
    "on top of the channel": piece(S, r'class="story lead(.*?)</article>'),
    "its author": page(S + "/author/zoe"),
    "its author in Brotli": page(S + "/author/zoe", accept_encoding="br"),
    "its author, asked for again": known(S + "/author/zoe"),
    "its section": page(S + "/section/obst"),
    "its section in gzip": page(S + "/section/obst", accept_encoding="gzip"),
    "its section, asked for again": known(S + "/section/obst"),
    "older pages of the channel": page(S + "?before={after}"),
    "the month": page(S + "/{month}"),
    "the month in gzip": page(S + "/{month}", accept_encoding="gzip"),
    "the archive": page(S + "/archive"),
    "a hashtag": page(S + "/tag/obst"),
    "its own hashtag": page(S + "/tag/quittensaft"),
    "its own hashtag, written otherwise": page(S + "/tag/QUITTENSÀFT"),
    "a hashtag everywhere": page("/tag/obst"),
    "a hashtag everywhere in French": page("/tag/obst?lang=fr"),
    "the post before it": page("/gazette/{before}"),
    "the post after it": page("/gazette/{after}"),
    "related posts": piece("/gazette/{before}", r'class="related"(.*?)</section>'),
    "a search in the channel": page(S + "?q=rezept"),
    "a search in the channel by its beginning": page(S + "?q=quitt"),
    "a search for a hashtag": page(S + "?q=%23obst"),
    "a search in all channels": page("/?q=rezept+alt"),
    "a search in all channels for a hashtag": page("/?q=%23obst"),
    "a passage of a search": piece("/?q=rezept", r'class="passage"(.*?)</p>'),
    # its comments
    "its comments": page(P + "/comments"),
    "a comment": page(P + "?comment={comment}"),
    "the form for comments": page(P + "/comment"),
    "the form for an answer": page(P + "/comment?to={comment}"),
    "its comments' feed": page(P + "/comments.atom"),
    # feeds
    **{f"the {form} feed": page(f"{S}/feed.{form}") for form in ("atom", "rss", "json")},
    **{f"a hashtag's {form} feed": page(f"{S}/tag/obst/feed.{form}")
       for form in ("atom", "rss", "json")},
    **{f"an archived {form} feed": page(S + "/{month}/feed-0." + form)
       for form in ("atom", "rss", "json")},
    "a hashtag's archived feed": page(S + "/tag/obst/{month}/feed-0.atom"),
    "the feed in Brotli": page(S + "/feed.atom", accept_encoding="br"),
    "the feed in gzip": page(S + "/feed.json", accept_encoding="gzip"),
    "the feed, asked for again": known(S + "/feed.atom"),
    "a page of the feed": page(S + "/feed.atom?before={after}"),
    "the feed that subscribers are sent": pushed,
    # machines
    "oEmbed": page("/oembed?url=" + BASE + P),
    "oEmbed in XML": page("/oembed?format=xml&url=" + BASE + P),
    "the way to Mastodon": page("/share/mastodon/gazette/{post}?server=example.social"),
    "the sitemap": listed(S + "/sitemap.xml"),
    "a part of the sitemap": listed(S + "/sitemap-0.xml"),
    "the news sitemap": listed("/news-sitemap.xml"),
    "the title in the news sitemap": page("/news-sitemap.xml"),
    # files
    "its picture": file(M + "/y"),
    "its picture, smaller": file(M + "/m"),
    "its picture, asked for again": known(M + "/y"),
    "a range of its picture": file(M + "/y", range="bytes=0-99"),
    "the end of its picture": file(M + "/y", range="bytes=-99"),
    "the head of its picture": there(M + "/y"),
    "its picture under another host": file(M + "/y", host="other.example.net"),
    "its picture under the former name": file("/m/gazette_old/{post}/y"),
    "its picture as machines were shown it": leads(P, r'og:image" content="(.*?)"'),
    "its painted card": file(M + "/card.png"),
    # those who look after the channel
    "the numbers of its readers": page("{visits}"),
    "the numbers of its readers, of it alone": page("{visits}?post={post}"),
    "the numbers of its readers of a year": page("{visits}?days=365"),
}  # fmt: skip
NOT_ON_A_DOMAIN = frozenset(
    name for name in WAYS
    if name.startswith(("a hashtag everywhere", "the numbers of its readers"))
    or name == "the link by which it was seen before"
)  # fmt: skip
"""What the instance has alone: 404 on a channel's domain."""
LATE: dict[str, Way] = {
    "a mail for each post": mailed("post"),
    "a mail for each post of a hashtag": mailed("tag"),
    "a mail of the day": mailed("day"),
    "a mail of the week": mailed("week"),
}
"""Ways that lead to the post only when some time has passed."""
