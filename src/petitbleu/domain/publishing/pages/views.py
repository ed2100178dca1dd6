"""Posts as the web shows them: plain values, the same for every reader.

They are made of the one form that all members of a channel share (viewer 0), so that what other
rooms add to messages (reactions, views, polls, previews) needs no second way to the page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.files.media import service as media
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages import views as message_views
from petitbleu.domain.messaging.messages.service import Entity, MessageRow
from petitbleu.domain.messaging.peers import views as peer_views
from petitbleu.domain.messaging.webpages import service as webpages
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.publishing.pages import alts, corrections, service, versions
from petitbleu.domain.publishing.pages.corrections import Correction
from petitbleu.domain.publishing.pages.identity import Identity
from petitbleu.domain.publishing.pages.posts import signature
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.tl import api

FILES = ("photo", "video", "gif", "round", "voice", "audio", "sticker", "file")
"""Sorts of :class:`Item` that have a file."""


LOGO_WIDTH = 320
"""Pixels that a header wants of a logo."""


class Rich(NamedTuple):
    """A text and its entities (UTF-16 units)."""

    text: str
    entities: Sequence[Entity] = ()


class Choice(NamedTuple):
    """An answer of a poll. ``votes`` is None while nobody is told."""

    text: Rich
    votes: int | None
    right: bool


class Poll(NamedTuple):
    """A poll as those see it who have no vote."""

    question: Rich
    choices: list[Choice]
    voters: int
    closed: bool
    quiz: bool
    multiple: bool


class Preview(NamedTuple):
    """What a link leads to."""

    url: str
    site: str
    title: str
    text: str


class Item(NamedTuple):
    """What a message carries besides its text. Sizes are pixels, ``seconds`` and bytes."""

    sort: str
    """One of :data:`FILES`, or contact, geo, geo_live, venue, dice, poll, webpage, else unknown."""
    message: int
    """In which message of the post."""
    media: int = 0
    sizes: Sequence[tuple[str, int, int, int]] = ()
    """Pictures, smallest first: label, width, height, bytes."""
    mime: str = ""
    size: int = 0
    width: int = 0
    height: int = 0
    seconds: int = 0
    name: str = ""
    """Of the file, the place, the person, the piece of music; the emoji of a sticker or die."""
    detail: str = ""
    """Address, number, performer, value of a die."""
    point: tuple[float, float] | None = None
    spoiler: bool = False
    alt: str = ""
    """What is to be seen in a picture, where somebody said so."""
    caption: Rich = Rich("")
    """The text of its own message in an album that has a text besides."""
    of_body: bool = False
    """Whether its message is the one with the text of the post."""
    poll: Poll | None = None
    preview: Preview | None = None


class Post(NamedTuple):
    """One post; an album is one. Times are Unix seconds."""

    chat: int
    id: int
    """Of its first message: what its address ends with."""
    last: int
    date: int
    edited: int
    body: Rich
    items: list[Item]
    author: str
    views: int
    reactions: list[tuple[str, int]]
    comments: int | None
    """None: there is no discussion."""
    forward: str
    """From whom, as it is said; empty: from nobody."""
    forward_link: str
    """Address on this site, where the origin has one."""
    answer_to: int
    quote: Rich
    pinned: bool
    sensitive: str
    """What is said before it is shown; empty: nothing."""
    signer: int = 0
    """The account that signed it; 0: nobody did, or it is another's text."""
    corrections: Sequence[Correction] = ()

    @property
    def changed(self) -> int:
        """When it last became another one in any way."""
        return max(self.date, self.edited, *(one.at for one in self.corrections))

    @property
    def updated(self) -> int:
        """When it said something else last, as readers are told; 0: as when it was published."""
        edited = versions.updated(self.date, self.edited)
        return max(edited, *(one.at for one in self.corrections), 0)


Described = Mapping[tuple[int, int], str]
"""What is to be seen in pictures: (owner, message) -> text."""


async def posts(
    app: App, groups: Sequence[Sequence[MessageRow]], described: Described | None = None
) -> list[Post]:
    """The posts that these groups of messages are. ``described``: descriptions of pictures in place
    of the published ones."""
    rows = [row for group in groups for row in group]
    made = dict(zip(rows, await message_views.messages(app, 0, rows), strict=True))
    labels = await restrictions.sensitive(app, rows)
    if described is None:
        described = await alts.load_alts(app, rows)
    noted = await corrections.load_corrections(app, [group[0] for group in groups])
    rendered = []
    for group in groups:
        pairs = [(row, made[row]) for row in group]
        label = next(
            (labels[row.owner, row.id] for row in group if (row.owner, row.id) in labels), ""
        )
        post = await _post(app, pairs, label, described)
        notes = noted.get((post.chat, post.id), ())
        rendered.append(post._replace(corrections=notes))
    return rendered


