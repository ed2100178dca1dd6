"""Editing one's messages (core.telegram.org/method/messages.editMessage)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import dead
from petitbleu.domain.communities.members.service import EDIT, MEMBER, may, role
from petitbleu.domain.files.media import service as media_room
from petitbleu.domain.messaging.messages import boxes, changes, contents, entities, links
from petitbleu.domain.messaging.messages import queries as q
from petitbleu.domain.messaging.messages.chat_scope import place
from petitbleu.domain.messaging.messages.contents import TEXT
from petitbleu.domain.messaging.messages.entities import Entity
from petitbleu.domain.messaging.messages.flags import POST
from petitbleu.domain.messaging.messages.queries import MessageRow
from petitbleu.domain.messaging.second_reader import gate, held
from petitbleu.domain.messaging.second_reader.held import HeldRow
from petitbleu.domain.updates import log
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.ids import SERVICE_USER
from petitbleu.store.api import Tx

EDITED = "message.edit"
Edited = Callable[[App, MessageRow], None]
_FIXED = frozenset({"poll", "dice", "geo_live", "voice", "round", "sticker"})
EDIT_SECONDS = 48 * 3600
"""How long a message may be edited (``edit_time_limit`` of help.getConfig); own notes: ever."""
_EDITED: list[Edited] = []


def on_edit(listener: Edited) -> Edited:
    """Have ``listener(app, row)`` called after a message of a supergroup or channel was edited (by
    a process that may end before)."""
    _EDITED.append(listener)
    return listener


async def editable(app: App, me: Actor, peer: int, message: int) -> MessageRow:
    """The message if I may edit it now.

    My own for 48 hours; in a channel every post, for admins who may edit. Raises PEER_ID_INVALID,
    MESSAGE_ID_INVALID, MESSAGE_AUTHOR_REQUIRED, MESSAGE_EDIT_TIME_EXPIRED and what
    :func:`members.require` raises.
    """
    at = await place(app, me, peer)
    row = await app.store.row(q.ONE, owner=at.owner, id=message)
    if row is None or row.peer != at.peer or row.kind != TEXT or row.id <= at.hidden:
        raise Fault("MESSAGE_ID_INVALID")
    now = app.clock.now()
    if at.chat is not None:
        if not at.shared and (dead(at.chat) or role(at.member, now) < MEMBER):
            raise Fault("CHAT_WRITE_FORBIDDEN")
        if row.flags & POST and may(at.chat, at.member, EDIT, now):
            return row
    if row.sender != me.id or (row.extra is not None and "forward" in contents.decode(row.extra)):
        raise Fault("MESSAGE_AUTHOR_REQUIRED")
    if peer != me.id and now - row.date > EDIT_SECONDS:
        raise Fault("MESSAGE_EDIT_TIME_EXPIRED")
    return row


async def edit(
    app: App,
    me: Actor,
    peer: int,
    message: int,
    text: str | None,
    marked: Sequence[Entity] = (),
    *,
    media: bytes | None = None,
    no_webpage: bool = False,
    invert_media: bool = False,
) -> list[Event]:
    """Replace text and media of a message for everybody; the events of all copies, mine first.

    What is None stays. Where the channel demands a second reader the edit waits, and nothing
    happens yet. Raises what :func:`editable` and :func:`entities.normalize` raise,
    MEDIA_PREV_INVALID and MESSAGE_NOT_MODIFIED.
    """
    row = await editable(app, me, peer, message)
    if media is not None:
        _replaceable(row, media)
    if text is None:
        text, content = row.text, entities.decode(row.entities) if row.entities is not None else []
    elif (media or row.media) is not None:
        text, content = entities.caption(text, marked)
    else:
        text, content = entities.normalize(text, marked)
    extra = contents.decode(row.extra) if row.extra is not None else {}
    before = dict(extra)
    _set(extra, "no_webpage", no_webpage)
    _set(extra, "invert_media", invert_media)
    links.attach(app, extra, text, content, media=(media or row.media) is not None)
    new = row._replace(
        text=text,
        entities=entities.encode(content),
        extra=contents.encode(extra),
        media=row.media if media is None else media,
        edit_date=int(app.clock.now()),
    )
    same = (new.text, new.entities, new.media) == (row.text, row.entities, row.media)
    if same and extra == before:
        raise Fault("MESSAGE_NOT_MODIFIED")
    if row.flags & POST and await gate.is_demanded_in(app, row.owner):
        await app.store.write(_hold, me, new, held.number(app))
        return []
    told = await app.store.write(_edit, me, new, row.media)
    announce(app, new)
    return told


def announce(app: App, new: MessageRow) -> None:
    """Have the listeners hear of an edit that is on disk."""
    if new.owner < 0:
        for listener in _EDITED:
            listener(app, new)


async def _hold(tx: Tx, me: Actor, new: MessageRow, number: int) -> None:
    """Keep what a post is to say, until a second reader has agreed."""
    await boxes.lock(tx, [new.owner])
    at = new.edit_date or 0
    row = HeldRow(
        new.owner, new.id, me.id, at, number, new.text, new.entities, new.extra, new.media
    )
    row = await held.put(tx, row)
    work = gate.Tell(
        kind=gate.EDIT_WAITS, channel=row.channel, id=row.message, seen=held.version(row),
        by=me.id, at=at,
    )  # fmt: skip
    await gate.tell(tx, work)


async def replace(tx: Tx, row: HeldRow, *, at: int) -> tuple[MessageRow, list[Event]] | None:
    """Have a post say what waited for it, as its editor's edit; None where the post is gone."""
    before = await tx.row(q.ONE, owner=row.channel, id=row.message)
    if before is None or before.kind != TEXT:
        return None
    if row[5:9] == (before.text, before.entities, before.extra, before.media):
        return before, []  # what waited was said of its picture alone
    new = before._replace(
        text=row.text, entities=row.entities, extra=row.extra, media=row.media, edit_date=at
    )
    return new, await _edit(tx, Actor(row.editor), new, before.media)


