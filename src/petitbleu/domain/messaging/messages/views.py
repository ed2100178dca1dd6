"""Messages as TL: rows of a box -> ``message`` and ``messageService`` for the box's owner."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

from petitbleu.app import App
from petitbleu.domain.communities.chats import views as peers
from petitbleu.domain.files.media import service as media
from petitbleu.domain.messaging.messages import contents, entities, views_actions
from petitbleu.domain.messaging.messages import entity_kinds as kinds
from petitbleu.domain.messaging.messages.contents import ACTION, Forward
from petitbleu.domain.messaging.messages.drafts import Saved
from petitbleu.domain.messaging.messages.entities import Entity
from petitbleu.domain.messaging.messages.flags import MEDIA_UNREAD, MENTIONED, PINNED, POST
from petitbleu.domain.messaging.messages.queries import MessageRow
from petitbleu.domain.messaging.messages.views_actions import action as action
from petitbleu.domain.messaging.peers.views import input_peer, number, peer_of
from petitbleu.domain.people.contacts.views import hash_of
from petitbleu.domain.updates import service as updates
from petitbleu.tl import api

_PLAIN = {
    kinds.UNKNOWN: api.MessageEntityUnknown,
    kinds.MENTION: api.MessageEntityMention,
    kinds.HASHTAG: api.MessageEntityHashtag,
    kinds.BOT_COMMAND: api.MessageEntityBotCommand,
    kinds.URL: api.MessageEntityUrl,
    kinds.EMAIL: api.MessageEntityEmail,
    kinds.BOLD: api.MessageEntityBold,
    kinds.ITALIC: api.MessageEntityItalic,
    kinds.CODE: api.MessageEntityCode,
    kinds.PHONE: api.MessageEntityPhone,
    kinds.CASHTAG: api.MessageEntityCashtag,
    kinds.UNDERLINE: api.MessageEntityUnderline,
    kinds.STRIKE: api.MessageEntityStrike,
    kinds.BANK_CARD: api.MessageEntityBankCard,
    kinds.SPOILER: api.MessageEntitySpoiler,
    kinds.DIFF_INSERT: api.MessageEntityDiffInsert,
    kinds.DIFF_DELETE: api.MessageEntityDiffDelete,
}
_WITH_ARGUMENT = {
    kinds.PRE: (api.MessageEntityPre, "language"),
    kinds.TEXT_URL: (api.MessageEntityTextUrl, "url"),
    kinds.MENTION_NAME: (api.MessageEntityMentionName, "user_id"),
    kinds.CUSTOM_EMOJI: (api.MessageEntityCustomEmoji, "document_id"),
    kinds.BLOCKQUOTE: (api.MessageEntityBlockquote, "collapsed"),
    kinds.DIFF_REPLACE: (api.MessageEntityDiffReplace, "old_text"),
}
_DATE_FLAGS = ("relative", "short_time", "long_time", "short_date", "long_date", "day_of_week")

_KIND_OF = {make: kind for kind, make in _PLAIN.items()}
_ARGUMENT_OF = {made: (kind, field) for kind, (made, field) in _WITH_ARGUMENT.items()}

TYPING: dict[str, Any] = {
    "typing": api.SendMessageTypingAction,
    "cancel": api.SendMessageCancelAction,
    "record_video": api.SendMessageRecordVideoAction,
    "upload_video": api.SendMessageUploadVideoAction,
    "record_audio": api.SendMessageRecordAudioAction,
    "upload_audio": api.SendMessageUploadAudioAction,
    "upload_photo": api.SendMessageUploadPhotoAction,
    "upload_document": api.SendMessageUploadDocumentAction,
    "geo_location": api.SendMessageGeoLocationAction,
    "choose_contact": api.SendMessageChooseContactAction,
    "game_play": api.SendMessageGamePlayAction,
    "record_round": api.SendMessageRecordRoundAction,
    "upload_round": api.SendMessageUploadRoundAction,
    "choose_sticker": api.SendMessageChooseStickerAction,
}
"""What somebody may be seen doing, by the name events carry."""
TYPING_NAMES = {form: name for name, form in TYPING.items()}


# ── entities ────────────────────────────────────────────────────────────────────────────────────


def entity_list(found: Iterable[Entity]) -> list[Any]:
    """Entities -> MessageEntity objects."""
    return [_entity(entity) for entity in found]


def _entity(one: Entity) -> Any:
    plain = _PLAIN.get(one.kind)
    if plain is not None:
        return plain(offset=one.offset, length=one.length)
    if one.kind == kinds.FORMATTED_DATE:
        date, bits = one.arg
        shown = {name: bool(bits >> n & 1) for n, name in enumerate(_DATE_FLAGS)}
        return api.MessageEntityFormattedDate(
            offset=one.offset, length=one.length, date=date, **shown
        )
    class_, field = _WITH_ARGUMENT[one.kind]
    return class_(offset=one.offset, length=one.length, **{field: one.arg})


def entities_from(given: Sequence[Any] | None) -> list[Entity]:
    """MessageEntity objects of a request -> entities (``inputMessageEntityMentionName`` must have
    been resolved to ``messageEntityMentionName`` before)."""
    return [_from_entity(one) for one in given] if given else []


def _from_entity(one: Any) -> Entity:
    form = type(one)
    kind = _KIND_OF.get(form)
    if kind is not None:
        return Entity(kind, one.offset, one.length)
    if form is api.MessageEntityFormattedDate:
        bits = sum(1 << n for n, name in enumerate(_DATE_FLAGS) if getattr(one, name))
        return Entity(kinds.FORMATTED_DATE, one.offset, one.length, [one.date, bits])
    kind, field = _ARGUMENT_OF[form]
    return Entity(kind, one.offset, one.length, getattr(one, field))


# ── messages ────────────────────────────────────────────────────────────────────────────────────


async def messages(app: App, viewer: int, rows: Sequence[MessageRow]) -> list[Any]:
    """Rows as ``viewer`` sees them, with all that other rooms add (:func:`decorates`)."""
    pairs = [(row, message(row, viewer)) for row in rows]
    more = [pair for pair in pairs if not _bare(pair[0])]
    for wanted, decorate, bare, _ in _DECORATORS:
        chosen = [pair for pair in (pairs if bare else more) if wanted(pair[0])]
        if chosen:
            await decorate(app, viewer, chosen)
    return [rendered for _, rendered in pairs]


def _bare(row: MessageRow) -> bool:
    """Text in a personal box and nothing else, as most messages are."""
    return row.owner > 0 and not row.flags and row.extra is None and row.media is None


async def render_collecting(
    app: App, viewer: int, rows: Sequence[MessageRow], named: set[int]
) -> list[Any]:
    """:func:`messages`; everybody they name, also by what other rooms add, goes into ``named``."""
    rendered = await messages(app, viewer, rows)
    for row, one in zip(rows, rendered, strict=True):
        name_peers(row, named)
        name_added(one, named)
    return rendered


def name_added(made: Any, named: set[int]) -> None:
    """Add to ``named`` who reacted, answered or voted as a message shows it."""
    if made.reactions is not None:
        name_reactors(made.reactions, named)
    if type(made) is not api.Message:
        return
    if type(made.reply_to) is api.MessageReplyHeader:
        _name_answered(made.reply_to, named)
    if made.replies is not None and made.replies.recent_repliers:
        named.update(number(replier) for replier in made.replies.recent_repliers)
    if type(made.media) is api.MessageMediaPoll and made.media.results.recent_voters:
        named.update(number(voter) for voter in made.media.results.recent_voters)


def _name_answered(header: Any, named: set[int]) -> None:
    """The other chat that a message answers in, and who is answered there."""
    if header.reply_to_peer_id is not None:
        named.add(number(header.reply_to_peer_id))
    if header.reply_from is not None and header.reply_from.from_id is not None:
        named.add(number(header.reply_from.from_id))


def name_reactors(reactions: Any, named: set[int]) -> None:
    """Add to ``named`` those whom messageReactions names."""
    if reactions.recent_reactions:
        named.update(number(reaction.peer_id) for reaction in reactions.recent_reactions)


Decorator = Callable[[App, int, list[tuple[MessageRow, Any]]], Awaitable[None]]
_DECORATORS: list[tuple[Callable[[MessageRow], bool], Decorator, bool, int]] = []
SHOWS, ADDS, WITHHOLDS = range(3)
"""In which order rooms decorate, whichever was imported first: media are shown, other rooms add to
them or put something in their place, measures withhold what came of it."""


def decorates(
    wanted: Callable[[MessageRow], bool], *, bare: bool = False, order: int = ADDS
) -> Callable[[Decorator], Decorator]:
    """Declare what a room adds to messages for which ``wanted(row)`` holds: reactions, views, ...

    Plain text in personal boxes (no flag, nothing attached) is only asked about with ``bare``.
    ``async def f(app, viewer, pairs)`` changes the TL objects of ``(row, TL)`` in place. ``viewer``
    is 0 where one form serves all members of a channel that have nothing of their own in it.
    """

    def register(decorate: Decorator) -> Decorator:
        _DECORATORS.append((wanted, decorate, bare, order))
        _DECORATORS.sort(key=lambda one: one[3])
        return decorate

    return register


def is_decorated(row: MessageRow) -> bool:
    """Whether other rooms may add something to the message besides what measures ask for."""
    return not _bare(row) and any(wanted(row) for wanted, _, bare, _ in _DECORATORS if not bare)


def message(row: MessageRow, viewer: int) -> Any:
    """One row as ``viewer`` sees it, without what other rooms add."""
    if row.kind == ACTION:
        return _service_message(row, viewer)
    sender, peer, flags = row.sender, row.peer, row.flags
    saved = peer == viewer
    rendered = api.Message(
        id=row.id,
        out=sender == viewer and not saved,
        from_id=None if flags & POST else api.PeerUser(user_id=sender),
        peer_id=peer_of(peer),
        date=row.date,
        message=row.text,
        edit_date=row.edit_date,
    )
    if row.entities is not None:
        rendered.entities = entity_list(entities.decode(row.entities))
    if flags:
        rendered.pinned = bool(flags & PINNED)
        rendered.mentioned = bool(flags & MENTIONED)
        rendered.media_unread = bool(flags & MEDIA_UNREAD)
        rendered.post = bool(flags & POST)
    if row.reply_to is not None:
        rendered.reply_to = _reply_header(row)
    if saved:
        rendered.saved_peer_id = rendered.from_id
    if row.extra is not None:
        _add_extra(rendered, contents.decode(row.extra), saved)
    return rendered


def _reply_header(row: MessageRow) -> Any:
    # In Saved Messages it is the chat that a message came from.
    top = row.top if row.owner < 0 and row.top != row.reply_to else None
    return api.MessageReplyHeader(reply_to_msg_id=row.reply_to, reply_to_top_id=top)


def _add_extra(made: Any, extra: dict[str, Any], saved: bool) -> None:
    made.silent = "silent" in extra
    made.noforwards = "noforwards" in extra
    made.invert_media = "invert_media" in extra
    made.effect = extra.get("effect")
    made.grouped_id = extra.get("grouped")
    made.post_author = extra.get("sign")
    made.ttl_period = extra.get("ttl")
    made.from_scheduled = "scheduled" in extra
    if "as" in extra:
        made.from_id = peer_of(extra["as"])
    quote = extra.get("quote")
    if quote is not None:
        text, marked, offset = quote
        header = made.reply_to or api.MessageReplyHeader()
        header.quote = True
        header.quote_text = text
        header.quote_offset = offset
        if marked:
            header.quote_entities = entity_list(Entity(*one) for one in marked)
        made.reply_to = header
    forward = contents.forward_of(extra)
    if forward is not None:
        made.fwd_from = _forward_header(forward, saved)
        if saved:
            made.saved_peer_id = peer_of(contents.saved_from(forward, 0))


def _forward_header(forward: Forward, saved: bool) -> Any:
    header = api.MessageFwdHeader(
        date=forward.date,
        from_id=peer_of(forward.author) if forward.author else None,
        from_name=forward.name or None,
        channel_post=forward.post or None,
        post_author=forward.sign or None,
    )
    if saved and forward.saved_peer:
        header.saved_from_peer = peer_of(forward.saved_peer)
        header.saved_from_msg_id = forward.saved_id
    return header


def _service_message(row: MessageRow, viewer: int) -> Any:
    extra = contents.decode(row.extra) if row.extra is not None else {}
    speaker = extra.get("as", 0 if row.flags & POST else row.sender)
    return api.MessageService(
        id=row.id,
        out=row.sender == viewer and row.peer != viewer,
        silent="silent" in extra,
        post=bool(row.flags & POST),
        from_id=peer_of(speaker) if speaker else None,
        peer_id=peer_of(row.peer),
        date=row.date,
        action=views_actions.render_action(extra.get("action") or []),
        reply_to=None if row.reply_to is None else _reply_header(row),
    )


def name_peers(row: MessageRow, named: set[int]) -> None:
    """Add everybody the message names to ``named``: people, groups and channels (peer numbers).

    Who hides behind a channel is not among them.
    """
    named.add(row.peer)
    shown = 0 if row.flags & POST else row.sender
    if row.extra is not None:
        extra = contents.decode(row.extra)
        shown = extra.get("as", shown)
        forward = contents.forward_of(extra)
        if forward is not None:
            named.update(peer for peer in (forward.author, forward.saved_peer) if peer)
            if row.peer == row.owner > 0:
                named.add(contents.saved_from(forward, row.owner))
        if "action" in extra:
            named.update(views_actions.named(extra["action"]))
    if shown:
        named.add(shown)
    if row.media is not None:
        named.update(media.people(row.media))
    if row.entities is not None:
        named.update(
            entity.arg
            for entity in entities.decode(row.entities)
            if entity.kind == kinds.MENTION_NAME
        )


async def page(
    app: App,
    viewer: int,
    rows: Sequence[MessageRow],
    total: int,
    asked: int = 0,
    *,
    channel: int = 0,
) -> Any:
    """messages.messages, its slice where the list has more, messagesNotModified where the client's
    hash ``asked`` (0: none) is that of the page; channelMessages of ``channel`` (peer number)."""
    if asked and asked == hash_of(_marks(rows)):
        return api.messages.MessagesNotModified(count=total)
    found: set[int] = {channel} if channel else set()
    rendered = await render_collecting(app, viewer, rows, found)
    users, chats = await peers.named(app, viewer, found)
    if channel:
        pts = (await updates.counters(app, [channel])).get(channel, 1)
        return api.messages.ChannelMessages(
            pts=pts, count=total, messages=rendered, topics=[], chats=chats, users=users
        )
    if total > len(rendered):
        return api.messages.MessagesSlice(
            count=total, messages=rendered, topics=[], chats=chats, users=users
        )
    return api.messages.Messages(messages=rendered, topics=[], chats=chats, users=users)


def _marks(rows: Sequence[MessageRow]) -> Iterable[int]:
    """What the hash of a page is folded from: ids and times of editing."""
    for row in rows:
        yield row.id
        yield row.edit_date or 0


# ── drafts ──────────────────────────────────────────────────────────────────────────────────────


def draft(app: App, viewer: int, saved: Saved | None) -> Any:
    """A draft of ``viewer`` as TL; ``draftMessageEmpty`` where there is none."""
    if saved is None:
        return api.DraftMessageEmpty()
    reply = None
    if saved.reply_to is not None:
        given = saved.reply_to
        reply = api.InputReplyToMessage(
            reply_to_msg_id=given.id,
            quote_text=given.quote or None,
            quote_entities=entity_list(given.quote_entities) or None,
            quote_offset=given.quote_offset,
            reply_to_peer_id=input_peer(app, viewer, given.peer) if given.peer else None,
        )
    return api.DraftMessage(
        no_webpage=saved.no_webpage,
        invert_media=saved.invert_media,
        reply_to=reply,
        message=saved.text,
        entities=entity_list(saved.entities) or None,
        date=saved.date,
    )