async def texts(app: App, rows: Sequence[MessageRow]) -> list[Rich]:
    """The texts of messages alone, for leading to them; empty for what is labelled sensitive."""
    labels = await restrictions.sensitive(app, rows)
    return [Rich("") if (row.owner, row.id) in labels else _said(row) for row in rows]


async def bodies(app: App, posts: Sequence[Sequence[MessageRow]]) -> list[Rich]:
    """:func:`texts` of posts: what an album says, wherever in it that stands."""
    labels = await restrictions.sensitive(app, [row for post in posts for row in post])
    said = []
    for post in posts:
        covered = any((row.owner, row.id) in labels for row in post)
        row = body_of(post) or next((row for row in post if row.text), None)
        said.append(Rich("") if covered else _said(row))
    return said


async def _post(
    app: App,
    pairs: list[tuple[MessageRow, Any]],
    sensitive: str,
    described: Described,
) -> Post:
    row, first = pairs[0]
    said = body_of([one for one, _ in pairs])
    forward, link = await _origin(app, first.fwd_from)
    header = first.reply_to
    return Post(
        chat=row.owner,
        id=row.id,
        last=pairs[-1][0].id,
        date=row.date,
        edited=max(one.edit_date or 0 for one, _ in pairs),
        body=_said(said),
        items=[
            item._replace(
                alt=described.get((one.owner, one.id), ""),
                caption=_said(one) if one is not said else Rich(""),
                of_body=one is said,
            )
            for one, shown in pairs
            if (item := _item(one, shown)) is not None
        ],
        author=first.post_author or "",
        views=max(shown.views or 0 for _, shown in pairs),
        reactions=_reactions(first.reactions),
        comments=None if first.replies is None else int(first.replies.replies),
        forward=forward,
        forward_link=link,
        answer_to=row.reply_to or 0,
        quote=_rich(header) if header is not None else Rich(""),
        pinned=any(shown.pinned for _, shown in pairs),
        sensitive=sensitive,
        signer=signature(row)[0],
    )


def body_of(post: Sequence[MessageRow]) -> MessageRow | None:
    """The message whose text is that of the post: the first of an album, or the only one that has a
    text. None: each text is the caption of a picture."""
    if post[0].text:
        return post[0]
    texts = [row for row in post if row.text]
    return texts[0] if len(texts) == 1 else None


def _said(row: MessageRow | None) -> Rich:
    return Rich(row.text, _entities(row.entities)) if row is not None else Rich("")


def _entities(stored: bytes | None) -> Sequence[Entity]:
    return messages.decode_entities(stored) if stored is not None else ()


def _rich(header: Any) -> Rich:
    """What an answer quotes."""
    return Rich(header.quote_text or "", message_views.entities_from(header.quote_entities))


def _reactions(found: Any) -> list[tuple[str, int]]:
    if found is None:
        return []
    return [(result.reaction.emoticon, result.count) for result in found.results]


async def _origin(app: App, header: Any) -> tuple[str, str]:
    """From whom something was forwarded: (name, address here). People are named, never linked."""
    if header is None:
        return "", ""
    if header.from_id is None:
        return header.from_name or "", ""
    peer = peer_views.number(header.from_id)
    if peer > 0:
        person = (await accounts.get_many(app, [peer])).get(peer)
        return (f"{person.first_name} {person.last_name}".strip() if person else ""), ""
    page = await service.load_page(app, peer)
    if page is not None:
        post = f"/{header.channel_post}" if header.channel_post else ""
        return page.chat.title, f"/{page.name}{post}"
    chat = await chats.get(app, peer)
    # The title of a chat that is not public is not told to the world.
    return (chat.title if chat is not None and chat.username is not None else ""), ""


# ── what messages carry ─────────────────────────────────────────────────────────────────────────


def _item(row: MessageRow, shown: Any) -> Item | None:
    form = type(shown.media)
    if form is api.MessageMediaPoll:
        return Item("poll", row.id, poll=_poll(shown.media))
    if form is api.MessageMediaWebPage:
        return _webpage(row, shown.media.webpage)
    if row.media is None:
        return None
    kind, what, more = media.unpack(row.media)
    if kind == "photo":
        return _photo(row.id, what, more)
    if kind == "document":
        return _document(row.id, what, more)
    return _plain(row.id, kind, what)


