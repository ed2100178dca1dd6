"""The comments of a post as its page shows them: the discussion group, read by anybody."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, NamedTuple

from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.messaging.discussions import service as discussions
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import TEXT, Entity, MessageRow
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.publishing.comments import names, pictures, rules
from petitbleu.domain.publishing.comments.pictures import Picture
from petitbleu.domain.publishing.comments.publishing import GUEST, prefix
from petitbleu.domain.publishing.comments.rules import CLOSED, Rule
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.publishing.pages.service import Page, Where
from petitbleu.domain.restrictions.service import Mark
from petitbleu.domain.safety.moderation import service as moderation
from petitbleu.domain.safety.moderation.service import Removal

PAGE = 50


class Comment(NamedTuple):
    """A comment. ``id``: its message in the group; ``parent``: the comment it answers, 0: the post.
    Times are Unix seconds.
    """

    id: int
    parent: int
    author: str
    guest: bool
    at: int
    edited: int
    text: str
    entities: Sequence[Entity]
    media: bool
    """It has a picture or file that is not shown here."""
    badge: str = ""
    """``channel``: it speaks for the channel itself, ``admin``: for one of its people."""
    picture: Picture | None = None
    """That an editor agreed to."""


class Comments(NamedTuple):
    """A page of comments, oldest first. ``after``: where the next page begins, 0: there is none."""

    list: list[Comment]
    total: int
    after: int
    rule: Rule


class Version(NamedTuple):
    """``key`` changes with everything that changes the comments of a post. ``classes``: the
    country for which a measure makes a difference, else empty; ``divided``: whether one does.
    """

    key: Hashable
    classes: str = ""
    divided: bool = False


async def version(app: App, page: Page, post: int, country: str) -> Version:
    """How the comments of a post stand for readers in a country."""
    rule = await rules.rule(app, page, post)
    where = await _group(app, page, rule, country)
    if where is None:
        return Version(rule)
    return Version((rule, where.version), where.classes, where.divided)


async def _group(app: App, page: Page, rule: Rule, country: str) -> Where | None:
    """The discussion group as it is read from a country; None where there is nothing to read."""
    if page.chat.linked is None or rule.mode == CLOSED:
        return None
    group = await chats.get(app, page.chat.linked)
    if group is None or chats.dead(group):
        return None
    where = await pages.where(app, group, country)
    return where if pages.held_back(where) is None else None


class _Thread(NamedTuple):
    """Where the comments of a post are. ``top``: the copy of the post in the group."""

    where: Where
    top: int
    rule: Rule
    pictured: bool
    """Whether the channel lets pictures be shown."""


async def _thread(app: App, page: Page, post: int, country: str) -> _Thread | None:
    rule = await rules.rule(app, page, post)
    where = await _group(app, page, rule, country)
    if where is None:
        return None
    copy = (await discussions.of_posts(app, page.chat.id, [post])).get(post)
    if copy is None or copy.chat != where.chat.id:
        return None
    return _Thread(where, copy.message, rule, page.switches.pictures)


async def of_post(
    app: App, page: Page, post: int, country: str, *, after: int = 0
) -> Comments | None:
    """The comments of a post behind the message ``after``; None where there can be none."""
    thread = await _thread(app, page, post, country)
    if thread is None:
        return None
    # PAGE + 1 answers from `after` on, the way a client scrolls up from a message.
    at = messages.Offsets(offset_id=after + 1, add_offset=-PAGE - 1, limit=PAGE + 1)
    found = await messages.threads.page(app, thread.where.place, thread.top, at)
    rows = [row for row in reversed(found.rows) if row.kind == TEXT and row.id > after]
    last = rows[PAGE - 1].id if len(rows) > PAGE else 0
    comments = await _shown(app, thread, rows[:PAGE])
    return Comments(comments, found.total, last, thread.rule)


class Recent(NamedTuple):
    """The last comments of a post, the newest first."""

    shown: Sequence[Comment]
    gone: Sequence[tuple[int, int]]
    """(comment, since when): what was taken back, removed or is withheld."""


async def newest(app: App, page: Page, post: int, country: str) -> Recent | None:
    """What a feed says of a post's comments; None where there can be none."""
    thread = await _thread(app, page, post, country)
    if thread is None:
        return None
    at = messages.Offsets(limit=PAGE)
    found = await messages.threads.page(app, thread.where.place, thread.top, at)
    rows = [row for row in found.rows if row.kind == TEXT]
    marks = ((row.id, thread.where.withheld(row.id)) for row in rows)
    held = [(id, mark.since) for id, mark in marks if mark is not None]
    events = await pages.logged(app, thread.where)
    dead = await pages.deleted(app, thread.where, events, top=thread.top)
    return Recent(await _shown(app, thread, rows), held + dead)


