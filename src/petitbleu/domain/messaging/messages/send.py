"""Saying a message: checks, composition, the hot batch, the service chat.

The checks that need the other side (does the account exist, is somebody blocked, was this random_id
used before, does the group still have these members) are made inside the batch, in its transaction:
see ``store/hot/send.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from typing import Any

import msgspec

from petitbleu import ids
from petitbleu.app import Actor, App, Part
from petitbleu.domain.communities.chats.service import (
    CHANNEL,
    SUPERGROUP,
    ChatRow,
)
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import WRITE
from petitbleu.domain.messaging.messages import (
    albums,
    chat_scope,
    contents,
    drafts,
    entities,
    links,
    media_rights,
    mentions,
    origins,
    quotes,
    slow,
    speakers,
    timers,
)
from petitbleu.domain.messaging.messages import queries as q
from petitbleu.domain.messaging.messages.chat_scope import PRIVATE, Place
from petitbleu.domain.messaging.messages.contents import TEXT, Draft, Reply
from petitbleu.domain.messaging.messages.entities import Entity
from petitbleu.domain.messaging.messages.flags import MEDIA_UNREAD, POST
from petitbleu.domain.messaging.messages.group_copies import GroupMessage
from petitbleu.domain.messaging.messages.queries import MessageRow
from petitbleu.domain.messaging.second_reader import gate
from petitbleu.domain.updates.delivery import look
from petitbleu.domain.updates.log import Emit, Event
from petitbleu.errors import Fault
from petitbleu.jobs import Job, Planned, kind_of
from petitbleu.store.api import Reader
from petitbleu.store.hot import send as hot
from petitbleu.store.hot.send import Collision, Copy, Outgoing, Sent, Stale

NEW = "message.new"
_TRIES = 20
_PAIR = 2
"""Copies of a message in a private chat; more have a basic group's."""
_GROUPS_REMEMBERED = 10_000

_encode = msgspec.msgpack.Encoder().encode


class Hear(Job, tag="servicechat.hear", frozen=True):
    """What an account wrote to the service chat is dealt with, from a message on."""

    account: int
    since: int


async def send(
    app: App, me: Actor, peer: int, draft: Draft, *, approved: bool = False
) -> list[Event]:
    """Say ``draft`` in the chat ``peer``; the events of everybody's copy, the author's own first.

    In a channel it is one event, the channel's. ``approved``: a second reader has seen it. Raises
    PEER_ID_INVALID, INPUT_USER_DEACTIVATED, YOU_BLOCKED_USER, USER_IS_BLOCKED, RANDOM_ID_DUPLICATE,
    REPLY_MESSAGE_ID_INVALID, CHAT_SEND_UNAPPROVED_FORBIDDEN, CHAT_FORWARDS_RESTRICTED (of the
    message answered in another chat), QUOTE_TEXT_INVALID, what :func:`members.require` and what
    :func:`entities.normalize` raise.
    """
    return events(*await say(app, await compose(app, me, peer, draft, approved=approved)))


async def send_service(
    app: App,
    to: int,
    text: str,
    marked: Sequence[Entity] = (),
    *,
    once: int | None = None,
    about: Sequence[Any] | None = None,
    find: bool = True,
) -> list[Event]:
    """A message of the service account (777000) in the service chat of ``to``.

    ``once`` names it (63 bits): under the same name it is said a single time, however often asked.
    ``about``: what answers to it are about (``[room's word, *plain values]``). ``find``: whether
    links and their like in the text can be pressed; not where strangers wrote a part of it.
    """
    clean, normalized = entities.normalize(text, marked, find=find)
    item = Outgoing(
        author=ids.SERVICE_USER,
        peer=to,
        date=int(app.clock.now()),
        random_id=once,
        fingerprint=None if once is None else to.to_bytes(8, "big"),
        kind=TEXT,
        text=clean,
        entities=entities.encode(normalized),
        extra=contents.encode({contents.ABOUT: list(about)} if about is not None else {}),
        copies=(Copy(to, ids.SERVICE_USER, None, 0, 1),),
        session=None,
        official=True,
    )
    return events(*await say(app, item))


