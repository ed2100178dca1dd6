"""Sealed copies of public things that somebody outside the app named: a post or a comment, a chat,
a profile.

Only what anybody can read is copied: posts and particulars of public chats, and of accounts with a
public name what a stranger sees of them. A copy has a number of its own, belongs to a file (a
case) and is kept until a date, with the bodies and media that it names (``holds.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from petitbleu import ids
from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.files.media import service as media
from petitbleu.domain.files.photos import service as photos
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.accounts.service import AccountRow
from petitbleu.domain.people.privacy import service as privacy
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import copies, holds, surfaces
from petitbleu.domain.safety.moderation import queries as q
from petitbleu.domain.safety.moderation.queries import SealedRow
from petitbleu.store.api import Reader, Tx

NEAR = 2
"""Messages before and after a post in its copy."""
_NOBODY = 0
"""A viewer whom nobody knows."""


class NotPublic(Exception):
    """It is not for everybody to read, so nothing of it is read here."""


class Seen(NamedTuple):
    """Something public, as it is now."""

    subject: int
    chat: ChatRow | None = None
    people: Sequence[AccountRow] = ()
    """The person whose profile it is; of messages, who wrote them."""
    username: str = ""
    rows: Sequence[MessageRow] = ()
    context: Sequence[MessageRow] = ()
    photo: int = 0
    """The id of the picture of a profile or chat that is copied as a whole."""

    def copy(self, at: int) -> dict[str, Any]:
        """A copy to be sealed or compared (``copies.copy``)."""
        more: dict[str, Any] = {"username": self.username} if self.chat is None else {}
        more |= {"photo": self.photo} if self.photo else {}
        return copies.copy(
            at=at,
            chat=self.chat,
            people=self.people,
            messages=self.rows,
            context=self.context,
            more=more,
        )


async def seen(app: App, subject: int, items: Sequence[int] = (), near: int = NEAR) -> Seen | None:
    """What anybody sees of messages of a chat, or (``items`` empty) of a chat or person.

    None: there is nothing (any more). Raises NotPublic.
    """
    if subject > 0:
        return await _person(app, subject)
    chat = await chats.get(app, subject)
    if chat is None or chat.deleted_at is not None:
        return None
    if not await surfaces.public(app, chat):
        raise NotPublic(str(subject))
    if not items:
        photo = media.media_id(chat.photo) if chat.photo is not None else 0
        return Seen(subject, chat, photo=photo)
    if not ids.is_channel(subject):
        raise NotPublic(str(subject))
    rows = await messages.moderation_access.rows(app.store, subject, items)
    if not rows:
        return None
    context: Sequence[MessageRow] = ()
    if near:
        found = [row.id for row in rows]
        context = await messages.moderation_access.around(app.store, subject, subject, found, near)
    wrote = {row.sender for row in (*rows, *context) if row.sender > 0}
    people = (await accounts.get_many(app, wrote)).values()
    # Their own words about themselves are no part of what they wrote here.
    return Seen(subject, chat, [person._replace(about="") for person in people], "", rows, context)


async def _person(app: App, account: int) -> Seen | None:
    row = await accounts.get(app, account)
    if row is None or row.deleted_at is not None:
        return None
    name = (await usernames.load_usernames(app.store, [account])).get(account, "")
    if not name:
        raise NotPublic(str(account))
    if not await privacy.allows(app, "about", account, _NOBODY):
        row = row._replace(about="")
    shown = (await photos.seen(app, _NOBODY, [account])).get(account, photos.NOTHING).shown
    return Seen(account, None, [row], name, photo=media.media_id(shown) if shown is not None else 0)


# ── taking and keeping ──────────────────────────────────────────────────────────────────────────


async def take(
    tx: Tx, app: App, file: int, target: str, what: Seen, *, until: int
) -> SealedRow | None:
    """Seal what was seen for a file; None where that file has a copy of it already.

    ``until``: how long it is kept at least (Unix seconds).
    """
    now = int(app.clock.now())
    item = what.rows[0].id if what.rows else 0
    if await tx.row(q.SEALED_ONCE, file=file, subject=what.subject, item=item) is not None:
        return None
    number = await case_numbers.take(tx, app.config, now)
    sealed = copies.seal(app, number, what.copy(now))
    row = await tx.row(
        q.INSERT_SEALED,
        number=number,
        file=file,
        target=target,
        subject=what.subject,
        item=item,
        at=now,
        until=until,
        sealed=sealed.sealed,
        digest=sealed.digest,
    )
    if row is not None:
        await holds.hold(tx, number, what.rows, until, photo=what.photo)
    return row


async def keep(tx: Tx, numbers: Iterable[int], until: int) -> None:
    """Copies stay until then, with what they name."""
    for number in sorted(numbers):
        await tx.run(q.KEEP_SEALED, number=number, until=until)
        await holds.extend(tx, number, until)


async def forget(tx: Tx, number: int) -> None:
    """A copy is gone for good."""
    await tx.run(q.FORGET_SEALED, number=number)
    await holds.release(tx, number)


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


async def get(app: App, number: int) -> SealedRow | None:
    """One copy, still sealed."""
    return await app.store.row(q.SEALED, number=number)


async def of_file(reader: Reader, file: int) -> list[SealedRow]:
    """The copies of a file, oldest first, still sealed."""
    return await reader.rows(q.SEALED_OF, file=file)


async def ending(app: App, before: int, limit: int) -> list[q.Kept]:
    """Copies that are kept until a date before ``before``."""
    return await app.store.rows(q.SEALED_ENDING, before=before, limit=limit)
