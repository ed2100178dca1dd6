"""Reactions as TL: on messages, in lists, in a chat's settings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from petitbleu.app import App
from petitbleu.domain.messaging.messages.service import POST, REACTED, MessageRow
from petitbleu.domain.messaging.messages.views import decorates, name_reactors
from petitbleu.domain.messaging.peers.views import peer_of
from petitbleu.domain.messaging.reactions import queries as q
from petitbleu.domain.messaging.reactions import service
from petitbleu.domain.messaging.reactions.emoji import MAX_LISTED, Allowed, allowed, plain
from petitbleu.domain.messaging.reactions.queries import CountRow, ReactionRow
from petitbleu.domain.people.contacts.views import hash_of
from petitbleu.errors import Fault
from petitbleu.tl import api

__all__ = ["name_reactors"]
RECENT = 3
"""People shown with a message."""
CROWD = 100
"""A message with more reactions is asked for its newest alone: ranking all of them would cost."""

Key = tuple[int, int]
"""(author, body)"""


@decorates(lambda row: bool(row.flags & REACTED))
async def put(app: App, viewer: int, pairs: list[tuple[MessageRow, Any]]) -> None:
    """``message.reactions``"""
    rendered = await render_reactions(app, viewer, [row for row, _ in pairs])
    for (_, message), reactions in zip(pairs, rendered, strict=True):
        message.reactions = reactions


async def render_reactions(app: App, viewer: int, rows: Sequence[MessageRow]) -> list[Any]:
    """messageReactions of each of ``rows``, as ``viewer`` sees them (0: the one form for all)."""
    keys = {
        "authors": list({row.author for row in rows}),
        "bodies": list({row.body for row in rows}),
    }
    counts: dict[Key, list[CountRow]] = {}
    for count in await app.store.rows(q.COUNTS_OF, **keys):
        counts.setdefault((count.author, count.body), []).append(count)
    mine: dict[Key, list[ReactionRow]] = {}
    if viewer and counts:
        for own in await app.store.rows(q.MINE_OF, **keys, account=viewer):
            mine.setdefault((own.author, own.body), []).append(own)
    recent = await _recent(app, rows, counts)
    shown = []
    for row in rows:
        key = (row.author, row.body)
        counted = counts.get(key, [])
        shown.append(_reactions(row, viewer, counted, mine.get(key, []), recent.get(key, [])))
    return shown


async def _recent(
    app: App, rows: Sequence[MessageRow], counts: dict[Key, list[CountRow]]
) -> dict[Key, list[ReactionRow]]:
    """Who reacted last. Nobody is told who does in a channel."""
    by_key: dict[Key, list[ReactionRow]] = {}
    few: list[Key] = []
    for key in {(row.author, row.body) for row in rows if not row.flags & POST}:
        total = sum(count.n for count in counts.get(key, ()))
        if total > CROWD:
            author, body = key
            by_key[key] = await app.store.rows(q.RECENT, author=author, body=body, limit=RECENT)
        elif total:
            few.append(key)
    if few:
        authors, bodies = list({key[0] for key in few}), list({key[1] for key in few})
        for reaction in await app.store.rows(
            q.RECENT_OF, authors=authors, bodies=bodies, most=RECENT
        ):
            by_key.setdefault((reaction.author, reaction.body), []).append(reaction)
    return by_key


def _reactions(
    row: MessageRow,
    viewer: int,
    counts: list[CountRow],
    mine: list[ReactionRow],
    recent: list[ReactionRow],
) -> Any:
    order = {reaction.emoji: place for place, reaction in enumerate(mine)}
    return api.MessageReactions(
        min=not viewer,
        can_see_list=not row.flags & POST,
        results=[
            api.ReactionCount(
                chosen_order=order.get(count.emoji),
                reaction=api.ReactionEmoji(emoticon=count.emoji),
                count=count.n,
            )
            for count in counts
        ],
        recent_reactions=[peer_reaction(reaction, viewer, row.sender) for reaction in recent]
        or None,
    )


def peer_reaction(one: ReactionRow, viewer: int, sender: int) -> Any:
    """messagePeerReaction"""
    return api.MessagePeerReaction(
        big=bool(one.big),
        unread=bool(one.unread) and viewer == sender,
        my=one.account == viewer,
        peer_id=peer_of(one.account),
        date=one.at,
        reaction=api.ReactionEmoji(emoticon=one.emoji),
    )


async def favourite(app: App, account: int) -> api.ReactionEmoji:
    """The reaction of a double tap."""
    return api.ReactionEmoji(emoticon=await service.default(app, account))


# ── requests ────────────────────────────────────────────────────────────────────────────────────


def emoji_of(given: Any) -> str:
    """The emoji of a Reaction. REACTION_INVALID; DOCUMENT_INVALID for one of a custom emoji (there
    are none here); REACTION_EMPTY."""
    if type(given) is api.ReactionEmoji:
        emoticon = plain(given.emoticon)
        if emoticon is not None:
            return emoticon
    if type(given) is api.ReactionCustomEmoji:
        raise Fault("DOCUMENT_INVALID")
    if type(given) is api.ReactionEmpty:
        raise Fault("REACTION_EMPTY")
    raise Fault("REACTION_INVALID")


def listed(emojis: Iterable[str], asked: int) -> Any:
    """messages.reactions, or reactionsNotModified where the client's hash is that of the list."""
    found = list(emojis)
    folded = hash_of(number for emoji in found for number in _hash_numbers(emoji))
    if asked and asked == folded:
        return api.messages.ReactionsNotModified()
    return api.messages.Reactions(
        hash=folded, reactions=[api.ReactionEmoji(emoticon=emoji) for emoji in found]
    )


def _hash_numbers(emoji: str) -> tuple[int, int]:
    """What an emoji adds to the hash of a list of reactions (as clients compute it, TDLib among
    them): 0, then the first four bytes of the MD5 of its UTF-8 without variation selectors.
    """
    digest = hashlib.md5(emoji.replace("\ufe0f", "").encode(), usedforsecurity=False).digest()
    return 0, int.from_bytes(digest[:4], "big", signed=True)


# ── what a chat allows ──────────────────────────────────────────────────────────────────────────


def available(stored: bytes | None) -> Any:
    """``chat.reactions`` as chatFull and channelFull show it."""
    what = allowed(stored)
    if what.some is None:
        return api.ChatReactionsAll()
    if not what.some:
        return api.ChatReactionsNone()
    return api.ChatReactionsSome(
        reactions=[api.ReactionEmoji(emoticon=emoji) for emoji in what.some]
    )


def allowed_from(given: Any, limit: int | None) -> Allowed:
    """ChatReactions of a request. REACTION_INVALID, DOCUMENT_INVALID."""
    most = limit if limit and limit > 0 else 0
    if type(given) is api.ChatReactionsAll:
        return Allowed(None, most)
    if type(given) is api.ChatReactionsNone:
        return Allowed((), 0)
    emojis = []
    for reaction in given.reactions[:MAX_LISTED]:
        if type(reaction) is api.ReactionEmpty:
            raise Fault("REACTION_INVALID")
        emojis.append(emoji_of(reaction))
    return Allowed(tuple(dict.fromkeys(emojis)), most if emojis else 0)
