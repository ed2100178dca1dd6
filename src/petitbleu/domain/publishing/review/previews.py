"""Links to posts before they are published, and to edits that wait: for whoever is sent one, for a
week, until it is taken back. What is published, deleted or withheld ends them; nothing keeps or
lists what they show.

Of an edit ``post_preview`` holds the number of the post below zero, and that of its version.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from petitbleu.app import Actor, App
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import CHANNEL, ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import WRITE
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.messaging.scheduled import approving
from petitbleu.domain.messaging.second_reader import held
from petitbleu.domain.messaging.second_reader.held import HeldRow
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.publishing.pages.service import Page, Where
from petitbleu.domain.publishing.review import queries as q
from petitbleu.domain.publishing.review.queries import PreviewRow
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.errors import Fault
from petitbleu.store.api import Tx

SECONDS = 7 * 86_400
UNPUBLISHED = 1 << 30
"""Added to the ids of waiting messages: no post has such an id, and nothing of one is shown."""
_SIGNS = 32
Make = Callable[[Tx, int, int, int, int, int], Awaitable[PreviewRow]]


class Shown(NamedTuple):
    """What a link shows: a page whose switches lead nowhere, and the post as it would stand."""

    page: Page
    at: Where
    post: list[MessageRow]
    due: int
    edit: bool = False
    """Whether the post is public as it was, and ``due`` the time of an edit that waits."""
    described: Mapping[tuple[int, int], str] | None = None
    """Of an edit what would be said of the pictures: (channel, id of the message here) -> text."""


class Published(NamedTuple):
    """The post stands there now."""

    path: str


async def make(app: App, me: Actor, channel: int, message: int) -> str:
    """The address of a waiting post's preview; the one there is, as long as it holds.

    Raises CHAT_ADMIN_REQUIRED, MESSAGE_ID_INVALID, PUBLIC_CHANNEL_MISSING.
    """
    return await _made(app, me, channel, message, _make)


async def make_of_edit(app: App, me: Actor, channel: int, message: int) -> str:
    """:func:`make` of the edit that waits for a published post: how the post would look with it."""
    return await _made(app, me, channel, message, _make_of_edit)


async def _made(app: App, me: Actor, channel: int, message: int, make: Make) -> str:
    row = await _mine(app, me, channel)
    if row.username is None:
        raise Fault("PUBLIC_CHANNEL_MISSING")
    number = int.from_bytes(app.random(8), "big") >> 1
    now = int(app.clock.now())
    return address(app, await app.store.write(make, channel, message, number, me.id, now))


async def _mine(app: App, me: Actor, channel: int) -> ChatRow:
    row = (await members.require(app, me, channel, WRITE)).chat
    if row.kind != CHANNEL:
        raise Fault("BROADCAST_REQUIRED")
    return row


async def _make(tx: Tx, channel: int, message: int, number: int, by: int, now: int) -> PreviewRow:
    await messages.lock(tx, [channel])
    post = await approving.post(tx, channel, message)
    if not post:
        raise Fault("MESSAGE_ID_INVALID")
    first = post[0]
    row = PreviewRow(number, channel, first.id, first.random_id, by, now + SECONDS)
    return await _keep(tx, row, now)


async def _make_of_edit(
    tx: Tx, channel: int, message: int, number: int, by: int, now: int
) -> PreviewRow:
    await messages.lock(tx, [channel])
    edit = await held.one(tx, channel, message)
    if edit is None:
        raise Fault("MESSAGE_ID_INVALID")
    return await _keep(
        tx, PreviewRow(number, channel, -message, edit.number, by, now + SECONDS), now
    )


async def _keep(tx: Tx, row: PreviewRow, now: int) -> PreviewRow:
    """The link there is to this version, else the new one."""
    known = await tx.row(q.OF_POST, channel=row.channel, message=row.message)
    if known is not None and known.random_id == row.random_id and known.until > now:
        return known
    await tx.run(q.DROP, channel=row.channel, message=row.message)
    await tx.run(q.PUT, **row._asdict())
    return row


async def revoke(app: App, me: Actor, channel: int, message: int) -> None:
    """Whoever has the link sees nothing any more. Raises CHAT_ADMIN_REQUIRED."""
    await _mine(app, me, channel)
    await app.store.write(_revoke, channel, message)


async def revoke_of_edit(app: App, me: Actor, channel: int, message: int) -> None:
    """:func:`revoke` of the link to the edit that waits for a published post."""
    await _mine(app, me, channel)
    await app.store.write(_revoke_of_edit, channel, message)


async def _revoke(tx: Tx, channel: int, message: int) -> None:
    post = await approving.post(tx, channel, message)
    await tx.run(q.DROP, channel=channel, message=post[0].id if post else message)


async def _revoke_of_edit(tx: Tx, channel: int, message: int) -> None:
    await tx.run(q.DROP, channel=channel, message=-message)


async def addresses(app: App, channel: int, posts: Sequence[approving.Post]) -> dict[int, str]:
    """Id of the first message of a waiting post -> the address of its preview, where it has one."""
    return await _addresses(app, channel, {post[0].id: post[0].random_id for post in posts})


async def addresses_of_edits(app: App, channel: int, edits: Iterable[HeldRow]) -> dict[int, str]:
    """Id of a published post -> the address of the preview of the edit that waits for it."""
    found = await _addresses(app, channel, {-edit.message: edit.number for edit in edits})
    return {-message: link for message, link in found.items()}


async def _addresses(app: App, channel: int, wanted: dict[int, int]) -> dict[int, str]:
    if not wanted:
        return {}
    now = app.clock.now()
    rows = await app.store.rows(q.OF_POSTS, channel=channel, messages=list(wanted))
    return {
        row.message: address(app, row)
        for row in rows
        if row.random_id == wanted[row.message] and row.until > now
    }


def address(app: App, row: PreviewRow) -> str:
    """Where a preview is looked at."""
    return f"{joining.base_url(app)}/preview/{row.number:x}-{_signatures(app, row)[0]}"


def _signatures(app: App, row: PreviewRow) -> list[str]:
    said = b"%d %d %d %d" % (row.number, row.channel, row.random_id, row.until)
    return [mac.hex()[:_SIGNS] for mac in app.secrets.hmacs("review.preview", said)]


async def open_link(app: App, token: str, country: str) -> Shown | Published | None:
    """What a link shows to a reader in ``country``; None for one that shows nothing (any more)."""
    written, _, signature = token.partition("-")
    try:
        number = int(written, 16) if 0 < len(written) <= 16 and written.isascii() else -1
    except ValueError:
        return None
    if not 0 <= number < 1 << 63:
        return None
    row = await app.store.row(q.ONE, number=number)
    if row is None or row.until <= app.clock.now():
        return None
    given = signature.encode()
    if not any(hmac.compare_digest(given, one.encode()) for one in _signatures(app, row)):
        return None
    chat = await chats.get(app, row.channel)
    if chat is None or chats.dead(chat) or chat.username is None:
        return None
    if chat.creator in await restrictions.suspended(app, [chat.creator]):
        return None
    at = await pages.where(app, chat, country)
    if pages.held_back(at) is not None:
        return None
    if row.message < 0:
        return await _edited(app, at, row)
    post = await approving.post(app.store, row.channel, row.message)
    if not post or post[0].random_id != row.random_id:
        return await _published(app, chat, row)
    said = [await _as_post(app, chat, one) for one in approving.as_messages(post)]
    return Shown(await _page(app, chat), at, said, post[0].due)


async def _page(app: App, chat: ChatRow) -> Page:
    switches = pages.quiet((await pages.settings(app, chat.id)).switches)
    return Page(chat, switches, 0, identity=await pages.load_identity(app, chat.id))


async def _edited(app: App, at: Where, row: PreviewRow) -> Shown | Published | None:
    """A published post with the edit that waits for it; where that was made or dropped, the post.
    Of one that is withheld nothing is shown, as it was or as it would be."""
    id = -row.message
    post = await pages.with_album(app, at, id)
    if not post or at.held(post) is not None:
        return None
    edit = await held.one(app.store, row.channel, id)
    if edit is None or edit.number != row.random_id:
        page = await pages.load_page(app, row.channel)
        return Published(f"/{page.name}/{id}") if page is not None else None
    said = [
        one._replace(text=edit.text, entities=edit.entities, extra=edit.extra, media=edit.media)
        if one.id == id
        else one
        for one in post
    ]
    moved = [one._replace(id=UNPUBLISHED + one.id, body=UNPUBLISHED + one.id) for one in said]
    described = await _described(app, said, edit)
    return Shown(await _page(app, at.chat), at, moved, edit.made_at, edit=True, described=described)


async def _described(
    app: App, post: Sequence[MessageRow], edit: HeldRow
) -> dict[tuple[int, int], str]:
    """Of a post's pictures what is said of them, and what the edit would say of one."""
    said = await pages.load_alts(app, post)
    if edit.described is not None:
        said[edit.channel, edit.message] = edit.described
    return {(channel, UNPUBLISHED + id): text for (channel, id), text in said.items()}


