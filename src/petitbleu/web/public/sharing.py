"""How a post is handed on: plain links to other services, and what machines read of it.

Nothing is loaded from those services: a link is followed by whoever wants to. No parameter follows
anybody.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from markupsafe import Markup

from petitbleu.domain.publishing.pages import views
from petitbleu.domain.publishing.pages.service import Author, Page
from petitbleu.web.public import media_types, reading
from petitbleu.web.public.presenter import Part, View
from petitbleu.web.public.richtext import plain
from petitbleu.web.public.texts import Writer

_NAMES = {
    "facebook": "Facebook",
    "x": "X",
    "linkedin": "LinkedIn",
    "pinterest": "Pinterest",
    "mastodon": "Mastodon",
}
CARD_WIDTH, CARD_HEIGHT = 1200, 630
"""Of the generated picture, in pixels. Of the sizes of another the first as wide is shown: search
engines want 1,200."""
_LARGE = 600
"""Pixels from which a picture is wide enough to be shown large."""


class Share(NamedTuple):
    """One link of the share row."""

    key: str
    label: str
    short: str
    """The word that is seen; the label has it too."""
    href: str


class Picture(NamedTuple):
    """What services show beside a link."""

    url: str
    width: int
    height: int
    alt: str
    large: bool


def picture(view: View, w: Writer) -> Picture:
    """The post's first picture, else the generated one, whose words all stand on the page."""
    found = view.picture
    if found is not None and found.item.sort != "sticker":
        label, width, height = _large(found)
        alt = found.described or view.title or w.full(view.post.date)
        return Picture(_address(view, found, label), width, height, alt, width >= _LARGE)
    url = f"{view.media}/m/{view.name}/{view.post.id}/card.png"
    return Picture(url, CARD_WIDTH, CARD_HEIGHT, view.title or w.full(view.post.date), True)


def _large(part: Part) -> tuple[str, int, int]:
    """Label and sides of the size of a picture that services show."""
    sizes = part.item.sizes
    label, width, height, _ = next((size for size in sizes if size[1] >= CARD_WIDTH), sizes[-1])
    return label, width, height


def _address(view: View, part: Part, label: str) -> str:
    return f"{view.media}/m/{view.name}/{part.item.message}/{label}"


def _images(view: View, shown: Picture) -> list[str]:
    """The pictures of a post, first the one that is shown of it."""
    pictures = [one for one in view.pictures if one.item.sort == "photo"]
    return list(
        dict.fromkeys([shown.url, *(_address(view, one, _large(one)[0]) for one in pictures)])
    )


class Video(NamedTuple):
    """A film of a post as services show it. Sides are 0 where they are not known."""

    url: str
    type: str
    poster: str
    width: int
    height: int
    seconds: int


def videos(view: View) -> list[Video]:
    """The films of a post that are not hidden. What has no picture of its own is shown by the
    generated one."""
    if view.post.sensitive or view.withheld is not None:
        return []
    films = []
    for part in view.parts:
        item = part.item
        if part.sort != "video" or item.spoiler:
            continue
        card = f"{view.media}/m/{view.name}/{view.post.id}/card.png"
        poster = _address(view, part, item.sizes[-1][0]) if item.sizes else card
        url = _address(view, part, "o")
        kind = media_types.served(item.mime)
        films.append(Video(url, kind, poster, item.width, item.height, item.seconds))
    return films


def face(page: Page, sizes: Sequence[tuple[str, int, int, int]], media: str) -> Picture:
    """What stands beside a link to a channel: its own picture (``sizes``), else the generated one.
    ``media``: origin of pictures."""
    name = plain(page.title)
    folder = f"{media}/m/{page.name}"
    logo = views.avatar(page.identity.logo or None)
    if logo:
        label, width, height, _ = logo[-1]
        return Picture(f"{folder}/logo/{label}", width, height, name, False)
    if not sizes:
        return Picture(f"{folder}/card.png", CARD_WIDTH, CARD_HEIGHT, name, True)
    label, width, height, _ = sizes[-1]
    return Picture(f"{folder}/photo/{label}", width, height, name, False)


