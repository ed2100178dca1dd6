"""What was wrong in an article, said under it with its time by whoever may edit the post."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import EDIT
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.publishing.pages import kept
from petitbleu.domain.publishing.pages import queries as page_queries
from petitbleu.domain.publishing.pages import queries_articles as q
from petitbleu.domain.publishing.pages import switches as switching
from petitbleu.domain.publishing.pages.changed import part
from petitbleu.domain.publishing.pages.owners import NotYours, note
from petitbleu.store.api import Tx

NOTE_MAX = 500
"""Characters of a note."""
NOTES_MAX = 10
"""Notes under one post."""


class Correction(NamedTuple):
    """One note. ``at`` is Unix seconds."""

    at: int
    note: str


class NoPost(Exception):
    """The channel has no such post."""


class TooMany(Exception):
    """There are :data:`NOTES_MAX` notes under the post already."""


async def load_corrections(
    app: App, rows: Sequence[MessageRow]
) -> dict[tuple[int, int], list[Correction]]:
    """The notes under the posts that begin with these messages: (channel, message) -> notes, the
    oldest first."""
    if not rows:
        return {}
    wanted = {"chats": list({row.owner for row in rows}), "messages": [row.id for row in rows]}
    found: dict[tuple[int, int], list[Correction]] = {}
    for row in await app.store.rows(q.CORRECTIONS, **wanted):
        found.setdefault((row.chat, row.message), []).append(Correction(row.at, row.note))
    return found


async def corrected(app: App, chat: int, above: int, upto: int) -> dict[int, int]:
    """Post -> when it was corrected last, of those with ``above < id <= upto``."""
    rows = await app.store.rows(q.CORRECTED, chat=chat, above=above, upto=upto)
    return {row.message: row.at for row in rows}


async def of_post(app: App, chat: int, message: int) -> tuple[int, list[Correction]]:
    """The first message of a post, and the notes under it. Raises NoPost."""
    row = await _post(app, chat, message)
    return row.id, (await load_corrections(app, [row])).get((chat, row.id), [])


async def _post(app: App, chat: int, message: int) -> MessageRow:
    place = messages.unguarded(chat, chat)
    there = await messages.in_place(app, place, [message])
    if message not in there or there[message].kind != messages.TEXT:
        raise NoPost
    return (await messages.albums.whole(app, place, there[message]))[0]


async def correct(app: App, chat: int, message: int, text: str, *, by: int) -> None:
    """Say under a post what was wrong in it: one line of at most :data:`NOTE_MAX` characters.
    Said twice it stands there once. Raises NoPost, NotYours, TooMany."""
    row = await _post(app, chat, message)
    with app.parts[kept.PAGES].changing([chat]):
        await app.store.write(_correct, app, chat, row.id, text, by)


async def _correct(tx: Tx, app: App, chat: int, message: int, text: str, by: int) -> None:
    await _lock(tx, app, chat, by)
    before = await tx.rows(q.CORRECTIONS, chats=[chat], messages=[message])
    if any(one.note == text for one in before):
        return
    if len(before) >= NOTES_MAX:
        raise TooMany
    at = max([int(app.clock.now()), *(one.at + 1 for one in before)])
    await tx.run(q.PUT_CORRECTION, chat=chat, message=message, at=at, note=text, by=by)
    await _changed(tx, app, chat, message, by, f"{message}: correction = {text}")


async def take_back(app: App, chat: int, message: int, at: int, *, by: int) -> None:
    """Take a note away. Raises NoPost, NotYours."""
    row = await _post(app, chat, message)
    with app.parts[kept.PAGES].changing([chat]):
        await app.store.write(_take_back, app, chat, row.id, at, by)


async def _take_back(tx: Tx, app: App, chat: int, message: int, at: int, by: int) -> None:
    await _lock(tx, app, chat, by)
    if await tx.run(q.DROP_CORRECTION, chat=chat, message=message, at=at):
        await _changed(tx, app, chat, message, by, f"{message}: correction = –")


async def _lock(tx: Tx, app: App, chat: int, by: int) -> None:
    row = await chats.lock(tx, chat)
    member = await members.of_in(tx, chat, by)
    if not members.may(row, member, EDIT, app.clock.now()):
        raise NotYours("not_yours")


async def _changed(tx: Tx, app: App, chat: int, message: int, by: int, what: str) -> None:
    """Have pages, sitemaps and the recent actions show it."""
    page = await kept.row_in(tx, chat)
    encoded = switching.encode(switching.counted(switching.decode(page.switches)))
    await tx.run(page_queries.PUT, **page._replace(switches=encoded)._asdict())
    now = int(app.clock.now())
    await tx.run(page_queries.PUT_PART, chat=chat, part=part(message), changed=now)
    await note(tx, app, chat, by, what)


async def erased(tx: Tx, author: int, body: int) -> None:
    """A post is erased (its numbers in a channel are those of its body): its notes go with it."""
    await tx.run(q.ERASE_CORRECTIONS, chat=author, message=body)
