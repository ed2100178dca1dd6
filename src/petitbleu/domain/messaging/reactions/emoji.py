"""The emoji that people react with, and what a chat allows of them.

The set is that of the Bot API's ReactionTypeEmoji (core.telegram.org/bots/api#reactiontypeemoji).
Clients draw the animations from files that come with ``messages.availableReactions``; this server
has none, so no list offers a reaction (:data:`OFFERED`). Each of the set may be given and is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

ALL = (
    "👍", "👎", "❤", "🔥", "🥰", "👏", "😁", "🤔", "🤯", "😱", "🤬", "😢", "🎉", "🤩", "🤮", "💩",
    "🙏", "👌", "🕊", "🤡", "🥱", "🥴", "😍", "🐳", "❤\u200d🔥", "🌚", "🌭", "💯", "🤣", "⚡", "🍌",
    "🏆", "💔", "🤨", "😐", "🍓", "🍾", "💋", "🖕", "😈", "😴", "😭", "🤓", "👻", "👨\u200d💻",
    "👀", "🎃", "🙈", "😇", "😨", "🤝", "✍", "🤗", "🫡", "🎅", "🎄", "☃", "💅", "🤪", "🗿", "🆒",
    "💘", "🙉", "🦄", "😘", "💊", "🙊", "😎", "👾", "🤷\u200d♂", "🤷", "🤷\u200d♀", "😡",
)  # fmt: skip
_KNOWN = frozenset(ALL)
OFFERED: tuple[str, ...] = ()
"""Those that have drawings: getAvailableReactions, the top, the recent and the tags list no others.
Clients look up what one of these lists names in the first, and stumble where it is missing.
"""

MAX_PER_USER = 3
"""Reactions of one person to one message (``reactions_user_max_default`` of help.getAppConfig)."""
MAX_KINDS = 11
"""Different reactions to one message (``reactions_uniq_max``)."""
MAX_LISTED = 100
"""Emoji a chat can list (``reactions_in_chat_max``)."""
FAVOURITE = "❤"
"""The reaction of a double tap until somebody chooses another."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Any]).decode


class Allowed(NamedTuple):
    """What a chat allows. ``some`` is None where every emoji is."""

    some: Sequence[str] | None = None
    limit: int = 0
    """Different reactions to one message; 0: :data:`MAX_KINDS`."""

    @property
    def kinds(self) -> int:
        """How many different reactions a message may have."""
        return min(self.limit or MAX_KINDS, MAX_KINDS)


def plain(emoticon: str) -> str | None:
    """The emoji as it is kept (without variation selectors); None for one that is not known."""
    bare = emoticon.replace("\ufe0f", "")
    return bare if bare in _KNOWN else None


def allowed(stored: bytes | None) -> Allowed:
    """``chat.reactions``: everything until somebody says otherwise."""
    if stored is None:
        return Allowed()
    some, limit = _decode(stored)
    return Allowed(some, limit)


def pack(what: Allowed) -> bytes | None:
    """The form for ``chat.reactions``."""
    if what.some is None and not what.limit:
        return None
    return _encode([None if what.some is None else list(what.some), what.limit])