def own_face(page: Page) -> str:
    """The path of the picture that stands for a channel, its logo before its photo; empty: it has
    neither."""
    for folder, stored in (("logo", page.identity.logo or None), ("photo", page.chat.photo)):
        sizes = views.avatar(stored)
        if sizes:
            return f"/m/{page.name}/{folder}/{sizes[-1][0]}"
    return ""


class Shared(NamedTuple):
    """What is handed on."""

    url: str
    text: str
    picture: str
    """Address of its picture; empty: it has none of its own."""
    mastodon: str
    """Path of the page that asks for a server."""
    app: str
    """Where the web client shows it, below its own address."""


def post(view: View, page: Page, shown: Picture) -> Shared:
    """A post."""
    text = view.title or plain(page.title)
    own = shown.url if view.picture is not None else ""
    return Shared(
        view.url,
        text,
        own,
        f"/share/mastodon/{view.name}/{view.post.id}",
        f"/r/{page.chat.username}/{view.post.id}",
    )


def channel(page: Page, base: str) -> Shared:
    """A channel."""
    name = plain(page.title)
    return Shared(
        base + page.home,
        name,
        "",
        f"/share/mastodon/{page.name}",
        f"/r/{page.chat.username}",
    )


def row(what: Shared, page: Page, w: Writer, client: str) -> list[Share]:
    """The share row in the owner's order, without what needs a script, a picture it lacks
    or a web client (``client``: its address) that there is not."""
    url, text = what.url, what.text
    links = {
        "facebook": "https://www.facebook.com/sharer/sharer.php?" + _query(u=url),
        "x": "https://x.com/intent/post?" + _query(url=url, text=text),
        "linkedin": "https://www.linkedin.com/sharing/share-offsite/?" + _query(url=url),
        "pinterest": "https://www.pinterest.com/pin/create/button/?"
        + _query(url=url, media=what.picture, description=text),
        "mastodon": what.mastodon,
        "mail": "mailto:?" + _query(subject=text, body=f"{text}\n\n{url}"),
        "app": client + what.app,
    }
    names = [network for network in page.switches.share if network in links]
    return [
        Share(
            name, w.t[f"share_{name}"], _NAMES.get(name) or w.t[f"share_{name}_short"], links[name]
        )
        for name in names
        if (name != "pinterest" or what.picture) and (name != "app" or client)
    ]


def _query(**values: str) -> str:
    return urlencode(values, quote_via=quote, safe="")


def mastodon(server: str, text: str, url: str) -> str | None:
    """The address at which a Mastodon server asks what to post; None for what is no host name."""
    name = server.strip().lower().removeprefix("https://").rstrip("/").rpartition("@")[2]
    labels = name.split(".")
    plain = all(label and label.isascii() and label.replace("-", "").isalnum() for label in labels)
    if len(labels) < 2 or not plain or len(name) > 253:
        return None
    return f"https://{name}/share?" + _query(text=f"{text}\n\n{url}")


def embed_code(view: View, base: str, page: Page, width: int = 550, height: int = 400) -> str:
    """HTML that shows the post on another site, without a script."""
    title = Markup.escape(view.title or plain(page.title))
    return (
        f'<iframe src="{base}{view.path}?embed=1" title="{title}" width="{width}"'
        f' height="{height}"'
        ' loading="lazy" style="border:0;max-width:100%" sandbox="allow-popups'
        ' allow-popups-to-escape-sandbox"></iframe>'
    )


def oembed(view: View, page: Page, base: str, site: str, room: tuple[int, int]) -> dict[str, Any]:
    """The answer of oembed.com §2.3: ``rich`` where frames are allowed, else ``link``."""
    name = plain(page.title)
    told: dict[str, Any] = {
        "version": "1.0",
        "type": "rich" if page.switches.frames else "link",
        "title": view.title or name,
        "author_name": name,
        "author_url": base + page.home,
        "provider_name": site,
        "provider_url": base,
        "cache_age": 30,
    }
    if page.switches.frames:
        width, height = room
        told |= {"width": width, "height": height,
                 "html": embed_code(view, base, page, width, height)}  # fmt: skip
    return told | _thumbnail(view, room)


def _thumbnail(view: View, room: tuple[int, int]) -> dict[str, Any]:
    """The largest form of the post's picture for which there is room."""
    found = view.picture
    if found is None or found.item.sort != "photo":
        return {}
    width, height = room
    fitting = [size for size in found.item.sizes if size[1] <= width and size[2] <= height]
    if not fitting:
        return {}
    label, width, height, _ = fitting[-1]
    return {
        "thumbnail_url": _address(view, found, label),
        "thumbnail_width": width,
        "thumbnail_height": height,
    }


