"""Folders of the chat list (core.telegram.org/api/folders#dialog-filters).

A folder is a rule that the *client* applies; the server keeps it, in order, and tells the person's
other devices. The archive is another thing: see the dialogs room.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from petitbleu.app import Actor, App
from petitbleu.domain.messaging.folders import queries as q
from petitbleu.domain.messaging.folders.queries import FolderRow
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.updates import log
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.store.api import Tx

ALL_CHATS = 0
FIRST_ID, LAST_ID = 2, 255
FOLDERS_MAX = 10
"""``dialog_filters_limit_default`` of help.getAppConfig."""
CHATS_MAX = 100
"""Chats named in one folder (``dialog_filters_chats_limit_default``)."""
TITLE_MAX = 12
"""Characters."""
WITH_SUGGESTIONS = 5
"""Chats somebody has before folders are suggested."""

KINDS = ("contacts", "non_contacts", "groups", "broadcasts", "bots")
EXCEPT = ("exclude_muted", "exclude_read", "exclude_archived")

CHANGED, ORDER, RELOAD = "folder", "folders.order", "folders.reload"
_TAGS = "folder_tags"


class Folder(NamedTuple):
    """One folder as its owner made it. Chats are peer numbers."""

    title: str
    entities: list[list[Any]]
    """Custom emoji of the title: ``[offset, length, document id]``, UTF-16 units."""
    emoticon: str | None
    color: int | None
    rules: list[str]
    """Names of :data:`KINDS` and :data:`EXCEPT`, and ``title_noanimate``."""
    pinned: list[int]
    include: list[int]
    exclude: list[int]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Folder).decode


class Shelf(NamedTuple):
    """All folders of a person, in order; None stands for the list of all chats."""

    folders: list[tuple[int, Folder | None]]
    tags: bool
    """Whether chats show the names of their folders."""


async def shelf(app: App, me: Actor) -> Shelf:
    """My folders in order. The list of all chats stands first until it is moved."""
    rows = await app.store.rows(q.ALL, owner=me.id)
    tags = bool((await accounts.settings(app, me.id)).get(_TAGS))
    return Shelf([(row.id, _folder(row)) for row in _with_all(rows)], tags)


def _with_all(rows: Sequence[FolderRow]) -> list[FolderRow]:
    if not rows or any(row.id == ALL_CHATS for row in rows):
        return list(rows)
    return [FolderRow(ALL_CHATS, 0, b""), *rows]


def _folder(row: FolderRow) -> Folder | None:
    return _decode(row.data) if row.data else None


async def save(app: App, me: Actor, number: int, folder: Folder | None) -> list[Event]:
    """Make or change a folder; None deletes it.

    Raises FILTER_ID_INVALID (not 2..255, or one too many), FILTER_TITLE_EMPTY (empty or too long),
    FILTER_INCLUDE_EMPTY (it would never show a chat), PEER_ID_INVALID (too many chats).
    """
    if not FIRST_ID <= number <= LAST_ID:
        raise Fault("FILTER_ID_INVALID")
    if folder is not None:
        folder = _checked(folder)
    return await app.store.write(_save, me, number, folder, int(app.clock.now()))


def _checked(folder: Folder) -> Folder:
    title = folder.title.strip()
    if not title or len(title) > TITLE_MAX:
        raise Fault("FILTER_TITLE_EMPTY")
    pinned = list(dict.fromkeys(folder.pinned))
    include = [peer for peer in dict.fromkeys(folder.include) if peer not in pinned]
    exclude = [peer for peer in dict.fromkeys(folder.exclude) if peer not in pinned + include]
    if max(len(pinned) + len(include), len(exclude)) > CHATS_MAX:
        raise Fault("PEER_ID_INVALID")
    if not pinned and not include and not any(kind in folder.rules for kind in KINDS):
        raise Fault("FILTER_INCLUDE_EMPTY")
    return folder._replace(title=title, pinned=pinned, include=include, exclude=exclude)


async def _save(tx: Tx, me: Actor, number: int, folder: Folder | None, at: int) -> list[Event]:
    await accounts.lock_settings(tx, me.id)
    rows = await tx.rows(q.ALL, owner=me.id)
    known = {row.id for row in rows}
    if folder is None:
        if number not in known:
            return []
        await tx.run(q.DROP, owner=me.id, id=number)
    else:
        if number not in known and len(known - {ALL_CHATS}) >= FOLDERS_MAX:
            raise Fault("FILTER_ID_INVALID")
        last = rows[-1].position if rows else 0
        await tx.run(q.PUT, owner=me.id, id=number, position=last + 1, data=_encode(folder))
    return [await log.state(tx, me.id, CHANGED, str(number), {"id": number}, at=at, by=me)]


async def reorder(app: App, me: Actor, order: Sequence[int]) -> list[Event]:
    """Put the folders in this order; those it does not name follow, unknown ids are passed over."""
    return await app.store.write(_reorder, me, list(dict.fromkeys(order)), int(app.clock.now()))


async def _reorder(tx: Tx, me: Actor, order: list[int], at: int) -> list[Event]:
    await accounts.lock_settings(tx, me.id)
    known = [row.id for row in _with_all(await tx.rows(q.ALL, owner=me.id))]
    wanted = [number for number in order if number in known]
    wanted += [number for number in known if number not in wanted]
    for position, number in enumerate(wanted, 1):
        await tx.run(q.PLACE, owner=me.id, id=number, position=position, data=b"")
    return [await log.state(tx, me.id, ORDER, "", {}, at=at, by=me)]


async def show_tags(app: App, me: Actor, *, shown: bool) -> list[Event]:
    """Whether chats show the names of the folders they are in."""
    return await app.store.write(_show_tags, me, shown, int(app.clock.now()))


async def _show_tags(tx: Tx, me: Actor, shown: bool, at: int) -> list[Event]:
    await accounts.change_settings_in(tx, me.id, {_TAGS: True if shown else None})
    return [await log.state(tx, me.id, RELOAD, "", {}, at=at, by=me)]


async def wants_suggestions(app: App, me: Actor) -> bool:
    """Whether I have chats enough, and folders few enough, for a suggestion to be of use."""
    count = await app.store.row(q.CHATS, owner=me.id, limit=WITH_SUGGESTIONS)
    return count is not None and count.n >= WITH_SUGGESTIONS


async def forget(tx: Tx, account: int) -> None:
    """The account is gone: so are its folders."""
    await tx.run(q.FORGET, owner=account)