async def compose(
    app: App, me: Actor, peer: int, draft: Draft, *, approved: bool = False
) -> Outgoing:
    """``draft`` checked and in the form of the store. Says nothing yet."""
    at = PRIVATE if peer > 0 else await chat_scope.place(app, me, peer, draft.right or WRITE)
    if at.chat is not None and gate.is_demanded(at.chat) and not approved:
        await gate.refuse(app, me, peer)
    text, marked = _said(draft)
    extra = extra_of(draft)
    answered = await _answer(app, me, at, peer, draft.reply_to, extra)
    await speakers.mark(app, me, at, draft.send_as, extra)
    if draft.clear_draft:
        await drafts.clear(app, me, peer)
    links.attach(app, extra, text, marked, media=_bare(app, at, peer, draft))
    stored_entities = entities.encode(marked)
    author, sender, guard = me.id, None, None
    if at.chat is None:
        copies = pair(me.id, peer, answered, contents.saved_from(draft.forward, me.id))
    elif at.shared:
        author, sender = peer, me.id
        media_rights.fits(at.chat, draft.media)
        copies = (await _post(app, at.chat, answered),)
    else:
        guard = (peer, at.chat.version)
        copies = await _group(app, at.chat, me.id, answered)
    if not at.shared and media_rights.unopened(draft.media):
        copies = _unopened(copies)
    await slow.admit(app, me, at, draft.random_id, album="grouped" in extra)
    stored_extra = contents.encode(extra)
    item = Outgoing(
        author=author,
        peer=peer,
        date=int(app.clock.now()),
        random_id=draft.random_id,
        fingerprint=_fingerprint(
            peer,
            text,
            stored_entities,
            stored_extra,
            copies[0].reply_to,
            sender,
            draft.media_key or draft.media,
        )
        if draft.random_id is not None
        else None,
        kind=TEXT,
        text=text,
        entities=stored_entities,
        extra=stored_extra,
        copies=copies,
        session=me.session,
        sender=sender,
        shown=extra.get("as"),
        media=draft.media,
        guard=guard,
    )
    return await _concern(app, item, at.chat, marked, answered)


def _bare(app: App, at: Place, peer: int, draft: Draft) -> bool:
    """Whether a link in the text has no preview."""
    if draft.media is not None or peer == ids.SERVICE_USER:
        return True
    right = members.rights.LINKS
    return at.chat is not None and not members.may(at.chat, at.member, right, app.clock.now())


async def _concern(
    app: App,
    item: Outgoing,
    chat: ChatRow | None,
    marked: Sequence[Entity],
    answered: MessageRow | None,
) -> Outgoing:
    """``item`` with whom it mentions, when it goes by itself, and what hears it."""
    if item.peer == ids.SERVICE_USER:
        if item.media is not None:
            raise Fault("CHAT_SEND_MEDIA_FORBIDDEN")  # it reads, and keeps no files
        return item._replace(wakes=kind_of(Hear))
    sender = item.sender or item.author
    people = await mentions.found(app, sender, chat, item.text, marked, answered)
    if people:
        item = item._replace(mentioned=people, copies=mentions.marked(item.copies, people))
    period = await timers.seconds(app, item.author, item.peer, chat)
    if period:
        extra = contents.decode(item.extra) if item.extra is not None else {}
        extra["ttl"] = period
        item = item._replace(extra=contents.encode(extra), expires=item.date + period)
    return item


Posted = Callable[[App, Outgoing, Sent], None]
_posted: list[Posted] = []


def on_post(listener: Posted) -> Posted:
    """Have ``listener(app, item, sent)`` called after something was said in a supergroup or
    channel (by a process that may end before: what must not be lost is looked for again).
    """
    _posted.append(listener)
    return listener


async def say(app: App, item: Outgoing) -> tuple[Outgoing, Sent]:
    """Put ``item`` on disk with whatever else waits; returns after the commit.

    The item comes back as it was said: with the members the group had at that moment.
    """
    if item.random_id is None and app.store.dialect != "sqlite":
        # A batch whose answer was lost is run again: what was said then is found by its number.
        number = app.random(8)
        item = item._replace(
            random_id=int.from_bytes(number, "big", signed=True), fingerprint=number
        )
    for _ in range(_TRIES):
        try:
            sent = await app.store.batch(BATCH, item)
            if item.author < 0 and not sent.again:
                for listener in _posted:
                    listener(app, item, sent)
            if sent.again and app.bus.me:
                # Whoever said it first may have died before others were told.
                look(app, {item.author, *(copy.owner for copy in item.copies)})
            return item, sent
        except Collision:
            continue
        except Stale:
            item = await _rebuild(app, item)
    raise Fault("RANDOM_ID_DUPLICATE")


