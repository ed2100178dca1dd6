"""What a message carries beside its text: the map stored in ``body.extra``.

Keys are written only where they say something:

* ``forward``: where it was said first (:class:`Forward` as a list)
* ``quote``: ``[text, entities, offset]`` of the part answered to
* ``elsewhere``: what is answered where that lies in another chat (``origins.py``)
* ``silent``, ``noforwards``, ``no_webpage``, ``invert_media``: true
* ``effect``: id of a message effect
* ``grouped``: number of the album it belongs to
* ``linked_post``: ``[channel, post]`` that it is the copy of, in a discussion group
* ``ttl``: seconds after which the message goes by itself; ``scheduled``: true
* ``action``: ``[name, *arguments]`` of a service message (``views_actions.py``)
* ``guest``: ``[comment, name]`` of somebody without an account (room ``comments``)
* ``about``: what answers to a message of the service chat are about (room ``servicechat``)
* ``as``: the peer that speaks (an anonymous admin: the group; a channel in a group)
* ``sign``: the name under a post, or the title of an anonymous admin
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from petitbleu import ids
from petitbleu.domain.communities.members.service import Right
from petitbleu.domain.messaging.messages.entities import Entity
from petitbleu.domain.messaging.messages.entities import decode as decode_entities
from petitbleu.domain.messaging.messages.entity_kinds import MENTION_NAME
from petitbleu.domain.messaging.messages.flags import POST

TEXT, ACTION = 0, 1
"""``body.kind``"""
LINKED_POST = "linked_post"
ABOUT = "about"

_encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(dict[str, Any]).decode
"""``body.extra`` -> map"""


class Forward(NamedTuple):
    """Who said a forwarded message, when, and where it was taken from."""

    author: int
    """A person or channel; 0 where the author hides (then ``name`` stands)."""
    name: str
    date: int
    saved_peer: int = 0
    """Only in Saved Messages: the chat and id it was taken from."""
    saved_id: int = 0
    post: int = 0
    """The post's id where it was said in a channel."""
    sign: str = ""
    """The name under that post."""


class Reply(NamedTuple):
    """What is answered to: a message id in the author's box, and the quoted part."""

    id: int
    quote: str | None = None
    quote_entities: Sequence[Entity] = ()
    quote_offset: int | None = None
    """Where the quote stands in that message, UTF-16 units; None: look for it."""
    peer: int = 0
    """The other chat that it lies in (room ``messages``, ``origins.py``); 0: the same."""


class Draft(NamedTuple):
    """A message about to be said."""

    text: str
    entities: Sequence[Entity] = ()
    reply_to: Reply | None = None
    random_id: int | None = None
    silent: bool = False
    noforwards: bool = False
    no_webpage: bool = False
    invert_media: bool = False
    clear_draft: bool = False
    effect: int = 0
    forward: Forward | None = None
    media: bytes | None = None
    """As the media room keeps it."""
    media_key: bytes = b""
    """What makes a repeated call with media the same call; empty: ``media`` itself."""
    send_as: int = 0
    """The peer to speak as (checked by whoever sets it); 0: oneself."""
    more: dict[str, Any] | None = None
    """Further keys of ``body.extra``."""
    right: Right | None = None
    """What has to be allowed in a group or channel; None: to write plain text."""
    ready: bool = False
    """Text and entities are those of a message that was said: not checked or completed again."""


NAMING = frozenset(
    {"chat_create", "chat_add", "chat_delete", "chat_joined_link", "migrate_to", "migrate_from"}
)
"""Actions whose numbers are peers. In others a number is a time or an id, and names nobody."""


def encode(extra: dict[str, Any]) -> bytes | None:
    """The stored form; None for an empty map."""
    return _encode(extra) if extra else None


def forward_of(extra: dict[str, Any]) -> Forward | None:
    """The forward header of a decoded map."""
    forward = extra.get("forward")
    return Forward(*forward) if forward else None


def saved_from(forward: Forward | None, owner: int) -> int:
    """The chat under which a message of Saved Messages is filed
    (core.telegram.org/api/saved-messages).
    """
    if forward is None:
        return owner
    return forward.saved_peer or forward.author or ids.HIDDEN_AUTHOR


def speaker(sender: int, flags: int, peer: int, extra: bytes | None) -> int:
    """Who said a message, as everybody sees it: who hides behind a channel or group is not told."""
    shown = peer if flags & POST else sender
    return int(decode(extra).get("as", shown)) if extra is not None else shown


def named_peers(
    peer: int, sender: int, flags: int, extra: bytes | None, entities: bytes | None
) -> set[int]:
    """The peers that a message shows to whoever reads it: the chat, who speaks, where it was said
    first, the mentioned, those whom a service message names. Not who hides behind a channel.
    """
    peers = {peer, speaker(sender, flags, peer, extra)}
    if extra is not None:
        data = decode(extra)
        forward = forward_of(data)
        if forward is not None:
            peers.add(forward.author)
        name, *arguments = data.get("action") or [""]
        for argument in arguments if name in NAMING else ():
            peers.update(argument if isinstance(argument, list) else [argument])
    if entities is not None:
        peers.update(
            entity.arg for entity in decode_entities(entities) if entity.kind == MENTION_NAME
        )
    return {one for one in peers if type(one) is int and one}


def action_of(extra: bytes | None) -> str:
    """The name of a service message's action; '' for none."""
    return str(decode(extra).get("action", [""])[0]) if extra is not None else ""
