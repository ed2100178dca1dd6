"""Profile photos: what a person has, and what each viewer sees of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from petitbleu.app import Actor, App
from petitbleu.domain.files.media import service as media
from petitbleu.domain.files.photos import queries as q
from petitbleu.domain.files.photos.queries import PhotoRow as PhotoRow
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.privacy import service as privacy
from petitbleu.domain.people.privacy.service import Rules
from petitbleu.domain.people.social_graph import service as social_graph
from petitbleu.domain.people.social_graph.service import Ties
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.store.api import Tx

MAIN, FALLBACK = 0, 1
"""``profile_photo.list``"""
MAX_PHOTOS = 500
HOLDERS = {MAIN: "profile", FALLBACK: "fallback"}
PERSONAL = "personal"
_ABOVE_ALL = (1 << 63) - 1


class Seen(NamedTuple):
    """What one viewer sees of one person: photos in the form of ``body.media``."""

    main: bytes | None = None
    """None also where privacy hides it."""
    fallback: bytes | None = None
    """Only where it is shown instead."""
    personal: bytes | None = None

    @property
    def shown(self) -> bytes | None:
        """The one in the User object."""
        return self.personal or self.main or self.fallback


NOTHING = Seen()


async def seen(
    app: App,
    viewer: int,
    people: Sequence[int],
    ties: Ties | None = None,
    rules: dict[int, dict[str, Rules]] | None = None,
) -> dict[int, Seen]:
    """What ``viewer`` sees of those of ``people`` who have a photo to be seen.

    ``ties`` and ``rules`` are facts about them that the caller has at hand.
    """
    rows = await app.store.rows(q.SHOWN, owners=list(people))
    own = await app.store.rows(q.PERSONAL, viewer=viewer, targets=list(people))
    if not rows and not own:
        return {}
    if ties is None:
        ties = await social_graph.ties(app.store, viewer, people)
    if rules is None:
        rules = await privacy.rules_of(app, people)
    by_target: dict[int, Seen] = {row.target: Seen(personal=row.data) for row in own}
    for row in rows:
        before = by_target.get(row.owner, NOTHING)
        may = privacy.permits(rules[row.owner], "profile_photo", row.owner, viewer, ties)
        if row.list == MAIN and may:
            by_target[row.owner] = before._replace(main=row.data)
        elif row.list == FALLBACK and (not may or row.owner == viewer):
            by_target[row.owner] = before._replace(fallback=row.data)
    return by_target


async def page(
    app: App, me: Actor, owner: int, offset: int, max_id: int, limit: int
) -> tuple[list[PhotoRow], int]:
    """Photos of ``owner``, newest first, and how many there are; nothing where privacy hides
    them."""
    if not await privacy.allows(app, "profile_photo", owner, me.id):
        return [], 0
    rows = await app.store.rows(
        q.LIST, owner=owner, below=max_id or _ABOVE_ALL, limit=limit, skip=offset
    )
    count = await app.store.row(q.COUNT, owner=owner)
    return rows, count.n if count is not None else 0


async def add(app: App, me: Actor, stored: bytes, which: int = MAIN) -> list[Event]:
    """Show ``stored`` from now on; one that I had before moves to the front.

    ALBUM_PHOTOS_TOO_MANY.
    """
    with accounts.changing(app, me.id):
        return await app.store.write(_add, me, stored, which, int(app.clock.now()))


async def _add(tx: Tx, me: Actor, stored: bytes, which: int, at: int) -> list[Event]:
    number = media.media_id(stored)
    kept = [row for row in await tx.rows(q.ALL, owner=me.id) if row.list == which]
    for row in kept:
        if row.media == number or which == FALLBACK:
            await _drop(tx, row, at)
    if len(kept) >= MAX_PHOTOS:
        raise Fault("ALBUM_PHOTOS_TOO_MANY")
    highest = await tx.row(q.LAST_POSITION, owner=me.id, list=which)
    position = highest.position + 1 if highest is not None else 1
    await tx.run(q.ADD, owner=me.id, list=which, position=position, media=number, data=stored)
    await media.hold(tx, stored, HOLDERS[which], me.id)
    return await accounts.announce_look(tx, me.id, at=at, by=me)


async def remove(app: App, me: Actor, numbers: Iterable[int]) -> list[int]:
    """Delete photos of mine by id; those that were there."""
    with accounts.changing(app, me.id):
        return await app.store.write(_remove, me, list(numbers), int(app.clock.now()))


async def _remove(tx: Tx, me: Actor, numbers: list[int], at: int) -> list[int]:
    gone = []
    for number in numbers:
        for row in await tx.rows(q.OF_MEDIA, owner=me.id, media=number):
            await _drop(tx, row, at)
            gone.append(number)
    if gone:
        await accounts.announce_look(tx, me.id, at=at, by=me)
    return gone


async def clear(app: App, me: Actor, which: int = MAIN) -> None:
    """Delete the photo that is shown; the one before it is shown again."""
    rows = await app.store.rows(q.SHOWN, owners=[me.id])
    await remove(app, me, [row.media for row in rows if row.list == which])


async def take_down(tx: Tx, account: int, *, at: int) -> list[PhotoRow]:
    """Take away the pictures that others are shown of somebody; those that were there. The one
    before is shown again: whoever decides, decides about what was to be seen.
    """
    rows = await tx.rows(q.SHOWN, owners=[account])
    for row in rows:
        await _drop(tx, row, at)
    if rows:
        await accounts.announce_look(tx, account, at=at)
    return rows


async def put_back(
    tx: Tx, account: int, taken: Iterable[tuple[int, int, bytes]], *, at: int
) -> None:
    """Give back what :func:`take_down` took ((list, position, photo)), where it was."""
    there = {(row.list, row.position) for row in await tx.rows(q.ALL, owner=account)}
    for which, position, stored in taken:
        if (which, position) in there or (which == FALLBACK and any(w == which for w, _ in there)):
            continue
        number = media.media_id(stored)
        await tx.run(q.ADD, owner=account, list=which, position=position, media=number, data=stored)
        await media.hold(tx, stored, HOLDERS[which], account)
    await accounts.announce_look(tx, account, at=at)


async def _drop(tx: Tx, row: PhotoRow, at: int) -> None:
    await tx.run(q.DROP, owner=row.owner, list=row.list, position=row.position)
    await media.let_go(tx, row.data, HOLDERS[row.list], row.owner, at=at)


async def set_personal(app: App, me: Actor, target: int, stored: bytes | None) -> None:
    """How I see ``target``; None: as everybody does."""
    with accounts.changing(app, target):
        await app.store.write(_set_personal, me, target, stored, int(app.clock.now()))


async def _set_personal(tx: Tx, me: Actor, target: int, stored: bytes | None, at: int) -> None:
    for row in await tx.rows(q.PERSONAL, viewer=me.id, targets=[target]):
        await tx.run(q.DROP_PERSONAL, viewer=me.id, target=target)
        await media.let_go(tx, row.data, PERSONAL, me.id, at=at)
    if stored is not None:
        number = media.media_id(stored)
        await tx.run(q.SET_PERSONAL, viewer=me.id, target=target, media=number, data=stored)
        await media.hold(tx, stored, PERSONAL, me.id)
    await accounts.announce_look_to(tx, me.id, target, at=at, by=me)


async def forget(tx: Tx, account: int, *, at: int) -> None:
    """Drop all photos of a deleted account."""
    for row in await tx.rows(q.ALL, owner=account):
        await _drop(tx, row, at)
    for one in await tx.rows(q.ALL_PERSONAL, viewer=account):
        await tx.run(q.DROP_PERSONAL, viewer=account, target=one.target)
        await media.let_go(tx, one.data, PERSONAL, account, at=at)