def _media(view: View, w: Writer, headline: str) -> dict[str, Any]:
    """What JSON-LD says of the pictures and films of a post."""
    document: dict[str, Any] = {}
    described = [(one, one.described) for one in view.pictures if one.item.sort == "photo"]
    if any(words for _, words in described):
        document["associatedMedia"] = [
            {"@type": "ImageObject", "contentUrl": _address(view, one, _large(one)[0])}
            | ({"caption": words} if words else {})
            for one, words in described
        ]
    films = videos(view)
    if films:
        document["video"] = [
            {
                "@type": "VideoObject",
                "name": headline,
                "description": view.description or view.text or headline,
                "thumbnailUrl": [film.poster],
                "uploadDate": w.iso(view.post.date),
                "duration": f"PT{film.seconds}S",
                "contentUrl": film.url,
                "encodingFormat": film.type,
            }
            | ({"width": film.width, "height": film.height} if film.width else {})
            for film in films
        ]
    return document


def linked_data(
    view: View, page: Page, w: Writer, shown: Picture, base: str, logo: Picture
) -> Markup:
    """JSON-LD of a post (schema.org), safe inside ``<script type="application/ld+json">``.
    ``logo``: what stands for the channel (:func:`face`)."""
    post = view.post
    publisher = {
        "@type": "NewsMediaOrganization" if page.switches.press else "Organization",
        "name": plain(page.title),
        "url": base + page.home,
        "logo": logo.url,
    }
    document: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle" if page.switches.press else "SocialMediaPosting",
        "@id": view.url,
        "url": view.url,
        "mainEntityOfPage": view.url,
        "inLanguage": view.lang,
        "headline": view.headline or view.title or w.t["permalink"].format(w.full(post.date)),
        "datePublished": w.iso(post.date),
        "dateModified": w.iso(post.updated or post.date),
        "author": _author(view, base) or publisher,
        "publisher": publisher,
        "image": _images(view, shown),
        "interactionStatistic": {
            "@type": "InteractionCounter",
            "interactionType": "https://schema.org/ViewAction",
            "userInteractionCount": post.views,
        },
    }
    if view.text:
        document["articleBody"] = view.article
    if view.is_article:
        document["wordCount"] = reading.words(view.text)
        document["timeRequired"] = f"PT{view.minutes}M"
    if post.corrections:
        document["correction"] = [
            {"@type": "CorrectionComment", "text": plain(one.note), "dateCreated": w.iso(one.at)}
            for one in post.corrections
        ]
    if view.description:
        document["description"] = view.description
    document |= _media(view, w, document["headline"])
    if post.comments is not None:
        document["commentCount"] = post.comments
    if view.tags:
        document["keywords"] = [shown_[1:] for shown_, _ in view.tags]
    return _script(document)


def _author(view: View, base: str) -> dict[str, Any] | None:
    """Whoever signed a post: with the address of their page if they agreed to one."""
    if view.author is not None:
        url = base + view.author_path
        return {"@type": "Person", "@id": url, "name": plain(view.author.name), "url": url}
    return {"@type": "Person", "name": plain(view.post.author)} if view.post.author else None


def author_data(author: Author, page: Page, url: str, base: str, image: str) -> Markup:
    """JSON-LD of an author's page (schema.org ``ProfilePage``); ``image``: their picture."""
    person: dict[str, Any] = {
        "@type": "Person",
        "@id": url,
        "name": plain(author.name),
        "url": url,
        "worksFor": {
            "@type": "NewsMediaOrganization" if page.switches.press else "Organization",
            "name": plain(page.title),
            "url": base + page.home,
        },
    }
    if author.about:
        person["description"] = plain(author.about)
    if image:
        person["image"] = image
    return _script(
        {"@context": "https://schema.org", "@type": "ProfilePage", "url": url, "mainEntity": person}
    )


def _script(document: dict[str, Any]) -> Markup:
    """A document as it stands inside ``<script type="application/ld+json">``."""
    text = json.dumps(document, ensure_ascii=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # noqa: S704  no character is left that HTML knows
