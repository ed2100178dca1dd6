"""The comments of a post as its page shows them: the discussion group, read by anybody."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, NamedTuple

from petitbleu.app import App
from petitbleu.domain.accounts import service as accounts
from petitbleu.domain.chats import service as chats
from petitbleu.domain.comments import rules
from petitbleu.domain.comments.publishing import GUEST, prefix
from petitbleu.domain.comments.rules import CLOSED, Rule
from petitbleu.domain.discussions import service as discussions
from petitbleu.domain.messages import service as messages
from petitbleu.domain.messages.service import TEXT, MessageRow
from petitbleu.domain.pages import service as pages
from petitbleu.domain.pages.service import Page, Where

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
    media: bool
    """It has a picture or file, which is not shown here."""


class Comments(NamedTuple):
    """A page of comments, oldest first. ``after``: where the next page begins, 0: there is none."""

    list: list[Comment]
    total: int
    after: int
    rule: Rule


async def version(app: App, page: Page, post: int, country: str) -> tuple[Hashable, ...]:
    """Changes with everything that changes the comments of a post."""
    rule = await rules.rule(app, page, post)
    where = await _group(app, page, rule, country)
    return (rule,) if where is None else (rule, *where.version)


async def _group(app: App, page: Page, rule: Rule, country: str) -> Where | None:
    """The discussion group as it is read from a country; None where there is nothing to read."""
    if page.chat.linked is None or rule.mode == CLOSED:
        return None
    group = await chats.get(app, page.chat.linked)
    if group is None or chats.dead(group):
        return None
    where = await pages.where(app, group, country)
    return where if pages.held_back(where) is None else None


async def of_post(
    app: App, page: Page, post: int, country: str, *, after: int = 0
) -> Comments | None:
    """The comments of a post from the message ``after`` on; None where it has none."""
    rule = await rules.rule(app, page, post)
    where = await _group(app, page, rule, country)
    if where is None:
        return None
    copy = (await discussions.of_posts(app, page.chat.id, [post])).get(post)
    if copy is None or copy.chat != where.chat.id:
        return None
    # PAGE + 1 answers from `after` on, the way a client scrolls up from a message.
    at = messages.Offsets(offset_id=after + 1, add_offset=-PAGE, limit=PAGE)
    found = await messages.threads.page(app, where.place, copy.message, at)
    rows = [row for row in reversed(found.rows) if row.kind == TEXT and row.id > after]
    last = rows[-1].id if len(rows) == PAGE else 0
    shown = [row for row in rows if where.withheld(row.id) is None]
    made = await _shown(app, shown, copy.message)
    return Comments(made, found.total, last, rule)


async def _shown(app: App, rows: Sequence[MessageRow], top: int) -> list[Comment]:
    speakers = {
        row.id: messages.speaker(row.sender, row.flags, row.peer, row.extra) for row in rows
    }
    people = await accounts.get_many(app, {one for one in speakers.values() if one > 0})
    groups = await chats.get_many(app, {one for one in speakers.values() if one < 0})
    made = []
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
        text = row.text.removeprefix(prefix(name)) if guest is not None else row.text
        parent = row.reply_to if row.reply_to is not None and row.reply_to != top else 0
        at = _written(row, guest)
        made.append(
            Comment(
                row.id, parent, name, guest is not None, at, row.edit_date or 0, text,
                row.media is not None,
            )
        )  # fmt: skip
    return made


def _written(row: MessageRow, guest: list[Any] | None) -> int:
    """When it was written: a comment of a guest may have waited before it was said."""
    return int(guest[2]) if guest is not None and len(guest) > 2 else row.date
