"""Descriptions of pictures for who cannot see them (WCAG 2.2, 1.1.1), which messages do not have.

Owners and admins give them in the service chat, where they are asked for those that lack one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.files.media import service as media
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.messaging.second_reader import gate, held
from petitbleu.domain.messaging.second_reader.held import HeldRow
from petitbleu.domain.publishing.pages import kept, posts
from petitbleu.domain.publishing.pages import queries as q
from petitbleu.domain.publishing.pages import switches as switching
from petitbleu.domain.publishing.pages.owners import lock, note
from petitbleu.ids import SERVICE_USER
from petitbleu.store.api import Tx

MAX_CHARACTERS = 500
"""Characters: what is longer belongs into the post."""
_PAGES, _ASKED = 3, 10


class NoPicture(Exception):
    """The channel has no such message, or it carries no picture."""


class EditWaits(Exception):
    """Somebody else's change of the post waits for a second reader."""


async def load_alts(app: App, rows: Sequence[MessageRow]) -> dict[tuple[int, int], str]:
    """The descriptions of what these messages carry: (owner, message) -> text."""
    seen = [row for row in rows if _is_picture(row)]
    if not seen:
        return {}
    wanted = {"chats": list({row.owner for row in seen}), "messages": [row.id for row in seen]}
    found = await app.store.rows(q.ALTS, **wanted)
    return {(row.chat, row.message): row.described for row in found}


def _is_picture(row: MessageRow) -> bool:
    return row.media is not None and media.unpack(row.media).kind == "photo"


async def undescribed(app: App, chat: ChatRow) -> list[int]:
    """Messages of the newest posts whose pictures nobody has described, the newest first."""
    at, before = await posts.where(app, chat, ""), 0
    ids: list[int] = []
    for _ in range(_PAGES):
        page = await posts.listing(app, at, before)
        rows = [row for group in page.posts for row in group if _is_picture(row)]
        known = await load_alts(app, rows)
        ids += [row.id for row in rows if (row.owner, row.id) not in known]
        before = page.older
        if not before or len(ids) >= _ASKED:
            break
    return ids[:_ASKED]


async def load_alt(app: App, chat: int, message: int) -> str:
    """What is said to be seen in one picture; empty: nothing yet. Raises NoPicture."""
    row = await _picture(app, chat, message)
    return (await load_alts(app, [row])).get((chat, message), "")


async def _picture(app: App, chat: int, message: int) -> MessageRow:
    there = await messages.in_place(app, messages.unguarded(chat, chat), [message])
    if message not in there or not _is_picture(there[message]):
        raise NoPicture
    return there[message]


async def load_picture(app: App, chat: int, message: int) -> bytes:
    """The photo of a post in its stored form. Raises NoPicture."""
    return (await _picture(app, chat, message)).media or b""


async def describe(app: App, chat: int, message: int, text: str, *, by: int = SERVICE_USER) -> bool:
    """Say what is to be seen in a picture; ``""``: take it back. Where a second reader is demanded
    that waits as an edit does, and False is answered. Raises NoPicture, NotYours, EditWaits.

    ``text`` is one line of at most :data:`MAX_CHARACTERS` characters.
    """
    post = await _picture(app, chat, message)
    with app.parts[kept.PAGES].changing([chat]):
        return await app.store.write(_describe, app, post, text, by)


async def change_shown(
    app: App, chat: int, change: Callable[..., Awaitable[None]], *args: Any
) -> None:
    """Run a transaction that changes what the pages of a channel show and is no event of it."""
    with app.parts[kept.PAGES].changing([chat]):
        await app.store.write(_changed, chat, change, args)


async def _changed(
    tx: Tx, chat: int, change: Callable[..., Awaitable[None]], args: Sequence[Any]
) -> None:
    await change(tx, *args)
    await _count(tx, chat)


async def _count(tx: Tx, chat: int) -> None:
    """Whoever keeps a page compares the switches."""
    row = await kept.row_in(tx, chat)
    encoded = switching.encode(switching.counted(switching.decode(row.switches)))
    await tx.run(q.PUT, **row._replace(switches=encoded)._asdict())


async def _describe(tx: Tx, app: App, post: MessageRow, text: str, by: int) -> bool:
    chat = post.owner
    await lock(tx, app, chat, by)
    if by != SERVICE_USER and gate.is_demanded(await chats.lock(tx, chat)):
        await _hold(tx, app, post, text, by)
        return False
    await _say(tx, app, chat, post.id, text, by)
    return True


async def _hold(tx: Tx, app: App, post: MessageRow, text: str, by: int) -> None:
    """Keep what is to be said, beside what else the same person would change about the post."""
    await messages.lock(tx, [post.owner])
    edit, at = await held.one(tx, post.owner, post.id), int(app.clock.now())
    if edit is not None and edit.editor != by:
        raise EditWaits
    if edit is None:
        edit = HeldRow(
            post.owner, post.id, by, at, 0, post.text, post.entities, post.extra, post.media
        )
    edit = edit._replace(made_at=at, number=held.number(app), described=text)
    await held.put(tx, edit)
    work = gate.Tell(
        kind=gate.EDIT_WAITS, channel=post.owner, id=post.id, seen=held.version(edit), by=by, at=at
    )
    await gate.tell(tx, work)


async def approved(tx: Tx, app: App, edit: HeldRow) -> None:
    """A second reader agreed to what somebody would say of a picture."""
    await _say(tx, app, edit.channel, edit.message, edit.described or "", edit.editor)


async def _say(tx: Tx, app: App, chat: int, message: int, text: str, by: int) -> None:
    if text:
        await tx.run(q.PUT_ALT, chat=chat, message=message, described=text)
    else:
        await tx.run(q.DROP_ALTS, chat=chat, messages=[message])
    await _count(tx, chat)
    await note(tx, app, chat, by, f"{message}: alt = {text or '–'}")