async def _as_post(app: App, chat: ChatRow, row: MessageRow) -> MessageRow:
    """A waiting message with what is added when it is said: its signature, and its link."""
    extra = messages.decode_extra(row.extra) if row.extra is not None else {}
    if row.sender:
        await messages.sign(app, row.sender, chat, extra)
    marked = messages.decode_entities(row.entities) if row.entities is not None else []
    messages.links.attach(app, extra, row.text, marked, media=row.media is not None)
    id = UNPUBLISHED + row.id
    return row._replace(
        id=id, body=id, author=chat.id, flags=messages.POST, extra=messages.encode_extra(extra)
    )


async def _published(app: App, chat: ChatRow, row: PreviewRow) -> Published | None:
    """Where the post stands; None where it was deleted, or the channel has no page."""
    page = await pages.load_page(app, chat.id)
    said = await messages.said_before(app, chat.id, row.random_id)
    there = await messages.in_place(app, messages.unguarded(chat.id, chat.id), [said])
    return Published(f"/{page.name}/{said}") if page is not None and said in there else None


async def tidy(app: App) -> None:
    """Forget the links that are over."""
    await app.store.background(_tidy, int(app.clock.now()))


async def _tidy(tx: Tx, now: int) -> None:
    await tx.run(q.FORGET, now=now)