async def said_before(app: App, author: int, random_id: int) -> int:
    """The id of what ``author`` (a person or channel) said under ``random_id``; 0: nothing."""
    row = await app.store.row(q.SAID_BEFORE, author=author, random_id=random_id)
    return row.id if row is not None else 0


async def random_ids(app: App, author: int, numbers: Sequence[int]) -> dict[int, int]:
    """Id -> ``random_id`` of what ``author`` said, where the sender gave one."""
    rows = await app.store.rows(q.RANDOM_IDS, author=author, ids=list(numbers))
    return {row.id: row.random_id for row in rows}


def events(item: Outgoing, sent: Sent) -> list[Event]:
    """The numbered events of a said message, the author's first (also of a repeated call)."""
    if sent.again:
        return [_event(item.author, sent.pts, sent.date, sent.id, None)]
    if len(item.copies) > _PAIR:
        return _of_group(item, sent, range(len(item.copies)))
    private = item.peer > 0 and item.peer != item.author and not item.wakes
    twin = sent.places[-1][0] if private else 0
    sender = item.sender or item.author
    written = []
    for (owner, chat, reply_to, flags, _, top), (box, pts) in zip(
        item.copies, sent.places, strict=True
    ):
        if box:
            row = MessageRow(
                owner, box, chat, item.author, sent.id, reply_to, flags, top, twin, sent.date,
                None, item.kind, item.text, item.entities, item.extra, sender, item.media,
            )  # fmt: skip
            written.append(_event(owner, pts, sent.date, box, row))
    return written


def own_events(item: Outgoing, sent: Sent) -> list[Event]:
    """Those of :func:`events` that the answer of the author's call tells."""
    if sent.again or len(item.copies) <= _PAIR:
        return events(item, sent)
    return _of_group(item, sent, (0,))


def _of_group(item: Outgoing, sent: Sent, chosen: Iterable[int]) -> list[Event]:
    """The events of some of a basic group's copies. Their rows are made by whoever needs them."""
    copies, places, at = item.copies, sent.places, sent.date
    group = GroupMessage(item, sent)
    return [
        Event(copies[n].owner, pts, 1, NEW, at, {"id": box, "copy": (group, n)})
        for n in chosen
        for box, pts in (places[n],)
        if box
    ]


def _event(owner: int, pts: int, at: int, box: int, row: MessageRow | None) -> Event:
    # The log holds {"id"} only; the row travels in memory, so that a push reads nothing.
    data: dict[str, Any] = {"id": box} if row is None else {"id": box, "row": row}
    return Event(owner, pts, 1, NEW, at, data)


def announcements(item: Outgoing, sent: Sent) -> list[Emit | Planned]:
    """What sessions are told, in commit order; the calling one has its answer. Of what wakes a job
    the runner of jobs is told as well.
    """
    speaker = item.sender or item.author
    alike = sent if len(item.copies) > _PAIR else None
    hosts = sent.hosts
    told: list[Emit | Planned] = [
        Emit(
            event,
            item.session if event.owner == item.author else None,
            0,
            (speaker, *item.mentioned) if event.owner < 0 else (),
            alike,
            None if hosts is None else hosts.get(event.owner, ""),
        )
        for event in events(item, sent)
    ]
    if item.wakes:
        told.append(Planned(item.date))
    return told


BATCH = hot.operation(announcements)


# ── copies ──────────────────────────────────────────────────────────────────────────────────────


def pair(me: int, peer: int, answered: MessageRow | None, saved_from: int = 0) -> tuple[Copy, ...]:
    """Both sides of a private chat; one's own notes are there once, as is what the service chat
    is told.

    Notes are filed under the chat they were ``saved_from`` (0: oneself).
    """
    reply_to = None if answered is None else answered.id
    if me == peer:
        return (Copy(me, peer, reply_to, 0, 0, saved_from or me),)
    mine = Copy(me, peer, reply_to, 0, 0)
    if peer == ids.SERVICE_USER:
        return (mine,)
    theirs = None if answered is None else twin_id(answered)
    return mine, Copy(peer, me, theirs, 0, 1)


def _unopened(copies: tuple[Copy, ...]) -> tuple[Copy, ...]:
    """Nobody has listened to it yet."""
    return tuple(copy._replace(flags=copy.flags | MEDIA_UNREAD) for copy in copies)