def _replaceable(row: MessageRow, media: bytes) -> None:
    """Sorts that have a state of their own stay what they are; an album stays one."""
    if media_room.is_passing(row.media):
        raise Fault("MEDIA_PREV_INVALID")
    old = media_room.sort_of(row.media) if row.media is not None else ""
    new = media_room.sort_of(media)
    if old in _FIXED and old != new:
        raise Fault("MEDIA_PREV_INVALID")
    if new in _FIXED and old != new:
        raise Fault("MEDIA_NEW_INVALID")
    grouped = row.extra is not None and "grouped" in contents.decode(row.extra)
    if grouped and new not in ("photo", "video", old):
        raise Fault("MEDIA_GROUPED_INVALID")


def _set(extra: dict[str, Any], name: str, value: bool) -> None:
    if value:
        extra[name] = True
    else:
        extra.pop(name, None)


async def _edit(tx: Tx, me: Actor, new: MessageRow, old_media: bytes | None) -> list[Event]:
    at = new.edit_date or 0
    if old_media is not None and old_media != new.media:
        await media_room.released(tx, old_media, at)
    places = await boxes.copies(tx, new)
    owners = await boxes.lock(tx, places)
    before = await tx.row(q.ONE, owner=new.owner, id=new.id)
    changed = await tx.run(
        q.EDIT,
        author=new.author,
        id=new.body,
        text=new.text,
        entities=new.entities,
        extra=new.extra,
        media=new.media,
        edit_date=at,
    )
    await changes.note(tx, new.author, new.body)
    told: dict[int, Event] = {}
    apart = (new.sender,) if new.owner < 0 else ()
    for owner in sorted(owners):
        row = await tx.row(q.ONE, owner=owner, id=places[owner])
        if row is not None and row.author == new.author and row.body == new.body:
            event = await log.append(tx, owner, EDITED, {"id": row.id}, at=at, by=me, apart=apart)
            told[owner] = event._replace(data={"id": row.id, "row": row})
    if not changed or new.owner not in told:
        raise Fault("MESSAGE_ID_INVALID")
    if before is not None and new.owner < 0:
        await chats.note(tx, new.owner, me.id, "edit", at=at, old=before, new=new)
    return [told[new.owner], *(event for owner, event in told.items() if owner != new.owner)]


async def rewrite(
    tx: Tx,
    owner: int,
    message: int,
    *,
    text: str,
    entities: bytes | None,
    media: bytes | None,
    edit_date: int,
) -> bool:
    """Have a message of a channel or supergroup say something else; whether it is there.

    For other rooms: the caller says so to those who see it (:data:`EDITED`).
    """
    await boxes.lock(tx, [owner])
    row = await tx.row(q.ONE, owner=owner, id=message)
    if row is None:
        return False
    await tx.run(
        q.EDIT, author=row.author, id=row.body, text=text, entities=entities, extra=row.extra,
        media=media, edit_date=edit_date,
    )  # fmt: skip
    await changes.note(tx, row.author, row.body)
    return True


async def resay_service(
    app: App, to: int, text: str, marked: Sequence[Entity] = (), *, once: int
) -> bool:
    """Have a message of the service chat (``send_service``, by its name) say something else;
    whether the person still has it. Nothing in the text is looked for.
    """
    clean, normalized = entities.normalize(text, marked, find=False)
    at = int(app.clock.now())
    return await app.store.write(_resay, to, once, clean, entities.encode(normalized), at)


async def _resay(tx: Tx, to: int, once: int, text: str, found: bytes | None, at: int) -> bool:
    said = await tx.row(q.SAID_BEFORE, author=SERVICE_USER, random_id=once)
    if said is None:
        return False
    place = await tx.row(q.BODY_PLACE, author=SERVICE_USER, id=said.id)
    if place is None:
        return False
    row = await tx.row(q.ONE, owner=to, id=place.twin)
    if row is None or (row.author, row.body) != (SERVICE_USER, said.id):
        return False
    if (row.text, row.entities) != (text, found):
        await rewrite(tx, to, row.id, text=text, entities=found, media=None, edit_date=at)
        await log.append(tx, to, EDITED, {"id": row.id}, at=at)
    return True