class Gone(NamedTuple):
    """A comment that is not shown, and the measure that removed or withholds it, if one did."""

    removal: Removal | None = None
    withheld: Mark | None = None


async def find(app: App, page: Page, post: int, comment: int, country: str) -> Gone | None:
    """Why a comment of a post is not shown; None: it is. ``Gone()``: nobody's decision did that."""
    thread = await _thread(app, page, post, country)
    if thread is None:
        return Gone()
    row = (await messages.in_place(app, thread.where.place, [comment])).get(comment)
    if row is not None and row.top == thread.top and row.kind == TEXT:
        withheld = thread.where.withheld(comment)  # of what else is said in the group, nothing
        return None if withheld is None else Gone(withheld=withheld)
    removal = await moderation.removal(app, thread.where.chat.id, comment)
    return Gone(removal if removal is not None and removal.top == thread.top else None)


async def one(app: App, page: Page, post: int, comment: int, country: str) -> Comment | None:
    """A comment of a post; None where it is not shown, or is another's."""
    thread = await _thread(app, page, post, country)
    if thread is None or not comment:
        return None
    row = (await messages.in_place(app, thread.where.place, [comment])).get(comment)
    if row is None or row.top != thread.top or row.kind != TEXT:
        return None
    return next(iter(await _shown(app, thread, [row])), None)


async def picture_file(app: App, page: Page, post: int, comment: int, country: str) -> bytes | None:
    """The media of a comment whose picture is shown with it; None: none is."""
    thread = await _thread(app, page, post, country)
    if thread is None or not thread.pictured or thread.where.withheld(comment) is not None:
        return None
    row = (await messages.in_place(app, thread.where.place, [comment])).get(comment)
    if row is None or row.top != thread.top or row.kind != TEXT:
        return None
    return row.media if await pictures.load_shown(app, [row]) else None


async def _shown(app: App, thread: _Thread, found: Sequence[MessageRow]) -> list[Comment]:
    rows = [row for row in found if thread.where.withheld(row.id) is None]
    speakers = {
        row.id: messages.speaker(row.sender, row.flags, row.peer, row.extra) for row in rows
    }
    people = await accounts.get_many(app, {speaker for speaker in speakers.values() if speaker > 0})
    groups = await chats.get_many(app, {speaker for speaker in speakers.values() if speaker < 0})
    group = thread.where.chat
    own = await names.admins(app, group.id, group.linked or 0)
    seen = await pictures.load_shown(app, rows) if thread.pictured else {}
    comments = []
    for row in rows:
        extra = messages.decode_extra(row.extra) if row.extra is not None else {}
        guest = extra.get(GUEST)
        who = speakers[row.id]
        if guest is not None:
            name = str(guest[1])
        elif who > 0:
            person = people.get(who)
            name = f"{person.first_name} {person.last_name}".strip() if person else ""
        else:
            name = groups[who].title if who in groups else ""
        text, entities = _said(row, prefix(name) if guest is not None else "")
        answers = row.reply_to is not None and row.reply_to != thread.top
        parent = row.reply_to or 0 if answers else 0
        at = _written(row, guest)
        comments.append(
            Comment(
                row.id, parent, name, guest is not None, at, row.edit_date or 0, text, entities,
                row.media is not None and row.id not in seen,
                _badge(who, own, group, guest is not None), seen.get(row.id),
            )
        )  # fmt: skip
    return comments


def _badge(who: int, own: set[int], group: ChatRow, guest: bool) -> str:
    if guest:
        return ""
    if who == group.linked:
        return "channel"
    return "admin" if who in own or who == group.id else ""


def _said(row: MessageRow, head: str) -> tuple[str, Sequence[Entity]]:
    """Text and entities, without what stands before a guest's text in the group."""
    entities = messages.decode_entities(row.entities) if row.entities is not None else []
    if not head or not row.text.startswith(head):
        return row.text, entities
    units = len(head.encode("utf-16-le", "surrogatepass")) // 2
    kept = [
        entity._replace(offset=entity.offset - units)
        for entity in entities
        if entity.offset >= units
    ]
    return row.text[len(head) :], kept


def _written(row: MessageRow, guest: list[Any] | None) -> int:
    """When it was written: a comment of a guest may have waited before it was said."""
    return int(guest[2]) if guest is not None and len(guest) > 2 else row.date