async def _post(app: App, chat: ChatRow, answered: MessageRow | None) -> Copy:
    """The one copy of a channel. An answer in a supergroup belongs to the thread it answers."""
    flags = POST if chat.kind == CHANNEL else 0
    if answered is None:
        return Copy(chat.id, chat.id, None, flags, 0)
    top = await albums.top(app, answered) if chat.kind == SUPERGROUP else None
    return Copy(chat.id, chat.id, answered.id, flags, 0, top)


GROUPS: Part[dict[int, tuple[int, list[int]]]] = Part(lambda _: {})
"""Group -> its version, and who is in it."""


async def _group(
    app: App, chat: ChatRow, author: int, answered: MessageRow | None
) -> tuple[Copy, ...]:
    known = app.parts[GROUPS]
    version, inside = known.get(chat.id, (0, []))
    if version != chat.version:
        inside = await members.inside(app.store, chat.id)
        if len(known) >= _GROUPS_REMEMBERED:
            known.clear()
        known[chat.id] = (chat.version, inside)
    return await group_copies(app.store, chat.id, inside, author, answered)


async def group_copies(
    reader: Reader,
    chat: int,
    owners: Sequence[int],
    author: int,
    answered: MessageRow | None = None,
) -> tuple[Copy, ...]:
    """A copy for each of ``owners`` of a basic group, the author's first."""
    ids_of: dict[int, int] = {}
    if answered is not None:
        rows = await reader.rows(
            q.COPIES_OF, owners=list(owners), author=answered.author, body=answered.body
        )
        ids_of = {row.owner: row.id for row in rows}
    mine = Copy(author, chat, ids_of.get(author), 0, 0)
    return mine, *(
        Copy(owner, chat, ids_of.get(owner), 0, 1) for owner in owners if owner != author
    )


async def _rebuild(app: App, item: Outgoing) -> Outgoing:
    """Copies for the members that the group has now; CHAT_WRITE_FORBIDDEN if I am none."""
    at = await chat_scope.place(app, Actor(item.author), item.peer, WRITE)
    assert at.chat is not None
    reply_to = item.copies[0].reply_to
    answered = None
    if reply_to is not None:
        answered = await app.store.row(q.ONE, owner=item.author, id=reply_to)
    copies = await _group(app, at.chat, item.author, answered)
    if item.copies[0].flags & MEDIA_UNREAD:
        copies = _unopened(copies)
    copies = mentions.marked(copies, item.mentioned)
    return item._replace(copies=copies, guard=(item.peer, at.chat.version))


def _said(draft: Draft) -> tuple[str, list[Entity]]:
    """Text and entities as they are kept; under media there need be none."""
    if draft.ready:
        return draft.text, list(draft.entities)
    if draft.media is not None:
        return entities.caption(draft.text, draft.entities)
    return entities.normalize(draft.text, draft.entities)


# ── parts ───────────────────────────────────────────────────────────────────────────────────────


def twin_id(row: MessageRow) -> int | None:
    """The id of the same message in the box of the other side of a private chat."""
    if row.peer == row.owner or row.peer < 0:
        return None
    return row.twin if row.author == row.owner else row.body


def extra_of(draft: Draft) -> dict[str, Any]:
    """What a draft says for ``body.extra`` by itself."""
    extra: dict[str, Any] = {}
    if draft.silent:
        extra["silent"] = True
    if draft.noforwards:
        extra["noforwards"] = True
    if draft.no_webpage:
        extra["no_webpage"] = True
    if draft.invert_media:
        extra["invert_media"] = True
    if draft.effect:
        extra["effect"] = draft.effect
    if draft.forward is not None:
        extra["forward"] = list(draft.forward)
    if draft.more is not None:
        extra.update(draft.more)
    return extra


async def _answer(
    app: App, me: Actor, at: Place, peer: int, reply: Reply | None, extra: dict[str, Any]
) -> MessageRow | None:
    """The message of this chat that is answered; what is quoted, and from where, in ``extra``."""
    if reply is None:
        return None
    row, quote = await quotes.answered(app, me, at, peer, reply)
    if quote is not None:
        extra["quote"] = quote
    if not reply.peer:
        return row
    extra[origins.ELSEWHERE] = await origins.stored(app, me, row)
    return None


def _fingerprint(
    peer: int,
    text: str,
    marked: bytes | None,
    extra: bytes | None,
    reply_to: int | None,
    sender: int | None,
    media: bytes | None,
) -> bytes:
    said = _encode((peer, text, marked, extra, reply_to, sender, media))
    return blake2b(said, digest_size=8).digest()
