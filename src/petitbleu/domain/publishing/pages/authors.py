"""Bylines: who agreed to be named as the author of what they sign in a channel.

A signature alone is text. A person who may post agrees for one channel and for the name of their
account; with the agreement comes a page of their own, whose address does not lead to the account.
It holds as long as the account has that name, is not suspended and exists: who changes their name
agrees anew, so that nobody comes into a byline by taking another's name.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from petitbleu import jobs
from petitbleu.app import Actor, App, Part
from petitbleu.cache import Cache
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import WRITE
from petitbleu.domain.files.photos import service as photos
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.accounts.service import AccountRow
from petitbleu.domain.publishing.pages import owners
from petitbleu.domain.publishing.pages import queries_articles as q
from petitbleu.domain.publishing.pages.queries_articles import AuthorRow
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.folding import fold, skeleton
from petitbleu.stamps import cache_of, room
from petitbleu.store.api import Tx

_REMEMBERED = 5000
_PURPOSE = "pages.author"
_SLUG_MAX = 40
_NAMESAKES = 100


class Author(NamedTuple):
    """Whoever is named in a byline. ``about`` is the text of the profile, or empty."""

    account: int
    slug: str
    name: str
    about: str
    photo: bool

    def signs(self, account: int, signature: str) -> bool:
        """Whether what ``account`` signed so bears this byline."""
        return account == self.account and skeleton(signature) == skeleton(self.name)


class CannotSign(Exception):
    """Somebody can have no byline. ``key``: ``may_not`` (they cannot post there), ``nameless`` or
    ``taken`` (another's name)."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


ROOM = room("authors", page_author=())
AUTHORS: Part[Cache[int, tuple[AuthorRow, ...]]] = Part(
    lambda app: cache_of(app, ROOM, _REMEMBERED)
)
"""Channel -> who agreed there."""


async def load_authors(app: App, channels: Iterable[int]) -> dict[int, tuple[Author, ...]]:
    """The bylines that hold now, of each of these channels that has any."""
    rows = await _rows(app, list(channels))
    people = {row.account for of_chat in rows.values() for row in of_chat}
    if not people:
        return {}
    known = await accounts.get_many(app, people)
    suspended = await restrictions.suspended(app, people)
    found = {}
    for chat, of_chat in rows.items():
        made = (_author(row, known.get(row.account), suspended) for row in of_chat)
        if holding := tuple(one for one in made if one is not None):
            found[chat] = holding
    return found


async def of_channel(app: App, chat: int) -> tuple[Author, ...]:
    """:func:`load_authors` of one."""
    return (await load_authors(app, (chat,))).get(chat, ())


async def _rows(app: App, channels: Sequence[int]) -> dict[int, tuple[AuthorRow, ...]]:
    cache = app.parts[AUTHORS]
    found = {chat: known for chat in channels if (known := cache.get(chat)) is not None}
    missing = [chat for chat in channels if chat not in found]
    if missing:
        generation = cache.generation
        read: dict[int, list[AuthorRow]] = {chat: [] for chat in missing}
        for row in await app.store.rows(q.AUTHORS, chats=missing):
            read[row.chat].append(row)
        for chat, rows in read.items():
            found[chat] = tuple(rows)
            cache.keep(chat, found[chat], generation)
    return found


def _author(row: AuthorRow, person: AccountRow | None, suspended: set[int]) -> Author | None:
    if person is None or person.deleted_at is not None or row.account in suspended:
        return None
    if skeleton(_name(person)) != skeleton(row.name):
        return None
    return Author(
        row.account, row.slug, row.name, person.about if row.about else "", bool(row.photo)
    )


def _name(person: AccountRow) -> str:
    return f"{person.first_name} {person.last_name or ''}".strip()


async def agreed(app: App, chat: int, account: int) -> AuthorRow | None:
    """To what somebody agreed in a channel, whether it holds or not; None: to nothing."""
    rows = (await _rows(app, [chat])).get(chat, ())
    return next((row for row in rows if row.account == account), None)


async def is_gone(app: App, chat: int, slug: str) -> bool:
    """Whether there was an author's page at this address."""
    return bool(await app.store.rows(q.AUTHOR, chat=chat, keys=_keys(app, chat, slug)))


async def picture(app: App, author: Author) -> bytes | None:
    """The picture of an author's profile, where they want it shown."""
    if not author.photo:
        return None
    rows, _ = await photos.page(app, Actor(author.account), author.account, 0, 0, 1)
    return rows[0].data if rows else None


# ── agreeing ────────────────────────────────────────────────────────────────────────────────────


async def agree(app: App, chat: int, account: int, *, about: bool, photo: bool) -> Author:
    """Name somebody as the author of what they sign in a channel, now and before. Raises
    CannotSign."""
    person = await accounts.get(app, account)
    name = _name(person) if person is not None else ""
    if not skeleton(name):
        raise CannotSign("nameless")
    others = {row.account for row in await members.admins(app, chat)} - {account}
    if skeleton(name) in {skeleton(_name(one)) for one in (await _people(app, others))}:
        raise CannotSign("taken")
    with app.parts[AUTHORS].changing([chat]):
        slug = await app.store.write(_agree, app, chat, account, name, about, photo)
    return Author(account, slug, name, person.about if person and about else "", photo)


async def _people(app: App, numbers: Iterable[int]) -> list[AccountRow]:
    return list((await accounts.get_many(app, list(numbers))).values())


async def _agree(
    tx: Tx, app: App, chat: int, account: int, name: str, about: bool, photo: bool
) -> str:
    row = await chats.lock(tx, chat)
    member = await members.of_in(tx, chat, account)
    if chats.dead(row) or not members.may(row, member, WRITE, app.clock.now()):
        raise CannotSign("may_not")
    standing = await tx.rows(q.AUTHORS, chats=[chat])
    if any(one.account != account and skeleton(one.name) == skeleton(name) for one in standing):
        raise CannotSign("taken")
    before = next((one for one in standing if one.account == account), None)
    if before is not None and skeleton(before.name) == skeleton(name):
        key, slug = before.key, before.slug
    else:
        await tx.run(q.END_AUTHOR, chat=chat, account=account)
        key, slug = await _free(tx, app, chat, account, name)
    await tx.run(
        q.PUT_AUTHOR,
        **AuthorRow(
            chat, key, account, slug, name, int(about), int(photo), int(app.clock.now())
        )._asdict(),
    )
    return slug


async def _free(tx: Tx, app: App, chat: int, account: int, name: str) -> tuple[str, str]:
    """(key, slug) for a name: one that nobody else in the channel has or had."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:_SLUG_MAX].strip("-")
    if not re.search("[a-z]", plain):
        plain = secrets.token_hex(4)
    for n in range(1, _NAMESAKES):
        slug = plain if n == 1 else f"{plain}-{n}"
        keys = _keys(app, chat, slug)
        had = await tx.rows(q.AUTHOR, chat=chat, keys=keys)
        if all(one.account == account for one in had):
            return (had[0].key if had else keys[0]), slug
    slug = f"{plain}-{secrets.token_hex(4)}"
    return _keys(app, chat, slug)[0], slug


def _keys(app: App, chat: int, slug: str) -> list[str]:
    """What an address is known by once it is all that is left, the newest first."""
    parts = (b"%d" % chat, slug.encode("utf-8", "surrogatepass"))
    return [mac.hex()[:32] for mac in app.secrets.hmacs(_PURPOSE, *parts)]


async def withdraw(app: App, chat: int, account: int) -> None:
    """Take an agreement back: bylines are plain text from now on."""
    with app.parts[AUTHORS].changing([chat]):
        await app.store.write(_withdraw, chat, account)


async def _withdraw(tx: Tx, chat: int, account: int) -> None:
    await tx.run(q.END_AUTHOR, chat=chat, account=account)


async def end(app: App, chat: int, author: str, *, by: int) -> str | None:
    """End the byline of somebody (named by the end of its address, or by their name) for who may
    change how the channel looks; the name it had, None where nobody has it. Raises NotYours.

    They are told, and may agree again as long as they may post there.
    """
    with app.parts[AUTHORS].changing([chat]):
        return await app.store.write(_end, app, chat, author, by)


async def _end(tx: Tx, app: App, chat: int, author: str, by: int) -> str | None:
    await owners.lock(tx, app, chat, by)
    standing = await tx.rows(q.AUTHORS, chats=[chat])
    wanted = skeleton(author)
    row = next((one for one in standing if author.casefold() == one.slug), None) or next(
        (one for one in standing if wanted and skeleton(one.name) == wanted), None
    )
    if row is None:
        return None
    at = int(app.clock.now())
    await tx.run(q.END_AUTHOR, chat=chat, account=row.account)
    await owners.note(tx, app, chat, by, f"author {row.name}: off")
    if row.account != by:
        told = owners.TellAuthor(chat=chat, account=row.account, at=at)
        await jobs.schedule(tx, told, due=at, key=f"{chat}:{row.account}")
    return row.name


async def forget(tx: Tx, account: int) -> None:
    """The account is deleted: of its bylines the keyed hashes of their addresses are left. They
    do not hold any more, whatever is remembered of them."""
    await tx.run(q.FORGET_AUTHOR, account=account)