def _photo(message: int, what: media.Photo, more: dict[str, Any]) -> Item:
    sizes = [(label, w, h, size) for label, w, h, size in what.sizes]
    _, width, height, size = sizes[-1] if sizes else ("", 0, 0, 0)
    return Item("photo", message, what.id, sizes, "image/jpeg", size, width, height,
                spoiler="spoiler" in more)  # fmt: skip


def _document(message: int, what: media.Document, more: dict[str, Any]) -> Item:
    names = {attribute[0]: attribute[1:] for attribute in what.attributes}
    sort = media.document_sort(what)
    item = Item(
        sort,
        message,
        what.id,
        [(label, w, h, size) for label, w, h, size in what.sizes],
        what.mime,
        what.size,
        name=names.get("filename", [""])[0],
        spoiler="spoiler" in more,
    )
    if "size" in names:
        item = item._replace(width=names["size"][0], height=names["size"][1])
    if "video" in names:
        _, _, _, seconds, width, height, _ = names["video"]
        item = item._replace(width=width, height=height, seconds=int(seconds))
    if sort in ("audio", "voice"):
        _, seconds, title, performer, _ = names["audio"]
        item = item._replace(seconds=seconds, name=title or item.name, detail=performer)
    if sort == "sticker":
        item = item._replace(name=names["sticker"][0])
    return item


def _plain(message: int, kind: str, what: Any) -> Item:
    match kind:
        case "geo" | "geo_live":
            return Item(kind, message, point=(what[0], what[1]))
        case "venue":
            return Item(kind, message, name=what[2], detail=what[3], point=(what[0], what[1]))
        case "contact":
            return Item(kind, message, name=f"{what[1]} {what[2]}".strip(), detail=what[0])
        case "dice":
            return Item(kind, message, name=what[0], detail=str(what[1]))
    return Item("unknown", message)


def _poll(shown: Any) -> Poll:
    poll, results = shown.poll, shown.results
    counted = {result.option: result for result in results.results or ()}
    choices = []
    for answer in poll.answers:
        count = counted.get(answer.option)
        votes = count.voters if count is not None else None
        text = Rich(answer.text.text, message_views.entities_from(answer.text.entities))
        choices.append(Choice(text, votes, count is not None and bool(count.correct)))
    question = Rich(poll.question.text, message_views.entities_from(poll.question.entities))
    return Poll(
        question,
        choices,
        results.total_voters or 0,
        bool(poll.closed),
        bool(poll.quiz),
        bool(poll.multiple_choice),
    )


def _webpage(row: MessageRow, page: Any) -> Item | None:
    if type(page) is not api.WebPage:
        return None
    seen = Preview(page.url, page.site_name or "", page.title or "", page.description or "")
    sizes = [
        (size.type, size.w, size.h, size.size)
        for size in (page.photo.sizes if type(page.photo) is api.Photo else ())
        if type(size) is api.PhotoSize
    ]
    return Item("webpage", row.id, sizes=sizes, preview=seen)


# ── pictures and files ──────────────────────────────────────────────────────────────────────────


class File(NamedTuple):
    """A file of a post, to be served. ``row`` is the media room's."""

    row: Any
    mime: str
    name: str


async def carried(app: App, row: MessageRow) -> bytes | None:
    """What a message carries that has files: its media, else the picture of what its link leads
    to."""
    return row.media if row.media is not None else await webpages.picture(app, row)


async def file(app: App, stored: bytes | None, label: str) -> File | None:
    """The file of what a message or channel shows: of a picture the size ``label``, of a document
    the whole under ``o``. None: there is no such file."""
    if stored is None or not media.media_id(stored):
        return None
    unpacked = media.unpack(stored)
    what = unpacked.what
    if label == "o" and unpacked.kind == "document":
        name = media.attribute(what, "filename")
        row = await media.files.locate(app, what.id, "", None)
        return File(row, what.mime, name[1] if name else "")
    if label not in {size[0] for size in what.sizes}:
        return None
    return File(await media.files.locate(app, what.id, label, None), "image/jpeg", "")


def avatar(stored: bytes | None) -> list[tuple[str, int, int, int]]:
    """The sizes of a channel's picture, smallest first."""
    if stored is None:
        return []
    return [(label, w, h, size) for label, w, h, size in media.unpack(stored).what.sizes]


def logo(identity: Identity) -> tuple[str, int, int] | None:
    """Label and sides of the size of a logo that headers show; None: there is none."""
    sizes = avatar(identity.logo or None)
    found = next((size for size in sizes if size[1] >= LOGO_WIDTH), sizes[-1] if sizes else None)
    return found[:3] if found is not None else None
